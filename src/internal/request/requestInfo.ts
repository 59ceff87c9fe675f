/**
 * What a failure may say about its request: no headers, parameters or body.
 */
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Details from "../failure/details.js"
import type { RequestInfo } from "../failure/model.js"
import { addressOf } from "../signature/address.js"

/** The method, bucket and key, as far as the address shows them, and the operation. */
export const requestInfo = ({ method, url }: HttpClientRequest.HttpClientRequest, operation?: string): RequestInfo => {
  const address = addressOf(url)
  const { bucket, key } = "reason" in address ? { bucket: undefined, key: undefined } : address
  return Details.make(Object.entries({ operation, method, bucket, key }))
}

/** The same of parts that are known. */
export const requestInfoOf = (info: RequestInfo): RequestInfo => Details.make(Object.entries(info))

/** The same for one of several keys. */
export const withKey = (info: RequestInfo, key: string): RequestInfo => Details.make(Object.entries({ ...info, key }))
