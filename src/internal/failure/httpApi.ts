/**
 * The schemas by which an `HttpApi` responds to a failure with its status. The platform takes the status from a schema,
 * not from a value, so a class without a fixed status needs one schema for each.
 */
import * as Schema from "#effect/schema"
import { httpApiStatusOf } from "./errorClass.js"
import type { AnyFailure, FailureEncoded, Info } from "./model.js"

/** An error class, with or without a catalogue row. */
interface Class {
  readonly _tag: string
  readonly ast: Schema.AST
  readonly info?: Info
}

/** A class or a union of classes. */
export type Answerable = { readonly Type: unknown } & (
  { readonly _tag: string } | { readonly members: ReadonlyArray<unknown> }
)

/** The statuses registered by RFC 9110, except 407, which concerns the next hop, and two common unregistered ones. */
const statuses = [
  400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
  426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520
]

/** Catalogue rows have these, so an error that holds such an error has them too. */
const redirects = [301, 307]

const answeredWith = ({ _tag, failure, info, status }: AnyFailure): number => {
  if (failure !== undefined) return answeredWith(failure)
  if (info !== undefined) return httpApiStatusOf(info.status)
  if (statuses.includes(status)) return status
  // Clients treat an unknown status like the first one of its hundred
  if (status >= 400 && status < 600 && status !== 407) return status < 500 ? 400 : 500
  return _tag === "UnrecognizedResponse" ? 502 : 500
}

const schemasOf = /*#__PURE__*/ new WeakMap<Class, ReadonlyArray<unknown>>()

const byStatus = (klass: Class): ReadonlyArray<unknown> => {
  const known = schemasOf.get(klass)
  if (known !== undefined) return known
  const own = klass._tag === "UnexpectedObsError" ? [...redirects, ...statuses] : statuses
  const schemas =
    klass.info === undefined
      ? own.map((status) =>
          Schema.withHttpApiStatus<AnyFailure>(klass, status, (failure) => answeredWith(failure) === status)
        )
      : [klass]
  schemasOf.set(klass, schemas)
  return schemas
}

/**
 * One schema for each class, or for each status of a class, annotated with the status that an `HttpApi` responds with.
 */
export const httpApiErrors = <Parts extends ReadonlyArray<Answerable>>(
  ...parts: Parts
): ReadonlyArray<Schema.Codec<Parts[number]["Type"], FailureEncoded>> => {
  const classes = new Set(parts.flatMap((part) => ("members" in part ? part.members : [part])))
  return [...classes].flatMap((klass) => byStatus(klass as Class)) as never
}
