import { describe, expect, it } from "@effect/vitest"
import { Effect } from "#test/effect"
import { Files } from "../../../src/internal/folder/files.js"
import type { Change } from "../../../src/internal/folder/journal.js"
import { Writing } from "../../../src/internal/folder/journal.js"
import { State } from "../../../src/internal/service/state.js"
import { memory, StorageError } from "../../../src/internal/storage/storage.js"
import { ObsTestService } from "effect-obs/testing"
import { callerOf } from "../../support/service.js"

/** Rows that can be written or not, and wait until they are let go. */
const journal = () => {
  const written: Array<ReadonlyArray<string>> = []
  const disk = { isFull: false }
  const batch = async (changes: Array<Change>) => {
    await Promise.resolve()
    if (disk.isFull) throw new Error("full")
    written.push(changes.map(({ key }) => key).filter((key) => key !== "n!last"))
  }
  const state = new State()
  const writing = new Writing({ batch }, new Files("nowhere"), state)
  state.journal = writing
  const create = (name: string) => {
    const options = { name, owner: "me", at: 0, location: "here", storageClass: "STANDARD", acl: undefined }
    state.create({ ...options, hasObjectLock: false, isFileSystem: false })
    state.settle(name)
  }
  return { written, disk, writing, state, create }
}

describe("a journal", () => {
  it("writes what comes while it writes at once, and in order", async () => {
    const { create, writing, written } = journal()
    create("one")
    const first = writing.committed()
    create("two")
    create("three")
    await Promise.all([first, writing.committed(), writing.committed()])
    expect(written).toEqual([["b!one", "b!two", "b!three"]])
    create("four")
    const fourth = writing.committed()
    await Promise.resolve()
    create("five")
    await Promise.all([fourth, writing.committed()])
    expect(written.slice(1)).toEqual([["b!four"], ["b!five"]])
  })

  it("keeps what it could not write, and writes it before anything else", async () => {
    const { create, disk, writing, written } = journal()
    disk.isFull = true
    create("one")
    await expect(writing.committed()).rejects.toThrow("full")
    await expect(writing.recovered()).rejects.toThrow("full")
    disk.isFull = false
    create("two")
    await writing.recovered()
    await writing.committed()
    expect(written).toEqual([["b!one", "b!two"]])
  })
})

describe("a service whose storage is full", () => {
  it.effect("changes nothing more, and goes on when there is room", () =>
    Effect.gen(function* () {
      let isFull = false
      const full = Effect.suspend(() => (isFull ? Effect.fail(new StorageError({ cause: "full" })) : Effect.void))
      const storage = { ...memory(new State()), ready: full, committed: full }
      const call = callerOf(yield* ObsTestService.makeWith({ storage }))
      yield* call("PUT /photos")
      isFull = true
      const said = yield* call("PUT /photos/cat.txt", "meow")
      expect([said.status, said.tag]).toEqual([500, "InternalError"])
      expect((yield* call("GET /photos/cat.txt")).tag).toBe("NoSuchKey")
      isFull = false
      expect((yield* call("PUT /photos/cat.txt", "meow")).status).toBe(200)
    })
  )
})
