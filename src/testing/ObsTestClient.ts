/**
 * HTTP clients that need no network.
 *
 * @since 0.1.0
 */
import type { UnsentError } from "#effect/http"
import { transportError, unsentError } from "#effect/http"
import * as Runtime from "#effect/runtime"
import * as HttpClient from "#http/HttpClient"
import * as HttpClientResponse from "#http/HttpClientResponse"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { CurrentAhead } from "../internal/retry/clock.js"
import { concat } from "../internal/wire/body.js"
import { isNoResponse } from "./carried.js"
import { sendableHeaders } from "./sendableHeaders.js"
import * as ObsClient from "../ObsClient.js"
import * as ObsCredentials from "../ObsCredentials.js"
import * as ObsError from "../ObsError.js"
import type { Answer } from "./ObsAnswer.js"
import * as ObsAnswer from "./ObsAnswer.js"
import type { Handler } from "./ObsTestService.js"
import * as ObsTestService from "./ObsTestService.js"

const bytesOf = (request: HttpClientRequest.HttpClientRequest): Effect.Effect<Uint8Array, UnsentError> => {
  const { body } = request
  const fail = (cause: unknown) => unsentError({ request, cause })
  switch (body._tag) {
    case "Empty":
      return Effect.succeed(new Uint8Array())
    case "Uint8Array":
      return Effect.succeed(body.body)
    case "Raw":
    case "FormData": {
      const source: unknown = body._tag === "Raw" ? body.body : body.formData
      return Effect.tryPromise({
        try: async () =>
          new Uint8Array(await new Response(isBodyInit(source) ? source : JSON.stringify(source)).arrayBuffer()),
        catch: fail
      })
    }
    case "Stream":
      return Stream.runCollect(body.stream).pipe(
        Effect.map((chunks) => concat(Array.from(chunks))),
        Effect.mapError(fail)
      )
  }
}

const isBodyInit = (
  u: unknown
): u is string | Blob | FormData | URLSearchParams | ArrayBuffer | ArrayBufferView<ArrayBuffer> | ReadableStream =>
  typeof u === "string" ||
  ArrayBuffer.isView(u) ||
  u instanceof Blob ||
  u instanceof FormData ||
  u instanceof URLSearchParams ||
  u instanceof ArrayBuffer ||
  u instanceof ReadableStream

type Body = ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null

const webBody = (body: ObsTestService.Response["body"]): Effect.Effect<Body> => {
  // Bytes, since a text would bring a content type of its own
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body
  // With the clock of whoever asks, which can be that of a test
  if (!(bytes instanceof Uint8Array)) return Stream.toReadableStreamEffect(bytes)
  return Effect.succeed(bytes.length === 0 ? null : bytes.slice())
}

const toWeb = ({ body, headers, status }: ObsTestService.Response, method: string): Effect.Effect<Response> =>
  Effect.map(method === "HEAD" ? Effect.succeed(null) : webBody(body), (body) =>
    // The constructor takes no status below 200 and none with a body where there must be none; servers send them
    Object.defineProperty(new Response(body, { headers: sendableHeaders(headers) }), "status", { value: status })
  )

const respond = (
  request: HttpClientRequest.HttpClientRequest,
  answer: ObsTestService.Response
): Effect.Effect<HttpClientResponse.HttpClientResponse, UnsentError> => {
  if (!isNoResponse(answer)) {
    return Effect.map(toWeb(answer, request.method), (web) => HttpClientResponse.fromWeb(request, web))
  }
  const description = "the connection was broken off before a response"
  // As Node says it
  const cause = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })
  return Effect.fail(transportError({ request, description, cause }))
}

