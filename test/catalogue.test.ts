/**
 * The catalogue is complete: every row has its class, in the file of its status, documented, and of use.
 */
import { describe, expect, it } from "@effect/vitest"
import { Equal, Option, Schema } from "#test/effect"
import { ObsError, ObsResponse } from "effect-obs"
import { ObsAnswer } from "effect-obs/testing"
import { readdirSync, readFileSync } from "node:fs"
import ts from "typescript"
import { readShared } from "./support/shared.js"

const Row = Schema.Struct({
  code: Schema.String,
  status: Schema.Number,
  tier: Schema.Literals(["table", "api-reference", "operation", "s3-dialect", "seen"]),
  message: Schema.optional(Schema.String),
  solution: Schema.optional(Schema.String),
  fields: Schema.optional(Schema.Array(Schema.String)),
  alsoSpelled: Schema.optional(Schema.Array(Schema.String)),
  alsoStatus: Schema.optional(Schema.Array(Schema.Number))
})

const data = readShared("data/error-codes.json")
const rows =
  data === undefined
    ? []
    : Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Struct({ codes: Schema.Array(Row) })))(data).codes

interface Documented {
  readonly file: string
  readonly name: string
  readonly doc: string
  readonly category: string
  readonly since: string
  /** The page that names it. */
  readonly see: string
}

interface Source {
  readonly file: string
  readonly classes: ReadonlyArray<Documented>
  readonly union: ReadonlyArray<string>
}

const textOf = (comment: ts.JSDoc["comment"] | undefined) =>
  (ts.getTextOfJSDocComment(comment) ?? "").replace(/\s+/g, " ").trim()

const read = (file: string): Source => {
  const path = new URL(`../src/errors/${file}`, import.meta.url)
  const source = ts.createSourceFile(file, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true)
  const classes = source.statements.filter(ts.isClassDeclaration).map((node): Documented => {
    const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)
    const tag = (name: string) => textOf(doc?.tags?.find((t) => t.tagName.text === name)?.comment)
    return {
      file,
      name: node.name?.text ?? "",
      doc: textOf(doc?.comment),
      category: tag("category"),
      since: tag("since"),
      see: doc?.tags?.find((t) => t.tagName.text === "see")?.getText() ?? ""
    }
  })
  const union = source.statements
    .filter(ts.isTypeAliasDeclaration)
    .map((node) => (ts.isUnionTypeNode(node.type) ? node.type.types.map((t) => t.getText()) : [node.type.getText()]))
    .filter((names) => names.every((name) => classes.some((c) => c.name === name)))
  return { file, classes, union: union[0] ?? [] }
}

const others = [
  "CallbackFailed.ts",
  "NotModified.ts",
  "ObsFailure.ts",
  "Unclassified.ts",
  "UnexpectedObsError.ts",
  "catalogue.ts"
]
const sources = readdirSync(new URL("../src/errors/", import.meta.url))
  .filter((file) => !others.includes(file))
  .map(read)
const documented = new Map(sources.flatMap((source) => source.classes).map((c) => [c.name, c]))

const phrases = new Map([
  ["MovedPermanently.ts", "301 Moved Permanently"],
  ["TemporaryRedirect.ts", "307 Temporary Redirect"],
  ["BadRequest.ts", "400 Bad Request"],
  ["Forbidden.ts", "403 Forbidden"],
  ["NotFound.ts", "404 Not Found"],
  ["MethodNotAllowed.ts", "405 Method Not Allowed"],
  ["RequestTimeout.ts", "408 Request Timeout"],
  ["Conflict.ts", "409 Conflict"],
  ["LengthRequired.ts", "411 Length Required"],
  ["PreconditionFailed.ts", "412 Precondition Failed"],
  ["RangeNotSatisfiable.ts", "416 Range Not Satisfiable"],
  ["TooManyRequests.ts", "429 Too Many Requests"],
  ["InternalServerError.ts", "500 Internal Server Error"],
  ["NotImplemented.ts", "501 Not Implemented"],
  ["ServiceUnavailable.ts", "503 Service Unavailable"],
  ["Oef.ts", "OEF"]
])

