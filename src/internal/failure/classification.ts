/**
 * The category of a failure, and whether to retry.
 */

/**
 * The kind of problem, grouped by what to do about it.
 *
 * - `Authentication`: the service could not establish who is calling. Check credentials, signature and clock.
 * - `Permission`: the caller is known but not allowed. Check policies, ACLs and CORS rules.
 * - `Account`: the state of the account forbids it (arrears, frozen, not verified).
 * - `NotFound`: a bucket, object, upload, key or configuration that the request names does not exist.
 * - `Conflict`: the current state of the resource does not allow it.
 * - `Precondition`: a condition in the request does not hold.
 * - `Validation`: the request is malformed or has an invalid value. Change it.
 * - `Quota`: a limit on a number or an amount is reached.
 * - `Unsupported`: the service, or this type of bucket, does not offer it.
 * - `Redirect`: the resource is at another address.
 * - `Transfer`: bytes of the request were late or lost.
 * - `Throttling`: too many requests in too short a time.
 * - `Server`: the service, or something between it and the client, failed.
 *
 * @category models
 * @since 0.1.0
 */
export type Category =
  | "Authentication"
  | "Permission"
  | "Account"
  | "NotFound"
  | "Conflict"
  | "Precondition"
  | "Validation"
  | "Quota"
  | "Unsupported"
  | "Redirect"
  | "Transfer"
  | "Throttling"
  | "Server"

/**
 * Whether sending the same request again may succeed.
 *
 * - `never`: not until something else has changed.
 * - `transient`: yes, after a short wait.
 * - `throttling`: yes, after a longer wait and at a lower rate.
 * - `clock`: once, signed with a corrected clock.
 *
 * @category models
 * @since 0.1.0
 */
export type Retry = "never" | "transient" | "throttling" | "clock"

const categories = new Map<number, Category>([
  [304, "Precondition"],
  [401, "Authentication"],
  [402, "Account"],
  [403, "Permission"],
  [404, "NotFound"],
  [405, "Unsupported"],
  [408, "Transfer"],
  [409, "Conflict"],
  [410, "NotFound"],
  [412, "Precondition"],
  [428, "Precondition"],
  [429, "Throttling"],
  [501, "Unsupported"]
])

/** The category that a status implies, if nothing else is known. */
export const categoryOfStatus = (status: number): Category => {
  const category = categories.get(status)
  if (category !== undefined) return category
  if (status >= 300 && status < 400) return "Redirect"
  return status >= 400 && status < 500 ? "Validation" : "Server"
}

// 520: a gateway in front of the service got no usable response from it
const transient = new Set([408, 500, 502, 503, 504, 520])

/** The retry class that a status implies, if nothing else is known. */
export const retryOfStatus = (status: number): Retry =>
  status === 429 ? "throttling" : transient.has(status) ? "transient" : "never"

/**
 * Whether a response comes from the quality-of-service limits, whatever its code: 429 or 503 with one of these values
 * in `x-reserved-indicator`.
 */
export const isThrottled = (status: number, indicator: string | undefined): boolean =>
  (status === 429 || status === 503) && (indicator === "601" || indicator === "602")
