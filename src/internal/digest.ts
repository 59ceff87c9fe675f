/**
 * Digests, computed at once. Web Crypto takes each to another thread and back, which costs more than a short text does, and
 * is not everywhere.
 */
import { hmac } from "@noble/hashes/hmac.js"
import { md5, sha1 } from "@noble/hashes/legacy.js"
import { sha256 as digestOf } from "@noble/hashes/sha2.js"

const encoder = /*#__PURE__*/ new TextEncoder()

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

export const base64 = (bytes: Uint8Array): string => {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** HMAC-SHA-1 with one key, whose state is kept. */
export const hmacSha1 = (key: string): ((text: string) => Uint8Array) => {
  const state = hmac.create(sha1, bytesOf(key))
  return (text) => state.clone().update(bytesOf(text)).digest()
}

export const hmacSha256 = (key: Uint8Array, text: string): Uint8Array => hmac(digestOf, key, bytesOf(text))

/** SHA-256, in hexadecimal digits. */
export const sha256 = (data: string | Uint8Array): string =>
  hex(digestOf(typeof data === "string" ? bytesOf(data) : data))

/** A digest of bytes that come one after another. */
export interface Digest {
  readonly update: (bytes: Uint8Array) => void
  /** In hexadecimal digits. */
  readonly hex: () => string
}

const digestOfStream = (hash: { update: (bytes: Uint8Array) => unknown; digest: () => Uint8Array }): Digest => ({
  update: (bytes) => {
    hash.update(bytes)
  },
  hex: () => hex(hash.digest())
})

export const sha256Stream = (): Digest => digestOfStream(digestOf.create())

export const md5Stream = (): Digest => digestOfStream(md5.create())

/** MD5 in hexadecimal digits: the entity tag of what is not encrypted. */
export const md5Hex = (bytes: Uint8Array): string => hex(md5(bytes))

/** MD5 in Base64: the value of Content-MD5. */
export const md5Base64 = (bytes: Uint8Array): string => base64(md5(bytes))
