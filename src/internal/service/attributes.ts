/**
 * What a request gives to an object besides its bytes.
 */
import {
  InvalidRedirectLocation,
  InvalidRequest,
  InvalidStorageClass,
  MetadataTooLarge
} from "../../errors/BadRequest.js"
import { aclOfHeaders } from "./acl.js"
import type { Asked, Dialect, Reply } from "./asked.js"
import { isRefusal, own, present } from "./asked.js"
import { httpTime } from "./documents.js"
import { encryptionHeaders, encryptionOf } from "./encryption.js"
import { invalidArgument } from "./refusals.js"
import { defaultRetention } from "./retention.js"
import type { Attributes, Bucket, Stored, Version } from "./state.js"
import { nameOfStorageClass, storageClassOf } from "./storageClass.js"
import { headerTags } from "./tags.js"

/** The headers that an object keeps, and that a request can ask other values of. */
export const standard = [
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-type",
  "expires"
] as const

const redirect = "x-obs-website-redirect-location"

// A body in chunks was one on its way only
const withoutChunks = (encoding: string): string | undefined => {
  const kept = encoding.split(",").filter((coding) => coding.trim().toLowerCase() !== "aws-chunked")
  return kept.length === 0 ? undefined : kept.join(",").trim()
}

// One for all objects that have none
const nothing: Attributes["headers"] = {}

const recordOf = (entries: ReadonlyArray<readonly [name: string, value: string]>): Attributes["headers"] =>
  entries.length === 0 ? nothing : Object.fromEntries(entries)

/** The standard headers of an object, as a request has them. */
export const headersOf = (asked: Pick<Asked, "headers">): Attributes["headers"] => {
  const found: Array<readonly [string, string]> = []
  for (const name of standard) {
    const sent = asked.headers[name]
    const value = name === "content-encoding" && sent !== undefined ? withoutChunks(sent) : sent
    if (value !== undefined) found.push([name, value])
  }
  const location = own(asked, "website-redirect-location")
  if (location !== undefined) found.push([redirect, location])
  return recordOf(found)
}

const metaHeader = /^x-(?:obs|amz)-meta-(.+)$/

/** The headers of an object that are its user's, as a request has them. */
export const metaOf = ({ headers }: Pick<Asked, "headers">): Attributes["meta"] => {
  const found: Array<readonly [string, string]> = []
  for (const [header, value] of Object.entries(headers)) {
    const name = metaHeader.exec(header)?.[1]
    if (name !== undefined && value !== undefined) found.push([name, value])
  }
  return recordOf(found)
}

const maxMeta = 8 * 1024

const sizeOf = (meta: Attributes["meta"]): number =>
  Object.entries(meta).reduce((size, [name, value]) => size + name.length + value.length, 0)

export const metaFault = (meta: Attributes["meta"]) => (sizeOf(meta) > maxMeta ? new MetadataTooLarge() : undefined)

/** The storage class that a request names, or that of its bucket. */
export const storageClassAsked = (asked: Asked, otherwise: string) => {
  const name = own(asked, "storage-class")
  const storageClass = name === undefined ? otherwise : storageClassOf(name)
  return storageClass === undefined
    ? new InvalidStorageClass({ details: { StorageClassRequested: name ?? "" } })
    : { storageClass }
}

/** Where the website of a bucket sends who asks for an object. */
export const redirectFault = (asked: Pick<Asked, "headers">) => {
  const location = own(asked, "website-redirect-location")
  return location === undefined || /^(?:\/|https?:\/\/)/.test(location)
    ? undefined
    : new InvalidRedirectLocation({
        message: "The website redirect location has to begin with '/', 'http://' or 'https://'."
      })
}

const expiresOf = (asked: Asked) => {
  const days = own(asked, "expires")
  if (days === undefined) return { expires: undefined }
  return /^[1-9]\d{0,5}$/.test(days) ? { expires: Number(days) } : invalidArgument(`x-${asked.dialect}-expires`, days)
}

