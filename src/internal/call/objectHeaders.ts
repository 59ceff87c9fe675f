/**
 * The headers of objects: what a call says of an object, and what a response does.
 */
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { emptyRecord } from "../object.js"
import { own as copied } from "../text.js"
import type { HeadersIn } from "./call.js"
import { wrongCount } from "./call.js"
import type { Endpoint } from "./endpoint.js"
import type { Wrong } from "./invalidInput.js"
import { isHalf, quoted } from "./invalidInput.js"
import { base64, md5Base64 } from "../digest.js"

/**
 * A storage class, by its name in OBS. In the S3 dialect it is translated: `WARM` to `STANDARD_IA`, `COLD` to `GLACIER`.
 *
 * @category models
 * @since 0.3.0
 */
export type StorageClass = "STANDARD" | "WARM" | "COLD" | "DEEP_ARCHIVE" | "INTELLIGENT_TIERING"

/**
 * A predefined access control list.
 *
 * @category models
 * @since 0.3.0
 */
export type Acl =
  | "private"
  | "public-read"
  | "public-read-write"
  | "public-read-delivered"
  | "public-read-write-delivered"
  | "bucket-owner-full-control"

/**
 * How the service encrypts an object: with a key that comes with each request (`SSE-C`, 32 bytes, which the service
 * forgets), or with one of its key management (`SSE-KMS`, by default the bucket's or the account's), or with its own
 * (`SSE-OBS`).
 *
 * @category models
 * @since 0.3.0
 */
export type Encryption =
  | { readonly type: "SSE-C"; readonly key: Redacted.Redacted<Uint8Array> }
  | { readonly type: "SSE-KMS"; readonly keyId?: string | undefined }
  | { readonly type: "SSE-OBS" }

/**
 * The 32-byte key of an object that is encrypted with `SSE-C`. Every read needs it.
 *
 * @category models
 * @since 0.3.0
 */
export type CustomerKey = Redacted.Redacted<Uint8Array>

/**
 * The properties that are stored with an object.
 *
 * @category models
 * @since 0.3.0
 */
export interface ObjectProperties {
  /** `application/octet-stream` by default, and `text/plain; charset=utf-8` for a text. */
  readonly contentType?: string | undefined
  readonly contentEncoding?: string | undefined
  readonly contentDisposition?: string | undefined
  readonly contentLanguage?: string | undefined
  readonly cacheControl?: string | undefined
  /** When caches have to discard it. */
  readonly expires?: DateTime.Utc | undefined
  /** By name without `x-obs-meta-`. Values may be any Unicode: they are percent-encoded where needed. */
  readonly metadata?: { readonly [name: string]: string } | undefined
  /** Where a bucket that is a website redirects to, instead of serving the object. */
  readonly websiteRedirectLocation?: string | undefined
}

/**
 * How an object is stored.
 *
 * @category models
 * @since 0.3.0
 */
export interface StorageOptions {
  readonly acl?: Acl | undefined
  /** The storage class: that of the bucket by default. */
  readonly storageClass?: StorageClass | undefined
  readonly encryption?: Encryption | undefined
  /** The number of days after which the service deletes it. */
  readonly expiresAfterDays?: number | undefined
}

/**
 * Conditions under which a request is carried out.
 *
 * @category models
 * @since 0.3.0
 */
export interface Conditions {
  /** Fails with `PreconditionFailed` unless the object has this entity tag. */
  readonly ifMatch?: string | undefined
  /** Fails with `NotModified` if the object has this entity tag. */
  readonly ifNoneMatch?: string | undefined
  /** Fails with `NotModified` unless it has changed since. */
  readonly ifModifiedSince?: DateTime.Utc | undefined
  /** Fails with `PreconditionFailed` if it has changed since. */
  readonly ifUnmodifiedSince?: DateTime.Utc | undefined
}

const httpDate = (time: DateTime.Utc | undefined): string | undefined =>
  time === undefined ? undefined : new Date(DateTime.toEpochMillis(time)).toUTCString()

export const conditionHeaders = (
  { ifMatch, ifModifiedSince, ifNoneMatch, ifUnmodifiedSince }: Conditions,
  prefix = ""
): HeadersIn => ({
  [`${prefix}if-match`]: ifMatch,
  [`${prefix}if-none-match`]: ifNoneMatch,
  [`${prefix}if-modified-since`]: httpDate(ifModifiedSince),
  [`${prefix}if-unmodified-since`]: httpDate(ifUnmodifiedSince)
})

// A percent sign too, so that what is read is what was written; half characters, which have no escape, are refused
const encodedValue = (value: string): string =>
  isHalf(value) ? "" : value.replace(/[^ -~]+|%|^ | $/gu, (text) => encodeURIComponent(text))

const decodedValue = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

