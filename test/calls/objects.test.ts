/**
 * Calls on buckets and objects, listings, shared addresses and any operation, against the service in memory.
 */
import { DateTime, Effect, HttpBody, HttpClientRequest, Redacted, Schema, Stream } from "#test/effect"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsOperation } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { bytesOf, compareBytes, sentBody } from "../support/bytes.js"
import { bytes, cat, collected, obsOver, ok, photos, recorder, secret, service, text, xml } from "../support/calls.js"
import { anyKey } from "../support/keys.js"

/** Runs a program with a service of its own that has a bucket. */
const inBucket = <A, E>(program: Effect.Effect<A, E, ObsClient.ObsClient>) =>
  Effect.provide(Effect.andThen(ObsClient.createBucket(photos), program), service())

const named = (key: string) => ({ ...photos, key })

const put = (key: string, body = key) => ObsClient.putObject({ ...named(key), body })

describe("buckets", () => {
  it.effect("are created, asked for, listed and deleted", () =>
    Effect.gen(function* () {
      yield* ObsClient.createBucket({ bucket: "films", location: "eu-de", storageClass: "WARM" })
      expect(yield* Effect.flip(ObsClient.createBucket({ bucket: "films" }))).toMatchObject({
        _tag: "BucketAlreadyOwnedByYou",
        request: { operation: "CreateBucket", method: "PUT", bucket: "films" }
      })
      yield* ObsClient.createBucket({ bucket: "films", allowExisting: true })
      expect(yield* ObsClient.headBucket({ bucket: "films" })).toMatchObject({
        location: "eu-de",
        storageClass: "WARM",
        isMultiAz: false,
        isFileSystem: false
      })
      expect(yield* ObsClient.getBucketLocation({ bucket: "films" })).toBe("eu-de")
      yield* ObsClient.createBucket(photos)
      const { buckets, ownerId } = yield* ObsClient.listBuckets()
      expect(buckets.map(({ name }) => name)).toEqual(["films", "photos"])
      expect(buckets[0]?.location).toBe("eu-de")
      expect(DateTime.isDateTime(buckets[0]?.creationDate)).toBe(true)
      expect(ownerId).toMatch(/./)
      yield* put("a")
      expect(yield* Effect.flip(ObsClient.deleteBucket(photos))).toMatchObject({ _tag: "BucketNotEmpty" })
      yield* ObsClient.deleteObject(named("a"))
      yield* ObsClient.deleteBucket(photos)
      for (const call of [ObsClient.headBucket(photos), ObsClient.getBucketLocation(photos), put("a")]) {
        expect(yield* Effect.flip(Effect.asVoid<unknown, unknown, ObsClient.ObsClient>(call))).toMatchObject({
          _tag: "NoSuchBucket"
        })
      }
    }).pipe(Effect.provide(service()))
  )
})

