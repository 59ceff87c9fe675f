/**
 * What each call sends, and what it refuses to send.
 */
import { DateTime, Effect, Redacted, Stream } from "#test/effect"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsOperation } from "effect-obs"
import { createHash } from "node:crypto"
import * as Saxes from "saxes"
import { bytes, ok, recorder, text } from "../support/calls.js"
import { anyKey, oddKeys } from "../support/keys.js"
import { sentBody } from "../support/bytes.js"

const md5 = (data: string | Uint8Array) => createHash("md5").update(data).digest("base64")

const key32 = bytes(32)
const customerKey = Redacted.make(key32)

/** The headers of a customer's key. */
const ssec = (prefix: string) => ({
  [`${prefix}server-side-encryption-customer-algorithm`]: "AES256",
  [`${prefix}server-side-encryption-customer-key`]: Buffer.from(key32).toString("base64"),
  [`${prefix}server-side-encryption-customer-key-md5`]: md5(key32)
})

const time = DateTime.makeUnsafe("2026-11-28T06:00:00Z")
const httpTime = "Sat, 28 Nov 2026 06:00:00 GMT"

const object = { bucket: "photos", key: "a/ü +?#%2F.txt" }
const path = "/a/%C3%BC%20%2B%3F%23%252F.txt"
const upload = { ...object, uploadId: "u&1" }

/** What is expected of a request in both dialects: headers without `*` are those of both. */
interface Expected {
  readonly sent: string
  /** By name, with `*-` for `x-obs-` and `x-amz-`. */
  readonly headers?: Record<string, string>
  readonly obs?: Record<string, string>
  readonly amz?: Record<string, string>
  readonly body?: string
  /** Where the dialects differ. */
  readonly amzBody?: string
}

type Row = readonly [name: string, Effect.Effect<unknown, unknown, ObsClient.ObsClient>, Expected]

const document = (body: string) => ({ "content-type": "application/xml", "content-md5": md5(body) })

const restore = "<RestoreRequest><Days>3</Days><RestoreJob><Tier>Expedited</Tier></RestoreJob></RestoreRequest>"
const amzRestore = restore.replaceAll("RestoreJob", "GlacierJobParameters")
const tagging = "<Tagging><TagSet><Tag><Key>a&amp;b</Key><Value>&lt;ü&gt;</Value></Tag></TagSet></Tagging>"
const deletion =
  "<Delete><Object><Key>a &amp; &lt;b&gt;</Key></Object><Object><Key>&#32;c&#13;</Key><VersionId>v</VersionId></Object></Delete>"
const encodedDeletion =
  "<Delete><EncodingType>url</EncodingType><Object><Key>%01</Key></Object><Object><Key>a%20b</Key></Object></Delete>"

