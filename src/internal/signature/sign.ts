/**
 * How a request is signed in its headers.
 */
import * as Headers from "#http/Headers"
import * as HttpClientRequest from "#http/HttpClientRequest"
import * as Http from "#effect/http"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { NodeInspectSymbol } from "effect/Inspectable"
import * as Redacted from "effect/Redacted"
import { derive } from "../object.js"
import { isSecretName, redacted } from "../secrets.js"
import type { Address, AddressOptions, Parameter } from "./address.js"
import { addressOf, hrefOf } from "./address.js"
import { dialects, stringToSign } from "./canonical.js"
import { macOf } from "./mac.js"
import { SignerError, signerError } from "./signerError.js"

type Request = HttpClientRequest.HttpClientRequest

/**
 * Who signs.
 *
 * @category models
 * @since 0.3.0
 */
export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted
  /** Of temporary credentials; sent and signed. */
  readonly securityToken?: Redacted.Redacted | undefined
}

/**
 * How something is signed: the scheme of OBS, its dialect of AWS version 2, or AWS version 4.
 *
 * @category models
 * @since 0.3.0
 */
export type Scheme = "obs" | "aws2" | "aws4"

/**
 * How a request is signed.
 *
 * @category models
 * @since 0.3.0
 */
export interface Options extends AddressOptions {
  /** `obs` by default. */
  readonly scheme?: Scheme | undefined
  /** For `aws4`; where it is not given the host of a public endpoint tells it. */
  readonly region?: string | undefined
  /**
   * Whether `aws4` signs the SHA-256 of the body, so that nothing on the way can change it; `unsigned` by default, as TLS
   * does that. The other schemes sign Content-MD5.
   */
  readonly payload?: "signed" | "unsigned" | undefined
}

/**
 * A request that is signed, and what was signed of it. Neither shows a signature, a token or a key.
 *
 * @category models
 * @since 0.3.0
 */
export interface Signed {
  readonly scheme: Scheme
  /** The request to send: nothing of its method, address and headers may be changed. */
  readonly request: Request
  readonly stringToSign: Redacted.Redacted
  /** Of `aws4`, whose string to sign has only its hash. */
  readonly canonicalRequest?: Redacted.Redacted | undefined
}

export const failWith = <A>(result: A | SignerError): Effect.Effect<A, SignerError> =>
  result instanceof SignerError ? Effect.fail(result) : Effect.succeed(result)

export const secretOf = (secret: Redacted.Redacted): string => {
  try {
    return Redacted.value(secret)
  } catch {
    // It was wiped
    return ""
  }
}

export const checkKeys = ({ accessKeyId, secretAccessKey, securityToken }: Keys): SignerError | undefined => {
  const secret = secretOf(secretAccessKey)
  const wrong = !/^[!-9;-~]+$/.test(accessKeyId)
    ? "access key"
    : secret === "" || secret !== secret.trim() || /\p{Cc}/u.test(secret)
      ? "secret access key"
      : securityToken !== undefined && !/^[!-~]+$/.test(secretOf(securityToken))
        ? "security token"
        : undefined
  return wrong === undefined
    ? undefined
    : signerError("InvalidCredentials", `The ${wrong} is empty, or has characters that none has, such as blanks.`)
}

const isSignature = ({ name }: Parameter): boolean => /^(?:x-(?:amz|obs)-)?signature$/i.test(name)

const schemes = /*#__PURE__*/ new Set<string>(["obs", "aws2", "aws4"])

/** What is wrong with a scheme, as JavaScript may give it. */
export const checkScheme = (scheme: Scheme = "obs"): SignerError | undefined =>
  schemes.has(scheme) ? undefined : signerError("InvalidOptions", "The scheme is not obs, aws2 or aws4.")

/** The address, where it and the keys are right. */
export const check = (
  request: Pick<Request, "url"> & Parameters<typeof Http.parametersOf>[0],
  keys: Keys,
  options: Options
): Address | SignerError => {
  const wrong = checkKeys(keys)
  if (wrong !== undefined) return wrong
  const unknown = checkScheme(options.scheme)
  if (unknown !== undefined) return unknown
  if (options.payload === "signed" && options.scheme !== "aws4") {
    return signerError("InvalidOptions", "Only aws4 signs the body; set Content-MD5 with the others.")
  }
  const address = addressOf(request.url, options, Http.parametersOf(request))
  return !(address instanceof SignerError) && address.parameters.some(isSignature)
    ? signerError("AlreadySigned", "The address has a signature in its parameters.")
    : address
}

