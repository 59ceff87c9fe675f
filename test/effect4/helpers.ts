/**
 * What cannot be said in common. Effect 3 has the same names with the same types, and the same claims.
 */
import * as Arbitrary from "effect/Arbitrary"
import type * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as Option from "effect/Option"
import * as Random from "effect/Random"
import * as References from "effect/References"
import type * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as TestClock from "effect/testing/TestClock"
import * as Tracer from "effect/Tracer"
import type { ObsArbitrary } from "effect-obs/testing"

/** The version of Effect that the tests run with. */
export const major: 3 | 4 = 4

interface Unanswered {
  readonly request: HttpClientRequest.HttpClientRequest
  readonly cause?: unknown
}

const failedBy = (reason: HttpClientError.HttpClientErrorReason): HttpClientError.HttpClientError =>
  new HttpClientError.HttpClientError({ reason })

/** The errors of the platform, made as a client of somebody makes them. */
export const transportError = (options: Unanswered): HttpClientError.HttpClientError =>
  failedBy(new HttpClientError.TransportError(options))
export const encodeError = (options: Unanswered): HttpClientError.HttpClientError =>
  failedBy(new HttpClientError.EncodeError(options))
export const invalidUrlError = (options: Unanswered): HttpClientError.HttpClientError =>
  failedBy(new HttpClientError.InvalidUrlError(options))
export const statusCodeError = (options: {
  readonly request: HttpClientRequest.HttpClientRequest
  readonly response: HttpClientResponse.HttpClientResponse
}): HttpClientError.HttpClientError => failedBy(new HttpClientError.StatusCodeError(options))

/** Why a client failed, if an error is one of the platform. */
export const reasonOf = (error: unknown): string | undefined =>
  HttpClientError.isHttpClientError(error) ? error.reason._tag.replace(/Error$/, "") : undefined

/** Whether a cause is one typed failure and nothing else. */
export const isOneFailure = <E>({ reasons }: Cause.Cause<E>): boolean =>
  reasons.length === 1 && reasons[0]?._tag === "Fail"

/** Everything that a cause tells: its failures, then its defects. */
export const toldBy = ({ reasons }: Cause.Cause<unknown>): ReadonlyArray<unknown> => [
  ...reasons.flatMap((reason) => (reason._tag === "Fail" ? [reason.error] : [])),
  ...reasons.flatMap((reason) => (reason._tag === "Die" ? [reason.defect] : []))
]

/** Whether a fiber has come to its end. */
export const hasEnded = <A, E>(fiber: Fiber.Fiber<A, E>): boolean => fiber.pollUnsafe() !== undefined

/** Lets chance be these numbers, again and again. */
export const withRandom =
  (values: readonly [number, ...ReadonlyArray<number>]) =>
  <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.suspend(() => {
      let i = 0
      const next = () => values[i++ % values.length] ?? 0
      return Effect.provideService(self, Random.Random, { nextDoubleUnsafe: next, nextIntUnsafe: next })
    })

/** Runs an effect on a clock of its own on which nobody waits: to sleep is to move it. */
export const withOwnClock = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    let millis = 0
    const nanos = () => BigInt(Math.round(millis)) * 1_000_000n
    return Effect.provideService(self, Clock.Clock, {
      currentTimeMillisUnsafe: () => millis,
      currentTimeNanosUnsafe: nanos,
      monotonicTimeNanosUnsafe: nanos,
      currentTimeMillis: Effect.sync(() => millis),
      currentTimeNanos: Effect.sync(nanos),
      monotonicTimeNanos: Effect.sync(nanos),
      sleep: (duration) =>
        Effect.andThen(
          Effect.sync(() => {
            millis += Duration.toMillis(duration)
          }),
          Effect.yieldNow
        )
    })
  })

/** The same tracer, whose spans are changed when they are made. */
export const changeSpans = (tracer: Tracer.Tracer, change: (span: Tracer.Span) => void): Tracer.Tracer =>
  Tracer.make({
    span: (options) => {
      const span = tracer.span(options)
      change(span)
      return span
    },
    context: tracer.context?.bind(tracer)
  })

/** The same tracer as an instance of a class, whose methods are not its own properties. */
export const methodTracer = (tracer: Tracer.Tracer, called: (method: "span" | "context") => void): Tracer.Tracer => {
  class Methods implements Tracer.Tracer {
    span(options: Parameters<Tracer.Tracer["span"]>[0]): Tracer.Span {
      this.tell("span")
      return tracer.span(options)
    }
    context<X>(primitive: Tracer.EffectPrimitive<X>, fiber: Fiber.Fiber<unknown, unknown>): X {
      // Effect 4 calls it without its tracer
      called("context")
      return primitive["~effect/Effect/evaluate"](fiber)
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
    annotations: Context.empty(),
    status: { _tag: "Started", startTime: 0n },
    attributes: new Map(),
    links: [],
    attribute: told,
    event: () => undefined,
    end: () => undefined,
    addLinks: () => undefined
  }
  return Tracer.make({ span: () => span })
}

/** The same client, whose requests have no spans. */
export const untracedClient = (client: HttpClient.HttpClient): HttpClient.HttpClient =>
  HttpClient.transformResponse(
    client,
    Effect.provideService(HttpClient.TracerDisabledWhen, () => true)
  )

/** The client of the platform that repeats a request so many times where its answer is transient. */
export const retryResponses = (client: HttpClient.HttpClient, times: number): HttpClient.HttpClient =>
  HttpClient.retryTransient(client, { retryOn: "response-only", times })

/** Checks that something holds for every value of a schema, of which so many are tried. */
export const forAll = async <S extends Schema.Constraint>(
  schema: S,
  holds: (value: S["Type"]) => boolean,
  numRuns: number
): Promise<void> => {
  const result = await Effect.runPromise(Arbitrary.checkEffect(Arbitrary.schema(schema), holds, { runs: numRuns }))
  if (result._tag !== "Passed") throw new Error(Arbitrary.formatCheckFailure(result))
}

/** Checks that something holds for every value of an arbitrary, of which so many are tried. */
export const forAllOf = async <A>(
  arbitrary: ObsArbitrary.Arbitrary<A>,
  holds: (value: A) => boolean,
  numRuns: number
): Promise<void> => {
  const result = await Effect.runPromise(Arbitrary.checkEffect(arbitrary, holds, { runs: numRuns }))
  if (result._tag !== "Passed") throw new Error(Arbitrary.formatCheckFailure(result))
}

/** Runs an effect that also logs what is for debugging. */
export const withDebugLogs = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.provideService(self, References.MinimumLogLevel, "Debug")

/** Makes the inputs of `forAll` the same in every run. */
export const seedArbitraries = (seed: number): void => {
  Arbitrary.configureGlobal({ check: { seed } })
}

/** The statuses that an `HttpApi` answers with: those of the members of a union, or the one of another schema. */
export const httpApiStatuses = ({ ast }: Schema.Constraint): ReadonlyArray<unknown> =>
  (ast._tag === "Union" ? ast.types : [ast]).map((ast) => SchemaAST.resolve(ast)?.["httpApiStatus"])

/** Runs the effect of a test, in a scope and with the services of tests. */
export const runTest = <A, E>(effect: Effect.Effect<A, E>): Promise<A> =>
  Effect.runPromise(Effect.provide(Effect.scoped(effect), TestClock.layer()))
