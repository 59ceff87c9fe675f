import { Effect, HttpClientRequest, Redacted, Stream } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsSigner } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"
import { callerOf, signedCallerOf, text } from "../support/service.js"

const origin = "https://obs.example.com"

const keysOf = (accessKeyId: string): ObsSigner.Keys => ({
  accessKeyId,
  secretAccessKey: Redacted.make(`of ${accessKeyId}`)
})

const schemes = ["obs", "aws2", "aws4"] as const

const signing = { endpoint: origin, region: "eu-de" }

type Method = "GET" | "PUT"

const requestOf = (method: Method, path: string, headers: Record<string, string>) =>
  HttpClientRequest.make(method)(origin + path, { headers })

/** The headers of a request that a key signs. */
const signed = (
  who: string,
  scheme: ObsSigner.Scheme,
  method: Method,
  path: string,
  headers: Record<string, string> = {}
) =>
  Effect.map(
    ObsSigner.sign(requestOf(method, path, headers), keysOf(who), { ...signing, scheme }),
    ({ request }): Record<string, string> => ({ ...request.headers })
  )

/** The path and the parameters of an address that a key signs. */
const presigned = (
  who: string,
  scheme: ObsSigner.Scheme,
  method: Method,
  path: string,
  headers: Record<string, string> = {}
) =>
  Effect.map(
    ObsSigner.presign(requestOf(method, path, headers), keysOf(who), { ...signing, scheme, expires: "1 hour" }),
    (address) => Redacted.value(address).slice(origin.length)
  )

/** A service where `victim` has an object that nobody else may read, and `me` has a bucket. */
const make = Effect.gen(function* () {
  const handler = yield* ObsTestService.makeWith({
    credentials: ["victim", "me"].map(keysOf),
    limits: { wrongSignatures: 2 }
  })
  const [victim, me, call] = [
    signedCallerOf(handler, keysOf("victim")),
    signedCallerOf(handler, keysOf("me")),
    callerOf(handler)
  ]
  yield* victim("PUT /photos")
  yield* victim("PUT /photos/secret.txt", "secret")
  yield* me("PUT /albums")
  return { call, me, victim }
})

