/**
 * Writes changes down in the order in which they are made, several at a time where they come faster than they are written.
 */
import type { Journal, State } from "../service/state.js"
import type { Files } from "./files.js"
import { bucketRow, partRow, uploadRow, versionRow } from "./rows.js"

export type Change =
  | { readonly type: "put"; readonly key: string; readonly value: string }
  | { readonly type: "del"; readonly key: string }

/** A store that keeps either all changes of a list or none of them. */
export interface Rows {
  readonly batch: (changes: Array<Change>) => Promise<void>
}

/** What the keys of rows begin with. */
export const prefixes = { bucket: "b!", number: "n!", upload: "u!", part: "p!", version: "v!" } as const

const versionKey = (sequence: number): string => `${prefixes.version}${sequence.toString(16).padStart(14, "0")}`

const partKey = (upload: string, number: number): string => `${prefixes.part}${upload}!${String(number)}`

/** Where the number of the last version or upload is. */
export const lastKey = `${prefixes.number}last`

export class Writing implements Journal {
  private readonly rows: Rows
  private readonly files: Files
  private readonly state: State
  private pending: Array<Change> = []
  /** What is being written. */
  private current: Promise<void> = Promise.resolve()
  private isFailing = false
  /** What is written after that. */
  private following: Promise<void> | undefined
  private removal: Promise<void> = Promise.resolve()

  constructor(rows: Rows, files: Files, state: State) {
    this.rows = rows
    this.files = files
    this.state = state
    // Nobody waits for that
    files.onUnneeded = () => {
      queueMicrotask(() => void this.committed().catch(() => undefined))
    }
  }

  readonly bucket: Journal["bucket"] = (name, bucket) => {
    this.change(`${prefixes.bucket}${name}`, bucket && bucketRow(bucket))
  }

  readonly version: Journal["version"] = (bucket, key, before, after) => {
    const { sequence } = after ?? before ?? { sequence: 0 }
    this.change(versionKey(sequence), after && versionRow(bucket, key, after))
    if (after?.stored !== undefined) this.files.hold(after.stored.content)
    if (before?.stored !== undefined) this.files.release(before.stored.content)
  }

  readonly upload: Journal["upload"] = (bucket, upload, isOver) => {
    this.change(`${prefixes.upload}${upload.id}`, isOver ? undefined : uploadRow(bucket, upload))
  }

  readonly part: Journal["part"] = (bucket, upload, before, after) => {
    const { number } = after ?? before ?? { number: 0 }
    this.change(partKey(upload.id, number), after && partRow(bucket, upload, after))
    if (after !== undefined) this.files.hold(after.content)
    if (before !== undefined) this.files.release(before.content)
  }

  /** Waits until everything so far is written. */
  committed(): Promise<void> {
    if (this.pending.length === 0 && !this.files.hasUnneeded) return this.current
    this.following ??= this.current.then(this.write, this.write)
    return this.following
  }

  /** Where the last changes could not be written, writes them before there are others. */
  async recovered(): Promise<void> {
    if (this.isFailing) await this.committed()
  }

  /** Writes what is left, and waits until nothing is under way. */
  async close(): Promise<void> {
    await this.committed().catch(() => undefined)
    await this.removal
  }

  private readonly write = async (): Promise<void> => {
    this.current = this.following ?? this.current
    this.following = undefined
    const changes = this.pending
    this.pending = []
    // Files that are unneeded now are forgotten by these changes, or by earlier ones
    const unneeded = this.files.takeUnneeded()
    try {
      await this.rows.batch([...changes, { type: "put", key: lastKey, value: String(this.state.last) }])
    } catch (error) {
      // They come first the next time
      this.isFailing = true
      this.pending = [...changes, ...this.pending]
      this.files.giveBack(unneeded)
      throw error
    }
    this.isFailing = false
    this.removal = this.removal.then(() => this.files.remove(unneeded)).catch(() => undefined)
  }

  private change(key: string, value: string | undefined): void {
    this.pending.push(value === undefined ? { type: "del", key } : { type: "put", key, value })
  }
}
