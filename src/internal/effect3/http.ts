/**
 * The HTTP client of Effect 3: `@effect/platform`.
 */
import * as Headers from "@effect/platform/Headers"
import * as HttpClient from "@effect/platform/HttpClient"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type * as UrlParams from "@effect/platform/UrlParams"
import * as Context from "effect/Context"
import * as DefaultServices from "effect/DefaultServices"
import type * as Effect from "effect/Effect"
import * as FiberRef from "effect/FiberRef"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Tracer from "effect/Tracer"
import * as Runtime from "./runtime.js"

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse
type Failed = HttpClientError.HttpClientError

export const isHttpClient = (u: unknown): boolean => Predicate.hasProperty(u, HttpClient.TypeId)

/** The `_id` of responses when they are shown. */
export const responseId = "@effect/platform/HttpClientResponse"

/** The `_id` of request bodies when they are shown. */
export const bodyId = "@effect/platform/HttpBody"

/** The parameters of a request that are not in its address. */
export const parametersOf = (request: Request): ReadonlyArray<readonly [string, string]> => request.urlParams

/** The values of parameters that the sender marked as secret. */
export const redactedParametersOf = (_: Request): ReadonlyArray<string> => []

/** Maps the values of parameters; returns the same object if nothing changes. */
export const mapParameters = (
  { urlParams }: Request,
  f: (name: string, value: string) => string
): UrlParams.UrlParams => {
  const mapped = urlParams.map(([name, value]): [string, string] => [name, f(name, value)])
  return mapped.every(([, value], i) => value === urlParams[i]?.[1]) ? urlParams : mapped
}

/** Why a client failed. */
export type Reason = "Transport" | "Encode" | "InvalidUrl" | "StatusCode" | "Decode" | "EmptyBody"

export const reasonOf = (error: Failed): Reason => error.reason

/** The cause of a client's error. */
export const causeOf = (error: Failed): unknown => error.cause

/** The response of a client's error; undefined if there is none. */
export const responseOf = (error: Failed): Response | undefined =>
  error._tag === "ResponseError" ? error.response : undefined

/** The error of a client that sent nothing. */
export type UnsentError = HttpClientError.RequestError

export const unsentError = (options: {
  readonly request: Request
  readonly cause?: unknown
  readonly description?: string
}): UnsentError => new HttpClientError.RequestError({ reason: "Encode", ...options })

/** The error of a request that had no response. */
export const transportError = (options: {
  readonly request: Request
  readonly cause?: unknown
  readonly description?: string
}): UnsentError => new HttpClientError.RequestError({ reason: "Transport", ...options })

/** The parts of an error. */
export interface Parts {
  readonly request: Request
  readonly cause: unknown
  readonly description: string | undefined
  readonly response: Response | undefined
}

export const partsOf = (error: Failed): Parts => ({
  request: error.request,
  cause: error.cause,
  description: error.description,
  response: responseOf(error)
})

/** Makes an error with the same reason and other parts. */
export const withParts = (error: Failed, { cause, description, request, response }: Parts): Failed => {
  const told = {
    request,
    ...(cause === undefined ? undefined : { cause }),
    ...(description === undefined ? undefined : { description })
  }
  return error._tag === "RequestError"
    ? new HttpClientError.RequestError({ ...told, reason: error.reason })
    : new HttpClientError.ResponseError({ ...told, reason: error.reason, response: response ?? error.response })
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
  Runtime.locally(self, [
    Runtime.local(DefaultServices.currentServices, (services) =>
      Context.add(services, Tracer.Tracer, tracer(Context.get(services, Tracer.Tracer)))
    ),
    Runtime.local(Headers.currentRedactedNames, (known) => [...known, ...redacted]),
    Runtime.local<Context.Context<never>>(FiberRef.currentContext, context)
  ])

export const layerRedactedHeaders = (names: Names): Layer.Layer<never> =>
  Layer.fiberRefLocallyScopedWith(Headers.currentRedactedNames, (known) => [...known, ...names])
