/**
 * Reads the result of a multi-object delete: what was deleted, and an entry for each key that was not.
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
  /** Whether a delete marker was made or deleted. */
  readonly deleteMarker?: boolean
  /** The version of that delete marker. */
  readonly deleteMarkerVersionId?: string
}

export interface Entries {
  readonly deleted: ReadonlyArray<Deleted>
  /** The elements of the entries of keys that were not deleted. */
  readonly errors: ReadonlyArray<{ readonly key: string; readonly versionId?: string; readonly elements: Elements }>
}

/** As the service encodes keys: percent, and a plus for a blank. What cannot be decoded stays as it is. */
export const decodeKey = (key: string): string => {
  try {
    return decodeURIComponent(key.replace(/\+/g, " "))
  } catch {
    return key
  }
}

/**
 * The entries of a result, `TooMany` where there are more than `maxEntries`, and `None` where the body is none, or does
 * not come to its end.
 */
export const readDeleteResult = (body: Uint8Array, maxEntries: number): Entries | "TooMany" | "None" => {
  const found: Array<{ readonly deleted: boolean; readonly elements: Elements }> = []
  let urlEncoded = false
  let elements: Elements = new Map()
  const { outcome, root } = scan(toText(body, body.length), (name, text, parents, whole) => {
    if (parents[0] !== "DeleteResult" || found.length > maxEntries) return
    if (parents.length === 2) {
      // The white space of a key is a part of it
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
