/**
 * Configuration for Effect 3.
 */
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"

/** Reads a secret from the `ConfigProvider` of the context; none if it has no such name. */
export const secretText = (name: string): Effect.Effect<Option.Option<Redacted.Redacted>, ConfigError.ConfigError> =>
  Config.option(Config.redacted(name))

/** Reads a text from the `ConfigProvider` of the context; none if it has no such name. */
export const plainText = (name: string): Effect.Effect<Option.Option<string>, ConfigError.ConfigError> =>
  Config.option(Config.string(name))
