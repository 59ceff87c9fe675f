/**
 * What HTTP carries to a handler and from it, whoever is the server.
 */
import * as Runtime from "#effect/runtime"
import { bytesOf } from "../internal/digest.js"
import { sendableHeaders } from "./sendableHeaders.js"
import type { Response } from "./ObsTestService.js"

/**
 * The address that a request is sent to; undefined where it has none. What a URL would take for something else or drop,
 * such as dot segments, is escaped, so that the path is the one that was sent.
 */
const urlOf = (target: string, host: string): URL | undefined => {
  const escaped = target.replaceAll("\\", "%5C").replaceAll("#", "%23")
  const [, origin = `http://${host}`, path = "", query = ""] = /^([a-z]+:\/\/[^/?]*)?([^?]*)(.*)$/i.exec(escaped) ?? []
  const rest = path.slice(1)
  const kept = /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(rest) ? rest.replaceAll("/", "%2F") : rest
  try {
    return new URL(`${origin}/${kept}${query}`)
  } catch {
    return undefined
  }
}

export const loopback = "127.0.0.1"

const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/** The address of a target at a host, or at loopback where a request names no host; undefined where it is none. */
export const addressOf = (target: string, host = ""): URL | undefined =>
  (isHost.test(host) ? urlOf(target, host) : undefined) ?? urlOf(target, loopback)

/** Headers whose signature counts each of their values, where Node puts a blank between them. */
const isSigned = /^x-(?:obs|amz)-/

type Values = string | ReadonlyArray<string> | undefined

/** The headers of a request, of which those with several values are joined as signatures want them. */
export const receivedHeaders = (
  headers: { readonly [name: string]: Values },
  distinct: { readonly [name: string]: ReadonlyArray<string> | undefined }
): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSigned.test(name) ? (distinct[name]?.join(",") ?? value?.toString()) : value?.toString()
    ])
  )

/** Whether what frames a request says that it has no body. */
export const saysNoBody = (headers: { readonly [name: string]: Values }): boolean => {
  const length = headers["content-length"]
  return headers["transfer-encoding"] === undefined && (length === undefined || length === "0")
}

// The server's own: it sends a body with its length, and closes a connection where the client asks for that
const framing = ["connection", "content-length", "transfer-encoding", "trailer"]

// What these statuses say has no body
const bodiless = new Set([204, 205, 304])

const lengthOf = (headers: ReadonlyMap<string, string>): string | undefined => {
  const length = headers.get("content-length")
  return length !== undefined && /^\d{1,15}$/.test(length) ? length : undefined
}

/** Whether an answer never comes: `noResponse`, or a copy of it. */
export const isNoResponse = ({ body, status }: Response): boolean => status === 0 && Runtime.isStream(body)

/** A response that can be sent. */
export interface Sendable {
  readonly status: number
  readonly headers: Map<string, string>
  /** No bytes, too, where the method or the status has no body. */
  readonly body: Exclude<Response["body"], string>
}

/** The nearest to a response that can be sent. Throws where a handler gives what is none. */
export const sendable = (response: Response, method: string): Sendable => {
  const status = Math.trunc(response.status)
  const headers = new Map(Object.entries(sendableHeaders(response.headers)))
  const said = lengthOf(headers)
  for (const name of framing) headers.delete(name)
  const { body: given } = response
  const content = typeof given === "string" ? bytesOf(given) : given
  if (!Runtime.isStream(content) && !(content instanceof Uint8Array)) throw new TypeError("a body is text or bytes")
  const isHead = method === "HEAD"
  const body = bodiless.has(status) ? new Uint8Array() : content
  const own = Runtime.isStream(body) ? undefined : String(body.length)
  const length = isHead || own === undefined ? (said ?? own) : own
  if (status !== 204 && status !== 304 && length !== undefined) headers.set("content-length", length)
  return {
    status: status >= 200 && status <= 999 ? status : 502,
    headers,
    body: isHead ? new Uint8Array() : body
  }
}
