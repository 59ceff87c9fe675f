/**
 * The base class of all failures. Nothing it shows contains a secret or a control character.
 */
import { otherEqual, otherHash } from "#effect/runtime"
import * as Data from "effect/Data"
import * as Equal from "effect/Equal"
import * as Hash from "effect/Hash"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import { emptyRecord, isRecord } from "../object.js"
import { withoutSecrets } from "../secrets.js"
import { printable, shorten } from "../text.js"
import * as Details from "./details.js"
import type { AnyFailure, Info, RequestInfo, Secrets } from "./model.js"
import { TypeId } from "./model.js"

/** How to construct the instances of a class. */
export interface Blueprint {
  readonly tag: string
  /** The status of an instance made without one. */
  readonly status: number
  /** The message of an instance made without one. */
  readonly message: (props: Props) => string
  /** The properties that an instance can have, in order, and how to validate each. */
  readonly names: ReadonlyArray<{ readonly name: string; readonly accept: (value: unknown) => unknown }>
  /** The properties that hold secrets, with their element names. */
  readonly secrets: ReadonlyArray<readonly [name: string, element: string]>
}

/** Constructor properties, not yet validated. */
export type Props = { readonly [name: string]: unknown }

const maxMessageLength = 4096

const noSecrets: Secrets = Object.freeze(emptyRecord<Redacted.Redacted>())

/** A valid status as it is, 0 for an invalid one, the documented one if none is given. */
const validStatus = (status: unknown, documented: number): number => {
  if (status === undefined) return documented
  return typeof status === "number" && Number.isInteger(status) && status >= 100 && status <= 999 ? status : 0
}

const shown = (text: string): string => withoutSecrets(printable(text))

const maxIdLength = 256

// What ids look like; these need no cleaning
const plainId = /^[\w+/-]{1,256}$/

/** Makes an id short and keeps it on one line. */
const idOf = (text: string): string => (plainId.test(text) ? text : shorten(shown(text), maxIdLength))

type Traced = abstract new (...args: never) => unknown

// V8 and JavaScriptCore can capture a trace separately from an error
const engine: { stackTraceLimit?: number; captureStackTrace?: Capture } = Error

/** Sets the limit of stack frames. With frozen intrinsics the limit stays, and a trace is captured twice. */
const limitTraces = (limit: number): void => {
  try {
    engine.stackTraceLimit = limit
  } catch {
    // Frozen
  }
}

/**
 * The place where an error was made. The engine formats `stack` when it is first read, and may call a user's hook for
 * that, which takes this object for the error.
 */
interface Trace {
  readonly stack?: string
  name?: string
  message?: string
}

type Capture = (target: Trace, below: Traced) => void

const noTrace: Trace = {}

let isTraced = true

/**
 * Runs a function so that the errors it makes have no trace. In a fiber the frames are all Effect's own, and until
 * `stack` is read the engine keeps alive whatever they hold: the response, its body, and the request with the body of
 * an upload.
 */
export const untraced = <A>(make: () => A): A => {
  const before = isTraced
  isTraced = false
  try {
    return make()
  } finally {
    isTraced = before
  }
}

/** The frames of a trace, as the engine or a user's hook formats them; none if the hook throws. */
const framesOf = (read: () => unknown, skipped: number): ReadonlyArray<string> => {
  try {
    const text = read()
    return isText(text) ? text.split("\n").slice(skipped) : []
  } catch {
    return []
  }
}

const isAttempts = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0

/** Whether two values are equal, even if they were made with different versions of Effect. */
const isSame = (one: unknown, other: unknown): boolean =>
  Equal.equals(one, other) || (isRecord(one) && isRecord(other) && hasSameEntries(one, other))

const hasSameEntries = (one: object, other: object): boolean => {
  const others = new Map<string, unknown>(Object.entries(other))
  const own = Object.entries<unknown>(one as Record<string, unknown>)
  return own.length === others.size && own.every(([name, value]) => isSame(value, others.get(name)))
}

const isText = (value: unknown): value is string => typeof value === "string"

const requestNames = ["operation", "method", "bucket", "key"]

/** Validates a `RequestInfo` and makes it comparable by value; undefined if it is empty. */
const acceptRequest = (value: unknown): RequestInfo | undefined => {
  if (!isRecord(value)) return undefined
  const known = requestNames.flatMap((name): ReadonlyArray<[string, string]> => {
    const text = value[name]
    return isText(text) && text !== "" ? [[name, text]] : []
  })
  return known.length === 0 ? undefined : Details.make(known)
}

/** `GetObject GET photos/cat.txt` */
const requestOf = ({ bucket, key, method, operation }: RequestInfo): string => {
  const target = [bucket, key].filter(isText).join("/")
  return shorten(shown([operation, method, target].filter((text) => isText(text) && text !== "").join(" ")), 1024)
}

