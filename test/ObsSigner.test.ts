import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsResponse, ObsSigner } from "effect-obs"
import {
  Cause,
  Duration,
  Effect,
  FetchHttpClient,
  HttpBody,
  HttpClient,
  HttpClientRequest,
  Logger,
  Redacted,
  Stream,
  TestClock
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { createHash, createHmac } from "node:crypto"
import { createServer } from "node:http"
import { inspect } from "node:util"

const secret = "Zq7WxSECRETvalue9KpLmTtUu12345"
const token = "TOKENvalueAbCdEf0123456789/+=="
const keys: ObsSigner.Keys = { accessKeyId: "UDSIAMSTUBTEST000254", secretAccessKey: Redacted.make(secret) }
const temporary: ObsSigner.Keys = { ...keys, securityToken: Redacted.make(token) }

const host = "photos.obs.eu-de.otc.t-systems.com"
const endpoint = "obs.eu-de.otc.t-systems.com"
const now = Date.UTC(2026, 10, 28, 3, 45, 51)
const date = "Sat, 28 Nov 2026 03:45:51 GMT"

const at = <A, E>(effect: Effect.Effect<A, E>) => Effect.flatMap(TestClock.setTime(now), () => effect)

const hmac = (text: string) => createHmac("sha1", secret).update(text).digest("base64")

const put = HttpClientRequest.put(`https://${host}/a cat.txt`).pipe(
  HttpClientRequest.setHeaders({ "x-obs-acl": "private", "Content-MD5": "I5pU0r4+sgO9Emgl1KMQUg==" }),
  HttpClientRequest.setBody(HttpBody.text("meow", "text/plain"))
)

/** The address of a request as clients send it. */
const sentTo = (request: HttpClientRequest.HttpClientRequest) => new URL(request.url)

describe("sign", () => {
  it.effect("signs in the scheme of OBS", () =>
    Effect.gen(function* () {
      const { request, scheme, stringToSign } = yield* at(ObsSigner.sign(put, keys))
      const text = `PUT\nI5pU0r4+sgO9Emgl1KMQUg==\ntext/plain\n\nx-obs-acl:private\nx-obs-date:${date}\n/photos/a%20cat.txt`
      expect(scheme).toBe("obs")
      expect(Redacted.value(stringToSign)).toBe(text)
      expect(request.headers["authorization"]).toBe(`OBS UDSIAMSTUBTEST000254:${hmac(text)}`)
      expect(request.headers).toMatchObject({ "x-obs-date": date, "content-type": "text/plain", "content-length": "4" })
      expect(request.url).toBe(`https://${host}/a%20cat.txt`)
      expect(request.body).toBe(put.body)
      expect(request.method).toBe("PUT")
    })
  )

  it.effect("signs in the dialect of AWS, with a token", () =>
    Effect.gen(function* () {
      const { request } = yield* at(ObsSigner.sign(put, temporary, { scheme: "aws2" }))
      const text = `PUT\nI5pU0r4+sgO9Emgl1KMQUg==\ntext/plain\n\nx-amz-date:${date}\nx-amz-security-token:${token}\n/photos/a%20cat.txt`
      expect(request.headers["authorization"]).toBe(`AWS UDSIAMSTUBTEST000254:${hmac(text)}`)
      expect(request.headers["x-amz-security-token"]).toBe(token)
    })
  )

  it.effect("signs parameters, wherever the request has them, and writes them in one way", () =>
    Effect.gen(function* () {
      const request = HttpClientRequest.get(`https://${host}/k?versionId=a+b&acl`).pipe(
        HttpClientRequest.setUrlParam("response-content-disposition", 'attachment; filename="a b+c.txt"')
      )
      const { request: signed, stringToSign } = yield* at(ObsSigner.sign(request, keys))
      const [, query] = sentTo(signed).href.split("?")
      expect(query).toBe(
        "versionId=a%20b&acl&response-content-disposition=attachment%3B%20filename%3D%22a%20b%2Bc.txt%22"
      )
      expect([...signed.urlParams]).toEqual([])
      expect(Redacted.value(stringToSign).split("\n").at(-1)).toBe(
        '/photos/k?acl&response-content-disposition=attachment; filename="a b+c.txt"&versionId=a b'
      )
    })
  )

  it.effect("signs anew what is signed, with the time and the keys of now", () =>
    Effect.gen(function* () {
      const first = yield* at(ObsSigner.sign(put, temporary))
      yield* TestClock.adjust("1 hour")
      const again = yield* ObsSigner.sign(first.request, keys)
      expect(again.request.headers["x-obs-date"]).toBe("Sat, 28 Nov 2026 04:45:51 GMT")
      expect(again.request.headers["x-obs-security-token"]).toBeUndefined()
      expect(Redacted.value(again.stringToSign)).not.toContain(token)
      const other = yield* ObsSigner.sign(first.request, keys, { scheme: "aws2" })
      expect(Object.keys(other.request.headers).filter((name) => name.includes("-date"))).toEqual(["x-amz-date"])
    })
  )

  it.effect.each([
    ["text/plain;charset=UTF-8", HttpBody.raw("meow")],
    ["application/x-www-form-urlencoded;charset=UTF-8", HttpBody.raw(new URLSearchParams({ a: "b" }))],
    ["image/png", HttpBody.raw(new Blob(["x"], { type: "image/png" }))],
    ["", HttpBody.raw(new Blob(["x"]))],
    ["", HttpBody.raw(new Uint8Array(1))]
  ] as const)("signs the Content-Type %j that fetch would give a body", ([type, body]) =>
    Effect.gen(function* () {
      const bare = HttpClientRequest.setBody(HttpClientRequest.put(`https://${host}/k`), body)
      const { request, stringToSign } = yield* at(ObsSigner.sign(bare, keys))
      expect(Redacted.value(stringToSign).split("\n")[2]).toBe(type)
      expect(request.headers["content-type"] ?? "").toBe(type)
    })
  )

  it.effect("signs with version 4, by the clock, in the region of the host", () =>
    Effect.gen(function* () {
      const { canonicalRequest, request } = yield* at(ObsSigner.sign(put, temporary, { scheme: "aws4" }))
      expect(request.headers["authorization"]).toContain("/20261128/eu-de/s3/aws4_request")
      expect(request.headers["x-amz-date"]).toBe("20261128T034551Z")
      expect(request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD")
      expect(canonicalRequest && Redacted.value(canonicalRequest).split("\n").slice(0, 5)).toEqual([
        "PUT",
        "/a%20cat.txt",
        "",
        "content-md5:I5pU0r4+sgO9Emgl1KMQUg==",
        "content-type:text/plain"
      ])
    })
  )
})

describe("presign", () => {
  const target: ObsSigner.Target = { bucket: "photos", key: "ä/a+b c.txt" }

  it.effect("makes an address", () =>
    Effect.gen(function* () {
      const address = yield* at(
        ObsSigner.presign({ ...target, method: "PUT", parameters: { versionId: "1", acl: "" } }, temporary, {
          endpoint,
          expires: "15 minutes",
          response: { contentDisposition: "attachment; x" },
          headers: { "Content-Type": "text/plain", "x-obs-acl": "private", range: "bytes=0-1" }
        })
      )
      const expires = String(now / 1000 + 900)
      const text = `PUT\n\ntext/plain\n${expires}\nx-obs-acl:private\n/photos/%C3%A4/a%2Bb%20c.txt?acl&response-content-disposition=attachment; x&versionId=1&x-obs-security-token=${token}`
      expect(Redacted.value(address)).toBe(
        `https://${host}/%C3%A4/a%2Bb%20c.txt?versionId=1&acl&response-content-disposition=attachment%3B%20x` +
          `&AccessKeyId=UDSIAMSTUBTEST000254&Expires=${expires}&x-obs-security-token=${encodeURIComponent(token)}` +
          `&Signature=${encodeURIComponent(hmac(text))}`
      )
    })
  )

  it.effect("takes a request, an endpoint with a path style, and a custom domain", () =>
    Effect.gen(function* () {
      const options = { expires: Duration.minutes(1) }
      const ofRequest = yield* at(
        ObsSigner.presign(HttpClientRequest.head(`https://${host}/k?acl`), keys, { ...options, scheme: "aws2" })
      )
      const expires = String(now / 1000 + 60)
      expect(Redacted.value(ofRequest)).toBe(
        `https://${host}/k?acl&AWSAccessKeyId=UDSIAMSTUBTEST000254&Expires=${expires}&Signature=${encodeURIComponent(hmac(`HEAD\n\n\n${expires}\n/photos/k?acl`))}`
      )
      const starts = (target: ObsSigner.Target, more: ObsSigner.Options) =>
        Effect.map(at(ObsSigner.presign(target, keys, { ...options, ...more })), (url) =>
          Redacted.value(url).replace(/\?.*/, "")
        )
      expect(yield* starts(target, { endpoint: "http://127.0.0.1:9000" })).toBe(
        "http://127.0.0.1:9000/photos/%C3%A4/a%2Bb%20c.txt"
      )
      expect(yield* starts({ bucket: "photos" }, { endpoint: "http://127.0.0.1:9000" })).toBe(
        "http://127.0.0.1:9000/photos"
      )
      expect(yield* starts({ bucket: "photos" }, { endpoint })).toBe(`https://${host}/`)
      expect(yield* starts({ key: "k" }, { endpoint: "files.example.com", style: "customDomain" })).toBe(
        "https://files.example.com/k"
      )
      expect(yield* starts({ bucket: "b", key: "k" }, { endpoint: "obs.example.com", style: "path" })).toBe(
        "https://obs.example.com/b/k"
      )
      expect(yield* starts({ bucket: "b", key: "k" }, { endpoint: "obs.example.com" })).toBe(
        "https://b.obs.example.com/k"
      )
      expect(yield* starts({}, { endpoint })).toBe(`https://${endpoint}/`)
    })
  )

  it.effect("signs with version 4", () =>
    Effect.gen(function* () {
      const address = yield* at(
        ObsSigner.presign(target, temporary, {
          endpoint,
          scheme: "aws4",
          expires: "7 days",
          response: { contentDisposition: "a b" },
          headers: { "content-type": "text/plain" }
        })
      )
      const { searchParams, search } = new URL(Redacted.value(address))
      expect(searchParams.get("X-Amz-Expires")).toBe("604800")
      expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-type;host")
      expect(searchParams.get("X-Amz-Security-Token")).toBe(token)
      expect(search).toContain("response-content-disposition=a%20b")
    })
  )
})

describe("postForm", () => {
  it.effect("makes a form, whose policy says what it may upload", () =>
    Effect.gen(function* () {
      const { fields, url } = yield* at(
        ObsSigner.postForm(temporary, {
          bucket: "photos",
          key: { startsWith: "cats/" },
          endpoint,
          expires: "1 hour",
          acl: "private",
          contentType: { startsWith: "image/" },
          contentLength: { min: 1, max: 1000 },
          metadata: { owner: "Müller" },
          successActionRedirect: "https://example.com/done",
          successActionStatus: 201,
          fields: { "x-obs-storage-class": "WARM" }
        })
      )
      expect(url).toBe(`https://${host}/`)
      const plain = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          Redacted.isRedacted(value) ? Redacted.value(value) : value
        ])
      )
      const { policy = "", signature, ...rest } = plain
      expect(rest).toEqual({
        acl: "private",
        "x-obs-meta-owner": "Müller",
        success_action_redirect: "https://example.com/done",
        success_action_status: "201",
        "x-obs-storage-class": "WARM",
        AccessKeyId: "UDSIAMSTUBTEST000254",
        "x-obs-security-token": token
      })
      expect(signature).toBe(hmac(policy))
      expect(JSON.parse(Buffer.from(policy, "base64").toString())).toEqual({
        expiration: "2026-11-28T04:45:51.000Z",
        conditions: [
          { bucket: "photos" },
          ["starts-with", "$key", "cats/"],
          { acl: "private" },
          ["starts-with", "$content-type", "image/"],
          { "x-obs-meta-owner": "Müller" },
          { success_action_redirect: "https://example.com/done" },
          { success_action_status: "201" },
          { "x-obs-storage-class": "WARM" },
          { "x-obs-security-token": token },
          ["content-length-range", 1, 1000]
        ]
      })
    })
  )

  it.effect("speaks the dialect of AWS", () =>
    Effect.gen(function* () {
      const options = {
        bucket: "b",
        key: "k",
        endpoint: "http://127.0.0.1:9000",
        expires: 60_000,
        scheme: "aws2"
      } as const
      const { fields, url } = yield* at(ObsSigner.postForm(temporary, { ...options, metadata: { a: "1" } }))
      expect(url).toBe("http://127.0.0.1:9000/b")
      expect(Object.keys(fields)).toEqual([
        "key",
        "x-amz-meta-a",
        "AWSAccessKeyId",
        "x-amz-security-token",
        "policy",
        "signature"
      ])
    })
  )

  it.effect("signs with version 4, whose fields the policy names", () =>
    Effect.gen(function* () {
      const options = { bucket: "photos", key: "cat.txt", endpoint, expires: "1 hour", scheme: "aws4" } as const
      const { fields } = yield* at(ObsSigner.postForm(temporary, { ...options, metadata: { owner: "me" } }))
      const plain = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          Redacted.isRedacted(value) ? Redacted.value(value) : value
        ])
      )
      const { policy = "", "x-amz-signature": signature, ...rest } = plain
      const named = {
        "x-amz-algorithm": "AWS4-HMAC-SHA256",
        "x-amz-credential": "UDSIAMSTUBTEST000254/20261128/eu-de/s3/aws4_request",
        "x-amz-date": "20261128T034551Z",
        "x-amz-security-token": token
      }
      expect(rest).toEqual({ key: "cat.txt", "x-amz-meta-owner": "me", ...named })
      expect(JSON.parse(Buffer.from(policy, "base64").toString())).toEqual({
        expiration: "2026-11-28T04:45:51.000Z",
        conditions: [{ bucket: "photos" }, ...Object.entries(rest).map(([name, value]) => ({ [name]: value }))]
      })
      let key = Buffer.from(`AWS4${secret}`)
      for (const part of ["20261128", "eu-de", "s3", "aws4_request"]) {
        key = createHmac("sha256", key).update(part).digest()
      }
      expect(signature).toBe(createHmac("sha256", key).update(policy).digest("hex"))
      expect(inspect(fields) + JSON.stringify(fields)).not.toContain(signature)
    })
  )
})

