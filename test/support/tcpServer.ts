import { Effect } from "#test/effect"
import * as Net from "node:net"

/**
 * A server on loopback that says to each request whatever a test wants it to, and counts the connections over which one
 * came: undici opens some in reserve. The scope stops it.
 */
export const tcpServer = (answer: (socket: Net.Socket, head: string) => void) =>
  Effect.acquireRelease(
    Effect.callback<{
      readonly server: Net.Server
      readonly all: Set<Net.Socket>
      readonly used: Set<Net.Socket>
      readonly count: { used: number }
    }>((resume) => {
      const all = new Set<Net.Socket>()
      const used = new Set<Net.Socket>()
      const count = { used: 0 }
      const server = Net.createServer((socket) => {
        all.add(socket)
        socket.on("close", () => {
          all.delete(socket)
          used.delete(socket)
          server.emit("gone")
        })
        // What a client does that gives up
        socket.on("error", () => undefined)
        let received = ""
        socket.once("data", () => {
          used.add(socket)
          count.used += 1
        })
        socket.on("data", (chunk) => {
          received += chunk.toString("latin1")
          const heads = received.split("\r\n\r\n")
          received = heads.pop() ?? ""
          for (const head of heads) answer(socket, head)
        })
      })
      server.listen(0, "127.0.0.1", () => {
        resume(Effect.succeed({ server, all, used, count }))
      })
    }),
    ({ all, server }) =>
      Effect.callback<void>((resume) => {
        server.close(() => {
          resume(Effect.void)
        })
        for (const socket of all) socket.destroy()
      })
  ).pipe(
    Effect.map(({ count, server, used }) => {
      const address = server.address()
      return {
        url: `http://127.0.0.1:${String(typeof address === "object" ? address?.port : "")}/o`,
        /** How many there were. */
        used: () => count.used,
        /** How many there are. */
        open: () => used.size,
        /** Ends when so many are left, or fewer. */
        left: (most: number) =>
          Effect.callback<void>((resume) => {
            const check = () => {
              if (used.size > most) return
              server.off("gone", check)
              resume(Effect.void)
            }
            server.on("gone", check)
            check()
            return Effect.sync(() => server.off("gone", check))
          })
      }
    })
  )
