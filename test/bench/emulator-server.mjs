/**
 * A service in a process of its own, by its name: s3rver, or the OBS in memory with a million keys.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { load, loadEffect } from "../tools/built.mjs"

const services = {
  s3rver: async () => {
    const { default: S3rver } = await import("s3rver")
    const directory = mkdtempSync(join(tmpdir(), "s3rver-"))
    process.on("exit", () => {
      rmSync(directory, { recursive: true, force: true })
    })
    const server = new S3rver({
      address: "127.0.0.1",
      port: 0,
      silent: true,
      directory,
      configureBuckets: [{ name: "photos" }]
    })
    process.send((await server.run()).port)
  },
  million: async () => {
    const { Effect } = await loadEffect()
    const { ObsTestService } = await load("testing/index.js")
    const { ObsTestServer } = await load("testing/node.js")
    const handler = await Effect.runPromise(ObsTestService.make)
    const put = (path) =>
      handler({ method: "PUT", url: new URL(`http://127.0.0.1/photos${path}`), headers: {}, body: new Uint8Array() })
    const keys = Array.from({ length: 1e6 }, (_, i) => `/folder-${i % 1000}/${String(i).padStart(7, "0")}`)
    await Effect.runPromise(Effect.andThen(put(""), Effect.forEach(keys, put, { discard: true })))
    const served = Effect.flatMap(ObsTestServer.make(handler), ({ port }) => {
      process.send(port)
      return Effect.never
    })
    await Effect.runPromise(Effect.scoped(served))
  }
}

process.on("SIGTERM", () => process.exit())
await services[process.argv[2]]()
