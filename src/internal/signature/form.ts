/**
 * The policy of a form: what a browser may upload with it.
 */
import type { SignerError } from "./signerError.js"
import { shownName, signerError } from "./signerError.js"

/**
 * The value that a field of a form must have, or how it has to begin.
 *
 * @category models
 * @since 0.3.0
 */
export type FieldMatch = string | { readonly startsWith: string }

/** The members of the policy's document. */
type Condition = { readonly [name: string]: string } | readonly [string, string | number, string | number]

const fieldName = /^[\w!#$%&'*+.^`|~-]+$/

const isBytes = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/** What a policy says. */
export interface Policy {
  readonly expiration: number
  readonly fields: ReadonlyArray<readonly [name: string, match: FieldMatch]>
  readonly contentLength: { readonly min?: number | undefined; readonly max: number } | undefined
}

/** The document of a policy. */
export const documentOf = ({ contentLength, expiration, fields }: Policy): string | SignerError => {
  const conditions: Array<Condition> = []
  const seen = new Set<string>()
  for (const [name, match] of fields) {
    const lower = name.toLowerCase()
    if (!fieldName.test(name)) return signerError("InvalidOptions", `${shownName(name)} is no name of a field.`)
    if (seen.has(lower)) return signerError("InvalidOptions", `The field ${shownName(name)} is there twice.`)
    seen.add(lower)
    conditions.push(typeof match === "string" ? { [lower]: match } : ["starts-with", `$${lower}`, match.startsWith])
  }
  if (contentLength !== undefined) {
    const { max, min = 0 } = contentLength
    if (!isBytes(min) || !isBytes(max) || min > max) {
      return signerError("InvalidOptions", "The length of the content is no range of bytes.")
    }
    conditions.push(["content-length-range", min, max])
  }
  return JSON.stringify({ expiration: new Date(expiration).toISOString(), conditions })
}
