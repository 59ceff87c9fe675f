import * as NodeHttpClient from "@effect/platform-node/NodeHttpClient"
import * as Undici from "@effect/platform-node/Undici"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Https from "node:https"

export * from "@effect/platform-node/NodeHttpClient"
export { layer as layerNodeHttp } from "@effect/platform-node/NodeHttpClient"

export const layerNodeHttpOptions = (options: Https.AgentOptions) =>
  Layer.provide(NodeHttpClient.layerWithoutAgent, NodeHttpClient.makeAgentLayer(options))

export const layerUndiciOptions = (options: Undici.Agent.Options) =>
  Layer.provide(
    NodeHttpClient.layerUndiciWithoutDispatcher,
    Layer.scoped(
      NodeHttpClient.Dispatcher,
      Effect.acquireRelease(
        Effect.sync(() => new Undici.Agent(options)),
        (agent) => Effect.promise(() => agent.destroy())
      )
    )
  )
