/**
 * The files of a folder in which the bytes of objects are. A file is written once, and removed when nothing needs it.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type * as Stream from "effect/Stream"
import * as Fs from "node:fs/promises"
import { join } from "node:path"
import { Content } from "../service/content.js"
import type { Extent } from "../service/content.js"
import type { Writer } from "../storage/storage.js"
import { StorageError } from "../storage/storage.js"
import { concat } from "../wire/body.js"

const attempt = <A>(run: () => Promise<A>): Effect.Effect<A, StorageError> =>
  Effect.tryPromise({ try: run, catch: (cause) => new StorageError({ cause }) })

// So that a folder of many files has no folder of many
const folders = 256

// What is not larger takes one step to write or to read
const small = 256 * 1024

// How long content is held for a stream that has not begun
const patienceMillis = 60_000

export class Files {
  private readonly path: string
  /** How often each file is needed: by versions, by parts, and by what reads it. */
  private readonly needed = new Map<number, number>()
  /** Files that nothing needs any more; what needed them may still be remembered. */
  private readonly unneeded = new Set<number>()
  private last = 0

  constructor(path: string) {
    this.path = path
  }

  hold(content: Content): void {
    for (const file of filesOf(content)) {
      this.needed.set(file, (this.needed.get(file) ?? 0) + 1)
      this.unneeded.delete(file)
    }
  }

  release(content: Content): void {
    for (const file of filesOf(content)) {
      const needed = (this.needed.get(file) ?? 0) - 1
      if (needed > 0) this.needed.set(file, needed)
      else {
        this.needed.delete(file)
        this.unneeded.add(file)
      }
    }
    if (this.unneeded.size > 0) this.onUnneeded()
  }

  /** Is called where there are files that nothing needs any more. */
  onUnneeded: () => void = () => undefined

  /** The files that nothing needs any more, which can go as soon as nothing remembers them. */
  takeUnneeded(): ReadonlyArray<number> {
    const files = [...this.unneeded]
    this.unneeded.clear()
    return files
  }

  giveBack(files: ReadonlyArray<number>): void {
    for (const file of files) this.unneeded.add(file)
  }

  get hasUnneeded(): boolean {
    return this.unneeded.size > 0
  }

  async remove(files: ReadonlyArray<number>): Promise<void> {
    for (const file of files) await Fs.rm(this.pathOf(file), { force: true })
  }

  /** Makes the folders, and removes files that nothing remembers: those of writes that were cut. */
  async prepare(): Promise<void> {
    for (let i = 0; i < folders; i++) {
      const folder = join(this.path, nameOf(i, 2))
      await Fs.mkdir(folder, { recursive: true })
      for (const name of await Fs.readdir(folder)) {
        // What else is there was not put there by a service
        if (!fileName.test(name)) continue
        const file = Number.parseInt(name, 16)
        this.last = Math.max(this.last, file)
        if (!this.needed.has(file)) await Fs.rm(join(folder, name), { force: true })
      }
    }
  }

  get writer(): Effect.Effect<Writer, StorageError, Scope.Scope> {
    return Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => new FileWriter(this.pathOf(++this.last), this.last)),
        (writer) =>
          Effect.promise(async () => {
            if (writer.content === undefined) await writer.abandon()
            else this.release(writer.content)
          })
      ),
      // Whoever breaks off waits for the step that is under way, so that no file is left open
      (writer) => ({
        write: (bytes) => Effect.uninterruptible(attempt(() => writer.write(bytes))),
        end: Effect.uninterruptible(
          Effect.map(
            attempt(() => writer.end()),
            (content) => {
              this.hold(content)
              return content
            }
          )
        )
      })
    )
  }

  /** The bytes of little content at once; of more as a stream. They are held from now on until they are read. */
  read(content: Content): Effect.Effect<Uint8Array | Stream.Stream<Uint8Array, StorageError>, StorageError> {
    this.hold(content)
    if (content.size > small) return Effect.succeed(this.stream(content))
    return Effect.ensuring(
      attempt(() => this.readWhole(content)),
      Effect.sync(() => {
        this.release(content)
      })
    )
  }

  private async readWhole(content: Content): Promise<Uint8Array> {
    const reader = new Reader(content, (file) => this.pathOf(file))
    const chunks: Array<Uint8Array> = []
    try {
      for (let chunk = await reader.next(); chunk !== undefined; chunk = await reader.next()) chunks.push(chunk)
    } finally {
      await reader.close()
    }
    return concat(chunks)
  }

  private stream(content: Content): Stream.Stream<Uint8Array, StorageError> {
    let isHeld = true
    const release = () => {
      if (isHeld) this.release(content)
      isHeld = false
    }
    // Of a response that is dropped, nobody reads the body
    const patience = setTimeout(release, patienceMillis).unref()
    return Runtime.pulled(
      Effect.map(
        Effect.acquireRelease(
          Effect.sync(() => {
            clearTimeout(patience)
            return new Reader(content, (file) => this.pathOf(file))
          }),
          (reader) =>
            Effect.promise(async () => {
              await reader.close()
              release()
            })
        ),
        (reader) => attempt(() => reader.next())
      )
    )
  }

  private pathOf(file: number): string {
    return join(this.path, nameOf(file % folders, 2), nameOf(file, 12))
  }
}

