import { Effect, TestClock } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { createHash } from "node:crypto"
import { type Call, callerOf, type Options, type Said, text, texts } from "../support/service.js"

const make = Effect.gen(function* () {
  const call = callerOf(yield* ObsTestService.make)
  yield* call("PUT /photos")
  return call
})

const md5 = (body: string) => createHash("md5").update(body).digest()

const etag = (body: string) => `"${md5(body).toString("hex")}"`

describe("a bucket", () => {
  it.effect.each([
    ["ab", "InvalidBucketName"],
    ["a".repeat(64), "InvalidBucketName"],
    ["Photos", "InvalidBucketName"],
    ["-photos", "InvalidBucketName"],
    ["photos.", "InvalidBucketName"],
    ["my..photos", "InvalidBucketName"],
    ["my.-photos", "InvalidBucketName"],
    ["my-.photos", "InvalidBucketName"],
    ["192.168.1.1", "InvalidBucketName"],
    ["my_photos", "InvalidBucketName"],
    ["my.photos-1", undefined],
    ["1.2.3", undefined],
    ["a".repeat(63), undefined]
  ])("can be named %s: %s", ([name, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call(`PUT /${name}`)).tag).toBe(expected)
    })
  )

  const inside = (children: string) => `<CreateBucketConfiguration>${children}</CreateBucketConfiguration>`

  it.effect.each<[string, string, ObsTestService.Options, string]>([
    ["no region", "", {}, "region"],
    ["the region of the service", "", { region: "eu-de" }, "eu-de"],
    ["another one", inside("<Location>eu-nl</Location>"), {}, "eu-nl"],
    ["one in the words of S3", inside("<LocationConstraint>eu-nl</LocationConstraint>"), {}, "eu-nl"],
    ["that of the service", inside("<Location>eu-de</Location>"), { region: "eu-de" }, "eu-de"],
    [
      "another than that of the service",
      inside("<Location>eu-nl</Location>"),
      { region: "eu-de" },
      "IllegalLocationConstraintException"
    ],
    ["none that is one", inside("<Location>e u</Location>"), {}, "InvalidLocationConstraint"],
    ["what cannot be read", "<Create", {}, "MalformedXML"]
  ])("is made in %s", ([, body, options, expected]) =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.makeWith(options))
      const { headers, status, tag } = yield* call("PUT /photos", body)
      if (tag !== undefined) {
        expect(tag).toBe(expected)
        expect((yield* call("HEAD /photos")).status).toBe(404)
        return
      }
      expect([status, headers["location"]]).toEqual([200, "/photos"])
      expect((yield* call("HEAD /photos")).headers).toMatchObject({
        "x-obs-bucket-location": expected,
        "x-obs-storage-class": "STANDARD",
        "x-obs-version": "3.0"
      })
      expect((yield* call("GET /photos?location")).text).toContain(`>${expected}</Location>`)
      const amz = { headers: { authorization: "AWS AK:signature" } }
      expect((yield* call("GET /photos?location", amz)).text).toContain(`>${expected}</LocationConstraint>`)
      expect((yield* call("HEAD /photos", amz)).headers["x-amz-bucket-region"]).toBe(expected)
    })
  )

  it.effect("is made with a storage class, or not at all", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /cold", { headers: { "x-obs-storage-class": "COLD" } })
      expect((yield* call("HEAD /cold")).headers["x-obs-storage-class"]).toBe("COLD")
      for (const [headers, tag] of [
        [{ "x-obs-storage-class": "LUKEWARM" }, "InvalidStorageClass"],
        [{ "x-obs-acl": "mine" }, "InvalidArgument"],
        [{ "x-obs-bucket-object-lock-enabled": "no" }, "InvalidArgument"]
      ] as const) {
        expect((yield* call("PUT /other", { headers })).tag).toBe(tag)
        expect((yield* call("HEAD /other")).status).toBe(404)
      }
    })
  )

  it.effect("is listed with when and where it was made", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* TestClock.adjust("1 hour")
      yield* call("PUT /albums")
      const { text: list } = yield* call("GET /")
      expect(texts(list, "Name")).toEqual(["albums", "photos"])
      expect(texts(list, "CreationDate")).toEqual(["1970-01-01T01:00:00.000Z", "1970-01-01T00:00:00.000Z"])
      expect(texts(list, "Location")).toEqual(["region", "region"])
      expect(texts(list, "BucketType")).toEqual(["OBJECT", "OBJECT"])
      expect(texts(list, "ID")).toHaveLength(1)
    })
  )

  it.effect("is made once", () =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call("PUT /photos")).tag).toBe("BucketAlreadyOwnedByYou")
      yield* call("DELETE /photos")
      expect((yield* call("DELETE /photos")).failure).toMatchObject({ _tag: "NoSuchBucket", bucketName: "photos" })
      expect((yield* call("PUT /photos")).status).toBe(200)
    })
  )

  it.effect("is one of a hundred", () =>
    Effect.gen(function* () {
      const call = yield* make
      for (let i = 1; i < 100; i++) expect((yield* call(`PUT /bucket-${i}`)).status).toBe(200)
      expect((yield* call("PUT /bucket-100")).tag).toBe("TooManyBuckets")
      yield* call("DELETE /bucket-1")
      expect((yield* call("PUT /bucket-100")).status).toBe(200)
    })
  )

  it.effect("is deleted when nothing is left in it", () =>
    Effect.gen(function* () {
      const call = yield* make
      const notEmpty = { _tag: "BucketNotEmpty", bucketName: "photos" }
      yield* call(
        "PUT /photos?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
      )
      const { headers } = yield* call("PUT /photos/cat.txt", "meow")
      const marker = (yield* call("DELETE /photos/cat.txt")).headers["x-obs-version-id"] ?? ""
      expect((yield* call("DELETE /photos")).failure).toMatchObject(notEmpty)
      yield* call(`DELETE /photos/cat.txt?versionId=${headers["x-obs-version-id"] ?? ""}`)
      expect((yield* call("DELETE /photos")).failure).toMatchObject(notEmpty)
      yield* call(`DELETE /photos/cat.txt?versionId=${marker}`)
      const id = text((yield* call("POST /photos/cat.txt?uploads")).text, "UploadId")
      expect((yield* call("DELETE /photos")).failure).toMatchObject(notEmpty)
      yield* call(`DELETE /photos/cat.txt?uploadId=${id}`)
      expect((yield* call("DELETE /photos")).status).toBe(204)
    })
  )

  it.effect.each(["POST /photos", "POST /", "DELETE /", "POST /photos/a"])("knows no %s", (line) =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call(line)).tag).toBe("MethodNotAllowed")
    })
  )
})

