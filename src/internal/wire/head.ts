/**
 * What an answer says before its body.
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

/** The head of a response, which may be of somebody's own making; a getter that throws has nothing to say. */
export const headOf = (response: HttpClientResponse.HttpClientResponse): Head => ({
  status: attempt(() => response.status, 0),
  headers: attempt(() => Headers.fromInput(response.headers), Headers.empty),
  request: attempt(() => response.request, HttpClientRequest.get(""))
})

/** Whether a status says that the request succeeded. */
export const isOk = (status: number): boolean => status >= 200 && status < 300
