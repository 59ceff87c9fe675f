/**
 * The conditions of requests: `If-Match` and its like.
 */
import { NotModified } from "../../errors/NotModified.js"
import { PreconditionFailed } from "../../errors/PreconditionFailed.js"
import type { Unread } from "./asked.js"
import { own, refused } from "./asked.js"
import { httpTime } from "./documents.js"
import type { Stored, Version } from "./state.js"

interface Tagged {
  readonly etag: string
  readonly at: number
}

const bare = (tag: string): string => tag.trim().replace(/^W\//, "").replaceAll('"', "")

const names = (header: string, etag: string): boolean =>
  header.split(",").some((tag) => tag.trim() === "*" || bare(tag) === etag)

/** A time in whole seconds; undefined where it is none, which is then no condition. */
const secondsOf = (header: string | undefined): number | undefined => {
  const millis = header === undefined ? Number.NaN : Date.parse(header)
  return Number.isNaN(millis) ? undefined : Math.floor(millis / 1000)
}

interface Conditions {
  readonly match: string | undefined
  readonly noneMatch: string | undefined
  readonly modifiedSince: string | undefined
  readonly unmodifiedSince: string | undefined
}

type Unmet = "Match" | "None-Match" | "Modified-Since" | "Unmodified-Since"

/** The condition that does not hold. A tag counts more than a time. */
const unmet = (conditions: Conditions, { at, etag }: Tagged): Unmet | undefined => {
  const { match, modifiedSince, noneMatch, unmodifiedSince } = conditions
  const seconds = Math.floor(at / 1000)
  if (match !== undefined && !names(match, etag)) return "Match"
  if (match === undefined && seconds > (secondsOf(unmodifiedSince) ?? Number.POSITIVE_INFINITY)) {
    return "Unmodified-Since"
  }
  if (noneMatch !== undefined && names(noneMatch, etag)) return "None-Match"
  if (noneMatch === undefined && seconds <= (secondsOf(modifiedSince) ?? Number.NEGATIVE_INFINITY)) {
    return "Modified-Since"
  }
  return undefined
}

/** What keeps an object from being read. */
export const readFault = ({ headers }: Unread, { at }: Version, { etag }: Stored) => {
  const condition = unmet(
    {
      match: headers["if-match"],
      noneMatch: headers["if-none-match"],
      modifiedSince: headers["if-modified-since"],
      unmodifiedSince: headers["if-unmodified-since"]
    },
    { at, etag }
  )
  if (condition === undefined) return undefined
  return condition === "Match" || condition === "Unmodified-Since"
    ? new PreconditionFailed({ condition: `If-${condition}` })
    : refused(new NotModified(), { etag: `"${etag}"`, "last-modified": httpTime(at) })
}

/** What keeps an object from being copied. */
export const copyFault = (asked: Unread, { at }: Version, { etag }: Stored) => {
  const of = (name: string) => own(asked, `copy-source-if-${name}`)
  const condition = unmet(
    {
      match: of("match"),
      noneMatch: of("none-match"),
      modifiedSince: of("modified-since"),
      unmodifiedSince: of("unmodified-since")
    },
    { at, etag }
  )
  return condition === undefined
    ? undefined
    : new PreconditionFailed({ condition: `x-${asked.dialect}-copy-source-If-${condition}` })
}

/** What keeps an object from being written where there is, or is not, one already. */
export const writeFault = ({ headers }: Pick<Unread, "headers">, current: Stored | undefined) => {
  const [match, noneMatch] = [headers["if-match"], headers["if-none-match"]]
  if (noneMatch !== undefined && current !== undefined && names(noneMatch, current.etag)) {
    return new PreconditionFailed({ condition: "If-None-Match" })
  }
  if (match !== undefined && (current === undefined || !names(match, current.etag))) {
    return new PreconditionFailed({ condition: "If-Match" })
  }
  return undefined
}
