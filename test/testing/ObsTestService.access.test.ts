import { Effect, Redacted } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import type { ObsSigner } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"
import { type Call, callerOf, signedCallerOf, text, texts } from "../support/service.js"

const keys = (accessKeyId: string): ObsSigner.Keys => ({ accessKeyId, secretAccessKey: Redacted.make("secret") })

const names = ["owner", "colleague", "other"] as const

const make = Effect.gen(function* () {
  const handler = yield* ObsTestService.makeWith({
    credentials: names.map(keys),
    accounts: { owner: { id: "account-1" }, colleague: { id: "account-1" }, other: { id: "account-2" } }
  })
  const [owner, colleague, other] = [
    signedCallerOf(handler, keys("owner")),
    signedCallerOf(handler, keys("colleague")),
    signedCallerOf(handler, keys("other"))
  ]
  return { owner, colleague, other, nobody: callerOf(handler) }
})

/** What a caller is refused; undefined where it is answered. */
const fault = (call: Call, line: string, body = "") => Effect.map(call(line, body), ({ tag }) => tag)

const withAcl = (acl: string) => ({ headers: { "x-obs-acl": acl } })

const listOf = (...grants: ReadonlyArray<readonly [grantee: string, permission: string, delivered?: boolean]>) =>
  `<AccessControlPolicy><Owner><ID>account-1</ID></Owner><AccessControlList>${grants
    .map(
      ([grantee, permission, delivered]) =>
        `<Grant><Grantee>${grantee}</Grantee><Permission>${permission}</Permission>` +
        `${delivered === true ? "<Delivered>true</Delivered>" : ""}</Grant>`
    )
    .join("")}</AccessControlList></AccessControlPolicy>`

const everyone = "<Canned>Everyone</Canned>"
const group = (name: string) => `<URI>http://acs.amazonaws.com/groups/global/${name}</URI>`

const denied = "AccessDenied"

