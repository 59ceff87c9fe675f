import {
  DateTime,
  Duration,
  Effect,
  FetchHttpClient,
  HttpBody,
  HttpClient,
  HttpClientRequest,
  Redacted,
  TestClock
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient, ObsResponse, ObsSigner } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import { createHmac } from "node:crypto"
import { request } from "node:http"

const keys: ObsSigner.Keys = { accessKeyId: "AKTEST", secretAccessKey: Redacted.make("secret/of+keys") }
const temporary: ObsSigner.Keys = {
  accessKeyId: "AKTEMPORARY",
  secretAccessKey: Redacted.make("temporary"),
  securityToken: Redacted.make("token/+=")
}
const hour = 60 * 60 * 1000
const now = Date.UTC(2026, 10, 28, 3, 45, 51)

const options: ObsTestService.Options = {
  credentials: [
    keys,
    { ...temporary, expiration: new Date(now + hour) },
    { accessKeyId: "AKTEXT", secretAccessKey: "as text" }
  ],
  accounts: Object.fromEntries(["AKTEST", "AKTEMPORARY", "AKTEXT"].map((key) => [key, { id: "one-account" }])),
  region: "eu-de",
  domains: { "files.example.com": "photos" }
}

const schemes = ["obs", "aws2", "aws4"] as const
type Scheme = ObsSigner.Scheme

const prefixOf = (scheme: Scheme) => (scheme === "obs" ? "x-obs-" : "x-amz-")
const inRegion = { region: "eu-de" }

const bases = {
  virtualHosted: "https://photos.obs.eu-de.otc.t-systems.com",
  path: "https://obs.eu-de.otc.t-systems.com/photos",
  customDomain: "https://files.example.com",
  "path of a local host": "http://127.0.0.1:9000/photos",
  "below localhost": "http://photos.localhost:9000"
}

/** Sets the clock, and makes a service with the bucket `photos`. */
const inMemory = (given: ObsTestService.Options = options) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(now)
    const handler = yield* ObsTestService.makeWith(given)
    const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(handler))
    const bucket = yield* ObsSigner.sign(HttpClientRequest.put(bases.path), keys)
    yield* client.execute(bucket.request)
    return { handler, client }
  })

const put = (url: string, prefix: string) =>
  HttpClientRequest.put(url).pipe(
    HttpClientRequest.setHeader(`${prefix}meta-owner`, "me"),
    HttpClientRequest.setHeader("content-md5", "SkvkDJasYxTpHZPzgEOmNA=="),
    HttpClientRequest.setBody(HttpBody.text("meow", "text/plain"))
  )

const key = "a%20b/%C3%A4%2Bc%26d%3De%3F%27%28%29*%21.txt"

/** A request as it arrives, without a carrier in between. */
interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: Uint8Array
}

const sentOf = ({ headers, method, url }: HttpClientRequest.HttpClientRequest): Sent => ({
  method,
  url,
  headers: { ...headers }
})

/** Answers 200 to what is signed as it should be, with the body as it was meant. */
const whole = (answered: Effect.Effect<ObsTestService.Response>) =>
  Effect.orDie(Effect.flatMap(answered, ObsTestService.collect))

const checking = (given: ObsTestService.Options = options) => {
  const handler = ObsTestService.checkSignatures(
    ({ body }) => Effect.succeed({ status: 200, headers: {}, body }),
    given
  )
  return ({ body = new Uint8Array(), headers, method, url }: Sent) => {
    const target = url.replace(/^https?:\/\/[^/?]*/, "")
    return whole(handler({ method, url: new URL(url), target, headers, body }))
  }
}

const failureOf = (sent: Sent, given?: ObsTestService.Options) => Effect.map(checking(given)(sent), ObsResponse.decode)

const at =
  (time: number) =>
  <A, E>(effect: Effect.Effect<A, E>) =>
    Effect.flatMap(TestClock.setTime(time), () => effect)

/** What an element of the answer has for text. */
const told = ({ details, secrets }: ObsError.ObsFailure, name: string) => {
  const secret = secrets[name]
  return secret === undefined ? details[name] : Redacted.value(secret)
}

const toSkewed = (failure: ObsError.ObsFailure) =>
  failure._tag === "RequestTimeTooSkewed" ? failure : new ObsError.RequestTimeTooSkewed()

/** The text with another character at each place. */
const changes = (text: string) =>
  Array.from(text, (c, i) => text.slice(0, i) + (c === "z" ? "y" : "z") + text.slice(i + 1))

const letters = new Uint8Array(66_560).fill(97)

