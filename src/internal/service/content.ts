/**
 * The bytes of an object: pieces, so that an append copies nothing, and a part of an upload is taken as it is.
 */

/** A range of a file in which a storage keeps bytes; its end is excluded. */
export interface Extent {
  readonly file: number
  readonly from: number
  readonly to: number
}

/** Bytes in memory, or where they are kept. */
export type Piece = Uint8Array | Extent

export const sizeOf = (piece: Piece): number => (piece instanceof Uint8Array ? piece.length : piece.to - piece.from)

const sliceOf = (piece: Piece, from: number, to: number): Piece =>
  piece instanceof Uint8Array
    ? piece.subarray(from, to)
    : { file: piece.file, from: piece.from + from, to: piece.from + Math.min(to, sizeOf(piece)) }

export class Content {
  readonly size: number
  readonly pieces: ReadonlyArray<Piece>

  constructor(pieces: ReadonlyArray<Piece>) {
    this.pieces = pieces
    this.size = pieces.reduce((size, piece) => size + sizeOf(piece), 0)
  }

  /** The bytes of a range, whose end is excluded. */
  slice(from: number, to: number): Content {
    const pieces: Array<Piece> = []
    let start = 0
    for (const piece of this.pieces) {
      const size = sizeOf(piece)
      const [first, last] = [Math.max(from - start, 0), Math.min(to - start, size)]
      if (first < last) pieces.push(sliceOf(piece, first, last))
      start += size
    }
    return new Content(pieces)
  }

  static join(contents: ReadonlyArray<Content>): Content {
    return new Content(contents.flatMap(({ pieces }) => pieces))
  }
}

export const nothing = /*#__PURE__*/ new Content([])
