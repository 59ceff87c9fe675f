/**
 * The error of credentials: what was looked for, where, and what to do next, and nothing of what was found.
 */
import * as Schema from "#effect/schema"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import { withoutSecrets } from "../secrets.js"
import { printable, shorten } from "../text.js"

/** Why there are no credentials. */
export type Reason = "Missing" | "Incomplete" | "Invalid" | "Expired" | "Unavailable"

const reason: Schema.Codec<Reason> = /*#__PURE__*/ Schema.literals(
  "Missing",
  "Incomplete",
  "Invalid",
  "Expired",
  "Unavailable"
)

const told = {
  /** Where it was looked: `layer`, `config`, `ecs`, `chain`, or the name that was given to an effect. */
  source: Schema.string,
  /**
   * What is wrong: nothing is there (`Missing`), a part is not (`Incomplete`), what is there cannot be credentials
   * (`Invalid`) or is over (`Expired`), or it could not be asked for (`Unavailable`).
   */
  reason,
  /** What was looked for, where, and what to do next. */
  message: Schema.string,
  /** What to do next, which is also the end of the message. */
  solution: Schema.string
}

/** What a link of a chain said. */
interface Link {
  readonly source: string
  readonly reason: Reason
  readonly message: string
  readonly solution: string
}

const links: Schema.Codec<ReadonlyArray<Link>> = /*#__PURE__*/ Schema.Array(/*#__PURE__*/ Schema.Struct(told))

/**
 * There are no credentials: it says what was looked for, where, and what to do next, and never what was found.
 *
 * `cause`, where there is one, is what an effect, a client or a provider of configuration failed with. It may tell
 * secrets, so it is `Redacted`: in memory only, never shown or encoded.
 *
 * @category errors
 * @since 0.3.0
 */
export class CredentialsError
  extends /*#__PURE__*/ Schema.taggedError<CredentialsError>("effect-obs/CredentialsError")("CredentialsError", {
    ...told,
    /** What each link of a chain said, in their order. */
    links: /*#__PURE__*/ Schema.optional(links)
  }) {}

// Effect 4 takes the identifier for the name
Object.defineProperty(CredentialsError.prototype, "name", {
  value: "CredentialsError",
  configurable: true,
  writable: true
})

interface Options {
  readonly source: string
  readonly reason: Reason
  /** A sentence with its full stop. */
  readonly what: string
  /** One more. */
  readonly solution: string
  readonly links?: ReadonlyArray<Link>
  readonly cause?: unknown
}

/** Makes an error; a cause is kept where nothing shows it. */
export const credentialsError = ({ cause, links, reason, solution, source, what }: Options): CredentialsError => {
  const message = `${what} ${solution}`
  const error = new CredentialsError({ source, reason, message, solution, ...(links === undefined ? {} : { links }) })
  return cause === undefined ? error : Object.defineProperty(error, "cause", { value: Redacted.make(cause) })
}

const maxLength = 1024

/** A text of somebody else's, as it may be shown. */
export const shown = (text: string): string => shorten(withoutSecrets(printable(text)), maxLength)

const shownLink = ({ message, reason, solution, source }: Link): Link => ({
  source: shown(source),
  reason,
  message: shown(message),
  solution: shown(solution)
})

/** An error that somebody else may have made, without the secrets that its texts may have. */
const cleaned = (error: CredentialsError): CredentialsError => {
  const { cause, links } = error
  const copy = new CredentialsError({
    ...shownLink(error),
    ...(links === undefined ? {} : { links: links.map(shownLink) })
  })
  const hidden = cause === undefined || Redacted.isRedacted(cause) ? cause : Redacted.make(cause)
  return hidden === undefined ? copy : Object.defineProperty(copy, "cause", { value: hidden })
}

// As classes and tags are called; what servers send can be in such names too, but no whole sentence
const plainName = /^[A-Za-z][\w.-]{0,63}$/

/** What something that was thrown or failed with is called; its text may tell anything. */
const nameOf = (u: unknown): string | undefined => {
  const name = Predicate.hasProperty(u, "_tag") ? u._tag : u instanceof Error ? u.name : undefined
  return typeof name === "string" && plainName.test(name) ? withoutSecrets(name) : undefined
}

const lookAtCause = "Its own message may contain secrets, so it is only in the cause, which is redacted."

/** What an effect of somebody else's ended with, as an error of credentials. */
export const fromFailure = (
  { place, source }: { readonly source: string; readonly place: string },
  failure: unknown,
  verb: string
): CredentialsError => {
  if (failure instanceof CredentialsError) return cleaned(failure)
  const name = nameOf(failure)
  return credentialsError({
    source,
    reason: "Unavailable",
    what: `Asking ${place} for credentials ${verb}${name === undefined ? "" : ` with ${name}`}.`,
    solution: failure === undefined ? "Find out why." : `Find out why. ${lookAtCause}`,
    cause: failure
  })
}
