import { Effect, HttpBody, HttpClient, reasonOf, Stream } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient, ObsResponse } from "effect-obs"
import { ObsAnswer, ObsTestClient, type ObsTestService } from "effect-obs/testing"

const root = "https://obs.example.com"

describe("ObsTestClient.layerScript", () => {
  it.effect("gives its answers in order and then says that there are none", () =>
    Effect.gen(function* () {
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      expect(yield* Effect.flip(obs.get(root))).toBeInstanceOf(ObsError.SlowDown)
      expect(yield* (yield* obs.get(root)).text).toBe("ok")
      const failure = yield* Effect.flip(obs.get(root))
      expect(reasonOf(failure)).toBe("Encode")
      expect(failure.message).toContain("no response left")
    }).pipe(
      Effect.provide(ObsTestClient.layerScript([new ObsError.SlowDown(), { status: 200, headers: {}, body: "ok" }]))
    )
  )
})

describe("ObsTestClient.make", () => {
  /** Answers with the body of the request. */
  const echo: ObsTestService.Handler = ({ body }) => Effect.succeed({ status: 200, headers: {}, body })

  it.effect("reads bodies of every kind", () =>
    Effect.gen(function* () {
      const client = ObsTestClient.make(echo)
      const form = new FormData()
      form.set("a", "1")
      const bytes = new TextEncoder().encode("meow")
      const bodies: ReadonlyArray<readonly [HttpBody.HttpBody, string | RegExp]> = [
        [HttpBody.empty, ""],
        [HttpBody.text("meow"), "meow"],
        [HttpBody.raw("meow"), "meow"],
        [HttpBody.raw(bytes), "meow"],
        [HttpBody.raw(new DataView(bytes.buffer)), "meow"],
        [HttpBody.raw(bytes.buffer), "meow"],
        [HttpBody.raw(new Blob(["meow"])), "meow"],
        [HttpBody.raw({ a: 1 }), '{"a":1}'],
        [HttpBody.formData(form), /name="a"/],
        [HttpBody.stream(Stream.make(bytes.subarray(0, 1), new Uint8Array(), bytes.subarray(1))), "meow"],
        [HttpBody.stream(Stream.empty), ""]
      ]
      for (const [body, expected] of bodies) {
        const text = yield* Effect.flatMap(client.post(root, { body }), (response) => response.text)
        expect(text).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected))
      }
      const failed = client.post(root, { body: HttpBody.stream(Stream.fail("oops")) })
      const failure = yield* Effect.flip(failed)
      expect([reasonOf(failure), failure.cause]).toEqual(["Encode", "oops"])
    })
  )

  it.effect("answers with headers that nobody can send", () =>
    Effect.gen(function* () {
      const headers = {
        "content-type": "текст/plain",
        "x-a": "a\r\nb: c",
        "no name": "x",
        "": "x",
        "X-Ü": "x",
        "X-B": "ü"
      }
      const client = ObsTestClient.make(() => Effect.succeed({ status: 200, headers, body: "meow" }))
      const response = yield* client.get(root)
      expect(yield* response.text).toBe("meow")
      expect({ ...response.headers }).toEqual({ "content-type": "?????/plain", "x-a": "a??b: c", "x-b": "ü" })
    })
  )

  it.effect("adds no content type to an answer without one", () =>
    Effect.gen(function* () {
      const failure = new ObsError.UnrecognizedResponse({
        status: 502,
        reason: "NotAnErrorDocument",
        excerpt: "oops",
        request: { method: "GET" }
      })
      const client = ObsTestClient.make(() => Effect.succeed(ObsAnswer.render(failure)))
      expect(yield* Effect.flatMap(client.get(root), ObsResponse.toFailure)).toEqual(failure)
    })
  )
})
