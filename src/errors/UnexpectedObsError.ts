/**
 * The failure that is not documented for its operation.
 *
 * @since 0.2.0
 */
import * as Schema from "#effect/schema"
import type { Category, Retry } from "../internal/failure/classification.js"
import { failureClass } from "../internal/failure/errorClass.js"
import type { AnswerProps } from "../internal/failure/model.js"
import { ObsFailure } from "./ObsFailure.js"

/** What a failure is called: an unknown code by itself, and any other by its class. */
const toldOf = (failure: ObsFailure): string =>
  failure._tag === "UnknownObsError" ? `the code ${failure.code}` : failure.name

/**
 * A failure that is not documented for the operation. `failure` is the decoded failure, and the cause.
 *
 * It has the status, request, request id, category, retry and solution of that failure.
 *
 * @category unclassified
 * @since 0.2.0
 */
export class UnexpectedObsError
  extends /*#__PURE__*/ failureClass<UnexpectedObsError>()(
    "UnexpectedObsError",
    {
      status: 500,
      httpApiStatus: 500,
      description: "A failure that the documentation does not list for the operation.",
      message: ({ failure, operation }) =>
        `${operation} failed with ${toldOf(failure)}, which its documentation does not list: ${failure.message}`,
      solution: ({ failure }) => failure.solution
    },
    {
      /** The name of the operation, such as `GetObject`. */
      operation: Schema.string,
      /** The decoded failure. */
      failure: ObsFailure
    }
  )
{
  constructor(props: { readonly operation: string; readonly failure: ObsFailure } & AnswerProps) {
    const { attempts, indicator, request, requestId, retryAfter, status } = props.failure
    const answer = { status, requestId, indicator, retryAfter, request, attempts: props.attempts ?? attempts }
    super({ ...props, ...answer, cause: props.failure })
  }

  override get category(): Category {
    return this.failure.category
  }

  override get retry(): Retry {
    return this.failure.retry
  }

  override get solution(): string {
    return this.failure.solution
  }
}
