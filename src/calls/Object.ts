/**
 * Calls on objects.
 *
 * @since 0.3.0
 */
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { CallError, HeadersIn, Parameters } from "../internal/call/call.js"
import { call, callWith, firstWrong, narrowed, wrongCount } from "../internal/call/call.js"
import { documentBody, isWritable, write } from "../internal/call/document.js"
import type { Body } from "../internal/call/download.js"
import { bodyOf } from "../internal/call/download.js"
import { copySource, wrongSource } from "../internal/call/copySource.js"
import type { Endpoint } from "../internal/call/endpoint.js"
import { wrongBucket, wrongKey } from "../internal/call/endpoint.js"
import type { Wrong } from "../internal/call/invalidInput.js"
import { invalidInput, quoted } from "../internal/call/invalidInput.js"
import type {
  Conditions,
  CustomerKey,
  ObjectInfo,
  ObjectProperties,
  StorageOptions
} from "../internal/call/objectHeaders.js"
import {
  conditionHeaders,
  customerKeyHeaders,
  objectInfo,
  present,
  propertyHeaders,
  ResponseHeaders,
  storageHeaders,
  timeOf,
  wrongCustomerKey,
  wrongProperties,
  wrongStorage
} from "../internal/call/objectHeaders.js"
import { documentOf, headersOf, ignored } from "../internal/call/result.js"
import { ObsClient } from "../internal/call/service.js"
import type { ObjectBody } from "../internal/call/upload.js"
import { orFailureOf, sendable, wrongBody } from "../internal/call/upload.js"
import { decodeNoResult } from "../internal/wire/errorInSuccess.js"
import { headOf } from "../internal/wire/head.js"
import type { DeleteResult } from "../ObsResponse.js"
import { deleteResult } from "../ObsResponse.js"
import * as Operation from "../operations/Object.js"

/**
 * An object, and perhaps one of its versions.
 *
 * @category models
 * @since 0.3.0
 */
export interface ObjectName {
  readonly bucket: string
  /** Any Unicode, not encoded: the library percent-encodes it. */
  readonly key: string
  readonly versionId?: string | undefined
}

/**
 * A part of an object, in bytes: from `offset` on, `length` of them or to the end, or the `last` ones.
 *
 * @category models
 * @since 0.3.0
 */
export type Range = { readonly offset: number; readonly length?: number | undefined } | { readonly last: number }

const rangeHeader = (range: Range | undefined): string | undefined => {
  if (range === undefined) return undefined
  if ("last" in range) return `bytes=-${range.last}`
  return `bytes=${range.offset}-${range.length === undefined ? "" : range.offset + range.length - 1}`
}

const wrongRange = (range: Range | undefined): Wrong | undefined => {
  if (range === undefined) return undefined
  const max = Number.MAX_SAFE_INTEGER
  if ("last" in range) return wrongCount("range", range.last, 1, max)
  return wrongCount("range", range.offset, 0, max) ?? wrongCount("range", range.length, 1, max - range.offset)
}

/**
 * What `getObject`, and reading its body, fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type GetObjectError = Operation.GetObjectError | CallError

/**
 * What to download.
 *
 * @category models
 * @since 0.3.0
 */
export interface GetObjectOptions extends ObjectName, Conditions {
  readonly range?: Range | undefined
  /** The key of an object that is encrypted with `SSE-C`. */
  readonly customerKey?: CustomerKey | undefined
  /** Further parameters, such as `x-image-process`. */
  readonly parameters?: { readonly [name: string]: string | undefined } | undefined
  readonly headers?: HeadersIn | undefined
}

/**
 * An object that is being downloaded: its properties, and its body in the form you want.
 *
 * If the connection is lost, the rest is requested with a range and the entity tag, as often as needed while bytes keep
 * arriving. If the object was replaced in the meantime, reading fails with `PreconditionFailed`.
 *
 * @category models
 * @since 0.3.0
 */
export interface GotObject extends ObjectInfo, Body<GetObjectError> {}

