/**
 * Uploads in parts.
 */
import { EntityTooSmall, InvalidPart, InvalidPartOrder } from "../../errors/BadRequest.js"
import { NoSuchUpload } from "../../errors/NotFound.js"
import type { Asked, Outcome, Unread } from "./asked.js"
import { empty, isRefusal, own } from "./asked.js"
import { attributesOf, versionHeaders } from "./attributes.js"
import { writeFault } from "./conditions.js"
import { Content } from "./content.js"
import { isCopy, sourceOf } from "./copies.js"
import { joinedTag } from "./digest.js"
import { answer, container, document, element, encodingOf, groups, isoTime, read, xml } from "./documents.js"
import { encryptionHeaders, keyFault } from "./encryption.js"
import { maxOf, ownerElement } from "./listing.js"
import { current, quotaFault } from "./objects.js"
import { invalidArgument, malformedXml } from "./refusals.js"
import type { Bucket, Part, State, Upload } from "./state.js"
import { nameOfStorageClass } from "./storageClass.js"

export const initiate = (asked: Asked, bucket: Bucket): Outcome => {
  const { key, now, who } = asked
  const encoding = encodingOf(asked)
  if (isRefusal(encoding)) return encoding
  const given = attributesOf(asked, bucket)
  if (isRefusal(given)) return given
  const { attributes } = given
  const { id } = bucket.begin({ key, owner: who, at: now, attributes })
  return xml(
    document(
      asked.dialect,
      "InitiateMultipartUploadResult",
      element("Bucket", bucket.name),
      encoding.write("Key", key),
      element("UploadId", id),
      encoding.note
    ),
    encryptionHeaders(attributes.encryption)
  )
}

/** The upload that a request is about. */
const uploadOf = ({ key, query }: Asked, bucket: Bucket): Upload | NoSuchUpload => {
  const id = query.get("uploadId") ?? ""
  return bucket.upload(key, id) ?? new NoSuchUpload({ details: { UploadId: id } })
}

const maxPart = 10_000

const numberOf = ({ query }: Asked) => {
  const text = query.get("partNumber")
  const number = Number(text)
  return text !== null && /^\d{1,9}$/.test(text) && number >= 1 && number <= maxPart
    ? { number }
    : invalidArgument("partNumber", text, `Part number must be an integer between 1 and ${String(maxPart)}.`)
}

/** The bytes that a part takes from an object. */
export const copied = (asked: Unread, state: State) => {
  const source = sourceOf(asked, state)
  if (isRefusal(source)) return source
  const { bucket, stored, version } = source
  const range = own(asked, "copy-source-range")
  const headers = bucket.versioning === undefined ? undefined : { "x-obs-copy-source-version-id": version.id }
  const { content } = stored
  if (range === undefined) return { content, headers }
  const [, from = "", to = ""] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(range) ?? []
  return from !== "" && Number(from) <= Number(to) && Number(to) < content.size
    ? { content: content.slice(Number(from), Number(to) + 1), headers }
    : invalidArgument(
        `x-${asked.dialect}-copy-source-range`,
        range,
        `The range is none of a source of ${String(content.size)} bytes.`
      )
}

/** Takes a part of an upload, from the request or from an object. */
export const putPart = (asked: Asked, bucket: Bucket, state: State): Outcome => {
  const upload = uploadOf(asked, bucket)
  if (isRefusal(upload)) return upload
  const asks = numberOf(asked)
  if (isRefusal(asks)) return asks
  const { encryption } = upload.attributes
  const { content, md5: etag, now } = asked
  const keep = (): void => {
    bucket.keep(upload, { number: asks.number, content, etag, at: now })
  }
  const fault = encryption?._tag === "Customer" ? keyFault(asked, encryption) : undefined
  if (fault !== undefined) return fault
  if (isCopy(asked)) {
    const source = copied(asked, state)
    if (isRefusal(source)) return source
    keep()
    const elements = [element("LastModified", isoTime(now)), element("ETag", `"${etag}"`)]
    return xml(document(asked.dialect, "CopyPartResult", ...elements), {
      ...source.headers,
      ...encryptionHeaders(encryption)
    })
  }
  keep()
  return empty(200, { etag: `"${etag}"`, ...encryptionHeaders(encryption) })
}

const markerOf = ({ query }: Asked) => {
  const text = query.get("part-number-marker") ?? ""
  return /^\d{0,9}$/.test(text) ? { marker: Number(text) } : invalidArgument("part-number-marker", text)
}

