import { Effect, Exit, Layer } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient } from "effect-obs"
import { ObsTest } from "effect-obs/testing"
import { readFileSync } from "node:fs"

const cat = { bucket: "photos", key: "cat.txt" }
const put = ObsClient.putObject({ ...cat, body: "meow" })

describe("a test", () => {
  it.effect("has an OBS of its own, with what is seeded", () =>
    Effect.gen(function* () {
      yield* ObsTest.seed({
        photos: {
          "cat.txt": "meow",
          "dog.txt": new TextEncoder().encode("woof"),
          "bird.txt": { body: "tweet", contentType: "text/plain", metadata: { by: "me" } }
        },
        empty: {}
      })
      const { objects } = yield* ObsClient.listObjects({ bucket: "photos" })
      expect(objects.map(({ key }) => key)).toEqual(["bird.txt", "cat.txt", "dog.txt"])
      expect(yield* ObsClient.headObject({ ...cat, key: "bird.txt" })).toMatchObject({
        contentType: "text/plain",
        metadata: { by: "me" }
      })
      expect((yield* ObsClient.listBuckets()).buckets.map(({ name }) => name)).toEqual(["empty", "photos"])
      // A second time, it is what is there
      yield* ObsTest.seed({ photos: { "cat.txt": "purr" } })
      expect(yield* Effect.flatMap(ObsClient.getObject(cat), (object) => object.text)).toBe("purr")
    }).pipe(Effect.provide(ObsTest.layer))
  )

  it.effect("shares nothing with the next one", () =>
    Effect.gen(function* () {
      expect((yield* ObsClient.listBuckets()).buckets).toEqual([])
      yield* ObsTest.expectRequests(["ListBuckets 200"])
    }).pipe(Effect.provide(ObsTest.layer))
  )

  it.effect("is told where seeding fails", () =>
    Effect.gen(function* () {
      expect(yield* Effect.flip(ObsTest.seed({ "No Bucket": {} }))).toMatchObject({ _tag: "InvalidInput" })
    }).pipe(Effect.provide(ObsTest.layer))
  )

  it.effect("has faults, which seeding passes by, and a log", () =>
    Effect.gen(function* () {
      yield* ObsTest.fault({ error: "AccessDenied" })
      yield* ObsTest.seed({ photos: {} })
      expect(yield* Effect.flip(put)).toHaveProperty("_tag", "AccessDenied")
      expect(yield* ObsTest.requests).toMatchObject([
        { number: 1, operation: "PutObject", ...cat, status: 403, error: "AccessDenied", rule: 1 }
      ])
      yield* ObsTest.reset
      expect(yield* ObsTest.requests).toEqual([])
      yield* put
      expect(yield* Effect.flip(ObsTest.fault({ nth: 0 }))).toMatchObject({ _tag: "InvalidRule" })
    }).pipe(Effect.provide(ObsTest.layer))
  )

  it.effect("waits for nothing, unless it wants to", () =>
    Effect.gen(function* () {
      yield* ObsTest.seed({ photos: {} })
      yield* ObsTest.fault({ operation: "PutObject", times: 2, error: "SlowDown", retryAfter: 30 })
      // The clock of a test stands still
      yield* put
      yield* ObsTest.expectRequests(["PutObject", "PutObject", "PutObject * 200"])
    }).pipe(Effect.provide(ObsTest.layer))
  )

  it.effect("has a stricter OBS, rules to begin with, and another client, by options", () =>
    Effect.gen(function* () {
      yield* ObsTest.seed({ photos: {} })
      expect(yield* Effect.flip(put)).toHaveProperty("_tag", "SlowDown")
      yield* ObsTest.expectRequests(["PutObject photos/cat.txt 503 SlowDown"])
      expect(yield* Effect.flip(ObsClient.createBucket({ bucket: "videos", location: "eu-de" }))).toHaveProperty(
        "_tag",
        "IllegalLocationConstraintException"
      )
    }).pipe(
      Effect.provide(
        ObsTest.layerWith({
          region: "cn-north-1",
          client: { retry: false },
          rules: { operation: "PutObject", error: "SlowDown" }
        })
      )
    )
  )

  it.effect("is told of wrong options", () =>
    Effect.gen(function* () {
      const failed = (options: ObsTest.Options) => Effect.flip(Effect.scoped(Layer.build(ObsTest.layerWith(options))))
      expect(yield* failed({ rules: {} })).toHaveProperty("_tag", "InvalidRule")
      expect(yield* failed({ client: { limits: { total: -1 } } })).toHaveProperty("_tag", "InvalidInput")
    })
  )

  it.effect("signs, and meets a clock that is wrong", () =>
    Effect.gen(function* () {
      yield* ObsTest.seed({ photos: {} })
      yield* ObsTest.fault({ clock: -3_600_000 })
      yield* put
      yield* ObsTest.expectRequests(["PutObject * 403 RequestTimeTooSkewed", "PutObject * 200"])
    }).pipe(Effect.provide(ObsTest.layer))
  )
})

describe("the expected requests", () => {
  it.effect("are lines, beginnings of lines, or patterns", () =>
    Effect.gen(function* () {
      yield* ObsTest.seed({ photos: {} })
      yield* put
      yield* Effect.exit(ObsClient.getObject({ ...cat, key: "a b" }))
      for (const lines of [
        ["PutObject photos/cat.txt 200", "GetObject photos/a b 404 NoSuchKey"],
        ["PutObject photos/cat.txt", "GetObject"],
        ["* photos/cat.txt *", "*NoSuchKey"]
      ]) {
        yield* ObsTest.expectRequests(lines)
      }
      for (const lines of [["PutObject photos/cat"], ["PutObject photos/cat", "GetObject"], [], ["*", "*", "*"]]) {
        expect(Exit.isFailure(yield* Effect.exit(ObsTest.expectRequests(lines)))).toBe(true)
      }
    }).pipe(Effect.provide(ObsTest.layer))
  )

  it.effect("are shown beside those that came", () =>
    Effect.gen(function* () {
      yield* ObsTest.seed({ photos: {} })
      yield* put
      yield* ObsClient.headObject(cat)
      const failure = yield* Effect.flip(
        ObsTest.expectRequests(["PutObject", "GetObject photos/cat.txt", "HeadObject"])
      )
      expect(failure._tag).toBe("UnexpectedRequests")
      expect(failure.message).toBe(
        `Other requests came (+) than were expected (-):
  PutObject photos/cat.txt 200
- GetObject photos/cat.txt
+ HeadObject photos/cat.txt 200
- HeadObject`
      )
    }).pipe(Effect.provide(ObsTest.layer))
  )
})

describe("the page about testing", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")

  it("has the test file that runs here", () => {
    const block = `\`\`\`typescript\n${read("example.test.ts")}\`\`\``
    expect(read("../../docs/testing.md").includes(block)).toBe(true)
    expect(read("example.test.ts").split("\n").length).toBeLessThan(41)
  })
})
