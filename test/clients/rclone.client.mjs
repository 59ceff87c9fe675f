/**
 * rclone of Debian: AWS 4, AWS 2, and its provider `HuaweiOBS`, whose requests go to virtual hosts whatever it is told, and
 * reach the service as to a proxy.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect, vi } from "vitest"
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

const other = ({ url }) => ({
  RCLONE_S3_PROVIDER: "Other",
  RCLONE_S3_ENDPOINT: url,
  RCLONE_S3_FORCE_PATH_STYLE: "true"
})

const variants = {
  "AWS 4": [other, v4],
  "AWS 2": [(service) => ({ ...other(service), RCLONE_S3_V2_AUTH: "true" }), "AWS"],
  "HuaweiOBS, virtual hosts": [
    ({ url }) => ({
      RCLONE_S3_PROVIDER: "HuaweiOBS",
      RCLONE_S3_ENDPOINT: `http://obs.${region}.example.com`,
      HTTP_PROXY: url
    }),
    v4
  ]
}

program("rclone", ["rclone", "version"], () => {
  for (const [name, [environmentOf, scheme]] of Object.entries(variants)) {
    served(name, (service) =>
      inFolder(async (folder) => {
        const rclone = (args, { as = keys, ...options } = {}) =>
          run("rclone", ["--config", "", "--retries", "1", "--low-level-retries", "1", ...args], {
            cwd: folder,
            ...options,
            env: {
              RCLONE_S3_REGION: region,
              RCLONE_S3_ACCESS_KEY_ID: as.accessKeyId,
              RCLONE_S3_SECRET_ACCESS_KEY: as.secretAccessKey,
              ...(as.securityToken === undefined ? undefined : { RCLONE_S3_SESSION_TOKEN: as.securityToken }),
              ...environmentOf(service),
              ...options.env
            }
          })
        const { does, fails, says } = scripted(rclone)
        const put = (name, input) => rclone(["rcat", `:s3:photos/${name}`], { input })

        await fails("directory not found", ["lsf", ":s3:photos"])
        await does("mkdir", ":s3:photos")
        expect(await says("lsf", ":s3:")).toBe("photos/\n")
        await fails("InvalidBucketName: ", ["mkdir", ":s3:Ph"])
        // It takes what is somebody else's for its own
        expect((await rclone(["mkdir", ":s3:photos"], { as: stranger })).status).toBe(0)
        expect(service.seen.at(-1)).toMatchObject({ method: "PUT", status: 409 })
        for (const [as, code] of [
          [wrongSecret, "SignatureDoesNotMatch: "],
          [unknownKey, "InvalidAccessKeyId: "],
          [wrongToken, "InvalidAccessKeyId: "]
        ]) {
          await fails(code, ["lsf", ":s3:photos"], { as })
        }
        // With AWS 2 it does not send the token
        if (scheme === v4) expect((await rclone(["lsf", ":s3:photos"], { as: temporary })).status).toBe(0)
        else await fails("InvalidAccessKeyId: ", ["lsf", ":s3:photos"], { as: temporary })

        // Of one request, and of several parts
        const [small, large] = [bytesOf(70_001), bytesOf(12 * 2 ** 20 + 1, 2)]
        for (const name of names.filter((name) => !name.includes("//"))) {
          expect((await put(name, small)).status).toBe(0)
          expect((await does("cat", `:s3:photos/${name}`)).equals(small)).toBe(true)
          await does("deletefile", `:s3:photos/${name}`)
        }
        await mkdir(join(folder, "here/b"), { recursive: true })
        await writeFile(join(folder, "here/small"), small)
        await writeFile(join(folder, "here/b/large"), large)
        await writeFile(join(folder, "here/b/empty"), "")
        await writeFile(join(folder, "here/ä 日 🐈"), "meow")
        const cut = ["--s3-upload-cutoff", "5M", "--s3-chunk-size", "5M"]
        await does("sync", "here", ":s3:photos/there", ...cut)
        await does("check", "here", ":s3:photos/there")
        await does("check", "--download", "here", ":s3:photos/there")
        expect(
          (await does("cat", "--offset", "5242879", "--count", "2", ":s3:photos/there/b/large")).toString("hex")
        ).toBe(large.subarray(5_242_879, 5_242_881).toString("hex"))
        await does("copy", ":s3:photos/there", "back", "--multi-thread-cutoff", "1M")
        expect((await readFile(join(folder, "back/b/large"))).equals(large)).toBe(true)
        expect((await readFile(join(folder, "back/small"))).equals(small)).toBe(true)

        expect((await says("lsf", "-R", ":s3:photos/there")).split("\n").sort()).toEqual(
          ["", "b/", "b/empty", "b/large", "small", "ä 日 🐈"].sort()
        )
        expect((await says("lsf", ":s3:photos/there/b")).split("\n")).toEqual(["empty", "large", ""])
        expect(JSON.parse(await says("size", "--json", ":s3:photos"))).toMatchObject({ count: 4, bytes: 12_652_918 })
        const [item] = JSON.parse(await says("lsjson", "--hash", ":s3:photos/there/small"))
        expect(item).toMatchObject({ Size: 70_001, Tier: "STANDARD" })
        expect(await says("md5sum", ":s3:photos/there/b")).toContain("d41d8cd98f00b204e9800998ecf8427e  empty")

        // A second time there is nothing to do, which it knows by the times it has stored
        const sent = () => service.seen.filter(({ method }) => method === "PUT").length
        const before = sent()
        await does("sync", "here", ":s3:photos/there", ...cut)
        expect(sent()).toBe(before)
        await writeFile(join(folder, "here/small"), "less")
        await fails("differ", ["check", "here", ":s3:photos/there"])
        await does("sync", "here", ":s3:photos/there", ...cut)
        expect(await says("cat", ":s3:photos/there/small")).toBe("less")
        await does("touch", "-t", "2020-02-02T02:02:02", ":s3:photos/there/small")
        expect(await says("lsf", "--format", "tp", "--include", "small", ":s3:photos/there")).toContain("2020-02-02")
        expect(await says("cat", ":s3:photos/there/small")).toBe("less")

        await does("copyto", ":s3:photos/there/ä 日 🐈", ":s3:photos/copy+1")
        expect(await says("cat", ":s3:photos/copy+1")).toBe("meow")
        // Of several parts, too
        await does("copyto", ":s3:photos/there/b/large", ":s3:photos/copied", "--s3-copy-cutoff", "5M")
        expect((await does("cat", ":s3:photos/copied")).equals(large)).toBe(true)
        await does("moveto", ":s3:photos/copied", ":s3:photos/moved")
        await fails("doesn't exist", ["deletefile", ":s3:photos/copied"])
        await fails("NoSuchBucket: ", ["copyto", ":s3:photos/moved", ":s3:others/moved", "--s3-no-check-bucket"])
        // With AWS 2 the address that it gives has no signature
        const link = new URL((await says("link", "--expire", "1h", ":s3:photos/copy+1")).trim())
        const linked = await run(
          "curl",
          ["-s", "-H", `host: ${link.host}`, service.url + link.pathname + link.search],
          {
            cwd: folder
          }
        )
        expect(String(linked.stdout)).toContain(scheme === v4 ? "meow" : "<Code>AccessDenied</Code>")

        // Versions
        expect(await says("backend", "versioning", ":s3:photos", "Enabled")).toContain("Enabled")
        await put("copy+1", "again")
        const versions = (await says("lsf", "--files-only", "--s3-versions", "--include", "copy*", ":s3:photos"))
          .trim()
          .split("\n")
        expect(versions).toHaveLength(2)
        const old = versions.find((name) => name !== "copy+1")
        expect(await says("cat", "--s3-versions", `:s3:photos/${old}`)).toBe("meow")

        // What was begun and not completed
        expect(await says("backend", "list-multipart-uploads", ":s3:photos")).toContain('"photos": []')
        await does("backend", "cleanup", ":s3:photos")

        await does("copyto", "here/small", ":s3:photos/frozen", "--s3-storage-class", "GLACIER")
        await fails("Object in GLACIER, restore first", ["cat", ":s3:photos/frozen"])
        expect(service.seen.at(-1)).toMatchObject({ method: "GET", status: 403 })
        const restoring = await says("backend", "restore", ":s3:photos", "--include", "frozen", "-o", "lifetime=1")
        if (scheme === v4) {
          expect(JSON.parse(restoring)).toMatchObject([{ Remote: "frozen", Status: "OK" }])
          await vi.waitFor(async () => expect(await says("cat", ":s3:photos/frozen")).toBe("less"), 5000)
        } else {
          // With AWS 2 it does not sign `?restore`
          expect(JSON.parse(restoring)[0].Status).toContain("SignatureDoesNotMatch")
        }

        await fails("BucketNotEmpty: ", ["rmdir", ":s3:photos"])
        await does("delete", ":s3:photos/there")
        expect(await says("lsf", "-R", ":s3:photos/there")).toBe("")
        expect(schemesOf(service.seen)).toContain(scheme)
      })
    )
  }
})
