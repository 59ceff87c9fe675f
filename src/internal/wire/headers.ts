/**
 * Reads response headers, in either dialect and any case.
 */
import * as Predicate from "effect/Predicate"
import type { Elements } from "./document.js"
import { beforeSecrets } from "../secrets.js"
import { own } from "../text.js"

/**
 * Response headers with names in any case: a record of texts, lists of texts or undefined, or pairs, as in fetch's
 * `Headers` or a `Map`.
 *
 * @category models
 * @since 0.1.0
 */
export type HeadersInput =
  | { readonly [name: string]: string | ReadonlyArray<string> | undefined }
  | Iterable<readonly [name: string, value: string]>

export interface HeaderFacts {
  readonly requestId: string | undefined
  readonly id2: string | undefined
  readonly indicator: string | undefined
  readonly contentType: string | undefined
  readonly contentEncoding: string | undefined
  /** The header `Date`, valid or not. */
  readonly date: string | undefined
  /** When the response was received, in milliseconds of the client's clock, if known. */
  readonly receivedAt: number | undefined
  readonly deleteMarker: boolean | undefined
  /**
   * Code, message and details of an error, for responses without a body. HTTP does not preserve the case of header
   * names, so the names of details are in lower case.
   */
  readonly elements: Elements
}

/** An address without query, fragment and credentials, safe to show; undefined if it is invalid. */
const addressOf = (location: string): string | undefined => {
  const path = beforeSecrets(location.replace(/[?#].*$/s, ""))
  if (/^\/(?!\/)/.test(path)) return path
  try {
    const url = new URL(path)
    return url.protocol === "https:" || url.protocol === "http:" ? url.origin + url.pathname : undefined
  } catch {
    return undefined
  }
}

const firstText = (value: unknown): string | undefined => {
  const text: unknown = Array.isArray(value) ? value[0] : value
  return typeof text === "string" ? text.trim() || undefined : undefined
}

const ownOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : own(text))

const detail = "error-detail-"

// Far more than servers and clients allow
const maxHeaders = 10_000

/** The entries of headers, whatever an untyped caller passes. */
const entriesOf = (headers: unknown): ReadonlyArray<readonly [string, unknown]> => {
  const entries: Array<readonly [string, unknown]> = []
  if (typeof headers !== "object" || headers === null) return entries
  try {
    if (Predicate.isIterable(headers)) {
      for (const entry of headers) {
        if (entries.length === maxHeaders) break
        if (Array.isArray(entry) && typeof entry[0] === "string") entries.push([entry[0], entry[1]])
      }
    } else {
      for (const name of Object.keys(headers).slice(0, maxHeaders)) entries.push([name, valueOf(headers, name)])
    }
  } catch {
    // Keeps the entries before the failure
  }
  return entries
}

/** Reads a property whose getter may throw. */
const valueOf = (headers: object, name: string): unknown => {
  try {
    return firstText(Reflect.get(headers, name))
  } catch {
    return undefined
  }
}

export const readHeaders = (headers: HeadersInput, status: number, receivedAt?: number): HeaderFacts => {
  // The headers of the two dialects, without their prefixes
  const obs = new Map<string, string>()
  const amz = new Map<string, string>()
  const byName = new Map<string, string>()
  for (const [name, value] of entriesOf(headers)) {
    const text = firstText(value)
    if (text === undefined) continue
    const lower = name.toLowerCase()
    const dialect = lower.startsWith("x-obs-") ? obs : lower.startsWith("x-amz-") ? amz : undefined
    const key = dialect === undefined ? lower : lower.slice(6)
    const names = dialect ?? byName
    if (!names.has(key)) names.set(key, text)
  }
  const either = (suffix: string): string | undefined => obs.get(suffix) ?? amz.get(suffix)
  const elements: Elements = new Map()
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && !elements.has(name)) elements.set(name, own(value))
  }
  put("Code", either("error-code"))
  put("Message", either("error-message"))
  for (const dialect of [obs, amz]) {
    for (const [name, value] of dialect) {
      if (!name.startsWith(detail)) continue
      put(name.slice(detail.length), value)
    }
  }
  if (status >= 300 && status < 400) {
    const location = byName.get("location")
    if (location !== undefined) put("Location", addressOf(location))
    put("Region", either("bucket-location") ?? either("bucket-region"))
  }
  if (status >= 400) put("VersionId", either("version-id"))
  put("RetryAfter", byName.get("retry-after"))
  put("QosDelayTime", either("qos-delay-time"))
  const deleteMarker = either("delete-marker")?.toLowerCase()
  return {
    requestId: ownOf(either("request-id")),
    id2: ownOf(either("id-2")),
    indicator: ownOf(byName.get("x-reserved-indicator")),
    contentType: byName.get("content-type"),
    contentEncoding: byName.get("content-encoding"),
    date: ownOf(byName.get("date")),
    receivedAt,
    deleteMarker: deleteMarker === undefined ? undefined : deleteMarker === "true",
    elements
  }
}
