import * as Schema from "effect/Schema"

export * from "effect/Schema"
export { parseJson as fromJsonString, typeSchema as toType } from "effect/Schema"

export type Codec<A, I = A> = Schema.Schema<A, I>

// eslint-disable-next-line @typescript-eslint/no-namespace -- as Effect 4 has it
export declare namespace Codec {
  export type Encoded<S> = Schema.Schema.Encoded<S>
}

export const Literals = <const L extends readonly [string, ...ReadonlyArray<string>]>(values: L) =>
  Schema.Literal(...values)

export const Record = <K extends Schema.Schema.All, V extends Schema.Schema.All>(key: K, value: V) =>
  Schema.Record({ key, value })

export const optionalKey = <S extends Schema.Schema.All>(schema: S) => Schema.optionalWith(schema, { exact: true })

export const Tuple = <const Elements extends ReadonlyArray<Schema.Schema.Any>>(elements: Elements) =>
  Schema.Tuple(...elements)
