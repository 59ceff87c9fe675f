/**
 * Checks the signature of a request as the service does. It judges what signs, and shares nothing with it but the list of
 * the parameters that are signed.
 */
import type { Arrived, Place } from "./arrived.js"
import { parameterOf } from "./arrived.js"
import type { Refusal } from "./refusal.js"
import { invalidArgument, isRefusal, refusal } from "./refusal.js"
import type { Payload } from "./payload.js"
import type { Presented } from "./signed.js"
import * as V2 from "./v2.js"
import * as V4 from "./v4.js"

/** Somebody whose signatures are accepted. */
export interface Holder {
  readonly accessKeyId: string
  readonly secret: string
  readonly token: string | undefined
  /** In milliseconds. */
  readonly expiration: number | undefined
}

export interface Checked {
  readonly place: Place
  readonly region: string | undefined
  readonly holders: ReadonlyArray<Holder>
  readonly now: number
}

/** Whose signature was found right, and what the request says of its body. */
export interface Accepted extends Pick<Payload, "hash" | "signChunk">, Pick<Presented, "signs"> {
  /** The access key that signed. Nothing else tells who sends a request. */
  readonly accessKeyId: string | undefined
}

/** What is found of a signature. A request is unsigned where nothing in it belongs to a signature of any scheme. */
export type Verdict = Accepted | Refusal | "Unsigned"

const onlyOne =
  "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the " +
  "Authorization header should be specified"

const presentedBy = (arrived: Arrived, { now, place, region }: Checked): Presented | Refusal | "Unsigned" => {
  const header = arrived.headers.get("authorization")
  const has = (...names: ReadonlyArray<string>) => names.some((name) => parameterOf(arrived, name) !== undefined)
  const isV4 = has("X-Amz-Algorithm", "X-Amz-Signature", "X-Amz-Credential")
  const isAws2 = has("AWSAccessKeyId")
  const isObs = !isAws2 && has("AccessKeyId", "Signature")
  if ([header !== undefined, isV4, isAws2 || isObs].filter(Boolean).length > 1) {
    return invalidArgument(onlyOne, "Authorization", header)
  }
  if (isV4) return V4.inAddress(arrived, region, now)
  if (isAws2 || isObs) return V2.inAddress(arrived, place, isAws2 ? "aws2" : "obs", now)
  if (header === undefined) return "Unsigned"
  const end = header.includes(" ") ? header.indexOf(" ") : header.length
  const written = header.slice(end + 1).trim()
  switch (header.slice(0, end)) {
    case "OBS":
      return V2.inHeader(arrived, place, "obs", written, now)
    case "AWS":
      return V2.inHeader(arrived, place, "aws2", written, now)
    case V4.algorithm:
      return V4.inHeader(arrived, written, region, now)
    default:
      return invalidArgument("Unsupported Authorization Type", "Authorization", header)
  }
}

/** Who has an access key; temporary credentials are only known with a token, and their token is asked for. */
export const holderOf = (
  {
    accessKeyElement,
    accessKeyId,
    securityToken
  }: Pick<Presented, "accessKeyElement" | "accessKeyId" | "securityToken">,
  { holders, now }: Pick<Checked, "holders" | "now">
): Holder | Refusal => {
  const known = holders.filter((holder) => holder.accessKeyId === accessKeyId)
  const unknown = (message: string) => refusal("InvalidAccessKeyId", message, { [accessKeyElement]: accessKeyId })
  if (known.length === 0 || (securityToken === undefined && known.every(({ token }) => token !== undefined))) {
    return unknown("The OBS Access Key Id you provided does not exist in our records.")
  }
  const holder = known.find(({ token }) => token === securityToken)
  return holder === undefined || (holder.expiration !== undefined && !(now < holder.expiration))
    ? unknown("The security token is invalid.")
    : holder
}

/** Refuses a signature that is another one, and says what was signed. */
export const mismatch = (
  presented: Pick<Presented, "accessKeyElement" | "accessKeyId" | "canonicalRequest" | "signature" | "stringToSign">
): Refusal => ({
  ...refusal(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    {
      [presented.accessKeyElement]: presented.accessKeyId,
      StringToSign: presented.stringToSign,
      SignatureProvided: presented.signature,
      ...(presented.canonicalRequest === undefined ? undefined : { CanonicalRequest: presented.canonicalRequest })
    }
  ),
  accessKeyId: presented.accessKeyId
})

/** Checks a request. */
export const verify = (arrived: Arrived, checked: Checked): Verdict => {
  const presented = presentedBy(arrived, checked)
  if (presented === "Unsigned" || isRefusal(presented)) return presented
  const holder = holderOf(presented, checked)
  if (isRefusal(holder)) return holder
  const { secret } = holder
  const { alsoToSign, hash, signChunks, signature, signs, stringToSign } = presented
  const isSigned = (text: string | undefined) => text !== undefined && presented.sign(secret, text) === signature
  if (!isSigned(stringToSign) && !isSigned(alsoToSign)) return mismatch(presented)
  return { accessKeyId: holder.accessKeyId, signs, hash, signChunk: signChunks?.({ secret, signature }) }
}
