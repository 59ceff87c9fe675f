/**
 * The errors that OBS documents with status 301 (Moved Permanently).
 *
 * @since 0.1.0
 */
import { errorClass } from "../internal/failure/errorClass.js"
import { guard, union } from "../internal/failure/union.js"
import type { Union } from "../internal/failure/model.js"
import { text } from "../internal/failure/field.js"

/**
 * `301 PermanentRedirect`: The requested bucket has been permanently redirected to a new address. All future
 * requests must be sent to the new address.
 *
 * **Solution**: Send the request to the returned redirection address.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 301 Moved Permanently
 * @since 0.1.0
 */
export class PermanentRedirect
  extends /*#__PURE__*/ errorClass<PermanentRedirect>()(
    "PermanentRedirect",
    {
      status: 301,
      category: "Redirect",
      retry: "never",
      description:
        "The requested bucket has been permanently redirected to a new address. All future requests must be sent to the new address.",
      solution: "Send the request to the returned redirection address."
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
 * `301 WebsiteRedirect`: The website request lacks bucketName.
 *
 * **Solution**: Put the bucket name in the request and try again.
 *
 * @see https://support.huaweicloud.com/intl/en-us/api-obs/obs_04_0115.html
 * @category 301 Moved Permanently
 * @since 0.1.0
 */
export class WebsiteRedirect
  extends /*#__PURE__*/ errorClass<WebsiteRedirect>()("WebsiteRedirect", {
    status: 301,
    category: "Redirect",
    retry: "never",
    description: "The website request lacks bucketName.",
    solution: "Put the bucket name in the request and try again."
  }) {}

/**
 * Union of the errors that OBS documents with status 301 (Moved Permanently).
 *
 * Membership goes by the documented status; the service may send another one, see `status`.
 *
 * @category unions
 * @since 0.1.0
 */
export type MovedPermanentlyError = PermanentRedirect | WebsiteRedirect

/**
 * Schema of `MovedPermanentlyError`: decodes and encodes any member of the union.
 *
 * @category unions
 * @since 0.1.0
 */
export const MovedPermanentlyError: Union<MovedPermanentlyError> = /*#__PURE__*/ union(
  PermanentRedirect,
  WebsiteRedirect
)

/**
 * Returns whether a value is an error that OBS documents with status 301, even one made by another copy of this library.
 *
 * @category guards
 * @since 0.1.0
 */
export const isMovedPermanentlyError: (u: unknown) => u is MovedPermanentlyError =
  /*#__PURE__*/ guard(MovedPermanentlyError)
