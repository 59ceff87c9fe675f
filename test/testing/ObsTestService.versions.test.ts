import { Effect, TestClock } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { type Call, callerOf, type Said, text, texts } from "../support/service.js"

const versioning = (call: Call, status: string) =>
  call("PUT /photos?versioning", `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`)

const make = Effect.gen(function* () {
  const call = callerOf(yield* ObsTestService.make)
  yield* call("PUT /photos")
  yield* versioning(call, "Enabled")
  return call
})

const idOf = ({ headers }: Said): string => headers["x-obs-version-id"] ?? ""

/** The versions and delete markers of a page, one a line. */
const listed = (call: Call, query = "") =>
  Effect.map(call(`GET /photos?versions${query}`), ({ text: page }) =>
    Array.from(page.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/g), ([, kind = "", entry = ""]) =>
      [
        kind === "Version" ? "" : "-",
        text(entry, "Key"),
        text(entry, "IsLatest") === "true" ? "*" : "",
        ` ${text(entry, "VersionId")}`
      ].join("")
    )
  )

describe("versions", () => {
  it.effect("are kept while versioning is on", () =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.make)
      yield* call("PUT /photos")
      const status = Effect.map(call("GET /photos?versioning"), ({ text: document }) => texts(document, "Status"))
      expect(yield* status).toEqual([])
      const unversioned = yield* call("PUT /photos/a", "zero")
      expect(unversioned.headers["x-obs-version-id"]).toBeUndefined()
      expect((yield* call("HEAD /photos/a")).headers["x-obs-version-id"]).toBeUndefined()

      yield* versioning(call, "Enabled")
      expect(yield* status).toEqual(["Enabled"])
      expect(idOf(yield* call("HEAD /photos/a"))).toBe("null")
      const one = idOf(yield* call("PUT /photos/a", "one"))
      const two = idOf(yield* call("PUT /photos/a", "two"))
      expect(one).toMatch(/^G[\dA-F]{31}$/)
      expect(yield* listed(call)).toEqual([`a* ${two}`, `a ${one}`, "a null"])
      for (const [id, body] of [
        ["null", "zero"],
        [one, "one"],
        [two, "two"]
      ] as const) {
        const got = yield* call(`GET /photos/a?versionId=${id}`)
        expect([idOf(got), got.text]).toEqual([id, body])
      }
      expect((yield* call("GET /photos/a")).text).toBe("two")

      yield* versioning(call, "Suspended")
      expect(yield* status).toEqual(["Suspended"])
      expect(idOf(yield* call("PUT /photos/a", "three"))).toBe("null")
      expect(yield* listed(call)).toEqual(["a* null", `a ${two}`, `a ${one}`])
      expect(idOf(yield* call("PUT /photos/a", "four"))).toBe("null")
      expect(yield* listed(call)).toEqual(["a* null", `a ${two}`, `a ${one}`])
      expect((yield* call("GET /photos/a?versionId=null")).text).toBe("four")
      const info = yield* call("GET /photos?storageinfo")
      expect([text(info.text, "Size"), text(info.text, "ObjectNumber")]).toEqual(["10", "3"])
    })
  )

  it.effect("are hidden behind delete markers", () =>
    Effect.gen(function* () {
      const call = yield* make
      const one = idOf(yield* call("PUT /photos/a", "one"))
      const deleted = yield* call("DELETE /photos/a")
      expect([deleted.status, deleted.headers["x-obs-delete-marker"]]).toEqual([204, "true"])
      const marker = idOf(deleted)
      expect(yield* listed(call)).toEqual([`-a* ${marker}`, `a ${one}`])
      for (const method of ["GET", "HEAD"]) {
        const { failure, headers } = yield* call(`${method} /photos/a`)
        expect(failure).toMatchObject({ _tag: "NoSuchKey", deleteMarker: true })
        expect(headers).toMatchObject({ "x-obs-version-id": marker, "x-obs-delete-marker": "true" })
      }
      const ofMarker = yield* call(`GET /photos/a?versionId=${marker}`)
      expect(ofMarker.failure).toMatchObject({ _tag: "MethodNotAllowed", deleteMarker: true })
      expect(ofMarker.headers).toMatchObject({ allow: "DELETE", "x-obs-version-id": marker })
      const amz = yield* call("GET /photos/a", { headers: { authorization: "AWS AK:signature" } })
      expect(amz.headers).toMatchObject({ "x-amz-version-id": marker, "x-amz-delete-marker": "true" })
      expect(texts((yield* call("GET /photos")).text, "Key")).toEqual([])

      const undeleted = yield* call(`DELETE /photos/a?versionId=${marker}`)
      expect(undeleted.headers).toMatchObject({ "x-obs-version-id": marker, "x-obs-delete-marker": "true" })
      expect((yield* call("GET /photos/a")).text).toBe("one")
      // What is not there gets a marker, too
      yield* call("DELETE /photos/none")
      yield* call("DELETE /photos/none")
      expect((yield* listed(call, "&prefix=none")).map((line) => line.split(" ")[0])).toEqual(["-none*", "-none"])
    })
  )

  it.effect("are replaced by one marker while versioning is suspended", () =>
    Effect.gen(function* () {
      const call = yield* make
      const one = idOf(yield* call("PUT /photos/a", "one"))
      yield* versioning(call, "Suspended")
      yield* call("PUT /photos/a", "two")
      for (const _ of [1, 2]) expect(idOf(yield* call("DELETE /photos/a"))).toBe("null")
      expect(yield* listed(call)).toEqual(["-a* null", `a ${one}`])
      yield* call("DELETE /photos/a?versionId=null")
      expect(yield* listed(call)).toEqual([`a* ${one}`])
    })
  )

  it.effect("are deleted for good by their ids", () =>
    Effect.gen(function* () {
      const call = yield* make
      const ids = yield* Effect.forEach(["0", "1", "2", "3"], (body) => Effect.map(call("PUT /photos/a", body), idOf))
      const [zero = "", one = "", two = "", three = ""] = ids
      for (const [id, rest] of [
        [one, [three, two, zero]],
        [three, [two, zero]],
        [zero, [two]],
        [two, []]
      ] as const) {
        const deleted = yield* call(`DELETE /photos/a?versionId=${id}`)
        expect([deleted.status, idOf(deleted), deleted.headers["x-obs-delete-marker"]]).toEqual([204, id, undefined])
        expect(yield* listed(call)).toEqual(rest.map((id, i) => `a${i === 0 ? "*" : ""} ${id}`))
      }
      expect((yield* call(`DELETE /photos/a?versionId=${one}`)).status).toBe(204)
      expect((yield* call("DELETE /photos")).status).toBe(204)
    })
  )

  it.effect.each([
    ["GET", "none"],
    ["GET", "G000000000000000000000000000FFFF"],
    ["GET", "g0000000000000000000000000000001"],
    ["HEAD", "null"],
    ["GET", "__proto__"]
  ])("that are not there are no version: %s %s", ([method, id]) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/a", "one")
      expect((yield* call(`${method} /photos/a?versionId=${id}`)).tag).toBe("NoSuchVersion")
      expect((yield* call(`${method} /photos/a?versionId=`)).tag).toBe("InvalidArgument")
      expect((yield* call(`DELETE /photos/a?versionId=`)).tag).toBe("InvalidArgument")
    })
  )

  it.effect("are changed one by one", () =>
    Effect.gen(function* () {
      const call = yield* make
      const one = idOf(yield* call("PUT /photos/a", "one"))
      const two = idOf(yield* call("PUT /photos/a", "two"))
      const tagging = "<Tagging><TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet></Tagging>"
      expect(idOf(yield* call(`PUT /photos/a?tagging&versionId=${one}`, tagging))).toBe(one)
      yield* call(`PUT /photos/a?acl&versionId=${one}`, { headers: { "x-obs-acl": "public-read" } })
      const headers = { "x-obs-metadata-directive": "REPLACE", "x-obs-meta-a": "1" }
      yield* call(`PUT /photos/a?metadata&versionId=${one}`, { headers })
      const [older, newer] = [yield* call(`HEAD /photos/a?versionId=${one}`), yield* call("HEAD /photos/a")]
      expect(older.headers).toMatchObject({ "x-obs-meta-a": "1", "x-obs-tagging-count": "1" })
      expect([newer.headers["x-obs-meta-a"], newer.headers["x-obs-tagging-count"]]).toEqual([undefined, undefined])
      expect((yield* call("GET /photos/a?tagging")).tag).toBe("NoSuchTagSet")
      expect(texts((yield* call(`GET /photos/a?acl&versionId=${two}`)).text, "Permission")).toHaveLength(1)
      expect(texts((yield* call(`GET /photos/a?acl&versionId=${one}`)).text, "Permission")).toHaveLength(2)
    })
  )

  it.effect("are copied by their ids", () =>
    Effect.gen(function* () {
      const call = yield* make
      const one = idOf(yield* call("PUT /photos/a", "one"))
      yield* call("PUT /photos/a", "two")
      const marker = idOf(yield* call("DELETE /photos/a"))
      const copy = (source: string) => call("PUT /photos/b", { headers: { "x-obs-copy-source": source } })
      const copied = yield* copy(`/photos/a?versionId=${one}`)
      expect(copied.headers["x-obs-copy-source-version-id"]).toBe(one)
      const got = yield* call("GET /photos/b")
      expect([got.text, idOf(got)]).toEqual(["one", idOf(copied)])
      expect((yield* copy("/photos/a")).failure).toMatchObject({ _tag: "NoSuchKey", key: "a" })
      expect((yield* copy(`/photos/a?versionId=${marker}`)).tag).toBe("InvalidRequest")
      expect((yield* copy("/photos/a?versionId=none")).tag).toBe("NoSuchVersion")
      yield* call("PUT /photos/odd%3FversionId=1", "odd")
      yield* copy("/photos/odd%3FversionId=1")
      expect((yield* call("GET /photos/b")).text).toBe("odd")
      // An older version comes back as the latest one
      const restored = yield* call("PUT /photos/a", { headers: { "x-obs-copy-source": `/photos/a?versionId=${one}` } })
      expect(restored.status).toBe(200)
      expect((yield* call("GET /photos/a")).text).toBe("one")
    })
  )

  it.effect("are deleted several at once", () =>
    Effect.gen(function* () {
      const call = yield* make
      const one = idOf(yield* call("PUT /photos/a", "one"))
      const marker = idOf(yield* call("DELETE /photos/a"))
      const object = (key: string, id?: string) =>
        `<Object><Key>${key}</Key>${id === undefined ? "" : `<VersionId>${id}</VersionId>`}</Object>`
      const { text: document } = yield* call(
        "POST /photos?delete",
        `<Delete>${object("a", one)}${object("a", marker)}${object("b")}${object("c", "none")}</Delete>`
      )
      expect(texts(document, "Key")).toEqual(["a", "a", "b", "c"])
      expect(texts(document, "VersionId")).toEqual([one, marker, "none"])
      expect(texts(document, "DeleteMarker")).toEqual(["true", "true"])
      const [ofA, ofB] = texts(document, "DeleteMarkerVersionId")
      expect(ofA).toBe(marker)
      expect(yield* listed(call)).toEqual([`-b* ${ofB ?? ""}`])
    })
  )
})

