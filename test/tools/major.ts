/**
 * Which Effect this is, and where things are.
 */
import manifest from "effect/package.json" with { type: "json" }
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

/** The major version of Effect that is installed. */
export const major = manifest.version.startsWith("3.") ? 3 : 4

/** The package for it, as it is published. */
export const packageFolder = join(root, `dist/effect${String(major)}`)
