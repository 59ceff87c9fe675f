import {
  Effect,
  Exit,
  Fiber,
  hasEnded,
  HttpBody,
  HttpClient,
  HttpClientRequest,
  type HttpClientResponse,
  reasonOf,
  Schema,
  type Scope,
  Stream,
  TestClock
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsCredentials, type ObsError, ObsHttpClient, ObsResponse } from "effect-obs"
import { ObsFault, ObsTestClient, ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import { everyCall } from "../support/calls.js"

const keys = { accessKeyId: "AK", secretAccessKey: "not-a-real-secret" }

const url = "https://127.0.0.1:9000"

type Carry = (
  handler: ObsTestService.Handler
) => Effect.Effect<{ readonly url: string; readonly client: HttpClient.HttpClient }, never, Scope.Scope>

const carriers: ReadonlyArray<readonly [string, Carry]> = [
  ["in process", (handler) => Effect.succeed({ url, client: ObsTestClient.make(handler) })],
  [
    "over a socket",
    (handler) =>
      Effect.gen(function* () {
        const { url } = yield* ObsTestServer.make(handler)
        return { url, client: yield* HttpClient.HttpClient }
      }).pipe(Effect.provide(NodeHttpClient.layerNodeHttp))
  ]
]

const scenario = <A, E>(name: string, body: () => Effect.Effect<A, E, Scope.Scope>) => {
  it.effect(name, () => Effect.scoped(body()))
}

/** Lets what waits for the outside world go on. */
const turn = Effect.callback<void>((resume) => {
  setTimeout(() => {
    resume(Effect.void)
  }, 1)
})

/** Runs an effect and moves the clock until it ends; tells how far. */
const timed = <A, E, R>(self: Effect.Effect<A, E, R>, step = 10) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(self)
    let millis = 0
    yield* turn
    while (!hasEnded(fiber)) {
      yield* TestClock.adjust(step)
      millis += step
      yield* turn
    }
    return { exit: yield* Fiber.await(fiber), millis }
  })

/** A service with a bucket, faults in front of it, and those who ask it. */
const lab = (carry: Carry, options: ObsTestService.Options = {}) =>
  Effect.gen(function* () {
    const faults = yield* ObsFault.make(yield* ObsTestService.makeWith(options))
    const { client, url } = yield* carry(faults.handler)
    const raw = (method: "GET" | "PUT" | "HEAD" | "POST", path: string, body = "") =>
      Effect.scoped(
        Effect.flatMap(
          client.execute(HttpClientRequest.make(method)(`${url}/${path}`, { body: HttpBody.text(body) })),
          read
        )
      )
    const obs = (retry: ObsClient.Options["retry"] = false) =>
      ObsClient.make({ endpoint: url, retry }).pipe(
        Effect.provideService(HttpClient.HttpClient, client),
        Effect.provide(ObsCredentials.layer(keys))
      )
    const direct = yield* obs()
    const call = <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.provideService(self, ObsClient.ObsClient, direct)
    const patient = yield* obs({ delay: 1, throttledDelay: 1 })
    const retried = <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.provideService(self, ObsClient.ObsClient, patient)
    yield* call(ObsClient.createBucket({ bucket: "photos" }))
    yield* faults.forget
    return { ...faults, client, url, raw, call, retried }
  })

interface Came {
  readonly status: number
  readonly headers: { readonly [name: string]: string | undefined }
  readonly text: string
  /** Whether the body ended as it should. */
  readonly whole: boolean
}

/** What of a response comes. */
const read = (response: HttpClientResponse.HttpClientResponse) =>
  Effect.gen(function* () {
    let text = ""
    const { headers, status } = response
    const exit = yield* Effect.exit(
      Stream.runForEach(response.stream, (chunk) =>
        Effect.sync(() => {
          text += new TextDecoder().decode(chunk)
        })
      )
    )
    return { status, headers, text, whole: Exit.isSuccess(exit) } satisfies Came
  })

const decoded = ({ headers, status, text }: Came, method?: string): ObsError.ObsFailure =>
  ObsResponse.decode({ status, headers, body: text, method })

const cat = { bucket: "photos", key: "cat.txt" }

const put = ObsClient.putObject({ ...cat, body: "meow" })
const get = Effect.flatMap(ObsClient.getObject(cat), (object) => object.text)
const exists = Effect.match(ObsClient.headObject(cat), { onFailure: () => false, onSuccess: () => true })

