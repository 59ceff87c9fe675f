/**
 * The parts of `effect/Schema` that error classes use, for Effect 4. `Schema` is never destructured here: that would
 * keep all of it in every bundle.
 */
import type * as Cause from "effect/Cause"
import type * as DateTime from "effect/DateTime"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { pipeArguments } from "effect/Pipeable"
import * as Schema from "effect/Schema"
import * as SchemaAST from "effect/SchemaAST"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"

export { Array, is, optional, Struct } from "effect/Schema"

/** A schema of `A`, encoded as `I`, that needs no services. */
export type Codec<A, I = A> = Schema.Codec<A, I>

/**
 * A class that is the schema of its instances. All classes share one heritage: a separate one for each makes every
 * program that names a union more expensive to type-check.
 */
export interface ClassCodec<A, I> extends Schema.BottomWithoutNew<
  unknown,
  unknown,
  never,
  never,
  SchemaAST.AST,
  Schema.Top
> {
  readonly Type: A
  readonly Encoded: I
  readonly Iso: A
  readonly Rebuild: Schema.Codec<A, I>
  readonly "~type.make.in": A
  readonly "~type.make": A
}

export type AST = SchemaAST.AST

/** The schemas of properties, by name. */
export type Properties = Schema.Struct.Fields

export type TypeOf<P extends Properties> = Schema.Struct.Type<P>

export type EncodedOf<P extends Properties> = Schema.Struct.Encoded<P>

/** The constructor input for the properties. */
export type InputOf<P extends Properties> = Schema.Struct.Type<P>

export const string: Codec<string> = Schema.String

export const number: Codec<number> = Schema.Number

export const boolean: Codec<boolean> = Schema.Boolean

export const literals = <const L extends readonly [string, ...ReadonlyArray<string>]>(...values: L): Codec<L[number]> =>
  Schema.Literals(values)

/** One of several texts. */
export const oneOf = <const L extends string>(values: ReadonlyArray<L>): Codec<L> => Schema.Literals(values)

export const either = <A, B>(a: Codec<A>, b: Codec<B>): Codec<A | B> => Schema.Union([a, b])

export const pair = <A>(item: Codec<A>): Codec<readonly [A, A]> => Schema.Tuple([item, item])

export const textMap: Codec<{ readonly [name: string]: string }> = /*#__PURE__*/ Schema.Record(
  Schema.String,
  Schema.String
)

/** A schema of fewer values; the condition says what is wrong with the others. */
export const refined = <A>(schema: Codec<A>, wrong: (a: A) => string | undefined): Codec<A> =>
  schema.check(Schema.makeFilter((a) => wrong(a)))

export const guardOf = <A>(schema: Codec<A>): ((u: unknown) => u is A) => Schema.is(schema)

export const positiveInt: Codec<number> = /*#__PURE__*/ Schema.Int.check(/*#__PURE__*/ Schema.isGreaterThan(0))

export const utc: Codec<DateTime.Utc, string> = Schema.DateTimeUtcFromString

// DurationFromMillis also accepts negative numbers, and NaN as zero
export const milliseconds: Codec<Duration.Duration, number> = /*#__PURE__*/ Schema.Number.check(
  /*#__PURE__*/ Schema.isGreaterThanOrEqualTo(0)
).pipe(/*#__PURE__*/ Schema.decodeTo(Schema.Duration, SchemaTransformation.durationFromMillis))

/** The schema of a tag. */
export type Tag<T extends string> = Schema.Literal<T>

export const tag = <const T extends string>(tag: T): Tag<T> => Schema.Literal(tag)

/** A property that is optional in the encoded form, with a default. */
export type WithDefault<A, I = A> = Schema.withDecodingDefaultType<Codec<A, I>>

export const withDefault = <A, I>(schema: Codec<A, I>, value: () => A): WithDefault<A, I> =>
  Schema.withDecodingDefaultType<Schema.Codec<A, I>>(Effect.sync(value))(schema)

/** The schema of texts by names. */
export const textsByName: Codec<{ readonly [name: string]: string }> = /*#__PURE__*/ Schema.Record(
  Schema.String,
  Schema.String
)

export const union = <A, B>(one: Codec<A>, other: Codec<B>): Codec<A | B> => Schema.Union([one, other])

