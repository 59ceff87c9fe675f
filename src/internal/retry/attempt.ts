/**
 * One attempt at a request, and what it is known to have failed with. What stands around a client can send requests of
 * its own, and their failures say nothing of this one.
 */
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { AnyFailure } from "../failure/model.js"
import { withAttempts as copyFailure } from "../failure/base.js"
import { isFailure } from "../failure/model.js"
import { replaced } from "../failure/recover.js"
import { requestOf } from "../request/redaction.js"
import { isIdempotent, isSameRequest } from "../request/request.js"

type Request = HttpClientRequest.HttpClientRequest

/** An attempt at sending a request. */
export class Attempt {
  readonly request: Request
  private readonly failures = new WeakSet()
  private executions = 0

  constructor(request: Request) {
    this.request = request
  }

  begin(): void {
    this.executions += 1
  }

  /** Keeps in mind that this request failed so. */
  failed(error: object): void {
    const content = contentOf(error)
    if (Predicate.isObject(content)) this.failures.add(content)
  }

  /** Whether it was sent once, and failed so. */
  isEndedBy(error: unknown): boolean {
    const content = contentOf(error)
    return this.executions === 1 && Predicate.isObject(content) && this.failures.has(content)
  }
}

/** The attempt that is under way, for the client that sends its request. */
class CurrentAttempt extends Context.Reference<CurrentAttempt>()("effect-obs/internal/CurrentAttempt", {
  defaultValue: (): Option.Option<Attempt> => Option.none()
}) {}

/** Runs the execution of a request as an attempt at it. */
export const within = <A, E, R>(execution: Effect.Effect<A, E, R>, attempt: Attempt): Effect.Effect<A, E, R> =>
  Effect.mapInputContext(execution, (context: Context.Context<R>) =>
    Context.add(context, CurrentAttempt, Option.some(attempt))
  )

// Failures of requests that leave something else when they are sent twice
const ofUnsafeRequests = new WeakSet()

/** Whether a failure is known to be of a request that cannot be sent twice. */
export const isOfUnsafeRequest = (error: unknown): boolean => {
  const content = contentOf(error)
  if (HttpClientError.isHttpClientError(content)) return !isIdempotent(requestOf(content))
  return Predicate.isObject(content) && ofUnsafeRequests.has(content)
}

/**
 * Runs what sends a request, and keeps in mind what that very request failed with: the answer is of the request that
 * `answered` says, and an error of the platform of the one that it has.
 */
export const observe = <A, E, R>(
  request: Request,
  execution: (failed: (failure: object, answered: Request) => void) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.flatMap(CurrentAttempt, (current) => {
    const attempt = Option.getOrUndefined(Option.filter(current, (attempt) => attempt.request === request))
    attempt?.begin()
    return Effect.tapError(
      execution((failure, answered) => {
        if (!isIdempotent(answered)) ofUnsafeRequests.add(failure)
        if (isSameRequest(answered, request)) attempt?.failed(failure)
      }),
      (error) =>
        Effect.sync(() => {
          if (HttpClientError.isHttpClientError(error) && isSameRequest(requestOf(error), request)) {
            attempt?.failed(error)
          }
        })
    )
  })

// Effect hands errors on in proxies that know the span
const original = Symbol.for("effect/OriginalAnnotation")

/** What an error is about: an unexpected failure is about the one that it holds. */
export const contentOf = (error: unknown): unknown => {
  if (Predicate.hasProperty(error, original)) return contentOf(error[original])
  return isFailure(error) && error.failure !== undefined ? contentOf(error.failure) : error
}

type Known = AnyFailure | HttpClientError.HttpClientError | Cause.TimeoutException

/** Errors of others may have a property `attempts` of their own. */
export const isKnown = (error: unknown): error is Known =>
  isFailure(error) || HttpClientError.isHttpClientError(error) || Cause.isTimeoutException(error)

const copyOf = (error: HttpClientError.HttpClientError | Cause.TimeoutException) => {
  if (Cause.isTimeoutException(error)) return new Cause.TimeoutException(error.message)
  const { cause, description } = error
  const said = {
    request: error.request,
    ...(cause === undefined ? undefined : { cause }),
    ...(description === undefined ? undefined : { description })
  }
  return error._tag === "RequestError"
    ? new HttpClientError.RequestError({ ...said, reason: error.reason })
    : new HttpClientError.ResponseError({ ...said, reason: error.reason, response: error.response })
}

const copyWith = (error: Known, attempts: number): Known => {
  if (isFailure(error)) return copyFailure(error, attempts)
  const copy = copyOf(error)
  Reflect.defineProperty(copy, "attempts", { value: attempts, enumerable: true, configurable: true, writable: true })
  return copy
}

/** A copy of an error that tells how many requests it ended; errors of others stay as they are. */
export const withAttempts = <E>(error: E, attempts: number): E =>
  replaced(error, isKnown, (known) => copyWith(known, attempts))
