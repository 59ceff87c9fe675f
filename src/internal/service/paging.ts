/**
 * A page of a listing: what has a prefix, up to a number of entries, with keys grouped that are the same up to a delimiter.
 */
import { compareKeys } from "../text.js"

export interface Asks {
  readonly prefix: string
  /** Empty is none. */
  readonly delimiter: string
  /** Where the page before ended: a key, or what is common to a group. */
  readonly marker: string | undefined
  readonly max: number
}

export type Item<A> =
  | { readonly _tag: "Entry"; readonly key: string; readonly value: A }
  | { readonly _tag: "Group"; readonly prefix: string }

export interface Page<A> {
  readonly items: ReadonlyArray<Item<A>>
  readonly isTruncated: boolean
}

/** Gives entries in the order of their keys, from the first one on whose key is not before what is sought. */
export type From<A> = (isBefore: (key: string) => boolean) => Iterable<readonly [key: string, value: A]>

/** What a key has in common with its group; undefined where it is in none. */
const groupOf = (key: string, { delimiter, prefix }: Omit<Asks, "marker">): string | undefined => {
  const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length)
  return at === -1 ? undefined : key.slice(0, at + delimiter.length)
}

/** Whether a page can begin amid the entries of its marker: of a key that is listed as itself. */
export const isListedAsItself = (marker: string, asks: Omit<Asks, "marker">): boolean =>
  marker.startsWith(asks.prefix) && groupOf(marker, asks) === undefined

/**
 * A page. It costs two searches for each group and one step for each entry, however much a group holds. A group is left out
 * whole where the marker is in it, since the page before had it.
 */
export const pageOf = <A>(from: From<A>, asks: Asks): Page<A> => {
  const { marker, max, prefix } = asks
  const items: Array<Item<A>> = []
  const passed = marker?.startsWith(prefix) === true ? groupOf(marker, asks) : undefined
  let isBefore = (key: string): boolean =>
    compareKeys(key, prefix) < 0 ||
    (marker !== undefined && compareKeys(key, marker) <= 0) ||
    (passed !== undefined && key.startsWith(passed))
  for (;;) {
    let group: string | undefined
    for (const [key, value] of from(isBefore)) {
      if (!key.startsWith(prefix)) break
      if (items.length === max) return { items, isTruncated: true }
      group = groupOf(key, asks)
      if (group !== undefined) break
      items.push({ _tag: "Entry", key, value })
    }
    if (group === undefined) return { items, isTruncated: false }
    const skipped = group
    items.push({ _tag: "Group", prefix: skipped })
    isBefore = (key) => compareKeys(key, skipped) < 0 || key.startsWith(skipped)
  }
}