const rows: ReadonlyArray<Row> = [
  ["createBucket", ObsClient.createBucket({ bucket: "photos" }), { sent: "PUT /" }],
  [
    "createBucket with all",
    ObsClient.createBucket({
      bucket: "photos",
      location: "eu-de",
      acl: "public-read",
      storageClass: "WARM",
      headers: { "X-Obs-Az-Redundancy": "3az" }
    }),
    {
      sent: "PUT /",
      headers: { "*-acl": "public-read", "content-type": "application/xml", "x-obs-az-redundancy": "3az" },
      obs: { "x-obs-storage-class": "WARM" },
      amz: { "x-default-storage-class": "STANDARD_IA" },
      body: "<CreateBucketConfiguration><Location>eu-de</Location></CreateBucketConfiguration>",
      amzBody: "<CreateBucketConfiguration><LocationConstraint>eu-de</LocationConstraint></CreateBucketConfiguration>"
    }
  ],
  ["headBucket", ObsClient.headBucket({ bucket: "photos" }), { sent: "HEAD /" }],
  [
    "listBuckets",
    ObsClient.listBuckets({ type: "POSIX" }),
    {
      sent: "GET /",
      headers: { "*-bucket-type": "POSIX" },
      obs: { "x-obs-location": "true" }
    }
  ],
  ["deleteBucket", ObsClient.deleteBucket({ bucket: "photos" }), { sent: "DELETE /" }],
  ["getBucketLocation", ObsClient.getBucketLocation({ bucket: "photos" }), { sent: "GET /?location" }],
  ["listObjects", ObsClient.listObjects({ bucket: "photos" }), { sent: "GET /?encoding-type=url" }],
  [
    "listObjects with all",
    ObsClient.listObjects({ bucket: "photos", prefix: "a&b", delimiter: "/", marker: "ü +", maxKeys: 2 }),
    { sent: "GET /?delimiter=%2F&encoding-type=url&marker=%C3%BC%20%2B&max-keys=2&prefix=a%26b" }
  ],
  [
    "streamObjects",
    Stream.runDrain(ObsClient.streamObjects({ bucket: "photos", prefix: "p" })),
    {
      sent: "GET /?encoding-type=url&prefix=p"
    }
  ],
  [
    "listObjectVersions",
    ObsClient.listObjectVersions({ bucket: "photos", keyMarker: "k", versionIdMarker: "v", prefix: "" }),
    { sent: "GET /?versions&encoding-type=url&key-marker=k&prefix&version-id-marker=v" }
  ],
  [
    "streamObjectVersions",
    Stream.runDrain(ObsClient.streamObjectVersions({ bucket: "photos", delimiter: "/" })),
    {
      sent: "GET /?versions&delimiter=%2F&encoding-type=url"
    }
  ],
  ["getObject", ObsClient.getObject(object), { sent: `GET ${path}` }],
  [
    "getObject with all",
    ObsClient.getObject({
      ...object,
      versionId: "v",
      range: { offset: 1, length: 2 },
      customerKey,
      ifMatch: '"a"',
      ifNoneMatch: '"b"',
      ifModifiedSince: time,
      ifUnmodifiedSince: time,
      parameters: { "x-image-process": "image/resize,w_1", none: undefined },
      headers: { "X-Other": "1" }
    }),
    {
      sent: `GET ${path}?versionId=v&x-image-process=image%2Fresize%2Cw_1`,
      headers: {
        range: "bytes=1-2",
        "if-match": '"a"',
        "if-none-match": '"b"',
        "if-modified-since": httpTime,
        "if-unmodified-since": httpTime,
        "x-other": "1"
      },
      obs: ssec("x-obs-"),
      amz: ssec("x-amz-")
    }
  ],
  [
    "getObject from",
    ObsClient.getObject({ ...object, range: { offset: 5 } }),
    {
      sent: `GET ${path}`,
      headers: { range: "bytes=5-" }
    }
  ],
  [
    "getObject last",
    ObsClient.getObject({ ...object, range: { last: 5 } }),
    {
      sent: `GET ${path}`,
      headers: { range: "bytes=-5" }
    }
  ],
  [
    "headObject",
    ObsClient.headObject({ ...object, versionId: "v", ifMatch: '"a"', customerKey }),
    {
      sent: `HEAD ${path}?versionId=v`,
      headers: { "if-match": '"a"' },
      obs: ssec("x-obs-"),
      amz: ssec("x-amz-")
    }
  ],
  [
    "putObject of a text",
    ObsClient.putObject({ ...object, body: "ü", contentMd5: true }),
    {
      sent: `PUT ${path}`,
      headers: { "content-type": "text/plain; charset=utf-8", "content-md5": md5("ü") },
      body: "ü"
    }
  ],
  [
    "putObject of nothing",
    ObsClient.putObject({ ...object, body: new Uint8Array() }),
    {
      sent: `PUT ${path}`,
      headers: { "content-type": "application/octet-stream" },
      body: ""
    }
  ],
  [
    "putObject of a stream",
    ObsClient.putObject({
      ...object,
      body: { stream: Stream.make(bytes(3, 65), new Uint8Array(), bytes(2, 65)), length: 5 },
      contentMd5: "given"
    }),
    {
      sent: `PUT ${path}`,
      headers: { "content-type": "application/octet-stream", "content-md5": "given" },
      body: text(bytes(3, 65)) + text(bytes(2, 65))
    }
  ],
  [
    "putObject with all",
    ObsClient.putObject({
      ...object,
      body: "x",
      contentType: "image/png",
      contentEncoding: "gzip",
      contentDisposition: "inline",
      contentLanguage: "de",
      cacheControl: "no-cache",
      expires: time,
      metadata: { Author: "Zoë", a_b: "100%", plain: "a b" },
      websiteRedirectLocation: "/other",
      acl: "private",
      storageClass: "COLD",
      encryption: { type: "SSE-KMS", keyId: "k" },
      expiresAfterDays: 7,
      ifMatch: '"e"',
      ifNoneMatch: "*",
      tags: { "a b": "c&d" },
      headers: { "x-obs-callback": "e30=", undefined: undefined }
    }),
    {
      sent: `PUT ${path}`,
      headers: {
        "content-type": "image/png",
        "content-encoding": "gzip",
        "content-disposition": "inline",
        "content-language": "de",
        "cache-control": "no-cache",
        expires: httpTime,
        "*-meta-author": "Zo%C3%AB",
        "*-meta-a_b": "100%25",
        "*-meta-plain": "a b",
        "*-website-redirect-location": "/other",
        "*-acl": "private",
        "*-expires": "7",
        "*-tagging": "a+b=c%26d",
        "if-match": '"e"',
        "if-none-match": "*",
        "x-obs-callback": "e30="
      },
      obs: {
        "x-obs-storage-class": "COLD",
        "x-obs-server-side-encryption": "kms",
        "x-obs-server-side-encryption-kms-key-id": "k"
      },
      amz: {
        "x-amz-storage-class": "GLACIER",
        "x-amz-server-side-encryption": "aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id": "k"
      },
      body: "x"
    }
  ],
  [
    "putObject with SSE-C",
    ObsClient.putObject({ ...object, body: "", encryption: { type: "SSE-C", key: customerKey } }),
    {
      sent: `PUT ${path}`,
      headers: { "content-type": "text/plain; charset=utf-8" },
      obs: ssec("x-obs-"),
      amz: ssec("x-amz-")
    }
  ],
  [
    "appendObject",
    ObsClient.appendObject({ ...object, position: 3, body: "x", encryption: { type: "SSE-OBS" } }),
    {
      sent: `POST ${path}?append&position=3`,
      headers: { "content-type": "text/plain; charset=utf-8", "*-server-side-encryption": "AES256" },
      body: "x"
    }
  ],
  [
    "copyObject",
    ObsClient.copyObject({ ...object, source: { bucket: "films", key: "ü/b+c?" } }),
    {
      sent: `PUT ${path}`,
      headers: { "*-copy-source": "/films/%C3%BC/b%2Bc%3F" }
    }
  ],
  [
    "copyObject with all",
    ObsClient.copyObject({
      ...object,
      source: { bucket: "films", key: "b", versionId: "v&1", customerKey },
      properties: { contentType: "text/plain", metadata: { a: "b" } },
      conditions: { ifMatch: '"a"', ifUnmodifiedSince: time },
      storageClass: "DEEP_ARCHIVE",
      encryption: { type: "SSE-C", key: customerKey }
    }),
    {
      sent: `PUT ${path}`,
      headers: {
        "*-copy-source": "/films/b?versionId=v%261",
        "*-metadata-directive": "REPLACE",
        "content-type": "text/plain",
        "*-meta-a": "b",
        "*-storage-class": "DEEP_ARCHIVE",
        "*-copy-source-if-match": '"a"',
        "*-copy-source-if-unmodified-since": httpTime
      },
      obs: { ...ssec("x-obs-"), ...ssec("x-obs-copy-source-") },
      amz: { ...ssec("x-amz-"), ...ssec("x-amz-copy-source-") }
    }
  ],
  ["deleteObject", ObsClient.deleteObject({ ...object, versionId: "v" }), { sent: `DELETE ${path}?versionId=v` }],
  [
    "deleteObjects of keys that XML has not",
    ObsClient.deleteObjects({ bucket: "photos", objects: ["\u0001", "a b"] }),
    {
      sent: "POST /?delete",
      headers: document(encodedDeletion),
      body: encodedDeletion
    }
  ],
  [
    "deleteObjects",
    ObsClient.deleteObjects({ bucket: "photos", objects: ["a & <b>", { key: " c\r", versionId: "v" }] }),
    { sent: "POST /?delete", headers: document(deletion), body: deletion }
  ],
  [
    "restoreObject",
    ObsClient.restoreObject({ ...object, days: 3, tier: "Expedited", versionId: "v" }),
    {
      sent: `POST ${path}?restore&versionId=v`,
      obs: document(restore),
      amz: document(amzRestore),
      body: restore,
      amzBody: amzRestore
    }
  ],
  [
    "setObjectMetadata",
    ObsClient.setObjectMetadata({
      ...object,
      properties: { cacheControl: "no-cache", metadata: { a: "ü" } },
      directive: "REPLACE_NEW",
      storageClass: "STANDARD"
    }),
    {
      sent: `PUT ${path}?metadata`,
      headers: {
        "*-metadata-directive": "REPLACE_NEW",
        "cache-control": "no-cache",
        "*-meta-a": "%C3%BC",
        "*-storage-class": "STANDARD"
      }
    }
  ],
  [
    "putObjectTagging",
    ObsClient.putObjectTagging({ ...object, tags: { "a&b": "<ü>" }, versionId: "v" }),
    {
      sent: `PUT ${path}?tagging&versionId=v`,
      headers: document(tagging),
      body: tagging
    }
  ],
  ["getObjectTagging", ObsClient.getObjectTagging(object), { sent: `GET ${path}?tagging` }],
  ["deleteObjectTagging", ObsClient.deleteObjectTagging(object), { sent: `DELETE ${path}?tagging` }],
  [
    "initiateMultipartUpload",
    ObsClient.initiateMultipartUpload({ ...object, metadata: { a: "b" }, storageClass: "WARM", expiresAfterDays: 1 }),
    {
      sent: `POST ${path}?uploads`,
      headers: { "content-type": "application/octet-stream", "*-meta-a": "b", "*-expires": "1" },
      obs: { "x-obs-storage-class": "WARM" },
      amz: { "x-amz-storage-class": "STANDARD_IA" }
    }
  ],
  [
    "uploadPart",
    ObsClient.uploadPart({ ...upload, partNumber: 2, body: "x", contentMd5: true, customerKey }),
    {
      sent: `PUT ${path}?partNumber=2&uploadId=u%261`,
      headers: { "content-type": "application/octet-stream", "content-md5": md5("x") },
      obs: ssec("x-obs-"),
      amz: ssec("x-amz-"),
      body: "x"
    }
  ],
  [
    "uploadPartCopy",
    ObsClient.uploadPartCopy({
      ...upload,
      partNumber: 10_000,
      source: { bucket: "films", key: "b", customerKey },
      range: { offset: 5, length: 10 },
      conditions: { ifNoneMatch: '"a"' }
    }),
    {
      sent: `PUT ${path}?partNumber=10000&uploadId=u%261`,
      headers: {
        "*-copy-source": "/films/b",
        "*-copy-source-range": "bytes=5-14",
        "*-copy-source-if-none-match": '"a"'
      },
      obs: ssec("x-obs-copy-source-"),
      amz: ssec("x-amz-copy-source-")
    }
  ],
  [
    "listParts",
    ObsClient.listParts({ ...upload, maxParts: 5, partNumberMarker: 2 }),
    {
      sent: `GET ${path}?uploadId=u%261&max-parts=5&part-number-marker=2`
    }
  ],
  ["streamParts", Stream.runDrain(ObsClient.streamParts(upload)), { sent: `GET ${path}?uploadId=u%261` }],
  [
    "completeMultipartUpload",
    ObsClient.completeMultipartUpload({
      ...upload,
      parts: [
        { partNumber: 2, etag: '"b"' },
        { partNumber: 1, etag: '"a"' }
      ]
    }),
    {
      sent: `POST ${path}?uploadId=u%261`,
      headers: { "content-type": "application/xml" },
      body: '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"a"</ETag></Part><Part><PartNumber>2</PartNumber><ETag>"b"</ETag></Part></CompleteMultipartUpload>'
    }
  ],
  ["abortMultipartUpload", ObsClient.abortMultipartUpload(upload), { sent: `DELETE ${path}?uploadId=u%261` }],
  [
    "listMultipartUploads",
    ObsClient.listMultipartUploads({
      bucket: "photos",
      prefix: "p",
      delimiter: "/",
      keyMarker: "k",
      uploadIdMarker: "u",
      maxUploads: 3
    }),
    { sent: "GET /?uploads&delimiter=%2F&encoding-type=url&key-marker=k&max-uploads=3&prefix=p&upload-id-marker=u" }
  ],
  [
    "streamMultipartUploads",
    Stream.runDrain(ObsClient.streamMultipartUploads({ bucket: "photos" })),
    {
      sent: "GET /?uploads&encoding-type=url"
    }
  ],
  [
    "upload of what is small",
    ObsClient.upload({ ...object, body: "ü", acl: "private" }),
    {
      sent: `PUT ${path}`,
      headers: { "content-type": "text/plain; charset=utf-8", "*-acl": "private" },
      body: "ü"
    }
  ],
  [
    "upload of what is large",
    ObsClient.upload({ ...object, body: bytes(102_401), partSize: 102_400, contentType: "a/b" }),
    {
      sent: `POST ${path}?uploads`,
      headers: { "content-type": "a/b" }
    }
  ],
  [
    "execute",
    ObsClient.execute(ObsOperation.PutBucketQuota, {
      bucket: "photos",
      parameters: { quota: "", n: 1, none: undefined },
      headers: { "X-Other": "1" },
      body: "<Quota/>",
      contentMd5: true
    }),
    { sent: "PUT /?quota&n=1", headers: { ...document("<Quota/>"), "x-other": "1" }, body: "<Quota/>" }
  ]
]

