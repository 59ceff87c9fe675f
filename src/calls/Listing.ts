/**
 * Calls that list objects, a page or all of them.
 *
 * @since 0.3.0
 */
import * as Runtime from "#effect/runtime"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import type { CallError } from "../internal/call/call.js"
import { call, wrongCount } from "../internal/call/call.js"
import type { Element } from "../internal/call/document.js"
import { commonPrefixesOf, isTruncated, keyReader, last, numberOf } from "../internal/call/listing.js"
import { present, readClass, timeOf } from "../internal/call/objectHeaders.js"
import { documentOf, requestIdOf } from "../internal/call/result.js"
import type { ObsClient } from "../internal/call/service.js"
import * as Operation from "../operations/Bucket.js"

/**
 * What `listObjects` and `streamObjects` fail with.
 *
 * @category errors
 * @since 0.3.0
 */
export type ListObjectsError = Operation.ListObjectsError | CallError

/**
 * The objects to list.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListObjectsOptions {
  readonly bucket: string
  /** Lists only keys with this prefix. */
  readonly prefix?: string | undefined
  /** Groups keys that are equal up to the delimiter after the prefix into `commonPrefixes`: `/` lists a folder. */
  readonly delimiter?: string | undefined
  /** Lists the keys after this one, in order of their bytes. */
  readonly marker?: string | undefined
  /** The number of keys and common prefixes in a page, at most: 1 to 1 000, the default. */
  readonly maxKeys?: number | undefined
}

/**
 * An object in a listing.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListedObject {
  readonly key: string
  /** In bytes. */
  readonly size: number
  /** With its quotes. */
  readonly etag?: string
  readonly lastModified?: DateTime.Utc
  /** `STANDARD` if the service names none. */
  readonly storageClass: string
  readonly ownerId?: string
}

/**
 * A page of a listing.
 *
 * @category models
 * @since 0.3.0
 */
export interface ObjectPage {
  readonly objects: ReadonlyArray<ListedObject>
  readonly commonPrefixes: ReadonlyArray<string>
  /** The `marker` of the next page, if there is one. */
  readonly nextMarker?: string
  readonly requestId?: string
}

const listedObject = (element: Element, key: string): ListedObject => ({
  key,
  size: Math.max(0, numberOf(element.textOf("Size")) ?? 0),
  storageClass: readClass(element.textOf("StorageClass")) ?? "STANDARD",
  ...present<Omit<ListedObject, "key" | "size" | "storageClass">>({
    etag: element.textOf("ETag"),
    lastModified: timeOf(element.textOf("LastModified")),
    ownerId: element.first("Owner")?.textOf("ID")
  })
})

/**
 * Lists one page of the objects of a bucket, in order of the bytes of their keys.
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
 *   yield* ObsClient.putObject({ bucket: "photos", key: "cats/1.jpg", body: "meow" })
 *   yield* ObsClient.putObject({ bucket: "photos", key: "readme", body: "Cats." })
 *   return yield* ObsClient.listObjects({ bucket: "photos", delimiter: "/" })
 * }).pipe(Effect.provide(ObsTestClient.layerClient))
 *
 * const { commonPrefixes, objects } = await Effect.runPromise(program)
 * assert.deepStrictEqual([commonPrefixes, objects.map(({ key, size }) => [key, size])], [["cats/"], [["readme", 5]]])
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0022.html
 * @category listings
 * @since 0.3.0
 */
export const listObjects = (options: ListObjectsOptions): Effect.Effect<ObjectPage, ListObjectsError, ObsClient> =>
  call(Operation.ListObjects, () => ({
    bucket: options.bucket,
    parameters: {
      delimiter: options.delimiter,
      "encoding-type": "url",
      marker: options.marker,
      "max-keys": options.maxKeys,
      prefix: options.prefix
    },
    wrong: wrongCount("maxKeys", options.maxKeys, 1, 1000),
    read: documentOf("ListBucketResult", (root, response) => {
      const keyOf = keyReader(root)
      const objects = root.all("Contents").map((element) => listedObject(element, keyOf(element, "Key")))
      const commonPrefixes = commonPrefixesOf(root, keyOf)
      // Not every service names the next marker
      const nextMarker = isTruncated(root)
        ? keyOf(root, "NextMarker") || last([...objects.map(({ key }) => key), ...commonPrefixes])
        : undefined
      // What is cut and leads nowhere is no page: a stream of them would end too early, or never
      if (isTruncated(root) && (nextMarker === undefined || nextMarker === options.marker)) return undefined
      return {
        objects,
        commonPrefixes,
        ...present<Pick<ObjectPage, "nextMarker" | "requestId">>({
          nextMarker,
          requestId: requestIdOf(response)
        })
      }
    })
  }))

