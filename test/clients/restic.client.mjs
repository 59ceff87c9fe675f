/**
 * restic of Debian, whose S3 client is minio's for Go: AWS 4, path style and virtual hosts. It has no other signature.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
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
  scripted,
  served,
  temporary,
  unknownKey,
  v4,
  wrongSecret,
  wrongToken
} from "./support.mjs"

const variants = {
  "path style": [({ url }) => ({ RESTIC_REPOSITORY: `s3:${url}/backups/here` }), "path"],
  "virtual hosts": [
    ({ url }) => ({ RESTIC_REPOSITORY: "s3:http://obs.example.com/backups/here", HTTP_PROXY: url }),
    "dns"
  ]
}

// Files go in chunks that are signed one by one
const schemes = [v4, `${v4} STREAMING-AWS4-HMAC-SHA256-PAYLOAD`]

program("restic", ["restic", "version"], () => {
  for (const [name, [environmentOf, lookup]] of Object.entries(variants)) {
    served(name, (service) =>
      inFolder(async (folder) => {
        const restic = (args, { as = keys } = {}) =>
          run("restic", ["--cleanup-cache", "-o", `s3.bucket-lookup=${lookup}`, "-o", `s3.region=${region}`, ...args], {
            cwd: folder,
            env: {
              RESTIC_PASSWORD: "password",
              AWS_ACCESS_KEY_ID: as.accessKeyId,
              AWS_SECRET_ACCESS_KEY: as.secretAccessKey,
              ...(as.securityToken === undefined ? undefined : { AWS_SESSION_TOKEN: as.securityToken }),
              ...environmentOf(service)
            }
          })
        const { does, fails, says } = scripted(restic)
        const lines = async (...args) => (await says(...args)).trim().split("\n")
        const snapshots = async () => JSON.parse(await says("snapshots", "--json"))

        // It makes the bucket
        await does("init")
        await fails("already initialized", ["init"])
        const large = bytesOf(20 * 2 ** 20 + 1)
        await mkdir(join(folder, "files/b"), { recursive: true })
        await writeFile(join(folder, "files/large"), large)
        await writeFile(join(folder, "files/b/ä 日 🐈"), "meow")
        await writeFile(join(folder, "files/b/empty"), "")
        await does("backup", "files", "--tag", "one")
        await does("check")
        await does("check", "--read-data")
        expect((await lines("ls", "latest")).slice(1).filter((line) => line.includes("files/"))).toHaveLength(4)
        await does("restore", "latest", "--target", "back")
        expect((await readFile(join(folder, "back/files/large"))).equals(large)).toBe(true)
        expect(await readFile(join(folder, "back/files/b/ä 日 🐈"), "utf8")).toBe("meow")

        // Each run costs it a second of making keys, and the rest is the same
        if (lookup === "dns") return expect(schemesOf(service.seen)).toEqual(schemes)

        // A second snapshot has what changed, and the first one what was before
        await writeFile(join(folder, "files/b/ä 日 🐈"), "less")
        await rm(join(folder, "files/large"))
        await does("backup", "files", "--tag", "two")
        const [parent, latest] = (await snapshots()).map(({ short_id }) => short_id)
        expect((await snapshots()).map(({ tags }) => tags)).toEqual([["one"], ["two"]])
        expect(await says("diff", parent, latest)).toMatch(/M.*ä 日 🐈\n-.*large\n/)
        expect(await says("dump", "latest", `/files/b/ä 日 🐈`)).toBe("less")
        expect(await says("dump", parent, `/files/b/ä 日 🐈`)).toBe("meow")
        expect(JSON.parse(await says("stats", "--json", parent))).toMatchObject({ total_size: large.length + 4 })
        expect(await says("find", "empty")).toContain("/files/b/empty")
        expect(await lines("list", "keys")).toHaveLength(1)
        await does("tag", "--add", "three", "latest")
        await does("forget", "--keep-last", "1", "--prune", "--max-unused", "0")
        await does("check", "--read-data")
        const [{ tags, ...last }, ...others] = await snapshots()
        expect([tags, others]).toEqual([["two", "three"], []])
        expect(last.paths[0]).toMatch(/files$/)
        await does("rebuild-index")
        await does("unlock", "--remove-all")
        await does("cat", "config")
        expect(await lines("list", "locks")).toEqual([""])

        expect((await restic(["snapshots"], { as: temporary })).status).toBe(0)
        expect(
          service.seen.map(({ status }) => status).filter((status) => ![200, 204, 206, 404].includes(status))
        ).toEqual([])
        // It says what a request fails with only where it is asked for the configuration
        for (const as of [wrongSecret, unknownKey, wrongToken]) {
          await fails("unable to open config file", ["snapshots"], { as })
          expect(service.seen.at(-1).status).toBe(403)
        }
        expect(schemesOf(service.seen)).toEqual(schemes)
      })
    )
  }
})
