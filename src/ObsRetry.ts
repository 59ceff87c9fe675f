/**
 * Retries: which failures are worth another attempt, when it is made, and how many all callers together may make.
 *
 * `ObsHttpClient.retry` applies all of it to the requests of a client. `retry` does so for any effect, and `schedule` is
 * the plain policy for `Effect.retry`.
 *
 * The numbers are those of the AWS SDKs' standard mode: three attempts in all, a wait that is random between nothing and
 * a ceiling which doubles with each attempt, and a budget of 500 tokens.
 *
 * @since 0.2.0
 */
import { causeOf, reasonOf, responseOf } from "#effect/http"
import * as HttpClientError from "#http/HttpClientError"
import * as Runtime from "#effect/runtime"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Random from "effect/Random"
import type * as Schedule from "effect/Schedule"
import { millisOf } from "./internal/duration.js"
import { contentOf, isKnown, withAttempts } from "./internal/retry/attempt.js"
import type { Retry } from "./internal/failure/classification.js"
import { retryOfStatus } from "./internal/failure/classification.js"
import { isFailure } from "./internal/failure/model.js"
import { readHeaders } from "./internal/wire/headers.js"
import { takeRetryAfter } from "./internal/wire/retryAfter.js"
import { ahead, isLearned, minSkew, skewOf } from "./internal/retry/clock.js"
import { isTransient, neverConnected } from "./internal/request/networkError.js"
import { requestOf } from "./internal/request/redaction.js"
import { hasReplayableBody } from "./internal/request/request.js"
import type { Judge } from "./internal/retry/tally.js"
import { CurrentTally, Tally, tallied } from "./internal/retry/tally.js"

/**
 * The numbers of a policy. One that makes no sense, such as a negative duration, counts as not given.
 *
 * @category models
 * @since 0.2.0
 */
export interface Options {
  /** How many attempts in all, the first included; 3 by default, 1 or less for no retry. */
  readonly attempts?: number | undefined
  /** The ceiling of the wait before the second attempt (milliseconds where it is a number), 50 ms by default. */
  readonly delay?: Runtime.DurationInput | undefined
  /** The same after a failure of throttling, 1 s by default. */
  readonly throttledDelay?: Runtime.DurationInput | undefined
  /** What no ceiling exceeds, 20 s by default. */
  readonly maxDelay?: Runtime.DurationInput | undefined
  /** How much longer than the policy's own wait the service may make it, 5 s by default. */
  readonly maxExtraDelay?: Runtime.DurationInput | undefined
}

const numberOf = (attempts: number | undefined): number =>
  attempts === undefined || Number.isNaN(attempts) ? 3 : Math.max(1, Math.floor(attempts))

/**
 * Tells whether the same request can succeed when it is sent again, for whatever it failed with.
 *
 * A failure of this library says so itself. Of the platform's errors, those of the transport are `transient` where the
 * network is at fault, a connection that was lost while a body was read included; a header or an address that is refused
 * and a certificate that is not trusted are `never`. Those of a response are as its status says. Of all others only the
 * `TimeoutException` of Effect is `transient`.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsError, ObsRetry } from "effect-obs"
 *
 * assert.strictEqual(ObsRetry.classify(new ObsError.SlowDown()), "throttling")
 * assert.strictEqual(ObsRetry.classify(new ObsError.NoSuchKey()), "never")
 * assert.strictEqual(ObsRetry.classify(new Error("no idea")), "never")
 * ```
 *
 * @category classification
 * @since 0.2.0
 */
export const classify = (error: unknown): Retry => {
  if (isFailure(error)) return error.retry
  if (Runtime.isTimeoutError(error)) return "transient"
  if (!HttpClientError.isHttpClientError(error)) return "never"
  const [reason, response, cause] = [reasonOf(error), responseOf(error), causeOf(error)]
  if (response === undefined) return reason === "Transport" && isTransient(cause) ? "transient" : "never"
  if (reason === "StatusCode") return retryOfStatus(response.status)
  // The rest of a body that was being read; one that came and cannot be understood has no code of the system
  return cause !== undefined && isTransient(cause) ? "transient" : "never"
}

