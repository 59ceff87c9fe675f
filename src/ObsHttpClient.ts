/**
 * The HTTP client of `@effect/platform`, with the failures of OBS in its error type.
 *
 * @since 0.1.0
 */
import * as HttpClient from "#http/HttpClient"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Http from "#effect/http"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Layer from "effect/Layer"
import type * as Predicate from "effect/Predicate"
import { Attempt, isDoubtful, isOfUnsafeRequest, observe, withAttempts, within } from "./internal/retry/attempt.js"
import { operationOf } from "./internal/operation.js"
import type { OfWrappedClient } from "./internal/failure/recover.js"
import { clientFirstOrOptions } from "./internal/failure/recover.js"
import { redactAnswer, redactExecution } from "./internal/request/redaction.js"
import { withoutRedirects } from "./internal/request/redirects.js"
import { hasReplayableBody, isIdempotent, signatureOf } from "./internal/request/request.js"
import { CurrentSigning, noteSigning, signingOf } from "./internal/request/signing.js"
import { secretHeader } from "./internal/secrets.js"
import type { SignOptions } from "./internal/signing/client.js"
import { signing } from "./internal/signing/client.js"
import type { CredentialsError, ObsCredentials } from "./ObsCredentials.js"
import type { ObsFailure } from "./ObsError.js"
import type { ReadOptions } from "./ObsResponse.js"
import * as ObsResponse from "./ObsResponse.js"
import * as ObsRetry from "./ObsRetry.js"
import type { SignerError } from "./ObsSigner.js"

export type { SignOptions } from "./internal/signing/client.js"
export type { RedirectOptions } from "./internal/signing/redirect.js"

/**
 * Makes every answer of a client that is no success a typed failure.
 *
 * Answers with a 2xx status pass untouched, their bodies still streaming. With the fetch client redirects are not
 * followed, since they would carry credentials to another address: they are failures with the address in them.
 *
 * The spans of requests and the errors of the platform, with their causes, do not show the secrets of a request: the
 * signature and keys in a presigned address, security tokens, keys of encryption, the fields of a form.
 *
 * Options for fetch, `FetchHttpClient.RequestInit`, have to be provided to the program: those that were given to the
 * layer of the client are not seen from here, and replaced by the one that keeps redirects from being followed.
 *
 * A client that was wrapped with the platform's own `HttpClient.filterStatusOk` before fails with that one's errors.
 *
 * @example
 * ```ts
 * import { HttpClient } from "effect/http"
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
export const filterStatusOk: <A extends AnyClient | ReadOptions = ReadOptions>(
  self?: A & Known<A, ReadOptions>,
  options?: ReadOptions
) => Filtered<A> = /*#__PURE__*/ clientFirstOrOptions(
  Http.isHttpClient,
  <E, R>(
    self: HttpClient.HttpClient.With<E, R>,
    options?: ReadOptions
  ): HttpClient.HttpClient.With<E | ObsFailure, R> =>
    HttpClient.transform(self, (execution, request) =>
      observe(request, (observed) =>
        Effect.flatMap(redactExecution(withoutRedirects(execution), request, observed.sends), (answer) =>
          Effect.flatMap(signingOf(request), (signing) => {
            noteSigning(answer, signing)
            return ObsResponse.filterStatusOk(answer, options)
          }).pipe(
            Effect.tapError((failure) =>
              Effect.sync(() => {
                observed.answered(failure, answer)
              })
            ),
            Effect.map(redactAnswer)
          )
        )
      )
    )
)

/**
 * How the requests of a client are repeated.
 *
 * @category models
 * @since 0.2.0
 */
export interface RetryOptions extends ObsRetry.Options {
  /**
   * Whether a request can be sent twice and leave what sending it once does. By default its operation says so, where
   * `ObsOperation.expect` names it; otherwise it is judged by its method and parameters: GET, HEAD, OPTIONS, PUT and DELETE can, but for changes to a part of an object; POST cannot, but for
   * `?delete`. `ObsOperation` says it for each operation.
   */
  readonly idempotent?: boolean | Predicate.Predicate<HttpClientRequest.HttpClientRequest> | undefined
  /**
   * Whether the body of a request can be sent a second time. By default all can but streams, which the first attempt may
   * have read.
   */
  readonly replayable?: boolean | Predicate.Predicate<HttpClientRequest.HttpClientRequest> | undefined
  /** What pays for the retries; by default the `ObsRetry.Budget` of the context at the time of a request. */
  readonly budget?: ObsRetry.BudgetService | undefined
}

