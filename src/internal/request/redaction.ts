/**
 * Keeps signatures, keys and tokens of requests out of what the platform shows: header listings, spans and errors.
 */
import * as Headers from "#http/Headers"
import * as HttpClientError from "#http/HttpClientError"
import * as HttpClientRequest from "#http/HttpClientRequest"
import * as HttpClientResponse from "#http/HttpClientResponse"
import type * as HttpBody from "#http/HttpBody"
import * as Http from "#effect/http"
import * as Runtime from "#effect/runtime"
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { identity } from "effect/Function"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Stream from "effect/Stream"
import type * as Tracer from "effect/Tracer"
import { replaced } from "../failure/recover.js"
import { derive, inherit, isObject } from "../object.js"
import { isSecretName, redacted, secretHeader, withoutSecrets, withoutUserinfo, withoutValues } from "../secrets.js"
import { cleanerOf } from "./cleaner.js"
import { systemErrorOf } from "./networkError.js"
import { withoutRedirects } from "./redirects.js"
import { secretsOf } from "./secretValues.js"

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse

/** Removes secrets from a query: the values of secret parameters, and secrets inside other values. */
const redactQuery = (query: string): string =>
  query.replace(/([^&=?#]+)=([^&#]*)/g, (_, name: string, value: string) =>
    isSecretName(name) ? `${name}=${redacted}` : `${name}=${withoutSecrets(value)}`
  )

/** Removes the signature from an address, and the credentials before the host. */
const redactUrl = (url: string): string => {
  const start = url.search(/[?#]/)
  const address = withoutUserinfo(start === -1 ? url : url.slice(0, start))
  return start === -1 ? address : address + redactQuery(url.slice(start))
}

const redactHeaders = (headers: Headers.Headers): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretName(name) ? redacted : withoutSecrets(value)])
  )

const redactParameter = (name: string, value: string): string => (isSecretName(name) ? redacted : withoutSecrets(value))

// A limit for each request; longer bodies are of no use in an error
const maxShown = 4096

/** Whether the platform would show a body that may contain secrets. */
const showsSecrets = (body: HttpBody.HttpBody): boolean => {
  switch (body._tag) {
    case "Empty":
    case "Stream":
      return false
    case "Uint8Array": {
      const isShown = body.contentType.startsWith("text/") || body.contentType.endsWith("json")
      return isShown && (body.body.length > maxShown || hasSecrets(new TextDecoder().decode(body.body)))
    }
    case "Raw":
      return typeof body.body !== "string" || body.body.length > maxShown || hasSecrets(body.body)
    case "FormData":
      return true
  }
}

// Form parts have names, and JSON can escape its names
const isForm = /form-data;[^\n]*name=|\\u00/i

const hasSecrets = (text: string): boolean => isForm.test(text) || withoutSecrets(text) !== text

/** Hides the content of a body when it is shown. */
const hiddenBody = (body: HttpBody.HttpBody): HttpBody.HttpBody => {
  const { _tag } = body
  const contentType = "contentType" in body ? body.contentType : undefined
  const contentLength = "contentLength" in body ? body.contentLength : undefined
  const show = { value: () => ({ _id: Http.bodyId, _tag, body: redacted, contentType, contentLength }) }
  return derive(body, { toJSON: show, [NodeInspectSymbol]: show })
}

/** The request as it may be shown; the same object if it has nothing to hide. */
const redactRequest = (request: Request): Request => {
  const url = redactUrl(request.url)
  const urlParams = Http.mapParameters(request, redactParameter)
  const headers = redactHeaders(request.headers)
  const hash = Option.map(request.hash, withoutSecrets)
  const isOpen =
    url === request.url &&
    urlParams === request.urlParams &&
    Object.entries(headers).every(([name, value]) => value === request.headers[name]) &&
    Option.getOrUndefined(hash) === Option.getOrUndefined(request.hash) &&
    !showsSecrets(request.body)
  if (isOpen) return request
  const body = showsSecrets(request.body) ? hiddenBody(request.body) : request.body
  const shown = { method: request.method, url, urlParams, hash, headers: Headers.fromInput(headers), body }
  return derive(
    HttpClientRequest.get(""),
    Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, { value, enumerable: true }]))
  )
}

// Shorter values could be anything
const minSecretLength = 4

/** Makes a function that removes a request's secrets from the reason of its failure. */
const redactorOf = (request: Request): ((reason: unknown) => unknown) =>
  cleanerOf(withoutValues(secretsOf(request), minSecretLength), false)

// The original requests of errors that show a redacted one
const requests = new WeakMap<object, Request>()

/** The request of a platform error as it was sent, even if the error shows it without secrets. */
export const requestOf = (error: HttpClientError.HttpClientError): Request => requests.get(error) ?? error.request

/** A platform error that shows its request, the request of its response, and its cause without secrets. */
const redactError = (error: HttpClientError.HttpClientError): HttpClientError.HttpClientError => {
  const request = redactRequest(error.request)
  const redact = redactorOf(requestOf(error))
  const told = Http.partsOf(error)
  const cause = redact(told.cause)
  // Effect's message says no more than that the transport failed
  const description = redact(told.description ?? systemErrorOf(told.cause)?.code)
  if (request === told.request && cause === told.cause && description === told.description) return error
  const shown = Http.withParts(error, {
    request,
    cause,
    description: typeof description === "string" ? description : undefined,
    response: told.response === undefined ? undefined : redactResponse(told.response, () => request)
  })
  requests.set(shown, requestOf(error))
  return shown
}

const redactFailure = <E>(error: E): E => replaced(error, HttpClientError.isHttpClientError, redactError)

