/**
 * Folders that go when they are no longer needed.
 */
import { Effect } from "#test/effect"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** An empty folder, which the scope removes with all that is in it. */
export const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "effect-obs-"))),
  (path) => Effect.promise(() => rm(path, { recursive: true, force: true }))
)
