/**
 * Operations on the configuration of a bucket.
 *
 * @since 0.2.0
 */
import {
  BadDomainName,
  CustomDomainAreadyExist,
  CustomDomainNotExist,
  FileGatewayBucket,
  InvalidDefaultStorageClass,
  InvalidRequest,
  InvalidTag,
  InvalidTagError,
  InvalidTargetBucketForLogging,
  InventoryCountOverLimit,
  MalformedACLError,
  MalformedLoggingStatus,
  MalformedPolicy,
  MalformedQuotaError,
  MalformedXML,
  MalformedXMLError,
  PrefixExistInclusionRelationship,
  TooManyCustomDomains
} from "../errors/BadRequest.js"
import { InvalidBucketState } from "../errors/Conflict.js"
import { MethodNotAllowed } from "../errors/MethodNotAllowed.js"
import {
  NoSuchBucket,
  NoSuchBucketPolicy,
  NoSuchCORSConfiguration,
  NoSuchCustomDomain,
  NoSuchEncryptionConfiguration,
  NoSuchInventoryConfiguration,
  NoSuchLifecycleConfiguration,
  NoSuchReplicationConfiguration,
  NoSuchTagSet,
  NoSuchWebsiteConfiguration
} from "../errors/NotFound.js"
import { OefError } from "../errors/Oef.js"
import { union } from "../internal/failure/union.js"
import type { Operation } from "../internal/operation.js"
import { operation } from "../internal/operation.js"
import { CommonError } from "./Common.js"

/**
 * Union of the errors that `PutBucketPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketPolicyError = CommonError | MalformedPolicy | NoSuchBucket

/**
 * Sets the policy of a bucket: `PUT /?policy`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0027.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketPolicy: Operation<"PutBucketPolicy", PutBucketPolicyError> = /*#__PURE__*/ operation(
  "PutBucketPolicy",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, MalformedPolicy, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0027"
  }
)

/**
 * Union of the errors that `GetBucketPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketPolicyError = CommonError | NoSuchBucket | NoSuchBucketPolicy

/**
 * Reads the policy of a bucket: `GET /?policy`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0028.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketPolicy: Operation<"GetBucketPolicy", GetBucketPolicyError> = /*#__PURE__*/ operation(
  "GetBucketPolicy",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchBucketPolicy),
    page: "intl/en-us/api-obs/obs_04_0028"
  }
)

/**
 * Union of the errors that `DeleteBucketPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketPolicyError = CommonError | NoSuchBucket | NoSuchBucketPolicy

/**
 * Deletes the policy of a bucket: `DELETE /?policy`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0029.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketPolicy: Operation<"DeleteBucketPolicy", DeleteBucketPolicyError> = /*#__PURE__*/ operation(
  "DeleteBucketPolicy",
  {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchBucketPolicy),
    page: "intl/en-us/api-obs/obs_04_0029"
  }
)

/**
 * Union of the errors that `PutBucketAcl` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketAclError = CommonError | MalformedACLError | NoSuchBucket

/**
 * Sets the access control list of a bucket: `PUT /?acl`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0030.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketAcl: Operation<"PutBucketAcl", PutBucketAclError> = /*#__PURE__*/ operation("PutBucketAcl", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, MalformedACLError, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0030"
})

/**
 * Union of the errors that `GetBucketAcl` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketAclError = CommonError | NoSuchBucket

/**
 * Reads the access control list of a bucket: `GET /?acl`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0031.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketAcl: Operation<"GetBucketAcl", GetBucketAclError> = /*#__PURE__*/ operation("GetBucketAcl", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0031"
})

/**
 * Union of the errors that `PutBucketLogging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketLoggingError = CommonError | InvalidTargetBucketForLogging | MalformedLoggingStatus | NoSuchBucket

/**
 * Sets where the access logs of a bucket go: `PUT /?logging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0032.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketLogging: Operation<"PutBucketLogging", PutBucketLoggingError> = /*#__PURE__*/ operation(
  "PutBucketLogging",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, InvalidTargetBucketForLogging, MalformedLoggingStatus, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0032"
  }
)