// Those of the signature, of the client and of its span
const added = [
  "authorization",
  "date",
  "x-obs-date",
  "x-amz-date",
  "x-amz-content-sha256",
  "content-length",
  "traceparent",
  "b3"
]

const others = (headers: { readonly [name: string]: string | undefined }) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !added.includes(name)))

const isWellFormed = (document: string): boolean => {
  const parser = new Saxes.SaxesParser()
  let isGood = true
  parser.on("error", () => {
    isGood = false
  })
  parser.write(document).close()
  return isGood
}

describe.each([
  ["obs", "x-obs"],
  ["aws2", "x-amz"]
] as const)("in the dialect of %s", (scheme, prefix) => {
  const known = scheme === "obs" ? rows : rows.filter(([name]) => name !== "deleteObjects of keys that XML has not")

  it.effect.each(known)("%s", ([, effect, expected]) =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      yield* Effect.exit(Effect.provide(effect, client({ scheme })))
      const { body, headers, method, url } = sent[0] ?? expect.fail("nothing was sent")
      expect(`${method} ${url.pathname}${url.search}`).toBe(expected.sent)

      const common = Object.entries(expected.headers ?? {}).map(([name, value]) => [name.replace(/^\*/, prefix), value])
      expect(others(headers)).toEqual({
        ...Object.fromEntries(common),
        ...(scheme === "obs" ? expected.obs : expected.amz)
      })
      const expectedBody = scheme === "obs" ? expected.body : (expected.amzBody ?? expected.body)
      if (expectedBody !== undefined) expect(text(sentBody(body))).toBe(expectedBody)
      if (headers["content-type"] === "application/xml") expect(isWellFormed(text(sentBody(body)))).toBe(true)
    })
  )
})

