/**
 * Clients for the tests of calls.
 */
import { Effect, type HttpClient, Layer, Redacted, Stream } from "#test/effect"
import { ObsClient, ObsCredentials, ObsError, ObsOperation } from "effect-obs"
import { ObsAnswer, ObsTestClient, ObsTestService } from "effect-obs/testing"
import { joined } from "./bytes.js"

export const secret = "not-a-real-secret"

/** A client of these options over an HTTP client. */
export const obsOver = (http: Layer.Layer<HttpClient.HttpClient>, options: Partial<ObsClient.Options> = {}) =>
  Layer.provide(
    ObsClient.layer({ endpoint: "https://obs.example.com", ...options }),
    Layer.merge(http, ObsCredentials.layer({ accessKeyId: "AK", secretAccessKey: secret }))
  )

export const ok: ObsAnswer.Answer = { status: 200, headers: {}, body: "" }

export const xml = (body: string): ObsAnswer.Answer => ({
  status: 200,
  headers: { "content-type": "application/xml", "x-obs-request-id": "r" },
  body
})

type Answering = (request: ObsTestService.Request, times: number) => ObsAnswer.Answer | ObsError.ObsFailure

/** Answers, and remembers what was sent. */
export const recorder = (answer: Answering = () => ok) => {
  const sent: Array<ObsTestService.Request> = []
  const handler: ObsTestService.Handler = (request) =>
    Effect.sync(() => {
      sent.push(request)
      const answered = answer(request, sent.length)
      return ObsError.isObsFailure(answered)
        ? ObsAnswer.render(answered, { dialect: ObsTestService.dialectOf(request), method: request.method })
        : answered
    })
  return {
    sent,
    handler,
    /** A client that does not repeat what fails, unless the options say so. */
    client: (options?: Partial<ObsClient.Options>) =>
      obsOver(ObsTestClient.layer(handler), { retry: false, ...options })
  }
}

/** A client of a service of its own. */
export const service = (options?: Partial<ObsClient.Options>) => obsOver(ObsTestClient.layerService, options)

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export const bytes = (length: number, seed = 1): Uint8Array => {
  let x = seed
  return Uint8Array.from({ length }, () => (x = (x * 48_271) % 2_147_483_647) & 0xff)
}

/** All bytes of a stream. */
export const collected = <E, R>(stream: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(Stream.runCollect(stream), (chunks) => joined(Array.from(chunks)))

export const photos = { bucket: "photos" }

export const cat = { ...photos, key: "cats/Ünä 1.jpg" }

const upload = { ...cat, uploadId: "u" }

export const customerKey = Redacted.make(new Uint8Array(32).fill(65))

export type AnyCall = Effect.Effect<unknown, Error & { readonly _tag: string }, ObsClient.ObsClient>

/** A call of each function, with its operation, and what it names. */
export const everyCall: ReadonlyArray<
  readonly [name: string, operation: ObsOperation.AnyOperation, call: AnyCall, named: { bucket?: string; key?: string }]
> = [
  ["createBucket", ObsOperation.CreateBucket, ObsClient.createBucket(photos), photos],
  ["headBucket", ObsOperation.HeadBucket, ObsClient.headBucket(photos), photos],
  ["listBuckets", ObsOperation.ListBuckets, ObsClient.listBuckets(), {}],
  ["deleteBucket", ObsOperation.DeleteBucket, ObsClient.deleteBucket(photos), photos],
  ["getBucketLocation", ObsOperation.GetBucketLocation, ObsClient.getBucketLocation(photos), photos],
  ["listObjects", ObsOperation.ListObjects, ObsClient.listObjects(photos), photos],
  ["streamObjects", ObsOperation.ListObjects, Stream.runDrain(ObsClient.streamObjects(photos)), photos],
  ["listObjectVersions", ObsOperation.ListObjectVersions, ObsClient.listObjectVersions(photos), photos],
  [
    "streamObjectVersions",
    ObsOperation.ListObjectVersions,
    Stream.runDrain(ObsClient.streamObjectVersions(photos)),
    photos
  ],
  ["getObject", ObsOperation.GetObject, ObsClient.getObject(cat), cat],
  ["headObject", ObsOperation.HeadObject, ObsClient.headObject(cat), cat],
  ["putObject", ObsOperation.PutObject, ObsClient.putObject({ ...cat, body: "meow" }), cat],
  ["appendObject", ObsOperation.AppendObject, ObsClient.appendObject({ ...cat, position: 0, body: "meow" }), cat],
  ["copyObject", ObsOperation.CopyObject, ObsClient.copyObject({ ...cat, source: { ...photos, key: "dog" } }), cat],
  ["deleteObject", ObsOperation.DeleteObject, ObsClient.deleteObject(cat), cat],
  ["deleteObjects", ObsOperation.DeleteObjects, ObsClient.deleteObjects({ ...photos, objects: [cat.key] }), photos],
  ["restoreObject", ObsOperation.RestoreObject, ObsClient.restoreObject({ ...cat, days: 1 }), cat],
  [
    "setObjectMetadata",
    ObsOperation.SetObjectMetadata,
    ObsClient.setObjectMetadata({ ...cat, properties: { cacheControl: "no-cache" } }),
    cat
  ],
  ["putObjectTagging", ObsOperation.PutObjectTagging, ObsClient.putObjectTagging({ ...cat, tags: { a: "b" } }), cat],
  ["getObjectTagging", ObsOperation.GetObjectTagging, ObsClient.getObjectTagging(cat), cat],
  ["deleteObjectTagging", ObsOperation.DeleteObjectTagging, ObsClient.deleteObjectTagging(cat), cat],
  ["initiateMultipartUpload", ObsOperation.InitiateMultipartUpload, ObsClient.initiateMultipartUpload(cat), cat],
  ["uploadPart", ObsOperation.UploadPart, ObsClient.uploadPart({ ...upload, partNumber: 1, body: "meow" }), cat],
  [
    "uploadPartCopy",
    ObsOperation.UploadPartCopy,
    ObsClient.uploadPartCopy({ ...upload, partNumber: 1, source: { ...photos, key: "dog" } }),
    cat
  ],
  ["listParts", ObsOperation.ListParts, ObsClient.listParts(upload), cat],
  ["streamParts", ObsOperation.ListParts, Stream.runDrain(ObsClient.streamParts(upload)), cat],
  [
    "completeMultipartUpload",
    ObsOperation.CompleteMultipartUpload,
    ObsClient.completeMultipartUpload({ ...upload, parts: [{ partNumber: 1, etag: '"e"' }] }),
    cat
  ],
  ["abortMultipartUpload", ObsOperation.AbortMultipartUpload, ObsClient.abortMultipartUpload(upload), cat],
  ["listMultipartUploads", ObsOperation.ListMultipartUploads, ObsClient.listMultipartUploads(photos), photos],
  [
    "streamMultipartUploads",
    ObsOperation.ListMultipartUploads,
    Stream.runDrain(ObsClient.streamMultipartUploads(photos)),
    photos
  ],
  ["upload", ObsOperation.PutObject, ObsClient.upload({ ...cat, body: "meow" }), cat],
  ["execute", ObsOperation.GetBucketAcl, ObsClient.execute(ObsOperation.GetBucketAcl, photos), photos]
]
