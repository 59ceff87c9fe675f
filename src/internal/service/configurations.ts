/**
 * The configurations of buckets: documents that are kept and given back as they came.
 *
 * What they say has an effect where this service has what they speak of: the quota, the storage class, the list of custom
 * domains, the default retention. Nothing expires by a lifecycle, and nobody is refused by a policy.
 */
import {
  BadDomainName,
  CustomDomainAreadyExist,
  CustomDomainNotExist,
  EntityTooLarge,
  FileGatewayBucket,
  InvalidBucketStoragePolicy,
  InvalidDefaultStorageClass,
  InvalidRequest,
  InvalidTargetBucketForLogging,
  InventoryCountOverLimit,
  MalformedLoggingStatus,
  MalformedPolicy,
  MalformedQuotaError,
  MissingRequiredHeader,
  PrefixExistInclusionRelationship,
  TooManyCustomDomains
} from "../../errors/BadRequest.js"
import {
  NoSuchBucketPolicy,
  NoSuchCORSConfiguration,
  NoSuchCustomDomain,
  NoSuchEncryptionConfiguration,
  NoSuchInventoryConfiguration,
  NoSuchLifecycleConfiguration,
  NoSuchReplicationConfiguration,
  NoSuchTagSet,
  NoSuchWebsiteConfiguration
} from "../../errors/NotFound.js"
import { Notification1011, OefTrigger1002, Sys0006, Sys0015 } from "../../errors/Oef.js"
import { isRecord } from "../object.js"
import { aclOf, allows, defaultAcl } from "./acl.js"
import type { Asked, Outcome, Refusal } from "./asked.js"
import { empty, isRefusal } from "./asked.js"
import { corsFault } from "./cors.js"
import type { Elements } from "./documents.js"
import { answer, container, document, element, first, isoTime, read, textOf, xml } from "./documents.js"
import { invalidArgument, malformedXml, methodNotAllowed } from "./refusals.js"
import { defaultRetentionFault } from "./retention.js"
import type { Bucket, State } from "./state.js"
import { nameOfStorageClass, storageClassOf } from "./storageClass.js"
import { bucketTagsFault } from "./tags.js"

/** A kind of configuration, which is the parameter of its requests. */
interface Configuration {
  readonly type: "application/xml" | "application/json"
  /** What is wrong with a document. Where nothing is, what it says has its effect. */
  readonly set: (asked: Asked, bucket: Bucket, state: State) => Refusal | undefined
  /** What a bucket answers that has none. */
  readonly absent: (asked: Asked, bucket: Bucket) => Outcome
  /** The status of the answer to a document. */
  readonly status: 200 | 204
  /** Whether it can be deleted, and whether what is not there can be. */
  readonly removal: "Never" | "IfPresent" | "Always"
}

type Options = Partial<Configuration> & Pick<Configuration, "absent">

/** A document of XML whose root has a name. */
const ofXml = (
  root: string,
  options: Options & {
    readonly malformed?: () => Refusal
    readonly check?: (elements: Elements, asked: Asked, bucket: Bucket, state: State) => Refusal | undefined
  }
): Configuration => ({
  type: "application/xml",
  status: 200,
  removal: "Always",
  set: (asked, bucket, state) => {
    const elements = read(asked.document, [root])
    return elements === undefined
      ? (options.malformed ?? malformedXml)()
      : options.check?.(elements, asked, bucket, state)
  },
  ...options
})

/** A document of JSON: an object. */
const ofJson = (malformed: () => Refusal, options: Options): Configuration => ({
  type: "application/json",
  status: 200,
  removal: "Always",
  set: ({ document: body }) => (isRecord(jsonOf(body)) ? undefined : malformed()),
  ...options
})

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(textOf(body) ?? "")
  } catch {
    return undefined
  }
}

const never = { removal: "Never" } as const

