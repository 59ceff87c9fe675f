/**
 * Access control lists: how they are written and read, and what they allow.
 */
import { bytesOf } from "../digest.js"
import { MalformedACLError } from "../../errors/BadRequest.js"
import type { Asked, Dialect } from "./asked.js"
import { own } from "./asked.js"
import { container, document, element, groups, read, textOf } from "./documents.js"
import { invalidArgument } from "./refusals.js"

const groupUris = {
  Everyone: "http://acs.amazonaws.com/groups/global/AllUsers",
  Authenticated: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
  LogDelivery: "http://acs.amazonaws.com/groups/s3/LogDelivery"
} as const

type Group = keyof typeof groupUris

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type'

const idGrantee = (dialect: Dialect, id: string): string =>
  dialect === "amz"
    ? `<Grantee ${xsi}="CanonicalUser">${element("ID", id)}</Grantee>`
    : container("Grantee", element("ID", id))

const groupGrantee = (dialect: Dialect, group: Group): string => {
  if (dialect === "amz") return `<Grantee ${xsi}="Group">${element("URI", groupUris[group])}</Grantee>`
  return container("Grantee", group === "Everyone" ? element("Canned", group) : element("URI", groupUris[group]))
}

const grant = (grantee: string, permission: string, isDelivered = false): string =>
  container("Grant", grantee, element("Permission", permission), isDelivered ? element("Delivered", "true") : "")

export type Permission = "READ" | "WRITE" | "READ_ACP" | "WRITE_ACP"

const everyone = (...permissions: ReadonlyArray<Permission>) =>
  permissions.map((permission) => ({ to: "Everyone", permission }) as const)

interface Canned {
  readonly to: Group | "BucketOwner"
  readonly permission: Permission | "FULL_CONTROL"
}

/** What the predefined lists allow to others than the owner, by their names. */
const canned: { readonly [name: string]: ReadonlyArray<Canned> } = {
  private: [],
  "public-read": everyone("READ"),
  "public-read-write": everyone("READ", "WRITE"),
  "public-read-delivered": everyone("READ"),
  "public-read-write-delivered": everyone("READ", "WRITE"),
  "authenticated-read": [{ to: "Authenticated", permission: "READ" }],
  "bucket-owner-read": [{ to: "BucketOwner", permission: "READ" }],
  "bucket-owner-full-control": [{ to: "BucketOwner", permission: "FULL_CONTROL" }],
  "log-delivery-write": [
    { to: "LogDelivery", permission: "WRITE" },
    { to: "LogDelivery", permission: "READ_ACP" }
  ]
}

const permissions = ["READ", "WRITE", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"]

const listOf = (dialect: Dialect, owner: string, grants: ReadonlyArray<string>): string =>
  document(
    dialect,
    "AccessControlPolicy",
    container("Owner", element("ID", owner)),
    container("AccessControlList", grant(idGrantee(dialect, owner), "FULL_CONTROL"), ...grants)
  )

/** The list of what has none: its owner may do everything. */
export const defaultAcl = (dialect: Dialect, owner: string): string => listOf(dialect, owner, [])

/** The list that headers ask for; undefined where they ask for none. */
export const aclOfHeaders = (asked: Pick<Asked, "headers" | "dialect">, owner: string, bucketOwner = owner) => {
  const { dialect } = asked
  const name = own(asked, "acl")
  if (name !== undefined && !Object.hasOwn(canned, name)) return invalidArgument(`x-${dialect}-acl`, name)
  const isDelivered = name?.endsWith("-delivered") === true
  const grants = (name === undefined ? [] : (canned[name] ?? [])).map(({ permission, to }) =>
    grant(to === "BucketOwner" ? idGrantee(dialect, bucketOwner) : groupGrantee(dialect, to), permission, isDelivered)
  )
  for (const permission of permissions) {
    for (const suffix of ["", "-delivered"]) {
      const header = `grant-${permission.toLowerCase().replace("_", "-")}${suffix}`
      const ids = own(asked, header)?.split(",") ?? []
      for (const id of ids) {
        const [, value] = /^\s*(?:id|domainId)\s*=\s*"?([\w-]+)"?\s*$/i.exec(id) ?? []
        if (value === undefined) return invalidArgument(`x-${dialect}-${header}`, id)
        grants.push(grant(idGrantee(dialect, value), permission, suffix !== ""))
      }
    }
  }
  return name === undefined && grants.length === 0 ? undefined : { acl: listOf(dialect, owner, grants) }
}

/** The list of a document. */
export const aclOfDocument = (body: Uint8Array) => {
  const elements = read(body, ["AccessControlPolicy"])
  const grants = groups(elements ?? [], "AccessControlList/Grant")
  const isGrant = (grant: ReadonlyMap<string, string>) =>
    permissions.includes(grant.get("Permission") ?? "") &&
    ["ID", "Canned", "URI", "EmailAddress"].some((name) => grant.has(`Grantee/${name}`))
  const hasList = elements?.some(({ path }) => path === "AccessControlList") === true
  const acl = textOf(body)
  return acl !== undefined && hasList && elements.some(({ path }) => path === "Owner/ID") && grants.every(isGrant)
    ? { acl }
    : new MalformedACLError()
}

/** The list of a request to set one: that of its headers, or else of its body. */
export const aclOf = (asked: Asked, owner: string, bucketOwner = owner) =>
  aclOfHeaders(asked, owner, bucketOwner) ?? aclOfDocument(asked.document)

/** Somebody whom a list can allow something. */
export type Grantee = { readonly id: string } | "Anonymous" | "LogDelivery"

const isMeant = (grant: ReadonlyMap<string, string>, grantee: Grantee): boolean => {
  const uri = grant.get("Grantee/URI")
  if (grantee === "LogDelivery") return uri === groupUris.LogDelivery
  if (grant.get("Grantee/Canned") === "Everyone" || uri === groupUris.Everyone) return true
  return grantee !== "Anonymous" && (uri === groupUris.Authenticated || grant.get("Grantee/ID") === grantee.id)
}

/**
 * Whether a list allows something to somebody who does not own what it is of. `Delivered` is what the list of a bucket
 * allows for the objects in it.
 */
export const allows = (
  acl: string | undefined,
  grantee: Grantee,
  permission: Permission,
  scope: "Itself" | "Delivered" = "Itself"
): boolean => {
  if (acl === undefined) return false
  const elements = read(bytesOf(acl), ["AccessControlPolicy"]) ?? []
  return groups(elements, "AccessControlList/Grant").some(
    (grant) =>
      [permission, "FULL_CONTROL"].includes(grant.get("Permission") ?? "") &&
      (scope === "Itself" || grant.get("Delivered")?.toLowerCase() === "true") &&
      isMeant(grant, grantee)
  )
}
