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
  extends /*#__PURE__*/ errorClass<PreconditionFailed>()(
    "PreconditionFailed",
    {
      status: 412,
      category: "Precondition",
      retry: "never",
      description: "At least one of the specified preconditions is not met.",
      solution: "Modify the request based on Condition in the returned message body."
    },
    { condition: text }
  ) {}

/**
 * Every error that OBS documents with status 412 (Precondition Failed), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type PreconditionFailedError = PreconditionFailed

/**
 * The schema of PreconditionFailedError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const PreconditionFailedError: Union<PreconditionFailedError> = /*#__PURE__*/ union(PreconditionFailed)

/**
 * Tells whether a value is one of the errors that OBS documents with status 412, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isPreconditionFailedError: (u: unknown) => u is PreconditionFailedError =
  /*#__PURE__*/ guard(PreconditionFailedError)