describe("an object", () => {
  it.effect("keeps its bytes and everything that it was given", () =>
    Effect.gen(function* () {
      const call = yield* make
      const given = {
        "cache-control": "no-cache",
        "content-disposition": "inline",
        "content-encoding": "gzip",
        "content-language": "de",
        "content-type": "text/plain",
        expires: "Thu, 01 Dec 1994 16:00:00 GMT",
        "x-obs-meta-owner": "me",
        "x-obs-meta-__proto__": "a",
        "x-obs-website-redirect-location": "/dog.txt",
        "x-obs-storage-class": "WARM"
      }
      yield* TestClock.adjust("1 hour")
      const put = yield* call("PUT /photos/cat.txt", {
        headers: { ...given, "x-obs-tagging": "a=1&b=%20", "x-obs-expires": "3" },
        body: "meow"
      })
      expect(put.headers["etag"]).toBe(etag("meow"))
      for (const method of ["GET", "HEAD"]) {
        const { headers, text } = yield* call(`${method} /photos/cat.txt`)
        expect(text).toBe(method === "GET" ? "meow" : "")
        expect(headers).toMatchObject({
          ...given,
          etag: etag("meow"),
          "accept-ranges": "bytes",
          "content-length": "4",
          "last-modified": "Thu, 01 Jan 1970 01:00:00 GMT",
          "x-obs-tagging-count": "2",
          "x-obs-expiration": 'expiry-date="Sun, 04 Jan 1970 01:00:00 GMT", rule-id=""'
        })
      }
      const amz = yield* call("HEAD /photos/cat.txt", { headers: { authorization: "AWS AK:signature" } })
      expect(amz.headers).toMatchObject({ "x-amz-meta-owner": "me", "x-amz-storage-class": "STANDARD_IA" })
      expect(Object.keys(amz.headers).filter((name) => name.startsWith("x-obs-"))).toEqual([])
    })
  )

  it.effect("takes the headers of both dialects", () =>
    Effect.gen(function* () {
      const call = yield* make
      const headers = { "x-amz-meta-a": "1", "x-amz-storage-class": "GLACIER", "content-encoding": "aws-chunked" }
      yield* call("PUT /photos/cat.txt", { headers })
      const head = yield* call("HEAD /photos/cat.txt")
      expect(head.headers).toMatchObject({ "x-obs-meta-a": "1", "x-obs-storage-class": "COLD" })
      expect(head.headers["content-encoding"]).toBeUndefined()
    })
  )

  const digest = (body: string) => md5(body).toString("base64")

  it.effect.each<[string, Options["headers"], string | undefined]>([
    ["its digest", { "content-md5": digest("meow") }, undefined],
    ["another digest", { "content-md5": digest("purr") }, "BadDigest"],
    ["a digest in hex", { "content-md5": md5("meow").toString("hex") }, "InvalidDigest"],
    ["a digest that is none", { "content-md5": "!" }, "InvalidDigest"],
    ["a digest that is empty", { "content-md5": "" }, "InvalidDigest"],
    ["a storage class that is none", { "x-obs-storage-class": "LUKEWARM" }, "InvalidStorageClass"],
    ["a list that is none", { "x-obs-acl": "mine" }, "InvalidArgument"],
    ["days that are none", { "x-obs-expires": "tomorrow" }, "InvalidArgument"],
    ["metadata of 8 KB", { "x-obs-meta-a": "a".repeat(8191) }, undefined],
    ["metadata of more", { "x-obs-meta-a": "a".repeat(8192) }, "MetadataTooLarge"],
    ["a tag without a key", { "x-obs-tagging": "=1" }, "InvalidTag"],
    ["a tag twice", { "x-obs-tagging": "a=1&a=2" }, "InvalidTag"],
    ["eleven tags", { "x-obs-tagging": Array.from({ length: 11 }, (_, i) => `k${i}=`).join("&") }, "BadRequest"],
    ["an encryption of the service", { "x-obs-server-side-encryption": "kms" }, undefined],
    ["an encryption that is none", { "x-obs-server-side-encryption": "rot13" }, "InvalidEncryptionAlgorithmError"],
    ["a retention", { "x-obs-object-lock-mode": "COMPLIANCE" }, "InvalidRequest"]
  ])("can be put with %s, or is not changed", ([, headers = {}, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", "hiss")
      const put = yield* call("PUT /photos/cat.txt", { headers, body: "meow" })
      expect(put.tag).toBe(expected)
      expect((yield* call("GET /photos/cat.txt")).text).toBe(expected === undefined ? "meow" : "hiss")
    })
  )

  it.effect.each([
    ["bytes=0-0", 206, "0", "bytes 0-0/10"],
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=8-", 206, "89", "bytes 8-9/10"],
    ["bytes=8-100", 206, "89", "bytes 8-9/10"],
    ["bytes=-3", 206, "789", "bytes 7-9/10"],
    ["bytes=-100", 206, "0123456789", "bytes 0-9/10"],
    ["bytes=10-", 416, undefined, "bytes */10"],
    ["bytes=10-20", 416, undefined, "bytes */10"],
    ["bytes=-0", 416, undefined, "bytes */10"],
    ["bytes=4-2", 200, "0123456789", undefined],
    ["bytes=0-1,3-4", 200, "0123456789", undefined],
    ["bytes=-", 200, "0123456789", undefined],
    ["bytes=a-b", 200, "0123456789", undefined],
    ["items=0-1", 200, "0123456789", undefined]
  ] as const)("is read in part: %s", ([range, status, body, contentRange]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("POST /photos/digits?append&position=0", "0123")
      yield* call("POST /photos/digits?append&position=4", "456789")
      const said = yield* call("GET /photos/digits", { headers: { range } })
      expect([said.status, said.headers["content-range"]]).toEqual([status, contentRange])
      if (body === undefined) expect(said.tag).toBe("InvalidRange")
      else expect([said.text, said.headers["content-length"]]).toEqual([body, String(body.length)])
    })
  )

  it.effect("that is empty has no part", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/empty")
      expect((yield* call("GET /photos/empty", { headers: { range: "bytes=0-" } })).tag).toBe("InvalidRange")
      expect((yield* call("GET /photos/empty")).headers["content-length"]).toBe("0")
    })
  )

  const [before, at, after] = [
    "Thu, 01 Jan 1970 00:59:59 GMT",
    "Thu, 01 Jan 1970 01:00:00 GMT",
    "Thu, 01 Jan 1970 01:00:01 GMT"
  ]
  const [own, other] = [etag("meow"), etag("purr")]

  const conditions: ReadonlyArray<readonly [Record<string, string>, string | undefined, string?]> = [
    [{ "if-match": own }, undefined],
    [{ "if-match": own.replaceAll('"', "") }, undefined],
    [{ "if-match": `${other}, ${own}` }, undefined],
    [{ "if-match": "*" }, undefined],
    [{ "if-match": other }, "PreconditionFailed", "If-Match"],
    [{ "if-none-match": own }, "NotModified"],
    [{ "if-none-match": `W/${own}` }, "NotModified"],
    [{ "if-none-match": "*" }, "NotModified"],
    [{ "if-none-match": other }, undefined],
    [{ "if-modified-since": before }, undefined],
    [{ "if-modified-since": at }, "NotModified"],
    [{ "if-modified-since": after }, "NotModified"],
    [{ "if-modified-since": "yesterday" }, undefined],
    [{ "if-unmodified-since": before }, "PreconditionFailed", "If-Unmodified-Since"],
    [{ "if-unmodified-since": at }, undefined],
    [{ "if-unmodified-since": "tomorrow" }, undefined],
    [{ "if-match": own, "if-unmodified-since": before }, undefined],
    [{ "if-none-match": other, "if-modified-since": after }, undefined],
    [{ "if-match": own, "if-none-match": own }, "NotModified"],
    [{ "if-match": other, "if-none-match": own }, "PreconditionFailed", "If-Match"]
  ]

  it.effect.each(conditions)("is read on a condition: %j is %s", ([headers, expected, condition]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* TestClock.adjust("1 hour")
      yield* call("PUT /photos/cat.txt", "meow")
      for (const method of ["GET", "HEAD"]) {
        const { failure, headers: answered, tag } = yield* call(`${method} /photos/cat.txt`, { headers })
        expect(tag).toBe(expected)
        if (failure?._tag === "PreconditionFailed") expect(failure.condition).toBe(condition)
        else expect(answered["etag"]).toBe(own)
      }
    })
  )

  it.effect.each(conditions)("is copied on a condition: %j", ([headers, expected, condition]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* TestClock.adjust("1 hour")
      yield* call("PUT /photos/cat.txt", "meow")
      const ofCopy: Record<string, string> = { "x-obs-copy-source": "/photos/cat.txt" }
      for (const [name, value] of Object.entries(headers)) ofCopy[`x-obs-copy-source-${name}`] = value
      const { failure, tag } = yield* call("PUT /photos/copy", { headers: ofCopy })
      expect(tag).toBe(expected === undefined ? undefined : "PreconditionFailed")
      if (failure?._tag === "PreconditionFailed" && condition !== undefined) {
        expect(failure.condition).toBe(`x-obs-copy-source-${condition}`)
      }
      expect((yield* call("HEAD /photos/copy")).status).toBe(tag === undefined ? 200 : 404)
    })
  )

  it.effect("is shown with other headers where a request asks for them", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", { headers: { "content-type": "text/plain" }, body: "meow" })
      const names = [
        "cache-control",
        "content-disposition",
        "content-encoding",
        "content-language",
        "content-type",
        "expires"
      ]
      const query = names.map((name) => `response-${name}=a%20${name}`).join("&")
      const { headers } = yield* call(`GET /photos/cat.txt?${query}`)
      for (const name of names) expect(headers[name]).toBe(`a ${name}`)
      expect((yield* call("GET /photos/cat.txt")).headers["content-type"]).toBe("text/plain")
    })
  )

  it.effect("that is not there is named", () =>
    Effect.gen(function* () {
      const call = yield* make
      for (const line of [
        "GET /photos/none?acl",
        "PUT /photos/none?metadata",
        "GET /photos/none?tagging",
        "PUT /photos/none?tagging",
        "POST /photos/none?restore",
        "PUT /photos/none?retention",
        "GET /photos/none"
      ]) {
        expect((yield* call(line)).failure).toMatchObject({ _tag: "NoSuchKey", key: "none" })
      }
      expect((yield* call("GET /none/none")).failure).toMatchObject({ _tag: "NoSuchBucket", bucketName: "none" })
      expect((yield* call("DELETE /photos/none")).status).toBe(204)
    })
  )
})

