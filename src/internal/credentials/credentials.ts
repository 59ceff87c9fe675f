/**
 * What credentials are, and what can be none.
 */
import * as Clock from "effect/Clock"
import * as Data from "effect/Data"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { isRecord } from "../object.js"
import { redacted } from "../secrets.js"
import type { CredentialsError } from "./error.js"
import { credentialsError } from "./error.js"

/**
 * An access key with what belongs to it, as it was checked. Two that have the same parts are equal by `Equal`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Credentials {
  /** The public half of the key, which the service knows its owner by. Shown as `<redacted>` all the same. */
  readonly accessKeyId: string
  /** What signs requests. */
  readonly secretAccessKey: Redacted.Redacted
  /** What temporary credentials are sent with. */
  readonly securityToken?: Redacted.Redacted | undefined
  /** When temporary credentials end. */
  readonly expiration?: DateTime.Utc | undefined
}

/**
 * What credentials are made of.
 *
 * @category models
 * @since 0.3.0
 */
export interface CredentialsInput {
  /** The access key (AK). */
  readonly accessKeyId: string
  /** The secret key (SK). */
  readonly secretAccessKey: string | Redacted.Redacted
  /** The token of temporary credentials. */
  readonly securityToken?: string | Redacted.Redacted | undefined
  /** When they end: a date, or its text in ISO 8601; none for those that do not. */
  readonly expiration?: DateTime.DateTime | Date | string | undefined
}

/**
 * Who signs: it is asked at each signing.
 *
 * @category models
 * @since 0.3.0
 */
export interface ObsCredentialsService {
  /** The credentials of now; `None` for requests that are not signed at all. */
  readonly get: Effect.Effect<Option.Option<Credentials>, CredentialsError>
}

/** Credentials that show no more than that they are some. */
class Checked extends Data.Class<Credentials> {
  toJSON(): unknown {
    return {
      accessKeyId: redacted,
      secretAccessKey: redacted,
      ...(this.securityToken === undefined ? {} : { securityToken: redacted }),
      ...(this.expiration === undefined ? {} : { expiration: DateTime.formatIso(this.expiration) })
    }
  }

  override toString(): string {
    return `Credentials(${redacted})`
  }

  [NodeInspectSymbol](): unknown {
    return this.toJSON()
  }
}

/** Where credentials come from, and what their parts are called there. */
export interface Origin {
  /** As in `source` of an error. */
  readonly source: string
  /** As in a sentence. */
  readonly place: string
  readonly names: { readonly [K in keyof Credentials]-?: string }
}

/** What their parts are called where a program gives them. */
export const ownNames: Origin["names"] = {
  accessKeyId: "accessKeyId",
  secretAccessKey: "secretAccessKey",
  securityToken: "securityToken",
  expiration: "expiration"
}

/** The text of a secret; none where it is no text, or was wiped. */
const textOf = (u: unknown): string | undefined => {
  try {
    const value = Redacted.isRedacted(u) ? Redacted.value(u) : u
    return typeof value === "string" ? value : undefined
  } catch {
    return undefined
  }
}

// A secret that cannot be read, because it was wiped, is as good as none
const problemOf = (u: unknown): string | undefined => {
  const text = textOf(u)
  if (text === undefined) return "is no text"
  if (text.trim() === "") return "is blank"
  if (/[\r\n]/.test(text)) return "has a line break, which a file often has at its end"
  if (text.trim() !== text) return "has a blank at its beginning or end"
  return /^[\x20-\x7e]+$/.test(text) ? undefined : "has a character that no key has"
}

const dateOf = (u: unknown): Option.Option<DateTime.Utc> => {
  const isDate = DateTime.isDateTime(u) || u instanceof Date || (typeof u === "string" && u.trim() !== "")
  return isDate ? Option.map(DateTime.make(u), DateTime.toUtc) : Option.none()
}

const secretOf = (u: unknown): Redacted.Redacted => Redacted.make(textOf(u) ?? "")

/** Credentials of parts that can be anything, or what is wrong with them. */
export const check = (input: unknown, { names, place, source }: Origin): Credentials | CredentialsError => {
  const parts = isRecord(input) ? input : {}
  const { accessKeyId, expiration, secretAccessKey, securityToken } = parts
  const isGiven = (u: unknown): boolean => u !== undefined && u !== null
  const missing = [
    ...(isGiven(accessKeyId) ? [] : [names.accessKeyId]),
    ...(isGiven(secretAccessKey) ? [] : [names.secretAccessKey])
  ]
  if (missing.length > 0) {
    return credentialsError({
      source,
      reason: missing.length === 1 ? "Incomplete" : "Missing",
      what: `The credentials of ${place} have no ${missing.join(" and no ")}.`,
      solution: "Give both the access key and its secret."
    })
  }
  const problems = [
    [names.accessKeyId, problemOf(accessKeyId)],
    [names.secretAccessKey, problemOf(secretAccessKey)],
    [names.securityToken, isGiven(securityToken) ? problemOf(securityToken) : undefined],
    [names.expiration, isGiven(expiration) && Option.isNone(dateOf(expiration)) ? "is no date" : undefined]
  ].flatMap(([name, problem]) => (name === undefined || problem === undefined ? [] : [`${name} ${problem}`]))
  if (problems.length > 0) {
    return credentialsError({
      source,
      reason: "Invalid",
      what: `The credentials of ${place} are not valid: ${problems.join("; ")}.`,
      solution: "Give each value exactly as the service issued it, with nothing around it."
    })
  }
  return new Checked({
    accessKeyId: textOf(accessKeyId) ?? "",
    secretAccessKey: secretOf(secretAccessKey),
    ...(isGiven(securityToken) ? { securityToken: secretOf(securityToken) } : {}),
    ...(isGiven(expiration) ? { expiration: Option.getOrUndefined(dateOf(expiration)) } : {})
  })
}

/** The same as an effect. */
export const checked = (input: unknown, origin: Origin): Effect.Effect<Credentials, CredentialsError> =>
  Effect.suspend(() => {
    const found = check(input, origin)
    return isCredentials(found) ? Effect.succeed(found) : Effect.fail(found)
  })

const isCredentials = (found: Credentials | CredentialsError): found is Credentials => found instanceof Checked

/** When they end, in milliseconds since 1970; never for those that do not. */
export const endOf = ({ expiration }: Credentials): number =>
  expiration === undefined ? Number.POSITIVE_INFINITY : DateTime.toEpochMillis(expiration)

/** The credentials, where they have not ended yet. */
export const unexpired = (
  credentials: Credentials,
  { place, source }: Origin,
  solution: string
): Effect.Effect<Option.Option<Credentials>, CredentialsError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now) =>
    now < endOf(credentials)
      ? Effect.succeed(Option.some(credentials))
      : Effect.fail(
          credentialsError({
            source,
            reason: "Expired",
            what: `The credentials of ${place} have expired, by the clock of this machine.`,
            solution
          })
        )
  )
