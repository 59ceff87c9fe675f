/**
 * Failures without a code in the catalogue.
 *
 * @since 0.1.0
 */
import * as Schema from "#effect/schema"
import { askSupport, failureClass } from "../internal/failure/errorClass.js"
import type { Failure } from "../internal/failure/model.js"

/**
 * An OBS error whose code is not in the catalogue.
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
      httpApiStatus: 500,
      description: "An OBS error whose code is not in the catalogue.",
      message: ({ code }) => `OBS responded with the code ${code}, which is not in the catalogue.`,
      solution: (self) => `Look the code up in the documentation of the service, or ${askSupport(self)}`
    },
    {
      /** The code as it was sent. */
      code: Schema.string
    }
  ) {}

/** Why a response does not say what is wrong. */
const reasons: Record<Reason, string> = {
  EmptyBody: "it has no body and no header with a code",
  NotAnErrorDocument: "its body is not an OBS error document",
  NoCode: "its error document has no code",
  Malformed: "its error document breaks off before the code",
  Compressed: "its body is still compressed",
  TooLarge: "its body has no code within the bytes that are read",
  TimedOut: "its body had no code when the time to read it was over",
  ConnectionLost: "the connection was lost before its body had a code",
  Unreadable: "its body cannot be read, perhaps because it was read before",
  OpaqueRedirect: "it is a redirect, and the browser hides where to"
}

/** Why a success does not say whether the request was carried out, where that is put differently. */
const outcomes: { readonly [R in Reason]?: string } = {
  EmptyBody: "its body is empty",
  NotAnErrorDocument: "its body is neither a result nor an error of OBS",
  NoCode: "its error has no code",
  Malformed: "its body is cut or broken",
  TimedOut: "its body had not ended when the time to read it was over",
  ConnectionLost: "the connection was lost before its body ended"
}

const lookBetween = "Look at what responds between you and the service: a proxy, a firewall, or a wrong endpoint."

const lookAtNetwork = "Look at the network between you and the service."

const solutions: Record<Exclude<Reason, "EmptyBody" | "NoCode">, string> = {
  NotAnErrorDocument: lookBetween,
  Malformed: lookAtNetwork,
  Compressed: "Use an HTTP client that decompresses responses, or send Accept-Encoding: identity.",
  TooLarge: `${lookBetween} The service's own errors are short.`,
  TimedOut: lookAtNetwork,
  ConnectionLost: lookAtNetwork,
  Unreadable: "Decode a response before anything else reads its body.",
  OpaqueRedirect: "Send the request to the endpoint of the bucket's region."
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const solutionOf = (self: Failure & { readonly reason: Reason }): string => {
  if (self.reason === "NoCode") return capitalized(askSupport(self))
  if (self.reason !== "EmptyBody") return solutions[self.reason]
  const method = self.request?.method
  return method === undefined || method === "HEAD"
    ? "Go by the status. To learn more, send a GET: the response to a HEAD has no body."
    : `Go by the status. ${lookBetween} The service's own errors have a body.`
}

const unknownOutcome =
  "The request may or may not have been carried out. Send it again if it is idempotent; otherwise look at the object with HEAD first."

const readMore = "Ask for less at once, or allow more, such as a larger maxEntries."

const isSuccess = (status: number | undefined): status is number =>
  status !== undefined && status >= 200 && status < 300

/** Whether a response is a success whose result is longer than the reading limit. */
const isTooLargeResult = ({
  reason,
  status
}: {
  readonly reason: Reason
  readonly status?: number | undefined
}): boolean => reason === "TooLarge" && isSuccess(status)

// The reasons for which a success leaves the outcome unknown: its body is empty or incomplete
const isCut = (reason: Reason): boolean =>
  reason === "ConnectionLost" || reason === "TimedOut" || reason === "EmptyBody" || reason === "Malformed"

/** Whether a response began as a success and its result is incomplete, as for a copy. */
const isUnknownOutcome = ({ reason, status }: { readonly reason: Reason; readonly status: number }): boolean =>
  isSuccess(status) && isCut(reason)

/**
 * Why a response is not recognized as an error of OBS.
 *
 * - `EmptyBody`: no body and no header with a code, like most responses to HEAD.
 * - `NotAnErrorDocument`: the body is something else, such as an HTML page of a proxy.
 * - `NoCode`: an error document whose code is empty or missing.
 * - `Malformed`: an error document that is cut or broken before its code.
 * - `Compressed`: the HTTP client did not decompress the body (gzip, deflate, br, zstd or compress). Recognized by its
 *   first bytes, or by `Content-Encoding` if it is not text.
 * - `TooLarge`: no code within the reading limit, or a result with too many bytes or keys.
 * - `TimedOut`: no code within the time limit for the body.
 * - `ConnectionLost`: the connection was lost before the code, or in the middle of a result that began as a success.
 * - `Unreadable`: the body could not be read, for example because something had already read it.
 * - `OpaqueRedirect`: a redirect whose status and headers the browser hides.
 *
 * @category unclassified
 * @since 0.1.0
 */
export type Reason =
  | "EmptyBody"
  | "NotAnErrorDocument"
  | "NoCode"
  | "Malformed"
  | "Compressed"
  | "TooLarge"
  | "TimedOut"
  | "ConnectionLost"
  | "Unreadable"
  | "OpaqueRedirect"

const reason: Schema.Codec<Reason> = /*#__PURE__*/ Schema.literals(
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
)

/**
 * A failed response that is not an OBS error: from a proxy, firewall or load balancer, without a body, or cut.
 *
 * `category` and `retry` are those of the status, with one exception: a success whose result is missing or cut, such as
 * that of a copy or a multi-object delete, may or may not have been done. Its `retry` is `transient`, and
 * `ObsHttpClient.retry` sends it again if it is idempotent.
 *
 * @category unclassified
 * @since 0.1.0
 */
export class UnrecognizedResponse
  extends /*#__PURE__*/ failureClass<UnrecognizedResponse>()(
    "UnrecognizedResponse",
    {
      status: 0,
      httpApiStatus: 502,
      description: "A response that is not an OBS error.",
      message: (props) => {
        if (isTooLargeResult(props))
          return "The request succeeded, but its result has more bytes or keys than are read."
        const { reason, status } = props
        const response = `The response${status ? ` with status ${status}` : ""} does not say`
        return isSuccess(status)
          ? `${response} whether the request was carried out: ${outcomes[reason] ?? reasons[reason]}.`
          : `${response} what is wrong: ${reasons[reason]}.`
      },
      solution: (self) =>
        isTooLargeResult(self) ? readMore : isUnknownOutcome(self) ? unknownOutcome : solutionOf(self),
      retry: (self) => (isUnknownOutcome(self) ? "transient" : undefined)
    },
    {
      /** Why the response is not recognized. */
      reason,
      /** The lower-case media type of the body, without parameters. */
      contentType: /*#__PURE__*/ Schema.optional(Schema.string),
      /** The first characters of the body, at most 200: printable, without secrets. */
      excerpt: /*#__PURE__*/ Schema.optional(Schema.string)
    }
  ) {}
