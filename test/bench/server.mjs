/**
 * A server of its own process: it answers 404 with the small body or with a gigabyte of one, or a success with a
 * few bytes.
 */
import { createServer } from "node:http"
import { body, headers } from "./subject.mjs"

const gigabyte = 2 ** 30
const chunk = Buffer.alloc(2 ** 20, "<A>x</A>")

const small = (outgoing) => {
  outgoing.writeHead(404, headers).end(body)
}

const success = (outgoing) => {
  outgoing.writeHead(200, { ...headers, "content-type": "text/plain", "content-length": "4" }).end("meow")
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

const answer = { 404: small, gigabyte: endless, small: success }[process.argv[2]]

const server = createServer((incoming, outgoing) => {
  incoming.resume()
  answer(outgoing)
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => process.send(server.address().port))
