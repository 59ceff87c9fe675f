/**
 * The kinds of fields that a class can have: which elements of an answer fill it, and how their text becomes a value.
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schema from "#effect/schema"

/** A value of type `A` that is read from the text of an element, and encoded as `I`. */
export interface Field<A, I> {
  readonly _tag: "Field"
  /** The names of the elements that can fill a field of this name. */
  readonly elements: (name: string) => ReadonlyArray<string>
  readonly schema: Schema.Codec<A, I>
  readonly parse: (text: string) => Option.Option<A>
  /** The value as it is encoded and decoded again; undefined where it is none. */
  readonly accept: (value: unknown) => A | undefined
}

/** A secret: redacted in memory, and no part of what is shown, compared or encoded. */
export interface Secret {
  readonly _tag: "Secret"
  readonly elements: (name: string) => readonly [string, ...ReadonlyArray<string>]
}

export interface Fields {
  readonly [name: string]:
    Field<string, string> | Field<DateTime.Utc, string> | Field<Duration.Duration, number> | Secret
}

/** The type of a field's value on an error. */
export type Value<F> = F extends Field<infer A, infer _I> ? A : Redacted.Redacted

/** The element that a field is named after: `bucketName` is filled by `BucketName`. */
const elementOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

const basicForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
const dateForms =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$|^[a-z]{3}, \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d GMT$/i

const parseTime = (text: string): Option.Option<DateTime.Utc> => {
  const extended = text.replace(basicForm, "$1-$2-$3T$4:$5:$6Z")
  return dateForms.test(extended) ? Option.map(DateTime.make(new Date(extended)), DateTime.toUtc) : Option.none()
}

const acceptText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

/** The element's text. */
export const text: Field<string, string> = {
  _tag: "Field",
  elements: (name) => [elementOf(name)],
  schema: Schema.string,
  parse: Option.some,
  accept: acceptText
}

/** A date in a form that the service uses: `20210824T061826Z`, `2021-10-14T03:17:08.663Z`, or that of HTTP. */
export const time: Field<DateTime.Utc, string> = {
  _tag: "Field",
  elements: (name) => [elementOf(name)],
  schema: Schema.utc,
  parse: parseTime,
  accept: (value) => (DateTime.isDateTime(value) && DateTime.isUtc(value) ? value : undefined)
}

/** A duration that has an end, in whole milliseconds; less than none, which only Effect 4 has, is none. */
export const acceptDuration = (value: unknown): Duration.Duration | undefined =>
  Duration.isDuration(value) && Duration.isFinite(value)
    ? Duration.millis(Math.min(Math.max(Math.round(Duration.toMillis(value)), 0), Number.MAX_SAFE_INTEGER))
    : undefined

/** A duration, from an element whose name ends with its unit. */
export const milliseconds: Field<Duration.Duration, number> = {
  _tag: "Field",
  elements: (name) => [`${elementOf(name)}Milliseconds`],
  schema: Schema.milliseconds,
  parse: (text) => (/^\d{1,15}$/.test(text) ? Option.some(Duration.millis(Number(text))) : Option.none()),
  accept: acceptDuration
}

/** A secret, also from the element that has `AWS` in front of its name. */
export const secret: Secret = {
  _tag: "Secret",
  elements: (name) => [elementOf(name), `AWS${elementOf(name)}`]
}
