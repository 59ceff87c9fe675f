/**
 * A server on loopback, for tests over real sockets. It needs Node.
 *
 * @since 0.1.0
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import type * as Layer from "effect/Layer"
import { identity } from "effect/Function"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Http from "node:http"
import type { AddressInfo } from "node:net"
import { sendableHeaders } from "./sendableHeaders.js"
import * as ObsError from "../ObsError.js"
import * as ObsAnswer from "./ObsAnswer.js"
import type { Handler } from "./ObsTestService.js"
import * as ObsTestService from "./ObsTestService.js"

/**
 * What is known of a server that is running.
 *
 * @category models
 * @since 0.3.0
 */
export interface Service {
  /** The address of the server, such as `http://127.0.0.1:49152`. */
  readonly url: string
}

/**
 * A server that is running.
 *
 * @category models
 * @since 0.1.0
 */
export class ObsTestServer extends Runtime.service<ObsTestServer, Service>()("effect-obs/testing/ObsTestServer") {}

/**
 * The address that a request is sent to; undefined where it has none. What a URL would take for something else or drop,
 * such as dot segments, is escaped, so that the path is the one that was sent.
 */
const urlOf = (target: string, host: string): URL | undefined => {
  const escaped = target.replaceAll("\\", "%5C").replaceAll("#", "%23")
  const [, origin = `http://${host}`, path = "", query = ""] = /^([a-z]+:\/\/[^/?]*)?([^?]*)(.*)$/i.exec(escaped) ?? []
  const rest = path.slice(1)
  const kept = /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(rest) ? rest.replaceAll("/", "%2F") : rest
  try {
    return new URL(`${origin}/${kept}${query}`)
  } catch {
    return undefined
  }
}

const loopback = "127.0.0.1"

const isHost = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/** Headers whose signature counts each of their values, where Node puts a blank between them. */
const isSigned = /^x-(?:obs|amz)-/

const headersOf = ({ headers, headersDistinct }: Http.IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSigned.test(name) ? headersDistinct[name]?.join(",") : value?.toString()
    ])
  )

/** The body of a request, which is read as fast as it is taken. */
const bodyOf = (incoming: Http.IncomingMessage): ObsTestService.Body => {
  const { headers, method } = incoming
  const length = headers["content-length"]
  const isEmpty = headers["transfer-encoding"] === undefined && (length === undefined || length === "0")
  if (isEmpty || method === undefined) return new Uint8Array()
  const chunks = incoming[Symbol.asyncIterator]()
  // A client that breaks off closes the connection, and that interrupts whoever reads
  return Stream.orDie(Stream.fromAsyncIterable<Uint8Array, unknown>({ [Symbol.asyncIterator]: () => chunks }, identity))
}

// The server's own: it sends a body whole, with its length, and closes a connection where the client asks for that
const framing = ["connection", "content-length", "transfer-encoding", "trailer"]

// What these statuses say has no body
const bodiless = new Set([204, 205, 304])

/** Writes a chunk, and waits until the connection takes more. */
const write = (outgoing: Http.ServerResponse, chunk: Uint8Array): Effect.Effect<void> =>
  Effect.suspend(() => {
    if (outgoing.write(chunk)) return Effect.void
    return Runtime.callback<void>((resume) => {
      const go = () => {
        resume(Effect.void)
      }
      outgoing.once("drain", go)
      return Effect.sync(() => outgoing.off("drain", go))
    })
  })

const lengthOf = (headers: ReadonlyMap<string, string>): string | undefined => {
  const length = headers.get("content-length")
  return length !== undefined && /^\d{1,15}$/.test(length) ? length : undefined
}

/** Sends the nearest to a response that can be sent. */
const send = (outgoing: Http.ServerResponse, response: ObsTestService.Response): Effect.Effect<void, unknown> =>
  Effect.suspend(() => {
    if (response === ObsTestService.noResponse) {
      outgoing.destroy()
      return Effect.void
    }
    const status = Math.trunc(response.status)
    const headers = new Map(Object.entries(sendableHeaders(response.headers)))
    const said = lengthOf(headers)
    for (const name of framing) headers.delete(name)
    // Throws at what is neither text nor bytes before anything is written
    const content = Runtime.isStream(response.body) ? response.body : Buffer.from(response.body)
    const body = bodiless.has(status) ? new Uint8Array() : content
    const isHead = outgoing.req.method === "HEAD"
    const own = Runtime.isStream(body) ? undefined : String(body.length)
    const length = isHead || own === undefined ? (said ?? own) : own
    if (status !== 204 && status !== 304 && length !== undefined) headers.set("content-length", length)
    outgoing.writeHead(status >= 200 && status <= 999 ? status : 502, Object.fromEntries(headers))
    if (!Runtime.isStream(body) || isHead) {
      outgoing.end(Runtime.isStream(body) ? undefined : body)
      return Effect.void
    }
    // Whoever waits for the first byte knows the status by then
    outgoing.flushHeaders()
    return Effect.map(
      Stream.runForEach(body, (chunk) => write(outgoing, chunk)),
      () => {
        outgoing.end()
      }
    )
  })

