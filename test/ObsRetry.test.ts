import {
  Cause,
  Clock,
  DateTime,
  Duration,
  Effect,
  encodeError,
  Equal,
  Fiber,
  Hash,
  HttpBody,
  HttpClient,
  type HttpClientError,
  HttpClientRequest,
  HttpClientResponse,
  invalidUrlError,
  Option,
  Random,
  Redacted,
  Ref,
  retryResponses,
  Schedule,
  Schema,
  statusCodeError,
  Stream,
  TestClock,
  transportError,
  untracedClient,
  withOwnClock,
  withRandom
} from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient, ObsOperation, ObsResponse, ObsRetry } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"

const url = "https://photos.obs.example.com/cat.txt"

/** The whole ceiling is waited, so that the numbers can be seen. */
const atCeiling = withRandom([1])

/** No wait at all, for tests of anything but waits. */
const withoutWaiting = withRandom([0])

/** Runs an effect to its end, however long it waits on the clock, and tells how long that was. */
const elapsed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const start = yield* Clock.currentTimeMillis
    const fiber = yield* Effect.forkChild(
      Effect.zip(
        Effect.exit(effect),
        Effect.suspend(() => Clock.currentTimeMillis)
      )
    )
    yield* TestClock.adjust("2 hours")
    const [exit, end] = yield* Fiber.join(fiber)
    return { exit, millis: end - start }
  })

/** A client that answers with the failures of a list, the last for ever, and counts what is sent. */
const failing = (...failures: ReadonlyArray<ObsError.ObsFailure | "ok">) =>
  Effect.gen(function* () {
    const sent = yield* Ref.make<ReadonlyArray<number>>([])
    const handler: ObsTestService.Handler = (request) =>
      Effect.gen(function* () {
        const now = yield* Clock.currentTimeMillis
        const count = (yield* Ref.updateAndGet(sent, (times) => [...times, now])).length
        const next = failures[Math.min(count, failures.length) - 1]
        return next === "ok" || next === undefined
          ? { status: 200, headers: {}, body: "meow" }
          : yield* ObsTestService.failing(() => next)(request)
      })
    return { client: ObsHttpClient.filterStatusOk(ObsTestClient.make(handler)), sent: Ref.get(sent) }
  })

const withBudget = (tokens?: number) => Effect.provide(ObsRetry.layerBudget(tokens))

const busy = new ObsError.ServiceUnavailable()
const slow = new ObsError.SlowDown()

const withHint =
  (header: "retry-after" | "x-obs-qos-delay-time", value: string): ObsTestService.Handler =>
  () =>
    Effect.succeed({
      status: 503,
      headers: { [header]: value },
      body: "<Error><Code>SlowDown</Code></Error>"
    })

describe("classify", () => {
  const request = HttpClientRequest.get(url)
  const transport = (cause: unknown) => transportError({ request, cause })
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })
  const reset = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" })

  it.each([
    ["a transient failure", busy, "transient", false],
    ["throttling", slow, "throttling", true],
    [
      "any failure with the indicator of throttling",
      new ObsError.InternalError({ status: 503, indicator: "601" }),
      "throttling",
      true
    ],
    ["a skewed clock", new ObsError.RequestTimeTooSkewed(), "clock", true],
    ["a conflict with another operation", new ObsError.OperationAborted(), "transient", true],
    ["a missing object", new ObsError.NoSuchKey(), "never", false],
    [
      "an unexpected failure, as what it holds",
      new ObsError.UnexpectedObsError({ operation: "GetObject", failure: slow }),
      "throttling",
      true
    ],
    ["a lost connection", transport(reset), "transient", false],
    [
      "a connection that was never made",
      transport(new TypeError("fetch failed", { cause: refused })),
      "transient",
      true
    ],
    [
      "an error in the words of the connection where the body is a stream",
      transportError({
        request: HttpClientRequest.bodyStream(HttpClientRequest.post(url), Stream.fail(refused)),
        cause: new TypeError("fetch failed", { cause: refused })
      }),
      "transient",
      false
    ],
    ["the same of a body that could not be written", encodeError({ request, cause: refused }), "never", false],
    ["an address that is none", invalidUrlError({ request }), "never", false],
    ["a timeout of Effect", new Cause.TimeoutError(), "transient", false],
    ["anything else", new Error("?"), "never", false],
    ["nothing", undefined, "never", false]
  ] as const)("knows %s", (_, error, retry, nothingDone) => {
    expect(ObsRetry.classify(error)).toBe(retry)
    expect(ObsRetry.provesNothingDone(error)).toBe(nothingDone)
  })
})

