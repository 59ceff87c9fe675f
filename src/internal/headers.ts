/**
 * What the headers of an answer say, in either dialect and in any case.
 */
import * as Predicate from "effect/Predicate"
import type { Elements } from "./document.js"
import { beforeSecrets, printable, shorten, withoutSecrets } from "./text.js"

/**
 * Headers of an answer, with names in any case: a record whose values are texts, lists of texts or absent, or pairs as
 * in a `Headers` of fetch or a `Map`.
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
  readonly date: string | undefined
  readonly deleteMarker: boolean | undefined
  /** Code, message and details of an error, for answers that have no body. */
  readonly elements: Elements
}

// HTTP does not keep the case of header names, so the elements in `x-obs-error-detail-*` are found again by this list
const elementNames = new Map(
  [
    "Key",
    "BucketName",
    "Bucket",
    "Resource",
    "HostId",
    "Condition",
    "ArgumentName",
    "ArgumentValue",
    "Endpoint",
    "Region",
    "Location",
    "VirtualHost",
    "RequestTime",
    "ServerTime",
    "MaxAllowedSkewMilliseconds",
    "AccessKeyId",
    "AWSAccessKeyId",
    "StringToSign",
    "SignatureProvided",
    "EncodedAuthorizationMessage",
    "VersionId",
    "UploadId",
    "Method",
    "ResourceType",
    "RetryAfter",
    "QosDelayTime"
  ].map((name) => [name.toLowerCase(), name])
)

/** An address without query, fragment and credentials, so that it can be shown; undefined where it is none. */
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

const detail = "error-detail-"

/** Whatever a caller without types gives for headers, these are all that can be read of it. */
const entriesOf = (headers: unknown): Iterable<readonly [string, unknown]> => {
  if (typeof headers !== "object" || headers === null) return []
  if (!Predicate.isIterable(headers)) return Object.entries(headers)
  return Array.from(headers).filter(
    (entry): entry is [string, unknown] => Array.isArray(entry) && typeof entry[0] === "string"
  )
}

export const readHeaders = (headers: HeadersInput, status: number): HeaderFacts => {
  // Those of the two dialects without what tells them apart
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
  // Ids and the like are short and plain; what is not is nothing to pass on as it is
  const plain = (value: string | undefined): string | undefined =>
    value === undefined ? undefined : shorten(printable(withoutSecrets(value)), 256)
  const elements: Elements = new Map()
  const put = (name: string, value: string | undefined): void => {
    if (value !== undefined && !elements.has(name)) elements.set(name, value)
  }
  put("Code", either("error-code"))
  put("Message", either("error-message"))
  for (const dialect of [obs, amz]) {
    for (const [name, value] of dialect) {
      if (!name.startsWith(detail)) continue
      const element = name.slice(detail.length)
      put(elementNames.get(element) ?? element, value)
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
    requestId: plain(either("request-id")),
    id2: plain(either("id-2")),
    indicator: plain(byName.get("x-reserved-indicator")),
    contentType: plain(byName.get("content-type")),
    contentEncoding: byName.get("content-encoding"),
    date: byName.get("date"),
    deleteMarker: deleteMarker === undefined ? undefined : deleteMarker === "true",
    elements
  }
}
