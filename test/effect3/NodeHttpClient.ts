export * from "@effect/platform-node/NodeHttpClient"
export { layer as layerNodeHttp } from "@effect/platform-node/NodeHttpClient"
