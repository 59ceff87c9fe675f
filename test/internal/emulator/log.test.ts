import { Effect, Exit, Fiber, Stream, TestClock } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { type Entry, jsonLine, logged, telling, textLine } from "../../../src/testing/emulator/log.js"

const request = (line: string, body: ObsTestService.Body = new Uint8Array()): ObsTestService.Request => {
  const [method = "", target = ""] = line.split(" ")
  return { method, url: new URL(`http://127.0.0.1${target}`), headers: {}, body }
}

const collecting = (handler: ObsTestService.Handler) => {
  const told: Array<Entry> = []
  return { told, handler: logged(handler, {}, (entry) => told.push(entry)) }
}

describe("the log of the emulator", () => {
  it.effect("tells what was asked and answered, and how long it took", () =>
    Effect.gen(function* () {
      const { handler, told } = collecting(() =>
        Effect.as(Effect.sleep(12), {
          status: 200,
          headers: { "x-amz-request-id": "7" },
          body: "mëow"
        })
      )
      const running = yield* Effect.forkChild(handler(request("PUT /photos/a%20b?partNumber=1&X-Amz-Signature=hush")))
      yield* TestClock.adjust(12)
      yield* Fiber.join(running)
      expect(told).toEqual([
        {
          time: "1970-01-01T00:00:00.000Z",
          requestId: "7",
          method: "PUT",
          bucket: "photos",
          key: "a b",
          parameters: ["partNumber", "X-Amz-Signature"],
          status: 200,
          ms: 12,
          received: 0,
          sent: 5
        }
      ])
      expect(told.map(textLine)).toEqual([
        "1970-01-01T00:00:00.000Z PUT /photos/a b?partNumber&X-Amz-Signature 200, 12 ms, 0 B in, 5 B out, request 7"
      ])
    })
  )

  it.effect("counts bodies as they pass, and tells at their end", () =>
    Effect.gen(function* () {
      const pieces = Stream.make(new Uint8Array(3), new Uint8Array(4))
      const { handler, told } = collecting((request) =>
        Effect.as(ObsTestService.bytes(request), { status: 200, headers: {}, body: pieces })
      )
      const response = yield* handler(request("PUT /photos/cat", Stream.make(new Uint8Array(5))))
      expect(told).toEqual([])
      yield* ObsTestService.collect(response)
      expect(told).toMatchObject([{ received: 5, sent: 7, status: 200 }])
      expect(told[0]?.aborted).toBeUndefined()
    })
  )

  it.effect("tells the code of a failure, and what was broken off", () =>
    Effect.gen(function* () {
      const missing = collecting(yield* ObsTestService.make)
      yield* missing.handler(request("GET /photos/cat"))
      yield* missing.handler(request("HEAD /photos/cat"))
      expect(missing.told).toMatchObject([
        { status: 404, code: "NoSuchBucket" },
        { status: 404, code: "NoSuchBucket" }
      ])

      const failing = collecting(() =>
        Effect.succeed({
          status: 200,
          headers: {},
          body: Stream.concat(Stream.make(new Uint8Array(3)), Stream.fail("x"))
        })
      )
      const response = yield* failing.handler(request("GET /"))
      expect(Exit.isFailure(yield* Effect.exit(ObsTestService.collect(response)))).toBe(true)
      expect(failing.told).toMatchObject([{ status: 200, sent: 3, aborted: true }])

      const endless = collecting(() => Effect.never)
      const running = yield* Effect.forkChild(endless.handler(request("GET /photos")))
      yield* Effect.yieldNow
      yield* Fiber.interrupt(running)
      expect(endless.told).toMatchObject([{ method: "GET", bucket: "photos", aborted: true }])
      expect(endless.told.map(textLine)).toEqual([
        "1970-01-01T00:00:00.000Z GET /photos aborted, 0 ms, 0 B in, 0 B out"
      ])
    })
  )

  it.effect("passes on that there is no answer", () =>
    Effect.gen(function* () {
      const { handler, told } = collecting(() => Effect.succeed(ObsTestService.noResponse))
      expect(yield* handler(request("GET /photos"))).toBe(ObsTestService.noResponse)
      expect(told).toMatchObject([{ method: "GET", status: undefined, aborted: true }])
    })
  )

  it.effect("counts what it could not write, and tells it when it can again, and at the end", () =>
    Effect.gen(function* () {
      const entry: Entry = { time: "now", method: "GET", ms: 0, received: 0, sent: 0 }
      for (const [form, dropped] of [
        ["text", (n: number) => `requests that are not in this log: ${String(n)}`],
        ["json", (n: number) => `{"dropped":${String(n)}}`]
      ] as const) {
        const lines: Array<string> = []
        const reader = { isThere: true }
        yield* Effect.scoped(
          Effect.gen(function* () {
            const tell = yield* telling(form, (line) => reader.isThere && lines.push(line) > 0)
            const say = (isThere: boolean, times: number) => {
              reader.isThere = isThere
              for (let i = 0; i < times; i++) tell(entry)
            }
            say(true, 1)
            say(false, 3)
            say(true, 1)
            say(false, 2)
            reader.isThere = true
          })
        )
        const line = form === "text" ? textLine(entry) : jsonLine(entry)
        expect(lines).toEqual([line, dropped(3), line, dropped(2)])
      }
    })
  )

  it("has one line for each request, whatever the key", () => {
    const entry: Entry = {
      time: "",
      method: "GET",
      bucket: "b",
      key: "a\n\u001b[2J\u2028",
      ms: 0,
      received: 0,
      sent: 0
    }
    for (const line of [jsonLine(entry), textLine(entry)]) expect(Array.from(line).filter((c) => c < " ")).toEqual([])
  })
})