describe("a key of the client", () => {
  const key = Buffer.alloc(32, 7)

  const headersOf = (key: Buffer, prefix = "x-obs-") => ({
    [`${prefix}server-side-encryption-customer-algorithm`]: "AES256",
    [`${prefix}server-side-encryption-customer-key`]: key.toString("base64"),
    [`${prefix}server-side-encryption-customer-key-md5`]: createHash("md5").update(key).digest("base64")
  })

  const given = headersOf(key)
  const other = headersOf(Buffer.alloc(32, 8))

  it.effect("is asked for, and never told", () =>
    Effect.gen(function* () {
      const call = yield* make
      const put = yield* call("PUT /photos/secret.txt", { headers: given, body: "meow" })
      const said: Array<Said> = [put]
      for (const [line, headers, expected] of [
        ["GET /photos/secret.txt", given, undefined],
        ["HEAD /photos/secret.txt", given, undefined],
        ["GET /photos/secret.txt", {}, "InvalidRequest"],
        ["HEAD /photos/secret.txt", {}, "InvalidRequest"],
        ["GET /photos/secret.txt", other, "AccessDenied"],
        ["PUT /photos/copy", { "x-obs-copy-source": "/photos/secret.txt" }, "InvalidRequest"],
        [
          "PUT /photos/copy",
          { "x-obs-copy-source": "/photos/secret.txt", ...headersOf(Buffer.alloc(32, 8), "x-obs-copy-source-") },
          "AccessDenied"
        ],
        [
          "PUT /photos/copy",
          { "x-obs-copy-source": "/photos/secret.txt", ...headersOf(key, "x-obs-copy-source-") },
          undefined
        ],
        ["GET /photos/copy", {}, undefined],
        ["GET /photos/copy", given, "InvalidRequest"]
      ] as const) {
        const answer = yield* call(line, { headers })
        said.push(answer)
        expect([line, answer.tag]).toEqual([line, expected])
      }
      expect(put.headers).toMatchObject({
        "x-obs-server-side-encryption-customer-algorithm": "AES256",
        "x-obs-server-side-encryption-customer-key-md5": given["x-obs-server-side-encryption-customer-key-md5"]
      })
      expect(JSON.stringify(said)).not.toContain(key.toString("base64"))
    })
  )

  it.effect("is that of all parts of an upload", () =>
    Effect.gen(function* () {
      const call = yield* make
      const id = text((yield* call("POST /photos/a?uploads", { headers: given })).text, "UploadId")
      const part = (headers: Record<string, string>) =>
        call(`PUT /photos/a?partNumber=1&uploadId=${id}`, { headers, body: "meow" })
      expect((yield* part({})).tag).toBe("InvalidRequest")
      expect((yield* part(other)).tag).toBe("AccessDenied")
      expect((yield* part(given)).status).toBe(200)
    })
  )

  const name = "x-obs-server-side-encryption-customer-"

  it.effect.each([
    [{ [`${name}algorithm`]: "DES" }, "InvalidEncryptionAlgorithmError"],
    [{ [`${name}key`]: "c2hvcnQ=" }, "InvalidArgument"],
    [{ [`${name}key`]: "!" }, "InvalidArgument"],
    [{ [`${name}key-md5`]: "c2hvcnQ=" }, "InvalidArgument"],
    [{ "x-obs-server-side-encryption": "kms" }, "InvalidArgument"]
  ] as const)("is refused where it is none: %j", ([changed, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      const { tag, text } = yield* call("PUT /photos/a", { headers: { ...given, ...changed } })
      expect(tag).toBe(expected)
      expect(text).not.toContain(key.toString("base64"))
    })
  )
})

