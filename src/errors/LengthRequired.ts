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
 * Every error that OBS documents with status 411 (Length Required), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type LengthRequiredError = MissingContentLength

/**
 * The schema of LengthRequiredError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const LengthRequiredError: Union<LengthRequiredError> = /*#__PURE__*/ union(MissingContentLength)

/**
 * Tells whether a value is one of the errors that OBS documents with status 411, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isLengthRequiredError: (u: unknown) => u is LengthRequiredError = /*#__PURE__*/ guard(LengthRequiredError)
