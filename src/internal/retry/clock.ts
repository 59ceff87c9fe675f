/**
 * The clock of signers: how far a retry has set it ahead, and how wrong a failure says it is.
 */
import * as Runtime from "#effect/runtime"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { isFailure } from "../failure/model.js"
import { isObject } from "../object.js"
import { contentOf } from "./attempt.js"

/** How many milliseconds all corrections together have set the clock ahead. */
export const CurrentAhead: Runtime.Reference<number> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentAhead",
  () => 0
)

/** Runs an effect with the clock set ahead by a number of milliseconds. Corrections inside know of it. */
export const ahead = <A, E, R>(self: Effect.Effect<A, E, R>, millis: number): Effect.Effect<A, E, R> =>
  Effect.flatMap(CurrentAhead, (already) =>
    Runtime.withClockAhead(Runtime.withReference(self, CurrentAhead, already + millis), millis)
  )

/** The least difference, in milliseconds, at which the clock is the problem. */
export const minSkew = 60_000

/** How far the clock is behind the server's, in milliseconds, according to a failure; undefined if it does not say. */
export const skewOf = (error: unknown, now: number): number | undefined => {
  const failure = contentOf(error)
  if (!isFailure(failure) || !Predicate.hasProperty(failure, "serverTime")) return undefined
  const { serverTime } = failure
  return DateTime.isDateTime(serverTime) ? DateTime.toEpochMillis(serverTime) - now : undefined
}

// Failures that a signer has learned from, and whether it will sign with another time
const learned = new WeakMap<object, boolean>()

/** Records that the signer now knows the server's time, and whether that changes its signatures. */
export const noteLearned = (failure: object, changes: boolean): void => {
  learned.set(failure, changes)
}

/** Whether the next attempt will be signed with another time; undefined if no signer of ours signed the request. */
export const isLearned = (error: unknown): boolean | undefined => {
  const failure = contentOf(error)
  return isObject(failure) ? learned.get(failure) : undefined
}
