/**
 * The errors that OBS documents with status 400 (Bad Request).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { text } from "../internal/failure/field.js"

// The table speaks of the body of the response, which is in the failure
const findParameter = "Correct the parameter that the message or `details` names."

/**
 * `400 AZRedundancyTypeNotSupported`: This redundancy across availability zones is not available.
 *
 * **Solution**: Choose another redundancy or another region.
 *
 * @see the error responses of CreateBucket
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class AZRedundancyTypeNotSupported
  extends /*#__PURE__*/ errorClass<AZRedundancyTypeNotSupported>()("AZRedundancyTypeNotSupported", {
    status: 400,
    category: "Unsupported",
    retry: "never",
    description: "This redundancy across availability zones is not available.",
    solution: "Choose another redundancy or another region."
  }) {}

/**
 * `400 AmbiguousGrantByEmailAddress`: Several accounts have the e-mail address of the grant.
 *
 * **Solution**: Name the account by its ID.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class AmbiguousGrantByEmailAddress
  extends /*#__PURE__*/ errorClass<AmbiguousGrantByEmailAddress>()("AmbiguousGrantByEmailAddress", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "Several accounts have the e-mail address of the grant.",
    solution: "Name the account by its ID."
  }) {}

/**
 * `400 AppendTooLarge`: With the appended data the object would exceed its largest allowed size.
 *
 * **Solution**: Continue in a new object.
 *
 * @see the error responses of AppendObject
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class AppendTooLarge
  extends /*#__PURE__*/ errorClass<AppendTooLarge>()("AppendTooLarge", {
    status: 400,
    category: "Quota",
    retry: "never",
    description: "With the appended data the object would exceed its largest allowed size.",
    solution: "Continue in a new object."
  }) {}

/**
 * `400 AuthorizationHeaderMalformed`: The Authorization header cannot be parsed, or was signed for another region or
 * date than the endpoint expects.
 *
 * **Solution**: Check how the header is written, and the region and date that it is signed for.
 *
 * No page of the service names this code: it belongs to the version 4 signatures of the S3 family, which the service
 * accepts.
 *
 * @category 400 Bad Request
 * @since 0.3.0
 */
export class AuthorizationHeaderMalformed
  extends /*#__PURE__*/ errorClass<AuthorizationHeaderMalformed>()("AuthorizationHeaderMalformed", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description:
      "The Authorization header cannot be parsed, or was signed for another region or date than the endpoint expects.",
    solution: "Check how the header is written, and the region and date that it is signed for."
  }) {}

/**
 * `400 BadAccessLabel`: The access label of the request is not a valid one.
 *
 * **Solution**: Correct the access label.
 *
 * No page of the service names this code: the OBS SDK for C handles it.
 *
 * @category 400 Bad Request
 * @since 0.3.0
 */
export class BadAccessLabel
  extends /*#__PURE__*/ errorClass<BadAccessLabel>()("BadAccessLabel", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The access label of the request is not a valid one.",
    solution: "Correct the access label."
  }) {}

/**
 * `400 BadDigest`: The client-specified value of Content-MD5 does not match the value received by OBS.
 *
 * **Solution**: Check whether the MD5 value carried in the header is the same as that calculated based on the
 * message body.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class BadDigest
  extends /*#__PURE__*/ errorClass<BadDigest>()("BadDigest", {
    status: 400,
    category: "Transfer",
    retry: "never",
    description: "The client-specified value of Content-MD5 does not match the value received by OBS.",
    solution:
      "Check whether the MD5 value carried in the header is the same as that calculated based on the message body."
  }) {}

/**
 * `400 BadDomainName`: The domain name is invalid.
 *
 * **Solution**: Use a valid domain name.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class BadDomainName
  extends /*#__PURE__*/ errorClass<BadDomainName>()("BadDomainName", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The domain name is invalid.",
    solution: "Use a valid domain name."
  }) {}

/**
 * `400 BadRequest`: Invalid request parameters.
 *
 * **Solution**: Modify the parameter based on the error details returned in the message body.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class BadRequest
  extends /*#__PURE__*/ errorClass<BadRequest>({ solution: () => findParameter })("BadRequest", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "Invalid request parameters.",
    solution: "Modify the parameter based on the error details returned in the message body."
  }) {}

/**
 * `400 CredentialsNotSupported`: The request does not accept temporary credentials.
 *
 * **Solution**: Sign the request with permanent credentials.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class CredentialsNotSupported
  extends /*#__PURE__*/ errorClass<CredentialsNotSupported>()("CredentialsNotSupported", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description: "The request does not accept temporary credentials.",
    solution: "Sign the request with permanent credentials."
  }) {}

/**
 * `400 CustomDomainAreadyExist`: The configured domain already exists.
 *
 * **Solution**: The domain has been configured and does not need to be configured again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class CustomDomainAreadyExist
  extends /*#__PURE__*/ errorClass<CustomDomainAreadyExist>()("CustomDomainAreadyExist", {
    status: 400,
    category: "Conflict",
    retry: "never",
    description: "The configured domain already exists.",
    solution: "The domain has been configured and does not need to be configured again."
  }) {}

