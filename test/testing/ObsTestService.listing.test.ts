import { Effect } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { type Call, callerOf, text, texts } from "../support/service.js"

const withKeys = (keys: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const call = callerOf(yield* ObsTestService.make)
    yield* call("PUT /photos")
    for (const key of keys) yield* call(`PUT /photos/${encodeURIComponent(key)}`, key)
    return call
  })

const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString()

/** What a page lists: keys, and groups in braces. */
const page = (call: Call, parameters: Record<string, string>) =>
  Effect.map(call(`GET /photos?${query({ "encoding-type": "url", ...parameters })}`), ({ text: document }) => ({
    items: Array.from(
      document.matchAll(/<Key>(.*?)<\/Key>|<CommonPrefixes><Prefix>(.*?)<\/Prefix>/g),
      ([, key, group]) => (key === undefined ? `{${decodeURIComponent(group ?? "")}}` : decodeURIComponent(key))
    ),
    isTruncated: text(document, "IsTruncated") === "true",
    document
  }))

/** All pages of a listing, one after the other. */
const pages = (call: Call, parameters: Record<string, string>) =>
  Effect.gen(function* () {
    const found: Array<ReadonlyArray<string>> = []
    const isV2 = parameters["list-type"] === "2"
    let next: Record<string, string> = {}
    for (;;) {
      const { document, isTruncated, items } = yield* page(call, { ...parameters, ...next })
      found.push(items)
      const token = text(document, isV2 ? "NextContinuationToken" : "NextMarker")
      expect(token !== "").toBe(isTruncated)
      if (!isTruncated) return found
      next = isV2 ? { "continuation-token": token } : { marker: decodeURIComponent(token) }
    }
  })

const both = ["1", "2"].flatMap((type) => [[type === "1" ? "markers" : "continuation tokens", type] as const])

const typeOf = (type: string): Record<string, string> => (type === "1" ? {} : { "list-type": "2" })

const keys = ["a", "a/", "a/b", "a/b/c", "a/d", "ab", "b//c", "b/c", "c"]

const cases: ReadonlyArray<readonly [string, Record<string, string>, ReadonlyArray<string>]> = [
  ["everything", {}, keys],
  ["a prefix", { prefix: "a/" }, ["a/", "a/b", "a/b/c", "a/d"]],
  ["a prefix that is a key", { prefix: "ab" }, ["ab"]],
  ["a prefix that nothing has", { prefix: "x" }, []],
  ["a prefix behind everything", { prefix: "\u{10ffff}" }, []],
  ["a delimiter", { delimiter: "/" }, ["a", "{a/}", "ab", "{b/}", "c"]],
  ["a delimiter that is empty", { delimiter: "" }, keys],
  ["a delimiter that nothing has", { delimiter: "x" }, keys],
  ["a delimiter of several characters", { delimiter: "/b" }, ["a", "a/", "{a/b}", "a/d", "ab", "b//c", "b/c", "c"]],
  ["a delimiter at the end of a key", { prefix: "a", delimiter: "/" }, ["a", "{a/}", "ab"]],
  ["a prefix that ends with the delimiter", { prefix: "a/", delimiter: "/" }, ["a/", "{a/b/}", "a/b", "a/d"]],
  ["a delimiter twice", { prefix: "b/", delimiter: "/" }, ["{b//}", "b/c"]],
  ["a prefix that is a group", { prefix: "a/b", delimiter: "/" }, ["a/b", "{a/b/}"]],
  ["a letter as a delimiter", { delimiter: "b" }, ["a", "a/", "{a/b}", "a/d", "{ab}", "{b}", "c"]]
]

