/**
 * What the service keeps, and the few ways in which it changes.
 */
import type { Content } from "./content.js"
import { compareKeys } from "../text.js"
import { Sorted } from "./sorted.js"

export interface Tag {
  readonly key: string
  readonly value: string
}

/** How an object is encrypted: with a key of the client, of which a digest is kept, or by the service. */
export type Encryption =
  | { readonly _tag: "Customer"; readonly keyMd5: string }
  | { readonly _tag: "Service"; readonly algorithm: string; readonly keyId?: string | undefined }

/** What an object has besides its bytes. */
export interface Attributes {
  /** The standard headers of an object, by name in lower case. */
  readonly headers: { readonly [name: string]: string }
  /** The headers of its user, by name without `x-obs-meta-`. */
  readonly meta: { readonly [name: string]: string }
  readonly storageClass: string
  readonly tags: ReadonlyArray<Tag>
  /** The document of who may do what; that of the owner where there is none. */
  readonly acl: string | undefined
  readonly encryption: Encryption | undefined
  /** When it is deleted, in days after it was written. */
  readonly expires: number | undefined
  /** Until when it cannot be deleted, in milliseconds. */
  readonly retainUntil: number | undefined
}

export interface Stored extends Attributes {
  readonly content: Content
  /** Without quotes. */
  readonly etag: string
  /** How often something was appended; an object that was not made by an append cannot be appended to. */
  readonly appends: number | undefined
  /** The upload that it was made of. */
  readonly uploadId: string | undefined
  /** When the restoration of an archived object is done and when that is over, in milliseconds. */
  readonly restored: { readonly from: number; readonly to: number } | undefined
}

/** A version of an object; one with nothing stored is a delete marker. */
export interface Version {
  readonly sequence: number
  /** `null` for what was written while versioning was not enabled. */
  readonly id: string
  readonly owner: string
  /** In milliseconds. */
  readonly at: number
  readonly stored: Stored | undefined
}

export interface Part {
  readonly number: number
  readonly content: Content
  readonly etag: string
  readonly at: number
}

export interface Upload {
  readonly id: string
  readonly key: string
  readonly owner: string
  readonly at: number
  readonly attributes: Attributes
  readonly parts: Sorted<number, Part>
}

export const hex = (n: number, length: number): string => n.toString(16).toUpperCase().padStart(length, "0")

const versionId = (sequence: number): string => `G${hex(sequence, 31)}`

// With a letter, since there are clients that take an id of digits for a number
export const uploadId = (sequence: number): string => `0000018A${hex(sequence, 24)}`

/** The number in an id; undefined where it is none that the service made. */
const numberOf = (id: string, idOf: (sequence: number) => string): number | undefined => {
  const sequence = Number.parseInt(id.slice(-13), 16)
  return idOf(sequence) === id ? sequence : undefined
}

const newestFirst = (a: number, b: number): number => b - a

/** The versions of a key. Most keys have one, which costs no more than itself. */
export class History {
  private newest: Version | undefined
  private older: Sorted<number, Version> | undefined
  /** The sequence of the version whose id is `null`. */
  private unversioned: number | undefined

  get latest(): Version | undefined {
    return this.newest
  }

  add(version: Version): void {
    if (version.id === "null") this.unversioned = version.sequence
    if (this.newest !== undefined) {
      this.older ??= new Sorted<number, Version>(newestFirst)
      this.older.set(this.newest.sequence, this.newest)
    }
    this.newest = version
  }

  /** Puts a version in the place of the one with its sequence. */
  replace(version: Version): void {
    if (this.newest?.sequence === version.sequence) this.newest = version
    else this.older?.set(version.sequence, version)
  }

  remove({ id, sequence }: Version): void {
    if (id === "null") this.unversioned = undefined
    if (this.newest?.sequence === sequence) {
      this.newest = this.older?.first()
      if (this.newest !== undefined) this.older?.delete(this.newest.sequence)
    } else this.older?.delete(sequence)
  }