/**
 * `400 CustomDomainNotExist`: The domain to be deleted does not exist.
 *
 * **Solution**: The domain is not configured or has been deleted. You do not need to delete it.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class CustomDomainNotExist
  extends /*#__PURE__*/ errorClass<CustomDomainNotExist>()("CustomDomainNotExist", {
    status: 400,
    category: "NotFound",
    retry: "never",
    description: "The domain to be deleted does not exist.",
    solution: "The domain is not configured or has been deleted. You do not need to delete it."
  }) {}

/**
 * `400 EntityTooLarge`: The size of the object uploaded using the POST method exceeds the upper limit.
 *
 * **Solution**: Modify the conditions specified in the upload policy or reduce the object size.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class EntityTooLarge
  extends /*#__PURE__*/ errorClass<EntityTooLarge>()("EntityTooLarge", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The size of the object uploaded using the POST method exceeds the upper limit.",
    solution: "Modify the conditions specified in the upload policy or reduce the object size."
  }) {}

/**
 * `400 EntityTooSmall`: The size of the object uploaded using the POST method does not reach the lower limit.
 *
 * **Solution**: Modify the conditions specified in the upload policy or increase the object size.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class EntityTooSmall
  extends /*#__PURE__*/ errorClass<EntityTooSmall>()("EntityTooSmall", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The size of the object uploaded using the POST method does not reach the lower limit.",
    solution: "Modify the conditions specified in the upload policy or increase the object size."
  }) {}

/**
 * `400 ExpiredToken`: The temporary credentials have expired, and with them their security token.
 *
 * **Solution**: Get new temporary credentials, and sign the request with them.
 *
 * No page of the service names this code: the OBS SDK for C handles it.
 *
 * @category 400 Bad Request
 * @since 0.3.0
 */
export class ExpiredToken
  extends /*#__PURE__*/ errorClass<ExpiredToken>()("ExpiredToken", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description: "The temporary credentials have expired, and with them their security token.",
    solution: "Get new temporary credentials, and sign the request with them."
  }) {}

/**
 * `400 FileGatewayBucket`: A parallel file system cannot have bucket inventories.
 *
 * **Solution**: Configure the inventory on an object bucket.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class FileGatewayBucket
  extends /*#__PURE__*/ errorClass<FileGatewayBucket>()("FileGatewayBucket", {
    status: 400,
    category: "Unsupported",
    retry: "never",
    description: "A parallel file system cannot have bucket inventories.",
    solution: "Configure the inventory on an object bucket."
  }) {}

/**
 * `400 ForbidAnonReqOverwriteRespHead`: An anonymous download may not override response headers.
 *
 * **Solution**: Remove the response-* parameters or sign the request.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class ForbidAnonReqOverwriteRespHead
  extends /*#__PURE__*/ errorClass<ForbidAnonReqOverwriteRespHead>()("ForbidAnonReqOverwriteRespHead", {
    status: 400,
    category: "Permission",
    retry: "never",
    description: "An anonymous download may not override response headers.",
    solution: "Remove the response-* parameters or sign the request."
  }) {}

/**
 * `400 IllegalLocationConstraintException`: A request without Location is sent for creating a bucket in a
 * non-default region.
 *
 * **Solution**: Send the bucket creation request to the default region, or send the request with the Location of
 * the non-default region.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class IllegalLocationConstraintException
  extends /*#__PURE__*/ errorClass<IllegalLocationConstraintException>()("IllegalLocationConstraintException", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A request without Location is sent for creating a bucket in a non-default region.",
    solution:
      "Send the bucket creation request to the default region, or send the request with the Location of the non-default region."
  }) {}

/**
 * `400 IllegalVersioningConfigurationException`: The versioning configuration is not valid.
 *
 * **Solution**: Correct the configuration and try again.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class IllegalVersioningConfigurationException
  extends /*#__PURE__*/ errorClass<IllegalVersioningConfigurationException>()(
    "IllegalVersioningConfigurationException",
    {
      status: 400,
      category: "Validation",
      retry: "never",
      description: "The versioning configuration is not valid.",
      solution: "Correct the configuration and try again."
    }
  ) {}

/**
 * `400 IncompleteBody`: The request body received is incomplete due to network or other problems.
 *
 * **Solution**: Upload the object again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class IncompleteBody
  extends /*#__PURE__*/ errorClass<IncompleteBody>()("IncompleteBody", {
    status: 400,
    category: "Transfer",
    retry: "transient",
    description: "The request body received is incomplete due to network or other problems.",
    solution: "Upload the object again."
  }) {}

/**
 * `400 IncorrectNumberOfFilesInPostRequest`: Each POST request must contain a file to be uploaded.
 *
 * **Solution**: Carry a file to be uploaded.
 *
 * Also spelled `IncorrectNumberOfFilesInPost Request`.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class IncorrectNumberOfFilesInPostRequest
  extends /*#__PURE__*/ errorClass<IncorrectNumberOfFilesInPostRequest>()("IncorrectNumberOfFilesInPostRequest", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "Each POST request must contain a file to be uploaded.",
    solution: "Carry a file to be uploaded."
  }) {}