const factsOf = (self: Base): string => {
  const request = self.request === undefined ? "" : `${requestOf(self.request)}, `
  const code = self.code === undefined ? "" : `code ${shown(self.code)}, `
  const id = self.requestId === undefined ? "" : `, request id ${shown(self.requestId)}`
  const attempts = self.attempts === undefined || self.attempts === 1 ? "" : `, ${self.attempts} attempts`
  return `${request}${code}status ${self.status}${id}${attempts}`
}

const shownTexts = (texts: object): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [shown(name), shown(String(text))]))

const withAttemptsKey = Symbol.for("effect-obs/withAttempts")

/** The base class of all failures. Nothing it shows contains a secret or a control character. */
export class Base extends Data.Error {
  declare readonly _tag: string
  declare readonly status: number
  declare readonly requestId?: string
  declare readonly hostId?: string
  declare readonly id2?: string
  declare readonly indicator?: string
  declare readonly resource?: string
  declare readonly code?: string
  declare readonly request?: RequestInfo
  declare readonly attempts?: number
  declare readonly info?: Info
  declare readonly details: Details.Details
  declare readonly secrets: Secrets
  declare readonly solution: string

  readonly #blueprint: Blueprint
  readonly #trace: Trace | undefined

  constructor(blueprint: Blueprint, props: Props, trace?: Trace) {
    // Captures the trace separately and only once, so that `stack` can put a head in front of it
    const { captureStackTrace, stackTraceLimit } = engine
    if (captureStackTrace === undefined || stackTraceLimit === undefined) {
      super()
      this.#trace = undefined
      // Without a trace, the engine leaves an empty own property that hides the accessor
      const left: unknown = Object.hasOwn(this, "stack") ? this.stack : ""
      if (left === undefined) delete (this as { stack?: string }).stack
    } else {
      limitTraces(0)
      try {
        super()
      } finally {
        limitTraces(stackTraceLimit)
      }
      // Reveals the accessor of the prototype
      delete (this as { stack?: string }).stack
      this.#trace = trace ?? (isTraced ? {} : noTrace)
      if (trace === undefined && isTraced) {
        try {
          captureStackTrace.call(Error, this.#trace, new.target)
        } catch {
          // A user's hook threw: no frames
        }
      }
    }
    this.#blueprint = blueprint
    const status = validStatus(props["status"], blueprint.status)
    const said =
      isText(props["message"]) && props["message"] !== "" ? props["message"] : blueprint.message({ ...props, status })
    const plain = printable(said)
    const open = withoutSecrets(plain)
    const message = shorten(open, maxMessageLength)
    Object.defineProperty(this, "message", { value: message, configurable: true, writable: true })
    if (props["cause"] !== undefined) {
      Object.defineProperty(this, "cause", { value: props["cause"], configurable: true, writable: true })
    }
    const self = this as Record<string, unknown>
    self["_tag"] = blueprint.tag
    self["status"] = status
    // Always in the same order, whatever the order of the input
    if (isText(props["requestId"])) self["requestId"] = idOf(props["requestId"])
    if (isText(props["hostId"])) self["hostId"] = idOf(props["hostId"])
    if (isText(props["id2"])) self["id2"] = idOf(props["id2"])
    if (isText(props["indicator"])) self["indicator"] = idOf(props["indicator"])
    if (isText(props["resource"])) self["resource"] = props["resource"]
    for (const { accept, name } of blueprint.names) {
      const given = props[name]
      const value = given === undefined ? undefined : accept(given)
      if (value !== undefined) self[name] = value
    }
    let secrets = isRecord(props["secrets"]) ? (props["secrets"] as Secrets) : undefined
    for (const [name, element] of blueprint.secrets) {
      const value = props[name]
      if (value !== undefined) secrets = { ...secrets, [element]: value as Redacted.Redacted }
    }
    let details = isRecord(props["details"]) ? Details.from(props["details"] as Details.Details) : Details.empty
    if (open !== plain) {
      secrets = { ...secrets, Message: Redacted.make(said) }
    } else if (message !== said && details["Message"] === undefined) {
      details = Details.make([...Object.entries(details), ["Message", said]])
    }
    self["details"] = details
    const request = acceptRequest(props["request"])
    if (request !== undefined) self["request"] = request
    if (isAttempts(props["attempts"])) self["attempts"] = props["attempts"]
    if (secrets !== undefined) {
      const own = Object.entries(secrets).filter(([, value]) => Redacted.isRedacted(value))
      const value = Object.assign(emptyRecord(), Object.fromEntries(own))
      Object.defineProperty(this, "secrets", { value: Object.freeze(value) })
    }
  }

  /**
   * The trace, headed by what people need: loggers, Effect's among them, print only the stack of an error.
   */
  override get stack(): string {
    const trace = #trace in this ? this.#trace : undefined
    // A trace that is not ours has no first line with the message
    const frames =
      trace === undefined
        ? framesOf(() => Reflect.get(Error.prototype, "stack", this), 0)
        : trace === noTrace
          ? []
          : framesOf(() => Object.assign(trace, { name: this.name, message: this.message }).stack, 1)
    return [`${this.name}: ${this.message}`, `    ${factsOf(this)}`, `    ${this.solution}`, ...frames].join("\n")
  }

  override set stack(stack: string) {
    Object.defineProperty(this, "stack", { value: stack, configurable: true, writable: true })
  }

  get [TypeId](): TypeId {
    return TypeId
  }

  // A getter, since Effect wraps errors in proxies: the function it returns belongs to the error itself
  get [withAttemptsKey](): (attempts: number) => Base {
    return (attempts) => {
      const copy = Reflect.construct(
        Base,
        [this.#blueprint, { message: this.message }, this.#trace],
        this.constructor as Traced
      ) as Base
      Object.defineProperties(copy, Object.getOwnPropertyDescriptors<object>(this))
      const told = { value: attempts, enumerable: true, configurable: true, writable: true }
      return Object.defineProperty(copy, "attempts", told)
    }
  }

  /** One line for people: what happened, status, request id, and what to do next. */
  override toString(): string {
    return `${this.name}: ${this.message} (${factsOf(this)}) ${this.solution}`
  }

  /** For logs. `Schema.encode` gives the exact form that can be decoded again. */
  override toJSON(): Record<string, unknown> {
    const { _tag, details, ...rest } = this
    const out: Record<string, unknown> = { _tag, message: this.message }
    for (const [name, value] of Object.entries(rest)) out[name] = isText(value) ? shown(value) : value
    if (this.request !== undefined) out["request"] = shownTexts(this.request)
    out["solution"] = this.solution
    if (Object.keys(details).length > 0) out["details"] = shownTexts(details)
    return out
  }

  override [NodeInspectSymbol](
    _depth?: unknown,
    options?: unknown,
    inspect?: (value: unknown, options: unknown) => string
  ): unknown {
    const { _tag, message, solution, ...fields } = this.toJSON()
    const stack: unknown = this.stack
    const frames = isText(stack) ? stack.split("\n").filter((line) => /^\s+at /.test(line)) : []
    return [this.toString(), ...frames].join("\n") + (inspect === undefined ? "" : ` ${inspect(fields, options)}`)
  }

  [Equal.symbol](that: Equal.Equal): boolean {
    if (!Predicate.hasProperty(that, TypeId) || !(that instanceof Error) || that.message !== this.message) return false
    const others = new Map<string, unknown>(Object.entries(that))
    const own = Object.entries(this)
    // The number of attempts is not part of the response
    others.delete("attempts")
    const compared = own.filter(([name]) => name !== "attempts")
    return compared.length === others.size && compared.every(([name, value]) => isSame(value, others.get(name)))
  }

  // Not cached: the instance may be frozen. The same in both versions of Effect
  [Hash.symbol](): number {
    return Hash.string([this._tag, this.message, this.status, this.requestId].join("\n"))
  }
}

// Lets either version of Effect compare errors made with the other one
Object.defineProperties(Base.prototype, {
  [otherEqual]: {
    value(this: Base, that: Equal.Equal) {
      return this[Equal.symbol](that)
    }
  },
  [otherHash]: {
    value(this: Base) {
      return this[Hash.symbol]()
    }
  }
})

Object.defineProperty(Base.prototype, "secrets", { value: noSecrets })

/** Sets the request of a failure that has not been handed out yet. */
export const tellRequest = (failure: AnyFailure, request: RequestInfo): void => {
  Object.defineProperty(failure, "request", { value: request, enumerable: true, configurable: true, writable: true })
}

/** A copy of a failure with the number of attempts. The failure itself may be shared. */
export const copyWithAttempts = (failure: AnyFailure, attempts: number): AnyFailure => {
  const copy = (failure as { readonly [withAttemptsKey]?: (attempts: number) => AnyFailure })[withAttemptsKey]
  return copy === undefined ? failure : copy.call(failure, attempts)
}

/** Replaces the solution of a failure if more is known about its request than the response says. */
export const withSolution = (failure: AnyFailure, solution: string): void => {
  // A frozen failure keeps its own
  Reflect.defineProperty(failure, "solution", { value: solution, configurable: true, writable: true })
}