describe.each(schemes)("%s", (scheme) => {
  const prefix = prefixOf(scheme)
  const signing = { scheme, ...inRegion }

  it.effect.each(Object.entries(bases))("accepts what is signed: %s", ([, base]) =>
    Effect.gen(function* () {
      const { client } = yield* inMemory()
      for (const who of [keys, temporary]) {
        const send = (request: HttpClientRequest.HttpClientRequest) =>
          Effect.flatMap(ObsSigner.sign(request, who, signing), ({ request }) => client.execute(request))
        yield* send(put(`${base}/${key}`, prefix))
        const got = yield* send(HttpClientRequest.get(`${base}/${key}?response-content-type=text%2Fplain&x=%20+`))
        expect(yield* got.text).toBe("meow")
        yield* send(HttpClientRequest.head(`${base}/${key}`))
        expect(yield* (yield* send(HttpClientRequest.get(`${base}?prefix=a%20b`))).text).toContain("<Key>")
        const presign = (method: "GET" | "PUT") =>
          ObsSigner.presign(HttpClientRequest.make(method)(`${base}/${key}`), who, {
            ...signing,
            expires: "10 minutes",
            headers: method === "PUT" ? { "content-type": "image/png", [`${prefix}meta-a`]: "b" } : {},
            response: { contentDisposition: 'attachment; filename="a b+c.txt"' }
          })
        const upload = HttpClientRequest.put(Redacted.value(yield* presign("PUT"))).pipe(
          HttpClientRequest.setHeader(`${prefix}meta-a`, "b"),
          HttpClientRequest.setBody(HttpBody.text("purr", "image/png"))
        )
        yield* client.execute(upload)
        expect(yield* (yield* client.get(Redacted.value(yield* presign("GET")))).text).toBe("purr")
        yield* send(HttpClientRequest.delete(`${base}/${key}`))
      }
    })
  )

  it.effect("accepts what is signed over a socket", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const client = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const send = (request: HttpClientRequest.HttpClientRequest) =>
        Effect.flatMap(ObsSigner.sign(request, keys, signing), ({ request }) => client.execute(request))
      yield* send(HttpClientRequest.put(`${url}/photos`))
      yield* send(put(`${url}/photos/${key}`, prefix))
      const body = yield* (yield* send(HttpClientRequest.get(`${url}/photos/${key}`))).text
      expect(body).toBe("meow")
      const address = yield* ObsSigner.presign({ bucket: "photos", key: "a b/ä+c&d=e?'()*!.txt" }, keys, {
        ...signing,
        endpoint: url,
        expires: "1 minute"
      })
      expect(yield* (yield* client.get(Redacted.value(address))).text).toBe("meow")
      const wrong = ObsSigner.sign(HttpClientRequest.get(`${url}/photos/${key}`), { ...keys, ...wrongSecret }, signing)
      const failure = yield* Effect.flip(Effect.flatMap(wrong, ({ request }) => client.execute(request)))
      expect(failure._tag).toBe("SignatureDoesNotMatch")
      expect((yield* Effect.flip(client.get(`${url}/photos/${key}`)))._tag).toBe("AccessDenied")
    }).pipe(Effect.provide(ObsTestServer.layerServiceWith(options)), Effect.provide(FetchHttpClient.layer))
  )

  it.effect("refuses whatever is changed by one byte", () =>
    Effect.gen(function* () {
      const url = `${bases.path}/a%20cat.txt?acl&versionId=v%2B1`
      const { request } = yield* at(now)(ObsSigner.sign(put(url, prefix), temporary, signing))
      const sent = sentOf(request)
      const service = checking()
      expect((yield* service(sent)).status).toBe(200)
      const signed = Object.keys(sent.headers).filter(
        (name) => name.startsWith(prefix) || ["authorization", "content-type", "content-md5"].includes(name)
      )
      expect(signed).toHaveLength(scheme === "aws4" ? 7 : 6)
      const variants: Array<Sent> = [
        ...changes(sent.method).map((method) => ({ ...sent, method })),
        ...signed.flatMap((name) =>
          changes(sent.headers[name] ?? "").map((value) => ({ ...sent, headers: { ...sent.headers, [name]: value } }))
        ),
        ...signed.map((name) => ({
          ...sent,
          headers: Object.fromEntries(Object.entries(sent.headers).filter(([other]) => other !== name))
        })),
        { ...sent, headers: { ...sent.headers, [`${prefix}acl`]: "private" } }
      ]
      const origin = "https://obs.eu-de.otc.t-systems.com"
      for (const target of changes(sent.url.slice(origin.length + 1))) {
        // A question mark that is none any more makes one path of all; all other places are signed as they are
        variants.push({ ...sent, url: `${origin}/${target}` })
      }
      for (const variant of variants) {
        const { status } = yield* service(variant)
        if (status !== 400 && status !== 403) expect.fail(JSON.stringify({ status, variant }))
      }
      expect(variants.length).toBeGreaterThan(150)
    })
  )

  it.effect("refuses whatever is changed by one byte of an address", () =>
    Effect.gen(function* () {
      const address = yield* at(now)(
        ObsSigner.presign({ bucket: "photos", key: "a cat.txt" }, temporary, {
          ...signing,
          endpoint: "obs.eu-de.otc.t-systems.com",
          expires: "1 minute"
        })
      )
      const service = checking()
      const url = Redacted.value(address)
      expect((yield* service({ method: "GET", url, headers: {} })).status).toBe(200)
      const origin = new URL(url).origin
      for (const target of changes(url.slice(origin.length + 1))) {
        const { status } = yield* service({ method: "GET", url: `${origin}/${target}`, headers: {} })
        if (status !== 400 && status !== 403) expect.fail(JSON.stringify({ status, target }))
      }
      const other = url.replace("photos.", "photo5.")
      expect((yield* failureOf({ method: "GET", url: other, headers: {} }))._tag).toBe("SignatureDoesNotMatch")
      expect((yield* failureOf({ method: "PUT", url, headers: {} }))._tag).toBe("SignatureDoesNotMatch")
    })
  )

  it.effect("says what the service signed", () =>
    Effect.gen(function* () {
      const request = HttpClientRequest.put(`${bases.path}/cat.txt`)
      const signed = yield* at(now)(ObsSigner.sign(request, keys, signing))
      const sent = sentOf(signed.request)
      const element = scheme === "obs" ? "AccessKeyId" : "AWSAccessKeyId"
      const answer = yield* checking()({ ...sent, method: "POST" })
      const failure = ObsResponse.decode(answer)
      expect(failure).toMatchObject({ _tag: "SignatureDoesNotMatch", status: 403 })
      expect(failure.message).toBe(
        "The request signature we calculated does not match the signature you provided. Check your key and signing method."
      )
      expect(answer.headers["content-type"]).toBe("application/xml")
      expect(answer.body).toContain(`<${element}>AKTEST</${element}>`)
      expect(told(failure, "SignatureProvided")).toBe(/[^:=]*=?$/.exec(sent.headers["authorization"] ?? "")?.[0])
      expect(ObsSigner.explain(failure, signed).cause).toBe("MethodChanged")

      const other = yield* at(now)(ObsSigner.sign(request, { ...keys, ...wrongSecret }, signing))
      const wrong = yield* failureOf(sentOf(other.request))
      expect(told(wrong, "StringToSign")).toBe(Redacted.value(other.stringToSign))
      expect(told(wrong, "CanonicalRequest")).toBe(other.canonicalRequest && Redacted.value(other.canonicalRequest))
      expect(ObsSigner.explain(wrong, other).cause).toBe("WrongSecret")

      const head = yield* checking()({ ...sent, method: "HEAD" })
      expect(head.body).toBe("")
      expect(ObsResponse.decode(head)._tag).toBe("SignatureDoesNotMatch")
    })
  )

  it.effect("refuses keys and tokens that it does not know", () =>
    Effect.gen(function* () {
      const request = HttpClientRequest.get(`${bases.path}/cat.txt`)
      const refused = (who: ObsSigner.Keys, time = now) =>
        Effect.flatMap(at(time)(ObsSigner.sign(request, who, signing)), ({ request }) => failureOf(sentOf(request)))
      const { securityToken: _, ...withoutToken } = temporary
      const unknown = "The OBS Access Key Id you provided does not exist in our records."
      const token = "The security token is invalid."
      const otherToken = { securityToken: Redacted.make("other") }
      for (const [who, message] of [
        [{ ...keys, accessKeyId: "AKOTHER" }, unknown],
        [withoutToken, unknown],
        [{ ...temporary, ...otherToken }, token],
        [{ ...keys, ...otherToken }, token]
      ] as const) {
        expect(yield* refused(who)).toMatchObject({ _tag: "InvalidAccessKeyId", status: 403, message })
      }
      expect(yield* refused(temporary, now + hour)).toMatchObject({ _tag: "InvalidAccessKeyId", message: token })
      expect(
        told(yield* refused({ ...keys, accessKeyId: "AKOTHER" }), scheme === "obs" ? "AccessKeyId" : "AWSAccessKeyId")
      ).toBe("AKOTHER")
    })
  )

  it.effect("refuses clocks that are off by more than a quarter of an hour", () =>
    Effect.gen(function* () {
      const request = HttpClientRequest.get(`${bases.path}/cat.txt`)
      const sent = sentOf((yield* at(now)(ObsSigner.sign(request, keys, signing))).request)
      const service = checking()
      const quarter = hour / 4
      const second = Math.floor(now / 1000) * 1000
      for (const time of [second - quarter, second + quarter]) expect((yield* at(time)(service(sent))).status).toBe(200)
      for (const [time, message] of [
        [second - quarter - 1, "Request is not yet valid."],
        [second + quarter + 1, "Request is no longer valid."]
      ] as const) {
        const failure = yield* at(time)(failureOf(sent))
        expect(failure).toMatchObject({ _tag: "RequestTimeTooSkewed", status: 403, message, retry: "clock" })
        const { maxAllowedSkew, requestTime, serverTime } = toSkewed(failure)
        expect([requestTime, serverTime].map((date) => date && DateTime.toEpochMillis(date))).toEqual([second, time])
        expect(maxAllowedSkew && Duration.toMillis(maxAllowedSkew)).toBe(quarter)
      }
    })
  )

  it.effect("refuses addresses that have expired", () =>
    Effect.gen(function* () {
      const target = { bucket: "photos", key: "cat.txt" }
      const presigning = { ...signing, endpoint: "obs.eu-de.otc.t-systems.com", expires: "1 minute" } as const
      const url = Redacted.value(yield* at(now)(ObsSigner.presign(target, keys, presigning)))
      const sent = { method: "GET", url, headers: {} }
      expect((yield* checking()(sent)).status).toBe(200)
      yield* TestClock.adjust("59 seconds")
      expect((yield* checking()(sent)).status).toBe(200)
      yield* TestClock.adjust("2 seconds")
      expect(yield* failureOf(sent)).toMatchObject({
        _tag: "RequestTimeTooSkewed",
        message: "Request has expired.",
        retry: "never"
      })
    })
  )

  it.effect("accepts any request that is signed", () =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(anyRequest, (input) => Effect.runPromise(acceptance(scheme, input))),
        { numRuns: 200 }
      )
    )
  )

  it.effect("accepts what is signed however it is written, or it is not signed", () =>
    Effect.promise(async () => {
      let accepted = 0
      await fc.assert(
        fc.asyncProperty(anyWritten, async (written) => {
          if (await Effect.runPromise(acceptanceOfWritten(scheme, written))) accepted++
        }),
        { numRuns: 300 }
      )
      expect(accepted).toBeGreaterThan(50)
    })
  )
})