  find(id: string): Version | undefined {
    const sequence = id === "null" ? this.unversioned : numberOf(id, versionId)
    if (sequence === undefined) return undefined
    return this.newest?.sequence === sequence ? this.newest : this.older?.get(sequence)
  }

  /** All versions, the newest first, or those that are older than one. */
  *versions(than: Version | undefined): Generator<Version> {
    if (this.newest === undefined) return
    if (than === undefined) yield this.newest
    if (this.older === undefined) return
    const from = than?.sequence ?? Number.POSITIVE_INFINITY
    for (const [, version] of this.older.from((sequence) => sequence >= from)) yield version
  }
}

/** Is told of each change, so that it can be remembered: what there is now, or undefined where there is nothing. */
export interface Journal {
  readonly bucket: (name: string, bucket: Bucket | undefined) => void
  readonly version: (bucket: string, key: string, before: Version | undefined, after: Version | undefined) => void
  readonly upload: (bucket: string, upload: Upload, isOver: boolean) => void
  readonly part: (bucket: string, upload: Upload, before: Part | undefined, after: Part | undefined) => void
}

/** Remembers nothing. */
const noJournal: Journal = {
  bucket: () => undefined,
  version: () => undefined,
  upload: () => undefined,
  part: () => undefined
}

export type Versioning = "Enabled" | "Suspended" | undefined

interface UploadKey {
  readonly key: string
  readonly sequence: number
}

export class Bucket {
  readonly keys = new Sorted<string, History>(compareKeys)
  readonly uploads = new Sorted<UploadKey, Upload>((a, b) => compareKeys(a.key, b.key) || a.sequence - b.sequence)
  /** Configurations, by the parameter that names them. */
  readonly documents = new Map<string, Uint8Array>()
  readonly inventories = new Sorted<string, Uint8Array>(compareKeys)
  /** When the custom domains of the bucket were bound to it, in milliseconds. */
  readonly domains = new Map<string, number>()
  versioning: Versioning
  storageClass: string
  acl: string | undefined
  /** In bytes; 0 is none. */
  quota = 0
  /** Of all versions. */
  size = 0
  count = 0

  readonly name: string
  readonly owner: string
  readonly at: number
  readonly location: string
  readonly hasObjectLock: boolean
  /** Whether it is a parallel file system. */
  readonly isFileSystem: boolean
  private readonly state: State

  constructor(options: NewBucket, state: State) {
    this.name = options.name
    this.owner = options.owner
    this.at = options.at
    this.location = options.location
    this.hasObjectLock = options.hasObjectLock
    this.isFileSystem = options.isFileSystem
    this.storageClass = options.storageClass
    this.acl = options.acl
    this.versioning = options.hasObjectLock ? "Enabled" : undefined
    this.state = state
  }

  get isEmpty(): boolean {
    return this.keys.size === 0 && this.uploads.size === 0
  }

  latest(key: string): Version | undefined {
    return this.keys.get(key)?.latest
  }

  find(key: string, id: string): Version | undefined {
    return this.keys.get(key)?.find(id)
  }

  /** Makes what is stored, or a delete marker, the latest version of a key. */
  add(key: string, version: Pick<Version, "owner" | "at" | "stored">): Version {
    const history = this.keys.get(key)
    const sequence = this.state.next()
    const id = this.versioning === "Enabled" ? versionId(sequence) : "null"
    const added = { ...version, sequence, id }
    if (id === "null") {
      const replaced = history?.find(id)
      if (replaced !== undefined) {
        history?.remove(replaced)
        this.weigh(replaced, -1)
        this.journal.version(this.name, key, replaced, undefined)
      }
    }
    this.restore(key, added)
    this.journal.version(this.name, key, undefined, added)
    return added
  }

  /** Puts a version where it was, which is newer than all that were restored before. */
  restore(key: string, version: Version): void {
    let history = this.keys.get(key)
    if (history === undefined) {
      history = new History()
      this.keys.set(key, history)
    }
    history.add(version)
    this.weigh(version, 1)
  }

