/**
 * Time limits of requests: a server that takes a request and says nothing does not hold a call for ever.
 */
import * as Http from "#effect/http"
import * as HttpBody from "#http/HttpBody"
import * as HttpClient from "#http/HttpClient"
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { millisOf } from "../duration.js"
import type { Watchdog } from "../wire/watchdog.js"
import { makeWatchdog } from "../wire/watchdog.js"

/**
 * How long a call may take, as durations or in milliseconds. An attempt that exceeds `response` or `idle` can be
 * retried.
 *
 * @category models
 * @since 0.3.0
 */
export interface Limits {
  /**
   * From the start of an attempt, or the last chunk taken from its stream, to the head of the response: connecting, sending
   * and waiting for the service. 30 s by default, plus a second for each 64 KiB of a body in memory.
   */
  readonly response?: Runtime.DurationInput | undefined
  /** The longest pause while a body arrives: 30 s by default. */
  readonly idle?: Runtime.DurationInput | undefined
  /** For a whole call with its retries: none by default. */
  readonly total?: Runtime.DurationInput | undefined
}

const defaultMillis = 30_000

const bytesPerSecond = 65_536

/** The limits of a client, in milliseconds, and what watches them. */
export interface Watch {
  readonly response: number
  readonly idle: number
  readonly watchdog: Watchdog
}

export const watchOf = ({ idle, response }: Limits): Effect.Effect<Watch, never, Scope.Scope> => {
  const limits = { response: millisOf(response, defaultMillis), idle: millisOf(idle, defaultMillis) }
  return Effect.map(makeWatchdog([limits.response, limits.idle]), (watchdog) => ({ ...limits, watchdog }))
}

type Request = HttpClientRequest.HttpClientRequest

/** The longest that a request may take for its response to begin, in milliseconds. */
const limitOf = ({ body }: Request, millis: number): number =>
  millis + (body._tag === "Uint8Array" ? (body.body.length / bytesPerSecond) * 1000 : 0)

/** The request with a stream that counts what is taken of it; others as they are. */
const counting = (request: Request, taken: () => void): Request => {
  const { body } = request
  if (body._tag !== "Stream") return request
  const counted = Stream.map(body.stream, (bytes) => {
    taken()
    return bytes
  })
  return HttpClientRequest.setBody(request, HttpBody.stream(counted, body.contentType, body.contentLength))
}

/** A client that fails where no response begins in time. */
export const withResponseLimit = <E>(
  self: HttpClient.HttpClient.With<E>,
  { response, watchdog }: Watch
): HttpClient.HttpClient.With<E | Http.UnsentError> =>
  HttpClient.makeWith<never, never, E | Http.UnsentError, never>(
    Effect.flatMap((request) =>
      Effect.flatMap(Runtime.runFork, (run) =>
        Runtime.callback<HttpClientResponse.HttpClientResponse, E | Http.UnsentError>((resume) => {
          let taken = 0
          const limit = limitOf(request, response)
          const execution = self.execute(
            counting(request, () => {
              taken += 1
            })
          )
          // Ended when it is late, even for a caller that cannot be interrupted
          const fiber = run(Effect.interruptible(execution))
          const late = () => {
            unwatch()
            // Without a cause it counts as transient, and as proof of nothing
            resume(Effect.fail(Http.transportError({ request, description: `no response within ${limit} ms` })))
            Runtime.interruptUnsafe(fiber)
          }
          const unwatch = watchdog.watch(limit, () => taken, late)
          fiber.addObserver((exit) => {
            unwatch()
            resume(exit)
          })
          return Effect.suspend(() => {
            unwatch()
            return Fiber.interrupt(fiber)
          })
        })
      )
    ),
    Effect.succeed
  )

/** Fails where a call has no result in time. */
export const withTotalLimit = <A, E, R>(
  self: Effect.Effect<A, E, R>,
  request: HttpClientRequest.HttpClientRequest,
  { total }: Limits
): Effect.Effect<A, E | Http.UnsentError, R> => {
  const millis = millisOf(total, Number.POSITIVE_INFINITY)
  if (!Number.isFinite(millis)) return self
  return Effect.flatMap(Effect.timeoutOption(self, millis), (result) =>
    result._tag === "None"
      ? Effect.fail(Http.transportError({ request, description: `no result within ${millis} ms` }))
      : Effect.succeed(result.value)
  )
}
