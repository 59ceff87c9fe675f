/**
 * The restoration of archived objects.
 */
import { MalformedXML } from "../../errors/BadRequest.js"
import { ObjectHasAlreadyRestored, RestoreAlreadyInProgress } from "../../errors/Conflict.js"
import { InvalidObjectState } from "../../errors/Forbidden.js"
import type { Asked, Outcome } from "./asked.js"
import { empty, isRefusal } from "./asked.js"
import { versionHeaders } from "./attributes.js"
import { first, read } from "./documents.js"
import { find } from "./objects.js"
import { invalidArgument } from "./refusals.js"
import type { Bucket } from "./state.js"
import { isArchive, nameOfStorageClass } from "./storageClass.js"

/** How long a restoration takes, in milliseconds. */
const duration = 100

const day = 24 * 60 * 60 * 1000

const tiers = ["Expedited", "Standard", "Bulk"]

/** For how many days an object shall be restored: for one where the request has no document. */
const daysOf = (body: Uint8Array) => {
  if (body.length === 0) return { days: 1 }
  const elements = read(body, ["RestoreRequest"]) ?? []
  const days = first(elements, "Days") ?? ""
  const tier = ["RestoreJob/Tier", "GlacierJobParameters/Tier", "Tier"]
    .map((path) => first(elements, path))
    .find((text) => text !== undefined)
  if (!/^-?\d{1,9}$/.test(days) || (tier !== undefined && !tiers.includes(tier))) return new MalformedXML()
  const number = Number(days)
  return number >= 1 && number <= 30
    ? { days: number }
    : invalidArgument("Days", days, "restoration days should be at least 1 and at most 30")
}

export const restore = (asked: Asked, bucket: Bucket): Outcome => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const { dialect, now } = asked
  if (!isArchive(stored.storageClass)) {
    const cold = nameOfStorageClass("COLD", dialect)
    return new InvalidObjectState({
      message: `Restore is not allowed, as object's storage class is not ${cold} or DEEP_ARCHIVE`
    })
  }
  const asks = daysOf(asked.document)
  if (isRefusal(asks)) return asks
  const { restored } = stored
  if (restored !== undefined && now < restored.from) return new RestoreAlreadyInProgress()
  const headers = versionHeaders(bucket, version)
  if (restored === undefined || now >= restored.to) {
    const from = now + duration
    bucket.change(asked.key, version, { ...stored, restored: { from, to: from + asks.days * day } })
    return empty(202, headers)
  }
  const to = Math.max(restored.from, now) + asks.days * day
  if (to < restored.to) {
    return new ObjectHasAlreadyRestored({
      message: "After restoring an archived object, you cannot shorten the restoration period of the archived object"
    })
  }
  bucket.change(asked.key, version, { ...stored, restored: { from: restored.from, to } })
  return empty(200, headers)
}