/**
 * Downloads an object: its properties now, and its body when `stream`, `bytes`, `text` or `schemaJson` reads it.
 *
 * The response stays open until its body is read or the stream ends. Reading it a second time downloads it again.
 *
 * Fails with `NoSuchKey`, with `InvalidObjectState` where it is archived and not restored, with `NotModified` and
 * `PreconditionFailed` where a condition does not hold, and with `InvalidRange` where it has no such bytes.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "photos" })
 *   yield* ObsClient.putObject({ bucket: "photos", key: "cats/Ünä 1.txt", body: "meow" })
 *   const cat = yield* ObsClient.getObject({ bucket: "photos", key: "cats/Ünä 1.txt" })
 *   return [cat.contentType, yield* cat.text]
 * }).pipe(Effect.provide(ObsTestClient.layerClient))
 *
 * assert.deepStrictEqual(await Effect.runPromise(program), ["text/plain; charset=utf-8", "meow"])
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0083.html
 * @category objects
 * @since 0.3.0
 */
export const getObject = (options: GetObjectOptions): Effect.Effect<GotObject, GetObjectError, ObsClient> =>
  Effect.map(
    call(Operation.GetObject, (client) => {
      const { bucket, customerKey, key, range, versionId } = options
      const request = {
        bucket,
        key,
        parameters: { versionId, ...options.parameters },
        wrong: wrongRange(range) ?? wrongCustomerKey(customerKey)
      }
      const headers = { ...customerKeyHeaders(client.endpoint, customerKey), ...options.headers }
      return {
        ...request,
        headers: { range: rangeHeader(range), ...conditionHeaders(options), ...headers },
        read: (response) => {
          const info = objectInfo(response)
          const end = info.range === undefined ? "" : String(info.range.offset + info.range.length - 1)
          const body = bodyOf<GetObjectError>({
            response,
            idle: client.idle,
            again: (from) =>
              callWith(client, Operation.GetObject, {
                ...request,
                headers: {
                  ...headers,
                  // An empty object has no range
                  range: from === 0 && end === "" ? undefined : `bytes=${from}-${end}`,
                  "if-match": info.etag
                },
                read: Effect.succeed
              }),
            lost: (response, ending) => {
              const failure = decodeNoResult(headOf(response), { bytes: new Uint8Array(), ending })
              return narrowed(Operation.GetObject, request, failure)
            }
          })
          return Effect.succeed({ ...info, ...body })
        }
      }
    }),
    (object): GotObject => object
  )

/**
 * What `headObject` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type HeadObjectError = Operation.HeadObjectError | CallError

/**
 * The object whose properties to read.
 *
 * @category models
 * @since 0.3.0
 */
export interface HeadObjectOptions extends ObjectName, Conditions {
  /** The key of an object that is encrypted with `SSE-C`. */
  readonly customerKey?: CustomerKey | undefined
  readonly headers?: HeadersIn | undefined
}

/**
 * Reads the properties of an object, without its body.
 *
 * A response to a HEAD has no body, and often nothing that names the error: a bare 404 is an `UnexpectedObsError`, since
 * the object or the bucket may be missing. `ObsError.catchStatus(404, …)` handles it with `NoSuchKey` and `NoSuchBucket`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0084.html
 * @category objects
 * @since 0.3.0
 */
export const headObject = (options: HeadObjectOptions): Effect.Effect<ObjectInfo, HeadObjectError, ObsClient> =>
  call(Operation.HeadObject, ({ endpoint }) => ({
    ...named(options),
    headers: {
      ...conditionHeaders(options),
      ...customerKeyHeaders(endpoint, options.customerKey),
      ...options.headers
    },
    wrong: wrongCustomerKey(options.customerKey),
    read: (response) => Effect.as(ignored(response), objectInfo(response))
  }))

/** An object, or a sub-resource of it. */
const named = ({ bucket, key, versionId }: ObjectName, resource: Parameters = {}) => ({
  bucket,
  key,
  parameters: { ...resource, versionId }
})

