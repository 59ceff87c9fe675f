/**
 * Calls over loopback: small and large, beside the clients of others and beside the bare HTTP client.
 */
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import Esdk from "esdk-obs-nodejs"
import { Client as MinioClient } from "minio"
import { fork } from "node:child_process"
import { once } from "node:events"
import { load, loadEffect } from "../tools/built.mjs"
import { raceAsync, ratios } from "./measure.mjs"

const { Effect, fetchLayer, HttpClient, Layer, ManagedRuntime, nodeLayer, undiciLayer } = await loadEffect()
const { ObsClient, ObsCredentials } = await load("index.js")

const drained = async (stream) => {
  let length = 0
  for await (const chunk of stream) length += chunk.length
  return length
}

const large = 64 * 1024 * 1024
const small = new Uint8Array(1024)
const much = new Uint8Array(large)

export default async () => {
  const server = fork(new URL("server.mjs", import.meta.url), ["calls"])
  const [port] = await once(server, "message")
  const url = `http://127.0.0.1:${port}`
  const keys = { accessKeyId: "AK", secretAccessKey: "not-a-real-secret" }

  const ours = (layer) => {
    const client = ObsClient.layer({ endpoint: url }).pipe(
      Layer.provideMerge(Layer.merge(ObsCredentials.layer(keys), layer))
    )
    const runtime = ManagedRuntime.make(client)
    const bare = runtime.runSync(HttpClient.HttpClient)
    const read = (key) => Effect.flatMap(ObsClient.getObject({ bucket: "bucket", key }), ({ bytes }) => bytes)
    const put = (bytes) => ObsClient.putObject({ bucket: "bucket", key: "key", body: bytes })
    const bareRead = (key) => Effect.flatMap(bare.get(`${url}/bucket/${key}`), ({ arrayBuffer }) => arrayBuffer)
    return {
      missing: () => runtime.runPromise(Effect.flip(read("missing"))),
      get: (length) => runtime.runPromise(read(String(length))),
      put: (bytes) => runtime.runPromise(put(bytes)),
      bareMissing: () => runtime.runPromise(bareRead("missing")),
      bareGet: (length) => runtime.runPromise(bareRead(String(length))),
      barePut: (bytes) => fetch(`${url}/bucket/key`, { method: "PUT", body: bytes }).then((found) => found.text())
    }
  }
  const [undici, node, fetched] = [undiciLayer, nodeLayer, fetchLayer].map(ours)

  const aws = new S3Client({ region: "eu", endpoint: url, forcePathStyle: true, credentials: keys })
  const minio = new MinioClient({
    endPoint: "127.0.0.1",
    port,
    useSSL: false,
    accessKey: "AK",
    secretKey: "SK",
    region: "eu",
    pathStyle: true
  })
  const esdk = new Esdk({ access_key_id: "AK", secret_access_key: "SK", server: url, path_style: true })
  const of = { Bucket: "bucket" }

  const peers = {
    "@aws-sdk/client-s3": {
      get: async (key) => (await aws.send(new GetObjectCommand({ ...of, Key: key }))).Body.transformToByteArray(),
      put: (bytes) => aws.send(new PutObjectCommand({ ...of, Key: "key", Body: bytes }))
    },
    minio: {
      get: async (key) => drained(await minio.getObject("bucket", key)),
      put: (bytes) => minio.putObject("bucket", "key", Buffer.from(bytes.buffer))
    },
    "esdk-obs-nodejs": {
      get: async (key) => {
        const { InterfaceResult } = await esdk.getObject({ ...of, Key: key, SaveAsStream: true })
        return InterfaceResult?.Content === undefined ? undefined : drained(InterfaceResult.Content)
      },
      put: (bytes) => esdk.putObject({ ...of, Key: "key", Body: Buffer.from(bytes.buffer) })
    }
  }

  const tables = []
  const measure = async (title, calls, rounds, mine, theirs) => {
    const rows = await raceAsync(
      [
        ["the bare client, undici", mine(undici).bare],
        ["effect-obs, undici", mine(undici).obs],
        ["the bare client, Node's http", mine(node).bare],
        ["effect-obs, Node's http", mine(node).obs],
        ["the bare client, fetch", mine(fetched).bare],
        ["effect-obs, fetch", mine(fetched).obs],
        ...Object.entries(peers).map(([name, peer]) => [name, () => theirs(peer)])
      ].filter(([, run]) => run !== undefined),
      { calls, rounds }
    )
    tables.push(`${title}:`, ratios(rows, "the bare client, undici"))
  }

  await measure(
    "A GET that fails with 404",
    200,
    9,
    (client) => ({ bare: client.bareMissing, obs: client.missing }),
    (peer) => peer.get("missing").catch((error) => error)
  )
  await measure(
    "A GET of 1 KiB",
    200,
    9,
    (client) => ({ bare: () => client.bareGet(1024), obs: () => client.get(1024) }),
    (peer) => peer.get("1024")
  )
  await measure(
    "A PUT of 1 KiB (the bare client is fetch)",
    200,
    9,
    (client) => ({ bare: () => client.barePut(small), obs: () => client.put(small) }),
    (peer) => peer.put(small)
  )
  await measure(
    "A GET of 64 MiB",
    1,
    9,
    (client) => ({ bare: () => client.bareGet(large), obs: () => client.get(large) }),
    (peer) => peer.get(String(large))
  )
  await measure(
    "A PUT of 64 MiB (the bare client is fetch)",
    1,
    9,
    (client) => ({ bare: () => client.barePut(much), obs: () => client.put(much) }),
    (peer) => peer.put(much)
  )
  server.kill()
  return { text: tables.join("\n\n") }
}
