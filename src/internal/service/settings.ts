/**
 * What differs between services.
 */

export interface Settings {
  /** Where buckets are, where a request does not say it, and the only place where they can be. */
  readonly region: string | undefined
  /** The least size of every part of an upload but the last, in bytes. */
  readonly minPartSize: number
  /** Whether a request needs a `Content-MD5` where the documents say so. */
  readonly requireContentMd5: boolean
  /** Whether the bucket of a request can be in its path where the host is a name. */
  readonly pathStyle: "allowed" | "refused"
  /** Whether nobody has to say who they are, and everybody may do everything. */
  readonly isOpen: boolean
  /** Whether bodies in chunks are kept as what they mean, or as they are sent. */
  readonly awsChunked: "decoded" | "kept"
}

/** Settings, which need not be given. */
export type Given = { readonly [Name in Exclude<keyof Settings, "isOpen">]?: Settings[Name] | undefined } & {
  readonly credentials?: unknown
}

export const settingsOf = (given: Given): Settings => ({
  region: given.region,
  minPartSize: given.minPartSize ?? 0,
  requireContentMd5: given.requireContentMd5 ?? false,
  pathStyle: given.pathStyle ?? "allowed",
  isOpen: given.credentials === undefined,
  awsChunked: given.awsChunked ?? "decoded"
})
