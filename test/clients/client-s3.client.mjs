/**
 * `@aws-sdk/client-s3`, which signs with AWS 4: path style, virtual hosts, and bodies whose length it does not know.
 */
import * as S3 from "@aws-sdk/client-s3"
import { Agent } from "node:http"
import { Readable } from "node:stream"
import { expect } from "vitest"
import { codeOf, keepsTheContract, lookup, namesOf, text } from "./contract.mjs"
import { bytesOf, client, keys, region, served, v4 } from "./support.mjs"

const Bucket = "photos"

const clientWith =
  (options, bodyOf = () => text) =>
  (url, { securityToken, ...who }) => {
    const client = new S3.S3Client({
      region,
      credentials: { ...who, sessionToken: securityToken },
      maxAttempts: 1,
      requestHandler: { httpAgent: new Agent({ lookup }) },
      ...options(url)
    })
    const send = (name, parameters) =>
      client.send(new S3[`${name}Command`]({ Bucket, ...parameters })).catch((error) => {
        throw Object.assign(error, { code: error.name })
      })
    return {
      makeBucket: () => send("CreateBucket", {}),
      put: (Key) =>
        send("PutObject", {
          Key,
          Body: bodyOf(),
          ContentLength: text.length,
          ContentType: "text/plain",
          Metadata: { owner: "me" }
        }),
      get: async (Key) => (await send("GetObject", { Key })).Body.transformToString(),
      head: (Key) => send("HeadObject", { Key }),
      list: async (Prefix) => (await send("ListObjectsV2", { Prefix })).Contents?.map(({ Key }) => Key) ?? [],
      remove: (Key) => send("DeleteObject", { Key }),
      send
    }
  }

const pathStyle = (endpoint) => ({ endpoint, forcePathStyle: true })

client("@aws-sdk/client-s3, a stream", () => {
  // Whose length and hash it does not know before
  const streaming = clientWith(pathStyle, () => Readable.from([Buffer.from(text)]))
  keepsTheContract(streaming, [v4, `${v4} STREAMING-UNSIGNED-PAYLOAD-TRAILER`])
})

const clients = {
  "path style": clientWith(pathStyle),
  "virtual-hosted": clientWith((url) => ({ endpoint: `http://obs.example.com:${new URL(url).port}` }))
}

