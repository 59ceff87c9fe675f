/**
 * What an editor shows: names, not walls of 140 classes.
 */
import { major } from "#test/effect"
import { expect, it } from "@effect/vitest"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import { forMajor } from "./tools/translate.js"

const root = fileURLToPath(new URL("..", import.meta.url))
const file = `${root}test/hover.example.ts`
const code = forMajor(
  major,
  `
import { Effect } from "effect"
import { HttpClient } from "effect/http"
import { ObsError, ObsHttpClient, ObsOperation, ObsResponse } from "effect-obs"

export const failure = ObsResponse.decode({ status: 404, headers: {} })
export const client = HttpClient.HttpClient.pipe(Effect.map(ObsHttpClient.filterStatusOk))
export const answer = Effect.flatMap(client, (obs) => obs.get("https://obs.example.com"))
export const got = Effect.flatMap(answer, ObsResponse.expect(ObsOperation.GetObject))
export const narrowed = answer.pipe(ObsOperation.expect(ObsOperation.GetObject))
declare const error: ObsError.ObsError
export const same = error
declare const notFound: ObsError.NotFoundError
declare const either: Effect.Effect<string, ObsError.NoSuchKey | ObsError.SlowDown | RangeError>
export const handled = either.pipe(ObsError.catchStatus(404, () => Effect.succeed("")))
export const status = new ObsError.NoSuchKey().info.status
`
)

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
const options = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.json`, {}, host)?.options ?? {}

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => {
    const text = name === file ? code : ts.sys.readFile(name)
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text)
  },
  getCurrentDirectory: () => root,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => name === file || ts.sys.fileExists(name),
  readFile: (name) => (name === file ? code : ts.sys.readFile(name)),
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories
})

const hover = (declaration: string) => {
  const at = code.indexOf(declaration) + "const ".length
  return ts.displayPartsToString(service.getQuickInfoAtPosition(file, at)?.displayParts)
}

it("compiles the example", () => {
  expect(service.getSemanticDiagnostics(file).map((d) => ts.flattenDiagnosticMessageText(d.messageText, "\n"))).toEqual(
    []
  )
})

it.each([
  ["const failure", "const failure: ObsError.ObsFailure"],
  ["const same", "const same: ObsError.ObsError"],
  ["const status", "const status: 404"],
  ["const handled", "const handled: Effect.Effect<string, ObsError.SlowDown | RangeError, never>"],
  [
    "const answer",
    "const answer: Effect.Effect<HttpClientResponse, ObsError.ObsFailure | HttpClientError, HttpClient.HttpClient>"
  ],
  [
    "const narrowed",
    "const narrowed: Effect.Effect<HttpClientResponse, HttpClientError | ObsError.UnexpectedObsError | ObsOperation.GetObjectError, HttpClient.HttpClient>"
  ]
])("shows %s as one name", (declaration, shown) => {
  expect(hover(declaration)).toBe(shown)
})