const fileName = /^[\da-f]{12}$/

const nameOf = (n: number, length: number): string => n.toString(16).padStart(length, "0")

const isExtent = (piece: Content["pieces"][number]): piece is Extent => !(piece instanceof Uint8Array)

/** The files of content, each once. */
export const filesOf = (content: Content): ReadonlySet<number> =>
  new Set(content.pieces.filter(isExtent).map(({ file }) => file))

/** Writes a file; one whose bytes are few is written when it ends. */
class FileWriter {
  private readonly path: string
  private readonly file: number
  private handle: Fs.FileHandle | undefined
  private waiting: Array<Uint8Array> = []
  private waitingSize = 0
  private size = 0
  /** What was written, once it is whole. */
  content: Content | undefined

  constructor(path: string, file: number) {
    this.path = path
    this.file = file
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.waiting.push(bytes)
    this.waitingSize += bytes.length
    this.size += bytes.length
    if (this.waitingSize >= small) await this.flush()
  }

  async end(): Promise<Content> {
    if (this.size > 0) {
      await this.flush()
      await this.close()
    }
    this.content = new Content(this.size > 0 ? [{ file: this.file, from: 0, to: this.size }] : [])
    return this.content
  }

  /** Removes what was written, if that is not whole. */
  async abandon(): Promise<void> {
    await this.close().catch(() => undefined)
    await Fs.rm(this.path, { force: true }).catch(() => undefined)
  }

  private async flush(): Promise<void> {
    const bytes = concat(this.waiting)
    this.waiting = []
    this.waitingSize = 0
    this.handle ??= await Fs.open(this.path, "wx")
    await this.handle.writeFile(bytes)
  }

  private async close(): Promise<void> {
    const { handle } = this
    this.handle = undefined
    await handle?.close()
  }
}

/** Reads content, one piece after another. */
class Reader {
  private readonly extents: ReadonlyArray<Extent>
  private readonly pathOf: (file: number) => string
  private index = 0
  private offset = 0
  private open: { readonly file: number; readonly handle: Fs.FileHandle } | undefined

  constructor(content: Content, pathOf: (file: number) => string) {
    this.extents = content.pieces.filter(isExtent)
    this.pathOf = pathOf
  }

  /** The next bytes; undefined at the end. */
  async next(): Promise<Uint8Array | undefined> {
    const extent = this.extents[this.index]
    if (extent === undefined) return undefined
    const { file, from, to } = extent
    const position = from + this.offset
    const handle = await this.handleOf(file)
    const wanted = new Uint8Array(Math.min(to - position, small))
    const { bytesRead } = await handle.read(wanted, 0, wanted.length, position)
    if (bytesRead === 0) throw new Error(`${this.pathOf(file)} ends at ${String(position)} of ${String(to)} bytes`)
    this.offset += bytesRead
    if (from + this.offset >= to) {
      this.index++
      this.offset = 0
    }
    return wanted.subarray(0, bytesRead)
  }

  async close(): Promise<void> {
    const { open } = this
    this.open = undefined
    await open?.handle.close()
  }

  private async handleOf(file: number): Promise<Fs.FileHandle> {
    if (this.open?.file === file) return this.open.handle
    await this.close()
    const handle = await Fs.open(this.pathOf(file), "r")
    this.open = { file, handle }
    return handle
  }
}