const places = [
  ["in front of the host", {}, "https://photos.obs.example.com"],
  ["in the path", { style: "path" }, "https://obs.example.com/photos"],
  ["in the path of an address", { endpoint: "http://127.0.0.1:9000" }, "http://127.0.0.1:9000/photos"],
  ["in the path of a host without dots", { endpoint: "http://minio:9000" }, "http://minio:9000/photos"],
  ["nowhere", { endpoint: "https://cdn.example.org", style: "customDomain" }, "https://cdn.example.org"],
  ["in front of a private domain", { endpoint: "storage.example.org:8443" }, "https://photos.storage.example.org:8443"]
] as const satisfies ReadonlyArray<readonly [string, Partial<ObsClient.Options>, string]>

const isSendable = (key: string) =>
  Buffer.byteLength(key) <= 1024 && !/\p{Cs}/u.test(key) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(key)

describe.each(places)("with the bucket %s", (_, options, base) => {
  const sentFor = (call: Effect.Effect<unknown, unknown, ObsClient.ObsClient>) =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      yield* Effect.exit(Effect.provide(call, client(options)))
      return sent[0]?.url.href
    })

  it.effect("calls the bucket", () =>
    Effect.gen(function* () {
      const url = yield* sentFor(ObsClient.headBucket({ bucket: "photos" }))
      expect(url?.replace(/\/$/, "")).toBe(base)
      expect(yield* sentFor(ObsClient.getBucketLocation({ bucket: "photos" }))).toBe(
        options === places[1][1] || base.endsWith("/photos") ? `${base}?location` : `${base}/?location`
      )
    })
  )

  it.effect.each(oddKeys.filter(([, key]) => isSendable(key)))("calls an object: %s", ([, key]) =>
    Effect.gen(function* () {
      const url = yield* sentFor(ObsClient.headObject({ bucket: "photos", key }))
      expect(url?.startsWith(`${base}/`)).toBe(true)
      expect(decodeURIComponent(url?.slice(base.length + 1) ?? "")).toBe(key)
      expect(url?.slice(base.length + 1)).toMatch(/^[\w.~%/-]*$/)
    })
  )

  it("calls an object of any key", () =>
    fc.assert(
      fc.asyncProperty(anyKey.filter(isSendable), async (key) => {
        const url = await Effect.runPromise(sentFor(ObsClient.getObject({ bucket: "photos", key })))
        expect(decodeURIComponent(url?.slice(base.length + 1) ?? "")).toBe(key)
      })
    ))
})

