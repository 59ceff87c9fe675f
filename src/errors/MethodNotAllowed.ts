/**
 * The errors that OBS documents with status 405 (Method Not Allowed).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `405 FsNotSupport`: A parallel file system does not support this API.
 *
 * **Solution**: Use an object bucket or an API that parallel file systems support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 405 Method Not Allowed
 * @since 0.1.0
 */
export class FsNotSupport
  extends /*#__PURE__*/ errorClass<FsNotSupport>()("FsNotSupport", {
    status: 405,
    category: "Unsupported",
    retry: "never",
    description: "A parallel file system does not support this API.",
    solution: "Use an object bucket or an API that parallel file systems support."
  }) {}

/**
 * `405 MethodNotAllowed`: The specified method is not allowed against the requested resource. The message
 * "Specified method is not supported." is returned.
 *
 * **Solution**: The method is not allowed.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 405 Method Not Allowed
 * @since 0.1.0
 */
export class MethodNotAllowed
  extends /*#__PURE__*/ errorClass<MethodNotAllowed>()("MethodNotAllowed", {
    status: 405,
    category: "Unsupported",
    retry: "never",
    description:
      'The specified method is not allowed against the requested resource. The message "Specified method is not supported." is returned.',
    solution: "The method is not allowed."
  }) {}

/**
 * Every error that OBS documents with status 405 (Method Not Allowed), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type MethodNotAllowedError = FsNotSupport | MethodNotAllowed

/**
 * The schema of MethodNotAllowedError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const MethodNotAllowedError: Union<MethodNotAllowedError> = /*#__PURE__*/ union(FsNotSupport, MethodNotAllowed)

/**
 * Tells whether a value is one of the errors that OBS documents with status 405, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isMethodNotAllowedError: (u: unknown) => u is MethodNotAllowedError =
  /*#__PURE__*/ guard(MethodNotAllowedError)
