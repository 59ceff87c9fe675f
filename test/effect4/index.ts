/**
 * Effect 4 for the tests, which are written in its words.
 */
export * from "effect"
export {
  FetchHttpClient,
  Headers,
  HttpBody,
  HttpClient,
  HttpClientError,
  HttpClientRequest,
  HttpClientResponse,
  UrlParams
} from "effect/http"
export { TestClock } from "effect/testing"
export * from "./helpers.js"
