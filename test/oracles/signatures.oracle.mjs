/**
 * Signatures of requests made at random, held against those of `esdk-obs-nodejs` (OBS and AWS 2, in headers and in
 * addresses), of `@smithy/signature-v4`, which the AWS SDK signs with, and of `@aws-sdk/s3-presigned-post`, which makes
 * its forms.
 *
 * The differences that there are, each on purpose; the requests of `cases.mjs` have none of them:
 *
 * - The SDK signs every value of a parameter that is there twice, OBS and we the first.
 * - The SDK does not know CDNNotifyConfiguration and orchestration, which OBS documents or has in its samples.
 * - The SDK signs parameters that begin with the prefix of the dialect in addresses, and in headers only the token. The
 *   SDK for Go signs them in both, and so do we.
 * - The SDK sorts `name=value`, OBS and we the names. It is the same for all names but those where one is the beginning of
 *   another and a character below the equal sign follows, such as x-obs-a and x-obs-a-b.
 * - The SDK keeps blanks around the values of headers other than metadata. Clients take them away before they are sent.
 * - The SDK signs Date, which a browser does not let a program set; we the date of the dialect. It is given that here.
 * - The SDK takes the scheme of AWS 2 for path style and custom domains. It is given that of OBS here.
 */
import { Effect, HttpClientRequest, Redacted } from "#test/effect"
import { expect, it } from "@effect/vitest"
import { S3Client } from "@aws-sdk/client-s3"
import { createPresignedPost } from "@aws-sdk/s3-presigned-post"
import { SignatureV4 } from "@smithy/signature-v4"
import { ObsSigner } from "effect-obs"
import Utils from "esdk-obs-nodejs/lib/utils.js"
import { createHash, createHmac } from "node:crypto"
import { afterEach, beforeEach, vi } from "vitest"
import { cases, count, seed } from "./cases.mjs"

// Both go by it: Effect's clock, and the SDK
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] })
})

afterEach(() => {
  vi.useRealTimers()
})

const contexts = {
  obs: {
    signature: "obs",
    headerPrefix: "x-obs-",
    headerMetaPrefix: "x-obs-meta-",
    authPrefix: "OBS",
    stsToken: "x-obs-security-token"
  },
  aws2: {
    signature: "v2",
    headerPrefix: "x-amz-",
    headerMetaPrefix: "x-amz-meta-",
    authPrefix: "AWS",
    stsToken: "x-amz-security-token"
  }
}

const log = { isLevelEnabled: () => false, runLog: () => undefined }

const endpoint = "obs.eu-de.otc.t-systems.com"
const domain = "files.example.com"

const keysOf = ({ accessKeyId, secret, token }) => ({
  accessKeyId,
  secretAccessKey: Redacted.make(secret),
  securityToken: token === undefined ? undefined : Redacted.make(token)
})

const utils = new Utils(log)
const encoded = (text) => utils.encodeURIWithSafe(text, "/")

/** The options that say where the bucket is, and the address that they give. */
const placeOf = ({ bucket, key, scheme, style }) => {
  switch (style) {
    case "virtualHosted":
      return { href: `${scheme}://${bucket}.${endpoint}/${encoded(key)}`, options: { endpoint } }
    case "path":
      return { href: `${scheme}://${endpoint}/${bucket}${key === "" ? "" : `/${encoded(key)}`}`, options: { endpoint } }
    case "customDomain":
      return { href: `${scheme}://${domain}/${encoded(key)}`, options: { endpoint } }
  }
}

const esdkOf = (scheme, { accessKeyId, secret, style, token, ...request }) =>
  Object.assign(new Utils(log), {
    ak: accessKeyId,
    sk: secret,
    securityToken: token,
    isSecure: request.scheme === "https",
    port: request.scheme === "https" ? 443 : 80,
    server: style === "customDomain" ? domain : endpoint,
    pathStyle: style === "path",
    isCname: style === "customDomain",
    signatureContext: contexts[scheme]
  })

const upperCase = { "content-type": "Content-Type", "content-md5": "Content-MD5" }

const sdkHeaders = (headers) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [upperCase[name] ?? name, value]))

