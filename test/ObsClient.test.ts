/**
 * What is the same for all calls: how a client is made, what calls fail with, how long they take, and what they show.
 */
import {
  Cause,
  changeSpans,
  ConfigProvider,
  Effect,
  Exit,
  Fiber,
  hasEnded,
  HttpClient,
  HttpClientError,
  HttpClientResponse,
  Layer,
  Logger,
  Option,
  reasonOf,
  Redacted,
  Schema,
  Scope,
  Stream,
  TestClock,
  toldBy,
  type Tracer,
  transportError,
  withDebugLogs
} from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsCredentials, ObsError, ObsRetry } from "effect-obs"
import { ObsTestClient } from "effect-obs/testing"
import { inspect } from "node:util"
import {
  type AnyCall,
  cat,
  customerKey,
  everyCall,
  obsOver,
  photos,
  recorder,
  secret,
  service,
  xml
} from "./support/calls.js"

const made = (options: Partial<ObsClient.Options>) => Effect.provide(ObsClient.ObsClient, service(options))

describe("a client", () => {
  it.effect.each([
    ["obs.eu-de.otc.t-systems.com", "https://obs.eu-de.otc.t-systems.com", "virtualHosted"],
    ["https://obs.example.com/", "https://obs.example.com", "virtualHosted"],
    ["http://127.0.0.1:9000", "http://127.0.0.1:9000", "path"],
    ["http://[::1]:9000", "http://[::1]:9000", "path"],
    ["localhost:9000", "https://localhost:9000", "path"],
    ["OBS.Example.com:8443", "https://obs.example.com:8443", "virtualHosted"],
    [new URL("http://minio"), "http://minio", "path"]
  ] as const)("takes the endpoint %s", ([endpoint, origin, style]) =>
    Effect.gen(function* () {
      expect((yield* made({ endpoint })).endpoint).toMatchObject({ origin, style, scheme: "obs", prefix: "x-obs-" })
    })
  )

  it.effect.each([
    ["", "endpoint"],
    [" ", "endpoint"],
    ["ftp://obs.example.com", "endpoint"],
    ["https://obs.example.com/path", "endpoint"],
    ["https://obs.example.com?query", "endpoint"],
    ["https://obs.example.com#hash", "endpoint"],
    ["https://user:Zq7WxSECRET@obs.example.com", "endpoint"],
    ["photos.obs.eu-de.otc.t-systems.com", "endpoint"],
    ["not a host", "endpoint"]
  ] as const)("refuses the endpoint %s", ([endpoint, option]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(made({ endpoint }))
      expect(error).toBeInstanceOf(ObsClient.InvalidInput)
      expect(error).toMatchObject({ _tag: "InvalidInput", option })
      expect(error.message.startsWith(`${option} `)).toBe(true)
      expect(inspect(error) + JSON.stringify(error)).not.toContain("Zq7WxSECRET")
    })
  )

  it.effect("takes the domain of one bucket", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* made({ endpoint: "photos.obs.eu-de.otc.t-systems.com", style: "customDomain" })
      expect(endpoint.style).toBe("customDomain")
    })
  )

  // What only JavaScript can say
  const said = (name: string, value: string) => {
    const options: Partial<ObsClient.Options> = {}
    Object.defineProperty(options, name, { value, enumerable: true })
    return options
  }

  it.effect.each([
    ["style", "dns"],
    ["scheme", "v4"],
    ["scheme", "__proto__"],
    ["region", "EU DE"],
    ["region", ""],
    ["signature", "obs"]
  ] as const)("refuses the %s %s", ([option, value]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(made(said(option, value)))
      expect(error).toMatchObject({ _tag: "InvalidInput", option })
    })
  )

  it.effect.each([
    ["limits.idle", { limits: { idle: "30 seconds" } }, undefined],
    ["limits.idle", { limits: { idle: -1 } }, "limits.idle is "],
    ["limits.total", { limits: { total: Number.NaN } }, "limits.total is "],
    ["retry.delay", { retry: { delay: -5 } }, "retry.delay is "],
    ["retry", { retry: false }, undefined],
    ["retry", { retry: { attempts: 1, maxDelay: 0 } }, undefined],
    ["payload", { payload: "signed" }, "payload is "]
  ] as const)("checks %s of %j", ([option, options, message]) =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(made(options))
      if (message === undefined) {
        expect(Exit.isSuccess(exit)).toBe(true)
        return
      }
      const error = yield* Effect.flip(made(options))
      expect(error).toMatchObject({ _tag: "InvalidInput", option })
      expect(error.message.startsWith(message)).toBe(true)
    })
  )

  it.effect("refuses an option of limits or retries that there is not", () =>
    Effect.gen(function* () {
      // Known only when the program runs
      const limits = { idle: 5, iddle: 5 }
      const retry = { attempts: 1, atempts: 1 }
      expect(yield* Effect.flip(made({ limits }))).toMatchObject({ option: "limits.iddle" })
      expect(yield* Effect.flip(made({ retry }))).toMatchObject({ option: "retry.atempts" })
    })
  )

  const configured = (env: Record<string, string>) => {
    const { handler, sent } = recorder()
    const client = Layer.provide(
      ObsClient.layerConfig,
      Layer.merge(ObsTestClient.layer(handler), ObsCredentials.layer({ accessKeyId: "AK", secretAccessKey: secret }))
    )
    const config = ConfigProvider.layer(ConfigProvider.fromEnvRecord(env))
    return Effect.map(
      Effect.exit(Effect.provide(ObsClient.headBucket(photos), Layer.provide(client, config))),
      (exit) => ({ exit, sent })
    )
  }

  it.effect("takes endpoint and region of the configuration", () =>
    Effect.gen(function* () {
      const { sent } = yield* configured({ OBS_ENDPOINT: "obs.example.org", OBS_REGION: "eu-de" })
      expect(sent.map(({ url }) => url.host)).toEqual(["photos.obs.example.org"])
    })
  )

  it.effect.each([
    [{}, "OBS_ENDPOINT is not set"],
    [{ OBS_ENDPOINT: "  " }, "OBS_ENDPOINT is not set"],
    [{ OBS_ENDPOINT: "a b" }, 'endpoint is "a b"'],
    [{ OBS_ENDPOINT: "obs.example.org", OBS_REGION: "?" }, 'region is "?"']
  ] as const)("refuses the configuration %j", ([env, message]) =>
    Effect.gen(function* () {
      const { exit, sent } = yield* configured(env)
      expect(Exit.isFailure(exit) && String(Cause.squash(exit.cause))).toContain(message)
      expect(sent).toEqual([])
    })
  )

  it.effect("sends nothing before it runs", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      let times = 0
      const objects = {
        *[Symbol.iterator]() {
          times += 1
          yield "a"
        }
      }
      const remove = ObsClient.deleteObjects({ ...photos, objects })
      expect(times).toBe(0)
      const document = xml("<DeleteResult/>")
      const answering = recorder(() => document)
      yield* Effect.provide(Effect.andThen(remove, remove), answering.client())
      expect(times).toBe(1)
      expect(answering.sent).toHaveLength(2)
      yield* Effect.provide(Effect.void, client())
      expect(sent).toEqual([])
    })
  )

  it.effect("fails where there are no credentials, or none that sign", () =>
    Effect.gen(function* () {
      const { handler, sent } = recorder()
      const over = (credentials: Layer.Layer<ObsCredentials.ObsCredentials>) =>
        Layer.provide(
          ObsClient.layer({ endpoint: "obs.example.com" }),
          Layer.merge(ObsTestClient.layer(handler), credentials)
        )
      yield* Effect.provide(ObsClient.headBucket(photos), over(ObsCredentials.layerAnonymous))
      expect(sent.map(({ headers }) => headers["authorization"])).toEqual([undefined])
      const url = yield* Effect.provide(
        ObsClient.presign({ ...cat, expires: 1000 }),
        over(ObsCredentials.layerAnonymous)
      )
      expect(Redacted.value(url)).toBe("https://photos.obs.example.com/cats/%C3%9Cn%C3%A4%201.jpg")
      const form = ObsClient.postForm({ ...photos, key: "k", expires: 1000 })
      const error = yield* Effect.flip(Effect.provide(form, over(ObsCredentials.layerAnonymous)))
      expect(error).toMatchObject({ _tag: "CredentialsError", source: "anonymous" })
    })
  )
})

