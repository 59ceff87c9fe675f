import {
  Effect,
  FetchHttpClient,
  HttpClient,
  HttpClientRequest,
  HttpClientResponse,
  methodTracer,
  reasonOf,
  sameSpan,
  Stream
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import type * as Http from "node:http"
import { rawServer } from "./support/rawServer.js"

const clients = [
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layerNodeHttp],
  ["undici", NodeHttpClient.layerUndici]
] as const

describe.each(clients)("over real sockets, with %s", (_, client) => {
  it.live("makes every answer that is no success a typed failure", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      yield* obs.put(`${url}/photos`, {})
      const failure = yield* Effect.flip(obs.get(`${url}/photos/cat.jpg`))
      expect(failure).toBeInstanceOf(ObsError.NoSuchKey)
      expect(failure).toMatchObject({ key: "cat.jpg", status: 404 })
      expect(failure._tag === "NoSuchKey" && failure.requestId).toMatch(/^[0-9A-F]{32}$/)
      const head = yield* Effect.flip(obs.head(`${url}/photos/cat.jpg`))
      expect(head).toMatchObject({ _tag: "NoSuchKey", key: "cat.jpg" })
      const created = yield* obs.put(`${url}/photos`, {}).pipe(
        Effect.as("created"),
        Effect.catchTag("BucketAlreadyOwnedByYou", () => Effect.succeed("there already"))
      )
      expect(created).toBe("there already")
    }).pipe(Effect.provide([ObsTestServer.layerService, client]))
  )

  it.live("answers all codes, each with its class", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const tags = yield* Effect.forEach(
        ObsError.all,
        (klass) =>
          Effect.flip(obs.get(url, { headers: { [ObsTestService.errorHeader]: klass._tag } })).pipe(
            Effect.map((failure) => failure._tag)
          ),
        { concurrency: 8 }
      )
      expect(tags).toEqual(ObsError.all.map((klass) => klass._tag))
    }).pipe(Effect.provide([ObsTestServer.layerService, client]))
  )

  it.live("leaves the body of a success untouched and streaming", () =>
    Effect.gen(function* () {
      let finish: () => void = () => undefined
      const { url } = yield* rawServer((_request, response) => {
        response.write("first")
        finish = () => response.end("last")
      })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      // The rest is only sent when the beginning has been received
      const chunks = yield* HttpClientResponse.stream(obs.get(url)).pipe(
        Stream.decodeText(),
        Stream.tap(() =>
          Effect.sync(() => {
            finish()
          })
        ),
        Stream.runCollect
      )
      expect(Array.from(chunks).join("")).toBe("firstlast")
    }).pipe(Effect.scoped, Effect.provide(client))
  )

  it.live.each([301, 302, 303, 307, 308])("does not follow a redirect with status %d", (status) =>
    Effect.gen(function* () {
      const visited: Array<Http.IncomingHttpHeaders> = []
      const other = yield* rawServer((request, response) => {
        visited.push(request.headers)
        response.end()
      })
      const { url } = yield* rawServer((_request, response) => {
        response.writeHead(status, { location: `${other.url}/elsewhere?Signature=s` })
        response.end("<Error><Code>TemporaryRedirect</Code><Message>m</Message></Error>")
      })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const failure = yield* Effect.flip(
        obs.get(url, { headers: { "x-obs-security-token": "token", authorization: "OBS key:signature" } })
      )
      expect(failure).toMatchObject({ _tag: "TemporaryRedirect", status, location: `${other.url}/elsewhere` })
      expect(visited).toEqual([])
    }).pipe(Effect.scoped, Effect.provide(client))
  )

  it.live("fails as the client does where there is no answer", () =>
    Effect.gen(function* () {
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const { url } = yield* rawServer((request) => request.socket.destroy())
      const failure = yield* Effect.flip(obs.get(url))
      expect(reasonOf(failure)).toBe("Transport")
    }).pipe(Effect.scoped, Effect.provide(client))
  )

  it.live("closes the connection of a body without end, and still tells what status and headers tell", () =>
    Effect.gen(function* () {
      let sent = 0
      let closed: () => void = () => undefined
      const whenClosed = new Promise<void>((resolve) => {
        closed = resolve
      })
      const { url } = yield* rawServer((_request, response) => {
        response.writeHead(503, { "x-obs-error-code": "SlowDown", "x-obs-request-id": "r" })
        const chunk = Buffer.alloc(65_536, "A")
        const write = () => {
          while (!response.destroyed && response.write(chunk)) sent += chunk.length
        }
        response.on("drain", write)
        response.on("close", closed)
        write()
      })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const failure = yield* Effect.flip(obs.get(url))
      expect(failure).toMatchObject({ _tag: "SlowDown", status: 503, requestId: "r" })
      yield* Effect.promise(() => whenClosed)
      expect(sent).toBeLessThan(64 * 1024 * 1024)
    }).pipe(Effect.scoped, Effect.provide(client))
  )

  it.live("keeps what came before the connection was lost", () =>
    Effect.gen(function* () {
      const answer = (start: string) =>
        rawServer((_request, response) => {
          response.writeHead(404, { "content-length": 1000 })
          response.write(start, () => setImmediate(() => response.destroy()))
        })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const whole = yield* answer("<Error><Code>NoSuchKey</Code><Key>a</Key><Mess")
      expect(yield* Effect.flip(obs.get(whole.url))).toMatchObject({ _tag: "NoSuchKey", key: "a", status: 404 })
      const cut = yield* answer("<Error><Code>NoSuch")
      expect(yield* Effect.flip(obs.get(cut.url))).toMatchObject({ reason: "ConnectionLost", status: 404 })
    }).pipe(Effect.scoped, Effect.provide(client))
  )
})

