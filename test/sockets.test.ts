/**
 * Bodies without end, over real sockets: each ends within its bounds and closes the connection.
 */
import { FetchHttpClient, HttpBody, HttpClient, type HttpClientResponse } from "@effect/platform"
import { NodeHttpClient } from "@effect/platform-node"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Equal, Fiber, Option, Ref } from "effect"
import { ObsHttpClient, ObsResponse, ObsRetry } from "effect-obs"
import type * as Http from "node:http"
import { rawServer } from "./support/rawServer.js"

describe.each([
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layer],
  ["undici", NodeHttpClient.layerUndici]
] as const)("on a socket, with %s", (_, client) => {
  /** Answers with whatever `write` writes, and tells when the connection is closed. */
  const closing = (write: (response: Http.ServerResponse) => void) =>
    Effect.gen(function* () {
      let closed: () => void = () => undefined
      const whenClosed = new Promise<void>((resolve) => {
        closed = resolve
      })
      const { url } = yield* rawServer((_request, response) => {
        response.on("close", closed)
        write(response)
      })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient, { timeout: "300 millis" })
      const failure = yield* Effect.flip(obs.get(url))
      yield* Effect.promise(() => whenClosed)
      return failure
    }).pipe(Effect.scoped, Effect.provide(client))

  const head = { "x-obs-request-id": "r", "x-obs-error-code": "SlowDown" }

  it.live("a drip of one byte each 100 ms ends with the time", () =>
    Effect.gen(function* () {
      const failure = yield* closing((response) => {
        response.writeHead(503, head)
        const drip = setInterval(() => response.write(" "), 100)
        response.on("close", () => {
          clearInterval(drip)
        })
      })
      expect(failure).toMatchObject({ _tag: "SlowDown", status: 503, requestId: "r" })
    })
  )

  it.live("a gigabyte of A ends with the bytes", () =>
    Effect.gen(function* () {
      let sent = 0
      const failure = yield* closing((response) => {
        response.writeHead(500, { "content-length": 1024 ** 3, "x-obs-request-id": "r" })
        const chunk = Buffer.alloc(65_536, "A")
        const write = () => {
          while (!response.destroyed && sent < 1024 ** 3 && response.write(chunk)) sent += chunk.length
        }
        response.on("drain", write)
        write()
      })
      expect(failure).toMatchObject({ _tag: "UnrecognizedResponse", reason: "TooLarge", status: 500, requestId: "r" })
      expect(sent).toBeLessThan(64 * 1024 * 1024)
    })
  )

  it.live("a Content-Length that is too long ends with the connection or the time", () =>
    Effect.gen(function* () {
      const failure = yield* closing((response) => {
        response.writeHead(404, { "content-length": 5000, "x-obs-request-id": "r" })
        response.write("<Error><Code>NoSuchKey</Code></Error>")
      })
      expect(failure).toMatchObject({ _tag: "NoSuchKey", status: 404, requestId: "r" })
    })
  )

  it.live("20 000 nested tags end like any other body", () =>
    Effect.gen(function* () {
      const failure = yield* closing((response) => {
        response.writeHead(404, { "x-obs-request-id": "r", connection: "close" })
        response.end(`<Error><Code>NoSuchKey</Code>${"<a>".repeat(20_000)}`)
      })
      expect(failure).toMatchObject({ _tag: "NoSuchKey", status: 404, requestId: "r" })
    })
  )
})

/** The same response with a stream of its own, as a program may make one, which has to be read then. */
const wrapped = (response: HttpClientResponse.HttpClientResponse): HttpClientResponse.HttpClientResponse =>
  new Proxy(response, { getOwnPropertyDescriptor: () => undefined })

