/**
 * Calls of OBS: typed, signed and retried, each with the errors that it is documented to fail with.
 *
 * `layer` makes a client for an endpoint, of Effect's `HttpClient` and of `ObsCredentials`. Every call is a function of
 * its own: `getObject`, `putObject`, `streamObjects`, `upload` … `execute` calls all other operations of `ObsOperation`.
 *
 * A call fails with the documented errors of its operation, with `UnexpectedObsError` for anything else that the service
 * answers, and with what stops a request on its way: `CredentialsError`, `SignerError`, `InvalidInput` and the errors of
 * the HTTP client. `GetObjectError` and so on name all of them. Every failure of the service knows its operation, bucket
 * and key.
 *
 * @since 0.3.0
 */
import { plainText } from "#effect/config"
import * as Runtime from "#effect/runtime"
import * as HttpClient from "#http/HttpClient"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import type { EndpointOptions } from "./internal/call/endpoint.js"
import { endpointFrom } from "./internal/call/endpoint.js"
import type { InvalidInput } from "./internal/call/invalidInput.js"
import { invalidInput } from "./internal/call/invalidInput.js"
import type { Limits } from "./internal/call/limits.js"
import { watchOf, withResponseLimit, withTotalLimit } from "./internal/call/limits.js"
import { wrongOption } from "./internal/call/options.js"
import type { ObsClientService } from "./internal/call/service.js"
import { ObsClient } from "./internal/call/service.js"
import { ObsCredentials } from "./ObsCredentials.js"
import { signingWith } from "./internal/signing/client.js"
import type { ObsFailure } from "./ObsError.js"
import type { RedirectOptions } from "./ObsHttpClient.js"
import * as ObsHttpClient from "./ObsHttpClient.js"
import type * as ObsRetry from "./ObsRetry.js"

export * from "./calls/Bucket.js"
export * from "./calls/Execute.js"
export * from "./calls/Listing.js"
export * from "./calls/MultipartUpload.js"
export * from "./calls/Object.js"
export * from "./calls/Sharing.js"
export type { CallError } from "./internal/call/call.js"
export type { Body } from "./internal/call/download.js"
export type { Endpoint, EndpointOptions } from "./internal/call/endpoint.js"
export { InvalidInput } from "./internal/call/invalidInput.js"
export type { Limits } from "./internal/call/limits.js"
export type {
  Acl,
  Conditions,
  CustomerKey,
  Encryption,
  ObjectInfo,
  ObjectProperties,
  StorageClass,
  StorageOptions
} from "./internal/call/objectHeaders.js"
export type { ObsClientService } from "./internal/call/service.js"
export { ObsClient } from "./internal/call/service.js"
export type { ObjectBody, StreamBody } from "./internal/call/upload.js"

/**
 * How a client calls the service.
 *
 * @category models
 * @since 0.3.0
 */
export interface Options extends EndpointOptions {
  /** How long a call may take. */
  readonly limits?: Limits | undefined
  /** The retry policy, or `false` for no retries. `ObsHttpClient.retry` says what is retried. */
  readonly retry?: (ObsRetry.Options & { readonly budget?: ObsRetry.BudgetService | undefined }) | false | undefined
  /** Whether redirects are followed, false by default: see `ObsHttpClient.sign`. */
  readonly redirects?: boolean | RedirectOptions | undefined
}

type Response = HttpClientResponse.HttpClientResponse

/**
 * Makes a client of Effect's `HttpClient` and `ObsCredentials`.
 *
 * Fails with `InvalidInput` if the endpoint is invalid, or an option is wrong or unknown.
 *
 * @category constructors
 * @since 0.3.0
 */
