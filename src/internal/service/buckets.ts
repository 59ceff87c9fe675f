/**
 * Buckets themselves.
 */
import {
  IllegalLocationConstraintException,
  IllegalVersioningConfigurationException,
  InvalidBucketName,
  InvalidLocationConstraint,
  MissingRegion,
  TooManyBuckets
} from "../../errors/BadRequest.js"
import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  BucketNotEmpty,
  InvalidBucketState
} from "../../errors/Conflict.js"
import { FsNotSupport } from "../../errors/MethodNotAllowed.js"
import { aclOfHeaders } from "./acl.js"
import type { Asked, Outcome } from "./asked.js"
import { empty, isRefusal, own } from "./asked.js"
import { storageClassAsked } from "./attributes.js"
import { answer, container, document, element, first, isoTime, read, xml } from "./documents.js"
import { ownerElement } from "./listing.js"
import { invalidArgument, malformedXml } from "./refusals.js"
import type { Bucket, State } from "./state.js"
import { nameOfStorageClass } from "./storageClass.js"

const bucketName = /^(?!.*(?:\.\.|-\.|\.-))(?!\d{1,3}(?:\.\d{1,3}){3}$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

const maxBuckets = 100

/** The region of a service that has not been given one. */
const region = "region"

/** Where a bucket shall be. */
const locationOf = ({ document: body, settings }: Asked) => {
  const otherwise = settings.region ?? region
  if (body.length === 0) return settings.requireRegion ? new MissingRegion() : { location: otherwise }
  const elements = read(body, ["CreateBucketConfiguration"])
  if (elements === undefined) return malformedXml()
  const said = first(elements, "Location") ?? first(elements, "LocationConstraint")
  if (said === undefined && settings.requireRegion) return new MissingRegion()
  const location = said ?? otherwise
  if (!/^[a-z0-9-]{1,63}$/i.test(location)) return new InvalidLocationConstraint()
  return settings.region === undefined || settings.region === location
    ? { location }
    : new IllegalLocationConstraintException()
}

const isTrue = (text: string | undefined): boolean => text?.toLowerCase() === "true"

export const createBucket = (asked: Asked, state: State): Outcome => {
  const { bucket: name, now, who } = asked
  if (!bucketName.test(name)) return new InvalidBucketName({ details: { BucketName: name } })
  const present = state.buckets.get(name)
  if (present !== undefined) {
    const details = { BucketName: name }
    return present.owner === who ? new BucketAlreadyOwnedByYou({ details }) : new BucketAlreadyExists({ details })
  }
  if ((state.counts.get(who) ?? 0) >= maxBuckets) return new TooManyBuckets()
  const place = locationOf(asked)
  if (isRefusal(place)) return place
  const storage = storageClassAsked(asked, "STANDARD")
  if (isRefusal(storage)) return storage
  const list = aclOfHeaders(asked, who)
  if (list !== undefined && isRefusal(list)) return list
  const lock = own(asked, "bucket-object-lock-enabled")
  if (lock !== undefined && !isTrue(lock)) return invalidArgument("x-obs-bucket-object-lock-enabled", lock)
  const files = own(asked, "fs-file-interface")
  if (files !== undefined && files !== "Enabled") return invalidArgument("x-obs-fs-file-interface", files)
  state.create({
    name,
    owner: who,
    at: now,
    ...place,
    ...storage,
    acl: list?.acl,
    hasObjectLock: lock !== undefined,
    isFileSystem: files !== undefined
  })
  return empty(200, { location: `/${name}` })
}

export const headBucket = ({ dialect }: Asked, { isFileSystem, location, storageClass }: Bucket): Outcome =>
  empty(200, {
    "content-type": "application/xml",
    "x-obs-bucket-location": location,
    "x-obs-storage-class": nameOfStorageClass(storageClass, dialect),
    ...(isFileSystem ? { "x-obs-fs-file-interface": "Enabled" } : undefined),
    "x-obs-version": "3.0"
  })

export const deleteBucket = (_: Asked, bucket: Bucket, state: State): Outcome => {
  if (!bucket.isEmpty) return new BucketNotEmpty({ bucketName: bucket.name })
  state.remove(bucket)
  return empty(204)
}

export const listBuckets = (asked: Asked, state: State): Outcome => {
  const buckets: Array<string> = []
  for (const [name, { at, isFileSystem, location, owner }] of state.buckets.entries()) {
    if (owner !== asked.who) continue
    buckets.push(
      container(
        "Bucket",
        element("Name", name),
        element("CreationDate", isoTime(at)),
        element("Location", location),
        element("BucketType", isFileSystem ? "POSIX" : "OBJECT")
      )
    )
  }
  return answer(asked, "ListAllMyBucketsResult", ownerElement(asked.who), container("Buckets", ...buckets))
}

export const bucketLocation = ({ dialect }: Asked, { location }: Bucket): Outcome => {
  const root = dialect === "amz" ? "LocationConstraint" : "Location"
  // The text is the root's own
  return xml(document(dialect, root, location))
}

export const bucketVersioning = (asked: Asked, bucket: Bucket): Outcome => {
  if (asked.method === "GET") {
    return answer(asked, "VersioningConfiguration", element("Status", bucket.versioning))
  }
  if (bucket.isFileSystem) return new FsNotSupport()
  const elements = read(asked.document, ["VersioningConfiguration"])
  if (elements === undefined) return malformedXml()
  const status = first(elements, "Status")
  if (status !== "Enabled" && status !== "Suspended") return new IllegalVersioningConfigurationException()
  // What is replicated, or cannot be deleted, has versions
  const needsVersions = bucket.hasObjectLock || bucket.documents.has("replication")
  if (status === "Suspended" && needsVersions) return new InvalidBucketState()
  bucket.versioning = status
  return empty(200)
}

/** How much a bucket holds. */
export const storageInfo = (asked: Asked, { count, size }: Bucket): Outcome =>
  answer(asked, "GetBucketStorageInfoResult", element("Size", size), element("ObjectNumber", count))