describe.each([
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layer],
  ["undici", NodeHttpClient.layerUndici]
] as const)("a body of %s", (_, client) => {
  const body = `<Error><Code>NoSuchKey</Code><Message>${"m".repeat(3000)}</Message></Error>`

  it.live("says the same read from its source and from its stream", () =>
    Effect.gen(function* () {
      const { url } = yield* rawServer((_request, outgoing) => {
        outgoing.writeHead(404, { "x-obs-request-id": "42" })
        outgoing.write(body.slice(0, 1000))
        setTimeout(() => outgoing.end(body.slice(1000)), 5)
      })
      const read = (change: typeof wrapped) =>
        Effect.flatMap(HttpClient.get(url), (response) => ObsResponse.toFailure(change(response)))
      const [source, stream] = [yield* read((response) => response), yield* read(wrapped)]
      expect(source).toMatchObject({ _tag: "NoSuchKey", requestId: "42" })
      expect(Equal.equals(source, stream)).toBe(true)
    }).pipe(Effect.scoped, Effect.provide(client))
  )

  it.live("is not read twice", () =>
    Effect.gen(function* () {
      const { url } = yield* rawServer((_request, outgoing) => {
        outgoing.writeHead(404).end(body)
      })
      const response = yield* HttpClient.get(url)
      yield* response.text
      const failure = yield* ObsResponse.toFailure(response)
      expect(failure).toMatchObject({ _tag: "UnrecognizedResponse", status: 404 })
    }).pipe(Effect.scoped, Effect.provide(client))
  )

  it.live("ends with the fiber that reads it, and the connection with it", () =>
    Effect.gen(function* () {
      let closed: () => void = () => undefined
      const whenClosed = new Promise<void>((resolve) => {
        closed = resolve
      })
      const { url } = yield* rawServer((_request, outgoing) => {
        outgoing.on("close", closed)
        outgoing.writeHead(404)
        outgoing.write("<Error>")
      })
      const response = yield* HttpClient.get(url)
      const fiber = yield* Effect.fork(ObsResponse.toFailure(response))
      yield* Effect.sleep("20 millis")
      yield* Fiber.interrupt(fiber)
      yield* Effect.promise(() => whenClosed)
    }).pipe(Effect.scoped, Effect.timeout("2 seconds"), Effect.provide(client))
  )
})

const withBudget = Effect.provide(ObsRetry.layerBudget())

describe("a retry, on a socket", () => {
  it.live("repeats a download whose connection was lost", () =>
    Effect.gen(function* () {
      let count = 0
      const { url } = yield* rawServer((_, outgoing) => {
        count += 1
        if (count > 1) {
          outgoing.end("meow")
        } else {
          outgoing.writeHead(200, { "content-length": "100" })
          outgoing.write("me", () => outgoing.destroy())
        }
      })
      const obs = (yield* HttpClient.HttpClient).pipe(ObsHttpClient.filterStatusOk)
      const download = obs.get(url).pipe(Effect.flatMap((response) => response.text))
      expect(yield* download.pipe(ObsRetry.retry({ delay: 0 }))).toBe("meow")
    }).pipe(Effect.scoped, withBudget, Effect.provide(FetchHttpClient.layer))
  )

  it.live("sends a POST again over a connection that is refused", () =>
    Effect.gen(function* () {
      const count = yield* Ref.make(0)
      const client = (yield* HttpClient.HttpClient).pipe(
        HttpClient.mapRequestEffect((request) =>
          Effect.as(
            Ref.update(count, (n) => n + 1),
            request
          )
        ),
        ObsHttpClient.filterStatusOk,
        (client) => ObsHttpClient.retry(client, { delay: 0 })
      )
      const { url } = yield* Effect.scoped(rawServer(() => undefined))
      const refused = client.post(`${url}/?Signature=s3cret`, { body: HttpBody.text("meow") })
      const failure = yield* Effect.flip(refused)
      expect(failure._tag).toBe("RequestError")
      expect(ObsRetry.attemptsOf(failure)).toEqual(Option.some(3))
      expect(yield* Ref.get(count)).toBe(3)
    }).pipe(withBudget, Effect.provide(FetchHttpClient.layer))
  )
})
