import { Effect, Fiber, Redacted, Stream, TestClock } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import type { ObsSigner } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"
import { callerOf, type Said, signedCallerOf } from "../support/service.js"

const keys: ObsSigner.Keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }

const made = (options: ObsTestService.Options) => Effect.map(ObsTestService.makeWith(options), (h) => callerOf(h))

/** A body that ends when it is told to, and begins with a byte. */
const pending = (wait: Effect.Effect<unknown>) =>
  Stream.concat(Stream.make(new Uint8Array(1)), Stream.fromEffect(Effect.as(wait, new Uint8Array(1))))

describe("limits", () => {
  it.effect("requestsPerSecond counts those of the last second", () =>
    Effect.gen(function* () {
      const call = yield* made({ limits: { requestsPerSecond: 2 } })
      expect((yield* call("PUT /photos")).status).toBe(200)
      yield* TestClock.adjust("600 millis")
      expect((yield* call("GET /photos")).status).toBe(200)
      expect((yield* call("GET /photos")).tag).toBe("SlowDown")
      yield* TestClock.adjust("399 millis")
      expect((yield* call("GET /photos")).tag).toBe("SlowDown")
      yield* TestClock.adjust("1 millis")
      // The first is over, the second is not; what was refused does not count
      expect((yield* call("GET /photos")).status).toBe(200)
      expect((yield* call("GET /photos")).tag).toBe("SlowDown")
    })
  )

  it.effect("concurrentRequests counts those that have not been answered", () =>
    Effect.gen(function* () {
      const call = yield* made({ limits: { concurrentRequests: 2 } })
      yield* call("PUT /photos")
      const said: Array<Said> = []
      const inner = (n: number): Effect.Effect<Said> =>
        n === 0
          ? Effect.tap(call("GET /photos"), (answer) => Effect.sync(() => said.push(answer)))
          : call("PUT /photos/cat.txt", { body: pending(Effect.suspend(() => inner(n - 1))) })
      expect((yield* inner(1)).status).toBe(200)
      expect((yield* inner(2)).status).toBe(200)
      expect(said.map(({ status }) => status)).toEqual([200, 503])
      expect((yield* call("GET /photos")).status).toBe(200)
    })
  )

  it.effect("concurrentRequests forgets who breaks off", () =>
    Effect.gen(function* () {
      const call = yield* made({ limits: { concurrentRequests: 1 } })
      yield* call("PUT /photos")
      const broken = yield* Effect.forkChild(call("PUT /photos/cat.txt", { body: pending(Effect.never) }))
      yield* TestClock.adjust(1)
      expect((yield* call("GET /photos")).tag).toBe("ServiceUnavailable")
      yield* Fiber.interrupt(broken)
      expect((yield* call("GET /photos")).status).toBe(200)
    })
  )

  it.effect("bodyTimeout is for each piece of a body", () =>
    Effect.gen(function* () {
      const call = yield* made({ limits: { bodyTimeout: 1000 } })
      yield* call("PUT /photos")
      const slow = Stream.mapEffect(Stream.make("m", "e", "o", "w"), (letter) =>
        Effect.as(Effect.sleep(900), new TextEncoder().encode(letter))
      )
      const taken = yield* Effect.forkChild(call("PUT /photos/cat.txt", { body: slow }))
      yield* TestClock.adjust(3600)
      expect((yield* Fiber.join(taken)).status).toBe(200)
      expect((yield* call("GET /photos/cat.txt")).text).toBe("meow")
      const stalled = yield* Effect.forkChild(call("PUT /photos/cat.txt", { body: pending(Effect.sleep(1001)) }))
      yield* TestClock.adjust(1001)
      const refused = yield* Fiber.join(stalled)
      expect([refused.tag, refused.status]).toEqual(["RequestTimeout", 408])
      expect((yield* call("GET /photos/cat.txt")).text).toBe("meow")
    })
  )

  it.effect("wrongSignatures locks a key for a minute, and no other one", () =>
    Effect.gen(function* () {
      const other = { ...keys, accessKeyId: "OTHER" }
      const handler = yield* ObsTestService.makeWith({ credentials: [keys, other], limits: { wrongSignatures: 2 } })
      const wrong = signedCallerOf(handler, { ...keys, secretAccessKey: Redacted.make("guessed") })
      const right = signedCallerOf(handler, keys)
      expect((yield* wrong("GET /")).tag).toBe("SignatureDoesNotMatch")
      expect((yield* right("GET /")).status).toBe(200)
      expect((yield* wrong("GET /")).tag).toBe("SignatureDoesNotMatch")
      expect((yield* wrong("GET /")).tag).toBe("TooManyWrongSignature")
      expect((yield* right("GET /")).tag).toBe("TooManyWrongSignature")
      expect((yield* signedCallerOf(handler, other)("GET /")).status).toBe(200)
      yield* TestClock.adjust("1 minute")
      expect((yield* right("GET /")).status).toBe(200)
    })
  )
})

