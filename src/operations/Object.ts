/**
 * The operations on objects.
 *
 * @since 0.2.0
 */
import {
  AppendTooLarge,
  BadDigest,
  BadRequest,
  EntityTooLarge,
  EntityTooSmall,
  IncompleteBody,
  IncorrectNumberOfFilesInPostRequest,
  InvalidPolicyDocument,
  InvalidRedirectLocation,
  InvalidRequest,
  InvalidTag,
  KeyTooLongError,
  MalformedACLError,
  MalformedObjectLockError,
  MalformedPOSTRequest,
  MalformedXML,
  MaxPostPreDataLengthExceededError,
  MetadataTooLarge,
  OperationNotSupported,
  RequestIsNotMultiPartContent,
  UserKeyMustBeSpecified
} from "../errors/BadRequest.js"
import { CallbackFailed } from "../errors/CallbackFailed.js"
import {
  FsObjectConflict,
  FsRenameConflict,
  ObjectHasAlreadyRestored,
  ObjectNotAppendable,
  PositionNotEqualToLength,
  RestoreAlreadyInProgress
} from "../errors/Conflict.js"
import { AccessForbidden, InsufficientStorageSpace, InvalidObjectState } from "../errors/Forbidden.js"
import { MissingContentLength } from "../errors/LengthRequired.js"
import { FsNotSupport, MethodNotAllowed } from "../errors/MethodNotAllowed.js"
import { NoSuchBucket, NoSuchKey, NoSuchTagSet, NoSuchVersion, SymlinkTargetNotExist } from "../errors/NotFound.js"
import { NotModified } from "../errors/NotModified.js"
import { PreconditionFailed } from "../errors/PreconditionFailed.js"
import { InvalidRange } from "../errors/RangeNotSatisfiable.js"
import { RequestTimeout } from "../errors/RequestTimeout.js"
import { UnrecognizedResponse } from "../errors/Unclassified.js"
import { union } from "../internal/failure/union.js"
import type { Operation } from "../internal/operation.js"
import { operation } from "../internal/operation.js"
import { CommonError } from "./Common.js"

/**
 * Union of the errors that `PutObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutObjectError =
  | CommonError
  | BadDigest
  | EntityTooLarge
  | IncompleteBody
  | KeyTooLongError
  | MetadataTooLarge
  | InsufficientStorageSpace
  | NoSuchBucket
  | RequestTimeout
  | MissingContentLength
  | PreconditionFailed
  | CallbackFailed

/**
 * Uploads an object: `PUT /key`.
 *
 * If an upload with `x-obs-callback` fails with `CallbackFailed`, the object is stored.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0080.html
 * @category objects
 * @since 0.2.0
 */
export const PutObject: Operation<"PutObject", PutObjectError> = /*#__PURE__*/ operation("PutObject", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(
    CommonError,
    BadDigest,
    EntityTooLarge,
    IncompleteBody,
    KeyTooLongError,
    MetadataTooLarge,
    InsufficientStorageSpace,
    NoSuchBucket,
    RequestTimeout,
    MissingContentLength,
    PreconditionFailed,
    CallbackFailed
  ),
  page: "intl/en-us/api-obs/obs_04_0080"
})

/**
 * Union of the errors that `PostObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PostObjectError =
  | CommonError
  | BadDigest
  | EntityTooLarge
  | EntityTooSmall
  | IncompleteBody
  | IncorrectNumberOfFilesInPostRequest
  | InvalidPolicyDocument
  | InvalidRedirectLocation
  | KeyTooLongError
  | MalformedPOSTRequest
  | MaxPostPreDataLengthExceededError
  | RequestIsNotMultiPartContent
  | UserKeyMustBeSpecified
  | InsufficientStorageSpace
  | NoSuchBucket
  | RequestTimeout
  | MissingContentLength
  | CallbackFailed

/**
 * Uploads an object with a form: `POST /`.
 *
 * If an upload with a callback fails with `CallbackFailed`, the object is stored.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0081.html
 * @category objects
 * @since 0.2.0
 */
export const PostObject: Operation<"PostObject", PostObjectError> = /*#__PURE__*/ operation("PostObject", {
  method: "POST",
  idempotent: false,
  errors: /*#__PURE__*/ union(
    CommonError,
    BadDigest,
    EntityTooLarge,
    EntityTooSmall,
    IncompleteBody,
    IncorrectNumberOfFilesInPostRequest,
    InvalidPolicyDocument,
    InvalidRedirectLocation,
    KeyTooLongError,
    MalformedPOSTRequest,
    MaxPostPreDataLengthExceededError,
    RequestIsNotMultiPartContent,
    UserKeyMustBeSpecified,
    InsufficientStorageSpace,
    NoSuchBucket,
    RequestTimeout,
    MissingContentLength,
    CallbackFailed
  ),
  page: "intl/en-us/api-obs/obs_04_0081"
})