export const listParts = (asked: Asked, bucket: Bucket): Outcome => {
  const upload = uploadOf(asked, bucket)
  if (isRefusal(upload)) return upload
  const [limit, from, encoding] = [maxOf(asked, "max-parts"), markerOf(asked), encodingOf(asked)]
  if (isRefusal(limit)) return limit
  if (isRefusal(from)) return from
  if (isRefusal(encoding)) return encoding
  const parts: Array<Part> = []
  let isTruncated = false
  for (const [, part] of upload.parts.from((number) => number <= from.marker)) {
    isTruncated = parts.length === limit.max
    if (isTruncated) break
    parts.push(part)
  }
  return answer(
    asked,
    "ListPartsResult",
    element("Bucket", bucket.name),
    encoding.write("Key", upload.key),
    element("UploadId", upload.id),
    container("Initiator", element("ID", upload.owner)),
    ownerElement(upload.owner),
    element("StorageClass", nameOfStorageClass(upload.attributes.storageClass, asked.dialect)),
    element("PartNumberMarker", from.marker),
    element("NextPartNumberMarker", parts.at(-1)?.number ?? from.marker),
    element("MaxParts", limit.max),
    element("IsTruncated", isTruncated),
    encoding.note,
    ...parts.map(({ at, content, etag, number }) =>
      container(
        "Part",
        element("PartNumber", number),
        element("LastModified", isoTime(at)),
        element("ETag", `"${etag}"`),
        element("Size", content.size)
      )
    )
  )
}

/** The parts that a document lists; undefined where it lists none. */
const listedParts = (body: Uint8Array) => {
  const elements = read(body, ["CompleteMultipartUpload"])
  const parts = groups(elements ?? [], "Part").map((part) => ({
    number: Number(part.get("PartNumber") ?? Number.NaN),
    etag: (part.get("ETag") ?? "").replaceAll('"', "")
  }))
  const areParts = parts.every(({ number }) => Number.isInteger(number) && number >= 1 && number <= maxPart)
  return parts.length > 0 && areParts ? parts : undefined
}

export const complete = (asked: Asked, bucket: Bucket): Outcome => {
  const { key, now, settings } = asked
  const encoding = encodingOf(asked)
  if (isRefusal(encoding)) return encoding
  const upload = uploadOf(asked, bucket)
  if (isRefusal(upload)) return upload
  const listed = listedParts(asked.document)
  if (listed === undefined) return malformedXml()
  if (listed.some(({ number }, i) => number <= (listed[i - 1]?.number ?? 0))) return new InvalidPartOrder()
  const parts: Array<Part> = []
  for (const { etag, number } of listed) {
    const part = upload.parts.get(number)
    if (part === undefined || part.etag !== etag.toLowerCase()) {
      return new InvalidPart({ details: { PartNumber: String(number), ETag: etag } })
    }
    parts.push(part)
  }
  const small = parts.slice(0, -1).find(({ content }) => content.size < settings.minPartSize)
  if (small !== undefined) {
    return new EntityTooSmall({
      details: {
        PartNumber: String(small.number),
        ProposedSize: String(small.content.size),
        MinSizeAllowed: String(settings.minPartSize)
      }
    })
  }
  const content = Content.join(parts.map(({ content }) => content))
  const fault = writeFault(asked, current(bucket, key)) ?? quotaFault(bucket, content.size)
  if (fault !== undefined) return fault
  const { attributes } = upload
  const etag = joinedTag(parts.map(({ etag }) => etag))
  const stored = { ...attributes, content, etag, appends: undefined, restored: undefined, uploadId: upload.id }
  const version = bucket.add(key, { owner: upload.owner, at: now, stored })
  bucket.end(upload)
  const { origin, pathname } = asked.url
  return xml(
    document(
      asked.dialect,
      "CompleteMultipartUploadResult",
      element("Location", `${origin}${pathname}`),
      element("Bucket", bucket.name),
      encoding.write("Key", key),
      element("ETag", `"${etag}"`),
      encoding.note
    ),
    { ...versionHeaders(bucket, version), ...encryptionHeaders(attributes.encryption) }
  )
}

export const abort = (asked: Asked, bucket: Bucket): Outcome => {
  const upload = uploadOf(asked, bucket)
  if (isRefusal(upload)) return upload
  bucket.end(upload)
  return empty(204)
}
