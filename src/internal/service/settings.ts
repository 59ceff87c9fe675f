/**
 * What differs between services.
 */
import type { Limits } from "./gate.js"

/** What is wrong with an account. */
export type Problem =
  | "AccountProblem"
  | "DeregisterUserId"
  | "FrozenUserId"
  | "InArrearOrInsufficientBalance"
  | "NotSignedUp"
  | "Unauthorized"
  | "UserRestricted"

/** Why a function cannot be used: it is switched off, it is for some users only, or this service does not have it. */
export type Unavailable = "off" | "restricted" | "unsupported"

export interface Moved {
  readonly endpoint: string
  readonly permanent?: boolean | undefined
}

export interface Settings {
  /** Where buckets are, where a request does not say it, and the only place where they can be. */
  readonly region: string | undefined
  /** Whether a request to make a bucket has to say where. */
  readonly requireRegion: boolean
  /** The least size of every part of an upload but the last, in bytes. */
  readonly minPartSize: number
  /** Whether a request needs a `Content-MD5` where the documents say so. */
  readonly requireContentMd5: boolean
  readonly requireContentLength: boolean
  /** What becomes of a body where none belongs. */
  readonly unexpectedBodies: "ignored" | "refused"
  /** Whether the bucket of a request can be in its path where the host is a name. */
  readonly pathStyle: "allowed" | "refused"
  /** Whether bodies in chunks are kept as what they mean, or as they are sent. */
  readonly awsChunked: "decoded" | "kept"
  readonly forbiddenBuckets: ReadonlyArray<string>
  readonly moved: { readonly [bucket: string]: Moved }
  readonly functions: { readonly [parameter: string]: Unavailable }
  /** The keys of SSE-KMS by their ids; all that are named where it is undefined. */
  readonly masterKeys: { readonly [id: string]: "enabled" | "disabled" } | undefined
  readonly limits: Limits & { readonly bodyTimeout?: number | undefined }
  /** Whether nobody has to say who they are, and everybody may do everything. */
  readonly isOpen: boolean
}

/** Settings, which need not be given. */
export type Given = { readonly [Name in Exclude<keyof Settings, "isOpen">]?: Settings[Name] | undefined } & {
  readonly credentials?: unknown
}

export const settingsOf = (given: Given): Settings => ({
  region: given.region,
  requireRegion: given.requireRegion ?? false,
  minPartSize: given.minPartSize ?? 0,
  requireContentMd5: given.requireContentMd5 ?? false,
  requireContentLength: given.requireContentLength ?? false,
  unexpectedBodies: given.unexpectedBodies ?? "ignored",
  pathStyle: given.pathStyle ?? "allowed",
  awsChunked: given.awsChunked ?? "decoded",
  forbiddenBuckets: given.forbiddenBuckets ?? [],
  moved: given.moved ?? {},
  functions: given.functions ?? {},
  masterKeys: given.masterKeys,
  limits: given.limits ?? {},
  isOpen: given.credentials === undefined
})
