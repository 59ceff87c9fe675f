/**
 * Questions about a request.
 */
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Http from "#effect/http"

type Request = HttpClientRequest.HttpClientRequest

/** The query of the address, between the first question mark and the fragment. */
const queryOf = ({ url }: Request): string => {
  const [address = ""] = url.split("#", 1)
  const start = address.indexOf("?")
  return start === -1 ? "" : address.slice(start + 1)
}

const parametersOf = (request: Request): ReadonlyArray<readonly [string, string]> => [
  ...new URLSearchParams(queryOf(request)),
  ...Http.parametersOf(request)
]

/** Whether the address has a parameter, with or without a value. */
export const hasParameter = (request: Request, name: string): boolean =>
  parametersOf(request).some(([key]) => key === name)

/** The signature of a request; undefined if it is not signed. */
export const signatureOf = (request: Request): string | undefined =>
  request.headers["authorization"] ??
  parametersOf(request).find(([key]) => key === "Signature" || key === "X-Amz-Signature")?.[1]

/** Whether one request is the other as it was sent, with headers that the client added. */
export const isSameRequest = (sent: Request, request: Request): boolean =>
  sent === request ||
  (sent.method === request.method &&
    sent.url === request.url &&
    sent.urlParams === request.urlParams &&
    sent.body === request.body &&
    Object.entries(request.headers).every(([name, value]) => sent.headers[name] === value))

const changesOnceMore = ["append", "modify", "truncate", "rename"]

/**
 * Whether sending a request twice has the same result as sending it once; like `idempotent` of an operation. False if
 * unknown.
 */
export const isIdempotent = (request: Request): boolean => {
  switch (request.method) {
    case "GET":
    case "HEAD":
    case "OPTIONS":
    case "DELETE":
      return true
    case "PUT":
      return !parametersOf(request).some(([name]) => changesOnceMore.includes(name))
    case "POST":
      return hasParameter(request, "delete")
    default:
      return false
  }
}

/** Whether the body can be sent again. A stream may have been consumed by the first attempt. */
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
