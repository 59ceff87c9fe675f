/**
 * Which operation a request asks for.
 */
import type * as Bucket from "../../operations/Bucket.js"
import type * as BucketConfiguration from "../../operations/BucketConfiguration.js"
import type * as MultipartUpload from "../../operations/MultipartUpload.js"
import type * as Object_ from "../../operations/Object.js"
import type { AnyOperation } from "../operation.js"
import { isSubresource } from "../signature/canonical.js"

type NamesOf<Module> = {
  [Name in keyof Module]: Module[Name] extends AnyOperation ? Name : never
}[keyof Module]

/**
 * The name of an operation of `ObsOperation`, such as `GetObject`.
 *
 * @category models
 * @since 0.3.0
 */
export type OperationName = NamesOf<
  typeof Bucket & typeof BucketConfiguration & typeof MultipartUpload & typeof Object_
>

/** The request of each operation: its method, whether it is to a key, its parameters and its header. */
const requests: { readonly [Name in OperationName]: string } = {
  AbortMultipartUpload: "DELETE /key?uploadId",
  AppendObject: "POST /key?append&position",
  CompleteMultipartUpload: "POST /key?uploadId",
  CopyObject: "PUT /key x-obs-copy-source",
  CreateBucket: "PUT /",
  CreateWorkflowTrigger: "PUT /?obsworkflowtriggerpolicy",
  DeleteBucket: "DELETE /",
  DeleteBucketCors: "DELETE /?cors",
  DeleteBucketCustomDomain: "DELETE /?customdomain",
  DeleteBucketEncryption: "DELETE /?encryption",
  DeleteBucketInventory: "DELETE /?inventory&id",
  DeleteBucketLifecycle: "DELETE /?lifecycle",
  DeleteBucketMirrorBackToSource: "DELETE /?mirrorBackToSource",
  DeleteBucketPolicy: "DELETE /?policy",
  DeleteBucketReplication: "DELETE /?replication",
  DeleteBucketTagging: "DELETE /?tagging",
  DeleteBucketWebsite: "DELETE /?website",
  DeleteDecompressPolicy: "DELETE /?obscompresspolicy",
  DeleteDisPolicy: "DELETE /?disPolicy",
  DeleteObject: "DELETE /key",
  DeleteObjectTagging: "DELETE /key?tagging",
  DeleteObjects: "POST /?delete",
  DeletePublicAccessBlock: "DELETE /?publicAccessBlock",
  DeleteWorkflowTrigger: "DELETE /?obsworkflowtriggerpolicy",
  GetBucketAcl: "GET /?acl",
  GetBucketCors: "GET /?cors",
  GetBucketCustomDomain: "GET /?customdomain",
  GetBucketEncryption: "GET /?encryption",
  GetBucketInventory: "GET /?inventory&id",
  GetBucketLifecycle: "GET /?lifecycle",
  GetBucketLocation: "GET /?location",
  GetBucketLogging: "GET /?logging",
  GetBucketMirrorBackToSource: "GET /?mirrorBackToSource",
  GetBucketNotification: "GET /?notification",
  GetBucketObjectLock: "GET /?object-lock",
  GetBucketPolicy: "GET /?policy",
  GetBucketQuota: "GET /?quota",
  GetBucketReplication: "GET /?replication",
  GetBucketRequestPayment: "GET /?requestPayment",
  GetBucketStorageClass: "GET /?storageClass",
  GetBucketStorageInfo: "GET /?storageinfo",
  GetBucketTagging: "GET /?tagging",
  GetBucketVersioning: "GET /?versioning",
  GetBucketWebsite: "GET /?website",
  GetDecompressPolicy: "GET /?obscompresspolicy",
  GetDisPolicy: "GET /?disPolicy",
  GetObject: "GET /key",
  GetObjectAcl: "GET /key?acl",
  GetObjectTagging: "GET /key?tagging",
  GetPublicAccessBlock: "GET /?publicAccessBlock",
  GetWorkflowTrigger: "GET /?obsworkflowtriggerpolicy",
  HeadBucket: "HEAD /",
  HeadObject: "HEAD /key",
  InitiateMultipartUpload: "POST /key?uploads",
  ListBucketInventories: "GET /?inventory",
  ListBuckets: "GET /",
  ListMultipartUploads: "GET /?uploads",
  ListObjectVersions: "GET /?versions",
  ListObjects: "GET /",
  ListObjectsV2: "GET /?list-type=2",
  ListParts: "GET /key?uploadId",
  ModifyObject: "PUT /key?modify&position",
  OptionsBucket: "OPTIONS /",
  OptionsObject: "OPTIONS /key",
  PostObject: "POST /",
  PutBucketAcl: "PUT /?acl",
  PutBucketCors: "PUT /?cors",
  PutBucketCustomDomain: "PUT /?customdomain",
  PutBucketEncryption: "PUT /?encryption",
  PutBucketInventory: "PUT /?inventory&id",
  PutBucketLifecycle: "PUT /?lifecycle",
  PutBucketLogging: "PUT /?logging",
  PutBucketMirrorBackToSource: "PUT /?mirrorBackToSource",
  PutBucketNotification: "PUT /?notification",
  PutBucketObjectLock: "PUT /?object-lock",
  PutBucketPolicy: "PUT /?policy",
  PutBucketQuota: "PUT /?quota",
  PutBucketReplication: "PUT /?replication",
  PutBucketRequestPayment: "PUT /?requestPayment",
  PutBucketStorageClass: "PUT /?storageClass",
  PutBucketTagging: "PUT /?tagging",
  PutBucketVersioning: "PUT /?versioning",
  PutBucketWebsite: "PUT /?website",
  PutDecompressPolicy: "PUT /?obscompresspolicy",
  PutDisPolicy: "PUT /?disPolicy",
  PutObject: "PUT /key",
  PutObjectAcl: "PUT /key?acl",
  PutObjectRetention: "PUT /key?retention",
  PutObjectTagging: "PUT /key?tagging",
  PutPublicAccessBlock: "PUT /?publicAccessBlock",
  RenameObject: "POST /key?rename&name",
  RestoreObject: "POST /key?restore",
  SetObjectMetadata: "PUT /key?metadata",
  TruncateObject: "PUT /key?truncate&length",
  UploadPart: "PUT /key?partNumber&uploadId",
  UploadPartCopy: "PUT /key?partNumber&uploadId x-obs-copy-source"
}

