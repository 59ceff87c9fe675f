/**
 * A server on loopback, for tests over real sockets. It needs Node.
 *
 * @since 0.1.0
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Runtime from "effect/Runtime"
import type * as Scope from "effect/Scope"
import * as Http from "node:http"
import type { AddressInfo } from "node:net"
import * as ObsError from "../ObsError.js"
import type { Answer } from "./ObsAnswer.js"
import * as ObsAnswer from "./ObsAnswer.js"
import type { Handler, Request } from "./ObsTestService.js"
import * as ObsTestService from "./ObsTestService.js"

/**
 * A server that is running.
 *
 * @category models
 * @since 0.1.0
 */
export class ObsTestServer extends Context.Tag("effect-obs/testing/ObsTestServer")<
  ObsTestServer,
  {
    /** The address of the server, such as `http://127.0.0.1:49152`. */
    readonly url: string
  }
>() {}

const readRequest = async (incoming: Http.IncomingMessage): Promise<Request> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of incoming) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return {
    method: incoming.method ?? "GET",
    url: new URL(incoming.url ?? "/", "http://127.0.0.1"),
    headers: Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, value?.toString()])),
    body: Buffer.concat(chunks)
  }
}

const writeAnswer = (outgoing: Http.ServerResponse, answer: Answer): void => {
  outgoing.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) })
  outgoing.end(answer.body)
}

/**
 * Starts a server whose requests a handler answers, on a free port of 127.0.0.1; the scope stops it.
 *
 * A handler that dies is answered with `500 InternalError`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (handler: Handler): Effect.Effect<Context.Tag.Service<ObsTestServer>, never, Scope.Scope> =>
  Effect.gen(function* () {
    const run = Runtime.runPromise(yield* Effect.runtime())
    const server = Http.createServer((incoming, outgoing) => {
      readRequest(incoming)
        .then((request) => run(handler(request)))
        .catch(() => ObsAnswer.render(new ObsError.InternalError(), { method: incoming.method }))
        .then(
          (answer) => {
            writeAnswer(outgoing, answer)
          },
          () => outgoing.destroy()
        )
    })
    yield* Effect.acquireRelease(
      Effect.async<void>((resume) => {
        server.once("error", (error) => {
          resume(Effect.die(error))
        })
        server.listen(0, "127.0.0.1", () => {
          resume(Effect.void)
        })
      }),
      () =>
        Effect.async<void>((resume) => {
          server.close(() => {
            resume(Effect.void)
          })
          server.closeAllConnections()
        })
    )
    const address: AddressInfo | string | null = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    return { url: `http://127.0.0.1:${String(port)}` }
  })

/**
 * Provides a server whose requests a handler answers.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (handler: Handler): Layer.Layer<ObsTestServer> => Layer.scoped(ObsTestServer, make(handler))

/**
 * Provides a server of a service of its own, with no buckets yet.
 *
 * @example
 * ```ts
 * import { FetchHttpClient, HttpClient } from "@effect/platform"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsHttpClient } from "effect-obs"
 * import { ObsTestServer } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const { url } = yield* ObsTestServer.ObsTestServer
 *   const client = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
 *   const failure = yield* Effect.flip(client.get(`${url}/photos`))
 *   assert.strictEqual(failure._tag, "NoSuchBucket")
 * })
 *
 * await Effect.runPromise(Effect.provide(program, [ObsTestServer.layerService, FetchHttpClient.layer]))
 * ```
 *
 * @category layers
 * @since 0.1.0
 */
export const layerService: Layer.Layer<ObsTestServer> = Layer.scoped(
  ObsTestServer,
  Effect.flatMap(ObsTestService.make, make)
)