/** What the SDK puts into Authorization. */
const esdkAuthorization = (scheme, request, date) => {
  const esdk = esdkOf(scheme, request)
  const { headerPrefix } = contexts[scheme]
  const { bucket, key, method, parameters, style, token } = request
  const uri =
    style === "customDomain" ? `/${key}` : key === "" ? `/${bucket}${style === "path" ? "" : "/"}` : `/${bucket}/${key}`
  const query = Object.entries(parameters).map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
  const opt = {
    method,
    uri: encoded(uri),
    urlPath: query.length === 0 ? "" : `?${query.join("&")}`,
    headers: {
      ...sdkHeaders(request.headers),
      [`${headerPrefix}date`]: date,
      ...(token === undefined ? {} : { [`${headerPrefix}security-token`]: token }),
      Host: style === "virtualHosted" ? `${bucket}.${endpoint}` : esdk.server
    }
  }
  esdk.doAuth(opt, "oracle", contexts[scheme])
  return opt.headers.Authorization
}

const requestOf = ({ headers, method, parameters }, href) =>
  HttpClientRequest.make(method)(href, { headers, urlParams: Object.entries(parameters) })

it.live.each(["obs", "aws2"])(`signs as esdk-obs-nodejs does: %s (${count} requests of the seed ${seed})`, (scheme) =>
  Effect.gen(function* () {
    let compared = 0
    for (const request of cases(contexts[scheme].headerPrefix)) {
      const { href, options } = placeOf(request)
      vi.setSystemTime(request.now)
      const signed = yield* ObsSigner.sign(requestOf(request, href), keysOf(request), { ...options, scheme })
      const theirs = esdkAuthorization(scheme, request, new Date(request.now).toUTCString())
      if (signed.request.headers.authorization !== theirs) expect.fail(JSON.stringify({ request, href }))
      compared++
    }
    expect(compared).toBe(count)
  })
)

const parts = (address) => {
  const { host, pathname, searchParams } = new URL(address)
  return { host, path: pathname, query: [...searchParams].sort(([a], [b]) => (a < b ? -1 : 1)) }
}

it.live.each(["obs", "aws2"])(
  `presigns as esdk-obs-nodejs does: %s (${count} requests of the seed ${seed})`,
  (scheme) =>
    Effect.gen(function* () {
      let compared = 0
      for (const request of cases(contexts[scheme].headerPrefix)) {
        const { href, options } = placeOf(request)
        vi.setSystemTime(request.now)
        const address = yield* ObsSigner.presign(requestOf(request, href), keysOf(request), {
          ...options,
          scheme,
          expires: `${request.expires} seconds`
        })
        const { SignedUrl } = esdkOf(scheme, request).createV2SignedUrlSync({
          Method: request.method,
          Bucket: request.bucket,
          Key: request.key,
          Expires: request.expires,
          Headers: request.headers,
          QueryParams: request.parameters
        })
        const [ours, theirs] = [parts(Redacted.value(address)), parts(SignedUrl)]
        if (JSON.stringify(ours) !== JSON.stringify(theirs)) expect.fail(JSON.stringify({ request, ours, theirs }))
        compared++
      }
      expect(compared).toBe(count)
    })
)

class Sha256 {
  constructor(secret) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret)
  }
  update(data) {
    this.hash.update(data)
  }
  digest() {
    return Promise.resolve(new Uint8Array(this.hash.digest()))
  }
}

const smithyOf = ({ accessKeyId, secret, token }) =>
  new SignatureV4({
    credentials: { accessKeyId, secretAccessKey: secret, ...(token === undefined ? {} : { sessionToken: token }) },
    region: "eu-de",
    service: "s3",
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false
  })

/** The document of a policy, with its conditions in the order of their names, and its end in whole seconds, as theirs. */
const documentOf = (policy) => {
  const { conditions, expiration } = JSON.parse(Buffer.from(policy, "base64").toString())
  const pairs = conditions.flatMap((condition) =>
    Array.isArray(condition) ? [condition] : Object.entries(condition).map(([name, value]) => ["eq", `$${name}`, value])
  )
  const lower = pairs.map(([kind, name, value]) => JSON.stringify([kind, String(name).toLowerCase(), value]))
  return { expiration: Math.floor(Date.parse(expiration) / 1000), conditions: lower.sort() }
}