const isName = (name: string): name is OperationName => Object.hasOwn(requests, name)

/** The names of all operations. */
export const operationNames: ReadonlyArray<OperationName> = Object.keys(requests).filter(isName)

/** The request of an operation, such as `GET /key?uploadId`. */
export const requestOf = (name: OperationName): string => requests[name]

interface Form {
  readonly name: OperationName
  readonly parameters: ReadonlyArray<readonly [name: string, value: string]>
  readonly isCopy: boolean
}

/** The forms of requests by method, and by whether they are to a key, those that ask for most first. */
const forms = ((): ReadonlyMap<string, ReadonlyArray<Form>> => {
  const found = new Map<string, Array<Form>>()
  for (const name of operationNames) {
    const [, place = "", query = "", header = ""] =
      /^(\w+ \/(?:key)?)(?:\?(\S*))?(?: (\S+))?$/.exec(requests[name]) ?? []
    const form = { name, parameters: [...new URLSearchParams(query)], isCopy: header !== "" }
    found.set(place, [...(found.get(place) ?? []), form])
  }
  const weight = ({ isCopy, parameters }: Form) => parameters.length + (isCopy ? 1 : 0)
  for (const list of found.values()) list.sort((a, b) => weight(b) - weight(a))
  return found
})()

// They choose what a request gets, and not what it asks for
const refining = new Set(["versionId", "uploadId", "partNumber", "x-image-process", "id", "name"])

const isNamed = (name: string): boolean =>
  isSubresource(name, { prefix: "x-obs-" }) && !refining.has(name) && !/^(x-obs-|x-amz-|response-)/i.test(name)

/** What tells the operation of a request. */
export interface Asking {
  readonly method: string
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
  readonly headers: { readonly [name: string]: string | undefined }
}

/** The operation that a request asks for; undefined where it is none of `ObsOperation`. */
export const operationNameOf = ({ bucket, headers, key, method, query }: Asking): OperationName | undefined => {
  if (bucket === "") return method === "GET" && key === "" ? "ListBuckets" : undefined
  if (query.has("apiversion")) return undefined
  const isCopy = headers["x-obs-copy-source"] !== undefined || headers["x-amz-copy-source"] !== undefined
  const form = (forms.get(`${method} /${key === "" ? "" : "key"}`) ?? []).find(
    (form) =>
      form.name !== "ListBuckets" &&
      (!form.isCopy || isCopy) &&
      form.parameters.every(([name, value]) => query.has(name) && (value === "" || query.get(name) === value))
  )
  if (form === undefined) return undefined
  const known = new Set(form.parameters.map(([name]) => name))
  return [...query.keys()].some((name) => isNamed(name) && !known.has(name)) ? undefined : form.name
}
