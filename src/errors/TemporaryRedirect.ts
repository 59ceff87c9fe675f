/**
 * The errors that OBS documents with status 307 (Temporary Redirect).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { text } from "../internal/failure/field.js"

/**
 * `307 Redirect`: The request is redirected to another address for now.
 *
 * **Solution**: Send the request to the address in the answer.
 *
 * @see the S3-compatible API's table of error codes
 * @category 307 Temporary Redirect
 * @since 0.1.0
 */
export class Redirect
  extends /*#__PURE__*/ errorClass<Redirect>()(
    "Redirect",
    {
      status: 307,
      category: "Redirect",
      retry: "never",
      description: "The request is redirected to another address for now.",
      solution: "Send the request to the address in the answer."
    },
    { endpoint: text, bucket: text, location: text, region: text }
  ) {}

/**
 * `307 TemporaryRedirect`: Temporary redirection. If the DNS is updated, the request is redirected to the bucket.
 *
 * **Solution**: The system automatically redirects the request, or the client needs to send the request to the
 * redirection address.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 307 Temporary Redirect
 * @since 0.1.0
 */
export class TemporaryRedirect
  extends /*#__PURE__*/ errorClass<TemporaryRedirect>()(
    "TemporaryRedirect",
    {
      status: 307,
      category: "Redirect",
      retry: "never",
      description: "Temporary redirection. If the DNS is updated, the request is redirected to the bucket.",
      solution:
        "The system automatically redirects the request, or the client needs to send the request to the redirection address."
    },
    { endpoint: text, bucket: text, location: text, region: text }
  ) {}

/**
 * Every error that OBS documents with status 307 (Temporary Redirect), as a type and as a schema.
 *
 * The documented status decides the membership: an error of this union can have been sent with another one, see its `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type TemporaryRedirectError = Redirect | TemporaryRedirect

/**
 * The schema of TemporaryRedirectError: it decodes and encodes any of its members.
 *
 * @category unions
 * @since 0.1.0
 */
export const TemporaryRedirectError: Union<TemporaryRedirectError> = /*#__PURE__*/ union(Redirect, TemporaryRedirect)

/**
 * Tells whether a value is one of the errors that OBS documents with status 307, also when another copy of this library made it.
 *
 * @category guards
 * @since 0.1.0
 */
export const isTemporaryRedirectError: (u: unknown) => u is TemporaryRedirectError =
  /*#__PURE__*/ guard(TemporaryRedirectError)
