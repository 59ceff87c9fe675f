/**
 * What a request cannot be signed for.
 */
import * as Data from "effect/Data"
import { printable, shorten } from "../text.js"

/**
 * Why something cannot be signed.
 *
 * - `InvalidUrl`: the address is none of HTTP, or another one would be sent: a segment `.` or `..`, an escape that is
 *   none, a user in front of the host.
 * - `InvalidHeader`: a header that is signed has characters that cannot be sent, or would be read as another text.
 * - `InvalidCredentials`: an access key, a secret or a token that is empty or has characters that none has.
 * - `InvalidExpires`: an address or a form that would be valid for no time, or for longer than the scheme allows.
 * - `InvalidOptions`: options that contradict each other, or say what cannot be written down.
 * - `MissingRegion`: `aws4` signs the region, and neither the options nor the host name it.
 * - `AlreadySigned`: the address has a signature in its parameters.
 * - `UnsupportedBody`: the client chooses the Content-Type of the body, with a boundary, after the signature.
 * - `UnknownPayload`: the body is to be signed, and is a stream or a form, of which nobody knows the bytes before.
 * - `MissingLibrary`: `aws4` needs the package `aws4fetch`, which is not installed.
 * - `CryptoUnavailable`: `aws4` needs Web Crypto, which is missing on a page that came over plain HTTP.
 *
 * @category errors
 * @since 0.3.0
 */
export type SignerReason =
  | "InvalidUrl"
  | "InvalidHeader"
  | "InvalidCredentials"
  | "InvalidExpires"
  | "InvalidOptions"
  | "MissingRegion"
  | "AlreadySigned"
  | "UnsupportedBody"
  | "UnknownPayload"
  | "MissingLibrary"
  | "CryptoUnavailable"

const solutions: Record<SignerReason, string> = {
  InvalidUrl: "Give a complete http or https address, with each part of the key percent-encoded.",
  InvalidHeader: "Percent-encode what is no printable ASCII before it becomes the value of a header.",
  InvalidCredentials: "Look for blanks and line breaks around the keys where they come from.",
  InvalidExpires: "Give a positive duration; with aws4 of at most seven days.",
  InvalidOptions: "Look at what the options say of the endpoint, the style and the fields.",
  MissingRegion: "Give the option region, such as eu-de.",
  AlreadySigned: "Send a presigned address as it is, with a client that does not sign.",
  UnsupportedBody: "Use a POST policy form, or send the bytes of the form with a Content-Type of your own.",
  UnknownPayload: "Send it from memory, give its SHA-256 in the header x-amz-content-sha256, or leave it unsigned.",
  MissingLibrary: "Install it: npm i aws4fetch.",
  CryptoUnavailable: "Serve the page over HTTPS, or use a runtime that has crypto.subtle."
}

/**
 * A request, an address or a form that cannot be signed. Nothing was sent.
 *
 * It tells what is wrong with which part, and never the value of a header, a parameter or a credential.
 *
 * @category errors
 * @since 0.3.0
 */
export class SignerError
  extends /*#__PURE__*/ Data.TaggedError("SignerError")<{
    /** What kind of thing is wrong. */
    readonly reason: SignerReason
    /** What is wrong, and what can be done about it. */
    readonly message: string
  }>
{
  /** What can be done about it. */
  get solution(): string {
    return solutions[this.reason]
  }
}

/** A name as it may be shown. */
export const shownName = (name: string): string => shorten(printable(name), 80)

export const signerError = (reason: SignerReason, message: string): SignerError =>
  new SignerError({ reason, message: `${message} ${solutions[reason]}` })
