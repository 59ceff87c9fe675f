/**
 * Effect's HTTP client, with the failures of OBS in its error type.
 *
 * @since 0.1.0
 */
import * as HttpClient from "#http/HttpClient"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Http from "#effect/http"
import * as Runtime from "#effect/runtime"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Layer from "effect/Layer"
import type * as Predicate from "effect/Predicate"
import { Attempt, Execution, isDoubtful, isOfUnsafeRequest, withAttempts, within } from "./internal/retry/attempt.js"
import { CurrentTally } from "./internal/retry/tally.js"
import { callIn } from "./internal/operation.js"
import type { OfWrappedClient } from "./internal/failure/recover.js"
import { clientFirstOrOptions } from "./internal/failure/recover.js"
import { redactAnswer, redactExecution } from "./internal/request/redaction.js"
import { hasReplayableBody, isIdempotent, signatureOf } from "./internal/request/request.js"
import { CurrentSigning, noteSigning, signingIn } from "./internal/request/signing.js"
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
 * Makes a client fail with a typed failure, an `ObsFailure`, unless the response is a success.
 *
 * A 2xx response passes untouched, its body still streaming. The fetch client follows no redirect, since that would carry
 * credentials to another address: a redirect is a failure that holds the address.
 *
 * Spans and the HTTP client's own errors, with their causes, do not show the secrets of a request: the signature and keys
 * in a presigned URL, security tokens, encryption keys, the fields of a form.
 *
 * Provide options for fetch, `FetchHttpClient.RequestInit`, to the program. Options that were given to the layer of the
 * client are not visible here and are lost.
 *
 * A client that the platform's own `HttpClient.filterStatusOk` has wrapped fails with the platform's errors instead.
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
      Effect.flatMap(Effect.context<never>(), (context) => {
        const tally = Option.getOrUndefined(Context.get(context, CurrentTally))
        const observed = new Execution(request, tally, callIn(context, request, "sent")?.target?.attributes)
        return redactExecution(execution, request, observed.sends).pipe(
          Effect.flatMap((answer) => {
            noteSigning(answer, signingIn(context, request))
            return Effect.matchEffect(ObsResponse.filterStatusOk(answer, options), {
              onFailure: (failure) => {
                observed.answered(failure, answer)
                return Effect.fail(failure)
              },
              onSuccess: (answer) => Effect.succeed(redactAnswer(answer))
            })
          }),
          Effect.tapError((error) =>
            Effect.sync(() => {
              observed.failed(error)
            })
          )
        )
      })
    )
)

/**
 * Options of `retry`.
 *
 * @category models
 * @since 0.2.0
 */
export interface RetryOptions extends ObsRetry.Options {
  /**
   * Whether sending a request twice has the same effect as sending it once. By default the operation decides, where
   * `ObsOperation.expect` names it. Otherwise the method and the parameters do: GET, HEAD, OPTIONS, PUT and DELETE are
   * idempotent, except for changes to a part of an object, and POST is not, except for `?delete`.
   */
  readonly idempotent?: boolean | Predicate.Predicate<HttpClientRequest.HttpClientRequest> | undefined
  /**
   * Whether the body of a request can be sent a second time. By default every body but a stream can; the first attempt
   * may have read a stream.
   */
  readonly replayable?: boolean | Predicate.Predicate<HttpClientRequest.HttpClientRequest> | undefined
  /** The budget that pays for the retries. The default is the `ObsRetry.Budget` of the context of the request. */
  readonly budget?: ObsRetry.BudgetService | undefined
}