/**
 * What `putObject` fails with, besides what a stream fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type PutObjectError = Operation.PutObjectError | CallError

/**
 * An object to upload.
 *
 * @category models
 * @since 0.3.0
 */
export interface PutObjectOptions<E = never, R = never> extends ObjectProperties, StorageOptions {
  readonly bucket: string
  /** Any Unicode, not encoded: the library percent-encodes it. */
  readonly key: string
  readonly body: ObjectBody<E, R>
  /** The MD5 of the body in Base64, or `true` to compute it, except for a stream. */
  readonly contentMd5?: string | boolean | undefined
  /** `*` fails with `PreconditionFailed` if the object exists. Not every region supports it. */
  readonly ifNoneMatch?: "*" | undefined
  /** Fails with `PreconditionFailed` if the object has another entity tag. Not every region supports it. */
  readonly ifMatch?: string | undefined
  readonly tags?: { readonly [name: string]: string } | undefined
  /** Further headers, such as `x-obs-callback`. */
  readonly headers?: HeadersIn | undefined
}

/**
 * What was stored.
 *
 * @category models
 * @since 0.3.0
 */
export interface StoredObject {
  /** The entity tag, with its quotes, as conditions take it. */
  readonly etag?: string
  /** The version, if the bucket keeps versions. */
  readonly versionId?: string
  readonly requestId?: string
}

const storedObject = (headers: ResponseHeaders): StoredObject =>
  present<StoredObject>({
    etag: headers.get("etag"),
    versionId: headers.own("version-id"),
    requestId: headers.requestId
  })

const tagHeader = (tags: { readonly [name: string]: string } | undefined): string | undefined =>
  tags === undefined ? undefined : new URLSearchParams(tags).toString()

/**
 * Uploads an object of up to 5 GB: a text, bytes, or a stream whose length is known. `upload` takes any other stream, and
 * is faster for what is large.
 *
 * A text and bytes are sent again where that can help. A stream is not, since it may have been read: where it fails, the
 * call fails with its error, and nothing is stored. With the fetch client a stream is sent without its length, which not
 * every runtime can, and Node's fetch holds all of it in memory: there, `upload` what is large.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Stream } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "logs" })
 *   const stream = Stream.make(new Uint8Array(3), new Uint8Array(2))
 *   yield* ObsClient.putObject({
 *     bucket: "logs",
 *     key: "5-bytes",
 *     body: { stream, length: 5 },
 *     storageClass: "WARM",
 *     metadata: { author: "Zoë" }
 *   })
 *   return yield* ObsClient.headObject({ bucket: "logs", key: "5-bytes" })
 * }).pipe(Effect.provide(ObsTestClient.layerClient))
 *
 * const { contentLength, metadata, storageClass } = await Effect.runPromise(program)
 * assert.deepStrictEqual([contentLength, metadata["author"], storageClass], [5, "Zoë", "WARM"])
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0080.html
 * @category objects
 * @since 0.3.0
 */
export const putObject = <E = never, R = never>(
  options: PutObjectOptions<E, R>
): Effect.Effect<StoredObject, PutObjectError | E, ObsClient | R> => {
  const { body, contentMd5, contentType } = options
  const computesMd5 = contentMd5 === true
  return Effect.flatMap(sendable("PutObject", body, contentType, computesMd5), (sent) =>
    orFailureOf(
      call(Operation.PutObject, ({ endpoint }) => ({
        bucket: options.bucket,
        key: options.key,
        headers: {
          ...propertyHeaders(endpoint, { ...options, contentType: undefined }),
          ...storageHeaders(endpoint, options),
          ...conditionHeaders({ ifMatch: options.ifMatch, ifNoneMatch: options.ifNoneMatch }),
          "content-md5": typeof contentMd5 === "string" ? contentMd5 : sent.md5,
          [`${endpoint.prefix}tagging`]: tagHeader(options.tags),
          ...options.headers
        },
        body: sent.body,
        wrong: firstWrong(
          wrongProperties(options),
          wrongStorage(options),
          wrongTags(options.tags),
          wrongBody(body, computesMd5)
        ),
        read: headersOf(storedObject)
      })),
      sent
    )
  )
}