describe.each(carriers)("a fault %s", (_, carry) => {
  scenario("is any code of the catalogue, for whom the rule is about and when", () =>
    Effect.gen(function* () {
      const { add, call, requests, rules } = yield* lab(carry)
      yield* add({ operation: "PutObject", key: "cat*", nth: 2, error: "InsufficientStorageSpace" })
      yield* call(ObsClient.putObject({ bucket: "photos", key: "dog.txt", body: "" }))
      yield* call(put)
      const failure = yield* Effect.flip(call(put))
      expect(failure).toMatchObject({
        _tag: "InsufficientStorageSpace",
        status: 403,
        requestId: "FA".padEnd(31, "0") + "3"
      })
      yield* call(put)
      expect(yield* rules).toMatchObject([{ id: 1, matched: 3, fired: 1 }])
      expect(yield* requests).toEqual([
        { number: 1, time: 0, operation: "PutObject", method: "PUT", bucket: "photos", key: "dog.txt", status: 200 },
        { number: 2, time: 0, operation: "PutObject", method: "PUT", ...cat, status: 200 },
        {
          number: 3,
          time: 0,
          operation: "PutObject",
          method: "PUT",
          ...cat,
          status: 403,
          error: "InsufficientStorageSpace",
          rule: 1
        },
        { number: 4, time: 0, operation: "PutObject", method: "PUT", ...cat, status: 200 }
      ])
    })
  )

  scenario("has the message and the elements that the rule says, and what its class knows of the request", () =>
    Effect.gen(function* () {
      const { add, call } = yield* lab(carry)
      yield* add([
        { operation: "GetObject", error: "NoSuchKey", message: "Gone fishing." },
        { operation: "PutObject", error: "PreconditionFailed", details: { Condition: "If-Match" } },
        { operation: "DeleteObject", error: "OutOfCats", status: 418 }
      ])
      expect(yield* Effect.flip(call(get))).toMatchObject({
        _tag: "NoSuchKey",
        message: "Gone fishing.",
        key: "cat.txt"
      })
      expect(yield* Effect.flip(call(put))).toMatchObject({ _tag: "PreconditionFailed", condition: "If-Match" })
      expect(yield* Effect.flip(call(ObsClient.deleteObject(cat)))).toMatchObject({
        failure: { _tag: "UnknownObsError", code: "OutOfCats", status: 418 }
      })
    })
  )

  scenario("is a status and no more, and an answer to HEAD", () =>
    Effect.gen(function* () {
      const { add, call, raw } = yield* lab(carry)
      yield* add([
        { operation: "GetObject", status: 503 },
        { operation: "HeadObject", error: "AccessDenied" }
      ])
      expect(decoded(yield* raw("GET", "photos/cat.txt"))).toMatchObject({ reason: "EmptyBody", status: 503 })
      expect(yield* Effect.flip(call(ObsClient.headObject(cat)))).toMatchObject({ _tag: "AccessDenied" })
    })
  )

  scenario("throttles, and says how long to wait", () =>
    Effect.gen(function* () {
      const { add, raw } = yield* lab(carry)
      yield* add([
        { times: 1, error: "SlowDown", retryAfter: 2, indicator: "601" },
        { times: 1, error: "GetQosTokenException", qosDelay: 150 },
        { times: 1, status: 503, retryAfter: "Wed, 21 Oct 2015 07:28:00 GMT", headers: { "X-Odd": "1" } }
      ])
      const one = yield* raw("GET", "photos")
      expect(one.headers).toMatchObject({ "retry-after": "2", "x-reserved-indicator": "601" })
      expect(decoded(one)).toMatchObject({ _tag: "SlowDown", status: 503, indicator: "601", retry: "throttling" })
      const two = yield* raw("GET", "photos")
      expect(two.headers).toMatchObject({ "x-obs-qos-delay-time": "150" })
      expect(decoded(two)._tag).toBe("GetQosTokenException")
      const three = yield* raw("GET", "photos")
      expect(three.headers).toMatchObject({ "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", "x-odd": "1" })
      expect((yield* raw("GET", "photos")).status).toBe(200)
    })
  )

  scenario("is repeated by a client that retries", () =>
    Effect.gen(function* () {
      const { add, requests, retried } = yield* lab(carry)
      yield* add({ operation: "PutObject", nth: [1, 2], error: "SlowDown" })
      const { exit } = yield* timed(retried(put))
      expect(Exit.isSuccess(exit)).toBe(true)
      expect((yield* requests).map(({ status }) => status)).toEqual([503, 503, 200])
    })
  )

  scenario("is an answer that comes late, by Effect's clock", () =>
    Effect.gen(function* () {
      const { add, call, raw } = yield* lab(carry)
      yield* add({ operation: "PutObject", latency: 200 })
      const { exit, millis } = yield* timed(call(put))
      expect(Exit.isSuccess(exit)).toBe(true)
      expect(millis).toBeGreaterThanOrEqual(200)
      // The request took effect before
      const fiber = yield* Effect.forkChild(raw("PUT", "photos/dog.txt", "woof"))
      while ((yield* raw("GET", "photos/dog.txt")).status !== 200) yield* turn
      expect(hasEnded(fiber)).toBe(false)
      yield* TestClock.adjust(200)
      expect((yield* Fiber.join(fiber)).status).toBe(200)
    })
  )

  scenario("is a body that drips", () =>
    Effect.gen(function* () {
      const { add, call, raw } = yield* lab(carry)
      yield* call(put)
      yield* add({ operation: "GetObject", drip: { bytes: 1, every: 100 } })
      const { exit, millis } = yield* timed(raw("GET", "photos/cat.txt"))
      expect(exit).toEqual(Exit.succeed(expect.objectContaining({ status: 200, text: "meow", whole: true })))
      expect(millis).toBeGreaterThanOrEqual(400)
    })
  )

  scenario("is a body that never ends", () =>
    Effect.gen(function* () {
      const { add, call, client, url } = yield* lab(carry)
      yield* call(put)
      yield* add({ operation: "GetObject", endless: true })
      const came = yield* Effect.scoped(
        Effect.flatMap(client.get(`${url}/photos/cat.txt`), (response) => {
          let bytes = 0
          return Effect.map(
            Stream.runDrain(Stream.takeUntil(response.stream, (chunk) => (bytes += chunk.length) > 200_000)),
            () => bytes
          )
        })
      )
      expect(came).toBeGreaterThan(200_000)
      yield* add({ operation: "ListObjects", status: 404, endless: true })
      // The decoder of the library reads no more than it needs
      const obs = ObsHttpClient.filterStatusOk(client)
      expect(yield* Effect.flip(Effect.scoped(obs.get(`${url}/photos`)))).toMatchObject({ status: 404 })
    })
  )

  scenario("is a body that is shorter and looks complete", () =>
    Effect.gen(function* () {
      const { add, raw } = yield* lab(carry)
      yield* add([
        { operation: "ListObjects", truncate: 60 },
        { operation: "GetObject", error: "NoSuchKey", truncate: 70 }
      ])
      const listing = yield* raw("GET", "photos")
      expect(listing).toMatchObject({ status: 200, whole: true })
      expect(listing.text).toHaveLength(60)
      const missing = yield* raw("GET", "photos/cat.txt")
      expect(missing).toMatchObject({ status: 404, whole: true })
      expect(decoded(missing)).toMatchObject({ _tag: "UnrecognizedResponse", reason: "Malformed" })
    })
  )

  scenario("leaves the length in an answer to HEAD", () =>
    Effect.gen(function* () {
      const { add, call } = yield* lab(carry)
      yield* call(put)
      yield* add({ operation: "HeadObject", drip: { bytes: 1, every: 1 }, truncate: 2 })
      expect((yield* call(ObsClient.headObject(cat))).contentLength).toBe(4)
    })
  )

  scenario("is a connection that breaks after so many bytes of the body", () =>
    Effect.gen(function* () {
      const { add, call, raw } = yield* lab(carry)
      yield* call(put)
      yield* add([
        { times: 1, operation: "GetObject", cut: 2 },
        { times: 1, operation: "GetObject", cut: 0 },
        { times: 1, operation: "GetObject", cut: 100 },
        { times: 1, operation: "GetObject", error: "NoSuchKey", cut: 60 }
      ])
      const got = Array.from({ length: 4 }, () => raw("GET", "photos/cat.txt"))
      const [two, none, all, error] = yield* Effect.all(got)
      expect(two).toMatchObject({ status: 200, text: "me", whole: false })
      expect(none).toMatchObject({ status: 200, text: "", whole: false })
      expect(all).toMatchObject({ status: 200, text: "meow", whole: false })
      expect(error).toMatchObject({ status: 404, whole: false })
      expect(error?.text).toHaveLength(60)
    })
  )

  scenario("is a connection that breaks before the answer, and the request may have taken effect or not", () =>
    Effect.gen(function* () {
      const { add, call, requests, retried } = yield* lab(carry)
      yield* add({ operation: "PutObject", times: 1, cut: "before" })
      expect(reasonOf(yield* Effect.flip(call(put)))).toBe("Transport")
      expect(yield* call(exists)).toBe(false)
      yield* add({ operation: "PutObject", times: 1, cut: "before", applied: true })
      yield* Effect.flip(call(put))
      expect(yield* call(exists)).toBe(true)
      expect((yield* requests).map(({ operation, status }) => [operation, status])).toEqual([
        ["PutObject", 0],
        ["HeadObject", 404],
        ["PutObject", 0],
        ["HeadObject", 200]
      ])
      // An idempotent request is sent again
      yield* add({ operation: "PutObject", times: 1, cut: "before", applied: true })
      const { exit } = yield* timed(retried(put))
      expect(Exit.isSuccess(exit)).toBe(true)
    })
  )

  scenario("is an error that is told although the request took effect", () =>
    Effect.gen(function* () {
      const { add, call } = yield* lab(carry)
      yield* add({ operation: "PutObject", error: "InternalError", applied: true })
      expect(yield* Effect.flip(call(put))).toHaveProperty("_tag", "InternalError")
      expect(yield* call(get)).toBe("meow")
    })
  )

  scenario("is the page of a proxy, or a body of one's own", () =>
    Effect.gen(function* () {
      const { add, raw } = yield* lab(carry)
      yield* add([
        { times: 1, html: true },
        { times: 1, html: true, status: 200 },
        { times: 1, body: "{}", headers: { "content-type": "application/json" } }
      ])
      const page = yield* raw("GET", "photos")
      expect(page.headers["content-type"]).toBe("text/html")
      expect(decoded(page)).toMatchObject({ status: 502, reason: "NotAnErrorDocument", contentType: "text/html" })
      expect((yield* raw("GET", "photos")).status).toBe(200)
      expect(yield* raw("GET", "photos")).toMatchObject({ status: 200, text: "{}" })
    })
  )

  scenario("is an error inside a success", () =>
    Effect.gen(function* () {
      const { add, call } = yield* lab(carry)
      yield* call(put)
      const upload = yield* call(ObsClient.initiateMultipartUpload(cat))
      const part = yield* call(ObsClient.uploadPart({ ...upload, ...cat, partNumber: 1, body: "meow" }))
      yield* add([
        { operation: ["CopyObject", "CompleteMultipartUpload", "UploadPartCopy"], status: 200, error: "InternalError" },
        { operation: "DeleteObjects", status: 200, error: "AccessDenied", message: "Not yours." }
      ])
      const copy = yield* Effect.flip(call(ObsClient.copyObject({ ...cat, key: "copy.txt", source: cat })))
      expect(copy).toMatchObject({ _tag: "InternalError", status: 200 })
      const completed = ObsClient.completeMultipartUpload({
        ...cat,
        uploadId: upload.uploadId,
        parts: [{ partNumber: 1, etag: part.etag }]
      })
      expect(yield* Effect.flip(call(completed))).toMatchObject({ _tag: "InternalError", status: 200 })
      const deleted = yield* call(ObsClient.deleteObjects({ bucket: "photos", objects: ["cat.txt", "dog & co"] }))
      expect(deleted.errors).toMatchObject([
        { key: "cat.txt", failure: { _tag: "AccessDenied", message: "Not yours." } },
        { key: "dog & co", failure: { _tag: "AccessDenied" } }
      ])
      expect(yield* call(get)).toBe("meow")
    })
  )

  scenario("sends a request elsewhere", () =>
    Effect.gen(function* () {
      const { add, raw } = yield* lab(carry)
      yield* add([
        { times: 1, redirect: "obs.eu-de.example.com" },
        { times: 1, redirect: "http://obs.eu-de.example.com:81", status: 301 }
      ])
      const temporary = yield* raw("GET", "photos/cat.txt?versionId=1")
      expect(temporary.headers["location"]).toBe("https://obs.eu-de.example.com/photos/cat.txt?versionId=1")
      expect(decoded(temporary)).toMatchObject({ _tag: "TemporaryRedirect", status: 307 })
      const permanent = yield* raw("GET", "photos/cat.txt")
      expect(permanent.headers["location"]).toBe("http://obs.eu-de.example.com:81/photos/cat.txt")
      expect(decoded(permanent)).toMatchObject({
        _tag: "PermanentRedirect",
        status: 301,
        endpoint: "obs.eu-de.example.com:81"
      })
    })
  )

  scenario("is the clock of the service, which refuses what is signed by another one", () =>
    Effect.gen(function* () {
      const { add, call, requests, retried } = yield* lab(carry, { credentials: [keys] })
      yield* add({ clock: 20 * 60_000 })
      expect(yield* Effect.flip(call(put))).toMatchObject({ _tag: "RequestTimeTooSkewed", status: 403 })
      // A client that retries learns the time
      const { exit } = yield* timed(retried(put))
      expect(Exit.isSuccess(exit)).toBe(true)
      expect((yield* requests).map(({ error, status }) => [status, error])).toEqual([
        [403, "RequestTimeTooSkewed"],
        [403, "RequestTimeTooSkewed"],
        [200, undefined]
      ])
    })
  )

  scenario("changes while a program runs", () =>
    Effect.gen(function* () {
      const { add, call, clear, remove, requests, reset, rules } = yield* lab(carry)
      const [first, second] = yield* add([{ error: "SlowDown" }, { error: "InternalError" }])
      expect(yield* Effect.flip(call(put))).toHaveProperty("_tag", "SlowDown")
      expect(yield* remove(first?.id ?? 0)).toBe(true)
      expect(yield* remove(first?.id ?? 0)).toBe(false)
      expect(yield* Effect.flip(call(put))).toHaveProperty("_tag", "InternalError")
      expect(yield* rules).toMatchObject([{ id: second?.id, matched: 2, fired: 1 }])
      yield* clear
      yield* call(put)
      expect(yield* rules).toEqual([])
      expect(yield* requests).toHaveLength(3)
      yield* reset
      expect(yield* requests).toEqual([])
    })
  )
})

