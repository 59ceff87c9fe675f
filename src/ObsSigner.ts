/**
 * Signatures: of requests, of addresses that are given away, and of forms for browsers.
 *
 * Three schemes. `obs` is that of the service. `aws2` is its dialect with `x-amz-*` headers. `aws4` is for endpoints that
 * only speak S3, and for what of the service wants it; the package `aws4fetch` signs it, and is loaded when it is first
 * used.
 *
 * @since 0.3.0
 */
import * as Headers from "#http/Headers"
import * as HttpClientRequest from "#http/HttpClientRequest"
import * as Runtime from "#effect/runtime"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { base64, bytesOf } from "./internal/digest.js"
import type { Secrets } from "./internal/failure/model.js"
import type { Method } from "./internal/operation.js"
import type { AddressOptions, Parameter } from "./internal/signature/address.js"
import { endpointOf, hrefIn, hrefOf, parameter, regionOf } from "./internal/signature/address.js"
import { dialects, stringToSign } from "./internal/signature/canonical.js"
import type { Explanation } from "./internal/signature/explain.js"
import { explain as explanationOf } from "./internal/signature/explain.js"
import type { FieldMatch } from "./internal/signature/form.js"
import { documentOf } from "./internal/signature/form.js"
import { macOf } from "./internal/signature/mac.js"
import type { Keys, Options, Scheme, Signed } from "./internal/signature/sign.js"
import * as internal from "./internal/signature/sign.js"
import { check, checkKeys, checkScheme, failWith, loadV4, stale } from "./internal/signature/sign.js"
import { SignerError, signerError } from "./internal/signature/signerError.js"

export type { AddressOptions, Style } from "./internal/signature/address.js"
export type { Explanation, Line, MismatchCause, Part } from "./internal/signature/explain.js"
export type { FieldMatch } from "./internal/signature/form.js"
export type { Keys, Options, Scheme, Signed } from "./internal/signature/sign.js"
export type { SignerReason } from "./internal/signature/signerError.js"
export { SignerError } from "./internal/signature/signerError.js"

type Request = HttpClientRequest.HttpClientRequest

/**
 * Signs a request in its headers, at the time of Effect's clock.
 *
 * The address of the request that comes back has its path and parameters escaped in the one way that all agree on. Only
 * Content-Type, Content-MD5 and the headers of the scheme are signed, so that others, such as those of a trace, can be
 * added later. A string, a form in the address and a blob get the Content-Type that fetch would give them. What signed it
 * before is taken away.
 *
 * Where the bucket is, is told from the host: below a public endpoint or the one that is given, it is in front; at an
 * endpoint, an IP address or a name without dots it is in the path; any other host is a custom domain. `style` says it.
 *
 * Fails with a `SignerError` where an address, a header, a key or an option is not valid, where the address is signed
 * already, where the body is a form or cannot be signed, and for `aws4` where there is no region or no `aws4fetch`.
 *
 * @example
 * ```ts
 * import { HttpClientRequest } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect, Redacted } from "effect"
 * import { ObsSigner } from "effect-obs"
 *
 * const request = HttpClientRequest.get("https://photos.obs.eu-de.otc.t-systems.com/cat.jpg")
 * const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
 * const signed = await Effect.runPromise(ObsSigner.sign(request, keys))
 * assert.match(signed.request.headers["authorization"] ?? "", /^OBS AK:/)
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0010.html
 * @category signing
 * @since 0.3.0
 */
export const sign: (request: Request, keys: Keys, options?: Options) => Effect.Effect<Signed, SignerError> =
  internal.sign

/**
 * What a presigned address is of: a bucket or an object at the option `endpoint`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Target {
  /** `GET` by default. */
  readonly method?: Method | undefined
  /** None for the service itself, or where the endpoint is a custom domain. */
  readonly bucket?: string | undefined
  /** As it is meant, not as it is written in an address. */
  readonly key?: string | undefined
  /** Sub-resources and other parameters, such as `versionId`; an empty value for the name alone. */
  readonly parameters?: { readonly [name: string]: string } | undefined
}

/**
 * How an address is presigned.
 *
 * @category models
 * @since 0.3.0
 */
export interface PresignOptions extends Omit<Options, "payload"> {
  /** How long it is valid (milliseconds where it is a number): positive, and at most seven days with `aws4`. */
  readonly expires: Runtime.DurationInput
  /** Headers that the response is to have instead of its own. */
  readonly response?: ResponseOverrides | undefined
  /** Headers that whoever uses the address must send just so: Content-Type, Content-MD5 and those of the scheme. */
  readonly headers?: { readonly [name: string]: string } | undefined
}