/**
 * What `appendObject` fails with, besides what a stream fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type AppendObjectError = Operation.AppendObjectError | CallError

/**
 * What to append, and where.
 *
 * @category models
 * @since 0.3.0
 */
export interface AppendObjectOptions<E = never, R = never> extends ObjectProperties, StorageOptions {
  readonly bucket: string
  readonly key: string
  /** The length of the object so far, in bytes: 0 for a new one. Only then do the properties count. */
  readonly position: number
  readonly body: ObjectBody<E, R>
  readonly headers?: HeadersIn | undefined
}

/**
 * Appends to an object, or begins one that can be appended to.
 *
 * A retry could append the data twice, so it happens only if the service refused the request. If the outcome is
 * unknown, `headObject` tells with `nextAppendPosition`.
 *
 * Fails with `PositionNotEqualToLength` where the object is not as long as `position`, and with `ObjectNotAppendable`
 * where it was uploaded in another way.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0118.html
 * @category objects
 * @since 0.3.0
 */
export const appendObject = <E = never, R = never>(
  options: AppendObjectOptions<E, R>
): Effect.Effect<StoredObject & { readonly nextPosition: number }, AppendObjectError | E, ObsClient | R> =>
  Effect.flatMap(sendable("AppendObject", options.body, options.contentType, false), (sent) =>
    orFailureOf(
      call(Operation.AppendObject, ({ endpoint }) => ({
        bucket: options.bucket,
        key: options.key,
        parameters: { append: "", position: options.position },
        headers: {
          ...propertyHeaders(endpoint, { ...options, contentType: undefined }),
          ...storageHeaders(endpoint, options),
          ...options.headers
        },
        body: sent.body,
        wrong: firstWrong(
          wrongCount("position", options.position, 0, Number.MAX_SAFE_INTEGER),
          wrongProperties(options),
          wrongStorage(options),
          wrongBody(options.body, false)
        ),
        read: headersOf((headers) => {
          const appended = sent.body._tag === "Uint8Array" ? sent.body.body.length : lengthOf(options.body)
          return {
            nextPosition: headers.count(headers.own("next-append-position")) ?? options.position + appended,
            ...storedObject(headers)
          }
        })
      })),
      sent
    )
  )

const lengthOf = <E, R>(body: ObjectBody<E, R>): number => (typeof body === "string" ? 0 : body.length)

/**
 * What `copyObject` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type CopyObjectError = Operation.CopyObjectError | CallError

/**
 * What to copy, and where to.
 *
 * @category models
 * @since 0.3.0
 */
export interface CopyObjectOptions extends StorageOptions {
  readonly source: ObjectName & {
    /** The key that it was encrypted with, where it was with `SSE-C`. */
    readonly customerKey?: CustomerKey | undefined
  }
  readonly bucket: string
  readonly key: string
  /** The properties of the copy: those of the source by default. */
  readonly properties?: ObjectProperties | undefined
  /** Conditions on the source. */
  readonly conditions?: Conditions | undefined
  readonly headers?: HeadersIn | undefined
}

/**
 * What was copied.
 *
 * @category models
 * @since 0.3.0
 */
export interface CopiedObject extends StoredObject {
  readonly lastModified?: DateTime.Utc
  /** The version of the source, if its bucket keeps versions. */
  readonly sourceVersionId?: string
}

/**
 * Copies an object of up to 5 GB within a region, without downloading it.
 *
 * An error that the service sends inside a success is a failure like any other. Fails with `NoSuchKey` where the source is
 * not there, and with `PreconditionFailed` where a condition does not hold.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0082.html
 * @category objects
 * @since 0.3.0
 */
