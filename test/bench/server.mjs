/**
 * A server of its own process: it answers 404 with the small body, or with a gigabyte of one.
 */
import { createServer } from "node:http"
import { body, headers } from "./subject.mjs"

const gigabyte = 2 ** 30
const chunk = Buffer.alloc(2 ** 20, "<A>x</A>")

const small = (outgoing) => {
  outgoing.writeHead(404, headers).end(body)
}

const endless = (outgoing) => {
  let left = gigabyte
  outgoing.writeHead(404, { "content-type": "application/xml", "content-length": String(left + 14) })
  outgoing.write("<Error>")
  const more = () => {
    while (left > 0) {
      left -= chunk.length
      if (!outgoing.write(chunk)) {
        outgoing.once("drain", more)
        return
      }
    }
    outgoing.end("</Error>".slice(0, 7))
  }
  outgoing.once("close", () => process.send(outgoing.socket?.bytesWritten ?? gigabyte - left))
  more()
}

const answer = process.argv[2] === "gigabyte" ? endless : small

const server = createServer((incoming, outgoing) => {
  incoming.resume()
  answer(outgoing)
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => process.send(server.address().port))
