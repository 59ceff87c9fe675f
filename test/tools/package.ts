/**
 * Looks at both packages as they would be published: what is in each, what it depends on, and that they are the same but
 * for the version layer.
 */
import { Schema } from "#test/effect"
import assert from "node:assert"
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { dirname, join, normalize } from "node:path"
import { root } from "./major.js"

const decode = <A, I>(schema: Schema.Codec<A, I>, json: string) =>
  Schema.decodeUnknownSync(Schema.fromJsonString(schema))(json)

const Pack = Schema.Tuple([Schema.Struct({ files: Schema.Array(Schema.Struct({ path: Schema.String })) })])

const Sources = Schema.Struct({ sources: Schema.Array(Schema.String) })

const Manifest = Schema.Struct({
  sideEffects: Schema.Literal(false),
  license: Schema.Literal("MIT"),
  bin: Schema.Struct({ "effect-obs-emulator": Schema.String }),
  dependencies: Schema.Record(Schema.String, Schema.String),
  peerDependencies: Schema.Record(Schema.String, Schema.String)
})

const ofNode = /^dist\/(testing\/(ObsTestServer|emulator\/\w+)|internal\/folder\/\w+)\.js$/

const topLevel = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"]

const check = (major: 3 | 4, peers: ReadonlyArray<string>) => {
  const folder = join(root, `dist/effect${String(major)}`)
  const read = (path: string) => readFileSync(join(folder, path), "utf8")
  const json = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 2 ** 26
  })
  const [{ files }] = decode(Pack, json)
  const paths = new Set(files.map(({ path }) => path))
  for (const path of topLevel) assert.ok(paths.has(path), `no ${path}`)
  const expected = /^(dist|src|docs)\//
  for (const path of paths) assert.ok(expected.test(path) || topLevel.includes(path), `${path} should not be there`)

  // Every map leads to a source that is there too, and every link of a document to a page
  const maps = [...paths].filter((path) => path.endsWith(".map"))
  for (const path of maps) {
    for (const source of decode(Sources, read(path)).sources) {
      const found = normalize(join(dirname(path), source))
      assert.ok(paths.has(found), `${path} leads to ${found}, which is not in the package`)
    }
  }
  for (const path of paths) {
    if (!path.endsWith(".md") || path === "CHANGELOG.md") continue
    for (const [, link = ""] of read(path).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      const found = normalize(join(dirname(path), link))
      assert.ok(paths.has(found), `${path} leads to ${found}, which is not in the package`)
    }
  }

  const manifest = decode(Manifest, read("package.json"))
  assert.deepStrictEqual(Object.keys(manifest.dependencies), ["@noble/hashes"])
  assert.deepStrictEqual(Object.keys(manifest.peerDependencies), peers)

  // Nothing of Node but in the entry that says so, what is behind it, and the command
  const code = [...paths].filter((path) => path.endsWith(".js"))
  for (const path of code) if (!ofNode.test(path)) assert.doesNotMatch(read(path), /^import .* from "node:/m, path)

  // npm makes it a command, which begins with who runs it
  assert.deepStrictEqual(manifest.bin, { "effect-obs-emulator": "./dist/testing/emulator/bin.js" })
  assert.match(read(manifest.bin["effect-obs-emulator"]), /^#!\/usr\/bin\/env node\n/)
  console.log(`effect${String(major)}: ${String(paths.size)} files, ${String(maps.length)} maps with their sources`)
  return new Map(code.filter((path) => !path.startsWith(`dist/internal/effect`)).map((path) => [path, read(path)]))
}

const code3 = check(3, ["@effect/platform", "aws4fetch", "classic-level", "effect"])
const code4 = check(4, ["aws4fetch", "classic-level", "effect"])
assert.deepStrictEqual(code3, code4)
console.log(`${String(code3.size)} modules are the same in both`)
