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

export class Files {
  private readonly path: string
  /** How often each file is needed: by versions, by parts, and by what reads it. */
  private readonly needed = new Map<number, number>()
  /** Files that nothing needs any more; what needed them may still be remembered. */
  private unneeded: Array<number> = []
  private last = 0

  constructor(path: string) {
    this.path = path
  }

  hold(content: Content): void {
    for (const file of filesOf(content)) this.needed.set(file, (this.needed.get(file) ?? 0) + 1)
  }

  release(content: Content): void {
    for (const file of filesOf(content)) {
      const needed = (this.needed.get(file) ?? 0) - 1
      if (needed > 0) this.needed.set(file, needed)
      else {
        this.needed.delete(file)
        this.unneeded.push(file)
      }
    }
  }

  /** The files that nothing needs any more, which can go as soon as nothing remembers them. */
  takeUnneeded(): ReadonlyArray<number> {
    const files = this.unneeded
    this.unneeded = []
    return files
  }

  giveBack(files: ReadonlyArray<number>): void {
    this.unneeded.push(...files)
  }

  get hasUnneeded(): boolean {
    return this.unneeded.length > 0
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
        (writer) => Effect.promise(() => writer.abandon())
      ),
      (writer) => ({
        write: (bytes) => attempt(() => writer.write(bytes)),
        end: Effect.map(
          attempt(() => writer.end()),
          (content) => {
            this.hold(content)
            return content
          }
        )
      })
    )
  }

  /** The bytes of little content at once; of more as a stream. */
  read(content: Content): Effect.Effect<Uint8Array | Stream.Stream<Uint8Array, StorageError>, StorageError> {
    return content.size <= small ? attempt(() => this.readWhole(content)) : Effect.succeed(this.stream(content))
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
    return Runtime.pulled(
      Effect.map(
        Effect.acquireRelease(
          Effect.sync(() => new Reader(content, (file) => this.pathOf(file))),
          (reader) => Effect.promise(() => reader.close())
        ),
        (reader) => attempt(() => reader.next())
      )
    )
  }

  private pathOf(file: number): string {
    return join(this.path, nameOf(file % folders, 2), nameOf(file, 12))
  }
}

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
  private isOver = false

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
    if (this.size === 0) return new Content([])
    await this.flush()
    await this.close()
    this.isOver = true
    return new Content([{ file: this.file, from: 0, to: this.size }])
  }

  /** Removes what was written, if that is not whole. */
  async abandon(): Promise<void> {
    if (this.isOver) return
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