describe("the choices of chance", () => {
  const choices = (seed: number) =>
    Effect.gen(function* () {
      const { add, raw } = yield* lab(carriers[0]?.[1] ?? (() => Effect.never))
      yield* add({ probability: 0.3, seed, status: 503 })
      const all = yield* Effect.forEach(Array.from({ length: 200 }), () => raw("GET", "photos"))
      return all.map(({ status }) => status === 503)
    })

  scenario("are those of their seed", () =>
    Effect.gen(function* () {
      const one = yield* choices(1)
      expect(yield* choices(1)).toEqual(one)
      expect(yield* choices(2)).not.toEqual(one)
      const count = one.filter(Boolean).length
      expect(count).toBeGreaterThan(30)
      expect(count).toBeLessThan(90)
    })
  )
})

describe("a pattern", () => {
  it.effect.each([
    ["cat.txt", "cat.txt", true],
    ["cat.txt", "catXtxt", false],
    ["cats/*", "cats/1/2.jpg", true],
    ["cats/*", "dogs/cats/1", false],
    ["*.jpg", "a\nb.jpg", true],
    ["a\\*b", "a*b", true],
    ["a\\*b", "axb", false],
    ["a\\b", "a\\b", true],
    ["(x|y)[z]{1}", "(x|y)[z]{1}", true],
    ["*", "", true]
  ] as const)("%s is %s: %s", ([pattern, key, matches]) =>
    Effect.gen(function* () {
      const faults = yield* ObsFault.make(() => Effect.succeed({ status: 200, headers: {}, body: "" }))
      yield* faults.add({ key: pattern, status: 503 })
      const url = new URL("https://photos.obs.example.com/")
      url.pathname = `/${encodeURIComponent(key)}`
      const { status } = yield* faults.handler({ method: "GET", url, headers: {}, body: new Uint8Array() })
      expect(status).toBe(matches ? 503 : 200)
    })
  )
})

