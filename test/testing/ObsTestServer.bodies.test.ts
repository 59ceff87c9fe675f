import { Deferred, Effect, Stream } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import * as Http from "node:http"
import * as Net from "node:net"
import { vi } from "vitest"

/** A connection on which a test says what it wants, and waits for what comes. */
const connection = (url: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const socket = Net.connect(Number(new URL(url).port), "127.0.0.1")
      const state: { text: string; end?: string } = { text: "" }
      const changed = new Set<() => void>()
      const tell = () => {
        for (const look of changed) look()
      }
      socket.setEncoding("latin1")
      socket.on("data", (text: string) => {
        state.text += text
        tell()
      })
      socket.on("error", (error) => {
        state.end ??= error.message
        tell()
      })
      socket.on("close", () => {
        state.end ??= "closed"
        tell()
      })
      const when = <A>(look: () => A | undefined) =>
        Effect.callback<A>((resume) => {
          const check = () => {
            const found = look()
            if (found === undefined) return
            changed.delete(check)
            resume(Effect.succeed(found))
          }
          changed.add(check)
          check()
        })
      return {
        socket,
        say: (text: string | Uint8Array) =>
          Effect.sync(() => {
            socket.write(text, "latin1")
          }),
        /** Waits for what the server says, and gives all that it has said since; how the connection ended otherwise. */
        hears: (pattern: RegExp) =>
          when(() => {
            const found = pattern.exec(state.text)
            if (found === null) return state.end
            const said = state.text.slice(0, found.index + found[0].length)
            state.text = state.text.slice(said.length)
            return said
          }),
        /** How it ends, after all that was said until then. */
        ends: when(() => (state.end === undefined ? undefined : `${state.text}${state.end}`))
      }
    }),
    ({ socket }) => Effect.sync(() => socket.destroy())
  )

const head = (line: string, ...headers: ReadonlyArray<string>) =>
  [`${line} HTTP/1.1`, "host: 127.0.0.1", ...headers, "", ""].join("\r\n")

/** A server of a service with the bucket `photos`. */
const serving = (options: ObsTestService.Options) =>
  Effect.gen(function* () {
    const handler = yield* ObsTestService.makeWith(options)
    const { url } = yield* ObsTestServer.make(handler)
    const { hears, say } = yield* connection(url)
    yield* say(head("PUT /photos", "content-length: 0"))
    expect(yield* hears(/^HTTP\/1\.1 200 /)).toContain("200")
    return url
  })