/** A document that has nothing but its root. */
const nothing =
  (root: string, ...children: ReadonlyArray<string>) =>
  (asked: Asked): Outcome =>
    answer(asked, root, ...children)

/** A number of bytes. */
const quotaOf = (elements: Elements): number | undefined => {
  const text = first(elements, "StorageQuota") ?? ""
  return /^\d{1,19}$/.test(text) ? Number(text) : undefined
}

const needsLock = (bucket: Bucket) =>
  bucket.hasObjectLock ? undefined : new InvalidRequest({ message: "The object lock is disabled for the bucket." })

const publicAccess = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"]

/** Takes the storage class that a document names for what is put into a bucket. */
const takeStorageClass = (bucket: Bucket, name: string | undefined): boolean => {
  const storageClass = storageClassOf(name ?? "")
  if (storageClass === undefined) return false
  bucket.storageClass = storageClass
  return true
}

const configurations: { readonly [parameter: string]: Configuration } = {
  policy: ofJson(() => new MalformedPolicy(), {
    status: 204,
    removal: "IfPresent",
    absent: () => new NoSuchBucketPolicy()
  }),
  cors: ofXml("CORSConfiguration", { absent: () => new NoSuchCORSConfiguration(), check: corsFault }),
  lifecycle: ofXml("LifecycleConfiguration", { absent: () => new NoSuchLifecycleConfiguration() }),
  website: ofXml("WebsiteConfiguration", { absent: () => new NoSuchWebsiteConfiguration() }),
  replication: ofXml("ReplicationConfiguration", { absent: () => new NoSuchReplicationConfiguration() }),
  encryption: ofXml("ServerSideEncryptionConfiguration", { absent: () => new NoSuchEncryptionConfiguration() }),
  tagging: {
    ...ofXml("Tagging", { status: 204, absent: () => new NoSuchTagSet() }),
    set: ({ dialect, document: body }) => bucketTagsFault(body, dialect)
  },
  quota: ofXml("Quota", {
    ...never,
    absent: nothing("Quota", element("StorageQuota", 0)),
    malformed: () => new MalformedQuotaError(),
    check: (elements, _, bucket) => {
      const quota = quotaOf(elements)
      if (quota === undefined) return new MalformedQuotaError()
      bucket.quota = quota
      return undefined
    }
  }),
  logging: ofXml("BucketLoggingStatus", {
    ...never,
    absent: nothing("BucketLoggingStatus"),
    malformed: () => new MalformedLoggingStatus(),
    check: (elements, { settings }, _bucket, { buckets }) => {
      const target = first(elements, "LoggingEnabled/TargetBucket")
      if (target === undefined) return undefined
      const bucket = buckets.get(target)
      // Logs are written by an agency of the account, or by a group that the list of the bucket has to allow it
      const isWritable =
        settings.isOpen || first(elements, "Agency") !== undefined || allows(bucket?.acl, "LogDelivery", "WRITE")
      return bucket !== undefined && isWritable
        ? undefined
        : new InvalidTargetBucketForLogging({ details: { TargetBucket: target } })
    }
  }),
  notification: ofXml("NotificationConfiguration", { ...never, absent: nothing("NotificationConfiguration") }),
  requestPayment: ofXml("RequestPaymentConfiguration", {
    ...never,
    absent: nothing("RequestPaymentConfiguration", element("Payer", "BucketOwner")),
    check: (elements) =>
      ["BucketOwner", "Requester"].includes(first(elements, "Payer") ?? "") ? undefined : malformedXml()
  }),
  "object-lock": ofXml("ObjectLockConfiguration", {
    ...never,
    absent: (asked, bucket) =>
      needsLock(bucket) ?? answer(asked, "ObjectLockConfiguration", element("ObjectLockEnabled", "Enabled")),
    check: (elements, _, bucket) => needsLock(bucket) ?? defaultRetentionFault(elements)
  }),
  publicAccessBlock: ofXml("PublicAccessBlockConfiguration", {
    absent: nothing("PublicAccessBlockConfiguration", ...publicAccess.map((name) => element(name, false)))
  }),
  CDNNotifyConfiguration: ofXml("CDNNotifyConfiguration", { ...never, absent: nothing("CDNNotifyConfiguration") }),
  storageClass: {
    ...ofXml("StorageClass", {
      ...never,
      absent: ({ dialect }, { storageClass }) =>
        xml(document(dialect, "StorageClass", nameOfStorageClass(storageClass, dialect)))
    }),
    set: ({ document: body }, bucket) => {
      // The text is the root's own
      const [, name] = /<(?:\w+:)?StorageClass(?:\s[^>]*)?>\s*(\w+)\s*</.exec(textOf(body) ?? "") ?? []
      if (read(body, ["StorageClass"]) === undefined) return malformedXml()
      return takeStorageClass(bucket, name) ? undefined : new InvalidDefaultStorageClass()
    }
  },
  storagePolicy: ofXml("StoragePolicy", {
    ...never,
    absent: (asked, { storageClass }) =>
      answer(asked, "StoragePolicy", element("DefaultStorageClass", nameOfStorageClass(storageClass, asked.dialect))),
    check: (elements, _, bucket) =>
      takeStorageClass(bucket, first(elements, "DefaultStorageClass")) ? undefined : new InvalidBucketStoragePolicy()
  }),
  mirrorBackToSource: ofJson(() => new Sys0006(), { absent: () => new Sys0015() }),
  obsworkflowtriggerpolicy: ofJson(() => new Sys0006(), { absent: () => new Sys0015() }),
  disPolicy: ofJson(() => new Sys0006(), { absent: () => new Notification1011() }),
  obscompresspolicy: ofJson(() => new Sys0006(), { absent: () => new OefTrigger1002() })
}