it.live(`makes forms as the AWS SDK does: aws4 (100 of the seed ${seed})`, () =>
  Effect.gen(function* () {
    let compared = 0
    for (const request of cases("x-amz-")) {
      if (compared === 100) break
      const { accessKeyId, bucket, headers, key, now, secret, token } = request
      if (key === "") continue
      vi.setSystemTime(now)
      const metadata = Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-amz-meta-")))
      const theirs = yield* Effect.promise(() =>
        createPresignedPost(
          new S3Client({
            region: "eu-de",
            endpoint: `https://${endpoint}`,
            credentials: { accessKeyId, secretAccessKey: secret, sessionToken: token }
          }),
          {
            Bucket: bucket,
            Key: key,
            Fields: metadata,
            Conditions: [["content-length-range", 1, 1000]],
            Expires: 3600
          }
        )
      )
      const form = yield* ObsSigner.postForm(keysOf(request), {
        bucket,
        key,
        endpoint,
        region: "eu-de",
        scheme: "aws4",
        fields: metadata,
        contentLength: { min: 1, max: 1000 },
        expires: "1 hour"
      })
      const {
        policy,
        "x-amz-signature": signature,
        ...ours
      } = Object.fromEntries(
        Object.entries(form.fields).map(([name, value]) => [
          name,
          typeof value === "string" ? value : Redacted.value(value)
        ])
      )
      const { bucket: _, Policy, "X-Amz-Signature": theirSignature, ...others } = theirs.fields
      const lower = Object.entries(others).map(([name, value]) => [name.toLowerCase(), value])
      expect(ours).toEqual(Object.fromEntries(lower))
      expect(documentOf(policy)).toEqual(documentOf(Policy))
      // The same key: what the SDK wrote is signed to the same
      const day = ours["x-amz-date"].slice(0, 8)
      const sign = (text) => {
        const of = (key, part) => createHmac("sha256", key).update(part).digest()
        return of([day, "eu-de", "s3", "aws4_request"].reduce(of, `AWS4${secret}`), text).toString("hex")
      }
      expect([signature, theirSignature]).toEqual([sign(policy), sign(Policy)])
      compared++
    }
    expect(compared).toBe(100)
  })
)

const isSigned = (name) => name.startsWith("x-amz-") || name === "content-type" || name === "content-md5"

const smithyRequest = ({ headers, method, parameters }, href, hoisted) => {
  const { hostname, pathname, protocol } = new URL(href)
  return {
    method,
    protocol,
    hostname,
    path: pathname,
    query: { ...parameters },
    headers: {
      host: hostname,
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => isSigned(name))),
      "x-amz-content-sha256": "UNSIGNED-PAYLOAD"
    },
    ...hoisted
  }
}

const normal = (authorization) => authorization.replace(/,\s*/g, ",")

it.live(`signs as the AWS SDK does: aws4 (${count} requests of the seed ${seed})`, () =>
  Effect.gen(function* () {
    let compared = 0
    for (const request of cases("x-amz-")) {
      const { href, options } = placeOf(request)
      vi.setSystemTime(request.now)
      const signed = yield* ObsSigner.sign(requestOf(request, href), keysOf(request), {
        ...options,
        scheme: "aws4",
        region: "eu-de"
      })
      const theirs = yield* Effect.promise(() =>
        smithyOf(request).sign(smithyRequest(request, href), { signingDate: new Date(request.now) })
      )
      if (normal(signed.request.headers.authorization) !== normal(theirs.headers.authorization)) {
        expect.fail(JSON.stringify({ request, ours: signed.request.headers, theirs: theirs.headers }))
      }
      compared++
    }
    expect(compared).toBe(count)
  })
)

it.live(`presigns as the AWS SDK does: aws4 (${count} requests of the seed ${seed})`, () =>
  Effect.gen(function* () {
    let compared = 0
    for (const request of cases("x-amz-")) {
      const { href, options } = placeOf(request)
      vi.setSystemTime(request.now)
      // The SDK makes the header that says so a parameter; who does not have it signs the same
      const withHash = { ...request.parameters, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" }
      const address = yield* ObsSigner.presign(requestOf({ ...request, parameters: withHash }, href), keysOf(request), {
        ...options,
        scheme: "aws4",
        region: "eu-de",
        expires: `${request.expires} seconds`
      })
      const theirs = yield* Effect.promise(() =>
        smithyOf(request).presign(smithyRequest(request, href), {
          signingDate: new Date(request.now),
          expiresIn: request.expires,
          unhoistableHeaders: new Set(Object.keys(request.headers))
        })
      )
      const sorted = (pairs) =>
        JSON.stringify(pairs.map(([name, value]) => [name.toLowerCase(), value]).sort(([a], [b]) => (a < b ? -1 : 1)))
      const ours = sorted([...new URL(Redacted.value(address)).searchParams])
      if (ours !== sorted(Object.entries(theirs.query))) expect.fail(JSON.stringify({ request, ours, theirs }))
      compared++
    }
    expect(compared).toBe(count)
  })
)
