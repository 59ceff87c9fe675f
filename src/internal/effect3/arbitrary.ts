/**
 * Random values for Effect 3: `effect/FastCheck`.
 */
import * as FastCheck from "effect/FastCheck"

/**
 * Random values, as property tests take them: an `Arbitrary` of `effect/FastCheck`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Arbitrary<A> extends FastCheck.Arbitrary<A> {}

export const constant = <A>(value: A): Arbitrary<A> => FastCheck.constant(value)

/** Whole numbers, both ends included. */
export const whole = (min: number, max: number): Arbitrary<number> => FastCheck.integer({ min, max })

/** Texts of any characters. */
export const text = (maxLength: number): Arbitrary<string> => FastCheck.string({ unit: "grapheme", maxLength })

/** Texts that an expression matches. */
export const matching = (expression: RegExp): Arbitrary<string> => FastCheck.stringMatching(expression)

export const list = <A>(item: Arbitrary<A>, maxLength: number): Arbitrary<ReadonlyArray<A>> =>
  FastCheck.array(item, { maxLength })

export const oneOf = <A>(first: Arbitrary<A>, ...others: ReadonlyArray<Arbitrary<A>>): Arbitrary<A> =>
  FastCheck.oneof(first, ...others)

export const both = <A, B>(a: Arbitrary<A>, b: Arbitrary<B>): Arbitrary<readonly [A, B]> => FastCheck.tuple(a, b)

export const record = <A extends object>(fields: { readonly [K in keyof A]: Arbitrary<A[K]> }): Arbitrary<A> =>
  FastCheck.record<A>(fields)

export const map = <A, B>(self: Arbitrary<A>, f: (a: A) => B): Arbitrary<B> => self.map(f)

export const filter = <A>(self: Arbitrary<A>, is: (a: A) => boolean): Arbitrary<A> => self.filter(is)

export const flatMap = <A, B>(self: Arbitrary<A>, f: (a: A) => Arbitrary<B>): Arbitrary<B> => self.chain(f)
