/**
 * What the compiler knows of calls: their errors, what they need, and which options there are.
 */
import type { Stream } from "#test/effect"
import { Effect, type HttpClient, type Layer, type Redacted, type Scope } from "#test/effect"
import { ObsClient, type ObsCredentials, type ObsError, ObsOperation, type ObsSigner } from "effect-obs"
import { describe, expect, test } from "tstyche"

const object = { bucket: "photos", key: "cat.jpg" }

const upload = { ...object, uploadId: "u" }

type Call<A, E> = Effect.Effect<A, E, ObsClient.ObsClient>

declare const stream: Stream.Stream<Uint8Array, RangeError, Scope.Scope>

describe("a client", () => {
  test("is made of an HTTP client and credentials", () => {
    type Made = Layer.Layer<
      ObsClient.ObsClient,
      ObsClient.InvalidInput,
      HttpClient.HttpClient | ObsCredentials.ObsCredentials
    >
    expect(ObsClient.layer({ endpoint: "obs.example.com" })).type.toBe<Made>()
    expect(ObsClient.layerConfig).type.toBe<Made>()
    expect(ObsClient.make({ endpoint: "obs.example.com" })).type.toBe<
      Effect.Effect<
        ObsClient.ObsClientService,
        ObsClient.InvalidInput,
        HttpClient.HttpClient | ObsCredentials.ObsCredentials | Scope.Scope
      >
    >()
  })

  test("takes no option that there is not", () => {
    expect(ObsClient.layer).type.not.toBeCallableWith({ endpoint: "obs.example.com", region_: "eu-de" })
    expect(ObsClient.layer).type.not.toBeCallableWith({ endpoint: "obs.example.com", scheme: "v4" })
    expect(ObsClient.layer).type.not.toBeCallableWith({ region: "eu-de" })
  })
})

