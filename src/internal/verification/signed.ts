/**
 * What a request says of its signature.
 */
import type { Refusal } from "./refusal.js"

/** The bytes that count, once the signature is found right. */
export type Content = (signature: Verified) => Promise<Uint8Array | Refusal>

/** A signature that was found right, and the key that made it. */
export interface Verified {
  readonly key: Uint8Array<ArrayBuffer>
  readonly signature: string
}

/** A signature that is to be compared, in whichever scheme. */
export interface Presented {
  readonly accessKeyId: string
  /** The element of a response that tells the access key. */
  readonly accessKeyElement: "AccessKeyId" | "AWSAccessKeyId"
  readonly securityToken: string | undefined
  readonly signature: string
  readonly stringToSign: string
  readonly canonicalRequest?: string | undefined
  /** Makes the key of a secret. */
  readonly keyOf: (secret: string) => Promise<Uint8Array<ArrayBuffer>>
  /** Signs a text with the key. */
  readonly sign: (key: Uint8Array<ArrayBuffer>, text: string) => Promise<string>
  readonly content: Content
}
