/**
 * Calls on buckets.
 *
 * @since 0.3.0
 */
import * as HttpBody from "#http/HttpBody"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import type { CallError, HeadersIn } from "../internal/call/call.js"
import { call } from "../internal/call/call.js"
import { write } from "../internal/call/document.js"
import type { Acl, StorageClass } from "../internal/call/objectHeaders.js"
import { present, readClass, timeOf, writtenClass } from "../internal/call/objectHeaders.js"
import { documentOf, headersOf, ignored, requestIdOf } from "../internal/call/result.js"
import type { ObsClient } from "../internal/call/service.js"
import * as Operation from "../operations/Bucket.js"

/**
 * What `createBucket` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type CreateBucketError = Operation.CreateBucketError | CallError

/**
 * A bucket to create.
 *
 * @category models
 * @since 0.3.0
 */
export interface CreateBucketOptions {
  readonly bucket: string
  /** The region, such as `eu-de`. By default the region of the client, which a public endpoint names. */
  readonly location?: string | undefined
  readonly acl?: Acl | undefined
  /** The default storage class of its objects: `STANDARD` unless given. */
  readonly storageClass?: StorageClass | undefined
  /** Succeeds if you already own the bucket: false by default. */
  readonly allowExisting?: boolean | undefined
  /** Further headers, such as `x-obs-az-redundancy`. */
  readonly headers?: HeadersIn | undefined
}

/**
 * Creates a bucket.
 *
 * Fails with `BucketAlreadyOwnedByYou` if you already own it, unless `allowExisting` is set, and with
 * `BucketAlreadyExists` if somebody else does.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "photos", location: "eu-de" })
 *   yield* ObsClient.createBucket({ bucket: "photos", allowExisting: true })
 *   return (yield* ObsClient.listBuckets()).buckets.map(({ name }) => name)
 * })
 *
 * assert.deepStrictEqual(await Effect.runPromise(Effect.provide(program, ObsTestClient.layerClient)), ["photos"])
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0021.html
 * @category buckets
 * @since 0.3.0
 */
export const createBucket = ({
  acl,
  allowExisting = false,
  bucket,
  headers,
  location: given,
  storageClass
}: CreateBucketOptions): Effect.Effect<void, CreateBucketError, ObsClient> =>
  call(Operation.CreateBucket, ({ endpoint }) => {
    const { prefix } = endpoint
    const isObs = prefix === "x-obs-"
    // What S3 calls a region is not always what it takes for a location
    const location = given ?? (isObs ? endpoint.region : undefined)
    const document = write("CreateBucketConfiguration", { [isObs ? "Location" : "LocationConstraint"]: location })
    return {
      bucket,
      headers: {
        [`${prefix}acl`]: acl,
        [isObs ? "x-obs-storage-class" : "x-default-storage-class"]: writtenClass(endpoint, storageClass),
        ...headers
      },
      body: location === undefined ? undefined : HttpBody.text(document, "application/xml"),
      read: ignored
    }
  }).pipe(
    Effect.catchIf(
      (error) => allowExisting && error._tag === "BucketAlreadyOwnedByYou",
      () => Effect.void
    )
  )

/**
 * What `headBucket` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type HeadBucketError = Operation.HeadBucketError | CallError

/**
 * The settings of a bucket.
 *
 * @category models
 * @since 0.3.0
 */
export interface BucketInfo {
  /** The region. */
  readonly location?: string
  /** The default storage class of its objects. */
  readonly storageClass?: string
  /** The version of the service that holds it, such as `3.0`. */
  readonly version?: string
  /** Whether it spans several availability zones. */
  readonly isMultiAz: boolean
  /** Whether it is a parallel file system. */
  readonly isFileSystem: boolean
  readonly requestId?: string
}

/**
 * Checks that a bucket exists and that you may use it, and reads its region and storage class.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0023.html
 * @category buckets
 * @since 0.3.0
 */