describe("a copy", () => {
  const source = { "x-obs-copy-source": "/photos/cat.txt" }

  const withSource = Effect.gen(function* () {
    const call = yield* make
    const headers = { "content-type": "text/cat", "x-obs-meta-a": "1", "x-obs-tagging": "a=1" }
    yield* call("PUT /photos/cat.txt", { headers, body: "meow" })
    return call
  })

  const shown = (call: Call, key: string) =>
    Effect.map(call(`HEAD /photos/${key}`), ({ headers }) => [
      headers["content-type"],
      headers["x-obs-meta-a"],
      headers["x-obs-meta-b"],
      headers["x-obs-tagging-count"],
      headers["x-obs-storage-class"]
    ])

  it.effect.each<[Record<string, string>, ReadonlyArray<string | undefined>]>([
    [{}, ["text/cat", "1", undefined, "1", undefined]],
    [{ "x-obs-meta-b": "2" }, ["text/cat", "1", undefined, "1", undefined]],
    [{ "x-obs-storage-class": "COLD" }, ["text/cat", "1", undefined, "1", "COLD"]],
    [
      { "x-obs-metadata-directive": "REPLACE", "x-obs-meta-b": "2" },
      ["application/octet-stream", undefined, "2", "1", undefined]
    ],
    [{ "x-obs-tagging-directive": "REPLACE", "x-obs-tagging": "a=1&b=2" }, ["text/cat", "1", undefined, "2", undefined]]
  ])("with %j has the metadata and the tags that are asked for", ([headers, expected]) =>
    Effect.gen(function* () {
      const call = yield* withSource
      const copied = yield* call("PUT /photos/copy", { headers: { ...source, ...headers } })
      expect(text(copied.text, "ETag")).toBe(etag("meow"))
      expect(text(copied.text, "LastModified")).toBe("1970-01-01T00:00:00.000Z")
      expect(yield* shown(call, "copy")).toEqual(expected)
    })
  )

  it.effect.each<[Record<string, string>, string | undefined]>([
    [{}, "InvalidRequest"],
    [{ "x-obs-metadata-directive": "REPLACE" }, undefined],
    [{ "x-obs-storage-class": "WARM" }, undefined],
    [{ "x-obs-metadata-directive": "DROP" }, "InvalidArgument"],
    [{ "x-obs-tagging-directive": "DROP" }, "InvalidArgument"],
    [{ "x-obs-copy-source": "/none/cat.txt" }, "NoSuchBucket"],
    [{ "x-obs-copy-source": "/photos/none" }, "NoSuchKey"],
    [{ "if-none-match": "*", "x-obs-metadata-directive": "REPLACE" }, "PreconditionFailed"]
  ])("of an object to itself with %j: %s", ([headers, expected]) =>
    Effect.gen(function* () {
      const call = yield* withSource
      expect((yield* call("PUT /photos/cat.txt", { headers: { ...source, ...headers } })).tag).toBe(expected)
    })
  )

  it.effect("of what is archived needs a restoration", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", { headers: { "x-obs-storage-class": "DEEP_ARCHIVE" }, body: "meow" })
      expect((yield* call("PUT /photos/copy", { headers: source })).tag).toBe("InvalidObjectState")
      yield* call("POST /photos/cat.txt?restore")
      yield* TestClock.adjust("1 second")
      expect((yield* call("PUT /photos/copy", { headers: source })).status).toBe(200)
    })
  )
})