/**
 * Union of the errors that `GetBucketLogging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketLoggingError = CommonError | NoSuchBucket

/**
 * Reads where the access logs of a bucket go: `GET /?logging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0033.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketLogging: Operation<"GetBucketLogging", GetBucketLoggingError> = /*#__PURE__*/ operation(
  "GetBucketLogging",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0033"
  }
)

/**
 * Union of the errors that `PutBucketLifecycle` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketLifecycleError = CommonError | NoSuchBucket

/**
 * Sets the lifecycle rules of a bucket: `PUT /?lifecycle`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0034.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketLifecycle: Operation<"PutBucketLifecycle", PutBucketLifecycleError> = /*#__PURE__*/ operation(
  "PutBucketLifecycle",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0034"
  }
)

/**
 * Union of the errors that `GetBucketLifecycle` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketLifecycleError = CommonError | NoSuchBucket | NoSuchLifecycleConfiguration

/**
 * Reads the lifecycle rules of a bucket: `GET /?lifecycle`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0035.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketLifecycle: Operation<"GetBucketLifecycle", GetBucketLifecycleError> = /*#__PURE__*/ operation(
  "GetBucketLifecycle",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchLifecycleConfiguration),
    page: "intl/en-us/api-obs/obs_04_0035"
  }
)

/**
 * Union of the errors that `DeleteBucketLifecycle` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketLifecycleError = CommonError | NoSuchBucket

/**
 * Deletes the lifecycle rules of a bucket: `DELETE /?lifecycle`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0036.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketLifecycle: Operation<"DeleteBucketLifecycle", DeleteBucketLifecycleError> =
  /*#__PURE__*/ operation("DeleteBucketLifecycle", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0036"
  })

/**
 * Union of the errors that `PutBucketVersioning` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketVersioningError = CommonError | NoSuchBucket | InvalidBucketState

/**
 * Sets whether a bucket keeps versions: `PUT /?versioning`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0037.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketVersioning: Operation<"PutBucketVersioning", PutBucketVersioningError> = /*#__PURE__*/ operation(
  "PutBucketVersioning",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, InvalidBucketState),
    page: "intl/en-us/api-obs/obs_04_0037"
  }
)

/**
 * Union of the errors that `GetBucketVersioning` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketVersioningError = CommonError | NoSuchBucket

/**
 * Reads whether a bucket keeps versions: `GET /?versioning`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0038.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketVersioning: Operation<"GetBucketVersioning", GetBucketVersioningError> = /*#__PURE__*/ operation(
  "GetBucketVersioning",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0038"
  }
)

/**
 * Union of the errors that `PutBucketNotification` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketNotificationError = CommonError | NoSuchBucket

/**
 * Sets the event notifications of a bucket: `PUT /?notification`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0039.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketNotification: Operation<"PutBucketNotification", PutBucketNotificationError> =
  /*#__PURE__*/ operation("PutBucketNotification", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0039"
  })

/**
 * Union of the errors that `GetBucketNotification` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketNotificationError = CommonError | NoSuchBucket

/**
 * Reads the event notifications of a bucket: `GET /?notification`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0040.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketNotification: Operation<"GetBucketNotification", GetBucketNotificationError> =
  /*#__PURE__*/ operation("GetBucketNotification", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0040"
  })

/**
 * Union of the errors that `PutBucketStorageClass` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketStorageClassError = CommonError | InvalidDefaultStorageClass | NoSuchBucket

/**
 * Sets the default storage class of a bucket: `PUT /?storageClass`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0044.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketStorageClass: Operation<"PutBucketStorageClass", PutBucketStorageClassError> =
  /*#__PURE__*/ operation("PutBucketStorageClass", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, InvalidDefaultStorageClass, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0044"
  })

/**
 * Union of the errors that `GetBucketStorageClass` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketStorageClassError = CommonError | NoSuchBucket

/**
 * Reads the default storage class of a bucket: `GET /?storageClass`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0045.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketStorageClass: Operation<"GetBucketStorageClass", GetBucketStorageClassError> =
  /*#__PURE__*/ operation("GetBucketStorageClass", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0045"
  })

/**
 * Union of the errors that `PutBucketReplication` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketReplicationError = CommonError | NoSuchBucket

/**
 * Sets the cross-region replication of a bucket: `PUT /?replication`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0046.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketReplication: Operation<"PutBucketReplication", PutBucketReplicationError> =
  /*#__PURE__*/ operation("PutBucketReplication", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0046"
  })

