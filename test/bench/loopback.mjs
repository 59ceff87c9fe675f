/**
 * A GET over loopback that fails with 404.
 */
import { S3 } from "@effect-aws/client-s3"
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3"
import ObsClient from "esdk-obs-nodejs"
import { Client as MinioClient } from "minio"
import { fork } from "node:child_process"
import { once } from "node:events"
import { load, loadEffect } from "../tools/built.mjs"
import { raceAsync, ratios } from "./measure.mjs"

const { Effect, fetchLayer, HttpClient, ManagedRuntime, nodeLayer } = await loadEffect()
const { ObsHttpClient, ObsOperation } = await load("index.js")

export default async () => {
  const server = fork(new URL("server.mjs", import.meta.url), ["404"])
  const [port] = await once(server, "message")
  const url = `http://127.0.0.1:${port}`
  const credentials = { accessKeyId: "AK", secretAccessKey: "SK" }

  const platform = (layer) => {
    const runtime = ManagedRuntime.make(layer)
    const client = runtime.runSync(HttpClient.HttpClient)
    const obs = client.pipe(ObsHttpClient.filterStatusOk)
    const retrying = obs.pipe(ObsHttpClient.retry)
    const get = `${url}/bucket/key`
    return {
      // The least that a caller does who reads an error: the body as text
      raw: () => runtime.runPromise(Effect.flatMap(client.get(get), (response) => response.text)),
      ours: () => runtime.runPromise(Effect.flip(obs.get(get))),
      all: () => runtime.runPromise(Effect.flip(retrying.get(get).pipe(ObsOperation.expect(ObsOperation.GetObject))))
    }
  }
  const node = platform(nodeLayer)
  const fetched = platform(fetchLayer)

  const aws = new S3Client({ region: "eu", endpoint: url, forcePathStyle: true, credentials })
  const minio = new MinioClient({
    endPoint: "127.0.0.1",
    port,
    useSSL: false,
    accessKey: "AK",
    secretKey: "SK",
    region: "eu",
    pathStyle: true
  })
  const esdk = new ObsClient({ access_key_id: "AK", secret_access_key: "SK", server: url, path_style: true })
  const effectAws = ManagedRuntime.make(S3.layer({ region: "eu", endpoint: url, forcePathStyle: true, credentials }))

  const rows = await raceAsync(
    [
      ["@effect/platform with Node's http, its body as text", node.raw],
      ["effect-obs with Node's http", node.ours],
      ["effect-obs with Node's http, retry and expect", node.all],
      ["@effect/platform with fetch, its body as text", fetched.raw],
      ["effect-obs with fetch", fetched.ours],
      ["minio", () => minio.getObject("bucket", "key").catch((error) => error)],
      ["esdk-obs-nodejs", () => esdk.getObject({ Bucket: "bucket", Key: "key" })],
      ["@aws-sdk/client-s3", () => aws.send(new GetObjectCommand({ Bucket: "bucket", Key: "key" })).catch((e) => e)],
      ["@effect-aws/client-s3", () => effectAws.runPromise(Effect.flip(S3.getObject({ Bucket: "bucket", Key: "key" })))]
    ],
    { calls: 300, rounds: 9 }
  )
  server.kill()
  return { text: ratios(rows, "@effect/platform with Node's http, its body as text"), rows }
}
