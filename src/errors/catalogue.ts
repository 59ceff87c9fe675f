/**
 * The catalogue: the classes of all codes as a union, as a list and by code.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import type { AnyErrorClass, Union } from "../internal/failure/model.js"
import { byTag, membersOf, union } from "../internal/failure/union.js"
import { BadRequestError } from "./BadRequest.js"
import { ConflictError } from "./Conflict.js"
import { ForbiddenError } from "./Forbidden.js"
import { LengthRequiredError } from "./LengthRequired.js"
import { MethodNotAllowedError } from "./MethodNotAllowed.js"
import { MovedPermanentlyError } from "./MovedPermanently.js"
import { NotFoundError } from "./NotFound.js"
import { NotImplementedError } from "./NotImplemented.js"
import { PreconditionFailedError } from "./PreconditionFailed.js"
import { RangeNotSatisfiableError } from "./RangeNotSatisfiable.js"
import { RequestTimeoutError } from "./RequestTimeout.js"
import { ServiceUnavailableError } from "./ServiceUnavailable.js"
import { TemporaryRedirectError } from "./TemporaryRedirect.js"
import { TooManyRequestsError } from "./TooManyRequests.js"
import { InternalServerError } from "./InternalServerError.js"

/**
 * Union of all errors in the catalogue, one class for each code.
 *
 * @category unions
 * @since 0.1.0
 */
export type ObsError =
  | MovedPermanentlyError
  | TemporaryRedirectError
  | BadRequestError
  | ForbiddenError
  | NotFoundError
  | MethodNotAllowedError
  | RequestTimeoutError
  | ConflictError
  | LengthRequiredError
  | PreconditionFailedError
  | RangeNotSatisfiableError
  | TooManyRequestsError
  | InternalServerError
  | NotImplementedError
  | ServiceUnavailableError

/**
 * Schema of `ObsError`: decodes and encodes the error of any code in the catalogue.
 *
 * @category unions
 * @since 0.1.0
 */
export const ObsError: Union<ObsError> = /*#__PURE__*/ union(
  MovedPermanentlyError,
  TemporaryRedirectError,
  BadRequestError,
  ForbiddenError,
  NotFoundError,
  MethodNotAllowedError,
  RequestTimeoutError,
  ConflictError,
  LengthRequiredError,
  PreconditionFailedError,
  RangeNotSatisfiableError,
  TooManyRequestsError,
  InternalServerError,
  NotImplementedError,
  ServiceUnavailableError
)

/**
 * Every class of the catalogue, ordered by status and then by name.
 *
 * @category catalogue
 * @since 0.1.0
 */
export const all: ReadonlyArray<AnyErrorClass<ObsError>> = /*#__PURE__*/ membersOf(ObsError)

const classes = /*#__PURE__*/ byTag(all)

/**
 * Finds the class of a code. White space inside the code is ignored.
 *
 * To make an error from a code and the rest of a response, use `ObsResponse.fromParts`.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Option } from "effect"
 * import { ObsError } from "effect-obs"
 *
 * assert.deepStrictEqual(ObsError.byCode("NoSuchKey"), Option.some(ObsError.NoSuchKey))
 * assert.deepStrictEqual(ObsError.byCode("toString"), Option.none())
 * ```
 *
 * @category catalogue
 * @since 0.1.0
 */
export const byCode = (code: string): Option.Option<AnyErrorClass<ObsError>> => {
  const klass = classes.get(code) ?? (/\s/.test(code) ? classes.get(code.replace(/\s+/g, "")) : undefined)
  return klass === undefined ? Option.none() : Option.some(klass)
}
