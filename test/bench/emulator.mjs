/**
 * The command `effect-obs-emulator` beside s3rver: small requests a second, with signatures that both of them check.
 */
import { fork, spawn } from "node:child_process"
import { createHmac } from "node:crypto"
import { once } from "node:events"
import { Agent, request } from "node:http"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { packageFolder } from "../tools/built.mjs"
import { summary, table } from "./measure.mjs"

const keys = { id: "S3RVER", secret: "S3RVER" }
const body = Buffer.alloc(1024, "a")
const connections = 16
const agent = new Agent({ keepAlive: true, maxSockets: connections })

/** Headers with a signature of AWS 2, which s3rver checks, too. */
const signed = (method, path) => {
  const date = new Date().toUTCString()
  const type = method === "PUT" ? "text/plain" : ""
  const text = `${method}\n\n${type}\n\nx-amz-date:${date}\n${path}`
  const signature = createHmac("sha1", keys.secret).update(text).digest("base64")
  return {
    "x-amz-date": date,
    authorization: `AWS ${keys.id}:${signature}`,
    ...(type && { "content-type": type, "content-length": body.length })
  }
}

const send = (port, method, path, headers) =>
  new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent }, (response) => {
      let length = 0
      response.on("data", (chunk) => (length += chunk.length))
      response.on("end", () => {
        if (response.statusCode === 200) resolve(length)
        else reject(new Error(`${method} ${path} is answered with ${response.statusCode}`))
      })
    })
    sent.on("error", reject)
    sent.end(method === "PUT" ? body : undefined)
  })

/** Sends so many requests over some connections, and gives requests a second. */
const rate = async (port, method, count) => {
  const begin = performance.now()
  let next = 0
  const worker = async () => {
    for (let i = next++; i < count; i = next++) {
      const path = `/photos/${i % 100}`
      await send(port, method, path, signed(method, path))
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  return (count * 1000) / (performance.now() - begin)
}

const children = new Set()

const command = async () => {
  const child = spawn(
    process.execPath,
    [join(packageFolder, "dist/testing/emulator/bin.js"), "--port", "0", "--bucket", "photos", "--quiet"],
    { env: { OBS_ACCESS_KEY_ID: keys.id, OBS_SECRET_ACCESS_KEY: keys.secret } }
  )
  children.add(child)
  for await (const line of createInterface(child.stdout)) {
    const port = Number(/listening on .*:(\d+)$/.exec(line)?.[1])
    return port
  }
  throw new Error("the command does not listen")
}

const s3rver = async () => {
  const child = fork(new URL("s3rver.mjs", import.meta.url))
  children.add(child)
  const [port] = await once(child, "message")
  return port
}

const end = () => {
  for (const child of children) child.kill()
  children.clear()
}

const run = async () => {
  const servers = [
    ["effect-obs-emulator", await command()],
    ["s3rver", await s3rver()]
  ]
  const rates = new Map()
  for (let round = 0; round < 8; round++) {
    for (const [name, port] of servers) {
      for (const method of ["PUT", "GET"]) {
        const found = await rate(port, method, 2000)
        // The first warms up
        if (round > 0) rates.set(`${method} ${name}`, [...(rates.get(`${method} ${name}`) ?? []), found])
      }
    }
  }
  const rows = ["PUT", "GET"].flatMap((method) =>
    servers.map(([name]) => {
      const { max, median, min } = summary(rates.get(`${method} ${name}`))
      return [`${method} of 1 KiB, ${name}`, median.toFixed(0), `${min.toFixed(0)}, ${max.toFixed(0)}`]
    })
  )
  return { text: table(["What", "Requests a second, median", "Rounds from, to"], rows) }
}

export default () =>
  run().finally(() => {
    end()
    agent.destroy()
  })
