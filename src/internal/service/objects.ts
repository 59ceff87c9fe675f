/**
 * Objects: how they are written, read, changed and appended to.
 */
import { InvalidRequest } from "../../errors/BadRequest.js"
import { ObjectNotAppendable, PositionNotEqualToLength } from "../../errors/Conflict.js"
import { InsufficientStorageSpace, InvalidObjectState } from "../../errors/Forbidden.js"
import { MethodNotAllowed } from "../../errors/MethodNotAllowed.js"
import { NoSuchKey, NoSuchTagSet } from "../../errors/NotFound.js"
import { aclOf, defaultAcl } from "./acl.js"
import type { Asked, Outcome, Refusal } from "./asked.js"
import { empty, isRefusal, own, refused } from "./asked.js"
import {
  attributesOf,
  describe,
  headersOf,
  metaFault,
  redirectFault,
  metaOf,
  storageClassAsked,
  versionHeaders,
  standard
} from "./attributes.js"
import { readFault, writeFault } from "./conditions.js"
import { Content } from "./content.js"
import { appendedTag } from "./digest.js"
import { httpTime, xml } from "./documents.js"
import { encryptionHeaders, keyFault } from "./encryption.js"
import { rangeOf } from "./range.js"
import { invalidArgument, noSuchKey, noSuchVersion } from "./refusals.js"
import { retentionOfDocument } from "./retention.js"
import type { Bucket, Stored, Version } from "./state.js"
import { isArchive } from "./storageClass.js"
import { objectTags, taggingDocument } from "./tags.js"

/** A version that is no delete marker. */
export interface Found {
  readonly version: Version
  readonly stored: Stored
}

/** The latest version of a key, or the one of an id. */
export const findVersion = (bucket: Bucket, key: string, id: string | null): Found | Refusal => {
  if (id === "") return invalidArgument("versionId", id)
  const version = id === null ? bucket.latest(key) : bucket.find(key, id)
  if (version === undefined) return id === null ? noSuchKey(key) : noSuchVersion(key, id)
  const { at, stored } = version
  if (stored !== undefined) return { version, stored }
  const headers = { "x-obs-version-id": version.id, "last-modified": httpTime(at) }
  return id === null
    ? refused(new NoSuchKey({ key, deleteMarker: true }), headers)
    : refused(new MethodNotAllowed({ deleteMarker: true }), { ...headers, allow: "DELETE" })
}

export const find = (asked: Asked, bucket: Bucket): Found | Refusal =>
  findVersion(bucket, asked.key, asked.query.get("versionId"))

/** What is stored as the latest version of a key. */
export const current = (bucket: Bucket, key: string): Stored | undefined => bucket.latest(key)?.stored

/** Whether an object has to be restored before it is read. */
export const isFrozen = ({ restored, storageClass }: Stored, now: number): boolean =>
  isArchive(storageClass) && (restored === undefined || now < restored.from || now >= restored.to)

/** What keeps a bucket from taking more bytes. */
export const quotaFault = ({ quota, size }: Bucket, more: number) =>
  quota > 0 && size + more > quota
    ? new InsufficientStorageSpace({ message: "Bucket storage space is not enough." })
    : undefined

const plain = { appends: undefined, restored: undefined, uploadId: undefined }

/** Writes an object, if nothing is wrong with the request. */
export const write = (asked: Asked, bucket: Bucket): Found | Refusal => {
  const given = attributesOf(asked, bucket)
  if (isRefusal(given)) return given
  const fault = writeFault(asked, current(bucket, asked.key)) ?? quotaFault(bucket, asked.content.size)
  if (fault !== undefined) return fault
  const stored = { ...given.attributes, ...plain, content: asked.content, etag: asked.md5 }
  return { version: bucket.add(asked.key, { owner: asked.who, at: asked.now, stored }), stored }
}

export const put = (asked: Asked, bucket: Bucket): Outcome => {
  const written = write(asked, bucket)
  if (isRefusal(written)) return written
  const { stored, version } = written
  return empty(200, {
    etag: `"${stored.etag}"`,
    ...versionHeaders(bucket, version),
    ...encryptionHeaders(stored.encryption)
  })
}

export const get = (asked: Asked, bucket: Bucket): Outcome => {
  const { dialect, headers, method, now, query } = asked
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const fault = keyFault(asked, stored.encryption)
  if (fault !== undefined) return fault
  if (method === "GET" && isFrozen(stored, now)) return new InvalidObjectState()
  const unread = readFault(asked, version, stored)
  if (unread !== undefined) return unread
  const { content } = stored
  const range = rangeOf(headers["range"], content.size)
  if (range !== undefined && isRefusal(range)) return range
  const given = new Map(Object.entries(describe(bucket, version, stored, now, dialect)))
  for (const name of standard) {
    const value = query.get(`response-${name}`)
    if (value !== null) given.set(name, value)
  }
  if (range === undefined) {
    given.set("content-length", String(content.size))
    return { status: 200, headers: Object.fromEntries(given), body: content }
  }
  const [from, to] = range
  given.set("content-length", String(to + 1 - from))
  given.set("content-range", `bytes ${String(from)}-${String(to)}/${String(content.size)}`)
  return { status: 206, headers: Object.fromEntries(given), body: content.slice(from, to + 1) }
}

