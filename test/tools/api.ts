/**
 * Writes test/tools/api.txt, the declarations of everything public without their docstrings, or with `--check` tells whether it
 * is what the sources declare. A change of the API is a change of this file, to be looked at in the diff.
 */
import { dirname, join, relative } from "node:path"
import ts from "typescript"
import { put } from "./generated.js"
import { root } from "./major.js"

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
const config = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.build.json`, {}, host)
if (config === undefined) throw new Error("tsconfig.build.json cannot be read")

const program = ts.createProgram(config.fileNames, {
  ...config.options,
  outDir: `${root}dist`,
  declarationMap: false,
  emitDeclarationOnly: true,
  removeComments: true
})

const declarations = new Map<string, string>()
program.emit(undefined, (name, text) => {
  declarations.set(relative(`${root}dist`, name), text)
})

// What is internal belongs to it where public declarations speak of it
const shown = new Set<string>()
const show = (name: string): void => {
  if (shown.has(name)) return
  shown.add(name)
  for (const [, path = ""] of (declarations.get(name) ?? "").matchAll(/from "(\.[^"]*)\.js"/g)) {
    show(join(dirname(name), `${path}.d.ts`))
  }
}
for (const name of declarations.keys()) if (!name.startsWith("internal/")) show(name)

const document = [...shown]
  .sort()
  .map((name) => `// ${name}\n${declarations.get(name) ?? ""}`)
  .join("\n")

put("test/tools/api.txt", document, "the sources declare")