const endpoints: ReadonlyArray<Partial<ObsClient.Options>> = [
  {},
  { endpoint: "http://127.0.0.1:9000" },
  { endpoint: "https://storage.example.org", style: "path" },
  { endpoint: "https://storage.example.org" },
  { endpoint: "https://cdn.example.org", style: "customDomain" },
  { scheme: "aws2" },
  { scheme: "aws4", region: "eu-de" }
]

describe("every call", () => {
  it.effect.each(everyCall)(
    "%s fails with its documented errors, which know their request",
    ([, operation, call, named]) =>
      Effect.gen(function* () {
        const documented = new Set(operation.errors.members.map(({ _tag }) => _tag))
        for (const options of endpoints) {
          for (const klass of ObsError.all) {
            const isDocumented = documented.has(klass._tag)
            const isSample = klass._tag === "AccessDenied" || klass._tag === "NoSuchWebsiteConfiguration"
            if (!isSample && (!isDocumented || options !== endpoints[0])) continue
            const { client } = recorder(() => new klass({ requestId: "0000018F2D" }))
            const error = yield* Effect.flip(Effect.provide(call, client(options)))
            const request = { operation: operation.name, method: operation.method, ...named }
            if (isDocumented) {
              expect(error).toBeInstanceOf(klass)
            } else {
              expect(error).toMatchObject({ _tag: "UnexpectedObsError", failure: { _tag: klass._tag } })
            }
            expect(error).toMatchObject({ requestId: "0000018F2D", request })
            const target = [named.bucket, named.key].filter((name) => name !== undefined).join("/")
            for (const shown of [String(error), inspect(error)]) {
              expect(shown).toContain(
                [operation.name, operation.method, target].filter((text) => text !== "").join(" ")
              )
              expect(shown).toContain("request id 0000018F2D")
            }
          }
        }
      })
  )

  it.effect.each(everyCall)("%s has a span, and its attempts have theirs below it", ([, operation, call, named]) =>
    Effect.gen(function* () {
      const spans: Array<Tracer.Span> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => spans.push(span))
      const { client } = recorder(() => new ObsError.AccessDenied({ requestId: "r" }))
      yield* Effect.flip(Effect.provide(call, client({ endpoint: "https://obs.example.com:8443" }))).pipe(
        Effect.withTracer(tracer)
      )
      const [span, attempt, ...others] = spans
      expect(others).toEqual([])
      expect(span).toMatchObject({ name: `OBS/${operation.name}`, kind: "client" })
      expect(Object.fromEntries(span?.attributes ?? [])).toEqual({
        "rpc.system": "obs",
        "rpc.method": operation.name,
        "server.address": "obs.example.com",
        "server.port": 8443,
        "error.type": "AccessDenied",
        "obs.operation": operation.name,
        "obs.request_id": "r",
        ...Object.fromEntries(Object.entries(named).map(([name, value]) => [`obs.${name}`, value]))
      })
      expect(attempt?.kind).toBe("client")
      expect(attempt?.attributes.get("http.response.status_code")).toBe(403)
      expect(Option.getOrUndefined(attempt?.parent ?? Option.none())).toBe(span)
      expect(span?.status._tag).toBe("Ended")
    })
  )

  it.effect.each([
    ["virtual hosts", { endpoint: "https://storage.example.com" }],
    ["path style", { endpoint: "https://storage.example.com:8443", style: "path" }],
    ["a custom domain", { endpoint: "https://files.example.com", style: "customDomain" }]
  ] as const)("tells bucket and key in each span, and its outcome in that of the call alone: %s", ([, options]) =>
    Effect.gen(function* () {
      const spans: Array<Tracer.Span> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => spans.push(span))
      const { client } = recorder((_, number) =>
        number === 1
          ? new ObsError.ServiceUnavailable({ requestId: "first" })
          : { status: 200, headers: { "x-obs-request-id": "second" }, body: "" }
      )
      const retry = { delay: 0 }
      yield* Effect.provide(ObsClient.headObject({ ...photos, key: "cats/1.jpg" }), client({ ...options, retry })).pipe(
        Effect.withTracer(tracer)
      )
      const told = ["obs.bucket", "obs.key", "error.type", "obs.request_id"]
      const [call, ...attempts] = spans.map(({ attributes }) => told.map((name) => attributes.get(name)))
      expect(call).toEqual(["photos", "cats/1.jpg", undefined, "second"])
      expect(attempts).toEqual([
        ["photos", "cats/1.jpg", "503", undefined],
        ["photos", "cats/1.jpg", undefined, undefined]
      ])
    })
  )

  it.effect("tells in its span no request id of another attempt than the last", () =>
    Effect.gen(function* () {
      const spans: Array<Tracer.Span> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => spans.push(span))
      const { client } = recorder((_, number) =>
        number === 1 ? new ObsError.ServiceUnavailable({ requestId: "first" }) : { status: 503, headers: {}, body: "" }
      )
      const retry = { attempts: 2, delay: 0 }
      const failure = yield* Effect.flip(Effect.provide(ObsClient.headBucket(photos), client({ retry }))).pipe(
        Effect.withTracer(tracer)
      )
      expect(failure).toMatchObject({ _tag: "UnrecognizedResponse", status: 503, attempts: 2 })
      expect(spans[0]?.attributes.get("error.type")).toBe("UnrecognizedResponse")
      expect(spans[0]?.attributes.has("obs.request_id")).toBe(false)
    })
  )

  it.effect("tells the request id of a success in its span", () =>
    Effect.gen(function* () {
      const spans: Array<Tracer.Span> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => spans.push(span))
      const head = Effect.withTracer(ObsClient.headBucket(photos), tracer)
      yield* Effect.provide(
        head,
        recorder(() => ({ status: 200, headers: { "x-obs-request-id": "0000018F2D" }, body: "" })).client()
      )
      expect(spans[0]?.attributes.get("obs.request_id")).toBe("0000018F2D")
    })
  )

  it.effect("is told of at the level of debugging where it fails", () =>
    Effect.gen(function* () {
      const lines: Array<string> = []
      const logger = Logger.map(Logger.formatJson, (line) => {
        lines.push(line)
      })
      const { client } = recorder(() => new ObsError.NoSuchKey({ requestId: "0000018F2D" }))
      const failing = Effect.flip(ObsClient.getObject({ ...photos, key: "cat.jpg" }))
      yield* withDebugLogs(failing).pipe(Effect.provide(client()), Effect.provide(Logger.layer([logger])))
      const [line, ...others] = lines
      expect(others).toEqual([])
      const told: unknown = JSON.parse(line ?? "")
      expect(told).toMatchObject({
        message: "GetObject failed",
        annotations: {
          "rpc.method": "GetObject",
          "obs.bucket": "photos",
          "obs.key": "cat.jpg",
          "error.type": "NoSuchKey",
          "obs.request_id": "0000018F2D"
        }
      })
    })
  )
})

