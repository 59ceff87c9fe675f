/**
 * Does what a new user does: packs the library, installs it into an empty project as its README says, and compiles and
 * runs the README's example, and a program that imports every entry, with every supported version of TypeScript. Then
 * checks the declarations themselves, in projects that know the types of browsers, of Node and of neither, and that npm
 * does not install the package beside the other Effect.
 */
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import manifest from "../../package.json" with { type: "json" }
import { major, packageFolder } from "./major.js"

const project = mkdtempSync(join(tmpdir(), "effect-obs-consumer-"))

const run = (command: string, args: ReadonlyArray<string>, cwd = project) =>
  execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })

const readme = readFileSync(join(packageFolder, "README.md"), "utf8")
const block = (language: string, marker: string) => {
  const found = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].find(
    ([, language_, code]) => language_ === language && code?.includes(marker)
  )
  if (found?.[2] === undefined) throw new Error(`the README has no ${language} block with ${marker}`)
  return found[2].trim()
}

const [npm = "", ...install] = block("sh", "npm i ").split(/\s+/)
const example = block("ts", "layerClient")

/** A program that imports everything the package exports. */
const entries = Object.keys(manifest.exports)
  .filter((entry) => !entry.endsWith(".json"))
  .map((entry, i) => `import * as entry${String(i)} from "effect-obs${entry.slice(1)}"\nvoid entry${String(i)}`)
  .join("\n")
const output = block("", "meow")

const versions = ["5.4", "5.9", "6", "7"]

// The oldest that the package admits; the README's line installs the newest
const oldest = [
  "@noble/hashes@2.0.0",
  ...(major === 3 ? ["effect@3.22.0", "@effect/platform@0.97.0"] : ["effect@4.1.0"])
]

/** What the package is not for. */
const other = major === 3 ? "effect@4" : "effect@3"
const resolutions = [
  ["nodenext", "nodenext"],
  ["esnext", "bundler"]
] as const

// Whatever the package exports, and a handler whose type has to be right
const declarations = `
import { Effect } from "effect"
import * as Obs from "effect-obs"
import * as Kit from "effect-obs/testing"
import { ObsError } from "effect-obs"
export { Kit, Obs }
declare const program: Effect.Effect<string, ObsError.NoSuchKey | ObsError.SlowDown>
export const handled: Effect.Effect<string, ObsError.SlowDown> = program.pipe(
  ObsError.catchStatus(404, (error) => Effect.succeed(error.key ?? "no key"))
)
`

const projects = [
  { name: "types of browsers", lib: ["ES2023", "DOM", "DOM.Iterable"], types: [] },
  { name: "types of Node", lib: ["ES2023"], types: ["node"] },
  { name: "neither", lib: ["ES2023"], types: [] }
]

const tscOf = (version: string) =>
  ["bin/tsc", "bin/tsc.js"].map((name) => join(project, `node_modules/typescript-${version}`, name)).find(existsSync) ??
  ""

const isOfEffect = (error: string) => /^node_modules\/@?effect\//.test(error)

/** What an error of the compiler misses, or where it is about something else, the error. */
const missing = (error: string) => /Cannot find name '(\w+)'/.exec(error)?.[1] ?? error

/**
 * Checks declarations with `skipLibCheck` off. Those of Effect do not compile everywhere, since they name types of browsers
 * or of Node; ours may name the same, and have no other error.
 */
const checkDeclarations = (version: string, { lib, name, types }: (typeof projects)[number]) => {
  const config = {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      target: "es2022",
      module: "nodenext",
      noEmit: true,
      lib,
      types,
      skipLibCheck: false
    },
    files: ["declarations.ts"]
  }
  writeFileSync(join(project, "tsconfig.declarations.json"), JSON.stringify(config))
  writeFileSync(join(project, "declarations.ts"), declarations)
  const args = [tscOf(version), "-p", "tsconfig.declarations.json", "--pretty", "false"]
  const { status, stdout } = spawnSync("node", args, { cwd: project, encoding: "utf8" })
  const errors = stdout.split("\n").filter((line) => line.includes("error TS"))
  const ofEffect = errors.filter(isOfEffect)
  const excused = new Set(ofEffect.map(missing))
  if ((status !== 0 && errors.length === 0) || !errors.map(missing).every((name) => excused.has(name))) {
    throw new Error(`with TypeScript ${version} and ${name} the declarations do not compile\n${stdout}`)
  }
  const counts = `${String(ofEffect.length)} errors of Effect's, ${String(errors.length - ofEffect.length)} of ours`
  console.log(`TypeScript ${version}, declarations with ${name}: ${counts}`)
}

try {
  run("npm", ["pack", "--silent", "--pack-destination", project], packageFolder)
  const tarball = readdirSync(project).find((name) => name.endsWith(".tgz")) ?? ""
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }))
  run(
    npm,
    install.map((word) => (word.startsWith("effect-obs") ? `./${tarball}` : word))
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
        run("node", [tscOf(version), "-p", "."])
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
  for (const version of ["6", "7"]) for (const kind of projects) checkDeclarations(version, kind)
  // The command, as it is found in a project that has the package, and by npx in a folder that has nothing
  const empty = mkdtempSync(join(tmpdir(), "effect-obs-empty-"))
  const inProject = run("npx", ["--no-install", "effect-obs-emulator", "--version"]).trim()
  const alone = run("npx", ["-y", "-p", join(project, tarball), "effect-obs-emulator", "--version"], empty).trim()
  rmSync(empty, { recursive: true })
  if (inProject !== alone || !/^\d+\.\d+\.\d+$/.test(alone)) {
    throw new Error(`effect-obs-emulator says ${inProject} in a project, and ${alone} in an empty folder`)
  }
  console.log(`effect-obs-emulator ${alone}: found in a project and by npx in an empty folder`)
  run("npm", ["i", ...oldest])
  run("node", [tscOf("7"), "-p", "."])
  const printed = run("node", ["out/example.js"]).trim()
  if (printed !== output) throw new Error(`with ${oldest.join(" and ")} the README's example prints ${printed}`)
  console.log(`${oldest.join(" and ")}: compiles and runs`)
  const refused = mkdtempSync(join(project, "refused-"))
  writeFileSync(join(refused, "package.json"), JSON.stringify({ private: true, type: "module" }))
  run("npm", ["i", other], refused)
  const { status, stderr } = spawnSync("npm", ["i", join(project, tarball)], { cwd: refused, encoding: "utf8" })
  if (status === 0 || !stderr.includes("ERESOLVE")) throw new Error(`npm installs the package beside ${other}`)
  console.log(`${other}: npm refuses to install the package`)
} finally {
  rmSync(project, { recursive: true, force: true })
}