// The documents say of these that their digest is mandatory
const withDigest = ["cors", "lifecycle"]

const digestFault = (parameter: string, { headers, settings }: Asked) =>
  settings.requireContentMd5 && withDigest.includes(parameter) && headers["content-md5"] === undefined
    ? new MissingRequiredHeader({ message: "Missing required header for this request: Content-MD5" })
    : undefined

const maxDocument = 20 * 1024

const tooLarge = ({ document: body }: Asked) =>
  body.length > maxDocument
    ? new EntityTooLarge({ details: { ProposedSize: String(body.length), MaxSizeAllowed: String(maxDocument) } })
    : undefined

/** Storage class and policy say the same: the one that was set last counts, and the answer is made of it. */
const isComputed = (parameter: string): boolean => parameter === "storageClass" || parameter === "storagePolicy"

const configure = (
  parameter: string,
  { absent, removal, set, status, type }: Configuration,
  asked: Asked,
  bucket: Bucket,
  state: State
): Outcome => {
  const { documents } = bucket
  const kept = documents.get(parameter)
  switch (asked.method) {
    case "GET":
      return kept === undefined ? absent(asked, bucket) : { status: 200, headers: { "content-type": type }, body: kept }
    case "PUT": {
      const fault = tooLarge(asked) ?? digestFault(parameter, asked) ?? set(asked, bucket, state)
      if (fault !== undefined) return fault
      if (!isComputed(parameter)) documents.set(parameter, asked.document)
      return empty(status)
    }
    case "DELETE": {
      if (removal === "Never") return methodNotAllowed()
      if (kept === undefined && removal === "IfPresent") return absent(asked, bucket)
      documents.delete(parameter)
      return empty(204)
    }
    default:
      return methodNotAllowed()
  }
}

/** The access control list of a bucket. */
const acl = (asked: Asked, bucket: Bucket): Outcome => {
  if (asked.method === "GET") return xml(bucket.acl ?? defaultAcl(asked.dialect, bucket.owner))
  if (asked.method !== "PUT") return methodNotAllowed()
  const list = tooLarge(asked) ?? aclOf(asked, bucket.owner)
  if (isRefusal(list)) return list
  bucket.acl = list.acl
  return empty(200)
}

