/**
 * The one place where the classes of errors are made: it hides which version of `effect/Schema` they are made with, and
 * is the only one with casts. A class has the lean interface declared here instead of the generics of
 * `Schema.TaggedErrorClass`, which makes a program that handles the union many times cheaper to type-check.
 */
import * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Hash from "effect/Hash"
import { identity } from "effect/Function"
import { NodeInspectSymbol } from "effect/Inspectable"
import { pipeArguments } from "effect/Pipeable"
import * as ParseResult from "effect/ParseResult"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"
import type { Category, Retry } from "./classification.js"
import { categoryOfStatus, isThrottled, retryOfStatus } from "./classification.js"
import * as Details from "./details.js"
import type { Field, Fields, Secret, Value } from "./field.js"
import { acceptDuration } from "./field.js"
import { emptyRecord } from "../prototype.js"
import { withoutSecrets } from "../wire/secrets.js"
import { printable, shorten } from "../wire/text.js"

/**
 * Marks every failure of this library, the same in every copy of it that is installed.
 *
 * @category type ids
 * @since 0.1.0
 */
export const TypeId: unique symbol = Symbol.for("effect-obs/ObsFailure")

/**
 * The type of the mark that every failure of this library has.
 *
 * @category type ids
 * @since 0.1.0
 */
export type TypeId = typeof TypeId

/**
 * Secrets of an answer by element name, each redacted.
 *
 * @category models
 * @since 0.1.0
 */
export interface Secrets {
  readonly [name: string]: Redacted.Redacted | undefined
}

/**
 * What an answer can tell besides its code, the same on every failure.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answer {
  /** What the service said, printable and at most 4096 characters long; where it said nothing, the description. */
  readonly message: string
  /** The HTTP status as it was sent, which may differ from the documented one; 0 where there was none. */
  readonly status: number
  /** The request id: of the header, else of the body. Where the two differ, `details.RequestId` has the body's. */
  readonly requestId?: string | undefined
  /** The `HostId` of the body, without the line breaks it may have. */
  readonly hostId?: string | undefined
  /** The header `x-obs-id-2` or `x-amz-id-2`, for the support of the service. */
  readonly id2?: string | undefined
  /** The header `x-reserved-indicator`; `601` and `602` stand for throttling. */
  readonly indicator?: string | undefined
  /** Whether the latest version of the object is a delete marker, where the header `x-obs-delete-marker` says so. */
  readonly deleteMarker?: boolean | undefined
  /** The resource as the service names it. */
  readonly resource?: string | undefined
  /** Whether the class was inferred from the status: the answer to a HEAD said no more, and only one is documented. */
  readonly inferred?: boolean | undefined
  /** How long the service asks to wait before the request is sent again, by `Retry-After` or `x-obs-qos-delay-time`. */
  readonly retryAfter?: Duration.Duration | undefined
  /** How many requests were sent, where `ObsRetry` saw to it; this is the answer to the last. */
  readonly attempts?: number | undefined
  /** Every other element of the answer, by name, as text and as it was sent. */
  readonly details: Details.Details
}

/**
 * What every failure has in common.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure extends Cause.YieldableError, Answer {
  readonly [TypeId]: TypeId
  readonly message: string
  /** What kind of failure it is. */
  readonly category: Category
  /** Whether the same request can succeed when it is sent again, judged by everything that this answer tells. */
  readonly retry: Retry
  /** What to do next. */
  readonly solution: string
  /** Signatures, keys and tokens that the answer repeated, by element name: in memory only, never shown or encoded. */
  readonly secrets: Secrets
}

/**
 * A failure of which no more is known than that it is one, of this copy of the library or another.
 *
 * @category models
 * @since 0.3.0
 */
export interface AnyFailure extends Failure {
  readonly _tag: string
  readonly info?: Info
  readonly failure?: AnyFailure
}

/** Tells whether a value is a failure of this library, also when another copy of it made the value. */
export const isFailure = (u: unknown): u is AnyFailure => Predicate.hasProperty(u, TypeId) && u instanceof Error

/** What the constructor of every failure takes. */
export type AnswerProps = { readonly [K in keyof Answer]?: Answer[K] | undefined } & {
  readonly secrets?: Secrets | undefined
  readonly cause?: unknown
}

