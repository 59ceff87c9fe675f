/**
 * The types of failures: their common properties, error classes and unions.
 */
import type * as Schema from "#effect/schema"
import type * as Cause from "effect/Cause"
import type * as Duration from "effect/Duration"
import * as Predicate from "effect/Predicate"
import type * as Redacted from "effect/Redacted"
import type { AnswerFields } from "./answerFields.js"
import type { Category, Retry } from "./classification.js"
import type * as Details from "./details.js"
import type { Field, Fields, Secret, Value } from "./field.js"

/**
 * The mark of every failure of this library, the same in every installed copy.
 *
 * @category type ids
 * @since 0.1.0
 */
export const TypeId: unique symbol = Symbol.for("effect-obs/ObsFailure")

/**
 * The type of the mark of failures.
 *
 * @category type ids
 * @since 0.1.0
 */
export type TypeId = typeof TypeId

/**
 * The secrets of a response by element name, each redacted.
 *
 * @category models
 * @since 0.1.0
 */
export interface Secrets {
  readonly [name: string]: Redacted.Redacted | undefined
}

/**
 * The request that failed, as far as its address shows: no headers, parameters or body.
 *
 * @category models
 * @since 0.3.0
 */
export interface RequestInfo {
  /** The operation, such as `GetObject`, where `ObsOperation.expect` or `ObsResponse.expect` names it. */
  readonly operation?: string | undefined
  /** The HTTP method. */
  readonly method?: string | undefined
  /** The bucket, if it is in the host or in the path of a known endpoint. */
  readonly bucket?: string | undefined
  /** The key of the object; for an unknown host, the whole path. */
  readonly key?: string | undefined
}

/**
 * What a response says besides its code: the same properties on every failure.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answer {
  /** The service's message, printable and at most 4096 characters long; without one, what the class stands for. */
  readonly message: string
  /** The HTTP status that was sent, which may differ from the documented one; 0 if there was none. */
  readonly status: number
  /** The request id, from the header or else the body. If they differ, `details.RequestId` has the body's. */
  readonly requestId?: string | undefined
  /** The `HostId` of the body, without line breaks. */
  readonly hostId?: string | undefined
  /** The header `x-obs-id-2` or `x-amz-id-2`, for the support of the service. */
  readonly id2?: string | undefined
  /** The header `x-reserved-indicator`; `601` and `602` stand for throttling. */
  readonly indicator?: string | undefined
  /** Whether the latest version of the object is a delete marker: the header `x-obs-delete-marker`. */
  readonly deleteMarker?: boolean | undefined
  /** The resource, as the service names it. */
  readonly resource?: string | undefined
  /** Whether the class was inferred from the status of a response to HEAD, which had no code. */
  readonly inferred?: boolean | undefined
  /** How long the service asks to wait before the next attempt: `Retry-After` or `x-obs-qos-delay-time`. */
  readonly retryAfter?: Duration.Duration | undefined
  /** The request, if the failure was made from a response of the HTTP client. */
  readonly request?: RequestInfo | undefined
  /** How many attempts `ObsRetry` made; this failure is the last one's. */
  readonly attempts?: number | undefined
  /** Every other element of the response: text as it was sent, by name. */
  readonly details: Details.Details
}

/**
 * The properties of every failure.
 *
 * @category models
 * @since 0.1.0
 */
export interface Failure extends Cause.YieldableError, Answer {
  readonly [TypeId]: TypeId
  readonly message: string
  /** The kind of problem, grouped by what to do about it. */
  readonly category: Category
  /** Whether sending the same request again may succeed, judged by the whole response. */
  readonly retry: Retry
  /** What to do next. */
  readonly solution: string
  /**
   * Signatures, keys and tokens that the response repeated, by element name: in memory only, never shown or encoded.
   */
  readonly secrets: Secrets
}

/**
 * Any failure, made by this or another copy of the library.
 *
 * @category models
 * @since 0.3.0
 */
export interface AnyFailure extends Failure {
  readonly _tag: string
  readonly info?: Info
  readonly failure?: AnyFailure
}

/** Returns whether a value is a failure, even one made by another copy of this library. */
export const isFailure = (u: unknown): u is AnyFailure => Predicate.hasProperty(u, TypeId) && u instanceof Error

/**
 * The constructor properties that every failure has.
 *
 * @category models
 * @since 0.3.0
 */
export interface AnswerProps extends Optional<Answer> {
  readonly secrets?: Secrets | undefined
  readonly cause?: unknown
}