describe("objects", () => {
  it.effect("keep what was put, and what is said of it", () =>
    inBucket(
      Effect.gen(function* () {
        const expires = DateTime.makeUnsafe("2030-01-01T00:00:00Z")
        const stored = yield* ObsClient.putObject({
          ...cat,
          body: "meow",
          contentMd5: true,
          contentType: "image/jpeg",
          contentEncoding: "identity",
          contentDisposition: "inline",
          contentLanguage: "de",
          cacheControl: "no-cache",
          expires,
          metadata: { Author: " Zoë 100% " },
          storageClass: "WARM",
          tags: { a: "b & c" }
        })
        expect(stored.etag).toBe('"4a4be40c96ac6314e91d93f38043a634"')
        const info = yield* ObsClient.headObject(cat)
        expect(info).toMatchObject({
          contentLength: 4,
          etag: stored.etag,
          contentType: "image/jpeg",
          contentDisposition: "inline",
          contentLanguage: "de",
          cacheControl: "no-cache",
          storageClass: "WARM",
          metadata: { author: " Zoë 100% " }
        })
        expect(info.lastModified).toEqual(DateTime.makeUnsafe(0))
        expect(info.requestId).toMatch(/./)
        const got = yield* ObsClient.getObject(cat)
        expect([yield* got.text, yield* got.text]).toEqual(["meow", "meow"])
        expect(yield* ObsClient.getObjectTagging(cat)).toEqual({ a: "b & c" })
      })
    )
  )

  it.effect("are read whole, in parts, and under conditions", () =>
    inBucket(
      Effect.gen(function* () {
        const { etag } = yield* ObsClient.putObject({ ...cat, body: '{"a":"ü"}' })
        const read = (range: ObsClient.Range) =>
          Effect.flatMap(ObsClient.getObject({ ...cat, range }), (got) =>
            Effect.map(got.text, (text) => [text, got.range])
          )
        expect(yield* read({ offset: 2, length: 1 })).toEqual(["a", { offset: 2, length: 1, of: 10 }])
        expect(yield* read({ offset: 8 })).toEqual(['"}', { offset: 8, length: 2, of: 10 }])
        expect(yield* read({ last: 1 })).toEqual(["}", { offset: 9, length: 1, of: 10 }])
        expect(yield* read({ offset: 9, length: 100 })).toEqual(["}", { offset: 9, length: 1, of: 10 }])
        const got = yield* ObsClient.getObject(cat)
        expect(yield* got.schemaJson(Schema.Struct({ a: Schema.String }))).toEqual({ a: "ü" })
        expect(text(yield* collected(got.stream))).toBe('{"a":"ü"}')
        const wrong = yield* Effect.flip(got.schemaJson(Schema.Struct({ a: Schema.Number })))
        expect(["ParseError", "SchemaError"]).toContain(wrong._tag)
        const failure = (options: Partial<ObsClient.GetObjectOptions>) =>
          Effect.map(Effect.flip(ObsClient.getObject({ ...cat, ...options })), ({ _tag }) => _tag)
        expect(yield* failure({ range: { offset: 10 } })).toBe("InvalidRange")
        expect(yield* failure({ ifMatch: '"x"' })).toBe("PreconditionFailed")
        expect(yield* failure({ ifNoneMatch: etag })).toBe("NotModified")
        expect(yield* failure({ key: "none" })).toBe("NoSuchKey")
        expect(yield* failure({ bucket: "none" })).toBe("NoSuchBucket")
        expect(yield* Effect.flip(ObsClient.headObject({ ...cat, key: "none" }))).toMatchObject({
          _tag: "NoSuchKey",
          request: { operation: "HeadObject", method: "HEAD", ...photos, key: "none" }
        })
        expect(yield* Effect.flip(ObsClient.headObject({ ...cat, ifMatch: '"x"' }))).toMatchObject({
          _tag: "PreconditionFailed"
        })
      })
    )
  )

  it.effect("are copied, with other properties and under conditions", () =>
    inBucket(
      Effect.gen(function* () {
        const { etag } = yield* ObsClient.putObject({ ...cat, body: "meow", metadata: { a: "b" }, contentType: "a/b" })
        const copy = yield* ObsClient.copyObject({ ...named("copy"), source: cat })
        expect(copy).toMatchObject({ etag })
        expect(DateTime.isDateTime(copy.lastModified)).toBe(true)
        expect(yield* ObsClient.headObject(named("copy"))).toMatchObject({ contentType: "a/b", metadata: { a: "b" } })
        yield* ObsClient.copyObject({
          ...named("copy"),
          source: cat,
          properties: { contentType: "c/d", metadata: { c: "ü" } },
          storageClass: "COLD"
        })
        expect(yield* ObsClient.headObject(named("copy"))).toMatchObject({
          contentType: "c/d",
          metadata: { c: "ü" },
          storageClass: "COLD"
        })
        const failure = (options: Partial<ObsClient.CopyObjectOptions>) =>
          Effect.flip(ObsClient.copyObject({ ...named("other"), source: cat, ...options }))
        expect(yield* failure({ source: named("none") })).toMatchObject({ _tag: "NoSuchKey" })
        expect(yield* failure({ conditions: { ifMatch: '"x"' } })).toMatchObject({ _tag: "PreconditionFailed" })
      })
    )
  )

  it.effect("are appended to where they end", () =>
    inBucket(
      Effect.gen(function* () {
        const append = (position: number, body: ObsClient.ObjectBody) =>
          ObsClient.appendObject({ ...cat, position, body })
        expect((yield* append(0, "ü")).nextPosition).toBe(2)
        const stream = { stream: Stream.make(bytes(3)), length: 3 }
        expect((yield* append(2, stream)).nextPosition).toBe(5)
        expect(yield* Effect.flip(append(2, "x"))).toMatchObject({ _tag: "PositionNotEqualToLength" })
        expect(yield* ObsClient.headObject(cat)).toMatchObject({ contentLength: 5, nextAppendPosition: 5 })
        yield* put("plain")
        const plain = ObsClient.appendObject({ ...named("plain"), position: 5, body: "x" })
        expect(yield* Effect.flip(plain)).toMatchObject({ _tag: "ObjectNotAppendable" })
      })
    )
  )

  it.effect("tell where an append ends, also where the service does not", () =>
    Effect.gen(function* () {
      const { client } = recorder()
      const append = (body: ObsClient.ObjectBody) =>
        Effect.map(ObsClient.appendObject({ ...cat, position: 10, body }), ({ nextPosition }) => nextPosition)
      const all = Effect.all([append("üü"), append(bytes(3)), append({ stream: Stream.make(bytes(5)), length: 5 })])
      expect(yield* Effect.provide(all, client())).toEqual([14, 13, 15])
    })
  )

  it.effect("are restored, tagged, and get other metadata", () =>
    inBucket(
      Effect.gen(function* () {
        yield* ObsClient.putObject({ ...cat, body: "meow", storageClass: "COLD" })
        expect(yield* Effect.flip(ObsClient.getObject(cat))).toMatchObject({ _tag: "InvalidObjectState" })
        yield* ObsClient.restoreObject({ ...cat, days: 1, tier: "Expedited" })
        expect(yield* Effect.flip(ObsClient.restoreObject({ ...cat, days: 1 }))).toMatchObject({
          _tag: "RestoreAlreadyInProgress"
        })
        expect((yield* ObsClient.headObject(cat)).restore).toEqual({ isOngoing: true })

        expect(yield* Effect.flip(ObsClient.getObjectTagging(cat))).toMatchObject({ _tag: "NoSuchTagSet" })
        const tags = { "a&b": "<ü>", "": "" }
        const { "": _, ...some } = tags
        yield* ObsClient.putObjectTagging({ ...cat, tags: some })
        expect(yield* ObsClient.getObjectTagging(cat)).toEqual(some)
        yield* ObsClient.deleteObjectTagging(cat)
        expect(yield* Effect.flip(ObsClient.getObjectTagging(cat))).toMatchObject({ _tag: "NoSuchTagSet" })

        yield* ObsClient.putObject({ ...named("b"), body: "", metadata: { a: "1", b: "2" }, cacheControl: "no-cache" })
        yield* ObsClient.setObjectMetadata({
          ...named("b"),
          properties: { metadata: { b: "ü" } },
          directive: "REPLACE_NEW"
        })
        const kept = yield* ObsClient.headObject(named("b"))
        expect([kept.metadata, kept.cacheControl]).toEqual([{ b: "ü" }, "no-cache"])
        yield* ObsClient.setObjectMetadata({ ...named("b"), properties: { contentType: "a/b" } })
        expect(yield* ObsClient.headObject(named("b"))).toMatchObject({ metadata: {}, contentType: "a/b" })
      })
    )
  )

  it.effect("have versions, which are listed, read and deleted", () =>
    inBucket(
      Effect.gen(function* () {
        yield* ObsClient.execute(ObsOperation.PutBucketVersioning, {
          ...photos,
          parameters: { versioning: "" },
          body: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
        })
        const one = yield* put("a", "1")
        const two = yield* put("a", "2")
        expect(one.versionId).toMatch(/./)
        const marker = yield* ObsClient.deleteObject(named("a"))
        expect(marker.isDeleteMarker).toBe(true)
        expect(yield* Effect.flip(ObsClient.getObject(named("a")))).toMatchObject({ _tag: "NoSuchKey" })
        const old = yield* ObsClient.getObject({ ...named("a"), versionId: one.versionId })
        expect([yield* old.text, old.versionId]).toEqual(["1", one.versionId])
        const versions = ObsClient.streamObjectVersions({ ...photos, maxKeys: 1 })
        const all = Array.from(yield* Stream.runCollect(versions))
        expect(
          all.map(({ isDeleteMarker, isLatest, key, size, versionId }) => [
            key,
            versionId,
            isLatest,
            isDeleteMarker,
            size
          ])
        ).toEqual([
          ["a", marker.versionId, true, true, 0],
          ["a", two.versionId, false, false, 1],
          ["a", one.versionId, false, false, 1]
        ])
        const copied = yield* ObsClient.copyObject({
          ...named("b"),
          source: { ...named("a"), versionId: one.versionId }
        })
        expect(copied.sourceVersionId).toBe(one.versionId)
        const removed = yield* ObsClient.deleteObjects({
          ...photos,
          objects: all.map(({ key, versionId }) => ({ key, versionId }))
        })
        expect(removed.errors).toEqual([])
        expect(removed.deleted.map(({ key }) => key)).toEqual(["a", "a", "a"])
        const none = yield* Effect.flip(ObsClient.getObject({ ...named("a"), versionId: one.versionId }))
        expect(none).toMatchObject({ _tag: "NoSuchVersion" })
      })
    )
  )

  it.effect("are encrypted with the key of the customer", () =>
    inBucket(
      Effect.gen(function* () {
        const [key, other] = [Redacted.make(bytes(32)), Redacted.make(bytes(32, 7))]
        yield* ObsClient.putObject({ ...cat, body: "meow", encryption: { type: "SSE-C", key } })
        const got = yield* ObsClient.getObject({ ...cat, customerKey: key })
        expect([yield* got.text, yield* got.text]).toEqual(["meow", "meow"])
        yield* Effect.flip(ObsClient.getObject({ ...cat, customerKey: other }))
        yield* Effect.flip(ObsClient.getObject(cat))
        yield* ObsClient.copyObject({ ...named("copy"), source: { ...cat, customerKey: key } })
        expect(yield* Effect.flatMap(ObsClient.getObject(named("copy")), ({ text }) => text)).toBe("meow")
      })
    )
  )
})