describe.each(both)("a listing with %s", (_, type) => {
  it.effect.each(cases)("of %s", ([, parameters, expected]) =>
    Effect.gen(function* () {
      const call = yield* withKeys([...keys].reverse())
      const asks = { ...typeOf(type), ...parameters }
      const { isTruncated, items } = yield* page(call, asks)
      expect([new Set(items), items.length, isTruncated]).toEqual([new Set(expected), expected.length, false])
      for (const max of [1, 2, 3, expected.length]) {
        if (max === 0) continue
        const found = yield* pages(call, { ...asks, "max-keys": String(max) })
        expect(found.flat().sort()).toEqual([...expected].sort())
        expect(found.slice(0, -1).every((items) => items.length === max)).toBe(true)
        expect(found.length).toBe(Math.max(Math.ceil(expected.length / max), 1))
      }
    })
  )

  const marker = type === "1" ? "marker" : "start-after"

  it.effect.each<[string, Record<string, string>, ReadonlyArray<string>]>([
    ["a", {}, ["a/", "a/b", "a/b/c", "a/d", "ab", "b//c", "b/c", "c"]],
    ["a/b/", {}, ["a/b/c", "a/d", "ab", "b//c", "b/c", "c"]],
    ["c", {}, []],
    ["z", {}, []],
    ["0", {}, keys],
    ["a/", { delimiter: "/" }, ["ab", "c", "{b/}"]],
    ["a/b", { delimiter: "/" }, ["ab", "c", "{b/}"]],
    ["a", { delimiter: "/" }, ["ab", "c", "{a/}", "{b/}"]],
    ["a/b", { prefix: "a/", delimiter: "/" }, ["a/d", "{a/b/}"]],
    ["a/b/a", { prefix: "a/", delimiter: "/" }, ["a/d"]],
    ["a", { prefix: "b" }, ["b//c", "b/c"]],
    ["c", { prefix: "b" }, []]
  ])("begins behind %s with %j", ([after, parameters, expected]) =>
    Effect.gen(function* () {
      const call = yield* withKeys(keys)
      const { items } = yield* page(call, { ...typeOf(type), ...parameters, [marker]: after })
      expect(items).toEqual(expected)
    })
  )

  it.effect("is in the order of the bytes of UTF-8", () =>
    Effect.gen(function* () {
      const ordered = [
        "\u0000",
        " ",
        "A",
        "a",
        "a\u0000",
        "a ",
        "aa",
        "é",
        "日本",
        "\ue000",
        "\uffff",
        "😀",
        "😀a",
        "🤷"
      ]
      const call = yield* withKeys([...ordered].reverse())
      const asks = typeOf(type)
      expect((yield* page(call, asks)).items).toEqual(ordered)
      expect((yield* pages(call, { ...asks, "max-keys": "3" })).flat()).toEqual(ordered)
      expect((yield* page(call, { ...asks, delimiter: "😀" })).items).toContain("{😀}")
      expect((yield* page(call, { ...asks, prefix: "😀" })).items).toEqual(["😀", "😀a"])
      expect((yield* page(call, { ...asks, [marker]: "\uffff" })).items).toEqual(["😀", "😀a", "🤷"])
    })
  )

  it.effect("encodes what is asked for", () =>
    Effect.gen(function* () {
      const call = yield* withKeys(["a b/ä+c", "a b/d"])
      const asks = { ...typeOf(type), prefix: "a b/", delimiter: "ä", [marker]: "a b/!" }
      const { text: plain } = yield* call(`GET /photos?${query(asks)}`)
      expect([text(plain, "Prefix"), text(plain, "Key"), text(plain, "EncodingType")]).toEqual(["a b/", "a b/d", ""])
      const { text: encoded } = yield* call(`GET /photos?${query({ ...asks, "encoding-type": "url" })}`)
      expect(["Prefix", "Key", "Delimiter", "EncodingType"].map((name) => text(encoded, name))).toEqual([
        "a%20b/",
        "a%20b/d",
        "%C3%A4",
        "url"
      ])
      expect(text(encoded, type === "1" ? "Marker" : "StartAfter")).toBe("a%20b/!")
      expect(encoded).toContain("<CommonPrefixes><Prefix>a%20b/%C3%A4</Prefix></CommonPrefixes>")
    })
  )

  it.effect.each([
    { "max-keys": "0" },
    { "max-keys": "-1" },
    { "max-keys": "many" },
    { "max-keys": "1.5" },
    { "encoding-type": "base64" },
    { "list-type": "3" }
  ])("is refused with %j", (parameters) =>
    Effect.gen(function* () {
      const call = yield* withKeys(keys)
      const [[argumentName, argumentValue] = []] = Object.entries(parameters)
      const { failure } = yield* call(`GET /photos?${query({ ...typeOf(type), ...parameters })}`)
      expect(failure).toMatchObject({ _tag: "InvalidArgument", argumentName, argumentValue })
    })
  )

  it.effect("has a thousand entries at most", () =>
    Effect.gen(function* () {
      const call = yield* withKeys(Array.from({ length: 1001 }, (_, i) => `key-${i}`))
      for (const asks of [{}, { "max-keys": "5000" }, { "max-keys": "" }]) {
        const { document, isTruncated, items } = yield* page(call, { ...typeOf(type), ...asks })
        expect([items.length, isTruncated, text(document, "MaxKeys")]).toEqual([1000, true, "1000"])
      }
      expect((yield* page(call, { ...typeOf(type), "max-keys": "1000", marker: "key-0" })).items).toHaveLength(1000)
    })
  )
})

