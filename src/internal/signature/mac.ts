/**
 * The signature of a text.
 */
import * as Redacted from "effect/Redacted"
import type { SignerError } from "./signerError.js"
import { hmacOf } from "./sha1.js"
import { signerError } from "./signerError.js"

const bytesOf = (text: string) => new TextEncoder().encode(text)

const base64Of = (bytes: Uint8Array): string => {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

// A key is prepared once, and goes with the secret
const macs = new WeakMap<Redacted.Redacted, (bytes: Uint8Array) => Uint8Array>()

const macBy = (secret: Redacted.Redacted): ((bytes: Uint8Array) => Uint8Array) => {
  let mac = macs.get(secret)
  if (mac === undefined) {
    mac = hmacOf(bytesOf(Redacted.value(secret)))
    macs.set(secret, mac)
  }
  return mac
}

export const unavailable = (): SignerError => signerError("CryptoUnavailable", "There is no Web Crypto to sign with.")

/** The signature of a text, in Base64. */
export const macOf = (secret: Redacted.Redacted, text: string): string => base64Of(macBy(secret)(bytesOf(text)))

/** Base64 of the UTF-8 of a text. */
export const base64 = (text: string): string => base64Of(bytesOf(text))
