/**
 * Why a request is refused, in the words of the service.
 */

export interface Refusal {
  readonly code: string
  readonly message: string
  /** Further elements of the response. */
  readonly details: { readonly [name: string]: string }
  /** The access key with which a signature is wrong. */
  readonly accessKeyId?: string | undefined
}

export const refusal = (code: string, message: string, details: Refusal["details"] = {}): Refusal => ({
  code,
  message,
  details
})

export const isRefusal = (u: object): u is Refusal => "code" in u

export const accessDenied = (message = "Access Denied"): Refusal => refusal("AccessDenied", message)

/** An absent value is written `null`. */
export const invalidArgument = (message: string, name: string, value: string | undefined): Refusal =>
  refusal("InvalidArgument", message, { ArgumentName: name, ArgumentValue: value ?? "null" })

const maxSkew = 15 * 60 * 1000

/** Refuses a date that is too far from that of the service. */
export const skewed = (date: { readonly text: string; readonly millis: number }, now: number): Refusal | undefined => {
  if (Math.abs(now - date.millis) <= maxSkew) return undefined
  const isEarly = date.millis > now
  return refusal("RequestTimeTooSkewed", isEarly ? "Request is not yet valid." : "Request is no longer valid.", {
    RequestTime: date.text,
    ServerTime: new Date(now).toISOString(),
    MaxAllowedSkewMilliseconds: String(maxSkew)
  })
}

export const expired = (): Refusal => refusal("RequestTimeTooSkewed", "Request has expired.")

const oneDay = 24 * 60 * 60 * 1000

/** Refuses the key of a day that is more than seven days over, or has not come. */
export const scopeSkewed = (day: number, now: number): Refusal | undefined =>
  now >= day + 8 * oneDay
    ? refusal("RequestTimeTooSkewed", "Signing key is no longer valid.")
    : day - now > maxSkew
      ? refusal("RequestTimeTooSkewed", "Request is not yet valid.")
      : undefined
