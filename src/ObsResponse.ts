/**
 * Decodes any HTTP response to a typed failure.
 *
 * A failure is first built from status and headers alone; the body can only refine it. So whatever a server sends, or
 * fails to send, the decoder never throws, never dies, and never loses what it knew.
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
import { readFailure, readSuccess } from "./internal/wire/body.js"
import { checkSuccess, decodeNoResult } from "./internal/wire/errorInSuccess.js"
import { tellRefusal } from "./internal/request/signing.js"
import { withoutSecrets } from "./internal/secrets.js"
import { printable, shorten } from "./internal/text.js"
import type { Operation } from "./internal/operation.js"
import { Call, callIn, narrow } from "./internal/operation.js"
import { requestInfo, withKey } from "./internal/request/requestInfo.js"
import type { ObsFailure, UnexpectedObsError } from "./ObsError.js"

export type { HeadersInput } from "./internal/wire/headers.js"
export type { Parts } from "./internal/wire/parts.js"
export type { Deleted } from "./internal/wire/deleteResult.js"
export type { ReadOptions } from "./internal/wire/body.js"

/**
 * An HTTP response as a client received it.
 *
 * @category models
 * @since 0.1.0
 */
export interface RawResponse {
  /** The HTTP status. */
  readonly status: number
  readonly headers: HeadersInput
  /** The body, as far as it is known. Only the first 64 KiB are read. */
  readonly body?: string | Uint8Array | undefined
  /** The HTTP method of the request. The body of a response to HEAD is ignored. */
  readonly method?: string | undefined
}

/**
 * Decodes a response to a failure, by its code first and its status second. Never throws, whatever it is given.
 *
 * - A code of the catalogue gives its class, any other code `UnknownObsError`.
 * - Without a code, status 304 gives `NotModified`, any other `UnrecognizedResponse`.
 * - Status 203 gives `CallbackFailed`, unless the code is in the catalogue.
 *
 * The caller has to know that the response is a failure: one with status 200 is decoded like any other.
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

/** Reads the properties of a response; one that is not an object, or has throwing getters, has none. */
const partsOf = (response: RawResponse): RawResponse => {
  try {
    const { body, headers, method, status } = response
    return { body, headers, method, status }
  } catch {
    return { status: 0, headers: {} }
  }
}

/**
 * Makes a failure from what another client kept of a response: code, status, message and ids.
 *
 * It is the failure that `decode` makes of the whole response, as far as the parts say: the code decides, `details`
 * fill the typed fields of its class, and secrets in them are withheld. Without a code it is `NotModified` for status
 * 304 and `UnrecognizedResponse` otherwise. Never throws, and reads at most 64 KiB of text.
 *
 * A part takes precedence over the detail with the same meaning, such as `code` over `details.Code`.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsResponse } from "effect-obs"
 *
 * // An error that @aws-sdk/client-s3 throws, which has names of its own for responses without a code
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
 * Reads the body of a response, within limits, and decodes the response to a failure.
 *
 * Never fails: if the body is too long, too slow or cut, the failure is made of what arrived. Adds `error.type`,
 * `obs.request_id` and, as far as they are known, `obs.operation`, `obs.bucket` and `obs.key` to the current span.
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
    return Effect.flatMap(Effect.context<never>(), (context) =>
      decodeBody(response, head, options, context, callIn(context, head.request, "answered"))
    )
  })

const decodeBody = (
  response: HttpClientResponse.HttpClientResponse,
  { headers, request, status }: Head,
  options: ReadOptions | undefined,
  context: Context.Context<never>,
  call: Call | undefined
): Effect.Effect<ObsFailure> =>
  Effect.flatMap(readFailure(response, { request, status }, options), ({ bytes, ending }) =>
    Effect.flatMap(Clock.currentTimeMillis, (receivedAt) => {
      const failure = untraced(() =>
        internal.decode({ status, headers, body: bytes, ending, receivedAt, isAlone: true })
      )
      tellRequest(failure, requestInfo(request, call))
      // A call says in its span what it ends with, which may be something else
      if (call?.target === undefined) annotate(context, failure)
      return Effect.as(tellRefusal(response, failure), failure)
    })
  )

const maxCodeLength = 256

// The bytes of a key are at most so many
const maxKeyLength = 1024

/** Annotates the current span. `Effect.annotateCurrentSpan` would create an error, with its stack, if there is none. */
const annotate = (context: Context.Context<never>, failure: ObsFailure): void => {
  const span = Option.getOrUndefined(Context.getOption(context, Tracer.ParentSpan))
  if (span?._tag !== "Span") return
  const { _tag } = failure
  span.attribute("error.type", _tag === "UnknownObsError" ? shorten(printable(failure.code), maxCodeLength) : _tag)
  if (failure.requestId !== undefined) span.attribute("obs.request_id", failure.requestId)
  for (const name of ["operation", "bucket", "key"] as const) {
    const text = failure.request?.[name]
    if (text !== undefined) span.attribute(`obs.${name}`, shorten(withoutSecrets(printable(text)), maxKeyLength))
  }
}

