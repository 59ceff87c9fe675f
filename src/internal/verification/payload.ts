/**
 * The body of a request, as it arrives: which of its bytes count, and whether they are those that were signed.
 */
import { sha256, sha256Stream } from "../digest.js"
import { Chunks } from "./chunked.js"
import type { Refusal } from "./refusal.js"
import { isRefusal, refusal } from "./refusal.js"
import type { SignChunk } from "./signed.js"

/** Takes the bytes of a body one after another, and returns those that count. */
export interface PayloadReader {
  readonly take: (bytes: Uint8Array) => ReadonlyArray<Uint8Array> | Refusal
  /** What is wrong with a body that ends here. */
  readonly end: () => Refusal | undefined
}

/** What a request says of its body. */
export interface Payload {
  /** The value of `x-amz-content-sha256`, where it is looked at. */
  readonly hash: string | undefined
  /** How long the body is without its chunks, in bytes, as it is written. */
  readonly decodedLength: string | undefined
  /** Signs the chunks, where they have to be signed. */
  readonly signChunk: SignChunk | undefined
}

const asItIs: PayloadReader = { take: (bytes) => [bytes], end: () => undefined }

const otherHash = (said: string, computed?: string): Refusal =>
  refusal("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.", {
    ClientComputedContentSHA256: said,
    ...(computed === undefined ? undefined : { S3ComputedContentSHA256: computed })
  })

const hashed = (hash: string): PayloadReader => {
  const digest = sha256Stream()
  return {
    take: (bytes) => {
      digest.update(bytes)
      return [bytes]
    },
    end: () => {
      const computed = digest.hex()
      return computed === hash.toLowerCase() ? undefined : otherHash(hash, computed)
    }
  }
}

const incomplete = (): Refusal =>
  refusal("IncompleteBody", "The request body terminated unexpectedly or is not in the chunks that it says.")

const mismatch = (): Refusal =>
  refusal("SignatureDoesNotMatch", "The signature of a chunk does not match the signature you provided.")

const noBytes = /*#__PURE__*/ sha256("")

/** Each chunk is signed with the signature of the one before. */
const chunked = ({ decodedLength, signChunk }: Payload, hasTrailer: boolean): PayloadReader => {
  const chunks = new Chunks(
    signChunk === undefined
      ? () => true
      : ({ digest, signature }) => signChunk("PAYLOAD", [noBytes, digest]) === signature
  )
  let size = 0
  return {
    take: (bytes) => {
      const data = chunks.take(bytes)
      if (data === "Malformed") return incomplete()
      if (data === "Unsigned") return mismatch()
      for (const piece of data) size += piece.length
      return data
    },
    end: () => {
      if (!chunks.isComplete || (decodedLength !== undefined && decodedLength !== String(size))) return incomplete()
      if (!hasTrailer || signChunk === undefined) return undefined
      const name = "x-amz-trailer-signature"
      const text = chunks.trailers
        .filter(([other]) => other !== name)
        .map(([other, value]) => `${other}:${value}\n`)
        .join("")
      const signature = chunks.trailers.find(([other]) => other === name)?.[1]
      return signChunk("TRAILER", [sha256(text)]) === signature ? undefined : mismatch()
    }
  }
}

const streaming = /^STREAMING-(?:AWS4-HMAC-SHA256-PAYLOAD|UNSIGNED-PAYLOAD)(-TRAILER)?$/

/** Whether a body comes in chunks. */
export const isChunked = (hash: string | undefined): boolean => streaming.test(hash ?? "")

/** How a service takes bodies in chunks: as what they mean, or as OBS does, which keeps them as they are sent. */
export type Chunking = "decoded" | "kept"

/** Makes what reads a body; a refusal where it is refused before it is read. */
export const payloadReader = (payload: Payload, chunking: Chunking): PayloadReader | Refusal => {
  const { hash, signChunk } = payload
  const [, trailer] = streaming.exec(hash ?? "") ?? []
  if (isChunked(hash)) {
    if (chunking === "decoded") return chunked(payload, trailer !== undefined && signChunk !== undefined)
    return trailer === undefined ? asItIs : otherHash(hash ?? "")
  }
  return hash === undefined || hash === "UNSIGNED-PAYLOAD" ? asItIs : hashed(hash)
}

/** Reads a body that has arrived. */
export const readWhole = (reader: PayloadReader, body: Uint8Array): ReadonlyArray<Uint8Array> | Refusal => {
  const data = reader.take(body)
  return isRefusal(data) ? data : (reader.end() ?? data)
}