/** The schema of a record of text that `decode` makes from a plain record and `encode` turns back. */
export const textRecord = <A extends object>(options: {
  readonly identifier: string
  readonly description: string
  readonly is: (u: unknown) => u is A
  readonly decode: (record: object) => A
  readonly encode: (record: A) => A
}): Codec<A> => {
  const plain = Schema.Record(Schema.String, Schema.String) as unknown as Schema.Codec<A>
  const transformation = SchemaTransformation.transform<A, A>(options)
  const declared = Schema.declare(options.is, {
    identifier: options.identifier,
    description: options.description,
    toCodecArbitrary: () => Schema.link<A>()(plain, transformation)
  })
  return plain.pipe(Schema.decodeTo(declared, transformation))
}

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
  const struct = Schema.Struct(options.fields).annotate({
    identifier: `Obs${options.identifier}`,
    description: options.description
  }) as unknown as Schema.Codec<object>
  const properties = Schema.toType(struct)
  const transformation = SchemaTransformation.transform<object, object>({
    decode: (properties) => options.make(properties),
    encode: (self) => self
  })
  const link = () => Schema.link<Self>()(properties, transformation as never)
  const declared = Schema.declareConstructor<Self, object>()(
    [properties],
    () => (input, ast, parse) =>
      options.is(input, (u) => Schema.is(properties)(u))
        ? Effect.succeed(input)
        : Effect.fail(new SchemaIssue.InvalidType(ast, input, parse)),
    {
      identifier: `effect-obs/${options.identifier}`,
      description: options.description,
      httpApiStatus: options.httpApiStatus,
      toCodec: link,
      toCodecArbitrary: link,
      toFormatter: () => globalThis.String
    }
  )
  return struct.pipe(Schema.decodeTo(declared, transformation as never)).ast
}

const statusOf = (member: Schema.Constraint): unknown => SchemaAST.resolve(member.ast)?.["httpApiStatus"]

/** The schema of the instances of several classes. `HttpApi` takes the status from the union, not from its members. */
export const unionAst = (members: ReadonlyArray<unknown>): AST => {
  const union = Schema.Union(members as ReadonlyArray<Schema.Constraint>)
  const [status, ...others] = new Set(union.members.map(statusOf))
  return typeof status === "number" && others.length === 0 ? union.annotate({ httpApiStatus: status }).ast : union.ast
}

/** The schema of the instances that satisfy a condition, with a status of its own for `HttpApi`. */
export const withHttpApiStatus = <A>(klass: { readonly ast: AST }, status: number, is: (a: A) => boolean): Codec<A> =>
  Schema.make<Codec<A>>(klass.ast).check(Schema.makeFilter(is, { httpApiStatus: status }))

interface HasAst {
  readonly ast: AST
}

const schemaOf = (self: HasAst): Schema.Top => Schema.make<Schema.Top>(self.ast)

const key = "~effect/Schema/Schema"

/** The members that turn an object with an `ast` into a schema. */
export const schemaStatics = {
  [key]: Schema.Never[key],
  annotate(this: HasAst, annotations: never) {
    return schemaOf(this).annotate(annotations)
  },
  annotateKey(this: HasAst, annotations: never) {
    return schemaOf(this).annotateKey(annotations)
  },
  check(this: HasAst, ...checks: never) {
    return schemaOf(this).check(...(checks as [never]))
  },
  rebuild(this: HasAst, ast: AST) {
    return Schema.make<Schema.Top>(ast)
  },
  make(this: HasAst, input: never, options?: never) {
    return schemaOf(this).make(input, options)
  },
  makeOption(this: HasAst, input: never, options?: never) {
    return schemaOf(this).makeOption(input, options)
  },
  makeEffect(this: HasAst, input: never, options?: never) {
    return schemaOf(this).makeEffect(input, options)
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
  /** Fails with a `SchemaError` where the schema does not describe what is there. */
  <S extends Schema.Constraint>(schema: S): Effect.Effect<S["Type"], E | Schema.SchemaError, S["DecodingServices"]>
}

/** Reads JSON. */
export const jsonReader =
  <E>(text: Effect.Effect<string, E>): SchemaReader<E> =>
  (schema) =>
    Effect.flatMap(text, Schema.decodeUnknownEffect(Schema.fromJsonString(schema)))

/** Reads a value. */
export const valueReader =
  <E>(value: Effect.Effect<unknown, E>): SchemaReader<E> =>
  (schema) =>
    Effect.flatMap(value, Schema.decodeUnknownEffect(schema))