/**
 * The JSON-safe form of a failure that `Schema.encode` gives.
 *
 * @category models
 * @since 0.1.0
 */
export interface FailureEncoded<Tag extends string = string> extends Omit<Answer, "retryAfter"> {
  readonly _tag: Tag
  /** Milliseconds. */
  readonly retryAfter?: number | undefined
}

/** What a class says of its code: a row of the catalogue without the code. */
export interface Row {
  readonly status: number
  readonly category: Category
  readonly retry: Retry
  readonly description: string
  readonly solution: string
}

/**
 * What the documents say of a code: a row of the catalogue.
 *
 * @category models
 * @since 0.1.0
 */
export interface Info extends Row {
  readonly code: string
}

/** An instance of a class of the catalogue. */
export interface CataloguedError<Code extends string, R extends Row> extends Failure {
  readonly _tag: Code
  readonly category: R["category"]
  readonly info: { readonly code: Code } & R
}

type Values<F extends Fields> = { readonly [K in keyof F]?: Value<F[K]> | undefined }

type EncodedValues<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Secret ? never : K]?: F[K] extends Field<infer _A, infer I>
    ? I | undefined
    : never
}

/**
 * A class of the catalogue: constructor, schema and row in one.
 *
 * @category models
 * @since 0.1.0
 */
export interface ErrorClass<Self, Code extends string, R extends Row> extends Schema.Schema<
  Self,
  FailureEncoded<Code>
> {
  new (props?: AnswerProps): CataloguedError<Code, R>
  /** The code as the service writes it. */
  readonly _tag: Code
  /** The row of the catalogue. */
  readonly info: { readonly code: Code } & R
}

/**
 * A class of the catalogue whose errors have fields of their own.
 *
 * @category models
 * @since 0.1.0
 */
export interface ErrorClassWithFields<Self, Code extends string, R extends Row, F extends Fields> extends Schema.Schema<
  Self,
  FailureEncoded<Code> & EncodedValues<F>
> {
  new (props?: AnswerProps & Values<F>): CataloguedError<Code, R> & Values<F>
  /** The code as the service writes it. */
  readonly _tag: Code
  /** The row of the catalogue. */
  readonly info: { readonly code: Code } & R
}

/**
 * A class of a failure that is no code of the catalogue.
 *
 * @category models
 * @since 0.1.0
 */
export interface FailureClass<Self, Tag extends string, P extends Schema.Struct.Fields> extends Schema.Schema<
  Self,
  FailureEncoded<Tag> & Schema.Struct.Encoded<P>
> {
  new (
    ...args: Partial<Schema.Struct.Constructor<P>> extends Schema.Struct.Constructor<P>
      ? [props?: Schema.Struct.Constructor<P> & AnswerProps]
      : [props: Schema.Struct.Constructor<P> & AnswerProps]
  ): Failure & { readonly _tag: Tag } & Schema.Struct.Type<P>
  readonly _tag: Tag
}

/** What the run time knows of a class. */
interface Kind {
  readonly tag: string
  readonly description: string
  /** The status of an instance that is made without one. */
  readonly status: number
  readonly httpApiStatus: number
  /** The message of an instance that is made without one. */
  readonly message: (props: Props) => string
  readonly fields: Fields
  /** Schemas of properties that are not elements of an answer. */
  readonly properties: Schema.Struct.Fields
  /** The properties that an instance can have, in the order in which it has them, and what is accepted for them. */
  readonly names: ReadonlyArray<{ readonly name: string; readonly accept: (value: unknown) => unknown }>
  /** The properties that hold secrets, with the names of their elements. */
  readonly secrets: ReadonlyArray<readonly [name: string, element: string]>
}

/** Properties of an instance, before the constructor has looked at them. */
type Props = { readonly [name: string]: unknown }

