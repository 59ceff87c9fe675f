/**
 * Parses the result of a multi-object delete: the deleted keys, and an entry for each failed one.
 */
import type { Elements } from "./document.js"
import { maxLength, toText } from "./document.js"
import { own } from "../text.js"
import { scan } from "./xml.js"

/**
 * A key that was deleted.
 *
 * @category models
 * @since 0.1.0
 */
export interface Deleted {
  readonly key: string
  readonly versionId?: string
  /** Whether a delete marker was created or deleted. */
  readonly deleteMarker?: boolean
  /** The version of that delete marker. */
  readonly deleteMarkerVersionId?: string
}

export interface Entries {
  readonly deleted: ReadonlyArray<Deleted>
  /** The elements of the entries of failed keys. */
  readonly errors: ReadonlyArray<{ readonly key: string; readonly versionId?: string; readonly elements: Elements }>
}

/** Decodes a key: percent-encoded, with a plus for a blank. An invalid one stays as it is. */
export const decodeKey = (key: string): string => {
  try {
    return decodeURIComponent(key.replace(/\+/g, " "))
  } catch {
    return key
  }
}

/**
 * The entries of a result; `TooMany` if there are more than `maxEntries`, `None` if the body is not a result or is cut.
 */
export const readDeleteResult = (body: Uint8Array, maxEntries: number): Entries | "TooMany" | "None" => {
  const found: Array<{ readonly deleted: boolean; readonly elements: Elements }> = []
  let urlEncoded = false
  let elements: Elements = new Map()
  const { outcome, root } = scan(toText(body, body.length), (name, text, parents, whole) => {
    if (parents[0] !== "DeleteResult" || found.length > maxEntries) return
    if (parents.length === 2) {
      // White space belongs to a key
      const value = name === "Key" ? whole : text
      if (value !== undefined && value !== "" && !elements.has(name)) elements.set(name, own(value.slice(0, maxLength)))
    } else if (parents.length === 1) {
      if (name === "EncodingType") urlEncoded = text === "url"
      if (name === "Deleted" || name === "Error") found.push({ deleted: name === "Deleted", elements })
      elements = new Map()
    }
  })
  if (found.length > maxEntries) return "TooMany"
  if (outcome !== "Complete" || root !== "DeleteResult") return "None"

  const entries = found.map((entry) => {
    const versionId = entry.elements.get("VersionId")
    const raw = entry.elements.get("Key") ?? ""
    const key = urlEncoded ? decodeKey(raw) : raw
    if (key !== raw) entry.elements.set("Key", key)
    return { ...entry, key, ...(versionId === undefined ? undefined : { versionId }) }
  })
  return {
    deleted: entries
      .filter((entry) => entry.deleted)
      .map(({ elements, deleted: _, ...entry }) => {
        const deleteMarker = elements.get("DeleteMarker")
        const deleteMarkerVersionId = elements.get("DeleteMarkerVersionId")
        return {
          ...entry,
          ...(deleteMarker === undefined ? undefined : { deleteMarker: deleteMarker === "true" }),
          ...(deleteMarkerVersionId === undefined ? undefined : { deleteMarkerVersionId })
        }
      }),
    errors: entries.filter((entry) => !entry.deleted).map(({ deleted: _, ...entry }) => entry)
  }
}
