/**
 * Reads the parts that another client kept of a response, as if they were the response.
 */
import type { Elements } from "./document.js"
import { maxLength } from "./document.js"
import { isObject } from "../object.js"
import type { HeadersInput } from "./headers.js"

/**
 * The parts of a response that another client kept.
 *
 * @category models
 * @since 0.3.0
 */
export interface Parts {
  /** The code as the service writes it; absent or empty if there was none. */
  readonly code?: string | undefined
  /** The HTTP status; by default, the documented status of the code. */
  readonly status?: number | undefined
  /** The service's message. */
  readonly message?: string | undefined
  /** The header `x-obs-request-id` or `x-amz-request-id`. */
  readonly requestId?: string | undefined
  readonly hostId?: string | undefined
  /** The header `x-obs-id-2` or `x-amz-id-2`. */
  readonly id2?: string | undefined
  /** The header `x-reserved-indicator`. */
  readonly indicator?: string | undefined
  /** The header `x-obs-delete-marker` or `x-amz-delete-marker`. */
  readonly deleteMarker?: boolean | undefined
  readonly resource?: string | undefined
  /** The header `Retry-After` in seconds. A date stays a detail, since it is relative to the date of the response. */
  readonly retryAfter?: string | number | undefined
  /** The other elements by the service's names, such as `Key`. Only texts and numbers count. */
  readonly details?: { readonly [name: string]: unknown } | undefined
}

/** The parts in the form of a response. */
export interface ReadParts {
  readonly status: number | undefined
  readonly headers: HeadersInput
  readonly elements: Elements
}

/** Reads a property of any value; undefined if it cannot be read. */
const propertyOf = (parts: unknown, name: keyof Parts): unknown => {
  try {
    return isObject(parts) ? Reflect.get(parts, name) : undefined
  } catch {
    return undefined
  }
}

const entriesOf = (details: unknown): ReadonlyArray<readonly [string, unknown]> => {
  try {
    return isObject(details) ? Object.entries(details) : []
  } catch {
    return []
  }
}

/** Reads parts: never throws, and reads no more text than of a body. */
export const readParts = (parts: unknown): ReadParts => {
  let left = maxLength
  const textOf = (value: unknown): string | undefined => {
    const text = typeof value === "number" ? String(value) : value
    if (typeof text !== "string") return undefined
    const kept = text.slice(0, left)
    left -= kept.length
    return kept === "" ? undefined : kept
  }
  const elements: Elements = new Map()
  const put = (name: string, value: unknown): void => {
    const text = elements.has(name) || name.length > left ? undefined : textOf(value)
    if (text === undefined) return
    elements.set(name, text)
    left = Math.max(0, left - name.length)
  }
  put("Code", propertyOf(parts, "code"))
  put("Message", propertyOf(parts, "message"))
  put("HostId", propertyOf(parts, "hostId"))
  put("Resource", propertyOf(parts, "resource"))
  const status = propertyOf(parts, "status")
  const deleteMarker = propertyOf(parts, "deleteMarker")
  const headers = {
    "x-obs-request-id": textOf(propertyOf(parts, "requestId")),
    "x-obs-id-2": textOf(propertyOf(parts, "id2")),
    "x-reserved-indicator": textOf(propertyOf(parts, "indicator")),
    "x-obs-delete-marker": typeof deleteMarker === "boolean" ? String(deleteMarker) : undefined,
    "retry-after": textOf(propertyOf(parts, "retryAfter"))
  }
  for (const [name, value] of entriesOf(propertyOf(parts, "details"))) put(name, value)
  if (headers["retry-after"] !== undefined) elements.delete("RetryAfter")
  return { status: typeof status === "number" ? status : undefined, headers, elements }
}
