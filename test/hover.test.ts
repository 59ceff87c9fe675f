/**
 * What an editor shows: names, not walls of 140 classes, and documentation where a function is called and a field is used.
 */
import { major } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { fileURLToPath } from "node:url"
import ts from "typescript"
import manifest from "../package.json" with { type: "json" }
import { forMajor } from "./tools/translate.js"

const root = fileURLToPath(new URL("..", import.meta.url))
const file = `${root}test/hover.example.ts`

/** A program that calls every function in each of its forms, and makes every error that needs properties. */
const written = forMajor(
  major,
  `
import { Effect, Stream } from "effect"
import { HttpClient, HttpClientRequest } from "effect/http"
import { ObsClient, ObsCredentials, ObsError, ObsHttpClient, ObsOperation, ObsResponse, ObsRetry, ObsSigner } from "effect-obs"
import { ObsAnswer, ObsArbitrary, ObsFault, ObsTest, ObsTestApp, ObsTestClient, ObsTestService } from "effect-obs/testing"
import { ObsTestFolder, ObsTestServer } from "effect-obs/testing/node"

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
  answer.pipe(ObsError.catchStatus(404, () => Effect.void)),
  ObsError.catchStatus(answer, 404, () => Effect.void),
  either.pipe(ObsError.catchCategory("NotFound", () => Effect.void)),
  ObsError.catchCategory(either, "NotFound", () => Effect.void),
  answer.pipe(ObsError.catchCategory("NotFound", () => Effect.void)),
  ObsError.catchCategory(answer, "NotFound", () => Effect.void),
  either.pipe(ObsError.catchRetryable(() => Effect.void)),
  ObsError.catchRetryable(either, () => Effect.void),
  answer.pipe(ObsError.catchRetryable(() => Effect.void)),
  ObsError.catchRetryable(answer, () => Effect.void),
  [error].filter(ObsError.isStatus(404)),
  [error].filter(ObsError.isStatus(error.status)),
  ObsError.isStatus(error, 404),
  ObsError.isStatus(error, error.status),
  [error].filter(ObsError.isCategory("NotFound")),
  [error].filter(ObsError.isCategory(error.category)),
  ObsError.isCategory(error, "NotFound"),
  ObsError.isCategory(error, error.category),
  ObsError.byCode("NoSuchKey"),
  ObsError.httpApiErrors(ObsError.NoSuchKey, ObsError.ForbiddenError),
  ObsOperation.expect(answer, ObsOperation.GetObject),
  answer.pipe(ObsOperation.expect(ObsOperation.GetObject)),
  either.pipe(ObsRetry.retry({ attempts: 2 })),
  ObsRetry.retry(either, { attempts: 2 }),
  answer.pipe(ObsRetry.retry({ attempts: 2 })),
  ObsRetry.retry(answer, { attempts: 2 }),
  Effect.retry(answer, ObsRetry.schedule({ attempts: 2 })),
  ObsRetry.makeBudget(500),
  ObsRetry.layerBudget(500)
]

export const clients = [
  plain.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry),
  plain.pipe(
    ObsHttpClient.sign({ scheme: "aws4" }),
    ObsHttpClient.filterStatusOk({ maxBytes: 1 }),
    ObsHttpClient.retry({ attempts: 2 })
  ),
  ObsHttpClient.retry(ObsHttpClient.filterStatusOk(ObsHttpClient.sign(plain, { scheme: "aws4" })), { attempts: 2 })
]

export const responses = [
  ObsResponse.fromParts({ status: 404, code: "NoSuchKey" }),
  Effect.flatMap(plain.get("/"), (response) => ObsResponse.toFailure(response)),
  Effect.flatMap(plain.get("/"), (response) => ObsResponse.filterStatusOk(response, { maxBytes: 1 })),
  Effect.flatMap(plain.post("/?delete"), (response) => ObsResponse.deleteResult(response, { maxEntries: 1 }))
]

const keys = { accessKeyId: "HPUAEXAMPLE", secretAccessKey: "not-a-real-secret" }
const layer = ObsCredentials.layer(keys)
export const layers = [
  layer,
  ObsCredentials.make(keys),
  ObsCredentials.layerEffect(Effect.succeed(keys), { name: "vault" }),
  ObsCredentials.layerEcs({}),
  ObsCredentials.layerChain([ObsCredentials.layerConfig, ObsCredentials.layerEcs()]),
  ObsTestClient.layer(ObsTestService.failing(() => failure)),
  ObsTestClient.layerServiceWith({}),
  ObsTestClient.layerScript([failure]),
  ObsTestServer.layer(ObsTestService.failing(() => failure)),
  ObsTestServer.layerServiceWith({})
]

const signed = Effect.flatMap(ObsCredentials.make(keys), (keys) => ObsSigner.sign(HttpClientRequest.get("/"), keys))
export const signatures = [
  signed,
  Effect.flatMap(ObsCredentials.make(keys), (keys) =>
    ObsSigner.presign({ bucket: "photos", key: "cat.txt" }, keys, { endpoint: "obs.example.com", expires: "1 hour" })
  ),
  Effect.flatMap(ObsCredentials.make(keys), (keys) =>
    ObsSigner.postForm(keys, { endpoint: "obs.example.com", bucket: "photos", key: "cat.txt", expires: "1 hour" })
  ),
  Effect.map(signed, (signed) => ObsSigner.explain(failure, signed))
]

export const kit = [
  ObsTest.layerWith({ rules: { error: "SlowDown" } }),
  ObsTest.seed({ photos: { "cat.txt": "meow" } }),
  ObsTest.fault({ operation: "PutObject", nth: 3, error: "SlowDown" }),
  ObsTest.expectRequests(["PutObject photos/cat.txt 200"]),
  Effect.map(ObsTest.requests, (requests) => requests.map((request) => ObsTest.lineOf(request))),
  Effect.flatMap(ObsTestService.make, (handler) => ObsFault.make(handler, {})),
  Effect.map(ObsFault.make(ObsTestService.failing(() => failure)), (faults) => ObsFault.control(faults)),
  ObsFault.decode({ error: "SlowDown" }),
  ObsArbitrary.failureOf(ObsError.NoSuchKey),
  ObsArbitrary.responseOf(ObsError.NotFoundError),
  ObsAnswer.render(failure, { dialect: "amz" }),
  ObsTestClient.make(ObsTestService.failing(() => failure)),
  Effect.map(ObsTestService.make, (handler) => ObsTestService.checkSignatures(handler, {})),
  ObsTestService.makeWith({}),
  ObsTestServer.make(ObsTestService.failing(() => failure)),
  ObsTestServer.makeWith(ObsTestService.failing(() => failure), { port: 9000 }),
  ObsTestServer.layerWith(ObsTestService.make, { port: 9000 }),
  ObsTestApp.make(ObsTestService.failing(() => failure)),
  ObsTestFolder.open("data"),
  ObsTestService.bytes({ body: new Uint8Array() }),
  ObsTestService.collect(ObsTestService.noResponse),
  ObsTestService.dialectOf({ url: new URL("http://obs.test/"), headers: {} })
]

const object = { bucket: "photos", key: "cat.txt" }
const upload = { ...object, uploadId: "1" }
export const typed = [
  ObsClient.make({ endpoint: "obs.example.com" }),
  ObsClient.layer({ endpoint: "obs.example.com" }),
  ObsClient.createBucket({ bucket: "photos" }),
  ObsClient.headBucket({ bucket: "photos" }),
  ObsClient.listBuckets(),
  ObsClient.deleteBucket({ bucket: "photos" }),
  ObsClient.getBucketLocation({ bucket: "photos" }),
  ObsClient.getObject(object),
  ObsClient.headObject(object),
  ObsClient.putObject({ ...object, body: "meow" }),
  ObsClient.appendObject({ ...object, position: 0, body: "meow" }),
  ObsClient.copyObject({ ...object, source: object }),
  ObsClient.deleteObject(object),
  ObsClient.deleteObjects({ bucket: "photos", objects: ["cat.txt"] }),
  ObsClient.restoreObject({ ...object, days: 1 }),
  ObsClient.setObjectMetadata({ ...object, properties: {} }),
  ObsClient.putObjectTagging({ ...object, tags: {} }),
  ObsClient.getObjectTagging(object),
  ObsClient.deleteObjectTagging(object),
  ObsClient.listObjects({ bucket: "photos" }),
  ObsClient.streamObjects({ bucket: "photos" }),
  ObsClient.listObjectVersions({ bucket: "photos" }),
  ObsClient.streamObjectVersions({ bucket: "photos" }),
  ObsClient.initiateMultipartUpload(object),
  ObsClient.uploadPart({ ...upload, partNumber: 1, body: "meow" }),
  ObsClient.uploadPartCopy({ ...upload, partNumber: 1, source: object }),
  ObsClient.listParts(upload),
  ObsClient.streamParts(upload),
  ObsClient.completeMultipartUpload({ ...upload, parts: [] }),
  ObsClient.abortMultipartUpload(upload),
  ObsClient.listMultipartUploads({ bucket: "photos" }),
  ObsClient.streamMultipartUploads({ bucket: "photos" }),
  ObsClient.upload({ ...object, body: Stream.make(new Uint8Array(1)) }),
  ObsClient.presign({ ...object, expires: "1 hour" }),
  ObsClient.postForm({ ...object, expires: "1 hour" }),
  ObsClient.execute(ObsOperation.GetBucketCors, { bucket: "photos", parameters: { cors: "" } })
]

export const skewed = new ObsError.RequestTimeTooSkewed({ requestId: "42" })
export const made = new ObsError.NoSuchKey({ key: "a.txt" })
export const field = made.key

export const others = [
  new ObsFault.InvalidRule({ problems: ["No."], message: "No." }),
  new ObsTestServer.ListenError({ reason: "PortTaken", host: "127.0.0.1", port: 9000 }),
  new ObsTest.UnexpectedRequests({ expected: [], requests: [], message: "No." }),
  new ObsError.UnknownObsError({ code: "NoSuchThing" }),
  new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status: 502 }),
  new ObsError.UnexpectedObsError({ operation: "GetObject", failure }),
  new ObsCredentials.CredentialsError({ source: "vault", reason: "Missing", message: "No keys.", solution: "Add them." }),
  new ObsSigner.SignerError({ reason: "InvalidUrl", message: "No host." }),
  new ObsClient.InvalidInput({ option: "bucket", message: "It is no name.", solution: "Give another." })
]
`
)

