/**
 * What of Effect 3 runs on Node alone.
 */
export { NodeHttpServer } from "@effect/platform-node"
export * as NodeHttpClient from "./NodeHttpClient.js"
