/**
 * The errors that OBS documents with status 403 (Forbidden).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { milliseconds, secret, text, time } from "../internal/failure/field.js"

const isExpired = (message: string): boolean => /expired/i.test(message)

const askForPermission =
  "Ask for the permission: look at the policies and ACLs of the bucket, and at those of the user."

const signAnew = "Sign the request anew, with a later expiry: what it was signed with has expired."

/**
 * `403 AccessDenied`: Access is denied because the request does not carry a date header or the header format is
 * incorrect.
 *
 * **Solution**: Provide a correct date header in the request.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0003.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class AccessDenied
  extends /*#__PURE__*/ errorClass<AccessDenied>({
    message: "Access is denied.",
    // The table speaks of a missing date only; the message tells it from an expired address and from permissions
    solution: ({ message }) =>
      isExpired(message) ? signAnew : /\bdate\b/i.test(message) ? undefined : askForPermission
  })(
    "AccessDenied",
    {
      status: 403,
      category: "Permission",
      retry: "never",
      description:
        "Access is denied because the request does not carry a date header or the header format is incorrect.",
      solution: "Provide a correct date header in the request."
    },
    {
      /** The encoded authorization message: redacted, in memory only. */
      encodedAuthorizationMessage: secret
    }
  ) {}

/**
 * `403 AccessForbidden`: Insufficient permissions. No CORS rule is configured for the bucket, or the CORS rule is
 * not matched.
 *
 * **Solution**: Modify the CORS configuration of the bucket or send the OPTIONS request that matches the CORS
 * configuration of the bucket.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0004.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class AccessForbidden
  extends /*#__PURE__*/ errorClass<AccessForbidden>()("AccessForbidden", {
    status: 403,
    category: "Permission",
    retry: "never",
    description:
      "Insufficient permissions. No CORS rule is configured for the bucket, or the CORS rule is not matched.",
    solution:
      "Modify the CORS configuration of the bucket or send the OPTIONS request that matches the CORS configuration of the bucket."
  }) {}

/**
 * `403 AccountProblem`: The account is not in good standing, for example expired or frozen.
 *
 * **Solution**: Contact the operator of the service.
 *
 * @see the S3-compatible API's table of error codes
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class AccountProblem
  extends /*#__PURE__*/ errorClass<AccountProblem>()("AccountProblem", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The account is not in good standing, for example expired or frozen.",
    solution: "Contact the operator of the service."
  }) {}

/**
 * `403 AllAccessDisabled`: You have no permission to perform the operation. The bucket name is forbidden.
 *
 * **Solution**: Try another bucket name.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0005.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class AllAccessDisabled
  extends /*#__PURE__*/ errorClass<AllAccessDisabled>()("AllAccessDisabled", {
    status: 403,
    category: "Permission",
    retry: "never",
    description: "You have no permission to perform the operation. The bucket name is forbidden.",
    solution: "Try another bucket name."
  }) {}

/**
 * `403 DeregisterUserId`: The user has been deregistered.
 *
 * **Solution**: Top up the account or register a new account.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0006.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class DeregisterUserId
  extends /*#__PURE__*/ errorClass<DeregisterUserId>()("DeregisterUserId", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The user has been deregistered.",
    solution: "Top up the account or register a new account."
  }) {}

/**
 * `403 FrozenUserId`: The user is frozen.
 *
 * **Solution**: Contact the operator of the service.
 *
 * @see the S3-compatible API's table of error codes
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class FrozenUserId
  extends /*#__PURE__*/ errorClass<FrozenUserId>()("FrozenUserId", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The user is frozen.",
    solution: "Contact the operator of the service."
  }) {}

/**
 * `403 InArrearOrInsufficientBalance`: The user account is in arrears, or the account balance insufficient.
 *
 * **Solution**: Top up the account.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0007.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class InArrearOrInsufficientBalance
  extends /*#__PURE__*/ errorClass<InArrearOrInsufficientBalance>()("InArrearOrInsufficientBalance", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The user account is in arrears, or the account balance insufficient.",
    solution: "Top up the account."
  }) {}

