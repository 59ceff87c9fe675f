/**
 * The clock of what signs requests: how far a retry has put it ahead, and what of it a failure says is wrong.
 */
import * as Runtime from "#effect/runtime"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { isFailure } from "../failure/model.js"
import { isObject } from "../object.js"
import { contentOf } from "./attempt.js"

/** How many milliseconds the clock is ahead of the one that the program has, by all that corrects it. */
export const CurrentAhead: Runtime.Reference<number> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentAhead",
  () => 0
)

/** Runs an effect with a clock that is so many milliseconds ahead, which what corrects it further inside is told. */
export const ahead = <A, E, R>(self: Effect.Effect<A, E, R>, millis: number): Effect.Effect<A, E, R> =>
  Effect.flatMap(CurrentAhead, (already) =>
    Runtime.withClockAhead(Effect.provideService(self, CurrentAhead, already + millis), millis)
  )

/** Where the clocks agree this well, the clock is not what is wrong. */
export const minSkew = 60_000

/** How far a clock is behind that of the server, in milliseconds, as a failure tells it; undefined where it does not. */
export const skewOf = (error: unknown, now: number): number | undefined => {
  const failure = contentOf(error)
  if (!isFailure(failure) || !Predicate.hasProperty(failure, "serverTime")) return undefined
  const { serverTime } = failure
  return DateTime.isDateTime(serverTime) ? DateTime.toEpochMillis(serverTime) - now : undefined
}

// Failures that what signed their requests has learned from, and whether it will sign with another time
const learned = new WeakMap<object, boolean>()

/** Keeps in mind that the signer knows the time of the server now, and whether that changes what it signs. */
export const noteLearned = (failure: object, changes: boolean): void => {
  learned.set(failure, changes)
}

/** Whether the next attempt is signed with another time; undefined where nothing of ours signed the request. */
export const isLearned = (error: unknown): boolean | undefined => {
  const failure = contentOf(error)
  return isObject(failure) ? learned.get(failure) : undefined
}
