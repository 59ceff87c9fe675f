/**
 * Bodies without end, over real sockets: each ends within its bounds and closes the connection.
 */
import {
  Effect,
  Equal,
  Exit,
  FetchHttpClient,
  Fiber,
  HttpBody,
  HttpClient,
  HttpClientRequest,
  type HttpClientResponse,
  isOneFailure,
  Option,
  reasonOf,
  Ref,
  Stream
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsHttpClient, ObsOperation, ObsResponse, ObsRetry } from "effect-obs"
import type * as Http from "node:http"
import type * as Net from "node:net"
import { rawServer } from "./support/rawServer.js"
import { tcpServer } from "./support/tcpServer.js"

describe.each([
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layerNodeHttp],
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
  ["Node's http", NodeHttpClient.layerNodeHttp],
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
      const fiber = yield* Effect.forkChild(ObsResponse.toFailure(response))
      yield* Effect.sleep("20 millis")
      yield* Fiber.interrupt(fiber)
      yield* Effect.promise(() => whenClosed)
    }).pipe(Effect.scoped, Effect.timeout("2 seconds"), Effect.provide(client))
  )
})

/** Clients that open two connections at most, but for fetch, which knows no limit. */
const limited = [
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layerNodeHttpOptions({ keepAlive: true, maxSockets: 2, maxTotalSockets: 2 })],
  ["undici", NodeHttpClient.layerUndiciOptions({ connections: 2 })]
] as const

const error = "<Error><Code>NoSuchKey</Code></Error>"

const sized = (status: number, body: string, length = body.length) =>
  `HTTP/1.1 ${status} x\r\nContent-Length: ${length}\r\n\r\n${body}`

const blob = "b".repeat(100_000)

const head = HttpClientRequest.head("")
const get = HttpClientRequest.get("")
const copy = HttpClientRequest.put("", { headers: { "x-obs-copy-source": "/photos/dog.jpg" } })
const complete = HttpClientRequest.post("", { urlParams: { uploadId: "1" } })
const upload = HttpClientRequest.put("", { headers: { "x-obs-callback": "e30=" } })
const deletion = HttpClientRequest.post("?delete")

type Decode = (response: HttpClientResponse.HttpClientResponse) => Effect.Effect<unknown, unknown>

const filter: Decode = (response) => ObsResponse.filterStatusOk(response, { timeout: "50 millis" })
const read: Decode = (response) => Effect.flip(ObsResponse.toFailure(response, { timeout: "50 millis" }))
const deleted: Decode = (response) => ObsResponse.deleteResult(response, { timeout: "50 millis" })
const expected: Decode = ObsResponse.expect(ObsOperation.CopyObject, { timeout: "50 millis" })

/** Answers after which a connection is as good as before. */
const wholesome = [
  ["HEAD 404", head, sized(404, ""), filter],
  ["HEAD 405 that tells a length", head, "HTTP/1.1 405 x\r\nContent-Length: 380\r\n\r\n", filter],
  ["HEAD 404 that tells of chunks", head, "HTTP/1.1 404 x\r\nTransfer-Encoding: chunked\r\n\r\n", filter],
  ["HEAD 500", head, sized(500, ""), read],
  ["304", get, "HTTP/1.1 304 x\r\n\r\n", filter],
  ["304, to expect", get, "HTTP/1.1 304 x\r\n\r\n", expected],
  ["304 to a delete", deletion, "HTTP/1.1 304 x\r\n\r\n", deleted],
  ["301", get, sized(301, ""), filter],
  ["404", get, sized(404, error), filter],
  ["404 after a 103", get, `HTTP/1.1 103 x\r\n\r\n${sized(404, error)}`, filter],
  ["503 without a body", get, sized(503, ""), filter],
  ["600", get, sized(600, error), filter],
  ["999", get, sized(999, ""), filter],
  ["203 of a callback", upload, sized(203, error), filter],
  ["204 to a copy", copy, "HTTP/1.1 204 x\r\n\r\n", filter],
  ["204, read for a failure", get, "HTTP/1.1 204 x\r\n\r\n", read],
  ["204 to a delete", deletion, "HTTP/1.1 204 x\r\n\r\n", deleted],
  ["205 without a body to a copy", copy, sized(205, ""), filter],
  ["an error with status 200 to a copy", copy, sized(200, error), filter],
  ["an error with status 200, to expect", get, sized(200, error), expected],
  ["an error with status 200 to a completion", complete, sized(200, error), filter],
  ["an error with status 200 to a delete", deletion, sized(200, error), deleted]
] as const

