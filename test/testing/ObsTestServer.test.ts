import {
  Deferred,
  Effect,
  Exit,
  FetchHttpClient,
  HttpBody,
  HttpClient,
  reasonOf,
  Ref,
  Scope,
  Stream
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient } from "effect-obs"
import { type ObsAnswer, ObsTestClient, ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import * as Net from "node:net"
import { anyKey, oddKeys, roundTrip } from "../support/keys.js"

const root = "https://obs.example.com"

/** Opens a connection and sends what need not be a request. */
const connect = (url: string, text: string) =>
  Effect.sync(() => {
    const socket = Net.connect(Number(new URL(url).port), "127.0.0.1")
    socket.on("error", () => undefined)
    socket.write(text, "latin1")
    return socket
  })

/** Sends what need not be a request, and reads until the server closes the connection. */
const exchange = (url: string, text: string) =>
  Effect.flatMap(connect(url, text), (socket) =>
    Effect.callback<string>((resume) => {
      let received = ""
      socket.setEncoding("latin1")
      socket.on("data", (chunk: string) => (received += chunk))
      socket.on("close", () => {
        resume(Effect.succeed(received))
      })
    })
  )

const get = (url: string, target = "/", method = "GET") =>
  exchange(url, `${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)

/** An answer as it came over the socket. */
const parse = (received: string) => {
  const [head = "", ...body] = received.split("\r\n\r\n")
  const [start = "", ...lines] = head.split("\r\n")
  const headers = lines.map((line) => /^([^:]*): (.*)$/.exec(line)?.slice(1) ?? [])
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(start)?.[1]),
    headers: Object.fromEntries(headers.map(([name = "", value = ""]) => [name.toLowerCase(), value])),
    body: body.join("\r\n\r\n")
  }
}

const answering = (answer: ObsAnswer.Answer) => ObsTestServer.make(() => Effect.succeed(answer))

/** The same program against the service in memory and over loopback. */
const carriers = [
  ["in memory", Effect.map(ObsTestService.make, (handler) => ({ url: root, client: ObsTestClient.make(handler) }))],
  [
    "over loopback",
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(yield* ObsTestService.make)
      return { url, client: yield* HttpClient.HttpClient }
    }).pipe(Effect.provide(FetchHttpClient.layer))
  ]
] as const

describe.each(carriers)("the service %s", (_, carrier) => {
  const setup = Effect.map(carrier, ({ client, url }) => ({ url, obs: ObsHttpClient.filterStatusOk(client) }))

  it.effect("keeps buckets and objects", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      const tag = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.map(Effect.flip(effect), (failure) => failure._tag)
      expect(yield* tag(obs.put(`${url}/No`))).toBe("InvalidBucketName")
      yield* obs.put(`${url}/photos`)
      expect(yield* tag(obs.put(`${url}/photos`))).toBe("BucketAlreadyOwnedByYou")
      yield* obs.head(`${url}/photos`)
      expect(yield* tag(obs.head(`${url}/films`))).toBe("NoSuchBucket")
      yield* obs.put(`${url}/photos/a%20b%2Fc`, { body: HttpBody.text("meow") })
      expect(yield* Effect.flatMap(obs.get(`${url}/photos/a%20b/c`), (r) => r.text)).toBe("meow")
      expect(yield* Effect.flatMap(obs.get(`${url}/photos`), (r) => r.text)).toContain("<Key>a b/c</Key>")
      expect(yield* Effect.flatMap(obs.get(url), (r) => r.text)).toContain("<Name>photos</Name>")
      expect(yield* tag(obs.del(`${url}/photos`))).toBe("BucketNotEmpty")
      yield* obs.del(`${url}/photos/a%20b/c`)
      yield* obs.del(`${url}/photos`)
      expect(yield* tag(obs.get(`${url}/photos`))).toBe("NoSuchBucket")
      expect(yield* tag(obs.get(`${url}/photos/x`))).toBe("NoSuchBucket")
      expect(yield* tag(obs.post(url))).toBe("MethodNotAllowed")
    }).pipe(Effect.scoped)
  )

  it.effect("minds conditions and ranges", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* obs.put(`${url}/photos`)
      const { headers } = yield* obs.put(`${url}/photos/cat`, { body: HttpBody.text("0123456789") })
      const etag = headers["etag"] ?? ""
      const get = (headers: Record<string, string>) => obs.get(`${url}/photos/cat`, { headers })
      expect(yield* Effect.flip(get({ "if-none-match": etag }))).toMatchObject({ _tag: "NotModified", status: 304 })
      expect(yield* Effect.flip(get({ "if-match": '"other"' }))).toMatchObject({
        _tag: "PreconditionFailed",
        condition: "If-Match"
      })
      expect((yield* get({ "if-match": etag })).status).toBe(200)
      const part = yield* get({ range: "bytes=2-4" })
      expect([part.status, yield* part.text, part.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"])
      expect(yield* Effect.flip(get({ range: "bytes=10-" }))).toMatchObject({ _tag: "InvalidRange" })
    }).pipe(Effect.scoped)
  )

  it.effect("assembles parts", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* obs.put(`${url}/photos`)
      const object = `${url}/photos/cat`
      const id = /<UploadId>(.*)<\/UploadId>/.exec(yield* (yield* obs.post(`${object}?uploads`)).text)?.[1] ?? ""
      const put = (number: number, text: string) =>
        obs
          .put(`${object}?partNumber=${number}&uploadId=${id}`, {
            body: HttpBody.stream(Stream.encodeText(Stream.make(text)))
          })
          .pipe(
            Effect.map((r) => `<Part><PartNumber>${number}</PartNumber><ETag>${r.headers["etag"] ?? ""}</ETag></Part>`)
          )
      const complete = (parts: string, upload = id) =>
        obs.post(`${object}?uploadId=${upload}`, {
          body: HttpBody.text(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`)
        })
      const tagOf = (parts: string, upload?: string) =>
        Effect.map(Effect.flip(complete(parts, upload)), (failure) => failure._tag)
      const one = yield* put(1, "me")
      const two = yield* put(2, "ow")
      expect(yield* Effect.flip(put(0, ""))).toMatchObject({ _tag: "InvalidArgument", argumentValue: "0" })
      expect(yield* tagOf(one, "none")).toBe("NoSuchUpload")
      expect(yield* tagOf("")).toBe("MalformedXML")
      expect(yield* tagOf(two + one)).toBe("InvalidPartOrder")
      expect(yield* tagOf(one + two.replace(/<ETag>.*<\/ETag>/, "<ETag>x</ETag>"))).toBe("InvalidPart")
      yield* complete(one + two)
      expect(yield* Effect.flatMap(obs.get(object), (r) => r.text)).toBe("meow")
      expect(yield* tagOf(one)).toBe("NoSuchUpload")
    }).pipe(Effect.scoped)
  )

  it.effect("copies", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* obs.put(`${url}/photos`)
      yield* obs.put(`${url}/photos/cat`, { body: HttpBody.text("meow") })
      const copy = (source: string) => obs.put(`${url}/photos/copy`, { headers: { "x-obs-copy-source": source } })
      yield* copy("/photos/cat")
      expect(yield* Effect.flatMap(obs.get(`${url}/photos/copy`), (r) => r.text)).toBe("meow")
      expect(yield* Effect.flip(copy("/photos/dog"))).toMatchObject({ _tag: "NoSuchKey", key: "dog" })
      expect(yield* Effect.flip(copy("/films/dog"))).toMatchObject({ _tag: "NoSuchBucket", bucketName: "films" })
    }).pipe(Effect.scoped)
  )

  it.effect("answers in the dialect of the request", () =>
    Effect.gen(function* () {
      const { client, url } = yield* carrier
      const get = (authorization: string) => client.get(`${url}/photos`, { headers: { authorization } })
      expect(Object.keys((yield* get("OBS k:s")).headers)).toContain("x-obs-request-id")
      expect(Object.keys((yield* get("AWS4-HMAC-SHA256 x")).headers)).toContain("x-amz-request-id")
    }).pipe(Effect.scoped)
  )

  it.effect("answers the error that a request asks for", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      const get = (code: string) => Effect.flip(obs.get(url, { headers: { [ObsTestService.errorHeader]: code } }))
      expect(yield* get("KMS.NotFoundException")).toBeInstanceOf(ObsError.KmsNotFoundException)
      expect(yield* get("Unheard")).toMatchObject({ _tag: "UnknownObsError", code: "Unheard" })
    }).pipe(Effect.scoped)
  )

  it.effect.each(oddKeys)("keeps the key %s", ([, key]) =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* roundTrip(obs, url, key)
    }).pipe(Effect.scoped)
  )

  it.effect("takes a stream of 128 MiB, whole and in parts", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      const mebibyte = new Uint8Array(2 ** 20).map((_, i) => i)
      const stream = (mebibytes: number) =>
        HttpBody.stream(Stream.take(Stream.forever(Stream.succeed(mebibyte)), mebibytes))
      const last = (object: string) =>
        Effect.flatMap(obs.get(object, { headers: { range: "bytes=134217725-" } }), (response) =>
          Effect.map(response.arrayBuffer, (bytes) => [response.headers["content-range"], ...new Uint8Array(bytes)])
        )
      const ending = ["bytes 134217725-134217727/134217728", 253, 254, 255]
      yield* obs.put(`${url}/photos`)
      const { headers } = yield* obs.put(`${url}/photos/whole`, { body: stream(128) })
      expect(headers["etag"]).toBe('"06e7617ef845ea5ee33151de7bb05234"')
      expect(yield* last(`${url}/photos/whole`)).toEqual(ending)

      const object = `${url}/photos/parts`
      const id = /<UploadId>(.*)<\/UploadId>/.exec(yield* (yield* obs.post(`${object}?uploads`)).text)?.[1] ?? ""
      const parts = yield* Effect.forEach([1, 2], (number) =>
        Effect.map(
          obs.put(`${object}?partNumber=${number}&uploadId=${id}`, { body: stream(64) }),
          ({ headers }) => `<Part><PartNumber>${number}</PartNumber><ETag>${headers["etag"] ?? ""}</ETag></Part>`
        )
      )
      const completed = yield* obs.post(`${object}?uploadId=${id}`, {
        body: HttpBody.text(`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`)
      })
      expect(yield* completed.text).toMatch(/<ETag>"[\da-f]{32}-2"<\/ETag>/)
      expect(yield* last(object)).toEqual(ending)
    }).pipe(Effect.scoped)
  )
})