/**
 * Union of the errors that `GetBucketReplication` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketReplicationError = CommonError | NoSuchBucket | NoSuchReplicationConfiguration

/**
 * Reads the cross-region replication of a bucket: `GET /?replication`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0047.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketReplication: Operation<"GetBucketReplication", GetBucketReplicationError> =
  /*#__PURE__*/ operation("GetBucketReplication", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchReplicationConfiguration),
    page: "intl/en-us/api-obs/obs_04_0047"
  })

/**
 * Union of the errors that `DeleteBucketReplication` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketReplicationError = CommonError | NoSuchBucket

/**
 * Deletes the cross-region replication of a bucket: `DELETE /?replication`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0048.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketReplication: Operation<"DeleteBucketReplication", DeleteBucketReplicationError> =
  /*#__PURE__*/ operation("DeleteBucketReplication", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0048"
  })

/**
 * Union of the errors that `PutBucketTagging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketTaggingError =
  CommonError | InvalidTag | InvalidTagError | MalformedXML | MalformedXMLError | NoSuchBucket

/**
 * Sets the tags of a bucket: `PUT /?tagging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0049.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketTagging: Operation<"PutBucketTagging", PutBucketTaggingError> = /*#__PURE__*/ operation(
  "PutBucketTagging",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(
      CommonError,
      InvalidTag,
      InvalidTagError,
      MalformedXML,
      MalformedXMLError,
      NoSuchBucket
    ),
    page: "intl/en-us/api-obs/obs_04_0049"
  }
)

/**
 * Union of the errors that `GetBucketTagging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketTaggingError = CommonError | NoSuchBucket | NoSuchTagSet

/**
 * Reads the tags of a bucket: `GET /?tagging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0050.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketTagging: Operation<"GetBucketTagging", GetBucketTaggingError> = /*#__PURE__*/ operation(
  "GetBucketTagging",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchTagSet),
    page: "intl/en-us/api-obs/obs_04_0050"
  }
)

/**
 * Union of the errors that `DeleteBucketTagging` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketTaggingError = CommonError | NoSuchBucket

/**
 * Deletes the tags of a bucket: `DELETE /?tagging`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0051.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketTagging: Operation<"DeleteBucketTagging", DeleteBucketTaggingError> = /*#__PURE__*/ operation(
  "DeleteBucketTagging",
  {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0051"
  }
)

/**
 * Union of the errors that `PutBucketQuota` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketQuotaError = CommonError | MalformedQuotaError | NoSuchBucket

/**
 * Sets the storage quota of a bucket: `PUT /?quota`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0052.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketQuota: Operation<"PutBucketQuota", PutBucketQuotaError> = /*#__PURE__*/ operation(
  "PutBucketQuota",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, MalformedQuotaError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0052"
  }
)

/**
 * Union of the errors that `GetBucketQuota` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketQuotaError = CommonError | NoSuchBucket

/**
 * Reads the storage quota of a bucket: `GET /?quota`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0053.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketQuota: Operation<"GetBucketQuota", GetBucketQuotaError> = /*#__PURE__*/ operation(
  "GetBucketQuota",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0053"
  }
)

/**
 * Union of the errors that `GetBucketStorageInfo` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketStorageInfoError = CommonError | NoSuchBucket

/**
 * Reads how much a bucket holds: `GET /?storageinfo`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0054.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketStorageInfo: Operation<"GetBucketStorageInfo", GetBucketStorageInfoError> =
  /*#__PURE__*/ operation("GetBucketStorageInfo", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0054"
  })

/**
 * Union of the errors that `PutBucketInventory` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketInventoryError =
  | CommonError
  | FileGatewayBucket
  | InventoryCountOverLimit
  | MalformedXML
  | PrefixExistInclusionRelationship
  | NoSuchBucket

/**
 * Sets an inventory of a bucket: `PUT /?inventory&id=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0055.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketInventory: Operation<"PutBucketInventory", PutBucketInventoryError> = /*#__PURE__*/ operation(
  "PutBucketInventory",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(
      CommonError,
      FileGatewayBucket,
      InventoryCountOverLimit,
      MalformedXML,
      PrefixExistInclusionRelationship,
      NoSuchBucket
    ),
    page: "intl/en-us/api-obs/obs_04_0055"
  }
)