describe("the account of a request is that of the key that signed it", () => {
  it.effect("whatever else its headers name", () =>
    Effect.gen(function* () {
      const { call } = yield* make
      for (const scheme of schemes) {
        const headers = yield* signed("me", scheme, "GET", "/photos/secret.txt")
        for (const more of [", XCredential=victim/", ",Credential=victim/", " Credential=victim/", " OBS victim:x"]) {
          const answer = yield* call("GET /photos/secret.txt", {
            headers: { ...headers, authorization: `${headers["authorization"] ?? ""}${more}` }
          })
          expect([scheme, more, answer.status >= 400]).toEqual([scheme, more, true])
        }
      }
    })
  )

  it.effect("whatever else its address names", () =>
    Effect.gen(function* () {
      const { call } = yield* make
      for (const scheme of schemes) {
        const address = yield* presigned("me", scheme, "GET", "/photos/secret.txt")
        for (const more of [
          "AccessKeyId=victim",
          "AWSAccessKeyId=victim",
          "accesskeyid=victim",
          "X-Amz-Credential=victim/20261128/eu-de/s3/aws4_request",
          "x-amz-credential=victim/20261128/eu-de/s3/aws4_request"
        ]) {
          for (const path of [`${address}&${more}`, address.replace("?", `?${more}&`)]) {
            expect([path, (yield* call(`GET ${path}`)).status >= 400]).toEqual([path, true])
          }
        }
      }
    })
  )

  it.effect("whatever else its form names", () =>
    Effect.gen(function* () {
      const { call, me } = yield* make
      for (const [scheme, field] of [
        ["aws2", "AccessKeyId"],
        ["obs", "x-ignore-accesskeyid"],
        ["aws4", "AccessKeyId"],
        ["aws4", "AWSAccessKeyId"]
      ] as const) {
        for (const bucket of ["albums", "photos"]) {
          const form = yield* ObsSigner.postForm(keysOf("me"), {
            ...signing,
            bucket,
            key: "cat.txt",
            scheme,
            expires: "1 hour"
          })
          const part = (name: string, value: string, more = "") =>
            `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
          const fields = [...Object.entries(form.fields), [field, "victim"] as const].map(([name, value]) =>
            part(name, Redacted.isRedacted(value) ? Redacted.value(value) : value)
          )
          const answer = yield* call(`POST /${bucket}`, {
            headers: { "content-type": "multipart/form-data; boundary=b" },
            body: `${fields.join("")}${part("file", "meow", '; filename="cat.txt"')}--b--\r\n`
          })
          expect([scheme, field, bucket, answer.status]).toEqual([
            scheme,
            field,
            bucket,
            bucket === "albums" ? 204 : 403
          ])
        }
        const list = (yield* me("GET /albums/cat.txt?acl")).text
        expect(text(list, "ID")).toBe(text((yield* me("GET /")).text, "ID"))
      }
    })
  )

  it.effect("and nobody locks the key of another one by naming it", () =>
    Effect.gen(function* () {
      const { call, victim } = yield* make
      for (let i = 0; i < 3; i++) {
        const address = yield* presigned("me", "aws2", "GET", "/albums/cat.txt")
        const wrong = address.replace(/Signature=[^&]*/, "Signature=AAAA")
        yield* call(`GET ${wrong}&AccessKeyId=victim`)
      }
      expect((yield* victim("GET /photos/secret.txt")).text).toBe("secret")
    })
  )

  it.effect("where a request is signed in part, it is refused and not taken for one of nobody", () =>
    Effect.gen(function* () {
      const { call, victim } = yield* make
      yield* victim("PUT /photos/open.txt", { headers: { "x-obs-acl": "public-read" }, body: "open" })
      expect((yield* call("GET /photos/open.txt")).text).toBe("open")
      // In other letters, they are no parameters of a signature
      expect((yield* call("GET /photos/open.txt?accesskeyid=me&expires=1")).text).toBe("open")
      for (const parameter of [
        "AccessKeyId",
        "%41ccessKeyId",
        "AWSAccessKeyId",
        "Signature",
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Signature"
      ]) {
        expect([parameter, (yield* call(`GET /photos/open.txt?${parameter}=me`)).status >= 400]).toEqual([
          parameter,
          true
        ])
      }
    })
  )
})

describe.each(schemes)("headers that are not signed are not obeyed: %s", (scheme) => {
  const other = scheme === "obs" ? "x-amz-" : "x-obs-"
  const own = scheme === "obs" ? "x-obs-" : "x-amz-"

  it.effect.each([true, false])("in an address: %s", (isAddress) =>
    Effect.gen(function* () {
      const { call, victim } = yield* make
      const path = "/photos/upload.txt"
      const kept = { [`${own}meta-kept`]: "yes" }
      const [line, headers] = isAddress
        ? [`PUT ${yield* presigned("victim", scheme, "PUT", path, kept)}`, kept]
        : [`PUT ${path}`, yield* signed("victim", scheme, "PUT", path, kept)]
      const answer = yield* call(line, {
        headers: {
          ...headers,
          [`${other}copy-source`]: "/photos/secret.txt",
          [`${other}acl`]: "public-read",
          [`${other}meta-more`]: "no",
          [`${other}storage-class`]: "WARM"
        },
        body: "mine"
      })
      expect(answer.status).toBe(200)
      const got = yield* victim("GET /photos/upload.txt")
      expect([got.text, got.headers["x-obs-meta-kept"], got.headers["x-obs-meta-more"]]).toEqual([
        "mine",
        "yes",
        undefined
      ])
      expect(got.headers["x-obs-storage-class"]).toBeUndefined()
      expect((yield* call("GET /photos/upload.txt")).tag).toBe("AccessDenied")
    })
  )

  it.effect("but those of its own dialect are", () =>
    Effect.gen(function* () {
      const { call } = yield* make
      const headers = yield* signed("victim", scheme, "PUT", "/photos/copy.txt", {
        [`${own}copy-source`]: "/photos/secret.txt",
        [`${own}acl`]: "public-read"
      })
      expect((yield* call("PUT /photos/copy.txt", { headers })).status).toBe(200)
      expect((yield* call("GET /photos/copy.txt")).text).toBe("secret")
    })
  )
})

describe("checkSignatures", () => {
  /** A handler that counts what it is asked, and a body that counts how often it is read. */
  const counted = () => {
    const counts = { asked: 0, read: 0 }
    const handler = ObsTestService.checkSignatures(
      () =>
        Effect.sync(() => {
          counts.asked++
          return { status: 200, headers: {}, body: "hello" }
        }),
      { credentials: [keysOf("me")] }
    )
    const body = Stream.fromEffect(
      Effect.sync(() => {
        counts.read++
        return new Uint8Array(3)
      })
    )
    return { body, call: callerOf(handler), counts }
  }

  it.effect("answers a request for an error, which its handler does not see", () =>
    Effect.gen(function* () {
      const { call, counts } = counted()
      const answer = yield* call("GET /photos/cat.txt", { headers: { [ObsTestService.errorHeader]: "SlowDown" } })
      expect([answer.tag, answer.status, counts.asked]).toEqual(["SlowDown", 503, 0])
    })
  )

  it.effect("lets a request for the version of a service or a bucket through, and none for an object", () =>
    Effect.gen(function* () {
      const { call, counts } = counted()
      expect((yield* call("HEAD /?apiversion")).status).toBe(200)
      expect((yield* call("HEAD /photos?apiversion")).status).toBe(200)
      expect((yield* call("HEAD /photos/cat.txt?apiversion")).status).toBe(403)
      expect(counts.asked).toBe(2)
    })
  )

  it.effect("shows its handler no header of either dialect that is not signed", () =>
    Effect.gen(function* () {
      const seen: Array<string> = []
      const handler = ObsTestService.checkSignatures(
        ({ headers }) =>
          Effect.sync(() => {
            seen.push(...Object.keys(headers).filter((name) => name.endsWith("-meta-a")))
            return { status: 200, headers: {}, body: "" }
          }),
        { credentials: [keysOf("me")] }
      )
      const headers = yield* signed("me", "obs", "PUT", "/photos/cat.txt", { "x-obs-meta-a": "1" })
      yield* callerOf(handler)("PUT /photos/cat.txt", { headers: { ...headers, "x-amz-meta-a": "2" } })
      expect(seen).toEqual(["x-obs-meta-a"])
    })
  )

  it.effect("reads no body whose head is refused", () =>
    Effect.gen(function* () {
      const { body, call, counts } = counted()
      const headers = yield* signed("me", "obs", "PUT", "/photos/cat.txt")
      const wrong = { ...headers, authorization: "OBS me:AAAA" }
      expect((yield* call("PUT /photos/cat.txt", { headers: wrong, body })).tag).toBe("SignatureDoesNotMatch")
      expect((yield* call("PUT /photos/cat.txt", { body })).tag).toBe("AccessDenied")
      expect(counts).toEqual({ asked: 0, read: 0 })
      expect((yield* call("PUT /photos/cat.txt", { headers, body })).text).toBe("hello")
      expect(counts).toEqual({ asked: 1, read: 1 })
    })
  )
})

describe("the body of a part that is copied", () => {
  const begun = (options: ObsTestService.Options) =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.makeWith({ credentials: [keysOf("me")], ...options })
      const [me, call] = [signedCallerOf(handler, keysOf("me")), callerOf(handler)]
      yield* me("PUT /photos")
      yield* me("PUT /photos/cat.txt", "meow")
      const id = text((yield* me("POST /photos/copy.txt?uploads")).text, "UploadId")
      const path = `/photos/copy.txt?partNumber=1&uploadId=${id}`
      return { call, me, path }
    })

  it.effect("has to be the one that was signed", () =>
    Effect.gen(function* () {
      const { call, path } = yield* begun({})
      const headers = yield* signed("me", "aws4", "PUT", path, {
        "x-amz-copy-source": "/photos/cat.txt",
        // Of no bytes
        "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
      expect((yield* call(`PUT ${path}`, { headers, body: "purr" })).tag).toBe("XAmzContentSHA256Mismatch")
      const copied = yield* call(`PUT ${path}`, { headers })
      expect([copied.status, text(copied.text, "ETag")]).toEqual([200, '"4a4be40c96ac6314e91d93f38043a634"'])
    })
  )

  it.effect("is refused where none belongs", () =>
    Effect.gen(function* () {
      const { me, path } = yield* begun({ unexpectedBodies: "refused" })
      const headers = { "x-obs-copy-source": "/photos/cat.txt" }
      expect((yield* me(`PUT ${path}`, { headers, body: "purr" })).tag).toBe("MaxMessageLengthExceeded")
      expect((yield* me(`PUT ${path}`, { headers })).status).toBe(200)
    })
  )

  it.effect("has a digest of its own", () =>
    Effect.gen(function* () {
      const { me, path } = yield* begun({})
      const digest = (md5: string) => ({
        headers: { "x-obs-copy-source": "/photos/cat.txt", "content-md5": md5 },
        body: ""
      })
      expect((yield* me(`PUT ${path}`, digest("SkvkDJasYxTpHZPzgEOmNA=="))).tag).toBe("BadDigest")
      expect((yield* me(`PUT ${path}`, digest("1B2M2Y8AsgTpgAmY7PhCfg=="))).status).toBe(200)
    })
  )
})

describe("what follows the last chunk of a body", () => {
  const taken = (trailers: string) =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.make
      const call = callerOf(handler)
      yield* call("PUT /photos")
      const { tag } = yield* call("PUT /photos/cat.txt", {
        headers: { "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" },
        body: `4\r\nmeow\r\n0\r\n${trailers}\r\n`
      })
      return [tag, (yield* call("GET /photos/cat.txt")).text.includes("meow")]
    })

  it.effect.each<[string, string, boolean]>([
    ["a checksum", "x-amz-checksum-crc32:AAAAAA==\r\n", true],
    ["some trailers", "a:b\r\n".repeat(60), true],
    ["many trailers", "a:b\r\n".repeat(100), false],
    ["long ones", `a:${"b".repeat(8000)}\r\n`.repeat(3), false],
    ["lines that are none", "\r\n".repeat(20_000), false]
  ])("is bounded: %s", ([, trailers, isTaken]) =>
    Effect.gen(function* () {
      expect(yield* taken(trailers)).toEqual([isTaken ? undefined : "IncompleteBody", isTaken])
    })
  )
})
