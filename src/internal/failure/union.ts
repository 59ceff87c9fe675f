/**
 * Unions of classes, and functions on them.
 */
import * as Schema from "#effect/schema"
import type { AnswerProps, AnyErrorClass, AnyFailure, Documented, Failure, Union } from "./model.js"
import { isFailure } from "./model.js"

/** Joins classes and unions to one union. The schema is built on first use. */
export const union = <
  Parts extends ReadonlyArray<
    | { readonly Type: Failure; readonly _tag: string }
    | { readonly Type: Failure; readonly members: ReadonlyArray<unknown> }
  >
>(
  ...parts: Parts
): Union<Parts[number]["Type"]> => {
  const members = parts.flatMap((part) => ("members" in part ? part.members : [part]))
  let ast: Schema.AST | undefined
  return {
    ...Schema.schemaStatics,
    members,
    get ast(): Schema.AST {
      return (ast ??= Schema.unionAst(members))
    }
  } as never
}

/**
 * Makes an error of the only documented class that has the status, with everything the response said and the failure as
 * its cause; undefined if no class or several have it.
 */
export const inferFrom = <E>(errors: Documented<E>, failure: Failure): E | undefined => {
  const [klass, ...others] = errors.members.filter(({ info }) => info?.status === failure.status)
  if (klass === undefined || others.length > 0) return undefined
  const { attempts, deleteMarker, details, hostId, id2, indicator, requestId, resource } = failure
  const { request, retryAfter, secrets, status } = failure
  const answer = {
    deleteMarker,
    details,
    hostId,
    id2,
    indicator,
    requestId,
    request,
    resource,
    retryAfter,
    secrets,
    status
  }
  return new (klass as never as new (props: AnswerProps) => E)({ ...answer, attempts, inferred: true, cause: failure })
}

/** Returns whether a failure is of one of the classes. */
export const isDocumented = <E>(errors: Documented<E>, failure: AnyFailure): failure is E & AnyFailure =>
  errors.members.some(({ _tag }) => _tag === failure._tag)

/** The classes of a union. */
export const membersOf = <Self>(self: Union<Self>): ReadonlyArray<AnyErrorClass<Self>> => self.members

/** Classes by code. */
export const byTag = <Class extends { readonly _tag: string }>(
  classes: ReadonlyArray<Class>
): ReadonlyMap<string, Class> => new Map(classes.map((klass) => [klass._tag, klass]))

/** Makes a guard for the members of a union, even those made by another copy of the library. */
export const guard = <Self>(self: Union<Self, { readonly _tag: string }>): ((u: unknown) => u is Self) => {
  const tags = new Set(self.members.map((member) => member._tag))
  return (u): u is Self => isFailure(u) && tags.has(u._tag)
}