describe("a bucket", () => {
  it.effect("is not made or deleted twice at the same time, but can be afterwards", () =>
    Effect.gen(function* () {
      const call = yield* made({})
      const said: Array<string | undefined> = []
      const also = (line: string) => Effect.tap(call(line), ({ tag }) => Effect.sync(() => said.push(tag)))
      const meanwhile = Effect.forEach(["PUT /photos", "DELETE /photos", "PUT /albums", "GET /photos"], also)
      expect(
        (yield* call("PUT /photos", { body: Stream.fromEffect(Effect.as(meanwhile, new Uint8Array())) })).status
      ).toBe(200)
      expect(said).toEqual(["OperationAborted", "OperationAborted", undefined, "NoSuchBucket"])
      expect((yield* call("DELETE /photos")).status).toBe(204)
    })
  )

  it.effect.each<[boolean | undefined, string, number]>([
    [undefined, "TemporaryRedirect", 307],
    [true, "PermanentRedirect", 301]
  ])("that has moved is at its new address: permanent %s", ([permanent, tag, status]) =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.makeWith({
        moved: { photos: { endpoint: "obs.eu-nl.example.com", permanent } }
      })
      const byPath = yield* callerOf(handler)("GET /photos/a%20b?acl")
      expect([byPath.tag, byPath.status]).toEqual([tag, status])
      expect(byPath.headers["location"]).toBe("https://obs.eu-nl.example.com/photos/a%20b?acl")
      const byHost = yield* callerOf(handler, "http://photos.obs.example.com")("PUT /cat.txt")
      expect(byHost.headers["location"]).toBe("http://photos.obs.eu-nl.example.com/cat.txt")
      expect(byHost.failure).toMatchObject({ bucket: "photos", endpoint: "photos.obs.eu-nl.example.com" })
      expect((yield* callerOf(handler)("GET /albums")).tag).toBe("NoSuchBucket")
    })
  )

  it.effect("can have no forbidden name", () =>
    Effect.gen(function* () {
      const call = yield* made({ forbiddenBuckets: ["photos"] })
      expect((yield* call("PUT /photos")).tag).toBe("AllAccessDisabled")
      expect((yield* call("GET /photos/cat.txt")).tag).toBe("AllAccessDisabled")
      expect((yield* call("PUT /albums")).status).toBe(200)
    })
  )
})

describe("an account", () => {
  it.effect("that is restricted cannot make buckets, and can do all else", () =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.makeWith({
        credentials: [keys, { ...keys, accessKeyId: "FREE" }],
        accounts: { AK: { id: "one", problem: "UserRestricted" }, FREE: { id: "one" } }
      })
      const [restricted, free] = [
        signedCallerOf(handler, keys),
        signedCallerOf(handler, { ...keys, accessKeyId: "FREE" })
      ]
      expect((yield* restricted("PUT /photos")).tag).toBe("UserRestricted")
      expect((yield* free("PUT /photos")).status).toBe(200)
      expect((yield* restricted("PUT /photos/cat.txt", "meow")).status).toBe(200)
      expect((yield* restricted("GET /")).status).toBe(200)
    })
  )

  it.effect("with another problem can do nothing", () =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.makeWith({
        credentials: [keys],
        accounts: { AK: { problem: "FrozenUserId" } }
      })
      for (const line of ["GET /", "PUT /photos", "GET /photos/cat.txt"]) {
        expect((yield* signedCallerOf(handler, keys)(line)).tag).toBe("FrozenUserId")
      }
    })
  )
})

