/**
 * Who may do what. It is kept and given back, and nobody is refused because of it.
 */
import { MalformedACLError } from "../../errors/BadRequest.js"
import type { Asked, Dialect } from "./asked.js"
import { own } from "./asked.js"
import { container, document, element, groups, read, textOf } from "./documents.js"
import { invalidArgument } from "./refusals.js"

const everyone = "http://acs.amazonaws.com/groups/global/AllUsers"

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type'

const idGrantee = (dialect: Dialect, id: string): string =>
  dialect === "amz"
    ? `<Grantee ${xsi}="CanonicalUser">${element("ID", id)}</Grantee>`
    : container("Grantee", element("ID", id))

const everyoneGrantee = (dialect: Dialect): string =>
  dialect === "amz"
    ? `<Grantee ${xsi}="Group">${element("URI", everyone)}</Grantee>`
    : container("Grantee", element("Canned", "Everyone"))

const grant = (grantee: string, permission: string, isDelivered = false): string =>
  container("Grant", grantee, element("Permission", permission), isDelivered ? element("Delivered", "true") : "")

/** What everyone may do by the name of a predefined list. */
const canned: { readonly [name: string]: ReadonlyArray<string> } = {
  private: [],
  "public-read": ["READ"],
  "public-read-write": ["READ", "WRITE"],
  "public-read-delivered": ["READ"],
  "public-read-write-delivered": ["READ", "WRITE"],
  "authenticated-read": [],
  "bucket-owner-read": [],
  "bucket-owner-full-control": [],
  "log-delivery-write": []
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
export const aclOfHeaders = (asked: Pick<Asked, "headers" | "dialect">, owner: string) => {
  const { dialect } = asked
  const name = own(asked, "acl")
  if (name !== undefined && !Object.hasOwn(canned, name)) return invalidArgument(`x-${dialect}-acl`, name)
  const isDelivered = name?.endsWith("-delivered") === true
  const grants = (name === undefined ? [] : (canned[name] ?? [])).map((permission) =>
    grant(everyoneGrantee(dialect), permission, isDelivered)
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
export const aclOf = (asked: Asked, owner: string) => aclOfHeaders(asked, owner) ?? aclOfDocument(asked.document)