/** The Content-Type that fetch adds for a body; of a form nobody knows it before. */
const typeAdded = ({ body, headers }: Request): string | undefined | SignerError => {
  if (headers["content-type"] !== undefined) return undefined
  const sent: unknown = body._tag === "FormData" ? body.formData : body._tag === "Raw" ? body.body : undefined
  if (typeof sent === "string") return "text/plain;charset=UTF-8"
  if (sent instanceof URLSearchParams) return "application/x-www-form-urlencoded;charset=UTF-8"
  if (sent instanceof Blob) return sent.type || undefined
  return sent instanceof FormData
    ? signerError("UnsupportedBody", "The client gives a form its Content-Type, with a boundary, when it is sent.")
    : undefined
}

const shownHeaders = (headers: Headers.Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isSecretName(name) ? redacted : value]))

const show = {
  value(this: Request): unknown {
    return {
      _id: "HttpClientRequest",
      method: this.method,
      url: this.url.replace(/[?#].*$/s, ""),
      headers: shownHeaders(this.headers),
      body: { _tag: this.body._tag }
    }
  }
}

let shown: Request | undefined

/** The request with what signs it; it shows neither that nor its parameters. */
const signedRequest = (request: Request, url: string, headers: Headers.Headers): Request => {
  shown ??= derive(HttpClientRequest.get(""), { toJSON: show, [NodeInspectSymbol]: show })
  // Parameters that are marked as secrets stay where they are
  const keeps = Http.redactedParametersOf(request).length > 0
  return Object.assign(derive(shown), {
    method: request.method,
    url: keeps ? request.url : url,
    urlParams: keeps ? request.urlParams : shown.urlParams,
    hash: request.hash,
    headers,
    body: request.body
  })
}

// What a former signature may have left
export const stale = ["authorization", "date", "security-token"].flatMap((name) =>
  name === "authorization" ? [name] : [`x-obs-${name}`, `x-amz-${name}`]
)

/** The fourth version, for those alone who sign with it. */
export const loadV4 = /*#__PURE__*/ Effect.promise(() => import("./v4.js"))

const keptHeaders = (headers: Headers.Headers): Record<string, string> => {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) if (!stale.includes(name)) kept[name] = value
  return kept
}

/** What is signed in the schemes that are made here, at a time, and the headers with it. */
const textAt = (request: Request, keys: Keys, options: Options, scheme: "obs" | "aws2", now: number) => {
  const address = check(request, keys, options)
  if (address instanceof SignerError) return address
  const type = typeAdded(request)
  if (type instanceof SignerError) return type
  const { prefix } = dialects[scheme]
  const headers = keptHeaders(request.headers)
  if (type !== undefined) headers["content-type"] = type
  headers[`${prefix}date`] = new Date(now).toUTCString()
  if (keys.securityToken !== undefined) headers[`${prefix}security-token`] = Redacted.value(keys.securityToken)
  const text = stringToSign(request.method, headers, address, dialects[scheme])
  return text instanceof SignerError ? text : { address, headers, text }
}

const signAt = (
  request: Request,
  keys: Keys,
  options: Options,
  scheme: "obs" | "aws2",
  now: number
): Effect.Effect<Signed, SignerError> => {
  const found = textAt(request, keys, options, scheme, now)
  if (found instanceof SignerError) return Effect.fail(found)
  const { address, headers, text } = found
  headers["authorization"] =
    `${dialects[scheme].authorization} ${keys.accessKeyId}:${macOf(keys.secretAccessKey, text)}`
  return Effect.succeed({
    scheme,
    request: signedRequest(request, hrefOf(address), Headers.fromInput(headers)),
    stringToSign: Redacted.make(text)
  })
}

const signV4At = (request: Request, keys: Keys, options: Options, now: number): Effect.Effect<Signed, SignerError> =>
  Effect.gen(function* () {
    const address = yield* failWith(check(request, keys, options))
    const { signV4, withPayload } = yield* loadV4
    const headers = keptHeaders(request.headers)
    const kept = Headers.fromInput(options.payload === "signed" ? yield* withPayload(headers, request.body) : headers)
    const signature = yield* signV4({
      ...keys,
      method: request.method,
      headers: kept,
      address,
      parameters: address.parameters,
      securityToken: keys.securityToken,
      region: options.region,
      now,
      inAddress: false
    })
    const { canonicalRequest, stringToSign, url } = signature
    const signed = signedRequest(request, url, Headers.setAll(kept, signature.headers))
    return { scheme: "aws4", request: signed, stringToSign, canonicalRequest }
  })

/** Signs a request in its headers, at the time of Effect's clock. */
export const sign = (request: Request, keys: Keys, options: Options = {}): Effect.Effect<Signed, SignerError> =>
  Effect.flatMap(Clock.currentTimeMillis, (now): Effect.Effect<Signed, SignerError> => {
    const { scheme = "obs" } = options
    return scheme === "aws4" ? signV4At(request, keys, options, now) : signAt(request, keys, options, scheme, now)
  })
