/**
 * The HTTP client of `@effect/platform`, with the failures of OBS in its error type.
 *
 * @since 0.1.0
 */
import * as FetchHttpClient from "@effect/platform/FetchHttpClient"
import * as Headers from "@effect/platform/Headers"
import * as HttpClient from "@effect/platform/HttpClient"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Layer from "effect/Layer"
import { redactExecution, secretHeaders } from "./internal/redaction.js"
import type { ObsFailure } from "./ObsError.js"
import type { ReadOptions } from "./ObsResponse.js"
import * as ObsResponse from "./ObsResponse.js"

/**
 * A signed request is only valid at the address it was signed for, and fetch would take its token, keys and body along
 * to wherever `Location` points. So a redirect is an answer like any other.
 */
const withoutRedirects = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.mapInputContext(effect, (context: Context.Context<R>) =>
    Context.add(context, FetchHttpClient.RequestInit, {
      ...Option.getOrUndefined(Context.getOption(context, FetchHttpClient.RequestInit)),
      redirect: "manual"
    })
  )

/**
 * Makes every answer of a client that is no success a typed failure.
 *
 * Answers with a 2xx status pass untouched, their bodies still streaming. With the fetch client redirects are not
 * followed, since they would carry credentials to another address: they are failures with the address in them.
 *
 * The spans of requests and the errors of the platform do not show what signs a request: the signature and keys in a
 * presigned address, security tokens, keys of encryption.
 *
 * Options for fetch, `FetchHttpClient.RequestInit`, have to be provided to the program: those that were given to the
 * layer of the client are not seen from here, and replaced by the one that keeps redirects from being followed.
 *
 * A client that was wrapped with the platform's own `HttpClient.filterStatusOk` before fails with that one's errors.
 *
 * @example
 * ```ts
 * import { HttpClient } from "@effect/platform"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsHttpClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const client = (yield* HttpClient.HttpClient).pipe(ObsHttpClient.filterStatusOk)
 *   return yield* client.put("https://obs.example.com/photos").pipe(
 *     Effect.as("created"),
 *     Effect.catchTag("BucketAlreadyOwnedByYou", () => Effect.succeed("there already"))
 *   )
 * })
 *
 * const twice = Effect.all([program, program]).pipe(Effect.provide(ObsTestClient.layerService))
 * assert.deepStrictEqual(await Effect.runPromise(twice), ["created", "there already"])
 * ```
 *
 * @category combinators
 * @since 0.1.0
 */
export const filterStatusOk = <E, R>(
  self: HttpClient.HttpClient.With<E, R>,
  options?: ReadOptions
): HttpClient.HttpClient.With<E | ObsFailure, R> =>
  HttpClient.transformResponse(self, (response) =>
    Effect.flatMap(redactExecution(withoutRedirects(response)), (answer) => ObsResponse.filterStatusOk(answer, options))
  )

/**
 * Adds the headers of OBS that carry secrets to those that Effect redacts wherever it shows headers: security tokens and
 * keys of server-side encryption, in both dialects.
 *
 * `filterStatusOk` does so for its own requests. This layer does it for everything that it is provided to.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerRedactedHeaders: Layer.Layer<never> = Layer.fiberRefLocallyScopedWith(
  Headers.currentRedactedNames,
  (names) => [...names, ...secretHeaders]
)