describe("a signed payload", () => {
  const s3 = { scheme: "aws4", region: "eu-de", payload: "signed" } as const
  const address = "http://127.0.0.1:9000/photos/k"
  const of = (body: HttpBody.HttpBody) => HttpClientRequest.setBody(HttpClientRequest.put(address), body)
  const hash = (text: string) => createHash("sha256").update(text).digest("hex")

  it.effect.each([
    ["nothing", "", HttpBody.empty],
    ["text", "meow ä", HttpBody.text("meow ä")],
    ["bytes", "meow", HttpBody.uint8Array(new TextEncoder().encode("meow"))],
    ["a string", "meow ä", HttpBody.raw("meow ä")],
    ["a form in the address", "a=b+c", HttpBody.raw(new URLSearchParams({ a: "b c" }))],
    ["a blob", "meow", HttpBody.raw(new Blob(["meow"]))],
    ["a buffer", "meow", HttpBody.raw(new TextEncoder().encode("meow").buffer)],
    ["a part of a buffer", "eow", HttpBody.raw(new TextEncoder().encode("meow").subarray(1))],
    ["a view", "eo", HttpBody.raw(new DataView(new TextEncoder().encode("meow").buffer, 1, 2))]
  ] as const)("is that of %s", ([_, text, body]) =>
    Effect.gen(function* () {
      const { canonicalRequest, request } = yield* ObsSigner.sign(of(body), keys, s3)
      expect(request.headers["x-amz-content-sha256"]).toBe(hash(text))
      expect(
        Redacted.value(canonicalRequest ?? Redacted.make(""))
          .split("\n")
          .at(-1)
      ).toBe(hash(text))
      expect(request.body).toBe(of(body).body)
      // Signed again with another body
      const changed = HttpClientRequest.setBody(request, HttpBody.text("woof"))
      const again = yield* ObsSigner.sign(changed, keys, s3)
      expect(again.request.headers["x-amz-content-sha256"]).toBe(hash("woof"))
    })
  )

  it.effect("is what a stream says of itself, and nothing where it says nothing", () =>
    Effect.gen(function* () {
      const stream = of(HttpBody.stream(Stream.make(new TextEncoder().encode("meow"))))
      const named = HttpClientRequest.setHeader(stream, "x-amz-content-sha256", hash("meow"))
      const { request } = yield* ObsSigner.sign(named, keys, s3)
      expect(request.headers["x-amz-content-sha256"]).toBe(hash("meow"))
      const other = HttpClientRequest.setHeader(stream, "x-amz-content-sha256", "UNSIGNED-PAYLOAD")
      for (const unknown of [stream, other, of(HttpBody.formData(new FormData())), of(HttpBody.raw({}))]) {
        const error = yield* Effect.flip(ObsSigner.sign(unknown, keys, s3))
        expect(error.reason).toBe("UnknownPayload")
        expect(error.message).toContain("x-amz-content-sha256")
      }
    })
  )

  it.effect("is not signed unless that is asked for, and not with other schemes", () =>
    Effect.gen(function* () {
      const { request } = yield* ObsSigner.sign(of(HttpBody.text("meow")), keys, { ...s3, payload: "unsigned" })
      expect(request.headers["x-amz-content-sha256"]).toBe("UNSIGNED-PAYLOAD")
      for (const scheme of ["obs", "aws2", undefined] as const) {
        const error = yield* Effect.flip(ObsSigner.sign(put, keys, { scheme, payload: "signed" }))
        expect(error.reason).toBe("InvalidOptions")
      }
    })
  )
})

