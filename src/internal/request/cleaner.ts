/**
 * Removes secrets from whatever a program throws or shows: texts, errors with their causes, lists and plain objects.
 */
import * as Redacted from "effect/Redacted"
import { isFailure } from "../failure/model.js"
import { isObject } from "../object.js"
import { isSecretName, redacted, withoutSecrets } from "../secrets.js"
import { systemErrorOf } from "./networkError.js"

const maxDepth = 8

// The most texts and objects that are visited; the rest is not shown
const maxValues = 1024

// These classes distinguish invalid input from network errors
const builtIn = [TypeError, RangeError, SyntaxError]

/** Whether an object shows only its own properties. Objects of another realm have another prototype. */
const isPlain = (value: object): boolean => {
  const proto: unknown = Object.getPrototypeOf(value)
  return !isObject(proto) || Object.getPrototypeOf(proto) === null
}

const isError = (value: object): value is Error =>
  value instanceof Error || /(?:Error|Exception)\]$/.test(Object.prototype.toString.call(value))

/**
 * Makes a function that removes secrets from whatever a program throws or shows. A value without secrets is returned as
 * it is; so is one that cannot be inspected, if `keeps` is set.
 */
export const cleanerOf = (hide: (text: string) => string, keeps: boolean): ((value: unknown) => unknown) => {
  const shown = (text: string): string => withoutSecrets(hide(text))
  let left = maxValues
  const clean = (value: unknown, depth: number): unknown => {
    if (typeof value !== "string" && !isObject(value)) return value
    if (left-- <= 0 || depth > maxDepth) return redacted
    if (typeof value === "string") return shown(value)
    if (Redacted.isRedacted(value) || isFailure(value)) return value
    if (isError(value)) return cleanError(value, depth)
    if (Array.isArray(value)) {
      const list: ReadonlyArray<unknown> = value
      const open = list.map((item) => clean(item, depth + 1))
      return open.every((item, i) => Object.is(item, list[i])) ? value : open
    }
    if (typeof value === "function" || !isPlain(value)) return keeps ? value : hidden(value, depth)
    const open = new Map(Reflect.ownKeys(value).map((key) => [key, cleanAt(value, key, depth)]))
    return [...open].every(([key, item]) => Object.is(item, Reflect.get(value, key))) ? value : Object.fromEntries(open)
  }
  // The name must not be that of a network error
  const hidden = (value: object, depth: number): Error =>
    Object.assign(new Error("an object that can show secrets"), { name: "Unknown" }, clean(systemErrorOf(value), depth))
  const cleanAt = (value: object, key: string | symbol, depth: number): unknown => {
    const property = Object.getOwnPropertyDescriptor(value, key)
    // A getter can return something else each time
    if (property?.get !== undefined) return redacted
    const isSecret = isSecretName(String(key)) && (typeof property?.value === "string" || isObject(property?.value))
    return isSecret ? redacted : clean(property?.value, depth + 1)
  }
  const cleanError = (error: Error, depth: number): Error => {
    const { message, name, stack } = error
    const listed: unknown = Reflect.get(error, "errors")
    const cause = clean(error.cause, depth + 1)
    const errors = clean(listed, depth + 1)
    const isOpen =
      cause === error.cause &&
      errors === listed &&
      shown(message) === message &&
      (stack === undefined || hide(stack) === stack) &&
      Reflect.ownKeys(error).every(
        (key) =>
          ["message", "stack", "cause", "errors"].some((known) => known === key) ||
          Object.is(cleanAt(error, key, depth), Reflect.get(error, key))
      )
    if (isOpen) return error
    const options = cause === undefined ? undefined : { cause }
    const Class = builtIn.find((known) => error instanceof known) ?? Error
    const copy = Array.isArray(errors)
      ? new AggregateError(errors, shown(message), options)
      : new Class(shown(message), options)
    copy.name = shown(name)
    return Object.assign(copy, clean(systemErrorOf(error), depth))
  }
  return (value) => {
    try {
      return clean(value, 0)
    } catch {
      // Its getters throw, so it may contain anything
      return new Error("an error that cannot be read")
    }
  }
}