/** A body that is a stream can fail to connect to where it is read from, and fetch and undici say so in the same words. */
const isOfConnection = (error: HttpClientError.HttpClientError): boolean =>
  hasReplayableBody(requestOf(error)) && neverConnected(causeOf(error))

/**
 * Tells whether a failure proves that nothing of the request was done, so that even one that is not idempotent can be
 * sent again: the service threw it back (throttling, a skewed clock, a conflict with another operation), or there was no
 * connection to send it over. The latter is not known where the body is a stream, which may have a connection of its own.
 *
 * @category classification
 * @since 0.2.0
 */
export const provesNothingDone = (error: unknown): boolean => {
  if (isFailure(error)) return error.retry === "throttling" || error.retry === "clock" || error.category === "Conflict"
  if (!HttpClientError.isHttpClientError(error)) return false
  const response = responseOf(error)
  if (response === undefined) return reasonOf(error) === "Transport" && isOfConnection(error)
  return reasonOf(error) === "StatusCode" && retryOfStatus(response.status) === "throttling"
}

/**
 * The number of attempts that ended with an error, where a retry of this module made them.
 *
 * @category classification
 * @since 0.2.0
 */
export const attemptsOf = (error: unknown): Option.Option<number> =>
  isKnown(error) && Predicate.hasProperty(error, "attempts") && typeof error.attempts === "number"
    ? Option.some(error.attempts)
    : Option.none()

const optionOf = <A>(value: A | undefined): Option.Option<A> =>
  value === undefined ? Option.none() : Option.some(value)

const hintAt = (error: unknown, now: number): Option.Option<Duration.Duration> => {
  const content = contentOf(error)
  if (isFailure(content)) return optionOf(content.retryAfter)
  const response = HttpClientError.isHttpClientError(content) ? responseOf(content) : undefined
  if (response === undefined) return Option.none()
  const facts = readHeaders(response.headers, response.status, now)
  return optionOf(takeRetryAfter(facts.elements, facts))
}

/**
 * How long the service asks to wait before the next attempt: `retryAfter` of a failure, or what the headers of an error
 * of the platform say.
 *
 * It is what the answer says, however long. `schedule` and `retry` keep it within bounds.
 *
 * @category classification
 * @since 0.2.0
 */
export const delayHint = (error: unknown): Effect.Effect<Option.Option<Duration.Duration>> =>
  Effect.map(Clock.currentTimeMillis, (now) => hintAt(error, now))

const waitAfter = (error: unknown, retry: Retry, retries: number, now: number, options: Options) =>
  Effect.map(Random.next, (random) => {
    const base = retry === "throttling" ? millisOf(options.throttledDelay, 1000) : millisOf(options.delay, 50)
    const ceiling = Math.min(base * 2 ** retries, millisOf(options.maxDelay, 20_000))
    const backoff = random * ceiling
    const hint = Option.match(hintAt(error, now), { onNone: () => 0, onSome: Duration.toMillis })
    return Math.max(backoff, Math.min(hint, backoff + millisOf(options.maxExtraDelay, 5000)))
  })

/** How many milliseconds to wait after a failure; undefined where no other attempt is to follow. */
type Step = (error: unknown, retries: number, now: number) => Effect.Effect<number | undefined>

const stepOf =
  (options: Options, canHelp: (retry: Retry) => boolean): Step =>
  (error, retries, now) => {
    const retry = classify(error)
    return canHelp(retry) && retries + 1 < numberOf(options.attempts)
      ? waitAfter(error, retry, retries, now, options)
      : Effect.succeed(undefined)
  }

/**
 * The policy as a schedule: how long to wait after which failure, and when to give up. Its output is the number of
 * retries.
 *
 * It takes nothing from the budget, and knows neither whether what it repeats may be repeated nor how to correct a
 * clock, so it gives up on `RequestTimeTooSkewed`. `retry` does all of that.
 *
 * @example
 * ```ts
 * import { Effect } from "effect"
 * import { ObsError, ObsRetry } from "effect-obs"
 *
 * export const patient = (program: Effect.Effect<string, ObsError.SlowDown>) =>
 *   Effect.retry(program, ObsRetry.schedule({ attempts: 5 }))
 * ```
 *
 * @category policies
 * @since 0.2.0
 */