describe("an append", () => {
  it.effect("goes on where the object ends", () =>
    Effect.gen(function* () {
      const call = yield* make
      const append = (position: number | string, body: string, headers = {}) =>
        call(`POST /photos/log?append&position=${position}`, { headers, body })
      const first = yield* append(0, "one ", { "x-obs-meta-a": "1" })
      expect([first.headers["x-obs-next-append-position"], first.headers["etag"]]).toEqual(["4", etag("one ")])
      const second = yield* append(4, "two", { "x-obs-meta-a": "2" })
      expect(second.headers["x-obs-next-append-position"]).toBe("7")
      for (const position of [0, 4, 8]) expect((yield* append(position, "x")).tag).toBe("PositionNotEqualToLength")
      for (const position of ["", "-1", "x", "1e1"]) expect((yield* append(position, "x")).tag).toBe("InvalidArgument")
      expect((yield* append(7, "x", { "content-md5": md5("y").toString("base64") })).tag).toBe("BadDigest")
      const { headers, text: body } = yield* call("GET /photos/log")
      expect(body).toBe("one two")
      expect(headers).toMatchObject({
        etag: second.headers["etag"],
        "x-obs-object-type": "Appendable",
        "x-obs-next-append-position": "7",
        "x-obs-meta-a": "1"
      })
      expect(text((yield* call("GET /photos")).text, "Type")).toBe("APPENDABLE")
    })
  )

  it.effect("needs an object that can be appended to", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", "meow")
      expect((yield* call("POST /photos/cat.txt?append&position=4", "x")).tag).toBe("ObjectNotAppendable")
      const headers = { "x-obs-storage-class": "COLD" }
      yield* call("POST /photos/cold?append&position=0", { headers, body: "x" })
      expect((yield* call("POST /photos/cold?append&position=1", "x")).tag).toBe("ObjectNotAppendable")
      yield* call("POST /photos/log?append&position=0", "one")
      yield* call("PUT /photos/log", "two")
      expect((yield* call("POST /photos/log?append&position=3", "x")).tag).toBe("ObjectNotAppendable")
    })
  )

  it.effect("is done ten thousand times at most", () =>
    Effect.gen(function* () {
      const call = yield* make
      for (let i = 0; i < 10_000; i++) yield* call(`POST /photos/log?append&position=${i}`, "x")
      expect((yield* call("POST /photos/log?append&position=10000", "x")).tag).toBe("ObjectNotAppendable")
      expect((yield* call("GET /photos/log")).text).toBe("x".repeat(10_000))
    })
  )
})

