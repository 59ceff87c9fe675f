/**
 * What cannot be said in common. Effect 4 has the same names with the same types, and the same claims.
 */
import * as HttpApiSchema from "@effect/platform/HttpApiSchema"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Arbitrary from "effect/Arbitrary"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as FastCheck from "effect/FastCheck"
import type * as Fiber from "effect/Fiber"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import type * as Schema from "effect/Schema"
import * as TestContext from "effect/TestContext"
import * as Tracer from "effect/Tracer"
import type { ObsArbitrary } from "effect-obs/testing"

/** The version of Effect that the tests run with. */
export const major: 3 | 4 = 3

interface Unanswered {
  readonly request: HttpClientRequest.HttpClientRequest
  readonly cause?: unknown
}

/** The errors of the platform, made as a client of somebody makes them. */
export const transportError = (options: Unanswered): HttpClientError.HttpClientError =>
  new HttpClientError.RequestError({ ...options, reason: "Transport" })
export const encodeError = (options: Unanswered): HttpClientError.HttpClientError =>
  new HttpClientError.RequestError({ ...options, reason: "Encode" })
export const invalidUrlError = (options: Unanswered): HttpClientError.HttpClientError =>
  new HttpClientError.RequestError({ ...options, reason: "InvalidUrl" })
export const statusCodeError = (options: {
  readonly request: HttpClientRequest.HttpClientRequest
  readonly response: HttpClientResponse.HttpClientResponse
}): HttpClientError.HttpClientError => new HttpClientError.ResponseError({ ...options, reason: "StatusCode" })

/** Why a client failed, if an error is one of the platform. */
export const reasonOf = (error: unknown): string | undefined =>
  error instanceof HttpClientError.RequestError || error instanceof HttpClientError.ResponseError
    ? error.reason
    : undefined

/** Whether a cause is one typed failure and nothing else. */
export const isOneFailure = <E>(cause: Cause.Cause<E>): boolean => Cause.isFailType(cause)

/** Everything that a cause tells: its failures, then its defects. */
export const toldBy = (cause: Cause.Cause<unknown>): ReadonlyArray<unknown> => [
  ...Cause.failures(cause),
  ...Cause.defects(cause)
]

/** Whether a fiber has come to its end. */
export const hasEnded = <A, E>(fiber: Fiber.RuntimeFiber<A, E>): boolean => fiber.unsafePoll() !== null

/** Lets chance be these numbers, again and again. */
export const withRandom =
  (values: readonly [number, ...ReadonlyArray<number>]) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.withRandom(self, Random.fixed([...values]))

/** Runs an effect on a clock of its own on which nobody waits: to sleep is to move it. */
export const withOwnClock = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    let millis = 0
    const nanos = () => BigInt(Math.round(millis)) * 1_000_000n
    return Effect.withClock(self, {
      [Clock.ClockTypeId]: Clock.ClockTypeId,
      unsafeCurrentTimeMillis: () => millis,
      unsafeCurrentTimeNanos: nanos,
      currentTimeMillis: Effect.sync(() => millis),
      currentTimeNanos: Effect.sync(nanos),
      sleep: (duration) =>
        Effect.zipRight(
          Effect.sync(() => {
            millis += Duration.toMillis(duration)
          }),
          Effect.yieldNow()
        )
    })
  })

/** The same tracer, whose spans are changed when they are made. */
export const changeSpans = (tracer: Tracer.Tracer, change: (span: Tracer.Span) => void): Tracer.Tracer =>
  Tracer.make({
    span: (...args) => {
      const span = tracer.span(...args)
      change(span)
      return span
    },
    context: (f, fiber) => tracer.context(f, fiber)
  })

/** The same tracer as an instance of a class, whose methods are not its own properties. */
export const methodTracer = (tracer: Tracer.Tracer, called: (method: "span" | "context") => void): Tracer.Tracer => {
  class Methods implements Tracer.Tracer {
    readonly [Tracer.TracerTypeId]: Tracer.TracerTypeId = Tracer.TracerTypeId
    readonly name = "methods"
    span(...args: Parameters<Tracer.Tracer["span"]>): Tracer.Span {
      this.tell("span")
      return tracer.span(...args)
    }
    context<X>(f: () => X, fiber: Fiber.RuntimeFiber<unknown, unknown>): X {
      called("context")
      return tracer.context(f, fiber)
    }
    tell(method: "span" | "context"): void {
      called(method)
    }
  }
  return new Methods()
}

/** A tracer that gives the same span again and again, and tells the names of its attributes. */
export const sameSpan = (told: (name: string) => void): Tracer.Tracer => {
  const span: Tracer.Span = {
    _tag: "Span",
    name: "none",
    spanId: "0",
    traceId: "0",
    sampled: false,
    kind: "client",
    parent: Option.none(),
    context: Context.empty(),
    status: { _tag: "Started", startTime: 0n },
    attributes: new Map(),
    links: [],
    attribute: told,
    event: () => undefined,
    end: () => undefined,
    addLinks: () => undefined
  }
  return Tracer.make({ span: () => span, context: (f) => f() })
}

/** The same client, whose requests have no spans. */
export const untracedClient = (client: HttpClient.HttpClient): HttpClient.HttpClient =>
  HttpClient.withTracerDisabledWhen(client, () => true)

/** The client of the platform that repeats a request so many times where its answer is transient. */
export const retryResponses = (client: HttpClient.HttpClient, times: number): HttpClient.HttpClient =>
  HttpClient.retryTransient(client, { mode: "response-only", times })

/** Checks that something holds for every value of a schema, of which so many are tried. */
export const forAll = async <A, I>(
  schema: Schema.Schema<A, I>,
  holds: (value: A) => boolean,
  numRuns: number
): Promise<void> => {
  await Promise.resolve()
  FastCheck.assert(FastCheck.property(Arbitrary.make(schema), holds), { numRuns })
}

/** Checks that something holds for every value of an arbitrary, of which so many are tried. */
export const forAllOf = async <A>(
  arbitrary: ObsArbitrary.Arbitrary<A>,
  holds: (value: A) => boolean,
  numRuns: number
): Promise<void> => {
  await Promise.resolve()
  FastCheck.assert(FastCheck.property(arbitrary, holds), { numRuns })
}

/** Runs an effect that also logs what is for debugging. */
export const withDebugLogs = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.provide(self, Logger.minimumLogLevel(LogLevel.Debug))

/** Makes the inputs of `forAll` the same in every run. */
export const seedArbitraries = (seed: number): void => {
  FastCheck.configureGlobal({ seed })
}

/** The statuses that an `HttpApi` answers with: those of the members of a union, or the one of another schema. */
export const httpApiStatuses = ({ ast }: Schema.Schema.All): ReadonlyArray<number> =>
  (ast._tag === "Union" ? ast.types : [ast]).map(HttpApiSchema.getStatusErrorAST)

/** Runs the effect of a test, in a scope and with the services of tests. */
export const runTest = <A, E>(effect: Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.provide(Effect.scoped(effect), TestContext.TestContext))
