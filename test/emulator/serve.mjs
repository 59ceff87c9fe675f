/**
 * A server of an OBS in a process of its own: it tells its address to the process that has forked it. Its arguments are the
 * folder that it keeps its state in, if any.
 */
import { load, loadEffect } from "../tools/built.mjs"

const { Effect } = await loadEffect()
const { ObsTestService } = await load("testing/index.js")
const { ObsTestFolder, ObsTestServer } = await load("testing/node.js")

const [folder] = process.argv.slice(2)

const program = Effect.gen(function* () {
  const storage = folder === undefined ? undefined : yield* ObsTestFolder.open(folder)
  const { url } = yield* ObsTestServer.make(yield* ObsTestService.makeWith({ storage }))
  process.send({ url })
  process.on("message", async (message) => {
    // Buffers go some time after what held them
    for (let i = 0; message === "collect" && i < 4; i++) {
      globalThis.gc?.()
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    process.send({ memory: process.memoryUsage() })
  })
  return yield* Effect.never
})

Effect.runFork(Effect.scoped(program))
