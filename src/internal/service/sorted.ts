/**
 * A map in the order of its keys.
 *
 * The entries lie in chunks of at most 512, so an insertion moves few of them, and a search is two binary searches. That is
 * all a listing needs: to find where it begins, to go on from there, and to skip what is grouped.
 */

export type Compare<K> = (a: K, b: K) => number

interface Chunk<K, V> {
  readonly keys: Array<K>
  readonly values: Array<V>
}

const maxChunk = 512

/** The first of `count` positions that is not before what is sought. */
const search = (count: number, isBefore: (at: number) => boolean): number => {
  let [from, to] = [0, count]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (isBefore(middle)) from = middle + 1
    else to = middle
  }
  return from
}

export class Sorted<K, V> {
  private readonly chunks: Array<Chunk<K, V>> = []
  private readonly compare: Compare<K>
  private count = 0

  constructor(compare: Compare<K>) {
    this.compare = compare
  }

  get size(): number {
    return this.count
  }

  get(key: K): V | undefined {
    const [chunk, at] = this.find((other) => this.compare(other, key) < 0)
    return this.has(chunk, at, key) ? chunk?.values[at] : undefined
  }

  set(key: K, value: V): void {
    const [found, at, index] = this.find((other) => this.compare(other, key) < 0)
    if (found !== undefined && this.has(found, at, key)) {
      found.values[at] = value
      return
    }
    this.count++
    // Behind the last of all, it goes into the last chunk
    const last = this.chunks.at(-1)
    const chunk = found ?? last
    if (chunk === undefined) {
      this.chunks.push({ keys: [key], values: [value] })
      return
    }
    const position = found === undefined ? chunk.keys.length : at
    chunk.keys.splice(position, 0, key)
    chunk.values.splice(position, 0, value)
    if (chunk.keys.length <= maxChunk) return
    // Keys often arrive in their order: then the chunk stays full, and the next one begins
    const isAtEnd = found === undefined
    const half = isAtEnd ? chunk.keys.length - 1 : maxChunk >>> 1
    const next = { keys: chunk.keys.splice(half), values: chunk.values.splice(half) }
    this.chunks.splice((isAtEnd ? this.chunks.length - 1 : index) + 1, 0, next)
  }

  delete(key: K): boolean {
    const [chunk, at, index] = this.find((other) => this.compare(other, key) < 0)
    if (chunk === undefined || !this.has(chunk, at, key)) return false
    this.count--
    chunk.keys.splice(at, 1)
    chunk.values.splice(at, 1)
    if (chunk.keys.length === 0) this.chunks.splice(index, 1)
    return true
  }

  /** The entries from the first one on whose key is not before what is sought; `isBefore` holds for a beginning of the keys. */
  *from(isBefore: (key: K) => boolean): Generator<readonly [key: K, value: V]> {
    let [chunk, at, index] = this.find(isBefore)
    while (chunk !== undefined) {
      for (; at < chunk.keys.length; at++) {
        const [key, value] = [chunk.keys[at], chunk.values[at]]
        if (key !== undefined && value !== undefined) yield [key, value]
      }
      chunk = this.chunks[++index]
      at = 0
    }
  }

  entries(): Generator<readonly [key: K, value: V]> {
    return this.from(() => false)
  }

  /** The first value. */
  first(): V | undefined {
    return this.chunks[0]?.values[0]
  }

  private find(isBefore: (key: K) => boolean): [chunk: Chunk<K, V> | undefined, at: number, index: number] {
    const isKeyBefore = (key: K | undefined) => key !== undefined && isBefore(key)
    const index = search(this.chunks.length, (i) => isKeyBefore(this.chunks[i]?.keys.at(-1)))
    const chunk = this.chunks[index]
    return [chunk, chunk === undefined ? 0 : search(chunk.keys.length, (i) => isKeyBefore(chunk.keys[i])), index]
  }

  private has(chunk: Chunk<K, V> | undefined, at: number, key: K): boolean {
    const found = chunk?.keys[at]
    return found !== undefined && this.compare(found, key) === 0
  }
}
