/**
 * Runs the benchmarks, or those that are named, and prints their tables; with `--write` into docs/benchmarks.md too.
 */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { cpus, totalmem, type } from "node:os"
import { fileURLToPath } from "node:url"

const names = [
  "parse",
  "decode",
  "loopback",
  "signing",
  "calls",
  "scale",
  "allocation",
  "gigabyte",
  "emulator",
  "start"
]

const here = new URL(".", import.meta.url)
const target = new URL("../../docs/benchmarks.md", here)

const [, , only] = process.argv
if (only === "--one") {
  const { default: run } = await import(`./${process.argv[3]}.mjs`)
  const { text } = await run()
  process.stdout.write(`\n@@@${text}`)
  process.exit(0)
}

const write = process.argv.includes("--write")
const wanted = process.argv.slice(2).filter((name) => names.includes(name))

const versionOf = (name) => JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, here), "utf8")).version

const peers = [
  "@aws-sdk/client-s3",
  "@aws-sdk/xml-builder",
  "@effect-aws/client-s3",
  "esdk-obs-nodejs",
  "minio",
  "s3rver",
  "fast-xml-parser",
  "saxes",
  "@rgrove/parse-xml"
]

const machine = [
  `Node ${process.versions.node} on ${type()}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, shared with other work.`,
  `Peers: ${peers.map((name) => `${name} ${versionOf(name)}`).join(", ")}.`
].join("\n\n")

/** Each in a process of its own, so that none warms or burdens another. */
const textOf = (name) => {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      "--expose-gc",
      "--min-semi-space-size=128",
      "--max-semi-space-size=128",
      fileURLToPath(new URL("run.mjs", here)),
      "--one",
      name
    ],
    { encoding: "utf8", maxBuffer: 2 ** 26 }
  )
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
  return stdout.slice(stdout.indexOf("@@@") + 3)
}

let document = readFileSync(target, "utf8")
const put = (name, text) => {
  console.log(`\n## ${name}\n\n${text}`)
  const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`)
  document = document.replace(pattern, (_, start, end) => `${start}\n${text}\n\n${end}`)
}

put("machine", machine)
for (const name of wanted.length > 0 ? wanted : names) put(name, textOf(name))
if (write) writeFileSync(target, document)
