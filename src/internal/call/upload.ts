/**
 * The bodies of uploads.
 */
import * as HttpBody from "#http/HttpBody"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Wrong, InvalidInput } from "./invalidInput.js"
import { invalidInput } from "./invalidInput.js"
import { md5Base64 } from "../digest.js"

/**
 * A stream of known length. If it has more or fewer bytes, the upload fails with `InvalidInput` and nothing is stored.
 *
 * @category models
 * @since 0.3.0
 */
export interface StreamBody<E = never, R = never> {
  readonly stream: Stream.Stream<Uint8Array, E, R>
  /** In bytes. */
  readonly length: number
}

/**
 * The content of an object: a text, bytes, or a stream of known length.
 *
 * @category models
 * @since 0.3.0
 */
export type ObjectBody<E = never, R = never> = string | Uint8Array | StreamBody<E, R>

/** A body that can be sent, and what it ended with where it was not what it was said to be. */
export interface Sendable<E> {
  readonly body: HttpBody.HttpBody
  /** Content-MD5, where it was asked for and can be known. */
  readonly md5: string | undefined
  /** What the stream failed with. */
  readonly failure: () => Option.Option<E | InvalidInput>
  /** Ends the stream, which not every client does where it gives up. */
  readonly end: Effect.Effect<void>
}

export const defaultType = "application/octet-stream"

/** The type of a body that is said to have none. */
export const typeOf = (body: unknown): string => (typeof body === "string" ? "text/plain; charset=utf-8" : defaultType)

const isStream = <E, R>(body: ObjectBody<E, R>): body is StreamBody<E, R> =>
  typeof body !== "string" && !(body instanceof Uint8Array)

/** What is wrong with a body. */
export const wrongBody = <E, R>(body: ObjectBody<E, R>, contentMd5: boolean): Wrong | undefined => {
  if (!isStream(body)) return undefined
  const { length } = body
  if (!Number.isSafeInteger(length) || length < 0) {
    return { option: "body", what: `has the length ${String(length)}`, solution: "Give the number of its bytes." }
  }
  return contentMd5
    ? { option: "contentMd5", what: "cannot be known of a stream", solution: "Give the Base64 of its MD5." }
    : undefined
}

const none: Uint8Array = new Uint8Array()

/** Makes a body that can be sent. */
export const sendable = <E, R>(
  operation: string,
  body: ObjectBody<E, R>,
  contentType: string | undefined,
  contentMd5: boolean
): Effect.Effect<Sendable<E>, never, R> => {
  if (!isStream(body)) {
    return Effect.sync(() => {
      const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body
      return {
        body: HttpBody.uint8Array(bytes, contentType ?? typeOf(body)),
        md5: contentMd5 ? md5Base64(bytes) : undefined,
        failure: Option.none,
        end: Effect.void
      }
    })
  }
  const { length, stream } = body
  return Effect.zipWith(Effect.context<R>(), Deferred.make<void>(), (context, over) => {
    let failure: Option.Option<E | InvalidInput> = Option.none()
    let taken = 0
    let last = none
    const other = (count: string): InvalidInput =>
      invalidInput(
        {
          option: "body",
          what: `has ${count} bytes and not the ${length} of its length`,
          solution: "Give the number of bytes that the stream has, or use upload, which needs none."
        },
        operation
      )
    const counted = stream.pipe(
      Stream.filter((bytes) => bytes.length > 0),
      Stream.mapEffect((bytes) => {
        taken += bytes.length
        if (taken > length) return Effect.fail(other("more"))
        if (taken < length) return Effect.succeed(bytes)
        // The request is complete with them, so they wait until nothing more comes
        last = bytes
        return Effect.succeed(none)
      }),
      Stream.concat(Stream.suspend(() => (taken < length ? Stream.fail(other(`only ${taken}`)) : Stream.make(last)))),
      Stream.filter((bytes) => bytes.length > 0),
      Stream.mapError((error) => {
        failure = Option.some(error)
        return error
      })
    )
    const whole = Stream.suspend(() => {
      taken = 0
      last = none
      failure = Option.none()
      return Stream.interruptWhen(counted, Effect.andThen(Deferred.await(over), Effect.interrupt))
    })
    return {
      body: HttpBody.stream(Stream.provideContext(whole, context), contentType ?? defaultType, length),
      md5: undefined,
      failure: () => failure,
      end: Effect.asVoid(Deferred.succeed(over, undefined))
    }
  })
}

/** Fails with what the stream of a body failed with, where that is why the upload failed. */
export const orFailureOf = <A, E, R, E2>(
  self: Effect.Effect<A, E, R>,
  { end, failure }: Sendable<E2>
): Effect.Effect<A, E | E2 | InvalidInput, R> =>
  Effect.mapError(Effect.ensuring(self, end), (error): E | E2 | InvalidInput =>
    Option.getOrElse(failure(), () => error)
  )

/** Cuts a stream into parts of given sizes; the last one, which may be the only one and empty, has what is left. */
export class Parts {
  private readonly sizeAt: (number: number) => number
  /** The bytes of the part so far: a single chunk as it is, or the front of the buffer. */
  private part = none
  // A new one for each part, since a client may keep what it has sent
  private buffer = none
  private number = 1

  constructor(sizeAt: (number: number) => number) {
    this.sizeAt = sizeAt
  }

  /** The parts that are complete with a chunk. */
  add(chunk: Uint8Array): ReadonlyArray<Uint8Array> {
    const parts: Array<Uint8Array> = []
    let rest = chunk
    // A part is complete when more comes, so that the last one is never empty
    while (this.part.length + rest.length > this.sizeAt(this.number)) {
      const room = this.sizeAt(this.number) - this.part.length
      this.keep(rest.subarray(0, room))
      rest = rest.subarray(room)
      parts.push(this.take())
    }
    this.keep(rest)
    return parts
  }

  /** What is left. */
  take(): Uint8Array {
    const { part } = this
    this.part = none
    this.buffer = none
    this.number += 1
    return part
  }

  private keep(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    const { length } = this.part
    if (length === 0) {
      this.part = chunk
      return
    }
    const needed = length + chunk.length
    if (needed > this.buffer.length) {
      const size = this.sizeAt(this.number)
      // What is longer than one part is likely to fill the next
      const buffer = new Uint8Array(this.number > 1 ? size : Math.min(size, Math.max(needed, 2 * this.buffer.length)))
      buffer.set(this.part)
      this.buffer = buffer
    }
    this.buffer.set(chunk, length)
    this.part = this.buffer.subarray(0, needed)
  }
}