const anyWritten = fc.record({
  base: fc.constantFrom(
    ...Object.values(bases),
    "https://PHOTOS.OBS.EU-DE.OTC.T-SYSTEMS.COM",
    "https://photos.obs.eu-de.otc.t-systems.com:443",
    "http://photos.obs.eu-de.otc.t-systems.com:8080",
    "http://127.0.0.1:9000/photos",
    "http://[2001:DB8::1]:9000/photos",
    "http://[::1]/photos"
  ),
  path: fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "a",
          "+",
          "%2F",
          "%2f",
          "/",
          "//",
          "...",
          "%2e",
          ".",
          "..",
          "ä",
          "%C3%A4",
          "e%CC%81",
          "~",
          "%7E"
        ),
        fc.constantFrom("'", "(", "!", "*", "%20", " ", "%2B", "=", "&", ";", "@", ":", "%25", "|", "^", "%zz", "日")
      ),
      { maxLength: 6 }
    )
    .map((segments) => `/${segments.join("")}`),
  query: fc
    .array(
      fc.tuple(
        fc.constantFrom("acl", "ACL", "versionId", "uploads", "prefix", "partNumber", "a b", "ä", "%61cl", ""),
        fc.constantFrom("", "=", "=1", "=a b", "=a+b", "=a%2Bb", "=%C3%A4", "==", "=a=b", "=~'", "=%20", "=%")
      ),
      { maxLength: 4 }
    )
    .map((pairs) => pairs.map((pair) => pair.join("")).join("&")),
  headers: fc.dictionary(
    fc.constantFrom("meta-a", "META-B", "meta-", "acl", "meta-c_d"),
    fc
      .tuple(
        fc.constantFrom("", " ", "\t"),
        fc.constantFrom("", "a", "a  b", "a,b", "x:y", "%2F", "ä", "\u00a0"),
        fc.constantFrom("", " ", "\t")
      )
      .map((parts) => parts.join("")),
    { maxKeys: 3 }
  ),
  isPresigned: fc.boolean()
})

/** Whether a request was signed, which is then accepted. */
const acceptanceOfWritten = (
  scheme: Scheme,
  { base, headers, isPresigned, path, query }: typeof anyWritten extends fc.Arbitrary<infer A> ? A : never
) =>
  Effect.gen(function* () {
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [prefixOf(scheme) + name, value]))
    const url = `${base}${path}${query === "" ? "" : `?${query}`}`
    const request = HttpClientRequest.get(url, { headers: own })
    const sent: Effect.Effect<Sent, ObsSigner.SignerError> = isPresigned
      ? Effect.map(ObsSigner.presign(request, temporary, { scheme, ...inRegion, expires: "1 minute" }), (address) => ({
          method: "GET",
          url: Redacted.value(address),
          headers: { ...request.headers }
        }))
      : Effect.map(ObsSigner.sign(request, temporary, { scheme, ...inRegion }), ({ request }) => sentOf(request))
    const found = yield* Effect.match(sent, {
      onFailure: ({ reason }) => reason,
      onSuccess: (sent) => ({ ...sent, url: new URL(sent.url).href })
    })
    if (typeof found === "string") {
      expect(["InvalidUrl", "InvalidHeader"]).toContain(found)
      return false
    }
    const answer = yield* checking({ ...options, credentials: [keys, temporary] })(found)
    if (answer.status !== 200) expect.fail(JSON.stringify({ url, found, answer }))
    return true
  })

const wrongSecret = { secretAccessKey: Redacted.make("another") }

const anyText = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.string({ maxLength: 12 }))

