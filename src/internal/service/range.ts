/**
 * The part of an object that a request asks for.
 */
import { InvalidRange } from "../../errors/RangeNotSatisfiable.js"
import type { Refused } from "./asked.js"
import { refused } from "./asked.js"

/** From the first byte to the last one, which is included. */
export type Range = readonly [from: number, to: number]

/** The range of a header; undefined where that is none, and the whole object is meant. */
export const rangeOf = (header: string | undefined, size: number): Range | Refused | undefined => {
  const [, start = "", end = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? []
  if (start === "" && end === "") return undefined
  const [from, to] = start === "" ? [Math.max(size - Number(end), 0), size - 1] : [Number(start), lastOf(end, size)]
  if (start !== "" && end !== "" && Number(end) < from) return undefined
  return from < size
    ? [from, to]
    : refused(new InvalidRange({ details: { RangeRequested: header ?? "", ActualObjectSize: String(size) } }), {
        "content-range": `bytes */${String(size)}`
      })
}

const lastOf = (end: string, size: number): number => (end === "" ? size - 1 : Math.min(Number(end), size - 1))
