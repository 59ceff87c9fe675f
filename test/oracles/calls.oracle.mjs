/**
 * The typed calls against `s3rver`, which is nobody's of this project: what it supports of them, in the dialect of S3
 * with signatures of AWS 2, with what succeeds and what fails.
 */
import { Effect, FetchHttpClient, Layer, Redacted, Stream } from "#test/effect"
import { expect, it } from "@effect/vitest"
import { ObsClient, ObsCredentials } from "effect-obs"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "s3rver"
import { afterAll, beforeAll } from "vitest"

const directory = mkdtempSync(join(tmpdir(), "s3rver-"))
const server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory })

let endpoint = ""

beforeAll(async () => {
  endpoint = `http://127.0.0.1:${(await server.run()).port}`
})

afterAll(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

const run = (program) =>
  Effect.suspend(() =>
    Effect.provide(
      program,
      Layer.provide(
        ObsClient.layer({ endpoint, scheme: "aws2" }),
        Layer.merge(FetchHttpClient.layer, ObsCredentials.layer({ accessKeyId: "S3RVER", secretAccessKey: "S3RVER" }))
      )
    )
  )

const bytes = (length) => Uint8Array.from({ length }, (_, i) => (i * 7919) >> 3)

const keys = ["cat.txt", "a b/ä+c&d=e?.txt", "日本/🐈~'()*!.txt", "%2F%20", " x "]

it.live("buckets", () =>
  run(
    Effect.gen(function* () {
      yield* ObsClient.createBucket({ bucket: "buckets-1" })
      yield* ObsClient.headBucket({ bucket: "buckets-1" })
      const { buckets } = yield* ObsClient.listBuckets()
      expect(buckets.map(({ name }) => name)).toContain("buckets-1")
      const taken = yield* Effect.flip(ObsClient.createBucket({ bucket: "buckets-1" }))
      expect(taken._tag).toMatch(/^BucketAlready/)
      yield* ObsClient.deleteBucket({ bucket: "buckets-1" })
      expect(yield* Effect.flip(ObsClient.headBucket({ bucket: "buckets-1" }))).toMatchObject({ _tag: "NoSuchBucket" })
      expect(yield* Effect.flip(ObsClient.deleteBucket({ bucket: "buckets-1" }))).toMatchObject({
        _tag: "NoSuchBucket",
        request: { operation: "DeleteBucket", bucket: "buckets-1" }
      })
    })
  )
)

it.live.each(keys)("an object: %s", (key) =>
  run(
    Effect.gen(function* () {
      const bucket = "objects"
      // To it a bucket of ours is somebody's
      yield* Effect.catchTag(ObsClient.createBucket({ bucket }), "BucketAlreadyExists", () => Effect.void)
      const stored = yield* ObsClient.putObject({
        bucket,
        key,
        body: "meow, ü",
        contentType: "text/x",
        contentMd5: true,
        metadata: { author: "Zoë 100%" }
      })
      const info = yield* ObsClient.headObject({ bucket, key })
      expect(info).toMatchObject({
        etag: stored.etag,
        contentLength: 8,
        contentType: "text/x",
        metadata: { author: "Zoë 100%" }
      })
      const got = yield* ObsClient.getObject({ bucket, key })
      expect(yield* got.text).toBe("meow, ü")
      const part = yield* ObsClient.getObject({ bucket, key, range: { offset: 1, length: 3 } })
      expect([yield* part.text, part.range]).toEqual(["eow", { offset: 1, length: 3, of: 8 }])
      // It takes the last bytes for the first ones, so they are not asked for here
      const tail = yield* ObsClient.getObject({ bucket, key, range: { offset: 6 } })
      expect(yield* tail.text).toBe("ü")
      const { objects } = yield* ObsClient.listObjects({ bucket, prefix: key })
      expect(objects).toMatchObject([{ key, size: 8, etag: stored.etag, storageClass: "STANDARD" }])

      // It does not decode all of the name of a source
      const source = { bucket, key: key.replace(/[+&=?]/g, "") }
      yield* ObsClient.putObject({ ...source, body: "meow, ü" })
      const copy = yield* ObsClient.copyObject({ bucket, key: `${key}-copy`, source })
      expect(copy.etag).toBe(stored.etag)
      const read = yield* ObsClient.getObject({ bucket, key: `${key}-copy` })
      expect(yield* read.text).toBe("meow, ü")

      const address = yield* ObsClient.presign({ bucket, key, expires: "1 minute", response: { contentType: "a/b" } })
      const answer = yield* Effect.promise(() => fetch(Redacted.value(address)))
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "a/b"])
      expect(yield* Effect.promise(() => answer.text())).toBe("meow, ü")

      expect(yield* Effect.flip(ObsClient.getObject({ bucket, key, ifNoneMatch: stored.etag }))).toMatchObject({
        _tag: "NotModified"
      })
      expect(yield* Effect.flip(ObsClient.getObject({ bucket, key, range: { offset: 8 } }))).toMatchObject({
        _tag: "InvalidRange"
      })
      expect(yield* Effect.flip(ObsClient.deleteBucket({ bucket }))).toMatchObject({ _tag: "BucketNotEmpty" })

      yield* ObsClient.deleteObject({ bucket, key })
      yield* ObsClient.deleteObject(source)
      const { deleted, errors } = yield* ObsClient.deleteObjects({ bucket, objects: [`${key}-copy`, "none & <none>"] })
      expect([deleted.map(({ key }) => key), errors]).toEqual([[`${key}-copy`, "none & <none>"], []])
      expect(yield* Effect.flip(ObsClient.getObject({ bucket, key }))).toMatchObject({
        _tag: "NoSuchKey",
        request: { bucket, key }
      })
      // It answers a HEAD as text, so that it could be anybody who answers
      expect(yield* Effect.flip(ObsClient.headObject({ bucket, key }))).toMatchObject({
        _tag: "UnrecognizedResponse",
        status: 404,
        request: { bucket, key }
      })
    })
  )
)