export const copyObject = (options: CopyObjectOptions): Effect.Effect<CopiedObject, CopyObjectError, ObsClient> =>
  call(Operation.CopyObject, ({ endpoint }) => {
    const { conditions = {}, properties, source } = options
    const { prefix } = endpoint
    return {
      bucket: options.bucket,
      key: options.key,
      headers: {
        [`${prefix}copy-source`]: copySource(source),
        [`${prefix}metadata-directive`]: properties === undefined ? undefined : "REPLACE",
        ...propertyHeaders(endpoint, properties ?? {}),
        ...storageHeaders(endpoint, options),
        ...conditionHeaders(conditions, `${prefix}copy-source-`),
        ...customerKeyHeaders(endpoint, source.customerKey, "copy-source-"),
        ...options.headers
      },
      wrong: firstWrong(wrongProperties(properties ?? {}), wrongStorage(options), wrongSource(source)),
      read: documentOf("CopyObjectResult", (root, response) => {
        const headers = new ResponseHeaders(response.headers)
        return present<CopiedObject>({
          etag: root.textOf("ETag"),
          lastModified: timeOf(root.textOf("LastModified")),
          versionId: headers.own("version-id"),
          sourceVersionId: response.headers[`${prefix}copy-source-version-id`],
          requestId: headers.requestId
        })
      })
    }
  })

/**
 * What `deleteObject` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type DeleteObjectError = Operation.DeleteObjectError | CallError

/**
 * The result of deleting an object.
 *
 * @category models
 * @since 0.3.0
 */
export interface DeletedObject {
  /** Whether a delete marker was created or deleted, in a bucket that keeps versions. */
  readonly isDeleteMarker: boolean
  /** The version that was deleted, or the version of the marker. */
  readonly versionId?: string
  readonly requestId?: string
}

/**
 * Deletes an object or a version. Deleting a missing object succeeds.
 *
 * In a bucket that keeps versions, deleting an object hides it behind a delete marker; deleting a version is final.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0085.html
 * @category objects
 * @since 0.3.0
 */
export const deleteObject = (options: ObjectName): Effect.Effect<DeletedObject, DeleteObjectError, ObsClient> =>
  call(Operation.DeleteObject, () => ({
    ...named(options),
    read: headersOf((headers) => ({
      isDeleteMarker: headers.own("delete-marker") === "true",
      ...present<Omit<DeletedObject, "isDeleteMarker">>({
        versionId: headers.own("version-id"),
        requestId: headers.requestId
      })
    }))
  }))

/**
 * What `deleteObjects` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type DeleteObjectsError = Operation.DeleteObjectsError | CallError

/**
 * The objects to delete, of one bucket.
 *
 * @category models
 * @since 0.3.0
 */
export interface DeleteObjectsOptions {
  readonly bucket: string
  /** Keys, or keys with versions: any number, sent a thousand at a time. */
  readonly objects: Iterable<string | { readonly key: string; readonly versionId?: string | undefined }>
  /** The number of concurrent requests: 4 by default. */
  readonly concurrency?: number | undefined
}

const batchSize = 1000

/** An object to delete. */
interface ToDelete {
  readonly key: string
  readonly versionId?: string | undefined
}

/** What is wrong with objects to delete. */
const wrongToDelete = (objects: ReadonlyArray<ToDelete>, { prefix }: Endpoint): Wrong | undefined => {
  for (const { key, versionId = "" } of objects) {
    const wrong = wrongKey(key)
    if (wrong !== undefined) return { ...wrong, what: `${quoted(key)} ${wrong.what}` }
    const option = !isWritable(versionId) ? "versionId" : !isWritable(key) && prefix === "x-amz-" ? "key" : undefined
    if (option !== undefined) {
      return { option, what: `of ${quoted(key)} has characters that no document has`, solution: "Use deleteObject." }
    }
  }
  return undefined
}

