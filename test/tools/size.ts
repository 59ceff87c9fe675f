/**
 * Measures what the library adds to a bundle, with esbuild and with rollup, and fails where it is more than it should
 * be, or where a bundle has a class that it does not use.
 */
import type { Plugin } from "esbuild"
import { build, transform } from "esbuild"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { rollup } from "rollup"
import { major, packageFolder, root } from "./major.js"

const gzip = (code: string | Uint8Array) => gzipSync(code, { level: 9 }).length

const withEsbuild = async (code: string, external: ReadonlyArray<string>, plugins: ReadonlyArray<Plugin> = []) => {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: packageFolder, loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: [...external],
    plugins: [...plugins]
  })
  return outputFiles.map(({ text }) => text).join("")
}

/** Leaves outside what is loaded when it is first needed, such as AWS 4. */
const later: Plugin = {
  name: "later",
  setup: ({ onResolve }) => {
    onResolve({ filter: /^\.{1,2}\// }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined
    )
  }
}

const withRollup = async (code: string) => {
  const bundle = await rollup({
    input: "entry",
    external: (id) => /^(effect|@effect\/platform|#http|node:|aws4fetch)/.test(id) && !id.startsWith("effect-obs"),
    onwarn: () => undefined,
    plugins: [
      {
        name: "entry",
        resolveId: (id) => {
          if (id === "entry") return id
          const layer = /^#effect\/(.*)/.exec(id)?.[1]
          if (id.startsWith("@noble/")) return join(root, "node_modules", id)
          if (layer !== undefined) return `${packageFolder}/dist/internal/effect${String(major)}/${layer}.js`
          return id.startsWith("effect-obs")
            ? `${packageFolder}/dist/${id.slice("effect-obs/".length) || "index"}.js`
            : null
        },
        load: (id) => (id === "entry" ? code : null)
      }
    ]
  })
  const { output } = await bundle.generate({ format: "esm" })
  // What is imported when it is needed, such as version 4 of signatures, is not loaded with the rest
  const chunks = output.flatMap((chunk) => (chunk.type === "chunk" && !chunk.isDynamicEntry ? [chunk.code] : []))
  const minified = chunks.map((code) => transform(code, { minify: true, format: "esm", target: "es2022" }))
  return (await Promise.all(minified)).map(({ code }) => code).join("")
}

const effect = ["effect", "@effect/platform", "#http/*", "node:*", "aws4fetch"]

/** KiB of gzip: with Effect outside, and with all of Effect that it needs inside, for each major version. */
interface Entry {
  readonly name: string
  readonly code: string
  readonly outside: number
  readonly inside?: Record<typeof major, number>
}

const entries: ReadonlyArray<Entry> = [
  { name: "one class", code: 'export { NoSuchKey } from "effect-obs/ObsError"', outside: 6 },
  { name: "every class", code: 'export { ObsError } from "effect-obs/ObsError"', outside: 14 },
  { name: "one operation", code: 'export { GetObject } from "effect-obs/ObsOperation"', outside: 8 },
  {
    name: "the decoder",
    code: 'export { decode } from "effect-obs/ObsResponse"',
    outside: 23.8,
    inside: { 3: 80.2, 4: 51.6 }
  },
  { name: "one signature", code: 'export { sign, presign } from "effect-obs/ObsSigner"', outside: 11 },
  {
    name: "a call",
    code: 'export { getObject, layer } from "effect-obs/ObsClient"',
    outside: 54.2,
    inside: { 3: 128.8, 4: 91 }
  },
  { name: "everything", code: 'export * from "effect-obs"', outside: 74.5 }
]

const kib = (bytes: number) => (bytes / 1024).toFixed(2)

const check = (name: string, bytes: number, limit: number) => {
  console.log(`${name}: ${kib(bytes)} KiB gzip (at most ${String(limit)})`)
  if (bytes > limit * 1024) {
    console.error(`${name} has grown beyond ${String(limit)} KiB`)
    process.exitCode = 1
  }
}

for (const { code, inside, name, outside } of entries) {
  const bundles = [
    ["esbuild", await withEsbuild(code, effect)],
    ["rollup", await withRollup(code)]
  ] as const
  for (const [bundler, text] of bundles) {
    check(`${name}, ${bundler}, Effect outside`, gzip(text), outside)
    if (name.startsWith("one") && text.includes("AccessForbidden")) {
      console.error(`a bundle with ${name} has a class that it does not use`)
      process.exitCode = 1
    }
  }
  if (inside !== undefined) {
    const whole = await withEsbuild(code, ["node:*", "aws4fetch"], [later])
    check(`${name}, esbuild, Effect ${String(major)} inside`, gzip(whole), inside[major])
  }
}

const plain = await withEsbuild('export { filterStatusOk, retry } from "effect-obs/ObsHttpClient"', effect, [later])
const signing = await withEsbuild('export { filterStatusOk, retry, sign } from "effect-obs/ObsHttpClient"', effect, [
  later
])
check("what signing adds, esbuild, Effect outside", gzip(signing) - gzip(plain), 6)
