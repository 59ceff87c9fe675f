/**
 * Until when versions cannot be deleted.
 */
import { InvalidRequest, MalformedObjectLockError } from "../../errors/BadRequest.js"
import { AccessDenied } from "../../errors/Forbidden.js"
import type { Elements } from "./documents.js"
import { first, read } from "./documents.js"
import { invalidArgument, malformedXml } from "./refusals.js"
import type { Bucket, Version } from "./state.js"

const day = 24 * 60 * 60 * 1000

// As long as the documents let it be
const units = [
  { name: "Days", days: 1, max: 36_500 },
  { name: "Years", days: 365, max: 100 }
] as const

const valueOf = (elements: Elements, unit: string) => first(elements, `Rule/DefaultRetention/${unit}`)

/** What is wrong with the retention that a document gives to what is written into a bucket. */
export const defaultRetentionFault = (elements: Elements) => {
  for (const { max, name } of units) {
    const value = valueOf(elements, name)
    if (value === undefined) continue
    if (!/^-?\d+$/.test(value)) return malformedXml()
    if (!(Number(value) >= 1 && Number(value) <= max)) {
      return invalidArgument(name, value.slice(0, 20), `The retention has to be of 1 to ${String(max)} ${name}.`)
    }
  }
  return undefined
}

/** The end of the retention that a bucket gives to what is written now. */
export const defaultRetention = (bucket: Bucket, now: number): number | undefined => {
  const document = bucket.documents.get("object-lock")
  const elements = document === undefined ? undefined : read(document, ["ObjectLockConfiguration"])
  // A bucket may have been kept since nothing was wrong with any
  if (elements === undefined || defaultRetentionFault(elements) !== undefined) return undefined
  const days = units.reduce((sum, { days, name }) => sum + days * Number(valueOf(elements, name) ?? 0), 0)
  return days > 0 ? now + days * day : undefined
}

// The last one that is a date
const maxTime = 8.64e15

/** The retention that a document gives to a version that may have one already. */
export const retentionOfDocument = (body: Uint8Array, bucket: Bucket, now: number, before: number | undefined) => {
  if (!bucket.hasObjectLock) return new InvalidRequest({ message: "The object lock is disabled for the bucket." })
  const elements = read(body, ["Retention"]) ?? []
  const until = first(elements, "RetainUntilDate") ?? ""
  // In milliseconds or as a date
  const retainUntil = /^\d+$/.test(until) ? Number(until) : Date.parse(until)
  if (first(elements, "Mode") !== "COMPLIANCE" || !(retainUntil <= maxTime)) return new MalformedObjectLockError()
  return retainUntil > Math.max(now, before ?? 0)
    ? { retainUntil }
    : new InvalidRequest({
        message: "The retention period date must be later than the current or the configured date."
      })
}

/** What keeps a version from being deleted. */
export const deleteFault = ({ stored }: Version, now: number) =>
  (stored?.retainUntil ?? 0) > now
    ? new AccessDenied({ message: "The object you specified is immutable and cannot be deleted." })
    : undefined