describe("listings", () => {
  it.effect("have all keys, in the order of their bytes, whatever the size of a page", () =>
    inBucket(
      Effect.gen(function* () {
        const keys = ["a b", "a+b", "a&<b>", "a/1", "a/2", "b/1", "\u0001", " x ", "ü", "\uffff", "😀", "%2F", "\r\n"]
        for (const key of keys) yield* put(key)
        const sorted = keys.toSorted((a, b) => compareBytes(bytesOf(a), bytesOf(b)))
        for (const maxKeys of [1, 2, 5, 1000]) {
          const all = yield* Stream.runCollect(ObsClient.streamObjects({ ...photos, maxKeys }))
          expect(Array.from(all).map(({ key }) => key)).toEqual(sorted)
        }
        const page = yield* ObsClient.listObjects({ ...photos, delimiter: "/" })
        expect(page.commonPrefixes).toEqual(["a/", "b/"])
        expect(page.objects).toHaveLength(keys.length - 3)
        expect(page.nextMarker).toBeUndefined()
        expect(page.objects[0]).toMatchObject({ key: "\u0001", size: 1, storageClass: "STANDARD" })
        const inA = yield* Stream.runCollect(ObsClient.streamObjects({ ...photos, prefix: "a/", maxKeys: 1 }))
        expect(Array.from(inA).map(({ key }) => key)).toEqual(["a/1", "a/2"])
        const folders = yield* Stream.runCollect(ObsClient.streamObjects({ ...photos, delimiter: "/", maxKeys: 1 }))
        expect(Array.from(folders)).toHaveLength(keys.length - 3)
      })
    )
  )

  it.effect("ask for a page only where it is wanted", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder((_, times) =>
        xml(
          `<ListBucketResult><IsTruncated>true</IsTruncated><NextMarker>${times}</NextMarker><Contents><Key>${times}</Key></Contents></ListBucketResult>`
        )
      )
      const three = Stream.runCollect(Stream.take(ObsClient.streamObjects(photos), 3))
      const keys = Array.from(yield* Effect.provide(three, client())).map(({ key }) => key)
      expect(keys).toEqual(["1", "2", "3"])
      expect(sent.map(({ url }) => url.searchParams.get("marker"))).toEqual([null, "1", "2"])
    })
  )

  it.effect("find the next page where the service does not name it", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder((_, times) =>
        xml(
          times > 1
            ? "<ListBucketResult/>"
            : "<ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>\uffff</Key></Contents><CommonPrefixes><Prefix>😀/</Prefix></CommonPrefixes></ListBucketResult>"
        )
      )
      yield* Effect.provide(Stream.runDrain(ObsClient.streamObjects(photos)), client())
      expect(sent.map(({ url }) => url.searchParams.get("marker"))).toEqual([null, "😀/"])
    })
  )

  const cut = "<IsTruncated>true</IsTruncated>"

  it.effect.each([
    ["objects, without any", ObsClient.streamObjects(photos), `<ListBucketResult>${cut}</ListBucketResult>`],
    [
      "objects, to the same page",
      ObsClient.streamObjects({ ...photos, marker: "a" }),
      `<ListBucketResult>${cut}<NextMarker>a</NextMarker></ListBucketResult>`
    ],
    [
      "versions, without a marker",
      ObsClient.streamObjectVersions(photos),
      `<ListVersionsResult>${cut}</ListVersionsResult>`
    ],
    [
      "versions, to the same page",
      ObsClient.streamObjectVersions({ ...photos, keyMarker: "a" }),
      `<ListVersionsResult>${cut}<NextKeyMarker>a</NextKeyMarker></ListVersionsResult>`
    ],
    [
      "parts, without any",
      ObsClient.streamParts({ ...cat, uploadId: "u" }),
      `<ListPartsResult>${cut}</ListPartsResult>`
    ],
    [
      "parts, backwards",
      ObsClient.streamParts({ ...cat, uploadId: "u", partNumberMarker: 5 }),
      `<ListPartsResult>${cut}<NextPartNumberMarker>5</NextPartNumberMarker></ListPartsResult>`
    ],
    [
      "uploads, without a marker",
      ObsClient.streamMultipartUploads(photos),
      `<ListMultipartUploadsResult>${cut}</ListMultipartUploadsResult>`
    ],
    [
      "uploads, to the same page",
      ObsClient.streamMultipartUploads({ ...photos, keyMarker: "a", uploadIdMarker: "u" }),
      `<ListMultipartUploadsResult>${cut}<NextKeyMarker>a</NextKeyMarker><NextUploadIdMarker>u</NextUploadIdMarker></ListMultipartUploadsResult>`
    ]
  ] as const satisfies ReadonlyArray<
    readonly [string, Stream.Stream<unknown, { readonly _tag: string }, ObsClient.ObsClient>, string]
  >)("neither end early nor run for ever where a page leads nowhere: %s", ([, stream, body]) =>
    Effect.gen(function* () {
      const { client, sent } = recorder(() => xml(body))
      const run = Stream.runDrain<unknown, { readonly _tag: string }, ObsClient.ObsClient>(stream)
      expect(yield* Effect.flip(Effect.provide(run, client()))).toMatchObject({ _tag: "UnexpectedObsError" })
      expect(sent).toHaveLength(1)
    })
  )
})

