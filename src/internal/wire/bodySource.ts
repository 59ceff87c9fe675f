/**
 * What the responses of the platform's clients are made of. Their stream costs as much as a request over loopback, so a
 * body is read from its source, where that is known; from the stream everywhere else.
 */
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Predicate from "effect/Predicate"
import { isObject } from "../object.js"

/** A body that is read chunk by chunk. */
export interface Source {
  /** The next chunk, or the end. Rejects where the connection is lost. */
  readonly next: () => Promise<{ readonly done?: boolean | undefined; readonly value?: unknown }>
  /** Ends the reading, and with it the connection. Never throws. */
  readonly stop: () => void
}

const ignore = (): undefined => undefined

/** Does something whose failure changes nothing: what is given up is closed by whoever made it. */
const attempt = (f: () => unknown): void => {
  void new Promise((resolve) => {
    resolve(f())
  }).catch(ignore)
}

/** The source of a body that something else reads, or has read: what it gives is no chunk, and it is left alone. */
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

/** As much of a stream of Node as is needed here. */
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
  // After a 101 nothing ends it but this: the connection speaks another protocol, which nobody here does
  if ("upgrade" in readable && readable.upgrade === true) readable.destroy()
  const iterator = readable[Symbol.asyncIterator]()
  return {
    next: () => iterator.next(),
    stop: () => {
      attempt(() => {
        readable.destroy()
        // Takes its listeners away
        return iterator.return?.()
      })
    }
  }
}

const maxWrappers = 4

/** What a response is made of, found through the platform's own wrappers; one that has a stream of its own is respected. */
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

/** The source of a response, where it is one of the platform's. */
export const sourceOf = (response: HttpClientResponse.HttpClientResponse): Source | undefined => {
  // Elsewhere the platform ends a request when it is some seconds old, unless it knows of the reading
  if (!("FinalizationRegistry" in globalThis)) return undefined
  try {
    const source = madeOf(response)
    if (source instanceof Response) {
      // What fetch hides of a body that must not be there goes on coming, and ends with the platform's stream
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
