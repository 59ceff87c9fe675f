/**
 * `esdk-obs-nodejs`, the SDK of the service, with the scheme of OBS and with AWS 2. It has AWS 4 too, and no option that
 * leads to it.
 */
import { expect } from "vitest"
import ObsClient from "esdk-obs-nodejs"
import http from "node:http"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { codeOf, keepsTheContract, lookup, namesOf, text } from "./contract.mjs"
import { bytesOf, client, keys, region, served } from "./support.mjs"

/** What a call of the SDK of the service says: the status or the code. */
const clientWith = (options) => (url, who) => {
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

/** The clients, and how they sign. */
const clients = {
  OBS: [
    clientWith(({ port }) => ({ server: `http://obs.${region}.example.com:${port}`, signature: "obs" })),
    ["OBS", "Signature"]
  ],
  "OBS or AWS 2 as it finds": [
    clientWith(({ port }) => ({ server: `http://obs.example.com:${port}` })),
    ["OBS", "Signature"]
  ],
  "AWS 2": [clientWith(({ origin }) => ({ server: origin, signature: "v2" })), ["AWS", "Signature"]]
}

for (const [name, [clientOf, schemes]] of Object.entries(clients)) {
  client(`esdk-obs-nodejs, ${name}`, () => {
    keepsTheContract(clientOf, schemes)

    served("lists, versions, uploads in parts, tags, appends and copies", async ({ url }) => {
      const { call, makeBucket } = clientOf(url, keys)
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

    served("configures buckets", async ({ url }) => {
      const { call, makeBucket } = clientOf(url, keys)
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

    served("keeps bytes, and says what fails", async ({ url }) => {
      const { call, makeBucket } = clientOf(url, keys)
      const fails = async (code, ...asked) => expect([asked, await codeOf(call(...asked))]).toEqual([asked, code])
      // Without SaveAsStream it makes a text of what it gets
      const got = async (asked) => buffer((await call("getObject", { SaveAsStream: true, ...asked })).Content)
      await fails("NoSuchBucket", "getObject", { Key: "a" })
      await fails("NoSuchBucket", "listObjects", {})
      await makeBucket()
      const large = bytesOf(300_001)
      // It makes a text of a Buffer that it is given, too
      await call("putObject", { Key: "large", Body: Readable.from([large]), ContentLength: large.length })
      expect((await got({ Key: "large" })).equals(large)).toBe(true)
      expect((await got({ Key: "large", Range: "bytes=-70000" })).equals(large.subarray(-70_000))).toBe(true)
      expect((await call("getObjectMetadata", { Key: "large" })).ContentLength).toBe("300001")
      const { ETag } = await call("putObject", { Key: "empty", Body: "" })
      expect(await got({ Key: "empty" })).toHaveLength(0)

      await fails("InvalidRange", "getObject", { Key: "large", Range: "bytes=300001-" })
      await fails("PreconditionFailed", "getObject", { Key: "large", IfMatch: ETag })
      await fails("NoSuchKey", "getObject", { Key: "nothing" })
      await fails("NoSuchKey", "copyObject", { Key: "copy", CopySource: "photos/nothing" })
      await fails("NoSuchVersion", "getObject", { Key: "large", VersionId: "G0011".repeat(4) })
      await fails("BadDigest", "putObject", { Key: "large", Body: "a", ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" })
      await fails("InvalidDigest", "putObject", { Key: "large", Body: "a", ContentMD5: "none" })
      await fails("KeyTooLongError", "putObject", { Key: "k".repeat(1025), Body: "a" })
      await fails("MalformedPolicy", "setBucketPolicy", { Policy: "{" })
      await fails("NoSuchWebsiteConfiguration", "getBucketWebsite", {})
      await fails("NoSuchTagSet", "getBucketTagging", {})
      await fails("InvalidTag", "setObjectTagging", { Key: "large", Tags: [{ Key: "k".repeat(129), Value: "v" }] })
      await fails("NoSuchUpload", "uploadPart", { Key: "parts", UploadId: "none", PartNumber: 1, Body: "a" })
      const { UploadId } = await call("initiateMultipartUpload", { Key: "parts" })
      await call("uploadPart", { Key: "parts", UploadId, PartNumber: 1, Body: "a" })
      const asked = { Key: "parts", UploadId, Parts: [{ PartNumber: 1, ETag }] }
      await fails("InvalidPart", "completeMultipartUpload", asked)
      await fails("InvalidArgument", "uploadPart", { ...asked, PartNumber: 10_001, Body: "a" })
      await call("abortMultipartUpload", asked)
      await fails("NoSuchUpload", "abortMultipartUpload", asked)

      await call("putObject", { Key: "cold", Body: "meow", StorageClass: "COLD" })
      await fails("InvalidObjectState", "getObject", { Key: "cold" })
      await call("restoreObject", { Key: "cold", Days: 1, Tier: "Expedited" })
      await fails("BucketNotEmpty", "deleteBucket", {})
      expect((await got({ Key: "large" })).equals(large)).toBe(true)
    })
  })
}
