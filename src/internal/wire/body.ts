/**
 * Reads the body of a response, within limits.
 */
import { reasonOf } from "#effect/http"
import type * as HttpClientError from "#http/HttpClientError"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { millisOf } from "../duration.js"
import type { Ending } from "./decode.js"
import type { Head } from "./head.js"
import type { Source } from "./bodySource.js"
import { sourceOf } from "./bodySource.js"
import type { Unwatch, Watchdog } from "./watchdog.js"

/**
 * Limits for reading the body of a failure.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadOptions {
  /** The largest number of bytes: 65 536 by default, and at most. The rest is not read and the connection is closed. */
  readonly maxBytes?: number | undefined
  /** The time limit, as a duration or in milliseconds: 5 seconds by default. What has arrived by then is decoded. */
  readonly timeout?: Runtime.DurationInput | undefined
}

/** How long nothing may arrive, in milliseconds, and who watches that. */
export interface Idle {
  readonly millis: number
  readonly watchdog: Watchdog
}

export interface Body {
  readonly bytes: Uint8Array
  readonly ending: Ending | undefined
}

const noBody: Body = { bytes: new Uint8Array(), ending: undefined }

const limit = 65_536

const bytesOf = (maxBytes: number | undefined): number =>
  maxBytes !== undefined && maxBytes >= 0 && maxBytes < limit ? Math.floor(maxBytes) : limit

const timeoutOf = (timeout: Runtime.DurationInput | undefined): Duration.Duration =>
  Duration.millis(millisOf(timeout, 5000))

/** Joins chunks; a single chunk is returned as it is. */
export const concat = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  if (chunks.length === 1 && chunks[0] !== undefined) return chunks[0]
  const out = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}

/** Collects the chunks of a body up to a limit. */
class Collected {
  private readonly chunks: Array<Uint8Array> = []
  private readonly maxBytes: number
  private size = 0

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** Adds a chunk; returns whether there is room for more. */
  add(chunk: Uint8Array): boolean {
    const room = this.maxBytes - this.size
    if (room > 0) this.chunks.push(chunk.subarray(0, room))
    // Empty chunks count too, or an endless stream of them would never end
    this.size += Math.max(chunk.length, 1)
    return !this.isTooLarge
  }

  /** How many chunks have arrived. */
  get count(): number {
    return this.chunks.length
  }

  get isTooLarge(): boolean {
    return this.size > this.maxBytes
  }

  get bytes(): Uint8Array {
    return concat(this.chunks)
  }
}

const toBytes = (chunk: unknown): Uint8Array | undefined =>
  chunk instanceof Uint8Array ? chunk : typeof chunk === "string" ? new TextEncoder().encode(chunk) : undefined

const drain = async (source: Source, collected: Collected): Promise<Ending | undefined> => {
  try {
    for (;;) {
      const { done, value } = await source.next()
      if (done === true) return undefined
      const chunk = toBytes(value)
      if (chunk !== undefined && collected.add(chunk)) continue
      source.stop()
      return chunk === undefined ? "Unreadable" : "TooLarge"
    }
  } catch {
    return "ConnectionLost"
  }
}

/** What a stream's error means for the body. A missing body ends normally, empty. */
const endingOf = (error: HttpClientError.HttpClientError): Ending | undefined =>
  reasonOf(error) === "EmptyBody" ? undefined : "ConnectionLost"

type End = (ending: Ending | undefined) => void

/** Stops reading and closes the connection. */
type Stop = () => void

/** Reads a body from its stream. Whatever goes wrong, the chunks so far are kept, and the ending says what it was. */
const fromStream = (
  response: HttpClientResponse.HttpClientResponse,
  collected: Collected,
  run: Runtime.RunFork,
  end: End
): Stop => {
  const reading = Effect.suspend(() => Runtime.consume(response.stream, (bytes) => collected.add(bytes))).pipe(
    Effect.map((): Ending | undefined => (collected.isTooLarge ? "TooLarge" : undefined)),
    Runtime.catchAll((error) => Effect.succeed(endingOf(error))),
    Effect.interruptible
  )
  // Unlike `Stream.run` in a forked fiber, this opens the stream at once, so it closes the connection whenever it is
  // stopped
  const fiber = run(reading)
  fiber.addObserver((exit) => {
    // The platform's stream dies if something else has read the body
    end(Runtime.exitOrElse(exit, "Unreadable"))
  })
  return () => {
    Runtime.interruptUnsafe(fiber)
  }
}