/** Answers whose connection is not to be used again. */
const spoilt = [
  ["a HEAD with a body", head, sized(404, error), filter],
  ["a HEAD with a body that never ends", head, sized(404, "<Err", 100), filter],
  ["a 304 with a body", get, sized(304, error), filter],
  ["a 304 with a body that never ends", get, sized(304, "<Err", 100), filter],
  ["a 101", get, "HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", filter],
  ["an error that is too large", get, sized(400, blob), filter],
  ["an error that is too slow", get, sized(400, "<Err", 100), filter],
  ["an error that is too slow, to expect", get, sized(400, "<Err", 100), expected],
  ["a redirect that is too slow", get, sized(307, "<Err", 100), filter],
  ["a 203 of a callback that is too slow", upload, sized(203, "<Err", 100), filter],
  ["a 203 of a callback that is too large", upload, sized(203, blob), filter],
  ["a success that is read for a failure and too slow", get, sized(200, "<Err", 100), read],
  ["a 205 that is read for a failure and too slow", get, sized(205, "<Err", 100), read],
  ["a delete that failed and is too slow", deletion, sized(500, "<Err", 100), deleted],
  ["chunks that are none", get, "HTTP/1.1 404 x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", filter],
  ["a result of a copy over 1 MiB", copy, sized(200, blob.repeat(12)), filter],
  ["a result of a completion over 1 MiB", complete, sized(201, blob.repeat(12)), filter],
  ["a result of a delete over 16 MiB", deletion, sized(200, blob.repeat(180)), deleted]
] as const

/** Answers to what was begun, in parts that never come to an end. */
const halves: ReadonlyArray<readonly [string, HttpClientRequest.HttpClientRequest, string, Decode]> = [
  ["an error", get, sized(404, "<Err", 100), ObsResponse.filterStatusOk],
  ["a copy", copy, sized(200, "  <Copy", 100), ObsResponse.filterStatusOk],
  ["a completion", complete, sized(200, "  <Comp", 100), ObsResponse.filterStatusOk],
  ["a 203 of a callback", upload, sized(203, "<Err", 100), ObsResponse.filterStatusOk],
  ["the result of a delete", deletion, sized(200, "<Del", 100), ObsResponse.deleteResult],
  ["what is expected", get, sized(200, "<Copy", 100), ObsResponse.expect(ObsOperation.CopyObject)]
]

const at = (request: HttpClientRequest.HttpClientRequest, url: string) =>
  HttpClientRequest.setUrl(request, `${url}${request.url}`)

/** Fails with a typed failure, in whatever words. */
const fails = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.map(Effect.exit(effect), (exit) => {
    expect(Exit.isFailure(exit) && isOneFailure(exit.cause)).toBe(true)
  })