  /** Changes what a version stores. */
  change(key: string, version: Version, stored: Stored): void {
    const changed = { ...version, stored }
    this.weigh(version, -1)
    this.weigh(changed, 1)
    this.keys.get(key)?.replace(changed)
    this.journal.version(this.name, key, version, changed)
  }

  remove(key: string, version: Version): void {
    const history = this.keys.get(key)
    if (history === undefined) return
    history.remove(version)
    this.weigh(version, -1)
    if (history.latest === undefined) this.keys.delete(key)
    this.journal.version(this.name, key, version, undefined)
  }

  begin(upload: Pick<Upload, "key" | "owner" | "at" | "attributes">): Upload {
    const sequence = this.state.next()
    const parts = new Sorted<number, Part>((a, b) => a - b)
    const begun = { ...upload, id: uploadId(sequence), parts }
    this.restoreUpload(begun)
    this.journal.upload(this.name, begun, false)
    return begun
  }

  /** Puts an upload where it was. */
  restoreUpload(upload: Upload): void {
    const sequence = numberOf(upload.id, uploadId)
    if (sequence !== undefined) this.uploads.set({ key: upload.key, sequence }, upload)
  }

  /** Keeps a part of an upload, in the place of the one with its number. */
  keep(upload: Upload, part: Part): void {
    const replaced = upload.parts.get(part.number)
    upload.parts.set(part.number, part)
    this.journal.part(this.name, upload, replaced, part)
  }

  upload(key: string, id: string): Upload | undefined {
    const sequence = numberOf(id, uploadId)
    return sequence === undefined ? undefined : this.uploads.get({ key, sequence })
  }

  /** The uploads of the same key that began after one. */
  *uploadsAfter({ id, key }: Upload): Generator<Upload> {
    const sequence = numberOf(id, uploadId) ?? 0
    const isBefore = (other: UploadKey) =>
      compareKeys(other.key, key) < 0 || (other.key === key && other.sequence <= sequence)
    for (const [other, upload] of this.uploads.from(isBefore)) {
      if (other.key !== key) return
      yield upload
    }
  }

  end(upload: Upload): void {
    const { id, key, parts } = upload
    const sequence = numberOf(id, uploadId)
    if (sequence === undefined) return
    this.uploads.delete({ key, sequence })
    for (const [, part] of parts.entries()) this.journal.part(this.name, upload, part, undefined)
    this.journal.upload(this.name, upload, true)
  }

  private get journal(): Journal {
    return this.state.journal
  }

  private weigh({ stored }: Version, sign: 1 | -1): void {
    if (stored === undefined) return
    this.size += sign * stored.content.size
    this.count += sign
  }
}

type NewBucket = Pick<
  Bucket,
  "name" | "owner" | "at" | "location" | "hasObjectLock" | "isFileSystem" | "storageClass" | "acl"
>

export class State {
  readonly buckets = new Sorted<string, Bucket>(compareKeys)
  /** How many buckets an account has. */
  readonly counts = new Map<string, number>()
  /** The buckets of custom domains that were bound by requests, by their hosts. */
  readonly domains = new Map<string, string>()
  journal = noJournal
  /** The number of the last version or upload. */
  last = 0

  next(): number {
    return ++this.last
  }

  create(options: NewBucket): Bucket {
    const bucket = new Bucket(options, this)
    this.buckets.set(options.name, bucket)
    this.counts.set(options.owner, (this.counts.get(options.owner) ?? 0) + 1)
    return bucket
  }

  remove({ domains, name, owner }: Bucket): void {
    this.buckets.delete(name)
    this.counts.set(owner, (this.counts.get(owner) ?? 1) - 1)
    for (const host of domains.keys()) this.domains.delete(host)
  }

  /** Ends a request that may have changed a bucket itself. */
  settle(name: string): void {
    this.journal.bucket(name, this.buckets.get(name))
  }
}
