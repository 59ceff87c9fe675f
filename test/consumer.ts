/**
 * Does what a new user does: packs the library, installs it into an empty project as the README says, and compiles and
 * runs the README's example, and a program that imports every entry, with every supported version of TypeScript.
 */
import { execFileSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import manifest from "../package.json" with { type: "json" }

const root = fileURLToPath(new URL("..", import.meta.url))
const project = mkdtempSync(join(tmpdir(), "effect-obs-consumer-"))

const run = (command: string, args: ReadonlyArray<string>, cwd = project) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })

const readme = readFileSync(join(root, "README.md"), "utf8")
const block = (language: string, marker: string) => {
  const found = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].find(
    ([, language_, code]) => language_ === language && code?.includes(marker)
  )
  if (found?.[2] === undefined) throw new Error(`the README has no ${language} block with ${marker}`)
  return found[2].trim()
}

const [npm = "", ...install] = block("sh", "npm i ").split(/\s+/)
const example = block("ts", "readOr")

/** A program that imports everything the package exports. */
const entries = Object.keys(manifest.exports)
  .filter((entry) => !entry.endsWith(".json"))
  .map((entry, i) => `import * as entry${String(i)} from "effect-obs${entry.slice(1)}"\nvoid entry${String(i)}`)
  .join("\n")
const output = block("", "NoSuchBucket")

const versions = ["5.4", "5.9", "6", "7"]

// The oldest peers that the package admits; the README's line installs the newest
const oldest = ["effect@3.22.0", "@effect/platform@0.97.0"]
const resolutions = [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"]
] as const

try {
  run("npm", ["pack", "--silent", "--pack-destination", project], root)
  const tarball = readdirSync(project).find((name) => name.endsWith(".tgz")) ?? ""
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }))
  run(
    npm,
    install.map((word) => (word === "effect-obs" ? `./${tarball}` : word))
  )
  run("npm", [
    "i",
    "-D",
    "@types/node@20",
    ...versions.map((version) => `typescript-${version}@npm:typescript@${version}`)
  ])
  writeFileSync(join(project, "example.ts"), example)
  writeFileSync(join(project, "entries.ts"), entries)
  for (const version of versions) {
    const tsc = ["bin/tsc", "bin/tsc.js"].map((name) => join(project, `node_modules/typescript-${version}`, name))
    for (const [module, moduleResolution] of resolutions) {
      const config = {
        compilerOptions: {
          strict: true,
          target: "es2022",
          module,
          moduleResolution,
          outDir: "out",
          types: ["node"],
          skipLibCheck: true
        },
        files: ["example.ts", "entries.ts"]
      }
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config))
      try {
        run("node", [tsc.find(existsSync) ?? "", "-p", "."])
      } catch (error) {
        console.error(error)
        throw new Error(
          `the README's example, or an import, does not compile with TypeScript ${version} and ${moduleResolution}`
        )
      }
      const printed = run("node", ["out/example.js"]).trim()
      if (printed !== output) throw new Error(`the README's example prints ${printed}`)
      run("node", ["out/entries.js"])
      console.log(`TypeScript ${version}, moduleResolution ${moduleResolution}: compiles and runs`)
    }
  }
  run("npm", ["i", ...oldest])
  run("node", [join(project, "node_modules/typescript-7/bin/tsc"), "-p", "."])
  const printed = run("node", ["out/example.js"]).trim()
  if (printed !== output) throw new Error(`with ${oldest.join(" and ")} the README's example prints ${printed}`)
  console.log(`${oldest.join(" and ")}: compiles and runs`)
} finally {
  rmSync(project, { recursive: true, force: true })
}
