/**
 * Effect 3 for the tests, which are written in the words of Effect 4: what has another name or form there has it here.
 */
export { FetchHttpClient, Headers, HttpBody, HttpClient, HttpClientResponse } from "@effect/platform"
export { NodeHttpServer } from "@effect/platform-node"
export * from "effect"
export * as Cause from "./Cause.js"
export * as DateTime from "./DateTime.js"
export * as Effect from "./Effect.js"
export * as HttpClientRequest from "./HttpClientRequest.js"
export * as Logger from "./Logger.js"
export * as NodeHttpClient from "./NodeHttpClient.js"
export * as Option from "./Option.js"
export * as Schema from "./Schema.js"
