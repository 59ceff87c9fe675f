/**
 * The response to an upload whose callback failed: status 203.
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"

/**
 * `203 CallbackFailed`: The object is stored, but the callback that was to report it failed.
 *
 * **Solution**: Do not upload the object again; report it yourself, or make the callback work and repeat only that.
 *
 * The response to an upload with `x-obs-callback`. The service has no such code: the class stands for the status. Its
 * message about the callback is in `message` and `details`.
 *
 * @category 203 Non-Authoritative Information
 * @since 0.1.0
 */
export class CallbackFailed
  extends /*#__PURE__*/ errorClass<CallbackFailed>()("CallbackFailed", {
    status: 203,
    category: "Server",
    retry: "never",
    description: "The object is stored, but the callback that was to report it failed.",
    solution: "Do not upload the object again; report it yourself, or make the callback work and repeat only that."
  }) {}