const start = (
  response: HttpClientResponse.HttpClientResponse,
  collected: Collected,
  run: Runtime.RunFork,
  end: End
): Stop => {
  const source = sourceOf(response)
  if (source === undefined) return fromStream(response, collected, run, end)
  void drain(source, collected).then(end)
  return source.stop
}

// Keeps responses alive: the platform aborts the request of a garbage-collected response
const beingRead = new Set<{ readonly response: HttpClientResponse.HttpClientResponse }>()

/** Calls a function where a body takes too long, unless it is stopped before that. */
type Limit = (collected: Collected, late: () => void, run: Runtime.RunFork) => Unwatch

/** For all of a body. */
const withinTime =
  (timeout: Duration.Duration): Limit =>
  (_, late, run) => {
    const timer = run(Effect.interruptible(Effect.andThen(Effect.sleep(timeout), Effect.sync(late))))
    return () => {
      Runtime.interruptUnsafe(timer)
    }
  }

/** The same for a client that has a watchdog, at the cost of no timer. */
const watchedTime =
  (timeout: Duration.Duration, { watchdog }: Idle): Limit =>
  (_, late) =>
    watchdog.watch(Duration.toMillis(timeout), () => 0, late)

/** For each chunk. */
const watchedChunks =
  ({ millis, watchdog }: Idle): Limit =>
  (collected, late) =>
    watchdog.watch(millis, () => collected.count, late)

const unlimited: Limit = () => () => undefined

/**
 * Reads a body until its end, a limit or the interruption of the fiber. Works where the fiber cannot be interrupted, as
 * in a finalizer, and if the connection is slow to close.
 */
const read = (response: HttpClientResponse.HttpClientResponse, maxBytes: number, limit: Limit): Effect.Effect<Body> =>
  Effect.flatMap(Runtime.runFork, (run) =>
    Runtime.callback<Body>((resume) => {
      const collected = new Collected(maxBytes)
      let unwatch: Unwatch | undefined
      const reading = { response }
      beingRead.add(reading)
      const end: End = (ending) => {
        // The first one counts
        if (!beingRead.delete(reading)) return
        unwatch?.()
        resume(Effect.succeed({ bytes: collected.bytes, ending }))
      }
      const stopReading = start(response, collected, run, end)
      const giveUp = () => {
        end("TimedOut")
        stopReading()
      }
      if (beingRead.has(reading)) unwatch = limit(collected, giveUp, run)
      return Effect.sync(giveUp)
    })
  )

/** The limit of the client that sends a request, for those who read its response. */
export const CurrentIdle: Runtime.Reference<Option.Option<Idle>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentIdle",
  () => Option.none()
)

/** Reads a body within its limits. */
export const readBody = (response: HttpClientResponse.HttpClientResponse, options?: ReadOptions): Effect.Effect<Body> =>
  Effect.flatMap(CurrentIdle, (idle) => {
    const timeout = timeoutOf(options?.timeout)
    const limit = Option.isSome(idle) ? watchedTime(timeout, idle.value) : withinTime(timeout)
    return read(response, bytesOf(options?.maxBytes), limit)
  })

/**
 * Drains the body of a response that should have none, which frees its connection for the next request. If bytes arrive
 * after all, the connection is closed and they are ignored.
 */
const readNoBody = (response: HttpClientResponse.HttpClientResponse, options?: ReadOptions): Effect.Effect<Body> =>
  Effect.as(readBody(response, { timeout: options?.timeout, maxBytes: 0 }), noBody)

/** Reads the body of a failure, where it can have one. */
export const readFailure = (
  response: HttpClientResponse.HttpClientResponse,
  { request, status }: Pick<Head, "request" | "status">,
  options?: ReadOptions
): Effect.Effect<Body> =>
  request.method === "HEAD" || status === 304 ? readNoBody(response, options) : readBody(response, options)

/**
 * Reads the body of a success. Only the time in which nothing arrives can be limited: the service may take long to
 * finish, and sends blanks to keep the connection alive.
 */
export const readSuccess = (response: HttpClientResponse.HttpClientResponse, maxBytes: number): Effect.Effect<Body> =>
  Effect.flatMap(CurrentIdle, (idle) =>
    read(response, maxBytes, Option.isSome(idle) ? watchedChunks(idle.value) : unlimited)
  )

/** Reads all of the body of a success, however much it is. */
export const readAll = (response: HttpClientResponse.HttpClientResponse, idle: Idle): Effect.Effect<Body> =>
  read(response, Number.POSITIVE_INFINITY, watchedChunks(idle))
