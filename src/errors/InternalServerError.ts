/**
 * The errors that OBS documents with status 500 (Internal Server Error).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

const sendAgain =
  "Send the request again after a short wait. If it keeps failing, contact the technical support with the request id."

/**
 * `500 InternalError`: An internal error occurs. Retry later.
 *
 * **Solution**: Contact the technical support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 500 Internal Server Error
 * @since 0.1.0
 */
export class InternalError
  extends /*#__PURE__*/ errorClass<InternalError>()("InternalError", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "An internal error occurs. Retry later.",
    solution: "Contact the technical support."
  })
{
  /** The table does not say that it often passes. */
  override get solution() {
    return super.solution === this.info.solution ? sendAgain : super.solution
  }
}

/**
 * Every error that OBS documents with status 500 (Internal Server Error), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type InternalServerError = InternalError

/**
 * The schema of InternalServerError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const InternalServerError: Union<InternalServerError> = /*#__PURE__*/ union(InternalError)

/**
 * Tells whether a value is one of the errors that OBS documents with status 500, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isInternalServerError: (u: unknown) => u is InternalServerError = /*#__PURE__*/ guard(InternalServerError)
