/**
 * The service: which request asks for what. Everything below is a function of what is kept and what is asked.
 */
import {
  InvalidRequestBody,
  InvalidURI,
  KeyTooLongError,
  MaxMessageLengthExceeded,
  MissingRequestBodyError,
  UnexpectedContent
} from "../../errors/BadRequest.js"
import { md5Hex } from "../digest.js"
import { isTooLong, targetOf } from "./address.js"
import { accessFault } from "./access.js"
import { admissionFault } from "./admission.js"
import type { Asked, Dialect, Head, Outcome, Refusal, Reply, Unread } from "./asked.js"
import { empty, isRefusal, makesBucket } from "./asked.js"
import {
  bucketLocation,
  bucketVersioning,
  createBucket,
  deleteBucket,
  headBucket,
  listBuckets,
  storageInfo
} from "./buckets.js"
import type { Configure } from "./configurations.js"
import { configures } from "./configurations.js"
import type { Content } from "./content.js"
import { copy, isCopy } from "./copies.js"
import { corsHeaders, preflight } from "./cors.js"
import { digestFault } from "./digest.js"
import { deleteObject, deleteObjects } from "./deletion.js"
import { modify, rename, truncate } from "./fileSystems.js"
import { isPostForm, postForm } from "./forms.js"
import { listObjects, listUploads, listVersions } from "./listing.js"
import { abort, complete, copied, initiate, listParts, putPart } from "./multipart.js"
import { acl, append, get, put, retention, setMetadata, tagging } from "./objects.js"
import { methodNotAllowed, noSuchBucket, notImplemented } from "./refusals.js"
import { anonymous } from "./requester.js"
import { restore } from "./restoration.js"
import type { Problem, Settings } from "./settings.js"
import type { Bucket, State } from "./state.js"
import type { Place } from "../verification/arrived.js"

/** What answers, by the method of a request. */
type Methods = { readonly [method: string]: Configure }

const only =
  (methods: Methods): Configure =>
  (asked, bucket, state) =>
    Object.hasOwn(methods, asked.method)
      ? (methods[asked.method]?.(asked, bucket, state) ?? methodNotAllowed())
      : methodNotAllowed()

/** What answers requests to a bucket, by the parameter that says what they ask for. */
const ofBuckets: ReadonlyMap<string, Configure> = new Map<string, Configure>([
  ["location", only({ GET: bucketLocation })],
  ["versioning", only({ GET: bucketVersioning, PUT: bucketVersioning })],
  ["storageinfo", only({ GET: storageInfo })],
  ["uploads", only({ GET: listUploads })],
  ["versions", only({ GET: listVersions })],
  ["delete", only({ POST: deleteObjects })],
  ...configures
])

/** What answers requests to an object. */
const ofObjects: ReadonlyMap<string, Configure> = new Map<string, Configure>([
  ["acl", only({ GET: acl, PUT: acl })],
  ["append", only({ POST: append })],
  ["metadata", only({ PUT: setMetadata })],
  ["modify", only({ PUT: modify })],
  ["rename", only({ POST: rename })],
  ["restore", only({ POST: restore })],
  ["retention", only({ PUT: retention })],
  ["truncate", only({ PUT: truncate })],
  ["tagging", only({ GET: tagging, PUT: tagging, DELETE: tagging })],
  ["uploadId", only({ GET: listParts, PUT: putPart, POST: complete, DELETE: abort })],
  ["uploads", only({ POST: initiate })]
])

/** What else the real service does where a request has these parameters. */
const unknown = [
  "backtosource",
  "bucketstatus",
  "deletebucket",
  "directcoldaccess",
  "obsalias",
  "obsbucketalias",
  "orchestration",
  "policystatus",
  "select",
  "select-type",
  "symlink",
  "torrent",
  "trash",
  "x-image-process",
  "x-image-save-bucket",
  "x-image-save-object",
  "x-obs-callback"
]

const named = (query: URLSearchParams, names: Iterable<string>): string | undefined => {
  for (const name of names) if (query.has(name)) return name
  return undefined
}

/** The parameter that says what a request asks for: where there are several, the one that it is answered by. */
const parameterOf = ({ key, query }: Pick<Unread, "key" | "query">): string | undefined =>
  named(query, (key === "" ? ofBuckets : ofObjects).keys())

/** The parameter of a request that the service does not have, or not there. */
const foreignTo = (unread: Pick<Unread, "key" | "query">): string | undefined =>
  named(unread.query, unknown) ??
  (parameterOf(unread) === undefined
    ? named(unread.query, (unread.key === "" ? ofObjects : ofBuckets).keys())
    : undefined)

const toBucket: Configure = only({
  HEAD: headBucket,
  GET: listObjects,
  DELETE: deleteBucket,
  POST: (asked, bucket) => (isPostForm(asked) ? postForm(asked, bucket) : methodNotAllowed())
})

const toObject: Configure = only({
  HEAD: get,
  GET: get,
  PUT: (asked, bucket, state) => (isCopy(asked) ? copy(asked, bucket, state) : put(asked, bucket)),
  DELETE: deleteObject
})

// The SDKs of the service ask it, or a bucket, for the version without a signature, before they choose how to sign
export const isNegotiation = ({ method, url }: Head, place: Place): boolean =>
  method === "HEAD" && url.searchParams.has("apiversion") && targetOf(url, place)[1] === ""

// From this version on an SDK signs in the scheme of OBS
const negotiated = { "x-obs-api": "3.0" }

const toService = (asked: Asked, state: State): Outcome => {
  if (asked.key !== "") return new InvalidURI()
  if (isNegotiation(asked, asked.place)) return empty(200, negotiated)
  return asked.method === "GET" ? listBuckets(asked, state) : methodNotAllowed()
}

