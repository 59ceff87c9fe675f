/**
 * Who may do what: the one place where a request is refused because of who sends it. Policies are not looked at.
 */
import { AccessDenied } from "../../errors/Forbidden.js"
import type { Grantee, Permission } from "./acl.js"
import { allows } from "./acl.js"
import type { Refusal, Unread } from "./asked.js"
import { makesBucket } from "./asked.js"
import { configures } from "./configurations.js"
import { isCopy, sourceNames } from "./copies.js"
import { anonymous } from "./requester.js"
import type { Bucket, State } from "./state.js"

/** What a request needs: a permission of its bucket, of its object, or to be the owner of the bucket. */
type Need = { readonly on: "Bucket" | "Object"; readonly permission: Permission } | "Owner"

const ofOwner: ReadonlySet<string | undefined> = new Set([
  "location",
  "storageinfo",
  "versioning",
  ...configures.keys()
])

const ofOwnerOfObject: ReadonlySet<string | undefined> = new Set(["restore", "retention", "tagging"])

const isRead = (method: string): boolean => method === "GET" || method === "HEAD"

const needOf = ({ key, method }: Unread, parameter: string | undefined): Need => {
  if (parameter === "acl") {
    return { on: key === "" ? "Bucket" : "Object", permission: isRead(method) ? "READ_ACP" : "WRITE_ACP" }
  }
  if (key === "") {
    if (ofOwner.has(parameter)) return "Owner"
    if (method === "POST") return { on: "Bucket", permission: "WRITE" }
    return isRead(method) ? { on: "Bucket", permission: "READ" } : "Owner"
  }
  if (ofOwnerOfObject.has(parameter)) return "Owner"
  if (!isRead(method)) return { on: "Bucket", permission: "WRITE" }
  return { on: parameter === "uploadId" ? "Bucket" : "Object", permission: "READ" }
}

const granteeOf = (who: string): Grantee => (who === anonymous ? "Anonymous" : { id: who })

const ofBucket = ({ acl, owner }: Bucket, who: string, permission: Permission): boolean =>
  who === owner || allows(acl, granteeOf(who), permission)

/** What an object allows, or its bucket for all that are in it. Its owner need not be that of the bucket. */
const ofObject = (bucket: Bucket, name: Pick<Source, "key" | "versionId">, who: string, permission: Permission) => {
  const { key, versionId } = name
  const version = versionId === null ? bucket.latest(key) : bucket.find(key, versionId)
  // That there is none is for those who can list what there is
  if (version?.stored === undefined) return ofBucket(bucket, who, "READ")
  const grantee = granteeOf(who)
  return (
    version.owner === who ||
    allows(version.stored.acl, grantee, permission) ||
    allows(bucket.acl, grantee, permission, "Delivered")
  )
}

type Source = NonNullable<ReturnType<typeof sourceNames>>

const mayRead = (source: Source, who: string, { buckets }: State): boolean => {
  const bucket = buckets.get(source.bucket)
  return bucket === undefined || ofObject(bucket, source, who, "READ")
}

const isAllowed = (asked: Unread, parameter: string | undefined, state: State): boolean => {
  const { bucket: name, key, query, who } = asked
  const need = needOf(asked, parameter)
  // Whoever has an account has buckets
  if (name === "" || makesBucket(asked, parameter)) return who !== anonymous
  const bucket = state.buckets.get(name)
  if (bucket === undefined) return true
  if (need === "Owner") return who === bucket.owner
  const { on, permission } = need
  if (on === "Object") return ofObject(bucket, { key, versionId: query.get("versionId") }, who, permission)
  if (!ofBucket(bucket, who, permission)) return false
  const source = isCopy(asked) ? sourceNames(asked) : undefined
  return source === undefined || mayRead(source, who, state)
}

/**
 * Refuses who may not do what a request asks for: what the one parameter says that it is answered by. Where nobody has to
 * say who they are, everybody may do everything.
 */
export const accessFault = (asked: Unread, parameter: string | undefined, state: State): Refusal | undefined =>
  asked.settings.isOpen || asked.method === "OPTIONS" || isAllowed(asked, parameter, state)
    ? undefined
    : new AccessDenied()
