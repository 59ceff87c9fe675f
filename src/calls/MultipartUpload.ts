/**
 * Calls of multipart uploads, and `upload`, which makes one of any stream.
 *
 * @since 0.3.0
 */
import * as HttpBody from "#http/HttpBody"
import * as Runtime from "#effect/runtime"
import type * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { CallError, HeadersIn } from "../internal/call/call.js"
import { call, firstWrong, wrongCount } from "../internal/call/call.js"
import { write } from "../internal/call/document.js"
import { copySource, wrongSource } from "../internal/call/copySource.js"
import { invalidInput } from "../internal/call/invalidInput.js"
import { commonPrefixesOf, isTruncated, keyReader, numberOf } from "../internal/call/listing.js"
import { md5Hex } from "../internal/digest.js"
import type { Conditions, CustomerKey, ObjectProperties, StorageOptions } from "../internal/call/objectHeaders.js"
import {
  conditionHeaders,
  customerKeyHeaders,
  present,
  propertyHeaders,
  storageHeaders,
  timeOf,
  wrongCustomerKey,
  wrongProperties,
  wrongStorage
} from "../internal/call/objectHeaders.js"
import { documentOf, headersOf, ignored, requestIdOf } from "../internal/call/result.js"
import type { ObsClient } from "../internal/call/service.js"
import type { ObjectBody } from "../internal/call/upload.js"
import { defaultType, orFailureOf, Parts, sendable, typeOf, wrongBody } from "../internal/call/upload.js"
import * as Operation from "../operations/MultipartUpload.js"
import type { ObjectName, PutObjectError, StoredObject } from "./Object.js"
import { putObject } from "./Object.js"

/**
 * An upload that is under way.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadName {
  readonly bucket: string
  readonly key: string
  readonly uploadId: string
}

/**
 * What `initiateMultipartUpload` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type InitiateMultipartUploadError = Operation.InitiateMultipartUploadError | CallError

/**
 * An object to upload in parts.
 *
 * @category models
 * @since 0.3.0
 */
export interface InitiateMultipartUploadOptions extends ObjectProperties, StorageOptions {
  readonly bucket: string
  readonly key: string
  readonly headers?: HeadersIn | undefined
}

/**
 * Begins a multipart upload. Its parts are stored, and billed, until it is completed or aborted.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0098.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const initiateMultipartUpload = (
  options: InitiateMultipartUploadOptions
): Effect.Effect<UploadName, InitiateMultipartUploadError, ObsClient> =>
  call(Operation.InitiateMultipartUpload, ({ endpoint }) => ({
    bucket: options.bucket,
    key: options.key,
    parameters: { uploads: "" },
    headers: {
      ...propertyHeaders(endpoint, { ...options, contentType: options.contentType ?? defaultType }),
      ...storageHeaders(endpoint, options),
      ...options.headers
    },
    wrong: firstWrong(wrongProperties(options), wrongStorage(options)),
    read: documentOf("InitiateMultipartUploadResult", (root) => {
      const uploadId = root.textOf("UploadId")
      return uploadId === undefined ? undefined : { bucket: options.bucket, key: options.key, uploadId }
    })
  }))

const maxParts = 10_000

const wrongPart = (partNumber: number) => wrongCount("partNumber", partNumber, 1, maxParts)

/**
 * What `uploadPart` fails with, besides what a stream fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type UploadPartError = Operation.UploadPartError | CallError

/**
 * An uploaded part, as `completeMultipartUpload` takes it.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadedPart {
  readonly partNumber: number
  /** The entity tag, with its quotes. */
  readonly etag: string
}

/**
 * A part to upload.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadPartOptions<E = never, R = never> extends UploadName {
  /** From 1 to 10 000. */
  readonly partNumber: number
  readonly body: ObjectBody<E, R>
  /** The MD5 of the body in Base64, or `true` to compute it, except for a stream. */
  readonly contentMd5?: string | boolean | undefined
  readonly customerKey?: CustomerKey | undefined
}

