/**
 * What of Effect has another name or form in the other version: Effect 3.
 */
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Schedule from "effect/Schedule"
import * as ScheduleDecision from "effect/ScheduleDecision"
import * as ScheduleInterval from "effect/ScheduleInterval"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"

/** What `Duration` takes for one; a number is milliseconds. */
export type DurationInput = Duration.DurationInput

export const durationOf: (u: unknown) => Option.Option<Duration.Duration> = Duration.decodeUnknown

export const catchAll = Effect.catchAll

export const catchCause = Effect.catchAllCause

export const forkDetach = Effect.forkDaemon

export const callback = Effect.async

export const layerScoped: <I, S, E, R>(
  tag: Context.Tag<I, S>,
  effect: Effect.Effect<S, E, R>
) => Layer.Layer<I, E, Exclude<R, Scope.Scope>> = Layer.scoped

/** What `Effect.timeout` fails with. */
export type TimeoutError = Cause.TimeoutException

export const isTimeoutError: (u: unknown) => u is TimeoutError = Cause.isTimeoutException

export const timeoutError = (message: string): TimeoutError => new Cause.TimeoutException(message)

/** The class of a service. */
export interface ServiceClass<Self, Id extends string, Shape> extends Context.TagClass<Self, Id, Shape> {}

export const service =
  <Self, Shape>() =>
  <const Id extends string>(id: Id): ServiceClass<Self, Id, Shape> =>
    Context.Tag(id)<Self, Shape>()

/** A service that has a default, so that nothing has to provide it. */
export interface Reference<Shape> extends Context.Reference<never, Shape> {}

export const reference = <Shape>(id: string, defaultValue: () => Shape): Reference<Shape> =>
  Context.Reference<never>()(id, { defaultValue })

/** A fiber that runs. */
export type RunningFiber<A, E = never> = Fiber.RuntimeFiber<A, E>

/** Starts an effect outside of any. */
export type RunFork = <A, E>(effect: Effect.Effect<A, E>) => RunningFiber<A, E>

/** Starts effects where this one runs. */
export const runFork: Effect.Effect<RunFork> = /*#__PURE__*/ Effect.map(
  /*#__PURE__*/ Effect.runtime(),
  (runtime) => (effect) => Runtime.runFork(runtime, effect)
)

/** Interrupts a fiber, outside of any effect, and does not wait for its end. */
export const interruptUnsafe = <A, E>(fiber: RunningFiber<A, E>): void => {
  fiber.unsafeInterruptAsFork(FiberId.none)
}

/** Ends a deferred, outside of any effect. */
export const doneUnsafe = <A>(deferred: Deferred.Deferred<A>, value: A): void => {
  Deferred.unsafeDone(deferred, Effect.succeed(value))
}

export const exitOrElse = <A, E, B>(exit: Exit.Exit<A, E>, otherwise: B): A | B => Exit.getOrElse(exit, () => otherwise)

/** The same cause, with other failures and defects. */
export const mapCause = <E>(
  cause: Cause.Cause<E>,
  { die, fail }: { readonly fail: (error: E) => E; readonly die: (defect: unknown) => unknown }
): Cause.Cause<E> =>
  Cause.match(cause, {
    onEmpty: Cause.empty,
    onFail: (error) => Cause.fail(fail(error)),
    onDie: (defect) => Cause.die(die(defect)),
    onInterrupt: Cause.interrupt,
    onSequential: Cause.sequential,
    onParallel: Cause.parallel
  })

/** The one error that says most of a cause. */
export const squash = Cause.squash

/** The first failure of a cause; undefined where it has none. */
export const failureOf = <E>(cause: Cause.Cause<E>): E | undefined => Option.getOrUndefined(Cause.failureOption(cause))

export const isInterruptedOnly = Cause.isInterruptedOnly

export const mapErrorCause = Effect.mapErrorCause

/** Hands on what a stream has, until `take` wants no more; the stream is opened at once. */
export const consume = <A, E, R>(stream: Stream.Stream<A, E, R>, take: (a: A) => boolean): Effect.Effect<void, E, R> =>
  Stream.toPull(stream).pipe(
    Effect.flatMap((pull) =>
      Effect.iterate(true, { while: identity, body: () => Effect.map(pull, Chunk.every(take)) })
    ),
    Effect.scoped,
    Effect.asVoid,
    Effect.catchAll((error) => Option.match(error, { onNone: () => Effect.void, onSome: Effect.fail }))
  )

/** Runs an effect with a clock that is so many milliseconds ahead of the one there is. */
export const withClockAhead = <A, E, R>(self: Effect.Effect<A, E, R>, millis: number): Effect.Effect<A, E, R> => {
  const nanos = BigInt(Math.round(millis)) * 1_000_000n
  return Effect.clockWith((clock) =>
    Effect.withClock(self, {
      [Clock.ClockTypeId]: Clock.ClockTypeId,
      unsafeCurrentTimeMillis: () => clock.unsafeCurrentTimeMillis() + millis,
      unsafeCurrentTimeNanos: () => clock.unsafeCurrentTimeNanos() + nanos,
      currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + millis),
      currentTimeNanos: Effect.map(clock.currentTimeNanos, (now) => now + nanos),
      sleep: (duration) => clock.sleep(duration)
    })
  )
}

/** A schedule that waits after each failure for as many milliseconds as `step` says, and ends where it says none. */
export const scheduleOf = (
  step: (error: unknown, retries: number, now: number) => Effect.Effect<number | undefined>
): Schedule.Schedule<number> =>
  Schedule.makeWithState(0, (now, error: unknown, retries) =>
    Effect.map(step(error, retries, now), (wait) =>
      wait === undefined
        ? [retries, retries, ScheduleDecision.done]
        : [retries + 1, retries + 1, ScheduleDecision.continueWith(ScheduleInterval.after(now + wait))]
    )
  )

/** The same tracer, which hands over each span that it makes. */
export const tapSpans = (tracer: Tracer.Tracer, f: (span: Tracer.Span, kind: Tracer.SpanKind) => void): Tracer.Tracer =>
  Tracer.make({
    span: (...args) => {
      const span = tracer.span(...args)
      f(span, args[5])
      return span
    },
    context: (g, fiber) => tracer.context(g, fiber)
  })

/** What the other version of Effect calls `Equal.symbol`. */
export const otherEqual: PropertyKey = "~effect/Equal"

/** What the other version of Effect calls `Hash.symbol`. */
export const otherHash: PropertyKey = "~effect/Hash"
