/**
 * The parts of `effect/Schema` that error classes use, for Effect 3. `Schema` is never destructured here: that would
 * keep all of it in every bundle.
 */
import type * as Cause from "effect/Cause"
import type * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as ParseResult from "effect/ParseResult"
import type { Pipeable } from "effect/Pipeable"
import { pipeArguments } from "effect/Pipeable"
import * as Schema from "effect/Schema"
import type * as SchemaAST from "effect/SchemaAST"

export { Array, is, optional, Struct } from "effect/Schema"

/** A schema of `A`, encoded as `I`, that needs no services. */
export type Codec<A, I = A> = Schema.Schema<A, I>

/**
 * A class that is the schema of its instances. Lists the members of `Schema.Schema<A, I>` instead of extending it: one
 * level of heritage less makes every program that names a union cheaper to type-check.
 */
export interface ClassCodec<in out A, in out I> extends Pipeable {
  readonly [Schema.TypeId]: Schema.Schema<A, I>[typeof Schema.TypeId]
  readonly Type: A
  readonly Encoded: I
  readonly Context: never
  readonly ast: AST
  annotations(annotations: Schema.Annotations.GenericSchema<A>): Schema.Schema<A, I>
}

export type AST = SchemaAST.AST

/** The schemas of properties, by name. */
export type Properties = Schema.Struct.Fields

export type TypeOf<P extends Properties> = Schema.Struct.Type<P>

export type EncodedOf<P extends Properties> = Schema.Struct.Encoded<P>

/** The constructor input for the properties. */
export type InputOf<P extends Properties> = Schema.Struct.Constructor<P>

export const string: Codec<string> = Schema.String

export const number: Codec<number> = Schema.Number

export const boolean: Codec<boolean> = Schema.Boolean

export const literals = <const L extends readonly [string, ...ReadonlyArray<string>]>(...values: L): Codec<L[number]> =>
  Schema.Literal(...values)

/** One of several texts. */
export const oneOf = <const L extends string>(values: ReadonlyArray<L>): Codec<L> => Schema.Literal(...values)

export const either = <A, B>(a: Codec<A>, b: Codec<B>): Codec<A | B> => Schema.Union(a, b)

export const pair = <A>(item: Codec<A>): Codec<readonly [A, A]> => Schema.Tuple(item, item)

export const textMap: Codec<{ readonly [name: string]: string }> = /*#__PURE__*/ Schema.Record({
  key: Schema.String,
  value: Schema.String
})

/** A schema of fewer values; the condition says what is wrong with the others. */
export const refined = <A>(schema: Codec<A>, wrong: (a: A) => string | undefined): Codec<A> =>
  schema.pipe(Schema.filter((a) => wrong(a) ?? true))

export const guardOf = <A>(schema: Codec<A>): ((u: unknown) => u is A) => Schema.is(schema)

export const positiveInt: Codec<number> = /*#__PURE__*/ Schema.Int.pipe(/*#__PURE__*/ Schema.positive())

export const utc: Codec<DateTime.Utc, string> = Schema.DateTimeUtc

export const milliseconds: Codec<Duration.Duration, number> = Schema.DurationFromMillis

/** The schema of a tag. */
export type Tag<T extends string> = Schema.Literal<[T]>

export const tag = <const T extends string>(tag: T): Tag<T> => Schema.Literal(tag)

/** A property that is optional in the encoded form, with a default. */
export type WithDefault<A, I = A> = Schema.optionalWith<Codec<A, I>, { default: () => A }>

export const withDefault = <A, I>(schema: Codec<A, I>, value: () => A): WithDefault<A, I> =>
  Schema.optionalWith(schema, { default: value })

/** The schema of texts by names. */
export const textsByName: Codec<{ readonly [name: string]: string }> = /*#__PURE__*/ Schema.Record({
  key: Schema.String,
  value: Schema.String
})

export const union = <A, B>(one: Codec<A>, other: Codec<B>): Codec<A | B> => Schema.Union(one, other)

/** The schema of a record of text that `decode` makes from a plain record and `encode` turns back. */
export const textRecord = <A extends object>(options: {
  readonly identifier: string
  readonly description: string
  readonly is: (u: unknown) => u is A
  readonly decode: (record: object) => A
  readonly encode: (record: A) => A
}): Codec<A> => {
  const declared: Codec<A> = Schema.declare(options.is, {
    identifier: options.identifier,
    description: options.description,
    jsonSchema: { type: "object", additionalProperties: { type: "string" } },
    arbitrary: () => (fc) => fc.dictionary(fc.string(), fc.string()).map(options.decode)
  })
  return Schema.transform(declared, declared, { strict: true, decode: options.decode, encode: options.encode })
}

