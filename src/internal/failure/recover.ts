/**
 * Handles or replaces some of the errors of an effect, with types that Effect's own combinators cannot express.
 */
import * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import type { AnyFailure, Failure } from "./model.js"
import { isFailure } from "./model.js"

/**
 * `Effect.catchIf` for a predicate that matches all failures of the types `Gone` and perhaps some of the remaining
 * types, which no refinement can express.
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

/** `Effect.mapError` for some of the errors; others are left alone. */
export const mapFailures = <A, E, R, Mapped, E2>(
  self: Effect.Effect<A, E, R>,
  refinement: (error: unknown) => error is Mapped,
  f: (failure: Mapped) => E2
): Effect.Effect<A, Exclude<E, Mapped> | E2, R> =>
  Effect.mapError(self, (error) => (refinement(error) ? f(error) : (error as Exclude<E, Mapped>)))

/** What the compiler says of an unwrapped client and its effects. */
export type WrapFirst = "wrap the client with ObsHttpClient.filterStatusOk first"

/**
 * Rejects an effect or a client that cannot fail with a failure of OBS: it would return error responses as successes.
 */
export type OfWrappedClient<E, Name extends string> = [Extract<E, Failure>] extends [never]
  ? { readonly [K in Name]: WrapFirst }
  : unknown

/** Replaces an error if it is one of those, keeping its type. */
export const replaced = <E, Old extends New, New>(
  error: E,
  refinement: (error: unknown) => error is Old,
  f: (error: Old) => New
): E => (refinement(error) ? (f(error) as never) : error)

/**
 * A client combinator that takes a client, with or without options, or in a pipe the options alone. It has a single
 * signature, since a pipe infers nothing from the name of an overloaded function.
 */
export const clientFirstOrOptions = <Combinator extends (...args: never) => unknown>(
  isClient: (u: unknown) => boolean,
  f: (...args: never) => unknown
): Combinator => dual((args) => isClient(args[0]), f as (...args: ReadonlyArray<unknown>) => unknown) as never