const metadataName = /^[\w!#$&'*+.^`|~-]+$/

export const wrongProperties = ({ metadata = {} }: ObjectProperties): Wrong | undefined => {
  const name = Object.keys(metadata).find((name) => !metadataName.test(name))
  if (name !== undefined) {
    return {
      option: "metadata",
      what: `has the name ${quoted(name)}, which no header has`,
      solution: "Give names of ASCII letters, digits and hyphens."
    }
  }
  const value = Object.keys(metadata).find((name) => isHalf(metadata[name] ?? ""))
  return value === undefined
    ? undefined
    : { option: "metadata", what: `has half a character in ${quoted(value)}`, solution: "Give well-formed Unicode." }
}

export const propertyHeaders = (
  { prefix }: Endpoint,
  {
    cacheControl,
    contentDisposition,
    contentEncoding,
    contentLanguage,
    contentType,
    expires,
    metadata = {},
    websiteRedirectLocation
  }: ObjectProperties
): HeadersIn => ({
  "content-type": contentType,
  "content-encoding": contentEncoding,
  "content-disposition": contentDisposition,
  "content-language": contentLanguage,
  "cache-control": cacheControl,
  expires: httpDate(expires),
  [`${prefix}website-redirect-location`]: websiteRedirectLocation,
  ...Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [`${prefix}meta-${name.toLowerCase()}`, encodedValue(value)])
  )
})

const storageClasses = [
  ["WARM", "STANDARD_IA"],
  ["COLD", "GLACIER"]
] as const

/** A storage class as the dialect writes it. */
export const writtenClass = ({ prefix }: Endpoint, storageClass: StorageClass | undefined): string | undefined =>
  prefix === "x-obs-" ? storageClass : (storageClasses.find(([obs]) => obs === storageClass)?.[1] ?? storageClass)

/** A storage class in the words of OBS, as far as there is one. */
export const readClass = (storageClass: string | undefined): string | undefined =>
  storageClasses.find(([, amz]) => amz === storageClass)?.[0] ?? storageClass

const keyLength = 32

/** The bytes of a key; none where it was wiped. */
const keyBytes = (key: CustomerKey): Uint8Array => {
  try {
    return Redacted.value(key)
  } catch {
    return new Uint8Array()
  }
}

export const wrongCustomerKey = (key: CustomerKey | undefined, option = "customerKey"): Wrong | undefined => {
  if (key === undefined) return undefined
  const { length } = keyBytes(key)
  return length === keyLength
    ? undefined
    : { option, what: `has ${length} bytes`, solution: `Give a key of ${keyLength} bytes that is not wiped.` }
}

const maxDays = 36_500

/** What is wrong with how an object is to be stored. */
export const wrongStorage = ({ encryption, expiresAfterDays }: StorageOptions): Wrong | undefined =>
  wrongCount("expiresAfterDays", expiresAfterDays, 1, maxDays) ??
  (encryption?.type === "SSE-C" ? wrongCustomerKey(encryption.key, "encryption") : undefined)

/** The headers of a customer's key, for the object or for the source of a copy. */
export const customerKeyHeaders = (
  { prefix }: Endpoint,
  key: CustomerKey | undefined,
  of: "" | "copy-source-" = ""
): HeadersIn => {
  if (key === undefined) return {}
  const bytes = keyBytes(key)
  const name = `${prefix}${of}server-side-encryption-customer-`
  return {
    [`${name}algorithm`]: "AES256",
    [`${name}key`]: base64(bytes),
    [`${name}key-md5`]: md5Base64(bytes)
  }
}

const encryptionHeaders = (endpoint: Endpoint, encryption: Encryption | undefined): HeadersIn => {
  const { prefix } = endpoint
  const name = `${prefix}server-side-encryption`
  switch (encryption?.type) {
    case undefined:
      return {}
    case "SSE-C":
      return customerKeyHeaders(endpoint, encryption.key)
    case "SSE-KMS":
      return {
        [name]: prefix === "x-obs-" ? "kms" : "aws:kms",
        [prefix === "x-obs-" ? `${name}-kms-key-id` : `${name}-aws-kms-key-id`]: encryption.keyId
      }
    case "SSE-OBS":
      return { [name]: "AES256" }
  }
}

export const storageHeaders = (
  endpoint: Endpoint,
  { acl, encryption, expiresAfterDays, storageClass }: StorageOptions
): HeadersIn => ({
  [`${endpoint.prefix}acl`]: acl,
  [`${endpoint.prefix}storage-class`]: writtenClass(endpoint, storageClass),
  [`${endpoint.prefix}expires`]: expiresAfterDays === undefined ? undefined : String(expiresAfterDays),
  ...encryptionHeaders(endpoint, encryption)
})

/**
 * The properties of an object.
 *
 * @category models
 * @since 0.3.0
 */
