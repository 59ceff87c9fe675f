/**
 * What of Effect 3 runs on Node alone.
 */
import { NodeHttpServer } from "@effect/platform-node"
import * as HttpApp from "@effect/platform/HttpApp"
import * as HttpRouter from "@effect/platform/HttpRouter"
import * as HttpServer from "@effect/platform/HttpServer"
import type * as HttpServerError from "@effect/platform/HttpServerError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { createServer } from "node:http"

export { NodeHttpServer }
export * as NodeHttpClient from "./NodeHttpClient.js"

/** Serves an app on a free port of loopback, and gives the address. */
export const serveApp = (app: HttpApp.Default): Effect.Effect<string, HttpServerError.ServeError, Scope.Scope> =>
  Effect.gen(function* () {
    const context = yield* Layer.build(NodeHttpServer.layer(() => createServer(), { host: "127.0.0.1", port: 0 }))
    return yield* Effect.provide(
      Effect.zipRight(
        HttpServer.serveEffect(app),
        HttpServer.addressFormattedWith((address) => Effect.succeed(address))
      ),
      context
    )
  })

/** Serves an app below a path of a router, and gives the address of the server. */
export const serveMounted = (
  app: HttpApp.Default,
  path: `/${string}`
): Effect.Effect<string, HttpServerError.ServeError, Scope.Scope> =>
  serveApp(Effect.orDie(HttpRouter.mountApp(HttpRouter.empty, path, app)))

/** What answers the requests of the web. */
export const webHandler = (app: HttpApp.Default): ((request: Request) => Promise<Response>) => HttpApp.toWebHandler(app)