/**
 * Union of the errors that `CopyObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type CopyObjectError =
  | CommonError
  | InvalidRequest
  | InsufficientStorageSpace
  | InvalidObjectState
  | NoSuchBucket
  | NoSuchKey
  | NoSuchVersion
  | PreconditionFailed

/**
 * Copies an object: `PUT /key with x-obs-copy-source`.
 *
 * The service sends status 200 before it knows the outcome, so the body of a success can be an error.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0082.html
 * @category objects
 * @since 0.2.0
 */
export const CopyObject: Operation<"CopyObject", CopyObjectError> = /*#__PURE__*/ operation("CopyObject", {
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
    NoSuchVersion,
    PreconditionFailed
  ),
  page: "intl/en-us/api-obs/obs_04_0082"
})

/**
 * Union of the errors that `GetObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetObjectError =
  | CommonError
  | InvalidObjectState
  | NoSuchBucket
  | NoSuchKey
  | NoSuchVersion
  | SymlinkTargetNotExist
  | PreconditionFailed
  | InvalidRange
  | NotModified

/**
 * Downloads an object: `GET /key`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0083.html
 * @category objects
 * @since 0.2.0
 */
export const GetObject: Operation<"GetObject", GetObjectError> = /*#__PURE__*/ operation("GetObject", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(
    CommonError,
    InvalidObjectState,
    NoSuchBucket,
    NoSuchKey,
    NoSuchVersion,
    SymlinkTargetNotExist,
    PreconditionFailed,
    InvalidRange,
    NotModified
  ),
  page: "intl/en-us/api-obs/obs_04_0083"
})

/**
 * Union of the errors that `HeadObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type HeadObjectError =
  | CommonError
  | NoSuchBucket
  | NoSuchKey
  | NoSuchVersion
  | SymlinkTargetNotExist
  | PreconditionFailed
  | NotModified
  | UnrecognizedResponse

/**
 * Reads the metadata of an object: `HEAD /key`.
 *
 * The response has no body. A 404 without a code is `UnrecognizedResponse`, since it does not say whether the bucket,
 * the key or the version is missing.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0084.html
 * @category objects
 * @since 0.2.0
 */
export const HeadObject: Operation<"HeadObject", HeadObjectError> = /*#__PURE__*/ operation("HeadObject", {
  method: "HEAD",
  idempotent: true,
  errors: /*#__PURE__*/ union(
    CommonError,
    NoSuchBucket,
    NoSuchKey,
    NoSuchVersion,
    SymlinkTargetNotExist,
    PreconditionFailed,
    NotModified,
    UnrecognizedResponse
  ),
  page: "intl/en-us/api-obs/obs_04_0084"
})

/**
 * Union of the errors that `DeleteObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteObjectError = CommonError | NoSuchBucket | NoSuchVersion

/**
 * Deletes an object: `DELETE /key`.
 *
 * In a bucket with versioning, a second request adds another delete marker.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0085.html
 * @category objects
 * @since 0.2.0
 */
export const DeleteObject: Operation<"DeleteObject", DeleteObjectError> = /*#__PURE__*/ operation("DeleteObject", {
  method: "DELETE",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchVersion),
  page: "intl/en-us/api-obs/obs_04_0085"
})

/**
 * Union of the errors that `DeleteObjects` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteObjectsError = CommonError | BadDigest | MalformedXML | NoSuchBucket

/**
 * Deletes up to 1000 objects: `POST /?delete`.
 *
 * Read the result for each key with `ObsResponse.deleteResult`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0086.html
 * @category objects
 * @since 0.2.0
 */