describe("fails with what is wrong, before anything is signed", () => {
  const target: ObsSigner.Target = { bucket: "b", key: "k" }
  const options = { endpoint, expires: "1 minute" } as const
  const get = HttpClientRequest.get(`https://${host}/k`)
  const form = { bucket: "b", key: "k", ...options } as const
  const withKeys = (changed: Partial<ObsSigner.Keys>) => ObsSigner.sign(get, { ...keys, ...changed })
  const expiring = (expires: ObsSigner.PresignOptions["expires"], scheme: ObsSigner.Scheme = "obs") =>
    ObsSigner.presign(target, keys, { endpoint, expires, scheme })

  it.effect.each<readonly [string, ObsSigner.SignerReason, Effect.Effect<unknown, ObsSigner.SignerError>]>([
    ["an address that is none", "InvalidUrl", ObsSigner.sign(HttpClientRequest.get("photos/k"), keys)],
    ["an address with a user", "InvalidUrl", ObsSigner.sign(HttpClientRequest.get(`https://a:b@${host}/k`), keys)],
    ["a key that is no text", "InvalidUrl", ObsSigner.presign({ bucket: "b", key: "\ud800" }, keys, options)],
    ["a key that cannot be addressed", "InvalidUrl", ObsSigner.presign({ bucket: "b", key: "a/../b" }, keys, options)],
    [
      "half a character in a parameter",
      "InvalidUrl",
      ObsSigner.sign(HttpClientRequest.setUrlParam(get, "versionId", "\ud800"), keys)
    ],
    ["a bucket that is none", "InvalidOptions", ObsSigner.presign({ bucket: "a/b", key: "k" }, keys, options)],
    ["a key without a bucket", "InvalidOptions", ObsSigner.presign({ key: "k" }, keys, options)],
    ["no endpoint", "InvalidOptions", ObsSigner.presign(target, keys, { expires: "1 minute" })],
    ["an endpoint that is none", "InvalidOptions", ObsSigner.presign(target, keys, { ...options, endpoint: "a b" })],
    ["an access key with a line break", "InvalidCredentials", withKeys({ accessKeyId: "AK\n" })],
    ["an access key with a colon", "InvalidCredentials", withKeys({ accessKeyId: "AK:SK" })],
    ["no access key", "InvalidCredentials", withKeys({ accessKeyId: "" })],
    ["no secret", "InvalidCredentials", withKeys({ secretAccessKey: Redacted.make("") })],
    ["a secret with a line break", "InvalidCredentials", withKeys({ secretAccessKey: Redacted.make(`${secret}\n`) })],
    ["a token with a line break", "InvalidCredentials", withKeys({ securityToken: Redacted.make(`${token}\n`) })],
    ["keys of a form", "InvalidCredentials", ObsSigner.postForm({ ...keys, accessKeyId: "" }, form)],
    ["no time", "InvalidExpires", expiring(0)],
    ["a time before now", "InvalidExpires", expiring(-1000)],
    ["no number", "InvalidExpires", expiring(Number.NaN)],
    ["for ever", "InvalidExpires", expiring(Duration.infinity)],
    ["more than seven days", "InvalidExpires", expiring(Duration.millis(7 * 86_400_000 + 1), "aws4")],
    [
      "a form for more than seven days",
      "InvalidExpires",
      ObsSigner.postForm(keys, { ...form, scheme: "aws4", expires: "8 days" })
    ],
    [
      "a form of no region",
      "MissingRegion",
      ObsSigner.postForm(keys, { ...form, scheme: "aws4", endpoint: "s3.example.com" })
    ],
    [
      "a form of a region that is none",
      "InvalidOptions",
      ObsSigner.postForm(keys, { ...form, scheme: "aws4", region: "a/b" })
    ],
    ["a form for no time", "InvalidExpires", ObsSigner.postForm(keys, { ...form, expires: 0 })],
    [
      "a form with a length that is none",
      "InvalidOptions",
      ObsSigner.postForm(keys, { ...form, contentLength: { min: 2, max: 1 } })
    ],
    ["a field that is there twice", "InvalidOptions", ObsSigner.postForm(keys, { ...form, fields: { Key: "x" } })],
    // As JavaScript may call them
    [
      "a form of no scheme",
      "InvalidOptions",
      ObsSigner.postForm(keys, Object.assign({ ...form, scheme: "obs" as const }, { scheme: "v9" }))
    ],
    [
      "a signature of no scheme",
      "InvalidOptions",
      ObsSigner.sign(get, keys, Object.assign({ endpoint, scheme: "obs" as const }, { scheme: "v9" }))
    ],
    ["a field with no name", "InvalidOptions", ObsSigner.postForm(keys, { ...form, fields: { "a b": "x" } })],
    [
      "a header that breaks lines",
      "InvalidHeader",
      ObsSigner.sign(HttpClientRequest.setHeader(get, "x-obs-meta-a", "a\nb"), keys)
    ],
    [
      "the same with aws4",
      "InvalidHeader",
      ObsSigner.sign(HttpClientRequest.setHeader(get, "x-amz-meta-a", "ä"), keys, { scheme: "aws4" })
    ],
    [
      "a form as the body",
      "UnsupportedBody",
      ObsSigner.sign(HttpClientRequest.setBody(get, HttpBody.formData(new FormData())), keys)
    ],
    ["a signed address", "AlreadySigned", ObsSigner.sign(HttpClientRequest.get(`https://${host}/k?Signature=x`), keys)],
    [
      "the same of version 4",
      "AlreadySigned",
      ObsSigner.presign(HttpClientRequest.get(`https://${host}/k?X-Amz-Signature=x`), keys, options)
    ],
    [
      "no region",
      "MissingRegion",
      ObsSigner.sign(HttpClientRequest.get("https://b.example.com/k"), keys, { scheme: "aws4" })
    ],
    ["a region that is none", "InvalidOptions", ObsSigner.sign(get, keys, { scheme: "aws4", region: "a/b" })]
  ])("%s", ([_, reason, effect]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(effect)
      expect(error).toBeInstanceOf(ObsSigner.SignerError)
      expect(error).toMatchObject({ _tag: "SignerError", reason })
      expect(error.solution).not.toBe("")
      expect(error.message).not.toMatch(/\n/)
    })
  )

  it.effect("where there is no Web Crypto, with aws4 alone", () =>
    Effect.gen(function* () {
      const { crypto } = globalThis
      const other = { ...keys, secretAccessKey: Redacted.make("another") }
      const sign = (scheme: ObsSigner.Scheme) => Effect.exit(ObsSigner.sign(get, other, { scheme }))
      const exits = yield* Effect.acquireUseRelease(
        Effect.sync(() => Object.defineProperty(globalThis, "crypto", { value: undefined, configurable: true })),
        () => Effect.all({ obs: sign("obs"), aws2: sign("aws2"), aws4: sign("aws4") }),
        () => Effect.sync(() => Object.defineProperty(globalThis, "crypto", { value: crypto, configurable: true }))
      )
      expect(exits.obs._tag).toBe("Success")
      expect(exits.aws2._tag).toBe("Success")
      expect((yield* Effect.flip(exits.aws4)).reason).toBe("CryptoUnavailable")
      yield* ObsSigner.sign(get, other, { scheme: "aws4" })
    })
  )
})

