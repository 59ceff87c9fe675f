/**
 * A server of its own process: it answers 404 with the small body or with a gigabyte of one, a success with a few bytes,
 * or as a service does that has an object of any length and takes any other.
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

const object = (outgoing, { method, url }) => {
  if (method === "PUT") {
    outgoing.writeHead(200, { etag: '"0"', "x-obs-request-id": headers["x-obs-request-id"] }).end()
    return
  }
  if (url.includes("missing")) {
    small(outgoing)
    return
  }
  const length = Number(/\d+/.exec(url.split("?")[0])?.[0] ?? 0)
  outgoing.writeHead(200, { etag: '"0"', "content-type": "application/octet-stream", "content-length": String(length) })
  outgoing.end(Buffer.alloc(length, "a"))
}

const answer = { calls: object, 404: small, gigabyte: endless, small: success }[process.argv[2]]

const server = createServer((incoming, outgoing) => {
  // What is uploaded has to be there before it is answered
  incoming.resume().once("end", () => {
    answer(outgoing, incoming)
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, "127.0.0.1", () => process.send(server.address().port))
