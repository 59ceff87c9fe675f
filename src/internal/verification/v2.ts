/**
 * The scheme of OBS, and its dialect of AWS, version 2, as the documents say a request is signed.
 */
import { base64, hmacSha1 } from "../digest.js"
// Which parameters are signed is a list of the documents, and the one thing that is shared with whoever signs
import { dialects, isSubresource } from "../signature/canonical.js"
import type { Arrived, Place } from "./arrived.js"
import { parameterOf } from "./arrived.js"
import { dateOf } from "./date.js"
import type { Refusal } from "./refusal.js"
import { accessDenied, expired, invalidArgument, skewed } from "./refusal.js"
import type { Presented } from "./signed.js"

export type Scheme = keyof typeof dialects

const resourceOf = ({ parameters, path }: Arrived, place: Place, scheme: Scheme): string => {
  const signed = new Map<string, string>()
  for (const { name, value } of parameters) {
    // Of those that are there more than once the first
    if (isSubresource(name, dialects[scheme]) && !signed.has(name)) {
      signed.set(name, value === "" ? name : `${name}=${value}`)
    }
  }
  const prefix = place.style === "path" ? "" : place.style === "virtualHosted" ? `/${place.bucket}` : `/${place.host}`
  const texts = [...signed].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
  return `${prefix}${path}${texts.length === 0 ? "" : `?${texts.join("&")}`}`
}

/** What is signed: what was sent, and for a bucket that is sent as `/photos` also `/photos/`, which the documents sign. */
const stringsToSign = (arrived: Arrived, place: Place, scheme: Scheme, date: string) => ({
  stringToSign: stringToSign(arrived, place, scheme, date),
  alsoToSign:
    place.style === "path" && /^\/[^/]+$/.test(arrived.path)
      ? stringToSign({ ...arrived, path: `${arrived.path}/` }, place, scheme, date)
      : undefined
})

const stringToSign = (arrived: Arrived, place: Place, scheme: Scheme, date: string): string => {
  const { prefix } = dialects[scheme]
  const lines = [...arrived.headers]
    .filter(([name]) => name.startsWith(prefix))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}:${value}\n`)
  const standard = ["content-md5", "content-type"].map((name) => arrived.headers.get(name) ?? "")
  return `${[arrived.method, ...standard, date].join("\n")}\n${lines.join("")}${resourceOf(arrived, place, scheme)}`
}

const presentedBy = (
  scheme: Scheme,
  parts: Pick<Presented, "accessKeyId" | "alsoToSign" | "signature" | "securityToken" | "stringToSign">
): Presented => ({
  ...parts,
  accessKeyElement: dialects[scheme].accessKey,
  signs: (header) => header.startsWith(dialects[scheme].prefix),
  sign: (secret, text) => base64(hmacSha1(secret)(text)),
  hash: undefined,
  signChunks: undefined
})

/** A signature in `Authorization: OBS key:signature`. */
export const inHeader = (
  arrived: Arrived,
  place: Place,
  scheme: Scheme,
  written: string,
  now: number
): Presented | Refusal => {
  const { authorization, prefix } = dialects[scheme]
  const [, accessKeyId, signature] = /^([^\s:]+):([^\s:]+)$/.exec(written) ?? []
  if (accessKeyId === undefined || signature === undefined) {
    const message = `${authorization} authorization header is invalid. Expected AccessKeyId:signature`
    return invalidArgument(message, "Authorization", arrived.headers.get("authorization"))
  }
  const own = arrived.headers.get(`${prefix}date`)
  const date = dateOf(own ?? arrived.headers.get("date"))
  if (date === undefined) {
    return accessDenied(`${authorization} authentication requires a valid Date or ${prefix}date header`)
  }
  return (
    skewed(date, now) ??
    presentedBy(scheme, {
      accessKeyId,
      signature,
      securityToken: arrived.headers.get(`${prefix}security-token`),
      ...stringsToSign(arrived, place, scheme, own === undefined ? date.text : "")
    })
  )
}

/** A signature in the parameters of an address. */
export const inAddress = (arrived: Arrived, place: Place, scheme: Scheme, now: number): Presented | Refusal => {
  const { accessKey, prefix } = dialects[scheme]
  const [accessKeyId, expires, signature] = [accessKey, "Expires", "Signature"].map((name) =>
    parameterOf(arrived, name)
  )
  if (accessKeyId === undefined || expires === undefined || signature === undefined) {
    return accessDenied(`Query-string authentication requires the Signature, Expires and ${accessKey} parameters`)
  }
  if (!/^\d{1,15}$/.test(expires)) return accessDenied("Invalid date (should be seconds since epoch)")
  if (now > Number(expires) * 1000) return expired()
  return presentedBy(scheme, {
    accessKeyId,
    signature,
    securityToken: parameterOf(arrived, `${prefix}security-token`) ?? arrived.headers.get(`${prefix}security-token`),
    ...stringsToSign(arrived, place, scheme, expires)
  })
}
