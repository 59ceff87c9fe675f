/**
 * Digests by Web Crypto.
 */
import { bytesOf } from "./arrived.js"

type Bytes = Uint8Array<ArrayBuffer>

export const hmac = async (hash: "SHA-1" | "SHA-256", key: Bytes, text: string): Promise<Bytes> => {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash }, false, ["sign"])
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytesOf(text)))
}

export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

export const sha256 = async (data: string | Uint8Array): Promise<string> =>
  hex(new Uint8Array(await crypto.subtle.digest("SHA-256", typeof data === "string" ? bytesOf(data) : data.slice())))

export const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
