/**
 * Effect 3 for the tests, which are written in the words of Effect 4: what has another name or form there has it here.
 */
export { FetchHttpClient, HttpClient, HttpClientError, HttpClientResponse, UrlParams } from "@effect/platform"
export * from "effect"
export * as Cause from "./Cause.js"
export * as ConfigProvider from "./ConfigProvider.js"
export * as DateTime from "./DateTime.js"
export * as Effect from "./Effect.js"
export * as Headers from "./Headers.js"
export * from "./helpers.js"
export * as HttpBody from "./HttpBody.js"
export * as HttpClientRequest from "./HttpClientRequest.js"
export * as Layer from "./Layer.js"
export * as Logger from "./Logger.js"
export * as Option from "./Option.js"
export * as Random from "./Random.js"
export * as Redacted from "./Redacted.js"
export * as Schema from "./Schema.js"
