/**
 * What differs between services.
 */
/** Why a function cannot be used: it is switched off, it is for some users only, or this service does not have it. */
export type Unavailable = "off" | "restricted" | "unsupported"

/**
 * An account, which owns buckets and objects.
 *
 * @category models
 * @since 0.3.0
 */
export interface Account {
  /** The id that owners and grants of access control lists have. Access keys with the same id are of one account. */
  readonly id?: string | undefined
  /**
   * What is wrong with the account: the code that all its requests are refused with. `UserRestricted` refuses only to make
   * buckets.
   */
  readonly problem?:
    | "AccountProblem"
    | "DeregisterUserId"
    | "FrozenUserId"
    | "InArrearOrInsufficientBalance"
    | "NotSignedUp"
    | "Unauthorized"
    | "UserRestricted"
    | undefined
}

/** What is wrong with an account. */
export type Problem = NonNullable<Account["problem"]>

/**
 * Where a bucket is that is not here.
 *
 * @category models
 * @since 0.3.0
 */
export interface Moved {
  /** The host of the other endpoint, such as `obs.eu-nl.example.com`. Requests are sent there by their `Location`. */
  readonly endpoint: string
  /** Whether that is for good: a `PermanentRedirect`. It is a `TemporaryRedirect` by default. */
  readonly permanent?: boolean | undefined
}

/**
 * How much a service takes. What exceeds a limit is refused as the real service does, whose limits are not documented.
 *
 * @category models
 * @since 0.3.0
 */
export interface Limits {
  /** The most requests within a second. One more is a `SlowDown`. */
  readonly requestsPerSecond?: number | undefined
  /** The most requests at the same time. One more is a `ServiceUnavailable`. */
  readonly concurrentRequests?: number | undefined
  /**
   * The most wrong signatures with one access key within a minute. Each request with that key is then a
   * `TooManyWrongSignature`, until the minute is over.
   */
  readonly wrongSignatures?: number | undefined
  /** How long the service waits for the next bytes of a body, in milliseconds. It is then a `RequestTimeout`. */
  readonly bodyTimeout?: number | undefined
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
  readonly limits: Limits
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
