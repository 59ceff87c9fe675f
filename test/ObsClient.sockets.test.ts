/**
 * Calls over real sockets: what a cut, a stall or a lie does to downloads and uploads.
 */
import { Effect, Exit, FetchHttpClient, Fiber, Option, reasonOf, Redacted, Stream, toldBy } from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsRetry } from "effect-obs"
import { ObsTestServer } from "effect-obs/testing/node"
import type * as Net from "node:net"
import { gzipSync } from "node:zlib"
import { bytes, collected, obsOver } from "./support/calls.js"
import { rawServer } from "./support/rawServer.js"
import { tcpServer } from "./support/tcpServer.js"

const clients = [
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layerNodeHttp],
  ["undici", NodeHttpClient.layerUndici]
] as const

const object = { bucket: "photos", key: "cat.jpg" }

const body = bytes(100_000)

interface Asked {
  readonly range: string | undefined
  readonly ifMatch: string | undefined
}

const header = (head: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.trim()

const write = (
  socket: Net.Socket,
  status: number,
  headers: Record<string, string | number>,
  sent: Uint8Array | string
) => {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${status} X\r\n${lines.join("")}\r\n`)
  socket.write(sent)
}

/** The end of a connection behind what was written to it. */
const cut = (socket: Net.Socket): void => {
  socket.end()
}

type Serve = (socket: Net.Socket, asked: Asked, times: number) => void

/** A server that gives an object however a test wants it to, and a client for it. */
const serving = (serve: Serve, options: Partial<ObsClient.Options> = {}) =>
  Effect.gen(function* () {
    const asked: Array<Asked> = []
    const server = yield* tcpServer((socket, head) => {
      const request = { range: header(head, "range"), ifMatch: header(head, "if-match") }
      asked.push(request)
      serve(socket, request, asked.length)
    })
    const endpoint = new URL(server.url).origin
    return { ...server, asked, options: { endpoint, ...options } }
  })

const etag = '"e"'

/** Answers a range as the service does, but sends only so many bytes of it, and then cuts the connection. */
const cutting =
  (most: number, whole: Uint8Array = body): Serve =>
  (socket, { range }) => {
    const [, from = "0", to = ""] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? []
    const end = to === "" ? whole.length : Number(to) + 1
    const part = whole.subarray(Number(from), end)
    const shown = { etag, "content-length": part.length }
    if (range === undefined) write(socket, 200, shown, part.subarray(0, most))
    else {
      const contentRange = `bytes ${from}-${end - 1}/${whole.length}`
      write(socket, 206, { ...shown, "content-range": contentRange }, part.subarray(0, most))
    }
    if (part.length > most) cut(socket)
  }

type Reader = (got: ObsClient.GotObject) => Effect.Effect<Uint8Array, ObsClient.GetObjectError>

const readers: ReadonlyArray<readonly [string, Reader]> = [
  ["bytes", (got) => got.bytes],
  ["a stream", (got) => collected(got.stream)]
]

describe.each(clients)("with %s", (_, http) => {
  const get = (options: Partial<ObsClient.Options>, read: Reader, request: Partial<ObsClient.GetObjectOptions> = {}) =>
    Effect.flatMap(ObsClient.getObject({ ...object, ...request }), read).pipe(Effect.provide(obsOver(http, options)))

  describe.each(readers)("a download as %s", (_, read) => {
    it.live("arrives whole in spite of ten cuts", () =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving(cutting(10_000))
        expect(Buffer.compare(yield* get(options, read), body)).toBe(0)
        expect(asked).toEqual([
          { range: undefined, ifMatch: undefined },
          ...Array.from({ length: 9 }, (_, i) => ({ range: `bytes=${(i + 1) * 10_000}-`, ifMatch: etag }))
        ])
      }).pipe(Effect.scoped)
    )

    it.live("of a range goes on within it", () =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving(cutting(400))
        const request = { range: { offset: 500, length: 1000 } }
        expect(Buffer.compare(yield* get(options, read, request), body.subarray(500, 1500))).toBe(0)
        expect(asked.map(({ range }) => range)).toEqual(["bytes=500-1499", "bytes=900-1499", "bytes=1300-1499"])
      }).pipe(Effect.scoped)
    )

    it.live("skips what it has where the server knows no ranges", () =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving((socket, _, times) => {
          const sent = times === 1 ? body.subarray(0, 70_000) : body
          write(socket, 200, { etag, "content-length": body.length }, sent)
          if (times === 1) cut(socket)
        })
        expect(Buffer.compare(yield* get(options, read), body)).toBe(0)
        expect(asked).toHaveLength(2)
      }).pipe(Effect.scoped)
    )

    it.live("of a range skips what is in front of it where the server knows no ranges any more", () =>
      Effect.gen(function* () {
        const { options } = yield* serving((socket, asked, times) => {
          if (times === 1) cutting(400)(socket, asked, times)
          else write(socket, 200, { etag, "content-length": body.length }, body)
        })
        const request = { range: { offset: 500, length: 1000 } }
        expect(Buffer.compare(yield* get(options, read, request), body.subarray(500, 1500))).toBe(0)
      }).pipe(Effect.scoped)
    )

    it.live("fails where the object is another one by then", () =>
      Effect.gen(function* () {
        const { options } = yield* serving((socket, asked, times) => {
          if (times === 1) cutting(400)(socket, asked, times)
          else {
            const document = "<Error><Code>PreconditionFailed</Code><RequestId>r</RequestId></Error>"
            write(socket, 412, { "content-length": document.length }, document)
          }
        })
        const failure = yield* Effect.flip(get(options, read))
        expect(failure).toMatchObject({
          _tag: "PreconditionFailed",
          requestId: "r",
          request: { operation: "GetObject", method: "GET", ...object }
        })
      }).pipe(Effect.scoped)
    )

    it.live.each([
      [
        "without an entity tag",
        (socket: Net.Socket) => {
          write(socket, 200, { "content-length": 10 }, "12345")
          cut(socket)
        }
      ],
      [
        "that is compressed",
        (socket: Net.Socket) => {
          const zipped = gzipSync(body)
          const shown = { etag, "content-encoding": "gzip", "content-length": zipped.length }
          write(socket, 200, shown, zipped.subarray(0, zipped.length - 10))
          cut(socket)
        }
      ],
      [
        "in chunks",
        (socket: Net.Socket) => {
          write(socket, 200, { etag, "transfer-encoding": "chunked" }, "5\r\n12345\r\n")
          cut(socket)
        }
      ]
    ] as const)("%s is not asked for again", ([, serve]) =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving(serve)
        const failure = yield* Effect.flip(get(options, read))
        expect(failure).toMatchObject({
          _tag: "UnexpectedObsError",
          request: { operation: "GetObject", method: "GET", ...object },
          failure: { _tag: "UnrecognizedResponse", reason: "ConnectionLost", status: 200 }
        })
        expect(String(failure)).toContain("GetObject GET photos/cat.jpg")
        expect(asked).toHaveLength(1)
      }).pipe(Effect.scoped)
    )

    it.live("that is compressed arrives as what it is, or as what it was", () =>
      Effect.gen(function* () {
        const zipped = gzipSync(body)
        const { options } = yield* serving((socket) => {
          write(socket, 200, { etag, "content-encoding": "gzip", "content-length": zipped.length }, zipped)
        })
        const got = yield* get(options, read)
        // Fetch decompresses, the others do not
        expect([body.length, zipped.length]).toContain(got.length)
      }).pipe(Effect.scoped)
    )

    it.live.each(["bytes 0-99999/100000", "bytes 10001-99999/100000", "bytes */100000", "none"])(
      "fails where the range is %s",
      (contentRange) =>
        Effect.gen(function* () {
          const { asked, options } = yield* serving((socket, request, times) => {
            if (times === 1) cutting(10_000)(socket, request, times)
            else {
              const shown = { etag, "content-range": contentRange, "content-length": 90_000 }
              write(socket, 206, shown, body.subarray(10_000))
            }
          })
          const failure = yield* Effect.flip(get(options, read))
          expect(failure).toMatchObject({ _tag: "UnexpectedObsError", failure: { reason: "ConnectionLost" } })
          expect(asked).toHaveLength(2)
        }).pipe(Effect.scoped)
    )

    it.live("ends after three connections in a row that bring nothing", () =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving((socket, request, times) => {
          cutting(times === 1 ? 10_000 : 0)(socket, request, times)
        })
        const failure = yield* Effect.flip(get(options, read))
        expect(failure).toMatchObject({ _tag: "UnexpectedObsError", failure: { reason: "ConnectionLost" } })
        expect(asked.map(({ range }) => range)).toEqual([undefined, ...Array.from({ length: 3 }, () => "bytes=10000-")])
      }).pipe(Effect.scoped)
    )

    it.live("goes on where the connection says nothing more", () =>
      Effect.gen(function* () {
        const { asked, left, options } = yield* serving(
          (socket, request, times) => {
            if (times === 1) write(socket, 200, { etag, "content-length": body.length }, body.subarray(0, 10))
            else cutting(body.length)(socket, request, times)
          },
          { limits: { idle: 40 } }
        )
        expect(Buffer.compare(yield* get(options, read), body)).toBe(0)
        expect(asked.map(({ range }) => range)).toEqual([undefined, "bytes=10-"])
        yield* left(1)
      }).pipe(Effect.scoped)
    )

    it.live("of nothing arrives, twice", () =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving((socket, { range }) => {
          if (range === undefined) write(socket, 200, { etag, "content-length": 0 }, "")
          else write(socket, 416, { "content-length": 0, "x-obs-error-code": "InvalidRange" }, "")
        })
        const twice = yield* get(options, (got) => Effect.andThen(read(got), read(got)))
        expect(twice).toHaveLength(0)
        expect(asked).toEqual([
          { range: undefined, ifMatch: undefined },
          { range: undefined, ifMatch: etag }
        ])
      }).pipe(Effect.scoped)
    )

    it.live("that is read again is asked for again, of the same object", () =>
      Effect.gen(function* () {
        const { asked, options } = yield* serving(cutting(body.length))
        const request = { range: { offset: 5, length: 10 }, ifNoneMatch: '"other"' }
        const twice = yield* get(
          options,
          (got) => Effect.map(Effect.all([read(got), read(got)]), (both) => Buffer.concat(both)),
          request
        )
        const part = Buffer.from(body.subarray(5, 15))
        expect(Buffer.compare(twice, Buffer.concat([part, part]))).toBe(0)
        expect(asked).toEqual([
          { range: "bytes=5-14", ifMatch: undefined },
          { range: "bytes=5-14", ifMatch: etag }
        ])
      }).pipe(Effect.scoped)
    )
  })

  it.live("an abandoned stream closes its connection", () =>
    Effect.gen(function* () {
      const { left, options } = yield* serving((socket) => {
        write(socket, 200, { etag, "content-length": body.length }, body.subarray(0, 1000))
      })
      const first = yield* get(options, (got) =>
        Effect.map(
          Stream.runHead(got.stream),
          Option.getOrElse(() => new Uint8Array())
        )
      )
      expect(first.length).toBeGreaterThan(0)
      yield* left(0)
    }).pipe(Effect.scoped)
  )

  it.live("an interrupted read closes its connection", () =>
    Effect.gen(function* () {
      const { left, options } = yield* serving((socket) => {
        write(socket, 200, { etag, "content-length": body.length }, body.subarray(0, 1000))
      })
      const program = Effect.gen(function* () {
        const got = yield* ObsClient.getObject(object)
        const started = yield* Effect.forkChild(got.bytes)
        yield* Effect.sleep(20)
        yield* Fiber.interrupt(started)
      })
      yield* Effect.provide(program, obsOver(http, options))
      yield* left(0)
    }).pipe(Effect.scoped)
  )

  it.live("an interrupted call closes its connection", () =>
    Effect.gen(function* () {
      let arrived: () => void = () => undefined
      const whenArrived = new Promise<void>((resolve) => {
        arrived = resolve
      })
      const { left, open, options } = yield* serving(() => {
        arrived()
      })
      const program = Effect.gen(function* () {
        const call = yield* Effect.forkChild(ObsClient.headBucket({ bucket: "photos" }))
        yield* Effect.promise(() => whenArrived)
        expect(open()).toBe(1)
        yield* Fiber.interrupt(call)
        yield* left(0)
      })
      yield* Effect.provide(program, obsOver(http, options))
    }).pipe(Effect.scoped)
  )

  it.live("a call without a response fails, and closes its connection", () =>
    Effect.gen(function* () {
      const { asked, left, options } = yield* serving(() => undefined, {
        limits: { response: 40 },
        retry: { attempts: 2, delay: 0 }
      })
      const error = yield* Effect.flip(
        Effect.provide(ObsClient.headBucket({ bucket: "photos" }), obsOver(http, options))
      )
      expect(reasonOf(error)).toBe("Transport")
      expect(String(error)).toContain("no response within 40 ms")
      expect(ObsRetry.classify(error)).toBe("transient")
      expect(asked).toHaveLength(2)
      yield* left(0)
    }).pipe(Effect.scoped)
  )

  it.live("a copy that begins its response and says nothing more fails, and closes its connection", () =>
    Effect.gen(function* () {
      const { left, options } = yield* serving(
        (socket) => {
          write(socket, 200, { "transfer-encoding": "chunked" }, "1\r\n \r\n")
        },
        { limits: { idle: 40 }, retry: false }
      )
      const copy = ObsClient.copyObject({ ...object, source: object })
      const error = yield* Effect.flip(Effect.provide(copy, obsOver(http, options)))
      expect(error).toMatchObject({ _tag: "UnexpectedObsError", failure: { reason: "TimedOut" } })
      yield* left(0)
    }).pipe(Effect.scoped)
  )

  /** Puts a stream, and tells of each request that came whether it was complete, and how many bytes it had. */
  const putting = <A, E>(
    program: (
      put: (
        stream: Stream.Stream<Uint8Array, E>,
        length: number
      ) => Effect.Effect<ObsClient.StoredObject, ObsClient.PutObjectError | E>
    ) => Effect.Effect<A, ObsClient.PutObjectError | E>
  ) =>
    Effect.gen(function* () {
      const requests: Array<{ readonly isComplete: boolean; readonly length: number }> = []
      const { url } = yield* rawServer((request, response) => {
        let length = 0
        request.on("data", (chunk: Buffer) => (length += chunk.length))
        request.on("error", () => undefined)
        request.on("end", () => response.writeHead(200, { etag }).end())
        request.on("close", () => requests.push({ isComplete: request.complete, length }))
      })
      const put = (stream: Stream.Stream<Uint8Array, E>, length: number) =>
        Effect.provide(ObsClient.putObject({ ...object, body: { stream, length } }), obsOver(http, { endpoint: url }))
      const exit = yield* Effect.exit(program(put))
      return { exit, requests }
      // With the server every request has ended
    }).pipe(Effect.scoped)

  const chunk = (length: number) => new Uint8Array(length)

  it.live.each([
    ["has more bytes in its last chunk", [60_000, 60_000], 100_000],
    ["has a chunk more", [50_000, 50_000, 1], 100_000],
    ["has a byte where it is to be empty", [1], 0],
    ["has less", [50_000], 100_000],
    ["has nothing", [], 100_000]
  ] as const)("a stream that %s fails, and the server never has a whole request", ([, sizes, length]) =>
    Effect.gen(function* () {
      const stream = Stream.fromIterable(sizes.map(chunk))
      const { exit, requests } = yield* putting((put) => put(stream, length))
      expect(Exit.isFailure(exit) && toldBy(exit.cause)).toMatchObject([
        { _tag: "InvalidInput", option: "body", operation: "PutObject" }
      ])
      expect(requests.filter(({ isComplete }) => isComplete)).toEqual([])
    })
  )

  it.live("a stream of the length that it is said to have is stored, with empty chunks anywhere", () =>
    Effect.gen(function* () {
      const sizes = [0, 40_000, 0, 60_000, 0]
      const { exit, requests } = yield* putting((put) =>
        Effect.all([put(Stream.fromIterable(sizes.map(chunk)), 100_000), put(Stream.empty, 0)])
      )
      expect(exit).toEqual(Exit.succeed([{ etag }, { etag }]))
      expect(requests.map(({ length }) => length)).toEqual([100_000, 0])
    })
  )

  it.live("a stream that fails is what the call fails with, once, and nothing is stored", () =>
    Effect.gen(function* () {
      let times = 0
      const stream = Stream.concat(
        Stream.make(chunk(50_000)),
        Stream.suspend(() => {
          times += 1
          return Stream.fail(new RangeError("mine"))
        })
      )
      const { exit, requests } = yield* putting<ObsClient.StoredObject, RangeError>((put) => put(stream, 100_000))
      expect(Exit.isFailure(exit) && toldBy(exit.cause)).toEqual([new RangeError("mine")])
      expect(times).toBe(1)
      expect(requests.filter(({ isComplete }) => isComplete)).toEqual([])
    })
  )

  it.live("an upload whose stream says nothing more fails, and closes its connection", () =>
    Effect.gen(function* () {
      let end: () => void = () => undefined
      const whenEnded = new Promise<void>((resolve) => {
        end = resolve
      })
      const { left, options } = yield* serving(() => undefined, { limits: { response: 40 } })
      const stream = Stream.concat(Stream.make(chunk(10)), Stream.never).pipe(Stream.ensuring(Effect.sync(end)))
      const put = ObsClient.putObject({ ...object, body: { stream, length: 20 } })
      const error = yield* Effect.flip(Effect.provide(put, obsOver(http, options)))
      expect(reasonOf(error)).toBe("Transport")
      yield* left(0)
      yield* Effect.promise(() => whenEnded)
    }).pipe(Effect.scoped)
  )

  it.live("a text is sent again where the connection is lost", () =>
    Effect.gen(function* () {
      let times = 0
      const { url } = yield* rawServer((request, response) => {
        times += 1
        if (times === 1) request.socket.destroy()
        else request.resume().on("end", () => response.writeHead(200, { etag }).end())
      })
      const put = ObsClient.putObject({ ...object, body: "meow" })
      expect(yield* Effect.provide(put, obsOver(http, { endpoint: url }))).toEqual({ etag })
      expect(times).toBe(2)
    }).pipe(Effect.scoped)
  )

  it.live("keys, metadata and properties come back as they were given", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const program = Effect.gen(function* () {
        yield* ObsClient.createBucket({ bucket: "photos" })
        for (const key of [" a ", "//x", "100%.txt", "%2F", "a+b?c#d", "猫/😀", "a\\b"]) {
          const metadata = { author: " Zoë 100% 😀 " }
          yield* ObsClient.putObject({ bucket: "photos", key, body: key, metadata, contentType: "text/x" })
          const got = yield* ObsClient.getObject({ bucket: "photos", key })
          expect([yield* got.text, got.metadata, got.contentType]).toEqual([key, metadata, "text/x"])
          const { objects } = yield* ObsClient.listObjects({ bucket: "photos" })
          expect(objects.map(({ key }) => key)).toEqual([key])
          const failure = yield* Effect.flip(ObsClient.getObject({ bucket: "photos", key: `${key}!` }))
          expect(failure).toMatchObject({ _tag: "NoSuchKey", request: { bucket: "photos", key: `${key}!` } })
          yield* ObsClient.deleteObject({ bucket: "photos", key })
        }
      })
      yield* Effect.provide(program, obsOver(http, { endpoint: url }))
    }).pipe(Effect.provide(ObsTestServer.layerService))
  )

  it.live("an address and a form that are given away are taken by the service", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const program = Effect.gen(function* () {
        yield* ObsClient.createBucket({ bucket: "photos" })
        const put = yield* ObsClient.presign({ ...object, method: "PUT", expires: "1 minute" })
        expect((yield* Effect.promise(() => fetch(Redacted.value(put), { method: "PUT", body: "meow" }))).status).toBe(
          200
        )
        const get = yield* ObsClient.presign({ ...object, expires: "1 minute" })
        expect(yield* Effect.promise(async () => (await fetch(Redacted.value(get))).text())).toBe("meow")
      })
      yield* Effect.provide(program, obsOver(http, { endpoint: url }))
    }).pipe(Effect.provide(ObsTestServer.layerService))
  )
})

describe("a connection that cannot be opened", () => {
  it.live.each(clients)("is named in the first line, over %s", ([, layer]) =>
    Effect.gen(function* () {
      // Nobody listens there any more
      const { url } = yield* Effect.scoped(tcpServer(() => undefined))
      const obs = obsOver(layer, { endpoint: new URL(url).origin, retry: false })
      const error = yield* Effect.flip(Effect.provide(ObsClient.headObject(object), obs))
      expect(error.message).toContain("ECONNREFUSED")
    })
  )
})