/** A request as it arrives. */
interface Arrived {
  readonly method: string
  readonly url: URL
  readonly headers: Record<string, string>
}

/** What the service signs of what arrives: it knows its endpoint, and that the bucket is in front of it or in the path. */
const stringToSignOf = ({ headers, method, url }: Arrived, prefix = "x-obs-", at = endpoint): string => {
  const own = Object.keys(headers)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => `${name}:${headers[name] ?? ""}`)
  const signed = [...url.searchParams].filter(([name]) =>
    ["acl", "versionId", "x-obs-security-token", "uploads"].includes(name)
  )
  const query = signed
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === "" ? name : `${name}=${value}`))
    .join("&")
  const bucket = url.hostname.endsWith(`.${at}`) ? `/${url.hostname.slice(0, -at.length - 1)}` : ""
  const day = `${prefix}date` in headers ? "" : (headers["date"] ?? "")
  return [
    method,
    headers["content-md5"] ?? "",
    headers["content-type"] ?? "",
    url.searchParams.get("Expires") ?? day,
    ...own,
    bucket + url.pathname + (query === "" ? "" : `?${query}`)
  ].join("\n")
}

describe("is sent as it is signed", () => {
  /** A server that tells for each request whether its signature is that of what arrived. */
  const verifying = Effect.acquireRelease(
    Effect.promise(async () => {
      const server = createServer((arrived, response) => {
        const { authorization = "", host = "", ...headers } = arrived.headers
        const text = stringToSignOf({
          method: arrived.method ?? "",
          url: new URL(`http://${host}${arrived.url ?? ""}`),
          headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
        })
        response.writeHead(authorization === `OBS ${keys.accessKeyId}:${hmac(text)}` ? 200 : 403).end(text)
      })
      await new Promise<void>((resolve) => {
        server.listen(0, "127.0.0.1", resolve)
      })
      return server
    }),
    (server) =>
      Effect.sync(() => {
        server.closeAllConnections()
        server.close()
      })
  ).pipe(
    Effect.map((server) => {
      const address = server.address()
      return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`
    })
  )

  const form = new URLSearchParams({ a: "b c" })

  it.live.each([
    ["fetch", FetchHttpClient.layer],
    ["Node's http", NodeHttpClient.layerNodeHttp],
    ["undici", NodeHttpClient.layerUndici]
  ] as const)("with %s", ([name, layer]) =>
    Effect.gen(function* () {
      const url = yield* verifying
      const client = yield* HttpClient.HttpClient
      const put = HttpClientRequest.put(`${url}/photos/ä/a b+c'(1)!*.txt?versionId=a+b%2Bc&x=1`)
      const requests = [
        put,
        HttpClientRequest.get(url),
        HttpClientRequest.get(`${url}/photos?acl`),
        HttpClientRequest.head(`${url}/photos/a%2Fb//c`),
        HttpClientRequest.setUrlParam(put, "uploads", "ü ~*"),
        HttpClientRequest.setBody(put, HttpBody.text("meow", "text/plain")),
        HttpClientRequest.setBody(put, HttpBody.uint8Array(new Uint8Array(9))),
        // Node's http takes no such bodies
        ...(name === "fetch" ? [HttpBody.raw("meow"), HttpBody.raw(form), HttpBody.raw(new Blob(["x"]))] : []).map(
          (body) => HttpClientRequest.setBody(put, body)
        )
      ]
      for (const request of requests) {
        const signed = yield* ObsSigner.sign(request, temporary)
        const response = yield* client.execute(signed.request)
        const arrived = yield* response.text
        expect(request.method === "HEAD" ? "" : arrived).toBe(
          request.method === "HEAD" ? "" : Redacted.value(signed.stringToSign)
        )
        expect(response.status).toBe(200)
      }
    }).pipe(Effect.scoped, Effect.provide(layer))
  )
})

