/**
 * s3rver in a process of its own, with a bucket.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "s3rver"

const directory = mkdtempSync(join(tmpdir(), "s3rver-"))
process.on("exit", () => {
  rmSync(directory, { recursive: true, force: true })
})
process.on("SIGTERM", () => process.exit())

const server = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: "photos" }]
})
process.send((await server.run()).port)
