/**
 * The package as it is built for the Effect that is installed, and that Effect, for programs that run as they are. They
 * are found from here, since benchmarks have another Effect beside them, which is a peer's.
 */
import { createRequire } from "node:module"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

const { version } = createRequire(import.meta.url)("effect/package.json")

/** The major version of Effect that is installed. */
export const major = Number(version.split(".")[0])

/** The package for it, as it is published. */
export const packageFolder = join(root, `dist/effect${major}`)

/** A module of the package, also one that it does not export. */
export const load = (path) => import(pathToFileURL(join(packageFolder, "dist", path)).href)

/** Effect, and its HTTP client. */
export const loadEffect = async () => {
  const http = major === 3 ? "@effect/platform" : "effect/http"
  const [effect, client, request, fetched, node] = await Promise.all([
    import("effect"),
    import(`${http}/HttpClient`),
    import(`${http}/HttpClientRequest`),
    import(`${http}/FetchHttpClient`),
    import("@effect/platform-node")
  ])
  const { layer, layerNodeHttp = layer, layerUndici } = node.NodeHttpClient
  return {
    ...effect,
    HttpClient: client,
    HttpClientRequest: request,
    fetchLayer: fetched.layer,
    nodeLayer: layerNodeHttp,
    undiciLayer: layerUndici
  }
}
