/**
 * Listings of objects and of their versions.
 */
import type { Asked, Outcome } from "./asked.js"
import { isRefusal } from "./asked.js"
import type { Encoding } from "./documents.js"
import { answer, container, element, encodingOf, isoTime } from "./documents.js"
import type { From, Item } from "./paging.js"
import { isListedAsItself, pageOf } from "./paging.js"
import { invalidArgument } from "./refusals.js"
import type { Bucket, Stored, Upload, Version } from "./state.js"
import { nameOfStorageClass } from "./storageClass.js"

const most = 1000

/** How many entries a request asks for at most. */
export const maxOf = ({ query }: Asked, name: string) => {
  const max = query.get(name)
  if (max === null || max === "") return { max: most }
  return /^\d{1,9}$/.test(max) && Number(max) >= 1
    ? { max: Math.min(Number(max), most) }
    : invalidArgument(name, max, `${name} has to be a whole number from 1 to ${String(most)}.`)
}

/** What a page is asked for besides where it begins. */
export const asksOf = (asked: Asked, max: string) => {
  const [most, encoding] = [maxOf(asked, max), encodingOf(asked)]
  if (isRefusal(most)) return most
  if (isRefusal(encoding)) return encoding
  const { query } = asked
  const asks = { prefix: query.get("prefix") ?? "", delimiter: query.get("delimiter") ?? "", ...most }
  return { asks, encoding }
}

export const groupsOf = <A>(items: ReadonlyArray<Item<A>>, { write }: Encoding): ReadonlyArray<string> =>
  items.flatMap((item) => (item._tag === "Group" ? container("CommonPrefixes", write("Prefix", item.prefix)) : []))

export const ownerElement = (id: string): string => container("Owner", element("ID", id))

/** The key or the group that a page ends with. */
export const endOf = <A>(items: ReadonlyArray<Item<A>>): string | undefined => {
  const last = items.at(-1)
  return last?._tag === "Group" ? last.prefix : last?.key
}

interface Current {
  readonly version: Version
  readonly stored: Stored
}

/** The objects of a bucket: the latest versions that are no delete markers. */
const objectsOf = (bucket: Bucket): From<Current> =>
  function* (isBefore) {
    for (const [key, { latest }] of bucket.keys.from(isBefore)) {
      if (latest?.stored !== undefined) yield [key, { version: latest, stored: latest.stored }]
    }
  }

const describe = ({ dialect }: Asked, { at }: Version, { appends, content, etag, storageClass }: Stored) => [
  element("LastModified", isoTime(at)),
  element("ETag", `"${etag}"`),
  element("Size", content.size),
  element("StorageClass", nameOfStorageClass(storageClass, dialect)),
  appends === undefined ? "" : element("Type", "APPENDABLE")
]

const tokenOf = (key: string): string => `1${encodeURIComponent(key)}`

const keyOfToken = (token: string): string | undefined => {
  try {
    return token.startsWith("1") ? decodeURIComponent(token.slice(1)) : undefined
  } catch {
    return undefined
  }
}

/** Lists objects, by markers or, with `list-type=2`, by continuation tokens. */
export const listObjects = (asked: Asked, bucket: Bucket): Outcome => {
  const { query } = asked
  const listType = query.get("list-type")
  const isV2 = listType === "2"
  if (listType !== null && !isV2) return invalidArgument("list-type", listType)
  const given = asksOf(asked, "max-keys")
  if (isRefusal(given)) return given
  const { asks, encoding } = given
  const token = isV2 ? query.get("continuation-token") : null
  const continued = token === null ? undefined : keyOfToken(token)
  if (token !== null && continued === undefined) return invalidArgument("continuation-token", token)
  const asksFrom = query.get(isV2 ? "start-after" : "marker") ?? ""
  const marker = continued ?? (asksFrom === "" ? undefined : asksFrom)
  const { isTruncated, items } = pageOf(objectsOf(bucket), { ...asks, marker })
  const hasOwner = !isV2 || query.get("fetch-owner") === "true"
  const contents = items.flatMap((item) =>
    item._tag === "Group"
      ? []
      : container(
          "Contents",
          encoding.write("Key", item.key),
          ...describe(asked, item.value.version, item.value.stored),
          hasOwner ? ownerElement(item.value.version.owner) : ""
        )
  )
  const end = isTruncated ? endOf(items) : undefined
  const position = isV2
    ? [
        element("KeyCount", items.length),
        token === null ? "" : element("ContinuationToken", token),
        asksFrom === "" ? "" : encoding.write("StartAfter", asksFrom),
        end === undefined ? "" : element("NextContinuationToken", tokenOf(end))
      ]
    : [encoding.write("Marker", asksFrom), end === undefined ? "" : encoding.write("NextMarker", end)]
  return answer(
    asked,
    "ListBucketResult",
    element("Name", bucket.name),
    encoding.write("Prefix", asks.prefix),
    ...position,
    element("MaxKeys", asks.max),
    asks.delimiter === "" ? "" : encoding.write("Delimiter", asks.delimiter),
    element("IsTruncated", isTruncated),
    encoding.note,
    ...contents,
    ...groupsOf(items, encoding)
  )
}