/**
 * Uploads a part of 100 KB to 5 GB; the last one may be smaller. Replaces a part with the same number.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0099.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const uploadPart = <E = never, R = never>(
  options: UploadPartOptions<E, R>
): Effect.Effect<UploadedPart, UploadPartError | E, ObsClient | R> => {
  const { body, contentMd5, partNumber } = options
  return Effect.flatMap(sendable("UploadPart", body, defaultType, contentMd5 === true), (sent) =>
    orFailureOf(
      call(Operation.UploadPart, ({ endpoint }) => ({
        bucket: options.bucket,
        key: options.key,
        parameters: { partNumber, uploadId: options.uploadId },
        headers: {
          "content-md5": typeof contentMd5 === "string" ? contentMd5 : sent.md5,
          ...customerKeyHeaders(endpoint, options.customerKey)
        },
        body: sent.body,
        wrong: firstWrong(
          wrongPart(partNumber),
          wrongBody(body, contentMd5 === true),
          wrongCustomerKey(options.customerKey)
        ),
        read: headersOf((headers) => ({ partNumber, etag: headers.get("etag") ?? "" }))
      })),
      sent
    )
  )
}

/**
 * What `uploadPartCopy` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type UploadPartCopyError = Operation.UploadPartCopyError | CallError

/**
 * A part to copy.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadPartCopyOptions extends UploadName {
  /** From 1 to 10 000. */
  readonly partNumber: number
  readonly source: ObjectName & { readonly customerKey?: CustomerKey | undefined }
  /** The bytes to copy: all of them by default. */
  readonly range?: { readonly offset: number; readonly length: number } | undefined
  readonly conditions?: Conditions | undefined
  readonly customerKey?: CustomerKey | undefined
}

/**
 * Copies an existing object, or a range of it, as a part, without downloading it.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0100.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const uploadPartCopy = (
  options: UploadPartCopyOptions
): Effect.Effect<UploadedPart, UploadPartCopyError, ObsClient> =>
  call(Operation.UploadPartCopy, ({ endpoint }) => {
    const { partNumber, range, source } = options
    const { prefix } = endpoint
    return {
      bucket: options.bucket,
      key: options.key,
      parameters: { partNumber, uploadId: options.uploadId },
      headers: {
        [`${prefix}copy-source`]: copySource(source),
        [`${prefix}copy-source-range`]:
          range === undefined ? undefined : `bytes=${range.offset}-${range.offset + range.length - 1}`,
        ...conditionHeaders(options.conditions ?? {}, `${prefix}copy-source-`),
        ...customerKeyHeaders(endpoint, options.customerKey),
        ...customerKeyHeaders(endpoint, source.customerKey, "copy-source-")
      },
      wrong: firstWrong(
        wrongPart(partNumber),
        wrongCount("range", range?.offset, 0, Number.MAX_SAFE_INTEGER),
        wrongCount("range", range?.length, 1, Number.MAX_SAFE_INTEGER),
        wrongCustomerKey(options.customerKey),
        wrongSource(source)
      ),
      read: documentOf("CopyPartResult", (root) => {
        const etag = root.textOf("ETag")
        return etag === undefined ? undefined : { partNumber, etag }
      })
    }
  })

/**
 * What `listParts` and `streamParts` fail with.
 *
 * @category errors
 * @since 0.3.0
 */
export type ListPartsError = Operation.ListPartsError | CallError

/**
 * A part in a listing.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListedPart extends UploadedPart {
  /** In bytes. */
  readonly size: number
  readonly lastModified?: DateTime.Utc
}

/**
 * A page of the parts of an upload.
 *
 * @category models
 * @since 0.3.0
 */
export interface PartPage {
  readonly parts: ReadonlyArray<ListedPart>
  /** The `partNumberMarker` of the next page, if there is one. */
  readonly nextPartNumberMarker?: number
  readonly requestId?: string
}

/**
 * The parts to list.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListPartsOptions extends UploadName {
  /** Lists the parts after this number. */
  readonly partNumberMarker?: number | undefined
  /** The size of a page, at most: 1 to 1 000, the default. */
  readonly maxParts?: number | undefined
}

