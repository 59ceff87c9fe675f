import {
  Deferred,
  Effect,
  FetchHttpClient,
  HttpBody,
  HttpClient,
  HttpClientRequest,
  Layer,
  Redacted,
  Stream
} from "#test/effect"
import { NodeHttpClient, serveApp, serveMounted, webHandler } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsCredentials, ObsError, ObsHttpClient, ObsSigner } from "effect-obs"
import { ObsTestApp, ObsTestService } from "effect-obs/testing"
import * as Net from "node:net"
import { oddKeys, roundTrip } from "../support/keys.js"

/** Sends a request as it stands, and reads until the server closes the connection. */
const exchange = (url: string, text: string) =>
  Effect.callback<string>((resume) => {
    const socket = Net.connect(Number(new URL(url).port), "127.0.0.1")
    let received = ""
    socket.setEncoding("latin1")
    socket.on("error", () => undefined)
    socket.on("data", (chunk: string) => (received += chunk))
    socket.on("close", () => {
      resume(Effect.succeed(received))
    })
    socket.write(text, "latin1")
  })

const send = (url: string, start: string, lines: ReadonlyArray<string> = []) =>
  exchange(url, [`${start} HTTP/1.1`, "host: x", "connection: close", ...lines, "", ""].join("\r\n"))

const mebibyte = new Uint8Array(2 ** 20).map((_, i) => i)

/** What a handler is told of a request. */
const telling: ObsTestService.Handler = ({ headers, method, target, url }) =>
  Effect.succeed({
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      method,
      target,
      path: url.pathname + url.search,
      host: url.host,
      meta: headers["x-obs-meta-a"]
    })
  })

const toldBy = (received: string): unknown => JSON.parse(received.slice(received.indexOf("\r\n\r\n") + 4))