const families = new Map([
  ["KMS", "Kms"],
  ["SYS", "Sys"],
  ["CRR", "Crr"],
  ["OEFTrigger", "OefTrigger"]
])

const className = (code: string) => {
  const [family = "", ...rest] = code.split(".")
  return (families.get(family) ?? family) + rest.join("")
}

// What may stand behind the solution
const note =
  / (?:No page of the service names this code: [^.]+\.|Also (?:documented with status|spelled) .+|The S3-compatible API spells .+)$/

const noteOf = (code: string) => note.exec(documented.get(className(code))?.doc ?? "")?.[0].trim()

const isSeen = (code: string) => noteOf(code)?.startsWith("No page") === true

const classes = [...ObsError.all, ...ObsError.OefError.members]

const categories: ReadonlyArray<ObsError.Category> = [
  "Authentication",
  "Permission",
  "Account",
  "NotFound",
  "Conflict",
  "Precondition",
  "Validation",
  "Quota",
  "Unsupported",
  "Redirect",
  "Transfer",
  "Throttling",
  "Server"
]

it("has a file for every status, each with its classes in alphabetical order and one union of them", () => {
  expect(sources.map(({ file }) => file).sort()).toEqual([...phrases.keys()].sort())
  for (const { classes, file, union } of sources) {
    const names = classes.map(({ name }) => name)
    expect(names, `${file}: npm run generate`).toEqual([...names].sort())
    expect(union, `${file}: npm run generate`).toEqual(names)
  }
})

it("has each class once, in ObsError.all or OefError, under its own code", () => {
  expect(classes.map((klass) => className(klass._tag)).sort()).toEqual([...documented.keys()].sort())
  expect(new Set(classes.map((klass) => klass._tag)).size).toBe(classes.length)
})

it("has a mark in docs/error-codes.md for each code that no page names, and what else there is to say of a code", () => {
  const lines = readFileSync(new URL("../docs/error-codes.md", import.meta.url), "utf8").split("\n")
  for (const { _tag: code } of ObsError.all) {
    const [line = "", ...more] = lines.filter((line) => line.startsWith(`| \`${code}\` ${isSeen(code) ? "† " : ""}|`))
    expect(more, code).toEqual([])
    expect(line, code).toContain(noteOf(code) ?? `| \`${code}\` |`)
  }
  expect(lines.filter((line) => line.includes("† |"))).toHaveLength(ObsError.all.filter((k) => isSeen(k._tag)).length)
})

// The table blames a date, gives advice that the solution gives again, or describes itself
const ownWords = new Map([
  ["AccessDenied", "Access is denied."],
  [
    "BucketAlreadyExists",
    "The requested bucket name already exists. The bucket namespace is shared by all users of OBS."
  ],
  ["InternalError", "An internal error occurred."],
  ["MethodNotAllowed", "The specified method is not allowed against the requested resource."],
  ["OperationAborted", "A conflicting operation is being performed on this resource."],
  ["SlowDown", "Too frequent requests."]
])

