import { Effect, FetchHttpClient, HttpBody, HttpClient, HttpClientRequest, Redacted, TestClock } from "#test/effect"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsHttpClient, ObsResponse, ObsSigner } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import { createHash, createHmac } from "node:crypto"

const keys: ObsSigner.Keys = { accessKeyId: "AKTEST", secretAccessKey: Redacted.make("secret/of+keys") }
const temporary: ObsSigner.Keys = {
  accessKeyId: "AKTEMPORARY",
  secretAccessKey: Redacted.make("temporary"),
  securityToken: Redacted.make("token/+=")
}
const hour = 60 * 60 * 1000
const now = Date.UTC(2026, 10, 28, 3, 45, 51)

const options: ObsTestService.Options = {
  credentials: [
    keys,
    { ...temporary, expiration: new Date(now + hour) },
    { accessKeyId: "AKTEXT", secretAccessKey: "as text" }
  ],
  region: "eu-de",
  domains: { "files.example.com": "photos" }
}

const schemes = ["obs", "aws2", "aws4"] as const
type Scheme = ObsSigner.Scheme

const prefixOf = (scheme: Scheme) => (scheme === "obs" ? "x-obs-" : "x-amz-")
const inRegion = { region: "eu-de" }

const bases = {
  virtualHosted: "https://photos.obs.eu-de.otc.t-systems.com",
  path: "https://obs.eu-de.otc.t-systems.com/photos",
  customDomain: "https://files.example.com",
  "path of a local host": "http://127.0.0.1:9000/photos",
  "below localhost": "http://photos.localhost:9000"
}

/** Sets the clock, and makes a service with the bucket `photos`. */
const inMemory = (given: ObsTestService.Options = options) =>
  Effect.gen(function* () {
    yield* TestClock.setTime(now)
    const handler = yield* ObsTestService.makeWith(given)
    const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(handler))
    const bucket = yield* ObsSigner.sign(HttpClientRequest.put(`${bases.path}`), keys)
    yield* client.execute(bucket.request)
    return { handler, client }
  })

const put = (url: string, prefix: string) =>
  HttpClientRequest.put(url).pipe(
    HttpClientRequest.setHeader(`${prefix}meta-owner`, "me"),
    HttpClientRequest.setHeader("content-md5", "I5pU0r4+sgO9Emgl1KMQUg=="),
    HttpClientRequest.setBody(HttpBody.text("meow", "text/plain"))
  )

const key = "a%20b/%C3%A4%2Bc%26d%3De%3F%27%28%29*%21.txt"

describe.each(schemes)("%s", (scheme) => {
  const prefix = prefixOf(scheme)

  it.effect.each(Object.entries(bases))("what is signed is accepted: %s", ([, base]) =>
    Effect.gen(function* () {
      const { client } = yield* inMemory()
      for (const who of [keys, temporary]) {
        const send = (request: HttpClientRequest.HttpClientRequest) =>
          Effect.flatMap(ObsSigner.sign(request, who, { scheme, ...inRegion }), ({ request }) =>
            client.execute(request)
          )
        yield* send(put(`${base}/${key}`, prefix))
        const got = yield* send(HttpClientRequest.get(`${base}/${key}?response-content-type=text%2Fplain&x=%20+`))
        expect(yield* got.text).toBe("meow")
        yield* send(HttpClientRequest.head(`${base}/${key}`))
        expect(yield* (yield* send(HttpClientRequest.get(`${base}?prefix=a%20b`))).text).toContain("<Key>")
        yield* send(HttpClientRequest.delete(`${base}/${key}`))
      }
    })
  )
})
