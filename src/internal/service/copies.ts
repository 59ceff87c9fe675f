/**
 * Copies of objects, and of parts of them.
 */
import { InvalidRequest } from "../../errors/BadRequest.js"
import { InvalidObjectState } from "../../errors/Forbidden.js"
import { decodedPath, splitAtSlash } from "./address.js"
import type { Asked, Outcome, Refusal, Unread } from "./asked.js"
import { isRefusal, own } from "./asked.js"
import { attributesOf, versionHeaders } from "./attributes.js"
import { copyFault, writeFault } from "./conditions.js"
import { document, element, isoTime, xml } from "./documents.js"
import { encryptionHeaders, keyFault } from "./encryption.js"
import type { Found } from "./objects.js"
import { current, findVersion, isFrozen, quotaFault } from "./objects.js"
import { invalidArgument, noSuchBucket, noSuchKey } from "./refusals.js"
import type { Bucket, State, Stored } from "./state.js"

export const isCopy = (asked: Unread): boolean => own(asked, "copy-source") !== undefined

interface Source extends Found {
  readonly bucket: Bucket
  readonly key: string
  /** The version that is named. */
  readonly versionId: string | null
}

/** The names in the header of a copy; undefined where they are none. */
export const sourceNames = (asked: Unread) => {
  const header = own(asked, "copy-source") ?? ""
  const [, path = header, versionId = null] = /^(.*)\?versionId=(.*)$/s.exec(header) ?? []
  const decoded = decodedPath(path)?.replace(/^\//, "")
  const [bucket, key] = splitAtSlash(decoded ?? "")
  return bucket === "" || key === "" ? undefined : { bucket, key, versionId }
}

/** What a request copies, if nothing is wrong with that. */
export const sourceOf = (asked: Unread, state: State): Source | Refusal => {
  const names = sourceNames(asked)
  if (names === undefined) return invalidArgument("x-obs-copy-source", own(asked, "copy-source"))
  const { key, versionId } = names
  const bucket = state.buckets.get(names.bucket)
  if (bucket === undefined) return noSuchBucket(names.bucket)
  const found = findVersion(bucket, key, versionId)
  if (isRefusal(found)) {
    if (found._tag !== "Refused") return found
    return versionId === null
      ? noSuchKey(key)
      : new InvalidRequest({
          message: "The source of a copy request may not specifically refer to a delete marker by version id."
        })
  }
  const { stored, version } = found
  if (isFrozen(stored, asked.now)) {
    return new InvalidObjectState({ message: "Operation is not valid for the source object's storage class" })
  }
  const fault = keyFault(asked, stored.encryption, "copy-source-") ?? copyFault(asked, version, stored)
  return fault ?? { ...found, bucket, key, versionId }
}

const directives = ["COPY", "REPLACE"]

/** A directive about metadata or tags: whether those of the request replace those of the source. */
const replaces = (asked: Asked, what: "metadata" | "tagging") => {
  const directive = own(asked, `${what}-directive`) ?? "COPY"
  return directives.includes(directive)
    ? { isReplaced: directive === "REPLACE" }
    : invalidArgument(`x-${asked.dialect}-${what}-directive`, directive)
}

export const copy = (asked: Asked, bucket: Bucket, state: State): Outcome => {
  const { dialect, key, now, who } = asked
  const [metadata, tags] = [replaces(asked, "metadata"), replaces(asked, "tagging")]
  if (isRefusal(metadata)) return metadata
  if (isRefusal(tags)) return tags
  const source = sourceOf(asked, state)
  if (isRefusal(source)) return source
  const given = attributesOf(asked, bucket)
  if (isRefusal(given)) return given
  const { attributes } = given
  const { etag, content, headers, meta, storageClass, encryption } = source.stored
  const isItself = source.bucket === bucket && source.key === key && source.versionId === null
  const isUnchanged =
    !metadata.isReplaced &&
    !tags.isReplaced &&
    attributes.storageClass === storageClass &&
    attributes.encryption === undefined &&
    encryption === undefined
  if (isItself && isUnchanged) {
    return new InvalidRequest({
      message: "A copy of an object to itself has to change it: its metadata, its tags, or its storage class."
    })
  }
  const fault = writeFault(asked, current(bucket, key)) ?? quotaFault(bucket, content.size)
  if (fault !== undefined) return fault
  const stored: Stored = {
    ...attributes,
    ...(metadata.isReplaced ? undefined : { headers, meta }),
    ...(tags.isReplaced ? undefined : { tags: source.stored.tags }),
    content,
    etag,
    appends: undefined,
    uploadId: undefined,
    restored: undefined
  }
  const version = bucket.add(key, { owner: who, at: now, stored })
  return xml(
    document(dialect, "CopyObjectResult", element("LastModified", isoTime(now)), element("ETag", `"${etag}"`)),
    {
      ...versionHeaders(bucket, version),
      ...(source.bucket.versioning === undefined ? undefined : { "x-obs-copy-source-version-id": source.version.id }),
      ...encryptionHeaders(stored.encryption)
    }
  )
}
