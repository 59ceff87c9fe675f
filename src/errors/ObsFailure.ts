/**
 * Everything that the decoder can return.
 *
 * @since 0.1.0
 */
import type * as Schema from "#effect/schema"
import type { AnswerProps, FailureEncoded, Info, Union } from "../internal/failure/model.js"
import { guard, union } from "../internal/failure/union.js"
import { CallbackFailed } from "./CallbackFailed.js"
import { ObsError } from "./catalogue.js"
import { NotModified } from "./NotModified.js"
import { OefError } from "./Oef.js"
import type { Reason } from "./Unclassified.js"
import { UnknownObsError, UnrecognizedResponse } from "./Unclassified.js"

/**
 * Union of everything that the decoder can return: errors of the catalogue and of the extension services, unknown codes,
 * unrecognized responses, `NotModified` and `CallbackFailed`.
 *
 * @category unions
 * @since 0.1.0
 */
export type ObsFailure = ObsError | OefError | UnknownObsError | UnrecognizedResponse | NotModified | CallbackFailed

/**
 * Any class of an `ObsFailure`.
 *
 * Its constructor takes the properties that any of the classes requires, a code and a reason, and drops what its own
 * class does not have. `ObsResponse.fromParts` makes a failure of the right class.
 *
 * @category models
 * @since 0.3.0
 */
export interface AnyFailureClass extends Schema.ClassCodec<ObsFailure, FailureEncoded> {
  new (props: AnswerProps & { readonly code: string; readonly reason: Reason }): ObsFailure
  readonly _tag: string
  /** The catalogue row, if the class has one. */
  readonly info?: Info
}

/**
 * Schema of `ObsFailure`: decodes and encodes any failure that the decoder can return.
 *
 * @category unions
 * @since 0.1.0
 */
export const ObsFailure: Union<ObsFailure, AnyFailureClass> = /*#__PURE__*/ union(
  ObsError,
  OefError,
  UnknownObsError,
  UnrecognizedResponse,
  NotModified,
  CallbackFailed
)

/**
 * Returns whether a value is a failure that the decoder can return, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isObsFailure: (u: unknown) => u is ObsFailure = /*#__PURE__*/ guard(ObsFailure)
