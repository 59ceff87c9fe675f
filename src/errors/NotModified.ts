/**
 * The response to a conditional request whose object has not changed: status 304.
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"

/**
 * `304 NotModified`: The object is the one that the request already knows, so the service did not send it.
 *
 * **Solution**: Use the copy that you have.
 *
 * The response of GET and HEAD to `If-None-Match` and `If-Modified-Since`. The service has no such code: the class
 * stands for the status.
 *
 * @category 304 Not Modified
 * @since 0.1.0
 */
export class NotModified
  extends /*#__PURE__*/ errorClass<NotModified>()("NotModified", {
    status: 304,
    category: "Precondition",
    retry: "never",
    description: "The object is the one that the request already knows, so the service did not send it.",
    solution: "Use the copy that you have."
  }) {}