/**
 * `403 InsufficientStorageSpace`: Insufficient storage space.
 *
 * **Solution**: If the quota is exceeded, increase the quota or delete some objects.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0008.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class InsufficientStorageSpace
  extends /*#__PURE__*/ errorClass<InsufficientStorageSpace>()("InsufficientStorageSpace", {
    status: 403,
    category: "Quota",
    retry: "never",
    description: "Insufficient storage space.",
    solution: "If the quota is exceeded, increase the quota or delete some objects."
  }) {}

/**
 * `403 InvalidAccessKeyId`: The access key ID provided by the customer does not exist in the system.
 *
 * **Solution**: Provide the correct access key ID.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0009.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class InvalidAccessKeyId
  extends /*#__PURE__*/ errorClass<InvalidAccessKeyId>()(
    "InvalidAccessKeyId",
    {
      status: 403,
      category: "Authentication",
      retry: "never",
      description: "The access key ID provided by the customer does not exist in the system.",
      solution: "Provide the correct access key ID."
    },
    {
      /** The access key id that the service does not know: redacted, in memory only. */
      accessKeyId: secret
    }
  ) {}

/**
 * `403 InvalidObjectState`: The storage class of the object does not allow the operation; an archived object must
 * be restored before it is read.
 *
 * **Solution**: Restore the object, wait until it is restored, and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0010.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class InvalidObjectState
  extends /*#__PURE__*/ errorClass<InvalidObjectState>()("InvalidObjectState", {
    status: 403,
    category: "Conflict",
    retry: "never",
    description:
      "The storage class of the object does not allow the operation; an archived object must be restored before it is read.",
    solution: "Restore the object, wait until it is restored, and try again."
  }) {}

/**
 * `403 InvalidPayer`: All access to this object has been disabled.
 *
 * **Solution**: Contact the owner of the object.
 *
 * @see the S3-compatible API's table of error codes
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class InvalidPayer
  extends /*#__PURE__*/ errorClass<InvalidPayer>()("InvalidPayer", {
    status: 403,
    category: "Permission",
    retry: "never",
    description: "All access to this object has been disabled.",
    solution: "Contact the owner of the object."
  }) {}

/**
 * `403 InvalidSecurity`: The security credentials are not valid.
 *
 * **Solution**: Use valid credentials.
 *
 * @see the S3-compatible API's table of error codes
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class InvalidSecurity
  extends /*#__PURE__*/ errorClass<InvalidSecurity>()("InvalidSecurity", {
    status: 403,
    category: "Authentication",
    retry: "never",
    description: "The security credentials are not valid.",
    solution: "Use valid credentials."
  }) {}

/**
 * `403 NotSignedUp`: You have not registered with the system.
 *
 * **Solution**: Register with OBS.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0011.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class NotSignedUp
  extends /*#__PURE__*/ errorClass<NotSignedUp>()("NotSignedUp", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "You have not registered with the system.",
    solution: "Register with OBS."
  }) {}

/**
 * `403 RequestPayerDenied`: The requester pays for this bucket, and the request does not agree to that.
 *
 * **Solution**: Send the header x-obs-request-payer: requester.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0016.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class RequestPayerDenied
  extends /*#__PURE__*/ errorClass<RequestPayerDenied>()("RequestPayerDenied", {
    status: 403,
    category: "Permission",
    retry: "never",
    description: "The requester pays for this bucket, and the request does not agree to that.",
    solution: "Send the header x-obs-request-payer: requester."
  }) {}

/**
 * `403 RequestTimeTooSkewed`: The request time and the server time differ a lot.
 *
 * **Solution**: Check whether there is a large difference between the client time and the current time.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0012.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class RequestTimeTooSkewed
  extends /*#__PURE__*/ errorClass<RequestTimeTooSkewed>({
    // An expired address stays expired, whatever the clock
    solution: ({ message }) => (isExpired(message) ? signAnew : undefined)
  })(
    "RequestTimeTooSkewed",
    {
      status: 403,
      category: "Authentication",
      retry: "clock",
      description: "The request time and the server time differ a lot.",
      solution: "Check whether there is a large difference between the client time and the current time."
    },
    {
      /** The time that the request was signed with. */
      requestTime: time,
      /** The time of the service when it refused the request. */
      serverTime: time,
      /** The largest difference that the service accepts; milliseconds on the wire and when encoded. */
      maxAllowedSkew: milliseconds
    }
  )
{
  /** `never` where a presigned URL has expired: no clock can make it valid again. */
  override get retry() {
    return isExpired(this.message) ? "never" : super.retry
  }
}