type Optional<A> = { readonly [K in keyof A]?: A[K] | undefined }

/**
 * The encoded form of a failure, which is safe for JSON.
 *
 * @category models
 * @since 0.1.0
 */
export interface FailureEncoded<Tag extends string = string> extends Omit<Answer, "retryAfter"> {
  readonly _tag: Tag
  /** How long to wait, in milliseconds. */
  readonly retryAfter?: number | undefined
}

/** The catalogue row of a class, without its code. */
export interface Row {
  readonly status: number
  readonly category: Category
  readonly retry: Retry
  readonly description: string
  readonly solution: string
}

/**
 * A row of the catalogue: what the documentation says about a code.
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

/** The schemas of fields; those of secrets have none. */
type FieldSchemas<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Secret ? never : K]: F[K] extends Field<infer A, infer I>
    ? Schema.optional<Schema.Codec<A, I>>
    : never
}

/**
 * A class of the catalogue: constructor, schema and catalogue row in one.
 *
 * @category models
 * @since 0.1.0
 */
export interface ErrorClass<Self, Code extends string, R extends Row> extends Schema.ClassCodec<
  Self,
  FailureEncoded<Code>
> {
  new (props?: AnswerProps): CataloguedError<Code, R>
  /** The code as the service writes it. */
  readonly _tag: Code
  /** The catalogue row. */
  readonly info: { readonly code: Code } & R
  /** The schemas of the properties by name, as in `Schema.Struct`. */
  readonly fields: { readonly _tag: Schema.Tag<Code> } & AnswerFields
}

/**
 * A class of the catalogue with typed fields of its own.
 *
 * @category models
 * @since 0.1.0
 */
export interface ErrorClassWithFields<
  Self,
  Code extends string,
  R extends Row,
  F extends Fields
> extends Schema.ClassCodec<Self, FailureEncoded<Code> & EncodedValues<F>> {
  // Written out, so that an editor shows the fields
  new (
    props?: AnswerProps & { readonly [K in keyof F]?: Value<F[K]> | undefined }
  ): CataloguedError<Code, R> & Values<F>
  /** The code as the service writes it. */
  readonly _tag: Code
  /** The catalogue row. */
  readonly info: { readonly code: Code } & R
  /** The schemas of the properties by name, as in `Schema.Struct`. */
  readonly fields: { readonly _tag: Schema.Tag<Code> } & AnswerFields & FieldSchemas<F>
}

/**
 * The class of a failure that has no code in the catalogue.
 *
 * @category models
 * @since 0.1.0
 */
export interface FailureClass<Self, Tag extends string, P extends Schema.Properties> extends Schema.ClassCodec<
  Self,
  FailureEncoded<Tag> & Schema.EncodedOf<P>
> {
  new (
    ...args: Partial<Schema.InputOf<P>> extends Schema.InputOf<P>
      ? [props?: Schema.InputOf<P> & AnswerProps]
      : [props: Schema.InputOf<P> & AnswerProps]
  ): Failure & { readonly _tag: Tag } & Schema.TypeOf<P>
  readonly _tag: Tag
  /** The schemas of the properties by name, as in `Schema.Struct`. */
  readonly fields: { readonly _tag: Schema.Tag<Tag> } & AnswerFields & P
}

/**
 * Any class of the catalogue.
 *
 * Its constructor takes the common properties. Typed fields, such as the `key` of `NoSuchKey`, need the class itself;
 * `ObsResponse.fromParts` makes an error from a code and fills them.
 *
 * @category models
 * @since 0.1.0
 */
export interface AnyErrorClass<Self = Failure> extends Schema.ClassCodec<Self, FailureEncoded> {
  new (props?: AnswerProps): Self
  readonly _tag: string
  readonly info: Info
}

/**
 * The schema of a union of classes: decodes and encodes any member.
 *
 * @category models
 * @since 0.1.0
 */
export interface Union<Self, Class = AnyErrorClass<Self>> extends Schema.Codec<Self, FailureEncoded> {
  /** The classes, in alphabetical order within a status. */
  readonly members: ReadonlyArray<Class>
}

/**
 * The schema of the errors that an operation is documented to fail with.
 *
 * @category models
 * @since 0.2.0
 */
export interface Documented<E> extends Schema.Codec<E, FailureEncoded> {
  /** The classes, those of `CommonError` first. */
  readonly members: ReadonlyArray<{ readonly _tag: string; readonly info?: Info }>
}
