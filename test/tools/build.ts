/**
 * Builds the package for the Effect that is installed, as it is published, in `dist/effect3` or `dist/effect4`:
 * JavaScript that is the same for both but for the version layer, declarations, sources, README and docs.
 */
import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import manifest from "../../package.json" with { type: "json" }
import { major, packageFolder, root } from "./major.js"
import { forMajor } from "./translate.js"

/**
 * Only for those who sign with version 4 of AWS (docs/adr/0013-signatures.md), and for those who keep an emulator's objects
 * in a folder (docs/adr/0016-emulator.md).
 */
const optional = { aws4fetch: "^1.0.20", "classic-level": "^3.0.0" }

/** What is different of the two packages, besides the layer. */
const lines = {
  3: {
    tag: "effect-3",
    peers: { "@effect/platform": ">=0.97.0 <0.98.0", ...optional, effect: ">=3.22.0 <4.0.0" }
  },
  4: {
    tag: "latest",
    peers: { ...optional, effect: ">=4.1.0 <4.2.0" }
  }
}

const http = major === 3 ? "@effect/platform" : "effect/http"
const layer = `internal/effect${String(major)}`
const otherLayer = `internal/effect${major === 3 ? "4" : "3"}`

rmSync(packageFolder, { recursive: true, force: true })
mkdirSync(packageFolder, { recursive: true })

const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json", "--outDir", join(packageFolder, "dist")], {
  cwd: root,
  stdio: "inherit"
})
if (status !== 0) process.exit(1)

cpSync(join(root, "src"), join(packageFolder, "src"), {
  recursive: true,
  filter: (path) => !path.endsWith(otherLayer)
})

const translate = (from: string, to = from) => {
  writeFileSync(join(packageFolder, to), forMajor(major, readFileSync(join(root, from), "utf8")))
}
for (const path of readdirSync(join(packageFolder, "dist"), { recursive: true, encoding: "utf8" })) {
  const file = join(packageFolder, "dist", path)
  const edit = (f: (text: string) => string) => {
    writeFileSync(file, f(readFileSync(file, "utf8")))
  }
  // Declarations name the modules of the HTTP client as users know them
  if (path.endsWith(".d.ts")) edit((text) => forMajor(major, text).replaceAll('"#http/', `"${http}/`))
  // The sources are beside `dist` in the package
  if (path.endsWith(".map")) edit((text) => text.replaceAll('"../../', '"'))
}

for (const path of ["README.md", "CHANGELOG.md"]) translate(path)
cpSync(join(root, "LICENSE"), join(packageFolder, "LICENSE"))
mkdirSync(join(packageFolder, "docs"))
for (const name of readdirSync(join(root, "docs"))) if (name.endsWith(".md")) translate(`docs/${name}`)

const { peers, tag } = lines[major]
const { bin, dependencies, description, engines, exports, keywords, license, name, sideEffects, type, version } =
  manifest
const [, minor, patch] = version.split(".")
const published = {
  name,
  // The major version is that of Effect
  version: [major, minor, patch].join("."),
  description,
  keywords,
  license,
  type,
  sideEffects,
  engines,
  bin,
  exports,
  imports: {
    "#effect/*": { types: `./dist/${layer}/*.d.ts`, default: `./dist/${layer}/*.js` },
    "#http/*": `${http}/*`
  },
  files: ["dist", "docs", "src", "CHANGELOG.md"],
  publishConfig: { access: "public", tag },
  dependencies,
  peerDependencies: peers,
  peerDependenciesMeta: Object.fromEntries(Object.keys(optional).map((name) => [name, { optional: true }]))
}
writeFileSync(join(packageFolder, "package.json"), `${JSON.stringify(published, null, 2)}\n`)
console.log(`dist/effect${String(major)}: ${name} ${published.version}`)
