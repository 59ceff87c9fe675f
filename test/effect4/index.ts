/**
 * Effect 4 for the tests, which are written in its words.
 */
export { NodeHttpClient, NodeHttpServer } from "@effect/platform-node"
export * from "effect"
export { FetchHttpClient, Headers, HttpBody, HttpClient, HttpClientRequest, HttpClientResponse } from "effect/http"
export { TestClock } from "effect/testing"
export * from "./helpers.js"
