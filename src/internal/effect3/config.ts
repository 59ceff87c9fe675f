/**
 * The configuration: Effect 3.
 */
import * as Config from "effect/Config"
import type * as ConfigError from "effect/ConfigError"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"

/** What of the configuration has this name, with `ConfigProvider` of the context; none where nothing has. */
export const secretText = (name: string): Effect.Effect<Option.Option<Redacted.Redacted>, ConfigError.ConfigError> =>
  Config.option(Config.redacted(name))
