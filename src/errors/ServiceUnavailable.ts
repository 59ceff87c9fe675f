/**
 * The errors that OBS documents with status 503 (Service Unavailable).
 *
 * @since 0.1.0
 */
import { errorClass, sendFewer } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"

/**
 * `503 GetQosTokenException`: The service had no token left to admit the request within its traffic limits.
 *
 * **Solution**: Wait, then send the request again at a lower rate.
 *
 * No page of the service names this code: the Hadoop connector of OBS handles it.
 *
 * @category 503 Service Unavailable
 * @since 0.3.0
 */
export class GetQosTokenException
  extends /*#__PURE__*/ errorClass<GetQosTokenException>()("GetQosTokenException", {
    status: 503,
    category: "Throttling",
    retry: "throttling",
    description: "The service had no token left to admit the request within its traffic limits.",
    solution: "Wait, then send the request again at a lower rate."
  }) {}

/**
 * `503 ServiceUnavailable`: The server is overloaded or has internal errors.
 *
 * **Solution**: Try again later or contact the technical support.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 503 Service Unavailable
 * @since 0.1.0
 */
export class ServiceUnavailable
  extends /*#__PURE__*/ errorClass<ServiceUnavailable>()("ServiceUnavailable", {
    status: 503,
    category: "Server",
    retry: "transient",
    description: "The server is overloaded or has internal errors.",
    solution: "Try again later or contact the technical support."
  }) {}

/**
 * `503 SlowDown`: Too frequent requests. Reduce your request frequency.
 *
 * **Solution**: Too frequent requests. Reduce your request frequency.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 503 Service Unavailable
 * @since 0.1.0
 */
export class SlowDown
  extends /*#__PURE__*/ errorClass<SlowDown>({ message: "Too frequent requests.", solution: () => sendFewer })(
    "SlowDown",
    {
      status: 503,
      category: "Throttling",
      retry: "throttling",
      description: "Too frequent requests. Reduce your request frequency.",
      solution: "Too frequent requests. Reduce your request frequency."
    }
  ) {}

/**
 * Union of the errors that OBS documents with status 503 (Service Unavailable).
 *
 * Not to be confused with `ServiceUnavailable`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type ServiceUnavailableError = GetQosTokenException | ServiceUnavailable | SlowDown

/**
 * Schema of `ServiceUnavailableError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const ServiceUnavailableError: Union<ServiceUnavailableError> = /*#__PURE__*/ union(
  GetQosTokenException,
  ServiceUnavailable,
  SlowDown
)

/**
 * Returns whether a value is an error that OBS documents with status 503, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isServiceUnavailableError: (u: unknown) => u is ServiceUnavailableError =
  /*#__PURE__*/ guard(ServiceUnavailableError)