export const headBucket = (options: {
  readonly bucket: string
}): Effect.Effect<BucketInfo, HeadBucketError, ObsClient> =>
  call(Operation.HeadBucket, () => ({
    bucket: options.bucket,
    read: headersOf((headers) => ({
      isMultiAz: headers.own("az-redundancy") === "3az",
      isFileSystem: headers.own("fs-file-interface") === "Enabled",
      ...present<Omit<BucketInfo, "isMultiAz" | "isFileSystem">>({
        location: headers.own("bucket-location") ?? headers.own("bucket-region"),
        storageClass: readClass(headers.own("storage-class") ?? headers.get("x-default-storage-class")),
        version: headers.own("version"),
        requestId: headers.requestId
      })
    }))
  }))

/**
 * What `listBuckets` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type ListBucketsError = Operation.ListBucketsError | CallError

/**
 * The buckets of an account.
 *
 * @category models
 * @since 0.3.0
 */
export interface Buckets {
  /** The id of the account. */
  readonly ownerId?: string
  readonly buckets: ReadonlyArray<{
    readonly name: string
    readonly creationDate?: DateTime.Utc
    /** The region. */
    readonly location?: string
    /** `OBJECT`, or `POSIX` for a parallel file system. */
    readonly type?: string
  }>
  readonly requestId?: string
}

/**
 * Lists the buckets of the account whose credentials sign the request.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0020.html
 * @category buckets
 * @since 0.3.0
 */
export const listBuckets = (
  options: { readonly type?: "OBJECT" | "POSIX" | undefined } = {}
): Effect.Effect<Buckets, ListBucketsError, ObsClient> =>
  call(Operation.ListBuckets, ({ endpoint }) => ({
    headers: {
      [`${endpoint.prefix}bucket-type`]: options.type,
      // Without it the service does not name the regions
      [`${endpoint.prefix}location`]: endpoint.prefix === "x-obs-" ? "true" : undefined
    },
    read: documentOf("ListAllMyBucketsResult", (root, response) => ({
      buckets: (root.first("Buckets")?.all("Bucket") ?? []).map((bucket) => ({
        name: bucket.textOf("Name") ?? "",
        ...present<Omit<Buckets["buckets"][number], "name">>({
          creationDate: timeOf(bucket.textOf("CreationDate")),
          location: bucket.textOf("Location"),
          type: bucket.textOf("BucketType")
        })
      })),
      ...present<Omit<Buckets, "buckets">>({
        ownerId: root.first("Owner")?.textOf("ID"),
        requestId: requestIdOf(response)
      })
    }))
  }))

/**
 * What `deleteBucket` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type DeleteBucketError = Operation.DeleteBucketError | CallError

/**
 * Deletes an empty bucket: one without objects, versions and unfinished uploads.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0025.html
 * @category buckets
 * @since 0.3.0
 */
export const deleteBucket = (options: { readonly bucket: string }): Effect.Effect<void, DeleteBucketError, ObsClient> =>
  call(Operation.DeleteBucket, () => ({ bucket: options.bucket, read: ignored }))

/**
 * What `getBucketLocation` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type GetBucketLocationError = Operation.GetBucketLocationError | CallError

/**
 * Reads the region of a bucket; undefined if the service names none.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0024.html
 * @category buckets
 * @since 0.3.0
 */
export const getBucketLocation = (options: {
  readonly bucket: string
}): Effect.Effect<string | undefined, GetBucketLocationError, ObsClient> =>
  Effect.map(
    call(Operation.GetBucketLocation, () => ({
      bucket: options.bucket,
      parameters: { location: "" },
      read: documentOf(/^(?:Location|LocationConstraint|CreateBucketConfiguration)$/, (root) => ({
        location: root.textOf("LocationConstraint") ?? root.textOf("Location") ?? (root.text.trim() || undefined)
      }))
    })),
    ({ location }) => location
  )
