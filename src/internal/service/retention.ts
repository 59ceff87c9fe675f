/**
 * Until when versions cannot be deleted.
 */
import { InvalidRequest, MalformedObjectLockError } from "../../errors/BadRequest.js"
import { AccessDenied } from "../../errors/Forbidden.js"
import { first, read } from "./documents.js"
import type { Bucket, Version } from "./state.js"

const day = 24 * 60 * 60 * 1000

/** The end of the retention that a bucket gives to what is written now. */
export const defaultRetention = (bucket: Bucket, now: number): number | undefined => {
  const document = bucket.documents.get("object-lock")
  const elements = document === undefined ? undefined : read(document, ["ObjectLockConfiguration"])
  if (elements === undefined) return undefined
  const of = (unit: string) => Number(first(elements, `Rule/DefaultRetention/${unit}`) ?? 0)
  const days = of("Days") + 365 * of("Years")
  return days > 0 ? now + days * day : undefined
}

/** The retention that a document gives to a version that may have one already. */
export const retentionOfDocument = (body: Uint8Array, bucket: Bucket, now: number, before: number | undefined) => {
  if (!bucket.hasObjectLock) return new InvalidRequest({ message: "The object lock is disabled for the bucket." })
  const elements = read(body, ["Retention"]) ?? []
  const until = first(elements, "RetainUntilDate") ?? ""
  // In milliseconds or as a date
  const retainUntil = /^\d+$/.test(until) ? Number(until) : Date.parse(until)
  if (first(elements, "Mode") !== "COMPLIANCE" || Number.isNaN(retainUntil)) return new MalformedObjectLockError()
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
