/**
 * What a copy is made of.
 */
import { escapedPath } from "../signature/address.js"
import { firstWrong } from "./call.js"
import { wrongBucket, wrongKey } from "./endpoint.js"
import type { Wrong } from "./invalidInput.js"
import { isHalf } from "./invalidInput.js"
import type { CustomerKey } from "./objectHeaders.js"
import { wrongCustomerKey } from "./objectHeaders.js"

/** An object, perhaps one of its versions, and the key that it was encrypted with. */
interface Source {
  readonly bucket: string
  readonly key: string
  readonly versionId?: string | undefined
  readonly customerKey?: CustomerKey | undefined
}

/** The source as its header names it; half characters, which nothing can, are refused by `wrongSource`. */
export const copySource = ({ bucket, key, versionId }: Source): string =>
  isHalf(key + (versionId ?? ""))
    ? ""
    : `/${bucket}/${escapedPath(key)}${versionId === undefined ? "" : `?versionId=${encodeURIComponent(versionId)}`}`

/** What is wrong with the source. */
export const wrongSource = ({ bucket, customerKey, key, versionId = "" }: Source): Wrong | undefined => {
  const half = isHalf(versionId)
    ? { option: "versionId", what: "has half a character", solution: "Give one that the service gave." }
    : undefined
  const wrong = firstWrong(wrongBucket(bucket), wrongKey(key), half, wrongCustomerKey(customerKey))
  return wrong === undefined ? undefined : { ...wrong, option: `source.${wrong.option}` }
}
