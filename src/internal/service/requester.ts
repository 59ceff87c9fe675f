/**
 * The account that sends a request.
 */
import type { Head } from "./asked.js"
import { identityOf } from "./digest.js"
import { formOf } from "../verification/multipart.js"

/** The access key that a request names in its headers, its address or its form. Whether it is its own is checked elsewhere. */
const accessKeyOf = (request: Head, form: Uint8Array | undefined): string | undefined => {
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

/** The account of a request: each access key has one, where signatures are checked. */
export const requesterOf = (request: Head, form: Uint8Array | undefined, isChecked: boolean): string => {
  const key = isChecked ? accessKeyOf(request, form) : undefined
  return key === undefined ? anybody : identityOf(key)
}