describe("a rule", () => {
  it.effect.each([
    ["nothing", null, [/^A rule has to be an object, such as \{/]],
    ["an unknown field", { keys: "a", error: "SlowDown" }, [`"keys" is no field of a rule. Did you mean "key"?`]],
    [
      "an operation that is none",
      { operation: ["GetObject", "Getobjekt"], error: "SlowDown" },
      [/^"operation" has to be .* Did you mean "GetObject"\?$/]
    ],
    [
      "a code that is none",
      { error: "SlowDwon" },
      [/^"SlowDwon" is no code of the catalogue\. Did you mean "SlowDown"\?/]
    ],
    ["no fault", { key: "a" }, [/^The rule says of no fault\. Add what happens, one or more of "error", /]],
    ["two answers", { html: true, error: "SlowDown" }, [/Leave one of "error", "html"\.$/]],
    [
      "wrong values",
      { nth: [3, 2], times: 0, probability: 2, status: 99, cut: "after", latency: "1s", redirect: "://", error: "a b" },
      Array.from({ length: 8 }, () => /^"\w+" has to be .*, not .*\.$/)
    ],
    ["what belongs to an error", { status: 500, message: "Hm." }, [/Add "error"/]],
    ["a seed alone", { seed: 1, error: "SlowDown" }, [/Add it, or leave the seed out/]],
    ["an answer that is sent and not applied", { latency: 1, applied: false }, [/Leave "applied" out/]]
  ] as const)("cannot have %s", ([, rule, problems]) =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(ObsFault.decode(rule))
      expect(failure._tag).toBe("InvalidRule")
      expect(failure.problems).toHaveLength(problems.length)
      for (const [i, problem] of problems.entries()) expect(failure.problems[i]).toMatch(problem)
      expect(failure.message).toBe(failure.problems.join(" "))
      expect(Exit.isFailure(yield* Effect.exit(Effect.sync(() => Schema.decodeUnknownSync(ObsFault.Rule)(rule))))).toBe(
        // The schema of Effect drops fields that it does not know
        rule === null || !("keys" in rule)
      )
    })
  )

  scenario("says which of several it is, and none of them is added", () =>
    Effect.gen(function* () {
      const faults = yield* ObsFault.make(yield* ObsTestService.make, { rules: { error: "SlowDown" } })
      const failure = yield* Effect.flip(faults.add([{ error: "SlowDown" }, { latency: -1 }]))
      expect(failure.message).toBe(`Rule 2: "latency" has to be a number of milliseconds, not -1.`)
      expect(yield* faults.rules).toHaveLength(1)
    })
  )

  it("is JSON", () => {
    const rule: ObsFault.Rule = { operation: ["GetObject"], nth: [1, 2], drip: { bytes: 1, every: 2 }, cut: "before" }
    expect(Schema.decodeUnknownSync(ObsFault.Rule)(JSON.parse(JSON.stringify(rule)))).toEqual(rule)
    expect(Schema.encodeSync(ObsFault.Rule)(rule)).toEqual(rule)
  })
})

