/**
 * Random failures and responses for property tests: arbitraries of `effect/FastCheck` with Effect 3, and of
 * `effect/Arbitrary` with Effect 4. `it.prop` of `@effect/vitest` takes them with both.
 *
 * @since 0.3.0
 */
import type { Arbitrary } from "#effect/arbitrary"
import * as Random from "#effect/arbitrary"
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import { fieldsOf } from "../internal/failure/errorClass.js"
import type { Fields } from "../internal/failure/field.js"
import * as Field from "../internal/failure/field.js"
import type { AnswerProps } from "../internal/failure/model.js"
import { beforeSecrets, withoutSecrets } from "../internal/secrets.js"
import * as ObsError from "../ObsError.js"
import type { Answer, RenderOptions } from "./ObsAnswer.js"
import * as ObsAnswer from "./ObsAnswer.js"

export type { Arbitrary } from "#effect/arbitrary"

/** What every class of failures can be made of. */
type Props = AnswerProps & { readonly code: string; readonly reason: ObsError.Reason }

/**
 * A class of failures, such as `ObsError.NoSuchKey`.
 *
 * @category models
 * @since 0.3.0
 */
export interface FailureClass<Self> {
  new (props: Props): Self
  readonly _tag: string
}

/**
 * A union of failures, such as `ObsError.NotFoundError`.
 *
 * @category models
 * @since 0.3.0
 */
export interface FailureUnion<Self> {
  readonly members: ReadonlyArray<FailureClass<Self>>
}

/**
 * How a response is written: its dialect, to which method, and the form of its document.
 *
 * @category models
 * @since 0.3.0
 */
export interface Layout extends Pick<RenderOptions, "dialect" | "layout" | "prefix"> {
  readonly method: "GET" | "HEAD"
}

/**
 * A failure, and a response that is decoded to it: `ObsResponse.decode(response)` equals `failure`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Sent<Self> {
  readonly failure: Self
  readonly layout: Layout
  readonly response: Answer & Pick<Layout, "method">
}

/** Where a failure has to fit in: nowhere, or what can carry it. */
type Place = "Memory" | "Xml" | "Json" | "Headers"

const elementOf = <A>(first: A, ...others: ReadonlyArray<A>): Arbitrary<A> =>
  Random.map(Random.whole(0, others.length), (i) => others[i - 1] ?? first)

const maybe = <A>(arbitrary: Arbitrary<A>): Arbitrary<A | undefined> =>
  Random.oneOf<A | undefined>(Random.constant(undefined), arbitrary)

// What a message does not keep, and halves of characters
const unshown =
  // eslint-disable-next-line no-control-regex -- what a message does not keep
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu

const isOpen = (text: string): boolean => withoutSecrets(text) === text

/** Texts that an element can have, without anything that looks like a secret. */
const texts: Arbitrary<string> = /*#__PURE__*/ Random.filter(
  /*#__PURE__*/ Random.map(/*#__PURE__*/ Random.text(30), (text) => text.replace(unshown, "?") || "?"),
  isOpen
)

/** Texts without white space around them, which JSON loses. */
const trimmed: Arbitrary<string> = /*#__PURE__*/ Random.map(texts, (text) => text.trim() || "?")

/** Texts that a header can have. */
const headerTexts: Arbitrary<string> = /*#__PURE__*/ Random.filter(
  /*#__PURE__*/ Random.matching(/^[!-~¡-ÿ]([ -~¡-ÿ]{0,20}[!-~¡-ÿ])?$/),
  (text) => beforeSecrets(text) === text
)

const textsIn = (place: Place): Arbitrary<string> =>
  place === "Headers" ? headerTexts : place === "Json" ? trimmed : texts

const times: Arbitrary<DateTime.Utc> = /*#__PURE__*/ Random.map(
  /*#__PURE__*/ Random.whole(0, 253_402_300_799_999),
  (millis) => DateTime.toUtc(Option.getOrThrow(DateTime.make(new Date(millis))))
)

const durations: Arbitrary<Duration.Duration> = /*#__PURE__*/ Random.map(
  /*#__PURE__*/ Random.whole(0, 2 ** 31),
  (millis) => Duration.millis(millis)
)

