/**
 * Input that no request can be made of.
 */
import * as Data from "effect/Data"
import { withoutSecrets } from "../secrets.js"
import { printable, shorten } from "../text.js"

/**
 * An option, a name or a body that cannot be sent. Nothing was sent; only a stream of the wrong length is noticed while it is
 * sent, and then nothing is stored.
 *
 * `option` names what is wrong, such as `bucket`, and `operation` the call, where it is one.
 *
 * @category errors
 * @since 0.3.0
 */
export class InvalidInput
  extends /*#__PURE__*/ Data.TaggedError("InvalidInput")<{
    /** The option that is wrong, such as `bucket` or `endpoint`. */
    readonly option: string
    /** The operation that was called, such as `GetObject`; none where a layer was made. */
    readonly operation?: string
    /** What is wrong, and what to do about it. */
    readonly message: string
    /** What to do about it, which is also the end of the message. */
    readonly solution: string
  }> {}

/** Whether a text has half a character: a surrogate without the other one. */
export const isHalf = (text: string): boolean => /\p{Cs}/u.test(text)

/** A text of the caller's, as an error may show it. */
export const quoted = (text: string): string => `"${shorten(withoutSecrets(printable(text)), 80)}"`

/** What is wrong with an option: a clause such as `is no bucket name`, and a sentence that says what to do. */
export interface Wrong {
  readonly option: string
  readonly what: string
  readonly solution: string
}

export const invalidInput = ({ option, solution, what }: Wrong, operation?: string): InvalidInput =>
  new InvalidInput({
    option,
    solution,
    message: `${operation === undefined ? "" : `${operation}: `}${option} ${what}. ${solution}`,
    ...(operation === undefined ? undefined : { operation })
  })
