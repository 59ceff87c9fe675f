/**
 * An OBS as an app of Effect's HTTP server: to mount in a server or a router of any platform.
 *
 * @since 0.3.0
 */
import * as Runtime from "#effect/runtime"
import * as HttpServerRequest from "#http/HttpServerRequest"
import * as HttpServerResponse from "#http/HttpServerResponse"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import * as ObsError from "../ObsError.js"
import { addressOf, isNoResponse, receivedHeaders, saysNoBody, sendable } from "./carried.js"
import * as ObsAnswer from "./ObsAnswer.js"
import type { Handler, Response } from "./ObsTestService.js"

type Distinct = Parameters<typeof receivedHeaders>[1]

const isDistinct = (u: unknown): u is Distinct => Predicate.isObject(u) && Object.values(u).every(Array.isArray)

/** The values of repeated headers, one by one, where the platform tells them. */
const distinctOf = ({ source }: HttpServerRequest.HttpServerRequest): Distinct =>
  Predicate.hasProperty(source, "headersDistinct") && isDistinct(source.headersDistinct) ? source.headersDistinct : {}

/** A request of the web tells that it has no body, the headers of others do. */
const hasNoBody = ({ headers, source }: HttpServerRequest.HttpServerRequest): boolean =>
  Predicate.hasProperty(source, "body") ? source.body === null : saysNoBody(headers)

/** The host of a request that names it in its address alone, as those of the web do. */
const hostIn = (address: string): string | undefined => /^[a-z]+:\/\/([^/?#]*)/i.exec(address)?.[1]

/** An address without the part that names the host. */
const withoutHost = (address: string): string => address.replace(/^[a-z]+:\/\/[^/?#]*(?=\/)/i, "")

interface Destroyable {
  readonly destroy: () => unknown
}

const isDestroyable = (u: unknown): u is Destroyable =>
  Predicate.hasProperty(u, "destroy") && typeof u.destroy === "function"

/** Cuts the connection of a request where the platform lets it, which not every server does when a body fails. */
const cut = ({ source }: HttpServerRequest.HttpServerRequest): Effect.Effect<void> =>
  Effect.sync(() => {
    if (isDestroyable(source)) source.destroy()
  })

const toServer = (
  response: Response,
  incoming: HttpServerRequest.HttpServerRequest
): HttpServerResponse.HttpServerResponse => {
  const { body, headers, status } = sendable(response, incoming.method)
  const options = { status, headers: Object.fromEntries(headers) }
  if (!(body instanceof Uint8Array)) {
    const length = headers.get("content-length")
    const contentType = headers.get("content-type")
    return HttpServerResponse.stream(
      Stream.onError(body, () => cut(incoming)),
      {
        ...options,
        ...(length === undefined ? undefined : { contentLength: Number(length) }),
        ...(contentType === undefined ? undefined : { contentType })
      }
    )
  }
  return body.length === 0 ? HttpServerResponse.empty(options) : HttpServerResponse.uint8Array(body, options)
}

/**
 * Makes an app of a handler. Bodies are taken and given as they come.
 *
 * The path is the one that the router leaves, and signatures are checked against the one that was sent. On Node both are
 * as they came over the wire, and so are headers that were sent several times; a platform of the web has changed some of
 * them, such as dot segments. A handler that dies is turned into `500 InternalError`; what HTTP cannot carry is sent as
 * `ObsTestServer.make` sends it.
 *
 * @example
 * ```ts
 * import { HttpServerRequest, HttpServerResponse } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsTestApp, ObsTestService } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const app = ObsTestApp.make(yield* ObsTestService.make)
 *   const request = HttpServerRequest.fromWeb(new Request("http://localhost/photos"))
 *   const response = yield* Effect.provideService(app, HttpServerRequest.HttpServerRequest, request)
 *   assert.strictEqual(HttpServerResponse.toWeb(response).status, 404)
 * })
 *
 * await Effect.runPromise(program)
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const make = (
  handler: Handler
): Effect.Effect<HttpServerResponse.HttpServerResponse, never, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (incoming) => {
    const { method, originalUrl } = incoming
    const fail = (failure: ObsError.ObsFailure) =>
      Effect.sync(() => toServer(ObsAnswer.render(failure, { method }), incoming))
    const headers = receivedHeaders(incoming.headers, distinctOf(incoming))
    const url = addressOf(incoming.url, headers["host"] ?? hostIn(originalUrl))
    if (url === undefined) return fail(new ObsError.InvalidURI())
    // Whoever breaks off closes the connection, and that interrupts whoever reads
    const body = hasNoBody(incoming) ? new Uint8Array() : Stream.orDie(incoming.stream)
    const request = { method, url, target: withoutHost(originalUrl), headers, body }
    // Servers run apps where nothing can be interrupted
    return Effect.interruptible(Effect.suspend(() => handler(request))).pipe(
      Effect.flatMap((response) =>
        isNoResponse(response)
          ? Effect.as(cut(incoming), HttpServerResponse.empty({ status: 502 }))
          : Effect.sync(() => toServer(response, incoming))
      ),
      Runtime.catchCause(() => fail(new ObsError.InternalError()))
    )
  })