/**
 * `400 InlineDataTooLarge`: The inline data exceed the largest allowed size.
 *
 * **Solution**: Send less inline data.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InlineDataTooLarge
  extends /*#__PURE__*/ errorClass<InlineDataTooLarge>()("InlineDataTooLarge", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The inline data exceed the largest allowed size.",
    solution: "Send less inline data."
  }) {}

/**
 * `400 InvalidArgument`: Invalid parameter.
 *
 * **Solution**: Modify the parameter based on the error details returned in the message body.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidArgument
  extends /*#__PURE__*/ errorClass<InvalidArgument>({ solution: () => findParameter })(
    "InvalidArgument",
    {
      status: 400,
      category: "Validation",
      retry: "never",
      description: "Invalid parameter.",
      solution: "Modify the parameter based on the error details returned in the message body."
    },
    {
      /** The name of the invalid parameter or header. */
      argumentName: text,
      /** The value that was sent for it. */
      argumentValue: text
    }
  ) {}

/**
 * `400 InvalidBucket`: The bucket to be accessed does not exist.
 *
 * **Solution**: Try another bucket name.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidBucket
  extends /*#__PURE__*/ errorClass<InvalidBucket>()("InvalidBucket", {
    status: 400,
    category: "NotFound",
    retry: "never",
    description: "The bucket to be accessed does not exist.",
    solution: "Try another bucket name."
  }) {}

/**
 * `400 InvalidBucketName`: The bucket name specified in the request is invalid because it has exceeded the maximum
 * allowed length or contains special characters that are not allowed.
 *
 * **Solution**: Try another bucket name.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidBucketName
  extends /*#__PURE__*/ errorClass<InvalidBucketName>()("InvalidBucketName", {
    status: 400,
    category: "Validation",
    retry: "never",
    description:
      "The bucket name specified in the request is invalid because it has exceeded the maximum allowed length or contains special characters that are not allowed.",
    solution: "Try another bucket name."
  }) {}

/**
 * `400 InvalidBucketStoragePolicy`: The new storage policy of the bucket is not valid.
 *
 * **Solution**: Use a storage policy that exists.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidBucketStoragePolicy
  extends /*#__PURE__*/ errorClass<InvalidBucketStoragePolicy>()("InvalidBucketStoragePolicy", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The new storage policy of the bucket is not valid.",
    solution: "Use a storage policy that exists."
  }) {}

/**
 * `400 InvalidContentLength`: The value of Content-Length is not usable.
 *
 * **Solution**: Send the exact length of the body in Content-Length.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidContentLength
  extends /*#__PURE__*/ errorClass<InvalidContentLength>()("InvalidContentLength", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The value of Content-Length is not usable.",
    solution: "Send the exact length of the body in Content-Length."
  }) {}

/**
 * `400 InvalidDefaultStorageClass`: The default storage class does not exist or is not available in this region.
 *
 * **Solution**: Choose a storage class that the region offers.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidDefaultStorageClass
  extends /*#__PURE__*/ errorClass<InvalidDefaultStorageClass>()("InvalidDefaultStorageClass", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The default storage class does not exist or is not available in this region.",
    solution: "Choose a storage class that the region offers."
  }) {}

/**
 * `400 InvalidDigest`: The value of Content-MD5 is not a digest.
 *
 * **Solution**: Send the base64 of the 16-byte MD5 of the body.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidDigest
  extends /*#__PURE__*/ errorClass<InvalidDigest>()("InvalidDigest", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The value of Content-MD5 is not a digest.",
    solution: "Send the base64 of the 16-byte MD5 of the body."
  }) {}

/**
 * `400 InvalidEncryptionAlgorithmError`: Incorrect encryption algorithm. The object cannot be decrypted due to
 * incorrect encryption header carried when downloading the SSE-C encrypted object.
 *
 * **Solution**: Carry the correct encryption header when downloading the object.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidEncryptionAlgorithmError
  extends /*#__PURE__*/ errorClass<InvalidEncryptionAlgorithmError>()("InvalidEncryptionAlgorithmError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description:
      "Incorrect encryption algorithm. The object cannot be decrypted due to incorrect encryption header carried when downloading the SSE-C encrypted object.",
    solution: "Carry the correct encryption header when downloading the object."
  }) {}

/**
 * `400 InvalidLocationConstraint`: The specified Location in the bucket creation request is invalid or does not
 * exist.
 *
 * **Solution**: Specify the correct Location in the bucket creation request.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidLocationConstraint
  extends /*#__PURE__*/ errorClass<InvalidLocationConstraint>()("InvalidLocationConstraint", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The specified Location in the bucket creation request is invalid or does not exist.",
    solution: "Specify the correct Location in the bucket creation request."
  }) {}

/**
 * `400 InvalidPart`: One or more specified parts are not found. The parts may not be uploaded or the specified
 * entity tags do not match those of the parts.
 *
 * **Solution**: Specify the correct parts and entity tags.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidPart
  extends /*#__PURE__*/ errorClass<InvalidPart>()("InvalidPart", {
    status: 400,
    category: "NotFound",
    retry: "never",
    description:
      "One or more specified parts are not found. The parts may not be uploaded or the specified entity tags do not match those of the parts.",
    solution: "Specify the correct parts and entity tags."
  }) {}