const anyRequest = fc.record({
  method: fc.constantFrom("GET" as const, "PUT" as const, "POST" as const, "DELETE" as const, "HEAD" as const),
  base: fc.constantFrom(...Object.values(bases)),
  key: anyText.filter((key) => !/(^|\/)\.{1,2}(\/|$)/.test(key)),
  parameters: fc.dictionary(
    fc
      .oneof(fc.constantFrom("acl", "versionId", "uploadId", "partNumber", "response-content-type", "prefix"), anyText)
      .filter((name) => name !== "" && !/signature|accesskeyid|^x-(amz|obs)-|^expires$/i.test(name)),
    anyText,
    { maxKeys: 5 }
  ),
  metadata: fc.dictionary(
    fc.constantFrom("a", "b", "a-b", "a_b", "z"),
    fc.string({ unit: fc.constantFrom(...Array.from("abc XYZ 019 ~!@#$%^&*()_+\t=,;:\"'/<>")), maxLength: 20 }),
    { maxKeys: 4 }
  ),
  type: fc.constantFrom("", "text/plain", "image/png; a=b"),
  isTemporary: fc.boolean(),
  isPresigned: fc.boolean()
})

const acceptance = (
  scheme: Scheme,
  {
    base,
    isPresigned,
    isTemporary,
    key,
    metadata,
    method,
    parameters,
    type
  }: typeof anyRequest extends fc.Arbitrary<infer A> ? A : never
) =>
  Effect.gen(function* () {
    const who: ObsSigner.Keys = isTemporary ? { ...temporary, securityToken: Redacted.make("token/+=") } : keys
    const headers: Record<string, string> = {
      ...Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [`${prefixOf(scheme)}meta-${name}`, value])
      ),
      ...(type === "" ? {} : { "content-type": type })
    }
    const query = Object.entries(parameters).map((pair) => pair.map(encodeURIComponent).join("="))
    const url = `${base}/${key.split("/").map(encodeURIComponent).join("/")}${query.length === 0 ? "" : `?${query.join("&")}`}`
    const request = HttpClientRequest.make(method)(url, { headers })
    const sent = isPresigned
      ? {
          method,
          url: Redacted.value(yield* ObsSigner.presign(request, who, { scheme, ...inRegion, expires: "1 minute" })),
          headers
        }
      : sentOf((yield* ObsSigner.sign(request, who, { scheme, ...inRegion })).request)
    const answer = yield* checking({ ...options, credentials: [keys, temporary] })(sent)
    if (answer.status !== 200) expect.fail(JSON.stringify({ sent, answer }))
  })

