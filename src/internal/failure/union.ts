/**
 * Unions of classes, and what can be asked of them.
 */
import * as Schema from "#effect/schema"
import type { AnswerProps, AnyErrorClass, AnyFailure, Documented, Failure, Union } from "./model.js"
import { isFailure } from "./model.js"

/** Joins classes, and unions of classes, to a union. Its schema is built when it is first asked for. */
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
 * The one class that a status stands for, with everything the answer said and the failure without a class for its cause;
 * undefined where several or none do.
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

/** Tells whether a failure is of one of the classes. */
export const isDocumented = <E>(errors: Documented<E>, failure: AnyFailure): failure is E & AnyFailure =>
  errors.members.some(({ _tag }) => _tag === failure._tag)

/** The classes of a union. */
export const membersOf = <Self>(self: Union<Self>): ReadonlyArray<AnyErrorClass<Self>> => self.members

/** Classes by their codes. */
export const byTag = <Class extends { readonly _tag: string }>(
  classes: ReadonlyArray<Class>
): ReadonlyMap<string, Class> => new Map(classes.map((klass) => [klass._tag, klass]))

/** A guard for the members of a union, made by this copy of the library or another. */
export const guard = <Self>(self: Union<Self, { readonly _tag: string }>): ((u: unknown) => u is Self) => {
  const tags = new Set(self.members.map((member) => member._tag))
  return (u): u is Self => isFailure(u) && tags.has(u._tag)
}
