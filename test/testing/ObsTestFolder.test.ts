import { describe, expect, it } from "@effect/vitest"
import { Effect, Stream } from "#test/effect"
import { mkdir, readdir, readFile, readlink, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestFolder } from "effect-obs/testing/node"
import { callerOf, text, texts } from "../support/service.js"
import { temporaryFolder } from "../support/temporaryFolder.js"

/** Runs requests against a service of a folder, which is closed behind them. */
const serve = (path: string, options: ObsTestService.Options = {}) =>
  Effect.map(
    Effect.flatMap(ObsTestFolder.open(path), (storage) => ObsTestService.makeWith({ ...options, storage })),
    (handler) => callerOf(handler)
  )

const filesOf = (path: string) =>
  Effect.promise(async () => {
    const entries = await readdir(join(path, "data"), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).length
  })

/** Waits until there are as many as there should be. */
const eventually = (count: Effect.Effect<number>, expected: number): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (let i = 0; i < 200 && (yield* count) !== expected; i++) yield* Effect.sleep("10 millis")
    expect(yield* count).toBe(expected)
  })

const large = "0123456789".repeat(100_000)

describe("a folder", () => {
  it.effect("has everything when it is opened again", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      const shown = [
        "GET /photos?policy",
        "GET /photos?versioning",
        "GET /photos?acl",
        "GET /photos?quota",
        "GET /photos?storageinfo",
        "GET /photos?inventory&id=all",
        "GET /photos?customdomain",
        "GET /photos?versions",
        "GET /photos?uploads",
        "GET /photos/cat.txt",
        "GET /photos/cat.txt?acl",
        "GET /photos/cat.txt?tagging",
        "GET /photos/secret.txt",
        "GET /photos/large.txt",
        "GET /photos/log.txt",
        "GET /photos/whole.txt",
        "HEAD /files",
        "GET /files/dog.txt",
        "GET /photos/marked.txt",
        "GET /"
      ]
      const before = yield* Effect.scoped(
        Effect.gen(function* () {
          const call = yield* serve(path)
          yield* call("PUT /photos", { headers: { "x-obs-acl": "public-read" } })
          yield* call("PUT /photos?policy", `{"Statement":[]}`)
          yield* call("PUT /files", { headers: { "x-obs-fs-file-interface": "Enabled" } })
          yield* call("PUT /files/cat.txt", "meow meow")
          yield* call("PUT /files/cat.txt?modify&position=5", "woof")
          yield* call("PUT /files/cat.txt?truncate&length=8")
          yield* call("POST /files/cat.txt?rename&name=dog.txt")
          yield* call(
            "PUT /photos?versioning",
            "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
          )
          yield* call("PUT /photos?quota", "<Quota><StorageQuota>900000000</StorageQuota></Quota>")
          yield* call(
            "PUT /photos?inventory&id=all",
            "<InventoryConfiguration><Id>all</Id><IsEnabled>true</IsEnabled></InventoryConfiguration>"
          )
          yield* call("PUT /photos?customdomain=photos.example.org")
          yield* call("PUT /photos/cat.txt", {
            headers: { "content-type": "text/plain", "x-obs-meta-colour": "black", "x-obs-tagging": "a=1" },
            body: "meow"
          })
          yield* call("PUT /photos/cat.txt", { headers: { "x-obs-tagging": "a=2" }, body: "purr" })
          yield* call("PUT /photos/secret.txt", { headers: { "x-obs-server-side-encryption": "kms" }, body: "psst" })
          yield* call("PUT /photos/large.txt", large)
          yield* call("POST /photos/log.txt?append&position=0", "one ")
          yield* call("POST /photos/log.txt?append&position=4", "two")
          yield* call("PUT /photos/marked.txt", "gone")
          yield* call("DELETE /photos/marked.txt")
          const id = text((yield* call("POST /photos/whole.txt?uploads")).text, "UploadId")
          const etags = yield* Effect.forEach([1, 2], (n) =>
            Effect.map(
              call(`PUT /photos/whole.txt?partNumber=${String(n)}&uploadId=${id}`, `part ${String(n)} `),
              (said) => said.headers["etag"]
            )
          )
          yield* call(
            `POST /photos/whole.txt?uploadId=${id}`,
            `<CompleteMultipartUpload>${etags.map((etag, i) => `<Part><PartNumber>${String(i + 1)}</PartNumber><ETag>${String(etag)}</ETag></Part>`).join("")}</CompleteMultipartUpload>`
          )
          const open = text((yield* call("POST /photos/open.txt?uploads")).text, "UploadId")
          yield* call(`PUT /photos/open.txt?partNumber=7&uploadId=${open}`, "seventh")
          return yield* Effect.forEach(shown, (line) => call(line))
        })
      )
      const call = yield* serve(path)
      const after = yield* Effect.forEach(shown, (line) => call(line))
      // But for the ids of the requests
      const saidOf = ({ headers, status, text }: (typeof after)[number]) => ({
        status,
        text: text.replace(/<(RequestId|HostId)>[^<]*/g, ""),
        headers: { ...headers, "x-obs-request-id": "", "x-obs-id-2": "" }
      })
      expect(after.map(saidOf)).toEqual(before.map(saidOf))
      expect(before.map(({ status }) => status)).toEqual(shown.map((line) => (line.endsWith("marked.txt") ? 404 : 200)))
      expect(after.map(({ text }) => text)).toEqual(
        expect.arrayContaining(["purr", "meow woo", large, "one two", "part 1 part 2 "])
      )

      const [open = ""] = texts((yield* call("GET /photos?uploads")).text, "UploadId")
      expect(text((yield* call(`GET /photos/open.txt?uploadId=${open}`)).text, "PartNumber")).toBe("7")
      const ids = texts((yield* call("GET /photos?versions&prefix=cat.txt")).text, "VersionId")
      yield* call("PUT /photos/cat.txt", "new")
      expect(ids).not.toContain(texts((yield* call("GET /photos?versions&prefix=cat.txt")).text, "VersionId")[0])
    }).pipe(Effect.scoped)
  )

  it.effect("keeps no bytes that nothing needs", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      yield* Effect.scoped(
        Effect.gen(function* () {
          const call = yield* serve(path)
          yield* call("PUT /photos")
          yield* call("PUT /photos/a.txt", large)
          yield* call("PUT /photos/a.txt", "shorter")
          yield* call("PUT /photos/b.txt", { headers: { "x-obs-copy-source": "/photos/a.txt" } })
          yield* call("DELETE /photos/a.txt")
          expect((yield* call("GET /photos/b.txt")).text).toBe("shorter")
          expect(
            (yield* call("PUT /photos/c.txt", { headers: { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" }, body: large }))
              .tag
          ).toBe("BadDigest")
          const id = text((yield* call("POST /photos/d.txt?uploads")).text, "UploadId")
          yield* call(`PUT /photos/d.txt?partNumber=1&uploadId=${id}`, "part")
          yield* call(`PUT /photos/d.txt?partNumber=1&uploadId=${id}`, "part again")
          yield* call(`DELETE /photos/d.txt?uploadId=${id}`)
        })
      )
      expect(yield* filesOf(path)).toBe(1)
      // A write that was cut
      yield* Effect.promise(() => writeFile(join(path, "data/00/000000000100"), "half"))
      const call = yield* serve(path)
      expect(yield* filesOf(path)).toBe(1)
      yield* call("DELETE /photos/b.txt")
      expect((yield* call("DELETE /photos")).status).toBe(204)
    }).pipe(Effect.scoped)
  )

  it.effect("keeps what a copy of an object to itself keeps", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      const call = yield* serve(path)
      yield* call("PUT /photos")
      yield* call("PUT /photos/cat.txt", "meow")
      const headers = { "x-obs-copy-source": "/photos/cat.txt", "x-obs-metadata-directive": "REPLACE" }
      expect((yield* call("PUT /photos/cat.txt", { headers })).status).toBe(200)
      expect((yield* call("GET /photos/cat.txt")).text).toBe("meow")
      const marked = "PUT /photos/cat.txt?metadata"
      yield* call(marked, { headers: { "x-obs-metadata-directive": "REPLACE", "x-obs-meta-a": "b" } })
      expect((yield* call("GET /photos/cat.txt")).text).toBe("meow")
      expect(yield* filesOf(path)).toBe(1)
    }).pipe(Effect.scoped)
  )

  it.live("drops what a refused request has sent, and what is read no longer", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      const storage = yield* ObsTestFolder.open(path)
      const handler = yield* ObsTestService.makeWith({ storage })
      const call = callerOf(handler)
      yield* call("PUT /photos")
      for (let i = 0; i < 5; i++) {
        yield* call("PUT /photos/cat.txt", { headers: { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" }, body: large })
      }
      yield* eventually(filesOf(path), 0)
      yield* call("PUT /photos/cat.txt", large)
      const url = new URL("https://obs.example.com/photos/cat.txt")
      const answer = yield* handler({ method: "GET", url, headers: {}, body: new Uint8Array() })
      yield* call("DELETE /photos/cat.txt")
      expect(yield* filesOf(path)).toBe(1)
      const { body } = yield* Effect.orDie(ObsTestService.collect(answer))
      expect(body.length).toBe(large.length)
      yield* eventually(filesOf(path), 0)
    }).pipe(Effect.scoped)
  )

  it.live("leaves no file open where a client breaks off", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      const storage = yield* ObsTestFolder.open(path)
      const handler = yield* ObsTestService.makeWith({ storage })
      yield* callerOf(handler)("PUT /photos")
      const url = new URL("https://obs.example.com/photos/cat.txt")
      const chunk = new Uint8Array(300_000)
      const body = Stream.forever(Stream.make(chunk))
      for (let i = 0; i < 20; i++) {
        const sending = handler({ method: "PUT", url, headers: {}, body })
        yield* Effect.raceFirst(sending, Effect.sleep(`${i % 5} millis`))
      }
      yield* eventually(filesOf(path), 0)
      const open = yield* Effect.promise(() => readdir("/proc/self/fd", { withFileTypes: true }).catch(() => []))
      const paths = yield* Effect.forEach(open, ({ name }) =>
        Effect.promise(() => readlink(`/proc/self/fd/${name}`).catch(() => ""))
      )
      expect(paths.filter((name) => name.startsWith(join(path, "data")))).toEqual([])
    }).pipe(Effect.scoped)
  )

  it.effect("leaves alone what it has not made", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      yield* Effect.scoped(Effect.flatMap(serve(path), (call) => call("PUT /photos")))
      const strays = [".DS_Store", "data/.DS_Store", "data/01/cafe-menu.txt"].map((name) => join(path, name))
      for (const name of strays) yield* Effect.promise(() => writeFile(name, "mine"))
      const call = yield* serve(path)
      expect((yield* call("PUT /photos/cat.txt", "meow")).status).toBe(200)
      for (const name of strays) expect(yield* Effect.promise(() => readFile(name, "utf8"))).toBe("mine")
    }).pipe(Effect.scoped)
  )

  it.effect("says why it cannot be used", () =>
    Effect.gen(function* () {
      const path = yield* temporaryFolder
      const problemOf = (path: string) =>
        Effect.map(Effect.flip(Effect.scoped(ObsTestFolder.open(path))), ({ message, problem }) => {
          expect(message).toContain(path)
          return problem
        })
      const taken = join(path, "taken")
      yield* ObsTestFolder.open(taken)
      expect(yield* problemOf(taken)).toBe("InUse")

      const file = join(path, "file")
      yield* Effect.promise(() => writeFile(file, ""))
      expect(yield* problemOf(file)).toBe("NotWritable")
      expect(yield* problemOf(join(file, "below"))).toBe("NotWritable")

      const other = join(path, "other")
      yield* Effect.promise(() => mkdir(join(other, "node_modules"), { recursive: true }))
      expect(yield* problemOf(other)).toBe("NotAFolderOfThis")

      const damaged = join(path, "damaged")
      yield* Effect.scoped(Effect.flatMap(serve(damaged), (call) => call("PUT /photos")))
      yield* Effect.promise(async () => {
        const { ClassicLevel } = await import("classic-level")
        const rows = new ClassicLevel(join(damaged, "rows"))
        await rows.put("b!photos", `{"name":"photos"}`)
        await rows.close()
      })
      expect(yield* problemOf(damaged)).toBe("Damaged")
    }).pipe(Effect.scoped)
  )
})
