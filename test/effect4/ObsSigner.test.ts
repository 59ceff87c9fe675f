import { expect, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { ObsSigner } from "effect-obs"
import { HttpClientRequest } from "effect/http"
import { inspect } from "node:util"

it.effect("leaves a parameter that is marked as a secret where nothing shows it, and signs it", () =>
  Effect.gen(function* () {
    const url = "https://photos.obs.eu-de.otc.t-systems.com/k?acl"
    const request = HttpClientRequest.setUrlParam(HttpClientRequest.get(url), "x-obs-callback", Redacted.make("hidden"))
    const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
    const signed = yield* ObsSigner.sign(request, keys)
    expect(Redacted.value(signed.stringToSign)).toContain("/photos/k?acl&x-obs-callback=hidden")
    expect(signed.request.url).toBe(url)
    expect([...signed.request.urlParams].length).toBe(1)
    expect(inspect(signed, { depth: 9 }) + JSON.stringify(signed)).not.toContain("hidden")
  })
)