/**
 * Repeats the requests of a client after failures that another attempt can mend.
 *
 * Wrap a client that `filterStatusOk` has wrapped: to any other one an answer with an error is no failure, so it does not
 * compile, nor does a client whose error type is a parameter of a function of yours. Each attempt runs the whole client
 * again, so that what signs its requests signs them anew. What is repeated is judged by the request as it is sent.
 *
 * - Three attempts in all; between them a random wait of at most 50 ms, or 1 s after throttling, which doubles with each
 *   attempt up to 20 s. `Retry-After` and `x-obs-qos-delay-time` can make it up to 5 s longer.
 * - Only requests that are idempotent, unless the failure is known to be of that very request and proves that nothing was
 *   done, and none whose body is a stream. What is sent is known by the platform's spans: where those are disabled, only
 *   an answer is known to be of the request, and no error of the transport.
 * - Paid from `ObsRetry.Budget`, so that an outage is not multiplied.
 * - After `RequestTimeTooSkewed` once, with Effect's clock corrected by the server's; not where that leaves the signature
 *   as it was, such as that of a presigned address.
 *
 * It fails with a copy of the last failure that tells in `attempts` how many there were. Spans of further attempts have
 * `http.request.resend_count`.
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
 *   const client = (yield* HttpClient.HttpClient).pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
 *   const response = yield* client.get("https://photos.obs.example.com/cat.jpg")
 *   return yield* response.text
 * })
 *
 * const script = ObsTestClient.layerScript([
 *   new ObsError.ServiceUnavailable(),
 *   { status: 200, headers: {}, body: "meow" }
 * ])
 * assert.strictEqual(await Effect.runPromise(Effect.provide(program, script)), "meow")
 * ```
 *
 * @category combinators
 * @since 0.2.0
 */
export const retry: <A extends AnyClient | RetryOptions = RetryOptions>(
  self?: A & Wrapped<A> & Known<A, RetryOptions>,
  options?: RetryOptions
) => Retried<A> = /*#__PURE__*/ clientFirstOrOptions(
  Http.isHttpClient,
  <E, R>(self: HttpClient.HttpClient.With<E, R>, options: RetryOptions = {}): HttpClient.HttpClient.With<E, R> => {
    const { idempotent, replayable = hasReplayableBody, ...policy } = options
    return HttpClient.makeWith<never, never, E, R>(
      Effect.flatMap((request) =>
        Effect.flatMap(operationOf(request, "asked"), (operation) => {
          const mayBeDoneTwice = (request: Request) =>
            holds(idempotent ?? operation?.idempotent ?? isIdempotent, request)
          // The last attempt, with the request as all that prepares it inside left it, and what it failed with
          let attempt = new Attempt(request)
          let failure: Option.Option<E> = Option.none()
          const observed = HttpClient.transform(self, (execution, prepared): Effect.Effect<Response, E, R> => {
            const before = signatureOf(attempt.request)
            attempt = new Attempt(prepared)
            // Signed by what the clock does not reach, so the service would say the same again
            const useless = before !== undefined && before === signatureOf(prepared)
            const again = Option.filter(failure, (error) => useless && ObsRetry.classify(error) === "clock")
            return Option.match(again, {
              onNone: () => within(execution, attempt),
              onSome: (error) => Effect.fail(withAttempts(error, 0))
            })
          })
          const mayRepeat = (error: unknown): boolean => {
            const { request } = attempt
            if (!holds(replayable, request)) return false
            const nothingDone = ObsRetry.provesNothingDone(error) && !isDoubtful(error)
            // What is known of another request proves nothing of this one, and can be a reason not to send that one again
            return attempt.isEndedBy(error)
              ? nothingDone || mayBeDoneTwice(request)
              : mayBeDoneTwice(request) && (nothingDone || !isOfUnsafeRequest(error))
          }
          let times = 0
          // What signed the request around this retry would sign it no second time
          const execution = Effect.flatMap(signingOf(request), (signing) => {
            times += 1
            if (signing === undefined || times === 1) return observed.execute(request)
            return Effect.flatMap(signing.again(request), (again) =>
              again === undefined
                ? observed.execute(request)
                : Effect.provideService(observed.execute(again.request), CurrentSigning, Option.some(again.signing))
            )
          })
          return execution.pipe(
            Effect.tapError((error) =>
              Effect.sync(() => {
                failure = Option.some(error)
              })
            ),
            ObsRetry.retry({ ...policy, while: mayRepeat })
          )
        })
      ),
      Effect.succeed
    )
  }
)

