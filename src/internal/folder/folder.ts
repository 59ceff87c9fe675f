/**
 * A folder in which a service keeps what it is given: rows in LevelDB, and the bytes of objects in files.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import { createHash } from "node:crypto"
import * as Fs from "node:fs/promises"
import { join } from "node:path"
import { State } from "../service/state.js"
import type { Storage } from "../storage/storage.js"
import { StorageError } from "../storage/storage.js"
import { Files } from "./files.js"
import { lastKey, prefixes, Writing } from "./journal.js"
import { restoreBucket, restorePart, restoreUpload, restoreVersion } from "./rows.js"

/** Why a folder cannot be used. */
export type FolderProblem = "NotInstalled" | "InUse" | "NotWritable" | "NotAFolderOfThis" | "Damaged"

const problems: { readonly [P in FolderProblem]: (path: string) => string } = {
  NotInstalled: () => "A folder needs the package classic-level, which cannot be loaded: npm install classic-level",
  InUse: (path) => `Another process uses the folder ${path}: stop it, or take another folder.`,
  NotWritable: (path) => `The folder ${path} cannot be written: look at its permissions, and whether it is a folder.`,
  NotAFolderOfThis: (path) => `The folder ${path} has other things in it: take an empty one, or a new one.`,
  Damaged: (path) => `The folder ${path} has rows that cannot be read: it is damaged, or of another version.`
}

export class FolderError extends Data.TaggedError("FolderError")<{
  readonly problem: FolderProblem
  readonly path: string
  readonly message: string
  readonly cause?: unknown
}> {}

const failure = (problem: FolderProblem, path: string, cause?: unknown): FolderError =>
  new FolderError({ problem, path, message: problems[problem](path), cause })

const isLocked = (error: unknown): boolean =>
  Predicate.hasProperty(error, "cause") &&
  Predicate.hasProperty(error.cause, "code") &&
  error.cause.code === "LEVEL_LOCKED"

/** What the database says where it cannot be opened. */
const openFailure = (path: string, error: unknown): FolderError =>
  failure(isLocked(error) ? "InUse" : "NotWritable", path, error)

// What a folder of this kind has, and what systems put into any; what else is in one was not put there by a service
const names = ["data", "rows", ".DS_Store", "lost+found"]

const prepare = async (path: string): Promise<FolderError | undefined> => {
  try {
    await Fs.mkdir(path, { recursive: true })
    const found = await Fs.readdir(path)
    if (found.some((name) => !names.includes(name))) return failure("NotAFolderOfThis", path)
    await Fs.mkdir(join(path, "data"), { recursive: true })
    await Fs.access(path, Fs.constants.W_OK)
    return undefined
  } catch (error) {
    return failure("NotWritable", path, error)
  }
}

const open = async (path: string): Promise<Opened | FolderError> => {
  const level = await import("classic-level").catch((error: unknown) => failure("NotInstalled", path, error))
  if (level instanceof FolderError) return level
  const problem = await prepare(path)
  if (problem !== undefined) return problem
  const rows = new level.ClassicLevel(join(path, "rows"))
  try {
    await rows.open()
  } catch (error) {
    return openFailure(path, error)
  }
  const [state, files] = [new State(), new Files(join(path, "data"))]
  const close = async () => rows.close()
  try {
    if (!(await restore(rows, state, files))) {
      await close()
      return failure("Damaged", path)
    }
    await files.prepare()
  } catch (error) {
    await close()
    return failure("Damaged", path, error)
  }
  const writing = new Writing({ batch: (changes) => rows.batch(changes) }, files, state)
  state.journal = writing
  return {
    state,
    files,
    writing,
    close: async () => {
      await writing.close()
      await close()
    }
  }
}

interface Opened {
  readonly state: State
  readonly files: Files
  readonly writing: Writing
  readonly close: () => Promise<void>
}

interface Readable {
  readonly get: (key: string) => Promise<string | undefined>
  readonly values: (range: { readonly gte: string; readonly lt: string }) => AsyncIterable<string>
}

/** Puts everything where it was; false where a row cannot be read. */
const restore = async (rows: Readable, state: State, files: Files): Promise<boolean> => {
  const each = async (prefix: string, take: (row: unknown) => boolean): Promise<boolean> => {
    for await (const value of rows.values({ gte: prefix, lt: `${prefix}~` })) {
      if (!take(JSON.parse(value))) return false
    }
    return true
  }
  const holding = (restore: typeof restorePart) => (row: unknown) => {
    const content = restore(state, row)
    if (content !== undefined) files.hold(content)
    return content !== undefined
  }
  const isWhole =
    (await each(prefixes.bucket, (row) => restoreBucket(state, row))) &&
    (await each(prefixes.upload, (row) => restoreUpload(state, row))) &&
    (await each(prefixes.part, holding(restorePart))) &&
    (await each(prefixes.version, holding(restoreVersion)))
  state.last = Number((await rows.get(lastKey)) ?? 0)
  return isWhole
}

/** Opens a folder, which is made where there is none. A folder has one service at a time. */
export const openFolder = (path: string): Effect.Effect<Storage, FolderError, Scope.Scope> =>
  Effect.map(
    Effect.acquireRelease(
      Effect.flatMap(
        Effect.promise(() => open(path)),
        (opened) => (opened instanceof FolderError ? Effect.fail(opened) : Effect.succeed(opened))
      ),
      ({ close }) => Effect.promise(close)
    ),
    ({ files, state, writing }): Storage => ({
      state,
      writer: files.writer,
      read: (content) => files.read(content),
      md5: () => {
        const hash = createHash("md5")
        return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest("hex") }
      },
      hold: (content) => {
        files.hold(content)
      },
      release: (content) => {
        files.release(content)
      },
      ready: Effect.tryPromise({
        try: () => writing.recovered(),
        catch: (cause) => new StorageError({ cause })
      }),
      committed: Effect.tryPromise({
        try: () => writing.committed(),
        catch: (cause) => new StorageError({ cause })
      })
    })
  )