const redactDefect = (defect: unknown, request: Request): unknown =>
  HttpClientError.isHttpClientError(defect) ? redactError(defect) : redactorOf(request)(defect)

/**
 * Removes secrets from the cause that a request ended with, defects included. Errors of others keep the form that their
 * type promises.
 */
const redactCause = <E>(cause: Cause.Cause<E>, request: Request): Cause.Cause<E> =>
  Runtime.mapCause(cause, { fail: redactFailure, die: (defect) => redactDefect(defect, request) })

/** The same for a span, which only shows errors of others. */
const redactShown = (cause: Cause.Cause<unknown>, request: Request): Cause.Cause<unknown> =>
  Runtime.mapCause(cause, {
    fail: (error) => redactDefect(error, request),
    die: (defect) => redactDefect(defect, request)
  })

// The original responses of those that show a redacted request
const responses = new WeakMap<Response, Response>()

/** The response itself, for those who show nothing of it and do not hand it out. */
export const unredacted = (response: Response): Response => responses.get(response) ?? response

/** The response with `request` as its request, which is made when it is asked for, and with errors that show no secrets. */
const redactResponse = (response: Response, request: () => Request): Response => {
  let shown: Request | undefined
  const show = () => ({
    _id: Http.responseId,
    request: (shown ??= request()),
    status: response.status,
    headers: redactHeaders(response.headers)
  })
  const safe = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.mapError(effect, redactFailure)
  const safeResponse = inherit(
    {
      get request() {
        return (shown ??= request())
      },
      get text() {
        return safe(response.text)
      },
      get json() {
        return safe(response.json)
      },
      get arrayBuffer() {
        return safe(response.arrayBuffer)
      },
      get formData() {
        return safe(response.formData)
      },
      get urlParamsBody() {
        return safe(response.urlParamsBody)
      },
      get stream() {
        return Stream.mapError(response.stream, redactFailure)
      },
      toJSON: show,
      [NodeInspectSymbol]: show
    },
    response
  )
  responses.set(safeResponse, unredacted(response))
  return safeResponse
}

const redactAttribute = (key: string, value: unknown): unknown => {
  if (typeof value !== "string") return isObject(value) ? cleanerOf(identity, true)(value) : value
  return key === "url.full" ? redactUrl(value) : key === "url.query" ? redactQuery(value) : withoutSecrets(value)
}

export const isResponse = (value: unknown): value is Response => Predicate.hasProperty(value, HttpClientResponse.TypeId)

/** Called when a request is sent, with what sets attributes of its span; the returned function takes its exit. */
type OnSend = (attribute: (key: string, value: string) => void) => (exit: Exit.Exit<unknown, unknown>) => void

// The original methods of changed spans: a tracer may return the same span again and again
const unchanged = new WeakMap<Tracer.Span, Pick<Tracer.Span, "attribute" | "end">>()

const redactingTracers = new WeakSet<Tracer.Tracer>()

/** Whether an outer client already removes secrets from what this effect sends. */
export const isRedacting: Effect.Effect<boolean> = /*#__PURE__*/ Effect.map(Effect.tracer, (tracer) =>
  redactingTracers.has(tracer)
)

/** A tracer whose spans accept no secret attributes and end with an exit without secrets. */
const redactTracer = (tracer: Tracer.Tracer, request: Request, onSend: OnSend): Tracer.Tracer => {
  const isOutermost = !redactingTracers.has(tracer)
  const redacting = Runtime.tapSpans(tracer, (span, kind) => {
    let onEnd: ReturnType<OnSend> | undefined
    const known = isOutermost ? unchanged.get(span) : undefined
    const attribute = known?.attribute ?? span.attribute.bind(span)
    const end = known?.end ?? span.end.bind(span)
    if (isOutermost) unchanged.set(span, { attribute, end })
    // Changes the span in place, since the tracer may have to recognize it. One that cannot be changed shows its
    // secrets
    Reflect.defineProperty(span, "attribute", {
      value: (key: string, value: unknown) => {
        // This attribute identifies the platform's span of a request, whatever its name
        if (key === "http.request.method" && kind === "client") onEnd ??= onSend(attribute)
        attribute(key, redactAttribute(key, value))
      },
      configurable: true,
      writable: true
    })
    Reflect.defineProperty(span, "end", {
      value: (time: bigint, exit: Exit.Exit<unknown, unknown>) => {
        onEnd?.(exit)
        // What succeeded is no matter of a span, and holds the request
        end(time, Exit.isFailure(exit) ? Exit.failCause(redactShown(exit.cause, request)) : Exit.void)
      },
      configurable: true,
      writable: true
    })
  })
  redactingTracers.add(redacting)
  return redacting
}

/**
 * Runs a request so that neither its spans nor its exit show secrets, and nothing follows a redirect with them. The
 * context changes further with `change`, in the same step.
 */
export const redactExecution = <E, R>(
  execution: Effect.Effect<Response, E, R>,
  request: Request,
  onSend: OnSend,
  change: Runtime.ContextChange = identity
): Effect.Effect<Response, E, R> =>
  Runtime.mapErrorCause(
    Http.within(execution, {
      tracer: (tracer) => redactTracer(tracer, request, onSend),
      redacted: [secretHeader],
      context: (context) => withoutRedirects(change(context))
    }),
    (cause) => redactCause(cause, request)
  )

/** The response as callers see it: it shows its request without secrets. */
export const redactAnswer = (response: Response): Response => {
  const { request } = response
  if (request.headers["authorization"] !== undefined) return redactResponse(response, () => redactRequest(request))
  const shown = redactRequest(request)
  return shown === request ? response : redactResponse(response, () => shown)
}
