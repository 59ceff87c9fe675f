/**
 * The bytes of an object: pieces, so that an append copies nothing, and a part of an upload is taken as it is.
 */
import { concat } from "../wire/body.js"

export class Content {
  readonly size: number
  private pieces: ReadonlyArray<Uint8Array>

  constructor(pieces: ReadonlyArray<Uint8Array>) {
    this.pieces = pieces
    this.size = pieces.reduce((size, piece) => size + piece.length, 0)
  }

  /** All bytes, which are joined once. */
  bytes(): Uint8Array {
    const bytes = concat(this.pieces)
    this.pieces = [bytes]
    return bytes
  }

  /** The bytes of a range, whose end is excluded. */
  slice(from: number, to: number): Content {
    const pieces: Array<Uint8Array> = []
    let start = 0
    for (const piece of this.pieces) {
      const part = piece.subarray(Math.max(from - start, 0), Math.max(to - start, 0))
      if (part.length > 0) pieces.push(part)
      start += piece.length
    }
    return new Content(pieces)
  }

  append(bytes: Uint8Array): Content {
    return new Content([...this.pieces, bytes])
  }

  static join(contents: ReadonlyArray<Content>): Content {
    return new Content(contents.flatMap(({ pieces }) => pieces))
  }
}