/** The typed fields of a class. */
const fieldsIn = (fields: Fields, place: Place): Arbitrary<{ readonly [name: string]: unknown }> =>
  Random.record(
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]): ReadonlyArray<readonly [string, Arbitrary<unknown>]> => {
        if (field._tag === "Secret") return []
        const value: Arbitrary<unknown> =
          field === Field.time ? times : field === Field.milliseconds ? durations : textsIn(place)
        return [[name, maybe(value)]]
      })
    )
  )

// Elements that headers can name, and that no class has a field for
const knownNames = ["Bucket", "Method", "UploadId", "VersionId"] as const

const unknownNames = ["Custom1", "Further2", "Other3"] as const

const detailsIn = (fields: Fields, place: Place): Arbitrary<{ readonly [name: string]: string }> => {
  const taken = Object.entries(fields).flatMap(([name, field]) => field.elements(name))
  const names = place === "Headers" ? knownNames : unknownNames
  const details = Object.fromEntries(
    names.filter((name) => !taken.includes(name)).map((name) => [name, maybe(textsIn(place))])
  )
  return Random.map(Random.record<Record<string, string | undefined>>(details), (found) =>
    Object.fromEntries(Object.entries(found).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])))
  )
}

const requestIds = /*#__PURE__*/ maybe(/*#__PURE__*/ Random.matching(/^[0-9A-F]{1,32}$/))

const ids = /*#__PURE__*/ maybe(
  /*#__PURE__*/ Random.filter(/*#__PURE__*/ Random.matching(/^[A-Za-z0-9+/]{8,64}$/), isOpen)
)

const indicators = /*#__PURE__*/ maybe(/*#__PURE__*/ elementOf("3", "601", "602"))

const markers = /*#__PURE__*/ maybe(/*#__PURE__*/ elementOf(true, false))

const codes = /*#__PURE__*/ Random.matching(/^X[A-Za-z.]{1,30}$/)

const statuses: Arbitrary<number> = /*#__PURE__*/ Random.filter(
  /*#__PURE__*/ Random.whole(300, 599),
  (status) => status !== 304
)

/** Why a response of a layout can be unrecognized; others are of no response but of its connection. */
const reasonsIn = (place: Place): Arbitrary<ObsError.Reason> => {
  switch (place) {
    case "Headers":
      return Random.constant("EmptyBody")
    case "Json":
    case "Xml":
      return elementOf<ObsError.Reason>("NoCode", "Malformed")
    case "Memory":
      return elementOf<ObsError.Reason>(
        "EmptyBody",
        "NotAnErrorDocument",
        "NoCode",
        "Malformed",
        "Compressed",
        "TooLarge",
        "TimedOut",
        "ConnectionLost",
        "Unreadable",
        "OpaqueRedirect"
      )
  }
}

const statusOf = (tag: string): Arbitrary<number> =>
  tag === "NotModified" ? Random.constant(304) : tag === "CallbackFailed" ? Random.constant(203) : statuses

/** The failures of a class that a place can carry. */
const failuresIn = <Self>(klass: FailureClass<Self>, place: Place): Arbitrary<Self> => {
  const fields = fieldsOf(klass)
  const common = Random.record<Omit<Props, "retryAfter">>({
    message: maybe(textsIn(place)),
    status: statusOf(klass._tag),
    requestId: requestIds,
    hostId: ids,
    id2: ids,
    indicator: indicators,
    deleteMarker: markers,
    resource: maybe(textsIn(place)),
    details: detailsIn(fields, place),
    code: codes,
    reason: reasonsIn(place)
  })
  return Random.map(
    Random.both(Random.both(common, maybe(durations)), fieldsIn(fields, place)),
    ([[props, retryAfter], values]) => new klass({ ...values, ...props, retryAfter })
  )
}

/** `failuresIn`, which makes the arbitraries of a class once. */
const remembering = <Self>(): typeof failuresIn<Self> => {
  const known: Record<Place, Map<FailureClass<Self>, Arbitrary<Self>>> = {
    Memory: new Map(),
    Xml: new Map(),
    Json: new Map(),
    Headers: new Map()
  }
  return (klass, place) => {
    const found = known[place].get(klass) ?? failuresIn(klass, place)
    known[place].set(klass, found)
    return found
  }
}

