/**
 * Bytes, by what every runtime has.
 */
import type { ObsTestService } from "effect-obs/testing"

const encoder = new TextEncoder()

/** The bytes of a text in UTF-8. */
export const bytesOf = (text: string): Uint8Array => encoder.encode(text)

/** A body that a client without a network has sent: it does not come in pieces. */
export const sentBody = (body: ObsTestService.Body): Uint8Array => {
  if (!(body instanceof Uint8Array)) throw new Error("The body comes in pieces.")
  return body
}

/** -1, 0 or 1, as one comes before, beside or behind the other. */
export const compareBytes = (one: Uint8Array, other: Uint8Array): number => {
  const at = one.findIndex((byte, i) => byte !== other[i])
  return Math.sign(at === -1 ? one.length - other.length : (one[at] ?? 0) - (other[at] ?? -1))
}

export const joined = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  const out = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0))
  let at = 0
  for (const chunk of chunks) {
    out.set(chunk, at)
    at += chunk.length
  }
  return out
}
