/**
 * The operations of the service and the errors that each is documented to fail with.
 *
 * An operation is a value (`GetObject`) with its method, codes and documentation page, and a type (`GetObjectError`).
 * `expect` uses it to narrow "anything the service can send" to the few failures that a caller of the operation has to
 * know. Any other failure becomes `UnexpectedObsError`: the documentation is a hint, not a promise.
 *
 * The codes of an operation are `CommonError`, the codes that its own page names, and codes of the service's general
 * table that are about what it does. If a page gives status 400 without a code, no code is listed for it.
 *
 * @since 0.2.0
 */
import type * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import type { WrapFirst } from "./internal/failure/recover.js"
import { mapFailures } from "./internal/failure/recover.js"
import type { Operation } from "./internal/operation.js"
import { called, narrow } from "./internal/operation.js"
import type { Failure, ObsFailure, UnexpectedObsError } from "./ObsError.js"
import { isObsFailure } from "./ObsError.js"

export type { Documented } from "./internal/failure/model.js"
export type { AnyOperation, Method, Operation } from "./internal/operation.js"
export * from "./operations/Bucket.js"
export * from "./operations/BucketConfiguration.js"
export * from "./operations/Common.js"
export * from "./operations/MultipartUpload.js"
export * from "./operations/Object.js"

// Short and of their own, since an editor shows them at every call

/** Refuses an unwrapped client. */
type Wrapped<E> = [Extract<E, Failure>] extends [never] ? { readonly "ObsOperation.expect": WrapFirst } : unknown

/** The errors that are none of OBS. */
type Others<E> = E extends ObsFailure ? never : E

/**
 * Narrows the failures of an effect to those documented for an operation.
 *
 * The effect must use a client wrapped with `ObsHttpClient.filterStatusOk`; with any other client this does not
 * compile, because that client returns error responses as successes.
 *
 * - A failure of OBS that is not documented for the operation becomes an `UnexpectedObsError`, which holds it. Other
 *   errors, such as those of the HTTP client, are left alone.
 * - The response to a HEAD has no body and often no code. If only one documented error has its status, such as 404 for
 *   HeadBucket, the failure is of that class, with `inferred` set. A 400 is never inferred.
 * - The client learns the operation of the first request with its method: failures name it in `request`,
 *   `ObsHttpClient.retry` uses its `idempotent`, and `filterStatusOk` its `errorInBody`.
 *
 * @example
 * ```ts
 * import type { HttpClient } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsError, ObsHttpClient, ObsOperation } from "effect-obs"
 * import { ObsTestClient, ObsTestService } from "effect-obs/testing"
 *
 * const read = (client: HttpClient.HttpClient, url: string) =>
 *   ObsHttpClient.filterStatusOk(client)
 *     .get(url)
 *     .pipe(
 *       ObsOperation.expect(ObsOperation.GetObject),
 *       Effect.flatMap((response) => response.text),
 *       Effect.catchTags({
 *         NoSuchKey: ({ key }) => Effect.succeed(`no ${key ?? "object"}`),
 *         UnexpectedObsError: ({ failure }) => Effect.succeed(`surprised by ${failure._tag}`)
 *       })
 *     )
 *
 * const answering = (failure: ObsError.ObsFailure) => ObsTestClient.make(ObsTestService.failing(() => failure))
 * const url = "https://photos.obs.example.com/a.txt"
 *
 * assert.strictEqual(await Effect.runPromise(read(answering(new ObsError.NoSuchKey({ key: "a.txt" })), url)), "no a.txt")
 * assert.strictEqual(
 *   await Effect.runPromise(read(answering(new ObsError.TooManyBuckets()), url)),
 *   "surprised by TooManyBuckets"
 * )
 * ```
 *
 * @category combinators
 * @since 0.2.0
 */
export const expect: {
  /**
   * Narrows the failures of an effect to those documented for an operation; any other failure of OBS becomes an
   * `UnexpectedObsError`. The effect must use a client wrapped with `ObsHttpClient.filterStatusOk`.
   */
  <OperationError>(
    operation: Operation<string, OperationError>
  ): <A, E, R>(
    self: Effect.Effect<A, E, R> & Wrapped<E>
  ) => Effect.Effect<A, Others<E> | OperationError | UnexpectedObsError, R>
  /**
   * Narrows the failures of an effect to those documented for an operation; any other failure of OBS becomes an
   * `UnexpectedObsError`. The effect must use a client wrapped with `ObsHttpClient.filterStatusOk`.
   */
  <A, E, R, OperationError>(
    self: Effect.Effect<A, E, R> & Wrapped<E>,
    operation: Operation<string, OperationError>
  ): Effect.Effect<A, Others<E> | OperationError | UnexpectedObsError, R>
} = /*#__PURE__*/ dual(
  2,
  <A, E, R, OperationError>(
    self: Effect.Effect<A, E, R>,
    operation: Operation<string, OperationError>
  ): Effect.Effect<A, Others<E> | OperationError | UnexpectedObsError, R> =>
    mapFailures(called(self, operation), isObsFailure, (failure) => narrow(failure, operation))
)