const maxAppends = 10_000

export const append = (asked: Asked, bucket: Bucket): Outcome => {
  const { key, md5, now, query, who } = asked
  const position = query.get("position")
  if (position === null || !/^\d{1,15}$/.test(position)) return invalidArgument("position", position)
  if (bucket.isFileSystem) return new ObjectNotAppendable()
  const latest = bucket.latest(key)
  const stored = latest?.stored
  if (stored?.appends === undefined && stored !== undefined) return new ObjectNotAppendable()
  if (stored !== undefined && (isArchive(stored.storageClass) || (stored.appends ?? 0) >= maxAppends)) {
    return new ObjectNotAppendable()
  }
  if (Number(position) !== (stored?.content.size ?? 0)) return new PositionNotEqualToLength()
  const given = stored === undefined ? attributesOf(asked, bucket) : { attributes: stored }
  if (isRefusal(given)) return given
  const fault =
    (stored === undefined ? undefined : keyFault(asked, stored.encryption)) ?? quotaFault(bucket, asked.content.size)
  if (fault !== undefined) return fault
  const appends = (stored?.appends ?? 0) + 1
  const next: Stored = {
    ...given.attributes,
    ...plain,
    content: stored === undefined ? asked.content : Content.join([stored.content, asked.content]),
    etag: stored === undefined ? md5 : appendedTag(stored.etag, md5, appends),
    appends
  }
  // The version grows: an append makes no other one
  if (latest === undefined || stored === undefined) bucket.add(key, { owner: who, at: now, stored: next })
  else bucket.change(key, { ...latest, at: now }, next)
  return empty(200, {
    etag: `"${next.etag}"`,
    "x-obs-next-append-position": String(next.content.size),
    ...encryptionHeaders(next.encryption)
  })
}

/** Changes the metadata of an object. */
export const setMetadata = (asked: Asked, bucket: Bucket): Outcome => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const directive = own(asked, "metadata-directive")
  if (directive !== "REPLACE" && directive !== "REPLACE_NEW") {
    return invalidArgument(`x-${asked.dialect}-metadata-directive`, directive)
  }
  const isNew = directive === "REPLACE_NEW"
  const storage = storageClassAsked(asked, stored.storageClass)
  if (isRefusal(storage)) return storage
  const { storageClass } = storage
  if (storageClass !== stored.storageClass && !isNew) {
    return new InvalidRequest({ message: "REPLACE does not change the storage class: REPLACE_NEW does." })
  }
  const [headers, meta] = [headersOf(asked), metaOf(asked)]
  const fault = metaFault(meta) ?? redirectFault(asked)
  if (fault !== undefined) return fault
  const changed = {
    ...stored,
    storageClass,
    restored: storageClass === stored.storageClass ? stored.restored : undefined,
    headers: isNew ? { ...stored.headers, ...headers } : headers,
    meta
  }
  bucket.change(asked.key, version, changed)
  return empty(200, {
    ...describe(bucket, version, changed, asked.now, asked.dialect),
    "x-obs-metadata-directive": directive
  })
}

/** The access control list of an object. */
export const acl = (asked: Asked, bucket: Bucket): Outcome => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const headers = versionHeaders(bucket, version)
  if (asked.method === "GET") return xml(stored.acl ?? defaultAcl(asked.dialect, version.owner), headers)
  const list = aclOf(asked, version.owner, bucket.owner)
  if (isRefusal(list)) return list
  bucket.change(asked.key, version, { ...stored, acl: list.acl })
  return empty(200, headers)
}

/** The tags of an object. */
export const tagging = (asked: Asked, bucket: Bucket): Outcome => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const headers = versionHeaders(bucket, version)
  switch (asked.method) {
    case "GET":
      return stored.tags.length === 0 ? new NoSuchTagSet() : xml(taggingDocument(asked.dialect, stored.tags), headers)
    case "PUT": {
      const tags = objectTags(asked.document)
      if (isRefusal(tags)) return tags
      bucket.change(asked.key, version, { ...stored, tags })
      return empty(200, headers)
    }
    default:
      bucket.change(asked.key, version, { ...stored, tags: [] })
      return empty(204, headers)
  }
}

/** Sets until when a version cannot be deleted. */
export const retention = (asked: Asked, bucket: Bucket): Outcome => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const retention = retentionOfDocument(asked.document, bucket, asked.now, stored.retainUntil)
  if (isRefusal(retention)) return retention
  bucket.change(asked.key, version, { ...stored, ...retention })
  return empty(200, versionHeaders(bucket, version))
}
