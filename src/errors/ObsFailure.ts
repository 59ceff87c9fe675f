/**
 * Everything that a decoder can give back.
 *
 * @since 0.1.0
 */
import type * as Schema from "#effect/schema"
import type { AnswerProps, FailureEncoded, Info, Union } from "../internal/failure/model.js"
import { union } from "../internal/failure/union.js"
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
 * A class of an ObsFailure of which no more is known than that it is one.
 *
 * Its constructor wants what any of them wants, a code and a reason, and leaves what its class does not have.
 * `ObsResponse.fromParts` makes a failure of the class that fits.
 *
 * @category models
 * @since 0.3.0
 */
export interface AnyFailureClass extends Schema.ClassCodec<ObsFailure, FailureEncoded> {
  new (props: AnswerProps & { readonly code: string; readonly reason: Reason }): ObsFailure
  readonly _tag: string
  /** The row of the catalogue, where the class is one of it. */
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
