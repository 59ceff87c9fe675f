/**
 * The factory of error classes. They have the lean interface of `model.ts` instead of the generics of
 * `Schema.TaggedErrorClass`: handling the whole union then costs many times less to type-check.
 */
import * as Schema from "#effect/schema"
import { identity } from "effect/Function"
import * as Predicate from "effect/Predicate"
import { isObject } from "../object.js"
import { answerFields } from "./answerFields.js"
import type { Blueprint, Props } from "./base.js"
import { Base } from "./base.js"
import type { Category, Retry } from "./classification.js"
import { categoryOfStatus, isThrottled, retryOfStatus } from "./classification.js"
import type { Fields } from "./field.js"
import { acceptDuration } from "./field.js"
import type { AnswerProps, ErrorClass, ErrorClassWithFields, Failure, FailureClass, Row } from "./model.js"
import { TypeId } from "./model.js"

/** The definition of a class. */
interface ClassSpec {
  readonly tag: string
  readonly description: string
  readonly status: number
  readonly httpApiStatus: number
  readonly message: (props: Props) => string
  readonly fields: Fields
  /** The schemas of properties that are not elements of a response. */
  readonly properties: Schema.Properties
}

const fieldSchemas = (fields: Fields): Schema.Properties =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      field._tag === "Field" ? [[name, Schema.optional(field.schema as Schema.Codec<unknown>)]] : []
    )
  )

/** The schemas of the properties of an instance. */
const schemasOf = ({ fields, properties, tag }: ClassSpec): Schema.Properties => ({
  _tag: Schema.tag(tag),
  ...answerFields,
  ...properties,
  ...fieldSchemas(fields)
})

/** The class name for a tag: `KMS.DisabledException` becomes `KmsDisabledException`. */
const identifierOf = (tag: string): string =>
  tag.includes(".")
    ? tag
        .replace(/^([A-Z])([A-Z]+)(?=\.|[A-Z][a-z])/, (_, first: string, rest: string) => first + rest.toLowerCase())
        .replace(".", "")
    : tag

const astOf = (spec: ClassSpec, klass: new (props: Props) => Base): Schema.AST =>
  Schema.classAst<Base>({
    identifier: identifierOf(spec.tag),
    description: spec.description,
    httpApiStatus: spec.httpApiStatus,
    fields: schemasOf(spec),
    make: (props) => new klass(props as Props),
    is: (u, hasProperties): u is Base =>
      u instanceof klass || (Predicate.hasProperty(u, TypeId) && Predicate.isTagged(u, spec.tag) && hasProperties(u))
  })

const acceptBoolean = (value: unknown): unknown => (typeof value === "boolean" ? value : undefined)

const fieldsKey = Symbol.for("effect-obs/fields")

