/**
 * HMAC-SHA-1 by Web Crypto.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { SignerError } from "./signerError.js"
import { signerError } from "./signerError.js"

const algorithm = { name: "HMAC", hash: "SHA-1" }

const bytesOf = (text: string) => new TextEncoder().encode(text)

// A key is imported once, and goes with the secret
const keys = new WeakMap<Redacted.Redacted, Promise<CryptoKey>>()

const keyOf = (secret: Redacted.Redacted): Promise<CryptoKey> => {
  let key = keys.get(secret)
  if (key === undefined) {
    key = crypto.subtle.importKey("raw", bytesOf(Redacted.value(secret)), algorithm, false, ["sign"])
    keys.set(secret, key)
  }
  return key
}

const sign = async (secret: Redacted.Redacted, text: string): Promise<string> =>
  btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign("HMAC", await keyOf(secret), bytesOf(text)))))

export const unavailable = (): SignerError => signerError("CryptoUnavailable", "There is no Web Crypto to sign with.")

/** The signature of a text, in Base64. */
export const macOf = (secret: Redacted.Redacted, text: string): Effect.Effect<string, SignerError> =>
  Effect.tryPromise({ try: () => sign(secret, text), catch: () => unavailable() })

/** Base64 of the UTF-8 of a text. */
export const base64 = (text: string): string =>
  btoa(Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join(""))
