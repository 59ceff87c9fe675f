import { Effect, type Scope } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { ObsFault, ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"

const scenario = <A, E>(name: string, body: () => Effect.Effect<A, E, Scope.Scope>) => {
  it.effect(name, () => Effect.scoped(body()))
}

/** An OBS with a bucket, and its control, each at a port of its own. */
const servers = Effect.gen(function* () {
  const faults = yield* ObsFault.make(yield* ObsTestService.make)
  const obs = yield* ObsTestServer.make(faults.handler)
  const control = yield* ObsTestServer.make(ObsFault.control(faults))
  return { obs: obs.url, control: control.url }
})

const open = Effect.gen(function* () {
  const { control, obs } = yield* servers
  const send = (method: string, url: string, body?: string) =>
    Effect.promise(async () => {
      const response = await fetch(url, { method, body: body ?? null })
      const text = await response.text()
      const isJson = response.headers.get("content-type") === "application/json"
      const said: unknown = isJson ? JSON.parse(text) : text
      return { status: response.status, allow: response.headers.get("allow"), said }
    })
  return {
    obs: (method: "GET" | "PUT" | "POST", path: string) => Effect.map(send(method, obs + path), ({ status }) => status),
    control: (method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: unknown) =>
      send(method, control + path, typeof body === "string" ? body : JSON.stringify(body))
  }
})

describe("the control", () => {
  scenario("takes rules, tells them, and removes them", () =>
    Effect.gen(function* () {
      const { control, obs } = yield* open
      const slow = { operation: "CreateBucket", bucket: "p*", error: "SlowDown", times: 1 }
      const added = yield* control("POST", "/rules", slow)
      expect(added).toMatchObject({ status: 201, said: [{ id: 1, rule: slow, matched: 0, fired: 0 }] })
      expect(
        yield* control("POST", "/rules", [
          { status: 500, key: "a" },
          { html: true, key: "b" }
        ])
      ).toMatchObject({
        status: 201,
        said: [{ id: 2 }, { id: 3 }]
      })
      expect(yield* obs("PUT", "/photos")).toBe(503)
      expect(yield* obs("PUT", "/photos")).toBe(200)
      expect((yield* control("GET", "/rules/1")).said).toEqual({ id: 1, rule: slow, matched: 2, fired: 1 })
      expect((yield* control("DELETE", "/rules/2")).status).toBe(204)
      expect((yield* control("GET", "/rules")).said).toMatchObject([{ id: 1 }, { id: 3 }])
      expect((yield* control("DELETE", "/rules")).status).toBe(204)
      expect((yield* control("GET", "/rules")).said).toEqual([])
    })
  )

  scenario("tells the requests, and forgets them", () =>
    Effect.gen(function* () {
      const { control, obs } = yield* open
      yield* obs("PUT", "/photos")
      yield* obs("PUT", "/photos/cats/1.txt")
      yield* obs("GET", "/photos/dog.txt")
      const named = (said: unknown) =>
        JSON.stringify(said)
          .match(/"operation":"\w+"/g)
          ?.map((one) => one.slice(13, -1))
      expect(named((yield* control("GET", "/requests")).said)).toEqual(["CreateBucket", "PutObject", "GetObject"])
      expect(named((yield* control("GET", "/requests?method=put&key=cats/*")).said)).toEqual(["PutObject"])
      expect((yield* control("GET", "/requests?operation=GetObject&bucket=photos")).said).toMatchObject([
        {
          number: 3,
          operation: "GetObject",
          method: "GET",
          bucket: "photos",
          key: "dog.txt",
          status: 404,
          error: "NoSuchKey"
        }
      ])
      const wrong = yield* control("GET", "/requests?operation=GetObjekt")
      expect(wrong.status).toBe(400)
      expect(wrong.said).toHaveProperty(
        "message",
        `"operation" has to be the name of an operation, such as "GetObject", or a list of names, not "GetObjekt". Did you mean "GetObject"?`
      )
      expect((yield* control("GET", "/requests?keys=a")).status).toBe(400)
      expect((yield* control("DELETE", "/requests")).status).toBe(204)
      expect((yield* control("GET", "/requests")).said).toEqual([])
      yield* control("POST", "/rules", { error: "SlowDown" })
      yield* obs("GET", "/photos")
      expect((yield* control("POST", "/reset")).status).toBe(204)
      expect((yield* control("GET", "/rules")).said).toEqual([])
      expect((yield* control("GET", "/requests")).said).toEqual([])
    })
  )

  scenario("says what is wrong", () =>
    Effect.gen(function* () {
      const { control } = yield* open
      const operatio = `"operatio" is no field of a rule. Did you mean "operation"?`
      const nth = `"nth" has to be a number from 1 on, or a range of them, such as [2, 4], not 0.`
      const problems = (yield* control("POST", "/rules", { operatio: "GetObject", nth: 0 })).said
      expect(problems).toEqual({
        message: `${operatio} ${nth}`,
        problems: [operatio, nth]
      })
      const broken = yield* control("POST", "/rules", "{")
      expect(broken.status).toBe(400)
      expect(broken.said).toHaveProperty(
        "message",
        `The body is no JSON. Send a rule, such as {"operation": "PutObject", "error": "SlowDown"}.`
      )
      for (const method of ["GET", "DELETE"] as const) {
        expect((yield* control(method, "/rules/7")).status).toBe(404)
      }
      expect((yield* control("GET", "/rule")).status).toBe(404)
      expect(yield* control("PUT", "/rules")).toMatchObject({ status: 405, allow: "GET, POST, DELETE" })
      expect((yield* control("POST", "/requests")).allow).toBe("GET, DELETE")
      expect((yield* control("GET", "/")).said).toMatch(/^GET {4}\/rules .*\n/)
    })
  )
})

const shell = (script: string, env: { readonly [name: string]: string }) =>
  Effect.callback<string, Error>((resume) => {
    execFile("bash", ["-euo", "pipefail", "-c", script], { env: { ...process.env, ...env } }, (error, stdout) => {
      resume(error === null ? Effect.succeed(stdout) : Effect.fail(error))
    })
  })

describe("the examples for curl", () => {
  const page = readFileSync(new URL("../../docs/testing.md", import.meta.url), "utf8")
  const [, script = "", printed = ""] =
    /```sh\n((?:(?!```)[\s\S])*\$CONTROL[\s\S]*?)```\n[\s\S]*?```\n([\s\S]*?)```/.exec(page) ?? []

  scenario("print what the page says", () =>
    Effect.gen(function* () {
      const { control, obs } = yield* servers
      // The port of OBS is a free one here
      const said = yield* shell(script, { CONTROL: control, OBS: obs, NO_PROXY: "127.0.0.1" })
      expect(script).toContain("curl")
      expect(said.trim()).toBe(printed.trim())
    })
  )
})