const maxInventories = 10

const prefixOf = (body: Uint8Array): string =>
  first(read(body, ["InventoryConfiguration"]) ?? [], "Filter/Prefix") ?? ""

/** The inventories of a bucket, each with an id. */
const inventory = (asked: Asked, { inventories, isFileSystem }: Bucket): Outcome => {
  const { document: body, method, query } = asked
  const id = query.get("id")
  const kept = id === null ? undefined : inventories.get(id)
  if (id === null || id === "") {
    if (method !== "GET") return invalidArgument("id", id)
    const documents = Array.from(inventories.entries(), ([, document]) =>
      // What stands in front of the root belongs to a document of its own
      (textOf(document) ?? "").replace(/^\s*(?:<\?[^>]*\?>\s*)*/, "")
    )
    return answer(asked, "ListInventoryConfiguration", ...documents)
  }
  switch (method) {
    case "GET":
      return kept === undefined
        ? new NoSuchInventoryConfiguration()
        : { status: 200, headers: { "content-type": "application/xml" }, body: kept }
    case "DELETE":
      inventories.delete(id)
      return empty(204)
    case "PUT": {
      if (isFileSystem) return new FileGatewayBucket()
      const elements = read(body, ["InventoryConfiguration"])
      if (elements === undefined) return tooLarge(asked) ?? malformedXml()
      if (first(elements, "Id") !== id) return invalidArgument("id", id)
      if (kept === undefined && inventories.size >= maxInventories) return new InventoryCountOverLimit()
      const prefix = prefixOf(body)
      for (const [other, document] of inventories.entries()) {
        const otherPrefix = prefixOf(document)
        if (other !== id && (prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix))) {
          return new PrefixExistInclusionRelationship()
        }
      }
      inventories.set(id, body)
      return empty(200)
    }
    default:
      return methodNotAllowed()
  }
}

const maxDomains = 30

const domainName = /^(?=.{1,256}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i

/** The custom domains of a bucket. Requests to them are requests to the bucket. */
const customDomain = (asked: Asked, bucket: Bucket, { domains }: State): Outcome => {
  const { method, now, query } = asked
  const name = (query.get("customdomain") ?? "").toLowerCase()
  switch (method) {
    case "GET":
      if (bucket.domains.size === 0) return new NoSuchCustomDomain()
      return answer(
        asked,
        "ListBucketCustomDomainsResult",
        ...Array.from(bucket.domains, ([host, at]) =>
          container("Domains", element("DomainName", host), element("CreateTime", isoTime(at)))
        )
      )
    case "PUT":
      if (!domainName.test(name)) return new BadDomainName({ details: { DomainName: name } })
      if (domains.has(name)) return new CustomDomainAreadyExist({ details: { DomainName: name } })
      if (bucket.domains.size >= maxDomains) return new TooManyCustomDomains()
      domains.set(name, bucket.name)
      bucket.domains.set(name, now)
      return empty(200)
    case "DELETE":
      if (!bucket.domains.delete(name)) return new CustomDomainNotExist({ details: { DomainName: name } })
      domains.delete(name)
      return empty(204)
    default:
      return methodNotAllowed()
  }
}

/** Answers a request about a configuration. */
export type Configure = (asked: Asked, bucket: Bucket, state: State) => Outcome

/** What answers requests with each parameter. */
export const configures: ReadonlyMap<string, Configure> = new Map<string, Configure>([
  ["acl", acl],
  ["inventory", inventory],
  ["customdomain", customDomain],
  ...Object.entries(configurations).map(([parameter, configuration]): [string, Configure] => [
    parameter,
    (asked, bucket, state) => configure(parameter, configuration, asked, bucket, state)
  ])
])
