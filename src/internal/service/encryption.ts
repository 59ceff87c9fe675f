/**
 * Encryption on the side of the service. Nothing is encrypted here; a key of the client is asked for as if it were.
 */
import {
  InvalidEncryptionAlgorithmError,
  InvalidRequest,
  KmsDisabledException,
  KmsNotFoundException
} from "../../errors/BadRequest.js"
import { AccessDenied } from "../../errors/Forbidden.js"
import type { Unread, Reply } from "./asked.js"
import { isRefusal, own } from "./asked.js"
import { md5Base64 } from "../digest.js"
import { bytesOfBase64 } from "./digest.js"
import { invalidArgument } from "./refusals.js"
import type { Encryption } from "./state.js"

const header = "server-side-encryption"

/** The digest of the key that a request brings, for its object or for the source of a copy. */
const keyOf = (asked: Unread, prefix = "") => {
  const of = (name: string) => own(asked, `${prefix}${header}-customer-${name}`)
  const [algorithm, key, keyMd5] = [of("algorithm"), of("key"), of("key-md5")]
  if (algorithm === undefined && key === undefined && keyMd5 === undefined) return undefined
  const nameOf = (name: string) => `x-${asked.dialect}-${prefix}${header}-customer-${name}`
  if (algorithm !== "AES256") {
    return new InvalidEncryptionAlgorithmError({ details: { ArgumentName: nameOf("algorithm") } })
  }
  // The key itself is never told
  const bytes = bytesOfBase64(key ?? "")
  if (bytes?.length !== 32) {
    return invalidArgument(nameOf("key"), undefined, "The secret key was invalid for the specified algorithm.")
  }
  if (keyMd5?.trim() !== md5Base64(bytes)) {
    return invalidArgument(
      nameOf("key-MD5"),
      keyMd5,
      "The calculated MD5 hash of the key did not match the hash that was provided."
    )
  }
  return { keyMd5: md5Base64(bytes) }
}

const algorithms = ["kms", "aws:kms", "AES256"]

const asks = (encryption: Encryption) => ({ encryption })

/** The encryption that a request asks for; undefined where it asks for none. */
export const encryptionOf = (asked: Unread) => {
  const key = keyOf(asked)
  const algorithm = own(asked, header)
  if (key !== undefined) {
    if (isRefusal(key)) return key
    return algorithm === undefined
      ? asks({ _tag: "Customer", keyMd5: key.keyMd5 })
      : invalidArgument(`x-${asked.dialect}-${header}`, algorithm, "The encryption modes exclude each other.")
  }
  if (algorithm === undefined) return undefined
  if (!algorithms.includes(algorithm)) {
    return new InvalidEncryptionAlgorithmError({ details: { ArgumentValue: algorithm } })
  }
  const keyId = own(asked, `${header}-kms-key-id`)
  return masterKeyFault(asked, keyId) ?? asks({ _tag: "Service", algorithm, keyId })
}

/** What is wrong with a master key, where the service knows which there are. */
const masterKeyFault = ({ settings: { masterKeys } }: Unread, id: string | undefined) => {
  if (masterKeys === undefined || id === undefined) return undefined
  const state = Object.hasOwn(masterKeys, id) ? masterKeys[id] : undefined
  const details = { KeyId: id }
  if (state === undefined) return new KmsNotFoundException({ details })
  return state === "disabled" ? new KmsDisabledException({ details }) : undefined
}

const keyNeeded =
  "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object."

/** What keeps an object from being read with the key that a request brings, or does not bring. */
export const keyFault = (asked: Unread, encryption: Encryption | undefined, prefix: "" | "copy-source-" = "") => {
  const key = keyOf(asked, prefix)
  if (key !== undefined && isRefusal(key)) return key
  if (encryption?._tag !== "Customer") {
    return key === undefined
      ? undefined
      : new InvalidRequest({ message: "The encryption parameters are not applicable to this object." })
  }
  if (key === undefined) return new InvalidRequest({ message: keyNeeded })
  return key.keyMd5 === encryption.keyMd5 ? undefined : new AccessDenied()
}

/** How an answer tells the encryption of an object. */
export const encryptionHeaders = (encryption: Encryption | undefined): Reply["headers"] => {
  switch (encryption?._tag) {
    case undefined:
      return {}
    case "Customer":
      return {
        [`x-obs-${header}-customer-algorithm`]: "AES256",
        [`x-obs-${header}-customer-key-md5`]: encryption.keyMd5
      }
    case "Service":
      return {
        [`x-obs-${header}`]: encryption.algorithm,
        ...(encryption.keyId === undefined ? undefined : { [`x-obs-${header}-kms-key-id`]: encryption.keyId })
      }
  }
}