describe("the body of a request to an ObsTestServer", () => {
  const unfinished = [
    ["a small one", "content-length: 9", "meow"],
    ["a large one", "content-length: 1048576", "meow".repeat(50_000)],
    ["one of an unknown length", "transfer-encoding: chunked", "4\r\nmeow\r\n"]
  ] as const

  it.live.each(unfinished)("is waited for no longer than bodyTimeout: %s", ([, framing, text]) =>
    Effect.gen(function* () {
      const url = yield* serving({ limits: { bodyTimeout: 50 } })
      const { hears, say } = yield* connection(url)
      yield* say(head("PUT /photos/cat", framing) + text)
      expect(yield* hears(/<\/Error>/)).toMatch(/^HTTP\/1\.1 408 [^]*<Code>RequestTimeout</)
    }).pipe(Effect.scoped)
  )

  it.live("is of a request that is under way before it has arrived", () =>
    Effect.gen(function* () {
      const url = yield* serving({ limits: { concurrentRequests: 1 } })
      const first = yield* connection(url)
      yield* first.say(head("PUT /photos/cat", "content-length: 4", "expect: 100-continue"))
      expect(yield* first.hears(/\r\n\r\n/)).toBe("HTTP/1.1 100 Continue\r\n\r\n")
      const second = yield* connection(url)
      yield* second.say(head("GET /photos"))
      expect(yield* second.hears(/<\/Error>/)).toMatch(/^HTTP\/1\.1 503 /)
      yield* first.say("meow")
      expect(yield* first.hears(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 /)
      yield* second.say(head("GET /photos/cat"))
      expect(yield* second.hears(/meow$/)).toMatch(/^HTTP\/1\.1 200 /)
    }).pipe(Effect.scoped)
  )

  it.live("arrives in pieces, whatever their size, and leaves the connection to the next request", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make((request) =>
        Effect.map(ObsTestService.bytes(request), (bytes) => ({
          status: 200,
          headers: {},
          body: `<${String(new Set(bytes).size)} ${String(bytes.length)}>`
        }))
      )
      const { hears, say } = yield* connection(url)
      for (const length of [1, 4, 65_536, 65_537, 3_000_000]) {
        const body = new Uint8Array(length).fill(0x61)
        yield* say(head("PUT /cat", `content-length: ${String(length)}`))
        yield* say(body)
        expect(yield* hears(/<.*>/)).toContain(`<1 ${String(length)}>`)
        // In one piece with the head
        yield* say(head("PUT /cat", `content-length: ${String(length)}`) + "a".repeat(length))
        expect(yield* hears(/<.*>/)).toContain(`<1 ${String(length)}>`)
      }
      yield* say(head("PUT /cat", "transfer-encoding: chunked"))
      for (let i = 0; i < 5; i++) {
        yield* say("4\r\nmeow\r\n")
        yield* Effect.yieldNow
      }
      yield* say("0\r\n\r\n")
      expect(yield* hears(/<.*>/)).toContain("<4 20>")
    }).pipe(Effect.scoped)
  )

  const refused = [
    ["a document that is too long", head("PUT /photos?cors", "content-length: 25165824"), 24, "EntityTooLarge"],
    [
      "what are no chunks of AWS",
      head(
        "PUT /photos/cat",
        "content-length: 1048576",
        "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
        "x-amz-decoded-content-length: 1048000"
      ),
      1,
      "InvalidRequest|IncompleteBody|InvalidArgument|MalformedTrailer"
    ]
  ] as const

  it.live.each(refused)("can be refused in the middle: %s", ([, head_, megabytes, code]) =>
    Effect.gen(function* () {
      const url = yield* serving({})
      const body = new Uint8Array(megabytes * 1024 * 1024).fill(0x61)
      for (let i = 0; i < 5; i++) {
        const { hears, say } = yield* connection(url)
        yield* say(head_)
        yield* say(body)
        expect(yield* hears(/<\/Error>/)).toMatch(new RegExp(`^HTTP/1\\.1 4[^]*<Code>(${code})<`))
        // What is left of the body is not taken for the next request
        yield* say(head("HEAD /photos"))
        expect(yield* hears(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 /)
      }
    }).pipe(Effect.scoped)
  )

  it.live("is not read to its end where that is far, after an answer that says so", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(() => Effect.succeed({ status: 403, headers: {}, body: "no more" }))
      const { ends, say } = yield* connection(url)
      yield* say(head("PUT /cat", "content-length: 1000000000000"))
      yield* say(new Uint8Array(1_000_000))
      const all = yield* ends
      expect(all).toMatch(/^HTTP\/1\.1 403 [^]*no moreclosed$/)
      expect(all.toLowerCase()).toContain("connection: close\r\n")
    }).pipe(Effect.scoped)
  )

  it.live("can be refused by a handler that has taken a part of it, and by one that dies", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make((request) => {
        if (request.url.pathname === "/die") return Effect.die("oops")
        const body = request.body instanceof Uint8Array ? Stream.make(request.body) : request.body
        return Effect.as(Stream.runDrain(Stream.take(body, 1)), { status: 400, headers: {}, body: "<Error></Error>" })
      })
      const { hears, say } = yield* connection(url)
      for (const [path, status] of [
        ["/part", 400],
        ["/die", 500]
      ] as const) {
        yield* say(head(`PUT ${path}`, "content-length: 5000000"))
        yield* say(new Uint8Array(5_000_000))
        expect(yield* hears(/<\/Error>/)).toContain(`HTTP/1.1 ${String(status)} `)
      }
    }).pipe(Effect.scoped)
  )

  it.live("is asked for when it is wanted, and not before the head is looked at", () =>
    Effect.gen(function* () {
      const credentials = [{ accessKeyId: "AK", secretAccessKey: "not-a-real-secret" }]
      const { url } = yield* ObsTestServer.make(yield* ObsTestService.makeWith({ credentials }))
      const { ends, say } = yield* connection(url)
      const date = `date: ${new Date().toUTCString()}`
      yield* say(
        head("PUT /photos/cat", "content-length: 4", "expect: 100-continue", date, "authorization: OBS AK:bm9uZQ==")
      )
      const all = yield* ends
      expect(all).toMatch(/^HTTP\/1\.1 403 [^]*<Code>SignatureDoesNotMatch<[^]*closed$/)
      expect(all.toLowerCase()).toContain("connection: close\r\n")
    }).pipe(Effect.scoped)
  )

  it.live("is not asked for where the bucket is not there", () =>
    Effect.gen(function* () {
      const url = yield* serving({})
      const { ends, say } = yield* connection(url)
      yield* say(head("PUT /films/cat", "content-length: 4", "expect: 100-continue"))
      expect(yield* ends).toMatch(/^HTTP\/1\.1 404 [^]*<Code>NoSuchBucket<[^]*closed$/)
    }).pipe(Effect.scoped)
  )

  it.live("is not asked for where it is there", () =>
    Effect.gen(function* () {
      const url = yield* serving({})
      const { hears, say } = yield* connection(url)
      yield* say(`${head("PUT /photos/cat", "content-length: 4", "expect: 100-continue")}meow`)
      expect(yield* hears(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 200 /)
    }).pipe(Effect.scoped)
  )

  it.live("may take as long as it takes, and a head may not", () =>
    Effect.gen(function* () {
      const listen = vi.spyOn(Net.Server.prototype, "listen")
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          listen.mockRestore()
        })
      )
      yield* ObsTestServer.make(() => Effect.succeed({ status: 200, headers: {}, body: "" }))
      const server: unknown = listen.mock.contexts[0]
      expect(server).toBeInstanceOf(Http.Server)
      expect(server).toMatchObject({ requestTimeout: 0, headersTimeout: 60_000 })
    }).pipe(Effect.scoped)
  )

  it.live("stops the reader of a client that breaks off", () =>
    Effect.gen(function* () {
      const stopped = yield* Deferred.make<void>()
      const { url } = yield* ObsTestServer.make((request) =>
        Effect.onInterrupt(Effect.as(ObsTestService.bytes(request), { status: 200, headers: {}, body: "" }), () =>
          Deferred.succeed(stopped, undefined)
        )
      )
      const { hears, say, socket } = yield* connection(url)
      yield* say(head("PUT /cat", "content-length: 9", "expect: 100-continue"))
      yield* hears(/\r\n\r\n/)
      socket.destroy()
      yield* Deferred.await(stopped)
    }).pipe(Effect.scoped)
  )
})