describe("a call", () => {
  test("fails with its alias, and needs the client", () => {
    expect(ObsClient.createBucket({ bucket: "b" })).type.toBe<Call<void, ObsClient.CreateBucketError>>()
    expect(ObsClient.headBucket({ bucket: "b" })).type.toBe<Call<ObsClient.BucketInfo, ObsClient.HeadBucketError>>()
    expect(ObsClient.listBuckets()).type.toBe<Call<ObsClient.Buckets, ObsClient.ListBucketsError>>()
    expect(ObsClient.deleteBucket({ bucket: "b" })).type.toBe<Call<void, ObsClient.DeleteBucketError>>()
    expect(ObsClient.getBucketLocation({ bucket: "b" })).type.toBe<
      Call<string | undefined, ObsClient.GetBucketLocationError>
    >()
    expect(ObsClient.listObjects({ bucket: "b" })).type.toBe<Call<ObsClient.ObjectPage, ObsClient.ListObjectsError>>()
    expect(ObsClient.listObjectVersions({ bucket: "b" })).type.toBe<
      Call<ObsClient.VersionPage, ObsClient.ListObjectVersionsError>
    >()
    expect(ObsClient.getObject(object)).type.toBe<Call<ObsClient.GotObject, ObsClient.GetObjectError>>()
    expect(ObsClient.headObject(object)).type.toBe<Call<ObsClient.ObjectInfo, ObsClient.HeadObjectError>>()
    expect(ObsClient.putObject({ ...object, body: "" })).type.toBe<
      Call<ObsClient.StoredObject, ObsClient.PutObjectError>
    >()
    expect(ObsClient.copyObject({ ...object, source: object })).type.toBe<
      Call<ObsClient.CopiedObject, ObsClient.CopyObjectError>
    >()
    expect(ObsClient.deleteObject(object)).type.toBe<Call<ObsClient.DeletedObject, ObsClient.DeleteObjectError>>()
    expect(ObsClient.restoreObject({ ...object, days: 1 })).type.toBe<Call<void, ObsClient.RestoreObjectError>>()
    expect(ObsClient.setObjectMetadata({ ...object, properties: {} })).type.toBe<
      Call<void, ObsClient.SetObjectMetadataError>
    >()
    expect(ObsClient.putObjectTagging({ ...object, tags: {} })).type.toBe<Call<void, ObsClient.PutObjectTaggingError>>()
    expect(ObsClient.getObjectTagging(object)).type.toBe<
      Call<{ readonly [name: string]: string }, ObsClient.GetObjectTaggingError>
    >()
    expect(ObsClient.deleteObjectTagging(object)).type.toBe<Call<void, ObsClient.DeleteObjectTaggingError>>()
    expect(ObsClient.initiateMultipartUpload(object)).type.toBe<
      Call<ObsClient.UploadName, ObsClient.InitiateMultipartUploadError>
    >()
    expect(ObsClient.uploadPart({ ...upload, partNumber: 1, body: "" })).type.toBe<
      Call<ObsClient.UploadedPart, ObsClient.UploadPartError>
    >()
    expect(ObsClient.uploadPartCopy({ ...upload, partNumber: 1, source: object })).type.toBe<
      Call<ObsClient.UploadedPart, ObsClient.UploadPartCopyError>
    >()
    expect(ObsClient.listParts(upload)).type.toBe<Call<ObsClient.PartPage, ObsClient.ListPartsError>>()
    expect(ObsClient.completeMultipartUpload({ ...upload, parts: [] })).type.toBe<
      Call<ObsClient.StoredObject, ObsClient.CompleteMultipartUploadError>
    >()
    expect(ObsClient.abortMultipartUpload(upload)).type.toBe<Call<void, ObsClient.AbortMultipartUploadError>>()
    expect(ObsClient.listMultipartUploads({ bucket: "b" })).type.toBe<
      Call<ObsClient.UploadPage, ObsClient.ListMultipartUploadsError>
    >()
    expect(ObsClient.upload({ ...object, body: "" })).type.toBe<Call<ObsClient.StoredObject, ObsClient.UploadError>>()
    expect(ObsClient.presign({ ...object, expires: 1 })).type.toBe<
      Call<Redacted.Redacted, ObsCredentials.CredentialsError | ObsSigner.SignerError | ObsClient.InvalidInput>
    >()
    expect(ObsClient.postForm({ ...object, expires: 1 })).type.toBe<Call<ObsSigner.Form, ObsClient.SharingError>>()
  })

  test("streams its pages", () => {
    type Pages<A, E> = Stream.Stream<A, E, ObsClient.ObsClient>
    expect(ObsClient.streamObjects({ bucket: "b" })).type.toBe<
      Pages<ObsClient.ListedObject, ObsClient.ListObjectsError>
    >()
    expect(ObsClient.streamObjectVersions({ bucket: "b" })).type.toBe<
      Pages<ObsClient.ListedVersion, ObsClient.ListObjectVersionsError>
    >()
    expect(ObsClient.streamParts(upload)).type.toBe<Pages<ObsClient.ListedPart, ObsClient.ListPartsError>>()
  })

  test("of a stream fails with its errors, and needs what it needs", () => {
    const body = { stream, length: 1 }
    type Needed = ObsClient.ObsClient | Scope.Scope
    expect(ObsClient.putObject({ ...object, body })).type.toBe<
      Effect.Effect<ObsClient.StoredObject, ObsClient.PutObjectError | RangeError, Needed>
    >()
    expect(ObsClient.uploadPart({ ...upload, partNumber: 1, body })).type.toBe<
      Effect.Effect<ObsClient.UploadedPart, ObsClient.UploadPartError | RangeError, Needed>
    >()
    expect(ObsClient.upload({ ...object, body: stream })).type.toBe<
      Effect.Effect<ObsClient.StoredObject, ObsClient.UploadError | RangeError, Needed>
    >()
    expect(ObsClient.upload({ ...object, body: "", onProgress: () => Effect.fail(new SyntaxError()) })).type.toBe<
      Call<ObsClient.StoredObject, ObsClient.UploadError | SyntaxError>
    >()
  })

  test("has only tags that it can fail with", () => {
    const got = ObsClient.getObject(object)
    const caught = got.pipe(
      Effect.catchTags({
        NoSuchKey: () => Effect.succeed("none"),
        InvalidInput: () => Effect.succeed("wrong"),
        CredentialsError: () => Effect.succeed("nobody"),
        UnexpectedObsError: () => Effect.succeed("unexpected")
      })
    )
    expect<Extract<Effect.Error<typeof caught>, ObsError.NoSuchKey | ObsError.UnexpectedObsError>>().type.toBe<never>()
    const none = () => Effect.succeed("none")
    expect(Effect.catchTag).type.toBeCallableWith(got, "NoSuchKey", none)
    expect(Effect.catchTag).type.not.toBeCallableWith(got, "NoSuchUpload", none)
    expect(Effect.catchTags).type.toBeCallableWith(got, { NoSuchKey: none })
    expect(Effect.catchTags).type.not.toBeCallableWith(got, { NoSuchUpload: none })
  })

  test("takes no option that there is not", () => {
    expect(ObsClient.getObject).type.not.toBeCallableWith({ ...object, version: "v" })
    expect(ObsClient.getObject).type.not.toBeCallableWith({ bucket: "photos" })
    expect(ObsClient.getObject).type.not.toBeCallableWith({ ...object, range: { from: 0 } })
    expect(ObsClient.putObject).type.not.toBeCallableWith({ ...object, body: "", storageClass: "STANDARD_IA" })
    expect(ObsClient.putObject).type.not.toBeCallableWith({ ...object, body: stream })
    expect(ObsClient.listObjects).type.not.toBeCallableWith({ bucket: "photos", "max-keys": 1 })
    expect(ObsClient.upload).type.not.toBeCallableWith({ ...object, body: "", parts: 1 })
    expect(ObsClient.presign).type.not.toBeCallableWith(object)
  })
})

describe("execute", () => {
  test("fails with the errors of the operation", () => {
    type Failed = ObsOperation.GetBucketCorsError | ObsClient.CallError
    const executed = ObsClient.execute(ObsOperation.GetBucketCors, { bucket: "photos", parameters: { cors: "" } })
    expect(executed).type.toBe<Call<ObsClient.Executed<Failed>, Failed>>()
  })
})