const answerSchemas = {
  message: Schema.String,
  status: Schema.Number,
  requestId: Schema.optional(Schema.String),
  hostId: Schema.optional(Schema.String),
  id2: Schema.optional(Schema.String),
  indicator: Schema.optional(Schema.String),
  deleteMarker: Schema.optional(Schema.Boolean),
  resource: Schema.optional(Schema.String),
  inferred: Schema.optional(Schema.Boolean),
  retryAfter: Schema.optional(Schema.DurationFromMillis),
  attempts: Schema.optional(Schema.Int.pipe(Schema.positive())),
  details: Schema.optionalWith(Details.schema, { default: () => Details.empty })
}

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

const isText = (value: unknown): value is string => typeof value === "string"

const factsOf = (self: Base): string => {
  const code = self.code === undefined ? "" : `code ${shown(self.code)}, `
  const id = self.requestId === undefined ? "" : `, request id ${shown(self.requestId)}`
  const attempts = self.attempts === undefined || self.attempts === 1 ? "" : `, ${self.attempts} attempts`
  return `${code}status ${self.status}${id}${attempts}`
}

const withAttemptsKey = Symbol.for("effect-obs/withAttempts")

/** What all failures do: none of it shows a secret or a control character. */
class Base extends Cause.YieldableError {
  declare readonly _tag: string
  declare readonly status: number
  declare readonly requestId?: string
  declare readonly hostId?: string
  declare readonly id2?: string
  declare readonly indicator?: string
  declare readonly resource?: string
  declare readonly code?: string
  declare readonly attempts?: number
  declare readonly info?: Info
  declare readonly details: Details.Details
  declare readonly secrets: Secrets
  declare readonly solution: string

  readonly #kind: Kind
  readonly #trace: Trace | undefined

  constructor(kind: Kind, props: Props, trace?: Trace) {
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
    this.#kind = kind
    const status = validStatus(props["status"], kind.status)
    const said =
      isText(props["message"]) && props["message"] !== "" ? props["message"] : kind.message({ ...props, status })
    const plain = printable(said)
    const open = withoutSecrets(plain)
    const message = shorten(open, maxMessageLength)
    Object.defineProperty(this, "message", { value: message, configurable: true, writable: true })
    if (props["cause"] !== undefined) {
      Object.defineProperty(this, "cause", { value: props["cause"], configurable: true, writable: true })
    }
    const self = this as Record<string, unknown>
    self["_tag"] = kind.tag
    self["status"] = status
    // Always in the same order, however the properties came
    if (isText(props["requestId"])) self["requestId"] = idOf(props["requestId"])
    if (isText(props["hostId"])) self["hostId"] = idOf(props["hostId"])
    if (isText(props["id2"])) self["id2"] = idOf(props["id2"])
    if (isText(props["indicator"])) self["indicator"] = idOf(props["indicator"])
    if (isText(props["resource"])) self["resource"] = props["resource"]
    for (const { accept, name } of kind.names) {
      const given = props[name]
      const value = given === undefined ? undefined : accept(given)
      if (value !== undefined) self[name] = value
    }
    if (isAttempts(props["attempts"])) self["attempts"] = props["attempts"]
    let secrets = Predicate.isRecord(props["secrets"]) ? (props["secrets"] as Secrets) : undefined
    for (const [name, element] of kind.secrets) {
      const value = props[name]
      if (value !== undefined) secrets = { ...secrets, [element]: value as Redacted.Redacted }
    }
    let details = Predicate.isRecord(props["details"])
      ? Details.from(props["details"] as Details.Details)
      : Details.empty
    if (open !== plain) {
      secrets = { ...secrets, Message: Redacted.make(said) }
    } else if (message !== said && details["Message"] === undefined) {
      details = Details.make([...Object.entries(details), ["Message", said]])
    }
    self["details"] = details
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
        [this.#kind, { message: this.message }, this.#trace],
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
    out["solution"] = this.solution
    const entries = Object.entries(details)
    if (entries.length > 0)
      out["details"] = Object.fromEntries(entries.map(([name, text]) => [shown(name), shown(text ?? "")]))
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
    return compared.length === others.size && compared.every(([name, value]) => Equal.equals(value, others.get(name)))
  }

  // Not cached, since the cache would be a property of an instance that may be frozen
  [Hash.symbol](): number {
    const { attempts: _, ...compared } = this
    return Hash.combine(Hash.string(this.message))(Hash.structure(compared))
  }
}

Object.defineProperty(Base.prototype, "secrets", { value: noSecrets })

const fieldSchemas = (fields: Fields): Schema.Struct.Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field._tag === "Field" ? [[name, Schema.optional(field.schema as Schema.Schema<unknown>)]] : []
    )
  )

