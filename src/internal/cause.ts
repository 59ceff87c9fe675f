/**
 * What an error of the network was caused by.
 */
import * as Predicate from "effect/Predicate"

const maxDepth = 8

/** What the system says of an error of the network: `ECONNREFUSED`, and what it was doing, such as `connect`. */
export interface SystemError {
  readonly code: string
  readonly syscall?: string
}

/** The error of the system that an error was caused by; undefined where there is none. */
export const systemErrorOf = (error: unknown, depth = 0): SystemError | undefined => {
  if (!Predicate.isObject(error) || depth > maxDepth) return undefined
  if (Predicate.hasProperty(error, "code") && typeof error.code === "string") {
    const syscall = Predicate.hasProperty(error, "syscall") ? error.syscall : undefined
    return typeof syscall === "string" ? { code: error.code, syscall } : { code: error.code }
  }
  return Predicate.hasProperty(error, "cause") ? systemErrorOf(error.cause, depth + 1) : undefined
}