describe("deleteObjects", () => {
  it.effect("deletes any number of any keys, a thousand at a time", () =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.make
      const sent: Array<number> = []
      const counting: ObsTestService.Handler = (request) => {
        if (request.method === "POST") sent.push((text(sentBody(request.body)).match(/<Object>/g) ?? []).length)
        return handler(request)
      }
      const program = Effect.gen(function* () {
        yield* ObsClient.createBucket(photos)
        const odd = ["a & <b>", " x ", "\r\n", "\u0001", "\uffff", "%2F", "ü"]
        for (const key of odd) yield* put(key)
        const others = Array.from({ length: 2500 - odd.length }, (_, i) => `n/${i}`)
        const { deleted, errors } = yield* ObsClient.deleteObjects({ ...photos, objects: [...others, ...odd] })
        expect(errors).toEqual([])
        expect(deleted.map(({ key }) => key)).toEqual([...others, ...odd])
        expect((yield* ObsClient.listObjects(photos)).objects).toEqual([])
      })
      yield* Effect.provide(program, obsOver(ObsTestClient.layer(counting)))
      expect(sent.sort((a, b) => b - a)).toEqual([1000, 1000, 500])
    })
  )

  it("deletes an object of any key", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          anyKey.filter(
            (key) => !/\p{Cs}/u.test(key) && !/(?:^|\/)\.{1,2}(?:\/|$)/.test(key) && bytesOf(key).length < 1024
          ),
          { minLength: 1, maxLength: 5 }
        ),
        async (keys) => {
          const program = Effect.gen(function* () {
            for (const key of keys) yield* put(key)
            yield* ObsClient.deleteObjects({ ...photos, objects: keys })
            return (yield* ObsClient.listObjects(photos)).objects
          })
          expect(await Effect.runPromise(inBucket(program))).toEqual([])
        }
      ),
      { numRuns: 30 }
    ))

  it.effect("says which keys could not be deleted, and why", () =>
    Effect.gen(function* () {
      const entry = "<Error><Key>b</Key><VersionId>v</VersionId><Code>AccessDenied</Code><Message>no</Message></Error>"
      const { client } = recorder(() => xml(`<DeleteResult><Deleted><Key>a</Key></Deleted>${entry}</DeleteResult>`))
      const remove = ObsClient.deleteObjects({ ...photos, objects: ["a", { key: "b", versionId: "v" }] })
      for (const options of [
        {},
        { endpoint: "http://127.0.0.1:9000" },
        { endpoint: "https://cdn.example.org", style: "customDomain" }
      ] as const) {
        const { deleted, errors } = yield* Effect.provide(remove, client(options))
        expect(deleted).toEqual([{ key: "a" }])
        expect(errors).toMatchObject([
          {
            key: "b",
            versionId: "v",
            failure: {
              _tag: "AccessDenied",
              requestId: "r",
              request: { operation: "DeleteObjects", method: "POST", bucket: "photos", key: "b" }
            }
          }
        ])
        expect(String(errors[0]?.failure)).toContain("DeleteObjects POST photos/b")
      }
    })
  )

  it.effect("sends nothing for nothing", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      const remove = ObsClient.deleteObjects({ ...photos, objects: [] })
      expect(yield* Effect.provide(remove, client())).toEqual({ deleted: [], errors: [] })
      expect(sent).toEqual([])
    })
  )

  it.effect("sends keys as often as they are given, and fails where a batch does", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder((_, times) => (times === 1 ? xml("<DeleteResult/>") : { ...ok, status: 403 }))
      const objects = Array.from({ length: 1500 }, () => "a")
      const remove = ObsClient.deleteObjects({ ...photos, objects, concurrency: 1 })
      const failure = yield* Effect.flip(Effect.provide(remove, client()))
      expect(failure).toMatchObject({ _tag: "UnexpectedObsError", request: { operation: "DeleteObjects", ...photos } })
      expect(sent.map(({ body }) => (text(sentBody(body)).match(/<Key>a</g) ?? []).length)).toEqual([1000, 500])
    })
  )
})

