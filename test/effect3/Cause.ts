import * as Cause from "effect/Cause"

export * from "effect/Cause"
export {
  failureOption as findErrorOption,
  isInterruptedOnly as hasInterruptsOnly,
  isTimeoutException as isTimeoutError,
  TimeoutException as TimeoutError
} from "effect/Cause"

/** With the causes of errors, as Effect 4 always has them. */
export const pretty = <E>(cause: Cause.Cause<E>): string => Cause.pretty(cause, { renderErrorCause: true })
