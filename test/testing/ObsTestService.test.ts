import { Effect, HttpBody, HttpClientRequest, TestClock } from "#test/effect"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsHttpClient, ObsResponse } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { anyKey, oddKeys, roundTrip } from "../support/keys.js"
import { callerOf, texts } from "../support/service.js"

describe("the service in memory", () => {
  const service = Effect.map(ObsTestService.make, (handler) =>
    ObsHttpClient.filterStatusOk(ObsTestClient.make(handler))
  )

  it.effect("takes the bucket from the host or the path", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://photos.obs.example.com/")
      yield* obs.put("https://photos.obs.example.com/a/cat.txt", { body: HttpBody.text("meow") })
      const read = yield* obs.get("https://obs.example.com/photos/a/cat.txt")
      expect(yield* read.text).toBe("meow")
    })
  )

  it.effect("refuses what it does not know, and changes nothing", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put("https://obs.example.com/photos/cat.txt", { body: HttpBody.text("meow") })
      for (const request of [
        HttpClientRequest.delete("https://obs.example.com/photos?trash"),
        HttpClientRequest.delete("https://obs.example.com/photos/cat.txt?lifecycle"),
        HttpClientRequest.post("https://obs.example.com/photos/cat.txt?select&select-type=2"),
        HttpClientRequest.put("https://obs.example.com/photos/cat.txt?symlink"),
        HttpClientRequest.get("https://obs.example.com/photos/cat.txt?x-image-process=image/info"),
        HttpClientRequest.get("https://obs.example.com/photos?metadata")
      ]) {
        expect((yield* Effect.flip(obs.execute(request)))._tag).toBe("NotImplemented")
      }
      const read = yield* obs.get("https://obs.example.com/photos/cat.txt")
      expect(yield* read.text).toBe("meow")
    })
  )

  it.effect("tells the ids of a request in each answer, and in each document of an error", () =>
    Effect.gen(function* () {
      const call = callerOf(yield* ObsTestService.make)
      const answers = [yield* call("PUT /photos"), yield* call("GET /photos/a"), yield* call("GET /photos?cors")]
      const ids = answers.map(({ headers }) => [headers["x-obs-request-id"], headers["x-obs-id-2"]])
      expect(new Set(ids.flat())).toHaveProperty("size", 6)
      for (const [i, { failure, text }] of answers.entries()) {
        if (failure === undefined) continue
        expect(texts(text, "RequestId")).toEqual([ids[i]?.[0]])
        expect([failure.requestId, failure.id2]).toEqual(ids[i])
        expect(failure.hostId).toMatch(/^[\w+/=]{40,}$/)
      }
      // A response to HEAD has no document
      expect(yield* call("HEAD /photos/a")).toMatchObject({ status: 404, text: "" })
    })
  )

  it.effect("deletes several objects and tells of each", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put("https://obs.example.com/photos/a%26b", { body: HttpBody.text("meow") })
      const long = "k".repeat(1025)
      const body = HttpBody.text(
        `<Delete><Object><Key>a&amp;b</Key></Object><Object><Key>${long}</Key></Object></Delete>`
      )
      const { deleted, errors } = yield* Effect.flatMap(
        obs.post("https://obs.example.com/photos?delete", { body }),
        ObsResponse.deleteResult
      )
      expect(deleted).toEqual([{ key: "a&b" }])
      expect(errors.map(({ failure, key }) => [key, failure._tag])).toEqual([[long, "KeyTooLongError"]])
      const malformed = obs.post("https://obs.example.com/photos?delete", { body: HttpBody.text("<Delete/>") })
      expect((yield* Effect.flip(malformed))._tag).toBe("MalformedXML")
    })
  )

  it.effect("restores archived objects in a tenth of a second", () =>
    Effect.gen(function* () {
      const obs = yield* service
      const url = "https://obs.example.com/photos/cat.txt"
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put(url, { headers: { "x-obs-storage-class": "COLD" }, body: HttpBody.text("meow") })
      expect((yield* Effect.flip(obs.get(url)))._tag).toBe("InvalidObjectState")
      expect((yield* obs.post(`${url}?restore`)).status).toBe(202)
      expect((yield* Effect.flip(obs.post(`${url}?restore`)))._tag).toBe("RestoreAlreadyInProgress")
      expect((yield* obs.head(url)).headers["x-obs-restore"]).toBe('ongoing-request="true"')
      yield* TestClock.adjust("100 millis")
      expect(yield* (yield* obs.get(url)).text).toBe("meow")
      expect((yield* obs.head(url)).headers["x-obs-restore"]).toBe(
        'ongoing-request="false", expiry-date="Fri, 02 Jan 1970 00:00:00 GMT"'
      )
      yield* obs.put(url, { body: HttpBody.text("meow") })
      expect((yield* Effect.flip(obs.post(`${url}?restore`)))._tag).toBe("InvalidObjectState")
    })
  )

  it.effect("looks at the conditions of an upload", () =>
    Effect.gen(function* () {
      const obs = yield* service
      const url = "https://obs.example.com/photos/cat.txt"
      yield* obs.put("https://obs.example.com/photos")
      const put = (headers: Record<string, string>) => obs.put(url, { headers, body: HttpBody.text("meow") })
      expect((yield* Effect.flip(put({ "if-match": '"no"' })))._tag).toBe("PreconditionFailed")
      const { headers } = yield* put({ "if-none-match": "*" })
      expect((yield* Effect.flip(put({ "if-none-match": "*" })))._tag).toBe("PreconditionFailed")
      expect((yield* put({ "if-match": headers["etag"] ?? "" })).status).toBe(200)
    })
  )

  it.effect.each(oddKeys)("keeps the key %s", ([, key]) =>
    Effect.gen(function* () {
      yield* roundTrip(yield* service, "https://obs.example.com", key)
    })
  )

  it("keeps any key", () =>
    fc.assert(
      fc.asyncProperty(anyKey, (key) =>
        Effect.runPromise(Effect.flatMap(service, (obs) => roundTrip(obs, "https://obs.example.com", key)))
      ),
      { numRuns: 300 }
    ))

  it.effect("takes a path as it was sent", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      const keys = yield* Effect.forEach(["100%.txt", "a%20%zz%FF", "%C0%AF", "%", "/", "/a//b/", "+"], (path) =>
        Effect.map(Effect.flip(obs.get(`https://obs.example.com/photos/${path}`)), (failure) =>
          failure._tag === "NoSuchKey" ? failure.key : failure
        )
      )
      expect(keys).toEqual(["100%.txt", "a %zz%FF", "%C0%AF", "%", "/", "/a//b/", "+"])
      expect((yield* Effect.flip(obs.get("https://obs.example.com//photos")))._tag).toBe("InvalidURI")
      const long = `https://obs.example.com/photos/${"é".repeat(513)}`
      expect((yield* Effect.flip(obs.put(long)))._tag).toBe("KeyTooLongError")
    })
  )

  it.effect("refuses a source of a copy that it cannot read", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      const copy = (source: string) =>
        Effect.flip(obs.put("https://obs.example.com/photos/copy", { headers: { "x-obs-copy-source": source } }))
      for (const source of ["/photos/100%.txt", "%ff", "/photos/%ED%A0%80", "", "/", "/photos", "/photos/", "//a"]) {
        expect(yield* copy(source)).toMatchObject({ _tag: "InvalidArgument", argumentName: "x-obs-copy-source" })
      }
      expect((yield* copy("/photos/a?versionId=1"))._tag).toBe("NoSuchVersion")
      expect(yield* copy("/photos/猫")).toMatchObject({ _tag: "NoSuchKey", key: "猫" })
    })
  )

  it.effect("lists keys that no document can have", () =>
    Effect.gen(function* () {
      const obs = yield* service
      const list = (query: string) =>
        Effect.flatMap(obs.get(`https://obs.example.com/photos${query}`), (response) => response.text)
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put("https://obs.example.com/photos/%00%1b")
      yield* obs.put("https://obs.example.com/photos/%20%0d%20")
      const keys = (text: string) => text.match(/<Key>.*?<\/Key>/g)
      expect(keys(yield* list(""))).toEqual(["<Key>\ufffd\ufffd</Key>", "<Key>&#32;&#13;&#32;</Key>"])
      expect(yield* list("?encoding-type=url")).toContain("<EncodingType>url</EncodingType><Contents><Key>%00%1B</Key>")
    })
  )

  it.effect("deletes the keys that are meant", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      for (const key of ["a", "%20a%20", "%00", "b"]) yield* obs.put(`https://obs.example.com/photos/${key}`)
      const deleted = (xml: string | Uint8Array) =>
        obs
          .post("https://obs.example.com/photos?delete", {
            body: typeof xml === "string" ? HttpBody.text(xml) : HttpBody.uint8Array(xml)
          })
          .pipe(
            Effect.flatMap(ObsResponse.deleteResult),
            Effect.map(({ deleted }) => deleted.map(({ key }) => key)),
            Effect.catch(({ _tag }) => Effect.succeed(_tag))
          )
      const object = (key: string) => `<Object><Key>${key}</Key></Object>`
      expect(yield* deleted(`<Delete>${object(" a ")}<Key>b</Key></Delete>`)).toEqual([" a "])
      expect(yield* deleted(`<Delete><EncodingType>url</EncodingType>${object("%00")}</Delete>`)).toEqual(["\u0000"])
      for (const xml of [`<Delete>${object("\u0000")}</Delete>`, `<Delete>${object("")}</Delete>`]) {
        expect(yield* deleted(xml)).toBe("MalformedXML")
      }
      expect(yield* deleted(Uint8Array.of(0xff))).toBe("MalformedXML")
      const text = yield* Effect.flatMap(obs.get("https://obs.example.com/photos"), (response) => response.text)
      expect(text.match(/<Key>.*?<\/Key>/g)).toEqual(["<Key>a</Key>", "<Key>b</Key>"])
    })
  )

  it.effect("keeps the content type", () =>
    Effect.gen(function* () {
      const obs = yield* service
      const url = "https://obs.example.com/photos/cat"
      const typeOf = (url: string) => Effect.map(obs.head(url), ({ headers }) => headers["content-type"])
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put(url)
      expect(yield* typeOf(url)).toBe("application/octet-stream")
      for (const [type, expected] of [
        ['image/png; name="a b"', 'image/png; name="a b"'],
        ["téxt/plain", "téxt/plain"],
        ["текст\n", "??????"],
        ["not a type", "not a type"]
      ] as const) {
        yield* obs.put(url, { body: HttpBody.text("meow", type) })
        yield* obs.put(`${url}2`, { headers: { "x-obs-copy-source": "/photos/cat" } })
        expect([yield* typeOf(url), yield* typeOf(`${url}2`)]).toEqual([expected, expected])
      }
    })
  )
})
