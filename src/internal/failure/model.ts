/**
 * What a failure is: what every one has, what a class of the catalogue and a union of classes are.
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
 * The request that a failure is the answer to, as far as it is known: no header, no parameter, and nothing of the body.
 *
 * @category models
 * @since 0.3.0
 */
export interface RequestInfo {
  /** The operation, such as `GetObject`, where `ObsOperation.expect` or `ObsResponse.expect` names it. */
  readonly operation?: string | undefined
  /** The HTTP method. */
  readonly method?: string | undefined
  /** The bucket, where the address has it in the host, or in the path of an endpoint that is known. */
  readonly bucket?: string | undefined
  /** The key of the object; at a host that is not known the whole path. */
  readonly key?: string | undefined
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
  /** The request, where the failure was made of a response of the HTTP client. */
  readonly request?: RequestInfo | undefined
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

/**
 * What the constructor of every failure takes.
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

/** The schemas of fields; those of secrets have none. */
type FieldSchemas<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Secret ? never : K]: F[K] extends Field<infer A, infer I>
    ? Schema.optional<Schema.Codec<A, I>>
    : never
}

/**
 * A class of the catalogue: constructor, schema and row in one.
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
  /** The row of the catalogue. */
  readonly info: { readonly code: Code } & R
  /** The schemas of the properties, by name, as `Schema.Struct` has them. */
  readonly fields: { readonly _tag: Schema.Tag<Code> } & AnswerFields
}

/**
 * A class of the catalogue whose errors have fields of their own.
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
  /** The row of the catalogue. */
  readonly info: { readonly code: Code } & R
  /** The schemas of the properties, by name, as `Schema.Struct` has them. */
  readonly fields: { readonly _tag: Schema.Tag<Code> } & AnswerFields & FieldSchemas<F>
}

/**
 * A class of a failure that is no code of the catalogue.
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
  /** The schemas of the properties, by name, as `Schema.Struct` has them. */
  readonly fields: { readonly _tag: Schema.Tag<Tag> } & AnswerFields & P
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
export interface AnyErrorClass<Self = Failure> extends Schema.ClassCodec<Self, FailureEncoded> {
  new (props?: AnswerProps): Self
  readonly _tag: string
  readonly info: Info
}

/**
 * The schema of several classes: it decodes and encodes any of them.
 *
 * @category models
 * @since 0.1.0
 */
export interface Union<Self, Class = AnyErrorClass<Self>> extends Schema.Codec<Self, FailureEncoded> {
  /** The classes, in alphabetical order within a status. */
  readonly members: ReadonlyArray<Class>
}

/**
 * The schema of what an operation is documented to fail with.
 *
 * @category models
 * @since 0.2.0
 */
export interface Documented<E> extends Schema.Codec<E, FailureEncoded> {
  /** The classes, those of `CommonError` first. */
  readonly members: ReadonlyArray<{ readonly _tag: string; readonly info?: Info }>
}
