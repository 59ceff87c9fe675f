/**
 * The operations on buckets.
 *
 * @since 0.2.0
 */
import {
  BadRequest,
  IllegalLocationConstraintException,
  InvalidBucketName,
  InvalidLocationConstraint,
  TooManyBuckets
} from "../errors/BadRequest.js"
import { BucketAlreadyExists, BucketAlreadyOwnedByYou, BucketNotEmpty } from "../errors/Conflict.js"
import { AccessForbidden, UserRestricted } from "../errors/Forbidden.js"
import { NoSuchBucket } from "../errors/NotFound.js"
import { UnrecognizedResponse } from "../errors/Unclassified.js"
import { union } from "../internal/failure/union.js"
import type { Operation } from "../internal/operation.js"
import { operation } from "../internal/operation.js"
import { CommonError } from "./Common.js"

/**
 * Union of the errors that `ListBuckets` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListBucketsError = CommonError

/**
 * Lists the buckets of the account: `GET /`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0020.html
 * @category buckets
 * @since 0.2.0
 */
export const ListBuckets: Operation<"ListBuckets", ListBucketsError> = /*#__PURE__*/ operation("ListBuckets", {
  method: "GET",
  idempotent: true,
  errors: CommonError,
  page: "intl/en-us/api-obs/obs_04_0020"
})

/**
 * Union of the errors that `CreateBucket` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type CreateBucketError =
  | CommonError
  | IllegalLocationConstraintException
  | InvalidBucketName
  | InvalidLocationConstraint
  | TooManyBuckets
  | UserRestricted
  | BucketAlreadyExists
  | BucketAlreadyOwnedByYou

/**
 * Creates a bucket: `PUT /`.
 *
 * If the caller already owns the bucket, it fails with `BucketAlreadyOwnedByYou`, which a retry also gets if the first
 * attempt created the bucket.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0021.html
 * @category buckets
 * @since 0.2.0
 */
export const CreateBucket: Operation<"CreateBucket", CreateBucketError> = /*#__PURE__*/ operation("CreateBucket", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(
    CommonError,
    IllegalLocationConstraintException,
    InvalidBucketName,
    InvalidLocationConstraint,
    TooManyBuckets,
    UserRestricted,
    BucketAlreadyExists,
    BucketAlreadyOwnedByYou
  ),
  page: "intl/en-us/api-obs/obs_04_0021"
})

/**
 * Union of the errors that `HeadBucket` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type HeadBucketError = CommonError | NoSuchBucket | UnrecognizedResponse

/**
 * Checks whether a bucket exists and reads its settings: `HEAD /`.
 *
 * The response has no body. A 404 without a code is `NoSuchBucket`, with `inferred`; other failures without a code are
 * `UnrecognizedResponse`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0023.html
 * @category buckets
 * @since 0.2.0
 */
export const HeadBucket: Operation<"HeadBucket", HeadBucketError> = /*#__PURE__*/ operation("HeadBucket", {
  method: "HEAD",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, UnrecognizedResponse),
  page: "intl/en-us/api-obs/obs_04_0023"
})

/**
 * Union of the errors that `DeleteBucket` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketError = CommonError | NoSuchBucket | BucketNotEmpty

/**
 * Deletes an empty bucket: `DELETE /`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0025.html
 * @category buckets
 * @since 0.2.0
 */
export const DeleteBucket: Operation<"DeleteBucket", DeleteBucketError> = /*#__PURE__*/ operation("DeleteBucket", {
  method: "DELETE",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, BucketNotEmpty),
  page: "intl/en-us/api-obs/obs_04_0025"
})

/**
 * Union of the errors that `GetBucketLocation` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketLocationError = CommonError | NoSuchBucket

/**
 * Reads the region of a bucket: `GET /?location`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0024.html
 * @category buckets
 * @since 0.2.0
 */
export const GetBucketLocation: Operation<"GetBucketLocation", GetBucketLocationError> = /*#__PURE__*/ operation(
  "GetBucketLocation",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0024"
  }
)

/**
 * Union of the errors that `ListObjects` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListObjectsError = CommonError | NoSuchBucket

/**
 * Lists the objects of a bucket: `GET /`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0022.html
 * @category buckets
 * @since 0.2.0
 */
export const ListObjects: Operation<"ListObjects", ListObjectsError> = /*#__PURE__*/ operation("ListObjects", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0022"
})

/**
 * Union of the errors that `ListObjectsV2` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListObjectsV2Error = CommonError | NoSuchBucket

/**
 * Lists the objects of a bucket, with continuation tokens: `GET /?list-type=2`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0160.html
 * @category buckets
 * @since 0.2.0
 */
export const ListObjectsV2: Operation<"ListObjectsV2", ListObjectsV2Error> = /*#__PURE__*/ operation("ListObjectsV2", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0160"
})

/**
 * Union of the errors that `ListObjectVersions` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListObjectVersionsError = CommonError | NoSuchBucket

/**
 * Lists the versions of the objects of a bucket: `GET /?versions`.
 *
 * Documented on the page of ListObjects.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0022.html
 * @category buckets
 * @since 0.2.0
 */
export const ListObjectVersions: Operation<"ListObjectVersions", ListObjectVersionsError> = /*#__PURE__*/ operation(
  "ListObjectVersions",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0022"
  }
)

/**
 * Union of the errors that `OptionsBucket` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type OptionsBucketError = CommonError | BadRequest | AccessForbidden | NoSuchBucket

/**
 * Checks whether a bucket allows a cross-origin request: `OPTIONS /`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0077.html
 * @category buckets
 * @since 0.2.0
 */
export const OptionsBucket: Operation<"OptionsBucket", OptionsBucketError> = /*#__PURE__*/ operation("OptionsBucket", {
  method: "OPTIONS",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, BadRequest, AccessForbidden, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0077"
})
