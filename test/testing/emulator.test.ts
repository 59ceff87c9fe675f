import { Effect, Fiber, FetchHttpClient, HttpBody, HttpClient, Layer, Redacted, Schema } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsCredentials } from "effect-obs"
import { ObsTestServer } from "effect-obs/testing/node"
import { ObsTestService } from "effect-obs/testing"
import * as Net from "node:net"
import { emulator } from "../support/emulator.js"
import { temporaryFolder } from "../support/temporaryFolder.js"

const keys = { accessKeyId: "AKEMULATOR", secretAccessKey: Redacted.make("not-a-real-secret") }
const environment = { OBS_ACCESS_KEY_ID: "AKEMULATOR", OBS_SECRET_ACCESS_KEY: "not-a-real-secret" }

const clientOf = (endpoint: string, who = keys) =>
  ObsClient.layer({ endpoint }).pipe(Layer.provide([ObsCredentials.layer(who), FetchHttpClient.layer]))

const putAndGet = Effect.gen(function* () {
  yield* ObsClient.putObject({ bucket: "photos", key: "cats/ä 1.txt", body: "meow" })
  return yield* Effect.flatMap(ObsClient.getObject({ bucket: "photos", key: "cats/ä 1.txt" }), ({ text }) => text)
})

const Entry = Schema.Struct({
  method: Schema.String,
  status: Schema.Number,
  ms: Schema.Number,
  received: Schema.Number,
  sent: Schema.Number,
  bucket: Schema.optional(Schema.String),
  key: Schema.optional(Schema.String),
  code: Schema.optional(Schema.String),
  requestId: Schema.optional(Schema.String),
  parameters: Schema.optional(Schema.Array(Schema.String))
})

const entries = (lines: string) =>
  lines
    .trim()
    .split("\n")
    .map((line) => Schema.decodeUnknownSync(Schema.fromJsonString(Entry))(line))

