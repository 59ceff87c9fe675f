/**
 * `minio`, which signs with AWS 4.
 */
import { Client } from "minio"
import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { expect } from "vitest"
import { codeOf, keepsTheContract, listed, text } from "./contract.mjs"
import { bytesOf, client, keys, region, served, v4 } from "./support.mjs"

const bucket = "photos"

const clientOf = (url, who) => {
  const client = new Client({
    endPoint: "127.0.0.1",
    port: Number(new URL(url).port),
    useSSL: false,
    region,
    accessKey: who.accessKeyId,
    secretKey: who.secretAccessKey,
    sessionToken: who.securityToken
  })
  return {
    makeBucket: () => client.makeBucket(bucket, region),
    put: (key) => client.putObject(bucket, key, text, text.length, { "Content-Type": "text/plain", owner: "me" }),
    get: async (key) => (await buffer(await client.getObject(bucket, key))).toString(),
    head: (key) => client.statObject(bucket, key),
    list: async (prefix) => (await listed(client.listObjectsV2(bucket, prefix, true))).map(({ name }) => name),
    remove: (key) => client.removeObject(bucket, key),
    presigned: (key) => client.presignedGetObject(bucket, key, 60),
    client
  }
}

client("minio", () => {
  keepsTheContract(clientOf, [v4, "X-Amz-Signature"])
  served("lists, versions, uploads in parts, tags and copies", async ({ url }) => {
    const { client, makeBucket } = clientOf(url, keys)
    await makeBucket()
    for (const key of ["a", "b/1", "b/2", "ä 日/😀"]) await client.putObject(bucket, key, key)
    const found = await listed(client.listObjectsV2(bucket, "", false))
    expect(found.map(({ name, prefix }) => name ?? prefix).sort()).toEqual(["a", "b/", "ä 日/"])
    expect((await listed(client.listObjects(bucket, "b/", true))).map(({ name }) => name)).toEqual(["b/1", "b/2"])

    await client.copyObject(bucket, "copy", "/photos/ä 日/😀")
    expect((await buffer(await client.getObject(bucket, "copy"))).toString()).toBe("ä 日/😀")
    expect((await buffer(await client.getPartialObject(bucket, "copy", 0, 2))).toString()).toBe("ä")
    await client.setObjectTagging(bucket, "a", { k: "v" })
    expect(await client.getObjectTagging(bucket, "a")).toEqual([{ Key: "k", Value: "v" }])
    expect(await client.bucketExists(bucket)).toBe(true)
    expect((await client.listBuckets()).map(({ name }) => name)).toEqual([bucket])

    // More than the 64 MiB that it sends at once
    const large = Buffer.alloc(65 * 2 ** 20, "meow")
    await client.putObject(bucket, "large", Readable.from([large]))
    expect((await client.statObject(bucket, "large")).size).toBe(large.length)
    const id = await client.initiateNewMultipartUpload(bucket, "parts", {})
    expect((await listed(client.listIncompleteUploads(bucket, "", true))).map(({ key }) => key)).toEqual(["parts"])
    await client.abortMultipartUpload(bucket, "parts", id)

    await client.setBucketVersioning(bucket, { Status: "Enabled" })
    expect((await client.getBucketVersioning(bucket)).Status).toBe("Enabled")
    await client.putObject(bucket, "a", "again")
    await client.removeObject(bucket, "a")
    const versions = await listed(client.listObjects(bucket, "a", true, { IncludeVersion: true }))
    expect(versions.map(({ isDeleteMarker, name }) => [name, isDeleteMarker ?? false]).sort()).toEqual([
      ["a", false],
      ["a", false],
      ["a", true]
    ])
    await client.removeObjects(bucket, ["b/1", "b/2"])
    expect((await listed(client.listObjectsV2(bucket, "b/", true))).length).toBe(0)

    const policy = JSON.stringify({ Statement: [] })
    await client.setBucketPolicy(bucket, policy)
    expect(await client.getBucketPolicy(bucket)).toBe(policy)
    // It takes 200 alone for a success, and the documents of the service say 204
    await codeOf(client.setBucketTagging(bucket, { k: "v" }))
    expect(await client.getBucketTagging(bucket)).toEqual([{ Key: "k", Value: "v" }])
  })

  served("sends forms", async ({ url }) => {
    const { client, get, makeBucket } = clientOf(url, keys)
    await makeBucket()
    const policy = client.newPostPolicy()
    policy.setBucket(bucket)
    policy.setKey("cat.txt")
    policy.setExpires(new Date(Date.now() + 60_000))
    policy.setContentLengthRange(1, 10)
    const { formData } = await client.presignedPostPolicy(policy)
    const send = async (file) => {
      const data = new FormData()
      for (const [name, value] of Object.entries(formData)) data.append(name, value)
      data.append("file", new Blob([file]))
      return (await fetch(`${url}/photos`, { method: "POST", body: data })).status
    }
    expect(await send("meow")).toBe(204)
    expect(await get("cat.txt")).toBe("meow")
    expect(await send("meow ".repeat(10))).toBe(400)
  })

  served("keeps bytes, and says what fails", async ({ url }) => {
    const { client, makeBucket } = clientOf(url, keys)
    const fails = async (code, name, ...asked) =>
      expect([name, asked, await codeOf(client[name](bucket, ...asked))]).toEqual([name, asked, code])
    const got = async (...asked) => buffer(await client.getPartialObject(bucket, ...asked))
    expect(await client.bucketExists(bucket)).toBe(false)
    await fails("NoSuchBucket", "getObject", "a")
    await fails("NoSuchBucket", "putObject", "a", "a")
    await makeBucket()
    const large = bytesOf(300_001)
    await client.putObject(bucket, "large", large)
    expect((await got("large", 0)).equals(large)).toBe(true)
    expect((await got("large", 70_000, 9)).equals(large.subarray(70_000, 70_009))).toBe(true)
    const { etag } = await client.putObject(bucket, "empty", "")
    expect(await buffer(await client.getObject(bucket, "empty"))).toHaveLength(0)

    await fails("InvalidRange", "getPartialObject", "large", 300_001)
    await fails("NoSuchKey", "getObject", "nothing")
    // A response to HEAD has no code, and it makes one up
    await fails("NotFound", "statObject", "nothing")
    await fails("NoSuchKey", "copyObject", "copy", "/photos/nothing")
    await fails("NoSuchVersion", "getObject", "large", { versionId: "G0011".repeat(4) })
    await fails("NoSuchKey", "getObjectTagging", "nothing")
    await fails("NoSuchTagSet", "getObjectTagging", "large")
    await fails("NoSuchTagSet", "getBucketTagging")
    await fails("NoSuchBucketPolicy", "getBucketPolicy")
    await fails("MalformedPolicy", "setBucketPolicy", "{")
    await fails("NoSuchLifecycleConfiguration", "getBucketLifecycle")
    const id = await client.initiateNewMultipartUpload(bucket, "parts", {})
    await fails("InvalidPart", "completeMultipartUpload", "parts", id, [{ part: 1, etag }])
    await client.abortMultipartUpload(bucket, "parts", id)
    await fails("NoSuchUpload", "abortMultipartUpload", "parts", id)
    // Its name is checked before it is sent
    await expect(client.makeBucket("Upper")).rejects.toThrow("Invalid bucket name")
    await fails("BucketNotEmpty", "removeBucket")
    await client.removeObjects(bucket, ["large", "empty"])
    await client.removeBucket(bucket)
    await fails("NoSuchBucket", "removeBucket")
  })
})
