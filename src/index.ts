/**
 * Every error of OBS as a tagged class, and what turns HTTP answers into them.
 *
 * @since 0.1.0
 */
export * as ObsCredentials from "./ObsCredentials.js"
export * as ObsError from "./ObsError.js"
export * as ObsHttpClient from "./ObsHttpClient.js"
export * as ObsOperation from "./ObsOperation.js"
export * as ObsResponse from "./ObsResponse.js"
export * as ObsRetry from "./ObsRetry.js"
export * as ObsSigner from "./ObsSigner.js"
