/**
 * The kinds of typed fields: which elements of a response fill a field, and how its text becomes a value.
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import * as Schema from "#effect/schema"

/** A value of type `A`, read from the text of an element and encoded as `I`. */
export interface Field<A, I> {
  readonly _tag: "Field"
  /** The elements that can fill a field with this name. */
  readonly elements: (name: string) => ReadonlyArray<string>
  readonly schema: Schema.Codec<A, I>
  readonly parse: (text: string) => Option.Option<A>
  /** The value as encoding and decoding would leave it; undefined if it is invalid. */
  readonly accept: (value: unknown) => A | undefined
}

/** A secret: redacted in memory, and never shown, compared or encoded. */
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

/** The element for a field: `bucketName` is filled by `BucketName`. */
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

/** A date in one of the service's forms: `20210824T061826Z`, `2021-10-14T03:17:08.663Z`, or an HTTP date. */
export const time: Field<DateTime.Utc, string> = {
  _tag: "Field",
  elements: (name) => [elementOf(name)],
  schema: Schema.utc,
  parse: parseTime,
  accept: (value) => (DateTime.isDateTime(value) && DateTime.isUtc(value) ? value : undefined)
}

/** A finite duration in whole milliseconds. A negative one, which only Effect 4 has, becomes zero. */
export const acceptDuration = (value: unknown): Duration.Duration | undefined =>
  Duration.isDuration(value) && Duration.isFinite(value)
    ? Duration.millis(Math.min(Math.max(Math.round(Duration.toMillis(value)), 0), Number.MAX_SAFE_INTEGER))
    : undefined

/** A duration, from an element whose name ends in `Milliseconds`. */
export const milliseconds: Field<Duration.Duration, number> = {
  _tag: "Field",
  elements: (name) => [`${elementOf(name)}Milliseconds`],
  schema: Schema.milliseconds,
  parse: (text) => (/^\d{1,15}$/.test(text) ? Option.some(Duration.millis(Number(text))) : Option.none()),
  accept: acceptDuration
}

/** A secret, also read from the element with the prefix `AWS`. */
export const secret: Secret = {
  _tag: "Secret",
  elements: (name) => [elementOf(name), `AWS${elementOf(name)}`]
}
