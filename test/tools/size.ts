/**
 * Measures what the library adds to a bundle, with esbuild and with rollup, and fails where it is more than it should
 * be, or where a bundle has a class that it does not use.
 */
import { build, transform } from "esbuild"
import { gzipSync } from "node:zlib"
import { rollup } from "rollup"
import { packageFolder } from "./major.js"

const gzip = (code: string | Uint8Array) => gzipSync(code, { level: 9 }).length

const withEsbuild = async (code: string, external: ReadonlyArray<string>) => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: packageFolder, loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: [...external]
  })
  return outputFiles.map(({ text }) => text).join("")
}

const withRollup = async (code: string) => {
  const bundle = await rollup({
    input: "entry",
    external: (id) => /^(effect|@effect\/platform|node:|aws4fetch)/.test(id) && !id.startsWith("effect-obs"),
    onwarn: () => undefined,
    plugins: [
      {
        name: "entry",
        resolveId: (id) => {
          if (id === "entry") return id
          return id.startsWith("effect-obs")
            ? `${packageFolder}/dist/${id.slice("effect-obs/".length) || "index"}.js`
            : null
        },
        load: (id) => (id === "entry" ? code : null)
      }
    ]
  })
  const { output } = await bundle.generate({ format: "esm" })
  const text = output.map((chunk) => (chunk.type === "chunk" ? chunk.code : "")).join("")
  return (await transform(text, { minify: true, format: "esm", target: "es2022" })).code
}

const effect = ["effect", "@effect/platform", "node:*", "aws4fetch"]

// What a program with one error of effect's own has already
const schema = `import * as Schema from "effect/Schema"
export class A extends Schema.TaggedError("A")("A", { key: Schema.optional(Schema.String) }) {}`

/** KiB of gzip: with effect outside, and what is added to the bundle of a program that has a Schema.TaggedError. */
interface Entry {
  readonly name: string
  readonly code: string
  readonly external: number
  readonly added?: number
}

const entries: ReadonlyArray<Entry> = [
  { name: "one class", code: 'export { NoSuchKey } from "effect-obs/ObsError"', external: 5.2, added: 4.2 },
  { name: "every class", code: 'export { ObsError } from "effect-obs/ObsError"', external: 13.1, added: 13.3 },
  { name: "one operation", code: 'export { GetObject } from "effect-obs/ObsOperation"', external: 7.1 },
  { name: "the decoder", code: 'export { decode } from "effect-obs/ObsResponse"', external: 22.7, added: 22.8 },
  { name: "one signature", code: 'export { sign, presign } from "effect-obs/ObsSigner"', external: 7.2 },
  { name: "everything", code: 'export * from "effect-obs"', external: 47.6 }
]

const kib = (bytes: number) => (bytes / 1024).toFixed(2)

const check = (name: string, bytes: number, limit: number) => {
  console.log(`${name}: ${kib(bytes)} KiB gzip (at most ${String(limit)})`)
  if (bytes > limit * 1024) {
    console.error(`${name} has grown beyond ${String(limit)} KiB`)
    process.exitCode = 1
  }
}

const base = gzip(await withEsbuild(schema, ["node:*"]))

for (const { added, code, external, name } of entries) {
  const bundles = [
    ["esbuild", await withEsbuild(code, effect)],
    ["rollup", await withRollup(code)]
  ] as const
  for (const [bundler, text] of bundles) {
    check(`${name}, ${bundler}, effect outside`, gzip(text), external)
    if (name.startsWith("one") && text.includes("AccessForbidden")) {
      console.error(`a bundle with ${name} has a class that it does not use`)
      process.exitCode = 1
    }
  }
  if (added !== undefined) {
    check(`${name}, esbuild, over effect's Schema`, gzip(await withEsbuild(code, ["node:*"])) - base, added)
  }
}
