/**
 * How long a service waits for the next bytes of a body.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Refusal } from "../verification/refusal.js"
import { refusal } from "../verification/refusal.js"
import type { Body } from "./receive.js"

const timeout = (): Refusal =>
  refusal(
    "RequestTimeout",
    "Your socket connection to the server was not read from or written to within the timeout period."
  )

/** Does something with a body, and fails where nothing of it has arrived for a time, in milliseconds. */
export const within = <A, E, R>(
  body: Body,
  millis: number | undefined,
  use: (body: Body) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | Refusal, R> => {
  if (millis === undefined || body instanceof Uint8Array) return use(body)
  return Effect.flatMap(Clock.currentTimeMillis, (start) => {
    let last = start
    let isOver = false
    const watched = body.pipe(
      Stream.mapEffect((bytes) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          last = now
          return bytes
        })
      ),
      Stream.ensuring(
        Effect.sync(() => {
          isOver = true
        })
      )
    )
    const watch: Effect.Effect<never, Refusal> = Effect.flatMap(Clock.currentTimeMillis, (now) => {
      if (isOver) return Effect.never
      const rest = last + millis - now
      return rest > 0 ? Effect.andThen(Effect.sleep(rest), watch) : Effect.fail(timeout())
    })
    return Effect.raceFirst(use(watched), watch)
  })
}