const turn = Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))

/** How often the clients below were asked. */
let asked = 0

/** Runs a call, and tells the moment of its end: so many milliseconds after its beginning, by steps of a second. */
const timed = <A, E, R>(self: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const before = asked
    const fiber = yield* Effect.forkChild(Effect.exit(self))
    // To sign takes turns of the event loop, but no time
    while (asked === before) yield* turn
    let millis = 0
    while (!hasEnded(fiber) && millis < 1_000_000) {
      millis += 1000
      yield* TestClock.adjust(1000)
      // What ends on the way to its end takes turns of the event loop too
      yield* turn
    }
    return { exit: yield* Fiber.join(fiber), millis }
  })

const errorsOf = <A, E>(exit: Exit.Exit<A, E>) => (Exit.isFailure(exit) ? toldBy(exit.cause) : [])

/** A client that reads a request, one element of its stream after the other, and never answers. */
const silent = HttpClient.make(({ body }) =>
  Effect.suspend(() => {
    asked += 1
    const read = body._tag === "Stream" ? Effect.ignore(Stream.runDrain(body.stream)) : Effect.void
    return Effect.andThen(read, Effect.never)
  })
)

/** A client that answers with a body of which no more comes than this. */
const stalling = (start: string, headers: Record<string, string> = {}) =>
  HttpClient.make((request) =>
    Effect.sync(() => {
      asked += 1
      const stream = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode(start))
        }
      })
      return HttpClientResponse.fromWeb(request, new Response(stream, { headers }))
    })
  )

