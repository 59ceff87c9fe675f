import { expect, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { ObsClient } from "effect-obs"
import { ObsTest } from "effect-obs/testing"

const cat = { bucket: "photos", key: "cat.txt" }

it.effect("saves a photo although OBS is busy", () =>
  Effect.gen(function* () {
    yield* ObsTest.seed({ photos: {} })
    yield* ObsTest.fault({ operation: "PutObject", nth: 1, error: "SlowDown" })

    yield* ObsClient.putObject({ ...cat, body: "meow" })
    yield* ObsTest.expectRequests(["PutObject photos/cat.txt 503 SlowDown", "PutObject photos/cat.txt 200"])
  }).pipe(Effect.provide(ObsTest.layer))
)

it.effect("tells whoever was there first", () =>
  Effect.gen(function* () {
    yield* ObsTest.seed({ photos: { "cat.txt": "the first cat" } })

    const failure = yield* Effect.flip(ObsClient.putObject({ ...cat, body: "meow", ifNoneMatch: "*" }))
    expect(failure._tag).toBe("PreconditionFailed")
  }).pipe(Effect.provide(ObsTest.layer))
)

it.effect("uploads a film whose second part is throttled", () =>
  Effect.gen(function* () {
    yield* ObsTest.seed({ films: {} })
    yield* ObsTest.fault({ operation: "UploadPart", nth: 2, error: "TooManyRequests", retryAfter: 1 })

    const film = Stream.make(new Uint8Array(12_000_000))
    const uploaded = yield* ObsClient.upload({ bucket: "films", key: "cats.mp4", body: film })
    expect(uploaded.etag).toMatch(/-\d+"$/)
    expect((yield* ObsTest.requests).filter(({ status }) => status === 429)).toHaveLength(1)
  }).pipe(Effect.provide(ObsTest.layer))
)
