/**
 * Credentials: who signs. A service that is asked at each signing, and the layers that provide it.
 *
 * - `layer`: an access key that the program has.
 * - `layerConfig`: the configuration, which by default is the environment.
 * - `layerEcs`: the metadata service of an ECS, for the agency that is attached to it.
 * - `layerEffect`: any effect, such as a call to an IAM or a vault.
 * - `layerChain`: the first of several that works.
 * - `layerAnonymous`: none, for buckets that everyone may read.
 *
 * Those that end are renewed before they do, by one renewal at a time, while the old ones still serve. All fail with
 * `CredentialsError` and nothing else, and show nothing of what they found.
 *
 * @since 0.3.0
 */
import * as HttpClient from "#http/HttpClient"
import * as Runtime from "#effect/runtime"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { chained } from "./internal/credentials/chain.js"
import { fromConfig } from "./internal/credentials/config.js"
import type {
  Credentials,
  CredentialsInput,
  ObsCredentialsService,
  Origin
} from "./internal/credentials/credentials.js"
import { checked, ownNames, unexpired } from "./internal/credentials/credentials.js"
import type { EcsOptions } from "./internal/credentials/ecs.js"
import { ecsOrigin, fromEcs } from "./internal/credentials/ecs.js"
import type { CredentialsError } from "./internal/credentials/error.js"
import { ObsCredentials } from "./internal/credentials/service.js"
import { shown } from "./internal/credentials/error.js"
import type { RenewalOptions } from "./internal/credentials/renewal.js"
import { renewing } from "./internal/credentials/renewal.js"

export type { Credentials, CredentialsInput, ObsCredentialsService } from "./internal/credentials/credentials.js"
export type { EcsOptions } from "./internal/credentials/ecs.js"
export { CredentialsError } from "./internal/credentials/error.js"
export { ObsCredentials } from "./internal/credentials/service.js"
export type { RenewalOptions } from "./internal/credentials/renewal.js"

/**
 * Asks the service for the credentials of now; `None` says that requests are not to be signed at all.
 *
 * Fails with `CredentialsError` where there are none, where they are over, and where they could not be asked for.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Option } from "effect"
 * import { ObsCredentials } from "effect-obs"
 *
 * const keys = ObsCredentials.layer({ accessKeyId: "HPUAEXAMPLE", secretAccessKey: "not-a-real-secret" })
 * const found = await Effect.runPromise(ObsCredentials.get.pipe(Effect.provide(keys)))
 *
 * assert.deepStrictEqual(Option.map(found, ({ accessKeyId }) => accessKeyId), Option.some("HPUAEXAMPLE"))
 * ```
 *
 * @category accessors
 * @since 0.3.0
 */
export const get: Effect.Effect<
  Option.Option<Credentials>,
  CredentialsError,
  ObsCredentials
> = /*#__PURE__*/ Effect.gen(function* () {
  return yield* (yield* ObsCredentials).get
})

const given: Origin = { source: "layer", place: "the program", names: ownNames }

/**
 * Makes credentials of their parts, for a service of one's own.
 *
 * Fails with `CredentialsError` where a part is missing, blank, has a line break or a blank around it, or a character
 * that no key has, and where the expiration is no date.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsCredentials } from "effect-obs"
 *
 * const made = ObsCredentials.make({ accessKeyId: "HPUAEXAMPLE", secretAccessKey: "not-a-real-secret\n" })
 * const error = await Effect.runPromise(Effect.flip(made))
 *
 * assert.strictEqual(error._tag, "CredentialsError")
 * assert.match(error.message, /secretAccessKey has a line break/)
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const make = (input: CredentialsInput): Effect.Effect<Credentials, CredentialsError> => checked(input, given)

/** The service of credentials that stay what they are. */
const constant = (credentials: Credentials, origin: Origin): ObsCredentialsService => ({
  get: unexpired(credentials, origin, "Give new ones, or let `ObsCredentials.layerEffect` renew them.")
})