/**
 * Lists one page of the uploaded parts, in order of their numbers.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0101.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const listParts = (options: ListPartsOptions): Effect.Effect<PartPage, ListPartsError, ObsClient> =>
  call(Operation.ListParts, () => ({
    bucket: options.bucket,
    key: options.key,
    parameters: {
      uploadId: options.uploadId,
      "max-parts": options.maxParts,
      "part-number-marker": options.partNumberMarker
    },
    wrong: wrongCount("maxParts", options.maxParts, 1, 1000),
    read: documentOf("ListPartsResult", (root, response) => {
      const parts = root.all("Part").map((part) => ({
        partNumber: numberOf(part.textOf("PartNumber")) ?? 0,
        etag: part.textOf("ETag") ?? "",
        size: numberOf(part.textOf("Size")) ?? 0,
        ...present<Pick<ListedPart, "lastModified">>({ lastModified: timeOf(part.textOf("LastModified")) })
      }))
      const nextPartNumberMarker = isTruncated(root)
        ? (numberOf(root.textOf("NextPartNumberMarker")) ?? parts.at(-1)?.partNumber)
        : undefined
      if (isTruncated(root) && (nextPartNumberMarker ?? 0) <= (options.partNumberMarker ?? 0)) return undefined
      return {
        parts,
        ...present<Omit<PartPage, "parts">>({
          nextPartNumberMarker,
          requestId: requestIdOf(response)
        })
      }
    })
  }))

/**
 * Lists all uploaded parts, and fetches pages as the stream is read.
 *
 * @category multipart uploads
 * @since 0.3.0
 */
export const streamParts = (options: ListPartsOptions): Stream.Stream<ListedPart, ListPartsError, ObsClient> =>
  Runtime.paginate(options, (options) =>
    Effect.map(listParts(options), ({ nextPartNumberMarker, parts }) => [
      parts,
      nextPartNumberMarker === undefined
        ? Option.none()
        : Option.some({ ...options, partNumberMarker: nextPartNumberMarker })
    ])
  )

/**
 * What `completeMultipartUpload` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type CompleteMultipartUploadError = Operation.CompleteMultipartUploadError | CallError

/**
 * Completes an upload: makes an object of its parts.
 *
 * The service starts to respond before it is done, and may end the response with an error. That fails like any other.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0102.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const completeMultipartUpload = (
  options: UploadName & {
    /** In any order: they are sent in that of their numbers. */
    readonly parts: ReadonlyArray<UploadedPart>
  }
): Effect.Effect<StoredObject, CompleteMultipartUploadError, ObsClient> =>
  call(Operation.CompleteMultipartUpload, () => {
    const parts = options.parts.toSorted((a, b) => a.partNumber - b.partNumber)
    const document = write("CompleteMultipartUpload", {
      Part: parts.map(({ etag, partNumber }) => ({ PartNumber: partNumber, ETag: etag }))
    })
    return {
      bucket: options.bucket,
      key: options.key,
      parameters: { uploadId: options.uploadId },
      body: HttpBody.text(document, "application/xml"),
      wrong:
        parts.length === 0
          ? { option: "parts", what: "are none", solution: "Upload at least one, or abort the upload." }
          : firstWrong(...parts.map(({ partNumber }) => wrongPart(partNumber))),
      read: documentOf("CompleteMultipartUploadResult", (root, response) => {
        const versionId = response.headers["x-obs-version-id"] ?? response.headers["x-amz-version-id"]
        return present<StoredObject>({ etag: root.textOf("ETag"), versionId, requestId: requestIdOf(response) })
      })
    }
  })