describe("metadata", () => {
  it("of any Unicode is sent as ASCII, and read as what it was", () =>
    fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary" }).filter((value) => !/\p{Cs}/u.test(value)),
        async (value) => {
          const { client, sent } = recorder(({ headers }) => ({
            status: 200,
            headers: { "x-obs-meta-a": headers["x-obs-meta-a"]?.trim() ?? "" },
            body: ""
          }))
          const program = Effect.gen(function* () {
            yield* ObsClient.putObject({ ...object, body: "", metadata: { a: value } })
            return (yield* ObsClient.headObject({
              ...object,
              headers: { "x-obs-meta-a": sent[0]?.headers["x-obs-meta-a"] }
            })).metadata
          })
          expect(await Effect.runPromise(Effect.provide(program, client()))).toEqual({ a: value })
          expect(sent[0]?.headers["x-obs-meta-a"]).toMatch(/^[ -~]*$/)
        }
      )
    ))

  it.effect("of others is read as it is where it is no escape", () =>
    Effect.gen(function* () {
      const { client } = recorder(() => ({ ...ok, headers: { "x-amz-meta-a": "100%", "x-amz-meta-__proto__": "b" } }))
      const { metadata } = yield* Effect.provide(ObsClient.headObject(object), client({ scheme: "aws2" }))
      expect(Object.entries(metadata).sort()).toEqual([
        ["__proto__", "b"],
        ["a", "100%"]
      ])
    })
  )
})