it.effect("keeps what the user sets for fetch, but never follows a redirect", () =>
  Effect.gen(function* () {
    const seen: Array<RequestInit | undefined> = []
    const fetch: typeof globalThis.fetch = (_url, init) => {
      seen.push(init)
      return Promise.resolve(new Response("ok"))
    }
    const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
    yield* obs
      .execute(HttpClientRequest.get("https://obs.example.com"))
      .pipe(
        Effect.provideService(FetchHttpClient.Fetch, fetch),
        Effect.provideService(FetchHttpClient.RequestInit, { keepalive: true, redirect: "follow" })
      )
    expect(seen).toMatchObject([{ keepalive: true, redirect: "manual", method: "GET" }])
  }).pipe(Effect.provide(FetchHttpClient.layer))
)

it.effect("hands its options on to the reading of bodies", () =>
  Effect.gen(function* () {
    const client = HttpClient.make((request) =>
      Effect.succeed(
        HttpClientResponse.fromWeb(request, new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 }))
      )
    )
    const whole = client.pipe(ObsHttpClient.filterStatusOk)
    expect(yield* Effect.flip(whole.get("https://obs.example.com"))).toBeInstanceOf(ObsError.NoSuchKey)
    const few = ObsHttpClient.filterStatusOk(client, { maxBytes: 10 })
    expect(yield* Effect.flip(few.get("https://obs.example.com"))).toMatchObject({ reason: "TooLarge" })
  })
)

it.effect("takes its options before the client, in a pipe", () =>
  Effect.gen(function* () {
    let sent = 0
    const busy = ObsTestClient.make(
      ObsTestService.failing(() => {
        sent += 1
        return new ObsError.ServiceUnavailable()
      })
    )
    const obs = busy.pipe(ObsHttpClient.filterStatusOk({ maxBytes: 0 }), ObsHttpClient.retry({ attempts: 2, delay: 0 }))
    const failure = yield* Effect.flip(obs.get("https://photos.obs.example.com/cat.jpg"))
    expect(sent).toBe(2)
    expect(failure).toMatchObject({ _tag: "UnrecognizedResponse", reason: "TooLarge", attempts: 2 })
  })
)

it.effect("takes a tracer that gives the same span again and again", () =>
  Effect.gen(function* () {
    const names = new Set<string>()
    const tracer = sameSpan((name) => names.add(name))
    const obs = ObsHttpClient.filterStatusOk(
      ObsTestClient.make(() => Effect.succeed({ status: 200, headers: {}, body: "" }))
    )
    for (let i = 0; i < 6000; i++) yield* Effect.withTracer(obs.head("https://obs.example.com/photos"), tracer)
    expect(names).toContain("http.request.method")
  })
)

it.effect("takes a tracer whose methods are those of a class", () =>
  Effect.gen(function* () {
    const called = new Set<string>()
    const tracer = methodTracer(yield* Effect.tracer, (method) => called.add(method))
    const obs = ObsHttpClient.filterStatusOk(
      ObsTestClient.make(() => Effect.succeed({ status: 200, headers: {}, body: "" }))
    )
    yield* Effect.withTracer(obs.get("https://obs.example.com/photos"), tracer)
    expect([...called].sort()).toEqual(["context", "span"])
  })
)
