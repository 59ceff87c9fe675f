/**
 * The body of a response to a download, which is asked for again from where its connection was lost.
 */
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import * as Schema from "#effect/schema"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import type { Ending } from "../wire/decode.js"
import type { Idle } from "../wire/body.js"
import { concat, readAll } from "../wire/body.js"
import type { Source } from "../wire/bodySource.js"
import { openSource } from "../wire/bodySource.js"
import { rangeOf } from "./objectHeaders.js"

type Response = HttpClientResponse.HttpClientResponse

/** A body, in the form in which it is wanted. */
export interface Body<E> {
  /** As it arrives. What stops to read it closes the connection. */
  readonly stream: Stream.Stream<Uint8Array, E>
  /** All of it, in memory. */
  readonly bytes: Effect.Effect<Uint8Array, E>
  /** All of it, as UTF-8. */
  readonly text: Effect.Effect<string, E>
  /** All of it, as JSON that a schema describes. */
  readonly schemaJson: Schema.SchemaReader<E>
}

/** How a body is downloaded. */
export interface Download<E> {
  readonly response: Response
  /** How long nothing may arrive. */
  readonly idle: Idle
  /** Asks for the same body again, from a byte of the object on; absent where the request may not be repeated. */
  readonly again?: ((from: number) => Effect.Effect<Response, E>) | undefined
  /** What a body that ends before its end fails with. */
  readonly lost: (response: Response, ending: Ending) => E
}

// How often in a row a connection may be lost without a single byte from it
const maxStalls = 3

const lengthOf = ({ headers }: Response): number | undefined => {
  const length = headers["content-length"]
  // What fetch decompresses has another length
  const isPlain = headers["content-encoding"] === undefined || headers["content-encoding"] === "identity"
  return isPlain && length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined
}

/** Where a body begins in its object. */
const startOf = ({ headers }: Response): number => rangeOf(headers["content-range"])?.offset ?? 0

/** Reads one body, over as many connections as it takes. */
class Reading<E> {
  private readonly download: Download<E>
  private readonly length: number | undefined
  private readonly start: number
  private response: Response
  /** How many bytes of the present response are known from one before. */
  private known = 0
  private received = 0
  private stalls = 0

  constructor(download: Download<E>) {
    this.download = download
    this.response = download.response
    this.length = lengthOf(this.response)
    this.start = startOf(this.response)
  }

  get current(): Response {
    return this.response
  }

  /** What is new of some bytes that arrived. */
  take(bytes: Uint8Array): Uint8Array {
    const skipped = Math.min(this.known, bytes.length)
    this.known -= skipped
    // A server that goes on behind the end says nothing of this body
    const fresh = bytes.subarray(skipped, skipped + (this.length ?? Number.POSITIVE_INFINITY) - this.received)
    if (fresh.length > 0) this.stalls = 0
    this.received += fresh.length
    return fresh
  }

  get isComplete(): boolean {
    return this.length === undefined || this.received >= this.length
  }

  /** Goes on where the connection was lost; fails where that cannot be. */
  resume(ending: Ending): Effect.Effect<void, E> {
    const { again } = this.download
    const lost = Effect.suspend(() => Effect.fail(this.download.lost(this.response, ending)))
    // Without an entity tag it could be another object by now
    const canResume = this.length !== undefined && this.response.headers["etag"] !== undefined
    if (again === undefined || !canResume || ending === "Unreadable" || this.stalls >= maxStalls) return lost
    const from = this.start + this.received
    const wait =
      this.stalls === 0
        ? Effect.void
        : Effect.flatMap(Random.next, (random) => Effect.sleep(Math.ceil(random * 100 * 2 ** this.stalls)))
    this.stalls += 1
    return Effect.flatMap(Effect.andThen(wait, again(from)), (response) => {
      const known = knownOf(response, from)
      if (known === undefined) return lost
      this.known = known
      this.response = response
      return Effect.void
    })
  }
}

