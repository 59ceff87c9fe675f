/**
 * boto3 of Debian: AWS 4, AWS 2, and virtual hosts, whose requests reach the service as they would reach a proxy.
 */
import { createHash } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { expect } from "vitest"
import { codeOf, fetchAt } from "./contract.mjs"
import {
  bytesOf,
  inFolder,
  keys,
  names,
  program,
  region,
  schemesOf,
  served,
  start,
  stranger,
  temporary,
  unknownKey,
  v4,
  wrongSecret,
  wrongToken
} from "./support.mjs"

const driver = fileURLToPath(new URL("boto3.driver.py", import.meta.url))

/** Starts boto3, and makes a function of its methods. */
const boto3 = (cwd, { config, endpoint }, { accessKeyId, secretAccessKey, securityToken }) => {
  const client = {
    endpoint_url: endpoint,
    region_name: region,
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_session_token: securityToken
  }
  const child = start("python3", [driver, JSON.stringify({ client, config })], { cwd })
  const complaints = []
  // Where it ends early, its complaint says why
  child.stdin.on("error", () => undefined)
  child.stderr.on("data", (chunk) => complaints.push(chunk))
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    call: async (method, parameters = {}) => {
      child.stdin.write(`${JSON.stringify([method, parameters])}\n`)
      const { value } = await lines.next()
      if (value === undefined) throw new Error(Buffer.concat(complaints).toString())
      const { code, result } = JSON.parse(value)
      if (code !== undefined) throw Object.assign(new Error(code), { code })
      return result
    },
    end: () => child.stdin.end()
  }
}

const given = (bytes) => ({ bytes: Buffer.from(bytes).toString("base64") })

const pathStyle = { s3: { addressing_style: "path" } }
const signed = (signature_version) => ({ signature_version })

// The requests that reach the service as they would reach a proxy
const virtualHosted = ({ url }) => ({ proxies: { http: url }, s3: { addressing_style: "virtual" } })

const variants = {
  "AWS 4": [({ url }) => ({ endpoint: url, config: { ...signed("s3v4"), ...pathStyle } }), v4],
  "AWS 2": [({ url }) => ({ endpoint: url, config: { ...signed("s3"), ...pathStyle } }), "AWS"],
  "AWS 4, virtual hosts": [
    (service) => ({ endpoint: "http://obs.example.com", config: { ...signed("s3v4"), ...virtualHosted(service) } }),
    v4
  ],
  "AWS 2, virtual hosts": [
    (service) => ({ endpoint: "http://obs.example.com", config: { ...signed("s3"), ...virtualHosted(service) } }),
    "AWS"
  ]
}

/**
 * What boto3 1.26 signs right with AWS 2. Of other calls it signs the parameter twice, as `/photos?acl?acl`, or one that is not
 * to be signed; the script has those signed with AWS 4.
 */
const signedRight = new Set([
  "abort_multipart_upload",
  "complete_multipart_upload",
  "copy_object",
  "create_bucket",
  "delete_bucket",
  "delete_object",
  "generate_presigned_post",
  "generate_presigned_url",
  "get_object",
  "head_bucket",
  "head_object",
  "list_buckets",
  "list_objects",
  "list_parts",
  "put_object",
  "upload_part"
])

program("boto3", ["python3", "-c", "import boto3"], () => {
  for (const [name, [settingsOf, scheme]] of Object.entries(variants)) {
    served(name, (service) =>
      inFolder(async (folder) => {
        const open = []
        const by = (who, signature) => {
          const { config, endpoint } = settingsOf(service)
          const client = boto3(folder, { endpoint, config: { ...config, ...signature } }, who)
          open.push(client)
          return client
        }
        try {
          await script({ by, folder, scheme, service })
        } finally {
          for (const client of open) client.end()
        }
      })
    )
  }
})

