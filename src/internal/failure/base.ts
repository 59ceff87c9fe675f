/**
 * What every failure does at run time: none of it shows a secret or a control character.
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

/** How the instances of a class are made. */
export interface Blueprint {
  readonly tag: string
  /** The status of an instance that is made without one. */
  readonly status: number
  /** The message of an instance that is made without one. */
  readonly message: (props: Props) => string
  /** The properties that an instance can have, in the order in which it has them, and what is accepted for them. */
  readonly names: ReadonlyArray<{ readonly name: string; readonly accept: (value: unknown) => unknown }>
  /** The properties that hold secrets, with the names of their elements. */
  readonly secrets: ReadonlyArray<readonly [name: string, element: string]>
}

/** Properties of an instance, before the constructor has looked at them. */
export type Props = { readonly [name: string]: unknown }

const maxMessageLength = 4096

const noSecrets: Secrets = Object.freeze(emptyRecord<Redacted.Redacted>())

/** The status where it is one, 0 where it is none, and the documented one where nothing is given. */
const validStatus = (status: unknown, documented: number): number => {
  if (status === undefined) return documented
  return typeof status === "number" && Number.isInteger(status) && status >= 100 && status <= 999 ? status : 0
}

const shown = (text: string): string => withoutSecrets(printable(text))

const maxIdLength = 256

// As ids are, with nothing in them that would have to be looked at more closely
const plainId = /^[\w+/-]{1,256}$/

/** Ids are short and on one line, wherever they come from. */
const idOf = (text: string): string => (plainId.test(text) ? text : shorten(shown(text), maxIdLength))

type Traced = abstract new (...args: never) => unknown

// V8 and JavaScriptCore can capture a trace apart from an error
const engine: { stackTraceLimit?: number; captureStackTrace?: Capture } = Error

/** Where the intrinsics are frozen the limit stays as it is, and a trace is captured twice. */
const limitTraces = (limit: number): void => {
  try {
    engine.stackTraceLimit = limit
  } catch {
    // It is frozen
  }
}

/**
 * Where an error was made. The engine writes `stack` out when it is first read, and may ask a hook of somebody's for it,
 * which takes this for the error.
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
 * Makes errors without a trace. In a fiber its frames are those of Effect alone, and until somebody reads it the engine
 * keeps alive all that they hold: the response, its body, and the request with the body of an upload.
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

/** What the engine, or a hook of somebody's, makes of a trace; nothing where the hook throws. */
const framesOf = (read: () => unknown, skipped: number): ReadonlyArray<string> => {
  try {
    const text = read()
    return isText(text) ? text.split("\n").slice(skipped) : []
  } catch {
    return []
  }
}

const isAttempts = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0

/** Whether two values are equal, also where they were made with different versions of Effect. */
const isSame = (one: unknown, other: unknown): boolean =>
  Equal.equals(one, other) || (isRecord(one) && isRecord(other) && hasSameEntries(one, other))

const hasSameEntries = (one: object, other: object): boolean => {
  const others = new Map<string, unknown>(Object.entries(other))
  const own = Object.entries<unknown>(one as Record<string, unknown>)
  return own.length === others.size && own.every(([name, value]) => isSame(value, others.get(name)))
}

const isText = (value: unknown): value is string => typeof value === "string"

const requestNames = ["operation", "method", "bucket", "key"]

/** What is known of a request, compared by value; undefined where it is nothing. */
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

/** What all failures do: none of it shows a secret or a control character. */
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
    // The trace is captured apart from the error, for `stack` to put something in front of it, and only once
    const { captureStackTrace, stackTraceLimit } = engine
    if (captureStackTrace === undefined || stackTraceLimit === undefined) {
      super()
      this.#trace = undefined
      // Where no trace is wanted an empty property is left, and hides the accessor
      const left: unknown = Object.hasOwn(this, "stack") ? this.stack : ""
      if (left === undefined) delete (this as { stack?: string }).stack
    } else {
      limitTraces(0)
      try {
        super()
      } finally {
        limitTraces(stackTraceLimit)
      }
      // What is left is that of the prototype
      delete (this as { stack?: string }).stack
      this.#trace = trace ?? (isTraced ? {} : noTrace)
      if (trace === undefined && isTraced) {
        try {
          captureStackTrace.call(Error, this.#trace, new.target)
        } catch {
          // A hook of somebody's threw, so there are no frames
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
    // Always in the same order, however the properties came
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
   * The trace has at its head what people need: loggers, Effect's among them, print the stack of an error and nothing
   * else of it.
   */
  override get stack(): string {
    const trace = #trace in this ? this.#trace : undefined
    // What is no trace of ours has no first line for the message
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

  // A getter, since Effect hands errors on in proxies, and what it returns is of the error itself
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

  /** One line for people: what happened, with which status and request id, and what to do next. */
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
    // How often it was sent is not what the answer says
    others.delete("attempts")
    const compared = own.filter(([name]) => name !== "attempts")
    return compared.length === others.size && compared.every(([name, value]) => isSame(value, others.get(name)))
  }

  // Not cached, since the cache would be a property of an instance that may be frozen; the same in both versions of Effect
  [Hash.symbol](): number {
    return Hash.string([this._tag, this.message, this.status, this.requestId].join("\n"))
  }
}

// An error that was made with the other version of Effect is compared too, in whichever of them
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

/** Tells a failure that nobody else has yet which request it is of. */
export const tellRequest = (failure: AnyFailure, request: RequestInfo): void => {
  Object.defineProperty(failure, "request", { value: request, enumerable: true, configurable: true, writable: true })
}

/** A copy of a failure that tells how many attempts it ended: the failure itself is others' too. */
export const copyWithAttempts = (failure: AnyFailure, attempts: number): AnyFailure => {
  const copy = (failure as { readonly [withAttemptsKey]?: (attempts: number) => AnyFailure })[withAttemptsKey]
  return copy === undefined ? failure : copy.call(failure, attempts)
}

/** Gives a failure another solution than that of its class, where more is known of its request than the answer says. */
export const withSolution = (failure: AnyFailure, solution: string): void => {
  // Where it is frozen it keeps its own
  Reflect.defineProperty(failure, "solution", { value: solution, configurable: true, writable: true })
}