export const schedule = (options: Options = {}): Schedule.Schedule<number> =>
  Runtime.scheduleOf(stepOf(options, (retry) => retry === "transient" || retry === "throttling"))

/**
 * The tokens that retries are paid with. When a service is down, every call fails and none gives back, so the retries of
 * all that share a budget end soon, and what is sent is what was asked for.
 *
 * @category budget
 * @since 0.2.0
 */
export interface BudgetService {
  /** How many tokens there are. */
  readonly tokens: Effect.Effect<number>
  /** Takes tokens where there are enough, and tells whether it did. */
  readonly take: (tokens: number) => Effect.Effect<boolean>
  /** Gives tokens back; there are never more than there were at first. */
  readonly give: (tokens: number) => Effect.Effect<void>
}

const makeBudgetUnsafe = (size: number): BudgetService => {
  let left = size
  return {
    tokens: Effect.sync(() => left),
    take: (cost) =>
      Effect.sync(() => {
        if (left < cost) return false
        left -= cost
        return true
      }),
    give: (back) =>
      Effect.sync(() => {
        left = Math.min(size, left + back)
      })
  }
}

/**
 * Makes a budget of so many tokens, 500 by default.
 *
 * @category budget
 * @since 0.2.0
 */
export const makeBudget = (tokens = 500): Effect.Effect<BudgetService> =>
  Effect.sync(() => makeBudgetUnsafe(Number.isNaN(tokens) ? 500 : Math.max(0, tokens)))

/**
 * The budget that retries are paid from: 14 tokens for one after a transient failure, 5 for one after throttling. A
 * success gives back what its last retry took, and 1 where there was none.
 *
 * Where none is provided it is one of 500 tokens for the whole process. It is looked up at the time of a call, in the
 * context of the program and not in that of the layer that made the client; a client that has its own takes it as an
 * option.
 *
 * @category budget
 * @since 0.2.0
 */
export const Budget: Runtime.Reference<BudgetService> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/ObsRetry/Budget",
  () => makeBudgetUnsafe(500)
)

/**
 * Provides a budget of its own, for example for each endpoint.
 *
 * @category budget
 * @since 0.2.0
 */
export const layerBudget = (tokens?: number): Layer.Layer<never> => Layer.effect(Budget, makeBudget(tokens))

const costOf = (retry: Retry): number => (retry === "throttling" ? 5 : 14)

/** How far to put the clock ahead for another attempt; undefined where no time makes it a better one. */
const correctionOf = (error: unknown, now: number): number | undefined => {
  const skew = skewOf(error, now) ?? 0
  // What signs knows the time of the server by itself: it may have known it before, or be wrong by what it knew
  const changes = isLearned(error)
  if (changes !== undefined) return changes ? skew : undefined
  return Math.abs(skew) < minSkew ? undefined : skew
}

/**
 * What may be repeated, and what pays for it.
 *
 * @category models
 * @since 0.2.0
 */
export interface RetryOptions extends Options {
  /**
   * Whether doing it twice leaves what doing it once does, true by default. Where it is false, only failures that prove
   * that nothing was done are followed by another attempt, and none where the attempt sent other requests that may have
   * been done. Requests are seen where a client sends them that `ObsHttpClient.filterStatusOk` has wrapped; an effect that
   * sends others has to be one that sends no more than one.
   */
  readonly idempotent?: boolean | undefined
  /** Whether a failure may be followed by another attempt at all, true by default; asked before anything else. */
  readonly while?: Predicate.Predicate<unknown> | undefined
  /** What pays for the retries; by default the `Budget` of the context at the time of the call. */
  readonly budget?: BudgetService | undefined
}