/** A thousand keys at most, for one request. */
const deleteBatch = (
  bucket: string,
  objects: ReadonlyArray<ToDelete>
): Effect.Effect<DeleteResult, DeleteObjectsError, ObsClient> =>
  call(Operation.DeleteObjects, () => {
    // Where a key cannot be written as it is, all are encoded
    const encodes = !objects.every(({ key }) => isWritable(key))
    const document = write("Delete", {
      EncodingType: encodes ? "url" : undefined,
      Object: objects.map(({ key, versionId }) => ({
        Key: encodes ? encodeURIComponent(key) : key,
        VersionId: versionId
      }))
    })
    return {
      bucket,
      parameters: { delete: "" },
      ...documentBody(document),
      read: (response) => deleteResult(response)
    }
  })

/**
 * Deletes objects and versions of a bucket: any number, in batches of a thousand.
 *
 * The call succeeds, and says what became of each key: `errors` has those that could not be deleted, each with its
 * failure. Objects that are not there count as deleted. A batch that fails as a whole, such as with `NoSuchBucket`, fails
 * the call; what other batches have deleted by then is deleted.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "photos" })
 *   yield* ObsClient.putObject({ bucket: "photos", key: "cat & dog", body: "" })
 *   return yield* ObsClient.deleteObjects({ bucket: "photos", objects: ["cat & dog", "bird"] })
 * }).pipe(Effect.provide(ObsTestClient.layerClient))
 *
 * const { deleted, errors } = await Effect.runPromise(program)
 * assert.deepStrictEqual(deleted.map(({ key }) => key), ["cat & dog", "bird"])
 * assert.deepStrictEqual(errors, [])
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0086.html
 * @category objects
 * @since 0.3.0
 */
export const deleteObjects = ({
  bucket,
  concurrency = 4,
  objects
}: DeleteObjectsOptions): Effect.Effect<DeleteResult, DeleteObjectsError, ObsClient> => {
  // Read once, since a generator has its objects only once
  let all: ReadonlyArray<ToDelete> | undefined
  return Effect.flatMap(ObsClient, ({ endpoint }) => {
    const known = (all ??= Array.from(objects, (object) => (typeof object === "string" ? { key: object } : object)))
    const wrong = firstWrong(
      wrongBucket(bucket),
      wrongCount("concurrency", concurrency, 1, 1000),
      wrongToDelete(known, endpoint)
    )
    if (wrong !== undefined) return Effect.fail(invalidInput(wrong, Operation.DeleteObjects.name))
    const batches = Array.from({ length: Math.ceil(known.length / batchSize) }, (_, i) =>
      known.slice(i * batchSize, (i + 1) * batchSize)
    )
    return Effect.map(
      Effect.forEach(batches, (batch) => deleteBatch(bucket, batch), { concurrency }),
      (results): DeleteResult => ({
        deleted: results.flatMap(({ deleted }) => deleted),
        errors: results.flatMap(({ errors }) => errors)
      })
    )
  })
}

/**
 * What `restoreObject` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type RestoreObjectError = Operation.RestoreObjectError | CallError

/**
 * The object to restore, and for how long.
 *
 * @category models
 * @since 0.3.0
 */
export interface RestoreObjectOptions extends ObjectName {
  /** How many days the restored copy stays: 1 to 30. */
  readonly days: number
  /** `Expedited` takes minutes, `Standard` hours. */
  readonly tier?: "Expedited" | "Standard" | undefined
}

/**
 * Restores an archived object for some days. That takes minutes to hours; `headObject` says when it is done.
 *
 * Fails with `RestoreAlreadyInProgress` if a restoration is under way.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0087.html
 * @category objects
 * @since 0.3.0
 */
export const restoreObject = (options: RestoreObjectOptions): Effect.Effect<void, RestoreObjectError, ObsClient> =>
  call(Operation.RestoreObject, ({ endpoint }) => {
    const { days, tier } = options
    const job = endpoint.prefix === "x-obs-" ? "RestoreJob" : "GlacierJobParameters"
    const document = write("RestoreRequest", { Days: days, ...(tier === undefined ? {} : { [job]: { Tier: tier } }) })
    return {
      ...named(options, { restore: "" }),
      ...documentBody(document),
      wrong: wrongCount("days", days, 1, 30),
      read: ignored
    }
  })

