/**
 * The errors that OBS documents with status 409 (Conflict).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { text } from "../internal/failure/field.js"

/**
 * `409 BucketAlreadyExists`: The requested bucket name already exists. The bucket namespace is shared by all users
 * of OBS. Select another name and retry.
 *
 * **Solution**: Try another bucket name.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class BucketAlreadyExists
  extends /*#__PURE__*/ errorClass<BucketAlreadyExists>({
    message: "The requested bucket name already exists. The bucket namespace is shared by all users of OBS."
  })("BucketAlreadyExists", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description:
      "The requested bucket name already exists. The bucket namespace is shared by all users of OBS. Select another name and retry.",
    solution: "Try another bucket name."
  }) {}

/**
 * `409 BucketAlreadyOwnedByYou`: You already have a bucket with the same name.
 *
 * **Solution**: You do not need to create this bucket again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class BucketAlreadyOwnedByYou
  extends /*#__PURE__*/ errorClass<BucketAlreadyOwnedByYou>()("BucketAlreadyOwnedByYou", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description: "You already have a bucket with the same name.",
    solution: "You do not need to create this bucket again."
  }) {}

/**
 * `409 BucketExpanding`: The bucket is being expanded at the moment.
 *
 * **Solution**: Try again later.
 *
 * @see the S3-compatible API's table of error codes
 * @category 409 Conflict
 * @since 0.1.0
 */
export class BucketExpanding
  extends /*#__PURE__*/ errorClass<BucketExpanding>()("BucketExpanding", {
    status: 409,
    category: "Conflict",
    retry: "transient",
    description: "The bucket is being expanded at the moment.",
    solution: "Try again later."
  }) {}

/**
 * `409 BucketNotEmpty`: The bucket that you tried to delete is not empty.
 *
 * **Solution**: Delete the objects in the bucket and then delete the bucket.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class BucketNotEmpty
  extends /*#__PURE__*/ errorClass<BucketNotEmpty>()(
    "BucketNotEmpty",
    {
      status: 409,
      category: "Conflict",
      retry: "never",
      description: "The bucket that you tried to delete is not empty.",
      solution: "Delete the objects in the bucket and then delete the bucket."
    },
    {
      /** The name of the bucket. */
      bucketName: text
    }
  ) {}

/**
 * `409 DirectoryNotEmpty`: The directory to delete still has entries.
 *
 * **Solution**: Delete the entries first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class DirectoryNotEmpty
  extends /*#__PURE__*/ errorClass<DirectoryNotEmpty>()("DirectoryNotEmpty", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description: "The directory to delete still has entries.",
    solution: "Delete the entries first."
  }) {}

/**
 * `409 FsObjectConflict`: The rename joins a file with a directory, or the new name is already in use.
 *
 * **Solution**: Rename to a name that is free, and keep the type of the object.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class FsObjectConflict
  extends /*#__PURE__*/ errorClass<FsObjectConflict>()("FsObjectConflict", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description: "The rename joins a file with a directory, or the new name is already in use.",
    solution: "Rename to a name that is free, and keep the type of the object."
  }) {}

/**
 * `409 FsRenameConflict`: Another operation is working on the object that is being renamed.
 *
 * **Solution**: Let the other operation finish and rename again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class FsRenameConflict
  extends /*#__PURE__*/ errorClass<FsRenameConflict>()("FsRenameConflict", {
    status: 409,
    category: "Conflict",
    retry: "transient",
    description: "Another operation is working on the object that is being renamed.",
    solution: "Let the other operation finish and rename again."
  }) {}

/**
 * `409 InvalidBucketState`: Invalid bucket status. After cross-region replication is configured, bucket versioning
 * cannot be disabled.
 *
 * **Solution**: Keep bucket versioning enabled or disable cross-region replication.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class InvalidBucketState
  extends /*#__PURE__*/ errorClass<InvalidBucketState>()("InvalidBucketState", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description:
      "Invalid bucket status. After cross-region replication is configured, bucket versioning cannot be disabled.",
    solution: "Keep bucket versioning enabled or disable cross-region replication."
  }) {}

/**
 * `409 ObjectHasAlreadyRestored`: The object is restored already, and the time for which it stays so cannot be
 * shortened.
 *
 * **Solution**: Ask for a longer time, or let the current one run out.
 *
 * @see the error responses of RestoreObject
 * @category 409 Conflict
 * @since 0.1.0
 */
