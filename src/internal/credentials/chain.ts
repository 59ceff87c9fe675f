/**
 * Several services of credentials, of which the first that works is asked.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type { Credentials, ObsCredentialsService } from "./credentials.js"
import { CredentialsError, credentialsError } from "./error.js"

type Found = Effect.Effect<Option.Option<Credentials>, CredentialsError>

/** What each link failed with; those of a chain inside count as links of this one. */
const failed = (errors: ReadonlyArray<CredentialsError>): CredentialsError => {
  const links = errors.flatMap(
    (error) =>
      error.links ?? [{ source: error.source, reason: error.reason, message: error.message, solution: error.solution }]
  )
  const [reason = "Missing", ...others] = new Set(links.map((link) => link.reason))
  const said = links.map(({ message, source }, i) => ` ${i + 1}. ${source}: ${message}`)
  return credentialsError({
    source: "chain",
    reason: others.length === 0 ? reason : "Unavailable",
    what:
      links.length === 0
        ? "The chain of credentials has no links."
        : `No link of the chain has credentials.${said.join("")}`,
    solution: links.length === 0 ? "Give it at least one." : "Fix one of the links, or add one that works.",
    links
  })
}

/** The service of links, some of which could not be built; it fails where none could. */
export const chained = (
  links: ReadonlyArray<ObsCredentialsService | CredentialsError>
): Effect.Effect<ObsCredentialsService, CredentialsError> =>
  Effect.suspend(() => {
    const unbuilt = links.filter((link) => link instanceof CredentialsError)
    if (unbuilt.length === links.length) return Effect.fail(failed(unbuilt))
    let working: number | undefined

    /** Asks one after the other; `known` has the errors of those that need not be asked. */
    const from = (
      index: number,
      known: ReadonlyMap<number, CredentialsError>,
      errors: ReadonlyArray<CredentialsError>
    ): Found => {
      const link = known.get(index) ?? links[index]
      if (link === undefined) return Effect.fail(failed(errors))
      if (link instanceof CredentialsError) return from(index + 1, known, [...errors, link])
      return link.get.pipe(
        Effect.tap(() =>
          Effect.sync(() => {
            working = index
          })
        ),
        Runtime.catchAll((error) => from(index + 1, known, [...errors, error]))
      )
    }

    const get: Found = Effect.suspend(() => {
      const index = working
      const link = index === undefined ? undefined : links[index]
      if (index === undefined || link === undefined || link instanceof CredentialsError) return from(0, new Map(), [])
      return Runtime.catchAll(link.get, (error) => from(0, new Map([[index, error]]), []))
    })
    return Effect.succeed({ get })
  })
