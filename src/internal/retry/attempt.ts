/**
 * One attempt at a request, and what it is known to have failed with. What stands around a client can send requests of
 * its own, and their failures say nothing of this one.
 */
import { partsOf, responseOf, withParts } from "#effect/http"
import * as HttpClientError from "#http/HttpClientError"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { AnyFailure } from "../failure/model.js"
import { copyWithAttempts } from "../failure/base.js"
import { isFailure } from "../failure/model.js"
import { replaced } from "../failure/recover.js"
import { isObject } from "../object.js"
import { isResponse, requestOf } from "../request/redaction.js"
import { isIdempotent, isSameRequest } from "../request/request.js"
import { retryOfStatus } from "../failure/classification.js"
import type { Send } from "./tally.js"
import { CurrentTally } from "./tally.js"

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse

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
  failed(error: unknown): void {
    const content = contentOf(error)
    if (isObject(content)) this.failures.add(content)
  }

  /** Whether it was sent once, and failed so. */
  isEndedBy(error: unknown): boolean {
    const content = contentOf(error)
    return this.executions === 1 && isObject(content) && this.failures.has(content)
  }
}

/** The attempt that is under way, for the client that sends its request. */
const CurrentAttempt: Runtime.Reference<Option.Option<Attempt>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentAttempt",
  () => Option.none()
)

/** Runs the execution of a request as an attempt at it. */
export const within = <A, E, R>(execution: Effect.Effect<A, E, R>, attempt: Attempt): Effect.Effect<A, E, R> =>
  Effect.provideService(execution, CurrentAttempt, Option.some(attempt))

// Failures of requests that leave something else when they are sent twice
const ofUnsafeRequests = new WeakSet()

/** Whether a failure is known to be of a request that cannot be sent twice. */
export const isOfUnsafeRequest = (error: unknown): boolean => {
  const content = contentOf(error)
  if (HttpClientError.isHttpClientError(content)) return !isIdempotent(requestOf(content))
  return isObject(content) && ofUnsafeRequests.has(content)
}

// Failures of executions that sent something else too, or are not known to have sent nothing else
const doubtful = new WeakSet()

/** Whether a failure is known to say nothing of all that was sent: that of the last request only, or of another one. */
export const isDoubtful = (error: unknown): boolean => {
  const content = contentOf(error)
  return isObject(content) && doubtful.has(content)
}

/** How a request ended: with the status of its answer, or with an error of the platform that has this request. */
type Outcome = number | Request

const outcomeOf = (error: HttpClientError.HttpClientError): Outcome => responseOf(error)?.status ?? requestOf(error)

const outcomeOfSpan = (exit: Exit.Exit<unknown, unknown>): Outcome | undefined => {
  if (Exit.isSuccess(exit)) return isResponse(exit.value) ? exit.value.status : undefined
  const error = Runtime.failureOf(exit.cause)
  return HttpClientError.isHttpClientError(error) ? outcomeOf(error) : undefined
}

const isFailed = (outcome: Outcome): boolean => typeof outcome !== "number" || retryOfStatus(outcome) !== "never"

/**
 * One execution of what stands under `filterStatusOk`, and what it is seen to send. What stands there can repeat the
 * request, as retries of the platform do, or send it to another place, and hand on a failure that is only of one of them.
 */
export class Execution {
  private readonly request: Request
  private readonly begin: () => Send | undefined
  private send: Send | undefined
  private count = 0
  private outcome: Outcome | undefined
  private readonly own = new WeakSet()

  constructor(request: Request, begin: () => Send | undefined) {
    this.request = request
    this.begin = begin
    this.send = begin()
  }

  /** A span was begun for a request that is sent; what it gives back takes the end of the span. */
  readonly sends = (): ((exit: Exit.Exit<unknown, unknown>) => void) => {
    if (this.count > 0) {
      if (this.outcome !== undefined && isFailed(this.outcome)) this.send?.resent()
      this.send = this.begin()
    }
    this.count += 1
    this.outcome = undefined
    return (exit) => {
      this.outcome = outcomeOfSpan(exit)
    }
  }

  /**
   * An answer was decoded to this failure. It is known for that of the request where one was sent and has ended so. Where
   * tracing is disabled there are no spans to count, and an answer to this request is taken at its word: to do otherwise
   * would be to never repeat a POST that was throttled.
   */
  answered(failure: object, { request, status }: Response): void {
    if (!isIdempotent(request)) ofUnsafeRequests.add(failure)
    this.note(failure, request, status)
  }

  /** The execution failed so. An error of the platform without a span proves nothing: nobody counted what was sent. */
  failed(error: unknown): void {
    const content = contentOf(error)
    if (HttpClientError.isHttpClientError(error)) this.note(error, requestOf(error), outcomeOf(error))
    this.send?.failed(content, isObject(content) && this.own.has(content) && !isDoubtful(content))
  }

  isOwn(error: unknown): boolean {
    const content = contentOf(error)
    return isObject(content) && this.own.has(content)
  }

  private note(failure: object, sent: Request, outcome: Outcome): void {
    const content = contentOf(failure)
    if (!isObject(content)) return
    if (isSameRequest(sent, this.request)) this.own.add(content)
    const isSole = this.count === 0 ? typeof outcome === "number" : this.count === 1 && this.outcome === outcome
    if (!isSole) doubtful.add(content)
  }
}

/** Runs what sends a request, and keeps in mind what that very request failed with. */
export const observe = <A, E, R>(
  request: Request,
  run: (execution: Execution) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.flatMap(CurrentAttempt, (current) =>
    Effect.flatMap(CurrentTally, (tally) => {
      const attempt = Option.getOrUndefined(Option.filter(current, (attempt) => attempt.request === request))
      attempt?.begin()
      const execution = new Execution(request, () => Option.getOrUndefined(Option.map(tally, (tally) => tally.begin())))
      return Effect.tapError(run(execution), (error) =>
        Effect.sync(() => {
          execution.failed(error)
          if (execution.isOwn(error)) attempt?.failed(error)
        })
      )
    })
  )

// Effect hands errors on in proxies that know the span
const original = Symbol.for("effect/OriginalAnnotation")

/** What an error is about: an unexpected failure is about the one that it holds. */
export const contentOf = (error: unknown): unknown => {
  if (Predicate.hasProperty(error, original)) return contentOf(error[original])
  return isFailure(error) && error.failure !== undefined ? contentOf(error.failure) : error
}

type Known = AnyFailure | HttpClientError.HttpClientError | Runtime.TimeoutError

/** Errors of others may have a property `attempts` of their own. */
export const isKnown = (error: unknown): error is Known =>
  isFailure(error) || HttpClientError.isHttpClientError(error) || Runtime.isTimeoutError(error)

const copyOf = (error: HttpClientError.HttpClientError | Runtime.TimeoutError) =>
  Runtime.isTimeoutError(error) ? Runtime.timeoutError(error.message) : withParts(error, partsOf(error))

const copyWith = (error: Known, attempts: number): Known => {
  if (isFailure(error)) return copyWithAttempts(error, attempts)
  const copy = copyOf(error)
  Reflect.defineProperty(copy, "attempts", { value: attempts, enumerable: true, configurable: true, writable: true })
  return copy
}

/** A copy of an error that tells how many requests it ended; errors of others stay as they are. */
export const withAttempts = <E>(error: E, attempts: number): E =>
  replaced(error, isKnown, (known) => copyWith(known, attempts))
