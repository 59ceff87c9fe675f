/**
 * A small GET over loopback: as it is, signed by hand with Node's crypto, and signed by the library.
 */
import { fork } from "node:child_process"
import { createHmac } from "node:crypto"
import { once } from "node:events"
import { load, loadEffect } from "../tools/built.mjs"
import { paired } from "./measure.mjs"

const { Effect, fetchLayer, HttpClient, HttpClientRequest, Layer, ManagedRuntime, nodeLayer, Redacted } =
  await loadEffect()
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
  const authorization = `OBS ${credentials.accessKeyId}:${mac}`
  return HttpClientRequest.setHeaders(request, { "x-obs-date": date, authorization })
}

export default async () => {
  const server = fork(new URL("server.mjs", import.meta.url), ["small"])
  const [port] = await once(server, "message")
  const url = `http://127.0.0.1:${port}/photos/cat.txt`

  /** The client as it is and wrapped, each not signed, signed by hand and by the library. */
  const contenders = async (name, layer) => {
    const runtime = ManagedRuntime.make(Layer.merge(layer, ObsCredentials.layer(credentials)))
    const client = await runtime.runPromise(HttpClient.HttpClient)
    const get = (client) => () => runtime.runPromise(Effect.flatMap(client.get(url), (response) => response.text))
    const hand = HttpClient.mapRequest(client, byHand)
    const signed = ObsHttpClient.sign(client)
    const { filterStatusOk } = ObsHttpClient
    return [
      [
        [`${name}, not signed`, get(client)],
        [`${name}, signed by hand with node:crypto`, get(hand)],
        [`${name}, sign`, get(signed)]
      ],
      [
        [`${name}, filterStatusOk, not signed`, get(filterStatusOk(client))],
        [`${name}, filterStatusOk, signed by hand with node:crypto`, get(filterStatusOk(hand))],
        [`${name}, filterStatusOk, sign`, get(filterStatusOk(signed))]
      ]
    ]
  }

  const tables = []
  for (const [name, layer] of [
    ["Node's http", nodeLayer],
    ["fetch", fetchLayer]
  ]) {
    for (const rows of await contenders(name, layer)) tables.push(await paired(rows, { calls: 40, rounds: 150 }))
  }
  server.kill()
  return { text: tables.join("\n\n") }
}