/** How many bytes of a response are in front of those that it was asked for; undefined where it does not have them. */
const knownOf = (response: Response, from: number): number | undefined => {
  if (response.status !== 206) return from
  return rangeOf(response.headers["content-range"])?.offset === from ? 0 : undefined
}

const readBytes = <E>(reading: Reading<E>, idle: Idle): Effect.Effect<Uint8Array, E> => {
  const parts: Array<Uint8Array> = []
  const read: Effect.Effect<Uint8Array, E> = Effect.suspend(() =>
    Effect.flatMap(readAll(reading.current, idle), ({ bytes, ending }) => {
      parts.push(reading.take(bytes))
      if (reading.isComplete && ending === undefined) return Effect.succeed(concat(parts))
      return Effect.flatMap(reading.resume(ending ?? "ConnectionLost"), () => read)
    })
  )
  return read
}

/** The chunks of a body, one after the other; undefined at its end. */
const chunks = <E>(
  reading: Reading<E>,
  idle: Idle
): Effect.Effect<Effect.Effect<Uint8Array | undefined, E>, never, Scope.Scope> =>
  Effect.gen(function* () {
    let source: Source | undefined
    let isWaiting = false
    let count = 0
    let ending: Ending | undefined
    const close = () => {
      source?.stop()
      source = undefined
    }
    // While nobody asks for a chunk, none can be late
    const unwatch = idle.watchdog.watch(
      idle.millis,
      () => (isWaiting ? count : ++count),
      () => {
        ending = "TimedOut"
        source?.stop()
      }
    )
    yield* Effect.addFinalizer(() =>
      Effect.sync(() => {
        unwatch()
        close()
      })
    )
    const pull = (): Promise<Uint8Array | Ending | undefined> => {
      source ??= openSource(reading.current)
      isWaiting = true
      return source.next().then(
        ({ done, value }) => {
          isWaiting = false
          count += 1
          if (done === true) return undefined
          return value instanceof Uint8Array ? value : "Unreadable"
        },
        () => {
          isWaiting = false
          return ending ?? "ConnectionLost"
        }
      )
    }
    const next: Effect.Effect<Uint8Array | undefined, E> = Effect.suspend(() =>
      Effect.flatMap(Effect.promise(pull), (result): Effect.Effect<Uint8Array | undefined, E> => {
        if (result instanceof Uint8Array) {
          const fresh = reading.take(result)
          return fresh.length === 0 ? next : Effect.succeed(fresh)
        }
        if (result === undefined && ending === undefined && reading.isComplete) return Effect.succeed(undefined)
        close()
        const resumed = reading.resume(result ?? ending ?? "ConnectionLost")
        ending = undefined
        return Effect.flatMap(resumed, () => next)
      })
    )
    return next
  })

/** The body of a download. It can be read more than once, where it may be asked for again: that does each further time. */
export const bodyOf = <E>(download: Download<E>): Body<E> => {
  let isTaken = false
  const open: Effect.Effect<Reading<E>, E> = Effect.suspend(() => {
    if (!isTaken) {
      isTaken = true
      return Effect.succeed(new Reading(download))
    }
    const { again, lost, response } = download
    const unreadable = Effect.suspend(() => Effect.fail(lost(response, "Unreadable")))
    if (again === undefined) return unreadable
    return Effect.flatMap(again(startOf(response)), (response) =>
      // Whoever asked for a range does not get the whole
      startOf(response) === startOf(download.response)
        ? Effect.succeed(new Reading({ ...download, response }))
        : unreadable
    )
  })
  const bytes = Effect.flatMap(open, (reading) => readBytes(reading, download.idle))
  const text = Effect.map(bytes, (bytes) => new TextDecoder().decode(bytes))
  return {
    stream: Runtime.pulled(Effect.flatMap(open, (reading) => chunks(reading, download.idle))),
    bytes,
    text,
    schemaJson: Schema.jsonReader(text)
  }
}
