/**
 * The deletion of objects and of their versions.
 */
import { InvalidRequest, KeyTooLongError } from "../../errors/BadRequest.js"
import { isTooLong } from "./address.js"
import type { Asked, Outcome, Refusal, Reply } from "./asked.js"
import { empty, isRefusal, present } from "./asked.js"
import { answer, container, element, first, groups, plain, read, urlEncoded } from "./documents.js"
import { invalidArgument, malformedXml } from "./refusals.js"
import { deleteFault } from "./retention.js"
import type { Bucket } from "./state.js"

interface Deleted {
  /** The version that was deleted, or the delete marker that was made. */
  readonly versionId: string | undefined
  readonly isMarker: boolean
}

/** Deletes a version for good, or hides a key behind a delete marker where the bucket has versions. */
const deleteOne = (asked: Asked, bucket: Bucket, key: string, versionId: string | undefined): Deleted | Refusal => {
  if (versionId === "") return invalidArgument("versionId", versionId)
  const isFinal = versionId !== undefined || bucket.versioning === undefined
  if (isFinal) {
    const version = versionId === undefined ? bucket.latest(key) : bucket.find(key, versionId)
    // What is not there need not be deleted
    if (version === undefined) return { versionId, isMarker: false }
    const fault = deleteFault(version, asked.now)
    if (fault !== undefined) return fault
    bucket.remove(key, version)
    return { versionId, isMarker: version.stored === undefined }
  }
  const { id } = bucket.add(key, { owner: asked.who, at: asked.now, stored: undefined })
  return { versionId: id, isMarker: true }
}

export const deleteObject = (asked: Asked, bucket: Bucket): Outcome => {
  const deleted = deleteOne(asked, bucket, asked.key, asked.query.get("versionId") ?? undefined)
  if (isRefusal(deleted)) return deleted
  return empty(
    204,
    present({
      "x-obs-version-id": deleted.versionId,
      "x-obs-delete-marker": deleted.isMarker ? "true" : undefined
    })
  )
}

const maxObjects = 1000

/** Deletes what a document lists, and tells of each. */
export const deleteObjects = (asked: Asked, bucket: Bucket): Reply | Refusal => {
  const { document: body, headers, settings } = asked
  if (headers["content-md5"] === undefined && settings.requireContentMd5) {
    return new InvalidRequest({ message: "Missing required header for this request: Content-MD5" })
  }
  // The white space of a key is a part of it
  const elements = read(body, ["Delete"], ["Key"])
  const objects = groups(elements ?? [], "Object")
  const keys = objects.map((object) => object.get("Key") ?? "")
  if (elements === undefined || keys.length === 0 || keys.length > maxObjects || keys.includes("")) {
    return malformedXml()
  }
  const encoding = first(elements, "EncodingType") === "url" ? urlEncoded : plain
  const isQuiet = first(elements, "Quiet")?.toLowerCase() === "true"
  const entries = objects.map((object) => {
    const key = encoding.read(object.get("Key") ?? "")
    const asks = object.get("VersionId")
    const deleted = isTooLong(key) ? new KeyTooLongError() : deleteOne(asked, bucket, key, asks)
    const what = encoding.write("Key", key) + element("VersionId", asks)
    if (isRefusal(deleted)) {
      const { _tag: code, message } = deleted._tag === "Refused" ? deleted.failure : deleted
      return container("Error", what, element("Code", code), element("Message", message))
    }
    if (isQuiet) return ""
    return container(
      "Deleted",
      what,
      ...(deleted.isMarker ? [element("DeleteMarker", true), element("DeleteMarkerVersionId", deleted.versionId)] : [])
    )
  })
  return answer(asked, "DeleteResult", encoding.note, ...entries)
}