/**
 * Passes a success through and fails with the decoded failure otherwise.
 *
 * A success is a 2xx response, with two exceptions that depend on the request:
 *
 * - A copy, or the completion of a multipart upload, can get status 200 with an error in the body. The body is read
 *   before the response passes. If it is empty, cut or not a result, the outcome is unknown, which is a failure too.
 * - Status 203 after an upload with `x-obs-callback` means that the object is stored but the callback failed:
 *   `CallbackFailed`.
 *
 * No other body is read, so objects keep streaming.
 *
 * @category decoding
 * @since 0.1.0
 */
export const filterStatusOk = (
  response: HttpClientResponse.HttpClientResponse,
  options?: ReadOptions
): Effect.Effect<HttpClientResponse.HttpClientResponse, ObsFailure> => check(response, options)

/** Passes a success and fails otherwise. */
const check = (
  response: HttpClientResponse.HttpClientResponse,
  options: ReadOptions | undefined,
  known?: Call
): Effect.Effect<HttpClientResponse.HttpClientResponse, ObsFailure> =>
  Effect.flatMap(Effect.context<never>(), (context) => {
    const head = headOf(response)
    const call = known ?? callIn(context, head.request, "answered")
    return isOk(head.status)
      ? telling(checkSuccess(response, head, options, call?.operation.errorInBody === "instead"), head, call)
      : Effect.flatMap(decodeBody(response, head, options, context, call), Effect.fail)
  })

/** Adds the request to the failures of an effect, which must be its own. */
const telling = <A>(
  self: Effect.Effect<A, ObsFailure>,
  { request }: Head,
  call: Call | undefined
): Effect.Effect<A, ObsFailure> =>
  Effect.tapError(self, (failure) =>
    Effect.sync(() => {
      tellRequest(failure, requestInfo(request, call))
    })
  )

/**
 * Passes a success of an operation through and fails with the errors documented for the operation otherwise.
 *
 * A failure that is not documented for the operation becomes an `UnexpectedObsError`, which holds it. Responses to HEAD
 * are treated as in `ObsOperation.expect`, and bodies of copies and completed uploads as in `filterStatusOk`, except
 * that the operation decides instead of the request.
 *
 * Use it for responses of a plain client. With a client wrapped by `ObsHttpClient.filterStatusOk`, which also keeps
 * secrets out of spans and follows no redirect, only successes get here: use `ObsOperation.expect`.
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
    Effect.mapError(check(response, options, new Call(operation)), (failure) => narrow(failure, operation))

/**
 * A key that a multi-object delete failed to delete.
 *
 * @category models
 * @since 0.1.0
 */
export interface NotDeleted {
  readonly key: string
  readonly versionId?: string
  /** The reason. Status and request id are those of the whole response. */
  readonly failure: ObsFailure
}

/**
 * The result of a multi-object delete.
 *
 * @category models
 * @since 0.1.0
 */
export interface DeleteResult {
  /** The keys that were deleted; empty in quiet mode. */
  readonly deleted: ReadonlyArray<Deleted>
  /** The keys that were not deleted. */
  readonly errors: ReadonlyArray<NotDeleted>
}

/**
 * Limits for reading the result of a multi-object delete.
 *
 * @category models
 * @since 0.3.0
 */
export interface DeleteResultOptions extends ReadOptions {
  /** The largest number of keys: 1 000 by default, as many as the service accepts in one request. */
  readonly maxEntries?: number | undefined
}

const maxDeleteResult = 16 * 1024 * 1024

const maxEntriesOf = (maxEntries: number | undefined): number =>
  typeof maxEntries === "number" && maxEntries >= 0 ? Math.floor(maxEntries) : 1000

/**
 * Reads the result of a multi-object delete: the keys that were deleted, and why the others were not.
 *
 * URL-encoded keys are decoded. Fails if the request as a whole failed, and if the result is cut or names too many
 * keys, since the fate of some keys is then unknown.
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
  Effect.flatMap(Effect.context<never>(), (context) => {
    const head = headOf(response)
    const call = callIn(context, head.request, "answered")
    return isOk(head.status)
      ? telling(readEntries(response, head, options, call), head, call)
      : Effect.flatMap(decodeBody(response, head, options, context, call), Effect.fail)
  })

const readEntries = (
  response: HttpClientResponse.HttpClientResponse,
  head: Head,
  options: DeleteResultOptions | undefined,
  call: Call | undefined
): Effect.Effect<DeleteResult, ObsFailure> =>
  Effect.flatMap(readSuccess(response, maxDeleteResult), (body) => {
    const { headers, request, status } = head
    const entries = body.ending === undefined ? readDeleteResult(body.bytes, maxEntriesOf(options?.maxEntries)) : "None"
    if (entries === "None") return Effect.fail(decodeNoResult(head, body))
    if (entries === "TooMany") {
      return Effect.fail(decodeNoResult(head, { bytes: new Uint8Array(), ending: "TooLarge" }))
    }
    const facts = { ...readHeaders(headers, status), elements: new Map<string, string>() }
    const info = requestInfo(request, call)
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
