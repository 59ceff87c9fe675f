/**
 * One client, one request, in a process of its own.
 */
const [, , client, port] = process.argv
const url = `http://127.0.0.1:${port}`

let read

const effectObs = async (change) => {
  const { load, loadEffect } = await import("../tools/built.mjs")
  const Effects = await loadEffect()
  const { ObsHttpClient } = await load("index.js")
  const { Effect, HttpClient, nodeLayer } = Effects
  return () =>
    Effect.gen(function* () {
      const obs = (yield* HttpClient.HttpClient).pipe(
        HttpClient.transformResponse(Effect.map((response) => change(response, Effects))),
        ObsHttpClient.filterStatusOk
      )
      const { _tag, reason } = yield* Effect.flip(obs.get(`${url}/bucket/key`))
      return { error: `${_tag}, ${reason}`, read }
    }).pipe(Effect.provide(nodeLayer), Effect.runPromise)
}

const clients = {
  "effect-obs": () => effectObs((response) => response),
  "effect-obs, from a stream that counts": () =>
    effectObs((response, { Effect, Stream }) =>
      Object.create(response, {
        stream: {
          get: () =>
            Stream.tap(response.stream, (chunk) =>
              Effect.sync(() => {
                read += chunk.length
              })
            )
        }
      })
    ),
  minio: async () => {
    const { Client } = await import("minio")
    const minio = new Client({
      endPoint: "127.0.0.1",
      port: Number(port),
      useSSL: false,
      accessKey: "AK",
      secretKey: "SK",
      region: "eu",
      pathStyle: true
    })
    return () => minio.getObject("bucket", "key").catch((error) => ({ error: error.code ?? error.name }))
  },
  "esdk-obs-nodejs": async () => {
    const { default: ObsClient } = await import("esdk-obs-nodejs")
    const esdk = new ObsClient({ access_key_id: "AK", secret_access_key: "SK", server: url, path_style: true })
    return () =>
      esdk.getObject({ Bucket: "bucket", Key: "key" }).then(
        ({ CommonMsg }) => ({ error: `status ${CommonMsg.Status}` }),
        (error) => ({ error: error.name ?? String(error) })
      )
  },
  "@aws-sdk/client-s3": async () => {
    const { GetObjectCommand, S3Client } = await import("@aws-sdk/client-s3")
    const credentials = { accessKeyId: "AK", secretAccessKey: "SK" }
    const s3 = new S3Client({ region: "eu", endpoint: url, forcePathStyle: true, credentials, maxAttempts: 1 })
    return () =>
      s3.send(new GetObjectCommand({ Bucket: "bucket", Key: "key" })).catch((error) => ({ error: error.name }))
  }
}

read = client.includes("counts") ? 0 : undefined
const run = await clients[client]()
globalThis.gc()
const before = process.memoryUsage.rss()
let peak = before
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 5)
const start = performance.now()
const result = await run()
const millis = performance.now() - start
clearInterval(watch)
peak = Math.max(peak, process.memoryUsage.rss())
process.send({ ...result, millis, grown: peak - before })