/**
 * Sends the requests of a client again after failures that another attempt can fix.
 *
 * The client has to be wrapped with `filterStatusOk` first: an unwrapped client sees error responses as successes, so it
 * does not compile here. Neither does a client whose error type is a type parameter of your own function. Each attempt
 * runs the whole client again, so it is signed anew.
 *
 * - Up to three attempts. The wait between them is random, at most 50 ms, or 1 s after throttling, and the maximum doubles
 *   with each attempt up to 20 s. `Retry-After` and `x-obs-qos-delay-time` can add up to 5 s.
 * - Only idempotent requests whose body is not a stream. Another request is sent again only if the failure belongs to it
 *   and proves that nothing was done. The platform's spans show what was sent: with tracing disabled a response still
 *   proves this, an error of the transport does not.
 * - `ObsRetry.Budget` pays for each retry, so that retries do not multiply an outage.
 * - After `RequestTimeTooSkewed` there is one more attempt, with Effect's clock corrected by the server's, unless the
 *   signature does not depend on the clock, as in a presigned URL.
 *
 * Fails with a copy of the last failure, whose `attempts` is the number of attempts. The spans of further attempts have
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
        Effect.flatMap(Effect.context<never>(), (context) => {
          const operation = callIn(context, request, "asked")?.operation
          const signing = signingIn(context, request)
          const mayBeDoneTwice = (request: Request) =>
            holds(idempotent ?? operation?.idempotent ?? isIdempotent, request)
          // The last attempt, with the request as the wrapped client prepared it, and its failure
          let attempt = new Attempt(request)
          let failure: Option.Option<E> = Option.none()
          const observed = HttpClient.transform(self, (execution, prepared): Effect.Effect<Response, E, R> => {
            const before = signatureOf(attempt.request)
            attempt = new Attempt(prepared)
            // The signature does not depend on the clock, so the service would respond the same again
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
            // A failure of another request proves nothing about this one, and can be a reason not to send the other again
            return attempt.isEndedBy(error)
              ? nothingDone || mayBeDoneTwice(request)
              : mayBeDoneTwice(request) && (nothingDone || !isOfUnsafeRequest(error))
          }
          let times = 0
          // A client that signs around this retry signs only once
          const execution = Effect.suspend(() => {
            times += 1
            if (signing === undefined || times === 1) return observed.execute(request)
            return Effect.flatMap(signing.again(request), (again) =>
              again === undefined
                ? observed.execute(request)
                : Runtime.withReference(observed.execute(again.request), CurrentSigning, Option.some(again.signing))
            )
          })
          const remembered = Effect.tapError(execution, (error) =>
            Effect.sync(() => {
              failure = Option.some(error)
            })
          )
          return ObsRetry.retry(remembered, { ...policy, while: mayRepeat })
        })
      ),
      Effect.succeed
    )
  }
)

/**
 * Signs the requests of a client with the `ObsCredentials` of the program.
 *
 * Each signing asks for the credentials; anonymous ones leave the request unsigned. Wrap the client with `sign` after
 * anything that changes requests, and before `filterStatusOk` and `retry`: each attempt is then signed anew, with a fresh
 * date. `ObsSigner.sign` makes the request that is sent.
 *
 * - The date comes from Effect's clock. After `RequestTimeTooSkewed` the clock is corrected by the server's, for each
 *   endpoint, in every client made from the same one: with `retry` a wrong clock costs one request.
 * - After `SignatureDoesNotMatch` the `solution` of the failure says what `ObsSigner.explain` found: the first line that
 *   differs and its usual cause.
 * - A redirect is a failure that holds the address, unless the option `redirects` follows it. Fetch itself follows none.
 *
 * Spans, errors and responses show no signature and no token.
 *
 * Fails before anything is sent: with `CredentialsError` if there are no credentials, and with `SignerError` if the request
 * cannot be signed because its address is invalid or already signed, its body is a form, or `aws4` has no region.
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

/** Tells a client from options. `With` is invariant in its errors in Effect 4; this part of it is not. */
type AnyClient = Pick<HttpClient.HttpClient.With<unknown, unknown>, "execute">

/** Refuses unknown options. */
type Known<A, Options> = A extends AnyClient ? unknown : { readonly [K in Exclude<keyof A, keyof Options>]: never }

/** Refuses an unwrapped client. */
type Wrapped<A> =
  A extends HttpClient.HttpClient.With<infer E, infer _R> ? OfWrappedClient<E, "ObsHttpClient.retry"> : unknown

/** The result of `filterStatusOk`: a client, or a function of one where only options were given. */
type Filtered<A> =
  A extends HttpClient.HttpClient.With<infer E, infer R>
    ? HttpClient.HttpClient.With<E | ObsFailure, R>
    : <E, R>(self: HttpClient.HttpClient.With<E, R>) => HttpClient.HttpClient.With<E | ObsFailure, R>

/** The result of `sign`: a client, or a function of one where only options were given. */
type Signing<A> =
  A extends HttpClient.HttpClient.With<infer E, infer R>
    ? HttpClient.HttpClient.With<E | CredentialsError | SignerError, R | ObsCredentials>
    : <E, R>(
        self: HttpClient.HttpClient.With<E, R>
      ) => HttpClient.HttpClient.With<E | CredentialsError | SignerError, R | ObsCredentials>

/** The result of `retry`: a client, or a function of one where only options were given. */
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
 * Makes Effect redact the headers of OBS that carry secrets wherever it shows headers: security tokens and keys of
 * server-side encryption, in both dialects.
 *
 * `filterStatusOk` does this for its own requests. This layer does it for everything it is provided to.
 *
 * @category layers
 * @since 0.1.0
 */
export const layerRedactedHeaders: Layer.Layer<never> = /*#__PURE__*/ Http.layerRedactedHeaders([secretHeader])