/**
 * What `abortMultipartUpload` fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type AbortMultipartUploadError = Operation.AbortMultipartUploadError | CallError

/**
 * Aborts an upload and discards its parts.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0103.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const abortMultipartUpload = (options: UploadName): Effect.Effect<void, AbortMultipartUploadError, ObsClient> =>
  call(Operation.AbortMultipartUpload, () => ({
    bucket: options.bucket,
    key: options.key,
    parameters: { uploadId: options.uploadId },
    read: ignored
  }))

/**
 * What `listMultipartUploads` and `streamMultipartUploads` fail with.
 *
 * @category errors
 * @since 0.3.0
 */
export type ListMultipartUploadsError = Operation.ListMultipartUploadsError | CallError

/**
 * The uploads to list.
 *
 * @category models
 * @since 0.3.0
 */
export interface ListMultipartUploadsOptions {
  readonly bucket: string
  readonly prefix?: string | undefined
  readonly delimiter?: string | undefined
  /** Lists the uploads of later keys, and of this key after `uploadIdMarker`. */
  readonly keyMarker?: string | undefined
  readonly uploadIdMarker?: string | undefined
  /** The size of a page, at most: 1 to 1 000, the default. */
  readonly maxUploads?: number | undefined
}

/**
 * A page of the unfinished uploads of a bucket.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadPage {
  readonly uploads: ReadonlyArray<UploadName & { readonly initiated?: DateTime.Utc; readonly storageClass?: string }>
  readonly commonPrefixes: ReadonlyArray<string>
  /** The `keyMarker` of the next page, if there is one. */
  readonly nextKeyMarker?: string
  /** The `uploadIdMarker` of the next page. */
  readonly nextUploadIdMarker?: string
  readonly requestId?: string
}

/**
 * Lists one page of the unfinished uploads of a bucket.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0097.html
 * @category multipart uploads
 * @since 0.3.0
 */
export const listMultipartUploads = (
  options: ListMultipartUploadsOptions
): Effect.Effect<UploadPage, ListMultipartUploadsError, ObsClient> =>
  call(Operation.ListMultipartUploads, () => ({
    bucket: options.bucket,
    parameters: {
      uploads: "",
      delimiter: options.delimiter,
      "encoding-type": "url",
      "key-marker": options.keyMarker,
      "max-uploads": options.maxUploads,
      prefix: options.prefix,
      "upload-id-marker": options.uploadIdMarker
    },
    wrong: wrongCount("maxUploads", options.maxUploads, 1, 1000),
    read: documentOf("ListMultipartUploadsResult", (root, response) => {
      const keyOf = keyReader(root)
      const [nextKeyMarker, nextUploadIdMarker] = isTruncated(root)
        ? [keyOf(root, "NextKeyMarker") || undefined, root.textOf("NextUploadIdMarker")]
        : []
      const isSame = nextKeyMarker === options.keyMarker && nextUploadIdMarker === options.uploadIdMarker
      if (isTruncated(root) && (nextKeyMarker === undefined || isSame)) return undefined
      return {
        uploads: root.all("Upload").map((upload) => ({
          bucket: options.bucket,
          key: keyOf(upload, "Key"),
          uploadId: upload.textOf("UploadId") ?? "",
          ...present<Pick<UploadPage["uploads"][number], "initiated" | "storageClass">>({
            initiated: timeOf(upload.textOf("Initiated")),
            storageClass: upload.textOf("StorageClass")
          })
        })),
        commonPrefixes: commonPrefixesOf(root, keyOf),
        ...present<Omit<UploadPage, "uploads" | "commonPrefixes">>({
          nextKeyMarker,
          nextUploadIdMarker,
          requestId: requestIdOf(response)
        })
      }
    })
  }))

/**
 * Lists all unfinished uploads of a bucket, and fetches pages as the stream is read.
 *
 * @category multipart uploads
 * @since 0.3.0
 */
export const streamMultipartUploads = (
  options: ListMultipartUploadsOptions
): Stream.Stream<UploadPage["uploads"][number], ListMultipartUploadsError, ObsClient> =>
  Runtime.paginate(options, (options) =>
    Effect.map(listMultipartUploads(options), ({ nextKeyMarker, nextUploadIdMarker, uploads }) => [
      uploads,
      nextKeyMarker === undefined
        ? Option.none()
        : Option.some({ ...options, keyMarker: nextKeyMarker, uploadIdMarker: nextUploadIdMarker })
    ])
  )