/**
 * `400 InvalidPartOrder`: Parts are not listed in ascending order by part number.
 *
 * **Solution**: Sort the parts in ascending order and assemble them again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidPartOrder
  extends /*#__PURE__*/ errorClass<InvalidPartOrder>()("InvalidPartOrder", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "Parts are not listed in ascending order by part number.",
    solution: "Sort the parts in ascending order and assemble them again."
  }) {}

/**
 * `400 InvalidPolicyDocument`: The content of the form does not meet the conditions specified in the policy
 * document.
 *
 * **Solution**: Modify the policy in the form based on the error details in the message body and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidPolicyDocument
  extends /*#__PURE__*/ errorClass<InvalidPolicyDocument>()("InvalidPolicyDocument", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The content of the form does not meet the conditions specified in the policy document.",
    solution: "Modify the policy in the form based on the error details in the message body and try again."
  }) {}

/**
 * `400 InvalidRedirectLocation`: Invalid redirection address.
 *
 * **Solution**: Specify the correct address.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidRedirectLocation
  extends /*#__PURE__*/ errorClass<InvalidRedirectLocation>()("InvalidRedirectLocation", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "Invalid redirection address.",
    solution: "Specify the correct address."
  }) {}

/**
 * `400 InvalidRequest`: Invalid request.
 *
 * **Solution**: Modify the parameter based on the error details returned in the message body.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidRequest
  extends /*#__PURE__*/ errorClass<InvalidRequest>({ solution: () => findParameter })("InvalidRequest", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "Invalid request.",
    solution: "Modify the parameter based on the error details returned in the message body."
  }) {}

/**
 * `400 InvalidRequestBody`: The request body is invalid. The request requires a message body but no message body
 * is included.
 *
 * **Solution**: Upload the message body in the correct format.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidRequestBody
  extends /*#__PURE__*/ errorClass<InvalidRequestBody>()("InvalidRequestBody", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The request body is invalid. The request requires a message body but no message body is included.",
    solution: "Upload the message body in the correct format."
  }) {}

/**
 * `400 InvalidStorageClass`: There is no such storage class.
 *
 * **Solution**: Use a storage class that exists.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidStorageClass
  extends /*#__PURE__*/ errorClass<InvalidStorageClass>()("InvalidStorageClass", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "There is no such storage class.",
    solution: "Use a storage class that exists."
  }) {}

/**
 * `400 InvalidTag`: One of the object tags is not valid.
 *
 * **Solution**: Correct the tag and try again.
 *
 * @see the error responses of PutObjectTagging and PutBucketTagging
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidTag
  extends /*#__PURE__*/ errorClass<InvalidTag>()("InvalidTag", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "One of the object tags is not valid.",
    solution: "Correct the tag and try again."
  }) {}

/**
 * `400 InvalidTagError`: One of the bucket tags is not valid.
 *
 * **Solution**: Correct the tag and try again.
 *
 * @see the error responses of PutBucketTagging
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidTagError
  extends /*#__PURE__*/ errorClass<InvalidTagError>()("InvalidTagError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "One of the bucket tags is not valid.",
    solution: "Correct the tag and try again."
  }) {}

/**
 * `400 InvalidTargetBucketForLogging`: The delivery group has no ACL permission for the target bucket.
 *
 * **Solution**: Configure the target bucket ACL and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidTargetBucketForLogging
  extends /*#__PURE__*/ errorClass<InvalidTargetBucketForLogging>()("InvalidTargetBucketForLogging", {
    status: 400,
    category: "Permission",
    retry: "never",
    description: "The delivery group has no ACL permission for the target bucket.",
    solution: "Configure the target bucket ACL and try again."
  }) {}

/**
 * `400 InvalidToken`: The security token is malformed, or not one that this service issued.
 *
 * **Solution**: Send the security token that belongs to the access key.
 *
 * No page of the service names this code: the OBS SDK for C handles it.
 *
 * @category 400 Bad Request
 * @since 0.3.0
 */
export class InvalidToken
  extends /*#__PURE__*/ errorClass<InvalidToken>()("InvalidToken", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description: "The security token is malformed, or not one that this service issued.",
    solution: "Send the security token that belongs to the access key."
  }) {}

/**
 * `400 InvalidURI`: The URI of the request cannot be parsed.
 *
 * **Solution**: Encode the URI correctly.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InvalidURI
  extends /*#__PURE__*/ errorClass<InvalidURI>()("InvalidURI", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The URI of the request cannot be parsed.",
    solution: "Encode the URI correctly."
  }) {}

/**
 * `400 InventoryCountOverLimit`: The bucket already has as many inventories as it may have.
 *
 * **Solution**: Delete an inventory before you add another.
 *
 * @see the error responses of PutBucketInventory
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class InventoryCountOverLimit
  extends /*#__PURE__*/ errorClass<InventoryCountOverLimit>()("InventoryCountOverLimit", {
    status: 400,
    category: "Quota",
    retry: "never",
    description: "The bucket already has as many inventories as it may have.",
    solution: "Delete an inventory before you add another."
  }) {}

