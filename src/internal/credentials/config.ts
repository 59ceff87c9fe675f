/**
 * Credentials of the configuration, which by default is the environment.
 */
import { secretText } from "#effect/config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { Credentials, Origin } from "./credentials.js"
import { checked, ownNames } from "./credentials.js"
import type { CredentialsError } from "./error.js"
import { credentialsError } from "./error.js"

type Family = Omit<Origin["names"], "expiration">

/** The names of obsutil and the SDK for Python, then those of Huawei Cloud's SDKs and its command line. */
const families: ReadonlyArray<Family> = [
  {
    accessKeyId: "OBS_ACCESS_KEY_ID",
    secretAccessKey: "OBS_SECRET_ACCESS_KEY",
    securityToken: "OBS_SECURITY_TOKEN"
  },
  {
    accessKeyId: "HUAWEICLOUD_SDK_AK",
    secretAccessKey: "HUAWEICLOUD_SDK_SK",
    securityToken: "HUAWEICLOUD_SDK_SECURITY_TOKEN"
  }
]

const source = "config"

const isBlank = (text: Redacted.Redacted): boolean => Redacted.value(text).trim() === ""

/** What has this name; a variable that is there and blank is how many a shell unsets one. */
const read = (name: string): Effect.Effect<Redacted.Redacted | undefined, CredentialsError> =>
  secretText(name).pipe(
    Effect.map((text) => Option.getOrUndefined(Option.filter(text, (text) => !isBlank(text)))),
    Effect.mapError((cause) =>
      credentialsError({
        source,
        reason: "Unavailable",
        what: `${name} could not be read from the configuration.`,
        solution: "Check that the config provider works and has a text there. The cause, which is redacted, says more.",
        cause
      })
    )
  )

/** The credentials of one family; none where nothing of it is there. */
const readFamily = (names: Family): Effect.Effect<Credentials | undefined, CredentialsError> =>
  Effect.gen(function* () {
    const parts = {
      accessKeyId: yield* read(names.accessKeyId),
      secretAccessKey: yield* read(names.secretAccessKey),
      securityToken: yield* read(names.securityToken)
    }
    const present = [
      ...(parts.accessKeyId === undefined ? [] : [names.accessKeyId]),
      ...(parts.secretAccessKey === undefined ? [] : [names.secretAccessKey]),
      ...(parts.securityToken === undefined ? [] : [names.securityToken])
    ]
    if (present.length === 0) return undefined
    const missing = [names.accessKeyId, names.secretAccessKey].filter((name) => !present.includes(name))
    if (missing.length > 0) {
      return yield* Effect.fail(
        credentialsError({
          source,
          reason: "Incomplete",
          what: `The configuration has ${present.join(" and ")}, but no ${missing.join(" and no ")}.`,
          solution: `Set ${missing.join(" and ")}, or remove ${present.join(" and ")}.`
        })
      )
    }
    return yield* checked(parts, {
      source,
      place: "the configuration",
      names: { ...names, expiration: ownNames.expiration }
    })
  })

/** The credentials of the first family of which anything is there. */
export const fromConfig: Effect.Effect<Credentials, CredentialsError> = /*#__PURE__*/ Effect.gen(function* () {
  for (const names of families) {
    const found = yield* readFamily(names)
    if (found !== undefined) return found
  }
  const pairs = families.map((names) => `${names.accessKeyId} and ${names.secretAccessKey}`)
  return yield* Effect.fail(
    credentialsError({
      source,
      reason: "Missing",
      what: `The configuration has no credentials: neither ${pairs.join(" nor ")}.`,
      solution: "Set one of these pairs, with its token where the credentials are temporary."
    })
  )
})