/** The program, and a use of everything else that is exported. */
let code = written
let version = 1

const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
const options = ts.getParsedCommandLineOfConfigFile(`${root}tsconfig.json`, {}, host)?.options ?? {}

const service = ts.createLanguageService({
  getCompilationSettings: () => options,
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? String(version) : "1"),
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

interface Exported {
  /** As a program says it: `ObsError.NoSuchKey`. */
  readonly name: string
  readonly symbol: ts.Symbol
}

const resolved = (checker: ts.TypeChecker, symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol

const membersOf = (checker: ts.TypeChecker, module: ts.Symbol, prefix = ""): ReadonlyArray<Exported> =>
  checker.getExportsOfModule(module).flatMap((symbol) => {
    const [name, target] = [`${prefix}${symbol.name}`, resolved(checker, symbol)]
    return target.flags & ts.SymbolFlags.ValueModule
      ? membersOf(checker, target, `${name}.`)
      : [{ name, symbol: target }]
  })

const entries = Object.values(manifest.exports).flatMap((entry) =>
  typeof entry === "string" ? [] : [entry.types.replace("./dist/", `${root}src/`).replace(".d.ts", ".ts")]
)

/** Everything that package.json exports, each under the first of its names. */
const everything = (program: ts.Program): ReadonlyArray<Exported> => {
  const checker = program.getTypeChecker()
  const seen = new Map<ts.Symbol, Exported>()
  for (const entry of entries) {
    const source = program.getSourceFile(entry)
    const module = source && checker.getSymbolAtLocation(source)
    if (module === undefined) throw new Error(`${entry} is not a module`)
    for (const one of membersOf(checker, module)) if (!seen.has(one.symbol)) seen.set(one.symbol, one)
  }
  return [...seen.values()]
}

const is = ({ symbol }: Exported, flags: ts.SymbolFlags) => (symbol.flags & flags) !== 0

const callsOf = (checker: ts.TypeChecker, { symbol }: Exported) => checker.getTypeOfSymbol(symbol).getCallSignatures()

/** Whether it is an error that can be made without properties. */
const isPlainError = (checker: ts.TypeChecker, one: Exported) =>
  is(one, ts.SymbolFlags.Class) &&
  checker.getDeclaredTypeOfSymbol(one.symbol).getProperty("stack") !== undefined &&
  checker
    .getTypeOfSymbol(one.symbol)
    .getConstructSignatures()
    .some(({ parameters }) => parameters.every(({ valueDeclaration: given }) => given && isOptional(given)))

const isOptional = (given: ts.Declaration) =>
  ts.isParameter(given) && (given.questionToken !== undefined || given.initializer !== undefined)

/** Whether it is a function of anything, such as a guard. */
const takesAnything = (checker: ts.TypeChecker, one: Exported) => {
  const [signature, more] = callsOf(checker, one)
  const [parameter, next] = signature?.getParameters() ?? []
  return (
    more === undefined &&
    next === undefined &&
    parameter !== undefined &&
    (checker.getTypeOfSymbol(parameter).flags & ts.TypeFlags.Unknown) !== 0
  )
}

const useOf = (checker: ts.TypeChecker, one: Exported, i: number): ReadonlyArray<string> => {
  const { name, symbol } = one
  const declaration = symbol.declarations?.find(
    (node) => ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)
  )
  const parameters = declaration?.typeParameters?.map((_, n) => `infer _${String(n)}`).join(", ")
  const isFunction = is(one, ts.SymbolFlags.Value) && callsOf(checker, one).length > 0
  return [
    ...(declaration === undefined
      ? []
      : parameters === undefined
        ? [`export type Type${String(i)} = ${name}`]
        : [`export type Type${String(i)}<X> = X extends ${name}<${parameters}> ? X : never`]),
    ...(is(one, ts.SymbolFlags.Value) && !isFunction ? [`export const value${String(i)} = ${name}`] : []),
    ...(isFunction && takesAnything(checker, one) ? [`export const asked${String(i)} = ${name}(anything)`] : []),
    ...(isPlainError(checker, one) ? [`export const made${String(i)} = new ${name}()`] : [])
  ]
}

const first = service.getProgram() ?? ts.createProgram([], options)
code = [
  written,
  "declare const anything: unknown",
  ...everything(first).flatMap((one, i) => useOf(first.getTypeChecker(), one, i))
].join("\n")
version = 2

const program = service.getProgram() ?? first
const checker = program.getTypeChecker()
const exported = everything(program)

const docOf = (symbol: ts.Symbol) => ts.displayPartsToString(symbol.getDocumentationComment(checker))

const exportsOf = (name: string) => exported.filter((one) => one.name.startsWith(`${name}.`))

interface Use {
  readonly name: string
  readonly at: number
  /** The expression, to find uses by what they look like. */
  readonly text: string
  /** What is called or made. */
  readonly signature?: ts.SignatureDeclaration | ts.JSDocSignature | undefined
  readonly isNew: boolean
}

/** Every place of the program that names something exported. */
const uses = ((): ReadonlyArray<Use> => {
  const names = new Map(exported.map(({ name, symbol }) => [symbol, name]))
  const found: Array<Use> = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !ts.isImportSpecifier(node.parent)) {
      const symbol = checker.getSymbolAtLocation(node)
      const name = symbol && names.get(resolved(checker, symbol))
      if (name !== undefined) {
        const access = ts.isPropertyAccessExpression(node.parent) ? node.parent : node
        const call = access.parent
        const isCalled = (ts.isCallExpression(call) || ts.isNewExpression(call)) && call.expression === access
        found.push({
          name,
          at: node.getStart(),
          text: (isCalled ? call : access).getText(),
          signature: isCalled ? checker.getResolvedSignature(call)?.declaration : undefined,
          isNew: isCalled && ts.isNewExpression(call)
        })
      }
    }
    ts.forEachChild(node, visit)
  }
  const source = program.getSourceFile(file)
  if (source) visit(source)
  return found
})()

