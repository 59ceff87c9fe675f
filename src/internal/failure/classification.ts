/**
 * What kind of failure an error is, and whether sending the same request again can help.
 */

/**
 * What went wrong, in the terms of the one who has to react.
 *
 * - `Authentication`: the service could not establish who is calling. Look at credentials, signature and clock.
 * - `Permission`: the caller is known and may not do this. Look at policies, ACLs and CORS rules.
 * - `Account`: the standing of the account (arrears, frozen, not verified) forbids it.
 * - `NotFound`: a bucket, an object, an upload, a key or a configuration that the request names does not exist.
 * - `Conflict`: the present state of the resource does not allow it.
 * - `Precondition`: a condition that the request itself set does not hold.
 * - `Validation`: the request is malformed or has a value that cannot be used. It has to be changed.
 * - `Quota`: a limit on a number or an amount is reached.
 * - `Unsupported`: the service, or this type of bucket, does not offer it.
 * - `Redirect`: the resource is at another address.
 * - `Transfer`: bytes of the request were late or got lost on their way.
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
 * Whether the same request can succeed when it is sent again.
 *
 * - `never`: not before something else has changed.
 * - `transient`: soon, after a short wait.
 * - `throttling`: after a longer wait, at a lower rate.
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

/** The category of a failure of which nothing but the status is known. */
export const categoryOfStatus = (status: number): Category => {
  const category = categories.get(status)
  if (category !== undefined) return category
  if (status >= 300 && status < 400) return "Redirect"
  return status >= 400 && status < 500 ? "Validation" : "Server"
}

// 520: a gateway in front of the service that got no usable answer from it
const transient = new Set([408, 500, 502, 503, 504, 520])

/** The retry class of a failure of which nothing but the status is known. */
export const retryOfStatus = (status: number): Retry =>
  status === 429 ? "throttling" : transient.has(status) ? "transient" : "never"

/** 429 and 503 with one of these in `x-reserved-indicator` come from the quality-of-service limits, whatever the code. */
export const isThrottled = (status: number, indicator: string | undefined): boolean =>
  (status === 429 || status === 503) && (indicator === "601" || indicator === "602")