/**
 * Repeats an effect after failures that another attempt can mend, within the policy and the budget.
 *
 * It fails with a copy of the last failure that tells in `attempts` how many attempts there were. Requests that failed
 * inside one, one after the other, count as so many, also against `attempts` of the options, and those that succeeded do
 * not: retries inside are not multiplied, and an effect of many requests has all its attempts. After `RequestTimeTooSkewed` there is one more attempt, with
 * a clock that is corrected by the server's time, and none where the server's time is not known or no other than the
 * clock's.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsError, ObsRetry } from "effect-obs"
 *
 * const busy = Effect.fail(new ObsError.ServiceUnavailable())
 * const failure = await Effect.runPromise(Effect.flip(ObsRetry.retry(busy, { attempts: 2, delay: 0 })))
 *
 * assert.strictEqual(failure.attempts, 2)
 * ```
 *
 * @category policies
 * @since 0.2.0
 */
export const retry: {
  /**
   * Retries an effect after failures that another attempt may fix, within a policy (3 attempts by default) and a budget.
   * Fails with the last failure; its `attempts` says how many attempts were made.
   */
  (options?: RetryOptions): <A, E, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
  /**
   * Retries an effect after failures that another attempt may fix, within a policy (3 attempts by default) and a budget.
   * Fails with the last failure; its `attempts` says how many attempts were made.
   */
  <A, E, R>(self: Effect.Effect<A, E, R>, options?: RetryOptions): Effect.Effect<A, E, R>
} = /*#__PURE__*/ dual(
  (args) => Effect.isEffect(args[0]),
  <A, E, R>(self: Effect.Effect<A, E, R>, options: RetryOptions = {}): Effect.Effect<A, E, R> =>
    Effect.gen(function* () {
      const budget = options.budget ?? (yield* Budget)
      const around = yield* CurrentTally
      let tally = new Tally(judge, around)
      let attempts = 0
      // What was taken for the attempt that comes next, and what a success gives back
      let pending = 0
      let paid = 0
      let given = 1
      let skew: number | undefined
      const attempt = Effect.suspend(() => {
        pending = 0
        tally = new Tally(judge, around)
        const annotated = attempts === 0 ? self : Effect.annotateSpans(self, "http.request.resend_count", attempts)
        const counted = tallied(annotated, tally)
        return skew === undefined ? counted : ahead(counted, skew)
      })
      const mayRepeat = (error: unknown): Effect.Effect<boolean> => {
        const kind = classify(error)
        if (attempts >= numberOf(options.attempts)) return Effect.succeed(false)
        if (options.while?.(error) === false) return Effect.succeed(false)
        if (options.idempotent === false && !tally.isProvedBy(error)) return Effect.succeed(false)
        return Effect.flatMap(Clock.currentTimeMillis, (now) => {
          if (kind === "clock") {
            const found = skew === undefined ? correctionOf(error, now) : undefined
            if (found === undefined) return Effect.succeed(false)
            skew = found
          }
          // The next calls know the time from the start, so that nothing is multiplied
          const cost = kind === "clock" && isLearned(error) === true ? 0 : costOf(kind)
          return Effect.tap(budget.take(cost), (taken) =>
            Effect.sync(() => {
              if (taken) given = pending = paid = cost
            })
          )
        })
      }
      const step = stepOf(options, (kind) => kind !== "never")
      return yield* attempt.pipe(
        Effect.tapError((error) =>
          Effect.suspend(() => {
            const told = attemptsOf(error)
            attempts += tally.attempts(contentOf(error), told)
            // An attempt that sent nothing after all
            return Option.contains(told, 0) ? budget.give(paid) : Effect.void
          })
        ),
        Effect.retry(
          Runtime.scheduleOf((error, retries, now) =>
            Effect.flatMap(step(error, retries, now), (wait) =>
              Effect.map(wait === undefined ? Effect.succeed(false) : mayRepeat(error), (may) =>
                may ? wait : undefined
              )
            )
          )
        ),
        Effect.tap(() => budget.give(given)),
        // An attempt that was paid for and never made
        Effect.onInterrupt(() => budget.give(pending)),
        Effect.mapError((error) => withAttempts(error, attempts))
      )
    })
)

const judge: Judge = { canHelp: (error) => classify(error) !== "never", provesNothingDone }