describe("the log", () => {
  scenario("knows the operation of every call", () =>
    Effect.gen(function* () {
      for (const [name, operation, call, named] of everyCall) {
        const faults = yield* ObsFault.make(yield* ObsTestService.make)
        const obs = yield* ObsClient.make({ endpoint: url, retry: false }).pipe(
          Effect.provideService(HttpClient.HttpClient, ObsTestClient.make(faults.handler)),
          Effect.provide(ObsCredentials.layer(keys))
        )
        yield* Effect.exit(Effect.provideService(call, ObsClient.ObsClient, obs))
        const [first] = yield* faults.requests
        // What is given to it has no parameter that would say so
        const expected = name === "execute" ? "ListObjects" : operation.name
        expect(first, name).toMatchObject({ operation: expected, method: operation.method, ...named })
      }
    })
  )

  scenario("keeps as many requests as it is told", () =>
    Effect.gen(function* () {
      const faults = yield* ObsFault.make(yield* ObsTestService.make, { maxRequests: 2 })
      const client = ObsTestClient.make(faults.handler)
      for (const bucket of ["one", "two", "three"]) yield* client.put(`${url}/${bucket}`)
      expect((yield* faults.requests).map(({ bucket, number }) => [number, bucket])).toEqual([
        [2, "two"],
        [3, "three"]
      ])
    })
  )
})