describe("ObsTestServer", () => {
  it.live("keeps any key", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(yield* ObsTestService.make)
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const run = (key: string) => Effect.runPromise(roundTrip(obs, url, key))
      yield* Effect.promise(() => fc.assert(fc.asyncProperty(anyKey, run), { numRuns: 30 }))
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  const unsendable = [0, -1, 99, 100, 101, 103, 199, 1000, 65_736, Number.NaN, Number.POSITIVE_INFINITY]
  const statuses: ReadonlyArray<readonly [number, number]> = [
    [200, 200],
    [404.5, 404],
    [600, 600],
    [999, 999],
    ...unsendable.map((status) => [status, 502] as const)
  ]

  it.live.each(statuses)("answers a status of %d", ([status, sent]) =>
    Effect.gen(function* () {
      const { url } = yield* answering({ status, headers: { "x-a": "b" }, body: "meow" })
      const answer = parse(yield* get(url))
      expect(answer).toMatchObject({ status: sent, headers: { "x-a": "b", "content-length": "4" }, body: "meow" })
      expect(parse(yield* get(url, "/", "HEAD"))).toMatchObject({ status: sent, body: "" })
    }).pipe(Effect.scoped)
  )

  it.live.each([204, 205, 304])("sends no body with %d", (status) =>
    Effect.gen(function* () {
      const { url } = yield* answering({ status, headers: {}, body: "meow" })
      const client = yield* HttpClient.HttpClient
      // On one connection, which a body that is not expected would garble
      for (let i = 0; i < 3; i++) {
        const response = yield* client.get(url)
        expect([response.status, yield* response.text]).toEqual([status, ""])
      }
    }).pipe(Effect.scoped, Effect.provide(NodeHttpClient.layerNodeHttp))
  )

  it.live.each([
    ["content-type", "текст/plain", "?????/plain"],
    ["content-type", "téxt/plain", "téxt/plain"],
    ["x-a", "b\r\nx-c: d", "b??x-c: d"],
    ["x-a", "\u0000\u001b\u007f", "???"],
    ["X-A", "b", "b"],
    ["no name", "b", undefined],
    ["x-a:", "b", undefined],
    ["x-a\r\nx-c", "b", undefined],
    ["x-ä", "b", undefined],
    ["", "b", undefined],
    ["Content-Length", "1", "4"],
    ["transfer-encoding", "chunked", undefined],
    ["Trailer", "x-a", undefined]
  ] as const)("answers a header %j", ([name, value, sent]) =>
    Effect.gen(function* () {
      const { url } = yield* answering({ status: 404, headers: { [name]: value, "x-last": "z" }, body: "meow" })
      const { body, headers, status } = parse(yield* get(url))
      expect([status, body, headers["x-last"], headers["x-c"]]).toEqual([404, "meow", "z", undefined])
      expect(headers[name.toLowerCase()]).toBe(sent)
    }).pipe(Effect.scoped)
  )

  it.live("answers whatever a handler gives", () =>
    Effect.gen(function* () {
      const next: { answer: ObsAnswer.Answer } = { answer: { status: 200, headers: {}, body: "" } }
      const { url } = yield* ObsTestServer.make(() => Effect.sync(() => next.answer))
      const text = fc.string({ unit: "binary" })
      const answers = fc.record({
        status: fc.oneof(fc.integer({ min: -1, max: 1000 }), fc.double()),
        headers: fc.dictionary(fc.oneof(text, fc.constantFrom("connection", "upgrade", "date", "expect")), text),
        body: fc.oneof(text, fc.uint8Array())
      })
      const isAnswered = async (answer: ObsAnswer.Answer) => {
        next.answer = answer
        expect(parse(await Effect.runPromise(get(url))).status).toBeGreaterThanOrEqual(200)
      }
      yield* Effect.promise(() => fc.assert(fc.asyncProperty(answers, isAnswered), { numRuns: 300 }))
    }).pipe(Effect.scoped)
  )

  const failures: ReadonlyArray<ObsError.ObsFailure> = [
    new ObsError.UnrecognizedResponse({ reason: "OpaqueRedirect" }),
    new ObsError.UnrecognizedResponse({ reason: "TimedOut", status: 0 }),
    new ObsError.NoSuchKey({ status: 0, requestId: "r\n", key: "\u0000" }),
    new ObsError.UnrecognizedResponse({ reason: "NotAnErrorDocument", contentType: "текст/\n", excerpt: "猫" })
  ]

  it.live.each(failures)("answers a failure that no server could send: %s", (failure) =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(ObsTestService.failing(() => failure))
      const client = yield* HttpClient.HttpClient
      for (const method of ["get", "head"] as const) expect((yield* client[method](url)).status).toBe(502)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  const oops = (): never => {
    throw new Error("oops")
  }

  const handlers: ReadonlyArray<readonly [string, ObsTestService.Handler]> = [
    ["dies", () => Effect.die("oops")],
    ["throws", oops],
    ["is interrupted", () => Effect.interrupt],
    [
      "has a body that is neither text nor bytes",
      () => Effect.succeed(Object.assign<ObsAnswer.Answer, object>({ status: 200, headers: {}, body: "" }, { body: 3 }))
    ],
    [
      "has a status that throws",
      () =>
        Effect.succeed({
          headers: {},
          body: "",
          get status() {
            return oops()
          }
        })
    ]
  ]

  it.live.each(handlers)("answers for a handler that %s", ([, handler]) =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(handler)
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      expect(yield* Effect.flip(obs.get(url))).toBeInstanceOf(ObsError.InternalError)
      expect(yield* Effect.flip(obs.head(url))).toMatchObject({ status: 500 })
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live.each([
    ["/photos/cat?acl#x", "/photos/cat?acl%23x"],
    ["//photos", "//photos"],
    ["///", "///"],
    ["*", "/"],
    ["http://photos.obs.example.com/cat", "/cat"],
    ["http://photos.obs.example.com", "/"],
    ["/photos/100%.txt", "/photos/100%.txt"],
    ["/photos/a\\b", "/photos/a%5Cb"],
    ["/photos/../cat", "/photos%2F..%2Fcat"],
    ["/photos/%2E", "/photos%2F%2E"],
    ["/photos/..", "/photos%2F.."]
  ] as const)("takes the target %s as it is sent", ([target, expected]) =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(({ url }) =>
        Effect.succeed({ status: 200, headers: {}, body: url.pathname + url.search })
      )
      expect(parse(yield* get(url, target))).toMatchObject({ status: 200, body: expected })
    }).pipe(Effect.scoped)
  )

  it.live("stores keys of dots, where a client can send them", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(yield* ObsTestService.make)
      yield* get(url, "/photos", "PUT")
      for (const key of [".", "..", "../a", "a/./b"]) {
        expect(parse(yield* get(url, `/photos/${key}`, "PUT")).status).toBe(200)
        expect(parse(yield* get(url, "/photos")).body).toContain(`<Key>${key}</Key>`)
        expect(parse(yield* get(url, `/photos/${key}`, "DELETE")).status).toBe(204)
      }
      expect(parse(yield* get(url, "http://[/photos"))).toMatchObject({ status: 400 })
    }).pipe(Effect.scoped)
  )

  it.live("outlives what is no request", () =>
    Effect.gen(function* () {
      const { url } = yield* answering({ status: 200, headers: {}, body: "meow" })
      const head = "host: x\r\nconnection: close\r\n"
      for (const text of [
        "oops\r\n\r\n",
        `GET /\u00e9 HTTP/1.1\r\n${head}\r\n`,
        `GET photos HTTP/1.1\r\n${head}\r\n`,
        `GET / HTTP/1.1\r\n${head}x: ${"x".repeat(100_000)}\r\n\r\n`,
        `PUT / HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\noops\r\n`,
        `CONNECT x:1 HTTP/1.1\r\n${head}\r\n`,
        `GET / HTTP/1.1\r\n${head}expect: oops\r\n\r\n`,
        `GET / HTTP/1.1\r\n${head}upgrade: oops\r\n\r\n`
      ]) {
        yield* exchange(url, text)
      }
      expect(parse(yield* get(url)).body).toBe("meow")
    }).pipe(Effect.scoped)
  )

  it.live("has no body where a client does not send it to its end", () =>
    Effect.gen(function* () {
      const requests = yield* Ref.make<ReadonlyArray<string>>([])
      const { url } = yield* ObsTestServer.make((request) =>
        ObsTestService.bytes(request).pipe(
          Effect.andThen(Ref.update(requests, (methods) => [...methods, request.method])),
          Effect.as({ status: 200, headers: {}, body: "" })
        )
      )
      const socket = yield* connect(url, "PUT / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nmeow")
      yield* Effect.callback<void>((resume) => {
        socket.on("close", () => {
          resume(Effect.void)
        })
        socket.resume()
        socket.end()
      })
      yield* get(url)
      expect(yield* Ref.get(requests)).toEqual(["GET"])
    }).pipe(Effect.scoped)
  )

  /** A handler that never answers, and tells when it has begun and when its finalizer, which takes a while, is done. */
  const waiting = Effect.gen(function* () {
    const begun = yield* Deferred.make<void>()
    const ended = yield* Deferred.make<void>()
    const finalizer = Effect.andThen(Effect.repeat(Effect.yieldNow, { times: 100 }), Deferred.succeed(ended, undefined))
    const handler: ObsTestService.Handler = () =>
      Effect.andThen(Deferred.succeed(begun, undefined), Effect.ensuring(Effect.never, finalizer))
    return { handler, begun: Deferred.await(begun), ended: Deferred.await(ended), hasEnded: Deferred.isDone(ended) }
  })

  it.live("interrupts the handler of a client that disconnects", () =>
    Effect.gen(function* () {
      const { begun, ended, handler } = yield* waiting
      const { url } = yield* ObsTestServer.make(handler)
      const socket = yield* connect(url, "GET / HTTP/1.1\r\nhost: x\r\n\r\n")
      yield* begun
      socket.destroy()
      yield* ended
    }).pipe(Effect.scoped)
  )

  it.live("interrupts its handlers when its scope is closed, and waits for their finalizers", () =>
    Effect.gen(function* () {
      const { begun, handler, hasEnded } = yield* waiting
      const scope = yield* Scope.make()
      // Also where it is made by what cannot be interrupted
      const { url } = yield* Effect.uninterruptible(
        Effect.provideService(ObsTestServer.make(handler), Scope.Scope, scope)
      )
      const socket = yield* connect(url, "GET / HTTP/1.1\r\nhost: x\r\n\r\n")
      yield* begun
      expect(yield* hasEnded).toBe(false)
      yield* Scope.close(scope, Exit.void)
      expect(yield* hasEnded).toBe(true)
      socket.destroy()
    })
  )

  it.live("stops with its layer", () =>
    Effect.gen(function* () {
      const handler = ObsTestService.failing(() => new ObsError.SlowDown())
      const url = yield* Effect.provide(
        Effect.map(ObsTestServer.ObsTestServer, ({ url }) => url),
        ObsTestServer.layer(handler)
      )
      const failure = yield* Effect.flip(HttpClient.get(url))
      expect(reasonOf(failure)).toBe("Transport")
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )
})
