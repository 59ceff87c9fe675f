/**
 * What any operation can fail with.
 *
 * @since 0.2.0
 */
import { AccessDenied, InvalidAccessKeyId, RequestTimeTooSkewed, SignatureDoesNotMatch } from "../errors/Forbidden.js"
import { InternalError } from "../errors/InternalServerError.js"
import { ServiceUnavailable, SlowDown } from "../errors/ServiceUnavailable.js"
import { TooManyRequests } from "../errors/TooManyRequests.js"
import type { Union } from "../internal/failure/model.js"
import { union } from "../internal/failure/union.js"

/**
 * What any operation can fail with, whatever it asks for: what happens to every request before the service looks at it
 * (who is it from, may they, is its clock right, is it one too many) and what can happen to the service at any time.
 *
 * It is small on purpose. The service's general table has more that could meet any request, such as
 * `MissingSecurityHeader` or `InArrearOrInsufficientBalance`. A caller cannot react to them in the place of the call, so
 * they arrive in `UnexpectedObsError`.
 *
 * @category errors
 * @since 0.2.0
 */
export type CommonError =
  | AccessDenied
  | InvalidAccessKeyId
  | RequestTimeTooSkewed
  | SignatureDoesNotMatch
  | TooManyRequests
  | InternalError
  | ServiceUnavailable
  | SlowDown

/**
 * The schema of CommonError.
 *
 * @category errors
 * @since 0.2.0
 */
export const CommonError: Union<CommonError> = /*#__PURE__*/ union(
  AccessDenied,
  InvalidAccessKeyId,
  RequestTimeTooSkewed,
  SignatureDoesNotMatch,
  TooManyRequests,
  InternalError,
  ServiceUnavailable,
  SlowDown
)
