/**
 * What a request tells of itself.
 */
import type * as HttpClientRequest from "@effect/platform/HttpClientRequest"

type Request = HttpClientRequest.HttpClientRequest

/** Whether the address of a request has a parameter, with or without a value. */
export const hasParameter = (request: Request, name: string): boolean =>
  request.urlParams.some(([key]) => key === name) || new RegExp(`[?&]${name}(?:[=&#]|$)`).test(request.url)

/** Whether a request is signed already, so that sending it later sends the same date and signature. */
export const isSigned = (request: Request): boolean =>
  "authorization" in request.headers ||
  ["Signature", "X-Amz-Signature", "X-Obs-Signature"].some((name) => hasParameter(request, name))

const changesOnceMore = ["append", "modify", "truncate", "rename"]

/**
 * Whether sending a request twice leaves what sending it once does, as `idempotent` of its operation says it. What it is
 * not known for counts as not idempotent.
 */
export const isIdempotent = (request: Request): boolean => {
  switch (request.method) {
    case "GET":
    case "HEAD":
    case "OPTIONS":
    case "DELETE":
      return true
    case "PUT":
      return !changesOnceMore.some((name) => hasParameter(request, name))
    case "POST":
      return hasParameter(request, "delete")
    default:
      return false
  }
}

/** Whether the body of a request can be sent a second time. A stream may have been read by the first. */
export const hasReplayableBody = ({ body }: Request): boolean => {
  switch (body._tag) {
    case "Empty":
    case "Uint8Array":
    case "FormData":
      return true
    case "Raw":
      return isReplayable(body.body)
    case "Stream":
      return false
  }
}

const isReplayable = (body: unknown): boolean =>
  typeof body === "string" ||
  body instanceof ArrayBuffer ||
  ArrayBuffer.isView(body) ||
  body instanceof URLSearchParams ||
  body instanceof Blob ||
  body instanceof FormData
