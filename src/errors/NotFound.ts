/**
 * The errors that OBS documents with status 404 (Not Found).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { text } from "../internal/failure/field.js"

/**
 * `404 AccessLabelNotFound`: No access label has this name.
 *
 * **Solution**: Name an access label that exists.
 *
 * No page of the service names this code: the OBS SDK for C handles it.
 *
 * @category 404 Not Found
 * @since 0.3.0
 */
export class AccessLabelNotFound
  extends /*#__PURE__*/ errorClass<AccessLabelNotFound>()("AccessLabelNotFound", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No access label has this name.",
    solution: "Name an access label that exists."
  }) {}

/**
 * `404 NoSuchBucket`: The specified bucket does not exist.
 *
 * **Solution**: Create a bucket and perform the operation again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0020.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchBucket
  extends /*#__PURE__*/ errorClass<NoSuchBucket>()(
    "NoSuchBucket",
    {
      status: 404,
      category: "NotFound",
      retry: "never",
      description: "The specified bucket does not exist.",
      solution: "Create a bucket and perform the operation again."
    },
    {
      /** The name of the bucket that was not found. */
      bucketName: text
    }
  ) {}

/**
 * `404 NoSuchBucketAlias`: There is no bucket alias of this name.
 *
 * **Solution**: Use the name of an alias that exists.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0021.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchBucketAlias
  extends /*#__PURE__*/ errorClass<NoSuchBucketAlias>()("NoSuchBucketAlias", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "There is no bucket alias of this name.",
    solution: "Use the name of an alias that exists."
  }) {}

/**
 * `404 NoSuchBucketPolicy`: No bucket policy exists.
 *
 * **Solution**: Configure a bucket policy.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0022.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchBucketPolicy
  extends /*#__PURE__*/ errorClass<NoSuchBucketPolicy>()("NoSuchBucketPolicy", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No bucket policy exists.",
    solution: "Configure a bucket policy."
  }) {}

/**
 * `404 NoSuchCORSConfiguration`: No CORS configuration exists.
 *
 * **Solution**: Configure CORS first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0023.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchCORSConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchCORSConfiguration>()("NoSuchCORSConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No CORS configuration exists.",
    solution: "Configure CORS first."
  }) {}

/**
 * `404 NoSuchCustomDomain`: The requested custom domain does not exist.
 *
 * **Solution**: Set a custom domain first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0024.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchCustomDomain
  extends /*#__PURE__*/ errorClass<NoSuchCustomDomain>()("NoSuchCustomDomain", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The requested custom domain does not exist.",
    solution: "Set a custom domain first."
  }) {}

/**
 * `404 NoSuchEncryptionConfiguration`: No encryption is configured for the bucket.
 *
 * **Solution**: Configure the encryption of the bucket first.
 *
 * @see the error responses of GetBucketEncryption
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchEncryptionConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchEncryptionConfiguration>()("NoSuchEncryptionConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No encryption is configured for the bucket.",
    solution: "Configure the encryption of the bucket first."
  }) {}

/**
 * `404 NoSuchInventoryConfiguration`: The bucket has no inventory with this ID.
 *
 * **Solution**: Configure the inventory first, or use the ID of one that exists.
 *
 * @see the error responses of GetBucketInventory
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchInventoryConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchInventoryConfiguration>()("NoSuchInventoryConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The bucket has no inventory with this ID.",
    solution: "Configure the inventory first, or use the ID of one that exists."
  }) {}

/**
 * `404 NoSuchKey`: The specified key does not exist.
 *
 * **Solution**: Upload an object first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0025.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchKey
  extends /*#__PURE__*/ errorClass<NoSuchKey>()(
    "NoSuchKey",
    {
      status: 404,
      category: "NotFound",
      retry: "never",
      description: "The specified key does not exist.",
      solution: "Upload an object first."
    },
    {
      /** The key of the object that was not found. */
      key: text
    }
  ) {}

/**
 * `404 NoSuchLifecycleConfiguration`: The requested lifecycle rule does not exist.
 *
 * **Solution**: Configure a lifecycle rule first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0019.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchLifecycleConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchLifecycleConfiguration>()("NoSuchLifecycleConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The requested lifecycle rule does not exist.",
    solution: "Configure a lifecycle rule first."
  }) {}

/**
 * `404 NoSuchPolicy`: There is no policy of this name.
 *
 * **Solution**: Create the policy first.
 *
 * @see the S3-compatible API's table of error codes
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchPolicy
  extends /*#__PURE__*/ errorClass<NoSuchPolicy>()("NoSuchPolicy", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "There is no policy of this name.",
    solution: "Create the policy first."
  }) {}

/**
 * `404 NoSuchReplicationConfiguration`: No cross-region replication is configured for the bucket.
 *
 * **Solution**: Configure the replication first.
 *
 * @see the error responses of GetBucketReplication
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchReplicationConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchReplicationConfiguration>()("NoSuchReplicationConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "No cross-region replication is configured for the bucket.",
    solution: "Configure the replication first."
  }) {}

/**
 * `404 NoSuchTagSet`: The bucket or the object has no tags.
 *
 * **Solution**: Add tags first.
 *
 * @see the error responses of GetBucketTagging and GetObjectTagging
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchTagSet
  extends /*#__PURE__*/ errorClass<NoSuchTagSet>()("NoSuchTagSet", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The bucket or the object has no tags.",
    solution: "Add tags first."
  }) {}

