/**
 * What of Effect 4 runs on Node alone.
 */
export { NodeHttpClient, NodeHttpServer } from "@effect/platform-node"
