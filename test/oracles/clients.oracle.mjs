/**
 * The test kit's server, judged by clients as they are: `esdk-obs-nodejs` with the scheme of OBS and with AWS 2,
 * `@aws-sdk/client-s3` and `minio` with AWS 4. What they sign it accepts, and what it refuses they report. (The SDK of the
 * service has AWS 4 too, and no option that leads to it.)
 */
import { Effect } from "#test/effect"
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client
} from "@aws-sdk/client-s3"
import { expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import ObsClient from "esdk-obs-nodejs"
import * as Minio from "minio"
import http from "node:http"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { describe } from "vitest"

const region = "eu-de"
const keys = { accessKeyId: "AKTEST", secretAccessKey: "secret/of+keys" }
const temporary = { accessKeyId: "AKTEMPORARY", secretAccessKey: "temporary", securityToken: "token/+=" }
const wrongSecret = { ...keys, secretAccessKey: "another" }
const unknownKey = { ...keys, accessKeyId: "AKOTHER" }
const wrongToken = { ...temporary, securityToken: "other" }

const names = ["cat.txt", "a b/ä+c&d=e?.txt", "日本/🐈~'()*!.txt", "%2F%20", "a//b/"]

const text = "meow ".repeat(10)

// Every host leads to loopback, as the hosts of buckets below an endpoint do
const lookup = (_, options, callback) =>
  options.all ? callback(null, [{ address: "127.0.0.1", family: 4 }]) : callback(null, "127.0.0.1", 4)

/** What a call of the SDK of the service says: the status or the code. */
const esdkOf = (options) => (url, who) => {
  const client = new ObsClient({
    access_key_id: who.accessKeyId,
    secret_access_key: who.secretAccessKey,
    security_token: who.securityToken,
    http_agent: new http.Agent({ lookup }),
    max_retry_count: 0,
    ...options(new URL(url))
  })
  const call = async (name, parameters) => {
    // It is ready a moment after it is made
    await new Promise(setImmediate)
    const { CommonMsg, InterfaceResult } = await client[name]({ Bucket: "photos", ...parameters })
    if (CommonMsg.Status >= 300) throw Object.assign(new Error(CommonMsg.Message), { code: CommonMsg.Code })
    return InterfaceResult
  }
  return {
    makeBucket: () => call("createBucket", {}),
    put: (Key) => call("putObject", { Key, Body: text, ContentType: "text/plain", Metadata: { owner: "me" } }),
    get: async (Key) => (await call("getObject", { Key })).Content.toString(),
    head: (Key) => call("getObjectMetadata", { Key }),
    list: async (Prefix) => (await call("listObjects", { Prefix })).Contents?.map(({ Key }) => Key) ?? [],
    remove: (Key) => call("deleteObject", { Key }),
    presigned: (Key) => client.createSignedUrlSync({ Method: "GET", Bucket: "photos", Key, Expires: 60 }).SignedUrl
  }
}

const clients = {
  "esdk-obs-nodejs, OBS": esdkOf(({ port }) => ({
    server: `http://obs.${region}.example.com:${port}`,
    signature: "obs"
  })),
  "esdk-obs-nodejs, OBS or AWS 2 as it finds": esdkOf(({ port }) => ({ server: `http://obs.example.com:${port}` })),
  "esdk-obs-nodejs, AWS 2": esdkOf(({ origin }) => ({ server: origin, signature: "v2" })),
  ...Object.fromEntries(
    [
      ["path style", (url) => ({ endpoint: url, forcePathStyle: true }), () => text],
      ["virtual-hosted", (url) => ({ endpoint: `http://obs.example.com:${new URL(url).port}` }), () => text],
      // Whose length and hash it does not know before
      ["a stream", (url) => ({ endpoint: url, forcePathStyle: true }), () => Readable.from([Buffer.from(text)])]
    ].map(([name, options, bodyOf]) => [
      `@aws-sdk/client-s3, ${name}`,
      (url, { securityToken, ...who }) => {
        const client = new S3Client({
          region,
          credentials: { ...who, sessionToken: securityToken },
          maxAttempts: 1,
          requestHandler: { httpAgent: new http.Agent({ lookup }) },
          ...options(url)
        })
        const send = (command) =>
          client.send(command).catch((error) => {
            throw Object.assign(error, { code: error.name })
          })
        const Bucket = "photos"
        return {
          makeBucket: () => send(new CreateBucketCommand({ Bucket })),
          put: (Key) =>
            send(
              new PutObjectCommand({
                Bucket,
                Key,
                Body: bodyOf(),
                ContentLength: text.length,
                ContentType: "text/plain",
                Metadata: { owner: "me" }
              })
            ),
          get: async (Key) => (await send(new GetObjectCommand({ Bucket, Key }))).Body.transformToString(),
          head: (Key) => send(new HeadObjectCommand({ Bucket, Key })),
          list: async (Prefix) =>
            (await send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents?.map(({ Key }) => Key) ?? [],
          remove: (Key) => send(new DeleteObjectCommand({ Bucket, Key }))
        }
      }
    ])
  ),
  minio: (url, who) => {
    const client = new Minio.Client({
      endPoint: "127.0.0.1",
      port: Number(new URL(url).port),
      useSSL: false,
      region,
      accessKey: who.accessKeyId,
      secretKey: who.secretAccessKey,
      sessionToken: who.securityToken
    })
    return {
      makeBucket: () => client.makeBucket("photos", region),
      put: (key) => client.putObject("photos", key, text, text.length, { "Content-Type": "text/plain", owner: "me" }),
      get: async (key) => (await buffer(await client.getObject("photos", key))).toString(),
      head: (key) => client.statObject("photos", key),
      list: async (prefix) => (await listed(client.listObjectsV2("photos", prefix, true))).map(({ name }) => name),
      remove: (key) => client.removeObject("photos", key),
      presigned: (key) => client.presignedGetObject("photos", key, 60),
      form: async (key) => {
        const policy = client.newPostPolicy()
        policy.setBucket("photos")
        policy.setKey(key)
        policy.setExpires(new Date(Date.now() + 60_000))
        policy.setContentLengthRange(1, 10)
        return client.presignedPostPolicy(policy)
      }
    }
  }
}

const listed = async (stream) => {
  const found = []
  for await (const item of stream) found.push(item)
  return found
}

/** Gets an address, at whatever host. */
const fetchAt = (address, base) =>
  new Promise((resolve, reject) => {
    const url = new URL(address)
    const { port } = new URL(base)
    http
      .get(
        { hostname: "127.0.0.1", port, path: url.pathname + url.search, headers: { host: url.host } },
        (response) => {
          buffer(response).then((body) => resolve({ status: response.statusCode, body: body.toString() }), reject)
        }
      )
      .on("error", reject)
  })

const codeOf = (promise) =>
  promise.then(
    () => undefined,
    (error) => error.code
  )

const credentials = [keys, temporary]

/** A server that keeps with which schemes it was spoken to. */
const recording = Effect.gen(function* () {
  const handler = yield* ObsTestService.makeWith({ credentials, region })
  const schemes = new Set()
  const { url } = yield* ObsTestServer.make((request) => {
    const [scheme] = (request.headers["authorization"] ?? "").split(" ")
    const hash = request.headers["x-amz-content-sha256"] ?? ""
    if (scheme !== "") schemes.add(hash.startsWith("STREAMING") ? `${scheme} ${hash}` : scheme)
    return handler(request)
  })
  return { url, schemes }
})

const v4 = "AWS4-HMAC-SHA256"

const schemesOf = {
  "esdk-obs-nodejs, OBS": ["OBS"],
  "esdk-obs-nodejs, OBS or AWS 2 as it finds": ["OBS"],
  "esdk-obs-nodejs, AWS 2": ["AWS"],
  "@aws-sdk/client-s3, path style": [v4],
  "@aws-sdk/client-s3, virtual-hosted": [v4],
  "@aws-sdk/client-s3, a stream": [v4, `${v4} STREAMING-UNSIGNED-PAYLOAD-TRAILER`],
  minio: [v4]
}

describe.each(Object.entries(clients))("%s", (name, clientOf) => {
  it.live("is understood", () =>
    Effect.gen(function* () {
      const { schemes, url } = yield* recording
      for (const who of credentials) {
        const client = clientOf(url, who)
        if (who === keys) yield* Effect.promise(() => client.makeBucket())
        yield* Effect.promise(async () => {
          for (const name of names) {
            await client.put(name)
            expect([name, await client.get(name)]).toEqual([name, text])
            await client.head(name)
            expect(await client.list(name)).toEqual([name])
            if (client.presigned !== undefined) {
              const address = await client.presigned(name)
              expect(await fetchAt(address, url)).toEqual({ status: 200, body: text })
              const changed = await fetchAt(address.replace("photos", "photo5"), url)
              expect([changed.status, changed.body.includes("SignatureDoesNotMatch")]).toEqual([403, true])
            }
            await client.remove(name)
            expect(await client.list(name)).toEqual([])
          }
        })
      }
      expect([name, [...schemes].sort()]).toEqual([name, schemesOf[name]])
    }).pipe(Effect.scoped)
  )

  it.live("is told what is wrong", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.ObsTestServer
      yield* Effect.promise(async () => {
        await clientOf(url, keys).makeBucket()
        for (const [who, code] of [
          [wrongSecret, "SignatureDoesNotMatch"],
          [unknownKey, "InvalidAccessKeyId"],
          [wrongToken, "InvalidAccessKeyId"]
        ]) {
          const client = clientOf(url, who)
          expect(await codeOf(client.put("cat.txt"))).toBe(code)
          expect(await codeOf(client.get("cat.txt"))).toBe(code)
          expect(await codeOf(client.list(""))).toBe(code)
          expect(await codeOf(client.remove("cat.txt"))).toBe(code)
        }
      })
    }).pipe(Effect.provide(ObsTestServer.layerServiceWith({ credentials, region })))
  )
})

it.live("minio: its forms are understood", () =>
  Effect.gen(function* () {
    const { url } = yield* ObsTestServer.ObsTestServer
    yield* Effect.promise(async () => {
      const client = clients.minio(url, keys)
      await client.makeBucket()
      const { formData } = await client.form("cat.txt")
      const send = async (file) => {
        const data = new FormData()
        for (const [name, value] of Object.entries(formData)) data.append(name, value)
        data.append("file", new Blob([file]))
        return (await fetch(`${url}/photos`, { method: "POST", body: data })).status
      }
      expect(await send("meow")).toBe(204)
      expect(await client.get("cat.txt")).toBe("meow")
      expect(await send("meow ".repeat(10))).toBe(400)
    })
  }).pipe(Effect.provide(ObsTestServer.layerServiceWith({ credentials: [keys], region })))
)
