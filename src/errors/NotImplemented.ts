/**
 * The errors that OBS documents with status 501 (Not Implemented).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `501 NotImplemented`: A header of the request asks for a function that is not implemented.
 *
 * **Solution**: Send the request without this header.
 *
 * @see the S3-compatible API's table of error codes
 * @category 501 Not Implemented
 * @since 0.1.0
 */
export class NotImplemented
  extends /*#__PURE__*/ errorClass<NotImplemented>()("NotImplemented", {
    status: 501,
    category: "Unsupported",
    retry: "never",
    description: "A header of the request asks for a function that is not implemented.",
    solution: "Send the request without this header."
  }) {}

/**
 * `501 ServiceNotImplemented`: The request method is not implemented by the server.
 *
 * **Solution**: Not supported currently. Contact the technical support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 501 Not Implemented
 * @since 0.1.0
 */
export class ServiceNotImplemented
  extends /*#__PURE__*/ errorClass<ServiceNotImplemented>({ solution: () => "Contact the technical support." })(
    "ServiceNotImplemented",
    {
      status: 501,
      category: "Unsupported",
      retry: "never",
      description: "The request method is not implemented by the server.",
      solution: "Not supported currently. Contact the technical support."
    }
  ) {}

/**
 * Union of the errors that OBS documents with status 501 (Not Implemented).
 *
 * Not to be confused with `NotImplemented`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type NotImplementedError = NotImplemented | ServiceNotImplemented

/**
 * Schema of `NotImplementedError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const NotImplementedError: Union<NotImplementedError> = /*#__PURE__*/ union(
  NotImplemented,
  ServiceNotImplemented
)

/**
 * Returns whether a value is an error that OBS documents with status 501, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isNotImplementedError: (u: unknown) => u is NotImplementedError = /*#__PURE__*/ guard(NotImplementedError)