/**
 * Union of the errors that `GetBucketInventory` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketInventoryError = CommonError | NoSuchBucket | NoSuchInventoryConfiguration

/**
 * Reads an inventory of a bucket: `GET /?inventory&id=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0056.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketInventory: Operation<"GetBucketInventory", GetBucketInventoryError> = /*#__PURE__*/ operation(
  "GetBucketInventory",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchInventoryConfiguration),
    page: "intl/en-us/api-obs/obs_04_0056"
  }
)

/**
 * Union of the errors that `ListBucketInventories` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type ListBucketInventoriesError = CommonError | NoSuchBucket

/**
 * Lists the inventories of a bucket: `GET /?inventory`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0057.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const ListBucketInventories: Operation<"ListBucketInventories", ListBucketInventoriesError> =
  /*#__PURE__*/ operation("ListBucketInventories", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0057"
  })

/**
 * Union of the errors that `DeleteBucketInventory` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketInventoryError = CommonError | NoSuchBucket

/**
 * Deletes an inventory of a bucket: `DELETE /?inventory&id=`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0058.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketInventory: Operation<"DeleteBucketInventory", DeleteBucketInventoryError> =
  /*#__PURE__*/ operation("DeleteBucketInventory", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0058"
  })

/**
 * Union of the errors that `PutBucketCustomDomain` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketCustomDomainError =
  CommonError | BadDomainName | CustomDomainAreadyExist | TooManyCustomDomains | NoSuchBucket

/**
 * Sets a custom domain name of a bucket: `PUT /?customdomain`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0059.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketCustomDomain: Operation<"PutBucketCustomDomain", PutBucketCustomDomainError> =
  /*#__PURE__*/ operation("PutBucketCustomDomain", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(
      CommonError,
      BadDomainName,
      CustomDomainAreadyExist,
      TooManyCustomDomains,
      NoSuchBucket
    ),
    page: "intl/en-us/api-obs/obs_04_0059"
  })

/**
 * Union of the errors that `GetBucketCustomDomain` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketCustomDomainError = CommonError | NoSuchBucket | NoSuchCustomDomain

/**
 * Reads a custom domain name of a bucket: `GET /?customdomain`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0060.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketCustomDomain: Operation<"GetBucketCustomDomain", GetBucketCustomDomainError> =
  /*#__PURE__*/ operation("GetBucketCustomDomain", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchCustomDomain),
    page: "intl/en-us/api-obs/obs_04_0060"
  })

/**
 * Union of the errors that `DeleteBucketCustomDomain` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketCustomDomainError = CommonError | CustomDomainNotExist | NoSuchBucket | NoSuchCustomDomain

/**
 * Deletes a custom domain name of a bucket: `DELETE /?customdomain`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0061.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketCustomDomain: Operation<"DeleteBucketCustomDomain", DeleteBucketCustomDomainError> =
  /*#__PURE__*/ operation("DeleteBucketCustomDomain", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, CustomDomainNotExist, NoSuchBucket, NoSuchCustomDomain),
    page: "intl/en-us/api-obs/obs_04_0061"
  })

/**
 * Union of the errors that `PutBucketEncryption` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketEncryptionError = CommonError | NoSuchBucket

/**
 * Sets the default encryption of a bucket: `PUT /?encryption`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0062.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketEncryption: Operation<"PutBucketEncryption", PutBucketEncryptionError> = /*#__PURE__*/ operation(
  "PutBucketEncryption",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0062"
  }
)

/**
 * Union of the errors that `GetBucketEncryption` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketEncryptionError = CommonError | NoSuchBucket | NoSuchEncryptionConfiguration

/**
 * Reads the default encryption of a bucket: `GET /?encryption`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0063.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketEncryption: Operation<"GetBucketEncryption", GetBucketEncryptionError> = /*#__PURE__*/ operation(
  "GetBucketEncryption",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchEncryptionConfiguration),
    page: "intl/en-us/api-obs/obs_04_0063"
  }
)