const makeClass = (spec: ClassSpec): typeof Base => {
  const fields = Object.entries(spec.fields)
  const blueprint: Blueprint = {
    tag: spec.tag,
    status: spec.status,
    message: spec.message,
    names: [
      { name: "deleteMarker", accept: acceptBoolean },
      { name: "inferred", accept: acceptBoolean },
      { name: "retryAfter", accept: acceptDuration },
      ...Object.keys(spec.properties).map((name) => ({ name, accept: identity })),
      ...fields.flatMap(([name, field]) => (field._tag === "Field" ? [{ name, accept: field.accept }] : []))
    ],
    secrets: fields.flatMap(([name, field]) =>
      field._tag === "Secret" ? [[name, field.elements(name)[0]] as const] : []
    )
  }
  const asts = new WeakMap<object, Schema.AST>()
  class Failed extends Base {
    static readonly _tag = blueprint.tag
    static readonly [fieldsKey] = spec.fields
    // Built on first use: importing the catalogue builds no schema
    static get ast(): Schema.AST {
      let ast = asts.get(this)
      if (ast === undefined) {
        ast = astOf(spec, this)
        asts.set(this, ast)
      }
      return ast
    }
    static get fields(): Schema.Properties {
      return schemasOf(spec)
    }
    constructor(props: Props = {}) {
      super(blueprint, isObject(props) ? props : {})
    }
  }
  Object.defineProperty(Failed.prototype, "name", { value: blueprint.tag, configurable: true, writable: true })
  for (const [name, field] of fields) {
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
  return Object.assign(Failed, Schema.schemaStatics) as never
}

/**
 * What is shown where the words of the service's table would mislead or say the same twice; `info` keeps these.
 */
export interface Shown {
  /** Of an error without a message of the service. */
  readonly message?: string
  /** Undefined where the table's is right. */
  readonly solution?: (self: Failure) => string | undefined
}

/** What to do about a limit of requests. */
export const sendFewer = "Send fewer requests at a time, and this one again after a wait."

const sendAgain = "Send the request again after a short wait."

/** What to do where another attempt can help, and what to do if it does not: a sentence. */
export const sendAgainOr = (advice: string): string =>
  `${sendAgain} If it keeps failing, ${advice.slice(0, 1).toLowerCase()}${advice.slice(1)}`

/** Names the request id only where there is one. */
export const askSupport = ({ requestId }: Failure): string =>
  `ask the support of the service${requestId === undefined ? "" : " with the request id"}.`

/** The typed fields of a class, and how the decoder fills them. */
export const fieldsOf = (klass: object): Fields => (klass as { readonly [fieldsKey]: Fields })[fieldsKey]

/**
 * The status that an `HttpApi` responds with: the documented one, unless such a response cannot be an error, as with
 * 304, which has no body, or a success. The replacement never makes a client retry.
 */
export const httpApiStatusOf = (status: number): number => (status === 304 ? 412 : status < 300 ? 424 : status)

/** Two signatures, since most classes have no fields and are cheaper to type-check without a type for them. */
interface MakeErrorClass<Self> {
  <const Code extends string, const R extends Row>(code: Code, row: R): ErrorClass<Self, Code, R>
  <const Code extends string, const R extends Row, const F extends Fields>(
    code: Code,
    row: R,
    fields: F
  ): ErrorClassWithFields<Self, Code, R, F>
}

/**
 * Makes the class of a code in the catalogue.
 */
export const errorClass =
  <Self>(shown: Shown = {}): MakeErrorClass<Self> =>
  (code: string, row: Row, fields: Fields = {}) => {
    const info = { code, ...row }
    const klass = makeClass({
      tag: code,
      description: row.description,
      status: row.status,
      httpApiStatus: httpApiStatusOf(row.status),
      message: () => shown.message ?? row.description,
      fields,
      properties: {}
    })
    Object.defineProperty(klass, "info", { value: info })
    Object.defineProperties(klass.prototype, {
      info: { value: info },
      category: { value: row.category },
      solution: {
        get(this: Failure): string {
          const isOther = row.retry !== "throttling" && isThrottled(this.status, this.indicator)
          return isOther ? sendFewer : (shown.solution?.(this) ?? row.solution)
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
 * Makes the class of a failure that has no code in the catalogue, with `properties` of its own.
 */
export const failureClass =
  <Self>() =>
  <const Tag extends string, P extends Schema.Properties>(
    tag: Tag,
    spec: {
      readonly status: number
      readonly description: string
      /** The status that an `HttpApi` responds with. */
      readonly httpApiStatus: number
      readonly message: (props: Schema.InputOf<P> & AnswerProps) => string
      readonly solution: (self: Failure & Schema.TypeOf<P>) => string
      /** If it differs from that of the status. */
      readonly retry?: (self: Failure & Schema.TypeOf<P>) => Retry | undefined
    },
    properties: P
  ): FailureClass<Self, Tag, P> => {
    const klass = makeClass({ ...spec, tag, message: spec.message as (props: Props) => string, fields: {}, properties })
    Object.defineProperties(klass.prototype, {
      solution: {
        get(this: Failure & Schema.TypeOf<P>): string {
          if (isThrottled(this.status, this.indicator)) return sendFewer
          const advice = spec.solution(this)
          return spec.retry?.(this) === undefined && this.retry === "transient" ? sendAgainOr(advice) : advice
        }
      },
      category: {
        get(this: Base): Category {
          return isThrottled(this.status, this.indicator) ? "Throttling" : categoryOfStatus(this.status)
        }
      },
      retry: {
        get(this: Failure & Schema.TypeOf<P>): Retry {
          if (isThrottled(this.status, this.indicator)) return "throttling"
          return spec.retry?.(this) ?? retryOfStatus(this.status)
        }
      }
    })
    return klass as never
  }