describe("metadata", () => {
  const put = Effect.gen(function* () {
    const call = yield* make
    const headers = { "content-type": "text/cat", "cache-control": "no-cache", "x-obs-meta-a": "1" }
    yield* call("PUT /photos/cat.txt", { headers, body: "meow" })
    return call
  })

  it.effect.each<[Record<string, string>, Record<string, string | undefined>]>([
    [
      { "x-obs-metadata-directive": "REPLACE_NEW", "content-type": "text/dog", "x-obs-meta-b": "2" },
      { "content-type": "text/dog", "cache-control": "no-cache", "x-obs-meta-a": undefined, "x-obs-meta-b": "2" }
    ],
    [
      { "x-obs-metadata-directive": "REPLACE", "content-language": "de" },
      {
        "content-type": "application/octet-stream",
        "cache-control": undefined,
        "content-language": "de",
        "x-obs-meta-a": undefined
      }
    ],
    [
      { "x-obs-metadata-directive": "REPLACE_NEW", "x-obs-storage-class": "WARM" },
      { "content-type": "text/cat", "x-obs-storage-class": "WARM" }
    ]
  ])("is changed by %j", ([headers, expected]) =>
    Effect.gen(function* () {
      const call = yield* put
      expect((yield* call("PUT /photos/cat.txt?metadata", { headers })).status).toBe(200)
      const head = yield* call("HEAD /photos/cat.txt")
      for (const [name, value] of Object.entries(expected)) expect([name, head.headers[name]]).toEqual([name, value])
      expect(head.headers["etag"]).toBe(etag("meow"))
    })
  )

  it.effect.each<[Record<string, string>, string]>([
    [{}, "InvalidArgument"],
    [{ "x-obs-metadata-directive": "COPY" }, "InvalidArgument"],
    [{ "x-obs-metadata-directive": "REPLACE", "x-obs-storage-class": "WARM" }, "InvalidRequest"],
    [{ "x-obs-metadata-directive": "REPLACE", "x-obs-storage-class": "LUKEWARM" }, "InvalidStorageClass"],
    [{ "x-obs-metadata-directive": "REPLACE", "x-obs-meta-a": "a".repeat(8192) }, "MetadataTooLarge"]
  ])("is not changed by %j", ([headers, expected]) =>
    Effect.gen(function* () {
      const call = yield* put
      expect((yield* call("PUT /photos/cat.txt?metadata", { headers })).tag).toBe(expected)
      expect((yield* call("HEAD /photos/cat.txt")).headers).toMatchObject({
        "content-type": "text/cat",
        "x-obs-meta-a": "1"
      })
    })
  )
})

