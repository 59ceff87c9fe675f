/**
 * The service on loopback, and programs that speak to it.
 */
import { Effect } from "#test/effect"
import { it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import { spawn, spawnSync } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect } from "vitest"

export const region = "eu-de"
export const keys = { accessKeyId: "AKTEST", secretAccessKey: "secret/of+keys" }
export const temporary = { accessKeyId: "AKTEMPORARY", secretAccessKey: "temporary", securityToken: "token/+=" }
/** Another account. */
export const stranger = { accessKeyId: "AKSTRANGER", secretAccessKey: "strange" }
export const wrongSecret = { ...keys, secretAccessKey: "another" }
export const unknownKey = { ...keys, accessKeyId: "AKOTHER" }
export const wrongToken = { ...temporary, securityToken: "other" }

// Temporary credentials are those of an account that is there
const accounts = { [keys.accessKeyId]: { id: "me" }, [temporary.accessKeyId]: { id: "me" } }

/** Keys that are easily written wrong. */
export const names = ["cat.txt", "a b/ä+c&d=e?.txt", "日本/🐈~'()*!.txt", "%2F%20", "a//b/"]

/** Bytes that are no text, the same for the same seed. */
export const bytesOf = (length, seed = 1) => {
  let x = seed
  return Buffer.from(Uint8Array.from({ length }, () => (x = (x * 48_271) % 2_147_483_647) & 0xff))
}

// Requests that were answered, and programs that were run
let requests = 0
let runs = 0

/**
 * A test at a service of its own, which checks signatures. It gives the address, and the requests that came, with how they
 * were signed and the status they were answered with.
 */
export const served = (name, use, options) =>
  it.live(name, () =>
    Effect.gen(function* () {
      const service = yield* ObsTestService.makeWith({
        credentials: [keys, temporary, stranger],
        accounts,
        region,
        ...options
      })
      const seen = []
      const { url } = yield* ObsTestServer.make((request) =>
        Effect.map(service(request), (answer) => {
          const { headers, method, url } = request
          requests++
          seen.push({ method, url, headers, status: answer.status })
          return answer
        })
      )
      yield* Effect.promise(() => use({ url, port: Number(new URL(url).port), seen }))
    }).pipe(Effect.scoped)
  )

/** How requests were signed. */
export const schemesOf = (seen) => {
  const schemes = seen.flatMap(({ headers, url }) => {
    const [scheme] = (headers["authorization"] ?? "").split(" ")
    const hash = headers["x-amz-content-sha256"] ?? ""
    if (scheme !== "") return hash.startsWith("STREAMING") ? `${scheme} ${hash}` : scheme
    return ["X-Amz-Signature", "Signature"].filter((name) => url.searchParams.has(name))
  })
  return [...new Set(schemes)].sort()
}

export const v4 = "AWS4-HMAC-SHA256"

// Programs of the system come before those that somebody has put in front of them
const path = `/usr/bin:/bin:${process.env.PATH}`

/**
 * Starts a program in a folder that is its home, without the environment of whoever runs the tests: proxies, certificates and
 * keys in it would be taken for the service's.
 */
export const start = (command, args, { cwd, env }) => {
  runs++
  return spawn(command, args, { cwd, env: { PATH: path, HOME: cwd, LC_ALL: "C.UTF-8", ...env } })
}

/** Runs a program to its end. */
export const run = (command, args, { input, ...options }) =>
  new Promise((resolve, reject) => {
    const child = start(command, args, options)
    const out = []
    const err = []
    child.stdout.on("data", (chunk) => out.push(chunk))
    child.stderr.on("data", (chunk) => err.push(chunk))
    child.on("error", reject)
    // It may not want to hear all
    child.stdin.on("error", () => undefined)
    child.on("close", (status) => {
      resolve({ status, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() })
    })
    child.stdin.end(input)
  })

/** What a script says of a program: what it does with these arguments, what it prints, and what it complains about. */
export const scripted = (invoke) => {
  const does = async (...args) => {
    const { status, stderr, stdout } = await invoke(args)
    expect([args, status, status === 0 || stderr]).toEqual([args, 0, true])
    return stdout
  }
  const says = async (...args) => String(await does(...args))
  const fails = async (complaint, args, options) => {
    const { status, stderr, stdout } = await invoke(args, options)
    expect([args, status === 0, stderr + stdout]).toEqual([args, false, expect.stringContaining(complaint)])
  }
  return { does, fails, says }
}

/** Gives a folder that is removed at the end. */
export const inFolder = async (use) => {
  const folder = await mkdtemp(join(tmpdir(), "effect-obs-clients-"))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Tests of a client, which tell at their end how much it asked, and how long that took. */
export const client = (name, body, isThere = true) => {
  describe.skipIf(!isThere)(name, () => {
    const before = { requests: 0, runs: 0, time: 0 }
    beforeAll(() => {
      Object.assign(before, { requests, runs, time: Date.now() })
    })
    body()
    afterAll(() => {
      const seconds = ((Date.now() - before.time) / 1000).toFixed(1)
      const times = runs > before.runs ? `run ${runs - before.runs} times, ` : ""
      console.log(`${name}: ${times}${requests - before.requests} requests, ${seconds} s`)
    })
  })
}

/** Tests of a program, passed over where it is not installed: there is nothing that could be run with these arguments. */
export const program = (name, [command, ...args], body) => {
  const isThere = spawnSync(command, args, { env: { ...process.env, PATH: path } }).status === 0
  if (!isThere) console.warn(`${name} is not installed: its tests are passed over`)
  client(name, body, isThere)
}