/** Runs a service on the clock as it is, without what a retry has corrected for its signatures. */
const onItsOwnClock = <A, E, R>(service: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.flatMap(CurrentAhead, (ahead) => (ahead === 0 ? service : Runtime.withClockAhead(service, -ahead)))

/**
 * Makes a client whose requests a handler answers.
 *
 * @example
 * ```ts
 * import { HttpClient } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsHttpClient } from "effect-obs"
 * import { ObsTestClient, ObsTestService } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(yield* ObsTestService.make))
 *   const failure = yield* Effect.flip(client.get("https://obs.example.com/photos/cat.jpg"))
 *   assert.strictEqual(failure._tag, "NoSuchBucket")
 * })
 *
 * await Effect.runPromise(program)
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (handler: Handler): HttpClient.HttpClient =>
  HttpClient.make((request, url) =>
    bytesOf(request).pipe(
      Effect.flatMap((body) => onItsOwnClock(handler({ method: request.method, url, headers: request.headers, body }))),
      Effect.flatMap((answer) => respond(request, answer))
    )
  )

/**
 * Provides a client whose requests a handler answers.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (handler: Handler): Layer.Layer<HttpClient.HttpClient> =>
  Layer.succeed(HttpClient.HttpClient, make(handler))

/**
 * Provides a client of a service of its own, in memory and with no buckets yet.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerService: Layer.Layer<HttpClient.HttpClient> = Layer.effect(
  HttpClient.HttpClient,
  Effect.map(ObsTestService.make, make)
)

/**
 * Provides an `ObsClient` of a service of its own, in memory and with no buckets yet: calls need nothing else.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "photos" })
 *   return yield* Effect.flip(ObsClient.headObject({ bucket: "photos", key: "cat.jpg" }))
 * })
 *
 * const failure = await Effect.runPromise(Effect.provide(program, ObsTestClient.layerClient))
 * assert.strictEqual(failure._tag, "NoSuchKey")
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerClient: Layer.Layer<ObsClient.ObsClient> = /*#__PURE__*/ Layer.orDie(
  /*#__PURE__*/ Layer.provide(
    /*#__PURE__*/ ObsClient.layer({ endpoint: "https://obs.example.com" }),
    /*#__PURE__*/ Layer.merge(
      /*#__PURE__*/ ObsCredentials.layer({ accessKeyId: "AK", secretAccessKey: "not-a-real-secret" }),
      layerService
    )
  )
)

/**
 * Provides a client of a service of its own that looks at signatures, where it is given credentials.
 *
 * @category layers
 * @since 0.3.0
 */
export const layerServiceWith = (options: ObsTestService.Options): Layer.Layer<HttpClient.HttpClient> =>
  Layer.effect(HttpClient.HttpClient, Effect.map(ObsTestService.makeWith(options), make))

/**
 * Provides a client that gives the responses of a list in order, one for each request.
 *
 * A failure is sent as the service would send it. A request for which no response is left fails with an `HttpClientError`
 * that no retry follows.
 *
 * @example
 * ```ts
 * import { HttpClient } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsError, ObsHttpClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const client = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
 *   const get = client.get("https://photos.obs.example.com/cat.jpg")
 *   return yield* Effect.catchTag(get, "SlowDown", () => get)
 * })
 *
 * const script = ObsTestClient.layerScript([new ObsError.SlowDown(), { status: 200, headers: {}, body: "meow" }])
 * const answer = await Effect.runPromise(Effect.provide(program, script))
 * assert.strictEqual(answer.status, 200)
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layerScript = (answers: Iterable<ObsError.ObsFailure | Answer>): Layer.Layer<HttpClient.HttpClient> =>
  Layer.sync(HttpClient.HttpClient, () => {
    const script = answers[Symbol.iterator]()
    return HttpClient.make((request, url) =>
      Effect.suspend(() => {
        const next = script.next()
        if (next.done === true) {
          const description = "the script has no response left"
          return Effect.fail(unsentError({ request, description }))
        }
        const dialect = ObsTestService.dialectOf({ url, headers: request.headers })
        const answer = ObsError.isObsFailure(next.value)
          ? ObsAnswer.render(next.value, { dialect, method: request.method })
          : next.value
        return respond(request, answer)
      })
    )
  })
