/**
 * The errors that OBS documents with status 412 (Precondition Failed).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { text } from "../internal/failure/field.js"

/**
 * `412 PreconditionFailed`: At least one of the specified preconditions is not met.
 *
 * **Solution**: Modify the request based on Condition in the returned message body.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 412 Precondition Failed
 * @since 0.1.0
 */
export class PreconditionFailed
  extends /*#__PURE__*/ errorClass<PreconditionFailed>({
    solution: () => "Look at the object as it is now, and adapt the conditions of the request."
  })(
    "PreconditionFailed",
    {
      status: 412,
      category: "Precondition",
      retry: "never",
      description: "At least one of the specified preconditions is not met.",
      solution: "Modify the request based on Condition in the returned message body."
    },
    {
      /** The condition that does not hold, as the service names it, such as `If-Match`. */
      condition: text
    }
  ) {}

/**
 * Union of the errors that OBS documents with status 412 (Precondition Failed).
 *
 * Not to be confused with `PreconditionFailed`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type PreconditionFailedError = PreconditionFailed

/**
 * Schema of `PreconditionFailedError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const PreconditionFailedError: Union<PreconditionFailedError> = /*#__PURE__*/ union(PreconditionFailed)

/**
 * Returns whether a value is an error that OBS documents with status 412, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isPreconditionFailedError: (u: unknown) => u is PreconditionFailedError =
  /*#__PURE__*/ guard(PreconditionFailedError)
