/**
 * The error classes, one for each code that OBS sends, their unions, and functions that test for and handle them.
 *
 * How codes become classes:
 *
 * - Each code is one class. Its `_tag` is the code exactly as the service writes it, misspellings included
 *   (`CustomDomainAreadyExist`).
 * - The class is named after the code; the prefix `KMS.` becomes `Kms`.
 * - Two spellings of the same code are two classes (`KeyTooLong`, `KeyTooLongError`), so that a handler sees what was
 *   sent. Only white space inside a code is ignored: the documentation breaks long names with it.
 * - A code with several meanings is one class. Only the message tells the meanings apart, and its wording may change.
 * - A class belongs to the documented status of its code. The service may send another one: the code decides the class,
 *   and `status` is a field.
 * - The extension services number their errors (`SYS.0014`). Their classes have their own union, `OefError`, and are
 *   named after the code without its dot.
 * - A few codes are on no page of the service, but an official client handles them or the service was seen to send
 *   them. Their documentation says so; they have the status that they have in S3.
 * - S3 codes that no OBS documentation mentions decode to `UnknownObsError`.
 *
 * The unions of a status are named after it, with `Error` at the end. `NotImplemented` is the class of a code, and
 * `NotImplementedError` the union of the classes with status 501.
 *
 * @since 0.1.0
 */
import type * as Schema from "#effect/schema"
import type * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import { ObsError } from "./errors/catalogue.js"
import type { UnknownObsError, UnrecognizedResponse } from "./errors/Unclassified.js"
import type { UnexpectedObsError } from "./errors/UnexpectedObsError.js"
import type { Category, Retry } from "./internal/failure/classification.js"
import type { AnyFailure, Failure, FailureEncoded, TypeId } from "./internal/failure/model.js"
import { isFailure } from "./internal/failure/model.js"
import { catchSome } from "./internal/failure/recover.js"
import { guard } from "./internal/failure/union.js"
import * as httpApi from "./internal/failure/httpApi.js"

export * from "./errors/BadRequest.js"
export * from "./errors/CallbackFailed.js"
export * from "./errors/catalogue.js"
export * from "./errors/Conflict.js"
export * from "./errors/Forbidden.js"
export * from "./errors/InternalServerError.js"
export * from "./errors/LengthRequired.js"
export * from "./errors/MethodNotAllowed.js"
export * from "./errors/MovedPermanently.js"
export * from "./errors/NotFound.js"
export * from "./errors/NotImplemented.js"
export * from "./errors/NotModified.js"
export * from "./errors/ObsFailure.js"
export * from "./errors/Oef.js"
export * from "./errors/PreconditionFailed.js"
export * from "./errors/RangeNotSatisfiable.js"
export * from "./errors/RequestTimeout.js"
export * from "./errors/ServiceUnavailable.js"
export * from "./errors/TemporaryRedirect.js"
export * from "./errors/TooManyRequests.js"
export * from "./errors/Unclassified.js"
export * from "./errors/UnexpectedObsError.js"
export type { Category, Retry } from "./internal/failure/classification.js"
export type { AnswerFields } from "./internal/failure/answerFields.js"
export type { Details } from "./internal/failure/details.js"
export type {
  Answer,
  AnswerProps,
  AnyErrorClass,
  AnyFailure,
  ErrorClass,
  ErrorClassWithFields,
  Failure,
  FailureClass,
  FailureEncoded,
  Info,
  RequestInfo,
  Secrets,
  Union
} from "./internal/failure/model.js"
export { TypeId } from "./internal/failure/model.js"

/**
 * Returns whether a value is an error of the catalogue, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isObsError: (u: unknown) => u is ObsError = /*#__PURE__*/ guard(ObsError)

/**
 * `never` unless the type is a single literal: a wider type does not show at compile time which failures are handled.
 */
type OneLiteral<A> = [A] extends [never] ? never : IsUnion<A> extends true ? never : number extends A ? never : A

type IsUnion<A, B = A> = A extends unknown ? ([B] extends [A] ? false : true) : never

/** Distinguishes this library's failures from errors of other libraries with the same properties. */
interface Marked {
  readonly [TypeId]: TypeId
}

