/**
 * MD5, as Content-MD5 and the keys of customers want it. Web Crypto has none.
 */
import { md5 } from "@noble/hashes/legacy.js"

/** Bytes in Base64. */
export const base64Of = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))

/** The MD5 of bytes in Base64: the value of Content-MD5. */
export const md5Base64 = (bytes: Uint8Array): string => base64Of(md5(bytes))

/** The MD5 of bytes in hexadecimal digits: the entity tag of an object or a part that is not encrypted. */
export const md5Hex = (bytes: Uint8Array): string =>
  Array.from(md5(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("")
