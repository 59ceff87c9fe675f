/**
 * An object of a gibibyte goes into a folder and comes out again, and the server needs no more memory than for a small one:
 * `npm run large -- --mebibytes 1024`. It needs a build.
 */
import { createHash } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { parseArgs } from "node:util"
import { startServer } from "./server.mjs"

const { values } = parseArgs({ options: { mebibytes: { type: "string", default: "1024" } } })

const mebibyte = 2 ** 20
const count = Number(values.mebibytes)
const folder = await mkdtemp(join(tmpdir(), "effect-obs-large-"))
const server = await startServer(folder)

/** Sends a request, and gives its response with a digest of its bytes. */
const send = (method, path, body = Readable.from([]), headers = {}) =>
  new Promise((resolve, reject) => {
    const sent = request(`${server.url}${path}`, { method, headers }, async (response) => {
      const digest = createHash("md5")
      for await (const chunk of response) digest.update(chunk)
      resolve({ status: response.statusCode, etag: response.headers.etag, md5: digest.digest("hex") })
    })
    pipeline(body, sent).catch(reject)
  })

function* chunks() {
  const chunk = Buffer.alloc(mebibyte)
  for (let i = 0; i < count; i++) {
    chunk.writeUInt32LE(i, 0)
    yield Buffer.from(chunk)
  }
}

/** The most that the server needs while something is done, beyond what it needed before. */
const grown = async (run) => {
  const { rss } = await server.memory()
  let most = rss
  let isOver = false
  const result = run().finally(() => {
    isOver = true
  })
  while (!isOver) {
    most = Math.max(most, (await server.memory()).rss)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { ...(await result), grown: Math.round((most - rss) / mebibyte) }
}

await send("PUT", "/bucket")
// What the code itself takes
await send("PUT", "/bucket/warm", Readable.from(Array.from({ length: 32 }, () => Buffer.alloc(mebibyte))), {
  "content-length": 32 * mebibyte
})
await send("GET", "/bucket/warm")

const put = await grown(() =>
  send("PUT", "/bucket/large", Readable.from(chunks()), { "content-length": count * mebibyte })
)
const got = await grown(() => send("GET", "/bucket/large"))
await server.kill()
await rm(folder, { recursive: true })

if (put.status !== 200 || put.etag !== `"${got.md5}"`) throw new Error("What came out is not what went in.")
console.log(`${count} MiB in: the server grew by ${put.grown} MiB; out: by ${got.grown} MiB`)
if (put.grown > 100 || got.grown > 100) throw new Error("That is more than 100 MiB.")