// HttpApiSchema.AnnotationStatus of @effect/platform, whose module would load a multipart parser. A test compares them
const httpApiStatus = Symbol.for("@effect/platform/HttpApiSchema/AnnotationStatus")

/** The schema options of a class. */
export interface ClassOptions<Self> {
  /** The identifier, without the name of this library. */
  readonly identifier: string
  readonly description: string
  /** The status that an `HttpApi` responds with. */
  readonly httpApiStatus: number
  readonly fields: Properties
  readonly make: (properties: object) => Self
  /** Whether a value is an instance. `hasProperties` checks one that another copy of this library made. */
  readonly is: (u: unknown, hasProperties: (u: unknown) => boolean) => u is Self
}

/** The schema of the instances of a class. */
export const classAst = <Self extends object>(options: ClassOptions<Self>): AST => {
  const struct = Schema.Struct(options.fields)
  const properties = Schema.typeSchema(struct)
  const check = () => (input: unknown, _: SchemaAST.ParseOptions, ast: SchemaAST.Declaration) =>
    options.is(input, (u) => Schema.is(properties)(u))
      ? ParseResult.succeed(input)
      : ParseResult.fail(new ParseResult.Type(ast, input))
  const declared = Schema.declare(
    [properties],
    { decode: check, encode: check },
    {
      identifier: `effect-obs/${options.identifier}`,
      description: options.description,
      arbitrary: (properties) => (fc) => properties(fc).map(options.make),
      pretty: () => globalThis.String,
      // Not on the transformation, so that a status given to `addError` takes precedence
      [httpApiStatus]: options.httpApiStatus
    }
  )
  return Schema.transform(struct as unknown as Schema.Schema<object>, declared as unknown as Schema.Schema<object>, {
    strict: true,
    decode: (properties) => options.make(properties),
    encode: (self) => self
  }).annotations({ identifier: `Obs${options.identifier}`, description: options.description }).ast
}

/** The schema of the instances of several classes. */
export const unionAst = (members: ReadonlyArray<unknown>): AST =>
  Schema.Union(...(members as ReadonlyArray<Schema.Schema.Any>)).ast

/** The schema of the instances that satisfy a condition, with a status of its own for `HttpApi`. */
export const withHttpApiStatus = <A>(klass: { readonly ast: AST }, status: number, is: (a: A) => boolean): Codec<A> =>
  Schema.make<A>(klass.ast).pipe(Schema.filter(is, { [httpApiStatus]: status }))

/** The members that turn an object with an `ast` into a schema. */
export const schemaStatics = {
  [Schema.TypeId]: Schema.Never[Schema.TypeId],
  annotations(this: { readonly ast: AST }, annotations: Schema.Annotations.GenericSchema<unknown>) {
    return Schema.make(this.ast).annotations(annotations)
  },
  pipe() {
    // eslint-disable-next-line prefer-rest-params -- pipeArguments takes the arguments object
    return pipeArguments(this, arguments)
  }
}

/** A class of errors that is a schema of its instances. */
export interface TaggedErrorClass<Self, Tag extends string, P extends Properties> extends ClassCodec<
  Self,
  { readonly _tag: Tag } & EncodedOf<P>
> {
  new (properties: InputOf<P>): Cause.YieldableError & { readonly _tag: Tag } & TypeOf<P>
}

export const taggedError =
  <Self>(identifier: string) =>
  <const Tag extends string, P extends Properties>(tag: Tag, properties: P): TaggedErrorClass<Self, Tag, P> =>
    Schema.TaggedError<Self>(identifier)(tag, properties) as never

/** Reads what a schema describes. */
export interface SchemaReader<E> {
  /** Fails with a `ParseError` where the schema does not describe what is there. */
  <A, I, R>(schema: Schema.Schema<A, I, R>): Effect.Effect<A, E | ParseResult.ParseError, R>
}

/** Reads JSON. */
export const jsonReader =
  <E>(text: Effect.Effect<string, E>): SchemaReader<E> =>
  (schema) =>
    Effect.flatMap(text, Schema.decodeUnknown(Schema.parseJson(schema)))

/** Reads a value. */
export const valueReader =
  <E>(value: Effect.Effect<unknown, E>): SchemaReader<E> =>
  (schema) =>
    Effect.flatMap(value, Schema.decodeUnknown(schema))