const over = (client: HttpClient.HttpClient, options: Partial<ObsClient.Options> = {}) =>
  obsOver(Layer.succeed(HttpClient.HttpClient, client), { retry: false, ...options })

describe("time limits", () => {
  const expectLate = (exit: Exit.Exit<unknown, unknown>, message: string) => {
    const [error, ...others] = errorsOf(exit)
    expect(others).toEqual([])
    expect(HttpClientError.isHttpClientError(error)).toBe(true)
    expect(reasonOf(error)).toBe("Transport")
    expect(String(error)).toContain(message)
    expect(ObsRetry.classify(error)).toBe("transient")
    expect(ObsRetry.provesNothingDone(error)).toBe(false)
  }

  it.effect.each(everyCall)("%s fails where no response begins in 30 s", ([, , call]) =>
    Effect.gen(function* () {
      const { exit, millis } = yield* timed(Effect.provide(call, over(silent)))
      expectLate(exit, "no response within 300")
      expect(millis).toBeGreaterThanOrEqual(30_000)
      expect(millis).toBeLessThanOrEqual(40_000)
    })
  )

  it.effect("gives a body in memory a second for each 64 KiB", () =>
    Effect.gen(function* () {
      const put = ObsClient.putObject({ ...cat, body: new Uint8Array(64 * 65_536) })
      const { exit, millis } = yield* timed(Effect.provide(put, over(silent)))
      expectLate(exit, "no response within 94000 ms")
      expect(millis).toBeGreaterThanOrEqual(94_000)
      expect(millis).toBeLessThanOrEqual(104_000)
    })
  )

  it.effect("give a stream as long as it goes on", () =>
    Effect.gen(function* () {
      const stream = Stream.fromIterable([1, 2, 3, 4, 5]).pipe(
        Stream.mapEffect((n) => Effect.as(Effect.sleep(25_000), Uint8Array.of(n)))
      )
      const put = ObsClient.putObject({ ...cat, body: { stream, length: 6 } })
      const whole = ObsClient.putObject({ ...cat, body: { stream, length: 5 } })
      const short = yield* timed(Effect.provide(whole, over(silent)))
      expectLate(short.exit, "no response within 30000 ms")
      expect(short.millis).toBeGreaterThanOrEqual(155_000)
      expect(short.millis).toBeLessThanOrEqual(165_000)
      const stalled = Stream.concat(stream, Stream.never)
      const never = ObsClient.putObject({ ...cat, body: { stream: stalled, length: 6 } })
      const { exit, millis } = yield* timed(Effect.provide(never, over(silent)))
      expectLate(exit, "no response within 30000 ms")
      expect(millis).toBeGreaterThanOrEqual(155_000)
      expect(millis).toBeLessThanOrEqual(165_000)
      const [lie] = errorsOf((yield* timed(Effect.provide(put, over(silent)))).exit)
      // This client does not fail with what the stream fails with: it waits for its own end
      expect(reasonOf(lie) ?? lie).toMatchObject({ _tag: "InvalidInput", option: "body" })
    })
  )

  const readers: ReadonlyArray<readonly [string, (got: ObsClient.GotObject) => Effect.Effect<unknown, unknown>]> = [
    ["a body in memory", (got) => got.bytes],
    ["a text", (got) => got.text],
    ["JSON", (got) => got.schemaJson(Schema.String)],
    ["a stream", (got) => Stream.runDrain(got.stream)]
  ]

  it.effect.each(readers)("end %s of which nothing comes for 30 s", ([, read]) =>
    Effect.gen(function* () {
      const get = Effect.flatMap(ObsClient.getObject(cat), read)
      const { exit, millis } = yield* timed(Effect.provide(get, over(stalling("12345"))))
      expect(errorsOf(exit)).toMatchObject([
        { _tag: "UnexpectedObsError", failure: { _tag: "UnrecognizedResponse", reason: "TimedOut", status: 200 } }
      ])
      expect(millis).toBeGreaterThanOrEqual(30_000)
      expect(millis).toBeLessThanOrEqual(40_000)
    })
  )

  it.effect("do not end a stream that nobody reads on", () =>
    Effect.gen(function* () {
      const get = Effect.gen(function* () {
        const got = yield* ObsClient.getObject(cat)
        return yield* Stream.runForEach(got.stream, () => Effect.sleep("5 minutes"))
      })
      const fiber = yield* Effect.forkChild(Effect.provide(get, over(stalling("12345"))))
      for (let i = 0; i < 4; i++) yield* TestClock.adjust("1 minute")
      expect(hasEnded(fiber)).toBe(false)
      yield* Fiber.interrupt(fiber)
    })
  )

  const documents = ["listObjects", "deleteObjects", "copyObject", "completeMultipartUpload"]

  it.effect.each(everyCall.filter(([name]) => documents.includes(name)))(
    "end %s whose result ends amid",
    ([, , call]) =>
      Effect.gen(function* () {
        const { exit, millis } = yield* timed(Effect.provide(call, over(stalling("<ListBucketResult>"))))
        expect(errorsOf(exit)).toMatchObject([{ _tag: "UnexpectedObsError", failure: { reason: "TimedOut" } }])
        expect(millis).toBeGreaterThanOrEqual(30_000)
        expect(millis).toBeLessThanOrEqual(40_000)
      })
  )

  it.effect("end a call as a whole, however often it is repeated", () =>
    Effect.gen(function* () {
      const limits = { response: "10 seconds", total: "25 seconds" } as const
      const head = ObsClient.headBucket(photos)
      const { exit, millis } = yield* timed(Effect.provide(head, over(silent, { limits, retry: {} })))
      expectLate(exit, "no result within 25000 ms")
      expect(millis).toBe(25_000)
    })
  )

  it.effect("are none where they are infinite", () =>
    Effect.gen(function* () {
      const head = ObsClient.headBucket(photos)
      const none = { response: Number.POSITIVE_INFINITY, idle: Number.POSITIVE_INFINITY }
      const fiber = yield* Effect.forkChild(Effect.provide(head, over(silent, { limits: none })))
      yield* TestClock.adjust("10 days")
      expect(hasEnded(fiber)).toBe(false)
      yield* Fiber.interrupt(fiber)
    })
  )

  it.live("leave nothing that runs when the layer has ended", () =>
    Effect.gen(function* () {
      const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length
      const before = timers()
      const scope = yield* Scope.make()
      const context = yield* Layer.buildWithScope(over(silent), scope)
      const sent = asked
      const call = yield* Effect.forkChild(Effect.provide(ObsClient.headBucket(photos), context))
      while (asked === sent) yield* turn
      expect(timers()).toBeGreaterThan(before)
      yield* Fiber.interrupt(call)
      yield* Scope.close(scope, Exit.void)
      while (timers() > before) yield* turn
    })
  )
})