/**
 * What `upload` fails with, besides what its stream fails with.
 *
 * @category errors
 * @since 0.3.0
 */
export type UploadError =
  PutObjectError | InitiateMultipartUploadError | UploadPartError | ListPartsError | CompleteMultipartUploadError

/**
 * The progress of an upload.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadProgress {
  /** The number of bytes that the service has. */
  readonly bytes: number
  /** The number of parts that it has. */
  readonly parts: number
  /** Absent if the object fits into one request. */
  readonly uploadId?: string
}

/**
 * An object to upload, of any length.
 *
 * @category models
 * @since 0.3.0
 */
export interface UploadOptions<E = never, R = never, E2 = never, R2 = never> extends ObjectProperties, StorageOptions {
  readonly bucket: string
  readonly key: string
  readonly body: Stream.Stream<Uint8Array, E, R> | Uint8Array | string
  /**
   * The size of a part, in bytes: 8 MiB by default, at least 100 KiB. It doubles every 2 000 parts, so the 10 000 parts
   * of an upload hold 62 000 times as much: about 500 GB by default. Anything longer needs larger parts.
   */
  readonly partSize?: number | undefined
  /** The number of parts that are sent at a time: 4 by default. That many, and two more, are in memory. */
  readonly concurrency?: number | undefined
  /** Runs after each part. */
  readonly onProgress?: ((progress: UploadProgress) => Effect.Effect<void, E2, R2>) | undefined
  /**
   * The id of an upload to continue, of the same stream with the same part size. Parts that the service already has, by
   * length and MD5, are not sent again.
   */
  readonly resume?: string | undefined
  /** Keeps an upload that fails or is interrupted, so that it can be resumed. By default it is aborted. */
  readonly keepOnFailure?: boolean | undefined
  readonly headers?: HeadersIn | undefined
}

const defaultPartSize = 8 * 1024 * 1024

const minPartSize = 102_400

const maxPartSize = 5 * 1024 ** 3

const partSizeAt = (size: number) => (number: number) =>
  Math.min(maxPartSize, size * 2 ** Math.floor((number - 1) / 2000))

const bytesOf = <E, R>(body: UploadOptions<E, R>["body"]): Stream.Stream<Uint8Array, E, R> =>
  typeof body === "string"
    ? Stream.make(new TextEncoder().encode(body))
    : body instanceof Uint8Array
      ? Stream.make(body)
      : body

const isSame = (part: Uint8Array, listed: ListedPart | undefined): listed is ListedPart =>
  listed?.size === part.length && listed.etag.replaceAll('"', "").toLowerCase() === md5Hex(part)

/**
 * Uploads an object of any length: a stream, bytes or a text. What fits into one part is sent in one request;
 * anything longer is a multipart upload, several parts at a time.
 *
 * Parts are in memory, so they are retried. If the upload fails or is interrupted, it is aborted, unless `keepOnFailure`
 * is set: then `resume` continues it, with the `uploadId` from `onProgress`.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Stream } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const megabyte = new Uint8Array(1_000_000)
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "backups" })
 *   yield* ObsClient.upload({
 *     bucket: "backups",
 *     key: "disk.img",
 *     body: Stream.make(megabyte, megabyte, megabyte),
 *     partSize: 1_000_000
 *   })
 *   return yield* ObsClient.headObject({ bucket: "backups", key: "disk.img" })
 * }).pipe(Effect.provide(ObsTestClient.layerClient))
 *
 * assert.strictEqual((await Effect.runPromise(program)).contentLength, 3_000_000)
 * ```
 *
 * @category multipart uploads
 * @since 0.3.0
 */