/**
 * Headers of a response that a parameter of the request sets.
 *
 * @category models
 * @since 0.3.0
 */
export interface ResponseOverrides {
  readonly contentType?: string | undefined
  readonly contentLanguage?: string | undefined
  readonly contentDisposition?: string | undefined
  readonly contentEncoding?: string | undefined
  readonly cacheControl?: string | undefined
  readonly expires?: string | undefined
}

const overridden = (response: ResponseOverrides): ReadonlyArray<Parameter> =>
  Object.entries(response).flatMap(([name, value]: readonly [string, string | undefined]) =>
    value === undefined
      ? []
      : [parameter(`response-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value)]
  )

const week = 7 * 24 * 60 * 60

/** Whole seconds, never less than was asked for. */
const secondsOf = (expires: Runtime.DurationInput, scheme: Scheme): number | SignerError => {
  const millis = Option.getOrUndefined(Option.map(Runtime.durationOf(expires), Duration.toMillis)) ?? Number.NaN
  const seconds = Math.ceil(millis / 1000)
  return millis > 0 && Number.isSafeInteger(seconds) && seconds <= (scheme === "aws4" ? week : maxSeconds)
    ? seconds
    : signerError(
        "InvalidExpires",
        scheme === "aws4"
          ? "With aws4 an address is valid for some time, and for seven days at most."
          : "It has to be valid for some time, and not for ever."
      )
}

// A hundred years: what is longer is a mistake, such as milliseconds that are none
const maxSeconds = 100 * 366 * 24 * 60 * 60

const isRequest = (target: Request | Target): target is Request => "url" in target

const requestOf = (target: Target, { endpoint, style }: Options): Request | SignerError => {
  if (endpoint === undefined) {
    return signerError("InvalidOptions", "A bucket and a key are no address: the option endpoint is missing.")
  }
  const url = hrefIn(endpoint, style, target.bucket, target.key)
  return url instanceof SignerError
    ? url
    : HttpClientRequest.make(target.method ?? "GET")(
        url,
        target.parameters === undefined ? {} : { urlParams: target.parameters }
      )
}

/**
 * Makes an address that whoever has it can use for a time, without keys: to download, to upload, or for any other
 * request.
 *
 * Content-Type, Content-MD5 and the headers of the scheme that are given are signed: they have to be sent with it, and no
 * others of them. The address is a secret. It is valid from now, by Effect's clock, in whole seconds.
 *
 * Fails with a `SignerError` where `expires` is not positive, or more than seven days with `aws4`, and as `sign` does.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Redacted } from "effect"
 * import { ObsSigner } from "effect-obs"
 *
 * const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
 * const upload = ObsSigner.presign({ method: "PUT", bucket: "photos", key: "a cat.jpg" }, keys, {
 *   endpoint: "obs.eu-de.otc.t-systems.com",
 *   expires: "15 minutes",
 *   headers: { "content-type": "image/jpeg" }
 * })
 * const address = await Effect.runPromise(upload)
 * assert.strictEqual(new URL(Redacted.value(address)).pathname, "/a%20cat.jpg")
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0011.html
 * @category signing
 * @since 0.3.0
 */
export const presign = (
  target: Request | Target,
  keys: Keys,
  options: PresignOptions
): Effect.Effect<Redacted.Redacted, SignerError> =>
  Effect.gen(function* () {
    const { scheme = "obs" } = options
    const seconds = yield* failWith(secondsOf(options.expires, scheme))
    const request = isRequest(target) ? target : yield* failWith(requestOf(target, options))
    const address = yield* failWith(check(request, keys, options))
    const now = yield* Clock.currentTimeMillis
    const headers = Headers.fromInput([
      ...Object.entries(request.headers).filter(([name]) => !stale.includes(name)),
      ...Object.entries(options.headers ?? {})
    ])
    const parameters = [...address.parameters, ...overridden(options.response ?? {})]
    if (scheme === "aws4") {
      const { signV4 } = yield* loadV4
      const { url } = yield* signV4({
        ...keys,
        method: request.method,
        headers,
        address,
        parameters: [...parameters, parameter("X-Amz-Expires", String(seconds))],
        securityToken: keys.securityToken,
        region: options.region,
        now,
        inAddress: true
      })
      return Redacted.make(url)
    }
    const dialect = dialects[scheme]
    const expires = String(Math.floor(now / 1000) + seconds)
    const signed = [
      ...parameters,
      parameter(dialect.accessKey, keys.accessKeyId),
      parameter("Expires", expires),
      ...(keys.securityToken === undefined
        ? []
        : [parameter(`${dialect.prefix}security-token`, Redacted.value(keys.securityToken))])
    ]
    const text = yield* failWith(
      stringToSign(request.method, headers, { ...address, parameters: signed }, dialect, expires)
    )
    const signature = parameter("Signature", macOf(keys.secretAccessKey, text))
    return Redacted.make(hrefOf(address, [...signed, signature]))
  })

/**
 * What a form may upload.
 *
 * @category models
 * @since 0.3.0
 */
export interface FormOptions {
  readonly bucket: string
  /** The key, or how it has to begin; the form then needs a field `key` of its own. */
  readonly key: FieldMatch
  /** The host or the address that the bucket is a subdomain of. */
  readonly endpoint: string | URL
  readonly style?: AddressOptions["style"]
  /** `obs` by default. */
  readonly scheme?: Scheme | undefined
  /** For `aws4`; where it is not given a public endpoint tells it. */
  readonly region?: string | undefined
  /** How long the form is valid (milliseconds where it is a number): positive, and at most seven days with `aws4`. */
  readonly expires: Runtime.DurationInput
  /** The access control, such as `public-read`. */
  readonly acl?: FieldMatch | undefined
  readonly contentType?: FieldMatch | undefined
  /** How many bytes the file may have. */
  readonly contentLength?: { readonly min?: number | undefined; readonly max: number } | undefined
  /** By name without `x-obs-meta-` or `x-amz-meta-`. */
  readonly metadata?: { readonly [name: string]: FieldMatch } | undefined
  /** Where the browser goes after the upload. */
  readonly successActionRedirect?: FieldMatch | undefined
  /** The status of the response where there is no redirect, 204 by default. */
  readonly successActionStatus?: 200 | 201 | 204 | undefined
  /** Any other fields, such as `cache-control` or `x-obs-storage-class`. */
  readonly fields?: { readonly [name: string]: FieldMatch } | undefined
}

/**
 * A form that is signed: where it is sent to, and its fields. A browser sends them in front of the field `file`.
 *
 * Fields that only have to begin with something are not among them.
 *
 * @category models
 * @since 0.3.0
 */
export interface Form {
  readonly url: string
  readonly fields: { readonly [name: string]: string | Redacted.Redacted }
}

const entriesOf = (
  fields: { readonly [name: string]: FieldMatch | undefined },
  prefix = ""
): ReadonlyArray<readonly [string, FieldMatch]> =>
  Object.entries(fields).flatMap(([name, match]) => (match === undefined ? [] : [[prefix + name, match] as const]))

/** How a form is signed: with fields of its own, of which the policy names some. */
interface FormSigner {
  readonly prefix: string
  readonly fields: ReadonlyArray<readonly [name: string, value: string]>
  readonly conditions: FormSigner["fields"]
  /** The name of the field with the signature. */
  readonly signature: string
  readonly sign: (policy: string) => Effect.Effect<string, SignerError>
}

const formSigner = (
  scheme: Scheme,
  keys: Keys,
  region: string | undefined,
  now: number
): Effect.Effect<FormSigner, SignerError> => {
  if (scheme !== "aws4") {
    const { accessKey, prefix } = dialects[scheme]
    return Effect.succeed({
      prefix,
      fields: [[accessKey, keys.accessKeyId]],
      conditions: [],
      signature: "signature",
      sign: (policy) => Effect.succeed(macOf(keys.secretAccessKey, policy))
    })
  }
  return Effect.flatMap(loadV4, ({ formV4 }) =>
    Effect.map(failWith(formV4(keys, region, now)), ({ fields, sign }) => ({
      prefix: "x-amz-",
      fields,
      conditions: fields,
      signature: "x-amz-signature",
      sign
    }))
  )
}

/**
 * Makes a form by which a browser uploads a file to a bucket without keys, within the conditions that it says.
 *
 * Policy, signature and token are `Redacted`; who writes the page takes their values.
 *
 * Fails with a `SignerError` where `expires` is not positive, or more than seven days with `aws4`, where the length is no
 * range, where a field is there twice or has a name that none can have, and for `aws4` where there is no region.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Redacted } from "effect"
 * import { ObsSigner } from "effect-obs"
 *
 * const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
 * const form = await Effect.runPromise(
 *   ObsSigner.postForm(keys, {
 *     bucket: "photos",
 *     key: { startsWith: "cats/" },
 *     endpoint: "obs.eu-de.otc.t-systems.com",
 *     expires: "1 hour",
 *     contentType: { startsWith: "image/" },
 *     contentLength: { max: 5_000_000 },
 *     successActionStatus: 201
 *   })
 * )
 * assert.strictEqual(form.url, "https://photos.obs.eu-de.otc.t-systems.com/")
 * assert.deepStrictEqual(Object.keys(form.fields), ["success_action_status", "AccessKeyId", "policy", "signature"])
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0012.html
 * @category signing
 * @since 0.3.0
 */
export const postForm = (keys: Keys, options: FormOptions): Effect.Effect<Form, SignerError> =>
  Effect.gen(function* () {
    const { scheme = "obs", successActionStatus: status } = options
    const wrong = checkKeys(keys)
    if (wrong !== undefined) return yield* Effect.fail(wrong)
    const unknown = checkScheme(scheme)
    if (unknown !== undefined) return yield* Effect.fail(unknown)
    const seconds = yield* failWith(secondsOf(options.expires, scheme))
    const url = yield* failWith(hrefIn(options.endpoint, options.style, options.bucket, undefined))
    const now = yield* Clock.currentTimeMillis
    const { hostname } = yield* failWith(endpointOf(options.endpoint))
    const signer = yield* formSigner(scheme, keys, options.region ?? regionOf(hostname), now)
    const { prefix } = signer
    const fields = entriesOf({
      key: options.key,
      acl: options.acl,
      "content-type": options.contentType,
      ...Object.fromEntries(entriesOf(options.metadata ?? {}, `${prefix}meta-`)),
      success_action_redirect: options.successActionRedirect,
      success_action_status: status === undefined ? undefined : String(status)
    }).concat(entriesOf(options.fields ?? {}))
    const token: ReadonlyArray<readonly [string, string]> =
      keys.securityToken === undefined ? [] : [[`${prefix}security-token`, Redacted.value(keys.securityToken)]]
    const document = yield* failWith(
      documentOf({
        expiration: now + seconds * 1000,
        fields: [["bucket", options.bucket], ...fields, ...signer.conditions, ...token],
        contentLength: options.contentLength
      })
    )
    const policy = base64(bytesOf(document))
    const signature = yield* signer.sign(policy)
    return {
      url,
      fields: {
        ...Object.fromEntries(fields.flatMap(([name, match]) => (typeof match === "string" ? [[name, match]] : []))),
        ...Object.fromEntries(signer.fields),
        ...Object.fromEntries(token.map(([name, value]) => [name, Redacted.make(value)])),
        policy: Redacted.make(policy),
        [signer.signature]: Redacted.make(signature)
      }
    }
  })

/**
 * Explains why the service says that a signature does not match: it names the first line in which what the service signed
 * differs from what the client signed, and what usually causes that.
 *
 * Pure, and never fails: where the response does not carry what the service signed, the cause is `NotTold`. What it says can
 * be logged: it has no signature, no key, no token, and no string to sign.
 *
 * @example
 * ```ts
 * import { HttpClientRequest } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect, Redacted } from "effect"
 * import { ObsError, ObsSigner } from "effect-obs"
 *
 * const request = HttpClientRequest.put("https://photos.obs.eu-de.otc.t-systems.com/cat.txt")
 * const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
 * const signed = await Effect.runPromise(ObsSigner.sign(request, keys))
 *
 * // What the service would say where something set a Content-Type after the signature
 * const lines = Redacted.value(signed.stringToSign).split("\n").with(2, "text/plain")
 * const failure = new ObsError.SignatureDoesNotMatch({ stringToSign: Redacted.make(lines.join("\n")) })
 * const { cause, line } = ObsSigner.explain(failure, signed)
 * assert.strictEqual(cause, "ContentTypeAdded")
 * assert.strictEqual(line?.number, 3)
 * ```
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-obs/obs_06_0087.html
 * @category explaining
 * @since 0.3.0
 */
export const explain = (
  failure: { readonly secrets: Secrets },
  signed: Pick<Signed, "stringToSign" | "canonicalRequest">
): Explanation => explanationOf(failure, signed)