const results = [
  ["listBuckets", "ListAllMyBucketsResult"],
  ["getBucketLocation", "Location"],
  ["listObjects", "ListBucketResult"],
  ["streamObjects", "ListBucketResult"],
  ["listObjectVersions", "ListVersionsResult"],
  ["copyObject", "CopyObjectResult"],
  ["deleteObjects", "DeleteResult"],
  ["getObjectTagging", "Tagging"],
  ["initiateMultipartUpload", "InitiateMultipartUploadResult"],
  ["uploadPartCopy", "CopyPartResult"],
  ["listParts", "ListPartsResult"],
  ["completeMultipartUpload", "CompleteMultipartUploadResult"],
  ["listMultipartUploads", "ListMultipartUploadsResult"]
] as const

describe.each(results)("%s with a result that is none", (name, root) => {
  const found = everyCall.find(([known]) => known === name)

  it.effect.each([
    ["nothing", "", "EmptyBody"],
    ["blanks", " \n ", "EmptyBody"],
    ["its beginning", `<?xml version="1.0"?><${root}><A>`, "ConnectionLost"],
    ["its beginning in an element", `<${root}><Contents><Key>a</Key>`, "ConnectionLost"],
    ["a page", "<html><body>Login</body></html>", "NotAnErrorDocument"],
    ["another result", "<OtherResult></OtherResult>", "NotAnErrorDocument"],
    ["a text", "ok", "NotAnErrorDocument"],
    ["a broken one", `<${root}><A></B></${root}>`, "NotAnErrorDocument"]
  ] as const)("is an unexpected failure, and asked for again where it may be: %s", ([, body, reason]) =>
    Effect.gen(function* () {
      const [, operation, call, named] = found ?? expect.fail("no such call")
      const { client, sent } = recorder(() => ({ ...xml(body), headers: { "x-obs-request-id": "r" } }))
      const retry = { attempts: 2, delay: 0, budget: yield* ObsRetry.makeBudget() }
      const exit = yield* Effect.exit(Effect.provide(call, client({ retry })))
      const request = { operation: operation.name, method: operation.method, ...named }
      expect(errorsOf(exit)).toMatchObject([
        {
          _tag: "UnexpectedObsError",
          request,
          requestId: "r",
          failure: { _tag: "UnrecognizedResponse", reason, status: 200 }
        }
      ])
      // What is no result at all is none the next time either
      expect(sent).toHaveLength(operation.idempotent && reason !== "NotAnErrorDocument" ? 2 : 1)
    })
  )

  it.effect("is the failure that is in it", () =>
    Effect.gen(function* () {
      const [, operation, call, named] = found ?? expect.fail("no such call")
      const { client, sent } = recorder(() =>
        xml("<Error><Code>AccessDenied</Code><Message>no</Message><RequestId>r</RequestId></Error>")
      )
      const exit = yield* Effect.exit(Effect.provide(call, client({ retry: {} })))
      const request = { operation: operation.name, method: operation.method, ...named }
      expect(errorsOf(exit)).toMatchObject([{ _tag: "AccessDenied", request, requestId: "r", status: 200 }])
      expect(sent).toHaveLength(1)
    })
  )
})

