/**
 * The entries of the package: what they export can be had from them and nowhere else, and where they run.
 */
import { describe, expect, it } from "@effect/vitest"
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import manifest from "../package.json" with { type: "json" }

const root = fileURLToPath(new URL("..", import.meta.url))

const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [[`effect-obs${path.slice(1)}`, target] as const]
)

/** One module of an entry, its sources and whatever they import, for a browser. */
const bundle = (entry: string) =>
  build({
    stdin: { contents: `export * from "${entry}"`, resolveDir: root, loader: "ts" },
    tsconfig: `${root}tsconfig.json`,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "silent"
  })

describe("the entries of the package", () => {
  it("have their types beside them", () => {
    for (const [, { default: module, types }] of entries) expect(types).toBe(module.replace(/\.js$/, ".d.ts"))
  })

  it("are all that the compiler finds under its name", () => {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
    expect(ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.json`, {}, host)?.options.paths).toEqual(
      Object.fromEntries(
        entries.map(([entry, target]) => [entry, [target.default.replace(/^\.\/dist\/(.*)\.js$/, "./src/$1.ts")]])
      )
    )
  })
})

describe("for a browser", () => {
  const portable = entries.map(([entry]) => entry).filter((entry) => !entry.endsWith("/node"))

  it.each(portable)("%s can be bundled, with nothing of Node", async (entry) => {
    const { metafile, outputFiles } = await bundle(entry)
    const imports = Object.values(metafile.inputs).flatMap((input) => input.imports.map(({ path }) => path))
    expect(imports.length).toBeGreaterThan(0)
    expect(imports.filter((path) => path.startsWith("node:"))).toEqual([])
    expect(outputFiles.map(({ text }) => text).join("")).not.toMatch(/(?:from|import|require)\s*\(?\s*["']node:/)
  })

  it("effect-obs/testing/node cannot", async () => {
    await expect(bundle("effect-obs/testing/node")).rejects.toThrow("Could not resolve")
  })
})
