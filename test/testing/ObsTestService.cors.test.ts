import { Effect } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { callerOf } from "../support/service.js"

const rule = (...elements: ReadonlyArray<string>) => `<CORSRule>${elements.join("")}</CORSRule>`
const of = (...rules: ReadonlyArray<string>) => `<CORSConfiguration>${rules.join("")}</CORSConfiguration>`
const allowed = (kind: "Method" | "Origin" | "Header", ...texts: ReadonlyArray<string>) =>
  texts.map((text) => `<Allowed${kind}>${text}</Allowed${kind}>`).join("")

const configuration = of(
  rule(
    allowed("Origin", "https://*.example.com"),
    allowed("Method", "GET", "PUT"),
    allowed("Header", "x-obs-*", "Content-Type"),
    "<MaxAgeSeconds>100</MaxAgeSeconds>",
    "<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-obs-version-id</ExposeHeader>"
  ),
  rule(allowed("Origin", "*"), allowed("Method", "GET"))
)

const make = Effect.gen(function* () {
  const call = callerOf(yield* ObsTestService.make)
  yield* call("PUT /photos")
  expect((yield* call("PUT /photos?cors", configuration)).status).toBe(200)
  yield* call("PUT /photos/cat.txt", "meow")
  return call
})

const page = "https://www.example.com"

const asks = (origin: string, method: string, headers?: string) => ({
  headers: {
    origin,
    "access-control-request-method": method,
    ...(headers === undefined ? undefined : { "access-control-request-headers": headers })
  }
})

describe("a preflight", () => {
  it.effect.each(["/photos", "/photos/cat.txt", "/photos/any.txt?uploads"])(
    "of %s is answered by the first rule",
    (path) =>
      Effect.gen(function* () {
        const call = yield* make
        const answer = yield* call(`OPTIONS ${path}`, asks(page, "PUT", "X-Obs-Meta-Owner, content-type"))
        expect([answer.status, answer.text]).toEqual([200, ""])
        expect(answer.headers).toMatchObject({
          "access-control-allow-origin": page,
          "access-control-allow-methods": "GET,PUT",
          "access-control-allow-headers": "x-obs-meta-owner,content-type",
          "access-control-max-age": "100",
          "access-control-expose-headers": "ETag,x-obs-version-id",
          "access-control-allow-credentials": "true",
          vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"
        })
      })
  )

  it.effect("that another rule allows has no more than that rule says", () =>
    Effect.gen(function* () {
      const call = yield* make
      const { headers, status } = yield* call("OPTIONS /photos/cat.txt", asks("null", "GET"))
      expect([status, headers["access-control-allow-origin"]]).toEqual([200, "null"])
      expect(headers).not.toHaveProperty("access-control-max-age")
      expect(headers).not.toHaveProperty("access-control-expose-headers")
      expect(headers).not.toHaveProperty("access-control-allow-headers")
    })
  )

  it.effect.each<[string, Record<string, string>, string, string]>([
    ["another origin", asks("https://example.org", "PUT").headers, "AccessForbidden", "not allowed"],
    [
      "an origin that only begins so",
      asks("https://.example.com.evil", "PUT").headers,
      "AccessForbidden",
      "not allowed"
    ],
    ["a method of no rule", asks(page, "DELETE").headers, "AccessForbidden", "not allowed"],
    ["a header of no rule", asks(page, "PUT", "x-obs-acl, range").headers, "AccessForbidden", "not allowed"],
    ["no origin", { "access-control-request-method": "GET" }, "BadRequest", "Origin request header needed"],
    ["no method", { origin: page }, "BadRequest", "Invalid Access-Control-Request-Method: null"],
    ["a method that is none", asks(page, "PATCH").headers, "BadRequest", "Invalid Access-Control-Request-Method: PATCH"]
  ])("with %s is refused", ([, headers, tag, message]) =>
    Effect.gen(function* () {
      const call = yield* make
      const answer = yield* call("OPTIONS /photos/cat.txt", { headers })
      expect([answer.tag, answer.status]).toEqual([tag, tag === "BadRequest" ? 400 : 403])
      expect(answer.failure?.message).toContain(message)
      expect(answer.headers).not.toHaveProperty("access-control-allow-origin")
    })
  )

  it.effect("is refused where the bucket has no rules, or is none", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("DELETE /photos?cors")
      const answer = yield* call("OPTIONS /photos", asks(page, "GET"))
      expect(answer.failure).toMatchObject({
        _tag: "AccessForbidden",
        message: "CORSResponse: CORS is not enabled for this bucket."
      })
      expect((yield* call("OPTIONS /albums", asks(page, "GET"))).tag).toBe("NoSuchBucket")
      expect((yield* call("OPTIONS /", asks(page, "GET"))).tag).toBe("MethodNotAllowed")
    })
  )

  it.effect("needs no signature", () =>
    Effect.gen(function* () {
      const credentials = [{ accessKeyId: "AK", secretAccessKey: "secret" }]
      const call = callerOf(yield* ObsTestService.makeWith({ credentials }))
      expect((yield* call("OPTIONS /photos", asks(page, "GET"))).tag).toBe("NoSuchBucket")
    })
  )
})

