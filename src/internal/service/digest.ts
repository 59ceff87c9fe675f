/**
 * What entity tags and identities are made of, and the check of `Content-MD5`.
 */
import { BadDigest, InvalidDigest } from "../../errors/BadRequest.js"
import { base64, md5Hex } from "../digest.js"
import { concat } from "../wire/body.js"

/** The bytes of a text in Base64; undefined where it is none. */
export const bytesOfBase64 = (text: string): Uint8Array | undefined => {
  try {
    return Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
  } catch {
    return undefined
  }
}

const encoder = /*#__PURE__*/ new TextEncoder()

const bytesOfHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/[\da-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16))

/** The tag of what was made of several pieces, by the tags of these. */
export const joinedTag = (tags: ReadonlyArray<string>): string =>
  `${md5Hex(concat(tags.map(bytesOfHex)))}-${String(tags.length)}`

/** The tag of an object that was appended to for the `count`th time. It costs what was appended, not the whole. */
export const appendedTag = (before: string, appended: string, count: number): string =>
  `${md5Hex(encoder.encode(before + appended))}-${String(count)}`

/** The tag of an object that was changed in place. It costs what was changed, not the whole. */
export const changedTag = (before: string, change: string): string => md5Hex(encoder.encode(`${before} ${change}`))

/** What is wrong with the `Content-MD5` of a body, whose MD5 is given in hexadecimal digits. */
export const digestFault = (header: string | undefined, md5: string): InvalidDigest | BadDigest | undefined => {
  if (header === undefined) return undefined
  if (bytesOfBase64(header)?.length !== 16) return new InvalidDigest({ details: { "Content-MD5": header } })
  const calculated = base64(bytesOfHex(md5))
  return calculated === header.trim()
    ? undefined
    : new BadDigest({ details: { ExpectedDigest: header, CalculatedDigest: calculated } })
}

/** An identity that is the same for the same name, and does not tell it. */
export const identityOf = (name: string): string => md5Hex(encoder.encode(`owner of ${name}`))