describe("addresses and forms to give away", () => {
  const keys = { accessKeyId: "AK", secretAccessKey: secret }

  const schemes = [{ scheme: "obs" }, { scheme: "aws2" }, { scheme: "aws4", region: "eu-de" }] as const

  /** A service that looks at signatures, and a client that knows its keys. */
  const checking = (options: Partial<ObsClient.Options>) =>
    Effect.map(ObsTestService.makeWith({ credentials: [keys], endpoint: "obs.example.com" }), (handler) => ({
      http: ObsTestClient.make(handler),
      obs: obsOver(ObsTestClient.layer(handler), options)
    }))

  it.effect.each(schemes)("are accepted with $scheme, and nothing else is", (options) =>
    Effect.gen(function* () {
      const { http, obs } = yield* checking(options)
      const program = Effect.gen(function* () {
        yield* ObsClient.createBucket(photos)
        for (const key of ["a b+c?.txt", "//x", "ü/%2F"]) {
          const target = named(key)
          const upload = yield* ObsClient.presign({
            ...target,
            method: "PUT",
            expires: "1 minute",
            headers: { "content-type": "text/x" }
          })
          const request = HttpClientRequest.put(Redacted.value(upload), {
            headers: { "content-type": "text/x" }
          }).pipe(HttpClientRequest.bodyText("meow", "text/x"))
          expect((yield* http.execute(request)).status).toBe(200)
          const address = Redacted.value(
            yield* ObsClient.presign({ ...target, expires: 60_000, response: { contentType: "a/b" } })
          )
          const got = yield* http.get(address)
          expect([got.status, yield* got.text, got.headers["content-type"]]).toEqual([200, "meow", "a/b"])
          expect((yield* http.get(address.replace(/.$/, (c) => (c === "A" ? "B" : "A")))).status).toBe(403)
          expect((yield* http.del(address)).status).toBe(403)
        }
        const list = yield* ObsClient.presign({ ...photos, expires: 60_000, parameters: { prefix: "ü" } })
        expect(yield* Effect.flatMap(http.get(Redacted.value(list)), ({ text }) => text)).toContain("<Key>ü/%2F</Key>")
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect.each(schemes)("with a form of $scheme a browser uploads what it allows", (options) =>
    Effect.gen(function* () {
      const { http, obs } = yield* checking(options)
      const program = Effect.gen(function* () {
        yield* ObsClient.createBucket(photos)
        const form = yield* ObsClient.postForm({
          ...photos,
          key: "a b.txt",
          expires: "1 minute",
          contentLength: { max: 4 }
        })
        const post = (file: string) => {
          const parts = Object.entries(form.fields).map(([name, value]) => {
            const text = typeof value === "string" ? value : Redacted.value(value)
            return `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${text}\r\n`
          })
          const last = `--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${file}\r\n--b--\r\n`
          const body = HttpBody.uint8Array(bytesOf(parts.join("") + last), "multipart/form-data; boundary=b")
          return http.execute(HttpClientRequest.setBody(HttpClientRequest.post(form.url), body))
        }
        expect((yield* post("meow!")).status).toBe(400)
        expect((yield* post("meow")).status).toBe(204)
        expect(yield* Effect.flatMap(ObsClient.getObject(named("a b.txt")), ({ text }) => text)).toBe("meow")
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("fail with what is wrong with them", () =>
    Effect.gen(function* () {
      const { client } = recorder()
      const program = ObsClient.presign({ ...cat, expires: -1 })
      expect(yield* Effect.flip(Effect.provide(program, client()))).toMatchObject({ _tag: "SignerError" })
    })
  )
})

describe("execute", () => {
  const Rules = Schema.Struct({
    CORSRule: Schema.Struct({ AllowedMethod: Schema.Array(Schema.String), AllowedOrigin: Schema.String })
  })

  const cors =
    "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>"

  it.effect("calls operations that have no function of their own", () =>
    inBucket(
      Effect.gen(function* () {
        const parameters = { cors: "" }
        const none = yield* Effect.flip(ObsClient.execute(ObsOperation.GetBucketCors, { ...photos, parameters }))
        expect(none).toMatchObject({
          _tag: "NoSuchCORSConfiguration",
          request: { operation: "GetBucketCors", method: "GET", ...photos }
        })
        const put = { ...photos, parameters, body: cors, contentMd5: true }
        expect((yield* ObsClient.execute(ObsOperation.PutBucketCors, put)).status).toBe(200)
        const got = yield* ObsClient.execute(ObsOperation.GetBucketCors, { ...photos, parameters })
        expect(yield* got.schemaXml(Rules)).toEqual({
          CORSRule: { AllowedMethod: ["GET", "PUT"], AllowedOrigin: "*" }
        })
        expect(got.headers["content-type"]).toBe("application/xml")
        expect(got.requestId).toMatch(/./)
        // Its body is read, and is not asked for again
        expect(yield* Effect.flip(got.text)).toMatchObject({
          _tag: "UnexpectedObsError",
          failure: { reason: "Unreadable" },
          request: { operation: "GetBucketCors" }
        })
      })
    )
  )

  const execute = (body: string) =>
    ObsClient.execute(ObsOperation.GetBucketPolicy, { ...photos, parameters: { policy: "" } }).pipe(
      Effect.provide(recorder(() => ({ ...ok, body })).client())
    )

  it.effect("reads a body in each form", () =>
    Effect.gen(function* () {
      const body = '{"a":[1]}'
      expect(yield* (yield* execute(body)).text).toBe(body)
      expect(text(yield* (yield* execute(body)).bytes)).toBe(body)
      expect(text(yield* collected((yield* execute(body)).stream))).toBe(body)
      const json = Schema.Struct({ a: Schema.Array(Schema.Number) })
      expect(yield* (yield* execute(body)).schemaJson(json)).toEqual({ a: [1] })
      const document = "<R xmlns='u'><a> 1 </a><a2/><__proto__><b>x</b><b>y</b></__proto__></R>"
      expect(JSON.stringify(yield* (yield* execute(document)).schemaXml(Schema.Unknown))).toBe(
        '{"a":" 1 ","a2":"","__proto__":{"b":["x","y"]}}'
      )
    })
  )

  it.effect.each([
    ["", "EmptyBody"],
    ["<R><a>", "ConnectionLost"],
    ["text", "NotAnErrorDocument"]
  ] as const)("fails where %j is read as XML", ([body, reason]) =>
    Effect.gen(function* () {
      const got = yield* execute(body)
      expect(yield* Effect.flip(got.schemaXml(Schema.Unknown))).toMatchObject({
        _tag: "UnexpectedObsError",
        failure: { reason },
        request: { operation: "GetBucketPolicy", method: "GET", ...photos }
      })
    })
  )

  it.effect("reads a document of many names in a time that grows with its length", () =>
    Effect.gen(function* () {
      const many = Array.from({ length: 100_000 }, (_, i) => `<a${i}/>`).join("")
      const got = yield* execute(`<R>${many}</R>`)
      expect(JSON.stringify(yield* got.schemaXml(Schema.Unknown)).split(",")).toHaveLength(100_000)
    })
  )

  it.effect("sends a stream, and fails with what it fails with", () =>
    Effect.gen(function* () {
      const { client, sent } = recorder()
      const put = <E>(stream: Stream.Stream<Uint8Array, E>) =>
        Effect.provide(ObsClient.execute(ObsOperation.PutObject, { ...cat, body: { stream, length: 3 } }), client())
      yield* put(Stream.make(bytes(3)))
      expect(sent.map(({ body }) => sentBody(body).length)).toEqual([3])
      expect(yield* Effect.flip(put(Stream.fail("mine")))).toBe("mine")
      expect(yield* Effect.flip(put(Stream.make(bytes(4))))).toMatchObject({ _tag: "InvalidInput", option: "body" })
    })
  )
})

it.effect("a restored object tells until when it is", () =>
  Effect.gen(function* () {
    const restore = 'ongoing-request="false", expiry-date="Wed, 07 Nov 2029 00:00:00 GMT"'
    const { client } = recorder(() => ({ ...ok, headers: { "x-obs-restore": restore, "last-modified": "never" } }))
    const info = yield* Effect.provide(ObsClient.headObject(cat), client())
    expect(info.restore).toEqual({ isOngoing: false, expiration: DateTime.makeUnsafe("2029-11-07T00:00:00Z") })
    expect(info.lastModified).toBeUndefined()
  })
)