/**
 * `400 KeyTooLong`: The key of the object is too long.
 *
 * **Solution**: Shorten the key.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class KeyTooLong
  extends /*#__PURE__*/ errorClass<KeyTooLong>()("KeyTooLong", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The key of the object is too long.",
    solution: "Shorten the key."
  }) {}

/**
 * `400 KeyTooLongError`: The provided key is too long.
 *
 * **Solution**: Use a shorter key.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class KeyTooLongError
  extends /*#__PURE__*/ errorClass<KeyTooLongError>()("KeyTooLongError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The provided key is too long.",
    solution: "Use a shorter key."
  }) {}

/**
 * `400 KMS.DisabledException`: The master key is disabled in SSE-KMS.
 *
 * **Solution**: Replace the key and try again, or contact the technical support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class KmsDisabledException
  extends /*#__PURE__*/ errorClass<KmsDisabledException>()("KMS.DisabledException", {
    status: 400,
    category: "Conflict",
    retry: "never",
    description: "The master key is disabled in SSE-KMS.",
    solution: "Replace the key and try again, or contact the technical support."
  }) {}

/**
 * `400 KMS.NotFoundException`: The master key does not exist in SSE-KMS.
 *
 * **Solution**: Retry with the correct master key.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class KmsNotFoundException
  extends /*#__PURE__*/ errorClass<KmsNotFoundException>()("KMS.NotFoundException", {
    status: 400,
    category: "NotFound",
    retry: "never",
    description: "The master key does not exist in SSE-KMS.",
    solution: "Retry with the correct master key."
  }) {}

/**
 * `400 MalformedACLError`: The provided XML file has syntax errors or does not meet the format requirements.
 *
 * **Solution**: Use the correct XML format and retry.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedACLError
  extends /*#__PURE__*/ errorClass<MalformedACLError>()("MalformedACLError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The provided XML file has syntax errors or does not meet the format requirements.",
    solution: "Use the correct XML format and retry."
  }) {}

/**
 * `400 MalformedError`: The XML format in the request is incorrect.
 *
 * **Solution**: Use the correct XML format and retry.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedError
  extends /*#__PURE__*/ errorClass<MalformedError>()("MalformedError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The XML format in the request is incorrect.",
    solution: "Use the correct XML format and retry."
  }) {}

/**
 * `400 MalformedLoggingStatus`: The XML format of Logging is incorrect.
 *
 * **Solution**: Use the correct XML format and retry.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedLoggingStatus
  extends /*#__PURE__*/ errorClass<MalformedLoggingStatus>()("MalformedLoggingStatus", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The XML format of Logging is incorrect.",
    solution: "Use the correct XML format and retry."
  }) {}

/**
 * `400 MalformedObjectLockError`: The XML with the WORM retention is malformed.
 *
 * **Solution**: Correct the XML and try again.
 *
 * @see the error responses of PutObjectRetention
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedObjectLockError
  extends /*#__PURE__*/ errorClass<MalformedObjectLockError>()("MalformedObjectLockError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The XML with the WORM retention is malformed.",
    solution: "Correct the XML and try again."
  }) {}

/**
 * `400 MalformedPOSTRequest`: The body of the POST request is not well-formed multipart/form-data.
 *
 * **Solution**: Correct the form and try again.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedPOSTRequest
  extends /*#__PURE__*/ errorClass<MalformedPOSTRequest>()("MalformedPOSTRequest", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The body of the POST request is not well-formed multipart/form-data.",
    solution: "Correct the form and try again."
  }) {}

/**
 * `400 MalformedPolicy`: The bucket policy fails the check.
 *
 * **Solution**: Modify the bucket policy based on the error details returned in the message body.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedPolicy
  extends /*#__PURE__*/ errorClass<MalformedPolicy>()("MalformedPolicy", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The bucket policy fails the check.",
    solution: "Modify the bucket policy based on the error details returned in the message body."
  }) {}

/**
 * `400 MalformedQuotaError`: The Quota XML format is incorrect.
 *
 * **Solution**: Use the correct XML format and retry.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedQuotaError
  extends /*#__PURE__*/ errorClass<MalformedQuotaError>()("MalformedQuotaError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The Quota XML format is incorrect.",
    solution: "Use the correct XML format and retry."
  }) {}

/**
 * `400 MalformedXML`: A configuration item is in the wrong XML format.
 *
 * **Solution**: Use the correct XML format and retry.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedXML
  extends /*#__PURE__*/ errorClass<MalformedXML>()("MalformedXML", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A configuration item is in the wrong XML format.",
    solution: "Use the correct XML format and retry."
  }) {}

/**
 * `400 MalformedXMLError`: The XML with the bucket tags is malformed.
 *
 * **Solution**: Correct the XML and try again.
 *
 * @see the error responses of PutBucketTagging
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MalformedXMLError
  extends /*#__PURE__*/ errorClass<MalformedXMLError>()("MalformedXMLError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The XML with the bucket tags is malformed.",
    solution: "Correct the XML and try again."
  }) {}

