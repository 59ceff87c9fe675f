/**
 * Credentials of an effect that takes its time and may fail: kept, and renewed before they end.
 */
import * as Runtime from "#effect/runtime"
import type * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { millisOf } from "../duration.js"
import type { Credentials, ObsCredentialsService, Origin } from "./credentials.js"
import { checked, endOf, unexpired } from "./credentials.js"
import type { CredentialsError } from "./error.js"
import { credentialsError, fromFailure } from "./error.js"

/**
 * When credentials are renewed. A duration that makes no sense, such as a negative one, counts as not given.
 *
 * @category models
 * @since 0.3.0
 */
export interface RenewalOptions {
  /**
   * How long before they end credentials are renewed (milliseconds where it is a number), 10 minutes by default. Those
   * that have less than twice as long are renewed when half of their time is over.
   */
  readonly renewBefore?: Runtime.DurationInput | undefined
  /** How long to wait after a renewal before the next one while the old credentials still serve, 30 s by default. */
  readonly renewalWait?: Runtime.DurationInput | undefined
  /** After how long credentials that do not end are asked for again; never by default. */
  readonly timeToLive?: Runtime.DurationInput | undefined
  /** How long one renewal may take, 30 s by default. */
  readonly timeout?: Runtime.DurationInput | undefined
}

const staleSolution =
  "If they are new, the clock of this machine is ahead: correct it. If they are old, find out why they are not renewed."

interface Held {
  readonly credentials: Credentials
  readonly renewAt: number
}

const isOver = ({ credentials }: Held, now: number): boolean => now >= endOf(credentials)

const hold = (credentials: Credentials, now: number, options: RenewalOptions): Held => {
  const end = endOf(credentials)
  const left = end - now
  const renewAt = Number.isFinite(end)
    ? end - Math.min(millisOf(options.renewBefore, 600_000), left / 2)
    : now + millisOf(options.timeToLive, Number.POSITIVE_INFINITY)
  return { credentials, renewAt }
}

/** Asks once, within its time; whatever goes wrong is an error that tells no secret. */
const ask = <E, R>(
  effect: Effect.Effect<unknown, E, R>,
  origin: Origin,
  timeout: number
): Effect.Effect<Credentials, CredentialsError, Exclude<R, Scope.Scope>> =>
  // An effect that fails with a timeout of its own is told from one that takes too long
  Effect.exit(Effect.scoped(effect)).pipe(
    Effect.timeout(timeout),
    Effect.mapError(() =>
      credentialsError({
        source: origin.source,
        reason: "Unavailable",
        what: `Asking ${origin.place} for credentials took longer than ${timeout} ms.`,
        solution: "Find out what it waits for, or allow it more time."
      })
    ),
    Effect.flatMap((exit) =>
      Exit.isSuccess(exit) ? checked(exit.value, origin) : Effect.fail(errorOf(exit.cause, origin))
    )
  )

const errorOf = (cause: Cause.Cause<unknown>, origin: Origin): CredentialsError => {
  const failure = Runtime.failureOf(cause)
  if (failure !== undefined) return fromFailure(origin, failure, "failed")
  return Runtime.isInterruptedOnly(cause)
    ? fromFailure(origin, undefined, "was interrupted")
    : fromFailure(origin, Runtime.squash(cause), "died")
}

/** A service of credentials that one renewal at a time keeps new, whoever asks and however many; the scope ends it. */
export const renewing = <E, R>(
  effect: Effect.Effect<unknown, E, R>,
  origin: Origin,
  options: RenewalOptions
): Effect.Effect<ObsCredentialsService, never, Exclude<R, Scope.Scope> | Scope.Scope> =>
  Effect.gen(function* () {
    const context = yield* Effect.context<Exclude<R, Scope.Scope>>()
    // A renewal is of nobody who asks: it has the services, the spans and the clock of the layer
    const run = yield* Runtime.runFork
    const clock = yield* Clock.clockWith(Effect.succeed)
    let held: Held | undefined
    let waitUntil = Number.NEGATIVE_INFINITY
    let running: Runtime.RunningFiber<Credentials, CredentialsError> | undefined
    let isClosed = false

    const serves = (now: number): boolean => held !== undefined && !isOver(held, now)

    const renewal = Effect.exit(ask(effect, origin, millisOf(options.timeout, 30_000))).pipe(
      Effect.tap((exit) =>
        Effect.flatMap(clock.currentTimeMillis, (now) => {
          waitUntil = now + millisOf(options.renewalWait, 30_000)
          if (Exit.isSuccess(exit)) {
            const next = hold(exit.value, now, options)
            // What is asked for can be old: they do not take the place of what still serves
            if (!isOver(next, now) || !serves(now)) held = next
            return Effect.void
          }
          const error = Runtime.failureOf(exit.cause)
          return serves(now) && error !== undefined
            ? Effect.logWarning(`The credentials were not renewed, and the old ones are still in use. ${error.message}`)
            : Effect.void
        })
      ),
      Effect.flatten,
      Effect.withSpan("ObsCredentials.renew", { root: true, attributes: { "effect_obs.source": origin.source } }),
      Effect.provide(context),
      // The layer may be built where nothing can be interrupted
      Effect.interruptible
    )

    const start = (): Runtime.RunningFiber<Credentials, CredentialsError> => {
      const fiber = run(renewal)
      running = fiber
      fiber.addObserver(() => {
        if (running === fiber) running = undefined
      })
      return fiber
    }

    const closed = credentialsError({
      source: origin.source,
      reason: "Unavailable",
      what: `The credentials of ${origin.place} were asked for after their layer was closed.`,
      solution: "Provide the layer to the whole of the program that signs."
    })

    yield* Effect.addFinalizer(() =>
      Effect.suspend(() => {
        isClosed = true
        return running === undefined ? Effect.void : Fiber.interrupt(running)
      })
    )

    const renewed = Effect.suspend(() => (isClosed ? Effect.fail(closed) : Fiber.await(running ?? start()))).pipe(
      Effect.flatMap((exit) =>
        Exit.isSuccess(exit)
          ? unexpired(exit.value, origin, staleSolution)
          : Effect.fail(Runtime.failureOf(exit.cause) ?? closed)
      )
    )

    // Whether they are over is judged by the clock of the caller, which a retry may have corrected by the server's
    const get = Effect.flatMap(Clock.currentTimeMillis, (now) => {
      if (held === undefined || isOver(held, now)) return renewed
      const serving = Effect.succeed(Option.some(held.credentials))
      if (now < held.renewAt || isClosed) return serving
      return Effect.flatMap(clock.currentTimeMillis, (now) => {
        if (running === undefined && now >= waitUntil) start()
        return serving
      })
    })
    return { get }
  })
