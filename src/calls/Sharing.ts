/**
 * Presigned addresses and forms: whoever has one uploads or downloads without keys.
 *
 * @since 0.3.0
 */
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { credentialsError } from "../internal/credentials/error.js"
import type { Endpoint } from "../internal/call/endpoint.js"
import { addressIn, wrongBucket, wrongKey } from "../internal/call/endpoint.js"
import type { InvalidInput } from "../internal/call/invalidInput.js"
import { invalidInput } from "../internal/call/invalidInput.js"
import { ObsClient } from "../internal/call/service.js"
import type { Method } from "../internal/operation.js"
import type { CredentialsError } from "../ObsCredentials.js"
import type { Form, FormOptions, PresignOptions, SignerError } from "../ObsSigner.js"
import * as ObsSigner from "../ObsSigner.js"

/**
 * What `presign` and `postForm` fail with.
 *
 * @category errors
 * @since 0.3.0
 */
export type SharingError = CredentialsError | SignerError | InvalidInput

/**
 * A request to presign.
 *
 * @category models
 * @since 0.3.0
 */
export interface PresignRequest {
  /** `GET` by default. */
  readonly method?: Method | undefined
  readonly bucket: string
  /** Any Unicode. Without a key the request is about the bucket. */
  readonly key?: string | undefined
  readonly versionId?: string | undefined
  /** How long it is valid, as a duration or in milliseconds; with `aws4` at most seven days. */
  readonly expires: Runtime.DurationInput
  /** Headers that must be sent with it, such as `content-type`. */
  readonly headers?: { readonly [name: string]: string } | undefined
  /** Headers that the response has instead of those of the object, such as a file name. */
  readonly response?: PresignOptions["response"]
  /** Further parameters, such as `x-image-process`. */
  readonly parameters?: { readonly [name: string]: string } | undefined
}

/**
 * Makes a presigned address: whoever has it can send the request for a time, without keys. It is a secret.
 *
 * With anonymous credentials the address is not signed, so it works only for what everyone may do.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Redacted } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const address = ObsClient.presign({ bucket: "photos", key: "a cat.jpg", expires: "15 minutes" })
 * const url = await Effect.runPromise(Effect.provide(address, ObsTestClient.layerClient))
 * assert.strictEqual(new URL(Redacted.value(url)).pathname, "/a%20cat.jpg")
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0011.html
 * @category sharing
 * @since 0.3.0
 */
export const presign = (request: PresignRequest): Effect.Effect<Redacted.Redacted, SharingError, ObsClient> =>
  Effect.flatMap(ObsClient, ({ credentials, endpoint }): Effect.Effect<Redacted.Redacted, SharingError> => {
    const { bucket, key, method = "GET", parameters, versionId } = request
    const wrong = wrongBucket(bucket) ?? (key === undefined ? undefined : wrongKey(key))
    if (wrong !== undefined) return Effect.fail(invalidInput(wrong, "presign"))
    const urlParams = { ...parameters, ...(versionId === undefined ? undefined : { versionId }) }
    const target = HttpClientRequest.make(method)(addressIn(endpoint, bucket, key), { urlParams })
    return Effect.flatMap(credentials.get, (found) =>
      Option.match(found, {
        onNone: () => Effect.succeed(Redacted.make(hrefOf(target.url, urlParams))),
        onSome: (keys) =>
          ObsSigner.presign(target, keys, {
            ...signingOf(endpoint),
            expires: request.expires,
            headers: request.headers,
            response: request.response
          })
      })
    )
  })

const hrefOf = (url: string, parameters: { readonly [name: string]: string }): string => {
  const query = new URLSearchParams(parameters).toString()
  return query === "" ? url : `${url}?${query}`
}

const signingOf = ({ origin, region, scheme, style }: Endpoint) => ({
  endpoint: origin,
  region,
  scheme,
  style
})

/**
 * Makes a form with which a browser uploads a file to a bucket without keys, within its conditions. Policy,
 * signature and token are `Redacted`.
 *
 * Fails with `CredentialsError` if the credentials are anonymous, since nothing can sign the policy.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0012.html
 * @category sharing
 * @since 0.3.0
 */
export const postForm = (
  options: Omit<FormOptions, "endpoint" | "style" | "scheme" | "region">
): Effect.Effect<Form, SharingError, ObsClient> =>
  Effect.flatMap(ObsClient, ({ credentials, endpoint }): Effect.Effect<Form, SharingError> => {
    const wrong = wrongBucket(options.bucket)
    if (wrong !== undefined) return Effect.fail(invalidInput(wrong, "postForm"))
    return Effect.flatMap(credentials.get, (found): Effect.Effect<Form, SharingError> =>
      Option.isNone(found)
        ? Effect.fail(anonymous())
        : ObsSigner.postForm(found.value, { ...options, ...signingOf(endpoint) })
    )
  })

const anonymous = (): CredentialsError =>
  credentialsError({
    source: "anonymous",
    reason: "Missing",
    what: "The credentials are anonymous, and a form needs some that sign its policy.",
    solution: "Provide ObsCredentials with an access key."
  })
