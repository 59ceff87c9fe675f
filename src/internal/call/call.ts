/**
 * One call of an operation: its request is checked, written, sent and read.
 */
import type * as HttpBody from "#http/HttpBody"
import type * as HttpClientError from "#http/HttpClientError"
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Tracer from "effect/Tracer"
import type { ObsFailure } from "../../errors/ObsFailure.js"
import { isObsFailure } from "../../errors/ObsFailure.js"
import type { UnexpectedObsError } from "../../errors/UnexpectedObsError.js"
import type { CredentialsError } from "../credentials/error.js"
import { tellRequest } from "../failure/base.js"
import type { AnyOperation, Operation } from "../operation.js"
import { Call as OperationCall, CurrentCall, narrow } from "../operation.js"
import { requestInfoOf } from "../request/requestInfo.js"
import { withoutSecrets } from "../secrets.js"
import { escaped } from "../signature/address.js"
import type { SignerError } from "../signature/signerError.js"
import { printable, shorten } from "../text.js"
import { CurrentIdle } from "../wire/body.js"
import { addressIn, wrongBucket, wrongKey } from "./endpoint.js"
import type { InvalidInput, Wrong } from "./invalidInput.js"
import { invalidInput, isHalf, quoted } from "./invalidInput.js"
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

const wrongParameters = ({ parameters = {} }: CallRequest): Wrong | undefined => {
  const option = Object.keys(parameters).find((name) => isHalf(name) || isHalf(String(parameters[name])))
  return option === undefined
    ? undefined
    : { option: quoted(option), what: "has half a character", solution: "Give well-formed Unicode." }
}

const typeOf = (body: HttpBody.HttpBody | undefined): string | undefined =>
  body === undefined || body._tag === "Empty" ? undefined : body.contentType

const headerName = /^[\w!#$%&'*+.^`|~-]+$/

/** What no client sends as it is, and no signature is right of. Values are not told, since they can be secrets. */
const wrongHeaders = ({ body, headers = {} }: CallRequest): Wrong | undefined => {
  const all: HeadersIn = { ...headers, "content-type": headers["content-type"] ?? typeOf(body) }
  const option = Object.keys(all).find((name) => all[name] !== undefined && !/^[\t -~]*$/.test(all[name]))
  if (option !== undefined) {
    return {
      option: quoted(option),
      what: "has characters that no header has",
      solution: "Give printable ASCII: encode the name of a file as filename*=UTF-8''%C3%A4.txt."
    }
  }
  const name = Object.keys(headers).find((name) => !headerName.test(name))
  return name === undefined
    ? undefined
    : { option: "headers", what: `has the name ${quoted(name)}, which no header has`, solution: "Give another one." }
}

/** The parts of a host and a port, as spans name them. */
const serverOf = (host: string) => {
  const [, name = host, port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? []
  return { "server.address": name, ...(port === undefined ? undefined : { "server.port": Number(port) }) }
}

const maxAttributeLength = 1024

const attributeOf = (text: string): string => shorten(withoutSecrets(printable(text)), maxAttributeLength)

const toldOf = (error: SendError) => ({
  "error.type": attributeOf(error._tag === "UnknownObsError" ? error.code : error._tag),
  ...(isObsFailure(error) && error.requestId !== undefined ? { "obs.request_id": error.requestId } : undefined)
})

/** A failure as one of the operation, which knows its request even where its response was decoded by something else. */
export const narrowed = <E>(
  operation: Operation<string, E>,
  { bucket, key }: Pick<CallRequest, "bucket" | "key">,
  failure: ObsFailure
): E | UnexpectedObsError => {
  if (failure.request?.operation === undefined) {
    tellRequest(failure, requestInfoOf({ operation: operation.name, method: operation.method, bucket, key }))
  }
  return narrow(failure, operation)
}

/** Calls an operation through a client. */
export const callWith = <E, A>(
  client: ObsClientService,
  operation: Operation<string, E>,
  { read, wrong, ...request }: Call<A>
): Effect.Effect<A, E | CallError> => {
  const refused = wrongTarget(request) ?? wrong ?? wrongParameters(request) ?? wrongHeaders(request)
  if (refused !== undefined) return Effect.fail(invalidInput(refused, operation.name))
  const { bucket, key } = request
  const named = {
    ...(bucket === undefined ? undefined : { "obs.bucket": bucket }),
    ...(key === undefined ? undefined : { "obs.key": attributeOf(key) })
  }
  const target = { bucket, key, attributes: { "obs.operation": operation.name, ...named } }
  const attributes = {
    "rpc.system": "obs",
    "rpc.method": operation.name,
    ...serverOf(client.endpoint.host),
    ...named
  }
  const options: Tracer.SpanOptions = { kind: "client", attributes, captureStackTrace: false }
  return Effect.useSpan(`OBS/${operation.name}`, options, (span) => {
    let requestId: string | undefined
    const sent = client.send(requestOf(client, operation.method, request), (response) => {
      requestId = response.headers["x-obs-request-id"] ?? response.headers["x-amz-request-id"]
      return read(response, client)
    })
    return Effect.matchEffect(sent, {
      onSuccess: (a) => {
        if (requestId !== undefined) span.attribute("obs.request_id", attributeOf(requestId))
        return Effect.succeed(a)
      },
      onFailure: (error) => {
        const told = toldOf(error)
        span.attribute("obs.operation", operation.name)
        for (const [name, text] of Object.entries(told)) span.attribute(name, text)
        return Effect.andThen(
          Runtime.logDebug(`${operation.name} failed`, { ...attributes, ...told }),
          Effect.fail<E | CallError>(isObsFailure(error) ? narrowed(operation, request, error) : error)
        )
      }
    }).pipe((self) =>
      Runtime.mapContext(self, (context) =>
        context.pipe(
          Context.add(Tracer.ParentSpan, span),
          Context.add(CurrentCall, Option.some(new OperationCall(operation, target))),
          Context.add(CurrentIdle, Option.some(client.idle))
        )
      )
    )
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
