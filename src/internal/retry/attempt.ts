/**
 * One attempt at a request, and the failures that are known to be its own. Layers around a client can send other
 * requests, whose failures say nothing about this one.
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
import type { Send, Sending, Tally } from "./tally.js"
import { CurrentTally } from "./tally.js"

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse

/** One attempt to send a request. */
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

  /** Records a failure of this request. */
  failed(error: unknown): void {
    const content = contentOf(error)
    if (isObject(content)) this.failures.add(content)
  }

  /** Whether the request was sent once and failed with this error. */
  isEndedBy(error: unknown): boolean {
    const content = contentOf(error)
    return this.executions === 1 && isObject(content) && this.failures.has(content)
  }
}

/** Runs a request as an attempt, which is that of the innermost retry. */
export const within = <A, E, R>(execution: Effect.Effect<A, E, R>, attempt: Attempt): Effect.Effect<A, E, R> =>
  Effect.flatMap(CurrentTally, (tally) => {
    if (Option.isSome(tally)) tally.value.sends(attempt)
    return execution
  })

// Failures of requests that are not idempotent
const ofUnsafeRequests = new WeakSet()

/** Whether a failure is known to belong to a request that is not idempotent. */
export const isOfUnsafeRequest = (error: unknown): boolean => {
  const content = contentOf(error)
  if (HttpClientError.isHttpClientError(content)) return !isIdempotent(requestOf(content))
  return isObject(content) && ofUnsafeRequests.has(content)
}

// Failures of executions that sent other requests too, or may have
const doubtful = new WeakSet()

/**
 * Whether a failure does not speak for everything that was sent: it may belong to the last request only, or to another
 * one.
 */
export const isDoubtful = (error: unknown): boolean => {
  const content = contentOf(error)
  return isObject(content) && doubtful.has(content)
}

/** How a request ended: the status of its response, or the request of a platform error. */
type Outcome = number | Request

const outcomeOf = (error: HttpClientError.HttpClientError): Outcome => responseOf(error)?.status ?? requestOf(error)

const outcomeOfSpan = (exit: Exit.Exit<unknown, unknown>): Outcome | undefined => {
  if (Exit.isSuccess(exit)) return isResponse(exit.value) ? exit.value.status : undefined
  const error = Runtime.failureOf(exit.cause)
  return HttpClientError.isHttpClientError(error) ? outcomeOf(error) : undefined
}

const isFailed = (outcome: Outcome): boolean => typeof outcome !== "number" || retryOfStatus(outcome) !== "never"

/**
 * One run of the client under `filterStatusOk`, and the requests that it is seen to send. That client may repeat the
 * request, as the platform's retries do, or send it elsewhere, and return a failure of only one of them.
 */
export class Execution {
  private readonly request: Request
  private readonly tally: Tally | undefined
  private readonly attempt: Sending | undefined
  private send: Send | undefined
  private count = 0
  private outcome: Outcome | undefined
  private readonly own = new WeakSet()
  private readonly attributes: Readonly<Record<string, string>> | undefined

  /** The attributes are those of each span, which then tells the status of a failure too. */
  constructor(request: Request, tally: Tally | undefined, attributes?: Readonly<Record<string, string>>) {
    this.request = request
    this.tally = tally
    this.attributes = attributes
    this.attempt = tally?.sendingOf(request)
    this.attempt?.begin()
    this.send = tally?.begin()
  }

  /** Called when the span of a sent request begins; the returned function is called when it ends. */
  readonly sends = (attribute: (key: string, value: string) => void): ((exit: Exit.Exit<unknown, unknown>) => void) => {
    if (this.count > 0) {
      if (this.outcome !== undefined && isFailed(this.outcome)) this.send?.resent()
      this.send = this.tally?.begin()
    }
    this.count += 1
    this.outcome = undefined
    const { attributes } = this
    for (const name in attributes) attribute(name, attributes[name] ?? "")
    return (exit) => {
      const outcome = outcomeOfSpan(exit)
      this.outcome = outcome
      if (attributes !== undefined && typeof outcome === "number" && outcome >= 400) {
        attribute("error.type", String(outcome))
      }
    }
  }

  /**
   * Records the failure that a response was decoded to. It is the request's own if exactly one was sent and ended with
   * this status. With tracing disabled there are no spans to count, and any response to this request is trusted:
   * otherwise a throttled POST would never be repeated.
   */
  answered(failure: object, { request, status }: Response): void {
    if (!isIdempotent(request)) ofUnsafeRequests.add(failure)
    this.note(failure, request, status)
  }

  /**
   * Records the failure of the execution. A platform error without a span proves nothing, since nobody counted the
   * requests.
   */
  failed(error: unknown): void {
    const content = contentOf(error)
    if (HttpClientError.isHttpClientError(error)) this.note(error, requestOf(error), outcomeOf(error))
    const isOwn = isObject(content) && this.own.has(content)
    this.send?.failed(content, isOwn && !isDoubtful(content))
    if (isOwn) this.attempt?.failed(error)
  }

  private note(failure: object, sent: Request, outcome: Outcome): void {
    const content = contentOf(failure)
    if (!isObject(content)) return
    if (isSameRequest(sent, this.request)) this.own.add(content)
    const isSole = this.count === 0 ? typeof outcome === "number" : this.count === 1 && this.outcome === outcome
    if (!isSole) doubtful.add(content)
  }
}

// Effect wraps errors in proxies that know the span
const original = Symbol.for("effect/OriginalAnnotation")

/** The failure inside an unexpected one; any other error itself. */
export const contentOf = (error: unknown): unknown => {
  if (Predicate.hasProperty(error, original)) return contentOf(error[original])
  return isFailure(error) && error.failure !== undefined ? contentOf(error.failure) : error
}

type Known = AnyFailure | HttpClientError.HttpClientError | Runtime.TimeoutError

/** Whether an error is one whose `attempts` we set; errors of others may have a property of that name. */
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

/** A copy of an error with the number of requests that were sent; errors of others stay as they are. */
export const withAttempts = <E>(error: E, attempts: number): E =>
  replaced(error, isKnown, (known) => copyWith(known, attempts))