describe.each(classes.map((klass) => [klass._tag, klass] as const))("%s", (code, klass) => {
  const { description, solution, status } = klass.info

  it("is documented as its row says, in the file of its status", () => {
    const entry = documented.get(className(code))
    expect(entry?.doc.replace(note, "")).toBe(`\`${status} ${code}\`: ${description} **Solution**: ${solution}`)
    expect(entry?.category).toBe(phrases.get(entry?.file ?? ""))
    if (entry?.file !== "Oef.ts") expect(entry?.category.startsWith(`${status} `)).toBe(true)
    expect(entry?.since).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it("has a category and a retry class of the closed sets", () => {
    expect(categories).toContain(klass.info.category)
    expect(["never", "transient", "throttling", "clock"]).toContain(klass.info.retry)
    expect(klass.info.code).toBe(code)
  })

  it("can be made without arguments", () => {
    const error = new klass()
    expect(error).toBeInstanceOf(Error)
    const message = ownWords.get(code) ?? description
    expect(error).toMatchObject({ _tag: code, name: code, message, status, info: klass.info })
    expect(error.stack).toContain(message)
  })

  it.each(["obs", "amz"] as const)("comes back from a body in the dialect %s", (dialect) => {
    const error = new klass({ requestId: "0000018A4E4567BD", hostId: "RkRCRDJENDc5", id2: "32AAAQ", resource: "/b/k" })
    expect(Equal.equals(ObsResponse.decode(ObsAnswer.render(error, { dialect })), error)).toBe(true)
  })

  it.each(["obs", "amz"] as const)("comes back from headers alone in the dialect %s", (dialect) => {
    const error = new klass({ requestId: "0000018A4E4567BD" })
    const answer = ObsAnswer.render(error, { dialect, method: "HEAD" })
    expect(answer.body).toBe("")
    expect(Equal.equals(ObsResponse.decode({ ...answer, method: "HEAD" }), error)).toBe(true)
  })

  it("keeps the status that was sent when it is not the documented one", () => {
    const other = status === 400 ? 409 : 400
    const decoded = ObsResponse.decode(ObsAnswer.render(new klass({ status: other })))
    expect(decoded).toBeInstanceOf(klass)
    expect(decoded.status).toBe(other)
    expect(decoded.message).toBe(ownWords.get(code) ?? description)
  })

  it("survives encoding, JSON and decoding", () => {
    const error = new klass({ requestId: "0000018A4E4567BD", details: { Method: "GET" } })
    const json = JSON.stringify(Schema.encodeSync(ObsError.ObsFailure)(error))
    const decoded = Schema.decodeUnknownSync(ObsError.ObsFailure)(JSON.parse(json))
    expect(decoded).toBeInstanceOf(klass)
    expect(Equal.equals(decoded, error)).toBe(true)
  })
})

it.each(ObsError.OefError.members.map((klass) => [klass._tag, klass] as const))(
  "%s comes back from JSON",
  (code, klass) => {
    const body = JSON.stringify({ code, message: "m", request_id: "r" })
    const failure = ObsResponse.decode({
      status: klass.info.status,
      headers: { "content-type": "application/json" },
      body
    })
    expect(failure).toBeInstanceOf(klass)
    expect(failure).toMatchObject({ message: "m", requestId: "r", status: klass.info.status })
    expect(ObsError.isOefError(failure)).toBe(true)
    expect(ObsError.isObsError(failure)).toBe(false)
  }
)

describe.skipIf(data === undefined)("the service's own documents (../shared/data)", () => {
  it.each(rows.map((row) => [row.code, row] as const))("%s is the row of the documents", (code, row) => {
    const klass = Option.getOrThrow(ObsError.byCode(code))
    expect(klass.info.code).toBe(code)
    expect(klass.info.status).toBe(row.status)
    expect(isSeen(code)).toBe(row.tier === "seen")
    if (row.tier === "table") {
      expect(klass.info.description).toBe(row.message)
      expect(klass.info.solution).toBe(row.solution)
    }
    for (const status of row.alsoStatus ?? [])
      expect(noteOf(code)).toContain(`Also documented with status ${String(status)}`)
    for (const spelling of row.alsoSpelled ?? []) expect(noteOf(code)).toContain(`Also spelled \`${spelling}\``)
    for (const spelling of row.alsoSpelled ?? []) expect(ObsError.byCode(spelling)).toEqual(Option.some(klass))
    for (const status of row.alsoStatus ?? []) {
      const decoded = ObsResponse.decode({ status, headers: {}, body: `<Error><Code>${code}</Code></Error>` })
      expect(decoded).toBeInstanceOf(klass)
      expect(decoded.status).toBe(status)
    }
    for (const element of row.fields ?? []) {
      const decoded = ObsResponse.decode({
        status: row.status,
        headers: {},
        body: `<Error><Code>${code}</Code><${element}>value-of-the-element</${element}></Error>`
      })
      expect(decoded.details[element]).toBeUndefined()
      expect(element.charAt(0).toLowerCase() + element.slice(1) in decoded).toBe(true)
    }
  })

  it("know every class that does not say itself where its code is from", () => {
    const known = new Set(rows.map(({ code }) => code))
    for (const { _tag: code } of ObsError.all) {
      if (known.has(code) || isSeen(code)) continue
      expect(documented.get(className(code))?.see, code).toMatch(/^@see https:\/\//)
    }
  })
})