/**
 * `400 MaxMessageLengthExceeded`: A message body is carried in the request for copying an object.
 *
 * **Solution**: Remove the message body and retry.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MaxMessageLengthExceeded
  extends /*#__PURE__*/ errorClass<MaxMessageLengthExceeded>()("MaxMessageLengthExceeded", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A message body is carried in the request for copying an object.",
    solution: "Remove the message body and retry."
  }) {}

/**
 * `400 MaxPostPreDataLengthExceededError`: The form fields in front of the file are too large.
 *
 * **Solution**: Send fewer or shorter fields before the file.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MaxPostPreDataLengthExceededError
  extends /*#__PURE__*/ errorClass<MaxPostPreDataLengthExceededError>()("MaxPostPreDataLengthExceededError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The form fields in front of the file are too large.",
    solution: "Send fewer or shorter fields before the file."
  }) {}

/**
 * `400 MetadataTooLarge`: The size of the metadata header exceeds the upper limit.
 *
 * **Solution**: Reduce the size of the metadata header.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MetadataTooLarge
  extends /*#__PURE__*/ errorClass<MetadataTooLarge>()("MetadataTooLarge", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The size of the metadata header exceeds the upper limit.",
    solution: "Reduce the size of the metadata header."
  }) {}

/**
 * `400 MissingRegion`: The region information is missing in the request, and no default region is defined in the
 * system.
 *
 * **Solution**: Carry the region information in the request.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MissingRegion
  extends /*#__PURE__*/ errorClass<MissingRegion>()("MissingRegion", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The region information is missing in the request, and no default region is defined in the system.",
    solution: "Carry the region information in the request."
  }) {}

/**
 * `400 MissingRequestBodyError`: An empty XML file is sent in a request.
 *
 * **Solution**: Provide the correct XML file.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MissingRequestBodyError
  extends /*#__PURE__*/ errorClass<MissingRequestBodyError>()("MissingRequestBodyError", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "An empty XML file is sent in a request.",
    solution: "Provide the correct XML file."
  }) {}

/**
 * `400 MissingRequiredHeader`: A required header is missing in the request.
 *
 * **Solution**: Provide required headers.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MissingRequiredHeader
  extends /*#__PURE__*/ errorClass<MissingRequiredHeader>()("MissingRequiredHeader", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A required header is missing in the request.",
    solution: "Provide required headers."
  }) {}

/**
 * `400 MissingSecurityHeader`: A required header is missing in the request.
 *
 * **Solution**: Provide required headers.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MissingSecurityHeader
  extends /*#__PURE__*/ errorClass<MissingSecurityHeader>()("MissingSecurityHeader", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description: "A required header is missing in the request.",
    solution: "Provide required headers."
  }) {}

/**
 * `400 MultipleContentLengths`: The request has more than one Content-Length header.
 *
 * **Solution**: Send Content-Length only once.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class MultipleContentLengths
  extends /*#__PURE__*/ errorClass<MultipleContentLengths>()("MultipleContentLengths", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "The request has more than one Content-Length header.",
    solution: "Send Content-Length only once."
  }) {}

/**
 * `400 OperationNotSupported`: Objects in a bucket with cross-region replication cannot be appended to.
 *
 * **Solution**: Append in a bucket that is not replicated.
 *
 * @see the error responses of AppendObject
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class OperationNotSupported
  extends /*#__PURE__*/ errorClass<OperationNotSupported>()("OperationNotSupported", {
    status: 400,
    category: "Unsupported",
    retry: "never",
    description: "Objects in a bucket with cross-region replication cannot be appended to.",
    solution: "Append in a bucket that is not replicated."
  }) {}

/**
 * `400 PrefixExistInclusionRelationship`: The prefix of the inventory overlaps with that of another one.
 *
 * **Solution**: Choose prefixes that do not contain each other.
 *
 * @see the error responses of PutBucketInventory
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class PrefixExistInclusionRelationship
  extends /*#__PURE__*/ errorClass<PrefixExistInclusionRelationship>()("PrefixExistInclusionRelationship", {
    status: 400,
    category: "Conflict",
    retry: "never",
    description: "The prefix of the inventory overlaps with that of another one.",
    solution: "Choose prefixes that do not contain each other."
  }) {}

/**
 * `400 RequestIsNotMultiPartContent`: A POST to a bucket must carry multipart/form-data.
 *
 * **Solution**: Send the form as multipart/form-data.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class RequestIsNotMultiPartContent
  extends /*#__PURE__*/ errorClass<RequestIsNotMultiPartContent>()("RequestIsNotMultiPartContent", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "A POST to a bucket must carry multipart/form-data.",
    solution: "Send the form as multipart/form-data."
  }) {}

/**
 * `400 RequestTorrentOfBucketError`: There are no torrent files of buckets.
 *
 * **Solution**: Ask for the torrent file of an object.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class RequestTorrentOfBucketError
  extends /*#__PURE__*/ errorClass<RequestTorrentOfBucketError>()("RequestTorrentOfBucketError", {
    status: 400,
    category: "Unsupported",
    retry: "never",
    description: "There are no torrent files of buckets.",
    solution: "Ask for the torrent file of an object."
  }) {}

