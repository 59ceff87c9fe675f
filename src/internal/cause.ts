/**
 * What an error of the network was caused by.
 */
import * as Predicate from "effect/Predicate"

const maxDepth = 8

/** The code of the system's error, such as `ECONNREFUSED`, that an error was caused by; undefined where there is none. */
export const codeOf = (error: unknown, depth = 0): string | undefined => {
  if (!Predicate.isObject(error) || depth > maxDepth) return undefined
  if (Predicate.hasProperty(error, "code") && typeof error.code === "string") return error.code
  return Predicate.hasProperty(error, "cause") ? codeOf(error.cause, depth + 1) : undefined
}