/** Failures whose class is documented with a status. */
interface OfStatus<Status> extends Marked {
  readonly info: { readonly status: OneLiteral<Status> }
}

/** Failures whose class has a category. */
interface OfCategory<C> extends Marked {
  readonly category: OneLiteral<C>
}

/**
 * The members of an error type that may be failures of this library: its own types, and types too wide to exclude it.
 */
type Failures<E> = E extends Marked ? E : AnyFailure extends E ? E & AnyFailure : never

/** The failures that may have a status: all except those whose class is documented with another one. */
type CanHaveStatus<E, Status> = E extends Marked & { readonly info: { readonly status: infer S } }
  ? [S & Status] extends [never]
    ? never
    : E
  : Failures<E>

/** The failures that may have a category: all except those whose class has another one. */
type CanBeOfCategory<E, C> = E extends Marked & { readonly category: infer K }
  ? [K & C] extends [never]
    ? never
    : E
  : Failures<E>

/**
 * The documented status of a failure; without one, the status that was sent. An unexpected failure has the status of
 * the failure inside it.
 */
const statusOf = ({ failure, info, status }: AnyFailure): number =>
  failure === undefined ? (info === undefined ? status : info.status) : statusOf(failure)

/**
 * Handles every failure with a status.
 *
 * Errors that OBS documents with the status leave the error type. Unknown codes and unrecognized responses that were
 * sent with it are handled too, but their types stay, since others of the same type may have another status. Errors of
 * other libraries are left alone, whatever properties they have.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsError } from "effect-obs"
 *
 * const program: Effect.Effect<string, ObsError.NoSuchKey | ObsError.SlowDown> = Effect.fail(new ObsError.NoSuchKey())
 *
 * const handled: Effect.Effect<string, ObsError.SlowDown> = program.pipe(
 *   ObsError.catchStatus(404, (error) => Effect.succeed(error._tag))
 * )
 *
 * assert.strictEqual(Effect.runSync(handled), "NoSuchKey")
 * ```
 *
 * @category catchers
 * @since 0.1.0
 */
