/**
 * The service of credentials.
 */
import * as Runtime from "#effect/runtime"
import type { ObsCredentialsService } from "./credentials.js"

/**
 * The service that signing asks for credentials, at each signing anew.
 *
 * @category services
 * @since 0.3.0
 */
export class ObsCredentials
  extends /*#__PURE__*/ Runtime.service<ObsCredentials, ObsCredentialsService>()("effect-obs/ObsCredentials") {}