describe("explain", () => {
  const request = HttpClientRequest.put(`https://${host}/caf%C3%A9/a b+c.txt?versionId=1&acl`).pipe(
    HttpClientRequest.setHeaders({
      "x-obs-meta-owner": "me",
      "x-obs-acl": "private",
      "content-md5": "I5pU0r4+sgO9Emgl1KMQUg==",
      "content-type": "text/plain"
    })
  )
  const bare = HttpClientRequest.put(`https://${host}/k`)

  interface Mismatch {
    readonly what: string
    readonly request?: HttpClientRequest.HttpClientRequest
    readonly options?: ObsSigner.Options
    /** What happens on the way. */
    readonly change?: (arrived: Arrived) => Partial<Arrived>
    readonly prefix?: string
    readonly endpoint?: string
    readonly cause: ObsSigner.MismatchCause
    readonly line: readonly [number, ObsSigner.Part, string?] | undefined
    readonly says?: string
  }

  const setting = (headers: Record<string, string | undefined>) => (arrived: Arrived) => ({
    headers: Object.fromEntries(
      Object.entries({ ...arrived.headers, ...headers }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]]
      )
    )
  })
  const at2 = (f: (href: string) => string) => (arrived: Arrived) => ({ url: new URL(f(arrived.url.href)) })

  const mismatches: ReadonlyArray<Mismatch> = [
    { what: "a wrong secret", cause: "WrongSecret", line: undefined },
    {
      what: "the method",
      change: () => ({ method: "GET" }),
      cause: "MethodChanged",
      line: [1, "Method"],
      says: "PUT here, GET there"
    },
    {
      what: "Content-MD5 lost",
      change: setting({ "content-md5": undefined }),
      cause: "ContentMd5Changed",
      line: [2, "Content-MD5"]
    },
    {
      what: "Content-Type changed",
      change: setting({ "content-type": "text/plain;charset=UTF-8" }),
      cause: "ContentTypeChanged",
      line: [3, "Content-Type"],
      says: "text/plain here, text/plain;charset=UTF-8 there"
    },
    {
      what: "Content-Type lost",
      change: setting({ "content-type": undefined }),
      cause: "ContentTypeLost",
      line: [3, "Content-Type"],
      says: "text/plain here, none there"
    },
    {
      what: "Content-Type set after signing",
      request: bare,
      change: setting({ "content-type": "application/octet-stream" }),
      cause: "ContentTypeAdded",
      line: [3, "Content-Type"],
      says: "none here, application/octet-stream there"
    },
    {
      what: "the date of the service lost",
      change: setting({ "x-obs-date": undefined, date }),
      cause: "HeaderLost",
      line: [4, "Date"]
    },
    {
      what: "the date changed",
      change: setting({ "x-obs-date": "Sat, 28 Nov 2026 03:45:52 GMT" }),
      cause: "HeaderChanged",
      line: [6, "Header", "x-obs-date"]
    },
    {
      what: "a header changed",
      change: setting({ "x-obs-acl": "public-read" }),
      cause: "HeaderChanged",
      line: [5, "Header", "x-obs-acl"]
    },
    {
      what: "a header changed in its blanks",
      change: setting({ "x-obs-meta-owner": "me " }),
      cause: "HeaderChanged",
      line: [7, "Header", "x-obs-meta-owner"]
    },
    {
      what: "a header added by a proxy",
      change: setting({ "x-obs-forwarded": "1" }),
      cause: "HeaderAdded",
      line: [7, "Header", "x-obs-forwarded"]
    },
    {
      what: "a header added at the end",
      change: setting({ "x-obs-tagging": "1" }),
      cause: "HeaderAdded",
      line: [9, "Header", "x-obs-tagging"]
    },
    {
      what: "a header lost",
      change: setting({ "x-obs-meta-owner": undefined }),
      cause: "HeaderLost",
      line: [7, "Header", "x-obs-meta-owner"]
    },
    {
      what: "the first header lost",
      change: setting({ "x-obs-acl": undefined }),
      cause: "HeaderLost",
      line: [5, "Header", "x-obs-acl"]
    },
    {
      what: "a token lost",
      change: setting({ "x-obs-security-token": undefined }),
      cause: "TokenLost",
      line: [8, "Header", "x-obs-security-token"]
    },
    {
      what: "a token changed",
      change: setting({ "x-obs-security-token": "another" }),
      cause: "TokenChanged",
      line: [8, "Header", "x-obs-security-token"]
    },
    {
      what: "the other dialect",
      prefix: "x-amz-",
      change: setting({ "x-amz-date": "20261128T034551Z" }),
      cause: "DialectDiffers",
      line: [5, "Header", "x-obs-acl"]
    },
    {
      what: "a sub-resource added after signing",
      change: at2((href) => `${href}&uploads`),
      cause: "SubresourceNotSigned",
      line: [9, "SubResource", "uploads"]
    },
    {
      what: "a sub-resource lost",
      change: at2((href) => href.replace("&acl", "")),
      cause: "SubresourceLost",
      line: [9, "SubResource", "acl"]
    },
    {
      what: "a sub-resource changed",
      change: at2((href) => href.replace("versionId=1", "versionId=2")),
      cause: "SubresourceChanged",
      line: [9, "SubResource", "versionId"]
    },
    {
      what: "a token in the address",
      change: at2((href) => `${href}&x-obs-security-token=${token}`),
      cause: "TokenAdded",
      line: [9, "SubResource", "x-obs-security-token"]
    },
    {
      what: "an internal endpoint for a custom domain",
      request: HttpClientRequest.put("https://b.obs.internal/k"),
      endpoint: "obs.internal",
      cause: "HostStyle",
      line: [7, "Resource"]
    },
    {
      what: "an IP address for a custom domain",
      request: HttpClientRequest.put("https://10.0.0.7/b/k"),
      options: { style: "customDomain" },
      cause: "HostStyle",
      line: [7, "Resource"]
    },
    {
      what: "a host that a proxy rewrote",
      request: bare,
      change: at2(() => `https://10.0.0.7/k`),
      cause: "HostStyle",
      line: [7, "Resource"]
    },
    {
      what: "another bucket",
      request: bare,
      change: at2((href) => href.replace("photos", "videos")),
      cause: "BucketDiffers",
      line: [7, "Resource"]
    },
    {
      what: "a key decoded on the way",
      change: at2((href) => href.replace("%2B", "+")),
      cause: "KeyEncoding",
      line: [9, "Resource"]
    },
    {
      what: "a key encoded again",
      change: at2((href) => href.replace("%C3", "%25C3").replace("%A9", "%25A9")),
      cause: "KeyEncoding",
      line: [9, "Resource"]
    },
    {
      what: "a key in another normal form",
      change: at2((href) => href.replace("%C3%A9", "e%CC%81")),
      cause: "KeyEncoding",
      line: [9, "Resource"]
    },
    {
      what: "a key rewritten on the way",
      change: at2((href) => href.replace("caf", "tea")),
      cause: "KeyDiffers",
      line: [9, "Resource"]
    },
    { what: "another scheme", request: bare, options: { scheme: "aws4" }, cause: "SchemeDiffers", line: [1, "Scheme"] }
  ]

  const failing = (stringToSign: string, more: Record<string, string> = {}) =>
    ObsResponse.decode({
      status: 403,
      headers: {},
      body: `<Error><Code>SignatureDoesNotMatch</Code>${Object.entries({ StringToSign: stringToSign, ...more })
        .map(([name, text]) => `<${name}>${text.replaceAll("&", "&amp;")}</${name}>`)
        .join("")}</Error>`
    })

  it.effect.each(mismatches)("$what", (mismatch) =>
    Effect.gen(function* () {
      const signed = yield* at(ObsSigner.sign(mismatch.request ?? request, temporary, mismatch.options))
      const sent: Arrived = { method: "PUT", url: sentTo(signed.request), headers: { ...signed.request.headers } }
      const arrived = { ...sent, ...mismatch.change?.(sent) }
      const told = ObsSigner.explain(failing(stringToSignOf(arrived, mismatch.prefix, mismatch.endpoint)), signed)
      expect(told.cause).toBe(mismatch.cause)
      const [number, part, name] = mismatch.line ?? []
      expect(told.line).toEqual(mismatch.line && { number, part, ...(name && { name }) })
      expect(told.message).toContain(told.advice)
      expect(told.message).toContain(mismatch.says ?? "")
      const shown = [JSON.stringify(told), inspect(told), told.message].join("\n")
      for (const hidden of [secret, token, signed.request.headers["authorization"] ?? "", "/photos"]) {
        expect(shown).not.toContain(hidden)
      }
    })
  )

  it.effect.each<readonly [string, (canonical: string) => string, ObsSigner.MismatchCause, number | undefined]>([
    ["the method", (text) => text.replace("PUT", "GET"), "MethodChanged", 1],
    ["the key", (text) => text.replace("a%20b", "a+b"), "KeyEncoding", 2],
    ["another key", (text) => text.replace("/caf", "/tea"), "KeyDiffers", 2],
    ["the bucket in the path", (text) => text.replace("/caf", "/photos/caf"), "HostStyle", 2],
    ["a parameter", (text) => text.replace("acl=&", ""), "SubresourceLost", 3],
    [
      "Content-Type",
      (text) => text.replace("content-type:text/plain", "content-type:text/html"),
      "ContentTypeChanged",
      5
    ],
    ["the host", (text) => text.replace(/host:.*/, "host:10.0.0.7"), "HostStyle", 6],
    ["a header", (text) => text.replace("x-amz-acl:private", "x-amz-acl:public-read"), "HeaderChanged", 7],
    ["the list of headers", (text) => text.replace(";host;", ";"), "SignedHeadersDiffer", 12],
    ["the body", (text) => text.replace(/UNSIGNED-PAYLOAD$/, "0".repeat(64)), "PayloadChanged", 13],
    ["what nobody knows", (text) => `${text}\n`, "RequestDiffers", undefined]
  ])("of version 4, %s", ([_, change, cause, number]) =>
    Effect.gen(function* () {
      const amz = HttpClientRequest.setHeaders(request, { "x-amz-acl": "private" })
      const signed = yield* at(ObsSigner.sign(amz, temporary, { scheme: "aws4" }))
      const canonical = change(signed.canonicalRequest ? Redacted.value(signed.canonicalRequest) : "")
      const strings = Redacted.value(signed.stringToSign).split("\n")
      const failure = failing([...strings.slice(0, 3), "0".repeat(64)].join("\n"), { CanonicalRequest: canonical })
      expect(ObsSigner.explain(failure, signed)).toMatchObject({ cause, ...(number && { line: { number } }) })
    })
  )

  it.effect("of version 4, without the canonical request", () =>
    Effect.gen(function* () {
      const signed = yield* at(ObsSigner.sign(bare, keys, { scheme: "aws4" }))
      const lines = Redacted.value(signed.stringToSign).split("\n")
      const causeOf = (number: number) =>
        ObsSigner.explain(failing(lines.map((line, i) => (i === number ? "x" : line)).join("\n")), signed).cause
      expect(causeOf(1)).toBe("DateChanged")
      expect(causeOf(2)).toBe("ScopeDiffers")
      expect(causeOf(3)).toBe("RequestDiffers")
      expect(causeOf(9)).toBe("WrongSecret")
    })
  )

  it.effect("what the answer does not tell", () =>
    Effect.gen(function* () {
      const signed = yield* at(ObsSigner.sign(bare, keys))
      for (const failure of [new ObsError.SignatureDoesNotMatch(), failing(""), failing("GET / all in one line")]) {
        expect(ObsSigner.explain(failure, signed)).toMatchObject({ cause: "NotTold", line: undefined })
      }
    })
  )

  it.effect("a string whose lines end as those of Windows", () =>
    Effect.gen(function* () {
      const signed = yield* at(ObsSigner.sign(bare, keys))
      const failure = failing(Redacted.value(signed.stringToSign).replaceAll("\n", "\r\n"))
      expect(ObsSigner.explain(failure, signed).cause).toBe("WrongSecret")
    })
  )
})

