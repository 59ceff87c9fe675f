/**
 * Finds the native body inside the responses of the platform's clients. Their streams cost as much as a request over
 * loopback, so a body is read from its source if that is known.
 */
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import { isObject } from "../object.js"
import { unredacted } from "../request/redaction.js"

/** A body, read chunk by chunk. */
export interface Source {
  /** The next chunk, or the end. Rejects if the connection is lost. */
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>
  /** Stops reading and closes the connection. Never throws. */
  readonly stop: () => void
}

const ignore = (): undefined => undefined

/** Runs a function and ignores its failure: whoever made the resource closes it. */
const attempt = (f: () => unknown): void => {
  void new Promise((resolve) => {
    resolve(f())
  }).catch(ignore)
}

/** The source of a body that something else reads or has read: yields an invalid chunk and leaves the body alone. */
const taken: Source = { next: () => Promise.resolve({ value: undefined }), stop: ignore }

const fromReadableStream = (stream: ReadableStream<unknown>): Source => {
  const reader = stream.getReader()
  return {
    next: () => reader.read(),
    stop: () => {
      attempt(() => reader.cancel())
    }
  }
}

/** The part of a Node stream that is used here. */
interface Readable extends AsyncIterable<unknown> {
  readonly readableDidRead: boolean
  readonly destroy: () => void
}

const isReadable = (u: unknown): u is Readable =>
  isObject(u) &&
  Symbol.asyncIterator in u &&
  "readableDidRead" in u &&
  typeof u.readableDidRead === "boolean" &&
  "destroy" in u &&
  typeof u.destroy === "function"

const fromReadable = (readable: Readable): Source => {
  // After a 101 only this ends it: the connection has switched to a protocol that nobody here speaks
  if ("upgrade" in readable && readable.upgrade === true) readable.destroy()
  const iterator = readable[Symbol.asyncIterator]()
  return {
    next: () => iterator.next(),
    stop: () => {
      attempt(() => {
        readable.destroy()
        // Removes its listeners
        return iterator.return?.()
      })
    }
  }
}

const maxWrappers = 4

/** The native response inside the platform's own wrappers. A response with a stream of its own is left alone. */
const madeOf = (response: unknown): unknown => {
  let inner = response
  for (let i = 0; i < maxWrappers; i++) {
    if (!isObject(inner) || Object.hasOwn(inner, "stream")) return undefined
    if (Object.hasOwn(inner, "source") && "source" in inner) return inner.source
    if (!(Object.hasOwn(inner, "original") && "original" in inner)) return undefined
    inner = inner.original
  }
  return undefined
}

const fromStream = ({ stream }: HttpClientResponse.HttpClientResponse): Source => {
  const iterator = Stream.toAsyncIterable(stream)[Symbol.asyncIterator]()
  return {
    next: () => iterator.next(),
    stop: () => {
      attempt(() => iterator.return?.())
    }
  }
}

/** The source of any response, to be opened once. */
export const openSource = (response: HttpClientResponse.HttpClientResponse): Source =>
  sourceOf(response) ?? fromStream(response)

/** The source of a response, if it is one of the platform's. */
export const sourceOf = (shown: HttpClientResponse.HttpClientResponse): Source | undefined => {
  const response = unredacted(shown)
  // Without a FinalizationRegistry, the platform aborts a request after some seconds, unless it knows that the body is
  // read
  if (!("FinalizationRegistry" in globalThis)) return undefined
  try {
    const source = madeOf(response)
    if (source instanceof Response) {
      // Fetch hides a body that must not be there, but it keeps arriving until the platform's stream ends it
      if (source.body === null) return undefined
      return source.bodyUsed || source.body.locked ? taken : fromReadableStream(source.body)
    }
    const readable = Predicate.hasProperty(source, "body") ? source.body : source
    if (!isReadable(readable)) return undefined
    return readable.readableDidRead ? taken : fromReadable(readable)
  } catch {
    return undefined
  }
}