/**
 * Signs the requests of a client, with the `ObsCredentials` of the program that sends them.
 *
 * Credentials are asked for at each signing; where they are anonymous the request is sent as it is. Wrap with it what
 * changes requests, and wrap it with `filterStatusOk` and `retry`: each attempt is signed anew, with the time of its own.
 * What is sent is what `ObsSigner.sign` makes of the request.
 *
 * - The time is that of Effect's clock. After `RequestTimeTooSkewed` it is corrected by the server's, for each endpoint,
 *   for this client and all others that are made of the same one: with `retry` a wrong clock costs one request.
 * - Where the service says `SignatureDoesNotMatch`, the `solution` of the failure says what `ObsSigner.explain` found: the
 *   first line in which the two differ, and what usually causes it.
 * - Redirects are failures, with the address in them, unless the option `redirects` follows them. With the fetch client
 *   none is followed by fetch itself.
 *
 * Spans, errors and responses show no signature and no token.
 *
 * Fails with `CredentialsError` where there are none, and with `SignerError` where the request cannot be signed: an
 * address that is not valid or signed already, a form, `aws4` without a region. Nothing was sent then.
 *
 * @example
 * ```ts
 * import { HttpClient } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsCredentials, ObsHttpClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const client = (yield* HttpClient.HttpClient).pipe(
 *     ObsHttpClient.sign,
 *     ObsHttpClient.filterStatusOk,
 *     ObsHttpClient.retry
 *   )
 *   return (yield* client.put("https://photos.obs.eu-de.otc.t-systems.com")).status
 * }).pipe(
 *   Effect.provide(ObsCredentials.layer({ accessKeyId: "HPUAEXAMPLE", secretAccessKey: "not-a-real-secret" })),
 *   Effect.provide(ObsTestClient.layerService)
 * )
 *
 * assert.strictEqual(await Effect.runPromise(program), 200)
 * ```
 *
 * @category combinators
 * @since 0.3.0
 */
export const sign: <A extends AnyClient | SignOptions = SignOptions>(
  self?: A & Known<A, SignOptions>,
  options?: SignOptions
) => Signing<A> = /*#__PURE__*/ clientFirstOrOptions(Http.isHttpClient, signing)

/** What tells a client from options. A client is invariant in its errors with Effect 4, and this part of one is not. */
type AnyClient = Pick<HttpClient.HttpClient.With<unknown, unknown>, "execute">

/** Refuses options that there are not, which would be taken for none. */
type Known<A, Options> = A extends AnyClient ? unknown : { readonly [K in Exclude<keyof A, keyof Options>]: never }

/** Refuses a client whose errors are answers. */
type Wrapped<A> =
  A extends HttpClient.HttpClient.With<infer E, infer _R> ? OfWrappedClient<E, "ObsHttpClient.retry"> : unknown

/** What a client becomes, or what options make of any client. */
type Filtered<A> =
  A extends HttpClient.HttpClient.With<infer E, infer R>
    ? HttpClient.HttpClient.With<E | ObsFailure, R>
    : <E, R>(self: HttpClient.HttpClient.With<E, R>) => HttpClient.HttpClient.With<E | ObsFailure, R>

/** What a client becomes, or what options make of any client. */
type Signing<A> =
  A extends HttpClient.HttpClient.With<infer E, infer R>
    ? HttpClient.HttpClient.With<E | CredentialsError | SignerError, R | ObsCredentials>
    : <E, R>(
        self: HttpClient.HttpClient.With<E, R>
      ) => HttpClient.HttpClient.With<E | CredentialsError | SignerError, R | ObsCredentials>

/** What a client becomes, or what options make of any client. */
type Retried<A> =
  A extends HttpClient.HttpClient.With<infer E, infer R>
    ? HttpClient.HttpClient.With<E, R>
    : <E, R>(
        self: HttpClient.HttpClient.With<E, R> & OfWrappedClient<E, "ObsHttpClient.retry">
      ) => HttpClient.HttpClient.With<E, R>

type Response = HttpClientResponse.HttpClientResponse

type Request = HttpClientRequest.HttpClientRequest

const holds = (condition: boolean | Predicate.Predicate<Request>, request: Request): boolean =>
  typeof condition === "boolean" ? condition : condition(request)

/**
 * Adds the headers of OBS that carry secrets to those that Effect redacts wherever it shows headers: security tokens and
 * keys of server-side encryption, in both dialects.
 *
 * `filterStatusOk` does so for its own requests. This layer does it for everything that it is provided to.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerRedactedHeaders: Layer.Layer<never> = /*#__PURE__*/ Http.layerRedactedHeaders([secretHeader])