describe("secrets", () => {
  /** All that shows a value: texts, loggers, spans, and a cause that has it. */
  const sinks = (value: unknown) =>
    Effect.gen(function* () {
      const logged: Array<unknown> = []
      const loggers = [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson].map((format) =>
        Logger.map(format, (line) => {
          logged.push(line)
        })
      )
      yield* Effect.log(value).pipe(Effect.provide(Logger.layer(loggers)))
      const attributes = yield* Effect.flatMap(Effect.annotateCurrentSpan("value", value), () =>
        Effect.map(Effect.currentSpan, (span) => [...span.attributes])
      ).pipe(Effect.withSpan("span"))
      expect(logged.length).toBe(3)
      expect(attributes.length).toBe(1)
      return [
        String(value),
        JSON.stringify(value),
        inspect(value, { depth: 9, showHidden: true }),
        Cause.pretty(Cause.fail(value)),
        inspect(Cause.fail(value), { depth: 9 }),
        JSON.stringify(Cause.fail(value)),
        JSON.stringify(attributes),
        inspect(attributes, { depth: 9 }),
        ...(value instanceof Error ? [value.message, value.stack] : []),
        ...logged
      ].join("\n")
    })

  it.effect.each(["obs", "aws2", "aws4"] as const)("of %s are in nothing that shows what was signed", (scheme) =>
    Effect.gen(function* () {
      const options = { scheme, expires: "1 hour" } as const
      const signed = yield* at(ObsSigner.sign(put, temporary, options))
      const address = yield* at(ObsSigner.presign(put, temporary, options))
      const { fields } = yield* at(
        ObsSigner.postForm(temporary, { bucket: "b", key: "k", endpoint, expires: "1 hour" })
      )
      const failing = (request: HttpClientRequest.HttpClientRequest, changed: Partial<ObsSigner.Keys> = {}) =>
        Effect.flip(ObsSigner.presign(request, { ...temporary, ...changed }, options))
      const errors = yield* Effect.all([
        failing(put, { accessKeyId: `${secret}\n` }),
        failing(put, { secretAccessKey: Redacted.make(`${secret}\n`) }),
        failing(put, { securityToken: Redacted.make(`${token}\n`) }),
        failing(HttpClientRequest.setHeader(put, "content-type", `${secret}ä`)),
        failing(HttpClientRequest.get(`https://${secret}:${token}@b/${secret}`)),
        failing(HttpClientRequest.get(`https://b/?Signature=${secret}`))
      ])
      const authorization = signed.request.headers["authorization"] ?? ""
      const signatures = [
        /(?::|Signature=)([\w+/=]+)$/.exec(authorization)?.[1],
        /Signature=([^&]+)/.exec(Redacted.value(address))?.[1],
        ...Object.values(fields).flatMap((field) => (Redacted.isRedacted(field) ? [Redacted.value(field)] : []))
      ].filter((signature) => signature !== undefined)
      expect(signatures.length).toBe(5)
      for (const value of [signed, signed.request, address, fields, ...errors]) {
        const shown = yield* sinks(value)
        for (const hidden of [secret, token, encodeURIComponent(token), ...signatures]) {
          expect(shown).not.toContain(hidden)
        }
      }
    })
  )
})
