/**
 * The errors that OBS documents with status 429 (Too Many Requests).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `429 TooManyRequests`: There were too many requests in a short time, for example concurrent writes of one
 * object.
 *
 * **Solution**: Send fewer requests at a time.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 429 Too Many Requests
 * @since 0.1.0
 */
export class TooManyRequests
  extends /*#__PURE__*/ errorClass<TooManyRequests>()("TooManyRequests", {
    status: 429,
    category: "Throttling",
    retry: "throttling",
    description: "There were too many requests in a short time, for example concurrent writes of one object.",
    solution: "Send fewer requests at a time."
  }) {}

/**
 * Every error that OBS documents with status 429 (Too Many Requests), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type TooManyRequestsError = TooManyRequests

/**
 * The schema of TooManyRequestsError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const TooManyRequestsError: Union<TooManyRequestsError> = /*#__PURE__*/ union(TooManyRequests)

/**
 * Tells whether a value is one of the errors that OBS documents with status 429, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isTooManyRequestsError: (u: unknown) => u is TooManyRequestsError =
  /*#__PURE__*/ guard(TooManyRequestsError)
