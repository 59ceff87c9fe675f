/**
 * The errors that OBS documents with status 500 (Internal Server Error).
 *
 * @since 0.1.0
 */
import { askSupport, errorClass, sendAgainOr } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

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
  extends /*#__PURE__*/ errorClass<InternalError>({
    message: "An internal error occurred.",
    solution: (self) => sendAgainOr(askSupport(self))
  })("InternalError", {
    status: 500,
    category: "Server",
    retry: "transient",
    description: "An internal error occurs. Retry later.",
    solution: "Contact the technical support."
  }) {}

/**
 * Union of the errors that OBS documents with status 500 (Internal Server Error).
 *
 * Not to be confused with `InternalError`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type InternalServerError = InternalError

/**
 * Schema of `InternalServerError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const InternalServerError: Union<InternalServerError> = /*#__PURE__*/ union(InternalError)

/**
 * Returns whether a value is an error that OBS documents with status 500, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isInternalServerError: (u: unknown) => u is InternalServerError = /*#__PURE__*/ guard(InternalServerError)
