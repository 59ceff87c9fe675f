/**
 * The errors that OBS documents with status 411 (Length Required).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `411 MissingContentLength`: The HTTP header Content-Length is not provided.
 *
 * **Solution**: Provide the Content-Length header.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 411 Length Required
 * @since 0.1.0
 */
export class MissingContentLength
  extends /*#__PURE__*/ errorClass<MissingContentLength>()("MissingContentLength", {
    status: 411,
    category: "Validation",
    retry: "never",
    description: "The HTTP header Content-Length is not provided.",
    solution: "Provide the Content-Length header."
  }) {}

/**
 * Union of the errors that OBS documents with status 411 (Length Required).
 *
 * Membership goes by the documented status; the service may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type LengthRequiredError = MissingContentLength

/**
 * Schema of `LengthRequiredError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const LengthRequiredError: Union<LengthRequiredError> = /*#__PURE__*/ union(MissingContentLength)

/**
 * Returns whether a value is an error that OBS documents with status 411, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isLengthRequiredError: (u: unknown) => u is LengthRequiredError = /*#__PURE__*/ guard(LengthRequiredError)
