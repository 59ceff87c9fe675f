import { Effect, TestClock } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { createHash } from "node:crypto"
import { type Call, callerOf, text, texts } from "../support/service.js"

const makeWith = (options: ObsTestService.Options) =>
  Effect.gen(function* () {
    const call = callerOf(yield* ObsTestService.makeWith(options))
    yield* call("PUT /photos")
    return call
  })

const make = makeWith({})

const md5 = (body: string | Buffer) => createHash("md5").update(body).digest()

const initiate = (call: Call, key: string, headers = {}) =>
  Effect.map(call(`POST /photos/${key}?uploads`, { headers }), ({ text: document }) => text(document, "UploadId"))

const part = (call: Call, key: string, id: string, number: number | string, body: string) =>
  call(`PUT /photos/${key}?partNumber=${number}&uploadId=${id}`, body)

const document = (...parts: ReadonlyArray<readonly [number: number | string, etag: string]>) =>
  `<CompleteMultipartUpload>${parts
    .map(([number, etag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`)
    .join("")}</CompleteMultipartUpload>`

const etag = (body: string) => `"${md5(body).toString("hex")}"`

describe("an upload in parts", () => {
  it.effect("is an object when it is completed, with the headers that it began with", () =>
    Effect.gen(function* () {
      const call = yield* make
      const headers = { "content-type": "text/cat", "x-obs-meta-a": "1", "x-obs-storage-class": "WARM" }
      const begun = yield* call("POST /photos/cat.txt?uploads", { headers })
      expect([text(begun.text, "Bucket"), text(begun.text, "Key")]).toEqual(["photos", "cat.txt"])
      const id = text(begun.text, "UploadId")
      expect(id).toMatch(/^[\dA-F]{32}$/)
      expect((yield* part(call, "cat.txt", id, 2, "ow")).headers["etag"]).toBe(etag("ow"))
      yield* part(call, "cat.txt", id, 1, "hiss")
      yield* part(call, "cat.txt", id, 1, "me")
      yield* part(call, "cat.txt", id, 10_000, "not listed")
      expect((yield* call("HEAD /photos/cat.txt")).status).toBe(404)
      yield* TestClock.adjust("1 hour")
      const completed = yield* call(
        `POST /photos/cat.txt?uploadId=${id}`,
        document([1, etag("me")], [2, md5("ow").toString("hex").toUpperCase()])
      )
      const expected = `"${md5(Buffer.concat([md5("me"), md5("ow")])).toString("hex")}-2"`
      expect(["Location", "Bucket", "Key", "ETag"].map((name) => text(completed.text, name))).toEqual([
        "https://obs.example.com/photos/cat.txt",
        "photos",
        "cat.txt",
        expected
      ])
      const got = yield* call("GET /photos/cat.txt", { headers: { range: "bytes=1-2" } })
      expect(got.text).toBe("eo")
      expect(got.headers).toMatchObject({
        ...headers,
        etag: expected,
        "last-modified": "Thu, 01 Jan 1970 01:00:00 GMT",
        "x-obs-uploadid": id
      })
      expect((yield* call(`POST /photos/cat.txt?uploadId=${id}`, document([1, etag("me")]))).tag).toBe("NoSuchUpload")
    })
  )

  it.effect.each<[string, string, string]>([
    ["no parts", document(), "MalformedXML"],
    ["nothing", "", "MissingRequestBodyError"],
    ["another document", document([1, etag("a")]).replaceAll("Complete", "Begin"), "MalformedXML"],
    ["a number that is none", document(["one", etag("a")]), "MalformedXML"],
    ["part 0", document([0, etag("a")]), "MalformedXML"],
    ["a part that is not there", document([1, etag("a")], [3, etag("b")]), "InvalidPart"],
    ["a part with another tag", document([1, etag("a")], [2, etag("a")]), "InvalidPart"],
    ["a part without a tag", document([1, ""]), "InvalidPart"],
    ["parts in another order", document([2, etag("b")], [1, etag("a")]), "InvalidPartOrder"],
    ["a part twice", document([1, etag("a")], [1, etag("a")]), "InvalidPartOrder"]
  ])("is not completed with %s", ([, body, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      const id = yield* initiate(call, "a")
      yield* part(call, "a", id, 1, "a")
      yield* part(call, "a", id, 2, "b")
      expect((yield* call(`POST /photos/a?uploadId=${id}`, body)).tag).toBe(expected)
      expect((yield* call("HEAD /photos/a")).status).toBe(404)
      expect((yield* call(`POST /photos/a?uploadId=${id}`, document([1, etag("a")], [2, etag("b")]))).status).toBe(200)
    })
  )

  it.effect.each([0, 10_001, -1, "one", "1.5", "1e2"])("has no part %s", (number) =>
    Effect.gen(function* () {
      const call = yield* make
      const id = yield* initiate(call, "a")
      expect((yield* part(call, "a", id, number, "a")).failure).toMatchObject({
        _tag: "InvalidArgument",
        argumentName: "partNumber",
        argumentValue: String(number)
      })
    })
  )

  it.effect("has parts of a least size where the service is told so", () =>
    Effect.gen(function* () {
      const call = yield* makeWith({ minPartSize: 3 })
      const id = yield* initiate(call, "a")
      for (const [number, body] of ["abc", "ab", "c"].entries()) yield* part(call, "a", id, number + 1, body)
      const complete = (...parts: ReadonlyArray<readonly [number, string]>) =>
        call(`POST /photos/a?uploadId=${id}`, document(...parts))
      const small = yield* complete([1, etag("abc")], [2, etag("ab")], [3, etag("c")])
      expect(small.failure).toMatchObject({
        _tag: "EntityTooSmall",
        details: { PartNumber: "2", ProposedSize: "2", MinSizeAllowed: "3" }
      })
      expect((yield* complete([1, etag("abc")], [3, etag("c")])).status).toBe(200)
    })
  )

  it.effect("looks at digests, conditions and quotas", () =>
    Effect.gen(function* () {
      const call = yield* make
      const id = yield* initiate(call, "a")
      const headers = { "content-md5": md5("b").toString("base64") }
      const line = `PUT /photos/a?partNumber=1&uploadId=${id}`
      expect((yield* call(line, { headers, body: "a" })).tag).toBe("BadDigest")
      expect((yield* call(line, { headers, body: "b" })).status).toBe(200)
      yield* call("PUT /photos/a", "before")
      const complete = (headers: Record<string, string>) =>
        call(`POST /photos/a?uploadId=${id}`, { headers, body: document([1, etag("b")]) })
      expect((yield* complete({ "if-none-match": "*" })).tag).toBe("PreconditionFailed")
      yield* call("PUT /photos?quota", "<Quota><StorageQuota>6</StorageQuota></Quota>")
      expect((yield* complete({})).tag).toBe("InsufficientStorageSpace")
      yield* call("PUT /photos?quota", "<Quota><StorageQuota>7</StorageQuota></Quota>")
      expect((yield* complete({})).status).toBe(200)
      expect(yield* initiate(call, "b", { "x-obs-acl": "mine" })).toBe("")
    })
  )

  it.effect("is another one for another key, and none after its end", () =>
    Effect.gen(function* () {
      const call = yield* make
      const id = yield* initiate(call, "a")
      expect((yield* part(call, "b", id, 1, "x")).tag).toBe("NoSuchUpload")
      expect((yield* call(`DELETE /photos/a?uploadId=${id}`)).status).toBe(204)
      for (const method of ["GET", "PUT", "POST", "DELETE"]) {
        expect((yield* call(`${method} /photos/a?uploadId=${id}`)).tag).toBe("NoSuchUpload")
        expect((yield* call(`${method} /photos/a?uploadId=none`)).tag).toBe("NoSuchUpload")
      }
      expect((yield* call(`PATCH /photos/a?uploadId=${id}`)).tag).toBe("ServiceNotImplemented")
      expect((yield* call("PUT /photos/a?uploads")).tag).toBe("MethodNotAllowed")
    })
  )

  it.effect("makes a version where the bucket has them", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call(
        "PUT /photos?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
      )
      yield* call("PUT /photos/a", "one")
      const id = yield* initiate(call, "a")
      yield* part(call, "a", id, 1, "two")
      const { headers } = yield* call(`POST /photos/a?uploadId=${id}`, document([1, etag("two")]))
      const ids = texts((yield* call("GET /photos?versions")).text, "VersionId")
      expect([ids.length, ids[0]]).toEqual([2, headers["x-obs-version-id"]])
    })
  )
})

describe("a part that is copied", () => {
  it.effect("is that of the source", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/digits", "0123456789")
      const id = yield* initiate(call, "a")
      const copy = (number: number, headers: Record<string, string>) =>
        call(`PUT /photos/a?partNumber=${number}&uploadId=${id}`, {
          headers: { "x-obs-copy-source": "/photos/digits", ...headers }
        })
      const whole = yield* copy(1, {})
      expect([text(whole.text, "ETag"), text(whole.text, "LastModified")]).toEqual([
        etag("0123456789"),
        "1970-01-01T00:00:00.000Z"
      ])
      expect(text((yield* copy(2, { "x-obs-copy-source-range": "bytes=2-4" })).text, "ETag")).toBe(etag("234"))
      for (const range of ["bytes=2-10", "bytes=4-2", "bytes=2-", "bytes=-2", "2-4"]) {
        expect((yield* copy(3, { "x-obs-copy-source-range": range })).failure).toMatchObject({
          _tag: "InvalidArgument",
          argumentName: "x-obs-copy-source-range",
          argumentValue: range
        })
      }
      expect((yield* copy(3, { "x-obs-copy-source": "/photos/none" })).tag).toBe("NoSuchKey")
      expect((yield* copy(3, { "x-obs-copy-source-if-match": '"none"' })).tag).toBe("PreconditionFailed")
      yield* call(`POST /photos/a?uploadId=${id}`, document([1, etag("0123456789")], [2, etag("234")]))
      expect((yield* call("GET /photos/a")).text).toBe("0123456789234")
    })
  )
})

describe("a list of parts", () => {
  it.effect("has pages", () =>
    Effect.gen(function* () {
      const call = yield* make
      const id = yield* initiate(call, "a%20b")
      for (const number of [10_000, 1, 5, 7]) yield* part(call, "a%20b", id, number, "x".repeat(number % 10))
      const list = (query: string) => call(`GET /photos/a%20b?uploadId=${id}${query}`)
      const page = (query: string) =>
        Effect.map(list(query), ({ text: document }) => [
          texts(document, "PartNumber").join(),
          text(document, "IsTruncated"),
          text(document, "NextPartNumberMarker")
        ])
      expect(yield* page("")).toEqual(["1,5,7,10000", "false", "10000"])
      expect(yield* page("&max-parts=2")).toEqual(["1,5", "true", "5"])
      expect(yield* page("&max-parts=2&part-number-marker=5")).toEqual(["7,10000", "false", "10000"])
      expect(yield* page("&part-number-marker=6")).toEqual(["7,10000", "false", "10000"])
      expect(yield* page("&part-number-marker=10000")).toEqual(["", "false", "10000"])
      const { text: whole } = yield* list("&encoding-type=url")
      expect([text(whole, "Key"), text(whole, "MaxParts"), texts(whole, "Size").join()]).toEqual([
        "a%20b",
        "1000",
        "1,5,7,0"
      ])
      for (const query of ["max-parts=0", "max-parts=x", "part-number-marker=x", "encoding-type=x"]) {
        const [name = ""] = query.split("=")
        expect((yield* list(`&${query}`)).failure).toMatchObject({ _tag: "InvalidArgument", argumentName: name })
      }
    })
  )
})

describe("a list of uploads", () => {
  it.effect("has prefixes, groups and pages", () =>
    Effect.gen(function* () {
      const call = yield* make
      const begun: Array<string> = []
      for (const key of ["b/2", "a", "b/1", "a", "c", "a"]) {
        begun.push(yield* initiate(call, key))
        yield* TestClock.adjust("1 second")
      }
      const [b2 = "", a1 = "", b1 = "", a2 = "", c = "", a3 = ""] = begun
      const page = (query: string) =>
        Effect.map(call(`GET /photos?uploads${query}`), ({ text: document }) => ({
          ids: texts(document, "UploadId"),
          groups: Array.from(document.matchAll(/<CommonPrefixes><Prefix>(.*?)</g), ([, prefix]) => prefix),
          next: [text(document, "NextKeyMarker"), text(document, "NextUploadIdMarker")]
        }))
      const none = ["", ""]
      expect(yield* page("")).toEqual({ ids: [a1, a2, a3, b1, b2, c], groups: [], next: none })
      expect(yield* page("&prefix=b/")).toEqual({ ids: [b1, b2], groups: [], next: none })
      expect(yield* page("&delimiter=/")).toEqual({ ids: [a1, a2, a3, c], groups: ["b/"], next: none })
      expect(yield* page("&max-uploads=2")).toEqual({ ids: [a1, a2], groups: [], next: ["a", a2] })
      expect(yield* page(`&max-uploads=2&key-marker=a&upload-id-marker=${a2}`)).toEqual({
        ids: [a3, b1],
        groups: [],
        next: ["b/1", b1]
      })
      expect((yield* page("&key-marker=a")).ids).toEqual([b1, b2, c])
      expect((yield* page("&key-marker=a&upload-id-marker=none")).ids).toEqual([b1, b2, c])
      expect(yield* page("&delimiter=/&max-uploads=4")).toEqual({ ids: [a1, a2, a3], groups: ["b/"], next: ["b/", ""] })
      expect(yield* page(`&delimiter=/&max-uploads=2&key-marker=a&upload-id-marker=${a2}`)).toEqual({
        ids: [a3],
        groups: ["b/"],
        next: ["b/", ""]
      })
      expect((yield* page("&delimiter=/&key-marker=b/")).ids).toEqual([c])
      const { text: document } = yield* call("GET /photos?uploads&encoding-type=url&prefix=b/")
      expect(texts(document, "Initiated")).toEqual(["1970-01-01T00:00:02.000Z", "1970-01-01T00:00:00.000Z"])
      for (const query of ["max-uploads=0", "max-uploads=x", "encoding-type=x"]) {
        expect((yield* call(`GET /photos?uploads&${query}`)).tag).toBe("InvalidArgument")
      }
    })
  )
})
