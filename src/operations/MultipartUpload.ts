/**
 * The operations on multipart uploads.
 *
 * @since 0.2.0
 */
import {
  BadDigest,
  EntityTooLarge,
  EntityTooSmall,
  IncompleteBody,
  InvalidPart,
  InvalidPartOrder,
  InvalidRequest,
  KeyTooLongError,
  MalformedXML,
  MetadataTooLarge
} from "../errors/BadRequest.js"
import { CallbackFailed } from "../errors/CallbackFailed.js"
import { InsufficientStorageSpace, InvalidObjectState } from "../errors/Forbidden.js"
import { MissingContentLength } from "../errors/LengthRequired.js"
import { NoSuchBucket, NoSuchKey, NoSuchUpload, NoSuchVersion } from "../errors/NotFound.js"
import { PreconditionFailed } from "../errors/PreconditionFailed.js"
import { RequestTimeout } from "../errors/RequestTimeout.js"
import { union } from "../internal/failure/union.js"
import type { Operation } from "../internal/operation.js"
import { operation } from "../internal/operation.js"
import { CommonError } from "./Common.js"

/**
 * Union of the errors that `ListMultipartUploads` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListMultipartUploadsError = CommonError | NoSuchBucket

/**
 * Lists the uploads of a bucket that are not completed: `GET /?uploads`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0097.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const ListMultipartUploads: Operation<"ListMultipartUploads", ListMultipartUploadsError> =
  /*#__PURE__*/ operation("ListMultipartUploads", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0097"
  })

/**
 * Union of the errors that `InitiateMultipartUpload` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type InitiateMultipartUploadError = CommonError | KeyTooLongError | MetadataTooLarge | NoSuchBucket

/**
 * Begins a multipart upload: `POST /key?uploads`.
 *
 * A second request begins another upload.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0098.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const InitiateMultipartUpload: Operation<"InitiateMultipartUpload", InitiateMultipartUploadError> =
  /*#__PURE__*/ operation("InitiateMultipartUpload", {
    method: "POST",
    idempotent: false,
    errors: /*#__PURE__*/ union(CommonError, KeyTooLongError, MetadataTooLarge, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0098"
  })

/**
 * Union of the errors that `UploadPart` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type UploadPartError =
  | CommonError
  | BadDigest
  | EntityTooLarge
  | IncompleteBody
  | InsufficientStorageSpace
  | NoSuchBucket
  | NoSuchUpload
  | RequestTimeout
  | MissingContentLength

/**
 * Uploads a part: `PUT /key?partNumber=&uploadId=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0099.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const UploadPart: Operation<"UploadPart", UploadPartError> = /*#__PURE__*/ operation("UploadPart", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(
    CommonError,
    BadDigest,
    EntityTooLarge,
    IncompleteBody,
    InsufficientStorageSpace,
    NoSuchBucket,
    NoSuchUpload,
    RequestTimeout,
    MissingContentLength
  ),
  page: "intl/en-us/api-obs/obs_04_0099"
})

/**
 * Union of the errors that `UploadPartCopy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type UploadPartCopyError =
  | CommonError
  | InvalidRequest
  | InsufficientStorageSpace
  | InvalidObjectState
  | NoSuchBucket
  | NoSuchKey
  | NoSuchUpload
  | NoSuchVersion
  | PreconditionFailed

/**
 * Copies a part from an object: `PUT /key?partNumber=&uploadId= with x-obs-copy-source`.
 *
 * The service sends status 200 before it knows the outcome, so the body of a success can be an error.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0100.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const UploadPartCopy: Operation<"UploadPartCopy", UploadPartCopyError> = /*#__PURE__*/ operation(
  "UploadPartCopy",
  {
    method: "PUT",
    idempotent: true,
    errorInBody: "instead",
    errors: /*#__PURE__*/ union(
      CommonError,
      InvalidRequest,
      InsufficientStorageSpace,
      InvalidObjectState,
      NoSuchBucket,
      NoSuchKey,
      NoSuchUpload,
      NoSuchVersion,
      PreconditionFailed
    ),
    page: "intl/en-us/api-obs/obs_04_0100"
  }
)

/**
 * Union of the errors that `ListParts` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListPartsError = CommonError | NoSuchBucket | NoSuchUpload

/**
 * Lists the parts of an upload: `GET /key?uploadId=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0101.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const ListParts: Operation<"ListParts", ListPartsError> = /*#__PURE__*/ operation("ListParts", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchUpload),
  page: "intl/en-us/api-obs/obs_04_0101"
})

/**
 * Union of the errors that `CompleteMultipartUpload` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type CompleteMultipartUploadError =
  | CommonError
  | EntityTooSmall
  | InvalidPart
  | InvalidPartOrder
  | MalformedXML
  | NoSuchBucket
  | NoSuchUpload
  | CallbackFailed

/**
 * Completes a multipart upload, which makes an object of its parts: `POST /key?uploadId=`.
 *
 * The service sends status 200 before it knows the outcome, so the body of a success can be an error. A second request
 * can get `NoSuchUpload` although the first one made the object: compare `x-obs-uploadId` of HeadObject.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0102.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const CompleteMultipartUpload: Operation<"CompleteMultipartUpload", CompleteMultipartUploadError> =
  /*#__PURE__*/ operation("CompleteMultipartUpload", {
    method: "POST",
    idempotent: false,
    errorInBody: "instead",
    errors: /*#__PURE__*/ union(
      CommonError,
      EntityTooSmall,
      InvalidPart,
      InvalidPartOrder,
      MalformedXML,
      NoSuchBucket,
      NoSuchUpload,
      CallbackFailed
    ),
    page: "intl/en-us/api-obs/obs_04_0102"
  })

/**
 * Union of the errors that `AbortMultipartUpload` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type AbortMultipartUploadError = CommonError | NoSuchBucket | NoSuchUpload

/**
 * Aborts an upload and discards its parts: `DELETE /key?uploadId=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0103.html
 * @category multipart uploads
 * @since 0.2.0
 */
export const AbortMultipartUpload: Operation<"AbortMultipartUpload", AbortMultipartUploadError> =
  /*#__PURE__*/ operation("AbortMultipartUpload", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchUpload),
    page: "intl/en-us/api-obs/obs_04_0103"
  })
