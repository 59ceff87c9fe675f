/**
 * curl of Debian with `--aws-sigv4`, which signs what it is told, and whose responses are seen as they come.
 */
import { createHash } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "vitest"
import {
  bytesOf,
  inFolder,
  keys,
  program,
  region,
  run,
  schemesOf,
  served,
  stranger,
  temporary,
  unknownKey,
  v4,
  wrongSecret,
  wrongToken
} from "./support.mjs"

const places = {
  "path style": ({ url }) => ({ bucket: `${url}/photos`, args: [] }),
  "virtual hosts": ({ port }) => ({
    bucket: `http://photos.obs.example.com:${port}`,
    args: ["--resolve", `photos.obs.example.com:${port}:127.0.0.1`]
  })
}

program("curl --aws-sigv4", ["curl", "--aws-sigv4", "aws:amz", "--version"], () => {
  for (const [name, placeOf] of Object.entries(places)) {
    served(name, (service) =>
      inFolder(async (folder) => {
        const { args, bucket } = placeOf(service)
        const send = async (address, options = [], { accessKeyId, secretAccessKey, securityToken } = keys) => {
          const token = securityToken === undefined ? [] : ["-H", `x-amz-security-token: ${securityToken}`]
          const { status, stderr, stdout } = await run(
            "curl",
            [
              ...["-sS", "-D", "headers", "-o", "body", "-w", "%{http_code}", "--aws-sigv4", `aws:amz:${region}:s3`],
              // Which it sends on its own since version 8, and without which a request is refused
              ...["-H", "x-amz-content-sha256: UNSIGNED-PAYLOAD"],
              ...["--user", `${accessKeyId}:${secretAccessKey}`, ...token, ...args, ...options],
              address
            ],
            { cwd: folder }
          )
          expect([status, stderr]).toEqual([0, ""])
          const headers = Object.fromEntries(
            (await readFile(join(folder, "headers"), "utf8"))
              .split("\r\n")
              .filter((line) => line.includes(": "))
              .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)])
          )
          return { status: Number(stdout), headers }
        }
        const body = () => readFile(join(folder, "body"))
        const does = async (status, ...asked) => {
          const answer = await send(...asked)
          expect([asked, answer.status]).toEqual([asked, status])
          return answer.headers
        }
        const fails = async (status, code, ...asked) => {
          const { "x-amz-request-id": id } = await does(status, ...asked)
          const told = String(await body())
          expect([asked, told]).toEqual([asked, expect.stringContaining(`<Code>${code}</Code>`)])
          expect([id, told.includes(id)]).toEqual([expect.stringMatching(/^\w{32}$/), true])
        }
        const has = async (name, content, options = []) => {
          await does(options.length === 0 ? 200 : 206, `${bucket}/${name}`, options)
          expect((await body()).equals(Buffer.from(content))).toBe(true)
        }
        const says = async (text, address) => {
          await does(200, address)
          expect(String(await body())).toContain(text)
        }
        const put = ["-X", "PUT"]
        const data = (text) => ["-X", "PUT", "-H", "content-type: text/plain", "--data-binary", text]

        await fails(404, "NoSuchBucket", bucket)
        await does(200, bucket, put)
        await fails(409, "BucketAlreadyOwnedByYou", bucket, put)
        await fails(409, "BucketAlreadyExists", bucket, put, stranger)
        await fails(403, "SignatureDoesNotMatch", bucket, [], wrongSecret)
        await fails(403, "InvalidAccessKeyId", bucket, [], unknownKey)
        await fails(403, "InvalidAccessKeyId", bucket, [], wrongToken)
        await does(200, bucket, [], temporary)
        await fails(400, "AuthorizationHeaderMalformed", bucket, ["--aws-sigv4", "aws:amz:mars:s3"])

        const large = bytesOf(300_001)
        await writeFile(join(folder, "large"), large)
        // A body that it does not hash before it sends it
        const { etag } = await does(200, `${bucket}/large`, ["-T", "large"])
        expect(etag).toBe(`"${createHash("md5").update(large).digest("hex")}"`)
        await has("large", large)
        await has("large", large.subarray(-70_000), ["-r", "-70000"])
        await has("large", large.subarray(9, 13), ["-r", "9-12"])
        await does(200, `${bucket}/small`, data("@large"))
        await has("small", large)
        await does(200, `${bucket}/empty`, data(""))
        await has("empty", "")
        await does(200, `${bucket}/cat.txt`, ["-H", "x-amz-meta-owner: me", ...data("meow")])
        expect(await does(200, `${bucket}/cat.txt`, ["-I"])).toMatchObject({
          "content-length": "4",
          "content-type": "text/plain",
          etag: '"4a4be40c96ac6314e91d93f38043a634"',
          "x-amz-meta-owner": "me"
        })
        await does(200, `${bucket}/a%20b/%C3%A4%2Bc`, data("meow"))
        await has("a%20b/%C3%A4%2Bc", "meow")

        await fails(404, "NoSuchKey", `${bucket}/nothing`)
        await does(404, `${bucket}/nothing`, ["-I"])
        await fails(416, "InvalidRange", `${bucket}/cat.txt`, ["-r", "4-"])
        await fails(412, "PreconditionFailed", `${bucket}/cat.txt`, ["-H", 'if-match: "another"'])
        await does(304, `${bucket}/cat.txt`, ["-H", 'if-none-match: "4a4be40c96ac6314e91d93f38043a634"'])
        await does(304, `${bucket}/cat.txt`, ["-z", "1 Jan 2100"])
        await fails(400, "InvalidDigest", `${bucket}/cat.txt`, ["-H", "content-md5: none", ...data("meow")])
        await fails(400, "BadDigest", `${bucket}/cat.txt`, [
          "-H",
          "content-md5: 1B2M2Y8AsgTpgAmY7PhCfg==",
          ...data("meow")
        ])
        await fails(400, "KeyTooLongError", `${bucket}/${"k".repeat(1025)}`, data("meow"))
        await fails(501, "ServiceNotImplemented", `${bucket}/cat.txt`, ["-X", "PATCH"])
        await fails(404, "NoSuchVersion", `${bucket}/cat.txt?versionId=${"G0011".repeat(4)}`)

        await does(200, `${bucket}/copy`, ["-H", "x-amz-copy-source: /photos/cat.txt", ...put])
        await has("copy", "meow")
        await fails(404, "NoSuchKey", `${bucket}/copy`, ["-H", "x-amz-copy-source: /photos/nothing", ...put])
        await says("<Key>cat.txt</Key>", `${bucket}?prefix=cat`)
        await says("<CommonPrefixes><Prefix>a b/</Prefix></CommonPrefixes>", `${bucket}?delimiter=%2F`)
        await says("<IsTruncated>true</IsTruncated>", `${bucket}?list-type=2&max-keys=1`)
        await fails(400, "InvalidArgument", `${bucket}?max-keys=many`)

        await fails(404, "NoSuchCORSConfiguration", `${bucket}?cors=`)
        await fails(404, "NoSuchLifecycleConfiguration", `${bucket}?lifecycle=`)
        await fails(404, "NoSuchBucketPolicy", `${bucket}?policy=`)
        await fails(404, "NoSuchTagSet", `${bucket}?tagging=`)
        await fails(404, "NoSuchWebsiteConfiguration", `${bucket}?website=`)
        await fails(400, "MalformedXML", `${bucket}?tagging=`, data("<Tagging>"))
        await fails(400, "MalformedPolicy", `${bucket}?policy=`, data("{"))
        await does(204, `${bucket}?policy=`, data('{"Statement":[]}'))
        await fails(404, "NoSuchUpload", `${bucket}/parts?partNumber=1&uploadId=none`, data("one"))
        await does(200, `${bucket}/parts?uploads=`, ["-X", "POST"])
        const id = /<UploadId>(\w+)</.exec(String(await body()))?.[1]
        const part = await does(200, `${bucket}/parts?partNumber=1&uploadId=${id}`, data("one"))
        const completing = (tag) =>
          data(
            `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${tag}</ETag></Part></CompleteMultipartUpload>`
          )
        const complete = `${bucket}/parts?uploadId=${id}`
        await fails(400, "InvalidPart", complete, [...completing(etag), "-X", "POST"])
        await does(200, complete, [...completing(part.etag), "-X", "POST"])
        await has("parts", "one")

        await fails(409, "BucketNotEmpty", bucket, ["-X", "DELETE"])
        for (const name of ["large", "small", "empty", "cat.txt", "copy", "parts", "a%20b/%C3%A4%2Bc", "nothing"]) {
          await does(204, `${bucket}/${name}`, ["-X", "DELETE"])
        }
        await does(204, bucket, ["-X", "DELETE"])
        await fails(404, "NoSuchBucket", bucket, ["-X", "DELETE"])
        expect(schemesOf(service.seen)).toEqual([v4])
      })
    )
  }
})
