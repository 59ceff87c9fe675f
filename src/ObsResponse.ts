/**
 * The decoder: it turns any HTTP answer into a typed failure.
 *
 * A failure is first made of status and headers alone; the body can only refine it. So nothing that a server sends, or
 * fails to send, makes the decoder throw, die or lose what was known before.
 *
 * @since 0.1.0
 */
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import type { Head } from "./internal/wire/head.js"
import { headOf, isOk } from "./internal/wire/head.js"
import * as internal from "./internal/wire/decode.js"
import type { Deleted } from "./internal/wire/deleteResult.js"
import { readDeleteResult } from "./internal/wire/deleteResult.js"
import { tellRequest, untraced } from "./internal/failure/base.js"
import type { HeadersInput } from "./internal/wire/headers.js"
import { readHeaders } from "./internal/wire/headers.js"
import type { ReadOptions } from "./internal/wire/body.js"
import type { Parts } from "./internal/wire/parts.js"
import { readParts } from "./internal/wire/parts.js"
import { readBody, readNoBody, readSuccess } from "./internal/wire/body.js"
import { checkSuccess, decodeNoResult } from "./internal/wire/errorInSuccess.js"
import { tellRefusal } from "./internal/request/signing.js"
import { printable, shorten } from "./internal/text.js"
import type { AnyOperation, Operation } from "./internal/operation.js"
import { narrow, operationOf } from "./internal/operation.js"
import { requestInfo, withKey } from "./internal/request/requestInfo.js"
import type { ObsFailure, UnexpectedObsError } from "./ObsError.js"

export type { HeadersInput } from "./internal/wire/headers.js"
export type { Parts } from "./internal/wire/parts.js"
export type { Deleted } from "./internal/wire/deleteResult.js"
export type { ReadOptions } from "./internal/wire/body.js"

/**
 * An answer as some HTTP client received it.
 *
 * @category models
 * @since 0.1.0
 */
export interface RawResponse {
  /** The HTTP status. */
  readonly status: number
  readonly headers: HeadersInput
  /** The body as far as it is known; only its first 64 KiB are looked at. */
  readonly body?: string | Uint8Array | undefined
  /** The HTTP method of the request. The answer to a HEAD has no body, whatever is given. */
  readonly method?: string | undefined
}

/**
 * Decodes an answer: the code decides, then the status.
 *
 * Takes any status, headers and body and never throws. A code of the catalogue gives its class, another code
 * `UnknownObsError`, an answer without a code `NotModified` for status 304 and else `UnrecognizedResponse`. Status 203
 * without a code of the catalogue gives `CallbackFailed`. Whether the answer is a failure at all is for the caller to
 * know: one with status 200 is decoded like any other.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsResponse } from "effect-obs"
 *
 * const failure = ObsResponse.decode({
 *   status: 404,
 *   headers: { "X-Obs-Request-Id": "0000018A4E4567BD47CF110EE1B2A4DF" },
 *   body: "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a.txt</Key></Error>"
 * })
 *
 * assert.strictEqual(failure._tag, "NoSuchKey")
 * assert.strictEqual(failure._tag === "NoSuchKey" && failure.key, "a.txt")
 * assert.strictEqual(failure.requestId, "0000018A4E4567BD47CF110EE1B2A4DF")
 * ```
 *
 * @category decoding
 * @since 0.1.0
 */
export const decode = (response: RawResponse): ObsFailure => {
  const { body, headers, method, status } = partsOf(response)
  return internal.decode({
    status: typeof status === "number" ? status : 0,
    headers,
    body: typeof method === "string" && method.toUpperCase() === "HEAD" ? undefined : body,
    ending: undefined,
    isAlone: true
  })
}

/** A response that is none, or has getters that throw, has nothing to tell. */
const partsOf = (response: RawResponse): RawResponse => {
  try {
    const { body, headers, method, status } = response
    return { body, headers, method, status }
  } catch {
    return { status: 0, headers: {} }
  }
}

