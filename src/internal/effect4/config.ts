/**
 * Configuration for Effect 4.
 */
import * as Config from "effect/Config"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"

/** Reads a secret from the `ConfigProvider` of the context; none if it has no such name. */
export const secretText = (name: string): Effect.Effect<Option.Option<Redacted.Redacted>, Config.ConfigError> =>
  Config.option(Config.Redacted(name))

/** Reads a text from the `ConfigProvider` of the context; none if it has no such name. */
export const plainText = (name: string): Effect.Effect<Option.Option<string>, Config.ConfigError> =>
  Config.option(Config.String(name))
