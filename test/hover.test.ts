/**
 * What an editor shows: names, not walls of 140 classes, and documentation where a function is called and a field is used.
 */
import { major } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
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
import { ObsError, ObsHttpClient, ObsOperation, ObsResponse, ObsRetry } from "effect-obs"

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

declare const plain: HttpClient.HttpClient
export const calls = [
  either.pipe(ObsError.catchStatus(404, () => Effect.void)),
  ObsError.catchStatus(either, 404, () => Effect.void),
  either.pipe(ObsError.catchCategory("NotFound", () => Effect.void)),
  ObsError.catchCategory(either, "NotFound", () => Effect.void),
  either.pipe(ObsError.catchRetryable(() => Effect.void)),
  ObsError.catchRetryable(either, () => Effect.void),
  [error].filter(ObsError.isStatus(404)),
  [error].filter(ObsError.isStatus(error.status)),
  ObsError.isStatus(error, 404),
  ObsError.isStatus(error, error.status),
  [error].filter(ObsError.isCategory("NotFound")),
  [error].filter(ObsError.isCategory(error.category)),
  ObsError.isCategory(error, "NotFound"),
  ObsError.isCategory(error, error.category),
  ObsOperation.expect(answer, ObsOperation.GetObject),
  answer.pipe(ObsOperation.expect(ObsOperation.GetObject)),
  either.pipe(ObsRetry.retry({ attempts: 2 })),
  ObsRetry.retry(either, { attempts: 2 }),
  plain.pipe(ObsHttpClient.filterStatusOk({ maxBytes: 1 }), ObsHttpClient.retry({ attempts: 2 })),
  ObsHttpClient.retry(ObsHttpClient.filterStatusOk(plain), { attempts: 2 })
]

export const skewed = new ObsError.RequestTimeTooSkewed({ requestId: "42" })
export const made = new ObsError.NoSuchKey({ key: "a.txt" })
export const field = made.key
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

const program = service.getProgram() ?? ts.createProgram([], options)
const checker = program.getTypeChecker()

const docOf = (symbol: ts.Symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker))

const exportsOf = (name: string) => {
  const source = program.getSourceFile(`${root}src/${name}.ts`)
  const exported = source && checker.getSymbolAtLocation(source)
  return (exported ? checker.getExportsOfModule(exported) : []).map((symbol) => ({
    name: symbol.name,
    symbol: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  }))
}

const infoAt = (at: number) => {
  const info = service.getQuickInfoAtPosition(file, at)
  return { shown: ts.displayPartsToString(info?.displayParts), doc: ts.displayPartsToString(info?.documentation) }
}

const hover = (declaration: string) => infoAt(code.indexOf(declaration) + "const ".length).shown

/** What is shown at each place where the example has a text. */
const everywhere = (text: string) =>
  code
    .split(text)
    .slice(1)
    .map((_, i, rest) => infoAt(code.length - rest.slice(i).join(text).length - text.length))

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

describe("documentation where a function is called", () => {
  it.each([
    ["catchStatus(", 3, /^Handles every failure with a status/],
    ["catchCategory(", 2, /^Handles every failure of a category/],
    ["catchRetryable(", 2, /^Handles every failure that/],
    ["isStatus(", 4, /^Returns whether .* status/],
    ["isCategory(", 4, /^Returns whether .* category/],
    ["expect(", 4, /UnexpectedObsError/],
    ["retry(", 4, /attempt/],
    ["filterStatusOk(", 2, /failure/]
  ])("%s", (text, count, expected) => {
    const calls = everywhere(text)
    expect(calls).toHaveLength(count)
    for (const { doc } of calls) expect(doc).toMatch(expected)
  })
})

describe("fields of a class", () => {
  it("are documented on an error and in its constructor", () => {
    const onError = infoAt(code.indexOf("made.key") + "made.".length)
    expect(onError).toEqual({
      shown: "(property) key?: string | undefined",
      doc: "The key of the object that was not found."
    })
    expect(infoAt(code.indexOf('key: "a.txt"'))).toEqual(onError)
  })

  it("are completed with their documentation", () => {
    const at = code.indexOf('key: "a.txt"')
    const completion = (name: string) => service.getCompletionEntryDetails(file, at, name, {}, undefined, {}, undefined)
    for (const name of ["key", "requestId", "message", "retryAfter"])
      expect(ts.displayPartsToString(completion(name)?.documentation), name).not.toBe("")
  })

  it("are written out in the signature of the constructor", () => {
    const shown = [infoAt(code.indexOf("NoSuchKey({")), infoAt(code.indexOf("RequestTimeTooSkewed({"))].map(
      ({ shown }) => shown.replace(/\s+/g, " ")
    )
    expect(shown).toEqual([
      "constructor NoSuchKey(props?: (ObsError.AnswerProps & { readonly key?: string | undefined; }) | undefined): ObsError.NoSuchKey",
      "constructor RequestTimeTooSkewed(props?: (ObsError.AnswerProps & { readonly requestTime?: Utc | undefined; readonly serverTime?: Utc | undefined; readonly maxAllowedSkew?: Duration | undefined; }) | undefined): ObsError.RequestTimeTooSkewed"
    ])
  })

  it("are all documented", () => {
    const fields = exportsOf("ObsError").flatMap(({ name, symbol }) =>
      (symbol.flags & ts.SymbolFlags.Class ? checker.getDeclaredTypeOfSymbol(symbol).getProperties() : [])
        .filter(({ declarations = [] }) =>
          declarations.some((node) => node.getSourceFile().fileName.startsWith(`${root}src/errors/`))
        )
        .map((property) => ({ field: `${name}.${property.name}`, doc: docOf(property) }))
    )
    expect(fields.length).toBeGreaterThan(20)
    expect(fields.filter(({ doc }) => doc === "")).toEqual([])
  })
})

it("says of every union of a status that it is one", () => {
  const unions = exportsOf("ObsError").filter(
    ({ name, symbol }) =>
      name !== "TypeId" && symbol.flags & ts.SymbolFlags.TypeAlias && symbol.flags & ts.SymbolFlags.Variable
  )
  expect(unions.length).toBeGreaterThan(15)
  for (const { name, symbol } of unions) expect(docOf(symbol), name).toMatch(/^Union of /)
})

it.each(["ObsCredentials", "ObsError", "ObsHttpClient", "ObsOperation", "ObsResponse", "ObsRetry", "ObsSigner"])(
  "documents every export of %s",
  (name) => {
    const exported = exportsOf(name)
    expect(exported).not.toEqual([])
    expect(exported.filter(({ symbol }) => docOf(symbol) === "").map(({ name }) => name)).toEqual([])
  }
)