/**
 * `403 SignatureDoesNotMatch`: The provided signature does not match the signature calculated by OBS.
 *
 * **Solution**: Check your secret access key and signature calculation method.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0013.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class SignatureDoesNotMatch
  extends /*#__PURE__*/ errorClass<SignatureDoesNotMatch>()(
    "SignatureDoesNotMatch",
    {
      status: 403,
      category: "Authentication",
      retry: "never",
      description: "The provided signature does not match the signature calculated by OBS.",
      solution: "Check your secret access key and signature calculation method."
    },
    {
      /** The access key id that signed the request: redacted, in memory only. */
      accessKeyId: secret,
      /** The string to sign, as the service computed it: redacted, in memory only. */
      stringToSign: secret,
      /** The signature that was sent: redacted, in memory only. */
      signatureProvided: secret
    }
  ) {}

/**
 * `403 Unauthorized`: You have not been authenticated in real name.
 *
 * **Solution**: Complete real-name authentication and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0015.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class Unauthorized
  extends /*#__PURE__*/ errorClass<Unauthorized>()("Unauthorized", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "You have not been authenticated in real name.",
    solution: "Complete real-name authentication and try again."
  }) {}

/**
 * `403 UserRestricted`: The account is restricted: its real-name authentication or its balance is missing.
 *
 * **Solution**: Complete the authentication or top up the account.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0017.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class UserRestricted
  extends /*#__PURE__*/ errorClass<UserRestricted>()("UserRestricted", {
    status: 403,
    category: "Account",
    retry: "never",
    description: "The account is restricted: its real-name authentication or its balance is missing.",
    solution: "Complete the authentication or top up the account."
  }) {}

/**
 * `403 VirtualHostDomainRequired`: The bucket was addressed by path, but it can only be reached under its own host
 * name.
 *
 * **Solution**: Put the bucket name in front of the endpoint, as in BUCKET.ENDPOINT.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_errorcode_0014.html
 * @category 403 Forbidden
 * @since 0.1.0
 */
export class VirtualHostDomainRequired
  extends /*#__PURE__*/ errorClass<VirtualHostDomainRequired>()(
    "VirtualHostDomainRequired",
    {
      status: 403,
      category: "Permission",
      retry: "never",
      description: "The bucket was addressed by path, but it can only be reached under its own host name.",
      solution: "Put the bucket name in front of the endpoint, as in BUCKET.ENDPOINT."
    },
    {
      /** The host name of the bucket, such as `photos.obs.example.com`. */
      virtualHost: text
    }
  ) {}

/**
 * Union of the errors that OBS documents with status 403 (Forbidden).
 *
 * Membership goes by the documented status; the service may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type ForbiddenError =
  | AccessDenied
  | AccessForbidden
  | AccountProblem
  | AllAccessDisabled
  | DeregisterUserId
  | FrozenUserId
  | InArrearOrInsufficientBalance
  | InsufficientStorageSpace
  | InvalidAccessKeyId
  | InvalidObjectState
  | InvalidPayer
  | InvalidSecurity
  | NotSignedUp
  | RequestPayerDenied
  | RequestTimeTooSkewed
  | SignatureDoesNotMatch
  | Unauthorized
  | UserRestricted
  | VirtualHostDomainRequired

/**
 * Schema of `ForbiddenError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const ForbiddenError: Union<ForbiddenError> = /*#__PURE__*/ union(
  AccessDenied,
  AccessForbidden,
  AccountProblem,
  AllAccessDisabled,
  DeregisterUserId,
  FrozenUserId,
  InArrearOrInsufficientBalance,
  InsufficientStorageSpace,
  InvalidAccessKeyId,
  InvalidObjectState,
  InvalidPayer,
  InvalidSecurity,
  NotSignedUp,
  RequestPayerDenied,
  RequestTimeTooSkewed,
  SignatureDoesNotMatch,
  Unauthorized,
  UserRestricted,
  VirtualHostDomainRequired
)

/**
 * Returns whether a value is an error that OBS documents with status 403, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isForbiddenError: (u: unknown) => u is ForbiddenError = /*#__PURE__*/ guard(ForbiddenError)