describe("retry", () => {
  it.effect("makes three attempts in all and fails with the last failure, which tells so", () =>
    Effect.gen(function* () {
      const last = new ObsError.InternalError({ requestId: "3" })
      const { client, sent } = yield* failing(busy, slow, last)
      const { exit } = yield* elapsed(ObsHttpClient.retry(client).get(url))
      const failure = yield* Effect.flip(exit)
      if (failure._tag !== "InternalError") return expect.fail(failure._tag)
      expect(failure.requestId).toBe("3")
      expect(failure.attempts).toBe(3)
      expect(ObsRetry.attemptsOf(failure)).toEqual(Option.some(3))
      expect(String(failure)).toContain("request id 3, 3 attempts")
      expect((yield* sent).length).toBe(3)
    }).pipe(withBudget())
  )

  it.effect("waits 50 ms at most, then twice as long, and 1 s at most after throttling", () =>
    Effect.gen(function* () {
      const transient = yield* failing(busy)
      yield* elapsed(ObsHttpClient.retry(transient.client, { attempts: 4 }).get(url))
      const start = (yield* transient.sent)[0] ?? Number.NaN
      expect((yield* transient.sent).map((time) => time - start)).toEqual([0, 50, 150, 350])
      const throttled = yield* failing(slow)
      yield* elapsed(ObsHttpClient.retry(throttled.client, { attempts: 4 }).get(url))
      const first = (yield* throttled.sent)[0] ?? Number.NaN
      expect((yield* throttled.sent).map((time) => time - first)).toEqual([0, 1000, 3000, 7000])
    }).pipe(atCeiling, withBudget())
  )

  it.effect("chooses the ceiling by each failure", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(busy, slow, busy, "ok")
      const { exit } = yield* elapsed(ObsHttpClient.retry(client, { attempts: 4 }).get(url))
      expect((yield* exit).status).toBe(200)
      const start = (yield* sent)[0] ?? Number.NaN
      expect((yield* sent).map((time) => time - start)).toEqual([0, 50, 2050, 2250])
    }).pipe(atCeiling, withBudget())
  )

  it.effect("never waits longer than 20 s of its own", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(slow)
      yield* elapsed(ObsHttpClient.retry(client, { attempts: 8 }).get(url))
      const times = yield* sent
      expect(times.slice(1).map((time, i) => time - (times[i] ?? 0))).toEqual([
        1000, 2000, 4000, 8000, 16000, 20000, 20000
      ])
    }).pipe(atCeiling, withBudget())
  )

  it.effect("waits any part of the ceiling", () =>
    Effect.gen(function* () {
      const { client } = yield* failing(slow)
      const quarter = elapsed(ObsHttpClient.retry(client, { attempts: 2 }).get(url)).pipe(withRandom([0.25]))
      expect((yield* quarter).millis).toBe(250)
      const none = elapsed(ObsHttpClient.retry(client, { attempts: 2 }).get(url)).pipe(withRandom([0]))
      expect((yield* none).millis).toBe(0)
    }).pipe(withBudget())
  )

  it.effect("does not repeat what nothing can mend", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(new ObsError.NoSuchKey())
      const { exit, millis } = yield* elapsed(ObsHttpClient.retry(client).get(url))
      const failure = yield* Effect.flip(exit)
      expect([failure._tag, ObsRetry.attemptsOf(failure), millis]).toEqual(["NoSuchKey", Option.some(1), 0])
      expect((yield* sent).length).toBe(1)
    }).pipe(withBudget())
  )

  it.effect("stops at the first failure that nothing can mend", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(busy, new ObsError.AccessDenied(), "ok")
      const { exit } = yield* elapsed(ObsHttpClient.retry(client).get(url))
      const failure = yield* Effect.flip(exit)
      expect([failure._tag, ObsRetry.attemptsOf(failure)]).toEqual(["AccessDenied", Option.some(2)])
      expect((yield* sent).length).toBe(2)
    }).pipe(withBudget())
  )

  it.effect("is interrupted while it waits", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(slow)
      const fiber = yield* Effect.forkChild(ObsHttpClient.retry(client).get(url))
      yield* TestClock.adjust("500 millis")
      yield* Fiber.interrupt(fiber)
      const exit = yield* Fiber.await(fiber)
      expect(exit._tag === "Failure" && Cause.hasInterruptsOnly(exit.cause)).toBe(true)
      yield* TestClock.adjust("1 hour")
      expect((yield* sent).length).toBe(1)
    }).pipe(atCeiling, withBudget())
  )

  it.effect("takes numbers that make no sense for not given", () =>
    Effect.gen(function* () {
      for (const [options, count, millis] of [
        [{ attempts: Number.NaN, delay: -1 }, 3, 150],
        [{ attempts: 0 }, 1, 0],
        [{ attempts: 2.9, delay: Number.NaN }, 2, 50],
        [{ attempts: 2, delay: "100 millis", maxDelay: 70 }, 2, 70]
      ] as const) {
        const { client, sent } = yield* failing(busy)
        const run = yield* elapsed(ObsHttpClient.retry(client, options).get(url))
        expect([(yield* sent).length, run.millis]).toEqual([count, millis])
      }
    }).pipe(atCeiling, withBudget())
  )

  it.effect("repeats an effect of any kind after errors of the transport and timeouts", () =>
    Effect.gen(function* () {
      const count = yield* Ref.make(0)
      const effect = Effect.andThen(
        Ref.update(count, (n) => n + 1),
        Effect.never.pipe(Effect.timeout("1 second"))
      )
      const { exit } = yield* elapsed(effect.pipe(ObsRetry.retry({ attempts: 2 })))
      const failure = yield* Effect.flip(exit)
      expect([Cause.isTimeoutError(failure), ObsRetry.attemptsOf(failure)]).toEqual([true, Option.some(2)])
      expect(yield* Ref.get(count)).toBe(2)
    }).pipe(withBudget())
  )

  it.effect("leaves the attempts of other errors alone", () =>
    Effect.gen(function* () {
      const other = Object.assign(new Error("locked"), { attempts: ["alice", "bob"] })
      const failure = yield* Effect.flip(ObsRetry.retry(Effect.fail(other)))
      expect(failure.attempts).toEqual(["alice", "bob"])
    })
  )

  it.effect("changes neither what a failure equals nor its hash", () =>
    Effect.gen(function* () {
      const failure = new ObsError.NoSuchKey({ key: "a" })
      const hash = Hash.hash(failure)
      const retried = yield* Effect.flip(ObsRetry.retry(Effect.fail(failure)))
      expect(retried.attempts).toBe(1)
      expect(Hash.hash(retried)).toBe(hash)
      expect(Equal.equals(retried, failure)).toBe(true)
      expect(Equal.equals(retried, new ObsError.NoSuchKey({ key: "a" }))).toBe(true)
      expect(Hash.hash(Object.freeze(new ObsError.NoSuchKey({ key: "a" })))).toBe(hash)
    }).pipe(withBudget())
  )

  it.effect("leaves the errors that others hold as they are", () =>
    Effect.gen(function* () {
      const request = HttpClientRequest.get(url)
      for (const error of [
        busy,
        new ObsError.UnexpectedObsError({ operation: "GetObject", failure: busy }),
        transportError({ request }),
        new Cause.TimeoutError()
      ]) {
        const three = yield* Effect.flip(ObsRetry.retry(Effect.fail(error)))
        const one = yield* Effect.flip(ObsRetry.retry(Effect.fail(error), { attempts: 1 }))
        expect([three, one, error].map((e) => Option.getOrUndefined(ObsRetry.attemptsOf(e)))).toEqual([3, 1, undefined])
        expect(three).toBeInstanceOf(error.constructor)
        expect(String(three.stack).split("\n").at(-1)).toBe(String(one.stack).split("\n").at(-1))
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("keeps all else of a failure, its secrets and its cause too", () =>
    Effect.gen(function* () {
      const cause = new Error("why")
      const secrets = { Token: Redacted.make("t") }
      const failure = new ObsError.InternalError({ requestId: "r", details: { A: "b" }, secrets, cause })
      const copy = yield* Effect.flip(ObsRetry.retry(Effect.fail(failure)))
      expect(copy).not.toBe(failure)
      expect(Equal.equals(copy, failure)).toBe(true)
      expect(copy.cause).toBe(cause)
      expect(copy.secrets["Token"]).toBe(secrets.Token)
      expect(String(copy.stack).split("\n").slice(3)).toEqual(String(failure.stack).split("\n").slice(3))
      const codec = Schema.fromJsonString(ObsError.InternalError)
      expect(Schema.decodeSync(codec)(Schema.encodeSync(codec)(copy)).attempts).toBe(3)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("does not multiply around a client that retries, and tells the sum", () =>
    Effect.gen(function* () {
      const nested = (inner: number, outer: number) =>
        Effect.gen(function* () {
          const { client, sent } = yield* failing(busy)
          const obs = ObsHttpClient.retry(client, { attempts: inner })
          const failure = yield* Effect.flip(ObsRetry.retry(obs.get(url), { attempts: outer }))
          return [(yield* sent).length, Option.getOrUndefined(ObsRetry.attemptsOf(failure))]
        })
      expect(yield* nested(3, 3)).toEqual([3, 3])
      expect(yield* nested(1, 3)).toEqual([3, 3])
      expect(yield* nested(2, 5)).toEqual([6, 6])
      const { client, sent } = yield* failing(busy)
      yield* Effect.exit(client.pipe(ObsHttpClient.retry, ObsHttpClient.retry).get(url))
      expect((yield* sent).length).toBe(3)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("counts the attempts in the spans", () =>
    Effect.gen(function* () {
      const seen: Array<unknown> = []
      const effect = Effect.currentSpan.pipe(
        Effect.tap((span) => Effect.sync(() => seen.push(span.attributes.get("http.request.resend_count")))),
        Effect.andThen(Effect.fail(busy)),
        Effect.withSpan("request")
      )
      yield* elapsed(Effect.ignore(ObsRetry.retry(effect)))
      expect(seen).toEqual([undefined, 1, 2])
    }).pipe(withBudget())
  )
})

describe("a hint of the service", () => {
  const waited = (header: "retry-after" | "x-obs-qos-delay-time", value: string, random = 1) =>
    elapsed(
      ObsHttpClient.retry(ObsHttpClient.filterStatusOk(ObsTestClient.make(withHint(header, value))), {
        attempts: 2
      }).get(url)
    ).pipe(
      Effect.map(({ millis }) => millis),
      withRandom([random]),
      withBudget()
    )

  it.effect("makes the wait longer, by seconds, by milliseconds or to a date", () =>
    Effect.gen(function* () {
      expect(yield* waited("retry-after", "3")).toBe(3000)
      expect(yield* waited("x-obs-qos-delay-time", "2500")).toBe(2500)
      const now = yield* Clock.currentTimeMillis
      expect(yield* waited("retry-after", new Date(Math.ceil(now / 1000) * 1000 + 4000).toUTCString())).toBe(4000)
    })
  )

  it.effect("does not make it shorter", () =>
    Effect.gen(function* () {
      expect(yield* waited("retry-after", "0")).toBe(1000)
      expect(yield* waited("retry-after", "soon")).toBe(1000)
    })
  )

  it.effect("makes it 5 s longer than the policy's own at most, however hostile", () =>
    Effect.gen(function* () {
      expect(yield* waited("retry-after", "1000000000000")).toBe(6000)
      expect(yield* waited("retry-after", "1000000000000", 0.5)).toBe(5500)
      expect(yield* waited("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")).toBe(6000)
      expect(yield* waited("x-obs-qos-delay-time", "9".repeat(400))).toBe(6000)
    })
  )

  const hintIn = (headers: Record<string, string>, body = "<Error><Code>SlowDown</Code></Error>") =>
    Effect.map(
      ObsRetry.delayHint(ObsResponse.decode({ status: 503, headers, body })),
      Option.match({ onNone: () => undefined, onSome: Duration.toMillis })
    )

  it.effect("is a number or a date of HTTP, and nothing else", () =>
    Effect.gen(function* () {
      const date = "Tue, 24 Nov 2026 10:00:00 GMT"
      for (const [retryAfter, millis] of [
        ["0.5", 500],
        ["Tue, 24 Nov 2026 10:00:03 GMT", 3000],
        ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
        ["-3", undefined],
        ["1e12", undefined],
        ["0x10", undefined],
        ["NaN", undefined],
        ["2099-01-01", undefined],
        ["", undefined]
      ] as const) {
        expect(yield* hintIn({ "retry-after": retryAfter, date })).toBe(millis)
      }
    })
  )

  it.effect("is a field of the failure, and what cannot be read a detail", () =>
    Effect.gen(function* () {
      const readable = ObsResponse.decode({ status: 503, headers: { "retry-after": "2" } })
      expect(readable.retryAfter).toEqual(Duration.seconds(2))
      expect({ ...readable.details }).toEqual({})
      const codec = Schema.fromJsonString(ObsError.ObsFailure)
      expect(Schema.encodeSync(ObsError.ObsFailure)(readable).retryAfter).toBe(2000)
      expect(Equal.equals(Schema.decodeSync(codec)(Schema.encodeSync(codec)(readable)), readable)).toBe(true)
      const dated = { "retry-after": "Tue, 24 Nov 2026 10:00:03 GMT" }
      expect({ ...ObsResponse.decode({ status: 503, headers: dated }).details }).toEqual({
        RetryAfter: dated["retry-after"]
      })
      expect(new ObsError.SlowDown({ retryAfter: Duration.infinity }).retryAfter).toBeUndefined()
      expect(yield* hintIn({ "retry-after": "soon" })).toBeUndefined()
    })
  )

  it.effect("is the longest where body and headers say several", () =>
    Effect.gen(function* () {
      const body = "<Error><Code>SlowDown</Code><RetryAfter>3</RetryAfter></Error>"
      expect(yield* hintIn({ "retry-after": "4" }, body)).toBe(4000)
      expect(yield* hintIn({ "retry-after": "2", "x-obs-qos-delay-time": "2500" }, body)).toBe(3000)
      expect(yield* hintIn({ "retry-after": "soon" }, body)).toBe(3000)
    })
  )

  it.effect("counts also where an unexpected failure holds it, and in an error of the platform", () =>
    Effect.gen(function* () {
      const failure = new ObsError.SlowDown({ retryAfter: Duration.seconds(4) })
      const unexpected = new ObsError.UnexpectedObsError({ operation: "GetObject", failure })
      expect(yield* ObsRetry.delayHint(unexpected)).toEqual(Option.some(Duration.seconds(4)))
      const request = HttpClientRequest.get(url)
      const response = HttpClientResponse.fromWeb(request, new Response("", { headers: { "retry-after": "5" } }))
      const error = statusCodeError({ request, response })
      expect(yield* ObsRetry.delayHint(error)).toEqual(Option.some(Duration.seconds(5)))
    })
  )

  it.effect("can be asked for", () =>
    Effect.gen(function* () {
      const failure = new ObsError.SlowDown({ retryAfter: Duration.minutes(2) })
      expect(yield* ObsRetry.delayHint(failure)).toEqual(Option.some(Duration.minutes(2)))
      expect(yield* ObsRetry.delayHint(slow)).toEqual(Option.none())
    })
  )
})

describe("what may be sent again", () => {
  const text = HttpBody.text("meow")
  const requests = (): ReadonlyArray<readonly [string, HttpClientRequest.HttpClientRequest, number]> => [
    ["GET", HttpClientRequest.get(url), 3],
    ["HEAD", HttpClientRequest.head(url), 3],
    ["OPTIONS", HttpClientRequest.options(url), 3],
    ["DELETE", HttpClientRequest.delete(url), 3],
    ["PUT", HttpClientRequest.put(url, { body: text }), 3],
    ["PUT of bytes", HttpClientRequest.put(url, { body: HttpBody.uint8Array(new Uint8Array(3)) }), 3],
    ["PUT of a Blob", HttpClientRequest.put(url, { body: HttpBody.raw(new Blob(["meow"])) }), 3],
    ["PUT ?modify", HttpClientRequest.put(`${url}?modify&position=0`, { body: text }), 1],
    ["PUT ?truncate", HttpClientRequest.put(url, { urlParams: { truncate: "", length: "3" } }), 1],
    ["POST", HttpClientRequest.post(url, { body: text }), 1],
    ["POST ?uploads", HttpClientRequest.post(`${url}?uploads`), 1],
    ["POST ?append", HttpClientRequest.post(`${url}?append&position=0`, { body: text }), 1],
    ["POST ?delete", HttpClientRequest.post("https://photos.obs.example.com/?delete", { body: text }), 3],
    ["PATCH", HttpClientRequest.patch(url), 1],
    ["PUT of a stream", HttpClientRequest.put(url, { body: HttpBody.stream(Stream.make(new Uint8Array(3))) }), 1],
    ["PUT of a ReadableStream", HttpClientRequest.put(url, { body: HttpBody.raw(new Blob(["meow"]).stream()) }), 1]
  ]

  it.effect.each(requests())("after an ambiguous failure: %s", ([, request, count]) =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(busy)
      yield* Effect.exit(ObsHttpClient.retry(client).execute(request))
      expect((yield* sent).length).toBe(count)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("after a failure that proves that nothing was done: all but streams", () =>
    Effect.forEach(requests(), ([, request]) =>
      Effect.gen(function* () {
        const { client, sent } = yield* failing(slow)
        yield* Effect.exit(ObsHttpClient.retry(client).execute(request))
        const isStream =
          request.body._tag === "Stream" || (request.body._tag === "Raw" && request.body.body instanceof ReadableStream)
        expect((yield* sent).length).toBe(isStream ? 1 : 3)
      }).pipe(withBudget(), withoutWaiting)
    )
  )

  it.effect("by the request as it is sent, whatever prepares it inside", () =>
    Effect.gen(function* () {
      const bytes = new Uint8Array(3)
      for (const prepare of [
        HttpClientRequest.setMethod("POST"),
        HttpClientRequest.appendUrlParam("modify", ""),
        HttpClientRequest.bodyStream(Stream.make(bytes))
      ]) {
        const { client, sent } = yield* failing(busy)
        const preparing = client.pipe(HttpClient.mapRequest(prepare), ObsHttpClient.retry)
        yield* Effect.exit(preparing.put(url))
        expect((yield* sent).length).toBe(1)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("by the parameters of the address, and nothing else in it", () =>
    Effect.gen(function* () {
      for (const address of [`${url}&delete`, `${url}&delete=1?append&position=0`, `${url}?append#&delete`]) {
        const { client, sent } = yield* failing(busy)
        yield* Effect.exit(ObsHttpClient.retry(client).post(address))
        expect((yield* sent).length).toBe(1)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  /** A client whose success is followed by something else, and an append sent with it. */
  const followedBy = (
    follow: Effect.Effect<unknown, ObsError.ObsFailure | ObsError.UnexpectedObsError | HttpClientError.HttpClientError>
  ) =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing("ok")
      const obs = client.pipe(
        HttpClient.tap(() => follow),
        ObsHttpClient.retry
      )
      const exit = yield* Effect.exit(obs.post(`${url}?append&position=0`))
      return { exit, sent: (yield* sent).length }
    })

  it.effect("not because another request failed in a way that proves something of that one", () =>
    Effect.gen(function* () {
      const audit = (yield* failing(slow)).client
      const append = HttpClientRequest.post(`${url}?append&position=0`)
      for (const follow of [
        audit.put("https://audit.example.com/log"),
        audit.put(url),
        audit.execute(append),
        Effect.fail(slow),
        Effect.fail(new ObsError.OperationAborted()),
        Effect.mapError(
          audit.put(url),
          () => new ObsError.UnexpectedObsError({ operation: "AppendObject", failure: slow })
        )
      ]) {
        expect((yield* followedBy(follow)).sent).toBe(1)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("not because the same request was sent to another place, before or after", () =>
    Effect.gen(function* () {
      const mirror = (yield* failing(slow)).client
      const { client, sent } = yield* failing("ok", slow)
      for (const obs of [
        client.pipe(HttpClient.transform((execution, request) => Effect.tap(execution, () => mirror.execute(request)))),
        client.pipe(
          HttpClient.transform((execution, request) =>
            Effect.andThen(Effect.ignore(client.execute(request)), Effect.andThen(execution, execution))
          )
        )
      ]) {
        const before = (yield* sent).length
        yield* Effect.exit(ObsHttpClient.retry(obs, { delay: 0 }).post(`${url}?append&position=0`))
        expect((yield* sent).length - before).toBeLessThanOrEqual(2)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("not because of a failure of an attempt before, which was kept", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(slow, "ok")
      let kept: ObsError.ObsFailure | undefined
      const obs = client.pipe(
        HttpClient.transformResponse(
          Effect.tapError((error) =>
            Effect.sync(() => {
              if (ObsError.isObsFailure(error)) kept = error
            })
          )
        ),
        HttpClient.tap(() => (kept === undefined ? Effect.void : Effect.fail(kept))),
        ObsHttpClient.retry
      )
      yield* Effect.exit(obs.post(`${url}?append&position=0`))
      expect((yield* sent).length).toBe(2)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("with a span around it, as without", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(slow, "ok")
      const response = yield* Effect.withSpan(ObsHttpClient.retry(client).post(`${url}?append&position=0`), "call")
      expect(response.status).toBe(200)
      expect((yield* sent).length).toBe(2)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("and not an idempotent one for a failure of another that is not", () =>
    Effect.gen(function* () {
      for (const [failure, count] of [
        [busy, 1],
        [slow, 3]
      ] as const) {
        const audit = yield* failing(failure)
        const { client } = yield* failing("ok")
        const obs = client.pipe(
          HttpClient.tap(() => audit.client.post("https://audit.example.com/log?append&position=0")),
          ObsHttpClient.retry
        )
        yield* Effect.exit(obs.get(url))
        expect((yield* audit.sent).length).toBe(count)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("not because a request of something else was never sent", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing("ok")
      const cause = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" })
      const request = HttpClientRequest.get("https://audit.example.com")
      const audit = Effect.fail(transportError({ request, cause }))
      const audited = client.pipe(
        HttpClient.tap(() => audit),
        ObsHttpClient.retry
      )
      yield* Effect.exit(audited.post(`${url}?append&position=0`))
      expect((yield* sent).length).toBe(1)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("as the caller says", () =>
    Effect.gen(function* () {
      const post = HttpClientRequest.post(url, { body: text })
      const stream = HttpClientRequest.put(url, { body: HttpBody.stream(Stream.make(new Uint8Array(3))) })
      for (const [options, request, count] of [
        [{ idempotent: true }, post, 3],
        [{ idempotent: ObsOperation.CompleteMultipartUpload.idempotent }, HttpClientRequest.put(url), 1],
        [{ idempotent: ({ url }: HttpClientRequest.HttpClientRequest) => url.endsWith(".txt") }, post, 3],
        [{ replayable: true }, stream, 3],
        [{ replayable: () => false }, HttpClientRequest.get(url), 1]
      ] as const) {
        const { client, sent } = yield* failing(busy)
        yield* Effect.exit(ObsHttpClient.retry(client, options).execute(request))
        expect((yield* sent).length).toBe(count)
      }
    }).pipe(withBudget(), withoutWaiting)
  )
})

/** A client whose requests end one after the other as a list says, the last for ever, and how many were sent. */
const ending = (...ends: ReadonlyArray<number | "cut" | "hangs" | "ECONNREFUSED" | "ECONNRESET" | "SlowDown">) =>
  Effect.sync(() => {
    let sent = 0
    const client = HttpClient.make((request) =>
      Effect.suspend(() => {
        const end = ends[Math.min(sent, ends.length - 1)] ?? 200
        sent += 1
        // After a while, so that requests can be under way together
        const answer = (status: number, body: BodyInit | null = null) =>
          Effect.as(Effect.yieldNow, HttpClientResponse.fromWeb(request, new Response(body, { status })))
        if (typeof end === "number") return answer(end)
        if (end === "hangs") return Effect.never
        if (end === "SlowDown") return answer(503, "<Error><Code>SlowDown</Code></Error>")
        const cause = Object.assign(new Error(end), { code: end === "cut" ? "ECONNRESET" : end })
        if (end !== "cut") return Effect.fail(transportError({ request, cause }))
        const cut = new ReadableStream({
          start: (controller) => {
            controller.error(cause)
          }
        })
        return answer(200, cut)
      })
    )
    return { client, sent: () => sent }
  })

const told = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.flip(effect), (error) => Option.getOrUndefined(ObsRetry.attemptsOf(error)))

describe("what stands under filterStatusOk proves nothing", () => {
  const append = `${url}?append&position=0`
  const untraced = Effect.withTracerEnabled(false)

  it.effect("by a mirror at the same address, however it fails", () =>
    Effect.gen(function* () {
      for (const end of ["ECONNREFUSED", "SlowDown"] as const) {
        const { client: mirror } = yield* ending(end)
        for (const place of [mirror, untracedClient(mirror), ObsHttpClient.filterStatusOk(mirror)]) {
          for (const isTraced of [true, false]) {
            const { client, sent } = yield* ending(200)
            const obs = client.pipe(
              HttpClient.tap((response) => place.execute(response.request)),
              ObsHttpClient.filterStatusOk,
              ObsHttpClient.retry
            )
            yield* Effect.exit(Effect.withTracerEnabled(obs.post(append), isTraced))
            expect(sent()).toBe(1)
          }
        }
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("by an answer of the mirror that takes the place of its own", () =>
    Effect.gen(function* () {
      const { client: mirror } = yield* ending("SlowDown")
      const { client, sent } = yield* ending(200)
      const obs = client.pipe(
        HttpClient.transformResponse(Effect.flatMap(({ request }) => mirror.execute(request))),
        ObsHttpClient.filterStatusOk,
        ObsHttpClient.retry
      )
      yield* Effect.exit(obs.post(append))
      expect(sent()).toBe(1)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("by the last of requests that the platform repeats", () =>
    Effect.gen(function* () {
      const anyError = (client: HttpClient.HttpClient) => HttpClient.retry(client, { times: 1 })
      const answers = (client: HttpClient.HttpClient) => retryResponses(client, 1)
      for (const [repeat, first, last] of [
        [anyError, "ECONNRESET", "ECONNREFUSED"],
        [anyError, "ECONNRESET", "SlowDown"],
        [answers, 500, "SlowDown"]
      ] as const) {
        const { client, sent } = yield* ending(first, last)
        const obs = ObsHttpClient.filterStatusOk(repeat(client))
        yield* Effect.exit(ObsHttpClient.retry(obs).post(append))
        expect(sent()).toBe(2)
        yield* Effect.exit(ObsHttpClient.retry(obs, { attempts: 4, idempotent: true }).post(append))
        expect(sent()).toBe(6)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("but by the one request that was sent, whatever spans are around it", () =>
    Effect.gen(function* () {
      for (const end of ["ECONNREFUSED", "SlowDown"] as const) {
        const { client, sent } = yield* ending(end)
        const obs = client.pipe(
          HttpClient.transformResponse(Effect.withSpan("sdk", { kind: "client" })),
          ObsHttpClient.filterStatusOk,
          ObsHttpClient.retry
        )
        yield* Effect.exit(obs.post(`${append}&Signature=s3cret`))
        expect(sent()).toBe(3)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("and without spans by its answer alone", () =>
    Effect.gen(function* () {
      for (const [end, count] of [
        ["SlowDown", 3],
        ["ECONNREFUSED", 1]
      ] as const) {
        const { client, sent } = yield* ending(end)
        const obs = client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
        yield* Effect.exit(untraced(obs.post(append)))
        expect(sent()).toBe(count)
        yield* Effect.exit(untraced(obs.get(url)))
        expect(sent()).toBe(count + 3)
      }
    }).pipe(withBudget(), withoutWaiting)
  )
})

describe("an effect that may not be done twice", () => {
  const once = { idempotent: false } as const

  it.effect("is repeated when the only request it sent was not done", () =>
    Effect.gen(function* () {
      for (const end of ["ECONNREFUSED", "SlowDown"] as const) {
        const { client, sent } = yield* ending(end)
        yield* Effect.exit(ObsRetry.retry(ObsHttpClient.filterStatusOk(client).post(url), once))
        expect(sent()).toBe(3)
      }
      expect(yield* told(ObsRetry.retry(Effect.fail(slow), once))).toBe(3)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("is not repeated when the last of several was not done", () =>
    Effect.gen(function* () {
      for (const end of ["ECONNREFUSED", "SlowDown"] as const) {
        const { client, sent } = yield* ending(200, end)
        const obs = ObsHttpClient.filterStatusOk(client)
        yield* Effect.exit(ObsRetry.retry(Effect.andThen(obs.post(url), obs.post(url)), once))
        expect(sent()).toBe(2)
      }
      const { client, sent } = yield* ending("ECONNRESET", "SlowDown")
      const obs = client.pipe(HttpClient.retry({ times: 1 }), ObsHttpClient.filterStatusOk)
      yield* Effect.exit(ObsRetry.retry(obs.post(url), once))
      expect(sent()).toBe(2)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("is repeated around a retry that knows of each that it was not done", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* ending("SlowDown")
      const obs = client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry({ attempts: 2 }))
      expect(yield* told(ObsRetry.retry(obs.post(url), { ...once, attempts: 4 }))).toBe(4)
      expect(sent()).toBe(4)
    }).pipe(withBudget(), withoutWaiting)
  )
})

describe("retries inside", () => {
  const text = (client: HttpClient.HttpClient.With<ObsError.ObsFailure | HttpClientError.HttpClientError>) =>
    Effect.flatMap(client.get(url), (response) => response.text)

  it.effect("are counted where a timeout ends them, while they send or wait", () =>
    Effect.gen(function* () {
      for (const [ends, millis] of [
        [[503, 503, "hangs"], 0],
        [[503, 503, "hangs", 503, 503, "hangs"], 0],
        [[503], 500]
      ] as const) {
        const { client, sent } = yield* ending(...ends)
        const obs = client.pipe(ObsHttpClient.filterStatusOk, (obs) =>
          ObsHttpClient.retry(obs, { attempts: 9, delay: millis })
        )
        const limited = Effect.timeout(obs.head(url), "2 seconds")
        const { exit } = yield* elapsed(ObsRetry.retry(limited, { delay: 0 }))
        expect([yield* told(exit), sent()]).toEqual([3, 3])
      }
    }).pipe(atCeiling, withBudget())
  )

  it.effect("are counted where what they got is lost after them", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* ending(503, "cut", 503, "cut", 503, "cut")
      const obs = client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
      expect(yield* told(ObsRetry.retry(text(obs)))).toBe(4)
      expect(sent()).toBe(4)
      const always = yield* ending("cut")
      const inner = ObsRetry.retry(text(ObsHttpClient.filterStatusOk(always.client)))
      const mapped = Effect.mapError(inner, () => new Cause.TimeoutError())
      expect(yield* told(ObsRetry.retry(mapped))).toBe(3)
      expect(always.sent()).toBe(3)
      const denied = yield* ending(503, 403)
      const policy = Effect.retry(ObsHttpClient.filterStatusOk(denied.client).head(url), ObsRetry.schedule())
      expect(yield* told(ObsRetry.retry(policy))).toBe(2)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("are counted where they are those of Effect and the platform", () =>
    Effect.gen(function* () {
      const policy = ObsRetry.schedule()
      for (const [wrap, end] of [
        [(client: HttpClient.HttpClient) => HttpClient.retry(ObsHttpClient.filterStatusOk(client), policy), 503],
        [
          (client: HttpClient.HttpClient) => ObsHttpClient.filterStatusOk(HttpClient.retry(client, policy)),
          "ECONNRESET"
        ],
        [
          (client: HttpClient.HttpClient) =>
            ObsHttpClient.filterStatusOk(HttpClient.retryTransient(client, { schedule: policy, times: 2 })),
          503
        ]
      ] as const) {
        const { client, sent } = yield* ending(end)
        expect(yield* told(ObsRetry.retry(wrap(client).head(url)))).toBe(sent())
        expect(sent()).toBeLessThanOrEqual(4)
      }
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("are counted where a client sends that is not wrapped, also together", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* ending(503)
      const timeout = Effect.mapError(() => new Cause.TimeoutError())
      const get = Effect.flatMap(client.head(url), ObsResponse.filterStatusOk)
      expect(yield* told(ObsRetry.retry(timeout(ObsRetry.retry(get))))).toBe(3)
      expect(sent()).toBe(3)
      const all = Effect.all(Effect.replicate(ObsRetry.retry(get), 5), { concurrency: "unbounded" })
      expect(yield* told(ObsRetry.retry(timeout(all), { attempts: 4 }))).toBeLessThanOrEqual(6)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("are counted by each retry around, and by none that is over", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* ending(503)
      const get = Effect.mapError(ObsHttpClient.filterStatusOk(client).head(url), () => new Cause.TimeoutError())
      const inner = Effect.mapError(ObsRetry.retry(get), () => new Cause.TimeoutError())
      expect(yield* told(ObsRetry.retry(ObsRetry.retry(inner)))).toBe(3)
      expect(sent()).toBe(3)
      const forked = yield* ObsRetry.retry(
        Effect.forkDetach(Effect.andThen(Effect.sleep("1 second"), Effect.flip(inner)))
      )
      yield* TestClock.adjust("2 seconds")
      yield* Fiber.join(forked)
      expect(sent()).toBe(6)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("leave an effect of many requests all its attempts", () =>
    Effect.gen(function* () {
      const pages = (...ends: ReadonlyArray<number>) =>
        Effect.map(ending(...ends), ({ client, sent }) => ({
          page: ObsHttpClient.filterStatusOk(client).head(url),
          sent
        }))
      const inSequence = yield* pages(200, 200, 200, 200, 503, 200, 404, 503, 200, 200, 200, 200, 503)
      const lenient = Effect.catchIf(
        inSequence.page,
        (error) => ObsError.isObsFailure(error) && error.status === 404,
        () => Effect.void
      )
      expect(yield* told(ObsRetry.retry(Effect.all(Effect.replicate(lenient, 5))))).toBe(3)
      expect(inSequence.sent()).toBe(13)
      const together = yield* pages(503)
      const all = Effect.all(Effect.replicate(together.page, 5), { concurrency: "unbounded" })
      expect(yield* told(ObsRetry.retry(all))).toBe(3)
      expect(together.sent()).toBe(15)
      const cleaned = yield* pages(200, 503, 200, 200, 503, 200, 200, 503, 200)
      const upload = Effect.andThen(
        cleaned.page,
        Effect.onError(cleaned.page, () => Effect.ignore(cleaned.page))
      )
      expect(yield* told(ObsRetry.retry(upload))).toBe(3)
      expect(cleaned.sent()).toBe(9)
    }).pipe(withBudget(), withoutWaiting)
  )
})

describe("the budget", () => {
  it.effect("gets back what an attempt took that was not sent", () =>
    Effect.gen(function* () {
      const budget = yield* ObsRetry.makeBudget()
      const serverTime = DateTime.makeUnsafe("2030-01-01T00:00:00Z")
      const { client, sent } = yield* failing(new ObsError.RequestTimeTooSkewed({ serverTime }))
      const obs = ObsHttpClient.retry(client, { budget })
      for (let i = 0; i < 10; i++) yield* Effect.exit(obs.get(`${url}?AccessKeyId=a&Expires=1&Signature=b`))
      expect((yield* sent).length).toBe(10)
      expect(yield* budget.tokens).toBe(500)
    }).pipe(withoutWaiting)
  )

  const tokensAfter = (budget: number, ...failures: ReadonlyArray<ObsError.ObsFailure | "ok">) =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(...failures)
      const exit = yield* Effect.exit(ObsHttpClient.retry(client).get(url))
      const { tokens } = yield* ObsRetry.Budget
      return [(yield* sent).length, yield* tokens, exit._tag] as const
    }).pipe(withBudget(budget), withoutWaiting)

  it.effect("pays 14 for a retry after a transient failure and 5 after throttling", () =>
    Effect.gen(function* () {
      expect(yield* tokensAfter(500, busy)).toEqual([3, 472, "Failure"])
      expect(yield* tokensAfter(500, slow)).toEqual([3, 490, "Failure"])
      expect(yield* tokensAfter(500, slow, busy)).toEqual([3, 481, "Failure"])
    })
  )

  it.effect("gets back what the last retry took when it succeeds, and is never more than it was", () =>
    Effect.gen(function* () {
      expect(yield* tokensAfter(500, busy, "ok")).toEqual([2, 500, "Success"])
      expect(yield* tokensAfter(500, busy, slow, "ok")).toEqual([3, 486, "Success"])
      expect(yield* tokensAfter(500, "ok")).toEqual([1, 500, "Success"])
    })
  )

  it.effect("gets 1 back for a first attempt that succeeds", () =>
    Effect.gen(function* () {
      const { take, tokens } = yield* ObsRetry.Budget
      yield* take(100)
      const { client } = yield* failing("ok")
      yield* ObsHttpClient.retry(client).get(url)
      expect(yield* tokens).toBe(401)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("allows none when it is empty", () =>
    Effect.gen(function* () {
      expect(yield* tokensAfter(0, busy)).toEqual([1, 0, "Failure"])
      expect(yield* tokensAfter(13, busy)).toEqual([1, 13, "Failure"])
      expect(yield* tokensAfter(14, busy)).toEqual([2, 0, "Failure"])
      expect(yield* tokensAfter(9, slow)).toEqual([2, 4, "Failure"])
    })
  )

  it.effect("gets back what was taken for an attempt that was never made", () =>
    Effect.gen(function* () {
      const { tokens } = yield* ObsRetry.Budget
      const waiting = Effect.fail(new ObsError.SlowDown({ details: { RetryAfter: "60" } }))
      const fiber = yield* Effect.forkChild(ObsRetry.retry(waiting))
      yield* TestClock.adjust("500 millis")
      expect(yield* tokens).toBe(495)
      yield* Fiber.interrupt(fiber)
      expect(yield* tokens).toBe(500)
    }).pipe(atCeiling, withBudget())
  )

  it.effect("can be a client's own", () =>
    Effect.gen(function* () {
      const { client, sent } = yield* failing(busy)
      const budget = yield* ObsRetry.makeBudget(0)
      yield* Effect.exit(ObsHttpClient.retry(client, { budget }).get(url))
      expect((yield* sent).length).toBe(1)
      expect(yield* (yield* ObsRetry.makeBudget(-1)).tokens).toBe(0)
      expect(yield* (yield* ObsRetry.makeBudget(Number.NaN)).tokens).toBe(500)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("takes nothing for what is not repeated", () =>
    Effect.gen(function* () {
      expect(yield* tokensAfter(500, new ObsError.NoSuchKey())).toEqual([1, 500, "Failure"])
    })
  )

  it.effect("is one for the process where none is provided", () =>
    Effect.gen(function* () {
      const one = yield* ObsRetry.Budget
      const other = yield* Effect.flatMap(Effect.void, () => ObsRetry.Budget)
      expect(one).toBe(other)
    })
  )
})

describe("a skewed clock", () => {
  const serverTime = DateTime.makeUnsafe("2026-11-23T08:00:00Z")

  /** A service that accepts requests that were signed at most 15 minutes from its time. */
  const strict: ObsTestService.Handler = (request) => {
    const signedAt = Date.parse(request.headers["x-obs-date"] ?? "")
    const skew = Math.abs(signedAt - DateTime.toEpochMillis(serverTime))
    return skew < 900_000
      ? Effect.succeed({ status: 200, headers: {}, body: "meow" })
      : ObsTestService.failing(() => new ObsError.RequestTimeTooSkewed({ serverTime }))(request)
  }

  const signer = HttpClient.mapRequestEffect((request: HttpClientRequest.HttpClientRequest) =>
    Effect.map(DateTime.now, (now) =>
      request.pipe(
        HttpClientRequest.setHeader("x-obs-date", DateTime.toDateUtc(now).toUTCString()),
        HttpClientRequest.setHeader("authorization", `OBS AK:${String(DateTime.toEpochMillis(now))}`)
      )
    )
  )

  const counted = (handler: ObsTestService.Handler) =>
    Effect.map(Ref.make(0), (count) => ({
      count: Ref.get(count),
      client: ObsTestClient.make((request) =>
        Effect.andThen(
          Ref.update(count, (n) => n + 1),
          handler(request)
        )
      )
    }))

  it.effect("is corrected once, for what signs its requests by Effect's clock", () =>
    Effect.gen(function* () {
      const { client, count } = yield* counted(strict)
      const signing = client.pipe(signer, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
      const exit = yield* Effect.exit(signing.get(url))
      expect((yield* exit).status).toBe(200)
      expect(yield* count).toBe(2)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect(
    "is not corrected for what is signed without a clock, and the attempt that was not made is not counted",
    () =>
      Effect.gen(function* () {
        const { client, count } = yield* counted(
          ObsTestService.failing(() => new ObsError.RequestTimeTooSkewed({ serverTime }))
        )
        const signed = client.pipe(
          HttpClient.mapRequest(HttpClientRequest.setHeader("authorization", "OBS AK:static")),
          ObsHttpClient.filterStatusOk,
          ObsHttpClient.retry
        )
        const failure = yield* Effect.flip(signed.get(url))
        expect([failure._tag, ObsRetry.attemptsOf(failure)]).toEqual(["RequestTimeTooSkewed", Option.some(1)])
        expect(yield* count).toBe(1)
      }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("is corrected no second time", () =>
    Effect.gen(function* () {
      const { client, count } = yield* counted(
        ObsTestService.failing(() => new ObsError.RequestTimeTooSkewed({ serverTime }))
      )
      const exit = yield* Effect.exit(client.pipe(signer, ObsHttpClient.filterStatusOk, ObsHttpClient.retry).get(url))
      const failure = yield* Effect.flip(exit)
      expect([failure._tag, ObsRetry.attemptsOf(failure)]).toEqual(["RequestTimeTooSkewed", Option.some(2)])
      expect(yield* count).toBe(2)
    }).pipe(withBudget(), withoutWaiting)
  )

  it.effect("is not corrected where that would send the same signature, or is not what is wrong", () =>
    Effect.gen(function* () {
      for (const [skewed, request] of [
        [
          new ObsError.RequestTimeTooSkewed({ serverTime }),
          HttpClientRequest.get(url, { headers: { authorization: "OBS AK:s" } })
        ],
        [
          new ObsError.RequestTimeTooSkewed({ serverTime }),
          HttpClientRequest.get(`${url}?AccessKeyId=AK&Expires=1&Signature=s`)
        ],
        [new ObsError.RequestTimeTooSkewed(), HttpClientRequest.get(url)],
        [undefined, HttpClientRequest.get(url)],
        [new ObsError.RequestTimeTooSkewed({ serverTime, message: "Request has expired." }), HttpClientRequest.get(url)]
      ] as const) {
        // A service whose clock is the same, so that something else must be wrong
        const failure = skewed ?? new ObsError.RequestTimeTooSkewed({ serverTime: yield* DateTime.now })
        const { client, count } = yield* counted(ObsTestService.failing(() => failure))
        yield* Effect.exit(client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry).execute(request))
        expect(yield* count).toBe(1)
      }
    }).pipe(withBudget(), withoutWaiting)
  )
})

describe("schedule", () => {
  it.effect("is the policy for Effect.retry, and its output the number of retries", () =>
    Effect.gen(function* () {
      const count = yield* Ref.make(0)
      const effect = Effect.andThen(
        Ref.update(count, (n) => n + 1),
        Effect.fail(slow)
      )
      const { millis } = yield* elapsed(Effect.retry(effect, ObsRetry.schedule({ attempts: 4 })))
      expect([yield* Ref.get(count), millis]).toEqual([4, 7000])
    }).pipe(atCeiling)
  )

  it.effect("gives up at once on what it cannot mend", () =>
    Effect.gen(function* () {
      for (const error of [new ObsError.NoSuchKey(), new ObsError.RequestTimeTooSkewed(), new Error("?")]) {
        const count = yield* Ref.make(0)
        yield* elapsed(
          Effect.retry(
            Effect.andThen(
              Ref.update(count, (n) => n + 1),
              Effect.fail(error)
            ),
            ObsRetry.schedule()
          )
        )
        expect(yield* Ref.get(count)).toBe(1)
      }
    })
  )
})

describe("an outage", () => {
  /** What a hundred fibers send in ten seconds to a service that only says 503, each two seconds after its last call. */
  const storm = <E>(wrap: (client: HttpClient.HttpClient) => HttpClient.HttpClient.With<E>) =>
    Effect.gen(function* () {
      const sent = yield* Ref.make(0)
      const calls = yield* Ref.make(0)
      const client = wrap(
        ObsTestClient.make(() =>
          Effect.as(
            Ref.update(sent, (n) => n + 1),
            { status: 503, headers: {}, body: "" }
          )
        )
      )
      // Each fiber has a clock of its own
      const fiber = Effect.gen(function* () {
        while ((yield* Clock.currentTimeMillis) < 10_000) {
          yield* Ref.update(calls, (n) => n + 1)
          // The answer to a HEAD has no body, whose time limit would be a sleep too
          yield* Effect.ignore(client.head(url))
          yield* Effect.sleep("2 seconds")
        }
      })
      yield* Effect.all(Effect.replicate(withOwnClock(fiber), 100), { concurrency: "unbounded", discard: true })
      return { sent: yield* Ref.get(sent), calls: yield* Ref.get(calls) }
    }).pipe(withBudget(), Random.withSeed("storm"))

  it.effect("is not multiplied", () =>
    Effect.gen(function* () {
      const ours = yield* storm((client) => client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry))
      // 500 tokens pay for 35 retries, whatever the number of fibers
      expect(ours).toEqual({ calls: 500, sent: 535 })
      const theirs = yield* storm(HttpClient.retryTransient({ times: 2, schedule: Schedule.exponential("50 millis") }))
      expect(theirs.sent / theirs.calls).toBeGreaterThanOrEqual(3)
    })
  )
})