export const DeleteObjects: Operation<"DeleteObjects", DeleteObjectsError> = /*#__PURE__*/ operation("DeleteObjects", {
  method: "POST",
  idempotent: true,
  errorInBody: "entries",
  errors: /*#__PURE__*/ union(CommonError, BadDigest, MalformedXML, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0086"
})

/**
 * Union of the errors that `RestoreObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type RestoreObjectError =
  | CommonError
  | MalformedXML
  | InvalidObjectState
  | NoSuchBucket
  | NoSuchKey
  | NoSuchVersion
  | ObjectHasAlreadyRestored
  | RestoreAlreadyInProgress

/**
 * Makes an archived object readable for some days: `POST /key?restore`.
 *
 * A second request fails with `RestoreAlreadyInProgress`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0087.html
 * @category objects
 * @since 0.2.0
 */
export const RestoreObject: Operation<"RestoreObject", RestoreObjectError> = /*#__PURE__*/ operation("RestoreObject", {
  method: "POST",
  idempotent: false,
  errors: /*#__PURE__*/ union(
    CommonError,
    MalformedXML,
    InvalidObjectState,
    NoSuchBucket,
    NoSuchKey,
    NoSuchVersion,
    ObjectHasAlreadyRestored,
    RestoreAlreadyInProgress
  ),
  page: "intl/en-us/api-obs/obs_04_0087"
})

/**
 * Union of the errors that `AppendObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type AppendObjectError =
  | CommonError
  | AppendTooLarge
  | BadDigest
  | IncompleteBody
  | OperationNotSupported
  | InsufficientStorageSpace
  | NoSuchBucket
  | RequestTimeout
  | ObjectNotAppendable
  | PositionNotEqualToLength
  | MissingContentLength

/**
 * Appends to an object: `POST /key?append&position=`.
 *
 * A second request fails with `PositionNotEqualToLength`, since the first one made the object longer.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0088.html
 * @category objects
 * @since 0.2.0
 */
export const AppendObject: Operation<"AppendObject", AppendObjectError> = /*#__PURE__*/ operation("AppendObject", {
  method: "POST",
  idempotent: false,
  errors: /*#__PURE__*/ union(
    CommonError,
    AppendTooLarge,
    BadDigest,
    IncompleteBody,
    OperationNotSupported,
    InsufficientStorageSpace,
    NoSuchBucket,
    RequestTimeout,
    ObjectNotAppendable,
    PositionNotEqualToLength,
    MissingContentLength
  ),
  page: "intl/en-us/api-obs/obs_04_0088"
})

/**
 * Union of the errors that `PutObjectAcl` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutObjectAclError = CommonError | MalformedACLError | NoSuchBucket | NoSuchKey | NoSuchVersion

/**
 * Sets the access control list of an object: `PUT /key?acl`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0089.html
 * @category objects
 * @since 0.2.0
 */
export const PutObjectAcl: Operation<"PutObjectAcl", PutObjectAclError> = /*#__PURE__*/ operation("PutObjectAcl", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, MalformedACLError, NoSuchBucket, NoSuchKey, NoSuchVersion),
  page: "intl/en-us/api-obs/obs_04_0089"
})

/**
 * Union of the errors that `GetObjectAcl` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetObjectAclError = CommonError | NoSuchBucket | NoSuchKey | NoSuchVersion

/**
 * Reads the access control list of an object: `GET /key?acl`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0090.html
 * @category objects
 * @since 0.2.0
 */
export const GetObjectAcl: Operation<"GetObjectAcl", GetObjectAclError> = /*#__PURE__*/ operation("GetObjectAcl", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchKey, NoSuchVersion),
  page: "intl/en-us/api-obs/obs_04_0090"
})

/**
 * Union of the errors that `SetObjectMetadata` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type SetObjectMetadataError = CommonError | MetadataTooLarge | NoSuchBucket | NoSuchKey | NoSuchVersion

/**
 * Changes the metadata of an object: `PUT /key?metadata`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0091.html
 * @category objects
 * @since 0.2.0
 */
export const SetObjectMetadata: Operation<"SetObjectMetadata", SetObjectMetadataError> = /*#__PURE__*/ operation(
  "SetObjectMetadata",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, MetadataTooLarge, NoSuchBucket, NoSuchKey, NoSuchVersion),
    page: "intl/en-us/api-obs/obs_04_0091"
  }
)

/**
 * Union of the errors that `ModifyObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ModifyObjectError =
  | CommonError
  | IncompleteBody
  | InsufficientStorageSpace
  | NoSuchBucket
  | NoSuchKey
  | FsNotSupport
  | MethodNotAllowed
  | RequestTimeout
  | MissingContentLength

/**
 * Writes into an object of a parallel file system: `PUT /key?modify&position=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0092.html
 * @category objects
 * @since 0.2.0
 */
export const ModifyObject: Operation<"ModifyObject", ModifyObjectError> = /*#__PURE__*/ operation("ModifyObject", {
  method: "PUT",
  idempotent: false,
  errors: /*#__PURE__*/ union(
    CommonError,
    IncompleteBody,
    InsufficientStorageSpace,
    NoSuchBucket,
    NoSuchKey,
    FsNotSupport,
    MethodNotAllowed,
    RequestTimeout,
    MissingContentLength
  ),
  page: "intl/en-us/api-obs/obs_04_0092"
})

/**
 * Union of the errors that `TruncateObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type TruncateObjectError = CommonError | NoSuchBucket | NoSuchKey | FsNotSupport | MethodNotAllowed

/**
 * Cuts an object of a parallel file system to a length: `PUT /key?truncate&length=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0093.html
 * @category objects
 * @since 0.2.0
 */
