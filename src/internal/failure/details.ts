/**
 * The elements of a response without a field of their own: a record of text without a prototype, compared by value.
 */
import * as Equal from "effect/Equal"
import * as Hash from "effect/Hash"
import * as Schema from "#effect/schema"
import { emptyRecord, isRecord } from "../object.js"
import { hides, withoutSecrets } from "../secrets.js"

/**
 * Text by element name.
 *
 * @category models
 * @since 0.1.0
 */
export interface Details {
  readonly [name: string]: string | undefined
}

// No Object.prototype below it: `details["constructor"]` is absent unless the service sent it.
const proto: object = Object.defineProperties(emptyRecord(), {
  [Equal.symbol]: {
    value(this: object, that: object): boolean {
      const others = new Map<string, unknown>(Object.entries(that))
      const own: Array<[string, unknown]> = Object.entries(this)
      return own.length === others.size && own.every(([name, value]) => others.get(name) === value)
    }
  },
  [Hash.symbol]: {
    value(this: object): number {
      return Hash.structure(this)
    }
  }
})

/** Makes a record; undefined elements are left out. */
export const make = (entries: Iterable<readonly [string, string | undefined]>): Details => {
  const out = emptyRecord<string>(proto)
  for (const [name, value] of entries) {
    if (value !== undefined) out[name] = value
  }
  return out
}

export const empty: Details = make([])

/** Copies a record without its prototype, secrets and non-text values, as a decoded response would have it. */
export const from = (input: Details): Details =>
  Object.getPrototypeOf(input) === proto
    ? input
    : make(
        Object.entries(input).flatMap(([name, value]) =>
          typeof value === "string" && !hides(name, value) ? [[name, withoutSecrets(value)]] : []
        )
      )

const isDetails = (u: unknown): u is Details =>
  isRecord(u) && Object.values(u).every((value) => typeof value === "string")

/** The schema; the encoded form is a plain record of text. */
export const schema: Schema.Codec<Details> = Schema.textRecord({
  identifier: "ObsDetails",
  description: "Further elements of the response, by name",
  is: isDetails,
  decode: (record) => make(Object.entries(record)),
  encode: (details): Details => {
    const out: Record<string, string | undefined> = {}
    for (const [name, value] of Object.entries(details)) {
      Object.defineProperty(out, name, { value, enumerable: true, writable: true, configurable: true })
    }
    return out
  }
})
