/**
 * The head of a response: status, headers and request.
 */
import * as Headers from "#http/Headers"
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"

export interface Head {
  readonly status: number
  readonly headers: Headers.Headers
  readonly request: HttpClientRequest.HttpClientRequest
}

const attempt = <A>(f: () => A, otherwise: A): A => {
  try {
    return f()
  } catch {
    return otherwise
  }
}

/** Reads the head of a response. A throwing getter, in a custom implementation, counts as absent. */
export const headOf = (response: HttpClientResponse.HttpClientResponse): Head => ({
  status: attempt(() => response.status, 0),
  headers: attempt(() => Headers.fromInput(response.headers), Headers.empty),
  request: attempt(() => response.request, HttpClientRequest.get(""))
})

/** Whether a status means success. */
export const isOk = (status: number): boolean => status >= 200 && status < 300