/** The tag as a part of names: `KMS.DisabledException` becomes `KmsDisabledException`, as its class is named. */
const pascalCase = (tag: string): string =>
  tag.includes(".")
    ? tag
        .replace(/^([A-Z])([A-Z]+)(?=\.|[A-Z][a-z])/, (_, first: string, rest: string) => first + rest.toLowerCase())
        .replace(".", "")
    : tag

// HttpApiSchema.AnnotationStatus of @effect/platform, whose module would load a multipart parser; a test compares them
const httpApiStatus = Symbol.for("@effect/platform/HttpApiSchema/AnnotationStatus")

const schemaOf = (kind: Kind, klass: new (props: Props) => Base): Schema.Schema<Base, unknown> => {
  const struct = Schema.Struct({
    _tag: Schema.Literal(kind.tag),
    ...answerSchemas,
    ...kind.properties,
    ...fieldSchemas(kind.fields)
  })
  const typeSide = Schema.typeSchema(struct)
  const isOfKind = (u: unknown): u is Base =>
    u instanceof klass ||
    (Predicate.hasProperty(u, TypeId) && Predicate.isTagged(u, kind.tag) && Schema.is(typeSide)(u))
  const check = () => (input: unknown, _: SchemaAST.ParseOptions, ast: SchemaAST.Declaration) =>
    isOfKind(input) ? ParseResult.succeed(input) : ParseResult.fail(new ParseResult.Type(ast, input))
  const declared = Schema.declare(
    [typeSide],
    { decode: check, encode: check },
    {
      identifier: `effect-obs/${pascalCase(kind.tag)}`,
      description: kind.description,
      arbitrary: (props) => (fc) => props(fc).map((props) => new klass(props as Props)),
      pretty: () => String,
      // Here and not on the transformation, so that a status given to `addError` comes before it
      [httpApiStatus]: kind.httpApiStatus
    }
  )
  return Schema.transform(struct as unknown as Schema.Schema<unknown>, declared, {
    strict: true,
    decode: (props) => new klass(props as Props),
    encode: (self) => self
  }).annotations({ identifier: `Obs${pascalCase(kind.tag)}`, description: kind.description })
}

// What makes a class with an `ast` a schema
const schemaStatics = {
  [Schema.TypeId]: Schema.Never[Schema.TypeId],
  annotations(this: { readonly ast: SchemaAST.AST }, annotations: Schema.Annotations.GenericSchema<unknown>) {
    return Schema.make(this.ast).annotations(annotations)
  },
  pipe() {
    // eslint-disable-next-line prefer-rest-params -- pipeArguments takes the arguments object
    return pipeArguments(this, arguments)
  }
}

const acceptBoolean = (value: unknown): unknown => (typeof value === "boolean" ? value : undefined)

const fieldsKey = Symbol.for("effect-obs/fields")

const makeClass = (row: Omit<Kind, "names" | "secrets">): typeof Base => {
  const fields = Object.entries(row.fields)
  const kind: Kind = {
    ...row,
    names: [
      { name: "deleteMarker", accept: acceptBoolean },
      { name: "inferred", accept: acceptBoolean },
      { name: "retryAfter", accept: acceptDuration },
      ...Object.keys(row.properties).map((name) => ({ name, accept: identity })),
      ...fields.flatMap(([name, field]) => (field._tag === "Field" ? [{ name, accept: field.accept }] : []))
    ],
    secrets: fields.flatMap(([name, field]) =>
      field._tag === "Secret" ? [[name, field.elements(name)[0]] as const] : []
    )
  }
  const asts = new WeakMap<object, SchemaAST.AST>()
  class Failed extends Base {
    static readonly _tag = kind.tag
    static readonly [fieldsKey] = kind.fields
    // Built when it is first asked for: importing the catalogue costs no schema
    static get ast(): SchemaAST.AST {
      let ast = asts.get(this)
      if (ast === undefined) {
        ast = schemaOf(kind, this).ast
        asts.set(this, ast)
      }
      return ast
    }
    constructor(props: Props = {}) {
      super(kind, Predicate.isObject(props) ? props : {})
    }
  }
  Object.defineProperty(Failed.prototype, "name", { value: kind.tag, configurable: true, writable: true })
  for (const [name, field] of Object.entries(kind.fields)) {
    if (field._tag !== "Secret") continue
    Object.defineProperty(Failed.prototype, name, {
      get(this: Base) {
        return field
          .elements(name)
          .map((element) => this.secrets[element])
          .find((value) => value !== undefined)
      }
    })
  }
  return Object.assign(Failed, schemaStatics) as never
}

