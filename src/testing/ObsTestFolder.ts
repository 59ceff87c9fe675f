/**
 * A folder in which an OBS for tests keeps what it is given, so that it is there when it is started again. It needs Node and
 * the package `classic-level`.
 *
 * @since 0.3.0
 */
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Internal from "../internal/folder/folder.js"
import type { Storage } from "./ObsTestService.js"

/**
 * Why a folder cannot be used: `problem` says which case it is, and `message` what to do.
 *
 * @category errors
 * @since 0.3.0
 */
export interface FolderError extends Internal.FolderError {}

/**
 * Opens a folder, which is made where there is none. It has to be empty or one that a service has left, and serves one
 * service at a time; the scope closes it.
 *
 * What a request was acknowledged for survives the end of the process at any moment, a `kill -9` too: objects are there
 * whole, or not at all. Bytes of objects are in files, everything else in a LevelDB beside them and in memory. What the
 * operating system has not yet written to the disk is lost with the power.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { mkdtemp } from "node:fs/promises"
 * import { tmpdir } from "node:os"
 * import { join } from "node:path"
 * import { Effect } from "effect"
 * import { ObsTestService } from "effect-obs/testing"
 * import { ObsTestFolder } from "effect-obs/testing/node"
 *
 * const path = await mkdtemp(join(tmpdir(), "obs-"))
 *
 * const put = (method: string) =>
 *   Effect.gen(function* () {
 *     const storage = yield* ObsTestFolder.open(path)
 *     const handler = yield* ObsTestService.makeWith({ storage })
 *     const { status } = yield* handler({
 *       method,
 *       url: new URL("https://photos.obs.example.com/"),
 *       headers: {},
 *       body: new Uint8Array()
 *     })
 *     return status
 *   }).pipe(Effect.scoped)
 *
 * assert.strictEqual(await Effect.runPromise(put("PUT")), 200)
 * // The next service finds the bucket
 * assert.strictEqual(await Effect.runPromise(put("HEAD")), 200)
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const open: (path: string) => Effect.Effect<Storage, FolderError, Scope.Scope> = Internal.openFolder