const membersOf = <Self>(self: FailureClass<Self> | FailureUnion<Self>): Arbitrary<FailureClass<Self>> => {
  const [first, ...others] = "members" in self ? self.members : [self]
  if (first === undefined) throw new RangeError("A union has members.")
  return elementOf(first, ...others)
}

/**
 * Failures of a class or of a union: `failureOf(ObsError.NoSuchKey)`, `failureOf(ObsError.NotFoundError)`. Each can have all
 * that its class has, secrets aside.
 *
 * @category arbitraries
 * @since 0.3.0
 */
export const failureOf = <Self>(self: FailureClass<Self> | FailureUnion<Self>): Arbitrary<Self> => {
  const failures = remembering<Self>()
  return Random.flatMap(membersOf(self), (klass) => failures(klass, "Memory"))
}

/**
 * Any failure that a client can have of the service: those of `failureOf(ObsError.ObsFailure)`.
 *
 * @category arbitraries
 * @since 0.3.0
 */
export const failure: Arbitrary<ObsError.ObsFailure> = /*#__PURE__*/ failureOf(ObsError.ObsFailure)

/**
 * Any layout of a response: both dialects, HEAD and others, one line or indented, with a prefix or without, and JSON.
 *
 * @category arbitraries
 * @since 0.3.0
 */
export const layout: Arbitrary<Layout> = /*#__PURE__*/ Random.record<Layout>({
  dialect: /*#__PURE__*/ elementOf("obs" as const, "amz" as const),
  method: /*#__PURE__*/ elementOf("GET" as const, "GET" as const, "GET" as const, "HEAD" as const),
  layout: /*#__PURE__*/ elementOf("line" as const, "indented" as const, "json" as const),
  prefix: /*#__PURE__*/ maybe(/*#__PURE__*/ elementOf("s3", "o", "ns-1.x"))
})

const jsonTags = /*#__PURE__*/ new Set(/*#__PURE__*/ ObsError.OefError.members.map(({ _tag }) => _tag))

/** What carries a failure of a class in a layout. */
const placeOf = (tag: string, { layout, method }: Layout): Place => {
  if (method === "HEAD" || tag === "NotModified") return "Headers"
  return layout === "json" ? "Json" : "Xml"
}

/**
 * Failures of a class or of a union as the service sends them, in any layout that can carry them: decoding the response gives
 * the failure back. JSON is the layout of the extension services (`ObsError.OefError`) alone.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsError, ObsResponse } from "effect-obs"
 * import { ObsArbitrary } from "effect-obs/testing"
 *
 * // it.prop("keeps the status", [responses], ([{ failure, response }]) => ...)
 * export const responses = ObsArbitrary.responseOf(ObsError.NotFoundError)
 *
 * export const isReadBack = ({ failure, response }: ObsArbitrary.Sent<ObsError.NotFoundError>) => {
 *   assert.strictEqual(ObsResponse.decode(response)._tag, failure._tag)
 * }
 * ```
 *
 * @category arbitraries
 * @since 0.3.0
 */
export const responseOf = <Self extends ObsError.ObsFailure>(
  self: FailureClass<Self> | FailureUnion<Self>
): Arbitrary<Sent<Self>> => {
  const failures = remembering<Self>()
  return Random.flatMap(Random.both(membersOf(self), layout), ([klass, any]) => {
    const isJson = any.layout === "json" && jsonTags.has(klass._tag)
    const layout: Layout = any.layout === "json" && !isJson ? { ...any, layout: "line" } : any
    return Random.map(failures(klass, placeOf(klass._tag, layout)), (failure) => ({
      failure,
      layout,
      response: { ...ObsAnswer.render(failure, layout), method: layout.method }
    }))
  })
}

/**
 * Any failure as the service sends it, in any layout: those of `responseOf(ObsError.ObsFailure)`.
 *
 * @category arbitraries
 * @since 0.3.0
 */
export const response: Arbitrary<Sent<ObsError.ObsFailure>> = /*#__PURE__*/ responseOf(ObsError.ObsFailure)