describe("an answer", () => {
  const from = (origin: string) => ({ headers: { origin } })

  it.effect("to a page that a rule allows says so, also where it is a failure", () =>
    Effect.gen(function* () {
      const call = yield* make
      for (const line of ["GET /photos/cat.txt", "GET /photos/dog.txt", "GET /photos?policy", "PUT /photos/cat.txt"]) {
        const { headers } = yield* call(line, from(page))
        expect(headers).toMatchObject({
          "access-control-allow-origin": page,
          "access-control-expose-headers": "ETag,x-obs-version-id"
        })
        expect(headers["vary"]).toContain("Origin")
      }
    })
  )

  it.effect("to another page does not, and tells caches what it depends on", () =>
    Effect.gen(function* () {
      const call = yield* make
      const { headers, status } = yield* call("DELETE /photos/cat.txt", from(page))
      expect(status).toBe(204)
      expect(headers).not.toHaveProperty("access-control-allow-origin")
      expect(headers["vary"]).toContain("Origin")
    })
  )

  it.effect("to no page, or of a bucket without rules, has no such headers", () =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call("GET /photos/cat.txt")).headers).not.toHaveProperty("vary")
      yield* call("DELETE /photos?cors")
      expect((yield* call("GET /photos/cat.txt", from(page))).headers).not.toHaveProperty("vary")
    })
  )
})

describe("a configuration", () => {
  const origin = allowed("Origin", "*")
  const get = allowed("Method", "GET")

  it.effect.each([
    ["no rule", of(), "MalformedXML"],
    ["no origin", of(rule(get)), "MalformedXML"],
    ["no method", of(rule(origin)), "MalformedXML"],
    ["a time that is none", of(rule(origin, get, "<MaxAgeSeconds>soon</MaxAgeSeconds>")), "MalformedXML"],
    ["two times", of(rule(origin, get, "<MaxAgeSeconds>1</MaxAgeSeconds>".repeat(2))), "MalformedXML"],
    ["more than a hundred rules", of(rule(origin, get).repeat(101)), "MalformedXML"],
    ["another method", of(rule(origin, allowed("Method", "PATCH"))), "InvalidRequest"],
    ["an origin with two wildcards", of(rule(allowed("Origin", "*.a.*"), get)), "InvalidRequest"],
    ["a header with two wildcards", of(rule(origin, get, allowed("Header", "x-*-*"))), "InvalidRequest"],
    [
      "a negative time, and a hundred rules",
      of(rule(origin, get, "<MaxAgeSeconds>-1</MaxAgeSeconds>").repeat(100)),
      undefined
    ]
  ])("with %s", ([, body, tag]) =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call("PUT /photos?cors", body)).tag).toBe(tag)
    })
  )
})