describe("Authorization", () => {
  const url = `${bases.path}/cat.txt`
  const date = { "x-obs-date": "Sat, 28 Nov 2026 03:45:51 GMT", "x-amz-date": "20261128T034551Z" }
  const credential = "AKTEST/20261128/eu-de/s3/aws4_request"
  const v4 = (credential: string) =>
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${"0".repeat(64)}`

  const cases: ReadonlyArray<
    readonly [
      name: string,
      sent: { readonly url?: string; readonly headers?: Record<string, string> },
      tag: string,
      message: string
    ]
  > = [
    ["none", {}, "AccessDenied", "Access Denied"],
    ["an empty one", { headers: { authorization: "" } }, "InvalidArgument", "Unsupported Authorization Type"],
    ["another scheme", { headers: { authorization: "Bearer x" } }, "InvalidArgument", "Unsupported Authorization Type"],
    [
      "OBS without a signature",
      { headers: { authorization: "OBS AKTEST" } },
      "InvalidArgument",
      "OBS authorization header"
    ],
    ["AWS with blanks", { headers: { authorization: "AWS AK TEST:x" } }, "InvalidArgument", "AWS authorization header"],
    [
      "no date",
      { headers: { authorization: "OBS AKTEST:x" } },
      "AccessDenied",
      "OBS authentication requires a valid Date or x-obs-date header"
    ],
    [
      "no date that is one",
      { headers: { authorization: "AWS AKTEST:x", date: "today" } },
      "AccessDenied",
      "AWS authentication requires a valid Date or x-amz-date header"
    ],
    [
      "two mechanisms",
      { url: `${url}?X-Amz-Algorithm=x`, headers: { authorization: "OBS AKTEST:x" } },
      "InvalidArgument",
      "Only one auth mechanism allowed"
    ],
    [
      "an address without Expires",
      { url: `${url}?AccessKeyId=AKTEST&Signature=x` },
      "AccessDenied",
      "requires the Signature, Expires and AccessKeyId parameters"
    ],
    [
      "an address without a signature",
      { url: `${url}?AWSAccessKeyId=AKTEST&Expires=1` },
      "AccessDenied",
      "requires the Signature, Expires and AWSAccessKeyId parameters"
    ],
    [
      "an odd Expires",
      { url: `${url}?AccessKeyId=AKTEST&Expires=never&Signature=x` },
      "AccessDenied",
      "Invalid date (should be seconds since epoch)"
    ],
    [
      "V4 without a credential",
      { headers: { authorization: "AWS4-HMAC-SHA256 Signature=x" } },
      "AuthorizationHeaderMalformed",
      "missing Credential"
    ],
    [
      "V4 without signed headers",
      { headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential}` } },
      "AuthorizationHeaderMalformed",
      "missing SignedHeaders"
    ],
    [
      "V4 without a signature",
      { headers: { authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host` } },
      "AuthorizationHeaderMalformed",
      "missing Signature"
    ],
    [
      "V4 with an odd credential",
      { headers: { authorization: v4("AKTEST/today/eu-de/s3/aws4_request") } },
      "AuthorizationHeaderMalformed",
      "mal-formed"
    ],
    [
      "V4 for another service",
      { headers: { authorization: v4("AKTEST/20261128/eu-de/iam/aws4_request") } },
      "AuthorizationHeaderMalformed",
      "incorrect service"
    ],
    [
      "V4 for another region",
      { headers: { authorization: v4("AKTEST/20261128/eu-nl/s3/aws4_request") } },
      "AuthorizationHeaderMalformed",
      "expecting 'eu-de'"
    ],
    [
      "V4 without a date",
      { headers: { authorization: v4(credential) } },
      "AccessDenied",
      "AWS authentication requires a valid Date"
    ],
    [
      "V4 without a hash",
      { headers: { ...date, authorization: v4(credential) } },
      "InvalidRequest",
      "x-amz-content-sha256"
    ],
    [
      "V4 with an odd hash",
      { headers: { ...date, authorization: v4(credential), "x-amz-content-sha256": "x" } },
      "InvalidArgument",
      "x-amz-content-sha256 must be"
    ],
    [
      "V4 with a header that is not signed",
      {
        headers: {
          ...date,
          authorization: v4(credential),
          "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
          "x-amz-acl": "private"
        }
      },
      "AccessDenied",
      "which were not signed"
    ],
    [
      "V4 with the key of another week",
      {
        headers: {
          ...date,
          authorization: v4("AKTEST/20261120/eu-de/s3/aws4_request"),
          "x-amz-content-sha256": "UNSIGNED-PAYLOAD"
        }
      },
      "RequestTimeTooSkewed",
      "Signing key is no longer valid."
    ],
    [
      "V4 with the key of tomorrow",
      {
        headers: {
          ...date,
          authorization: v4("AKTEST/20261129/eu-de/s3/aws4_request"),
          "x-amz-content-sha256": "UNSIGNED-PAYLOAD"
        }
      },
      "RequestTimeTooSkewed",
      "Request is not yet valid."
    ],
    [
      "V4 with the key of this week",
      {
        headers: {
          ...date,
          authorization: v4("AKTEST/20261121/eu-de/s3/aws4_request"),
          "x-amz-content-sha256": "UNSIGNED-PAYLOAD"
        }
      },
      "SignatureDoesNotMatch",
      "does not match"
    ],
    [
      "a V4 address for longer than a week",
      {
        url: `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=20261128T034551Z&X-Amz-Expires=604801`
      },
      "InvalidArgument",
      "less than a week"
    ],
    [
      "a V4 address without a date",
      { url: `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}` },
      "InvalidArgument",
      "X-Amz-Date"
    ],
    [
      "a V4 address without a credential",
      { url: `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256` },
      "InvalidArgument",
      "X-Amz-Credential"
    ],
    [
      "a V4 address of another algorithm",
      { url: `${url}?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256` },
      "InvalidArgument",
      "X-Amz-Algorithm"
    ],
    [
      "a V4 address of tomorrow",
      {
        url: `${url}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=20261129T034551Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=x`
      },
      "RequestTimeTooSkewed",
      "Request is not yet valid."
    ]
  ]

  it.effect.each(cases)("%s", ([, sent, tag, message]) =>
    Effect.gen(function* () {
      const failure = yield* at(now)(failureOf({ method: "GET", url, headers: {}, ...sent }))
      expect(failure._tag).toBe(tag)
      expect(failure.message).toContain(message)
      expect(failure.status).toBe(tag.startsWith("Invalid") || tag.endsWith("Malformed") ? 400 : 403)
    })
  )

  it.effect("never dies of what arrives", () =>
    Effect.promise(() =>
      fc.assert(
        fc.asyncProperty(
          fc.record({
            method: fc.string(),
            path: fc.string({ unit: "binary" }),
            query: fc.array(fc.tuple(fc.constantFrom(...oddNames), fc.string({ unit: "binary" }))),
            authorization: fc.oneof(
              fc.string({ unit: "binary" }),
              fc
                .tuple(fc.constantFrom("OBS ", "AWS ", "AWS4-HMAC-SHA256 "), fc.string())
                .map((texts) => texts.join("")),
              fc.constant(undefined)
            ),
            headers: fc.dictionary(
              fc.oneof(fc.string(), fc.constantFrom(...oddHeaders)),
              fc.string({ unit: "binary" })
            ),
            body: fc.uint8Array({ maxLength: 200 })
          }),
          ({ authorization, body, headers, method, path, query }) =>
            Effect.runPromise(
              Effect.gen(function* () {
                const target = `/${path}?${query.map(([name, value]) => `${name}=${value}`).join("&")}`
                const handler = ObsTestService.checkSignatures(
                  () => Effect.succeed({ status: 200, headers: {}, body: "" }),
                  options
                )
                const url = new URL("https://photos.obs.example.com/")
                url.search = target.slice(path.length + 1)
                const all = { ...headers, ...(authorization === undefined ? {} : { authorization }) }
                const { status } = yield* handler({ method, url, target, headers: all, body })
                expect([400, 403]).toContain(status)
              })
            )
        ),
        { numRuns: 500 }
      )
    )
  )
})

const oddNames = [
  "Signature",
  "Expires",
  "AccessKeyId",
  "AWSAccessKeyId",
  "X-Amz-Algorithm",
  "X-Amz-Date",
  "acl",
  "%zz",
  "__proto__"
]

const oddHeaders = [
  "__proto__",
  "constructor",
  "x-amz-date",
  "x-obs-date",
  "date",
  "x-amz-content-sha256",
  "content-type"
]

// Those of the documents of AWS
describe("version 4 of AWS", () => {
  const aws = {
    credentials: [{ accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }],
    region: "us-east-1",
    endpoint: "s3.amazonaws.com"
  }
  const scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"
  const then = Date.UTC(2013, 4, 24)
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  it.effect("accepts the request of the documents, and refuses another body", () =>
    Effect.gen(function* () {
      const sent = {
        method: "GET",
        url: "https://examplebucket.s3.amazonaws.com/test.txt",
        headers: {
          range: "bytes=0-9",
          "x-amz-content-sha256": empty,
          "x-amz-date": "20130524T000000Z",
          authorization: `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`
        }
      }
      expect((yield* at(then)(checking(aws)(sent))).status).toBe(200)
      const failure = yield* failureOf({ ...sent, body: new Uint8Array(1) }, aws)
      expect(failure._tag).toBe("XAmzContentSHA256Mismatch")
      expect(told(failure, "ClientComputedContentSHA256")).toBe(empty)
    })
  )

  it.effect("accepts the address of the documents", () =>
    Effect.gen(function* () {
      const url = `https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(scope)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404`
      expect((yield* at(then)(checking(aws)({ method: "GET", url, headers: {} }))).status).toBe(200)
    })
  )

  const chunk = (size: string, signature: string, data: Uint8Array) =>
    Buffer.concat([Buffer.from(`${size};chunk-signature=${signature}\r\n`), data, Buffer.from("\r\n")])

  it.effect("accepts the body in chunks of the documents, and refuses it where one byte is another", () =>
    Effect.gen(function* () {
      const body = Buffer.concat([
        chunk("10000", "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648", letters.subarray(0, 65_536)),
        chunk("400", "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497", letters.subarray(0, 1024)),
        chunk("0", "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9", new Uint8Array())
      ])
      const sent = {
        method: "PUT",
        url: "https://s3.amazonaws.com/examplebucket/chunkObject.txt",
        headers: {
          "x-amz-date": "20130524T000000Z",
          "x-amz-storage-class": "REDUCED_REDUNDANCY",
          "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "content-encoding": "aws-chunked",
          "x-amz-decoded-content-length": "66560",
          "content-length": "66824",
          authorization: `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9`
        },
        body
      }
      const answer = yield* at(then)(checking(aws)(sent))
      expect(answer.status).toBe(200)
      expect(Buffer.compare(Buffer.from(answer.body), letters)).toBe(0)
      for (const [place, tag] of [
        [200, "SignatureDoesNotMatch"],
        [30, "SignatureDoesNotMatch"],
        [body.length - 200, "SignatureDoesNotMatch"],
        [0, "IncompleteBody"]
      ] as const) {
        const changed = Buffer.from(body)
        changed[place] = changed[place] === 50 ? 51 : 50
        expect([place, (yield* failureOf({ ...sent, body: changed }, aws))._tag]).toEqual([place, tag])
      }
      expect((yield* failureOf({ ...sent, body: body.subarray(0, -100) }, aws))._tag).toBe("IncompleteBody")
      expect((yield* failureOf({ ...sent, body: new Uint8Array() }, aws))._tag).toBe("IncompleteBody")
    })
  )

  it.effect("accepts the chunks with a trailer of the documents, signed and unsigned", () =>
    Effect.gen(function* () {
      const unended = (parts: ReadonlyArray<Uint8Array>, trailer: string) =>
        Buffer.concat([...parts, Buffer.from(trailer)])
      const body = unended(
        [
          chunk(
            "10000",
            "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
            letters.subarray(0, 65_536)
          ),
          chunk("400", "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7", letters.subarray(0, 1024)),
          Buffer.from("0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n")
        ],
        "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n"
      )
      const sent = {
        method: "PUT",
        url: "https://s3.amazonaws.com/examplebucket/chunkObject.txt",
        headers: {
          "x-amz-date": "20130524T000000Z",
          "x-amz-storage-class": "REDUCED_REDUNDANCY",
          "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
          "content-encoding": "aws-chunked",
          "x-amz-decoded-content-length": "66560",
          "x-amz-trailer": "x-amz-checksum-crc32c",
          "content-length": "66824",
          authorization: `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer,Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e`
        },
        body
      }
      const answer = yield* at(then)(checking(aws)(sent))
      expect(answer.status).toBe(200)
      expect(Buffer.compare(Buffer.from(answer.body), letters)).toBe(0)
      const changed = Buffer.from(body.toString("latin1").replace("sOO8", "sOO9"), "latin1")
      expect((yield* failureOf({ ...sent, body: changed }, aws))._tag).toBe("SignatureDoesNotMatch")
    })
  )
})

describe("accounts", () => {
  it.effect.each(schemes)("have buckets of their own: %s", (scheme) =>
    Effect.gen(function* () {
      const { client } = yield* inMemory({ ...options, accounts: undefined })
      const base = "https://obs.eu-de.otc.t-systems.com"
      const sendAs = (who: ObsSigner.Keys, request: HttpClientRequest.HttpClientRequest) =>
        Effect.flatMap(ObsSigner.sign(request, who, { scheme, ...inRegion }), ({ request }) => client.execute(request))
      const listed = (who: ObsSigner.Keys) =>
        sendAs(who, HttpClientRequest.get(`${base}/`)).pipe(
          Effect.flatMap(({ text }) => text),
          Effect.map((document) => [
            /<ID>(.*?)</.exec(document)?.[1],
            Array.from(document.matchAll(/<Name>(.*?)</g), ([, name]) => name)
          ])
        )
      const make = (who: ObsSigner.Keys, name: string) => sendAs(who, HttpClientRequest.put(`${base}/${name}`))
      expect((yield* Effect.flip(make(keys, "photos")))._tag).toBe("BucketAlreadyOwnedByYou")
      expect((yield* Effect.flip(make(temporary, "photos")))._tag).toBe("BucketAlreadyExists")
      yield* make(temporary, "albums")
      const [[mine, ofMine], [other, ofOther]] = [yield* listed(keys), yield* listed(temporary)]
      expect([ofMine, ofOther]).toEqual([["photos"], ["albums"]])
      expect(mine).not.toBe(other)
      // The owner is not told by the access key
      expect(mine).toMatch(/^[\da-f]{32}$/)
    })
  )
})

describe("what else arrives", () => {
  const url = `${bases.path}/cat.txt`
  const hmac = (text: string) => createHmac("sha1", "secret/of+keys").update(text).digest("base64")
  const date = "Sat, 28 Nov 2026 03:45:51 GMT"

  it.effect.each([
    ["Date", { date }, date],
    ["a date of ISO 8601", { date: "2026-11-28T03:45:51.000Z" }, "2026-11-28T03:45:51.000Z"],
    ["both dates", { date: "never", "x-obs-date": "20261128T034551Z" }, "\nx-obs-date:20261128T034551Z"],
    ["a header with blanks", { date, "x-obs-acl": "\t private  " }, `${date}\nx-obs-acl:private`],
    ["a header in UTF-8", { date, "x-obs-meta-a": "Ã¤" }, `${date}\nx-obs-meta-a:ä`],
    ["a header in Latin-1", { date, "x-obs-meta-a": "ä" }, `${date}\nx-obs-meta-a:ä`]
  ] as const)("%s", ([, headers, lines]) =>
    Effect.gen(function* () {
      const authorization = `OBS AKTEST:${hmac(`GET\n\n\n${lines}\n/photos/cat.txt`)}`
      expect((yield* at(now)(checking()({ method: "GET", url, headers: { ...headers, authorization } }))).status).toBe(
        200
      )
    })
  )

  it.effect("a bucket in the path is signed with a slash behind it, or without", () =>
    Effect.gen(function* () {
      const statuses = [200, 200, 403, 403]
      for (const [i, resource] of ["/photos", "/photos/", "/photos//", "/"].entries()) {
        const authorization = `AWS AKTEST:${hmac(`GET\n\n\n${date}\n${resource}?acl`)}`
        const sent = { method: "GET", url: `${bases.path}?acl`, headers: { date, authorization } }
        expect((yield* at(now)(checking()(sent))).status).toBe(statuses[i])
        // In front of the endpoint there is nothing but the slash
        const inFront = { ...sent, url: `${bases.virtualHosted}/?acl` }
        expect((yield* at(now)(checking()(inFront))).status).toBe(resource === "/photos/" ? 200 : 403)
      }
      // What an object is signed as is not that of a bucket
      const authorization = `AWS AKTEST:${hmac(`GET\n\n\n${date}\n/photos/cat.txt/`)}`
      expect((yield* at(now)(checking()({ method: "GET", url, headers: { date, authorization } }))).status).toBe(403)
    })
  )

  it.effect("a parameter that is there twice counts once, and escapes that are none as they are", () =>
    Effect.gen(function* () {
      const resource = "/photos/%zz%2f?acl&uploadId=a%zz\ufffd&x-obs-b=1"
      const authorization = `OBS AKTEST:${hmac(`GET\n\n\n${date}\n${resource}`)}`
      const odd = `${bases.path}/%zz%2f?uploadId=a%zz%ff&uploadId=b&acl=&x-obs-b=1&prefix=a`
      expect((yield* at(now)(checking()({ method: "GET", url: odd, headers: { date, authorization } }))).status).toBe(
        200
      )
    })
  )

  it.effect("needs no signature where it asks for an error or for the version", () =>
    Effect.gen(function* () {
      const { handler } = yield* inMemory()
      const send = (method: string, path: string, headers: Record<string, string> = {}) =>
        handler({ method, url: new URL(`https://obs.example.com${path}`), headers, body: new Uint8Array() })
      for (const path of ["/?apiversion", "/photos?apiversion"]) {
        expect(yield* send("HEAD", path)).toMatchObject({ status: 200, headers: { "x-obs-api": "3.0" } })
      }
      expect((yield* send("HEAD", "/other?apiversion")).status).toBe(404)
      expect((yield* send("GET", "/photos?apiversion")).status).toBe(403)
      expect((yield* send("GET", "/photos", { [ObsTestService.errorHeader]: "SlowDown" })).status).toBe(503)
    })
  )

  it.effect("is not looked at without credentials", () =>
    Effect.gen(function* () {
      const handler = () => Effect.succeed({ status: 200, headers: {}, body: "" })
      expect(ObsTestService.checkSignatures(handler, {})).toBe(handler)
      const client = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      expect((yield* client.put("https://my.photos.s3.example.com/")).status).toBe(200)
      expect(yield* (yield* client.get("https://s3.example.com/")).text).toContain("<Name>my.photos</Name>")
    }).pipe(Effect.provide(ObsTestClient.layerServiceWith({ endpoint: "https://S3.example.com:9000/" })))
  )

  it.effect("is refused where credentials are over, however that is said, and where a secret was wiped", () =>
    Effect.gen(function* () {
      const { request } = yield* at(now)(ObsSigner.sign(HttpClientRequest.get(url), keys))
      const tagOf = (given: NonNullable<ObsTestService.Options["credentials"]>[number]) =>
        Effect.map(checking({ credentials: [given] })(sentOf(request)), (answer) =>
          answer.status === 200 ? "accepted" : ObsResponse.decode(answer)._tag
        )
      const plain = { accessKeyId: "AKTEST", secretAccessKey: "secret/of+keys" }
      expect(yield* tagOf(plain)).toBe("accepted")
      expect(yield* tagOf({ ...plain, expiration: "2027-01-01T00:00:00Z" })).toBe("accepted")
      expect(yield* tagOf({ ...plain, expiration: "2026-01-01T00:00:00Z" })).toBe("InvalidAccessKeyId")
      expect(yield* tagOf({ ...plain, expiration: "no date" })).toBe("InvalidAccessKeyId")
      const secret = Redacted.make("secret/of+keys")
      Redacted.wipeUnsafe(secret)
      expect(yield* tagOf({ ...plain, secretAccessKey: secret })).toBe("InvalidAccessKeyId")
    })
  )

  it.live("counts each value of a header that is there several times over a socket", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const date = new Date().toUTCString()
      const authorization = `OBS AKTEST:${hmac(`PUT\n\n\n${date}\nx-obs-meta-a:1,2\n/photos`)}`
      const status = yield* Effect.callback<number | undefined>((resume) => {
        const headers = { date, authorization, "x-obs-meta-a": ["1", "2"] }
        request(`${url}/photos`, { method: "PUT", headers }, (response) => {
          response.resume()
          resume(Effect.succeed(response.statusCode))
        }).end()
      })
      expect(status).toBe(200)
    }).pipe(Effect.provide(ObsTestServer.layerServiceWith(options)))
  )

  it.live("finds the bucket in the header Host over a socket", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      const client = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const { request } = yield* ObsSigner.sign(HttpClientRequest.put("http://photos.obs.example.com/"), keys, {
        endpoint: "obs.example.com"
      })
      const sent = HttpClientRequest.put(`${url}/`, { headers: { ...request.headers, host: "photos.obs.example.com" } })
      yield* client.execute(sent)
      const { request: read } = yield* ObsSigner.sign(HttpClientRequest.get(`${url}/photos`), keys)
      expect(yield* (yield* client.execute(read)).text).toContain("<Name>photos</Name>")
    }).pipe(Effect.provide(ObsTestServer.layerServiceWith(options)), Effect.provide(NodeHttpClient.layerNodeHttp))
  )
})

