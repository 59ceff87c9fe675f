/**
 * Keys of objects that are easily taken for something else, and what has to become of any key.
 */
import { Effect, HttpBody, type HttpClient } from "#test/effect"
import * as fc from "fast-check"
import { expect } from "@effect/vitest"
import { type ObsError, ObsResponse } from "effect-obs"

const odd = [
  " a ",
  " ",
  "\r\n\t",
  "100%.txt",
  "100%25.txt",
  "%zz%20%ff",
  "//photos",
  "/",
  "a//b",
  "a/",
  "./a/../b",
  "../..",
  "a+b c",
  "a?b#c&d=e;f",
  "a\\b",
  "<a>&amp;]]>\"'",
  "猫/кот/😀",
  "\u0000\u001b\u007f\u0085\u2028\ufeff\ufffe\uffff\ufffd",
  "__proto__",
  "k".repeat(1024)
]

/** The odd keys, each with a name that can be printed. */
export const oddKeys = odd.map((key) => [encodeURIComponent(key).slice(0, 40), key] as const)

// A URL drops these two, however they are escaped
export const anyKey = fc
  .oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 100 }), fc.string({ unit: "grapheme", minLength: 1 }))
  .filter((key) => key !== "." && key !== "..")

const keysOf = (document: string) =>
  Array.from(document.matchAll(/<Key>(.*?)<\/Key>/g), ([, key = ""]) => decodeURIComponent(key))

/** Puts, gets, lists, copies and deletes an object, in a bucket that is made for it. */
export const roundTrip = <E>(obs: HttpClient.HttpClient.With<E | ObsError.ObsFailure>, url: string, key: string) =>
  Effect.gen(function* () {
    const bucket = `${url}/photos`
    const object = `${bucket}/${encodeURIComponent(key)}`
    const listed = Effect.flatMap(obs.get(`${bucket}?encoding-type=url`), (response) => response.text)
    const read = (url: string) => Effect.flatMap(obs.get(url), (response) => response.text)
    yield* obs.put(bucket)
    yield* obs.put(object, { body: HttpBody.text(key) })
    expect(yield* read(object)).toBe(key)
    expect(keysOf(yield* listed)).toEqual([key])
    yield* obs.put(`${bucket}/copy`, { headers: { "x-obs-copy-source": `/photos/${encodeURIComponent(key)}` } })
    expect(yield* read(`${bucket}/copy`)).toBe(key)
    yield* obs.del(object)
    expect(yield* Effect.flip(obs.get(object))).toMatchObject({ _tag: "NoSuchKey", key })
    yield* obs.put(object, { body: HttpBody.text(key) })
    const objects = `<Object><Key>${encodeURIComponent(key)}</Key></Object><Object><Key>copy</Key></Object>`
    const response = yield* obs.post(`${bucket}?delete`, {
      body: HttpBody.text(`<Delete><EncodingType>url</EncodingType>${objects}</Delete>`, "application/xml")
    })
    expect(yield* ObsResponse.deleteResult(response)).toEqual({ deleted: [{ key }, { key: "copy" }], errors: [] })
    expect(keysOf(yield* listed)).toEqual([])
    yield* obs.del(bucket)
  })
