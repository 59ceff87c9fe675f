/**
 * The vocabulary: a class for every code that OBS is known to send, their unions, and what can be asked of them.
 *
 * How codes are named, split and merged:
 *
 * - A code of the service is one class; its `_tag` is the code as the service writes it, misspellings included
 *   (`CustomDomainAreadyExist`).
 * - The class has the name of its code; `KMS.` in front of a code becomes `Kms`.
 * - Codes that mean the same and are spelt differently are different classes (`KeyTooLong`, `KeyTooLongError`), because
 *   a handler has to see what came. Only white space inside a code is ignored, since the documents break long names
 *   apart with it.
 * - A code with several meanings is one class: the service tells them apart in the message alone, which is no contract.
 * - A class belongs to the status that is documented for its code. The service may send another one, so `status` is a
 *   field and the code decides.
 * - The extension services number their errors (`SYS.0014`). Their classes are a union of their own, `OefError`, and
 *   have the code without its dot for a name.
 * - A few codes are on no page of the service, but an official client handles them, or the service was seen to send them.
 *   They are classes too; the documentation of each says where it was seen, and it has the status of the S3 family.
 * - Other codes of S3 that no document of OBS knows are `UnknownObsError`.
 *
 * @since 0.1.0
 */
import type * as Schema from "#effect/schema"
import type * as Effect from "effect/Effect"
import { dual } from "effect/Function"
import { ObsError } from "./errors/catalogue.js"
import { ObsFailure } from "./errors/ObsFailure.js"
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
 * Tells whether a value is an error whose code is in the catalogue, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isObsError: (u: unknown) => u is ObsError = /*#__PURE__*/ guard(ObsError)

/**
 * Tells whether a value is anything that a decoder of this library can give back.
 *
 * @category guards
 * @since 0.1.0
 */
export const isObsFailure: (u: unknown) => u is ObsFailure = /*#__PURE__*/ guard(ObsFailure)

/** A type that is not one literal says nothing of which failures are handled. */
type OneLiteral<A> = [A] extends [never] ? never : IsUnion<A> extends true ? never : number extends A ? never : A

type IsUnion<A, B = A> = A extends unknown ? ([B] extends [A] ? false : true) : never

/** What tells a failure of this library from an error that happens to look like one. */
interface Marked {
  readonly [TypeId]: TypeId
}

/** What is known by its class to be documented with a status. */
interface OfStatus<Status> extends Marked {
  readonly info: { readonly status: OneLiteral<Status> }
}

/** What is known by its class to be of a category. */
interface OfCategory<C> extends Marked {
  readonly category: OneLiteral<C>
}

/** What can be a failure of this library: those of its types, and those of types that say too little to exclude it. */
type Failures<E> = E extends Marked ? E : AnyFailure extends E ? E & AnyFailure : never

/** What can be of a status: all failures but those whose class is documented with another one. */
type CanHaveStatus<E, Status> = E extends Marked & { readonly info: { readonly status: infer S } }
  ? [S & Status] extends [never]
    ? never
    : E
  : Failures<E>

/** What can be of a category: all failures but those whose class is of another one. */
type CanBeOfCategory<E, C> = E extends Marked & { readonly category: infer K }
  ? [K & C] extends [never]
    ? never
    : E
  : Failures<E>

/** What a failure is documented with, or was sent with where no document says; that of an unexpected one is inside. */
const statusOf = ({ failure, info, status }: AnyFailure): number =>
  failure === undefined ? (info === undefined ? status : info.status) : statusOf(failure)

/**
 * Handles every failure of a status: the errors that OBS documents with it, which leave the error type, and unknown
 * codes and unrecognized answers that were sent with it, whose types remain, since others of them can be left. Errors
 * of other libraries stay, whatever properties they have.
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
 * Handles every failure of a category: the errors of the catalogue that are of it, which leave the error type, and
 * unknown codes and unrecognized answers whose status is of it, whose types remain.
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

/** What is known by its class to be worth another attempt. A skewed clock is left out: an expired address has its code. */
interface Retryable extends Marked {
  readonly info: { readonly retry: "transient" | "throttling" }
}

/**
 * Handles every failure that another attempt can mend, by what its answer tells: errors whose row says so, which leave
 * the error type, and all others that were sent like this, such as any with 503 and the indicator of throttling, whose
 * types remain.
 *
 * Most programs want `ObsHttpClient.retry` before, and this for what is left after the last attempt.
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

/** What tells the status of a failure. */
type Told<Status> = { readonly info: { readonly status: Status } } | { readonly status: Status }

/** A failure of a status whose type does not tell it, apart from those of its type that have another. */
type ShownToHaveStatus<F, Status> = F extends UnknownObsError | UnrecognizedResponse
  ? F & SentWith<Status>
  : F extends UnexpectedObsError
    ? F & { readonly failure: OfStatus<Status> | SentWith<Status> }
    : F & (Told<Status> | { readonly failure: Told<Status> })

type HasStatus<U, Status> = U extends OfStatus<Status> ? U : U & ShownToHaveStatus<CanHaveStatus<U, Status>, Status>

/**
 * Tells whether a value is a failure of a status, as `catchStatus` takes it: documented with it, or, where no document
 * says, sent with it. A status that is not one literal narrows no type.
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

/** A failure of a category, shown to be of it where its type does not tell. */
type IsOfCategory<U, C> = U extends OfCategory<C> ? U : U & CanBeOfCategory<U, C> & { readonly category: C }

/**
 * Tells whether a value is a failure of a category, as `catchCategory` takes it. A category that is not one literal
 * narrows no type.
 *
 * @category guards
 * @since 0.2.0
 */
export const isCategory: {
  /** Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type. */
  <const C extends Category>(category: C & OneLiteral<C>): <U>(u: U) => u is IsOfCategory<U, C>
  /** Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type. */
  (category: Category): (u: unknown) => boolean
  /** Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type. */
  <U, const C extends Category>(u: U, category: C & OneLiteral<C>): u is IsOfCategory<U, C>
  /** Returns whether a value is a failure of a category. A category that is not a single literal does not narrow the type. */
  (u: unknown, category: Category): boolean
} = /*#__PURE__*/ dual(
  2,
  <U, const C extends Category>(u: U, category: C): u is IsOfCategory<U, C> => isFailure(u) && u.category === category
)

/**
 * Tells whether a value is a failure that another attempt can mend, as `catchRetryable` takes it.
 *
 * @category guards
 * @since 0.2.0
 */
export const isRetryable = (u: unknown): u is Failure & { readonly retry: Exclude<Retry, "never"> } =>
  isFailure(u) && u.retry !== "never"

/**
 * The errors of an `HttpApi` endpoint for any classes and unions, each answered with the status that it has.
 *
 * A class of the catalogue has its documented status. `UnknownObsError`, `UnrecognizedResponse` and
 * `UnexpectedObsError` get a schema for each status, since the platform takes the status from the schema: an
 * unrecognized 404 is answered with 404. An endpoint that uses it is in `docs/http-api.md` of this package.
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