/**
 * Union of the errors that `DeleteBucketEncryption` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketEncryptionError = CommonError | NoSuchBucket

/**
 * Deletes the default encryption of a bucket: `DELETE /?encryption`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0064.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketEncryption: Operation<"DeleteBucketEncryption", DeleteBucketEncryptionError> =
  /*#__PURE__*/ operation("DeleteBucketEncryption", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0064"
  })

/**
 * Union of the errors that `PutBucketRequestPayment` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketRequestPaymentError = CommonError | NoSuchBucket

/**
 * Sets who pays for requests to a bucket: `PUT /?requestPayment`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0068.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketRequestPayment: Operation<"PutBucketRequestPayment", PutBucketRequestPaymentError> =
  /*#__PURE__*/ operation("PutBucketRequestPayment", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0068"
  })

/**
 * Union of the errors that `GetBucketRequestPayment` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketRequestPaymentError = CommonError | NoSuchBucket

/**
 * Reads who pays for requests to a bucket: `GET /?requestPayment`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0069.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketRequestPayment: Operation<"GetBucketRequestPayment", GetBucketRequestPaymentError> =
  /*#__PURE__*/ operation("GetBucketRequestPayment", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0069"
  })

/**
 * Union of the errors that `PutBucketWebsite` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketWebsiteError = CommonError | NoSuchBucket

/**
 * Sets the static website of a bucket: `PUT /?website`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0071.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketWebsite: Operation<"PutBucketWebsite", PutBucketWebsiteError> = /*#__PURE__*/ operation(
  "PutBucketWebsite",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0071"
  }
)

/**
 * Union of the errors that `GetBucketWebsite` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketWebsiteError = CommonError | NoSuchBucket | NoSuchWebsiteConfiguration

/**
 * Reads the static website of a bucket: `GET /?website`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0072.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketWebsite: Operation<"GetBucketWebsite", GetBucketWebsiteError> = /*#__PURE__*/ operation(
  "GetBucketWebsite",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchWebsiteConfiguration),
    page: "intl/en-us/api-obs/obs_04_0072"
  }
)

/**
 * Union of the errors that `DeleteBucketWebsite` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketWebsiteError = CommonError | NoSuchBucket

/**
 * Deletes the static website of a bucket: `DELETE /?website`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0073.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketWebsite: Operation<"DeleteBucketWebsite", DeleteBucketWebsiteError> = /*#__PURE__*/ operation(
  "DeleteBucketWebsite",
  {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0073"
  }
)

/**
 * Union of the errors that `PutBucketCors` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketCorsError = CommonError | NoSuchBucket

/**
 * Sets the CORS rules of a bucket: `PUT /?cors`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0074.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketCors: Operation<"PutBucketCors", PutBucketCorsError> = /*#__PURE__*/ operation("PutBucketCors", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
  page: "intl/en-us/api-obs/obs_04_0074"
})

/**
 * Union of the errors that `GetBucketCors` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketCorsError = CommonError | NoSuchBucket | NoSuchCORSConfiguration

/**
 * Reads the CORS rules of a bucket: `GET /?cors`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0075.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketCors: Operation<"GetBucketCors", GetBucketCorsError> = /*#__PURE__*/ operation("GetBucketCors", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, NoSuchCORSConfiguration),
  page: "intl/en-us/api-obs/obs_04_0075"
})

/**
 * Union of the errors that `DeleteBucketCors` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketCorsError = CommonError | NoSuchBucket

/**
 * Deletes the CORS rules of a bucket: `DELETE /?cors`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0076.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketCors: Operation<"DeleteBucketCors", DeleteBucketCorsError> = /*#__PURE__*/ operation(
  "DeleteBucketCors",
  {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0076"
  }
)

/**
 * Union of the errors that `PutBucketObjectLock` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketObjectLockError = CommonError | InvalidRequest | MalformedXML | NoSuchBucket

/**
 * Sets the default retention of a bucket: `PUT /?object-lock`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0167.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketObjectLock: Operation<"PutBucketObjectLock", PutBucketObjectLockError> = /*#__PURE__*/ operation(
  "PutBucketObjectLock",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, InvalidRequest, MalformedXML, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0167"
  }
)

