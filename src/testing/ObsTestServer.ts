/**
 * A server over real sockets: on loopback for tests, or at an address that others can reach. It needs Node or Bun.
 *
 * @since 0.1.0
 */
import * as Runtime from "#effect/runtime"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import type * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as Http from "node:http"
import type { AddressInfo } from "node:net"
import { Arriving } from "./arriving.js"
import { addressOf, isNoResponse, loopback, receivedHeaders, sendable } from "./carried.js"
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
  /** The address that it listens at, without the port: `127.0.0.1`. */
  readonly host: string
  readonly port: number
}

/**
 * A server that is running.
 *
 * @category models
 * @since 0.1.0
 */
export class ObsTestServer extends Runtime.service<ObsTestServer, Service>()("effect-obs/testing/ObsTestServer") {}

/**
 * Where a server listens, and how it stops.
 *
 * @category models
 * @since 0.3.0
 */
export interface Options {
  /** The address or the name to listen at: `127.0.0.1` by default, `0.0.0.0` for all addresses of the machine. */
  readonly host?: string | undefined
  /** The port to listen on; a free one by default. */
  readonly port?: number | undefined
  /**
   * How long requests that are running may go on when the server stops, in milliseconds where it is a number: not at all by
   * default. No connection is accepted meanwhile.
   */
  readonly gracePeriod?: Runtime.DurationInput | undefined
}

/**
 * Why a server cannot listen: another program has the port, the machine has no such address, or the system does not allow
 * it.
 *
 * @category models
 * @since 0.3.0
 */
export type ListenErrorReason = "PortTaken" | "NoSuchAddress" | "NotAllowed" | "Unknown"

/** Where a server was to listen, and why it does not. */
interface Listening {
  readonly reason: ListenErrorReason
  readonly host: string
  readonly port: number
  readonly cause?: unknown
}

/**
 * A server could not listen at an address. The message says why, and what to do.
 *
 * @category errors
 * @since 0.3.0
 */
export class ListenError extends Data.TaggedError("ListenError")<Listening> {
  override get message(): string {
    const at = `${this.host}, port ${String(this.port)}`
    switch (this.reason) {
      case "PortTaken":
        return `Cannot listen at ${at}: another program listens there. Stop it, or take another port.`
      case "NoSuchAddress":
        return `Cannot listen at ${at}: this machine has no such address. Take one of its own, such as 127.0.0.1 or 0.0.0.0.`
      case "NotAllowed":
        return `Cannot listen at ${at}: the system does not allow it. Take a port from 1024 to 65535.`
      case "Unknown":
        return `Cannot listen at ${at}: ${this.cause instanceof Error ? this.cause.message : String(this.cause)}`
    }
  }
}

const reasons: { readonly [code: string]: ListenErrorReason } = {
  EADDRINUSE: "PortTaken",
  EADDRNOTAVAIL: "NoSuchAddress",
  ENOTFOUND: "NoSuchAddress",
  EAI_AGAIN: "NoSuchAddress",
  EINVAL: "NoSuchAddress",
  EACCES: "NotAllowed",
  EPERM: "NotAllowed"
}

const listenError = (host: string, port: number, cause: unknown): ListenError => {
  const code = Predicate.hasProperty(cause, "code") ? String(cause.code) : ""
  return new ListenError({ reason: reasons[code] ?? "Unknown", host, port, cause })
}

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

/** Sends the nearest to a response that can be sent, and ends it when the request has come to its end, too. */
const send = (
  outgoing: Http.ServerResponse,
  response: ObsTestService.Response,
  arriving: Arriving
): Effect.Effect<void, unknown> =>
  Effect.suspend(() => {
    if (isNoResponse(response)) {
      outgoing.destroy()
      return Effect.void
    }
    const { body, headers, status } = sendable(response, outgoing.req.method ?? "GET")
    const closes = arriving.isTooMuch
    if (closes) outgoing.shouldKeepAlive = false
    outgoing.writeHead(status, Object.fromEntries(headers))
    if (!(body instanceof Uint8Array)) {
      // Whoever waits for the first byte knows the status by then
      outgoing.flushHeaders()
      return Effect.map(
        Stream.runForEach(body, (chunk) => write(outgoing, chunk)),
        () => {
          outgoing.end()
        }
      )
    }
    if (arriving.isWhole) {
      outgoing.end(body)
      return Effect.void
    }
    // A client may read the answer after it has sent all, and loses it where the connection is closed before
    outgoing.flushHeaders()
    if (body.length > 0) outgoing.write(body)
    if (closes) outgoing.socket?.end()
    return Effect.map(arriving.dropped, (isWhole) => {
      if (!isWhole) outgoing.shouldKeepAlive = false
      outgoing.end()
      if (!isWhole) outgoing.socket?.destroySoon()
    })
  })

const respond = (
  handler: Handler,
  incoming: Http.IncomingMessage,
  outgoing: Http.ServerResponse,
  arriving: Arriving
): Effect.Effect<void> => {
  const { method = "GET", url: target = "/" } = incoming
  const url = addressOf(target, incoming.headers.host)
  const fail = (failure: ObsError.ObsFailure) => send(outgoing, ObsAnswer.render(failure, { method }), arriving)
  const destroy = Effect.sync(() => {
    outgoing.destroy()
  })
  // What was written before is still sent
  const breakOff = Effect.sync(() => {
    incoming.socket.destroySoon()
  })
  const headers = receivedHeaders(incoming.headers, incoming.headersDistinct)
  const answer =
    url === undefined
      ? fail(new ObsError.InvalidURI())
      : Effect.flatMap(
          Effect.flatMap(arriving.body, (body) => handler({ method, url, target, headers, body })),
          (response) => send(outgoing, response, arriving)
        )
  return answer.pipe(
    Runtime.catchCause(() => (outgoing.headersSent ? breakOff : fail(new ObsError.InternalError()))),
    Runtime.catchCause(() => destroy),
    // What the handler did not read of the body
    Effect.ensuring(
      Effect.sync(() => {
        arriving.drop()
      })
    )
  )
}