const respond = (
  handler: Handler,
  incoming: Http.IncomingMessage,
  outgoing: Http.ServerResponse
): Effect.Effect<void> => {
  const { method = "GET", url: target = "/" } = incoming
  const { host = "" } = incoming.headers
  const url = (isHost.test(host) ? urlOf(target, host) : undefined) ?? urlOf(target, loopback)
  const fail = (failure: ObsError.ObsFailure) => send(outgoing, ObsAnswer.render(failure, { method }))
  const destroy = Effect.sync(() => {
    outgoing.destroy()
  })
  // What was written before is still sent
  const breakOff = Effect.sync(() => {
    incoming.socket.destroySoon()
  })
  const headers = headersOf(incoming)
  const answer =
    url === undefined
      ? fail(new ObsError.InvalidURI())
      : Effect.flatMap(
          Effect.suspend(() => handler({ method, url, target, headers, body: bodyOf(incoming) })),
          (response) => send(outgoing, response)
        )
  return answer.pipe(
    Runtime.catchCause(() => (outgoing.headersSent ? breakOff : fail(new ObsError.InternalError()))),
    Runtime.catchCause(() => destroy),
    // What the handler did not read of the body
    Effect.ensuring(Effect.sync(() => incoming.resume()))
  )
}

/**
 * Starts a server whose requests a handler answers, on a free port of 127.0.0.1; the scope stops it.
 *
 * A handler that dies is turned into `500 InternalError`. The handler of a client that disconnects is interrupted. When
 * the scope is closed, so are the handlers that are still running, and the scope waits for their finalizers.
 *
 * What HTTP cannot carry is sent as near to it as can be: a status that ends no request as 502, a header value with a
 * question mark for each character that is not printable Latin-1, no header whose name is none, and no body with 204,
 * 205 and 304. The headers that frame a body, and `Connection`, are the server's own.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make = (handler: Handler): Effect.Effect<Service, never, Scope.Scope> =>
  Effect.gen(function* () {
    const run = yield* FiberSet.makeRuntime<never, void, never>()
    const server = Http.createServer((incoming, outgoing) => {
      const { socket } = incoming
      // Whoever breaks off a request or does not wait for the response has closed the connection, which interrupts the fiber
      incoming.on("error", () => undefined)
      outgoing.on("error", () => undefined)
      // Wherever the server is made
      const fiber = run(Effect.interruptible(respond(handler, incoming, outgoing)))
      const interrupt = () => {
        Runtime.interruptUnsafe(fiber)
      }
      // Any number of requests can be under way on one connection
      socket.setMaxListeners(0).once("close", interrupt)
      fiber.addObserver(() => socket.off("close", interrupt))
    })
    yield* Effect.acquireRelease(
      Runtime.callback<void>((resume) => {
        server.on("error", (error) => {
          resume(Effect.die(error))
        })
        server.listen(0, loopback, () => {
          resume(Effect.void)
        })
      }),
      () =>
        Runtime.callback<void>((resume) => {
          server.close(() => {
            resume(Effect.void)
          })
          server.closeAllConnections()
        })
    )
    const address: AddressInfo | string | null = server.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    return { url: `http://${loopback}:${String(port)}` }
  })

/**
 * Provides a server whose requests a handler answers.
 *
 * @category layers
 * @since 0.1.0
 */
export const layer = (handler: Handler): Layer.Layer<ObsTestServer> => Runtime.layerScoped(ObsTestServer, make(handler))

/**
 * Provides a server of a service of its own, with no buckets yet.
 *
 * @example
 * ```ts
 * import { FetchHttpClient, HttpClient } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsHttpClient } from "effect-obs"
 * import { ObsTestServer } from "effect-obs/testing/node"
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
export const layerService: Layer.Layer<ObsTestServer> = Runtime.layerScoped(
  ObsTestServer,
  Effect.flatMap(ObsTestService.make, make)
)

/**
 * Provides a server of a service of its own that looks at signatures, where it is given credentials.
 *
 * @category layers
 * @since 0.3.0
 */
export const layerServiceWith = (options: ObsTestService.Options): Layer.Layer<ObsTestServer> =>
  Runtime.layerScoped(ObsTestServer, Effect.flatMap(ObsTestService.makeWith(options), make))
