/**
 * What a failure may say about its request: no headers, parameters or body.
 */
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Details from "../failure/details.js"
import type { RequestInfo } from "../failure/model.js"
import { addressOf } from "../signature/address.js"

/** The call that a request belongs to, and what it is about, where it knows. */
interface Call {
  readonly operation: { readonly name: string }
  readonly target: { readonly bucket?: string | undefined; readonly key?: string | undefined } | undefined
}

/** The operation and the method, with bucket and key as the call names them, or as far as the address shows them. */
export const requestInfo = ({ method, url }: HttpClientRequest.HttpClientRequest, call?: Call): RequestInfo => {
  const address = call?.target ?? addressOf(url)
  const { bucket, key } = "reason" in address ? { bucket: undefined, key: undefined } : address
  return requestInfoOf({ operation: call?.operation.name, method, bucket, key })
}

/** The same of parts that are known. */
export const requestInfoOf = ({
  bucket,
  key,
  method,
  operation
}: { readonly [K in keyof RequestInfo]: RequestInfo[K] | undefined }): RequestInfo =>
  Details.make([
    ["operation", operation],
    ["method", method],
    ["bucket", bucket],
    ["key", key]
  ])

/** The same for one of several keys. */
export const withKey = (info: RequestInfo, key: string): RequestInfo => requestInfoOf({ ...info, key })