describe("tags", () => {
  const tagging = (...tags: ReadonlyArray<readonly [string, string]>) =>
    `<Tagging><TagSet>${tags.map(([k, v]) => `<Tag><Key>${k}</Key><Value>${v}</Value></Tag>`).join("")}</TagSet></Tagging>`

  it.effect("are given back, and are gone where they were deleted", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", "meow")
      expect((yield* call("GET /photos/cat.txt?tagging")).tag).toBe("NoSuchTagSet")
      expect((yield* call("PUT /photos/cat.txt?tagging", tagging(["b", "&lt;"], ["a", ""]))).status).toBe(200)
      const { text: document } = yield* call("GET /photos/cat.txt?tagging")
      expect([texts(document, "Key"), texts(document, "Value")]).toEqual([
        ["b", "a"],
        ["&lt;", ""]
      ])
      expect((yield* call("HEAD /photos/cat.txt")).headers["x-obs-tagging-count"]).toBe("2")
      expect((yield* call("DELETE /photos/cat.txt?tagging")).status).toBe(204)
      expect((yield* call("GET /photos/cat.txt?tagging")).tag).toBe("NoSuchTagSet")
      expect((yield* call("DELETE /photos/cat.txt?tagging")).status).toBe(204)
    })
  )

  it.effect.each([
    [tagging(["", "v"]), "InvalidTag"],
    [tagging(["k".repeat(129), "v"]), "InvalidTag"],
    [tagging(["k", "v".repeat(257)]), "InvalidTag"],
    [tagging(["k", "1"], ["k", "2"]), "InvalidTag"],
    [tagging(...Array.from({ length: 11 }, (_, i) => [`k${i}`, "v"] as const)), "BadRequest"],
    ["<Tagging/>", "MalformedXML"],
    ["<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>", "MalformedXML"],
    ["", "MissingRequestBodyError"]
  ])("are refused: %s is a %s", ([document, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", { headers: { "x-obs-tagging": "a=1" } })
      expect((yield* call("PUT /photos/cat.txt?tagging", document)).tag).toBe(expected)
      expect(texts((yield* call("GET /photos/cat.txt?tagging")).text, "Key")).toEqual(["a"])
    })
  )
})