describe("forms", () => {
  const url = "https://photos.obs.eu-de.otc.t-systems.com/"

  const form = {
    bucket: "photos",
    key: { startsWith: "cats/" },
    endpoint: "obs.eu-de.otc.t-systems.com",
    expires: "1 hour"
  } as const

  const sign = (given: Partial<ObsSigner.FormOptions> = {}, who = keys) =>
    Effect.map(at(now)(ObsSigner.postForm(who, { ...form, ...given })), ({ fields }) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          Redacted.isRedacted(value) ? Redacted.value(value) : value
        ])
      )
    )

  const encoded = (fields: Record<string, string>, file: string | undefined = "meow") =>
    Effect.promise(async () => {
      const data = new FormData()
      for (const [name, value] of Object.entries(fields)) data.append(name, value)
      if (file !== "") data.append("file", new Blob([file], { type: "text/plain" }), "tom.txt")
      const response = new Response(data)
      const type = response.headers.get("content-type") ?? ""
      return { type, body: new Uint8Array(await response.arrayBuffer()) }
    })

  const send = (fields: Record<string, string>, file?: string) =>
    Effect.gen(function* () {
      const { handler } = yield* inMemory()
      const { body, type } = yield* encoded(fields, file)
      const sent = { method: "POST", url: new URL(url), headers: { "content-type": type }, body }
      const answer = yield* whole(handler(sent))
      return { answer, handler }
    })

  const refused = (fields: Record<string, string>, file?: string) =>
    Effect.map(send(fields, file), ({ answer }) => ObsResponse.decode(answer))

  it.effect.each(["obs", "aws2", "aws4"] as const)("take what they may take: %s", (scheme) =>
    Effect.gen(function* () {
      for (const who of [keys, temporary]) {
        const fields = yield* sign(
          {
            scheme,
            contentType: { startsWith: "text/" },
            contentLength: { min: 1, max: 4 },
            metadata: { owner: "me" },
            successActionStatus: 201
          },
          who
        )
        const { answer, handler } = yield* send({ ...fields, key: "cats/${filename}", "content-type": "text/plain" })
        expect(answer.status).toBe(201)
        expect(answer.body).toContain("<Bucket>photos</Bucket><Key>cats/tom.txt</Key>")
        const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(handler))
        const { request } = yield* ObsSigner.sign(HttpClientRequest.get(`${url}cats/tom.txt`), keys)
        const got = yield* client.execute(request)
        expect([yield* got.text, got.headers["content-type"]]).toEqual(["meow", "text/plain"])
      }
    })
  )

  it.effect("lead on", () =>
    Effect.gen(function* () {
      const fields = yield* sign({ key: "cat.txt", successActionRedirect: "https://example.com/done?a=b" })
      const { answer } = yield* send(fields)
      expect(answer.status).toBe(303)
      expect(answer.headers["location"]).toContain("https://example.com/done?a=b&bucket=photos&key=cat.txt&etag=")
      expect((yield* send(yield* sign({ key: "cat.txt" }))).answer.status).toBe(204)
      expect((yield* send(yield* sign({ key: "cat.txt", successActionStatus: 200 }))).answer.status).toBe(200)
    })
  )

  it.effect("are refused", () =>
    Effect.gen(function* () {
      const signed = yield* sign({ contentLength: { min: 2, max: 4 } })
      const fields: Record<string, string> = { ...signed, key: "cats/a" }
      expect((yield* send(fields)).answer.status).toBe(204)
      const without = (name: string) => Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name))
      const policy = (document: unknown) => {
        const text = Buffer.from(JSON.stringify(document)).toString("base64")
        const signature = createHmac("sha1", "secret/of+keys").update(text).digest("base64")
        return { key: "cats/a", AccessKeyId: "AKTEST", policy: text, signature }
      }
      const expiration = new Date(now + hour).toISOString()
      for (const [name, given, file, tag] of [
        ["no policy", without("policy"), "meow", "AccessDenied"],
        ["no signature", without("signature"), "meow", "InvalidArgument"],
        ["no access key", without("AccessKeyId"), "meow", "InvalidArgument"],
        ["an unknown key", { ...fields, AccessKeyId: "AKOTHER" }, "meow", "InvalidAccessKeyId"],
        [
          "another signature",
          { ...fields, signature: `${fields["signature"] ?? ""}x` },
          "meow",
          "SignatureDoesNotMatch"
        ],
        ["another policy", { ...fields, policy: `${fields["policy"] ?? ""}x` }, "meow", "SignatureDoesNotMatch"],
        ["another key", { ...fields, key: "dogs/a" }, "meow", "InvalidPolicyDocument"],
        ["a field more", { ...fields, "x-obs-acl": "public-read" }, "meow", "InvalidPolicyDocument"],
        ["a file that is too large", fields, "meows", "EntityTooLarge"],
        ["a file that is too small", fields, "m", "EntityTooSmall"],
        ["no file", fields, "", "IncorrectNumberOfFilesInPostRequest"],
        ["no document", policy("x"), "meow", "InvalidPolicyDocument"],
        ["no end", policy({ conditions: [] }), "meow", "InvalidPolicyDocument"],
        ["no conditions", policy({ expiration }), "meow", "InvalidPolicyDocument"],
        [
          "an odd condition",
          policy({ expiration, conditions: [["is", "$key", "cats/a"]] }),
          "meow",
          "InvalidPolicyDocument"
        ],
        [
          "a condition that is none",
          policy({ expiration, conditions: [1, null, []] }),
          "meow",
          "InvalidPolicyDocument"
        ],
        [
          "an odd range",
          policy({ expiration, conditions: [["content-length-range", "a", {}]] }),
          "meow",
          "InvalidPolicyDocument"
        ]
      ] as const) {
        expect([name, (yield* refused(given, file))._tag]).toEqual([name, tag])
      }
      const ends = yield* refused(policy({ expiration: new Date(now - 1).toISOString(), conditions: [] }))
      expect(ends).toMatchObject({ _tag: "AccessDenied", message: "Invalid according to Policy: Policy expired." })
    })
  )

  it.effect("of version 4 are refused where a field is another", () =>
    Effect.gen(function* () {
      const fields: Record<string, string> = yield* sign({ scheme: "aws4", key: "cat.txt" })
      expect((yield* send(fields)).answer.status).toBe(204)
      const day = "20261128"
      for (const [name, value, tag] of [
        ["x-amz-signature", "0".repeat(64), "SignatureDoesNotMatch"],
        ["x-amz-algorithm", "other", "InvalidArgument"],
        ["x-amz-credential", `AKTEST/${day}/eu-nl/s3/aws4_request`, "InvalidArgument"],
        ["x-amz-credential", `AKOTHER/${day}/eu-de/s3/aws4_request`, "InvalidAccessKeyId"],
        ["x-amz-credential", "AKTEST", "InvalidArgument"],
        ["x-amz-date", "", "InvalidArgument"],
        ["x-amz-date", `${day}T034552Z`, "InvalidPolicyDocument"]
      ] as const) {
        expect([name, value, (yield* refused({ ...fields, [name]: value }))._tag]).toEqual([name, value, tag])
      }
      expect((yield* refused({ ...fields, "x-amz-date": "20261129T034551Z" })).message).toBe(
        "Http Request signed date is too skewed."
      )
    })
  )

  it.effect("that are none are refused, and lead to nothing else", () =>
    Effect.gen(function* () {
      const { handler } = yield* inMemory()
      const { body, type } = yield* encoded(yield* sign({ key: "cat.txt" }))
      const post = (path: string, type: string, body: Uint8Array) =>
        Effect.map(
          whole(handler({ method: "POST", url: new URL(url + path), headers: { "content-type": type }, body })),
          (answer) => ObsResponse.decode(answer)._tag
        )
      for (const [name, path, given, bytes, tag] of [
        ["no boundary", "", "multipart/form-data", body, "MalformedPOSTRequest"],
        ["another boundary", "", "multipart/form-data; boundary=x", body, "MalformedPOSTRequest"],
        ["nothing", "", type, new Uint8Array(), "MalformedPOSTRequest"],
        ["a part of it", "", type, body.subarray(0, -10), "MalformedPOSTRequest"],
        ["another operation", "?delete", type, body, "AccessDenied"],
        ["an object", "cat.txt", type, body, "MethodNotAllowed"]
      ] as const) {
        expect([name, yield* post(path, given, bytes)]).toEqual([name, tag])
      }
    })
  )
})
