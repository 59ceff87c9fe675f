/**
 * What of Effect 4 runs on Node alone.
 */
import { NodeHttpServer } from "@effect/platform-node"
import * as Effect from "effect/Effect"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServer from "effect/http/HttpServer"
import type * as HttpServerError from "effect/http/HttpServerError"
import type { HttpServerRequest } from "effect/http/HttpServerRequest"
import type { HttpServerResponse } from "effect/http/HttpServerResponse"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { createServer } from "node:http"

export { NodeHttpClient, NodeHttpServer } from "@effect/platform-node"

type App = Effect.Effect<HttpServerResponse, never, HttpServerRequest>

const url = HttpServer.addressFormattedWith((address) => Effect.succeed(address))

const server = NodeHttpServer.layer(() => createServer(), { host: "127.0.0.1", port: 0 })

/** Serves an app on a free port of loopback, and gives the address. */
export const serveApp = (app: App): Effect.Effect<string, HttpServerError.ServeError, Scope.Scope> =>
  Effect.flatMap(Layer.build(server), (context) =>
    Effect.provideContext(Effect.andThen(HttpServer.serveEffect(app), url), context)
  )

/** Serves an app below a path of a router, and gives the address of the server. */
export const serveMounted = (
  app: App,
  path: `/${string}`
): Effect.Effect<string, HttpServerError.ServeError, Scope.Scope> =>
  Effect.flatMap(
    Layer.build(
      HttpRouter.serve(
        HttpRouter.use((router) => router.prefixed(path).add("*", "/*", app)),
        { disableLogger: true, disableListenLog: true }
      ).pipe(Layer.provideMerge(server))
    ),
    (context) => Effect.provideContext(url, context)
  )

/** What answers the requests of the web. */
export const webHandler = (app: App): ((request: Request) => Promise<Response>) => HttpEffect.toWebHandler(app)
