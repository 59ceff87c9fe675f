/**
 * Kills a server in the middle of writes, starts it again on its folder, and looks whether each write that was acknowledged is
 * there and whole: `npm run kills -- --kills 1000`. It needs a build.
 */
import { createHash, randomBytes, randomInt } from "node:crypto"
import { mkdtemp, readdir, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { startServer } from "./server.mjs"

const { values } = parseArgs({ options: { kills: { type: "string", default: "40" } } })

const folder = await mkdtemp(join(tmpdir(), "effect-obs-kills-"))
const keys = Array.from({ length: 24 }, (_, i) => `key-${i}`)

const digest = (bytes) => createHash("md5").update(bytes).digest("hex")

/** By key, what it may hold: what was acknowledged last, and what was under way when the server was killed. */
const expected = new Map(keys.map((key) => [key, new Set([undefined])]))

const sizes = [0, 10, 4096, 200_000, 300_000, 2_000_000]

const body = () => randomBytes(sizes[randomInt(sizes.length)])

/** Sends a request; undefined where the server did not answer. */
const send = async (url, init) => {
  try {
    const response = await fetch(url, init)
    const text = await response.text()
    return { status: response.status, text, headers: response.headers }
  } catch {
    return undefined
  }
}

const must = (said, status = 200) => {
  if (said !== undefined && said.status !== status) throw new Error(`${said.status}: ${said.text}`)
  return said
}

/** Uploads in two parts; undefined where it was not acknowledged. */
const upload = async (url, bytes) => {
  const begun = must(await send(`${url}?uploads`, { method: "POST" }))
  const id = /<UploadId>(.*?)</.exec(begun?.text ?? "")?.[1]
  if (id === undefined) return undefined
  const half = Math.ceil(bytes.length / 2)
  const parts = []
  for (const [i, part] of [bytes.subarray(0, half), bytes.subarray(half)].entries()) {
    const put = must(await send(`${url}?partNumber=${i + 1}&uploadId=${id}`, { method: "PUT", body: part }))
    if (put === undefined) return undefined
    parts.push(`<Part><PartNumber>${i + 1}</PartNumber><ETag>${digest(part)}</ETag></Part>`)
  }
  const document = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`
  return must(await send(`${url}?uploadId=${id}`, { method: "POST", body: document }))
}

let acknowledged = 0

/** Waits until as many writes were acknowledged; on a slow machine, for ten seconds at most. */
const done = async (count) => {
  for (let i = 0; acknowledged < count && i < 10_000; i++) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** What is done to a key: what it holds then, and how. `held` is what it holds, undefined where there is no object. */
const kinds = {
  put: (target) => {
    const bytes = body()
    return [digest(bytes), async () => must(await send(target, { method: "PUT", body: bytes }))]
  },
  upload: (target) => {
    const bytes = body()
    return [digest(bytes), () => upload(target, bytes)]
  },
  remove: (target) => [undefined, async () => must(await send(target, { method: "DELETE" }), 204)],
  /** Another object shares its files, and is as short-lived. */
  copyAside: (target, held) => {
    const headers = { "x-obs-copy-source": new URL(target).pathname }
    return [
      held,
      async () => must(await send(`${target}-copy`, { method: "PUT", headers }), held === undefined ? 404 : 200)
    ]
  },
  copyToItself: (target, held) => {
    const headers = { "x-obs-copy-source": new URL(target).pathname, "x-obs-metadata-directive": "REPLACE" }
    return [held, async () => must(await send(target, { method: "PUT", headers }), held === undefined ? 404 : 200)]
  },
  describe: (target, held) => {
    const headers = { "x-obs-metadata-directive": "REPLACE", "x-obs-meta-at": String(Date.now()) }
    const status = held === undefined ? 404 : 200
    return [held, async () => must(await send(`${target}?metadata`, { method: "PUT", headers }), status)]
  }
}

const order = ["put", "put", "put", "upload", "remove", "copyAside", "copyToItself", "describe"]

/** Writes to a key until the server is gone. */
const write = async (url, key) => {
  const states = expected.get(key)
  let [held] = states
  for (;;) {
    const [next, run] = kinds[order[randomInt(order.length)]](`${url}/bucket/${key}`, held)
    states.add(next)
    if ((await run()) === undefined) return
    acknowledged++
    states.clear()
    states.add(next)
    held = next
  }
}

const check = async (url) => {
  await Promise.all(
    keys.map(async (key) => {
      const response = await fetch(`${url}/bucket/${key}`)
      const bytes = new Uint8Array(await response.arrayBuffer())
      const found = response.status === 404 ? undefined : digest(bytes)
      const etag = response.headers.get("etag")?.slice(1, -1)
      if (!expected.get(key).has(found)) throw new Error(`${key} is not what was acknowledged, nor what was under way.`)
      if (found !== undefined && !etag.includes("-") && etag !== found) throw new Error(`${key} is not whole.`)
      expected.set(key, new Set([found]))
    })
  )
}

const kills = Number(values.kills)
for (let i = 0; i < kills; i++) {
  const server = await startServer(folder)
  if (i === 0) must(await send(`${server.url}/bucket`, { method: "PUT" }))
  await check(server.url)
  const writers = keys.map((key) => write(server.url, key))
  await done(acknowledged + randomInt(1, 40))
  await server.kill()
  await Promise.all(writers)
}

const server = await startServer(folder)
await check(server.url)
const listed = must(await send(`${server.url}/bucket?uploads`))
const openUploads = listed.text.split("<Upload>").length - 1
const files = (await readdir(join(folder, "data"), { recursive: true, withFileTypes: true })).filter((f) => f.isFile())
await server.kill()
await rm(folder, { recursive: true })
if (acknowledged === 0) throw new Error("Nothing was acknowledged.")
// A key and its copy have two files each at most, and each upload that was cut has two
if (files.length > 4 * keys.length + 2 * openUploads) throw new Error(`${files.length} files are left.`)
console.log(`${kills} kills, ${acknowledged} acknowledged writes, all there and whole; ${files.length} files are left`)
