import { Effect, TestClock } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { callerOf, text, texts } from "../support/service.js"

const fileSystem = { headers: { "x-obs-fs-file-interface": "Enabled" } }

const make = Effect.gen(function* () {
  const call = callerOf(yield* ObsTestService.make)
  expect((yield* call("PUT /files", fileSystem)).status).toBe(200)
  yield* call("PUT /files/cat.txt", "meow meow")
  return call
})

describe("a parallel file system", () => {
  it.effect("is a bucket that says so", () =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call("HEAD /files")).headers["x-obs-fs-file-interface"]).toBe("Enabled")
      yield* call("PUT /photos")
      expect((yield* call("HEAD /photos")).headers).not.toHaveProperty("x-obs-fs-file-interface")
      expect(texts((yield* call("GET /")).text, "BucketType")).toEqual(["POSIX", "OBJECT"])
      const other = yield* call("PUT /other", { headers: { "x-obs-fs-file-interface": "maybe" } })
      expect(other.tag).toBe("InvalidArgument")
    })
  )

  it.effect("does without what the documents say it has not", () =>
    Effect.gen(function* () {
      const call = yield* make
      const versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
      expect((yield* call("PUT /files?versioning", versioning)).tag).toBe("FsNotSupport")
      expect((yield* call("POST /files/cat.txt?append&position=9", "!")).tag).toBe("ObjectNotAppendable")
      const inventory = "<InventoryConfiguration><Id>a</Id></InventoryConfiguration>"
      expect((yield* call("PUT /files?inventory&id=a", inventory)).tag).toBe("FileGatewayBucket")
    })
  )

  it.effect.each([
    "PUT /photos/cat.txt?modify&position=0",
    "PUT /photos/cat.txt?truncate&length=0",
    "POST /photos/cat.txt?rename&name=dog.txt"
  ])("is the only bucket that knows %s", (line) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos")
      yield* call("PUT /photos/cat.txt", "meow")
      expect((yield* call(line, "x")).tag).toBe("MethodNotAllowed")
      expect((yield* call("GET /photos/cat.txt")).text).toBe("meow")
      expect((yield* call(line.replace("/photos/cat", "/files/none"), "x")).tag).toBe("NoSuchKey")
    })
  )
})

describe("?modify", () => {
  it.effect.each<[string, string, string]>([
    ["0", "MEOW", "MEOW meow"],
    ["5", "MEOW", "meow MEOW"],
    ["4", "!", "meow!meow"],
    ["9", "!!", "meow meow!!"],
    ["7", "owow", "meow meowow"],
    ["0", "woof woof woof", "woof woof woof"],
    ["3", "", "meow meow"]
  ])("from %s on, by %s", ([position, body, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      const before = (yield* call("HEAD /files/cat.txt")).headers
      yield* TestClock.adjust("1 minute")
      const { headers, status } = yield* call(`PUT /files/cat.txt?modify&position=${position}`, body)
      expect(status).toBe(200)
      const after = yield* call("GET /files/cat.txt")
      expect([after.text, after.headers["etag"]]).toEqual([expected, headers["etag"]])
      expect(after.headers["etag"]).not.toBe(before["etag"])
      expect(after.headers["last-modified"]).not.toBe(before["last-modified"])
      const size = text((yield* call("GET /files?storageinfo")).text, "Size")
      expect(size).toBe(String(expected.length))
    })
  )

  it.effect.each(["", "&position=", "&position=-1", "&position=10", "&position=a"])("is refused with %s", (position) =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call(`PUT /files/cat.txt?modify${position}`, "x")).failure).toMatchObject({
        _tag: "InvalidArgument",
        argumentName: "position"
      })
      expect((yield* call("GET /files/cat.txt")).text).toBe("meow meow")
    })
  )

  it.effect("is refused where the quota is used up", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /files?quota", "<Quota><StorageQuota>10</StorageQuota></Quota>")
      expect((yield* call("PUT /files/cat.txt?modify&position=9", "!!")).tag).toBe("InsufficientStorageSpace")
      expect((yield* call("PUT /files/cat.txt?modify&position=9", "!")).status).toBe(200)
    })
  )
})

describe("?truncate", () => {
  it.effect.each<[string, string]>([
    ["0", ""],
    ["4", "meow"],
    ["9", "meow meow"]
  ])("to %s", ([length, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      const { status, text: body } = yield* call(`PUT /files/cat.txt?truncate&length=${length}`)
      expect([status, body]).toEqual([204, ""])
      expect((yield* call("GET /files/cat.txt")).text).toBe(expected)
    })
  )

  it.effect.each(["", "&length=10", "&length=x"])("is refused with %s", (length) =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call(`PUT /files/cat.txt?truncate${length}`)).tag).toBe("InvalidArgument")
    })
  )
})

describe("?rename", () => {
  it.effect.each(["dog.txt", "/dog.txt", "a/b/dog.txt"])("gives a file the name %s", (name) =>
    Effect.gen(function* () {
      const call = yield* make
      const before = yield* call("GET /files/cat.txt")
      expect((yield* call(`POST /files/cat.txt?rename&name=${name}`)).status).toBe(204)
      expect((yield* call("GET /files/cat.txt")).tag).toBe("NoSuchKey")
      const after = yield* call(`GET /files/${name.replace(/^\//, "")}`)
      expect([after.text, after.headers["etag"]]).toEqual([before.text, before.headers["etag"]])
    })
  )

  it.effect("takes all that is in a directory along", () =>
    Effect.gen(function* () {
      const call = yield* make
      for (const key of ["a/1", "a/b/2", "ab/3"]) yield* call(`PUT /files/${key}`, key)
      expect((yield* call("POST /files/a/?rename&name=c/")).status).toBe(204)
      expect(texts((yield* call("GET /files")).text, "Key")).toEqual(["ab/3", "c/1", "c/b/2", "cat.txt"])
      expect((yield* call("GET /files/c/b/2")).text).toBe("a/b/2")
    })
  )

  it.effect.each<[string, string]>([
    ["POST /files/cat.txt?rename", "InvalidArgument"],
    ["POST /files/cat.txt?rename&name=", "InvalidArgument"],
    ["POST /files/cat.txt?rename&name=dog.txt", "FsObjectConflict"],
    ["POST /files/cat.txt?rename&name=cat.txt", "FsObjectConflict"],
    ["POST /files/cat.txt?rename&name=cat/", "FsObjectConflict"],
    ["POST /files/a/?rename&name=b", "FsObjectConflict"],
    ["POST /files/a/?rename&name=d/", "FsObjectConflict"],
    ["POST /files/a/?rename&name=a/b/", "InvalidArgument"],
    [`POST /files/cat.txt?rename&name=${"k".repeat(1025)}`, "KeyTooLongError"],
    ["POST /files/none/?rename&name=b/", "NoSuchKey"]
  ])("%s is refused", ([line, tag]) =>
    Effect.gen(function* () {
      const call = yield* make
      for (const key of ["dog.txt", "a/1", "d/1"]) yield* call(`PUT /files/${key}`, key)
      expect((yield* call(line)).tag).toBe(tag)
      expect(texts((yield* call("GET /files")).text, "Key")).toEqual(["a/1", "cat.txt", "d/1", "dog.txt"])
    })
  )
})
