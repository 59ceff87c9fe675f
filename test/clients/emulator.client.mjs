/**
 * The snippets of docs/emulator.md, as they stand there: each puts an object into the command and gets it back. Programs of the
 * system are tried where they are installed.
 */
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"
import { afterAll, beforeAll, expect, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))
const here = fileURLToPath(new URL(".", import.meta.url))
const document = readFileSync(join(root, "docs/emulator.md"), "utf8")

/** The code below a heading. */
const snippet = (heading) => {
  const [, language, code] = document.split(`\n### ${heading}\n`)[1]?.match(/```(\w+)\n([^]*?)```/) ?? []
  if (code === undefined) throw new Error(`docs/emulator.md has no snippet for ${heading}`)
  return { language, code }
}

let folder
let port
let child

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "effect-obs-emulator-"))
  const bundle = join(root, "dist/test/emulator/snippets.mjs")
  buildSync({
    absWorkingDir: root,
    entryPoints: ["src/testing/emulator/bin.ts"],
    outfile: bundle,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm"
  })
  child = spawn(process.execPath, [bundle, "--port", "0", "--bucket", "photos", "--quiet"], {
    env: { OBS_ACCESS_KEY_ID: "AK", OBS_SECRET_ACCESS_KEY: "SK" },
    stdio: ["ignore", "pipe", "inherit"]
  })
  const [line] = await new Promise((resolve) => child.stdout.once("data", (chunk) => resolve([String(chunk)])))
  port = /:(\d+)\n/.exec(line)[1]
})

afterAll(() => {
  child.kill()
  rmSync(folder, { recursive: true })
})

const commands = {
  // From the folder where the clients are installed
  js: (code) => [process.execPath, "--input-type=module", "--eval", code],
  sh: (code) => ["bash", "-c", `shopt -s expand_aliases; set -e\n${code}`],
  python: (code) => ["python3", "-c", code]
}

const path = `/usr/bin:/bin:${process.env.PATH}`

const run = (command, args) =>
  spawnSync(command, args, {
    cwd: command === process.execPath ? here : folder,
    encoding: "utf8",
    timeout: 60_000,
    env: { PATH: path, HOME: folder, LC_ALL: "C.UTF-8" }
  })

const clients = {
  "esdk-obs-nodejs": undefined,
  "@aws-sdk/client-s3": undefined,
  minio: undefined,
  rclone: ["rclone", "version"],
  s3cmd: ["s3cmd", "--version"],
  boto3: ["python3", "-c", "import boto3"],
  curl: ["curl", "--aws-sigv4", "aws:amz:a:s3", "--version"]
}

for (const [name, probe] of Object.entries(clients)) {
  const isThere = probe === undefined || run(probe[0], probe.slice(1)).status === 0
  if (!isThere) console.warn(`${name} is not installed: its snippet is passed over`)
  it.runIf(isThere)(`the snippet for ${name} does what it says`, () => {
    const { code, language } = snippet(name)
    const [command, ...args] = commands[language](code.replaceAll("9000", port))
    const { status, stderr, stdout } = run(command, args)
    expect([status, stdout], stderr).toEqual([0, expect.stringContaining("meow")])
  })
}