export interface ObjectInfo {
  /** The length of the response in bytes: that of the whole object, unless a range was requested. */
  readonly contentLength?: number
  /** The entity tag, with its quotes, as conditions take it. */
  readonly etag?: string
  readonly lastModified?: DateTime.Utc
  readonly contentType?: string
  readonly contentEncoding?: string
  readonly contentDisposition?: string
  readonly contentLanguage?: string
  readonly cacheControl?: string
  /** `STANDARD` if the service names none. */
  readonly storageClass: string
  readonly versionId?: string
  /** By name without `x-obs-meta-`, in lower case. */
  readonly metadata: { readonly [name: string]: string }
  /** The restoration of an archived object, if there is or was one. */
  readonly restore?: { readonly isOngoing: boolean; readonly expiration?: DateTime.Utc }
  /** The position for the next append, in bytes, if the object is appendable. */
  readonly nextAppendPosition?: number
  /** The range that the response holds, in bytes, and the length of the whole object. */
  readonly range?: { readonly offset: number; readonly length: number; readonly of?: number }
  readonly requestId?: string
}

/** The header values of a response, in either dialect. */
export class ResponseHeaders {
  private readonly headers: HttpClientResponse.HttpClientResponse["headers"]

  constructor(headers: HttpClientResponse.HttpClientResponse["headers"]) {
    this.headers = headers
  }

  get(name: string): string | undefined {
    return this.headers[name] || undefined
  }

  /** A header of the service's own. */
  own(name: string): string | undefined {
    return this.get(`x-obs-${name}`) ?? this.get(`x-amz-${name}`)
  }

  /** A whole number. */
  count(text: string | undefined): number | undefined {
    const count = text !== undefined && /^\d+$/.test(text) ? Number(text) : Number.NaN
    return Number.isSafeInteger(count) ? count : undefined
  }

  get requestId(): string | undefined {
    const id = this.own("request-id")?.trim() ?? ""
    return id === "" ? undefined : copied(id)
  }

  get metadata(): Record<string, string> {
    const metadata = emptyRecord<string>()
    for (const [name, value] of Object.entries(this.headers)) {
      const known = /^x-(?:obs|amz)-meta-(.+)$/.exec(name)?.[1]
      if (known !== undefined) metadata[known] = decodedValue(value)
    }
    return metadata
  }
}

/** A time, as a header or a document writes it; undefined where it is none. */
export const timeOf = (text: string | undefined): DateTime.Utc | undefined =>
  // Not every version of Effect reads the dates of headers
  text === undefined ? undefined : Option.getOrUndefined(Option.map(DateTime.make(Date.parse(text)), DateTime.toUtc))

const restoreOf = (text: string | undefined): ObjectInfo["restore"] => {
  const isOngoing = /ongoing-request="?(true|false)/.exec(text ?? "")?.[1]
  if (isOngoing === undefined) return undefined
  const expiration = timeOf(/expiry-date="([^"]+)"/.exec(text ?? "")?.[1])
  return { isOngoing: isOngoing === "true", ...(expiration === undefined ? undefined : { expiration }) }
}

/** The range of a response, in bytes. */
export const rangeOf = (text: string | undefined): ObjectInfo["range"] => {
  const found = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(text ?? "")
  if (found === null) return undefined
  const [, first, last, of] = found
  const [offset, end] = [Number(first), Number(last)]
  return { offset, length: end - offset + 1, ...(of === "*" ? undefined : { of: Number(of) }) }
}

/** An object without those of its properties that are undefined. */
export const present = <A extends object>(properties: { readonly [K in keyof A]: A[K] | undefined }): Partial<A> => {
  const out: Partial<A> = {}
  for (const name in properties) {
    const value = properties[name]
    if (value !== undefined) out[name] = value
  }
  return out
}

export const objectInfo = (response: Pick<HttpClientResponse.HttpClientResponse, "headers">): ObjectInfo => {
  const headers = new ResponseHeaders(response.headers)
  return {
    storageClass: readClass(headers.own("storage-class")) ?? "STANDARD",
    metadata: headers.metadata,
    ...present<Omit<ObjectInfo, "storageClass" | "metadata">>({
      contentLength: headers.count(headers.get("content-length")),
      etag: headers.get("etag"),
      lastModified: timeOf(headers.get("last-modified")),
      contentType: headers.get("content-type"),
      contentEncoding: headers.get("content-encoding"),
      contentDisposition: headers.get("content-disposition"),
      contentLanguage: headers.get("content-language"),
      cacheControl: headers.get("cache-control"),
      versionId: headers.own("version-id"),
      restore: restoreOf(headers.own("restore")),
      nextAppendPosition: headers.count(headers.own("next-append-position")),
      range: rangeOf(headers.get("content-range")),
      requestId: headers.requestId
    })
  }
}