/** An address as a URL has it. */
const inUrl = (address: string): string => (address.includes(":") ? `[${address}]` : address)

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
  Effect.orDie(makeWith(handler, {}))

/**
 * Starts a server as `make` does, at an address of your choice. When the scope is closed, it accepts no connection any more,
 * and requests that are running have the time of `gracePeriod` to end.
 *
 * It fails with `ListenError` where the port is taken or the address cannot be had.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsTestService } from "effect-obs/testing"
 * import { ObsTestServer } from "effect-obs/testing/node"
 *
 * const program = Effect.gen(function* () {
 *   const handler = yield* ObsTestService.make
 *   const { port } = yield* ObsTestServer.makeWith(handler, { host: "127.0.0.1", gracePeriod: "5 seconds" })
 *   const failure = yield* Effect.flip(ObsTestServer.makeWith(handler, { port }))
 *   assert.strictEqual(failure.reason, "PortTaken")
 * })
 *
 * await Effect.runPromise(Effect.scoped(program))
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const makeWith = (handler: Handler, options: Options): Effect.Effect<Service, ListenError, Scope.Scope> =>
  Effect.gen(function* () {
    const { gracePeriod = 0, host = loopback, port = 0 } = options
    const run = yield* FiberSet.makeRuntime<never, void, never>()
    const running = new Set<Http.ServerResponse>()
    let drained = (): void => undefined
    const answer = (incoming: Http.IncomingMessage, outgoing: Http.ServerResponse, goOn?: () => void) => {
      const { socket } = incoming
      running.add(outgoing)
      // What comes over a connection that is open still, while the server stops, is the last
      if (!server.listening) outgoing.shouldKeepAlive = false
      outgoing.once("close", () => {
        running.delete(outgoing)
        if (running.size === 0) drained()
      })
      // Whoever breaks off a request or does not wait for the response has closed the connection, which interrupts the fiber
      incoming.on("error", () => undefined)
      outgoing.on("error", () => undefined)
      // Wherever the server is made
      const fiber = run(Effect.interruptible(respond(handler, incoming, outgoing, new Arriving(incoming, goOn))))
      const interrupt = () => {
        Runtime.interruptUnsafe(fiber)
      }
      // Any number of requests can be under way on one connection
      socket.setMaxListeners(0).once("close", interrupt)
      fiber.addObserver(() => socket.off("close", interrupt))
    }
    // However long an upload takes; a head has its minute
    const server = Http.createServer({ requestTimeout: 0, headersTimeout: 60_000 }, (incoming, outgoing) => {
      answer(incoming, outgoing)
    })
    // Whoever asks before sending a body is told to go on when somebody wants it
    server.on("checkContinue", (incoming: Http.IncomingMessage, outgoing: Http.ServerResponse) => {
      answer(incoming, outgoing, () => {
        outgoing.writeContinue()
      })
    })
    const listen = Runtime.callback<void, ListenError>((resume) => {
      const fail = (cause: unknown) => {
        resume(Effect.fail(listenError(host, port, cause)))
      }
      server.once("error", fail)
      try {
        server.listen(port, host, () => {
          server.off("error", fail)
          resume(Effect.void)
        })
      } catch (cause) {
        // A port that is none
        fail(cause)
      }
    })
    const quiet = Runtime.callback<void>((resume) => {
      drained = () => {
        resume(Effect.void)
      }
      if (running.size === 0) drained()
    })
    const close = Effect.gen(function* () {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      })
      if (running.size > 0 && gracePeriod !== 0) {
        yield* Effect.raceFirst(Effect.interruptible(quiet), Effect.interruptible(Effect.sleep(gracePeriod)))
      }
      server.closeAllConnections()
      yield* Effect.promise(() => closed)
    })
    yield* Effect.acquireRelease(listen, () => close)
    const address: AddressInfo | string | null = server.address()
    const bound = typeof address === "object" && address !== null ? address : { address: host, port }
    return { url: `http://${inUrl(bound.address)}:${String(bound.port)}`, host: bound.address, port: bound.port }
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

/**
 * Provides a server at an address of your choice, whose requests a handler answers that an effect makes.
 *
 * It fails as that effect does, and with `ListenError` where the port is taken or the address cannot be had.
 *
 * @example
 * ```ts
 * import { Effect } from "effect"
 * import { ObsTestService } from "effect-obs/testing"
 * import { ObsTestServer } from "effect-obs/testing/node"
 *
 * export const server = ObsTestServer.layerWith(ObsTestService.makeWith({ region: "eu-de" }), {
 *   host: "0.0.0.0",
 *   port: 9000,
 *   gracePeriod: "5 seconds"
 * })
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layerWith = <E, R>(
  handler: Effect.Effect<Handler, E, R>,
  options: Options
): Layer.Layer<ObsTestServer, E | ListenError, Exclude<R, Scope.Scope>> =>
  Runtime.layerScoped(
    ObsTestServer,
    Effect.flatMap(handler, (handler) => makeWith(handler, options))
  )
