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

/** The keys and the address, which are right; at the earliest moment. */
export const check = (
  request: Pick<Request, "url"> & Parameters<typeof Http.parametersOf>[0],
  keys: Keys,
  options: Options
): Effect.Effect<Address, SignerError> =>
  Effect.suspend(() => {
    const wrong = checkKeys(keys)
    if (wrong !== undefined) return Effect.fail(wrong)
    const address = addressOf(request.url, options, Http.parametersOf(request))
    if (!(address instanceof SignerError) && address.parameters.some(isSignature)) {
      return Effect.fail(signerError("AlreadySigned", "The address has a signature in its parameters."))
    }
    return failWith(address)
  })

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

/** The request with what signs it; it shows neither that nor its parameters. */
const signedRequest = (request: Request, address: Address, url: string, headers: Headers.Headers): Request => {
  // Parameters that are marked as secrets stay where they are
  const keeps = Http.redactedParametersOf(request).length > 0
  const blank = HttpClientRequest.get("")
  const { body, hash, method } = request
  const properties = {
    method,
    url: keeps ? request.url : url,
    urlParams: keeps ? request.urlParams : blank.urlParams,
    hash,
    headers,
    body
  }
  const show = {
    value: () => ({
      _id: "HttpClientRequest",
      method,
      url: address.origin + address.path,
      headers: shownHeaders(headers),
      body: { _tag: body._tag }
    })
  }
  return derive(blank, {
    ...Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, { value, enumerable: true }])),
    toJSON: show,
    [NodeInspectSymbol]: show
  })
}

// What a former signature may have left
export const stale = ["authorization", "date", "security-token"].flatMap((name) =>
  name === "authorization" ? [name] : [`x-obs-${name}`, `x-amz-${name}`]
)

/** The fourth version, for those alone who sign with it. */
export const loadV4 = /*#__PURE__*/ Effect.promise(() => import("./v4.js"))

/** Signs a request in its headers, at the time of Effect's clock. */
export const sign = (request: Request, keys: Keys, options: Options = {}): Effect.Effect<Signed, SignerError> =>
  Effect.gen(function* () {
    const address = yield* check(request, keys, options)
    const { scheme = "obs" } = options
    const now = yield* Clock.currentTimeMillis
    const kept = Headers.fromInput(Object.entries(request.headers).filter(([name]) => !stale.includes(name)))
    if (scheme === "aws4") {
      const { signV4 } = yield* loadV4
      const { canonicalRequest, headers, stringToSign, url } = yield* signV4({
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
      const signed = signedRequest(request, address, url, Headers.setAll(kept, headers))
      return { scheme, request: signed, stringToSign, canonicalRequest }
    }
    const dialect = dialects[scheme]
    const type = yield* failWith(typeAdded(request))
    const headers = Headers.setAll(kept, {
      ...(type === undefined ? undefined : { "content-type": type }),
      [`${dialect.prefix}date`]: new Date(now).toUTCString(),
      ...(keys.securityToken === undefined
        ? undefined
        : { [`${dialect.prefix}security-token`]: Redacted.value(keys.securityToken) })
    })
    const text = yield* failWith(stringToSign(request.method, headers, address, dialect))
    const mac = yield* macOf(keys.secretAccessKey, text)
    const authorization = `${dialect.authorization} ${keys.accessKeyId}:${mac}`
    return {
      scheme,
      request: signedRequest(request, address, hrefOf(address), Headers.set(headers, "authorization", authorization)),
      stringToSign: Redacted.make(text)
    }
  })
