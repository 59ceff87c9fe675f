/**
 * The parts of Effect whose name or form differs between the versions, for Effect 4.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"

/** A duration, or a number of milliseconds. */
export type DurationInput = Duration.Input

export const durationOf = (u: DurationInput): Option.Option<Duration.Duration> => Duration.fromInput(u)

export const catchAll = Effect.catch

export const catchCause = Effect.catchCause

export const callback = Effect.callback

export const layerScoped: <I, S, E, R>(
  tag: Context.Key<I, S>,
  effect: Effect.Effect<S, E, R>
) => Layer.Layer<I, E, Exclude<R, Scope.Scope>> = Layer.effect

/** A layer of several services. */
export const layerContext: <A, E, R>(
  effect: Effect.Effect<Context.Context<A>, E, R>
) => Layer.Layer<A, E, Exclude<R, Scope.Scope>> = Layer.effectContext

/** The error of `Effect.timeout`. */
export type TimeoutError = Cause.TimeoutError

export const isTimeoutError: (u: unknown) => u is TimeoutError = Cause.isTimeoutError

export const timeoutError = (message: string): TimeoutError => new Cause.TimeoutError(message)

/** The class of a service. */
export interface ServiceClass<Self, Id extends string, Shape> extends Context.ServiceClass<Self, Id, Shape> {}

export const service =
  <Self, Shape>() =>
  <const Id extends string>(id: Id): ServiceClass<Self, Id, Shape> =>
    Context.Service<Self, Shape>()(id)

/** A service with a default, which need not be provided. */
export interface Reference<Shape> extends Context.Reference<Shape> {}

export const reference = <Shape>(id: string, defaultValue: () => Shape): Reference<Shape> =>
  Context.Reference(id, { defaultValue })

/** A running fiber. */
export type RunningFiber<A, E = never> = Fiber.Fiber<A, E>

/** Starts an effect from outside an effect. */
export type RunFork = <A, E>(effect: Effect.Effect<A, E>) => RunningFiber<A, E>

/** Gives a function that starts effects in the runtime of this one. */
export const runFork: Effect.Effect<RunFork> = /*#__PURE__*/ Effect.map(
  /*#__PURE__*/ Effect.context(),
  (context) => (effect) => Effect.runForkWith(context)(effect)
)

/** Interrupts a fiber from outside an effect, without waiting for it to end. */
export const interruptUnsafe = <A, E>(fiber: RunningFiber<A, E>): void => {
  fiber.interruptUnsafe()
}

export const exitOrElse = <A, E, B>(exit: Exit.Exit<A, E>, otherwise: B): A | B =>
  Exit.isSuccess(exit) ? exit.value : otherwise

/** Maps the failures and defects of a cause. */
export const mapCause = <E>(
  cause: Cause.Cause<E>,
  { die, fail }: { readonly fail: (error: E) => E; readonly die: (defect: unknown) => unknown }
): Cause.Cause<E> =>
  Cause.fromReasons(
    cause.reasons.map((reason): Cause.Reason<E> => {
      switch (reason._tag) {
        case "Fail":
          return annotatedLike(Cause.makeFailReason(fail(reason.error)), reason)
        case "Die":
          return annotatedLike(Cause.makeDieReason(die(reason.defect)), reason)
        case "Interrupt":
          return reason
      }
    })
  )

/** Copies the annotations of a reason, such as the span, to the one that replaces it. */
const annotatedLike = <A extends Cause.Cause.ReasonProto<string>>(reason: A, other: Cause.Reason<unknown>): A =>
  reason.annotate(Cause.reasonAnnotations(other))

/** The most informative error of a cause. */
export const squash = Cause.squash

/** The first failure of a cause; undefined if it has none. */
export const failureOf = <E>(cause: Cause.Cause<E>): E | undefined =>
  Option.getOrUndefined(Cause.findErrorOption(cause))

export const isInterruptedOnly = Cause.hasInterruptsOnly

export const mapErrorCause = <A, E, R>(
  self: Effect.Effect<A, E, R>,
  f: (cause: Cause.Cause<E>) => Cause.Cause<E>
): Effect.Effect<A, E, R> => Effect.catchCause(self, (cause) => Effect.failCause(f(cause)))

/** A change of the context that keeps what is in it. */
export type ContextChange = <R>(context: Context.Context<R>) => Context.Context<R>

/** Runs an effect in a changed context. */
export const mapContext = <A, E, R>(self: Effect.Effect<A, E, R>, change: ContextChange): Effect.Effect<A, E, R> =>
  Effect.updateContext(self, change<R>)

