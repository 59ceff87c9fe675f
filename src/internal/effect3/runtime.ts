/**
 * The parts of Effect whose name or form differs between the versions, for Effect 3.
 */
import * as Cause from "effect/Cause"
import * as Chunk from "effect/Chunk"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as FiberId from "effect/FiberId"
import * as FiberRef from "effect/FiberRef"
import * as FiberRefs from "effect/FiberRefs"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Runtime from "effect/Runtime"
import * as Schedule from "effect/Schedule"
import * as ScheduleDecision from "effect/ScheduleDecision"
import * as ScheduleInterval from "effect/ScheduleInterval"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"

/** A duration, or a number of milliseconds. */
export type DurationInput = Duration.DurationInput

export const durationOf: (u: unknown) => Option.Option<Duration.Duration> = Duration.decodeUnknown

export const catchAll = Effect.catchAll

export const catchCause = Effect.catchAllCause

export const callback = Effect.async

export const layerScoped: <I, S, E, R>(
  tag: Context.Tag<I, S>,
  effect: Effect.Effect<S, E, R>
) => Layer.Layer<I, E, Exclude<R, Scope.Scope>> = Layer.scoped

/** A layer of several services. */
export const layerContext: <A, E, R>(
  effect: Effect.Effect<Context.Context<A>, E, R>
) => Layer.Layer<A, E, Exclude<R, Scope.Scope>> = Layer.scopedContext

/** The error of `Effect.timeout`. */
export type TimeoutError = Cause.TimeoutException

export const isTimeoutError: (u: unknown) => u is TimeoutError = Cause.isTimeoutException

export const timeoutError = (message: string): TimeoutError => new Cause.TimeoutException(message)

/** The class of a service. */
export interface ServiceClass<Self, Id extends string, Shape> extends Context.TagClass<Self, Id, Shape> {}

export const service =
  <Self, Shape>() =>
  <const Id extends string>(id: Id): ServiceClass<Self, Id, Shape> =>
    Context.Tag(id)<Self, Shape>()

/** A service with a default, which need not be provided. */
export interface Reference<Shape> extends Context.Reference<never, Shape> {}

export const reference = <Shape>(id: string, defaultValue: () => Shape): Reference<Shape> =>
  Context.Reference<never>()(id, { defaultValue })

/** A running fiber. */
export type RunningFiber<A, E = never> = Fiber.RuntimeFiber<A, E>

/** Starts an effect from outside an effect. */
export type RunFork = <A, E>(effect: Effect.Effect<A, E>) => RunningFiber<A, E>

/** Gives a function that starts effects in the runtime of this one. */
export const runFork: Effect.Effect<RunFork> = /*#__PURE__*/ Effect.map(
  /*#__PURE__*/ Effect.runtime(),
  (runtime) => (effect) => Runtime.runFork(runtime, effect)
)

/** Interrupts a fiber from outside an effect, without waiting for it to end. */
export const interruptUnsafe = <A, E>(fiber: RunningFiber<A, E>): void => {
  fiber.unsafeInterruptAsFork(FiberId.none)
}

export const exitOrElse = <A, E, B>(exit: Exit.Exit<A, E>, otherwise: B): A | B => Exit.getOrElse(exit, () => otherwise)

/** Maps the failures and defects of a cause. */
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

/** The most informative error of a cause. */
export const squash = Cause.squash

/** The first failure of a cause; undefined if it has none. */
export const failureOf = <E>(cause: Cause.Cause<E>): E | undefined => Option.getOrUndefined(Cause.failureOption(cause))

export const isInterruptedOnly = Cause.isInterruptedOnly

export const mapErrorCause = Effect.mapErrorCause

/** A change of the context that keeps what is in it. */
export type ContextChange = <R>(context: Context.Context<R>) => Context.Context<R>

/** Another value of a fiber ref, for as long as an effect runs. */
export interface Local {
  readonly set: (refs: FiberRefs.FiberRefs, fiberId: FiberId.Runtime) => FiberRefs.FiberRefs
  readonly reset: (
    refs: FiberRefs.FiberRefs,
    fiberId: FiberId.Runtime,
    before: FiberRefs.FiberRefs
  ) => FiberRefs.FiberRefs
}

export const local = <A>(fiberRef: FiberRef.FiberRef<A>, f: (a: A) => A): Local => ({
  set: (refs, fiberId) =>
    FiberRefs.updateAs(refs, { fiberId, fiberRef, value: f(FiberRefs.getOrDefault(refs, fiberRef)) }),
  reset: (refs, fiberId, before) =>
    FiberRefs.updateAs(refs, { fiberId, fiberRef, value: FiberRefs.getOrDefault(before, fiberRef) })
})