const sendFewer = "Send fewer requests at a time, and this one again after a wait."

const sendAgain = "Send the request again after a short wait."

/** The fields that a class has besides those of every answer: how the decoder fills them. */
export const fieldsOf = (klass: object): Fields => (klass as { readonly [fieldsKey]: Fields })[fieldsKey]

/**
 * The status that an `HttpApi` answers with: the documented one, unless it leaves no room for an error, as 304, which has
 * no body, and a success do. None of the others makes a client send the request again.
 */
const httpApiStatusOf = (status: number): number => (status === 304 ? 412 : status < 300 ? 424 : status)

/** Two signatures, since most classes have no fields and are cheaper to type-check when no type speaks of any. */
interface MakeErrorClass<Self> {
  <const Code extends string, const R extends Row>(code: Code, row: R): ErrorClass<Self, Code, R>
  <const Code extends string, const R extends Row, const F extends Fields>(
    code: Code,
    row: R,
    fields: F
  ): ErrorClassWithFields<Self, Code, R, F>
}

/**
 * Makes the class of one code of the catalogue.
 */
export const errorClass =
  <Self>(): MakeErrorClass<Self> =>
  (code: string, row: Row, fields: Fields = {}) => {
    const info = { code, ...row }
    const klass = makeClass({
      tag: code,
      description: row.description,
      status: row.status,
      httpApiStatus: httpApiStatusOf(row.status),
      message: () => row.description,
      fields,
      properties: {}
    })
    Object.defineProperty(klass, "info", { value: info })
    Object.defineProperties(klass.prototype, {
      info: { value: info },
      category: { value: row.category },
      solution: {
        get(this: Base): string {
          const isOther = row.retry !== "throttling" && isThrottled(this.status, this.indicator)
          return isOther ? sendFewer : row.solution
        }
      },
      retry: {
        get(this: Base): Retry {
          return isThrottled(this.status, this.indicator) ? "throttling" : row.retry
        }
      }
    })
    return klass as never
  }

/**
 * Makes the class of a failure that is no code of the catalogue, with `properties` of its own.
 */
export const failureClass =
  <Self>() =>
  <const Tag extends string, P extends Schema.Struct.Fields>(
    tag: Tag,
    kind: {
      readonly status: number
      readonly description: string
      /** The status that an `HttpApi` answers with. */
      readonly httpApiStatus: number
      readonly message: (props: Schema.Struct.Constructor<P> & AnswerProps) => string
      readonly solution: (self: Failure & Schema.Struct.Type<P>) => string
      /** Where it is not that of the status. */
      readonly retry?: (self: Failure & Schema.Struct.Type<P>) => Retry | undefined
    },
    properties: P
  ): FailureClass<Self, Tag, P> => {
    const klass = makeClass({ ...kind, tag, message: kind.message as (props: Props) => string, fields: {}, properties })
    Object.defineProperties(klass.prototype, {
      solution: {
        get(this: Failure & Schema.Struct.Type<P>): string {
          if (isThrottled(this.status, this.indicator)) return sendFewer
          const advice = kind.solution(this)
          return kind.retry?.(this) === undefined && this.retry === "transient" ? `${sendAgain} ${advice}` : advice
        }
      },
      category: {
        get(this: Base): Category {
          return isThrottled(this.status, this.indicator) ? "Throttling" : categoryOfStatus(this.status)
        }
      },
      retry: {
        get(this: Failure & Schema.Struct.Type<P>): Retry {
          if (isThrottled(this.status, this.indicator)) return "throttling"
          return kind.retry?.(this) ?? retryOfStatus(this.status)
        }
      }
    })
    return klass as never
  }