export class ObjectHasAlreadyRestored
  extends /*#__PURE__*/ errorClass<ObjectHasAlreadyRestored>()("ObjectHasAlreadyRestored", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description: "The object is restored already, and the time for which it stays so cannot be shortened.",
    solution: "Ask for a longer time, or let the current one run out."
  }) {}

/**
 * `409 ObjectNotAppendable`: Data cannot be appended to this object: it was not created by an append, has been
 * appended too many times, or its storage class or bucket type rules it out.
 *
 * **Solution**: Create the object with an append upload.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class ObjectNotAppendable
  extends /*#__PURE__*/ errorClass<ObjectNotAppendable>()("ObjectNotAppendable", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description:
      "Data cannot be appended to this object: it was not created by an append, has been appended too many times, or its storage class or bucket type rules it out.",
    solution: "Create the object with an append upload."
  }) {}

/**
 * `409 OperationAborted`: A conflicting operation is being performed on this resource. Try again later.
 *
 * **Solution**: Try again later.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class OperationAborted
  extends /*#__PURE__*/ errorClass<OperationAborted>({
    message: "A conflicting operation is being performed on this resource."
  })("OperationAborted", {
    status: 409,
    category: "Conflict",
    retry: "transient",
    description: "A conflicting operation is being performed on this resource. Try again later.",
    solution: "Try again later."
  }) {}

/**
 * `409 PositionNotEqualToLength`: The position of the append is not the current length of the object.
 *
 * **Solution**: Read the length of the object and append at that position.
 *
 * @see the error responses of AppendObject
 * @category 409 Conflict
 * @since 0.1.0
 */
export class PositionNotEqualToLength
  extends /*#__PURE__*/ errorClass<PositionNotEqualToLength>()("PositionNotEqualToLength", {
    status: 409,
    category: "Precondition",
    retry: "never",
    description: "The position of the append is not the current length of the object.",
    solution: "Read the length of the object and append at that position."
  }) {}

/**
 * `409 RestoreAlreadyInProgress`: The object is already being restored.
 *
 * **Solution**: Wait until the restore is done.
 *
 * @see the error responses of RestoreObject
 * @category 409 Conflict
 * @since 0.1.0
 */
export class RestoreAlreadyInProgress
  extends /*#__PURE__*/ errorClass<RestoreAlreadyInProgress>()("RestoreAlreadyInProgress", {
    status: 409,
    category: "Conflict",
    retry: "never",
    description: "The object is already being restored.",
    solution: "Wait until the restore is done."
  }) {}

/**
 * `409 ServiceNotSupported`: The request method is not supported by the server.
 *
 * **Solution**: Not supported by the server. Contact the technical support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 409 Conflict
 * @since 0.1.0
 */
export class ServiceNotSupported
  extends /*#__PURE__*/ errorClass<ServiceNotSupported>({ solution: () => "Contact the technical support." })(
    "ServiceNotSupported",
    {
      status: 409,
      category: "Unsupported",
      retry: "never",
      description: "The request method is not supported by the server.",
      solution: "Not supported by the server. Contact the technical support."
    }
  ) {}

/**
 * Union of the errors that OBS documents with status 409 (Conflict).
 *
 * Membership goes by the documented status; the service may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type ConflictError =
  | BucketAlreadyExists
  | BucketAlreadyOwnedByYou
  | BucketExpanding
  | BucketNotEmpty
  | DirectoryNotEmpty
  | FsObjectConflict
  | FsRenameConflict
  | InvalidBucketState
  | ObjectHasAlreadyRestored
  | ObjectNotAppendable
  | OperationAborted
  | PositionNotEqualToLength
  | RestoreAlreadyInProgress
  | ServiceNotSupported

/**
 * Schema of `ConflictError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const ConflictError: Union<ConflictError> = /*#__PURE__*/ union(
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  BucketExpanding,
  BucketNotEmpty,
  DirectoryNotEmpty,
  FsObjectConflict,
  FsRenameConflict,
  InvalidBucketState,
  ObjectHasAlreadyRestored,
  ObjectNotAppendable,
  OperationAborted,
  PositionNotEqualToLength,
  RestoreAlreadyInProgress,
  ServiceNotSupported
)

/**
 * Returns whether a value is an error that OBS documents with status 409, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isConflictError: (u: unknown) => u is ConflictError = /*#__PURE__*/ guard(ConflictError)
