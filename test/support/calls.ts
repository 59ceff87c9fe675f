/**
 * Clients for the tests of calls.
 */
import { Effect, type HttpClient, Layer, Stream } from "#test/effect"
import { ObsClient, ObsCredentials, ObsError } from "effect-obs"
import { ObsAnswer, ObsTestClient, ObsTestService } from "effect-obs/testing"

export const secret = "not-a-real-secret"

/** A client of these options over an HTTP client. */
export const obsOver = (http: Layer.Layer<HttpClient.HttpClient>, options: Partial<ObsClient.Options> = {}) =>
  Layer.provide(
    ObsClient.layer({ endpoint: "https://obs.example.com", ...options }),
    Layer.merge(http, ObsCredentials.layer({ accessKeyId: "AK", secretAccessKey: secret }))
  )

export const ok: ObsAnswer.Answer = { status: 200, headers: {}, body: "" }

export const xml = (body: string): ObsAnswer.Answer => ({
  status: 200,
  headers: { "content-type": "application/xml", "x-obs-request-id": "r" },
  body
})

type Answering = (request: ObsTestService.Request, times: number) => ObsAnswer.Answer | ObsError.ObsFailure

/** Answers, and remembers what was sent. */
export const recorder = (answer: Answering = () => ok) => {
  const sent: Array<ObsTestService.Request> = []
  const handler: ObsTestService.Handler = (request) =>
    Effect.sync(() => {
      sent.push(request)
      const answered = answer(request, sent.length)
      return ObsError.isObsFailure(answered)
        ? ObsAnswer.render(answered, { dialect: ObsTestService.dialectOf(request), method: request.method })
        : answered
    })
  return {
    sent,
    handler,
    /** A client that does not repeat what fails, unless the options say so. */
    client: (options?: Partial<ObsClient.Options>) =>
      obsOver(ObsTestClient.layer(handler), { retry: false, ...options })
  }
}

/** A client of a service of its own. */
export const service = (options?: Partial<ObsClient.Options>) => obsOver(ObsTestClient.layerService, options)

export const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export const bytes = (length: number, seed = 1): Uint8Array => {
  let x = seed
  return Uint8Array.from({ length }, () => (x = (x * 48_271) % 2_147_483_647) & 0xff)
}

/** All bytes of a stream. */
export const collected = <E, R>(stream: Stream.Stream<Uint8Array, E, R>) =>
  Effect.map(Stream.runCollect(stream), (chunks) => Buffer.concat(Array.from(chunks)))