/**
 * Makes a failure of what another client kept of an answer: its code, its status, its message, its ids.
 *
 * It is the failure that `decode` makes of the whole answer, as far as the parts tell: the code decides, `details` fill
 * the typed fields of its class, and secrets in them are withheld. Without a code it is `NotModified` for status 304 and
 * else `UnrecognizedResponse`. Takes parts of any kind and never throws; no more of them is looked at than 64 KiB.
 *
 * A part counts before the detail of the same meaning, such as `code` before `details.Code`.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsResponse } from "effect-obs"
 *
 * // An error that @aws-sdk/client-s3 throws, which has names of its own for answers without a code
 * const error = {
 *   name: "NoSuchKey",
 *   message: "The specified key does not exist.",
 *   Key: "a.txt",
 *   $metadata: { httpStatusCode: 404, requestId: "0000018A4E4567BD47CF110EE1B2A4DF" }
 * }
 * const thrown = ObsResponse.fromParts({
 *   code: ["NotFound", "Unknown"].includes(error.name) ? undefined : error.name,
 *   status: error.$metadata.httpStatusCode,
 *   message: error.message,
 *   requestId: error.$metadata.requestId,
 *   details: { Key: error.Key }
 * })
 * assert.strictEqual(thrown._tag === "NoSuchKey" && thrown.key, "a.txt")
 *
 * // A result of esdk-obs-nodejs, which has the parts of an error beside those of a success
 * const { CommonMsg } = {
 *   CommonMsg: { Status: 503, Code: "GetQosTokenException", Message: "Wait.", RequestId: "42", HostId: "h", Indicator: "601" }
 * }
 * const answered = ObsResponse.fromParts({
 *   code: CommonMsg.Code,
 *   status: CommonMsg.Status,
 *   message: CommonMsg.Message,
 *   requestId: CommonMsg.RequestId,
 *   hostId: CommonMsg.HostId,
 *   indicator: CommonMsg.Indicator
 * })
 * assert.strictEqual(answered._tag, "GetQosTokenException")
 * assert.strictEqual(answered.retry, "throttling")
 * ```
 *
 * @category decoding
 * @since 0.3.0
 */
export const fromParts = (parts: Parts): ObsFailure => internal.decodeParts(readParts(parts))

/**
 * Reads the body of an answer, within bounds, and decodes it.
 *
 * Never fails: where the body is too long, too slow or cut, the failure is made of what came. The request id and the
 * code are added to the current span as `obs.request_id` and `error.type`.
 *
 * @category decoding
 * @since 0.1.0
 */
export const toFailure = (
  response: HttpClientResponse.HttpClientResponse,
  options?: ReadOptions
): Effect.Effect<ObsFailure> =>
  Effect.suspend(() => {
    const head = headOf(response)
    return Effect.flatMap(operationOf(head.request, "answered"), (operation) =>
      decodeBody(response, head, options, operation)
    )
  })

const decodeBody = (
  response: HttpClientResponse.HttpClientResponse,
  { headers, request, status }: Head,
  options: ReadOptions | undefined,
  operation: AnyOperation | undefined
): Effect.Effect<ObsFailure> => {
  const hasBody = request.method !== "HEAD" && status !== 304
  return Effect.zipWith(
    hasBody ? readBody(response, options) : readNoBody(response, options),
    Clock.currentTimeMillis,
    ({ bytes, ending }, receivedAt) =>
      untraced(() => internal.decode({ status, headers, body: bytes, ending, receivedAt, isAlone: true }))
  ).pipe(
    Effect.tap((failure) =>
      Effect.map(Effect.context<never>(), (context) => {
        tellRequest(failure, requestInfo(request, operation?.name))
        annotate(context, failure)
      })
    ),
    Effect.tap((failure) => tellRefusal(response, failure))
  )
}

const maxCodeLength = 256

