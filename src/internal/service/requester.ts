/**
 * The account that sends a request.
 */
import type { Head } from "./asked.js"
import { identityOf } from "./digest.js"
import type { Problem } from "./settings.js"
import { formOf } from "../verification/multipart.js"

/** The access key that a request names in its headers, its address or its form. Whether it is its own is checked elsewhere. */
export const accessKeyOf = (request: Head, form?: Uint8Array): string | undefined => {
  const { headers, url } = request
  if (form !== undefined) {
    const posted = formOf(headers["content-type"], form)
    if (posted === undefined || posted === "NoFile") return undefined
    const { fields } = posted
    return fields.get("accesskeyid") ?? fields.get("awsaccesskeyid") ?? fields.get("x-amz-credential")?.split("/")[0]
  }
  const [, v2, v4] = /^(?:(?:OBS|AWS) ([^:]+):|.*Credential=([^/]+)\/)/.exec(headers["authorization"] ?? "") ?? []
  const { searchParams } = url
  return (
    v2 ??
    v4 ??
    searchParams.get("AccessKeyId") ??
    searchParams.get("AWSAccessKeyId") ??
    searchParams.get("X-Amz-Credential")?.split("/")[0]
  )
}

/** Everybody, where nobody has to say who they are. */
const anybody = /*#__PURE__*/ identityOf("everything")

/** Whoever does not say who they are, where that counts. */
export const anonymous = /*#__PURE__*/ identityOf("nothing")

const inForms = ["policy", "signature", "accesskeyid", "awsaccesskeyid", "x-amz-credential", "x-amz-signature"]

const inAddresses = [
  "AccessKeyId",
  "AWSAccessKeyId",
  "Signature",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Signature"
]

/** Whether a request does not say who sends it: nothing of it belongs to a signature. */
export const isAnonymous = ({ headers, url }: Head, form?: Uint8Array): boolean => {
  if (form === undefined) {
    return headers["authorization"] === undefined && !inAddresses.some((name) => url.searchParams.has(name))
  }
  const posted = formOf(headers["content-type"], form)
  return posted !== undefined && posted !== "NoFile" && !inForms.some((name) => posted.fields.has(name))
}

interface Requester {
  readonly who: string
  readonly problem: Problem | undefined
}

/** The account of a request, where signatures are checked: that of its access key, which is one of its own by default. */
export const requesterOf = (
  request: Head,
  form: Uint8Array | undefined,
  accounts: Accounts | undefined,
  isChecked: boolean
): Requester => {
  const key = isChecked ? accessKeyOf(request, form) : undefined
  if (key === undefined) return { who: isChecked ? anonymous : anybody, problem: undefined }
  const account = accounts !== undefined && Object.hasOwn(accounts, key) ? accounts[key] : undefined
  return { who: account?.id ?? identityOf(key), problem: account?.problem }
}

/** Accounts by their access keys. */
export interface Accounts {
  readonly [accessKeyId: string]: { readonly id?: string | undefined; readonly problem?: Problem | undefined }
}
