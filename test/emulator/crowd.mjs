/**
 * Two hundred clients at once, which write, read, list and delete for twenty seconds: no write is lost, nothing fails, and the
 * memory of the server is back afterwards. `npm run crowd -- --clients 200 --seconds 20`, with `--folder` in a folder. It
 * needs a build.
 */
import { createHash, randomBytes, randomInt } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { Agent, request } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startServer } from "./server.mjs"

const { values } = parseArgs({
  options: {
    clients: { type: "string", default: "200" },
    seconds: { type: "string", default: "20" },
    folder: { type: "boolean", default: false }
  }
})

const folder = values.folder ? await mkdtemp(join(tmpdir(), "effect-obs-crowd-")) : undefined
const server = await startServer(...(folder === undefined ? [] : [folder]))
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })

let requests = 0

const send = (method, path, body) =>
  new Promise((resolve, reject) => {
    requests++
    const sent = request(`${server.url}${path}`, { method, agent }, (response) => {
      const chunks = []
      response.on("data", (chunk) => chunks.push(chunk))
      response.on("error", reject)
      response.on("end", () => resolve({ status: response.statusCode, bytes: Buffer.concat(chunks) }))
    })
    sent.on("error", reject)
    sent.end(body)
  })

const must = async (status, method, path, body) => {
  const said = await send(method, path, body)
  if (said.status !== status) throw new Error(`${method} ${path}: ${said.status} ${said.bytes.toString()}`)
  return said.bytes
}

const digest = (bytes) => createHash("md5").update(bytes).digest("hex")

const sizes = [0, 100, 5000, 100_000, 400_000]

/** One client: its keys are its own, and all that it lists has to be what it has written. */
const client = async (name, end) => {
  const objects = new Map()
  while (performance.now() < end) {
    const key = `${name}/${randomInt(8)}`
    const kind = randomInt(10)
    if (kind < 5) {
      const bytes = randomBytes(sizes[randomInt(sizes.length)])
      await must(200, "PUT", `/bucket/${key}`, bytes)
      objects.set(key, digest(bytes))
    } else if (kind < 8) {
      const expected = objects.get(key)
      const bytes = await must(expected === undefined ? 404 : 200, "GET", `/bucket/${key}`)
      if (expected !== undefined && digest(bytes) !== expected) throw new Error(`${key} is not what was written.`)
    } else if (kind < 9) {
      await must(204, "DELETE", `/bucket/${key}`)
      objects.delete(key)
    } else {
      const document = (await must(200, "GET", `/bucket?prefix=${name}/`)).toString()
      const found = Array.from(document.matchAll(/<Key>(.*?)<\/Key>/g), ([, key]) => key)
      if (String(found) !== String([...objects.keys()].sort())) throw new Error(`${name} has ${found}.`)
    }
  }
  for (const [key, expected] of objects) {
    if (digest(await must(200, "GET", `/bucket/${key}`)) !== expected)
      throw new Error(`${key} is not what was written.`)
    await must(204, "DELETE", `/bucket/${key}`)
  }
}

const mebibytes = (bytes) => Math.round(bytes / 2 ** 20)

await must(200, "PUT", "/bucket")
// What the code itself takes
await Promise.all(Array.from({ length: 20 }, (_, i) => client(`warm${i}`, performance.now() + 2000)))
const before = await server.memory("collect")
requests = 0
const seconds = Number(values.seconds)
const end = performance.now() + seconds * 1000
await Promise.all(Array.from({ length: Number(values.clients) }, (_, i) => client(`client${i}`, end)))
await must(204, "DELETE", "/bucket")
agent.destroy()
await new Promise((resolve) => setTimeout(resolve, 500))
const after = await server.memory("collect")
await server.kill()
if (folder !== undefined) await rm(folder, { recursive: true })

const grown = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
console.log(
  `${values.clients} clients, ${requests} requests in ${seconds} s${values.folder ? " with a folder" : ""}: all done; ` +
    `the heap holds ${mebibytes(grown)} MiB more than before`
)
if (grown > 20 * 2 ** 20) throw new Error("The memory is not back.")
