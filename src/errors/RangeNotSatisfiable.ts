/**
 * The errors that OBS documents with status 416 (Range Not Satisfiable).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `416 InvalidRange`: The requested range cannot be obtained.
 *
 * **Solution**: Replace the range value and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 416 Range Not Satisfiable
 * @since 0.1.0
 */
export class InvalidRange
  extends /*#__PURE__*/ errorClass<InvalidRange>()("InvalidRange", {
    status: 416,
    category: "Validation",
    retry: "never",
    description: "The requested range cannot be obtained.",
    solution: "Replace the range value and try again."
  }) {}

/**
 * Union of the errors that OBS documents with status 416 (Range Not Satisfiable).
 *
 * Membership goes by the documented status; the service may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type RangeNotSatisfiableError = InvalidRange

/**
 * Schema of `RangeNotSatisfiableError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const RangeNotSatisfiableError: Union<RangeNotSatisfiableError> = /*#__PURE__*/ union(InvalidRange)

/**
 * Returns whether a value is an error that OBS documents with status 416, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isRangeNotSatisfiableError: (u: unknown) => u is RangeNotSatisfiableError =
  /*#__PURE__*/ guard(RangeNotSatisfiableError)
