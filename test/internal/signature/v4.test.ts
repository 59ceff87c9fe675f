import { expect, it } from "@effect/vitest"
import { ObsSigner } from "effect-obs"
import { Effect, HttpClientRequest, Redacted } from "#test/effect"
import { vi } from "vitest"

vi.mock("aws4fetch", () => {
  throw new Error("Cannot find package 'aws4fetch'")
})

it.effect("says what is missing where version 4 is signed without aws4fetch, and signs the others", () =>
  Effect.gen(function* () {
    const request = HttpClientRequest.get("https://photos.obs.eu-de.otc.t-systems.com/k")
    const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
    const error = yield* Effect.flip(ObsSigner.sign(request, keys, { scheme: "aws4" }))
    expect(error.reason).toBe("MissingLibrary")
    expect(error.solution).toContain("npm i aws4fetch")
    const { scheme } = yield* ObsSigner.sign(request, keys)
    expect(scheme).toBe("obs")
  })
)