describe.each(limited)("the connection of %s", (name, client) => {
  it.live.each(wholesome)("is free after %s", ([, request, answer, decode]) =>
    Effect.gen(function* () {
      const server = yield* tcpServer((socket) => socket.write(answer))
      yield* Effect.gen(function* () {
        const plain = yield* HttpClient.HttpClient
        for (let i = 0; i < 5; i++) yield* fails(Effect.flatMap(plain.execute(at(request, server.url)), decode))
        // Undici, and fetch with it, closes what a HEAD was sent over
        if (request.method !== "HEAD" || name === "Node's http") expect(server.used()).toBeLessThanOrEqual(2)
      }).pipe(Effect.provide(client))
      if (name !== "fetch") yield* server.left(0)
    }).pipe(Effect.scoped, Effect.timeout("10 seconds"))
  )

  it.live.each(spoilt)("is closed after %s", ([, request, answer, decode]) =>
    Effect.gen(function* () {
      const server = yield* tcpServer((socket) => socket.write(answer))
      const plain = yield* HttpClient.HttpClient
      for (let i = 0; i < 3; i++) yield* fails(Effect.flatMap(plain.execute(at(request, server.url)), decode))
      yield* server.left(0)
    }).pipe(Effect.scoped, Effect.provide(client), Effect.timeout("10 seconds"))
  )

  it.live.each(halves)("is closed when %s is interrupted", ([, request, answer, decode]) =>
    Effect.gen(function* () {
      const server = yield* tcpServer((socket) => socket.write(answer))
      const plain = yield* HttpClient.HttpClient
      for (const change of [(response: HttpClientResponse.HttpClientResponse) => response, wrapped]) {
        const response = change(yield* plain.execute(at(request, server.url)))
        const fiber = yield* Effect.forkChild(decode(response))
        // It has begun, and perhaps nothing that it began has
        yield* Effect.yieldNow
        yield* Fiber.interrupt(fiber)
        yield* server.left(0)
      }
    }).pipe(Effect.scoped, Effect.provide(client), Effect.timeout("10 seconds"))
  )

  it.live.each([
    ["a copy", copy, sized(200, "<CopyObjectResult>", 100), filter],
    ["a copy without a length", copy, "HTTP/1.1 200 x\r\nConnection: close\r\n\r\n<CopyObjectResult><ETag>", filter],
    ["a completion", complete, sized(200, "<?xml version='1.0'?>  ", 100), filter],
    ["a completion without a length", complete, "HTTP/1.1 200 x\r\n\r\n<?xml version='1.0'?>  ", filter],
    ["the result of a delete", deletion, sized(200, "<DeleteResult><Deleted>", 100), deleted],
    ["the result of a delete without a length", deletion, "HTTP/1.1 200 x\r\n\r\n<DeleteResult>", deleted],
    ["what is expected", get, sized(200, "<CopyObjectResult>", 100), expected]
  ] as const)("that is cut in %s is worth another try", ([, request, answer, decode]) =>
    Effect.gen(function* () {
      const server = yield* tcpServer((socket) => socket.end(answer))
      const plain = yield* HttpClient.HttpClient
      const failure = yield* Effect.flip(Effect.flatMap(plain.execute(at(request, server.url)), decode))
      expect(failure).toMatchObject({ status: 200, retry: "transient" })
      yield* server.left(0)
    }).pipe(Effect.scoped, Effect.provide(client), Effect.timeout("10 seconds"))
  )

  it.live("that is lost before the body is read is lost, and nothing waits for it", () =>
    Effect.gen(function* () {
      const sockets: Array<Net.Socket> = []
      const server = yield* tcpServer((socket) => {
        sockets.push(socket)
        socket.write(sized(200, "<DeleteResult>", 100))
      })
      const plain = yield* HttpClient.HttpClient
      const response = yield* plain.execute(at(deletion, server.url))
      for (const socket of sockets) socket.destroy()
      yield* server.left(0)
      yield* Effect.sleep("20 millis")
      expect(yield* Effect.flip(ObsResponse.deleteResult(response))).toMatchObject({
        reason: "ConnectionLost",
        retry: "transient"
      })
    }).pipe(Effect.scoped, Effect.provide(client), Effect.timeout("10 seconds"))
  )

  it.live("is left to whoever reads the body already", () =>
    Effect.gen(function* () {
      const server = yield* tcpServer((socket) => socket.write(sized(200, "<CopyObjectResult/>")))
      const plain = yield* HttpClient.HttpClient
      const response = yield* plain.execute(at(copy, server.url))
      expect(yield* response.text).toBe("<CopyObjectResult/>")
      expect(yield* Effect.flip(ObsResponse.filterStatusOk(response))).toMatchObject({ reason: "Unreadable" })
      expect(yield* response.text).toBe("<CopyObjectResult/>")
      expect(server.open()).toBe(1)
    }).pipe(Effect.scoped, Effect.provide(client), Effect.timeout("10 seconds"))
  )

  it.live("brings any status, with and without a body, to a typed answer", () =>
    Effect.gen(function* () {
      const server = yield* tcpServer((socket, head) => {
        const [, status = 0, body] = /\/o\/(\d+)(\/body)?/.exec(head) ?? []
        const isBodiless = status === "204" || status === "304"
        const head_ = `HTTP/1.1 ${status} x\r\nX-Odd: \u00ff\r\nContent-Type: a/b; c=\u00e9\r\n`
        const text = body === undefined ? "" : "<CopyObjectResult/>"
        socket.write(`${head_}${isBodiless ? "" : `Content-Length: ${text.length}\r\n`}\r\n${text}`, "latin1")
        if (isBodiless && text !== "") socket.end()
      })
      const plain = yield* HttpClient.HttpClient
      const bringsTyped = (request: HttpClientRequest.HttpClientRequest, decode: Decode, path: string) =>
        plain.execute(HttpClientRequest.setUrl(request, `${server.url}/${path}`)).pipe(
          // Fetch fails on a 407 itself
          Effect.flatMap(decode),
          Effect.exit,
          Effect.map((exit) => {
            expect([path, Exit.isSuccess(exit) || isOneFailure(exit.cause)]).toEqual([path, true])
          })
        )
      // Those below 200 are no answers to a request, but for 101, which is tried elsewhere
      for (let status = 200; status < 1000; status++) {
        yield* bringsTyped(copy, filter, `${status}/body`)
        if (status >= 310) continue
        yield* bringsTyped(copy, filter, `${status}`)
        yield* bringsTyped(deletion, deleted, `${status}/body`)
        yield* bringsTyped(get, expected, `${status}/body`)
      }
    }).pipe(Effect.scoped, Effect.provide(client), Effect.timeout("50 seconds"))
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
        ObsHttpClient.retry({ delay: 0 })
      )
      const { url } = yield* Effect.scoped(rawServer(() => undefined))
      const refused = client.post(`${url}/?Signature=s3cret`, { body: HttpBody.text("meow") })
      const failure = yield* Effect.flip(refused)
      expect(reasonOf(failure)).toBe("Transport")
      expect(ObsRetry.attemptsOf(failure)).toEqual(Option.some(3))
      expect(yield* Ref.get(count)).toBe(3)
    }).pipe(withBudget, Effect.provide(FetchHttpClient.layer))
  )

  it.live.each([
    ["fetch", FetchHttpClient.layer],
    ["Node's http", NodeHttpClient.layerNodeHttp],
    ["undici", NodeHttpClient.layerUndici]
  ] as const)("by %s does not take the error of a body for one of its connection", ([, client]) =>
    Effect.gen(function* () {
      let count = 0
      const { url } = yield* rawServer((incoming, outgoing) => {
        count += 1
        incoming.on("error", () => undefined)
        incoming.resume()
        incoming.on("end", () => outgoing.end())
      })
      const obs = (yield* HttpClient.HttpClient).pipe(ObsHttpClient.filterStatusOk, (client) =>
        ObsHttpClient.retry(client, { delay: 0, replayable: true })
      )
      const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED", syscall: "connect" })
      let opened = 0
      const body = Stream.concat(
        Stream.fromEffect(
          Effect.sync(() => {
            opened += 1
            return new Uint8Array(3)
          })
        ),
        Stream.fail(refused)
      )
      yield* Effect.exit(obs.post(`${url}/?append`, { body: HttpBody.stream(body) }))
      expect([opened, count <= 1]).toEqual([1, true])
    }).pipe(Effect.scoped, Effect.timeout("5 seconds"), withBudget, Effect.provide(client))
  )
})
