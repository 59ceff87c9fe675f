/**
 * The errors that every operation shares.
 *
 * @since 0.2.0
 */
import { InvalidArgument } from "../errors/BadRequest.js"
import { AccessDenied, InvalidAccessKeyId, RequestTimeTooSkewed, SignatureDoesNotMatch } from "../errors/Forbidden.js"
import { InternalError } from "../errors/InternalServerError.js"
import { ServiceUnavailable, SlowDown } from "../errors/ServiceUnavailable.js"
import { TooManyRequests } from "../errors/TooManyRequests.js"
import type { Union } from "../internal/failure/model.js"
import { union } from "../internal/failure/union.js"

/**
 * Union of the errors that any operation can fail with: a parameter is invalid, the caller is not authenticated or not
 * allowed, the client's clock is wrong, there are too many requests, or the service itself fails.
 *
 * The list is short on purpose. The service's general table has other codes that any request can get, such as
 * `MissingSecurityHeader` or `InArrearOrInsufficientBalance`. Code that makes a call cannot react to those, so they arrive
 * in `UnexpectedObsError`.
 *
 * @category errors
 * @since 0.2.0
 */
export type CommonError =
  | InvalidArgument
  | AccessDenied
  | InvalidAccessKeyId
  | RequestTimeTooSkewed
  | SignatureDoesNotMatch
  | TooManyRequests
  | InternalError
  | ServiceUnavailable
  | SlowDown

/**
 * Schema of `CommonError`: decodes and encodes any member of the union.
 *
 * @category errors
 * @since 0.2.0
 */
export const CommonError: Union<CommonError> = /*#__PURE__*/ union(
  InvalidArgument,
  AccessDenied,
  InvalidAccessKeyId,
  RequestTimeTooSkewed,
  SignatureDoesNotMatch,
  TooManyRequests,
  InternalError,
  ServiceUnavailable,
  SlowDown
)
