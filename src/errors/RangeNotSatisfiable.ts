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
 * Every error that OBS documents with status 416 (Range Not Satisfiable), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type RangeNotSatisfiableError = InvalidRange

/**
 * The schema of RangeNotSatisfiableError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const RangeNotSatisfiableError: Union<RangeNotSatisfiableError> = /*#__PURE__*/ union(InvalidRange)

/**
 * Tells whether a value is one of the errors that OBS documents with status 416, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isRangeNotSatisfiableError: (u: unknown) => u is RangeNotSatisfiableError =
  /*#__PURE__*/ guard(RangeNotSatisfiableError)