/**
 * `400 TokenRefreshRequired`: The security token must be renewed before the service accepts the request.
 *
 * **Solution**: Get new temporary credentials, and sign the request with them.
 *
 * No page of the service names this code: the OBS SDK for C handles it.
 *
 * @category 400 Bad Request
 * @since 0.3.0
 */
export class TokenRefreshRequired
  extends /*#__PURE__*/ errorClass<TokenRefreshRequired>()("TokenRefreshRequired", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description: "The security token must be renewed before the service accepts the request.",
    solution: "Get new temporary credentials, and sign the request with them."
  }) {}

/**
 * `400 TooManyBuckets`: You have attempted to create more buckets than allowed.
 *
 * **Solution**: Delete some buckets and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class TooManyBuckets
  extends /*#__PURE__*/ errorClass<TooManyBuckets>()("TooManyBuckets", {
    status: 400,
    category: "Quota",
    retry: "never",
    description: "You have attempted to create more buckets than allowed.",
    solution: "Delete some buckets and try again."
  }) {}

/**
 * `400 TooManyCustomDomains`: The number of user domains exceeds the upper limit.
 *
 * **Solution**: Delete some user domains and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class TooManyCustomDomains
  extends /*#__PURE__*/ errorClass<TooManyCustomDomains>()("TooManyCustomDomains", {
    status: 400,
    category: "Quota",
    retry: "never",
    description: "The number of user domains exceeds the upper limit.",
    solution: "Delete some user domains and try again."
  }) {}

/**
 * `400 TooManyObjectCopied`: The object has been copied too many times.
 *
 * **Solution**: Copy from another object.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class TooManyObjectCopied
  extends /*#__PURE__*/ errorClass<TooManyObjectCopied>()("TooManyObjectCopied", {
    status: 400,
    category: "Quota",
    retry: "never",
    description: "The object has been copied too many times.",
    solution: "Copy from another object."
  }) {}

/**
 * `400 TooManyWrongSignature`: The request is rejected due to too many signature errors.
 *
 * **Solution**: Use the correct AK and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class TooManyWrongSignature
  extends /*#__PURE__*/ errorClass<TooManyWrongSignature>()("TooManyWrongSignature", {
    status: 400,
    category: "Authentication",
    retry: "never",
    description: "The request is rejected due to too many signature errors.",
    solution: "Use the correct AK and try again."
  }) {}

/**
 * `400 UnexpectedContent`: The request requires a message body, which is not carried by the client. Or the request
 * does not require a message body but the client carried one.
 *
 * **Solution**: Try again according to the instruction.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class UnexpectedContent
  extends /*#__PURE__*/ errorClass<UnexpectedContent>({
    solution: () => "Send the body that the operation requires, or none where it takes none."
  })("UnexpectedContent", {
    status: 400,
    category: "Validation",
    retry: "never",
    description:
      "The request requires a message body, which is not carried by the client. Or the request does not require a message body but the client carried one.",
    solution: "Try again according to the instruction."
  }) {}

/**
 * `400 UnresolvableGrantByEmailAddress`: No account has the e-mail address of the grant.
 *
 * **Solution**: Name the account by its ID.
 *
 * @see the S3-compatible API's table of error codes
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class UnresolvableGrantByEmailAddress
  extends /*#__PURE__*/ errorClass<UnresolvableGrantByEmailAddress>()("UnresolvableGrantByEmailAddress", {
    status: 400,
    category: "Validation",
    retry: "never",
    description: "No account has the e-mail address of the grant.",
    solution: "Name the account by its ID."
  }) {}

/**
 * `400 UserKeyMustBeSpecified`: This operation is only available to some users.
 *
 * **Solution**: Contact the technical support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 400 Bad Request
 * @since 0.1.0
 */
export class UserKeyMustBeSpecified
  extends /*#__PURE__*/ errorClass<UserKeyMustBeSpecified>()("UserKeyMustBeSpecified", {
    status: 400,
    category: "Permission",
    retry: "never",
    description: "This operation is only available to some users.",
    solution: "Contact the technical support."
  }) {}

/**
 * `400 XAmzContentSHA256Mismatch`: The body does not match the hash in x-amz-content-sha256, for example because an S3
 * SDK appended a trailing checksum.
 *
 * **Solution**: Turn off trailing checksums in the client, or sign with UNSIGNED-PAYLOAD.
 *
 * No page of the service names this code: the service was seen to send it to S3 SDKs.
 *
 * @category 400 Bad Request
 * @since 0.3.0
 */
export class XAmzContentSHA256Mismatch
  extends /*#__PURE__*/ errorClass<XAmzContentSHA256Mismatch>()("XAmzContentSHA256Mismatch", {
    status: 400,
    category: "Transfer",
    retry: "never",
    description:
      "The body does not match the hash in x-amz-content-sha256, for example because an S3 SDK appended a trailing checksum.",
    solution: "Turn off trailing checksums in the client, or sign with UNSIGNED-PAYLOAD."
  }) {}

