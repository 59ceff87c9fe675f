/**
 * The string that is signed, in the scheme of OBS and in its dialect of AWS, version 2.
 */
import type { Address } from "./address.js"
import type { SignerError } from "./signerError.js"
import { shownName, signerError } from "./signerError.js"

/** What tells the two schemes apart. */
export interface Dialect {
  /** How `Authorization` begins. */
  readonly authorization: string
  /** How the names of headers that are signed begin. */
  readonly prefix: string
  /** The name of the access key in an address or a form. */
  readonly accessKey: string
}

export const dialects = {
  obs: { authorization: "OBS", prefix: "x-obs-", accessKey: "AccessKeyId" },
  aws2: { authorization: "AWS", prefix: "x-amz-", accessKey: "AWSAccessKeyId" }
} as const satisfies Record<string, Dialect>

// Documented, in lower case
const documented =
  "cdnnotifyconfiguration acl append attname backtosource cors customdomain delete deletebucket directcoldaccess " +
  "encryption inventory length lifecycle location logging metadata modify name notification object-lock partnumber " +
  "policy position quota rename replication response-cache-control response-content-disposition " +
  "response-content-encoding response-content-language response-content-type response-expires restore retention " +
  "storageclass storageinfo storagepolicy tagging torrent truncate uploadid uploads versionid versioning versions " +
  "website x-image-process x-image-save-bucket x-image-save-object x-obs-security-token"

// Those that only the samples of the documents and the SDKs of the service sign
const undocumented =
  "bucketstatus mirrorbacktosource obsalias obsbucketalias obscompresspolicy obsworkflowtriggerpolicy orchestration " +
  "policystatus publicaccessblock requestpayment x-oss-process x-workflow-execution-state x-workflow-execution-type " +
  "x-workflow-graph-name x-workflow-limit x-workflow-next-marker x-workflow-prefix x-workflow-start " +
  "x-workflow-template-name"

const subresources = /*#__PURE__*/ new Set(`${documented} ${undocumented}`.split(" "))

/** Whether a parameter is signed. Those that begin as headers of the dialect do, such as a token or a callback, are. */
export const isSubresource = (name: string, { prefix }: Pick<Dialect, "prefix">): boolean => {
  const lower = name.toLowerCase()
  return subresources.has(lower) || lower.startsWith(prefix)
}

const byName = <A extends { readonly name: string }>(a: A, b: A): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

/** Path and sub-resources, sorted; of those that are there more than once the first. */
export const resourceOf = (address: Address, dialect: Dialect): string => {
  const signed = new Map<string, { readonly name: string; readonly text: string }>()
  for (const { name, value } of address.parameters) {
    if (!isSubresource(name, dialect) || signed.has(name)) continue
    signed.set(name, { name, text: value === "" ? name : `${name}=${value}` })
  }
  const texts = [...signed.values()].sort(byName).map(({ text }) => text)
  return address.resource + (texts.length === 0 ? "" : `?${texts.join("&")}`)
}

/** Headers by name in lower case. */
export interface HeaderRecord {
  readonly [name: string]: string | undefined
}

const sendable = /^[\t\x20-\x7e]*$/

const token = /^[\w!#$%&'*+.^`|~-]+$/

const trimmed = (value: string): string => value.replace(/^[\t ]+|[\t ]+$/g, "")

/** The headers that are signed. */
export const signedHeaders = (
  headers: HeaderRecord,
  isSigned: (name: string) => boolean
): ReadonlyArray<{ readonly name: string; readonly value: string }> | SignerError => {
  const signed: Array<{ readonly name: string; readonly value: string }> = []
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && isSigned(name)) signed.push({ name, value: trimmed(value) })
  }
  signed.sort(byName)
  const wrong = signed.find(({ name, value }) => !sendable.test(value) || !token.test(name))
  return wrong === undefined
    ? signed
    : signerError("InvalidHeader", `The header ${shownName(wrong.name)} is signed, and is not printable ASCII.`)
}

const standard = ["content-md5", "content-type", "date"]

/** The string to sign. Where there is no `expires`, the header `Date` is signed, unless the dialect has its own. */
export const stringToSign = (
  method: string,
  headers: HeaderRecord,
  address: Address,
  dialect: Dialect,
  expires?: string
): string | SignerError => {
  const signed = signedHeaders(headers, (name) => standard.includes(name) || name.startsWith(dialect.prefix))
  if ("reason" in signed) return signed
  const valueOf = (wanted: string): string => signed.find(({ name }) => name === wanted)?.value ?? ""
  const hasOwnDate = headers[`${dialect.prefix}date`] !== undefined
  return [
    method,
    valueOf("content-md5"),
    valueOf("content-type"),
    expires ?? (hasOwnDate ? "" : valueOf("date")),
    ...signed.filter(({ name }) => !standard.includes(name)).map(({ name, value }) => `${name}:${value}`),
    resourceOf(address, dialect)
  ].join("\n")
}
