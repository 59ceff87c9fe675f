/**
 * Retries: which failures to retry, how long to wait, and how many retries all callers together may make.
 *
 * `ObsHttpClient.retry` applies this to the requests of a client, `retry` to any effect. `schedule` is the plain policy
 * for `Effect.retry`.
 *
 * The defaults are those of the AWS SDKs' standard mode: three attempts in all, a random wait below a ceiling that
 * doubles with each attempt, and a budget of 500 tokens.
 *
 * @since 0.2.0
 */
import { causeOf, reasonOf, responseOf } from "#effect/http"
import * as HttpClientError from "#http/HttpClientError"
import * as Runtime from "#effect/runtime"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
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
import { CurrentTally, Tally } from "./internal/retry/tally.js"

/**
 * The numbers of a retry policy. An invalid one, such as a negative duration, counts as not given.
 *
 * @category models
 * @since 0.2.0
 */
export interface Options {
  /** The number of attempts, the first included: 3 by default; 1 or less means no retry. */
  readonly attempts?: number | undefined
  /** The ceiling of the wait before the second attempt, as a duration or in milliseconds: 50 ms by default. */
  readonly delay?: Runtime.DurationInput | undefined
  /** The same after throttling: 1 s by default. */
  readonly throttledDelay?: Runtime.DurationInput | undefined
  /** The largest ceiling: 20 s by default. */
  readonly maxDelay?: Runtime.DurationInput | undefined
  /** How much the service can lengthen the policy's wait, at most: 5 s by default. */
  readonly maxExtraDelay?: Runtime.DurationInput | undefined
}

const numberOf = (attempts: number | undefined): number =>
  attempts === undefined || Number.isNaN(attempts) ? 3 : Math.max(1, Math.floor(attempts))

/**
 * Returns whether sending the same request again may succeed, given what it failed with.
 *
 * - A failure of this library: its `retry`.
 * - A transport error of the HTTP client: `transient` if the network is at fault, even while a body was being read;
 *   `never` for an invalid header or address, or an untrusted certificate.
 * - A response error of the HTTP client: judged by its status.
 * - Effect's `TimeoutError`: `transient`. Anything else: `never`.
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
  // The connection was lost while the body was read; a body that cannot be parsed has no system error code
  return cause !== undefined && isTransient(cause) ? "transient" : "never"
}

/**
 * Whether a connection error is about the connection to the service. A streaming body may open connections of its own,
 * which fail with the same errors.
 */
const isOfConnection = (error: HttpClientError.HttpClientError): boolean =>
  hasReplayableBody(requestOf(error)) && neverConnected(causeOf(error))

/**
 * Returns whether a failure proves that the service did nothing, so that even a request that is not idempotent can be
 * sent again.
 *
 * Either the service refused it (throttling, a skewed clock, a conflict with another operation), or there was no
 * connection to send it over. A failed connection proves nothing if the body is a stream, since it may be the stream's
 * own.
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
 * The number of attempts that were made, if a retry of this module produced the error.
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
 * How long the service asks to wait before the next attempt: `retryAfter` of a failure, or the headers of the HTTP
 * client's response error.
 *
 * The value is not limited; `schedule` and `retry` limit it.
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

/** How many milliseconds to wait after a failure; undefined to give up. */
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
 * The retry policy as a schedule for `Effect.retry`. Outputs the number of retries.
 *
 * It uses no budget, does not know whether the effect is idempotent, and gives up on `RequestTimeTooSkewed`, since it
 * cannot correct the clock. `retry` does all of that.
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
 * The tokens that retries cost. While a service is down, every call fails and no tokens come back, so the callers that
 * share a budget soon stop retrying and do not multiply the load.
 *
 * @category budget
 * @since 0.2.0
 */
export interface BudgetService {
  /** The number of tokens left. */
  readonly tokens: Effect.Effect<number>
  /** Takes tokens if there are enough; succeeds with whether it did. */
  readonly take: (tokens: number) => Effect.Effect<boolean>
  /** Gives tokens back, up to the initial number. */
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
 * Makes a budget with a number of tokens, 500 by default.
 *
 * @category budget
 * @since 0.2.0
 */
export const makeBudget = (tokens = 500): Effect.Effect<BudgetService> =>
  Effect.sync(() => makeBudgetUnsafe(Number.isNaN(tokens) ? 500 : Math.max(0, tokens)))

/**
 * The budget that retries draw on: a retry costs 14 tokens after a transient failure and 5 after throttling. A success
 * returns the cost of its last retry, or 1 token if there was none.
 *
 * By default the whole process shares one budget of 500 tokens. The budget is taken from the context of the call, not
 * from that of the layer that made the client; a client can have its own as an option.
 *
 * @category budget
 * @since 0.2.0
 */
export const Budget: Runtime.Reference<BudgetService> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/ObsRetry/Budget",
  () => makeBudgetUnsafe(500)
)

/**
 * Provides a separate budget, for example one for each endpoint.
 *
 * @category budget
 * @since 0.2.0
 */
