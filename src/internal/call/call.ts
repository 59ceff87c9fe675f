/**
 * One call of an operation: its request is checked, written, sent and read.
 */
import type * as HttpBody from "#http/HttpBody"
import type * as HttpClientError from "#http/HttpClientError"
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Effect from "effect/Effect"
import type { ObsFailure } from "../../errors/ObsFailure.js"
import { isObsFailure } from "../../errors/ObsFailure.js"
import type { UnexpectedObsError } from "../../errors/UnexpectedObsError.js"
import type { CredentialsError } from "../credentials/error.js"
import { tellRequest } from "../failure/base.js"
import type { AnyOperation, Operation } from "../operation.js"
import { called, narrow } from "../operation.js"
import { requestInfoOf } from "../request/requestInfo.js"
import { escaped } from "../signature/address.js"
import type { SignerError } from "../signature/signerError.js"
import { addressIn, wrongBucket, wrongKey } from "./endpoint.js"
import type { Wrong } from "./invalidInput.js"
import type { InvalidInput } from "./invalidInput.js"
import { invalidInput } from "./invalidInput.js"
import type { ObsClientService, SendError } from "./service.js"
import { ObsClient } from "./service.js"

/**
 * What every call can fail with besides the documented errors of its operation: a failure of the service that its
 * documents do not name, credentials that are not there, a request that cannot be signed or made, and the HTTP client's
 * own errors, such as a connection that cannot be opened.
 *
 * @category errors
 * @since 0.3.0
 */
export type CallError =
  UnexpectedObsError | CredentialsError | SignerError | InvalidInput | HttpClientError.HttpClientError

/** The parameters of an address by name; those that are undefined are left out, and those that are empty have no value. */
export type Parameters = { readonly [name: string]: string | number | undefined }

/** The headers of a request by name; those that are undefined are left out. */
export type HeadersIn = { readonly [name: string]: string | undefined }

/** The request of a call, and how its response is read. */
export interface Call<A> extends CallRequest {
  /** What is wrong with the options, besides bucket and key. */
  readonly wrong?: Wrong | undefined
  readonly read: Read<A>
}

/** The request of a call. */
export interface CallRequest {
  readonly bucket?: string | undefined
  readonly key?: string | undefined
  readonly parameters?: Parameters | undefined
  readonly headers?: HeadersIn | undefined
  readonly body?: HttpBody.HttpBody | undefined
}

/** Reads the response of a call. */
export type Read<A> = (
  response: HttpClientResponse.HttpClientResponse,
  client: ObsClientService
) => Effect.Effect<A, ObsFailure>

const queryOf = (parameters: Parameters): string => {
  const pairs = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [value === "" ? escaped(name) : `${escaped(name)}=${escaped(String(value))}`]
  )
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`
}

const headersOf = (headers: HeadersIn): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), value]]))
  )

const requestOf = (
  { endpoint }: ObsClientService,
  method: AnyOperation["method"],
  { body, bucket, headers, key, parameters }: CallRequest
): HttpClientRequest.HttpClientRequest => {
  const url = addressIn(endpoint, bucket, key) + (parameters === undefined ? "" : queryOf(parameters))
  const options = { headers: headers === undefined ? {} : headersOf(headers) }
  return HttpClientRequest.make(method)(url, body === undefined ? options : { ...options, body })
}

const wrongTarget = ({ bucket, key }: CallRequest): Wrong | undefined =>
  (bucket === undefined ? undefined : wrongBucket(bucket)) ?? (key === undefined ? undefined : wrongKey(key))

/** Calls an operation through a client. */
export const callWith = <E, A>(
  client: ObsClientService,
  operation: Operation<string, E>,
  { read, wrong, ...request }: Call<A>
): Effect.Effect<A, E | CallError> => {
  const refused = wrongTarget(request) ?? wrong
  if (refused !== undefined) return Effect.fail(invalidInput(refused, operation.name))
  const { bucket, key } = request
  const info = () => requestInfoOf({ operation: operation.name, method: operation.method, bucket, key })
  const attributes = {
    "rpc.system": "obs",
    "rpc.method": operation.name,
    "server.address": client.endpoint.host,
    ...(bucket === undefined ? undefined : { "obs.bucket": bucket }),
    ...(key === undefined ? undefined : { "obs.key": key })
  }
  const narrowed = (error: SendError): E | CallError => {
    if (!isObsFailure(error)) return error
    tellRequest(error, info())
    return narrow(error, operation)
  }
  const sent = client.send(requestOf(client, operation.method, request), (response) => read(response, client))
  return Effect.withSpan(Effect.mapError(called(sent, operation), narrowed), `OBS/${operation.name}`, {
    kind: "client",
    attributes,
    captureStackTrace: false
  })
}

/** Calls an operation. */
export const call = <E, A>(
  operation: Operation<string, E>,
  of: (client: ObsClientService) => Call<A>
): Effect.Effect<A, E | CallError, ObsClient> =>
  Effect.flatMap(ObsClient, (client) => callWith(client, operation, of(client)))

/** Fails where a number is none, or is out of its range. */
export const wrongCount = (option: string, count: number | undefined, min: number, max: number): Wrong | undefined =>
  count === undefined || (Number.isSafeInteger(count) && count >= min && count <= max)
    ? undefined
    : { option, what: `is ${String(count)}`, solution: `Give a whole number from ${min} to ${max}.` }

/** The first of several wrongs. */
export const firstWrong = (...wrongs: ReadonlyArray<Wrong | undefined>): Wrong | undefined =>
  wrongs.find((wrong) => wrong !== undefined)
