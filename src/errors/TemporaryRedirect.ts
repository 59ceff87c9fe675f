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
 * **Solution**: Send the request to the address in the response.
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
      solution: "Send the request to the address in the response."
    },
    {
      /** The host name to send the request to. */
      endpoint: text,
      /** The name of the bucket. */
      bucket: text,
      /** The address to send the request to, without query. */
      location: text,
      /** The region of the bucket. */
      region: text
    }
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
  extends /*#__PURE__*/ errorClass<TemporaryRedirect>({
    solution: () => "Send the request to the address in the response."
  })(
    "TemporaryRedirect",
    {
      status: 307,
      category: "Redirect",
      retry: "never",
      description: "Temporary redirection. If the DNS is updated, the request is redirected to the bucket.",
      solution:
        "The system automatically redirects the request, or the client needs to send the request to the redirection address."
    },
    {
      /** The host name to send the request to. */
      endpoint: text,
      /** The name of the bucket. */
      bucket: text,
      /** The address to send the request to, without query. */
      location: text,
      /** The region of the bucket. */
      region: text
    }
  ) {}

/**
 * Union of the errors that OBS documents with status 307 (Temporary Redirect).
 *
 * Not to be confused with `TemporaryRedirect`, the class of a single code. Membership goes by the documented status; the service
 * may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type TemporaryRedirectError = Redirect | TemporaryRedirect

/**
 * Schema of `TemporaryRedirectError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const TemporaryRedirectError: Union<TemporaryRedirectError> = /*#__PURE__*/ union(Redirect, TemporaryRedirect)

/**
 * Returns whether a value is an error that OBS documents with status 307, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isTemporaryRedirectError: (u: unknown) => u is TemporaryRedirectError =
  /*#__PURE__*/ guard(TemporaryRedirectError)