const wiped = Redacted.make(bytes(32))
Redacted.wipeUnsafe(wiped)

const half = "\ud800"

type Refused = readonly [name: string, Effect.Effect<unknown, unknown, ObsClient.ObsClient>, option: string]

const put = (options: Partial<ObsClient.PutObjectOptions>) => ObsClient.putObject({ ...object, body: "", ...options })

const refused: ReadonlyArray<Refused> = [
  ...["ab", "a".repeat(64), "Photos", "a_b", "-ab", "ab-", "a..b", "a.-b", "192.168.0.1", "a/b", "", "ü".repeat(3)].map(
    (bucket): Refused => [`the bucket ${bucket}`, ObsClient.headBucket({ bucket }), "bucket"]
  ),
  ...["", "k".repeat(1025), "ü".repeat(513), half, ".", "a/../b", "./a", "a/."].map((key): Refused => [
    `the key ${encodeURI(key.replace(half, "half")).slice(0, 9)}`,
    ObsClient.getObject({ ...object, key }),
    "key"
  ]),
  ...[-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY].flatMap((number): ReadonlyArray<Refused> => [
    [`the offset ${number}`, ObsClient.getObject({ ...object, range: { offset: number } }), "range"],
    [`the length ${number}`, ObsClient.getObject({ ...object, range: { offset: 0, length: number } }), "range"],
    [`the last ${number}`, ObsClient.getObject({ ...object, range: { last: number } }), "range"],
    [`the part ${number}`, ObsClient.uploadPart({ ...upload, partNumber: number, body: "" }), "partNumber"],
    [`the page ${number}`, ObsClient.listObjects({ bucket: "photos", maxKeys: number }), "maxKeys"],
    [`the page of versions ${number}`, ObsClient.listObjectVersions({ bucket: "photos", maxKeys: number }), "maxKeys"],
    [`the page of parts ${number}`, ObsClient.listParts({ ...upload, maxParts: number }), "maxParts"],
    [
      `the page of uploads ${number}`,
      ObsClient.listMultipartUploads({ bucket: "photos", maxUploads: number }),
      "maxUploads"
    ],
    [`the position ${number}`, ObsClient.appendObject({ ...object, position: number, body: "" }), "position"],
    [`the days ${number}`, ObsClient.restoreObject({ ...object, days: number }), "days"],
    [`the expiry ${number}`, put({ expiresAfterDays: number }), "expiresAfterDays"],
    [`the size ${number}`, ObsClient.upload({ ...object, body: "", partSize: number }), "partSize"],
    [`the concurrency ${number}`, ObsClient.upload({ ...object, body: "", concurrency: number }), "concurrency"],
    [`the length of a stream ${number}`, put({ body: { stream: Stream.empty, length: number } }), "body"],
    [
      `the concurrency of a deletion ${number}`,
      ObsClient.deleteObjects({ bucket: "photos", objects: ["a"], concurrency: number }),
      "concurrency"
    ]
  ]),
  ["an empty range", ObsClient.getObject({ ...object, range: { offset: 0, length: 0 } }), "range"],
  ["an empty end", ObsClient.getObject({ ...object, range: { last: 0 } }), "range"],
  ["the part 0", ObsClient.uploadPart({ ...upload, partNumber: 0, body: "" }), "partNumber"],
  ["the part 10 001", ObsClient.uploadPart({ ...upload, partNumber: 10_001, body: "" }), "partNumber"],
  ["the part 0 of a copy", ObsClient.uploadPartCopy({ ...upload, partNumber: 0, source: object }), "partNumber"],
  ["a small size of parts", ObsClient.upload({ ...object, body: "", partSize: 102_399 }), "partSize"],
  ["a large size of parts", ObsClient.upload({ ...object, body: "", partSize: 5 * 1024 ** 3 + 1 }), "partSize"],
  ["no parts", ObsClient.completeMultipartUpload({ ...upload, parts: [] }), "parts"],
  [
    "a part 0 to complete",
    ObsClient.completeMultipartUpload({ ...upload, parts: [{ partNumber: 0, etag: "" }] }),
    "partNumber"
  ],
  ["31 days", ObsClient.restoreObject({ ...object, days: 31 }), "days"],
  ["the MD5 of a stream", put({ body: { stream: Stream.empty, length: 0 }, contentMd5: true }), "contentMd5"],
  ["a short key", ObsClient.getObject({ ...object, customerKey: Redacted.make(bytes(31)) }), "customerKey"],
  ["a wiped key", ObsClient.headObject({ ...object, customerKey: wiped }), "customerKey"],
  [
    "a wiped key of a part",
    ObsClient.uploadPart({ ...upload, partNumber: 1, body: "", customerKey: wiped }),
    "customerKey"
  ],
  ["a wiped key to encrypt", put({ encryption: { type: "SSE-C", key: wiped } }), "encryption"],
  [
    "a wiped key of a source",
    ObsClient.copyObject({ ...object, source: { ...object, customerKey: wiped } }),
    "source.customerKey"
  ],
  ["the bucket of a source", ObsClient.copyObject({ ...object, source: { ...object, bucket: "A" } }), "source.bucket"],
  ["the key of a source", ObsClient.copyObject({ ...object, source: { ...object, key: half } }), "source.key"],
  [
    "the version of a source",
    ObsClient.copyObject({ ...object, source: { ...object, versionId: half } }),
    "source.versionId"
  ],
  [
    "the source of a part",
    ObsClient.uploadPartCopy({ ...upload, partNumber: 1, source: { ...object, key: "../a" } }),
    "source.key"
  ],
  [
    "the range of a source",
    ObsClient.uploadPartCopy({ ...upload, partNumber: 1, source: object, range: { offset: 0, length: 0 } }),
    "range"
  ],
  ["half a version", ObsClient.deleteObject({ ...object, versionId: half }), '"versionId"'],
  ["half a prefix", ObsClient.listObjects({ bucket: "photos", prefix: half }), '"prefix"'],
  ["half a marker", Stream.runDrain(ObsClient.streamObjects({ bucket: "photos", marker: half })), '"marker"'],
  ["half an upload", ObsClient.abortMultipartUpload({ ...upload, uploadId: half }), '"uploadId"'],
  ["half a value of metadata", put({ metadata: { a: half } }), "metadata"],
  ["a name of metadata", put({ metadata: { "a b": "" } }), "metadata"],
  ["half a tag", put({ tags: { a: half } }), "tags"],
  ["a tag with a control character", ObsClient.putObjectTagging({ ...object, tags: { "\u0001": "" } }), "tags"],
  ["the name of a file", put({ contentDisposition: 'attachment; filename="ü.txt"' }), '"content-disposition"'],
  ["a line break", put({ cacheControl: "a\r\nx-obs-acl: public-read" }), '"cache-control"'],
  ["a type", put({ contentType: "text/ü" }), '"content-type"'],
  ["a header", ObsClient.getObject({ ...object, headers: { a: "\n" } }), '"a"'],
  ["the name of a header", ObsClient.getObject({ ...object, headers: { "a b": "" } }), "headers"],
  [
    "the last key to delete",
    ObsClient.deleteObjects({ bucket: "photos", objects: [...Array.from({ length: 1001 }, String), half] }),
    "key"
  ],
  [
    "a version to delete",
    ObsClient.deleteObjects({ bucket: "photos", objects: [{ key: "a", versionId: "\u0001" }] }),
    "versionId"
  ],
  ["a bucket to delete from", ObsClient.deleteObjects({ bucket: "a", objects: [] }), "bucket"],
  ["a bucket of an address", ObsClient.presign({ bucket: "a", expires: 1 }), "bucket"],
  ["a key of an address", ObsClient.presign({ bucket: "photos", key: half, expires: 1 }), "key"],
  ["a bucket of a form", ObsClient.postForm({ bucket: "a", key: "k", expires: 1 }), "bucket"],
  [
    "a parameter of any operation",
    ObsClient.execute(ObsOperation.GetBucketAcl, { parameters: { [half]: "" } }),
    `"\ufffd"`
  ],
  [
    "a stream's MD5 of any operation",
    ObsClient.execute(ObsOperation.PutBucketAcl, { body: { stream: Stream.empty, length: 0 }, contentMd5: true }),
    "contentMd5"
  ]
]

describe("refuses before it sends anything", () => {
  it.effect.each(refused)("%s", ([, effect, option]) =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      const error = yield* Effect.flip(Effect.provide(effect, client()))
      expect(error).toBeInstanceOf(ObsClient.InvalidInput)
      expect(error).toMatchObject({ _tag: "InvalidInput", option })
      if (!(error instanceof ObsClient.InvalidInput)) return
      const { message, operation = "", solution } = error
      expect(message.startsWith(`${operation}: ${option} `)).toBe(true)
      expect(message.endsWith(solution)).toBe(true)
      // Nothing in it breaks a line of a log
      expect(message).toMatch(/^[^\p{Cc}\p{Cs}]*$/u)
      expect(sent).toEqual([])
    })
  )

  it.effect("keys to delete that S3 has no way to write", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      const remove = ObsClient.deleteObjects({ bucket: "photos", objects: ["\u0001"] })
      const error = yield* Effect.flip(Effect.provide(remove, client({ scheme: "aws2" })))
      expect(error).toMatchObject({ _tag: "InvalidInput", option: "key", operation: "DeleteObjects" })
      expect(sent).toEqual([])
    })
  )
})
