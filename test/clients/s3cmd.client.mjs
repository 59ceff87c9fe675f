/**
 * s3cmd of Debian: AWS 4, AWS 2, and virtual hosts, whose requests reach the service as they would reach a proxy.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "vitest"
import {
  bytesOf,
  inFolder,
  keys,
  names,
  program,
  region,
  run,
  schemesOf,
  scripted,
  served,
  stranger,
  temporary,
  unknownKey,
  v4,
  wrongSecret,
  wrongToken
} from "./support.mjs"

const pathStyle = ({ port }) => ({ host_base: `127.0.0.1:${port}`, host_bucket: `127.0.0.1:${port}` })

const variants = {
  "AWS 4": [pathStyle, v4],
  "AWS 2": [(service) => ({ ...pathStyle(service), signature_v2: "True" }), "AWS"],
  "AWS 4, virtual hosts": [
    ({ port }) => ({
      host_base: "obs.example.com",
      host_bucket: "%(bucket)s.obs.example.com",
      proxy_host: "127.0.0.1",
      proxy_port: port
    }),
    v4
  ]
}

program("s3cmd", ["s3cmd", "--version"], () => {
  for (const [name, [settingsOf, scheme]] of Object.entries(variants)) {
    served(name, (service) =>
      inFolder(async (folder) => {
        const configured = async (name, { accessKeyId, secretAccessKey, securityToken = "" }) => {
          const settings = {
            access_key: accessKeyId,
            secret_key: secretAccessKey,
            access_token: securityToken,
            bucket_location: region,
            use_https: "False",
            guess_mime_type: "False",
            max_retries: 1,
            ...settingsOf(service)
          }
          const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
          await writeFile(join(folder, name), ["[default]", ...lines].join("\n"))
        }
        const people = { keys, temporary, stranger, wrongSecret, unknownKey, wrongToken }
        for (const [name, who] of Object.entries(people)) await configured(name, who)
        const s3cmd = (args, { as = "keys" } = {}) =>
          run("s3cmd", ["-c", as, "--no-progress", ...args], { cwd: folder })
        const { does, fails, says } = scripted(s3cmd)
        const put = (name, bytes) => writeFile(join(folder, name), bytes)
        const got = async (address) => {
          await does("get", "--force", address, "got")
          return readFile(join(folder, "got"))
        }

        await fails("NoSuchBucket", ["ls", "s3://photos"])
        await does("mb", "s3://photos")
        expect(await says("ls")).toContain("s3://photos")
        await fails("BucketAlreadyExists", ["mb", "s3://photos"], { as: "stranger" })
        await fails("BucketAlreadyOwnedByYou", ["mb", "s3://photos"])
        await fails("SignatureDoesNotMatch", ["ls", "s3://photos"], { as: "wrongSecret" })
        await fails("InvalidAccessKeyId", ["ls", "s3://photos"], { as: "unknownKey" })
        await fails("InvalidAccessKeyId", ["ls", "s3://photos"], { as: "wrongToken" })
        expect((await s3cmd(["ls", "s3://photos"], { as: "temporary" })).status).toBe(0)

        const [small, large] = [bytesOf(70_001), bytesOf(12 * 2 ** 20 + 1, 2)]
        await put("small", small)
        // Of a key that ends with a slash it thinks as of a folder
        for (const name of names.filter((name) => !name.endsWith("/"))) {
          await does("put", "small", `s3://photos/${name}`)
          expect((await got(`s3://photos/${name}`)).equals(small)).toBe(true)
          expect(await says("ls", `s3://photos/${name}`)).toContain(`s3://photos/${name}`)
          await does("del", `s3://photos/${name}`)
        }
        await put("large", large)
        await does("put", "--multipart-chunk-size-mb=5", "large", "s3://photos/large")
        expect((await got("s3://photos/large")).equals(large)).toBe(true)
        expect(await says("info", "s3://photos/large")).toMatch(/File size: 12582913[^]*MD5 sum:/)
        expect(await says("multipart", "s3://photos")).not.toContain("large")

        await mkdir(join(folder, "here/b"), { recursive: true })
        await put("here/small", small)
        await put("here/b/ä 日 🐈", "meow")
        await put("here/b/empty", "")
        await does("sync", "here/", "s3://photos/there/")
        expect(await says("sync", "here/", "s3://photos/there/")).not.toContain("upload:")
        await put("here/small", "less")
        expect(await says("sync", "--delete-removed", "here/", "s3://photos/there/")).toContain("upload:")
        await does("sync", "s3://photos/there/", "back/")
        expect(await readFile(join(folder, "back/b/ä 日 🐈"), "utf8")).toBe("meow")
        expect(await readFile(join(folder, "back/small"), "utf8")).toBe("less")
        expect((await says("ls", "-r", "s3://photos/there/")).trim().split("\n")).toHaveLength(3)
        expect(await says("du", "s3://photos/there/")).toMatch(/^\s*8\s+3 objects/)

        await does("cp", "s3://photos/there/small", "s3://photos/copy+1")
        await does("mv", "s3://photos/copy+1", "s3://photos/moved")
        expect(String(await got("s3://photos/moved"))).toBe("less")
        await fails("does not exist", ["get", "--force", "s3://photos/copy+1", "got"])
        await does("modify", "--add-header=x-amz-meta-owner:me", "s3://photos/moved")
        expect(await says("info", "s3://photos/moved")).toContain("x-amz-meta-owner: me")
        await does("setacl", "--acl-public", "s3://photos/moved")
        expect(await says("info", "s3://photos/moved")).toMatch(/ACL: +\*anon\*: READ/)
        const link = new URL((await says("signurl", "s3://photos/moved", "+600")).trim())
        const linked = await run(
          "curl",
          ["-s", "-H", `host: ${link.host}`, service.url + link.pathname + link.search],
          {
            cwd: folder
          }
        )
        expect(String(linked.stdout)).toBe("less")

        await put("policy", JSON.stringify({ Statement: [] }))
        await does("setpolicy", "policy", "s3://photos")
        expect(await says("info", "s3://photos")).toMatch(new RegExp(`Location: +${region}[^]*Policy: .*Statement`))
        await does("delpolicy", "s3://photos")
        const cors = "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>"
        await put("cors", `<CORSConfiguration>${cors}</CORSConfiguration>`)
        await fails("MalformedPolicy", ["setpolicy", "cors", "s3://photos"])
        await does("setcors", "cors", "s3://photos")
        expect(await says("info", "s3://photos")).toContain("AllowedMethod")
        await does("delcors", "s3://photos")
        await does("expire", "--expiry-days=3", "--expiry-prefix=a", "s3://photos")
        expect(await says("getlifecycle", "s3://photos")).toContain("<Days>3</Days>")
        await does("dellifecycle", "s3://photos")
        await fails("NoSuchLifecycleConfiguration", ["getlifecycle", "s3://photos"])
        await does("ws-create", "--ws-index=index.html", "s3://photos")
        expect(await says("ws-info", "s3://photos")).toContain("index.html")
        await does("ws-delete", "s3://photos")

        await does("put", "--storage-class=GLACIER", "policy", "s3://photos/frozen")
        await fails("InvalidObjectState", ["get", "--force", "s3://photos/frozen", "got"])
        await does("restore", "--restore-days=1", "s3://photos/frozen")
        await fails("BucketNotEmpty", ["rb", "s3://photos"])
        await does("del", "-r", "--force", "s3://photos")
        await does("rb", "s3://photos")
        await fails("NoSuchBucket", ["rb", "s3://photos"])
        expect(schemesOf(service.seen)).toContain(scheme)
      })
    )
  }
})
