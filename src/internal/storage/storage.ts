/**
 * Where a service keeps the bytes of objects, and what it has to remember when it is started again.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import * as Data from "effect/Data"
import type { Digest } from "../digest.js"
import { md5Stream } from "../digest.js"
import { Content } from "../service/content.js"
import { concat } from "../wire/body.js"
import type { State } from "../service/state.js"

/** Bytes could not be kept, or not be read: a full disk, for one. */
export class StorageError extends Data.TaggedError("StorageError")<{ readonly cause: unknown }> {}

/** Keeps the bytes of one body. */
export interface Writer {
  readonly write: (bytes: Uint8Array) => Effect.Effect<void, StorageError>
  /** What was written, once it is safe. The scope of the writer holds it. */
  readonly end: Effect.Effect<Content, StorageError>
}

export interface Storage {
  /** What is remembered of an earlier run; nothing in memory. */
  readonly state: State
  /** Keeps bytes as long as its scope is open, or something else holds them; without `end` they are dropped. */
  readonly writer: Effect.Effect<Writer, StorageError, Scope.Scope>
  /** The bytes, or more of them than fit into memory as a stream. They are held from the call on until they are read. */
  readonly read: (content: Content) => Effect.Effect<Uint8Array | Stream.Stream<Uint8Array, StorageError>, StorageError>
  /** Makes a digest, by the fastest way that there is where the storage is. */
  readonly md5: () => Digest
  /** Keeps content from being dropped as long as something reads it. */
  readonly hold: (content: Content) => void
  readonly release: (content: Content) => void
  /** Fails as long as earlier changes cannot be made safe, so that there are no more of them. */
  readonly ready: Effect.Effect<void, StorageError>
  /** Waits until all changes so far are safe. */
  readonly committed: Effect.Effect<void, StorageError>
}

const bytesOf = (content: Content): Uint8Array =>
  concat(content.pieces.filter((piece): piece is Uint8Array => piece instanceof Uint8Array))

/** Keeps everything in memory, as long as the service lives. */
export const memory = (state: State): Storage => ({
  state,
  writer: Effect.sync(() => {
    const chunks: Array<Uint8Array> = []
    return {
      write: (bytes) =>
        Effect.sync(() => {
          // A copy: a client may use its buffer again, and a piece of a buffer holds all of it
          chunks.push(new Uint8Array(bytes))
        }),
      end: Effect.sync(() => new Content(chunks))
    }
  }),
  read: (content) => Effect.sync(() => bytesOf(content)),
  md5: md5Stream,
  hold: () => undefined,
  release: () => undefined,
  ready: Effect.void,
  committed: Effect.void
})
