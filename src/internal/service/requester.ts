/**
 * The account that sends a request.
 */
import { identityOf } from "./digest.js"
import type { Account, Problem } from "./settings.js"

/** Everybody, where nobody has to say who they are. */
const anybody = /*#__PURE__*/ identityOf("everything")

/** Whoever does not say who they are, where that counts. */
export const anonymous = /*#__PURE__*/ identityOf("nothing")

interface Requester {
  readonly who: string
  readonly problem: Problem | undefined
}

/** The account of the access key that signed a request, which is one of its own by default. */
export const requesterOf = (
  accessKeyId: string | undefined,
  accounts: Accounts | undefined,
  isChecked: boolean
): Requester => {
  if (accessKeyId === undefined) return { who: isChecked ? anonymous : anybody, problem: undefined }
  const account = accounts !== undefined && Object.hasOwn(accounts, accessKeyId) ? accounts[accessKeyId] : undefined
  return { who: account?.id ?? identityOf(accessKeyId), problem: account?.problem }
}

/** Accounts by their access keys. */
export interface Accounts {
  readonly [accessKeyId: string]: Account
}
