/**
 * The failures that are no code of the catalogue.
 *
 * @since 0.1.0
 */
import * as Schema from "effect/Schema"
import { failureClass } from "../internal/errorClass.js"

/**
 * An OBS error whose code is not in the catalogue: `code` is the code as it was sent.
 *
 * `category` and `retry` are those of the status.
 *
 * @category unclassified
 * @since 0.1.0
 */
export class UnknownObsError
  extends /*#__PURE__*/ failureClass<UnknownObsError>()(
    "UnknownObsError",
    {
      status: 500,
      description: "An OBS error whose code is not in the catalogue.",
      message: ({ code }) => `OBS answered with the code ${code}, which is not in the catalogue.`
    },
    { code: Schema.String }
  ) {}

const reasons = {
  EmptyBody: "it has no body and no header with a code",
  NotAnErrorDocument: "its body is not an OBS error document",
  NoCode: "its error document has no code",
  Malformed: "its error document breaks off before the code",
  Compressed: "its body is still compressed",
  TooLarge: "its body has no code within the bytes that are read",
  TimedOut: "its body had no code when the time to read it was over",
  ConnectionLost: "the connection was lost before its body had a code",
  Unreadable: "its body cannot be read, perhaps because it was read before",
  OpaqueRedirect: "it is a redirect that the browser hides"
}

/**
 * Why an answer is not recognized as an error of OBS.
 *
 * - `EmptyBody`: no body and no header with a code, as most answers to HEAD.
 * - `NotAnErrorDocument`: the body is something else, such as a page of HTML from a proxy.
 * - `NoCode`: an error document in which the code is empty or missing.
 * - `Malformed`: an error document that is cut or broken before its code.
 * - `Compressed`: bytes of gzip that the HTTP client did not decode.
 * - `TooLarge`: no code within the bytes that are read of a body.
 * - `TimedOut`: no code within the time in which a body is read.
 * - `ConnectionLost`: the connection was lost before the code came.
 * - `Unreadable`: the body could not be read, for example because something had read it before.
 * - `OpaqueRedirect`: a redirect of which a browser shows neither status nor headers.
 *
 * @category unclassified
 * @since 0.1.0
 */
export type Reason = keyof typeof reasons

/**
 * An answer that is no success and does not tell what is wrong in a way that OBS would: of a proxy, a firewall or a
 * load balancer, without a body, or cut.
 *
 * `category` and `retry` are those of the status.
 *
 * @category unclassified
 * @since 0.1.0
 */
export class UnrecognizedResponse
  extends /*#__PURE__*/ failureClass<UnrecognizedResponse>()(
    "UnrecognizedResponse",
    {
      status: 0,
      description: "An answer that is not an OBS error.",
      message: ({ reason, status }) =>
        `The answer${status ? ` with status ${status}` : ""} does not say what is wrong: ${reasons[reason]}.`
    },
    {
      /** Why it is not recognized. */
      reason: Schema.Literal(
        "EmptyBody",
        "NotAnErrorDocument",
        "NoCode",
        "Malformed",
        "Compressed",
        "TooLarge",
        "TimedOut",
        "ConnectionLost",
        "Unreadable",
        "OpaqueRedirect"
      ),
      /** The media type of the body, without parameters and in lower case. */
      contentType: Schema.optional(Schema.String),
      /** The beginning of the body: printable, without secrets, at most 200 characters. */
      excerpt: Schema.optional(Schema.String)
    }
  ) {}
