/**
 * Runs the chosen tests of ceph/s3-tests against the service: `npx tsx test/clients/s3-tests.mjs <a checkout of it>`, with
 * what is chosen in s3-tests.txt. It takes pytest and boto3 of the system, and leaves the checkout as it is. Further arguments
 * are for pytest: names of tests are run instead of the chosen ones.
 */
import { createHash } from "node:crypto"
import { spawn } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"

const [checkout, ...args] = process.argv.slice(2)

/** As the service names the owner of an access key. */
const ownerOf = (key) => createHash("md5").update(`owner of ${key}`).digest("hex")

const accounts = ["s3 main", "s3 alt", "s3 tenant", "iam", "iam root", "iam alt root"]
const keyOf = (account) => `AK${account.toUpperCase().replaceAll(" ", "")}`

const configuration = (port) => {
  const section = (account) =>
    [
      `[${account}]`,
      `display_name = ${account}`,
      `user_id = ${ownerOf(keyOf(account))}`,
      "email = nobody@example.com",
      "tenant = nobody",
      "api_name = region",
      `access_key = ${keyOf(account)}`,
      `secret_key = secret of ${account}`
    ].join("\n")
  return [
    `[DEFAULT]\nhost = 127.0.0.1\nport = ${port}\nis_secure = False\nssl_verify = False`,
    "[fixtures]\nbucket prefix = s3-tests-{random}-",
    ...accounts.map(section)
  ].join("\n\n")
}

const chosen = async () =>
  (await readFile(new URL("s3-tests.txt", import.meta.url), "utf8"))
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((name) => `s3tests/functional/test_s3.py::${name}`)

const program = Effect.gen(function* () {
  const credentials = accounts.map((account) => ({
    accessKeyId: keyOf(account),
    secretAccessKey: `secret of ${account}`
  }))
  const service = yield* ObsTestService.makeWith({ credentials, minPartSize: 100 * 1024 })
  const { url } = yield* ObsTestServer.make(service)
  const folder = yield* Effect.promise(() => mkdtemp(join(tmpdir(), "s3-tests-")))
  yield* Effect.addFinalizer(() => Effect.promise(() => rm(folder, { recursive: true })))
  const conf = join(folder, "s3tests.conf")
  yield* Effect.promise(() => writeFile(conf, configuration(new URL(url).port)))
  const names = args.some((arg) => arg.includes("::") || arg.startsWith("s3tests/"))
    ? []
    : yield* Effect.promise(chosen)
  process.exitCode = yield* Effect.promise(
    () =>
      new Promise((resolve) => {
        const plugins = ["-p", "no:cacheprovider", "-p", "s3_tests_plugin"]
        const pytest = ["-m", "pytest", "-q", "--tb=line", ...plugins, ...args, ...names]
        spawn("/usr/bin/python3", pytest, {
          cwd: checkout,
          stdio: "inherit",
          env: {
            PATH: "/usr/bin:/bin",
            HOME: folder,
            PYTHONPATH: fileURLToPath(new URL(".", import.meta.url)),
            PYTHONDONTWRITEBYTECODE: "1",
            S3TEST_CONF: conf
          }
        }).on("close", resolve)
      })
  )
})

if (checkout === undefined) {
  console.error("npx tsx test/clients/s3-tests.mjs <a checkout of ceph/s3-tests> [what else pytest shall know]")
  process.exit(2)
}

await Effect.runPromise(Effect.scoped(program))