describe("a retention", () => {
  const retention = (until: string | number, mode = "COMPLIANCE") =>
    `<Retention><Mode>${mode}</Mode><RetainUntilDate>${until}</RetainUntilDate></Retention>`

  it.effect("keeps a version from being deleted until it is over", () =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.make)
      yield* call("PUT /photos", { headers: { "x-obs-bucket-object-lock-enabled": "true" } })
      expect(text((yield* call("GET /photos?versioning")).text, "Status")).toBe("Enabled")
      expect((yield* versioning(call, "Suspended")).tag).toBe("InvalidBucketState")
      expect(text((yield* call("GET /photos?object-lock")).text, "ObjectLockEnabled")).toBe("Enabled")
      const id = idOf(yield* call("PUT /photos/a", "one"))
      const at = `/photos/a?retention&versionId=${id}`
      for (const [document, tag] of [
        [retention(0), "InvalidRequest"],
        [retention("soon"), "MalformedObjectLockError"],
        [retention("9".repeat(320)), "MalformedObjectLockError"],
        [retention("8640000000000001"), "MalformedObjectLockError"],
        [retention("1e308"), "MalformedObjectLockError"],
        [retention(5000, "GOVERNANCE"), "MalformedObjectLockError"],
        ["<", "MalformedObjectLockError"]
      ] as const) {
        expect((yield* call(`PUT ${at}`, document)).tag).toBe(tag)
      }
      expect((yield* call(`PUT ${at}`, retention("1970-01-01T00:00:05Z"))).status).toBe(200)
      expect((yield* call(`PUT ${at}`, retention(4000))).tag).toBe("InvalidRequest")
      expect((yield* call(`DELETE /photos/a?versionId=${id}`)).failure).toMatchObject({
        _tag: "AccessDenied",
        message: "The object you specified is immutable and cannot be deleted."
      })
      const object = `<Object><Key>a</Key><VersionId>${id}</VersionId></Object>`
      const { text: document } = yield* call("POST /photos?delete", `<Delete>${object}</Delete>`)
      expect(texts(document, "Code")).toEqual(["AccessDenied"])
      expect((yield* call("DELETE /photos/a")).status).toBe(204)
      yield* TestClock.adjust("5 seconds")
      expect((yield* call(`DELETE /photos/a?versionId=${id}`)).status).toBe(204)
    })
  )

  it.effect("is that of the request or of the bucket", () =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.make)
      yield* call("PUT /photos", { headers: { "x-obs-bucket-object-lock-enabled": "true" } })
      const put = (mode: string, until: string) =>
        call("PUT /photos/a", {
          headers: { "x-obs-object-lock-mode": mode, "x-obs-object-lock-retain-until-date": until }
        })
      expect((yield* put("COMPLIANCE", "1969-01-01T00:00:00Z")).tag).toBe("InvalidArgument")
      expect((yield* put("COMPLIANCE", "soon")).tag).toBe("InvalidArgument")
      expect((yield* put("GOVERNANCE", "1970-01-02T00:00:00Z")).tag).toBe("InvalidArgument")
      const own = idOf(yield* put("COMPLIANCE", "1970-01-02T00:00:00Z"))
      const rule = "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>2</Days></DefaultRetention></Rule>"
      yield* call("PUT /photos?object-lock", `<ObjectLockConfiguration>${rule}</ObjectLockConfiguration>`)
      const ofBucket = idOf(yield* call("PUT /photos/b"))
      const remove = (key: string, id: string) =>
        Effect.map(call(`DELETE /photos/${key}?versionId=${id}`), ({ tag }) => tag)
      expect([yield* remove("a", own), yield* remove("b", ofBucket)]).toEqual(["AccessDenied", "AccessDenied"])
      yield* TestClock.adjust("1 day")
      expect([yield* remove("a", own), yield* remove("b", ofBucket)]).toEqual([undefined, "AccessDenied"])
      yield* TestClock.adjust("1 day")
      expect(yield* remove("b", ofBucket)).toBeUndefined()
    })
  )

  it.effect("of a bucket is of 1 to 36500 days or of 1 to 100 years", () =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.make)
      yield* call("PUT /photos", { headers: { "x-obs-bucket-object-lock-enabled": "true" } })
      const set = (period: string) =>
        call(
          "PUT /photos?object-lock",
          `<ObjectLockConfiguration><Rule><DefaultRetention><Mode>COMPLIANCE</Mode>${period}</DefaultRetention></Rule></ObjectLockConfiguration>`
        )
      for (const unit of ["Days", "Years"]) {
        for (const [value, tag] of [
          ["0", "InvalidArgument"],
          ["-1", "InvalidArgument"],
          [unit === "Days" ? "36501" : "101", "InvalidArgument"],
          ["9".repeat(320), "InvalidArgument"],
          ["1e308", "MalformedXML"],
          ["Infinity", "MalformedXML"],
          ["1.5", "MalformedXML"],
          [unit === "Days" ? "36500" : "100", undefined],
          ["1", undefined]
        ] as const) {
          expect([unit, value, (yield* set(`<${unit}>${value}</${unit}>`)).tag]).toEqual([unit, value, tag])
        }
      }
      const id = idOf(yield* call("PUT /photos/a", "one"))
      yield* TestClock.adjust("364 days")
      expect((yield* call(`DELETE /photos/a?versionId=${id}`)).tag).toBe("AccessDenied")
      yield* TestClock.adjust("1 day")
      expect((yield* call(`DELETE /photos/a?versionId=${id}`)).status).toBe(204)
    })
  )

  it.effect("needs a bucket that has them", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/a")
      expect((yield* call("PUT /photos/a?retention", retention(5000))).tag).toBe("InvalidRequest")
    })
  )
})