/**
 * Lists all objects of a bucket, and fetches pages as the stream is read.
 *
 * With a `delimiter`, the stream leaves out the common prefixes; `listObjects` returns them.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Stream } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "photos" })
 *   const keys = ["1.jpg", "2.jpg", "3.jpg"]
 *   yield* Effect.forEach(keys, (key) => ObsClient.putObject({ bucket: "photos", key, body: key }))
 *   // Pages of two, to show that there are several
 *   return yield* Stream.runCount(ObsClient.streamObjects({ bucket: "photos", maxKeys: 2 }))
 * }).pipe(Effect.provide(ObsTestClient.layerClient))
 *
 * assert.strictEqual(await Effect.runPromise(program), 3)
 * ```
 *
 * @category listings
 * @since 0.3.0
 */
export const streamObjects = (options: ListObjectsOptions): Stream.Stream<ListedObject, ListObjectsError, ObsClient> =>
  Runtime.paginate(options, (options) =>
    Effect.map(listObjects(options), ({ nextMarker, objects }) => [
      objects,
      nextMarker === undefined ? Option.none() : Option.some({ ...options, marker: nextMarker })
    ])
  )

/**
 * What `listObjectVersions` and `streamObjectVersions` fail with.
 *
 * @category errors
 * @since 0.3.0
 */
export type ListObjectVersionsError = Operation.ListObjectVersionsError | CallError

/**
 * The versions to list.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListObjectVersionsOptions extends Omit<ListObjectsOptions, "marker"> {
  /** Lists the versions of later keys, and of this key after `versionIdMarker`. */
  readonly keyMarker?: string | undefined
  readonly versionIdMarker?: string | undefined
}

/**
 * A version of an object in a listing, or a delete marker.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListedVersion extends ListedObject {
  /** `null` for a version from before the bucket kept versions. */
  readonly versionId: string
  readonly isLatest: boolean
  readonly isDeleteMarker: boolean
}

/**
 * A page of a listing of versions.
 *
 * @category models
 * @since 0.3.0
 */
export interface VersionPage {
  readonly versions: ReadonlyArray<ListedVersion>
  readonly commonPrefixes: ReadonlyArray<string>
  /** The `keyMarker` of the next page, if there is one. */
  readonly nextKeyMarker?: string
  /** The `versionIdMarker` of the next page. */
  readonly nextVersionIdMarker?: string
  readonly requestId?: string
}

/**
 * Lists one page of the object versions of a bucket, the latest of each object first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0022.html
 * @category listings
 * @since 0.3.0
 */
export const listObjectVersions = (
  options: ListObjectVersionsOptions
): Effect.Effect<VersionPage, ListObjectVersionsError, ObsClient> =>
  call(Operation.ListObjectVersions, () => ({
    bucket: options.bucket,
    parameters: {
      versions: "",
      delimiter: options.delimiter,
      "encoding-type": "url",
      "key-marker": options.keyMarker,
      "max-keys": options.maxKeys,
      prefix: options.prefix,
      "version-id-marker": options.versionIdMarker
    },
    wrong: wrongCount("maxKeys", options.maxKeys, 1, 1000),
    read: documentOf(/^List(?:Versions|Bucket)Result$/, (root, response) => {
      const keyOf = keyReader(root)
      const [nextKeyMarker, nextVersionIdMarker] = isTruncated(root)
        ? [keyOf(root, "NextKeyMarker") || undefined, root.textOf("NextVersionIdMarker")]
        : []
      const isSame = nextKeyMarker === options.keyMarker && nextVersionIdMarker === options.versionIdMarker
      if (isTruncated(root) && (nextKeyMarker === undefined || isSame)) return undefined
      return {
        versions: root.children
          .filter(({ name }) => name === "Version" || name === "DeleteMarker")
          .map((element) => ({
            ...listedObject(element, keyOf(element, "Key")),
            versionId: element.textOf("VersionId") ?? "null",
            isLatest: element.textOf("IsLatest") === "true",
            isDeleteMarker: element.name === "DeleteMarker"
          })),
        commonPrefixes: commonPrefixesOf(root, keyOf),
        ...present<Omit<VersionPage, "versions" | "commonPrefixes">>({
          nextKeyMarker,
          nextVersionIdMarker,
          requestId: requestIdOf(response)
        })
      }
    })
  }))

/**
 * Lists all object versions of a bucket, and fetches pages as the stream is read.
 *
 * @category listings
 * @since 0.3.0
 */
export const streamObjectVersions = (
  options: ListObjectVersionsOptions
): Stream.Stream<ListedVersion, ListObjectVersionsError, ObsClient> =>
  Runtime.paginate(options, (options) =>
    Effect.map(listObjectVersions(options), ({ nextKeyMarker, nextVersionIdMarker, versions }) => [
      versions,
      nextKeyMarker === undefined
        ? Option.none()
        : Option.some({ ...options, keyMarker: nextKeyMarker, versionIdMarker: nextVersionIdMarker })
    ])
  )
