/**
 * What a folder remembers: a row for each bucket, version, upload and part, as JSON.
 */
import * as Schema from "#effect/schema"
import { base64 } from "../digest.js"
import { Content, nothing } from "../service/content.js"
import { bytesOfBase64 } from "../service/digest.js"
import { Sorted } from "../service/sorted.js"
import type { Bucket, Part, State, Stored, Upload, Version } from "../service/state.js"

const text = Schema.string
const number = Schema.number
const maybeText = /*#__PURE__*/ Schema.optional(text)
const maybeNumber = /*#__PURE__*/ Schema.optional(number)

const content = Schema.Array(Schema.Struct({ file: number, from: number, to: number }))

const attributes = {
  headers: Schema.textsByName,
  meta: Schema.textsByName,
  storageClass: text,
  tags: Schema.Array(Schema.Struct({ key: text, value: text })),
  acl: maybeText,
  encryption: Schema.optional(
    Schema.union(
      Schema.Struct({ _tag: Schema.literals("Customer"), keyMd5: text }),
      Schema.Struct({ _tag: Schema.literals("Service"), algorithm: text, keyId: maybeText })
    )
  ),
  expires: maybeNumber,
  retainUntil: maybeNumber
}

const StoredRow = Schema.Struct({
  ...attributes,
  content,
  etag: text,
  appends: maybeNumber,
  uploadId: maybeText,
  restored: Schema.optional(Schema.Struct({ from: number, to: number }))
})

const VersionRow = Schema.Struct({
  bucket: text,
  key: text,
  sequence: number,
  id: text,
  owner: text,
  at: number,
  stored: Schema.optional(StoredRow)
})

const UploadRow = Schema.Struct({
  bucket: text,
  key: text,
  id: text,
  owner: text,
  at: number,
  attributes: Schema.Struct(attributes)
})

const PartRow = Schema.Struct({
  bucket: text,
  key: text,
  upload: text,
  number,
  content,
  etag: text,
  at: number
})

/** Documents by name, in Base64. */
const documents = Schema.Array(Schema.Struct({ name: text, value: text }))

const BucketRow = Schema.Struct({
  name: text,
  owner: text,
  at: number,
  location: text,
  hasObjectLock: Schema.boolean,
  isFileSystem: Schema.boolean,
  storageClass: text,
  acl: maybeText,
  versioning: Schema.optional(Schema.literals("Enabled", "Suspended")),
  quota: number,
  documents,
  inventories: documents,
  domains: Schema.Array(Schema.Struct({ host: text, at: number }))
})

const written = (entries: Iterable<readonly [string, Uint8Array]>) =>
  Array.from(entries, ([name, document]) => ({ name, value: base64(document) }))

export const bucketRow = (bucket: Bucket): string => {
  const { acl, at, documents, domains, inventories, location, name, owner, quota, storageClass, versioning } = bucket
  const { hasObjectLock, isFileSystem } = bucket
  return JSON.stringify({
    ...{ name, owner, at, location, hasObjectLock, isFileSystem, storageClass, acl, versioning, quota },
    documents: written(documents),
    inventories: written(inventories.entries()),
    domains: Array.from(domains, ([host, at]) => ({ host, at }))
  })
}

export const versionRow = (bucket: string, key: string, { at, id, owner, sequence, stored }: Version): string =>
  JSON.stringify({
    bucket,
    key,
    sequence,
    id,
    owner,
    at,
    stored: stored && { ...stored, content: stored.content.pieces }
  })

export const uploadRow = (bucket: string, { at, attributes, id, key, owner }: Upload): string =>
  JSON.stringify({ bucket, key, id, owner, at, attributes })

export const partRow = (bucket: string, upload: Upload, { at, content, etag, number }: Part): string =>
  JSON.stringify({ bucket, key: upload.key, upload: upload.id, number, content: content.pieces, etag, at })

// A row has no property whose value is undefined
const noAttributes = { acl: undefined, encryption: undefined, expires: undefined, retainUntil: undefined }

const noStored = { ...noAttributes, appends: undefined, uploadId: undefined, restored: undefined }

const isBucket = Schema.is(BucketRow)
const isVersion = Schema.is(VersionRow)
const isUpload = Schema.is(UploadRow)
const isPart = Schema.is(PartRow)

const read = (entries: ReadonlyArray<{ readonly name: string; readonly value: string }>) =>
  entries.map(({ name, value }) => [name, bytesOfBase64(value) ?? new Uint8Array()] as const)

/** Puts a bucket where it was; false where a row is none. */
export const restoreBucket = (state: State, row: unknown): boolean => {
  if (!isBucket(row)) return false
  const { acl, at, hasObjectLock, isFileSystem, location, name, owner, quota, storageClass, versioning } = row
  const bucket = state.create({ name, owner, at, location, hasObjectLock, isFileSystem, storageClass, acl })
  bucket.versioning = versioning
  bucket.quota = quota
  for (const [name, document] of read(row.documents)) bucket.documents.set(name, document)
  for (const [name, document] of read(row.inventories)) bucket.inventories.set(name, document)
  for (const { at, host } of row.domains) {
    bucket.domains.set(host, at)
    state.domains.set(host, name)
  }
  return true
}

/** Puts a version where it was, and returns its content. Rows come in the order in which versions were made. */
export const restoreVersion = (state: State, row: unknown): Content | undefined => {
  if (!isVersion(row)) return undefined
  const { at, bucket, id, key, owner, sequence } = row
  const stored: Stored | undefined = row.stored && {
    ...noStored,
    ...row.stored,
    content: new Content(row.stored.content)
  }
  state.buckets.get(bucket)?.restore(key, { sequence, id, owner, at, stored })
  return stored?.content ?? nothing
}

export const restoreUpload = (state: State, row: unknown): boolean => {
  if (!isUpload(row)) return false
  const { at, attributes, bucket, id, key, owner } = row
  const parts = new Sorted<number, Part>((a, b) => a - b)
  state.buckets
    .get(bucket)
    ?.restoreUpload({ id, key, owner, at, attributes: { ...noAttributes, ...attributes }, parts })
  return true
}

/** Puts a part where it was, and returns its content. */
export const restorePart = (state: State, row: unknown): Content | undefined => {
  if (!isPart(row)) return undefined
  const { at, bucket, etag, key, number, upload } = row
  const content = new Content(row.content)
  state.buckets.get(bucket)?.upload(key, upload)?.parts.set(number, { number, content, etag, at })
  return content
}
