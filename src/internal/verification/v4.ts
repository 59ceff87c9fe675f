/**
 * AWS, version 4, as the documents say a request is signed.
 */
import { bytesOf, hex, hmacSha256, sha256 } from "../digest.js"
import type { Arrived, Parameter } from "./arrived.js"
import { escaped, parameterOf, unescaped } from "./arrived.js"
import type { RequestDate } from "./date.js"
import { basicDateOf, dateOf, dayOf } from "./date.js"
import type { Refusal } from "./refusal.js"
import { accessDenied, expired, invalidArgument, refusal, scopeSkewed, skewed } from "./refusal.js"
import { isChunked } from "./payload.js"
import type { Presented, SignChunk, Verified } from "./signed.js"

export const algorithm = "AWS4-HMAC-SHA256"

const malformed = (why: string, details: Refusal["details"] = {}): Refusal =>
  refusal("AuthorizationHeaderMalformed", `The authorization header is malformed; ${why}`, details)

/** The credential's scope. */
interface Scope {
  readonly accessKeyId: string
  readonly day: string
  readonly start: number
  readonly region: string
  /** As it is signed. */
  readonly text: string
}

export const scopeOf = (
  credential: string,
  region: string | undefined,
  wrong: (why: string, details?: Refusal["details"]) => Refusal
): Scope | Refusal => {
  const [accessKeyId = "", day = "", own = "", service, end, ...more] = credential.split("/")
  const start = dayOf(day)
  if (accessKeyId === "" || start === undefined || own === "" || end !== "aws4_request" || more.length > 0) {
    return wrong('the Credential is mal-formed; expecting "<AccessKeyId>/YYYYMMDD/REGION/s3/aws4_request".')
  }
  if (service !== "s3") return wrong('incorrect service. This endpoint belongs to "s3".')
  if (region !== undefined && own !== region) {
    return wrong(`the region is wrong; expecting '${region}'`, { Region: region })
  }
  return { accessKeyId, day, start, region: own, text: `${day}/${own}/${service}/${end}` }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const queryOf = (parameters: ReadonlyArray<Parameter>): string =>
  parameters
    .filter(({ name }) => name !== "X-Amz-Signature")
    .map(({ nameBytes, valueBytes }) => [escaped(nameBytes), escaped(valueBytes)] as const)
    .sort(([a, x], [b, y]) => byText(a, b) || byText(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join("&")

const canonicalRequest = (arrived: Arrived, names: ReadonlyArray<string>, payload: string): string => {
  const headers = [...names]
    .sort(byText)
    .map((name) => `${name}:${(arrived.headers.get(name) ?? "").replace(/[ \t]+/g, " ")}\n`)
  return [
    arrived.method,
    escaped(unescaped(arrived.path), "/"),
    queryOf(arrived.parameters),
    headers.join(""),
    names.join(";"),
    payload
  ].join("\n")
}

/** The host and the headers of the scheme have to be among those that are signed. */
const unsigned = (arrived: Arrived, names: ReadonlyArray<string>): Refusal | undefined => {
  const signed = new Set(names)
  const missing = [...arrived.headers.keys()].filter(
    (name) => (name === "host" || name.startsWith("x-amz-")) && !signed.has(name)
  )
  return missing.length === 0
    ? undefined
    : refusal("AccessDenied", "There were headers present in the request which were not signed", {
        HeadersNotSigned: missing.join(", ")
      })
}

export const keyOf = (secret: string, { day, region }: Scope): Uint8Array => {
  let key: Uint8Array = bytesOf(`AWS4${secret}`)
  for (const part of [day, region, "s3", "aws4_request"]) key = hmacSha256(key, part)
  return key
}

/** Each chunk is signed with the signature of the one before, the first with that of the request. */
const signChunks =
  (date: RequestDate, scope: Scope) =>
  ({ secret, signature }: Verified): SignChunk => {
    const key = keyOf(secret, scope)
    let previous = signature
    return (kind, hashes) => {
      const text = [`${algorithm}-${kind}`, date.text, scope.text, previous, ...hashes].join("\n")
      previous = hex(hmacSha256(key, text))
      return previous
    }
  }

/** The hash of the body that a request says; undefined where it says none that there is. */
const payloadOf = (payload: string): string | Refusal =>
  payload === "UNSIGNED-PAYLOAD" || isChunked(payload) || /^[\da-f]{64}$/i.test(payload)
    ? payload
    : invalidArgument(
        "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, or a valid sha256 value.",
        "x-amz-content-sha256",
        payload
      )

const presentedBy = (
  arrived: Arrived,
  parts: Pick<Presented, "securityToken" | "signature"> & {
    readonly date: RequestDate
    readonly names: ReadonlyArray<string>
    readonly payload: string
    readonly scope: Scope
  }
): Presented | Refusal => {
  const { date, names, scope } = parts
  const payload = payloadOf(parts.payload)
  if (typeof payload !== "string") return payload
  const missing = unsigned(arrived, names)
  if (missing !== undefined) return missing
  const request = canonicalRequest(arrived, names, payload)
  return {
    accessKeyId: scope.accessKeyId,
    accessKeyElement: "AWSAccessKeyId",
    securityToken: parts.securityToken,
    signature: parts.signature,
    stringToSign: [algorithm, date.text, scope.text, sha256(request)].join("\n"),
    canonicalRequest: request,
    signs: (header) => names.includes(header),
    sign: (secret, text) => hex(hmacSha256(keyOf(secret, scope), text)),
    hash: payload,
    signChunks: payload.startsWith("STREAMING-AWS4") ? signChunks(date, scope) : undefined
  }
}

const namesOf = (text: string): ReadonlyArray<string> => text.toLowerCase().split(";")

/** A signature in `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. */
export const inHeader = (
  arrived: Arrived,
  written: string,
  region: string | undefined,
  now: number
): Presented | Refusal => {
  const parts = new Map(
    written.split(",").map((part) => {
      const text = part.trim()
      const end = text.includes("=") ? text.indexOf("=") : text.length
      return [text.slice(0, end), text.slice(end + 1)]
    })
  )
  const [credential, signedHeaders, signature] = ["Credential", "SignedHeaders", "Signature"].map((name) =>
    parts.get(name)
  )
  if (credential === undefined) return malformed("missing Credential.")
  if (signedHeaders === undefined) return malformed("missing SignedHeaders.")
  if (signature === undefined) return malformed("missing Signature.")
  const scope = scopeOf(credential, region, malformed)
  if ("code" in scope) return scope
  const own = arrived.headers.get("x-amz-date")
  const date = own === undefined ? basicOf(dateOf(arrived.headers.get("date"))) : basicDateOf(own)
  if (date === undefined) return accessDenied("AWS authentication requires a valid Date or x-amz-date header")
  const payload = arrived.headers.get("x-amz-content-sha256")
  if (payload === undefined) {
    return refusal("InvalidRequest", "Missing required header for this request: x-amz-content-sha256")
  }
  return (
    skewed(date, now) ??
    scopeSkewed(scope.start, now) ??
    presentedBy(arrived, {
      securityToken: arrived.headers.get("x-amz-security-token"),
      signature,
      date,
      names: namesOf(signedHeaders),
      payload,
      scope
    })
  )
}

/** A date of HTTP is signed in the form of the scheme. */
const basicOf = (date: RequestDate | undefined): RequestDate | undefined =>
  date && { millis: date.millis, text: new Date(date.millis).toISOString().replace(/[:-]|\.\d{3}/g, "") }

const week = 7 * 24 * 60 * 60

/** A signature in the parameters of an address. */
export const inAddress = (arrived: Arrived, region: string | undefined, now: number): Presented | Refusal => {
  const parameter = (name: string) => parameterOf(arrived, `X-Amz-${name}`)
  const wrong = (name: string, message = `Query-string authentication version 4 requires a valid X-Amz-${name}.`) =>
    invalidArgument(message, `X-Amz-${name}`, parameter(name))
  if (parameter("Algorithm") !== algorithm) return wrong("Algorithm")
  const credential = parameter("Credential")
  const scope = credential === undefined ? wrong("Credential") : scopeOf(credential, region, () => wrong("Credential"))
  if ("code" in scope) return scope
  const date = basicDateOf(parameter("Date"))
  if (date === undefined) return wrong("Date")
  const expires = parameter("Expires") ?? ""
  if (!/^\d{1,15}$/.test(expires)) return wrong("Expires")
  const seconds = Number(expires)
  if (seconds > week) {
    return wrong("Expires", `X-Amz-Expires must be less than a week (in seconds) that is ${String(week)}`)
  }
  const [names, signature] = [parameter("SignedHeaders"), parameter("Signature")]
  if (names === undefined) return wrong("SignedHeaders")
  if (signature === undefined) return wrong("Signature")
  if (now > date.millis + seconds * 1000) return expired()
  return (
    (date.millis > now ? skewed(date, now) : undefined) ??
    scopeSkewed(scope.start, now) ??
    presentedBy(arrived, {
      securityToken: parameter("Security-Token") ?? arrived.headers.get("x-amz-security-token"),
      signature,
      date,
      names: namesOf(names),
      payload:
        arrived.headers.get("x-amz-content-sha256") ??
        arrived.parameters.find(({ name }) => name.toLowerCase() === "x-amz-content-sha256")?.value ??
        "UNSIGNED-PAYLOAD",
      scope
    })
  )
}