/**
 * `404 NoSuchTrashConfiguration`: The bucket has no trash configuration.
 *
 * **Solution**: Configure a trash for the bucket first.
 *
 * No page of the service names this code: the OBS SDK for C handles it.
 *
 * @category 404 Not Found
 * @since 0.3.0
 */
export class NoSuchTrashConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchTrashConfiguration>()("NoSuchTrashConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The bucket has no trash configuration.",
    solution: "Configure a trash for the bucket first."
  }) {}

/**
 * `404 NoSuchUpload`: The specified multipart upload does not exist. The upload ID does not exist or the multipart
 * upload has been aborted or completed.
 *
 * **Solution**: Use the existing part or reinitialize the part.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0026.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchUpload
  extends /*#__PURE__*/ errorClass<NoSuchUpload>({
    solution: () => "Use the ID of an upload that is in progress, or initiate a new one."
  })("NoSuchUpload", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description:
      "The specified multipart upload does not exist. The upload ID does not exist or the multipart upload has been aborted or completed.",
    solution: "Use the existing part or reinitialize the part."
  }) {}

/**
 * `404 NoSuchVersion`: The specified version ID does not match any existing version.
 *
 * **Solution**: Use a correct version ID.
 *
 * Also documented with status 400, for PutObjectRetention.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0027.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchVersion
  extends /*#__PURE__*/ errorClass<NoSuchVersion>()("NoSuchVersion", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The specified version ID does not match any existing version.",
    solution: "Use a correct version ID."
  }) {}

/**
 * `404 NoSuchWebsiteConfiguration`: The requested website does not exist.
 *
 * **Solution**: Configure the website first.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0028.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NoSuchWebsiteConfiguration
  extends /*#__PURE__*/ errorClass<NoSuchWebsiteConfiguration>()("NoSuchWebsiteConfiguration", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The requested website does not exist.",
    solution: "Configure the website first."
  }) {}

/**
 * `404 NotSuchBucketPolicy`: The bucket has no policy.
 *
 * **Solution**: Configure a bucket policy first.
 *
 * The S3-compatible API spells `NoSuchBucketPolicy` this way.
 *
 * @see the S3-compatible API's table of error codes
 * @category 404 Not Found
 * @since 0.1.0
 */
export class NotSuchBucketPolicy
  extends /*#__PURE__*/ errorClass<NotSuchBucketPolicy>()("NotSuchBucketPolicy", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The bucket has no policy.",
    solution: "Configure a bucket policy first."
  }) {}

/**
 * `404 SymlinkTargetNotExist`: The object that the symbolic link points to does not exist.
 *
 * **Solution**: Upload the target object or point the link elsewhere.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0029.html
 * @category 404 Not Found
 * @since 0.1.0
 */
export class SymlinkTargetNotExist
  extends /*#__PURE__*/ errorClass<SymlinkTargetNotExist>()("SymlinkTargetNotExist", {
    status: 404,
    category: "NotFound",
    retry: "never",
    description: "The object that the symbolic link points to does not exist.",
    solution: "Upload the target object or point the link elsewhere."
  }) {}

/**
 * Union of the errors that OBS documents with status 404 (Not Found).
 *
 * Membership goes by the documented status; the service may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type NotFoundError =
  | AccessLabelNotFound
  | NoSuchBucket
  | NoSuchBucketAlias
  | NoSuchBucketPolicy
  | NoSuchCORSConfiguration
  | NoSuchCustomDomain
  | NoSuchEncryptionConfiguration
  | NoSuchInventoryConfiguration
  | NoSuchKey
  | NoSuchLifecycleConfiguration
  | NoSuchPolicy
  | NoSuchReplicationConfiguration
  | NoSuchTagSet
  | NoSuchTrashConfiguration
  | NoSuchUpload
  | NoSuchVersion
  | NoSuchWebsiteConfiguration
  | NotSuchBucketPolicy
  | SymlinkTargetNotExist

/**
 * Schema of `NotFoundError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const NotFoundError: Union<NotFoundError> = /*#__PURE__*/ union(
  AccessLabelNotFound,
  NoSuchBucket,
  NoSuchBucketAlias,
  NoSuchBucketPolicy,
  NoSuchCORSConfiguration,
  NoSuchCustomDomain,
  NoSuchEncryptionConfiguration,
  NoSuchInventoryConfiguration,
  NoSuchKey,
  NoSuchLifecycleConfiguration,
  NoSuchPolicy,
  NoSuchReplicationConfiguration,
  NoSuchTagSet,
  NoSuchTrashConfiguration,
  NoSuchUpload,
  NoSuchVersion,
  NoSuchWebsiteConfiguration,
  NotSuchBucketPolicy,
  SymlinkTargetNotExist
)

/**
 * Returns whether a value is an error that OBS documents with status 404, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isNotFoundError: (u: unknown) => u is NotFoundError = /*#__PURE__*/ guard(NotFoundError)
