/**
 * Where the lines of the emulator go: a stream whose reader may be slow, may read nothing, or may be gone.
 */
import type { Writable } from "node:stream"

// Some thousand lines
const maxWaiting = 1024 * 1024

/** Writes a line, unless too much of what was written before waits to be read: false then. */
export const lineTo =
  (stream: Writable) =>
  (line: string): boolean => {
    if (stream.writableLength > maxWaiting) return false
    stream.write(`${line}\n`)
    return true
  }

/** Waits until all is written, or nobody can be expected to read it: not longer than a time in milliseconds. */
export const flushed = (stream: Writable, millis: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, millis)
    stream.write("", () => {
      clearTimeout(timer)
      resolve()
    })
  })
