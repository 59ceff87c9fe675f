/**
 * Reads how long a response asks to wait before the next attempt.
 */
import * as Duration from "effect/Duration"
import type { Elements } from "./document.js"

const isCount = (text: string): boolean => /^\d+(\.\d+)?$/.test(text)

// An HTTP date; Date.parse accepts much more
const isDate = (text: string): boolean => /^[a-z]{3}, \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d GMT$/i.test(text)

/** A date in milliseconds; undefined if it is invalid. */
export const parseDate = (text: string | undefined): number | undefined => {
  const time = text !== undefined && isDate(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** When a response was made, by its own header or else the time of receipt; undefined if unknown. */
export interface AnsweredAt {
  readonly date: string | undefined
  readonly receivedAt: number | undefined
}

/** `Retry-After` in milliseconds: seconds, or a date relative to the date of the response. */
const ofRetryAfter = (text: string, { date, receivedAt }: AnsweredAt): number | undefined => {
  if (isCount(text)) return Number(text) * 1000
  const until = parseDate(text)
  const madeAt = until === undefined ? undefined : (parseDate(date) ?? receivedAt)
  return until === undefined || madeAt === undefined ? undefined : Math.max(0, until - madeAt)
}

/** `x-obs-qos-delay-time` in milliseconds. */
const ofDelayTime = (text: string): number | undefined => (isCount(text) ? Number(text) : undefined)

/** The elements that ask for a wait. An element of a header has the header's name if the body has one too. */
const readers = [
  ["RetryAfter", ofRetryAfter],
  ["HeaderRetryAfter", ofRetryAfter],
  ["QosDelayTime", ofDelayTime],
  ["HeaderQosDelayTime", ofDelayTime]
] as const

/** Removes the wait from the elements and returns the longest; invalid ones are left. */
export const takeRetryAfter = (elements: Elements, answeredAt: AnsweredAt): Duration.Duration | undefined => {
  if (!elements.has("RetryAfter") && !elements.has("QosDelayTime")) return undefined
  let longest: number | undefined
  for (const [name, parse] of readers) {
    const text = elements.get(name)
    const millis = text === undefined ? undefined : parse(text, answeredAt)
    if (millis === undefined) continue
    elements.delete(name)
    longest = Math.max(longest ?? 0, Math.min(millis, Number.MAX_SAFE_INTEGER))
  }
  return longest === undefined ? undefined : Duration.millis(longest)
}