export const upload = <E = never, R = never, E2 = never, R2 = never>(
  options: UploadOptions<E, R, E2, R2>
): Effect.Effect<StoredObject, UploadError | E | E2, ObsClient | R | R2> => {
  const { body, concurrency = 4, keepOnFailure = false, onProgress, partSize = defaultPartSize, resume } = options
  const wrong = firstWrong(
    wrongCount("partSize", partSize, minPartSize, maxPartSize),
    wrongCount("concurrency", concurrency, 1, 1000)
  )
  if (wrong !== undefined) return Effect.fail(invalidInput(wrong, "upload"))
  const customerKey = options.encryption?.type === "SSE-C" ? options.encryption.key : undefined
  const named = { ...options, contentType: options.contentType ?? typeOf(body) }
  const report = (progress: UploadProgress): Effect.Effect<void, E2, R2> => onProgress?.(progress) ?? Effect.void

  return Effect.suspend(() => {
    let name: UploadName | undefined
    let there: ReadonlyMap<number, ListedPart> = new Map()
    let put: StoredObject = {}
    const done: Array<UploadedPart> = []
    let bytes = 0

    // An upload that began is known, so that it can be aborted
    const begin = Effect.uninterruptible(
      Effect.map(initiateMultipartUpload(named), (begun) => {
        name = begun
      })
    )

    // The upload begins when there is more than one part
    const cutter = new Parts(partSizeAt(partSize))
    const parts = Runtime.mapToMany(bytesOf(body), (chunk) => {
      const parts = cutter.add(chunk)
      return Effect.as(parts.length > 0 && name === undefined ? begin : Effect.void, parts)
    }).pipe(Stream.concat(Stream.suspend(() => Stream.make(cutter.take()))), Stream.zipWithIndex)

    const send = (part: Uint8Array, partNumber: number): Effect.Effect<void, UploadError | E2, ObsClient | R2> => {
      // All of the body
      if (name === undefined) {
        return Effect.flatMap(putObject({ ...named, body: part }), (stored) => {
          put = stored
          return report({ bytes: part.length, parts: 1 })
        })
      }
      if (partNumber > maxParts) return Effect.fail(tooLong(partSize))
      const { uploadId } = name
      const listed = there.get(partNumber)
      const sent: Effect.Effect<UploadedPart, UploadPartError, ObsClient> = isSame(part, listed)
        ? Effect.succeed(listed)
        : uploadPart({ ...name, partNumber, body: part, customerKey })
      return Effect.flatMap(sent, ({ etag }) => {
        done.push({ partNumber, etag })
        bytes += part.length
        return report({ bytes, parts: done.length, uploadId })
      })
    }

    const known =
      resume === undefined
        ? Effect.void
        : Effect.suspend(() => {
            const resumed = { bucket: options.bucket, key: options.key, uploadId: resume }
            const listed = new Map<number, ListedPart>()
            const keep = (part: ListedPart) => Effect.sync(() => listed.set(part.partNumber, part))
            return Effect.map(Stream.runForEach(streamParts(resumed), keep), () => {
              name = resumed
              there = listed
            })
          })

    const sent = Stream.mapEffect(parts, ([part, index]) => send(part, index + 1), { concurrency })

    const completed = Effect.flatMap(Effect.andThen(known, Stream.runDrain(sent)), () =>
      name === undefined ? Effect.succeed(put) : completeMultipartUpload({ ...name, parts: done })
    )

    return Effect.onExit(completed, (exit) =>
      Exit.isSuccess(exit) || keepOnFailure || name === undefined ? Effect.void : abort(name)
    )
  })
}

const tooLong = (partSize: number) =>
  invalidInput(
    {
      option: "partSize",
      what: `is ${partSize}, and the body is longer than ${maxParts} parts`,
      solution: "Give a larger one."
    },
    "upload"
  )

/** Aborts an upload that failed. */
const abort = (name: UploadName): Effect.Effect<void, never, ObsClient> =>
  Runtime.catchAll(abortMultipartUpload(name), (error) =>
    error._tag === "NoSuchUpload"
      ? Effect.void
      : Effect.logWarning(
          `The upload ${name.uploadId} of ${name.bucket}/${name.key} could not be aborted: abort it, since its parts cost.`,
          error
        )
  )