export const catchStatus: {
  /**
   * Handles every failure with a status: errors that OBS documents with it leave the error type; unknown codes and
   * unrecognized responses sent with it are handled too, but stay in the type. Other libraries' errors are left alone.
   */
  <E, const Status extends number, A2, E2, R2>(
    status: Status,
    f: (failure: CanHaveStatus<E, Status>) => Effect.Effect<A2, E2, R2>
  ): <A, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A | A2, E2 | Exclude<E, OfStatus<Status>>, R | R2>
  /**
   * Handles every failure with a status: errors that OBS documents with it leave the error type; unknown codes and
   * unrecognized responses sent with it are handled too, but stay in the type. Other libraries' errors are left alone.
   */
  <A, E, R, const Status extends number, A2, E2, R2>(
    self: Effect.Effect<A, E, R>,
    status: Status,
    f: (failure: CanHaveStatus<E, Status>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E2 | Exclude<E, OfStatus<Status>>, R | R2>
} = /*#__PURE__*/ dual(
  3,
  <A, E, R, const Status extends number, A2, E2, R2>(
    self: Effect.Effect<A, E, R>,
    status: Status,
    f: (failure: CanHaveStatus<E, Status>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E2 | Exclude<E, OfStatus<Status>>, R | R2> =>
    catchSome(self, (failure) => statusOf(failure) === status, f)
)

/**
 * Handles every failure of a category.
 *
 * Errors of the catalogue leave the error type. Unknown codes and unrecognized responses are handled too if their
 * status implies the category, but their types stay.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsError } from "effect-obs"
 *
 * const program: Effect.Effect<string, ObsError.InvalidPart | ObsError.SlowDown> = Effect.fail(new ObsError.InvalidPart())
 *
 * const handled: Effect.Effect<string, ObsError.SlowDown> = program.pipe(
 *   ObsError.catchCategory("NotFound", (error) => Effect.succeed(error.info.solution))
 * )
 *
 * assert.strictEqual(Effect.runSync(handled), "Specify the correct parts and entity tags.")
 * ```
 *
 * @category catchers
 * @since 0.1.0
 */
export const catchCategory: {
  /**
   * Handles every failure of a category: errors of the catalogue leave the error type; unknown codes and unrecognized
   * responses are handled too, by their status, but stay in the type.
   */
  <E, const C extends Category, A2, E2, R2>(
    category: C,
    f: (failure: CanBeOfCategory<E, C>) => Effect.Effect<A2, E2, R2>
  ): <A, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A | A2, E2 | Exclude<E, OfCategory<C>>, R | R2>
  /**
   * Handles every failure of a category: errors of the catalogue leave the error type; unknown codes and unrecognized
   * responses are handled too, by their status, but stay in the type.
   */
  <A, E, R, const C extends Category, A2, E2, R2>(
    self: Effect.Effect<A, E, R>,
    category: C,
    f: (failure: CanBeOfCategory<E, C>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E2 | Exclude<E, OfCategory<C>>, R | R2>
} = /*#__PURE__*/ dual(
  3,
  <A, E, R, const C extends Category, A2, E2, R2>(
    self: Effect.Effect<A, E, R>,
    category: C,
    f: (failure: CanBeOfCategory<E, C>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E2 | Exclude<E, OfCategory<C>>, R | R2> =>
    catchSome(self, (failure) => failure.category === category, f)
)

/**
 * Failures whose class says that another attempt may succeed. `RequestTimeTooSkewed` is not among them: an expired
 * presigned address gets the same code.
 */
interface Retryable extends Marked {
  readonly info: { readonly retry: "transient" | "throttling" }
}

/**
 * Handles every failure that may succeed if the request is sent again.
 *
 * Errors whose class says so leave the error type. Others are handled if the response says so, such as any 503 with the
 * throttling indicator, but their types stay.
 *
 * Most programs use `ObsHttpClient.retry` first, and this for what is left after the last attempt.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsError } from "effect-obs"
 *
 * const program: Effect.Effect<string, ObsError.NoSuchKey | ObsError.SlowDown> = Effect.fail(new ObsError.SlowDown())
 *
 * const handled: Effect.Effect<string, ObsError.NoSuchKey> = program.pipe(
 *   ObsError.catchRetryable((failure) => Effect.succeed(`try later: ${failure.retry}`))
 * )
 *
 * assert.strictEqual(Effect.runSync(handled), "try later: throttling")
 * ```
 *
 * @category catchers
 * @since 0.2.0
 */
export const catchRetryable: {
  /**
   * Handles every failure that may succeed if the request is sent again. Use it for what is left after
   * `ObsHttpClient.retry` has made its last attempt.
   */
  <E, A2, E2, R2>(
    f: (failure: Failures<E>) => Effect.Effect<A2, E2, R2>
  ): <A, R>(self: Effect.Effect<A, E, R>) => Effect.Effect<A | A2, E2 | Exclude<E, Retryable>, R | R2>
  /**
   * Handles every failure that may succeed if the request is sent again. Use it for what is left after
   * `ObsHttpClient.retry` has made its last attempt.
   */
  <A, E, R, A2, E2, R2>(
    self: Effect.Effect<A, E, R>,
    f: (failure: Failures<E>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E2 | Exclude<E, Retryable>, R | R2>
} = /*#__PURE__*/ dual(
  2,
  <A, E, R, A2, E2, R2>(
    self: Effect.Effect<A, E, R>,
    f: (failure: Failures<E>) => Effect.Effect<A2, E2, R2>
  ): Effect.Effect<A | A2, E2 | Exclude<E, Retryable>, R | R2> =>
    catchSome(self, (failure) => failure.retry !== "never", f)
)

type SentWith<Status> = (UnknownObsError | UnrecognizedResponse) & { readonly status: Status }

/** The properties that show the status of a failure. */
type Told<Status> = { readonly info: { readonly status: Status } } | { readonly status: Status }

/** Narrows a failure whose type does not show its status, without the members of the type that have another one. */
type ShownToHaveStatus<F, Status> = F extends UnknownObsError | UnrecognizedResponse
  ? F & SentWith<Status>
  : F extends UnexpectedObsError
    ? F & { readonly failure: OfStatus<Status> | SentWith<Status> }
    : F & (Told<Status> | { readonly failure: Told<Status> })

type HasStatus<U, Status> = U extends OfStatus<Status> ? U : U & ShownToHaveStatus<CanHaveStatus<U, Status>, Status>

/**
 * Returns whether a value is a failure with a status, by the same rule as `catchStatus`: the documented status, or the
 * one that was sent if none is documented. A status that is not a single literal does not narrow the type.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsError } from "effect-obs"
 *
 * const failures: ReadonlyArray<ObsError.ObsFailure> = [new ObsError.NoSuchKey(), new ObsError.SlowDown()]
 * assert.deepStrictEqual(failures.filter(ObsError.isStatus(404)).map(({ _tag }) => _tag), ["NoSuchKey"])
 * ```
 *
 * @category guards
 * @since 0.2.0
 */
export const isStatus: {
  /**
   * Returns whether a value is a failure with a status: the documented one, or the one that was sent if none is
   * documented. A status that is not a single literal does not narrow the type.
   */
  <const Status extends number>(status: Status & OneLiteral<Status>): <U>(u: U) => u is HasStatus<U, Status>
  /**
   * Returns whether a value is a failure with a status: the documented one, or the one that was sent if none is
   * documented. A status that is not a single literal does not narrow the type.
   */
  (status: number): (u: unknown) => boolean
  /**
   * Returns whether a value is a failure with a status: the documented one, or the one that was sent if none is
   * documented. A status that is not a single literal does not narrow the type.
   */
  <U, const Status extends number>(u: U, status: Status & OneLiteral<Status>): u is HasStatus<U, Status>
  /**
   * Returns whether a value is a failure with a status: the documented one, or the one that was sent if none is
   * documented. A status that is not a single literal does not narrow the type.
   */
  (u: unknown, status: number): boolean
} = /*#__PURE__*/ dual(
  2,
  <U, const Status extends number>(u: U, status: Status): u is HasStatus<U, Status> =>
    isFailure(u) && statusOf(u) === status
)

/** A failure of a category, narrowed if its type does not show it. */
type IsOfCategory<U, C> = U extends OfCategory<C> ? U : U & CanBeOfCategory<U, C> & { readonly category: C }

/**
 * Returns whether a value is a failure of a category, by the same rule as `catchCategory`. A category that is not a
 * single literal does not narrow the type.
 *
 * @category guards
 * @since 0.2.0
 */
export const isCategory: {
  /**
   * Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type.
   */
  <const C extends Category>(category: C & OneLiteral<C>): <U>(u: U) => u is IsOfCategory<U, C>
  /**
   * Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type.
   */
  (category: Category): (u: unknown) => boolean
  /**
   * Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type.
   */
  <U, const C extends Category>(u: U, category: C & OneLiteral<C>): u is IsOfCategory<U, C>
  /**
   * Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type.
   */
  (u: unknown, category: Category): boolean
} = /*#__PURE__*/ dual(
  2,
  <U, const C extends Category>(u: U, category: C): u is IsOfCategory<U, C> => isFailure(u) && u.category === category
)

/**
 * Returns whether a value is a failure that may succeed if the request is sent again, by the same rule as
 * `catchRetryable`.
 *
 * @category guards
 * @since 0.2.0
 */
export const isRetryable = (u: unknown): u is Failure & { readonly retry: Exclude<Retry, "never"> } =>
  isFailure(u) && u.retry !== "never"

/**
 * The error schemas of an `HttpApi` endpoint for classes and unions, each annotated with the status to respond with.
 *
 * A class of the catalogue has its documented status. `UnknownObsError`, `UnrecognizedResponse` and
 * `UnexpectedObsError` get one schema for each status, because the platform takes the status from the schema. So an
 * unrecognized 404 is sent as 404. `docs/http-api.md` in this package has an endpoint that uses it.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { ObsError, ObsOperation } from "effect-obs"
 *
 * const errors = ObsError.httpApiErrors(ObsOperation.GetObject.errors, ObsError.UnexpectedObsError)
 *
 * assert.ok(errors.length > ObsOperation.GetObject.errors.members.length)
 * ```
 *
 * @category schemas
 * @since 0.3.0
 */
export const httpApiErrors: <Parts extends ReadonlyArray<httpApi.Answerable>>(
  ...parts: Parts
) => ReadonlyArray<Schema.Codec<Parts[number]["Type"], FailureEncoded>> = httpApi.httpApiErrors