/** `Effect.annotateCurrentSpan` makes an error, with its stack, where there is no span. */
const annotate = (context: Context.Context<never>, failure: ObsFailure): void => {
  const span = Option.getOrUndefined(Context.getOption(context, Tracer.ParentSpan))
  if (span?._tag !== "Span") return
  const { _tag } = failure
  span.attribute("error.type", _tag === "UnknownObsError" ? shorten(printable(failure.code), maxCodeLength) : _tag)
  if (failure.requestId !== undefined) span.attribute("obs.request_id", failure.requestId)
}

/**
 * Lets a success pass and fails with the decoded failure on any other answer.
 *
 * A success is an answer with a 2xx status, with three exceptions that the request tells apart:
 *
 * - The answer to a copy, or to the completion of a multipart upload, can have status 200 and an error for a body. Its
 *   body is read before it passes. One that is empty, cut or no result does not tell how it ended and is a failure too.
 * - Status 203 after an upload with `x-obs-callback` says that the object is stored and the callback failed:
 *   `CallbackFailed`.
 *
 * No other body is looked at, those of objects least of all.
 *
 * @category decoding
 * @since 0.1.0
 */
export const filterStatusOk = (
  response: HttpClientResponse.HttpClientResponse,
  options?: ReadOptions
): Effect.Effect<HttpClientResponse.HttpClientResponse, ObsFailure> => check(response, options)

/** What a success passes and everything else fails. */
const check = (
  response: HttpClientResponse.HttpClientResponse,
  options: ReadOptions | undefined,
  known?: AnyOperation
): Effect.Effect<HttpClientResponse.HttpClientResponse, ObsFailure> =>
  Effect.suspend(() => {
    const head = headOf(response)
    return Effect.flatMap(
      known === undefined ? operationOf(head.request, "answered") : Effect.succeed(known),
      (operation) =>
        isOk(head.status)
          ? telling(checkSuccess(response, head, options, operation?.errorInBody === "instead"), head, operation)
          : Effect.flatMap(decodeBody(response, head, options, operation), Effect.fail)
    )
  })

/** Tells the failures of an effect, which are its own, which request they are of. */
const telling = <A>(
  self: Effect.Effect<A, ObsFailure>,
  { request }: Head,
  operation: AnyOperation | undefined
): Effect.Effect<A, ObsFailure> =>
  Effect.tapError(self, (failure) =>
    Effect.sync(() => {
      tellRequest(failure, requestInfo(request, operation?.name))
    })
  )

/**
 * Lets a success of an operation pass and fails with what the documents say of the operation on any other answer.
 *
 * A failure that is not documented for the operation becomes an `UnexpectedObsError`, which holds it. What
 * `ObsOperation.expect` says of answers to HEAD holds here too. The bodies of copies and completed uploads, by the
 * operation and not only by the request, are read before they pass, as by `filterStatusOk`.
 *
 * It is for the answers of a plain client. Where `ObsHttpClient.filterStatusOk` has wrapped the client, which also keeps
 * secrets out of spans and follows no redirect, only successes arrive here: use `ObsOperation.expect` there.
 *
 * @example
 * ```ts
 * import { HttpClientRequest, HttpClientResponse } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsOperation, ObsResponse } from "effect-obs"
 *
 * const response = HttpClientResponse.fromWeb(
 *   HttpClientRequest.head("https://photos.obs.example.com"),
 *   new Response(null, { status: 404 })
 * )
 *
 * const failure = await Effect.runPromise(Effect.flip(ObsResponse.expect(ObsOperation.HeadBucket)(response)))
 * assert.strictEqual(failure._tag, "NoSuchBucket")
 * assert.strictEqual(failure.inferred, true)
 * ```
 *
 * @category decoding
 * @since 0.2.0
 */
export const expect =
  <OperationError>(operation: Operation<string, OperationError>, options?: ReadOptions) =>
  (
    response: HttpClientResponse.HttpClientResponse
  ): Effect.Effect<HttpClientResponse.HttpClientResponse, OperationError | UnexpectedObsError> =>
    Effect.mapError(check(response, options, operation), (failure) => narrow(failure, operation))

