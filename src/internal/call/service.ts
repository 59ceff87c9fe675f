/**
 * The service that calls are made through.
 */
import type * as HttpClientError from "#http/HttpClientError"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Runtime from "#effect/runtime"
import type * as Effect from "effect/Effect"
import type { ObsFailure } from "../../errors/ObsFailure.js"
import type { ObsCredentialsService } from "../credentials/credentials.js"
import type { CredentialsError } from "../credentials/error.js"
import type { SignerError } from "../signature/signerError.js"
import type { Idle } from "../wire/body.js"
import type { Endpoint } from "./endpoint.js"

/** What a request can fail with. */
export type SendError = ObsFailure | CredentialsError | SignerError | HttpClientError.HttpClientError

/**
 * Sends the requests of calls. `ObsClient.layer` makes one.
 *
 * @category models
 * @since 0.3.0
 */
export interface ObsClientService {
  readonly endpoint: Endpoint
  /** Who signs. */
  readonly credentials: ObsCredentialsService
  /** How long nothing may arrive of a body before its connection counts as lost. */
  readonly idle: Idle
  /** Signs a request, sends it, decodes its failure, and reads its response: again, where that can help. */
  readonly send: <A>(
    request: HttpClientRequest.HttpClientRequest,
    read: (response: HttpClientResponse.HttpClientResponse) => Effect.Effect<A, ObsFailure>
  ) => Effect.Effect<A, SendError>
}

/**
 * The service that calls are made through.
 *
 * @category services
 * @since 0.3.0
 */
export class ObsClient extends /*#__PURE__*/ Runtime.service<ObsClient, ObsClientService>()("effect-obs/ObsClient") {}
