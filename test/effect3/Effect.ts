import * as Effect from "effect/Effect"

export * from "effect/Effect"
export {
  async as callback,
  catchAll as catch,
  catchAllCause as catchCause,
  fork as forkChild,
  forkDaemon as forkDetach
} from "effect/Effect"

export const yieldNow = Effect.yieldNow()

export type Success<T extends Effect.Effect<unknown, unknown, unknown>> = Effect.Effect.Success<T>
export type Error<T extends Effect.Effect<unknown, unknown, unknown>> = Effect.Effect.Error<T>
export type Services<T extends Effect.Effect<unknown, unknown, unknown>> = Effect.Effect.Context<T>
