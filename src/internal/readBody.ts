/**
 * Reads the body of an answer, within bounds.
 */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Ending } from "./decode.js"
import type { Source } from "./source.js"
import { sourceOf } from "./source.js"

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
  readonly timeout?: Duration.DurationInput | undefined
}

export interface Body {
  readonly bytes: Uint8Array | undefined
  readonly ending: Ending | undefined
}

export const noBody: Body = { bytes: undefined, ending: undefined }

const limit = 65_536

const bytesOf = (maxBytes: number | undefined): number =>
  maxBytes !== undefined && maxBytes >= 0 && maxBytes < limit ? Math.floor(maxBytes) : limit

const timeoutOf = (timeout: Duration.DurationInput | undefined): Duration.Duration =>
  timeout === undefined || (typeof timeout === "number" && !(timeout >= 0))
    ? Duration.seconds(5)
    : Option.getOrElse(Duration.decodeUnknown(timeout), () => Duration.seconds(5))

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

/** Reads a body from its stream; whatever goes wrong, what came before is kept and the result says what it was. */
const fromStream = (
  response: HttpClientResponse.HttpClientResponse,
  collected: Collected
): Effect.Effect<Ending | undefined> =>
  Effect.suspend(() =>
    Stream.runForEachWhile(response.stream, (chunk) => Effect.sync(() => collected.add(chunk)))
  ).pipe(
    Effect.map((): Ending | undefined => (collected.isTooLarge ? "TooLarge" : undefined)),
    // A body that is missing altogether ends as it should: with nothing in it
    Effect.catchAll((error) => Effect.succeed(error.reason === "EmptyBody" ? undefined : ("ConnectionLost" as const))),
    // A body that something else is reading, or has read, makes the platform's stream die
    Effect.catchAllDefect(() => Effect.succeed("Unreadable" as const))
  )

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

/** The same from the source of a response, within a time, also where the fiber cannot be interrupted. */
const fromSource = (
  source: Source,
  response: HttpClientResponse.HttpClientResponse,
  collected: Collected,
  duration: Duration.Duration
): Effect.Effect<Ending | undefined> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const over = yield* Deferred.make<Ending | undefined>()
      const end = (ending: Ending | undefined) => {
        Deferred.unsafeDone(over, Effect.succeed(ending))
      }
      const stop = Effect.sync(() => {
        end("TimedOut")
        source.stop()
      })
      // The platform ends a request whose response is collected, so it is held until the end
      void drain(source, collected).then((ending) => {
        end(response.status < 0 ? undefined : ending)
      })
      const timer = yield* Effect.forkDaemon(Effect.interruptible(Effect.zipRight(Effect.sleep(duration), stop)))
      return yield* restore(Deferred.await(over)).pipe(
        Effect.onInterrupt(() => stop),
        Effect.ensuring(Fiber.interruptFork(timer))
      )
    })
  )

/**
 * Ends with the reading or with the time, whichever is first, also where the fiber cannot be interrupted, as in a
 * finalizer, and where the connection takes its own time to close.
 */
const within = (
  reading: Effect.Effect<Ending | undefined>,
  duration: Duration.Duration
): Effect.Effect<Ending | undefined> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const first = yield* Deferred.make<Ending | undefined>()
      const race = (effect: Effect.Effect<Ending | undefined>) =>
        Effect.forkDaemon(
          Effect.onExit(Effect.interruptible(effect), (exit) =>
            Deferred.succeed(
              first,
              Exit.getOrElse(exit, (): Ending => "Unreadable")
            )
          )
        )
      const racers = [yield* race(reading), yield* race(Effect.as(Effect.sleep(duration), "TimedOut"))]
      return yield* Effect.ensuring(restore(Deferred.await(first)), Effect.forEach(racers, Fiber.interruptFork))
    })
  )

/** Reads the body of a failure, within its bounds. */
export const readBody = (response: HttpClientResponse.HttpClientResponse, options?: ReadOptions): Effect.Effect<Body> =>
  Effect.suspend(() => {
    const collected = new Collected(bytesOf(options?.maxBytes))
    const duration = timeoutOf(options?.timeout)
    const source = sourceOf(response)
    const reading =
      source === undefined
        ? within(fromStream(response, collected), duration)
        : fromSource(source, response, collected, duration)
    return Effect.map(reading, (ending) => ({ bytes: collected.bytes, ending }))
  })

/**
 * Reads the body of a success. The service may take its time to finish it, and sends blanks meanwhile to keep the
 * connection alive, so this ends with the connection or the fiber.
 */
export const readSuccess = (response: HttpClientResponse.HttpClientResponse, maxBytes: number): Effect.Effect<Body> =>
  Effect.suspend(() => {
    const collected = new Collected(maxBytes)
    return Effect.map(fromStream(response, collected), (ending) => ({ bytes: collected.bytes, ending }))
  })
