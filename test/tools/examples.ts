/**
 * Compiles and runs every TypeScript example of the README, the docs and the docstrings, or one file that is named, as
 * users of the Effect that is installed write it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { pathToFileURL } from "node:url"
import ts from "typescript"
import { major, root } from "./major.js"
import { forMajor } from "./translate.js"

const scratch = join(root, ".examples")

const filesBelow = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))

interface Example {
  readonly origin: string
  readonly code: string
}

/** The code between ```ts and ```, with the line it begins at; in a docstring without the stars in front. */
const examplesOf = (file: string): ReadonlyArray<Example> => {
  const examples: Array<Example> = []
  let lines: Array<string> | undefined
  let start = 0
  for (const [i, line] of forMajor(major, readFileSync(join(root, file), "utf8"))
    .split("\n")
    .entries()) {
    const text = file.endsWith(".ts") ? line.replace(/^\s*\* ?/, "") : line
    if (lines === undefined && text === "```ts") {
      lines = []
      start = i + 1
    } else if (lines !== undefined && text === "```") {
      examples.push({ origin: `${file}:${String(start)}`, code: lines.join("\n") })
      lines = undefined
    } else {
      lines?.push(text)
    }
  }
  return examples
}

const [, , named] = process.argv

const programOf = (file: string): Example => ({
  origin: file,
  code: forMajor(major, readFileSync(join(root, file), "utf8"))
})

const examples =
  named === undefined
    ? ["README.md", ...filesBelow("docs", ".md"), ...filesBelow("src", ".ts")].flatMap(examplesOf)
    : [programOf(named)]

rmSync(scratch, { recursive: true, force: true })
mkdirSync(scratch)
const written = examples.map(({ code, origin }, i) => {
  const path = join(scratch, `example-${String(i)}.ts`)
  writeFileSync(path, `// ${origin}\n${code}\nexport {}\n`)
  return { path, origin }
})

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
const options = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), {}, host)?.options ?? {}
const program = ts.createProgram(
  written.map(({ path }) => path),
  { ...options, noUnusedLocals: false, noUnusedParameters: false }
)
const problems = ts
  .getPreEmitDiagnostics(program)
  .map((d) => `${d.file?.text.split("\n", 1).join("") ?? ""} ${ts.flattenDiagnosticMessageText(d.messageText, "\n")}`)

if (problems.length > 0) {
  console.error(problems.join("\n"))
  process.exitCode = 1
} else {
  for (const { origin, path } of written) {
    try {
      await import(pathToFileURL(path).href)
      if (named === undefined) console.log(`runs: ${origin}`)
    } catch (error) {
      console.error(`fails: ${origin} (${relative(root, path)})`, error)
      process.exitCode = 1
    }
  }
  if (named === undefined)
    console.log(`${String(written.length)} examples compiled and run with Effect ${String(major)}`)
}
