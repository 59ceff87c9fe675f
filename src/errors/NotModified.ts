/**
 * The answer to a conditional request whose condition does not hold any more: status 304.
 *
 * @since 0.1.0
 */
import { failureClass } from "../internal/errorClass.js"

/**
 * `304 NotModified`: the object is the one that the request already knows, so the service did not send it.
 *
 * GET and HEAD answer this to `If-None-Match` and `If-Modified-Since`. It is no error of the service and has no code.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0083.html
 * @category 304 Not Modified
 * @since 0.1.0
 */
export class NotModified
  extends /*#__PURE__*/ failureClass<NotModified>()(
    "NotModified",
    {
      status: 304,
      description: "The object has not been modified.",
      message: () => "The object has not been modified."
    },
    {}
  ) {}