/** Runs an effect with another value of a reference. */
export const withReference: <A, E, R, S>(
  self: Effect.Effect<A, E, R>,
  reference: Reference<S>,
  value: S
) => Effect.Effect<A, E, R> = Effect.provideService

/** Whether something is a stream. */
export const isStream: (u: unknown) => u is Stream.Stream<unknown, unknown, unknown> = Stream.isStream

/** Passes the elements of a stream to `take` until it returns false. Opens the stream at once. */
export const consume = <A, E, R>(stream: Stream.Stream<A, E, R>, take: (a: A) => boolean): Effect.Effect<void, E, R> =>
  Stream.runForEachArray(stream, (as) => (as.every(take) ? Effect.void : Cause.done())).pipe(
    Effect.catchIf(Cause.isDone, () => Effect.void)
  )

/** A stream of lists, each made of what the one before left. */
export const paginate: <S, A, E, R>(
  start: S,
  page: (state: S) => Effect.Effect<readonly [ReadonlyArray<A>, Option.Option<S>], E, R>
) => Stream.Stream<A, E, R> = Stream.paginate

/** A stream of what an effect returns again and again, until it returns undefined. */
export const pulled = <A, E, R, E2, R2>(
  open: Effect.Effect<Effect.Effect<A | undefined, E, R>, E2, R2>
): Stream.Stream<A, E | E2, R | Exclude<R2, Scope.Scope>> =>
  Stream.unwrap(
    Effect.map(open, (next) =>
      Stream.fromPull(
        Effect.succeed(Effect.flatMap(next, (a) => (a === undefined ? Cause.done() : Effect.succeed([a] as const))))
      )
    )
  )

/** Maps each element of a stream to several. */
export const mapToMany = <A, E, R, B, E2, R2>(
  self: Stream.Stream<A, E, R>,
  f: (a: A) => Effect.Effect<ReadonlyArray<B>, E2, R2>
): Stream.Stream<B, E | E2, R | R2> => Stream.flattenIterable(Stream.mapEffect(self, f))

/** Logs with annotations at the level of debugging. */
export const logDebug = (message: string, annotations: Record<string, unknown>): Effect.Effect<void> =>
  Effect.annotateLogs(Effect.logDebug(message), annotations)

/** The clock, which tells the milliseconds outside of an effect. */
export const clock: Effect.Effect<() => number> = /*#__PURE__*/ Clock.clockWith((clock) =>
  Effect.succeed(() => clock.currentTimeMillisUnsafe())
)

/** Runs an effect with the clock set ahead by a number of milliseconds. */
export const withClockAhead = <A, E, R>(self: Effect.Effect<A, E, R>, millis: number): Effect.Effect<A, E, R> => {
  const nanos = BigInt(Math.round(millis)) * 1_000_000n
  return Clock.clockWith((clock) =>
    Effect.provideService(self, Clock.Clock, {
      currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + millis,
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe() + nanos,
      currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + millis),
      currentTimeNanos: Effect.map(clock.currentTimeNanos, (now) => now + nanos),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      sleep: (duration) => clock.sleep(duration)
    })
  )
}

/** Makes a schedule that waits for as many milliseconds as `step` returns, and ends when it returns undefined. */
export const scheduleOf = (
  step: (error: unknown, retries: number, now: number) => Effect.Effect<number | undefined>
): Schedule.Schedule<number> =>
  Schedule.fromStepWithMetadata(
    Effect.succeed(({ attempt, input, now }: Schedule.InputMetadata<unknown>) =>
      Effect.flatMap(step(input, attempt - 1, now), (wait) =>
        wait === undefined
          ? Cause.done(attempt - 1)
          : Effect.succeed<[number, Duration.Duration]>([attempt, Duration.millis(wait)])
      )
    )
  )

/** Wraps a tracer and calls `f` with each span that it makes. */
export const tapSpans = (tracer: Tracer.Tracer, f: (span: Tracer.Span, kind: Tracer.SpanKind) => void): Tracer.Tracer =>
  Tracer.make({
    span: (options) => {
      const span = tracer.span(options)
      f(span, options.kind)
      return span
    },
    // Not a copy: the tracer may be an instance of a class
    context: tracer.context?.bind(tracer)
  })

/** `Equal.symbol` of the other version of Effect. */
export const otherEqual: PropertyKey = /*#__PURE__*/ Symbol.for("effect/Equal")

/** `Hash.symbol` of the other version of Effect. */
export const otherHash: PropertyKey = /*#__PURE__*/ Symbol.for("effect/Hash")