describe("effect-obs-emulator", () => {
  it.live("listens, and keeps what it is given until SIGTERM", () =>
    Effect.gen(function* () {
      const { child, ended, ready } = yield* emulator(
        ["--port", "0", "--bucket", "photos", "--bucket=films"],
        environment
      )
      const url = yield* ready
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
      expect(yield* Effect.provide(putAndGet, clientOf(url))).toBe("meow")
      const { buckets } = yield* Effect.provide(ObsClient.listBuckets(), clientOf(url))
      expect(buckets.map(({ name }) => name)).toEqual(["films", "photos"])
      const stranger = { ...keys, secretAccessKey: Redacted.make("another") }
      expect(yield* Effect.flip(Effect.provide(putAndGet, clientOf(url, stranger)))).toMatchObject({
        _tag: "SignatureDoesNotMatch"
      })
      child.kill("SIGTERM")
      const end = yield* ended
      expect([end.status, end.signal, end.out]).toEqual([0, null, `effect-obs-emulator: listening on ${url}\n`])
      // A line for each request, in words
      expect(end.err).toMatch(/ PUT \/photos\/cats\/ä 1\.txt 200, [\d.]+ ms, 4 B in, 0 B out, request [\dA-F]{32}\n/i)
      expect(end.err).not.toContain("secret")
    }).pipe(Effect.scoped)
  )

  it.live("accepts all signatures where it has no access keys, and says so", () =>
    Effect.gen(function* () {
      const { child, ended, ready } = yield* emulator(["--port", "0", "--bucket", "photos", "--quiet"])
      expect(yield* Effect.provide(putAndGet, clientOf(yield* ready))).toBe("meow")
      child.kill("SIGINT")
      const { err, out, status } = yield* ended
      expect([status, err]).toEqual([0, ""])
      expect(out).toContain("all signatures are accepted")
    }).pipe(Effect.scoped)
  )

  it.live("logs one JSON object a line, and nothing that is secret", () =>
    Effect.gen(function* () {
      const { child, ended, ready } = yield* emulator(
        ["--port", "0", "--json", "--bucket", "photos", "--credentials", "AKOTHER:other-secret"],
        environment
      )
      const url = yield* ready
      yield* Effect.gen(function* () {
        yield* putAndGet
        const address = yield* ObsClient.presign({
          method: "GET",
          bucket: "photos",
          key: "cats/none",
          expires: "1 minute"
        })
        yield* HttpClient.get(Redacted.value(address))
      }).pipe(Effect.provide(clientOf(url)), Effect.provide(FetchHttpClient.layer))
      child.kill("SIGTERM")
      const { err, status } = yield* ended
      expect(status).toBe(0)
      const [put, get, missing] = entries(err)
      expect(put).toMatchObject({
        method: "PUT",
        bucket: "photos",
        key: "cats/ä 1.txt",
        status: 200,
        received: 4,
        sent: 0
      })
      expect(get).toMatchObject({ method: "GET", status: 200, received: 0, sent: 4 })
      expect(get?.requestId).toMatch(/^[\dA-F]{32}$/i)
      expect(missing).toMatchObject({ key: "cats/none", status: 404, code: "NoSuchKey" })
      expect(missing?.parameters).toEqual(expect.arrayContaining(["Signature", "Expires"]))
      expect(err).not.toMatch(/secret|AKEMULATOR|Signature=/)
    }).pipe(Effect.scoped)
  )

  it.live("takes rules of faults at another port", () =>
    Effect.gen(function* () {
      const { child, ended, ready, told } = yield* emulator(
        ["--port", "0", "--control-port", "0", "--bucket", "photos"],
        environment
      )
      const url = yield* ready
      const control = yield* told(/faults are taken at (\S+)\n/)
      const rule = JSON.stringify({ operation: "PutObject", times: 1, error: "AccessDenied" })
      yield* HttpClient.post(`${control}/rules`, { body: HttpBody.text(rule) })
      const put = Effect.provide(putAndGet, clientOf(url))
      expect(yield* Effect.flip(put)).toMatchObject({ _tag: "AccessDenied" })
      expect(yield* put).toBe("meow")
      child.kill("SIGTERM")
      expect((yield* ended).status).toBe(0)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live("cuts connections by a rule, and knows the buckets of its endpoint in rules", () =>
    Effect.gen(function* () {
      const { child, ended, ready, told } = yield* emulator([
        ...["--port", "0", "--control-port", "0", "--bucket", "photos", "--endpoint", "s3.test", "--json"]
      ])
      const { port } = new URL(yield* ready)
      const control = yield* told(/faults are taken at (\S+)\n/)
      const rule = JSON.stringify({ operation: "PutObject", times: 1, cut: "before" })
      yield* HttpClient.post(`${control}/rules`, { body: HttpBody.text(rule) })
      const put = Effect.callback<string>((resume) => {
        const socket = Net.connect(Number(port), "127.0.0.1")
        let text = ""
        socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
        socket.on("error", () => undefined)
        socket.on("close", () => {
          resume(Effect.succeed(text))
        })
        socket.write(
          "PUT /cat.txt HTTP/1.1\r\nhost: photos.s3.test\r\nconnection: close\r\ncontent-length: 4\r\n\r\nmeow"
        )
      })
      expect(yield* put).toBe("")
      expect(yield* put).toMatch(/^HTTP\/1\.1 200 /)
      const requests = yield* Effect.flatMap(HttpClient.get(`${control}/requests`), ({ text }) => text)
      expect(requests.match(/"PutObject"/g)).toHaveLength(2)
      child.kill("SIGTERM")
      const { err } = yield* ended
      expect(err.trim().split("\n")).toEqual([
        expect.stringContaining('"aborted":true'),
        expect.stringContaining('"status":200')
      ])
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live("answers and ends although nobody reads what it logs, and counts what is not in the log", () =>
    Effect.gen(function* () {
      const { child, ready } = yield* emulator(["--port", "0", "--bucket", "photos"])
      const { port } = new URL(yield* ready)
      const { stderr } = child
      if (stderr === null) throw new Error("no standard error")
      const socket = Net.connect(Number(port), "127.0.0.1")
      yield* Effect.addFinalizer(() => Effect.sync(() => socket.destroy()))
      let answers = 0
      let tail = ""
      const waiting = { check: (): void => undefined }
      socket.setEncoding("latin1").on("data", (text: string) => {
        const parts = (tail + text).split("HTTP/1.1 404")
        answers += parts.length - 1
        tail = parts.at(-1)?.slice(-11) ?? ""
        waiting.check()
      })
      const until = (isSo: () => boolean) =>
        Effect.callback<void>((resume) => {
          waiting.check = () => {
            if (isSo()) resume(Effect.void)
          }
          waiting.check()
        })
      const ask = (count: number) =>
        Effect.suspend(() => {
          const sofar = answers
          socket.write(`GET /photos/${"a".repeat(1000)} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`.repeat(count))
          return until(() => answers === sofar + count)
        })
      stderr.pause()
      const asked = 2500
      yield* ask(asked)
      let log = ""
      stderr.on("data", (text: string) => {
        log += text
        waiting.check()
      })
      stderr.resume()
      // What waited is read, and the next request tells what is missing
      const dropped = /^requests that are not in this log: (\d+)$/m
      const lines = () => log.split("GET /photos").length - 1
      yield* until(() => lines() > 900)
      yield* Effect.repeat(ask(1), { until: () => Effect.sync(() => dropped.test(log)) })
      expect(Number(dropped.exec(log)?.[1])).toBeGreaterThan(0)

      stderr.pause()
      yield* ask(500)
      const exited = Effect.callback<number | null>((resume) => {
        child.on("exit", (status) => {
          resume(Effect.succeed(status))
        })
      })
      socket.end()
      child.kill("SIGTERM")
      expect(yield* exited).toBe(0)
    }).pipe(Effect.scoped)
  )

  it.live("keeps a folder for the next run", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      const run = <A, E>(use: (url: string) => Effect.Effect<A, E>) =>
        Effect.gen(function* () {
          const { child, ended, ready } = yield* emulator(
            ["--port", "0", "--bucket", "photos", "--dir", folder],
            environment
          )
          const used = yield* use(yield* ready)
          child.kill("SIGTERM")
          expect((yield* ended).status).toBe(0)
          return used
        })
      yield* run((url) => Effect.provide(putAndGet, clientOf(url)))
      const get = Effect.flatMap(ObsClient.getObject({ bucket: "photos", key: "cats/ä 1.txt" }), ({ text }) => text)
      expect(yield* run((url) => Effect.provide(get, clientOf(url)))).toBe("meow")
    }).pipe(Effect.scoped)
  )

  it.live("says what is wrong with its arguments, and ends with 2", () =>
    Effect.gen(function* () {
      const { ended } = yield* emulator(["--prot", "1"])
      expect(yield* ended).toMatchObject({
        status: 2,
        out: "",
        err: "effect-obs-emulator: There is no option --prot. See effect-obs-emulator --help.\n"
      })
      const bucket = yield* emulator(["--port", "0", "--bucket", "NO"])
      const wrong = yield* bucket.ended
      expect([wrong.status, wrong.err]).toEqual([2, expect.stringContaining("The bucket NO cannot be made")])
    }).pipe(Effect.scoped)
  )

  it.live("says that a port is taken, or a folder cannot be written, and ends with 1", () =>
    Effect.gen(function* () {
      const { port } = yield* ObsTestServer.make(yield* ObsTestService.make)
      const taken = yield* emulator(["--port", String(port)])
      expect(yield* taken.ended).toMatchObject({
        status: 1,
        out: "",
        err: `effect-obs-emulator: Cannot listen at 127.0.0.1, port ${port}: another program listens there. Stop it, or take another port.\n`
      })
      const { ended } = yield* emulator(["--port", "0", "--dir", "/dev/null/folder"])
      const { err, status } = yield* ended
      expect([status, err]).toEqual([1, expect.stringContaining("/dev/null/folder cannot be written")])
    }).pipe(Effect.scoped)
  )

  it.live("shows help and version", () =>
    Effect.gen(function* () {
      const help = yield* emulator(["--help"])
      const helped = yield* help.ended
      expect([helped.status, helped.out, helped.err]).toEqual([0, expect.stringContaining("--access-key AK"), ""])
      const version = yield* emulator(["-v"])
      const told = yield* version.ended
      expect([told.status, told.out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)])
    }).pipe(Effect.scoped)
  )

  it.live("lets a request end that is running when it is told to stop, and ends at once when it is told again", () =>
    Effect.gen(function* () {
      const start = Effect.gen(function* () {
        const command = yield* emulator(["--port", "0", "--bucket", "photos", "--json"])
        const { port } = new URL(yield* command.ready)
        const socket = Net.connect(Number(port), "127.0.0.1")
        const received = yield* Effect.forkChild(
          Effect.callback<string>((resume) => {
            let text = ""
            socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk))
            socket.on("error", () => undefined)
            socket.on("close", () => {
              resume(Effect.succeed(text))
            })
          })
        )
        socket.write("PUT /photos/cat HTTP/1.1\r\nhost: 127.0.0.1\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n")
        // The server has the request when it asks for the body
        yield* Effect.callback<void>((resume) => {
          socket.once("data", () => {
            resume(Effect.void)
          })
        })
        command.child.kill("SIGTERM")
        return { ...command, received: Fiber.join(received), socket }
      })
      const patient = yield* start
      patient.socket.write("meow")
      expect(yield* patient.received).toMatch(/HTTP\/1\.1 200 OK/)
      expect((yield* patient.ended).status).toBe(0)

      const hurried = yield* start
      // A second one that follows at once is the same, which npx passes on
      const again = Effect.sync(() => hurried.child.kill("SIGTERM"))
      const end = yield* Effect.raceFirst(hurried.ended, Effect.forever(Effect.andThen(again, Effect.sleep(20))))
      expect(end.status).toBe(143)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )
})
