/**
 * Notices that nothing happens.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"

/**
 * Ends when a count has not changed for a time. Looks at it twice in that time, so that what is counted costs nothing:
 * it ends at most half of the time late.
 */
export const whenIdle = (time: Duration.Duration, count: () => number): Effect.Effect<void> => {
  const millis = Duration.toMillis(time)
  const watch = (seen: number, since: number): Effect.Effect<void> =>
    Effect.flatMap(Effect.sleep(millis / 2), () =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const current = count()
        if (current !== seen) return watch(current, now)
        return now - since >= millis ? Effect.void : watch(seen, since)
      })
    )
  return Effect.flatMap(Clock.currentTimeMillis, (now) => watch(count(), now))
}
