/**
 * The HTTP client of Effect 4: `effect/http`.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Headers from "effect/http/Headers"
import * as HttpClient from "effect/http/HttpClient"
import * as HttpClientError from "effect/http/HttpClientError"
import type * as HttpClientRequest from "effect/http/HttpClientRequest"
import type * as HttpClientResponse from "effect/http/HttpClientResponse"
import * as UrlParams from "effect/http/UrlParams"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Tracer from "effect/Tracer"
import * as Runtime from "./runtime.js"

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse
type Failed = HttpClientError.HttpClientError

export const isHttpClient = (u: unknown): boolean => HttpClient.isHttpClient(u)

/** The `_id` of responses when they are shown. */
export const responseId = "effect/http/HttpClientResponse"

/** The `_id` of request bodies when they are shown. */
export const bodyId = "effect/http/HttpBody"

/** The parameters of a request that are not in its address. */
export const parametersOf = (request: Request): ReadonlyArray<readonly [string, string]> =>
  Array.from(request.urlParams, ([name, value]) => [name, Redacted.isRedacted(value) ? Redacted.value(value) : value])

/** The values of parameters that the sender marked as secret. */
export const redactedParametersOf = (request: Request): ReadonlyArray<string> =>
  Array.from(request.urlParams).flatMap(([, value]) => (Redacted.isRedacted(value) ? [Redacted.value(value)] : []))

/** Maps the values of parameters; returns the same object if nothing changes. */
export const mapParameters = (
  { urlParams }: Request,
  f: (name: string, value: string) => string
): UrlParams.UrlParams => {
  const before = Array.from(urlParams)
  const mapped = before.map(([name, value]): readonly [string, string | Redacted.Redacted] => [
    name,
    Redacted.isRedacted(value) ? value : f(name, value)
  ])
  return mapped.every(([, value], i) => value === before[i]?.[1]) ? urlParams : UrlParams.make(mapped)
}

/** Why a client failed. */
export type Reason = "Transport" | "Encode" | "InvalidUrl" | "StatusCode" | "Decode" | "EmptyBody"

const reasons: Record<HttpClientError.HttpClientErrorReason["_tag"], Reason> = {
  TransportError: "Transport",
  EncodeError: "Encode",
  InvalidUrlError: "InvalidUrl",
  StatusCodeError: "StatusCode",
  DecodeError: "Decode",
  EmptyBodyError: "EmptyBody"
}

export const reasonOf = (error: Failed): Reason => reasons[error.reason._tag]

/** The cause of a client's error. */
export const causeOf = (error: Failed): unknown => error.reason.cause

/** The response of a client's error; undefined if there is none. */
export const responseOf = (error: Failed): Response | undefined => error.response

/** The error of a client that sent nothing. */
export type UnsentError = HttpClientError.HttpClientError

export const unsentError = (options: {
  readonly request: Request
  readonly cause?: unknown
  readonly description?: string
}): UnsentError => new HttpClientError.HttpClientError({ reason: new HttpClientError.EncodeError(options) })

/** The error of a request that had no response. */
export const transportError = (options: {
  readonly request: Request
  readonly cause?: unknown
  readonly description?: string
}): UnsentError => new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError(options) })

/** The parts of an error. */
export interface Parts {
  readonly request: Request
  readonly cause: unknown
  readonly description: string | undefined
  readonly response: Response | undefined
}

export const partsOf = ({ reason, request, response }: Failed): Parts => ({
  request,
  cause: reason.cause,
  description: reason.description,
  response
})

/** Makes an error with the same reason and other parts. */
export const withParts = ({ reason }: Failed, { cause, description, request, response }: Parts): Failed => {
  const told = {
    request,
    ...(cause === undefined ? undefined : { cause }),
    ...(description === undefined ? undefined : { description })
  }
  const make = (): HttpClientError.HttpClientErrorReason => {
    switch (reason._tag) {
      case "TransportError":
        return new HttpClientError.TransportError(told)
      case "EncodeError":
        return new HttpClientError.EncodeError(told)
      case "InvalidUrlError":
        return new HttpClientError.InvalidUrlError(told)
      case "StatusCodeError":
        return new HttpClientError.StatusCodeError({ ...told, response: response ?? reason.response })
      case "DecodeError":
        return new HttpClientError.DecodeError({ ...told, response: response ?? reason.response })
      case "EmptyBodyError":
        return new HttpClientError.EmptyBodyError({ ...told, response: response ?? reason.response })
    }
  }
  return new HttpClientError.HttpClientError({ reason: make() })
}

type Names = ReadonlyArray<string | RegExp>

/** How a request is run: with another tracer, with further headers redacted, and in another context. */
export interface Surroundings {
  readonly tracer: (tracer: Tracer.Tracer) => Tracer.Tracer
  readonly redacted: Names
  readonly context: Runtime.ContextChange
}

/** Runs a request in other surroundings, in one step. */
export const within = <A, E, R>(
  self: Effect.Effect<A, E, R>,
  { context, redacted, tracer }: Surroundings
): Effect.Effect<A, E, R> =>
  Runtime.mapContext(self, (before) =>
    context(before).pipe(
      Context.add(Tracer.Tracer, tracer(Context.get(before, Tracer.Tracer))),
      Context.add(Headers.CurrentRedactedNames, [...Context.get(before, Headers.CurrentRedactedNames), ...redacted])
    )
  )

export const layerRedactedHeaders = (names: Names): Layer.Layer<never> =>
  Layer.effect(
    Headers.CurrentRedactedNames,
    Effect.map(Headers.CurrentRedactedNames, (known) => [...known, ...names])
  )
