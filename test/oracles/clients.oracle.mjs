/**
 * The test kit's server, judged by clients as they are: `esdk-obs-nodejs` with the scheme of OBS and with AWS 2,
 * `@aws-sdk/client-s3` and `minio` with AWS 4. What they sign it accepts, and what it refuses they report. (The SDK of the
 * service has AWS 4 too, and no option that leads to it.)
 */
import { Effect } from "#test/effect"
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand
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
    call,
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
          remove: (Key) => send(new DeleteObjectCommand({ Bucket, Key })),
          send: (Command, parameters) => send(new Command({ Bucket, ...parameters }))
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
      client,
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

/** Runs what a client does at a server of its own. */
const alone = (clientOf, use) =>
  Effect.gen(function* () {
    const { url } = yield* ObsTestServer.ObsTestServer
    yield* Effect.promise(() => use(clientOf(url, keys), url))
  }).pipe(Effect.provide(ObsTestServer.layerServiceWith({ credentials, region })))

const namesOf = (items) => (items ?? []).map(({ Key, Prefix }) => Key ?? Prefix)

describe.each(Object.keys(clients).filter((name) => name.startsWith("esdk")))("%s", (name) => {
  it.live("lists, versions, uploads in parts, tags, appends and copies", () =>
    alone(clients[name], async ({ call, makeBucket }) => {
      await makeBucket()
      for (const Key of ["a", "b/1", "b/2", "ä 日/😀"]) await call("putObject", { Key, Body: Key })
      const first = await call("listObjects", { Delimiter: "/", MaxKeys: 2 })
      expect([namesOf(first.Contents), namesOf(first.CommonPrefixes), first.IsTruncated]).toEqual([
        ["a"],
        ["b/"],
        "true"
      ])
      const second = await call("listObjects", { Delimiter: "/", Marker: first.NextMarker, EncodingType: "url" })
      expect([namesOf(second.CommonPrefixes), second.IsTruncated]).toEqual([["ä 日/"], "false"])

      const copied = await call("copyObject", { Key: "copy", CopySource: "photos/ä 日/😀" })
      expect(copied.ETag).toMatch(/^"[\da-f]{32}"$/)
      expect((await call("getObject", { Key: "copy" })).Content.toString()).toBe("ä 日/😀")

      await call("setObjectTagging", { Key: "a", Tags: [{ Key: "k", Value: "v" }] })
      expect((await call("getObjectTagging", { Key: "a" })).Tags).toEqual([{ Key: "k", Value: "v" }])
      await call("deleteObjectTagging", { Key: "a" })
      expect(await codeOf(call("getObjectTagging", { Key: "a" }))).toBe("NoSuchTagSet")

      const { NextPosition } = await call("appendObject", { Key: "log", Position: 0, Body: "one" })
      // With AWS 2 it looks for the header of the other dialect
      if (!name.endsWith("AWS 2")) expect(Number(NextPosition)).toBe(3)
      await call("appendObject", { Key: "log", Position: 3, Body: "two" })
      expect(await codeOf(call("appendObject", { Key: "log", Position: 3, Body: "two" }))).toBe(
        "PositionNotEqualToLength"
      )
      expect((await call("getObject", { Key: "log" })).Content.toString()).toBe("onetwo")
      expect((await call("getObject", { Key: "log", Range: "bytes=1-3" })).Content.toString()).toBe("net")

      const { UploadId } = await call("initiateMultipartUpload", { Key: "parts", ContentType: "text/cat" })
      const one = await call("uploadPart", { Key: "parts", UploadId, PartNumber: 1, Body: "one" })
      const two = await call("copyPart", { Key: "parts", UploadId, PartNumber: 2, CopySource: "photos/log" })
      expect(namesOf((await call("listMultipartUploads", {})).Uploads)).toEqual(["parts"])
      const { Parts } = await call("listParts", { Key: "parts", UploadId })
      expect(Parts.map(({ PartNumber, Size }) => [Number(PartNumber), Number(Size)])).toEqual([
        [1, 3],
        [2, 6]
      ])
      const completed = await call("completeMultipartUpload", {
        Key: "parts",
        UploadId,
        Parts: [
          { PartNumber: 1, ETag: one.ETag },
          { PartNumber: 2, ETag: two.ETag }
        ]
      })
      expect(completed.ETag).toMatch(/-2"$/)
      expect((await call("getObject", { Key: "parts" })).Content.toString()).toBe("oneonetwo")
      expect(await codeOf(call("listParts", { Key: "parts", UploadId }))).toBe("NoSuchUpload")

      await call("setBucketVersioningConfiguration", { VersionStatus: "Enabled" })
      expect((await call("getBucketVersioningConfiguration", {})).VersionStatus).toBe("Enabled")
      await call("putObject", { Key: "a", Body: "again" })
      const deleted = await call("deleteObject", { Key: "a" })
      expect(String(deleted.DeleteMarker)).toBe("true")
      expect(await codeOf(call("getObject", { Key: "a" }))).toBe("NoSuchKey")
      const { DeleteMarkers, Versions } = await call("listVersions", { Prefix: "a" })
      expect([namesOf(DeleteMarkers), namesOf(Versions)]).toEqual([["a"], ["a", "a"]])
      await call("deleteObject", { Key: "a", VersionId: DeleteMarkers[0].VersionId })
      expect((await call("getObject", { Key: "a" })).Content.toString()).toBe("again")
      expect((await call("getObject", { Key: "a", VersionId: "null" })).Content.toString()).toBe("a")

      const { Deleteds } = await call("deleteObjects", { Quiet: false, Objects: [{ Key: "b/1" }, { Key: "b/2" }] })
      expect(namesOf(Deleteds)).toEqual(["b/1", "b/2"])
    })
  )

  it.live("configures buckets", () =>
    alone(clients[name], async ({ call, makeBucket }) => {
      await makeBucket()
      const Policy = JSON.stringify({ Statement: [] })
      expect(await codeOf(call("getBucketPolicy", {}))).toBe("NoSuchBucketPolicy")
      await call("setBucketPolicy", { Policy })
      expect((await call("getBucketPolicy", {})).Policy).toBe(Policy)
      await call("deleteBucketPolicy", {})
      expect(await codeOf(call("getBucketLifecycleConfiguration", {}))).toBe("NoSuchLifecycleConfiguration")
      await call("setBucketLifecycleConfiguration", {
        Rules: [{ ID: "r", Prefix: "a", Status: "Enabled", Expiration: { Days: 3 } }]
      })
      const { Rules } = await call("getBucketLifecycleConfiguration", {})
      expect([Rules[0].ID, Number(Rules[0].Expiration.Days)]).toEqual(["r", 3])
      expect(await codeOf(call("getBucketCors", {}))).toBe("NoSuchCORSConfiguration")
      await call("setBucketCors", { CorsRules: [{ AllowedMethod: ["GET"], AllowedOrigin: ["*"] }] })
      expect((await call("getBucketCors", {})).CorsRules[0].AllowedMethod).toEqual(["GET"])
      await call("setBucketTagging", { Tags: [{ Key: "k", Value: "v" }] })
      expect((await call("getBucketTagging", {})).Tags).toEqual([{ Key: "k", Value: "v" }])
      await call("setBucketQuota", { StorageQuota: 1000 })
      expect(Number((await call("getBucketQuota", {})).StorageQuota)).toBe(1000)
      await call("setBucketAcl", { ACL: "public-read" })
      expect((await call("getBucketAcl", {})).Grants.map(({ Permission }) => Permission)).toEqual([
        "FULL_CONTROL",
        "READ"
      ])
      await call("setBucketStoragePolicy", { StorageClass: "WARM" })
      expect((await call("getBucketStoragePolicy", {})).StorageClass).toBe(
        name.endsWith("AWS 2") ? "STANDARD_IA" : "WARM"
      )
      expect((await call("getBucketLocation", {})).Location).toBe(region)
      expect(Number((await call("getBucketStorageInfo", {})).ObjectNumber)).toBe(0)
      await call("headBucket", {})
      await call("deleteBucket", {})
      expect(await codeOf(call("deleteBucket", {}))).toBe("NoSuchBucket")
    })
  )
})

describe.each(["path style", "virtual-hosted"])("@aws-sdk/client-s3, %s", (style) => {
  const clientOf = clients[`@aws-sdk/client-s3, ${style}`]

  it.live("lists, versions, uploads in parts, tags and copies", () =>
    alone(clientOf, async ({ makeBucket, send }) => {
      await makeBucket()
      for (const Key of ["a", "b/1", "b/2", "ä 日/😀"]) await send(PutObjectCommand, { Key, Body: Key })
      const first = await send(ListObjectsV2Command, { Delimiter: "/", MaxKeys: 2, FetchOwner: true })
      expect([namesOf(first.Contents), namesOf(first.CommonPrefixes), first.KeyCount, first.IsTruncated]).toEqual([
        ["a"],
        ["b/"],
        2,
        true
      ])
      const { NextContinuationToken: ContinuationToken } = first
      const second = await send(ListObjectsV2Command, { Delimiter: "/", ContinuationToken })
      expect([namesOf(second.CommonPrefixes), second.IsTruncated]).toEqual([["ä 日/"], false])
      const old = await send(ListObjectsCommand, { MaxKeys: 3, Marker: "a" })
      expect([namesOf(old.Contents), old.IsTruncated]).toEqual([["b/1", "b/2", "ä 日/😀"], false])

      const copied = await send(CopyObjectCommand, {
        Key: "copy",
        CopySource: `photos/${encodeURIComponent("ä 日/😀")}`
      })
      expect(copied.CopyObjectResult.ETag).toMatch(/^"[\da-f]{32}"$/)
      expect(await (await send(GetObjectCommand, { Key: "copy" })).Body.transformToString()).toBe("ä 日/😀")
      expect(await (await send(GetObjectCommand, { Key: "copy", Range: "bytes=0-1" })).Body.transformToString()).toBe(
        "ä"
      )
      const head = await send(HeadObjectCommand, { Key: "copy" })
      expect([head.ContentLength, head.LastModified instanceof Date]).toEqual([11, true])

      await send(PutObjectTaggingCommand, { Key: "a", Tagging: { TagSet: [{ Key: "k", Value: "v" }] } })
      expect((await send(GetObjectTaggingCommand, { Key: "a" })).TagSet).toEqual([{ Key: "k", Value: "v" }])

      const { UploadId } = await send(CreateMultipartUploadCommand, { Key: "parts", Metadata: { owner: "me" } })
      const one = await send(UploadPartCommand, { Key: "parts", UploadId, PartNumber: 1, Body: "one" })
      const two = await send(UploadPartCopyCommand, {
        Key: "parts",
        UploadId,
        PartNumber: 2,
        CopySource: "photos/copy",
        CopySourceRange: "bytes=0-1"
      })
      expect(namesOf((await send(ListMultipartUploadsCommand, {})).Uploads)).toEqual(["parts"])
      const { Parts } = await send(ListPartsCommand, { Key: "parts", UploadId })
      expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
        [1, 3],
        [2, 2]
      ])
      const completed = await send(CompleteMultipartUploadCommand, {
        Key: "parts",
        UploadId,
        MultipartUpload: {
          Parts: [
            { PartNumber: 1, ETag: one.ETag },
            { PartNumber: 2, ETag: two.CopyPartResult.ETag }
          ]
        }
      })
      expect(completed.ETag).toMatch(/-2"$/)
      const got = await send(GetObjectCommand, { Key: "parts" })
      expect([await got.Body.transformToString(), got.Metadata]).toEqual(["oneä", { owner: "me" }])
      expect(await codeOf(send(AbortMultipartUploadCommand, { Key: "parts", UploadId }))).toBe("NoSuchUpload")

      await send(PutBucketVersioningCommand, { VersioningConfiguration: { Status: "Enabled" } })
      expect((await send(GetBucketVersioningCommand, {})).Status).toBe("Enabled")
      const { VersionId } = await send(PutObjectCommand, { Key: "a", Body: "again" })
      expect((await send(DeleteObjectCommand, { Key: "a" })).DeleteMarker).toBe(true)
      expect(await codeOf(send(GetObjectCommand, { Key: "a" }))).toBe("NoSuchKey")
      const { DeleteMarkers, Versions } = await send(ListObjectVersionsCommand, { Prefix: "a" })
      expect([namesOf(DeleteMarkers), Versions.map(({ VersionId }) => VersionId)]).toEqual([["a"], [VersionId, "null"]])
      const objects = [...DeleteMarkers, ...Versions].map(({ Key, VersionId }) => ({ Key, VersionId }))
      const { Deleted } = await send(DeleteObjectsCommand, { Delete: { Objects: objects } })
      expect(Deleted.map(({ DeleteMarker }) => DeleteMarker)).toEqual([true, undefined, undefined])
      expect((await send(ListObjectVersionsCommand, { Prefix: "a" })).Versions).toBeUndefined()
    })
  )

  it.live("configures buckets", () =>
    alone(clientOf, async ({ makeBucket, send }) => {
      await makeBucket()
      expect((await send(ListBucketsCommand, {})).Buckets.map(({ Name }) => Name)).toEqual(["photos"])
      expect((await send(HeadBucketCommand, {})).BucketRegion).toBe(region)
      expect((await send(GetBucketLocationCommand, {})).LocationConstraint).toBe(region)
      const { Grants, Owner } = await send(GetBucketAclCommand, {})
      expect(Grants).toMatchObject([{ Grantee: { ID: Owner.ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }])
      expect(await codeOf(send(GetBucketPolicyCommand, {}))).toBe("NoSuchBucketPolicy")
      const Policy = JSON.stringify({ Statement: [] })
      await send(PutBucketPolicyCommand, { Policy })
      expect((await send(GetBucketPolicyCommand, {})).Policy).toBe(Policy)
      expect(await codeOf(send(GetBucketCorsCommand, {}))).toBe("NoSuchCORSConfiguration")
      const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }]
      await send(PutBucketCorsCommand, { CORSConfiguration: { CORSRules } })
      expect((await send(GetBucketCorsCommand, {})).CORSRules).toEqual(CORSRules)
      const Rules = [{ ID: "r", Filter: { Prefix: "a" }, Status: "Enabled", Expiration: { Days: 3 } }]
      await send(PutBucketLifecycleConfigurationCommand, { LifecycleConfiguration: { Rules } })
      expect((await send(GetBucketLifecycleConfigurationCommand, {})).Rules).toEqual(Rules)
      await send(DeleteBucketCommand, {})
      expect((await send(ListBucketsCommand, {})).Buckets ?? []).toEqual([])
    })
  )
})

