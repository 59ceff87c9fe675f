/**
 * Bodies in chunks, as version 4 of AWS sends them: `aws-chunked`.
 */
import type { Digest } from "../digest.js"
import { sha256Stream } from "../digest.js"
import { concat } from "../wire/body.js"
import { textOf } from "./arrived.js"

/** A chunk that has arrived: the hash of its bytes, and what it is signed with. */
export interface Chunk {
  readonly digest: string
  readonly signature: string | undefined
}

const maxLine = 8192

// What follows the last chunk is a checksum and its signature
const maxTrailers = 64
const maxTrailing = 16 * 1024

const head = /^([\da-f]{1,8})(?:;chunk-signature=([\da-f]{64}))?$/i

const newline = 0x0a

/** Takes a body in chunks apart, as it arrives. */
export class Chunks {
  /** What follows the last chunk, by names in lower case. */
  readonly trailers: Array<readonly [name: string, value: string]> = []

  /** How many bytes of it have arrived. */
  private trailing = 0
  private readonly isSigned: (chunk: Chunk) => boolean
  private reads: "Head" | "Data" | "End" | "Trailers" = "Head"
  /** The beginning of a line whose end has not arrived. */
  private line = new Uint8Array()
  /** How many bytes of the chunk have not arrived. */
  private rest = 0
  private digest: Digest = sha256Stream()
  private signature: string | undefined

  constructor(isSigned: (chunk: Chunk) => boolean) {
    this.isSigned = isSigned
  }

  /** Whether the last chunk, which is empty, has arrived. */
  get isComplete(): boolean {
    return this.reads === "Trailers"
  }

  /** The bytes of chunks that are in what arrived; or why they are none, or none of the signer's. */
  take(bytes: Uint8Array): ReadonlyArray<Uint8Array> | "Malformed" | "Unsigned" {
    const data: Array<Uint8Array> = []
    for (let at = 0; at < bytes.length;) {
      if (this.reads === "Data") {
        const piece = bytes.subarray(at, at + this.rest)
        this.digest.update(piece)
        data.push(piece)
        this.rest -= piece.length
        at += piece.length
        if (this.rest > 0) continue
        if (!this.endChunk()) return "Unsigned"
        this.reads = "End"
        continue
      }
      const end = bytes.indexOf(newline, at)
      const piece = bytes.subarray(at, end === -1 ? undefined : end)
      at += piece.length + 1
      if (this.line.length + piece.length > maxLine) return "Malformed"
      this.line = new Uint8Array(concat([this.line, piece]))
      if (end === -1) break
      const line = textOf(this.line).replace(/\r$/, "")
      this.line = new Uint8Array()
      const fault = this.takeLine(line)
      if (fault !== undefined) return fault
    }
    return data
  }

  private takeLine(line: string): "Malformed" | "Unsigned" | undefined {
    switch (this.reads) {
      case "End":
        this.reads = "Head"
        return line === "" ? undefined : "Malformed"
      case "Trailers": {
        this.trailing += line.length + 1
        if (this.trailing > maxTrailing || this.trailers.length === maxTrailers) return "Malformed"
        const at = line.indexOf(":")
        if (at > 0) this.trailers.push([line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()])
        return undefined
      }
      default: {
        const [, size, signature] = head.exec(line) ?? []
        if (size === undefined) return "Malformed"
        this.rest = Number.parseInt(size, 16)
        this.signature = signature
        this.digest = sha256Stream()
        if (this.rest > 0) {
          this.reads = "Data"
          return undefined
        }
        this.reads = "Trailers"
        return this.endChunk() ? undefined : "Unsigned"
      }
    }
  }

  private endChunk(): boolean {
    return this.isSigned({ digest: this.digest.hex(), signature: this.signature })
  }
}
