/**
 * What a request says of its signature.
 */

/** Signs what a chunk of a body is: its hashes, and the signature of the chunk before. */
export type SignChunk = (kind: "PAYLOAD" | "TRAILER", hashes: ReadonlyArray<string>) => string

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
  /** Whether a header is signed that is of one dialect or the other, by its name in lower case. */
  readonly signs: (header: string) => boolean
  /** Signs a text with a secret. */
  readonly sign: (secret: string, text: string) => string
  /** What is signed of the body: the value of `x-amz-content-sha256`, where the scheme has one. */
  readonly hash: string | undefined
  /** Makes what signs the chunks of a body, where they are signed. */
  readonly signChunks: ((verified: Verified) => SignChunk) | undefined
}
