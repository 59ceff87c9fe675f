/**
 * Keeps signatures, keys and tokens of requests out of what the platform shows: header listings, spans and errors.
 */
import * as Headers from "@effect/platform/Headers"
import * as HttpClientError from "@effect/platform/HttpClientError"
import * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Stream from "effect/Stream"
import * as Tracer from "effect/Tracer"
import { systemErrorOf } from "./cause.js"
import { derive } from "./record.js"
import { withoutCredentials } from "./request.js"
import { redacted } from "./text.js"

/** The headers of OBS, in both dialects, whose values are secrets. */
export const secretHeaders: ReadonlyArray<string | RegExp> = [
  "x-obs-security-token",
  "x-amz-security-token",
  /^x-(obs|amz)-(copy-source-)?server-side-encryption-customer-key(-md5)?$/
]

const isSecretHeader = (name: string): boolean =>
  name === "authorization" ||
  secretHeaders.some((secret) => (typeof secret === "string" ? secret === name : secret.test(name)))

const secretParameter =
  /^(aws)?accesskeyid$|^signature$|^policy$|^x-amz-(signature|credential|security-token)$|^x-obs-security-token$/i

/** The query without the values of parameters that sign it. */
const redactQuery = (query: string): string =>
  query.replace(/([^&=?#]+)=([^&#]*)/g, (pair: string, name: string) => {
    let decoded = name
    try {
      decoded = decodeURIComponent(name)
    } catch {
      // a name that cannot be decoded is taken as it is
    }
    return secretParameter.test(decoded) ? `${name}=${redacted}` : pair
  })

/** The address without what signs it and without credentials in front of the host. */
const redactUrl = (url: string): string => {
  const start = url.indexOf("?")
  const address = withoutCredentials(start === -1 ? url : url.slice(0, start))
  return start === -1 ? address : address + redactQuery(url.slice(start))
}

const redactHeaders = (headers: Headers.Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecretHeader(name) ? redacted : value]))

/** The request as it may be shown. */
const redactRequest = (request: HttpClientRequest.HttpClientRequest): HttpClientRequest.HttpClientRequest =>
  request.pipe(
    HttpClientRequest.setUrl(redactUrl(request.url)),
    HttpClientRequest.setUrlParams(
      request.urlParams.map(([name, value]): [string, string] => [name, secretParameter.test(name) ? redacted : value])
    ),
    HttpClientRequest.setHeaders(redactHeaders(request.headers))
  )

const hasSecrets = (request: HttpClientRequest.HttpClientRequest): boolean =>
  redactUrl(request.url) !== request.url ||
  request.urlParams.some(([name]) => secretParameter.test(name)) ||
  Object.keys(request.headers).some(isSecretHeader)

/** What made a request fail, in words that do not repeat what signs its address. */
const redactCause = (cause: unknown, request: HttpClientRequest.HttpClientRequest): unknown => {
  if (!(cause instanceof Error)) return cause
  const userinfo = /^[a-z][a-z0-9+.-]*:\/\/([^/@]*)@/i.exec(request.url)?.[1] ?? ""
  const values = [...request.urlParams, ...new URLSearchParams(request.url.slice(request.url.indexOf("?") + 1))]
    .filter(([name]) => secretParameter.test(name))
    .map(([, value]) => value)
  const message = [...values, ...values.map(encodeURIComponent), userinfo]
    .filter((value) => value !== "")
    .reduce((text, value) => text.split(value).join(redacted), cause.message)
  const shown = new Error(message)
  shown.name = cause.name
  return Object.assign(shown, systemErrorOf(cause))
}

/** Lets an error of the platform show its request, and the request of its response, without secrets. */
const redactError = (error: unknown): void => {
  if (!HttpClientError.isHttpClientError(error) || !hasSecrets(error.request)) return
  const request = redactRequest(error.request)
  if (error.cause !== undefined) {
    Reflect.defineProperty(error, "cause", {
      value: redactCause(error.cause, error.request),
      enumerable: true,
      configurable: true
    })
  }
  Reflect.defineProperty(error, "request", { value: request, enumerable: true, configurable: true })
  if (error._tag === "ResponseError") {
    Reflect.defineProperty(error, "response", {
      value: redactResponse(error.response, request),
      enumerable: true,
      configurable: true
    })
  }
}

const hide = (error: unknown): Effect.Effect<void> =>
  Effect.sync(() => {
    redactError(error)
  })

/** The same response, which shows `request` for its own and fails with errors that show no secrets. */
const redactResponse = (
  response: HttpClientResponse.HttpClientResponse,
  request: HttpClientRequest.HttpClientRequest
): HttpClientResponse.HttpClientResponse => {
  const show = () => ({
    _id: "@effect/platform/HttpClientResponse",
    request,
    status: response.status,
    headers: response.headers
  })
  const effect = <A, E, R>(read: () => Effect.Effect<A, E, R>): PropertyDescriptor => ({
    get: () => Effect.tapError(read(), hide)
  })
  return derive(response, {
    request: { value: request },
    text: effect(() => response.text),
    json: effect(() => response.json),
    arrayBuffer: effect(() => response.arrayBuffer),
    formData: effect(() => response.formData),
    urlParamsBody: effect(() => response.urlParamsBody),
    stream: {
      get: () => Stream.tapError(response.stream, hide)
    },
    toJSON: { value: () => show() },
    [NodeInspectSymbol]: { value: () => show() }
  })
}

/** The same tracer, whose spans do not take the signed parts of an address for attributes. */
const redactTracer = (tracer: Tracer.Tracer): Tracer.Tracer =>
  Tracer.make({
    span: (...args) => {
      const span = tracer.span(...args)
      const attribute = span.attribute.bind(span)
      const end = span.end.bind(span)
      // The span stays the tracer's own, which may have to know it again; one that cannot be changed shows what it shows
      Reflect.defineProperty(span, "attribute", {
        value: (key: string, value: unknown) => {
          const isText = typeof value === "string"
          if (isText && key === "url.full") attribute(key, redactUrl(value))
          else if (isText && key === "url.query") attribute(key, redactQuery(value))
          else attribute(key, value)
        },
        configurable: true,
        writable: true
      })
      Reflect.defineProperty(span, "end", {
        value: (time: bigint, exit: Exit.Exit<unknown, unknown>) => {
          if (Exit.isFailure(exit)) for (const error of Cause.failures(exit.cause)) redactError(error)
          end(time, exit)
        },
        configurable: true,
        writable: true
      })
      return span
    },
    context: (f, fiber) => tracer.context(f, fiber)
  })

/** Runs the execution of a request so that neither its span nor its errors show secrets. */
export const redactExecution = <E, R>(
  execution: Effect.Effect<HttpClientResponse.HttpClientResponse, E, R>
): Effect.Effect<HttpClientResponse.HttpClientResponse, E, R> =>
  Effect.tracerWith((tracer) => Effect.withTracer(execution, redactTracer(tracer))).pipe(
    Effect.locallyWith(Headers.currentRedactedNames, (names) => [...names, ...secretHeaders]),
    Effect.tapError(hide)
  )

/** The response as it is handed on: it shows its request without secrets. */
export const redactAnswer = (response: HttpClientResponse.HttpClientResponse): HttpClientResponse.HttpClientResponse =>
  hasSecrets(response.request) ? redactResponse(response, redactRequest(response.request)) : response
