/**
 * Dates in the forms that requests have.
 */

/** A date as it was sent, and in milliseconds. */
export interface RequestDate {
  readonly text: string
  readonly millis: number
}

const httpForm = /^[a-z]{3}, \d{1,2} [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|[+-]\d{4})$/i
const extendedForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
const basicForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

/** A date of HTTP or of ISO 8601. The name of the day is not looked at: documents have wrong ones. */
export const dateOf = (text: string | undefined): RequestDate | undefined => {
  if (text === undefined) return undefined
  const extended = text.replace(basicForm, "$1-$2-$3T$4:$5:$6Z")
  if (!httpForm.test(extended) && !extendedForm.test(extended)) return undefined
  const millis = Date.parse(extended)
  return Number.isNaN(millis) ? undefined : { text, millis }
}

/** The one form of version 4. */
export const basicDateOf = (text: string | undefined): RequestDate | undefined =>
  text !== undefined && basicForm.test(text) ? dateOf(text) : undefined

/** The start of a day. */
export const dayOf = (text: string): number | undefined => {
  const millis = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3T00:00:00Z"))
  return /^\d{8}$/.test(text) && !Number.isNaN(millis) ? millis : undefined
}
