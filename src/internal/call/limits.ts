/**
 * Time limits of requests: a server that takes a request and says nothing does not hold a call for ever.
 */
import * as Http from "#effect/http"
import * as HttpBody from "#http/HttpBody"
import * as HttpClient from "#http/HttpClient"
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as Runtime from "#effect/runtime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { millisOf } from "../duration.js"
import { whenIdle } from "../wire/idle.js"

/**
 * How long a call may take, as durations or in milliseconds. An attempt that takes longer is a failure that another
 * attempt may mend, but for `total`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Limits {
  /**
   * From the beginning of an attempt, or from what was last taken of its stream, to the head of the response: to connect,
   * to send, and until the service begins to answer. 30 s by default, and a second more for each 64 KiB of a body in
   * memory.
   */
  readonly response?: Runtime.DurationInput | undefined
  /** How long nothing may arrive of a body: 30 s by default. */
  readonly idle?: Runtime.DurationInput | undefined
  /** For a whole call with its retries, until its result is there: none by default. */
  readonly total?: Runtime.DurationInput | undefined
}

const defaultMillis = 30_000

const bytesPerSecond = 65_536

export const idleOf = ({ idle }: Limits): Duration.Duration => Duration.millis(millisOf(idle, defaultMillis))

const bytesIn = ({ body }: HttpClientRequest.HttpClientRequest): number =>
  body._tag === "Uint8Array" ? body.body.length : 0

/** A client that fails where no response begins in time. */
export const withResponseLimit = <E, R>(
  self: HttpClient.HttpClient.With<E, R>,
  limits: Limits
): HttpClient.HttpClient.With<E | Http.UnsentError, R> => {
  const millis = millisOf(limits.response, defaultMillis)
  const late = (request: HttpClientRequest.HttpClientRequest) =>
    // Without a cause it counts as transient, and as proof of nothing
    Http.transportError({ request, description: `no response within ${millis} ms` })
  return HttpClient.makeWith<never, never, E | Http.UnsentError, R>(
    Effect.flatMap((request) => {
      const { body } = request
      if (body._tag !== "Stream") {
        const limit = Duration.millis(millis + (bytesIn(request) / bytesPerSecond) * 1000)
        return Effect.flatMap(Effect.timeoutOption(self.execute(request), limit), (response) =>
          response._tag === "None" ? Effect.fail(late(request)) : Effect.succeed(response.value)
        )
      }
      let taken = 0
      const counted = Stream.map(body.stream, (bytes) => {
        taken += 1
        return bytes
      })
      const watched = HttpClientRequest.setBody(request, HttpBody.stream(counted, body.contentType, body.contentLength))
      const idle = Effect.flatMap(
        whenIdle(Duration.millis(millis), () => taken),
        () => Effect.fail(late(request))
      )
      return Effect.raceFirst(self.execute(watched), idle)
    }),
    Effect.succeed
  )
}

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