/**
 * Union of the errors that OBS documents with status 400 (Bad Request).
 *
 * Not to be confused with `BadRequest`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type BadRequestError =
  | AZRedundancyTypeNotSupported
  | AmbiguousGrantByEmailAddress
  | AppendTooLarge
  | AuthorizationHeaderMalformed
  | BadAccessLabel
  | BadDigest
  | BadDomainName
  | BadRequest
  | CredentialsNotSupported
  | CustomDomainAreadyExist
  | CustomDomainNotExist
  | EntityTooLarge
  | EntityTooSmall
  | ExpiredToken
  | FileGatewayBucket
  | ForbidAnonReqOverwriteRespHead
  | IllegalLocationConstraintException
  | IllegalVersioningConfigurationException
  | IncompleteBody
  | IncorrectNumberOfFilesInPostRequest
  | InlineDataTooLarge
  | InvalidArgument
  | InvalidBucket
  | InvalidBucketName
  | InvalidBucketStoragePolicy
  | InvalidContentLength
  | InvalidDefaultStorageClass
  | InvalidDigest
  | InvalidEncryptionAlgorithmError
  | InvalidLocationConstraint
  | InvalidPart
  | InvalidPartOrder
  | InvalidPolicyDocument
  | InvalidRedirectLocation
  | InvalidRequest
  | InvalidRequestBody
  | InvalidStorageClass
  | InvalidTag
  | InvalidTagError
  | InvalidTargetBucketForLogging
  | InvalidToken
  | InvalidURI
  | InventoryCountOverLimit
  | KeyTooLong
  | KeyTooLongError
  | KmsDisabledException
  | KmsNotFoundException
  | MalformedACLError
  | MalformedError
  | MalformedLoggingStatus
  | MalformedObjectLockError
  | MalformedPOSTRequest
  | MalformedPolicy
  | MalformedQuotaError
  | MalformedXML
  | MalformedXMLError
  | MaxMessageLengthExceeded
  | MaxPostPreDataLengthExceededError
  | MetadataTooLarge
  | MissingRegion
  | MissingRequestBodyError
  | MissingRequiredHeader
  | MissingSecurityHeader
  | MultipleContentLengths
  | OperationNotSupported
  | PrefixExistInclusionRelationship
  | RequestIsNotMultiPartContent
  | RequestTorrentOfBucketError
  | TokenRefreshRequired
  | TooManyBuckets
  | TooManyCustomDomains
  | TooManyObjectCopied
  | TooManyWrongSignature
  | UnexpectedContent
  | UnresolvableGrantByEmailAddress
  | UserKeyMustBeSpecified
  | XAmzContentSHA256Mismatch

/**
 * Schema of `BadRequestError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const BadRequestError: Union<BadRequestError> = /*#__PURE__*/ union(
  AZRedundancyTypeNotSupported,
  AmbiguousGrantByEmailAddress,
  AppendTooLarge,
  AuthorizationHeaderMalformed,
  BadAccessLabel,
  BadDigest,
  BadDomainName,
  BadRequest,
  CredentialsNotSupported,
  CustomDomainAreadyExist,
  CustomDomainNotExist,
  EntityTooLarge,
  EntityTooSmall,
  ExpiredToken,
  FileGatewayBucket,
  ForbidAnonReqOverwriteRespHead,
  IllegalLocationConstraintException,
  IllegalVersioningConfigurationException,
  IncompleteBody,
  IncorrectNumberOfFilesInPostRequest,
  InlineDataTooLarge,
  InvalidArgument,
  InvalidBucket,
  InvalidBucketName,
  InvalidBucketStoragePolicy,
  InvalidContentLength,
  InvalidDefaultStorageClass,
  InvalidDigest,
  InvalidEncryptionAlgorithmError,
  InvalidLocationConstraint,
  InvalidPart,
  InvalidPartOrder,
  InvalidPolicyDocument,
  InvalidRedirectLocation,
  InvalidRequest,
  InvalidRequestBody,
  InvalidStorageClass,
  InvalidTag,
  InvalidTagError,
  InvalidTargetBucketForLogging,
  InvalidToken,
  InvalidURI,
  InventoryCountOverLimit,
  KeyTooLong,
  KeyTooLongError,
  KmsDisabledException,
  KmsNotFoundException,
  MalformedACLError,
  MalformedError,
  MalformedLoggingStatus,
  MalformedObjectLockError,
  MalformedPOSTRequest,
  MalformedPolicy,
  MalformedQuotaError,
  MalformedXML,
  MalformedXMLError,
  MaxMessageLengthExceeded,
  MaxPostPreDataLengthExceededError,
  MetadataTooLarge,
  MissingRegion,
  MissingRequestBodyError,
  MissingRequiredHeader,
  MissingSecurityHeader,
  MultipleContentLengths,
  OperationNotSupported,
  PrefixExistInclusionRelationship,
  RequestIsNotMultiPartContent,
  RequestTorrentOfBucketError,
  TokenRefreshRequired,
  TooManyBuckets,
  TooManyCustomDomains,
  TooManyObjectCopied,
  TooManyWrongSignature,
  UnexpectedContent,
  UnresolvableGrantByEmailAddress,
  UserKeyMustBeSpecified,
  XAmzContentSHA256Mismatch
)

/**
 * Returns whether a value is an error that OBS documents with status 400, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isBadRequestError: (u: unknown) => u is BadRequestError = /*#__PURE__*/ guard(BadRequestError)
