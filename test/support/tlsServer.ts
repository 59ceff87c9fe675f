import { Effect } from "#test/effect"
import type * as Http from "node:http"
import * as Https from "node:https"
import Tls from "node:tls"
import { cert, key } from "./certificate.js"

/** A server on loopback that speaks TLS and records every byte that it is sent, however the request ends. */
export const tlsServer = (listener: Http.RequestListener) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly server: Https.Server; readonly received: Array<string> }>((resume) => {
      const received: Array<string> = []
      const server = Https.createServer({ cert, key }, listener)
      server.on("secureConnection", (socket) => {
        socket.on("data", (bytes: Buffer) => received.push(bytes.toString("latin1")))
      })
      // Connections that say nothing count too
      server.on("connection", () => received.push(""))
      server.listen(0, "127.0.0.1", () => {
        resume(Effect.succeed({ server, received }))
      })
    }),
    ({ server }) =>
      Effect.callback<void>((resume) => {
        server.close(() => {
          resume(Effect.void)
        })
        server.closeAllConnections()
      })
  ).pipe(
    Effect.map(({ received, server }) => {
      const address = server.address()
      return { port: String(typeof address === "object" ? address?.port : ""), received }
    })
  )

/** What makes a client of Node find any host on loopback. */
export const lookup = (
  _host: string,
  options: { readonly all?: boolean | undefined },
  done: (error: null, address: string | Array<{ address: string; family: number }>, family?: number) => void
): void => {
  if (options.all === true) done(null, [{ address: "127.0.0.1", family: 4 }])
  else done(null, "127.0.0.1", 4)
}

/**
 * Makes the fetch of Node find any host on loopback and believe the certificate. It has no option for either that all
 * versions take.
 */
export const trusted = Effect.acquireRelease(
  Effect.sync(() => {
    const { connect } = Tls
    Object.defineProperty(Tls, "connect", {
      value: (options: Tls.ConnectionOptions) => connect({ ...options, ca: cert, lookup }),
      configurable: true,
      writable: true
    })
    return connect
  }),
  (connect) => Effect.sync(() => Object.defineProperty(Tls, "connect", { value: connect }))
)
