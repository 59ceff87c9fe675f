/**
 * Sends thousands of requests that fail in every way, over each client, and fails where one of them leaves something
 * behind: an open connection, a listener, or memory. `npm run soak -- --requests 100000` sends more.
 */
import {
  Effect,
  Exit,
  FetchHttpClient,
  Fiber,
  HttpClient,
  HttpClientRequest,
  isOneFailure,
  Layer,
  Scope
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { ObsHttpClient, ObsResponse } from "effect-obs"
import { parseArgs } from "node:util"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { tcpServer } from "./support/tcpServer.js"

const { values } = parseArgs({ options: { requests: { type: "string", default: "10000" } } })
const requests = Number(values.requests)

setFlagsFromString("--expose-gc")
const collect: unknown = runInNewContext("gc")

/** What the heap holds when everything that can go is gone. */
const heap = Effect.gen(function* () {
  for (let i = 0; i < 4; i++) {
    if (typeof collect === "function") Reflect.apply(collect, undefined, [])
    // What finalizers and closing sockets have to do
    yield* Effect.sleep("20 millis")
  }
  return process.memoryUsage().heapUsed
})

const sized = (status: number, body: string, length = body.length) =>
  `HTTP/1.1 ${status} x\r\nContent-Length: ${length}\r\n\r\n${body}`

const error = "<Error><Code>ServiceUnavailable</Code><Message>later</Message></Error>"

/** What the server says by the last part of the address, and whether it hangs up then. */
const answers: Record<string, readonly [text: string, hangsUp: boolean]> = {
  head: [sized(404, ""), false],
  notModified: ["HTTP/1.1 304 x\r\n\r\n", false],
  unavailable: [sized(503, error), false],
  cut: [sized(404, "<Error><Code>NoS", 100), true],
  large: [sized(500, "A".repeat(70_000), 1e9), false],
  drip: [sized(503, "<Err", 100), false],
  copyCut: [sized(200, " <CopyObjectResult>", 100), true],
  copyFailed: [sized(200, error), false],
  deleteCut: [sized(200, "<DeleteResult>", 100), true]
}

const copy = (url: string) => HttpClientRequest.put(url, { headers: { "x-obs-copy-source": "/photos/dog.jpg" } })

/** A hundred requests in the order in which they are sent, again and again. */
const kinds = [
  ...Array.from({ length: 20 }, () => ["head", HttpClientRequest.head] as const),
  ...Array.from({ length: 20 }, () => ["notModified", HttpClientRequest.get] as const),
  ...Array.from({ length: 25 }, () => ["unavailable", HttpClientRequest.get] as const),
  ...Array.from({ length: 10 }, () => ["cut", HttpClientRequest.get] as const),
  ...Array.from({ length: 5 }, () => ["large", HttpClientRequest.get] as const),
  ...Array.from({ length: 3 }, () => ["drip", HttpClientRequest.get] as const),
  ...Array.from({ length: 5 }, () => ["copyCut", copy] as const),
  ...Array.from({ length: 5 }, () => ["copyFailed", copy] as const),
  ...Array.from({ length: 5 }, () => ["deleteCut", HttpClientRequest.post] as const),
  ...Array.from({ length: 2 }, () => ["interrupted", HttpClientRequest.get] as const)
]

/** What a request that is over may not leave behind in the process. */
const held = () => ({
  listeners: process.eventNames().reduce((sum, event) => sum + process.listenerCount(event), 0),
  timers: process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length
})

const concurrency = 16

const soak = (name: string, client: Layer.Layer<HttpClient.HttpClient>) =>
  Effect.gen(function* () {
    const server = yield* tcpServer((socket, head) => {
      const [, kind = ""] = /\/o\/(\w+)/.exec(head) ?? []
      const [text, hangsUp] = answers[kind] ?? [sized(503, "<Err", 100), false]
      if (hangsUp) socket.end(text)
      else socket.write(text)
    })
    const scope = yield* Scope.make()
    const context = yield* Layer.buildWithScope(client, scope)
    let failed = 0
    const send = (i: number) =>
      Effect.gen(function* () {
        const plain = yield* HttpClient.HttpClient
        const [kind, make] = kinds[(i * 37) % kinds.length] ?? (["unavailable", HttpClientRequest.get] as const)
        const response = plain.execute(make(`${server.url}/${kind}`))
        if (kind === "interrupted") {
          const fiber = yield* Effect.forkChild(ObsResponse.toFailure(yield* response))
          yield* Effect.yieldNow
          yield* Fiber.interrupt(fiber)
          failed += 1
          return
        }
        const decoded: Effect.Effect<unknown, unknown> =
          kind === "deleteCut"
            ? Effect.flatMap(response, ObsResponse.deleteResult)
            : ObsHttpClient.filterStatusOk(plain, { timeout: "20 millis" }).execute(make(`${server.url}/${kind}`))
        const outcome = yield* Effect.exit(decoded)
        if (Exit.isFailure(outcome) && isOneFailure(outcome.cause)) failed += 1
      })
    const sendAll = (count: number) =>
      Effect.forEach(
        Array.from({ length: count }, (_, i) => i),
        send,
        { concurrency, discard: true }
      ).pipe(Effect.provide(context))

    yield* sendAll(Math.min(1000, requests))
    const atFirst = held()
    const before = yield* heap
    failed = 0
    yield* sendAll(requests)
    // Connections that are open and idle now wait for the next request
    yield* Effect.timeoutOption(server.left(concurrency), "10 seconds")
    const kept = server.open()
    const after = yield* heap
    yield* Scope.close(scope, Exit.void)
    // Those of fetch, which has no scope, wait some seconds
    yield* Effect.timeoutOption(server.left(0), "10 seconds")
    const open = server.open()
    const atLast = held()

    const growth = after / before - 1
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
    console.log(
      `${name}: ${requests} requests, ${failed} typed failures; ${kept} connections kept, ${open} left; ` +
        `heap ${megabytes(before)} MB, then ${megabytes(after)} MB (${(growth * 100).toFixed(1)} %); ` +
        `listeners ${atFirst.listeners}, then ${atLast.listeners}; timers ${atFirst.timers}, then ${atLast.timers}`
    )
    return [
      ...(failed === requests ? [] : [`${requests - failed} requests did not end in a typed failure`]),
      ...(kept <= concurrency ? [] : [`${kept} connections are kept for ${concurrency} requests at once`]),
      ...(open === 0 ? [] : [`${open} connections are left open`]),
      ...(growth <= 0.1 ? [] : ["the heap has grown by more than 10 %"]),
      ...(atLast.listeners <= atFirst.listeners ? [] : ["listeners of the process are left"]),
      ...(atLast.timers <= atFirst.timers ? [] : ["timers are left"])
    ].map((breach) => `${name}: ${breach}`)
  }).pipe(Effect.scoped)

const warnings: Array<string> = []
process.on("warning", ({ message, name }) => {
  // What Node says of its own parts is not ours
  if (name === "MaxListenersExceededWarning") warnings.push(message)
})

const clients = [
  ["Node's http", NodeHttpClient.layerNodeHttpOptions({ keepAlive: true })],
  ["undici", NodeHttpClient.layerUndici],
  ["fetch", FetchHttpClient.layer]
] as const

const breaches = await Effect.runPromise(Effect.forEach(clients, ([name, client]) => soak(name, client)))
const all = [...breaches.flat(), ...warnings]
for (const breach of all) console.error(breach)
process.exit(all.length === 0 ? 0 : 1)
