/**
 * What a failure may tell of its request: no header, no parameter, and nothing of the body.
 */
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Details from "../failure/details.js"
import type { RequestInfo } from "../failure/model.js"
import { addressOf } from "../signature/address.js"

/** The method, the bucket and the key of a request, as far as its address tells them, and its operation. */
export const requestInfo = ({ method, url }: HttpClientRequest.HttpClientRequest, operation?: string): RequestInfo => {
  const address = addressOf(url)
  const { bucket, key } = "reason" in address ? { bucket: undefined, key: undefined } : address
  return Details.make(Object.entries({ operation, method, bucket, key }))
}

/** The same for one key of several. */
export const withKey = ({ bucket, method, operation }: RequestInfo, key: string): RequestInfo =>
  Details.make(Object.entries({ operation, method, bucket, key }))