describe("functions", () => {
  it.effect("are not there where an option says so", () =>
    Effect.gen(function* () {
      const call = yield* made({ functions: { tagging: "off", website: "restricted", inventory: "unsupported" } })
      yield* call("PUT /photos")
      yield* call("PUT /photos/cat.txt", "meow")
      expect((yield* call("GET /photos/cat.txt?tagging")).tag).toBe("MethodNotAllowed")
      expect((yield* call("PUT /photos?website")).tag).toBe("UserKeyMustBeSpecified")
      expect((yield* call("GET /photos?inventory")).tag).toBe("ServiceNotSupported")
      expect((yield* call("GET /photos?cors")).tag).toBe("NoSuchCORSConfiguration")
    })
  )

  it.effect("of encryption know which master keys there are", () =>
    Effect.gen(function* () {
      const call = yield* made({ masterKeys: { cats: "enabled", dogs: "disabled" } })
      yield* call("PUT /photos")
      const put = (headers: Record<string, string>) =>
        Effect.map(
          call("PUT /photos/cat.txt", { headers: { "x-obs-server-side-encryption": "kms", ...headers } }),
          ({ tag }) => tag
        )
      const id = "x-obs-server-side-encryption-kms-key-id"
      expect(yield* put({ [id]: "cats" })).toBeUndefined()
      expect(yield* put({})).toBeUndefined()
      expect(yield* put({ [id]: "dogs" })).toBe("KMS.DisabledException")
      expect(yield* put({ [id]: "toString" })).toBe("KMS.NotFoundException")
    })
  )
})

describe("what a request has to say", () => {
  const lines = ["GET /photos", "HEAD /photos", "DELETE /photos/none", "GET /photos/cat.txt"]

  it.effect("no body where none belongs, where that is refused", () =>
    Effect.gen(function* () {
      for (const unexpectedBodies of ["refused", "ignored"] as const) {
        const call = yield* made({ unexpectedBodies })
        yield* call("PUT /photos")
        yield* call("PUT /photos/cat.txt", "meow")
        for (const line of lines) {
          expect((yield* call(line, "body")).status >= 400).toBe(unexpectedBodies === "refused")
        }
        const copy = { headers: { "x-obs-copy-source": "/photos/cat.txt" }, body: "body" }
        expect((yield* call("PUT /photos/dog.txt", copy)).tag).toBe(
          unexpectedBodies === "refused" ? "MaxMessageLengthExceeded" : undefined
        )
      }
    })
  )

  it.effect("its length, or that it comes in chunks", () =>
    Effect.gen(function* () {
      const call = yield* made({ requireContentLength: true })
      yield* call("PUT /photos")
      const put = (headers: Record<string, string>) =>
        Effect.map(call("PUT /photos/cat.txt", { headers, body: "meow" }), ({ status }) => status)
      expect(yield* put({})).toBe(411)
      expect(yield* put({ "content-length": "4" })).toBe(200)
      expect(yield* put({ "transfer-encoding": "chunked" })).toBe(200)
    })
  )

  it.effect("the digest of rules, where that is required", () =>
    Effect.gen(function* () {
      const call = yield* made({ requireContentMd5: true })
      yield* call("PUT /photos")
      const document = "<LifecycleConfiguration/>"
      expect((yield* call("PUT /photos?lifecycle", document)).tag).toBe("MissingRequiredHeader")
      const headers = { "content-md5": "dmmFw5DJGkYgZ+iLJKp/8Q==" }
      expect((yield* call("PUT /photos?lifecycle", { headers, body: document })).tag).not.toBe("MissingRequiredHeader")
      expect((yield* call("PUT /photos?website", "<WebsiteConfiguration/>")).status).toBe(200)
    })
  )

  it.effect("the region of a bucket, where there is no default one", () =>
    Effect.gen(function* () {
      const call = yield* made({ requireRegion: true })
      const inside = (children: string) => `<CreateBucketConfiguration>${children}</CreateBucketConfiguration>`
      expect((yield* call("PUT /photos")).tag).toBe("MissingRegion")
      expect((yield* call("PUT /photos", inside(""))).tag).toBe("MissingRegion")
      expect((yield* call("PUT /photos", inside("<Location>eu-de</Location>"))).status).toBe(200)
    })
  )
})
