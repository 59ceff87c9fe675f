/**
 * The errors that OBS documents with status 408 (Request Timeout).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `408 RequestTimeout`: No read or write operation is performed within the timeout period of the socket connection
 * between the user and the server.
 *
 * **Solution**: Check the network and try again, or contact technical support.
 *
 * Also documented with status 400, in an older table.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 408 Request Timeout
 * @since 0.1.0
 */
export class RequestTimeout
  extends /*#__PURE__*/ errorClass<RequestTimeout>()("RequestTimeout", {
    status: 408,
    category: "Transfer",
    retry: "transient",
    description:
      "No read or write operation is performed within the timeout period of the socket connection between the user and the server.",
    solution: "Check the network and try again, or contact technical support."
  }) {}

/**
 * Union of the errors that OBS documents with status 408 (Request Timeout).
 *
 * Not to be confused with `RequestTimeout`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type RequestTimeoutError = RequestTimeout

/**
 * Schema of `RequestTimeoutError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const RequestTimeoutError: Union<RequestTimeoutError> = /*#__PURE__*/ union(RequestTimeout)

/**
 * Returns whether a value is an error that OBS documents with status 408, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isRequestTimeoutError: (u: unknown) => u is RequestTimeoutError = /*#__PURE__*/ guard(RequestTimeoutError)
