/**
 * Durations in options.
 */
import * as Runtime from "#effect/runtime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"

/** The milliseconds of a duration; `otherwise` where there is none or it is invalid, such as a negative number. */
export const millisOf = (duration: Runtime.DurationInput | undefined, otherwise: number): number =>
  duration === undefined || (typeof duration === "number" && !(duration >= 0))
    ? otherwise
    : Option.match(Runtime.durationOf(duration), { onNone: () => otherwise, onSome: Duration.toMillis })
