/**
 * How long an answer asks to wait before the next attempt.
 */
import * as Duration from "effect/Duration"
import type { Elements } from "./document.js"

const isCount = (text: string): boolean => /^\d+(\.\d+)?$/.test(text)

// A date as HTTP writes it; Date.parse takes much more for one
const isDate = (text: string): boolean => /^[a-z]{3}, \d\d [a-z]{3} \d{4} \d\d:\d\d:\d\d GMT$/i.test(text)

/** A date in milliseconds; undefined where it is none. */
export const parseDate = (text: string | undefined): number | undefined => {
  const time = text !== undefined && isDate(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** When an answer was made, by its own header, or else when it was received; both undefined where it is not known. */
export interface AnsweredAt {
  readonly date: string | undefined
  readonly receivedAt: number | undefined
}

/** `Retry-After` in milliseconds: seconds, or a date, which counts from when the answer was made. */
const ofRetryAfter = (text: string, { date, receivedAt }: AnsweredAt): number | undefined => {
  if (isCount(text)) return Number(text) * 1000
  const until = parseDate(text)
  const madeAt = until === undefined ? undefined : (parseDate(date) ?? receivedAt)
  return until === undefined || madeAt === undefined ? undefined : Math.max(0, until - madeAt)
}

/** `x-obs-qos-delay-time` in milliseconds. */
const ofDelayTime = (text: string): number | undefined => (isCount(text) ? Number(text) : undefined)

/** The elements that ask for a wait: those of the headers have the name of the header where the body has one too. */
const readers = [
  ["RetryAfter", ofRetryAfter],
  ["HeaderRetryAfter", ofRetryAfter],
  ["QosDelayTime", ofDelayTime],
  ["HeaderQosDelayTime", ofDelayTime]
] as const

/** Takes the wait out of the elements, the longest where there are several; what cannot be read is left. */
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
