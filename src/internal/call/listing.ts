/**
 * What the pages of all listings have in common.
 */
import { compareKeys } from "../text.js"
import { decodeKey } from "../wire/deleteResult.js"
import type { Element } from "./document.js"

/** Reads a key of a listing, which may be encoded. */
export type KeyOf = (element: Element, name: string) => string

export const keyReader = (root: Element): KeyOf => {
  const isEncoded = root.textOf("EncodingType") === "url"
  return (element, name) => {
    const text = element.first(name)?.text ?? ""
    return isEncoded ? decodeKey(text) : text
  }
}

export const isTruncated = (root: Element): boolean => root.textOf("IsTruncated") === "true"

export const commonPrefixesOf = (root: Element, keyOf: KeyOf): ReadonlyArray<string> =>
  root.all("CommonPrefixes").map((element) => keyOf(element, "Prefix"))

/** A whole number; undefined where there is none. */
export const numberOf = (text: string | undefined): number | undefined => {
  const number = text === undefined ? Number.NaN : Number(text)
  return Number.isSafeInteger(number) ? number : undefined
}

/** The text behind all others, in the order of the service. */
export const last = (texts: ReadonlyArray<string>): string | undefined =>
  texts.reduce<string | undefined>(
    (last, text) => (last === undefined || compareKeys(text, last) > 0 ? text : last),
    undefined
  )