const infoAt = (at: number) => {
  const info = service.getQuickInfoAtPosition(file, at)
  return { shown: ts.displayPartsToString(info?.displayParts), doc: ts.displayPartsToString(info?.documentation) }
}

const hover = (declaration: string) => infoAt(code.indexOf(declaration) + "const ".length).shown

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

const callers =
  "What is called has type parameters for the caller's own success, errors and requirements, and TypeScript writes " +
  "each of them out: as a type argument, in the argument, in the handler and in the result. Effect's own " +
  "`Effect.catchTag` shows as much. Where the result is assigned, its errors have one name."

const members =
  "At its own name a union is its members, and TypeScript cuts them where there are many. It is one name wherever it is used."

/** Hovers of more than 300 characters, and why: calls as they are written, and names of types. */
const lengthy: { readonly [text: string]: string } = {
  'ObsError.catchStatus(404, () => Effect.succeed(""))': callers,
  "ObsError.catchStatus(404, () => Effect.void)": callers,
  "ObsError.catchStatus(either, 404, () => Effect.void)": callers,
  "ObsError.catchStatus(answer, 404, () => Effect.void)": callers,
  'ObsError.catchCategory("NotFound", () => Effect.void)': callers,
  'ObsError.catchCategory(either, "NotFound", () => Effect.void)': callers,
  'ObsError.catchCategory(answer, "NotFound", () => Effect.void)': callers,
  "ObsError.catchRetryable(() => Effect.void)": callers,
  "ObsError.catchRetryable(either, () => Effect.void)": callers,
  "ObsError.catchRetryable(answer, () => Effect.void)": callers,
  "ObsError.httpApiErrors(ObsError.NoSuchKey, ObsError.ForbiddenError)": callers,
  "ObsOperation.expect(answer, ObsOperation.GetObject)": callers,
  "ObsRetry.retry(either, { attempts: 2 })": callers,
  "ObsRetry.retry(answer, { attempts: 2 })": callers,
  'ObsHttpClient.retry(ObsHttpClient.filterStatusOk(ObsHttpClient.sign(plain, { scheme: "aws4" })), { attempts: 2 })':
    callers,
  'ObsHttpClient.filterStatusOk(ObsHttpClient.sign(plain, { scheme: "aws4" }))': callers,
  "ObsCredentials.layerChain([ObsCredentials.layerConfig, ObsCredentials.layerEcs()])": callers,
  'ObsClient.execute(ObsOperation.GetBucketCors, { bucket: "photos", parameters: { cors: "" } })': callers,
  "ObsClient.UploadError": members,
  "ObsError.ObsError": members,
  "ObsError.BadRequestError": members,
  "ObsError.ConflictError": members,
  "ObsError.ForbiddenError": members,
  "ObsError.NotFoundError": members,
  "ObsError.OefError": members,
  "ObsOperation.AppendObjectError": members,
  "ObsOperation.PostObjectError": members,
  "ObsOperation.PutObjectError": members,
  "ObsSigner.MismatchCause": members,
  "ObsFault.OperationName": members,
  "ObsTest.SeedError": members,
  "ObsError.AnswerFields": "It has a schema for each property, and `Schema.Struct` takes no interface."
}

