/**
 * What the responses of the platform's clients are made of. Their stream costs as much as a request over loopback, so a
 * body that is read for an error is read from its source, where that is known and nothing else has touched it; from the
 * stream everywhere else.
 */
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Predicate from "effect/Predicate"

/** A body that is read chunk by chunk. */
export interface Source {
  /** The next chunk, or the end. Rejects where the connection is lost. */
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>
  /** Ends the reading, and with it the connection. */
  readonly stop: () => void
}

const ignore = (): undefined => undefined

const fromReadableStream = (stream: ReadableStream<unknown>): Source => {
  const reader = stream.getReader()
  return {
    next: () => reader.read(),
    stop: () => void reader.cancel().catch(ignore)
  }
}

/** As much of a stream of Node as is needed here. */
interface Readable extends AsyncIterable<unknown> {
  readonly destroyed: boolean
  readonly readableDidRead: boolean
  readonly destroy: () => void
}

const isReadable = (u: unknown): u is Readable =>
  Predicate.isObject(u) &&
  Symbol.asyncIterator in u &&
  "readableDidRead" in u &&
  typeof u.readableDidRead === "boolean" &&
  "destroyed" in u &&
  "destroy" in u &&
  typeof u.destroy === "function"

const fromReadable = (readable: Readable): Source => {
  const iterator = readable[Symbol.asyncIterator]()
  return {
    next: () => iterator.next(),
    stop: () => {
      readable.destroy()
    }
  }
}

const maxWrappers = 4

/** What a response is made of, found through the platform's own wrappers; one that has a stream of its own is respected. */
const madeOf = (response: unknown): unknown => {
  let inner = response
  for (let i = 0; i < maxWrappers; i++) {
    if (!Predicate.isObject(inner) || Object.hasOwn(inner, "stream")) return undefined
    if (Object.hasOwn(inner, "source") && "source" in inner) return inner.source
    if (!(Object.hasOwn(inner, "original") && "original" in inner)) return undefined
    inner = inner.original
  }
  return undefined
}

/** The source of a response, where it is one of the platform's and unread. */
export const sourceOf = (response: HttpClientResponse.HttpClientResponse): Source | undefined => {
  // Elsewhere the platform ends a request when it is some seconds old, unless it knows of the reading
  if (!("FinalizationRegistry" in globalThis)) return undefined
  const source = madeOf(response)
  if (source instanceof Response) {
    return source.body === null || source.bodyUsed || source.body.locked ? undefined : fromReadableStream(source.body)
  }
  const readable = Predicate.hasProperty(source, "body") ? source.body : source
  return isReadable(readable) && !readable.readableDidRead && !readable.destroyed ? fromReadable(readable) : undefined
}
