/**
 * The MAC of the schemes that are made here.
 */
import * as Redacted from "effect/Redacted"
import { base64, hmacSha1 } from "../digest.js"

// What is computed of a key alone is kept, and goes with the secret
const macs = new WeakMap<Redacted.Redacted, (text: string) => Uint8Array>()

/** The signature of a text, in Base64. */
export const macOf = (secret: Redacted.Redacted, text: string): string => {
  let mac = macs.get(secret)
  if (mac === undefined) {
    mac = hmacSha1(Redacted.value(secret))
    macs.set(secret, mac)
  }
  return base64(mac(text))
}
