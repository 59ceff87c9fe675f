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
  extends /*#__PURE__*/ errorClass<MethodNotAllowed>({
    message: "The specified method is not allowed against the requested resource.",
    solution: () => "Use a method that the resource allows."
  })("MethodNotAllowed", {
    status: 405,
    category: "Unsupported",
    retry: "never",
    description:
      'The specified method is not allowed against the requested resource. The message "Specified method is not supported." is returned.',
    solution: "The method is not allowed."
  }) {}

/**
 * Union of the errors that OBS documents with status 405 (Method Not Allowed).
 *
 * Not to be confused with `MethodNotAllowed`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type MethodNotAllowedError = FsNotSupport | MethodNotAllowed

/**
 * Schema of `MethodNotAllowedError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const MethodNotAllowedError: Union<MethodNotAllowedError> = /*#__PURE__*/ union(FsNotSupport, MethodNotAllowed)

/**
 * Returns whether a value is an error that OBS documents with status 405, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isMethodNotAllowedError: (u: unknown) => u is MethodNotAllowedError =
  /*#__PURE__*/ guard(MethodNotAllowedError)