describe("an ObsTestApp on a server of Node", () => {
  const service = Effect.flatMap(ObsTestService.make, (handler) => serveApp(ObsTestApp.make(handler)))

  it.live.each(oddKeys)("keeps the key %s", ([, key]) =>
    Effect.gen(function* () {
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      yield* roundTrip(obs, yield* service, key)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live("takes and gives streams, and cuts one that fails", () =>
    Effect.gen(function* () {
      const url = yield* service
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      yield* obs.put(`${url}/photos`)
      const body = HttpBody.stream(Stream.take(Stream.forever(Stream.succeed(mebibyte)), 20))
      yield* obs.put(`${url}/photos/large`, { body })
      const got = yield* obs.get(`${url}/photos/large`)
      expect([got.headers["content-length"], (yield* got.arrayBuffer).byteLength]).toEqual(["20971520", 20 * 2 ** 20])
      const head = yield* obs.head(`${url}/photos/large`)
      expect(head.headers["content-length"]).toBe("20971520")

      const given = (body: Stream.Stream<Uint8Array, unknown>) =>
        Effect.flatMap(serveApp(ObsTestApp.make(() => Effect.succeed({ status: 200, headers: {}, body }))), (url) =>
          Effect.flatMap(HttpClient.get(url), ({ arrayBuffer }) => arrayBuffer)
        )
      const some = Stream.make(mebibyte, mebibyte)
      expect((yield* given(some)).byteLength).toBe(2 * 2 ** 20)
      yield* Effect.flip(given(Stream.concat(Stream.make(mebibyte), Stream.fail("oops"))))
    }).pipe(Effect.scoped, Effect.provide(NodeHttpClient.layerUndici))
  )

  it.live("gives bytes as they arrive", () =>
    Effect.gen(function* () {
      const first = yield* Deferred.make<void>()
      const handler: ObsTestService.Handler = ({ body }) =>
        body instanceof Uint8Array
          ? Effect.succeed({ status: 500, headers: {}, body: "" })
          : Stream.runForEach(body, () => Deferred.succeed(first, undefined)).pipe(
              Effect.as({ status: 200, headers: {}, body: "all" })
            )
      const url = yield* serveApp(ObsTestApp.make(handler))
      // The second piece is sent when the first one has been taken
      const pieces = Stream.concat(Stream.make(mebibyte), Stream.drain(Stream.fromEffect(Deferred.await(first))))
      const sent = yield* HttpClient.put(url, { body: HttpBody.stream(Stream.concat(pieces, Stream.make(mebibyte))) })
      expect(yield* sent.text).toBe("all")
    }).pipe(Effect.scoped, Effect.provide(NodeHttpClient.layerUndici))
  )

  it.live("is told target and headers as they were sent", () =>
    Effect.gen(function* () {
      const url = yield* serveApp(ObsTestApp.make(telling))
      const meta = ["x-obs-meta-a: 1", "x-obs-meta-a: 2"]
      expect(toldBy(yield* send(url, "GET /photos/../a%2fb?acl#x", meta))).toEqual({
        method: "GET",
        target: "/photos/../a%2fb?acl#x",
        path: "/photos%2F..%2Fa%2fb?acl%23x",
        host: "x",
        meta: "1,2"
      })
      expect(toldBy(yield* send(url, "GET http://photos.obs.example.com/cat"))).toMatchObject({ path: "/cat" })
      expect(yield* send(url, "GET http://[/photos")).toMatch(/^HTTP\/1.1 400 [^]*<Code>InvalidURI</)
    }).pipe(Effect.scoped)
  )

  it.live("checks signatures below a path of a router", () =>
    Effect.gen(function* () {
      const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("not-a-real-secret") }
      const handler = yield* ObsTestService.makeWith({ credentials: [keys] })
      const url = yield* serveMounted(ObsTestApp.make(handler), "/obs")
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const request = HttpClientRequest.put(`${url}/obs/photos`)
      const { request: signed } = yield* ObsSigner.sign(request, keys)
      const other = { ...keys, secretAccessKey: Redacted.make("another") }
      const { request: wrong } = yield* ObsSigner.sign(request, other)
      expect(yield* Effect.flip(obs.execute(wrong))).toBeInstanceOf(ObsError.SignatureDoesNotMatch)
      expect((yield* obs.execute(signed)).status).toBe(200)
      expect((yield* HttpClient.get(`${url}/photos`)).status).not.toBe(403)
      const told = yield* serveMounted(ObsTestApp.make(telling), "/obs")
      const key = "k".repeat(1000)
      const told_ = yield* Effect.flatMap(HttpClient.get(`${told}/obs/photos/${key}?acl`), ({ json }) => json)
      expect(told_).toMatchObject({ path: `/photos/${key}?acl`, target: `/obs/photos/${key}?acl` })
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live("answers signed calls", () =>
    Effect.gen(function* () {
      const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("not-a-real-secret") }
      const endpoint = yield* serveApp(ObsTestApp.make(yield* ObsTestService.makeWith({ credentials: [keys] })))
      const layer = ObsClient.layer({ endpoint }).pipe(
        Layer.provide([ObsCredentials.layer(keys), FetchHttpClient.layer])
      )
      const got = yield* Effect.gen(function* () {
        yield* ObsClient.createBucket({ bucket: "photos" })
        yield* ObsClient.putObject({ bucket: "photos", key: "a b/ä.txt", body: "meow" })
        return yield* Effect.flatMap(ObsClient.getObject({ bucket: "photos", key: "a b/ä.txt" }), ({ text }) => text)
      }).pipe(Effect.provide(layer))
      expect(got).toBe("meow")
    }).pipe(Effect.scoped)
  )

  it.live.each([
    ["dies", () => Effect.die("oops")],
    [
      "throws",
      (): never => {
        throw new Error("oops")
      }
    ]
  ] as const)("answers for a handler that %s", ([, handler]) =>
    Effect.gen(function* () {
      const url = yield* serveApp(ObsTestApp.make(handler))
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      expect(yield* Effect.flip(obs.get(url))).toBeInstanceOf(ObsError.InternalError)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live("interrupts the handler of a client that disconnects", () =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const ended = yield* Deferred.make<void>()
      const handler: ObsTestService.Handler = () =>
        Effect.andThen(
          Deferred.succeed(begun, undefined),
          Effect.onInterrupt(Effect.never, () => Deferred.succeed(ended, undefined))
        )
      const url = yield* serveApp(ObsTestApp.make(handler))
      const socket = Net.connect(Number(new URL(url).port), "127.0.0.1")
      socket.on("error", () => undefined)
      socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
      yield* Deferred.await(begun)
      socket.destroy()
      yield* Deferred.await(ended)
    }).pipe(Effect.scoped)
  )
})

describe("an ObsTestApp as a handler of the web", () => {
  it.live("keeps objects, and gives them as streams", () =>
    Effect.gen(function* () {
      const answer = webHandler(ObsTestApp.make(yield* ObsTestService.make))
      const call = (method: string, path: string, body?: string | Uint8Array<ArrayBuffer>) =>
        Effect.promise(() => answer(new Request(`http://localhost${path}`, { method, ...(body && { body }) })))
      expect((yield* call("PUT", "/photos")).status).toBe(200)
      expect((yield* call("PUT", "/photos/cat", mebibyte)).status).toBe(200)
      const got = yield* call("GET", "/photos/cat")
      expect([got.status, got.headers.get("content-length")]).toEqual([200, "1048576"])
      expect(new Uint8Array(yield* Effect.promise(() => got.arrayBuffer()))).toEqual(mebibyte)
      const head = yield* call("HEAD", "/photos/cat")
      expect([head.status, head.headers.get("content-length")]).toEqual([200, "1048576"])
      expect((yield* call("DELETE", "/photos/cat")).status).toBe(204)
      const missing = yield* call("GET", "/photos/cat")
      expect([missing.status, yield* Effect.promise(() => missing.text())]).toEqual([
        404,
        expect.stringContaining("<Code>NoSuchKey</Code>")
      ])
    })
  )

  it.live("finds the bucket in the host", () =>
    Effect.gen(function* () {
      const answer = webHandler(ObsTestApp.make(telling))
      const response = yield* Effect.promise(() => answer(new Request("http://photos.obs.example.com:9000/cat?acl")))
      expect(yield* Effect.promise(() => response.json())).toEqual({
        method: "GET",
        target: "/cat?acl",
        path: "/cat?acl",
        host: "photos.obs.example.com:9000"
      })
    })
  )
})