export const TruncateObject: Operation<"TruncateObject", TruncateObjectError> = /*#__PURE__*/ operation(
  "TruncateObject",
  {
    method: "PUT",
    idempotent: false,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchKey, FsNotSupport, MethodNotAllowed),
    page: "intl/en-us/api-obs/obs_04_0093"
  }
)

/**
 * Union of the errors that `RenameObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type RenameObjectError =
  CommonError | NoSuchBucket | NoSuchKey | FsNotSupport | MethodNotAllowed | FsObjectConflict | FsRenameConflict

/**
 * Renames an object of a parallel file system: `POST /key?rename&name=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0094.html
 * @category objects
 * @since 0.2.0
 */
export const RenameObject: Operation<"RenameObject", RenameObjectError> = /*#__PURE__*/ operation("RenameObject", {
  method: "POST",
  idempotent: false,
  errors: /*#__PURE__*/ union(
    CommonError,
    NoSuchBucket,
    NoSuchKey,
    FsNotSupport,
    MethodNotAllowed,
    FsObjectConflict,
    FsRenameConflict
  ),
  page: "intl/en-us/api-obs/obs_04_0094"
})

/**
 * Union of the errors that `PutObjectTagging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutObjectTaggingError =
  | CommonError
  | BadRequest
  | EntityTooLarge
  | InvalidTag
  | MalformedXML
  | NoSuchBucket
  | NoSuchKey
  | NoSuchVersion
  | MethodNotAllowed

/**
 * Sets the tags of an object: `PUT /key?tagging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0172.html
 * @category objects
 * @since 0.2.0
 */
export const PutObjectTagging: Operation<"PutObjectTagging", PutObjectTaggingError> = /*#__PURE__*/ operation(
  "PutObjectTagging",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(
      CommonError,
      BadRequest,
      EntityTooLarge,
      InvalidTag,
      MalformedXML,
      NoSuchBucket,
      NoSuchKey,
      NoSuchVersion,
      MethodNotAllowed
    ),
    page: "intl/en-us/api-obs/obs_04_0172"
  }
)

/**
 * Union of the errors that `GetObjectTagging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetObjectTaggingError = CommonError | NoSuchBucket | NoSuchKey | NoSuchTagSet | NoSuchVersion

/**
 * Reads the tags of an object: `GET /key?tagging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0164.html
 * @category objects
 * @since 0.2.0
 */
export const GetObjectTagging: Operation<"GetObjectTagging", GetObjectTaggingError> = /*#__PURE__*/ operation(
  "GetObjectTagging",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchKey, NoSuchTagSet, NoSuchVersion),
    page: "intl/en-us/api-obs/obs_04_0164"
  }
)

/**
 * Union of the errors that `DeleteObjectTagging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteObjectTaggingError = CommonError | NoSuchBucket | NoSuchKey | NoSuchVersion

/**
 * Deletes the tags of an object: `DELETE /key?tagging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0165.html
 * @category objects
 * @since 0.2.0
 */
export const DeleteObjectTagging: Operation<"DeleteObjectTagging", DeleteObjectTaggingError> = /*#__PURE__*/ operation(
  "DeleteObjectTagging",
  {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchKey, NoSuchVersion),
    page: "intl/en-us/api-obs/obs_04_0165"
  }
)

/**
 * Union of the errors that `PutObjectRetention` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutObjectRetentionError =
  CommonError | InvalidRequest | MalformedObjectLockError | NoSuchBucket | NoSuchKey | NoSuchVersion

/**
 * Sets until when an object cannot be deleted: `PUT /key?retention`.
 *
 * The documentation gives `NoSuchVersion` status 400 here.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0166.html
 * @category objects
 * @since 0.2.0
 */
export const PutObjectRetention: Operation<"PutObjectRetention", PutObjectRetentionError> = /*#__PURE__*/ operation(
  "PutObjectRetention",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(
      CommonError,
      InvalidRequest,
      MalformedObjectLockError,
      NoSuchBucket,
      NoSuchKey,
      NoSuchVersion
    ),
    page: "intl/en-us/api-obs/obs_04_0166"
  }
)

/**
 * Union of the errors that `OptionsObject` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type OptionsObjectError = CommonError | BadRequest | AccessForbidden | NoSuchBucket

/**
 * Checks whether an object allows a cross-origin request: `OPTIONS /key`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0078.html
 * @category objects
 * @since 0.2.0
 */
export const OptionsObject: Operation<"OptionsObject", OptionsObjectError> = /*#__PURE__*/ operation("OptionsObject", {
  method: "OPTIONS",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, BadRequest, AccessForbidden, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0078"
})