describe("without a signature", () => {
  it.effect("nothing is allowed that no list allows", () =>
    Effect.gen(function* () {
      const { nobody, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", "meow")
      for (const line of [
        "GET /",
        "PUT /albums",
        "GET /photos",
        "HEAD /photos",
        "DELETE /photos",
        "GET /photos?acl",
        "GET /photos?policy",
        "GET /photos/cat.txt",
        "GET /photos/cat.txt?acl",
        "PUT /photos/dog.txt",
        "DELETE /photos/cat.txt",
        "POST /photos/dog.txt?uploads",
        "POST /photos?delete"
      ]) {
        expect([line, yield* fault(nobody, line)]).toEqual([line, denied])
      }
      expect(yield* fault(nobody, "GET /none")).toBe("NoSuchBucket")
      expect((yield* owner("GET /photos/cat.txt")).text).toBe("meow")
    })
  )

  it.effect("the version is told of the service and of a bucket, and nothing of an object", () =>
    Effect.gen(function* () {
      const { nobody, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/secret.txt", "secret")
      for (const line of ["HEAD /?apiversion", "HEAD /photos?apiversion", "HEAD /photos/?apiversion"]) {
        const { headers, status } = yield* nobody(line)
        expect([line, status, headers["x-obs-api"]]).toEqual([line, 200, "3.0"])
      }
      for (const line of ["HEAD /photos/secret.txt?apiversion", "GET /photos/secret.txt?apiversion"]) {
        const { headers, status } = yield* nobody(line)
        expect([line, status, headers["etag"]]).toEqual([line, 403, undefined])
      }
      expect((yield* owner("HEAD /photos/secret.txt?apiversion")).headers["content-length"]).toBe("6")
    })
  )

  it.effect("an object is read that anybody may read", () =>
    Effect.gen(function* () {
      const { nobody, owner, other } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", { ...withAcl("public-read"), body: "meow" })
      expect((yield* nobody("GET /photos/cat.txt")).text).toBe("meow")
      expect((yield* other("GET /photos/cat.txt")).text).toBe("meow")
      expect((yield* nobody("HEAD /photos/cat.txt")).status).toBe(200)
      // Its list, and the others, are another matter; that there is no such object is not told
      expect(yield* fault(nobody, "GET /photos/cat.txt?acl")).toBe(denied)
      expect(yield* fault(nobody, "GET /photos/dog.txt")).toBe(denied)
      expect(yield* fault(nobody, "GET /photos")).toBe(denied)
      yield* owner("PUT /photos/cat.txt?acl", withAcl("private"))
      expect(yield* fault(nobody, "GET /photos/cat.txt")).toBe(denied)
    })
  )

  it.effect("a bucket is listed that anybody may read, and its objects are read where that is delivered", () =>
    Effect.gen(function* () {
      const { nobody, owner } = yield* make
      yield* owner("PUT /photos", withAcl("public-read"))
      yield* owner("PUT /photos/cat.txt", "meow")
      for (const line of ["GET /photos", "GET /photos?versions", "GET /photos?uploads", "HEAD /photos"]) {
        expect((yield* nobody(line)).status).toBe(200)
      }
      expect(yield* fault(nobody, "GET /photos/cat.txt")).toBe(denied)
      expect(yield* fault(nobody, "GET /photos/dog.txt")).toBe("NoSuchKey")
      expect(yield* fault(nobody, "GET /photos?location")).toBe(denied)
      yield* owner("PUT /photos?acl", withAcl("public-read-delivered"))
      expect((yield* nobody("GET /photos/cat.txt")).text).toBe("meow")
      expect(yield* fault(nobody, "PUT /photos/cat.txt")).toBe(denied)
    })
  )

  it.effect("a bucket is written that anybody may write, and what is written is its owner's", () =>
    Effect.gen(function* () {
      const { nobody, owner } = yield* make
      yield* owner("PUT /photos", withAcl("public-read-write"))
      expect(yield* fault(nobody, "PUT /photos/cat.txt", "meow")).toBeUndefined()
      expect((yield* owner("GET /photos/cat.txt")).text).toBe("meow")
      expect(texts((yield* owner("GET /photos/cat.txt?acl")).text, "ID")).toEqual(["account-1", "account-1"])
      const upload = text((yield* nobody("POST /photos/dog.txt?uploads")).text, "UploadId")
      expect((yield* nobody(`PUT /photos/dog.txt?uploadId=${upload}&partNumber=1`, "woof")).status).toBe(200)
      expect((yield* nobody(`DELETE /photos/dog.txt?uploadId=${upload}`)).status).toBe(204)
      expect(
        (yield* nobody("POST /photos?delete", "<Delete><Object><Key>cat.txt</Key></Object></Delete>")).status
      ).toBe(200)
      expect(yield* fault(owner, "GET /photos/cat.txt")).toBe("NoSuchKey")
      expect(yield* fault(nobody, "PUT /photos?acl", listOf())).toBe(denied)
      expect(yield* fault(nobody, "DELETE /photos")).toBe(denied)
    })
  )

  it.effect("a form is taken where anybody may write", () =>
    Effect.gen(function* () {
      const { nobody, owner } = yield* make
      yield* owner("PUT /photos")
      const part = (name: string, value: string, more = "") =>
        `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
      const form = {
        headers: { "content-type": "multipart/form-data; boundary=b" },
        body: `${part("key", "cat.txt")}${part("file", "meow", '; filename="cat.txt"')}--b--\r\n`
      }
      expect((yield* nobody("POST /photos", form)).tag).toBe(denied)
      yield* owner("PUT /photos?acl", withAcl("public-read-write"))
      expect((yield* nobody("POST /photos", form)).status).toBe(204)
      expect((yield* owner("GET /photos/cat.txt")).text).toBe("meow")
    })
  )
})

describe("a list", () => {
  it.effect.each<[string, string, string, string]>([
    ["READ", "GET /photos", "PUT /photos/new.txt", everyone],
    ["READ", "GET /photos", "GET /photos?acl", "<ID>account-2</ID>"],
    ["READ", "GET /photos", "DELETE /photos/cat.txt", group("AuthenticatedUsers")],
    ["WRITE", "PUT /photos/new.txt", "GET /photos", group("AllUsers")],
    ["WRITE", "DELETE /photos/cat.txt", "GET /photos/cat.txt", "<ID>account-2</ID>"],
    ["READ_ACP", "GET /photos?acl", "PUT /photos?acl", "<ID>account-2</ID>"],
    ["WRITE_ACP", "PUT /photos?acl", "GET /photos?acl", "<ID>account-2</ID>"],
    ["FULL_CONTROL", "GET /photos?acl", "GET /photos?policy", "<ID>account-2</ID>"]
  ])("of a bucket allows %s: %s, not %s", ([permission, allowed, refused, grantee]) =>
    Effect.gen(function* () {
      const { other, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", "meow")
      for (const line of [allowed, refused]) expect(yield* fault(other, line, listOf())).toBe(denied)
      expect((yield* owner("PUT /photos?acl", listOf([grantee, permission]))).status).toBe(200)
      expect(yield* fault(other, refused, listOf())).toBe(denied)
      expect(yield* fault(other, allowed, listOf())).toBeUndefined()
    })
  )

  it.effect.each<[string, string, string]>([
    ["READ", "GET /photos/cat.txt", "GET /photos/cat.txt?acl"],
    ["READ_ACP", "GET /photos/cat.txt?acl", "GET /photos/cat.txt"],
    ["WRITE_ACP", "PUT /photos/cat.txt?acl", "GET /photos/cat.txt"],
    ["FULL_CONTROL", "PUT /photos/cat.txt?acl", "GET /photos/cat.txt?tagging"]
  ])("of an object, or delivered by its bucket, allows %s: %s, not %s", ([permission, allowed, refused]) =>
    Effect.gen(function* () {
      const grantee = "<ID>account-2</ID>"
      for (const [at, delivered] of [
        ["/photos/cat.txt?acl", false],
        ["/photos?acl", true]
      ] as const) {
        const { nobody, other, owner } = yield* make
        yield* owner("PUT /photos")
        yield* owner("PUT /photos/cat.txt", "meow")
        expect(yield* fault(other, allowed, listOf())).toBe(denied)
        yield* owner(`PUT ${at}`, listOf([grantee, permission, delivered]))
        expect(yield* fault(nobody, allowed, listOf())).toBe(denied)
        expect(yield* fault(other, refused)).toBe(denied)
        expect(yield* fault(other, allowed, listOf())).toBeUndefined()
      }
    })
  )

  it.effect("that does not deliver says nothing of the objects in a bucket", () =>
    Effect.gen(function* () {
      const { other, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", "meow")
      yield* owner("PUT /photos?acl", listOf(["<ID>account-2</ID>", "FULL_CONTROL"]))
      expect(yield* fault(other, "GET /photos/cat.txt")).toBe(denied)
    })
  )
})

describe("accounts", () => {
  it.effect("have several keys, and others nothing of theirs", () =>
    Effect.gen(function* () {
      const { colleague, other, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", "meow")
      expect((yield* colleague("GET /photos/cat.txt")).text).toBe("meow")
      expect(yield* fault(colleague, "PUT /photos")).toBe("BucketAlreadyOwnedByYou")
      expect(yield* fault(other, "PUT /photos")).toBe("BucketAlreadyExists")
      expect(yield* fault(other, "GET /photos/cat.txt")).toBe(denied)
      expect(texts((yield* other("GET /")).text, "Name")).toEqual([])
      expect(text((yield* colleague("GET /")).text, "ID")).toBe("account-1")
    })
  )

  it.effect("own what they write into a bucket of another one, unless they let that have it", () =>
    Effect.gen(function* () {
      const { other, owner } = yield* make
      yield* owner("PUT /photos", withAcl("public-read-write"))
      yield* other("PUT /photos/a.txt", "a")
      yield* other("PUT /photos/b.txt", { ...withAcl("bucket-owner-read"), body: "b" })
      yield* other("PUT /photos/c.txt", { ...withAcl("bucket-owner-full-control"), body: "c" })
      expect(yield* fault(owner, "GET /photos/a.txt")).toBe(denied)
      expect((yield* other("GET /photos/a.txt")).text).toBe("a")
      expect(yield* fault(other, "GET /photos/a.txt?acl")).toBeUndefined()
      expect((yield* owner("GET /photos/b.txt")).text).toBe("b")
      expect(yield* fault(owner, "GET /photos/b.txt?acl")).toBe(denied)
      expect(yield* fault(owner, "GET /photos/c.txt?acl")).toBeUndefined()
      // What is in its bucket, it can delete
      expect((yield* owner("DELETE /photos/a.txt")).status).toBe(204)
    })
  )

  it.effect("copy what they may read", () =>
    Effect.gen(function* () {
      const { other, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", "meow")
      yield* owner("PUT /photos/dog.txt", { ...withAcl("public-read"), body: "woof" })
      yield* other("PUT /albums")
      const copy = (key: string) =>
        other("PUT /albums/copy.txt", { headers: { "x-obs-copy-source": `/photos/${key}` } })
      expect((yield* copy("cat.txt")).tag).toBe(denied)
      expect((yield* copy("none.txt")).tag).toBe(denied)
      expect((yield* copy("dog.txt")).status).toBe(200)
      const upload = text((yield* other("POST /albums/all.txt?uploads")).text, "UploadId")
      const part = (key: string) =>
        other(`PUT /albums/all.txt?uploadId=${upload}&partNumber=1`, {
          headers: { "x-obs-copy-source": `/photos/${key}` }
        })
      expect((yield* part("cat.txt")).tag).toBe(denied)
      expect((yield* part("dog.txt")).status).toBe(200)
    })
  )

  it.effect("have logs in a bucket that the delivery group may write", () =>
    Effect.gen(function* () {
      const { owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /logs")
      const status = (agency = "") =>
        `<BucketLoggingStatus>${agency}<LoggingEnabled><TargetBucket>logs</TargetBucket></LoggingEnabled></BucketLoggingStatus>`
      expect(yield* fault(owner, "PUT /photos?logging", status())).toBe("InvalidTargetBucketForLogging")
      expect(yield* fault(owner, "PUT /photos?logging", status("<Agency>a</Agency>"))).toBeUndefined()
      yield* owner("PUT /logs?acl", withAcl("log-delivery-write"))
      expect(yield* fault(owner, "PUT /photos?logging", status())).toBeUndefined()
    })
  )
})

describe("of two parameters", () => {
  it.effect.each([
    ["READ", "GET /photos?acl&versions", undefined],
    ["READ_ACP", "GET /photos?acl&versions", denied],
    ["READ_ACP", "GET /photos?versions&acl", denied],
    ["READ_ACP", "GET /photos?acl&policy", undefined],
    ["READ_ACP", "GET /photos?acl&location", denied],
    ["WRITE_ACP", "PUT /photos?acl&versioning", denied],
    ["WRITE_ACP", "POST /photos?acl&delete", denied],
    ["WRITE_ACP", "PUT /photos?acl&bucketstatus", "NotImplemented"],
    ["READ", "GET /photos/cat.txt?acl&uploadId=1", denied],
    ["WRITE", "PUT /photos/cat.txt?append&tagging", "MethodNotAllowed"],
    ["WRITE", "PUT /photos/cat.txt?tagging&uploadId=1&partNumber=1", denied]
  ] as const)("the one counts that is answered: %s, %s", ([permission, line, tag]) =>
    Effect.gen(function* () {
      const { other, owner } = yield* make
      yield* owner("PUT /photos")
      yield* owner("PUT /photos/cat.txt", "meow")
      yield* owner("PUT /photos?acl", listOf(["<ID>account-2</ID>", permission]))
      expect(yield* fault(other, line, listOf())).toBe(tag)
    })
  )

  const ofBuckets = [
    "acl",
    "cors",
    "customdomain=a.example.com",
    "delete",
    "inventory",
    "lifecycle",
    "location",
    "object-lock",
    "policy",
    "quota",
    "storageClass",
    "storageinfo",
    "tagging",
    "uploads",
    "versioning",
    "versions",
    "website"
  ]
  const ofObjects = [
    "acl",
    "append&position=4",
    "metadata",
    "modify&position=0",
    "rename&name=dog.txt",
    "restore",
    "retention",
    "tagging",
    "truncate&length=1",
    "uploadId=1&partNumber=1",
    "uploads"
  ]
  // The list is what others may have, and nothing else of a bucket
  const pairOf = (names: ReadonlyArray<string>) =>
    fc
      .tuple(fc.oneof(fc.constant("acl"), fc.constantFrom(...names)), fc.constantFrom(...names))
      .chain((pair) => fc.constantFrom(pair, [pair[1], pair[0]]))
  const asks = fc.record({
    method: fc.constantFrom("GET", "PUT", "POST", "DELETE"),
    permission: fc.constantFrom("READ", "WRITE", "READ_ACP", "WRITE_ACP"),
    isDelivered: fc.boolean(),
    asked: fc.oneof(
      fc.tuple(fc.constant("/photos"), pairOf(ofBuckets)),
      fc.tuple(fc.constant("/photos/cat.txt"), pairOf(ofObjects))
    )
  })

  /** What a new service says to the owner and to another account. */
  const said = (line: string, permission: string, isDelivered: boolean) =>
    Effect.gen(function* () {
      const made = Effect.gen(function* () {
        const callers = yield* make
        yield* callers.owner("PUT /photos")
        yield* callers.owner("PUT /photos/cat.txt", "meow")
        yield* callers.owner("PUT /photos?acl", listOf(["<ID>account-2</ID>", permission, isDelivered]))
        return callers
      })
      const { headers, status, text } = yield* (yield* made).owner(line)
      const names = Object.keys(headers).sort()
      // The ids of requests are the same, since as many were sent before
      const answer = JSON.stringify([status, names, text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "(time)")])
      return { answer, isDenied: (yield* fault((yield* made).other, line)) === denied }
    })

  it(
    "nothing is allowed by the one that is not answered",
    () =>
      fc.assert(
        fc.asyncProperty(asks, ({ asked: [path, pair], isDelivered, method, permission }) =>
          Effect.runPromise(
            Effect.gen(function* () {
              const [both, ...alone] = yield* Effect.forEach([pair.join("&"), ...pair], (query) =>
                said(`${method} ${path}?${query}`, permission, isDelivered)
              )
              const answered = alone.filter(({ answer }) => answer === both?.answer)
              // Either is answered as if it were alone; where both are answered alike, one of them is
              if (answered.length > 0 && answered.every(({ isDenied }) => isDenied)) expect(both?.isDenied).toBe(true)
            })
          )
        ),
        { numRuns: 500 }
      ),
    60_000
  )
})