/**
 * What `setObjectMetadata` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type SetObjectMetadataError = Operation.SetObjectMetadataError | CallError

/**
 * What to keep with an object.
 *
 * @category models
 * @since 0.3.0
 */
export interface SetObjectMetadataOptions extends ObjectName {
  readonly properties: ObjectProperties
  /** `REPLACE`, the default, drops what is not given; `REPLACE_NEW` keeps it, but replaces all `metadata`. */
  readonly directive?: "REPLACE" | "REPLACE_NEW" | undefined
  /** Changes with `REPLACE_NEW` only. */
  readonly storageClass?: StorageOptions["storageClass"]
}

/**
 * Replaces what is kept with an object, without uploading it again. In a service that is called in the dialect of S3,
 * copy the object onto itself instead.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0091.html
 * @category objects
 * @since 0.3.0
 */
export const setObjectMetadata = (
  options: SetObjectMetadataOptions
): Effect.Effect<void, SetObjectMetadataError, ObsClient> =>
  call(Operation.SetObjectMetadata, ({ endpoint }) => ({
    ...named(options, { metadata: "" }),
    headers: {
      [`${endpoint.prefix}metadata-directive`]: options.directive ?? "REPLACE",
      ...propertyHeaders(endpoint, options.properties),
      ...storageHeaders(endpoint, { storageClass: options.storageClass })
    },
    wrong: wrongProperties(options.properties),
    read: ignored
  }))

/**
 * What `putObjectTagging` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type PutObjectTaggingError = Operation.PutObjectTaggingError | CallError

/** The document of tags. */
const taggingOf = (tags: { readonly [name: string]: string }): string =>
  write("Tagging", { TagSet: { Tag: Object.entries(tags).map(([name, value]) => ({ Key: name, Value: value })) } })

const wrongTags = (tags: { readonly [name: string]: string } = {}): Wrong | undefined => {
  const wrong = Object.entries(tags).find(([name, value]) => !isWritable(name) || !isWritable(value))
  return wrong === undefined
    ? undefined
    : {
        option: "tags",
        what: `has characters in ${quoted(wrong[0])} that no document has`,
        solution: "Give text without control characters."
      }
}

/**
 * Replaces the tags of an object: up to ten.
 *
 * @category objects
 * @since 0.3.0
 */
export const putObjectTagging = (
  options: ObjectName & { readonly tags: { readonly [name: string]: string } }
): Effect.Effect<void, PutObjectTaggingError, ObsClient> =>
  call(Operation.PutObjectTagging, () => {
    const document = taggingOf(options.tags)
    return {
      ...named(options, { tagging: "" }),
      ...documentBody(document),
      wrong: wrongTags(options.tags),
      read: ignored
    }
  })

/**
 * What `getObjectTagging` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type GetObjectTaggingError = Operation.GetObjectTaggingError | CallError

/**
 * Reads the tags of an object. Fails with `NoSuchTagSet` if it has none.
 *
 * @category objects
 * @since 0.3.0
 */
export const getObjectTagging = (
  options: ObjectName
): Effect.Effect<{ readonly [name: string]: string }, GetObjectTaggingError, ObsClient> =>
  call(Operation.GetObjectTagging, () => ({
    ...named(options, { tagging: "" }),
    read: documentOf("Tagging", (root) =>
      Object.fromEntries(
        (root.first("TagSet")?.all("Tag") ?? []).map((tag) => [tag.textOf("Key") ?? "", tag.textOf("Value") ?? ""])
      )
    )
  }))

/**
 * What `deleteObjectTagging` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type DeleteObjectTaggingError = Operation.DeleteObjectTaggingError | CallError

/**
 * Removes all tags of an object.
 *
 * @category objects
 * @since 0.3.0
 */
export const deleteObjectTagging = (options: ObjectName): Effect.Effect<void, DeleteObjectTaggingError, ObsClient> =>
  call(Operation.DeleteObjectTagging, () => ({
    ...named(options, { tagging: "" }),
    read: ignored
  }))
