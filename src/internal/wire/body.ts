/**
 * Reads the body of an answer, within bounds.
 */
import { reasonOf } from "#effect/http"
import type * as HttpClientError from "#http/HttpClientError"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Ending } from "./decode.js"
import type { Source } from "./bodySource.js"
import { sourceOf } from "./bodySource.js"

/**
 * How much of a failure's body is read, and for how long.
 *
 * @category models
 * @since 0.1.0
 */
export interface ReadOptions {
  /** At most so many bytes, up to 65 536, which is also the default; the rest is not read and the connection closed. */
  readonly maxBytes?: number | undefined
  /** At most so long (milliseconds where it is a number), by default 5 seconds; what came until then is decoded. */
  readonly timeout?: Runtime.DurationInput | undefined
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
  timeout === undefined || (typeof timeout === "number" && !(timeout >= 0))
    ? Duration.seconds(5)
    : Option.getOrElse(Runtime.durationOf(timeout), () => Duration.seconds(5))

/** One array of all the bytes; that of a single chunk is the chunk. */
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

/** Gathers the chunks of a body, as far as there is room for them. */
class Collected {
  private readonly chunks: Array<Uint8Array> = []
  private readonly maxBytes: number
  private size = 0

  constructor(maxBytes: number) {
    this.maxBytes = maxBytes
  }

  /** Tells whether there is room for more. */
  add(chunk: Uint8Array): boolean {
    const room = this.maxBytes - this.size
    if (room > 0) this.chunks.push(chunk.subarray(0, room))
    // An empty chunk counts too, or a stream of them would never end
    this.size += Math.max(chunk.length, 1)
    return !this.isTooLarge
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

/** What an error of a stream says. A body that is missing altogether ends as it should: with nothing in it. */
const endingOf = (error: HttpClientError.HttpClientError): Ending | undefined =>
  reasonOf(error) === "EmptyBody" ? undefined : "ConnectionLost"

type End = (ending: Ending | undefined) => void

/** Ends a reading, and with it the connection. */
type Stop = () => void

/** Reads a body from its stream; whatever goes wrong, what came before is kept and the ending says what it was. */
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
  // Unlike `Stream.run` in a forked fiber this opens the stream at once, so it closes its connection whenever it is stopped
  const fiber = run(reading)
  fiber.addObserver((exit) => {
    // A body that something else is reading, or has read, makes the platform's stream die
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

// The platform ends a request whose response is collected
const beingRead = new Set<HttpClientResponse.HttpClientResponse>()

/**
 * Reads a body to its end, or ends it with its bounds or the fiber, also where the fiber cannot be interrupted, as in a
 * finalizer, and where the connection takes its own time to close.
 */
const read = (
  response: HttpClientResponse.HttpClientResponse,
  maxBytes: number,
  timeout?: Duration.Duration
): Effect.Effect<Body> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const run = yield* Runtime.runFork
      const over = yield* Deferred.make<Ending | undefined>()
      const collected = new Collected(maxBytes)
      beingRead.add(response)
      const end: End = (ending) => {
        beingRead.delete(response)
        Runtime.doneUnsafe(over, ending)
      }
      const stopReading = start(response, collected, run, end)
      const stop = Effect.sync(() => {
        end("TimedOut")
        stopReading()
      })
      const timer =
        timeout === undefined || (yield* Deferred.isDone(over))
          ? undefined
          : yield* Runtime.forkDetach(Effect.interruptible(Effect.andThen(Effect.sleep(timeout), stop)))
      const ending = yield* restore(Deferred.await(over)).pipe(
        Effect.onInterrupt(() => stop),
        Effect.ensuring(
          Effect.sync(() => {
            if (timer !== undefined) Runtime.interruptUnsafe(timer)
          })
        )
      )
      return { bytes: collected.bytes, ending }
    })
  )

/** Reads the body of a failure, within its bounds. */
export const readBody = (response: HttpClientResponse.HttpClientResponse, options?: ReadOptions): Effect.Effect<Body> =>
  Effect.suspend(() => read(response, bytesOf(options?.maxBytes), timeoutOf(options?.timeout)))

/**
 * Reads the body of an answer that has none, so that its connection is free for the next request. It is closed where
 * something comes all the same, which is no part of the answer.
 */
export const readNoBody = (
  response: HttpClientResponse.HttpClientResponse,
  options?: ReadOptions
): Effect.Effect<Body> => Effect.as(readBody(response, { timeout: options?.timeout, maxBytes: 0 }), noBody)

/**
 * Reads the body of a success. The service may take its time to finish it, and sends blanks meanwhile to keep the
 * connection alive, so this ends with the connection or the fiber.
 */
export const readSuccess: (response: HttpClientResponse.HttpClientResponse, maxBytes: number) => Effect.Effect<Body> =
  read