it.effect.each(["copyObject", "uploadPartCopy"])(
  "%s is repeated where its response has a transient error in it",
  (name) =>
    Effect.gen(function* () {
      const [, , call] = everyCall.find(([known]) => known === name) ?? expect.fail("no such call")
      const { client, sent } = recorder((_, times) =>
        times === 1
          ? xml("<Error><Code>InternalError</Code></Error>")
          : xml(name === "copyObject" ? "<CopyObjectResult/>" : "<CopyPartResult><ETag>e</ETag></CopyPartResult>")
      )
      yield* Effect.provide(call, client({ retry: { delay: 0, budget: yield* ObsRetry.makeBudget() } }))
      expect(sent).toHaveLength(2)
    })
)

it.effect("what becomes of a completion that failed is not known, so it is not repeated", () =>
  Effect.gen(function* () {
    const { client, sent } = recorder(() => xml("<Error><Code>InternalError</Code></Error>"))
    const complete = ObsClient.completeMultipartUpload({
      ...cat,
      uploadId: "u",
      parts: [{ partNumber: 1, etag: '"e"' }]
    })
    const error = yield* Effect.flip(Effect.provide(complete, client({ retry: { delay: 0 } })))
    expect(error).toMatchObject({ _tag: "InternalError", status: 200 })
    expect(sent).toHaveLength(1)
  })
)