/**
 * Provides an access key that the program has; a secret may be text or `Redacted`.
 *
 * The layer fails with `CredentialsError` where `make` does; signing fails with it where an `expiration` was given and
 * is over, since nothing renews them.
 *
 * @example
 * ```ts
 * import { Redacted } from "effect"
 * import { ObsCredentials } from "effect-obs"
 *
 * export const keys = ObsCredentials.layer({
 *   accessKeyId: "HPUAEXAMPLE",
 *   secretAccessKey: Redacted.make("not-a-real-secret")
 * })
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layer = (input: CredentialsInput): Layer.Layer<ObsCredentials, CredentialsError> =>
  Layer.effect(
    ObsCredentials,
    Effect.map(make(input), (credentials) => constant(credentials, given))
  )

/**
 * Provides the access key of the configuration, which by default is the environment: `OBS_ACCESS_KEY_ID`,
 * `OBS_SECRET_ACCESS_KEY` and, for temporary ones, `OBS_SECURITY_TOKEN`; where none of these is there
 * `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and `HUAWEICLOUD_SDK_SECURITY_TOKEN`.
 *
 * The three are taken together: the layer fails with `CredentialsError` where one of them is there without another that
 * it needs, and names it. It fails too where there is none at all, where `make` fails, and where the configuration cannot
 * be read. A variable that is blank counts as not there. They are read once, when the layer is built.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsCredentials } from "effect-obs"
 *
 * const program = ObsCredentials.get.pipe(
 *   Effect.provide(ObsCredentials.layerConfig),
 *   Effect.as("signed"),
 *   Effect.catchTag("CredentialsError", (error) => Effect.succeed(error.solution))
 * )
 *
 * assert.match(await Effect.runPromise(program), /signed|Set one of these pairs/)
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerConfig: Layer.Layer<ObsCredentials, CredentialsError> = /*#__PURE__*/ Layer.effect(
  ObsCredentials,
  /*#__PURE__*/ Effect.map(fromConfig, (credentials) => ({ get: Effect.succeed(Option.some(credentials)) }))
)

/**
 * What `layerEffect` calls its effect, and when it renews its credentials.
 *
 * @category models
 * @since 0.3.0
 */
export interface EffectOptions extends RenewalOptions {
  /** What errors call the effect, `effect` by default. */
  readonly name?: string | undefined
}

/**
 * Provides the credentials that an effect gives, such as a call to an IAM or a vault, and renews them before they end.
 *
 * The effect runs when credentials are first asked for, and again when they are about to end: one run at a time, whoever
 * asks and however many. Until they end the old ones serve, and a renewal that fails then fails nobody: it is logged as a
 * warning, and tried again after a wait. Who asks when none serve waits for the run that is under way, and who no longer
 * waits does not end it for the others. It runs with the services of the layer, and ends with its scope.
 *
 * Signing fails with `CredentialsError` where no credentials serve and the effect fails, dies, is interrupted, takes
 * longer than its time, or gives what `make` refuses or what is over already. What the effect failed with may tell
 * secrets: the error names its tag, and has it in `cause`, redacted. A `CredentialsError` of the effect is handed on.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Option } from "effect"
 * import { ObsCredentials } from "effect-obs"
 *
 * let asked = 0
 * const vault = Effect.sync(() => {
 *   asked++
 *   return { accessKeyId: "HPUAEXAMPLE", secretAccessKey: "not-a-real-secret", expiration: "2999-01-01T00:00:00Z" }
 * })
 *
 * const twice = Effect.all([ObsCredentials.get, ObsCredentials.get]).pipe(
 *   Effect.provide(ObsCredentials.layerEffect(vault, { name: "the vault" }))
 * )
 *
 * assert.strictEqual((await Effect.runPromise(twice)).every(Option.isSome), true)
 * assert.strictEqual(asked, 1)
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerEffect = <E, R>(
  effect: Effect.Effect<CredentialsInput, E, R>,
  options: EffectOptions = {}
): Layer.Layer<ObsCredentials, never, Exclude<R, Scope.Scope>> => {
  const name = shown(options.name ?? "effect")
  const place = options.name === undefined ? "an effect" : name
  return Runtime.layerScoped(ObsCredentials, renewing(effect, { source: name, place, names: ownNames }, options))
}

/**
 * Provides the temporary credentials of the agency that is attached to the ECS on which the program runs, and renews
 * them ten minutes before they end, as `layerEffect` does.
 *
 * The metadata service is asked with a token; the older version of it, which responds to that with 404 or 405, without. A
 * response counts up to 64 KiB, and redirects are not followed with the fetch client.
 *
 * Signing fails with `CredentialsError` where the service cannot be reached, does not respond within 2 s, has no
 * credentials, or responds with anything else.
 *
 * @example
 * ```ts
 * import { Layer } from "effect"
 * import { FetchHttpClient } from "effect/http"
 * import { ObsCredentials } from "effect-obs"
 *
 * export const agency = ObsCredentials.layerEcs().pipe(Layer.provide(FetchHttpClient.layer))
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerEcs = (options: EcsOptions = {}): Layer.Layer<ObsCredentials, never, HttpClient.HttpClient> =>
  Runtime.layerScoped(
    ObsCredentials,
    Effect.gen(function* () {
      const client = yield* HttpClient.HttpClient
      const { renewalWait, renewBefore } = options
      // Each request has its own time
      const timeout = Number.POSITIVE_INFINITY
      return yield* renewing(fromEcs(client, options), ecsOrigin(options), { renewBefore, renewalWait, timeout })
    })
  )

/**
 * What a layer needs.
 *
 * @category utility types
 * @since 0.3.0
 */
