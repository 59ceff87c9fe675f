/**
 * What a request says of its signature.
 */
import type { Refusal } from "./refusal.js"

/** The bytes that count, once the signature is found right. */
export type Content = (signature: Verified) => Uint8Array | Refusal

/** A signature that was found right, and the secret that made it. */
export interface Verified {
  readonly secret: string
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
  /** Another text whose signature is right, too. */
  readonly alsoToSign?: string | undefined
  readonly canonicalRequest?: string | undefined
  /** Signs a text with a secret. */
  readonly sign: (secret: string, text: string) => string
  readonly content: Content
}
