/**
 * The HTTP client: `@effect/platform`, for Effect 3.
 */
import * as Headers from "@effect/platform/Headers"
import * as HttpClientError from "@effect/platform/HttpClientError"
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"
import type * as HttpClientResponse from "@effect/platform/HttpClientResponse"
import type * as UrlParams from "@effect/platform/UrlParams"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse
type Failed = HttpClientError.HttpClientError

/** What responses call themselves where they are shown. */
export const responseId = "@effect/platform/HttpClientResponse"

/** What bodies of requests call themselves where they are shown. */
export const bodyId = "@effect/platform/HttpBody"

/** The parameters that a request has besides those of its address. */
export const parametersOf = (request: Request): ReadonlyArray<readonly [string, string]> => request.urlParams

/** The values of those that their sender marked as secrets. */
export const redactedParametersOf = (_: Request): ReadonlyArray<string> => []

/** The same parameters with other values; the very same where nothing changes. */
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

/** What made a client fail. */
export const causeOf = (error: Failed): unknown => error.cause

/** The response that a client failed with; undefined where there was none. */
export const responseOf = (error: Failed): Response | undefined =>
  error._tag === "ResponseError" ? error.response : undefined

/** The error of a client that sends nothing. */
export type UnsentError = HttpClientError.RequestError

export const unsentError = (options: {
  readonly request: Request
  readonly cause?: unknown
  readonly description?: string
}): UnsentError => new HttpClientError.RequestError({ reason: "Encode", ...options })

/** What an error tells. */
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

/** An error of the same reason that tells something else. */
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

/** Hides the values of further headers wherever headers are shown while an effect runs. */
export const withRedactedHeaders = <A, E, R>(self: Effect.Effect<A, E, R>, names: Names): Effect.Effect<A, E, R> =>
  Effect.locallyWith(self, Headers.currentRedactedNames, (known) => [...known, ...names])

export const layerRedactedHeaders = (names: Names): Layer.Layer<never> =>
  Layer.fiberRefLocallyScopedWith(Headers.currentRedactedNames, (known) => [...known, ...names])
