/**
 * Each operation is what its documents say: its documentation tells the request, and the facts beside the project name
 * the codes of its page.
 */
import { describe, expect, it } from "@effect/vitest"
import { Option } from "effect"
import { ObsError, ObsOperation } from "effect-obs"
import { readdirSync, readFileSync } from "node:fs"
import ts from "typescript"
import { readShared } from "./support/shared.js"

const isOperation = (u: unknown): u is ObsOperation.AnyOperation => typeof u === "object" && u !== null && "page" in u

const operations = Object.entries<unknown>(ObsOperation).flatMap(([name, value]) =>
  isOperation(value) ? [{ name, operation: value }] : []
)

const byName = new Map(operations.map(({ name, operation }) => [name, operation]))

const common = ObsOperation.CommonError.members.map(({ _tag }) => _tag)

interface Documented {
  readonly name: string
  readonly doc: string
  readonly see: string
  readonly since: string
}

const folder = new URL("../src/operations/", import.meta.url)

const documented = readdirSync(folder).flatMap((file) =>
  ts
    .createSourceFile(file, readFileSync(new URL(file, folder), "utf8"), ts.ScriptTarget.Latest, true)
    .statements.filter(ts.isVariableStatement)
    .map((node): Documented => {
      const doc = ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)
      const textOf = (comment: ts.JSDoc["comment"]) => ts.getTextOfJSDocComment(comment) ?? ""
      const tag = (name: string) => doc?.tags?.find(({ tagName }) => tagName.text === name)?.getText() ?? ""
      return {
        name: node.declarationList.declarations.map((declaration) => declaration.name.getText()).join(),
        doc: textOf(doc?.comment),
        see: tag("see").replace(/^@see |[\s*]+$/g, ""),
        since: tag("since").replace(/^@since |[\s*]+$/g, "")
      }
    })
)

/** The request of an operation, as its documentation writes it: `PUT /key?append&position=`. */
const requestOf = (name: string) => {
  const { doc = "" } = documented.find((entry) => entry.name === name) ?? {}
  const [, method, parameters = ""] = /: `([A-Z]+) \/(?:key)?(?:\?(\S*))?(?: with [\w-]+)?`/.exec(doc) ?? []
  return { method, parameters: [...new URLSearchParams(parameters).keys()] }
}

// What changes something once more when it is sent twice
const changesOnceMore = ["append", "modify", "truncate", "rename"]

const isIdempotent = ({ method, parameters }: ReturnType<typeof requestOf>) =>
  method === "POST" ? parameters.includes("delete") : !parameters.some((name) => changesOnceMore.includes(name))

describe.each(operations)("$name", ({ name, operation }) => {
  it("has the name of its export, and a page", () => {
    expect(operation.name).toBe(name)
    expect(operation.page).toMatch(/^https:\/\/support\.huaweicloud\.com\/(intl\/en-us\/)?api-obs\/obs_04_\d{4}\.html$/)
    const entry = documented.find((entry) => entry.name === name)
    expect(entry?.see).toBe(operation.page)
    expect(entry?.since).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it("is the request that its documentation tells", () => {
    const request = requestOf(name)
    expect(operation.method).toBe(request.method)
    expect(operation.idempotent).toBe(isIdempotent(request))
  })

  it("can fail with what all can, and with no code twice", () => {
    expect(operation.codes.slice(0, common.length)).toEqual(common)
    expect(new Set(operation.codes).size).toBe(operation.codes.length)
    const codes = [...ObsError.all, ...ObsError.OefError.members].map(({ _tag }) => _tag)
    expect(codes).toEqual(expect.arrayContaining([...operation.codes]))
  })
})

it("can fail in a success where the service sends the status before it knows the end, or calls somebody back", () => {
  const namesOf = (predicate: (operation: ObsOperation.AnyOperation) => boolean) =>
    operations.filter(({ operation }) => predicate(operation)).map(({ name }) => name)
  expect(namesOf(({ errorInBody }) => errorInBody === "instead").sort()).toEqual([
    "CompleteMultipartUpload",
    "CopyObject",
    "UploadPartCopy"
  ])
  expect(namesOf(({ errorInBody }) => errorInBody === "entries")).toEqual(["DeleteObjects"])
  expect(namesOf(({ canFailInSuccess, errorInBody }) => canFailInSuccess && errorInBody !== "instead").sort()).toEqual([
    "DeleteObjects",
    "PostObject",
    "PutObject"
  ])
})

const facts = readShared("facts/obs-wire.md")

/** `PutBucketCors / Get` are two operations. */
const namesIn = (cell: string): ReadonlyArray<string> => {
  const words = [...cell.matchAll(/\b[A-Z]\w*/g)].map(([word]) => word)
  const noun = words.find((word) => byName.has(word))?.replace(/^(Put|Get|Delete|List)/, "") ?? ""
  return words.map((word) => (byName.has(word) ? word : word + noun)).filter((name) => byName.has(name))
}

/** The codes of a page. In parentheses are those of the general table, and what is of PUT alone is told behind. */
const codesIn = (cell: string): ReadonlyArray<string> =>
  [...cell.replace(/\([^)]*\)|; PUT also .*/g, "").matchAll(/\b([A-Z][A-Za-z]+) \**\d{3}\b/g)]
    .map(([, code = ""]) => code)
    .filter((code) => Option.isSome(ObsError.byCode(code)))

const pages = (facts ?? "")
  .split(/^## /m)
  .filter((section) => section.startsWith("9. "))
  .flatMap((section) => section.split("\n"))
  .flatMap((line) => {
    const [, names = "", special = ""] = line.split("|")
    return namesIn(names).map((name) => [name, codesIn(special)] as const)
  })
  .filter(([, codes]) => codes.length > 0)

describe.skipIf(facts === undefined)("the pages of the operations (../shared/facts)", () => {
  it.each(pages)("%s can fail with %j", (name, codes) => {
    expect(byName.get(name)?.codes).toEqual(expect.arrayContaining([...codes]))
  })

  it("name codes of enough operations for this to be a test", () => {
    expect(pages.length).toBeGreaterThan(20)
  })
})