/**
 * A class of the catalogue of which no more is known than that it is one.
 *
 * Its constructor takes what every failure has. The typed fields of a class, such as the `key` of `NoSuchKey`, are known
 * of that class alone: `ObsResponse.fromParts` makes an error from a code and fills them.
 *
 * @category models
 * @since 0.1.0
 */
export interface AnyErrorClass<Self = Failure> {
  new (props?: AnswerProps): Self
  readonly Type: Self
  readonly _tag: string
  readonly info: Info
}

/**
 * The schema of several classes: it decodes and encodes any of them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Union<Self, Class = AnyErrorClass<Self>> extends Schema.Schema<Self, FailureEncoded> {
  /** The classes, in alphabetical order within a status. */
  readonly members: ReadonlyArray<Class>
}

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
  let ast: SchemaAST.AST | undefined
  return {
    ...schemaStatics,
    members,
    get ast(): SchemaAST.AST {
      return (ast ??= Schema.Union(...(members as never as ReadonlyArray<Schema.Schema.Any>)).ast)
    }
  } as never
}

/** A copy of a failure that tells how many attempts it ended: the failure itself is others' too. */
export const withAttempts = (failure: AnyFailure, attempts: number): AnyFailure => {
  const copy = (failure as { readonly [withAttemptsKey]?: (attempts: number) => AnyFailure })[withAttemptsKey]
  return copy === undefined ? failure : copy.call(failure, attempts)
}

/**
 * The schema of what an operation is documented to fail with.
 *
 * @category models
 * @since 0.2.0
 */
export interface Documented<E> extends Schema.Schema<E, FailureEncoded> {
  /** The classes, those of `CommonError` first. */
  readonly members: ReadonlyArray<{ readonly _tag: string; readonly info?: Info }>
}

/**
 * The one class that a status stands for, with everything the answer said and the failure without a class for its cause;
 * undefined where several or none do.
 */
export const inferFrom = <E>(errors: Documented<E>, failure: Failure): E | undefined => {
  const [klass, ...others] = errors.members.filter(({ info }) => info?.status === failure.status)
  if (klass === undefined || others.length > 0) return undefined
  const { attempts, deleteMarker, details, hostId, id2, indicator, requestId, resource } = failure
  const { retryAfter, secrets, status } = failure
  const answer = { deleteMarker, details, hostId, id2, indicator, requestId, resource, retryAfter, secrets, status }
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

/**
 * `Effect.catchIf` for a predicate that takes all failures of the types `Gone` and perhaps some of the types that
 * remain, which no refinement can say.
 */
export const catchSome = <A, E, R, Gone, Handled, A2, E2, R2>(
  self: Effect.Effect<A, E, R>,
  predicate: (failure: AnyFailure) => boolean,
  f: (failure: Handled) => Effect.Effect<A2, E2, R2>
): Effect.Effect<A | A2, E2 | Exclude<E, Gone>, R | R2> =>
  Effect.catchIf(
    self,
    (error) => isFailure(error) && predicate(error),
    (error) => f(error as never)
  ) as never

/** `Effect.mapError` for some of the errors; the others stay as they are. */
export const mapFailures = <A, E, R, Mapped, E2>(
  self: Effect.Effect<A, E, R>,
  refinement: (error: unknown) => error is Mapped,
  f: (failure: Mapped) => E2
): Effect.Effect<A, Exclude<E, Mapped> | E2, R> =>
  Effect.mapError(self, (error) => (refinement(error) ? f(error) : (error as Exclude<E, Mapped>)))

/** Refuses an effect or a client that fails with no failure of OBS: an error would pass for an answer there. */
export type OfWrappedClient<E, Name extends string> = [Extract<E, Failure>] extends [never]
  ? { readonly [K in Name]: "wrap the client with ObsHttpClient.filterStatusOk first" }
  : unknown

/** An error, or, where it is one of those, another of the same type in its place. */
export const replaced = <E, Old extends New, New>(
  error: E,
  refinement: (error: unknown) => error is Old,
  f: (error: Old) => New
): E => (refinement(error) ? (f(error) as never) : error)