/** Does for several fiber refs what `Effect.locally` does for one, in half of its steps, which are many to a request. */
export const locally = <A, E, R>(self: Effect.Effect<A, E, R>, locals: ReadonlyArray<Local>): Effect.Effect<A, E, R> =>
  Effect.uninterruptibleMask((restore) => {
    let before = FiberRefs.empty()
    const set = Effect.updateFiberRefs((fiberId, refs) => {
      before = refs
      return locals.reduce((refs, { set }) => set(refs, fiberId), refs)
    })
    const reset = Effect.updateFiberRefs((fiberId, refs) =>
      locals.reduce((refs, { reset }) => reset(refs, fiberId, before), refs)
    )
    return Effect.matchCauseEffect(Effect.zipRight(set, restore(self)), {
      onFailure: (cause) => Effect.zipRight(reset, Effect.failCause(cause)),
      onSuccess: (a) => Effect.as(reset, a)
    })
  })

/** Runs an effect in a changed context. */
export const mapContext = <A, E, R>(self: Effect.Effect<A, E, R>, change: ContextChange): Effect.Effect<A, E, R> =>
  locally(self, [local<Context.Context<never>>(FiberRef.currentContext, change)])

/** Runs an effect with another value of a reference. */
export const withReference = <A, E, R, S>(
  self: Effect.Effect<A, E, R>,
  reference: Reference<S>,
  value: S
): Effect.Effect<A, E, R> => mapContext(self, (context) => Context.add(context, reference, value))

/** Whether something is a stream. */
export const isStream = (u: unknown): u is Stream.Stream<unknown, unknown, unknown> =>
  Predicate.hasProperty(u, Stream.StreamTypeId)

/** Passes the elements of a stream to `take` until it returns false. Opens the stream at once. */
export const consume = <A, E, R>(stream: Stream.Stream<A, E, R>, take: (a: A) => boolean): Effect.Effect<void, E, R> =>
  Stream.toPull(stream).pipe(
    Effect.flatMap((pull) =>
      Effect.iterate(true, { while: identity, body: () => Effect.map(pull, Chunk.every(take)) })
    ),
    Effect.scoped,
    Effect.asVoid,
    Effect.catchAll((error) => Option.match(error, { onNone: () => Effect.void, onSome: Effect.fail }))
  )

/** A stream of lists, each made of what the one before left. */
export const paginate = <S, A, E, R>(
  start: S,
  page: (state: S) => Effect.Effect<readonly [ReadonlyArray<A>, Option.Option<S>], E, R>
): Stream.Stream<A, E, R> =>
  Stream.paginateChunkEffect(start, (state) =>
    Effect.map(page(state), ([as, next]) => [Chunk.unsafeFromArray(as), next] as const)
  )

/** A stream of what an effect returns again and again, until it returns undefined. */
export const pulled = <A, E, R, E2, R2>(
  open: Effect.Effect<Effect.Effect<A | undefined, E, R>, E2, R2>
): Stream.Stream<A, E | E2, R | Exclude<R2, Scope.Scope>> =>
  Stream.unwrapScoped(
    Effect.map(open, (next) =>
      Stream.repeatEffectOption(
        Effect.flatMap(Effect.mapError(next, Option.some), (a) =>
          a === undefined ? Effect.fail(Option.none()) : Effect.succeed(a)
        )
      )
    )
  )

/** Maps each element of a stream to several. */
export const mapToMany = <A, E, R, B, E2, R2>(
  self: Stream.Stream<A, E, R>,
  f: (a: A) => Effect.Effect<ReadonlyArray<B>, E2, R2>
): Stream.Stream<B, E | E2, R | R2> => Stream.mapConcat(Stream.mapEffect(self, f), (bs) => bs)

/** Logs with annotations at the level of debugging. */
export const logDebug = (message: string, annotations: Record<string, unknown>): Effect.Effect<void> =>
  Effect.flatMap(FiberRef.get(FiberRef.currentMinimumLogLevel), (level) =>
    // Annotations cost more than all else of a log that nobody sees
    LogLevel.greaterThan(level, LogLevel.Debug)
      ? Effect.void
      : Effect.annotateLogs(Effect.logDebug(message), annotations)
  )

/** The clock, which tells the milliseconds outside of an effect. */
export const clock: Effect.Effect<() => number> = /*#__PURE__*/ Effect.clockWith((clock) =>
  Effect.succeed(() => clock.unsafeCurrentTimeMillis())
)

/** Runs an effect with the clock set ahead by a number of milliseconds. */
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

/** Makes a schedule that waits for as many milliseconds as `step` returns, and ends when it returns undefined. */
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

/** Wraps a tracer and calls `f` with each span that it makes. */
export const tapSpans = (tracer: Tracer.Tracer, f: (span: Tracer.Span, kind: Tracer.SpanKind) => void): Tracer.Tracer =>
  Tracer.make({
    span: (...args) => {
      const span = tracer.span(...args)
      f(span, args[5])
      return span
    },
    context: (g, fiber) => tracer.context(g, fiber)
  })

/** `Equal.symbol` of the other version of Effect. */
export const otherEqual: PropertyKey = "~effect/Equal"

/** `Hash.symbol` of the other version of Effect. */
export const otherHash: PropertyKey = "~effect/Hash"
