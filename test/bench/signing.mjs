/**
 * A small GET over loopback: as it is, signed by hand with Node's crypto, and signed by the library.
 */
import { fork } from "node:child_process"
import { createHmac } from "node:crypto"
import { once } from "node:events"
import { load, loadEffect } from "../tools/built.mjs"
import { paired } from "./measure.mjs"

const { Effect, fetchLayer, HttpClient, Layer, ManagedRuntime, nodeLayer, Redacted } = await loadEffect()
const { ObsCredentials, ObsHttpClient } = await load("index.js")

const credentials = {
  accessKeyId: "HPUAEXAMPLE",
  secretAccessKey: Redacted.make("a-secret-of-forty-letters-as-they-are-xx")
}

/** The least that a signature takes, of a request that has nothing else to be signed. */
const byHand = (request) => {
  const date = new Date().toUTCString()
  const text = `GET\n\n\n\nx-obs-date:${date}\n${new URL(request.url).pathname}`
  const mac = createHmac("sha1", Redacted.value(credentials.secretAccessKey)).update(text).digest("base64")
  return { date, authorization: `OBS ${credentials.accessKeyId}:${mac}` }
}

export default async () => {
  const server = fork(new URL("server.mjs", import.meta.url), ["small"])
  const [port] = await once(server, "message")
  const url = `http://127.0.0.1:${port}/photos/cat.txt`

  const contenders = async (name, layer, setHeaders) => {
    const runtime = ManagedRuntime.make(Layer.merge(layer, ObsCredentials.layer(credentials)))
    const client = await runtime.runPromise(HttpClient.HttpClient)
    const get = (client) => () => runtime.runPromise(Effect.flatMap(client.get(url), (response) => response.text))
    const hand = HttpClient.mapRequest(client, (request) => {
      const { authorization, date } = byHand(request)
      return setHeaders(request, { authorization, "x-obs-date": date })
    })
    return [
      [`${name}, not signed`, get(client)],
      [`${name}, signed by hand with node:crypto`, get(hand)],
      [`${name}, ObsHttpClient.sign`, get(ObsHttpClient.sign(client))]
    ]
  }

  const { setHeaders } = await load("../../../node_modules/@effect/platform/dist/esm/HttpClientRequest.js")
  const node = await contenders("Node's http", nodeLayer, setHeaders)
  const fetched = await contenders("fetch", fetchLayer, setHeaders)
  const options = { calls: Number(process.env.CALLS ?? 40), rounds: Number(process.env.ROUNDS ?? 150) }
  const text = [await paired(node, options), await paired(fetched, options)].join("\n\n")
  server.kill()
  return { text }
}
