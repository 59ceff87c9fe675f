/**
 * Takes the body of a request: that of an object into a storage, a document into memory.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { md5Hex } from "../digest.js"
import type { Received } from "../service/asked.js"
import type { Content } from "../service/content.js"
import { nothing } from "../service/content.js"
import type { PayloadReader } from "../verification/payload.js"
import { readWhole } from "../verification/payload.js"
import type { Refusal } from "../verification/refusal.js"
import { isRefusal, refusal } from "../verification/refusal.js"
import { concat } from "../wire/body.js"
import type { Storage, StorageError } from "./storage.js"

/** The body of a request or a response: whole, or as it arrives. */
export type Body<E = never> = Uint8Array | Stream.Stream<Uint8Array, E>

// Enough for a thousand keys to delete, and for ten thousand parts to complete
const maxDocument = 16 * 1024 * 1024

const tooLarge = (): Refusal =>
  refusal("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", {
    MaxSizeAllowed: String(maxDocument)
  })

/** All bytes of a body. */
export const bytesOf = <E>(body: Body<E>): Effect.Effect<Uint8Array, E> =>
  body instanceof Uint8Array
    ? Effect.succeed(body)
    : Effect.map(Stream.runCollect(body), (chunks) => concat(Array.from(chunks)))

const limited = (body: Body): Effect.Effect<Uint8Array, Refusal> => {
  if (body instanceof Uint8Array) return body.length > maxDocument ? Effect.fail(tooLarge()) : Effect.succeed(body)
  const chunks: Array<Uint8Array> = []
  let size = 0
  const take = (chunk: Uint8Array): Effect.Effect<void, Refusal> => {
    size += chunk.length
    chunks.push(chunk)
    return size > maxDocument ? Effect.fail(tooLarge()) : Effect.void
  }
  return Effect.map(Stream.runForEach(body, take), () => concat(chunks))
}

/** Takes a document, or a form with its file. */
export const receiveDocument = (body: Body, reader: PayloadReader): Effect.Effect<Received, Refusal> =>
  Effect.flatMap(limited(body), (bytes) => {
    const data = readWhole(reader, bytes)
    if (isRefusal(data)) return Effect.fail(data)
    const document = concat(data)
    return Effect.succeed({ document, content: nothing, md5: md5Hex(document) })
  })

/** Keeps bytes that are in memory. The scope holds them. */
export const keep = (bytes: Uint8Array, storage: Storage): Effect.Effect<Received, StorageError, Scope.Scope> =>
  Effect.gen(function* () {
    const writer = yield* storage.writer
    yield* writer.write(bytes)
    return { document: new Uint8Array(), content: yield* writer.end, md5: md5Hex(bytes) }
  })

/** Keeps the body of an object. The scope holds it. */
export const receiveObject = (
  body: Body,
  reader: PayloadReader,
  storage: Storage
): Effect.Effect<Received, Refusal | StorageError, Scope.Scope> =>
  Effect.gen(function* () {
    const writer = yield* storage.writer
    const digest = storage.md5()
    const take = (chunk: Uint8Array): Effect.Effect<void, Refusal | StorageError> => {
      const data = reader.take(chunk)
      if (isRefusal(data)) return Effect.fail(data)
      for (const piece of data) digest.update(piece)
      return Effect.forEach(data, writer.write, { discard: true })
    }
    yield* body instanceof Uint8Array ? take(body) : Stream.runForEach(body, take)
    const fault = reader.end()
    if (fault !== undefined) return yield* Effect.fail(fault)
    return { document: new Uint8Array(), content: yield* writer.end, md5: digest.hex() }
  })

/** Takes the bytes of an object that is there, for a part of another one. They are held from the call on, by the scope. */
export const receiveCopy = (content: Content, storage: Storage): Effect.Effect<Received, StorageError, Scope.Scope> => {
  storage.hold(content)
  const release = Effect.sync(() => {
    storage.release(content)
  })
  const digest = storage.md5()
  const update = (chunk: Uint8Array) =>
    Effect.sync(() => {
      digest.update(chunk)
    })
  const read = Effect.flatMap(
    Effect.suspend(() => storage.read(content)),
    (bytes) => (bytes instanceof Uint8Array ? update(bytes) : Stream.runForEach(bytes, update))
  )
  return Effect.uninterruptibleMask((restore) =>
    Effect.andThen(
      Effect.addFinalizer(() => release),
      Effect.map(restore(read), () => ({ document: new Uint8Array(), content, md5: digest.hex() }))
    )
  )
}
