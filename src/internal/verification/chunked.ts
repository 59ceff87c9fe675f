/**
 * Bodies in chunks, as version 4 of AWS sends them: `aws-chunked`.
 */
import { textOf } from "./arrived.js"

export interface Chunk {
  readonly data: Uint8Array
  readonly signature: string | undefined
}

/** What a body in chunks is made of; the last chunk is empty. */
export interface Chunked {
  readonly chunks: ReadonlyArray<Chunk>
  readonly trailers: ReadonlyArray<readonly [name: string, value: string]>
}

const maxLine = 8192

/** The line at a place, and where the next begins. */
const lineAt = (body: Uint8Array, start: number): readonly [line: string, next: number] | undefined => {
  const end = body.subarray(start, start + maxLine).indexOf(0x0a)
  if (end === -1) return undefined
  return [textOf(body.subarray(start, start + end)).replace(/\r$/, ""), start + end + 1]
}

const head = /^([\da-f]{1,8})(?:;chunk-signature=([\da-f]{64}))?$/i

const trailersOf = (body: Uint8Array, start: number): Chunked["trailers"] => {
  const trailers: Array<readonly [string, string]> = []
  for (let line = lineAt(body, start); line !== undefined; line = lineAt(body, line[1])) {
    const at = line[0].indexOf(":")
    if (at > 0) trailers.push([line[0].slice(0, at).trim().toLowerCase(), line[0].slice(at + 1).trim()])
  }
  return trailers
}

/** Takes a body apart; undefined where it is cut or is none. */
export const chunkedOf = (body: Uint8Array): Chunked | undefined => {
  const chunks: Array<Chunk> = []
  for (let at = 0; ;) {
    const line = lineAt(body, at)
    const [, size, signature] = head.exec(line?.[0] ?? "") ?? []
    if (line === undefined || size === undefined) return undefined
    const start = line[1]
    const end = start + Number.parseInt(size, 16)
    if (end > body.length) return undefined
    chunks.push({ data: body.subarray(start, end), signature })
    if (end === start) return { chunks, trailers: trailersOf(body, end) }
    if (body[end] !== 0x0d || body[end + 1] !== 0x0a) return undefined
    at = end + 2
  }
}
