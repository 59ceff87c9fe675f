/**
 * How an `HttpApi` answers a failure: with the status that it has. The platform takes the status from a schema and not
 * from a value, so what has no status of its own needs a schema for each.
 */
import * as Schema from "#effect/schema"
import { httpApiStatusOf } from "./errorClass.js"
import type { AnyFailure, FailureEncoded, Info } from "./model.js"

/** A class of failures, with a row or without one. */
interface Class {
  readonly _tag: string
  readonly ast: Schema.AST
  readonly info?: Info
}

/** What can be answered: a class or a union of classes. */
export type Answerable = { readonly Type: unknown } & (
  { readonly _tag: string } | { readonly members: ReadonlyArray<unknown> }
)

/** Those of the registry of RFC 9110, but for 407, which is about the next hop, and two that are common without it. */
const statuses = [
  400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425,
  426, 428, 429, 431, 451, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511, 520
]

/** Rows have these, and so has what holds an error with a row. */
const redirects = [301, 307]

const answeredWith = ({ _tag, failure, info, status }: AnyFailure): number => {
  if (failure !== undefined) return answeredWith(failure)
  if (info !== undefined) return httpApiStatusOf(info.status)
  if (statuses.includes(status)) return status
  // A status that a client does not know means the same as the first of its hundred
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

/** The schemas of classes, and of those of unions, each with the one status that an `HttpApi` answers with. */
export const httpApiErrors = <Parts extends ReadonlyArray<Answerable>>(
  ...parts: Parts
): ReadonlyArray<Schema.Codec<Parts[number]["Type"], FailureEncoded>> => {
  const classes = new Set(parts.flatMap((part) => ("members" in part ? part.members : [part])))
  return [...classes].flatMap((klass) => byStatus(klass as Class)) as never
}