describe("a hover", () => {
  it("is asked of everything that is exported", () => {
    expect(exported.length).toBeGreaterThan(400)
    const used = new Set(uses.map(({ name }) => name))
    expect(exported.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([])
  })

  it("is asked of every form of every function", () => {
    const called = new Set(uses.map(({ signature }) => signature))
    const functions = exported.filter((one) => is(one, ts.SymbolFlags.Value) && callsOf(checker, one).length > 0)
    expect(functions.length).toBeGreaterThan(60)
    const missing = functions.flatMap((one) =>
      callsOf(checker, one).flatMap(({ declaration }) =>
        called.has(declaration) ? [] : [`${one.name}: ${declaration?.getText() ?? ""}`]
      )
    )
    expect(missing).toEqual([])
  })

  it("is asked where an error is made", () => {
    const made = new Set(uses.filter(({ isNew }) => isNew).map(({ name }) => name))
    const errors = exported.filter(
      (one) => is(one, ts.SymbolFlags.Class) && checker.getDeclaredTypeOfSymbol(one.symbol).getProperty("stack")
    )
    expect(errors.length).toBeGreaterThan(190)
    expect(errors.filter(({ name }) => !made.has(name)).map(({ name }) => name)).toEqual([])
  })

  const shown = uses.map((use) => ({ ...use, ...infoAt(use.at) }))

  it("has documentation", () => {
    expect(shown.filter(({ doc }) => doc === "").map(({ text }) => text)).toEqual([])
  })

  it("has no any", () => {
    expect(shown.filter(({ shown }) => /\bany\b/.test(shown)).map(({ shown, text }) => [text, shown])).toEqual([])
  })

  it("is short, but for those that cannot be", () => {
    const long = shown.filter(({ shown }) => shown.replace(/\s+/g, " ").length > 300)
    const named = new Set(long.map(({ name, text }) => (text.includes("(") ? text : name)))
    expect([...named].filter((text) => !(text in lengthy))).toEqual([])
    expect(Object.keys(lengthy).filter((text) => !named.has(text))).toEqual([])
    // TypeScript itself cuts a type, at about this length
    for (const { shown, text } of long) expect(shown.replace(/\s+/g, " ").length, text).toBeLessThan(640)
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
      name !== "ObsError.TypeId" && symbol.flags & ts.SymbolFlags.TypeAlias && symbol.flags & ts.SymbolFlags.Variable
  )
  expect(unions.length).toBeGreaterThan(15)
  for (const { name, symbol } of unions) expect(docOf(symbol), name).toMatch(/^Union of /)
})
