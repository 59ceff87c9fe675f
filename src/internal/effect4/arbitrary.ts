/**
 * Random values for Effect 4: `effect/Arbitrary`.
 */
import * as Arbitrary_ from "effect/Arbitrary"
import * as Schema from "effect/Schema"

/**
 * Random values, as property tests take them: an `Arbitrary` of `effect/Arbitrary`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Arbitrary<A> extends Arbitrary_.Arbitrary<A> {}

export const constant = <A>(value: A): Arbitrary<A> => Arbitrary_.Constant(value)

/** Whole numbers, both ends included. */
export const whole = (min: number, max: number): Arbitrary<number> =>
  Arbitrary_.schema(Schema.Int.check(Schema.isBetween({ minimum: min, maximum: max })))

/** Texts of any characters. */
export const text = (maxLength: number): Arbitrary<string> =>
  Arbitrary_.schema(Schema.String.check(Schema.isMaxLength(maxLength)))

/** Texts that an expression matches. */
export const matching = (expression: RegExp): Arbitrary<string> =>
  Arbitrary_.schema(Schema.String.check(Schema.isPattern(expression)))

export const list = <A>(item: Arbitrary<A>, maxLength: number): Arbitrary<ReadonlyArray<A>> =>
  Arbitrary_.array(item, { maxLength })

export const oneOf = <A>(first: Arbitrary<A>, ...others: ReadonlyArray<Arbitrary<A>>): Arbitrary<A> =>
  Arbitrary_.flatMap(whole(0, others.length), (i) => others[i - 1] ?? first)

export const both = <A, B>(a: Arbitrary<A>, b: Arbitrary<B>): Arbitrary<readonly [A, B]> => Arbitrary_.all([a, b])

export const record = <A extends object>(fields: { readonly [K in keyof A]: Arbitrary<A[K]> }): Arbitrary<A> =>
  Arbitrary_.all(fields) as Arbitrary<never>

export const map = <A, B>(self: Arbitrary<A>, f: (a: A) => B): Arbitrary<B> => Arbitrary_.map(self, f)

export const filter = <A>(self: Arbitrary<A>, is: (a: A) => boolean): Arbitrary<A> => Arbitrary_.filter(self, is)

export const flatMap = <A, B>(self: Arbitrary<A>, f: (a: A) => Arbitrary<B>): Arbitrary<B> =>
  Arbitrary_.flatMap(self, f)