export type RequirementsOf<L> = L extends Layer.Layer<infer _A, infer _E, infer R> ? R : never

/**
 * Provides the credentials of the first of several layers that works, and stays with it.
 *
 * Each is asked in its turn when credentials are first asked for. The one that had some is asked from then on; where it
 * fails later, the others are asked from the first on.
 *
 * Fails with a `CredentialsError` that says of each link, in `links` and in its message, what it failed with: the layer,
 * where none of the links can even be built, and signing else.
 *
 * @example
 * ```ts
 * import { Layer } from "effect"
 * import { FetchHttpClient } from "effect/http"
 * import { ObsCredentials } from "effect-obs"
 *
 * export const credentials = ObsCredentials.layerChain([
 *   ObsCredentials.layerConfig,
 *   ObsCredentials.layerEcs({ timeout: "500 millis" })
 * ]).pipe(Layer.provide(FetchHttpClient.layer))
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export function layerChain<L extends Layer.Layer<ObsCredentials, CredentialsError, unknown>>(
  links: ReadonlyArray<L>
): Layer.Layer<ObsCredentials, CredentialsError, RequirementsOf<L>>
export function layerChain<R>(
  links: ReadonlyArray<Layer.Layer<ObsCredentials, CredentialsError, R>>
): Layer.Layer<ObsCredentials, CredentialsError, Exclude<R, Scope.Scope>> {
  const built = Effect.forEach(links, (link) =>
    Effect.match(Layer.build(link), {
      onFailure: identity<CredentialsError | ObsCredentialsService>,
      onSuccess: (context) => Context.get(context, ObsCredentials)
    })
  )
  return Runtime.layerScoped(ObsCredentials, Effect.flatMap(built, chained))
}

/**
 * Provides none: requests are not signed at all, as for buckets that everyone may read.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Option } from "effect"
 * import { ObsCredentials } from "effect-obs"
 *
 * const found = await Effect.runPromise(ObsCredentials.get.pipe(Effect.provide(ObsCredentials.layerAnonymous)))
 *
 * assert.strictEqual(Option.isNone(found), true)
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerAnonymous: Layer.Layer<ObsCredentials> = /*#__PURE__*/ Layer.succeed(ObsCredentials, {
  get: /*#__PURE__*/ Effect.succeed(/*#__PURE__*/ Option.none())
})