for (const [name, clientOf] of Object.entries(clients)) {
  client(`@aws-sdk/client-s3, ${name}`, () => {
    keepsTheContract(clientOf, [v4])

    served("lists, versions, uploads in parts, tags and copies", async ({ url }) => {
      const { makeBucket, send } = clientOf(url, keys)
      await makeBucket()
      for (const Key of ["a", "b/1", "b/2", "ä 日/😀"]) await send("PutObject", { Key, Body: Key })
      const first = await send("ListObjectsV2", { Delimiter: "/", MaxKeys: 2, FetchOwner: true })
      expect([namesOf(first.Contents), namesOf(first.CommonPrefixes), first.KeyCount, first.IsTruncated]).toEqual([
        ["a"],
        ["b/"],
        2,
        true
      ])
      const { NextContinuationToken: ContinuationToken } = first
      const second = await send("ListObjectsV2", { Delimiter: "/", ContinuationToken })
      expect([namesOf(second.CommonPrefixes), second.IsTruncated]).toEqual([["ä 日/"], false])
      const old = await send("ListObjects", { MaxKeys: 3, Marker: "a" })
      expect([namesOf(old.Contents), old.IsTruncated]).toEqual([["b/1", "b/2", "ä 日/😀"], false])

      const copied = await send("CopyObject", {
        Key: "copy",
        CopySource: `photos/${encodeURIComponent("ä 日/😀")}`
      })
      expect(copied.CopyObjectResult.ETag).toMatch(/^"[\da-f]{32}"$/)
      expect(await (await send("GetObject", { Key: "copy" })).Body.transformToString()).toBe("ä 日/😀")
      expect(await (await send("GetObject", { Key: "copy", Range: "bytes=0-1" })).Body.transformToString()).toBe("ä")
      const head = await send("HeadObject", { Key: "copy" })
      expect([head.ContentLength, head.LastModified instanceof Date]).toEqual([11, true])

      await send("PutObjectTagging", { Key: "a", Tagging: { TagSet: [{ Key: "k", Value: "v" }] } })
      expect((await send("GetObjectTagging", { Key: "a" })).TagSet).toEqual([{ Key: "k", Value: "v" }])

      const { UploadId } = await send("CreateMultipartUpload", { Key: "parts", Metadata: { owner: "me" } })
      const one = await send("UploadPart", { Key: "parts", UploadId, PartNumber: 1, Body: "one" })
      const two = await send("UploadPartCopy", {
        Key: "parts",
        UploadId,
        PartNumber: 2,
        CopySource: "photos/copy",
        CopySourceRange: "bytes=0-1"
      })
      expect(namesOf((await send("ListMultipartUploads", {})).Uploads)).toEqual(["parts"])
      const { Parts } = await send("ListParts", { Key: "parts", UploadId })
      expect(Parts.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
        [1, 3],
        [2, 2]
      ])
      const completed = await send("CompleteMultipartUpload", {
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
      const got = await send("GetObject", { Key: "parts" })
      expect([await got.Body.transformToString(), got.Metadata]).toEqual(["oneä", { owner: "me" }])
      expect(await codeOf(send("AbortMultipartUpload", { Key: "parts", UploadId }))).toBe("NoSuchUpload")

      await send("PutBucketVersioning", { VersioningConfiguration: { Status: "Enabled" } })
      expect((await send("GetBucketVersioning", {})).Status).toBe("Enabled")
      const { VersionId } = await send("PutObject", { Key: "a", Body: "again" })
      expect((await send("DeleteObject", { Key: "a" })).DeleteMarker).toBe(true)
      expect(await codeOf(send("GetObject", { Key: "a" }))).toBe("NoSuchKey")
      const { DeleteMarkers, Versions } = await send("ListObjectVersions", { Prefix: "a" })
      expect([namesOf(DeleteMarkers), Versions.map(({ VersionId }) => VersionId)]).toEqual([["a"], [VersionId, "null"]])
      const objects = [...DeleteMarkers, ...Versions].map(({ Key, VersionId }) => ({ Key, VersionId }))
      const { Deleted } = await send("DeleteObjects", { Delete: { Objects: objects } })
      expect(Deleted.map(({ DeleteMarker }) => DeleteMarker)).toEqual([true, undefined, undefined])
      expect((await send("ListObjectVersions", { Prefix: "a" })).Versions).toBeUndefined()
    })

    served("configures buckets", async ({ url }) => {
      const { makeBucket, send } = clientOf(url, keys)
      await makeBucket()
      expect((await send("ListBuckets", {})).Buckets.map(({ Name }) => Name)).toEqual(["photos"])
      expect((await send("HeadBucket", {})).BucketRegion).toBe(region)
      expect((await send("GetBucketLocation", {})).LocationConstraint).toBe(region)
      const { Grants, Owner } = await send("GetBucketAcl", {})
      expect(Grants).toMatchObject([{ Grantee: { ID: Owner.ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }])
      expect(await codeOf(send("GetBucketPolicy", {}))).toBe("NoSuchBucketPolicy")
      const Policy = JSON.stringify({ Statement: [] })
      await send("PutBucketPolicy", { Policy })
      expect((await send("GetBucketPolicy", {})).Policy).toBe(Policy)
      expect(await codeOf(send("GetBucketCors", {}))).toBe("NoSuchCORSConfiguration")
      const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }]
      await send("PutBucketCors", { CORSConfiguration: { CORSRules } })
      expect((await send("GetBucketCors", {})).CORSRules).toEqual(CORSRules)
      const Rules = [{ ID: "r", Filter: { Prefix: "a" }, Status: "Enabled", Expiration: { Days: 3 } }]
      await send("PutBucketLifecycleConfiguration", { LifecycleConfiguration: { Rules } })
      expect((await send("GetBucketLifecycleConfiguration", {})).Rules).toEqual(Rules)
      await send("DeleteBucket", {})
      expect((await send("ListBuckets", {})).Buckets ?? []).toEqual([])
    })

    served("keeps bytes, and says what fails", async ({ url }) => {
      const { makeBucket, send } = clientOf(url, keys)
      const fails = async (code, ...asked) => expect([asked, await codeOf(send(...asked))]).toEqual([asked, code])
      const got = async (parameters) =>
        Buffer.from(await (await send("GetObject", parameters)).Body.transformToByteArray())
      await fails("NoSuchBucket", "GetObject", { Key: "a" })
      // A response to HEAD has no code
      await fails("NotFound", "HeadBucket", {})
      await makeBucket()
      await fails("InvalidBucketName", "CreateBucket", { Bucket: "UPPER" })
      const large = bytesOf(300_001)
      await send("PutObject", { Key: "large", Body: large, ChecksumAlgorithm: "SHA256" })
      expect((await got({ Key: "large" })).equals(large)).toBe(true)
      expect((await got({ Key: "large", Range: "bytes=-70000" })).equals(large.subarray(-70_000))).toBe(true)
      await send("PutObject", { Key: "empty", Body: "" })
      expect(await got({ Key: "empty" })).toHaveLength(0)

      const { ETag } = await send("HeadObject", { Key: "empty" })
      await fails("InvalidRange", "GetObject", { Key: "large", Range: "bytes=300001-" })
      await fails("PreconditionFailed", "GetObject", { Key: "large", IfMatch: ETag })
      await fails("PreconditionFailed", "PutObject", { Key: "large", Body: "a", IfNoneMatch: "*" })
      // It names an error by the body, and this has none
      await fails("Unknown", "GetObject", { Key: "empty", IfNoneMatch: ETag })
      await fails("NoSuchKey", "GetObject", { Key: "nothing" })
      await fails("NotFound", "HeadObject", { Key: "nothing" })
      await fails("NoSuchKey", "CopyObject", { Key: "copy", CopySource: "photos/nothing" })
      await fails("InvalidRequest", "CopyObject", { Key: "large", CopySource: "photos/large" })
      await fails("NoSuchVersion", "GetObject", { Key: "large", VersionId: "G0011".repeat(4) })
      await fails("BadDigest", "PutObject", { Key: "large", Body: "a", ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" })
      await fails("InvalidDigest", "PutObject", { Key: "large", Body: "a", ContentMD5: "none" })
      await fails("KeyTooLongError", "PutObject", { Key: "k".repeat(1025), Body: "a" })
      await fails("InvalidArgument", "ListObjectsV2", { MaxKeys: -1 })
      await fails("MalformedPolicy", "PutBucketPolicy", { Policy: "{" })
      await fails("NoSuchWebsiteConfiguration", "GetBucketWebsite", {})
      await fails("NoSuchLifecycleConfiguration", "GetBucketLifecycleConfiguration", {})
      await fails("NoSuchTagSet", "GetBucketTagging", {})
      await fails("NoSuchTagSet", "GetObjectTagging", { Key: "large" })
      await fails("NoSuchUpload", "UploadPart", { Key: "parts", UploadId: "none", PartNumber: 1, Body: "a" })
      const { UploadId } = await send("CreateMultipartUpload", { Key: "parts" })
      const tagOf = async (PartNumber) =>
        (await send("UploadPart", { Key: "parts", UploadId, PartNumber, Body: "a" })).ETag
      const Parts = [
        { PartNumber: 2, ETag: await tagOf(2) },
        { PartNumber: 1, ETag: await tagOf(1) }
      ]
      const completing = (Parts) => ({ Key: "parts", UploadId, MultipartUpload: { Parts } })
      await fails("InvalidPartOrder", "CompleteMultipartUpload", completing(Parts))
      await fails("InvalidPart", "CompleteMultipartUpload", completing([{ PartNumber: 1, ETag }]))
      await fails("MalformedXML", "CompleteMultipartUpload", completing([]))
      await fails("InvalidArgument", "UploadPart", { Key: "parts", UploadId, PartNumber: 10_001, Body: "a" })
      await send("AbortMultipartUpload", { Key: "parts", UploadId })
      await fails("NoSuchUpload", "ListParts", { Key: "parts", UploadId })
      await fails("BucketNotEmpty", "DeleteBucket", {})
      expect((await got({ Key: "large" })).equals(large)).toBe(true)
    })
  })
}
