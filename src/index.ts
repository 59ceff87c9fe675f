/**
 * Calls of OBS, typed and signed, and what they are made of: the error classes, the operations, the decoder that turns HTTP
 * responses into errors, credentials, signatures and retries. Start with `ObsClient`.
 *
 * @since 0.1.0
 */
export * as ObsClient from "./ObsClient.js"
export * as ObsCredentials from "./ObsCredentials.js"
export * as ObsError from "./ObsError.js"
export * as ObsHttpClient from "./ObsHttpClient.js"
export * as ObsOperation from "./ObsOperation.js"
export * as ObsResponse from "./ObsResponse.js"
export * as ObsRetry from "./ObsRetry.js"
export * as ObsSigner from "./ObsSigner.js"