/** Where a page begins: behind a key, or amid what is listed of it where it is no part of a group. */
const markersOf = ({ query }: Asked, idName: string, asks: Parameters<typeof isListedAsItself>[1]) => {
  const [keyMarker, idMarker] = [query.get("key-marker") ?? "", query.get(idName) ?? ""]
  const marker = keyMarker === "" ? undefined : keyMarker
  const amid = marker !== undefined && isListedAsItself(marker, asks) ? marker : undefined
  return { amid, idMarker, keyMarker, marker }
}

interface Listed {
  readonly version: Version
  readonly isLatest: boolean
}

/** The versions of a bucket; first those of the key of a marker that are older than the version of the marker. */
const versionsOf = (bucket: Bucket, key: string | undefined, id: string): From<Listed> => {
  let marked = key !== undefined && id !== "" ? bucket.find(key, id) : undefined
  return function* (isBefore) {
    if (key !== undefined && marked !== undefined) {
      const than = marked
      marked = undefined
      for (const version of bucket.keys.get(key)?.versions(than) ?? []) yield [key, { version, isLatest: false }]
    }
    for (const [key, history] of bucket.keys.from(isBefore)) {
      for (const version of history.versions(undefined)) {
        yield [key, { version, isLatest: version === history.latest }]
      }
    }
  }
}

/** Lists the versions of objects, those of one key from the newest to the oldest. */
export const listVersions = (asked: Asked, bucket: Bucket): Outcome => {
  const given = asksOf(asked, "max-keys")
  if (isRefusal(given)) return given
  const { asks, encoding } = given
  const { amid, idMarker, keyMarker, marker } = markersOf(asked, "version-id-marker", asks)
  if (idMarker !== "" && keyMarker === "") return invalidArgument("version-id-marker", idMarker)
  const versions = versionsOf(bucket, amid, idMarker)
  const { isTruncated, items } = pageOf(versions, { ...asks, marker })
  const entries = items.flatMap((item) => {
    if (item._tag === "Group") return []
    const { isLatest, version } = item.value
    const { at, id, owner, stored } = version
    const who = [encoding.write("Key", item.key), element("VersionId", id), element("IsLatest", isLatest)]
    return stored === undefined
      ? container("DeleteMarker", ...who, element("LastModified", isoTime(at)), ownerElement(owner))
      : container("Version", ...who, ...describe(asked, version, stored), ownerElement(owner))
  })
  const last = isTruncated ? items.at(-1) : undefined
  const end = isTruncated ? endOf(items) : undefined
  return answer(
    asked,
    "ListVersionsResult",
    element("Name", bucket.name),
    encoding.write("Prefix", asks.prefix),
    encoding.write("KeyMarker", keyMarker),
    element("VersionIdMarker", idMarker),
    end === undefined ? "" : encoding.write("NextKeyMarker", end),
    last?._tag === "Entry" ? element("NextVersionIdMarker", last.value.version.id) : "",
    element("MaxKeys", asks.max),
    asks.delimiter === "" ? "" : encoding.write("Delimiter", asks.delimiter),
    element("IsTruncated", isTruncated),
    encoding.note,
    ...entries,
    ...groupsOf(items, encoding)
  )
}

/** The uploads of a bucket; first those of the key of a marker that began after the upload of the marker. */
const uploadsOf = (bucket: Bucket, key: string | undefined, id: string): From<Upload> => {
  let marked = key !== undefined && id !== "" ? bucket.upload(key, id) : undefined
  return function* (isBefore) {
    if (marked !== undefined) {
      const than = marked
      marked = undefined
      for (const upload of bucket.uploadsAfter(than)) yield [upload.key, upload]
    }
    for (const [{ key }, upload] of bucket.uploads.from(({ key }) => isBefore(key))) yield [key, upload]
  }
}

/** Lists the uploads that are under way, those of one key in the order in which they began. */
export const listUploads = (asked: Asked, bucket: Bucket): Outcome => {
  const given = asksOf(asked, "max-uploads")
  if (isRefusal(given)) return given
  const { asks, encoding } = given
  const { amid, idMarker, keyMarker, marker } = markersOf(asked, "upload-id-marker", asks)
  const uploads = uploadsOf(bucket, amid, idMarker)
  const { isTruncated, items } = pageOf(uploads, { ...asks, marker })
  const entries = items.flatMap((item) => {
    if (item._tag === "Group") return []
    const { at, attributes, id, owner } = item.value
    return container(
      "Upload",
      encoding.write("Key", item.key),
      element("UploadId", id),
      container("Initiator", element("ID", owner)),
      ownerElement(owner),
      element("StorageClass", nameOfStorageClass(attributes.storageClass, asked.dialect)),
      element("Initiated", isoTime(at))
    )
  })
  const last = isTruncated ? items.at(-1) : undefined
  const end = isTruncated ? endOf(items) : undefined
  return answer(
    asked,
    "ListMultipartUploadsResult",
    element("Bucket", bucket.name),
    encoding.write("KeyMarker", keyMarker),
    element("UploadIdMarker", idMarker),
    end === undefined ? "" : encoding.write("NextKeyMarker", end),
    last?._tag === "Entry" ? element("NextUploadIdMarker", last.value.id) : "",
    asks.delimiter === "" ? "" : encoding.write("Delimiter", asks.delimiter),
    encoding.write("Prefix", asks.prefix),
    element("MaxUploads", asks.max),
    element("IsTruncated", isTruncated),
    encoding.note,
    ...entries,
    ...groupsOf(items, encoding)
  )
}