/**
 * Union of the errors that `GetBucketObjectLock` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketObjectLockError = CommonError | InvalidRequest | NoSuchBucket

/**
 * Reads the default retention of a bucket: `GET /?object-lock`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0168.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketObjectLock: Operation<"GetBucketObjectLock", GetBucketObjectLockError> = /*#__PURE__*/ operation(
  "GetBucketObjectLock",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, InvalidRequest, NoSuchBucket),
    page: "intl/en-us/api-obs/obs_04_0168"
  }
)

/**
 * Union of the errors that `PutPublicAccessBlock` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutPublicAccessBlockError = CommonError | NoSuchBucket | MethodNotAllowed

/**
 * Sets which public access a bucket blocks: `PUT /?publicAccessBlock`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0174.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutPublicAccessBlock: Operation<"PutPublicAccessBlock", PutPublicAccessBlockError> =
  /*#__PURE__*/ operation("PutPublicAccessBlock", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, MethodNotAllowed),
    page: "intl/en-us/api-obs/obs_04_0174"
  })

/**
 * Union of the errors that `GetPublicAccessBlock` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetPublicAccessBlockError = CommonError | NoSuchBucket | MethodNotAllowed

/**
 * Reads which public access a bucket blocks: `GET /?publicAccessBlock`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0175.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetPublicAccessBlock: Operation<"GetPublicAccessBlock", GetPublicAccessBlockError> =
  /*#__PURE__*/ operation("GetPublicAccessBlock", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, MethodNotAllowed),
    page: "intl/en-us/api-obs/obs_04_0175"
  })

/**
 * Union of the errors that `DeletePublicAccessBlock` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeletePublicAccessBlockError = CommonError | NoSuchBucket | MethodNotAllowed

/**
 * Removes the block of public access from a bucket: `DELETE /?publicAccessBlock`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0176.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeletePublicAccessBlock: Operation<"DeletePublicAccessBlock", DeletePublicAccessBlockError> =
  /*#__PURE__*/ operation("DeletePublicAccessBlock", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, MethodNotAllowed),
    page: "intl/en-us/api-obs/obs_04_0176"
  })

/**
 * Union of the errors that `PutDecompressPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutDecompressPolicyError = CommonError | NoSuchBucket | OefError

/**
 * Sets the rules that decompress archives uploaded to a bucket: `PUT /?obscompresspolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0148.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutDecompressPolicy: Operation<"PutDecompressPolicy", PutDecompressPolicyError> = /*#__PURE__*/ operation(
  "PutDecompressPolicy",
  {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0148"
  }
)

/**
 * Union of the errors that `GetDecompressPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetDecompressPolicyError = CommonError | NoSuchBucket | OefError

/**
 * Reads the rules that decompress archives uploaded to a bucket: `GET /?obscompresspolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0149.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetDecompressPolicy: Operation<"GetDecompressPolicy", GetDecompressPolicyError> = /*#__PURE__*/ operation(
  "GetDecompressPolicy",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0149"
  }
)

/**
 * Union of the errors that `DeleteDecompressPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteDecompressPolicyError = CommonError | NoSuchBucket | OefError

/**
 * Deletes the rules that decompress archives uploaded to a bucket: `DELETE /?obscompresspolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0150.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteDecompressPolicy: Operation<"DeleteDecompressPolicy", DeleteDecompressPolicyError> =
  /*#__PURE__*/ operation("DeleteDecompressPolicy", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0150"
  })

/**
 * Union of the errors that `PutBucketMirrorBackToSource` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutBucketMirrorBackToSourceError = CommonError | NoSuchBucket | OefError

/**
 * Sets where a bucket fetches objects that it does not have: `PUT /?mirrorBackToSource`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0119.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutBucketMirrorBackToSource: Operation<"PutBucketMirrorBackToSource", PutBucketMirrorBackToSourceError> =
  /*#__PURE__*/ operation("PutBucketMirrorBackToSource", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "intl/en-us/api-obs/obs_04_0119"
  })