const script = async ({ by, folder, scheme, service }) => {
  const [own, other] = scheme === v4 ? [by(keys)] : [by(keys), by(keys, signed("s3v4"))]
  const call = (method, parameters) =>
    other === undefined || signedRight.has(method) ? own.call(method, parameters) : other.call(method, parameters)
  const Bucket = "photos"
  const does = (method, parameters) => call(method, { Bucket, ...parameters })
  const fails = async (code, method, parameters) =>
    expect([method, parameters, await codeOf(does(method, parameters))]).toEqual([method, parameters, code])
  const got = async (parameters) => Buffer.from((await does("get_object", parameters)).Body.bytes, "base64")

  // Buckets, and who may
  await fails("NoSuchBucket", "list_objects")
  // A response to HEAD has no code
  await fails("404", "head_bucket")
  await does("create_bucket", { CreateBucketConfiguration: { LocationConstraint: region } })
  await fails("BucketAlreadyOwnedByYou", "create_bucket")
  await fails("IllegalLocationConstraintException", "create_bucket", {
    Bucket: "others",
    CreateBucketConfiguration: { LocationConstraint: "mars" }
  })
  expect(await codeOf(by(stranger).call("create_bucket", { Bucket }))).toBe("BucketAlreadyExists")
  expect((await call("list_buckets")).Buckets.map(({ Name }) => Name)).toEqual([Bucket])
  expect((await does("get_bucket_location")).LocationConstraint).toBe(region)
  for (const [who, code] of [
    [wrongSecret, "SignatureDoesNotMatch"],
    [unknownKey, "InvalidAccessKeyId"],
    [wrongToken, "InvalidAccessKeyId"],
    [temporary, undefined]
  ]) {
    expect(await codeOf(by(who).call("list_objects", { Bucket }))).toBe(code)
  }
  if (other !== undefined) {
    for (const method of ["get_bucket_acl", "list_objects_v2"]) {
      expect(await codeOf(own.call(method, { Bucket }))).toBe("SignatureDoesNotMatch")
    }
  }

  // Bytes
  const [small, large] = [bytesOf(70_001), bytesOf(17 * 2 ** 20 + 1, 2)]
  for (const Key of names) {
    const md5 = createHash("md5").update(small)
    const { ETag } = await does("put_object", { Key, Body: given(small), Metadata: { owner: "me" } })
    expect(ETag).toBe(`"${md5.digest("hex")}"`)
    expect((await got({ Key })).equals(small)).toBe(true)
    expect((await does("head_object", { Key })).Metadata).toEqual({ owner: "me" })
    expect((await does("list_objects_v2", { Prefix: Key })).Contents.map(({ Key }) => Key)).toEqual([Key])
    const address = await call("generate_presigned_url", { ClientMethod: "get_object", Params: { Bucket, Key } })
    expect(await fetchAt(address, service.url)).toEqual({ status: 200, body: small.toString() })
    await does("delete_object", { Key })
  }
  await writeFile(join(folder, "large"), large)
  // Of several parts
  await does("upload_file", { Key: "large", Filename: join(folder, "large") })
  await does("download_file", { Key: "large", Filename: join(folder, "back") })
  expect((await readFile(join(folder, "back"))).equals(large)).toBe(true)
  expect((await got({ Key: "large", Range: "bytes=9-12" })).equals(large.subarray(9, 13))).toBe(true)
  await does("copy", { Key: "copy", CopySource: { Bucket, Key: "large" } })
  expect((await got({ Key: "copy" })).equals(large)).toBe(true)
  await does("put_object", { Key: "empty" })
  const { ETag } = await does("head_object", { Key: "empty" })

  // What fails
  await fails("NoSuchKey", "get_object", { Key: "nothing" })
  await fails("404", "head_object", { Key: "nothing" })
  await fails("NoSuchVersion", "get_object", { Key: "large", VersionId: "G0011".repeat(4) })
  await fails("InvalidRange", "get_object", { Key: "large", Range: `bytes=${large.length}-` })
  await fails("PreconditionFailed", "get_object", { Key: "large", IfMatch: ETag })
  await fails("304", "get_object", { Key: "empty", IfNoneMatch: ETag })
  await fails("NoSuchKey", "copy_object", { Key: "copy", CopySource: "photos/nothing" })
  await fails("PreconditionFailed", "copy_object", { Key: "a", CopySource: "photos/large", CopySourceIfMatch: ETag })
  await fails("BadDigest", "put_object", { Key: "a", Body: given("a"), ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" })
  await fails("InvalidDigest", "put_object", { Key: "a", Body: given("a"), ContentMD5: "none" })
  await fails("KeyTooLongError", "put_object", { Key: "k".repeat(1025) })
  await fails("InvalidArgument", "list_objects", { MaxKeys: -1 })

  // Listings
  for (const Key of ["list/a", "list/b/1", "list/b/2", "list/ä 日/😀"]) await does("put_object", { Key })
  const pages = await does("paginate", {
    Operation: "list_objects_v2",
    Prefix: "list/",
    Delimiter: "/",
    PaginationConfig: { PageSize: 1 }
  })
  const listed = pages.flatMap(({ CommonPrefixes = [], Contents = [] }) => [...Contents, ...CommonPrefixes])
  expect(listed.map(({ Key, Prefix }) => Key ?? Prefix)).toEqual(["list/a", "list/b/", "list/ä 日/"])
  const { Contents } = await does("list_objects", { Prefix: "list/", Marker: "list/a", MaxKeys: 2 })
  expect(Contents.map(({ Key }) => Key)).toEqual(["list/b/1", "list/b/2"])
  const { Deleted, Errors } = await does("delete_objects", {
    Delete: { Objects: [{ Key: "list/a" }, { Key: "list/ä 日/😀" }, { Key: "k".repeat(1025) }] }
  })
  expect([Deleted.length, Errors.map(({ Code }) => Code)]).toEqual([2, ["KeyTooLongError"]])

  // Versions
  await does("put_bucket_versioning", { VersioningConfiguration: { Status: "Enabled" } })
  expect((await does("get_bucket_versioning")).Status).toBe("Enabled")
  await does("put_object", { Key: "list/b/1", Body: given("again") })
  expect((await does("delete_object", { Key: "list/b/1" })).DeleteMarker).toBe(true)
  await fails("NoSuchKey", "get_object", { Key: "list/b/1" })
  const { DeleteMarkers, Versions } = await does("list_object_versions", { Prefix: "list/b/1" })
  expect(DeleteMarkers).toHaveLength(1)
  expect(Versions).toHaveLength(2)
  await fails("MethodNotAllowed", "get_object", { Key: "list/b/1", VersionId: DeleteMarkers[0].VersionId })
  expect(String(await got({ Key: "list/b/1", VersionId: Versions[0].VersionId }))).toBe("again")
  await does("put_bucket_versioning", { VersioningConfiguration: { Status: "Suspended" } })

  // Uploads
  const upload = { Key: "parts", UploadId: (await does("create_multipart_upload", { Key: "parts" })).UploadId }
  const part = async (PartNumber, body) => ({
    PartNumber,
    ETag: (await does("upload_part", { ...upload, PartNumber, Body: given(body) })).ETag
  })
  const [one, two] = [await part(1, "one"), await part(2, "two")]
  expect((await does("list_parts", upload)).Parts.map(({ Size }) => Size)).toEqual([3, 3])
  expect((await does("list_multipart_uploads")).Uploads.map(({ Key }) => Key)).toEqual(["parts"])
  const complete = (Parts) => ({ ...upload, MultipartUpload: { Parts } })
  await fails("InvalidPartOrder", "complete_multipart_upload", complete([two, one]))
  await fails("InvalidPart", "complete_multipart_upload", complete([{ PartNumber: 1, ETag }]))
  await does("complete_multipart_upload", complete([one, two]))
  expect(String(await got({ Key: "parts" }))).toBe("onetwo")
  await fails("NoSuchUpload", "abort_multipart_upload", upload)

  // Configurations
  const TagSet = [{ Key: "k", Value: "ä +" }]
  await fails("NoSuchTagSet", "get_object_tagging", { Key: "large" })
  await does("put_object_tagging", { Key: "large", Tagging: { TagSet } })
  expect((await does("get_object_tagging", { Key: "large" })).TagSet).toEqual(TagSet)
  await fails("NoSuchTagSet", "get_bucket_tagging")
  await does("put_bucket_tagging", { Tagging: { TagSet } })
  expect((await does("get_bucket_tagging")).TagSet).toEqual(TagSet)
  await fails("NoSuchBucketPolicy", "get_bucket_policy")
  await fails("MalformedPolicy", "put_bucket_policy", { Policy: "{" })
  await fails("NoSuchLifecycleConfiguration", "get_bucket_lifecycle_configuration")
  const Rules = [{ ID: "r", Filter: { Prefix: "a" }, Status: "Enabled", Expiration: { Days: 3 } }]
  await does("put_bucket_lifecycle_configuration", { LifecycleConfiguration: { Rules } })
  expect((await does("get_bucket_lifecycle_configuration")).Rules).toEqual(Rules)
  await fails("NoSuchCORSConfiguration", "get_bucket_cors")
  const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }]
  await does("put_bucket_cors", { CORSConfiguration: { CORSRules } })
  expect((await does("get_bucket_cors")).CORSRules).toEqual(CORSRules)
  await fails("NoSuchWebsiteConfiguration", "get_bucket_website")
  await does("put_bucket_acl", { ACL: "public-read" })
  expect((await does("get_bucket_acl")).Grants.map(({ Permission }) => Permission)).toEqual(["FULL_CONTROL", "READ"])
  await does("put_object_acl", { Key: "large", ACL: "public-read" })
  await fails("MalformedACLError", "put_bucket_acl", { AccessControlPolicy: { Grants: [] } })

  await does("put_object", { Key: "frozen", StorageClass: "GLACIER" })
  await fails("InvalidObjectState", "get_object", { Key: "frozen" })
  await does("restore_object", { Key: "frozen", RestoreRequest: { Days: 1 } })

  const { fields } = await call("generate_presigned_post", { Bucket, Key: "form" })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append("file", new Blob(["meow"]))
  expect((await fetch(`${service.url}/${Bucket}`, { method: "POST", body: form })).status).toBe(204)
  expect(String(await got({ Key: "form" }))).toBe("meow")
  await fails("BucketNotEmpty", "delete_bucket")
  expect(schemesOf(service.seen)).toContain(scheme)
}