describe("minio", () => {
  it.live("lists, versions, uploads in parts, tags and copies", () =>
    alone(clients.minio, async ({ client, makeBucket }) => {
      await makeBucket()
      for (const key of ["a", "b/1", "b/2", "ä 日/😀"]) await client.putObject("photos", key, key)
      const found = await listed(client.listObjectsV2("photos", "", false))
      expect(found.map(({ name, prefix }) => name ?? prefix).sort()).toEqual(["a", "b/", "ä 日/"])
      expect((await listed(client.listObjects("photos", "b/", true))).map(({ name }) => name)).toEqual(["b/1", "b/2"])

      await client.copyObject("photos", "copy", "/photos/ä 日/😀")
      expect((await buffer(await client.getObject("photos", "copy"))).toString()).toBe("ä 日/😀")
      expect((await buffer(await client.getPartialObject("photos", "copy", 0, 2))).toString()).toBe("ä")
      await client.setObjectTagging("photos", "a", { k: "v" })
      expect(await client.getObjectTagging("photos", "a")).toEqual([{ Key: "k", Value: "v" }])
      expect(await client.bucketExists("photos")).toBe(true)
      expect((await client.listBuckets()).map(({ name }) => name)).toEqual(["photos"])

      // More than the 64 MiB that it sends at once
      const large = Buffer.alloc(65 * 2 ** 20, "meow")
      await client.putObject("photos", "large", Readable.from([large]))
      expect((await client.statObject("photos", "large")).size).toBe(large.length)
      const id = await client.initiateNewMultipartUpload("photos", "parts", {})
      expect((await listed(client.listIncompleteUploads("photos", "", true))).map(({ key }) => key)).toEqual(["parts"])
      await client.abortMultipartUpload("photos", "parts", id)

      await client.setBucketVersioning("photos", { Status: "Enabled" })
      expect((await client.getBucketVersioning("photos")).Status).toBe("Enabled")
      await client.putObject("photos", "a", "again")
      await client.removeObject("photos", "a")
      const versions = await listed(client.listObjects("photos", "a", true, { IncludeVersion: true }))
      expect(versions.map(({ isDeleteMarker, name }) => [name, isDeleteMarker ?? false]).sort()).toEqual([
        ["a", false],
        ["a", false],
        ["a", true]
      ])
      await client.removeObjects("photos", ["b/1", "b/2"])
      expect((await listed(client.listObjectsV2("photos", "b/", true))).length).toBe(0)

      const policy = JSON.stringify({ Statement: [] })
      await client.setBucketPolicy("photos", policy)
      expect(await client.getBucketPolicy("photos")).toBe(policy)
      // It takes 200 alone for a success, and the documents of the service say 204
      await codeOf(client.setBucketTagging("photos", { k: "v" }))
      expect(await client.getBucketTagging("photos")).toEqual([{ Key: "k", Value: "v" }])
    })
  )
})
