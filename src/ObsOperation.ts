/**
 * The operations of the service: for each, what the documents say that it can fail with.
 *
 * An operation is a value (`GetObject`) with its method, its codes and its page, and a type (`GetObjectError`). With it
 * `expect` makes of "anything that the service can answer" the few failures that a caller of this operation can meet,
 * and `UnexpectedObsError` for the rest: what the documents say is a hint and no promise, so nothing is taken for
 * impossible and nothing is lost.
 *
 * The codes of an operation are `CommonError`, those that its own page names, and those of the service's general table
 * that are about what it does. A 400 for which a page names no code is none of them.
 *
 * @since 0.2.0
 */
import type * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import type { OfWrappedClient } from "./internal/failure/recover.js"
import { mapFailures } from "./internal/failure/recover.js"
import type { Operation } from "./internal/operation.js"
import { called, narrow } from "./internal/operation.js"
import type { ObsFailure, UnexpectedObsError } from "./ObsError.js"
import { isObsFailure } from "./ObsError.js"

export type { Documented } from "./internal/failure/model.js"
export type { AnyOperation, Method, Operation } from "./internal/operation.js"
export * from "./operations/Bucket.js"
export * from "./operations/BucketConfiguration.js"
export * from "./operations/Common.js"
export * from "./operations/MultipartUpload.js"
export * from "./operations/Object.js"

/**
 * Narrows what an effect can fail with to what the documents say of an operation.
 *
 * It takes what a client fails with that `ObsHttpClient.filterStatusOk` has wrapped, and does not compile for another,
 * whose errors are answers. A failure of OBS that is not documented for the operation becomes an `UnexpectedObsError`,
 * which holds it. The client is told the operation: its failures name it in `request`, `ObsHttpClient.retry` goes by its
 * `idempotent`, and `filterStatusOk` by its `errorInBody`, for the first request of its method. The answer to a HEAD has no body and often no code: where the documents leave one meaning for its
 * status, as for a 404 of HeadBucket, the failure is of that class and has `inferred`. Other errors, such as those of the
 * HTTP client, stay.
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
    self: Effect.Effect<A, E, R> & OfWrappedClient<E, "ObsOperation.expect">
  ) => Effect.Effect<A, Exclude<E, ObsFailure> | OperationError | UnexpectedObsError, R>
  /**
   * Narrows the failures of an effect to those documented for an operation; any other failure of OBS becomes an
   * `UnexpectedObsError`. The effect must use a client wrapped with `ObsHttpClient.filterStatusOk`.
   */
  <A, E, R, OperationError>(
    self: Effect.Effect<A, E, R> & OfWrappedClient<E, "ObsOperation.expect">,
    operation: Operation<string, OperationError>
  ): Effect.Effect<A, Exclude<E, ObsFailure> | OperationError | UnexpectedObsError, R>
} = /*#__PURE__*/ dual(
  2,
  <A, E, R, OperationError>(
    self: Effect.Effect<A, E, R>,
    operation: Operation<string, OperationError>
  ): Effect.Effect<A, Exclude<E, ObsFailure> | OperationError | UnexpectedObsError, R> =>
    mapFailures(called(self, operation), isObsFailure, (failure) => narrow(failure, operation))
)