/**
 * Union of the errors that `GetBucketMirrorBackToSource` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetBucketMirrorBackToSourceError = CommonError | NoSuchBucket | OefError

/**
 * Reads where a bucket fetches objects that it does not have: `GET /?mirrorBackToSource`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0120.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetBucketMirrorBackToSource: Operation<"GetBucketMirrorBackToSource", GetBucketMirrorBackToSourceError> =
  /*#__PURE__*/ operation("GetBucketMirrorBackToSource", {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "intl/en-us/api-obs/obs_04_0120"
  })

/**
 * Union of the errors that `DeleteBucketMirrorBackToSource` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteBucketMirrorBackToSourceError = CommonError | NoSuchBucket | OefError

/**
 * Deletes the rules by which a bucket fetches objects that it does not have: `DELETE /?mirrorBackToSource`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0121.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteBucketMirrorBackToSource: Operation<
  "DeleteBucketMirrorBackToSource",
  DeleteBucketMirrorBackToSourceError
> = /*#__PURE__*/ operation("DeleteBucketMirrorBackToSource", {
  method: "DELETE",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
  page: "intl/en-us/api-obs/obs_04_0121"
})

/**
 * Union of the errors that `PutDisPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type PutDisPolicyError = CommonError | NoSuchBucket | OefError

/**
 * Sets which events of a bucket go to the Data Ingestion Service: `PUT /?disPolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0139.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const PutDisPolicy: Operation<"PutDisPolicy", PutDisPolicyError> = /*#__PURE__*/ operation("PutDisPolicy", {
  method: "PUT",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
  page: "api-obs/obs_04_0139"
})

/**
 * Union of the errors that `GetDisPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetDisPolicyError = CommonError | NoSuchBucket | OefError

/**
 * Reads which events of a bucket go to the Data Ingestion Service: `GET /?disPolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0140.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetDisPolicy: Operation<"GetDisPolicy", GetDisPolicyError> = /*#__PURE__*/ operation("GetDisPolicy", {
  method: "GET",
  idempotent: true,
  errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
  page: "api-obs/obs_04_0140"
})

/**
 * Union of the errors that `DeleteDisPolicy` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteDisPolicyError = CommonError | NoSuchBucket | OefError

/**
 * Deletes the rules that send events of a bucket to the Data Ingestion Service: `DELETE /?disPolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0141.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteDisPolicy: Operation<"DeleteDisPolicy", DeleteDisPolicyError> = /*#__PURE__*/ operation(
  "DeleteDisPolicy",
  {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0141"
  }
)

/**
 * Union of the errors that `CreateWorkflowTrigger` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type CreateWorkflowTriggerError = CommonError | NoSuchBucket | OefError

/**
 * Sets which events of a bucket start workflows: `PUT /?obsworkflowtriggerpolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0135.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const CreateWorkflowTrigger: Operation<"CreateWorkflowTrigger", CreateWorkflowTriggerError> =
  /*#__PURE__*/ operation("CreateWorkflowTrigger", {
    method: "PUT",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0135"
  })

/**
 * Union of the errors that `GetWorkflowTrigger` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type GetWorkflowTriggerError = CommonError | NoSuchBucket | OefError

/**
 * Reads which events of a bucket start workflows: `GET /?obsworkflowtriggerpolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0136.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const GetWorkflowTrigger: Operation<"GetWorkflowTrigger", GetWorkflowTriggerError> = /*#__PURE__*/ operation(
  "GetWorkflowTrigger",
  {
    method: "GET",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0136"
  }
)

/**
 * Union of the errors that `DeleteWorkflowTrigger` is documented to fail with.
 *
 * @category errors
 * @since 0.2.0
 */
export type DeleteWorkflowTriggerError = CommonError | NoSuchBucket | OefError

/**
 * Deletes the rules by which events of a bucket start workflows: `DELETE /?obsworkflowtriggerpolicy`.
 *
 * @see https://support.huaweicloud.com/api-obs/obs_04_0137.html
 * @category bucket configuration
 * @since 0.2.0
 */
export const DeleteWorkflowTrigger: Operation<"DeleteWorkflowTrigger", DeleteWorkflowTriggerError> =
  /*#__PURE__*/ operation("DeleteWorkflowTrigger", {
    method: "DELETE",
    idempotent: true,
    errors: /*#__PURE__*/ union(CommonError, NoSuchBucket, OefError),
    page: "api-obs/obs_04_0137"
  })