export const make = (
  options: Options
): Effect.Effect<ObsClientService, InvalidInput, HttpClient.HttpClient | ObsCredentials | Scope.Scope> =>
  Effect.gen(function* () {
    const { limits = {}, payload, redirects, retry = {} } = options
    const endpoint = endpointFrom(options)
    const wrong = wrongOption(options)
    if (wrong !== undefined) return yield* Effect.fail(invalidInput(wrong))
    if ("option" in endpoint) return yield* Effect.fail(invalidInput(endpoint))
    const credentials = yield* ObsCredentials
    const { origin, region, scheme, style } = endpoint
    const watch = yield* watchOf(limits)
    const client = ObsHttpClient.filterStatusOk(
      signingWith(
        withResponseLimit(yield* HttpClient.HttpClient, watch),
        { endpoint: origin, payload, region, scheme, style, redirects },
        Effect.succeed(credentials)
      )
    )
    return {
      endpoint,
      credentials,
      idle: { millis: watch.idle, watchdog: watch.watchdog },
      send: <A>(
        request: HttpClientRequest.HttpClientRequest,
        read: (response: Response) => Effect.Effect<A, ObsFailure>
      ) =>
        Effect.suspend(() => {
          let result: A
          // Read within the attempt, so that a response that is cut is asked for again
          const reading = HttpClient.transformResponse(
            client,
            Effect.tap((response) =>
              Effect.map(read(response), (a) => {
                result = a
              })
            )
          )
          const repeated = retry === false ? reading : ObsHttpClient.retry(reading, retry)
          return withTotalLimit(
            Effect.map(repeated.execute(request), () => result),
            request,
            limits
          )
        })
    }
  })

/**
 * Provides a client for an endpoint: `ObsClient.layer({ endpoint: "obs.eu-de.otc.t-systems.com" })`.
 *
 * The bucket is written in front of the host, as the service wants it, unless `style` says otherwise or the host is an IP
 * address or has no dots. An attempt fails if no response starts within 30 s, or if nothing arrives for 30 s. Up to three
 * attempts are made.
 *
 * Fails with `InvalidInput` if the endpoint is invalid, or an option is wrong or unknown.
 *
 * @example
 * ```ts
 * import { FetchHttpClient } from "effect/http"
 * import { Layer } from "effect"
 * import { ObsClient, ObsCredentials } from "effect-obs"
 *
 * export const obs = ObsClient.layer({ endpoint: "obs.eu-de.otc.t-systems.com" }).pipe(
 *   Layer.provide([ObsCredentials.layerConfig, FetchHttpClient.layer])
 * )
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layer = (options: Options): Layer.Layer<ObsClient, InvalidInput, HttpClient.HttpClient | ObsCredentials> =>
  Runtime.layerScoped(ObsClient, make(options))

/** What the configuration has of a name; what is blank counts as not there. */
const configured = (name: string): Effect.Effect<string | undefined, InvalidInput> =>
  plainText(name).pipe(
    Effect.map((text) => Option.getOrUndefined(Option.filter(text, (text) => text.trim() !== ""))),
    Effect.mapError(() =>
      invalidInput({
        option: name,
        what: "could not be read from the configuration",
        solution: "See what its ConfigProvider fails with."
      })
    )
  )

/**
 * Provides a client for the endpoint of the configuration, which by default is the environment: `OBS_ENDPOINT`, and
 * `OBS_REGION` where it is there.
 *
 * Fails with `InvalidInput` if the endpoint is missing or invalid.
 *
 * @example
 * ```ts
 * import { FetchHttpClient } from "effect/http"
 * import { Layer } from "effect"
 * import { ObsClient, ObsCredentials } from "effect-obs"
 *
 * // OBS_ENDPOINT, OBS_ACCESS_KEY_ID and OBS_SECRET_ACCESS_KEY
 * export const obs = ObsClient.layerConfig.pipe(Layer.provide([ObsCredentials.layerConfig, FetchHttpClient.layer]))
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerConfig: Layer.Layer<ObsClient, InvalidInput, HttpClient.HttpClient | ObsCredentials> =
  /*#__PURE__*/ Runtime.layerScoped(
    ObsClient,
    /*#__PURE__*/ Effect.gen(function* () {
      const endpoint = yield* configured("OBS_ENDPOINT")
      const region = yield* configured("OBS_REGION")
      if (endpoint === undefined) {
        return yield* Effect.fail(
          invalidInput({
            option: "OBS_ENDPOINT",
            what: "is not set",
            solution: "Set it to the host of the service, such as obs.eu-de.otc.t-systems.com."
          })
        )
      }
      return yield* make({ endpoint, region })
    })
  )