describe("a listing", () => {
  it.effect("tells of each object", () =>
    Effect.gen(function* () {
      const call = yield* withKeys(["a"])
      const { document } = yield* page(call, {})
      expect(["Name", "LastModified", "ETag", "Size", "StorageClass"].map((name) => text(document, name))).toEqual([
        "photos",
        "1970-01-01T00:00:00.000Z",
        '"0cc175b9c0f1b6a831c399e269772661"',
        "1",
        "STANDARD"
      ])
      expect(texts(document, "ID")).toHaveLength(1)
      const headers = { authorization: "AWS AK:signature" }
      yield* call("PUT /photos/b", { headers: { "x-obs-storage-class": "WARM" } })
      const { text: amz } = yield* call("GET /photos", { headers })
      expect(texts(amz, "StorageClass")).toEqual(["STANDARD", "STANDARD_IA"])
      expect(amz).toContain('xmlns="http://s3.amazonaws.com/doc/2006-03-01/"')
    })
  )

  it.effect("tells the owner where it is asked to, and the number of keys", () =>
    Effect.gen(function* () {
      const call = yield* withKeys(keys)
      const { document } = yield* page(call, { "list-type": "2", delimiter: "/" })
      expect([texts(document, "ID").length, text(document, "KeyCount")]).toEqual([0, "5"])
      const { document: owned } = yield* page(call, { "list-type": "2", "fetch-owner": "true" })
      expect(texts(owned, "ID")).toHaveLength(keys.length)
    })
  )

  it.effect("goes on by its token, whatever it began behind", () =>
    Effect.gen(function* () {
      const call = yield* withKeys(keys)
      const asks = { "list-type": "2", "start-after": "a", "max-keys": "3" }
      expect((yield* pages(call, asks)).flat()).toEqual(keys.slice(1))
      for (const token of ["", "x", "1%ff"]) {
        expect(
          (yield* call(`GET /photos?${query({ "list-type": "2", "continuation-token": token })}`)).failure
        ).toMatchObject({
          _tag: "InvalidArgument",
          argumentName: "continuation-token"
        })
      }
    })
  )
})

describe("a listing of versions", () => {
  const enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"

  const withVersions = Effect.gen(function* () {
    const call = yield* withKeys([])
    yield* call("PUT /photos?versioning", enabled)
    for (const key of ["a", "a", "b/1", "a", "b/2", "b/1", "c"]) yield* call(`PUT /photos/${key}`)
    yield* call("DELETE /photos/b/1")
    yield* call("DELETE /photos/d")
    return call
  })

  const versionsOf = (document: string) =>
    Array.from(document.matchAll(/<(?:Version|DeleteMarker)>.*?<\/(?:Version|DeleteMarker)>/g), ([entry]) => entry)

  it.effect.each<[Record<string, string>, ReadonlyArray<string>]>([
    [{}, ["a", "a", "a", "b/1", "b/1", "b/1", "b/2", "c", "d"]],
    [{ prefix: "b/" }, ["b/1", "b/1", "b/1", "b/2"]],
    [{ delimiter: "/" }, ["a", "a", "a", "{b/}", "c", "d"]],
    [{ prefix: "a" }, ["a", "a", "a"]],
    [{ "key-marker": "a" }, ["b/1", "b/1", "b/1", "b/2", "c", "d"]],
    [{ "key-marker": "a", "version-id-marker": "none" }, ["b/1", "b/1", "b/1", "b/2", "c", "d"]],
    [{ "key-marker": "b/1", delimiter: "/" }, ["c", "d"]]
  ])("with %j has pages of any size", ([parameters, expected]) =>
    Effect.gen(function* () {
      const call = yield* withVersions
      const whole = yield* page(call, { versions: "", ...parameters })
      expect([...whole.items].sort()).toEqual([...expected].sort())
      for (let max = 1; max <= expected.length; max++) {
        const entries: Array<string> = []
        const groups: Array<string> = []
        let next: Record<string, string> = {}
        for (;;) {
          const asks = { versions: "", ...parameters, "max-keys": String(max), ...next }
          const { document, isTruncated, items } = yield* page(call, asks)
          entries.push(...versionsOf(document))
          groups.push(...items.filter((item) => item.startsWith("{")))
          if (!isTruncated) break
          expect(items).toHaveLength(max)
          next = {
            "key-marker": decodeURIComponent(text(document, "NextKeyMarker")),
            "version-id-marker": text(document, "NextVersionIdMarker")
          }
        }
        expect(entries).toEqual(versionsOf(whole.document))
        expect(groups).toEqual(whole.items.filter((item) => item.startsWith("{")))
      }
    })
  )

  it.effect("tells which is the latest, and which is a delete marker", () =>
    Effect.gen(function* () {
      const call = yield* withVersions
      const { document } = yield* page(call, { versions: "", prefix: "b/1" })
      const entries = versionsOf(document)
      expect(entries.map((entry) => [entry.startsWith("<DeleteMarker>"), text(entry, "IsLatest")])).toEqual([
        [true, "true"],
        [false, "false"],
        [false, "false"]
      ])
      expect(texts(document, "Size")).toHaveLength(2)
    })
  )

  it.effect("needs a key where it begins at a version", () =>
    Effect.gen(function* () {
      const call = yield* withVersions
      for (const parameters of [{ "version-id-marker": "a" }, { "max-keys": "0" }, { "encoding-type": "x" }]) {
        expect((yield* call(`GET /photos?${query({ versions: "", ...parameters })}`)).tag).toBe("InvalidArgument")
      }
    })
  )

  it.effect("of a bucket without versions has the objects", () =>
    Effect.gen(function* () {
      const call = yield* withKeys(["a", "b"])
      const { document } = yield* page(call, { versions: "" })
      expect([texts(document, "VersionId"), texts(document, "IsLatest")]).toEqual([
        ["null", "null"],
        ["true", "true"]
      ])
    })
  )
})