/**
 * A key that a multi-object delete did not delete.
 *
 * @category models
 * @since 0.1.0
 */
export interface NotDeleted {
  readonly key: string
  readonly versionId?: string
  /** Why; its status and request id are those of the whole answer. */
  readonly failure: ObsFailure
}

/**
 * What became of the keys of a multi-object delete.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeleteResult {
  /** The keys that were deleted; none in quiet mode. */
  readonly deleted: ReadonlyArray<Deleted>
  /** The keys that were not. */
  readonly errors: ReadonlyArray<NotDeleted>
}

/**
 * How much of a multi-object delete's result is read.
 *
 * @category models
 * @since 0.3.0
 */
export interface DeleteResultOptions extends ReadOptions {
  /** At most so many keys, 1 000 by default: the service takes no more in one request. */
  readonly maxEntries?: number | undefined
}

const maxDeleteResult = 16 * 1024 * 1024

const maxEntriesOf = (maxEntries: number | undefined): number =>
  typeof maxEntries === "number" && maxEntries >= 0 ? Math.floor(maxEntries) : 1000

/**
 * Reads the result of a multi-object delete: what was deleted, and for each key that was not, why.
 *
 * Keys that were encoded for the URL are decoded. Fails where the request as a whole failed, and where the result does
 * not come to its end or names more keys than it may, since then the fate of some keys is unknown.
 *
 * @example
 * ```ts
 * import { HttpClientRequest, HttpClientResponse } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsResponse } from "effect-obs"
 *
 * const response = HttpClientResponse.fromWeb(
 *   HttpClientRequest.post("https://photos.obs.example.com/?delete"),
 *   new Response(
 *     "<DeleteResult><Deleted><Key>a</Key></Deleted><Error><Key>b</Key><Code>AccessDenied</Code></Error></DeleteResult>"
 *   )
 * )
 *
 * const { deleted, errors } = await Effect.runPromise(ObsResponse.deleteResult(response))
 * assert.deepStrictEqual(deleted, [{ key: "a" }])
 * assert.deepStrictEqual(errors.map(({ failure, key }) => [key, failure._tag]), [["b", "AccessDenied"]])
 * ```
 *
 * @category decoding
 * @since 0.1.0
 */
export const deleteResult = (
  response: HttpClientResponse.HttpClientResponse,
  options?: DeleteResultOptions
): Effect.Effect<DeleteResult, ObsFailure> =>
  Effect.suspend(() => {
    const head = headOf(response)
    return Effect.flatMap(operationOf(head.request, "answered"), (operation) =>
      isOk(head.status)
        ? telling(readEntries(response, head, options, operation), head, operation)
        : Effect.flatMap(decodeBody(response, head, options, operation), Effect.fail)
    )
  })

const readEntries = (
  response: HttpClientResponse.HttpClientResponse,
  head: Head,
  options: DeleteResultOptions | undefined,
  operation: AnyOperation | undefined
): Effect.Effect<DeleteResult, ObsFailure> =>
  Effect.flatMap(readSuccess(response, maxDeleteResult), (body) => {
    const { headers, request, status } = head
    const entries = body.ending === undefined ? readDeleteResult(body.bytes, maxEntriesOf(options?.maxEntries)) : "None"
    if (entries === "None") return Effect.fail(decodeNoResult(head, body))
    if (entries === "TooMany") {
      return Effect.fail(decodeNoResult(head, { bytes: new Uint8Array(), ending: "TooLarge" }))
    }
    const facts = { ...readHeaders(headers, status), elements: new Map<string, string>() }
    const info = requestInfo(request, operation?.name)
    const { deleted, errors } = entries
    return Effect.succeed({
      deleted,
      errors: untraced(() =>
        errors.map(({ elements, ...entry }) => {
          const failure = internal.decodeEntry(elements, status, facts)
          tellRequest(failure, withKey(info, entry.key))
          return { ...entry, failure }
        })
      )
    })
  })