describe("secrets", () => {
  const token = "Zq7WxTOKENvalue9KpLmTtUu12345"
  const shownKey = Buffer.from(Redacted.value(customerKey)).toString("base64")

  /** Everything that says something: texts, JSON, inspection, causes, logs and spans. */
  const sinks = (call: AnyCall, http: HttpClient.HttpClient) =>
    Effect.gen(function* () {
      const shown: Array<string> = []
      const spans: Array<Tracer.Span> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => spans.push(span))
      const loggers = [Logger.formatJson, Logger.formatLogFmt, Logger.formatSimple].map((logger) =>
        Logger.map(logger, (line) => {
          shown.push(line)
        })
      )
      const client = Layer.provide(
        ObsClient.layer({ endpoint: "https://obs.example.com", retry: { attempts: 2, delay: 0 } }),
        Layer.merge(
          Layer.succeed(HttpClient.HttpClient, http),
          ObsCredentials.layer({ accessKeyId: "AK", secretAccessKey: secret, securityToken: token })
        )
      )
      const exit = yield* Effect.exit(Effect.provide(call, client)).pipe(
        Effect.tap((exit) => (Exit.isFailure(exit) ? Effect.logError("failed", exit.cause) : Effect.void)),
        Effect.provide(Logger.layer(loggers)),
        Effect.withTracer(tracer)
      )
      for (const error of errorsOf(exit)) {
        shown.push(String(error), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true }))
      }
      shown.push(inspect(exit, { depth: 9 }))
      if (Exit.isFailure(exit)) shown.push(Cause.pretty(exit.cause))
      for (const span of spans) {
        shown.push(inspect([...span.attributes], { depth: 9 }), inspect(span.status, { depth: 9 }))
      }
      return { shown: shown.join("\n"), spans, exit }
    })

  const signatureOf = (headers: Record<string, string | undefined>) =>
    /:(.*)$/.exec(headers["authorization"] ?? "")?.[1] ?? expect.fail("not signed")

  const withKeys: ReadonlyArray<readonly [string, AnyCall]> = [
    ["getObject", ObsClient.getObject({ ...cat, customerKey, parameters: { "x-obs-security-token": token } })],
    ["headObject", ObsClient.headObject({ ...cat, customerKey })],
    ["putObject", ObsClient.putObject({ ...cat, body: "", encryption: { type: "SSE-C", key: customerKey } })],
    ["copyObject", ObsClient.copyObject({ ...cat, source: { ...cat, customerKey } })],
    ["uploadPart", ObsClient.uploadPart({ ...cat, uploadId: "u", partNumber: 1, body: "", customerKey })],
    ["listObjects", ObsClient.listObjects(photos)]
  ]

  it.effect.each(
    withKeys.flatMap(([name, call]) => (["refused", "lost", "cut"] as const).map((how) => [name, how, call] as const))
  )("of %s are not shown where it is %s", ([, how, call]) =>
    Effect.gen(function* () {
      const signatures: Array<string> = []
      const http = HttpClient.make((request) =>
        Effect.suspend(() => {
          signatures.push(signatureOf(request.headers))
          const cause = new Error(`lost ${JSON.stringify(request.headers)}`)
          if (how === "lost") return Effect.fail(transportError({ request, cause }))
          const said = Object.values(request.headers).join(" ")
          const body =
            how === "cut"
              ? "<CopyObjectResult>"
              : `<Error><Code>SignatureDoesNotMatch</Code><StringToSign>${said}</StringToSign><SignatureProvided>${signatures[0] ?? ""}</SignatureProvided></Error>`
          return Effect.succeed(
            HttpClientResponse.fromWeb(request, new Response(body, { status: how === "cut" ? 200 : 403 }))
          )
        })
      )
      const { shown, spans } = yield* sinks(call, http)
      expect(signatures.length).toBeGreaterThan(0)
      expect(spans.length).toBeGreaterThan(1)
      for (const text of [token, secret, shownKey, "AAAAAAAAAAAAAAAA", ...signatures]) expect(shown).not.toContain(text)
      expect([...(spans[0]?.attributes.keys() ?? [])].filter((name) => name.startsWith("url."))).toEqual([])
    })
  )

  it.effect("are not in what is refused before it is sent", () =>
    Effect.gen(function* () {
      const key = Redacted.make(new TextEncoder().encode(token))
      const { shown } = yield* sinks(ObsClient.getObject({ ...cat, customerKey: key }), silent)
      expect(shown).toContain("InvalidInput")
      expect(shown).not.toContain(token)
      const headers = { "x-obs-security-token": `${token}\n` }
      const header = yield* sinks(ObsClient.getObject({ ...cat, headers }), silent)
      expect(header.shown).toContain("InvalidInput")
      expect(header.shown).not.toContain(token)
    })
  )
})
