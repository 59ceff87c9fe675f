/**
 * Writes docs/api.txt, the declarations of everything public without their docstrings, or with `--check` tells whether it
 * is what the sources declare. A change of the API is a change of this file, to be looked at in the diff.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { relative } from "node:path"
import { fileURLToPath } from "node:url"
import ts from "typescript"

const root = fileURLToPath(new URL("..", import.meta.url))
const target = new URL("api.txt", import.meta.url)

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
const config = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.build.json`, {}, host)
if (config === undefined) throw new Error("tsconfig.build.json cannot be read")

const program = ts.createProgram(config.fileNames, {
  ...config.options,
  declarationMap: false,
  emitDeclarationOnly: true,
  removeComments: true
})

const declarations: Array<readonly [name: string, text: string]> = []
program.emit(undefined, (name, text) => {
  declarations.push([relative(`${root}dist`, name), text])
})

// Of what is internal only what public declarations speak of is of interest, and that is in the module of the classes
const isPublic = (name: string) => !name.startsWith("internal/") || name === "internal/errorClass.d.ts"

const document = declarations
  .filter(([name]) => isPublic(name))
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([name, text]) => `// ${name}\n${text}`)
  .join("\n")

if (!process.argv.includes("--check")) {
  writeFileSync(target, document)
} else if (readFileSync(target, "utf8") !== document) {
  console.error("docs/api.txt is not what the sources declare: run `npm run docs` and look at the difference")
  process.exitCode = 1
}
