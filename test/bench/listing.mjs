/**
 * A page of a listing in a bucket of a million keys, without a socket.
 */
import { load, loadEffect } from "../tools/built.mjs"
import { digits } from "./measure.mjs"

const { Effect } = await loadEffect()
const { ObsTestService } = await load("testing/index.js")

const count = 1e6

export default async () => {
  const handler = await Effect.runPromise(ObsTestService.make)
  const call = (method, path) =>
    handler({ method, url: new URL(`http://127.0.0.1/photos${path}`), headers: {}, body: new Uint8Array() })
  const keys = Array.from({ length: count }, (_, i) => `/folder-${i % 1000}/${String(i).padStart(7, "0")}`)
  await Effect.runPromise(
    Effect.andThen(
      call("PUT", ""),
      Effect.forEach(keys, (key) => call("PUT", key), { discard: true })
    )
  )
  const page = (i) => Effect.runPromise(call("GET", `?max-keys=1000&marker=folder-${(i * 37) % 1000}/`))
  for (let i = 0; i < 50; i++) await page(i)
  const pages = 300
  const begin = performance.now()
  for (let i = 0; i < pages; i++) await page(i)
  const mean = (performance.now() - begin) / pages
  return { text: `A page of a thousand keys in a bucket of a million: ${digits(mean)} ms on average.` }
}