it.live("listings, page by page", () =>
  run(
    Effect.gen(function* () {
      const bucket = "listings"
      yield* ObsClient.createBucket({ bucket })
      const all = ["a/1", "a/2", "b c", "d&<e>", "ü"]
      for (const key of all) yield* ObsClient.putObject({ bucket, key, body: key })
      const listed = yield* Stream.runCollect(ObsClient.streamObjects({ bucket, maxKeys: 2 }))
      expect(Array.from(listed, ({ key }) => key)).toEqual(all)
      const page = yield* ObsClient.listObjects({ bucket, delimiter: "/" })
      expect([page.commonPrefixes, page.objects.map(({ key }) => key)]).toEqual([["a/"], all.slice(2)])
      expect(yield* Effect.flip(ObsClient.listObjects({ bucket: "none" }))).toMatchObject({ _tag: "NoSuchBucket" })
    })
  )
)

it.live("tags", () =>
  run(
    Effect.gen(function* () {
      const object = { bucket: "tags", key: "a" }
      yield* ObsClient.createBucket(object)
      yield* ObsClient.putObject({ ...object, body: "" })
      yield* ObsClient.putObjectTagging({ ...object, tags: { a: "b & c" } })
      expect(yield* ObsClient.getObjectTagging(object)).toEqual({ a: "b & c" })
    })
  )
)

it.live("an upload in parts", () =>
  run(
    Effect.gen(function* () {
      const object = { bucket: "uploads", key: "a b" }
      yield* ObsClient.createBucket(object)
      const whole = bytes(12_000_000)
      const body = Stream.fromIterable(
        Array.from({ length: 120 }, (_, i) => whole.slice(i * 100_000, (i + 1) * 100_000))
      )
      const progress = []
      yield* ObsClient.upload({
        ...object,
        body,
        partSize: 5 * 1024 * 1024,
        metadata: { a: "ü" },
        onProgress: ({ parts }) => Effect.sync(() => progress.push(parts))
      })
      expect(progress).toEqual([1, 2, 3])
      const got = yield* ObsClient.getObject(object)
      expect(got).toMatchObject({ contentLength: whole.length, metadata: { a: "ü" } })
      expect(Buffer.compare(yield* got.bytes, whole)).toBe(0)
    })
  )
)