export const layerBudget = (tokens?: number): Layer.Layer<never> => Layer.effect(Budget, makeBudget(tokens))

const costOf = (retry: Retry): number => (retry === "throttling" ? 5 : 14)

/** How many milliseconds to advance the clock for the next attempt; undefined if no correction can help. */
const correctionOf = (error: unknown, now: number): number | undefined => {
  const skew = skewOf(error, now) ?? 0
  // The signer learns the server's time itself: it may have known it already, or what it knew may be wrong
  const changes = isLearned(error)
  if (changes !== undefined) return changes ? skew : undefined
  return Math.abs(skew) < minSkew ? undefined : skew
}

/**
 * The retry policy, what may be retried, and the budget.
 *
 * @category models
 * @since 0.2.0
 */
export interface RetryOptions extends Options {
  /**
   * Whether running the effect twice has the same result as running it once: true by default.
   *
   * If false, it is retried only after failures that prove that nothing was done, and only if no other request of the
   * attempt may have been done. This sees requests sent with a client that `ObsHttpClient.filterStatusOk` has wrapped;
   * an effect that sends them in another way must send at most one.
   */
  readonly idempotent?: boolean | undefined
  /** Whether to retry after this failure: always by default. Asked before any other rule. */
  readonly while?: Predicate.Predicate<unknown> | undefined
  /** The budget for retries: by default the `Budget` of the context at the time of the call. */
  readonly budget?: BudgetService | undefined
}

/**
 * Retries an effect after failures that another attempt may fix, within the policy and the budget.
 *
 * It fails with a copy of the last failure whose `attempts` says how many attempts were made. Requests that fail one
 * after the other inside an attempt count as attempts, so nested retries do not multiply. Requests that succeed do not
 * count, so an effect of many requests keeps all its attempts.
 *
 * After `RequestTimeTooSkewed` there is one more attempt, with the clock corrected to the server's time. There is none
 * if the server's time is unknown or agrees with the clock.
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
    Effect.flatMap(Effect.context<never>(), (context) => {
      const budget = options.budget ?? Context.get(context, Budget)
      const around = Context.get(context, CurrentTally)
      const step = stepOf(options, (kind) => kind !== "never")
      let attempts = 0
      // Tokens taken for the coming attempt, and tokens that a success returns
      let pending = 0
      let paid = 0
      let given = 1
      let skew: number | undefined
      const mayRepeat = (error: unknown, tally: Tally, now: number): Effect.Effect<boolean> => {
        const kind = classify(error)
        if (attempts >= numberOf(options.attempts)) return Effect.succeed(false)
        if (options.while?.(error) === false) return Effect.succeed(false)
        if (options.idempotent === false && !tally.isProvedBy(error)) return Effect.succeed(false)
        if (kind === "clock") {
          const found = skew === undefined ? correctionOf(error, now) : undefined
          if (found === undefined) return Effect.succeed(false)
          skew = found
        }
        // Free: the next calls know the time from the start, so an outage is not multiplied
        const cost = kind === "clock" && isLearned(error) === true ? 0 : costOf(kind)
        return Effect.map(budget.take(cost), (taken) => {
          if (taken) given = pending = paid = cost
          return taken
        })
      }
      const attempt = (retries: number): Effect.Effect<A, E, R> =>
        Effect.suspend(() => {
          pending = 0
          const tally = new Tally(judge, around)
          const annotated = attempts === 0 ? self : Effect.annotateSpans(self, "http.request.resend_count", attempts)
          const counted = Runtime.withReference(annotated, CurrentTally, Option.some(tally))
          return Effect.onExit(skew === undefined ? counted : ahead(counted, skew), (exit) => {
            tally.end()
            if (Exit.isSuccess(exit)) return budget.give(given)
            const error = Runtime.failureOf(exit.cause)
            if (error === undefined) return Effect.void
            const told = attemptsOf(error)
            attempts += tally.attempts(contentOf(error), told)
            // The attempt sent nothing
            return Option.contains(told, 0) ? budget.give(paid) : Effect.void
          }).pipe(Runtime.catchAll((error) => again(error, tally, retries)))
        })
      const again = (error: E, tally: Tally, retries: number): Effect.Effect<A, E, R> =>
        Effect.flatMap(Clock.currentTimeMillis, (now) =>
          Effect.flatMap(step(error, retries, now), (wait) =>
            wait === undefined
              ? Effect.fail(withAttempts(error, attempts))
              : Effect.flatMap(mayRepeat(error, tally, now), (may) =>
                  may
                    ? Effect.andThen(wait > 0 ? Effect.sleep(wait) : Effect.void, attempt(retries + 1))
                    : Effect.fail(withAttempts(error, attempts))
                )
          )
        )
      // Paid for, but interrupted before it started
      return Effect.onInterrupt(attempt(0), () => budget.give(pending))
    })
)

const judge: Judge = { canHelp: (error) => classify(error) !== "never", provesNothingDone }
