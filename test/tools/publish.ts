/**
 * Publishes both packages as they are built, each under its tag, unless npm has that version already. With `--dry-run`
 * npm does everything but the upload.
 */
import { Schema } from "effect"
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./major.js"

const Manifest = Schema.Struct({
  name: Schema.String,
  version: Schema.String,
  publishConfig: Schema.Struct({ tag: Schema.String })
})

/** Whether npm has a version. What it does not know is an error of npm, and so is a registry that does not answer. */
const isPublished = (spec: string): boolean => {
  const { status, stderr, stdout } = spawnSync("npm", ["view", spec, "version"], { encoding: "utf8" })
  if (status !== 0 && !stderr.includes("E404")) throw new Error(`npm does not say whether it has ${spec}\n${stderr}`)
  return status === 0 && stdout.trim() !== ""
}

const isDryRun = process.argv.includes("--dry-run")

// The one that a bare `npm i effect-obs` gives is the last, so that its page is what npm shows
for (const major of [3, 4]) {
  const folder = join(root, `dist/effect${String(major)}`)
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  const { name, publishConfig, version } = Schema.decodeUnknownSync(Manifest)(manifest)
  const spec = `${name}@${version}`
  if (isPublished(spec)) {
    console.log(`${spec} is published already`)
    continue
  }
  const args = ["publish", folder, "--tag", publishConfig.tag, ...(isDryRun ? ["--dry-run"] : [])]
  const { status } = spawnSync("npm", args, { cwd: root, stdio: "inherit" })
  if (status !== 0) throw new Error(`${spec} is not published`)
  console.log(`${spec} is published as ${publishConfig.tag}${isDryRun ? ", or would be" : ""}`)
}
