/**
 * Measures what the library adds to a bundle that has effect already, and fails where it is more than it should be.
 */
import { build } from "esbuild"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const entry = (code: string) =>
  build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL("..", import.meta.url)), loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    external: ["effect", "@effect/platform", "node:*"]
  })

const bundles = [
  ["one class", 'export { NoSuchKey } from "effect-obs/ObsError"', 3.8],
  ["every class", 'export { ObsError } from "effect-obs/ObsError"', 11.5],
  ["the decoder", 'export { decode } from "effect-obs/ObsResponse"', 18],
  ["everything", 'export * from "effect-obs"', 28]
] as const

for (const [name, code, limit] of bundles) {
  const { outputFiles } = await entry(code)
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
  const text = outputFiles.map((file) => file.text).join("")
  console.log(`${name}: ${(bytes / 1024).toFixed(2)} KiB gzip (at most ${String(limit)})`)
  if (bytes > limit * 1024) {
    console.error(`${name} has grown beyond ${String(limit)} KiB`)
    process.exitCode = 1
  }
  if (name === "one class" && text.includes("AccessForbidden")) {
    console.error("a bundle with one class has another one in it")
    process.exitCode = 1
  }
}