const retentionOf = (asked: Asked, bucket: Bucket) => {
  const [mode, until] = [own(asked, "object-lock-mode"), own(asked, "object-lock-retain-until-date")]
  if (mode === undefined && until === undefined) return { retainUntil: defaultRetention(bucket, asked.now) }
  if (!bucket.hasObjectLock) return new InvalidRequest({ message: "The object lock is disabled for the bucket." })
  const retainUntil = Date.parse(until ?? "")
  if (mode !== "COMPLIANCE") return invalidArgument("x-obs-object-lock-mode", mode)
  return retainUntil > asked.now ? { retainUntil } : invalidArgument("x-obs-object-lock-retain-until-date", until)
}

const untagged: Attributes["tags"] = []

/** Everything that a request gives to the object it writes. */
export const attributesOf = (asked: Asked, bucket: Bucket) => {
  const meta = metaOf(asked)
  const storage = storageClassAsked(asked, bucket.storageClass)
  const tagging = own(asked, "tagging")
  const tags = tagging === undefined ? untagged : headerTags(tagging)
  const acl = aclOfHeaders(asked, asked.who, bucket.owner)
  const encrypted = encryptionOf(asked)
  const expires = expiresOf(asked)
  const retention = retentionOf(asked, bucket)
  const fault = metaFault(meta) ?? redirectFault(asked)
  if (fault !== undefined) return fault
  if (isRefusal(storage)) return storage
  if (isRefusal(tags)) return tags
  if (acl !== undefined && isRefusal(acl)) return acl
  if (encrypted !== undefined && isRefusal(encrypted)) return encrypted
  if (isRefusal(expires)) return expires
  if (isRefusal(retention)) return retention
  const attributes: Attributes = {
    headers: headersOf(asked),
    meta,
    storageClass: storage.storageClass,
    tags,
    acl: acl?.acl,
    encryption: encrypted?.encryption,
    ...expires,
    ...retention
  }
  return { attributes }
}

const day = 24 * 60 * 60 * 1000

const restoreHeader = ({ restored }: Stored, now: number): string | undefined => {
  if (restored === undefined || now >= restored.to) return undefined
  return now < restored.from
    ? 'ongoing-request="true"'
    : `ongoing-request="false", expiry-date="${httpTime(restored.to)}"`
}

/** The version that an answer is about, where the bucket has versions. */
export const versionHeaders = (bucket: Bucket, { id }: Version): Reply["headers"] =>
  bucket.versioning === undefined ? {} : { "x-obs-version-id": id }

/** The headers of an answer that gives an object. */
export const describe = (bucket: Bucket, version: Version, stored: Stored, now: number, dialect: Dialect) => {
  const { appends, content, encryption, etag, expires, headers, meta, storageClass, tags, uploadId } = stored
  return present({
    ...Object.fromEntries(Object.entries(meta).map(([name, value]) => [`x-obs-meta-${name}`, value])),
    "accept-ranges": "bytes",
    "content-type": "application/octet-stream",
    ...headers,
    etag: `"${etag}"`,
    "last-modified": httpTime(version.at),
    ...versionHeaders(bucket, version),
    "x-obs-storage-class": storageClass === "STANDARD" ? undefined : nameOfStorageClass(storageClass, dialect),
    "x-obs-expiration":
      expires === undefined ? undefined : `expiry-date="${httpTime(version.at + expires * day)}", rule-id=""`,
    "x-obs-tagging-count": tags.length === 0 ? undefined : String(tags.length),
    "x-obs-restore": restoreHeader(stored, now),
    "x-obs-object-type": appends === undefined ? undefined : "Appendable",
    "x-obs-next-append-position": appends === undefined ? undefined : String(content.size),
    "x-obs-uploadid": uploadId,
    ...encryptionHeaders(encryption)
  })
}