describe("a restoration", () => {
  const days = (n: number | string, rest = "") => `<RestoreRequest><Days>${n}</Days>${rest}</RestoreRequest>`
  const restored = (date: string) => `ongoing-request="false", expiry-date="${date}"`

  it.effect("is for some days, which can be more and not fewer", () =>
    Effect.gen(function* () {
      const call = yield* make
      const at = "/photos/cat.txt"
      yield* call(`PUT ${at}`, { headers: { "x-obs-storage-class": "COLD" }, body: "meow" })
      const state = Effect.map(call(`HEAD ${at}`), ({ headers }) => headers["x-obs-restore"])
      expect(yield* state).toBeUndefined()
      for (const [document, tag] of [
        [days(0), "InvalidArgument"],
        [days(31), "InvalidArgument"],
        [days("many"), "MalformedXML"],
        [days(1, "<RestoreJob><Tier>Slow</Tier></RestoreJob>"), "MalformedXML"],
        ["<", "MalformedXML"]
      ] as const) {
        expect((yield* call(`POST ${at}?restore`, document)).tag).toBe(tag)
      }
      const tier = "<RestoreJob><Tier>Expedited</Tier></RestoreJob>"
      expect((yield* call(`POST ${at}?restore`, days(2, tier))).status).toBe(202)
      expect(yield* state).toBe('ongoing-request="true"')
      yield* TestClock.adjust("1 second")
      expect(yield* state).toBe(restored("Sat, 03 Jan 1970 00:00:00 GMT"))
      expect((yield* call(`POST ${at}?restore`, days(1))).tag).toBe("ObjectHasAlreadyRestored")
      expect((yield* call(`POST ${at}?restore`, days(3))).status).toBe(200)
      expect(yield* state).toBe(restored("Sun, 04 Jan 1970 00:00:01 GMT"))
      yield* TestClock.adjust("3 days")
      expect(yield* state).toBeUndefined()
      expect((yield* call(`GET ${at}`)).tag).toBe("InvalidObjectState")
      expect((yield* call(`POST ${at}?restore`, days(1))).status).toBe(202)
    })
  )
})

describe("a form", () => {
  const post = (call: Call, fields: Record<string, string>) =>
    call("POST /photos", {
      headers: { "content-type": "multipart/form-data; boundary=b" },
      body: `${Object.entries({ ...fields, file: "meow" })
        .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
        .join("")}--b--\r\n`
    })

  it.effect("gives its fields to the object", () =>
    Effect.gen(function* () {
      const call = yield* make
      const fields = { key: "a b.txt", acl: "public-read", "Content-Type": "text/cat", "x-obs-meta-a": "1" }
      const { headers, status, text: document } = yield* post(call, { ...fields, success_action_status: "201" })
      expect([status, headers["etag"], text(document, "Key")]).toEqual([201, etag("meow"), "a b.txt"])
      expect((yield* call("HEAD /photos/a%20b.txt")).headers).toMatchObject({
        "content-type": "text/cat",
        "x-obs-meta-a": "1"
      })
      expect(texts((yield* call("GET /photos/a%20b.txt?acl")).text, "Permission")).toEqual(["FULL_CONTROL", "READ"])
      expect((yield* post(call, { key: "b", "x-obs-storage-class": "LUKEWARM" })).tag).toBe("InvalidStorageClass")
      expect((yield* call("HEAD /photos/b")).status).toBe(404)
    })
  )
})

describe("several objects", () => {
  const remove = (keys: string, rest = "") => `<Delete>${rest}${keys}</Delete>`
  const object = (key: string, version = "") => `<Object><Key>${key}</Key>${version}</Object>`

  it.effect("are deleted quietly", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/a")
      const { text: document } = yield* call(
        "POST /photos?delete",
        remove(object("a") + object("none") + object("k".repeat(1025)), "<Quiet>true</Quiet>")
      )
      expect([texts(document, "Code"), document.includes("<Deleted>")]).toEqual([["KeyTooLongError"], false])
      expect((yield* call("HEAD /photos/a")).status).toBe(404)
    })
  )

  it.effect.each([
    ["no key", remove("")],
    ["an empty key", remove(object(""))],
    ["1001 keys", remove(object("a").repeat(1001))],
    ["another document", "<Remove><Object><Key>a</Key></Object></Remove>"],
    ["a document that is cut", remove(object("a")).slice(0, -1)]
  ])("are not deleted by %s", ([, document]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/a")
      expect((yield* call("POST /photos?delete", document)).tag).toBe("MalformedXML")
      expect((yield* call("HEAD /photos/a")).status).toBe(200)
    })
  )

  it.effect("need a digest where the service is told so", () =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.makeWith({ requireContentMd5: true }))
      yield* call("PUT /photos")
      yield* call("PUT /photos/a")
      const body = remove(object("a"))
      const send = (headers: Record<string, string>) => call("POST /photos?delete", { headers, body })
      expect((yield* send({})).tag).toBe("InvalidRequest")
      expect((yield* send({ "content-md5": md5("").toString("base64") })).tag).toBe("BadDigest")
      expect((yield* call("HEAD /photos/a")).status).toBe(200)
      expect((yield* send({ "content-md5": md5(body).toString("base64") })).status).toBe(200)
      expect((yield* call("HEAD /photos/a")).status).toBe(404)
    })
  )
})
