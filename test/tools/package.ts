/**
 * Looks at the package as it would be published: what is in it, what it depends on, and under which licences.
 */
import assert from "node:assert"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { fileURLToPath } from "node:url"
import { Schema } from "effect"

const root = fileURLToPath(new URL("..", import.meta.url))

const run = (...args: ReadonlyArray<string>) =>
  execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 26 })

const decode = <A, I>(schema: Schema.Schema<A, I>, json: string) =>
  Schema.decodeUnknownSync(Schema.parseJson(schema))(json)

const Pack = Schema.Tuple(Schema.Struct({ files: Schema.Array(Schema.Struct({ path: Schema.String })) }))
const [{ files }] = decode(Pack, run("pack", "--dry-run", "--json", "--ignore-scripts"))
const paths = new Set(files.map(({ path }) => path))

for (const path of ["LICENSE", "README.md", "CHANGELOG.md", "package.json"]) assert.ok(paths.has(path), `no ${path}`)
for (const path of paths) assert.match(path, /^(dist|src)\/|^(LICENSE|README\.md|CHANGELOG\.md|package\.json)$/)

// Every map leads to a source that is there too
const Sources = Schema.Struct({ sources: Schema.Array(Schema.String) })
const maps = [...paths].filter((path) => path.endsWith(".map"))
for (const path of maps) {
  for (const source of decode(Sources, readFileSync(join(root, path), "utf8")).sources) {
    const found = normalize(join(dirname(path), source))
    assert.ok(paths.has(found), `${path} leads to ${found}, which is not in the package`)
  }
}

const manifest = decode(
  Schema.Struct({
    exports: Schema.Record({ key: Schema.String, value: Schema.Unknown }),
    sideEffects: Schema.Literal(false),
    license: Schema.String,
    dependencies: Schema.optional(Schema.Object),
    peerDependencies: Schema.Record({ key: Schema.String, value: Schema.String })
  }),
  readFileSync(join(root, "package.json"), "utf8")
)
assert.strictEqual(manifest.dependencies, undefined)
assert.deepStrictEqual(Object.keys(manifest.peerDependencies), ["@effect/platform", "effect"])

// Nothing of Node but in the one entry of the test kit that says so
for (const path of paths) {
  if (!path.endsWith(".js") || path === "dist/testing/ObsTestServer.js") continue
  assert.doesNotMatch(readFileSync(join(root, path), "utf8"), /^import .* from "node:/m, path)
}

// A bill of materials can be made. It has nothing in it but the package, which brings nothing; its peers are free too
const Bill = Schema.Struct({ components: Schema.Array(Schema.Struct({ name: Schema.String })) })
const bill = decode(Bill, run("sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--package-lock-only"))
assert.deepStrictEqual(bill.components, [])
const Licence = Schema.Struct({ license: Schema.Literal("MIT") })
for (const name of ["..", ...Object.keys(manifest.peerDependencies)]) {
  decode(Licence, readFileSync(join(root, "node_modules", name, "package.json"), "utf8"))
}
console.log(`${String(paths.size)} files, ${String(maps.length)} maps with their sources, no dependency, all MIT`)