/** A body where none belongs. */
const bodyFault = (asked: Asked) => {
  const { document, method, settings } = asked
  if (document.length === 0 || settings.unexpectedBodies === "ignored") return undefined
  if (isCopy(asked)) return new MaxMessageLengthExceeded()
  return ["GET", "HEAD", "DELETE"].includes(method) ? new UnexpectedContent() : undefined
}

const malformed = [
  "MalformedACLError",
  "MalformedLoggingStatus",
  "MalformedObjectLockError",
  "MalformedQuotaError",
  "MalformedXML",
  "MalformedXMLError"
]

/** A document that is missing has codes of its own. */
const orMissing = ({ document }: Asked, outcome: Outcome): Outcome => {
  if (document.length > 0 || !isRefusal(outcome)) return outcome
  if (malformed.includes(outcome._tag)) return new MissingRequestBodyError({ message: "Request body is empty." })
  return outcome._tag === "MalformedPolicy" ? new InvalidRequestBody() : outcome
}

const route = (asked: Asked, state: State): Outcome => {
  const { bucket: name, document, headers, key, md5, method } = asked
  if (method === "OPTIONS" && name !== "") return preflight(asked, state)
  const isToBucket = key === ""
  const known = isToBucket ? ofBuckets : ofObjects
  const parameter = parameterOf(asked)
  const foreign = foreignTo(asked)
  if (foreign !== undefined) return notImplemented(`?${foreign} ${isToBucket ? "of buckets" : "of objects"}`)
  if (name === "") return toService(asked, state)
  if (makesBucket(asked, parameter)) return createBucket(asked, state)
  const bucket: Bucket | undefined = state.buckets.get(name)
  if (bucket === undefined) return noSuchBucket(name)
  if (isNegotiation(asked, asked.place)) return empty(200, negotiated)
  if (isTooLong(key)) return new KeyTooLongError()
  const sends = method === "PUT" || method === "POST"
  // The bytes of a part that is copied are not those that were sent
  const sent = isPartCopy(asked) ? md5Hex(document) : md5
  const fault = (sends ? digestFault(headers["content-md5"], sent) : undefined) ?? bodyFault(asked)
  if (fault !== undefined) return fault
  const respond = (parameter === undefined ? undefined : known.get(parameter)) ?? (isToBucket ? toBucket : toObject)
  // What nobody has written belongs to whoever lets nobody write
  const owned = asked.who === anonymous ? { ...asked, who: bucket.owner } : asked
  return orMissing(asked, respond(owned, bucket, state))
}

/** How a request came: where its bucket is, in which dialect it is answered, who sent it, and when. */
export interface Arrival {
  readonly place: Place
  readonly dialect: Dialect
  readonly who: string
  readonly problem: Problem | undefined
  readonly now: number
  readonly settings: Settings
}

/** What a request asks for, as far as its head says it. */
export const unreadOf = ({ headers, method, url }: Head, arrival: Arrival): Unread => {
  const [bucket, key] = targetOf(url, arrival.place)
  return { method, url, headers, bucket, key, query: url.searchParams, ...arrival }
}

/** What keeps a request from being answered, whatever its body is. */
export const admissionOf = (unread: Unread, state: State): Refusal | undefined =>
  admissionFault(unread, parameterOf(unread)) ??
  (isNegotiation(unread, unread.place) ? undefined : accessFault(unread, parameterOf(unread), state)) ??
  // Nobody has to send what cannot be kept
  (sendsObject(unread) && foreignTo(unread) === undefined && state.buckets.get(unread.bucket) === undefined
    ? noSuchBucket(unread.bucket)
    : undefined)

/** The bucket that a request makes or deletes. */
export const changedBucket = (unread: Unread): string | undefined => {
  const { bucket, key, method } = unread
  const isChange = key === "" && (method === "PUT" || method === "DELETE") && parameterOf(unread) === undefined
  return isChange ? bucket : undefined
}

/** Whether a request takes a part of an upload from an object. */
const isPartCopy = (unread: Unread): boolean =>
  unread.method === "PUT" && unread.key !== "" && parameterOf(unread) === "uploadId" && isCopy(unread)

/** Whether the body of a request is the bytes of an object. It is a document otherwise. */
export const sendsObject = (unread: Unread): boolean => {
  const { key, method } = unread
  if (key === "") return false
  const parameter = parameterOf(unread)
  if (method === "POST") return parameter === "append"
  const isCopied = (parameter === undefined || parameter === "uploadId") && isCopy(unread)
  return method === "PUT" && !isCopied && [undefined, "uploadId", "modify"].includes(parameter)
}

/** The bytes of an object that a request takes for a part of another one; undefined where it takes none. */
export const copiedBy = (unread: Unread, state: State): Content | Refusal | undefined => {
  if (!isPartCopy(unread)) return undefined
  const source = copied(unread, state)
  return isRefusal(source) ? source : source.content
}

/** The headers that a browser looks for in an answer, whatever that is. */
export const originHeaders = (request: Head, place: Place, state: State): Reply["headers"] =>
  corsHeaders(request, targetOf(request.url, place)[0], state)

const changes = new Set(["PUT", "POST", "DELETE"])

/** Answers a request, and keeps what it asks to keep. A request that is refused changes nothing. */
export const handle = (state: State, asked: Asked): Outcome => {
  const outcome = route(asked, state)
  if (asked.key === "" && changes.has(asked.method) && !isRefusal(outcome)) state.settle(asked.bucket)
  return outcome
}
