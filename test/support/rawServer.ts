import { Effect } from "#test/effect"
import * as Http from "node:http"

/** A server on loopback that does whatever a test wants it to; the scope stops it. */
export const rawServer = (listener: Http.RequestListener) =>
  Effect.acquireRelease(
    Effect.callback<Http.Server>((resume) => {
      const server = Http.createServer(listener)
      server.listen(0, "127.0.0.1", () => {
        resume(Effect.succeed(server))
      })
    }),
    (server) =>
      Effect.callback<void>((resume) => {
        server.close(() => {
          resume(Effect.void)
        })
        server.closeAllConnections()
      })
  ).pipe(
    Effect.map((server) => {
      const address = server.address()
      return { url: `http://127.0.0.1:${String(typeof address === "object" ? address?.port : "")}` }
    })
  )
