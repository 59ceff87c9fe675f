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
 * Union of the errors that OBS documents with status 429 (Too Many Requests).
 *
 * Not to be confused with `TooManyRequests`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type TooManyRequestsError = TooManyRequests

/**
 * Schema of `TooManyRequestsError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const TooManyRequestsError: Union<TooManyRequestsError> = /*#__PURE__*/ union(TooManyRequests)

/**
 * Returns whether a value is an error that OBS documents with status 429, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isTooManyRequestsError: (u: unknown) => u is TooManyRequestsError =
  /*#__PURE__*/ guard(TooManyRequestsError)
