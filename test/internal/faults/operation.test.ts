import { describe, expect, it } from "@effect/vitest"
import { ObsOperation } from "effect-obs"
import { readdirSync, readFileSync } from "node:fs"
import { operationNameOf, operationNames, requestOf } from "../../../src/internal/faults/operation.js"

const isOperation = (u: unknown): u is ObsOperation.AnyOperation => typeof u === "object" && u !== null && "page" in u

const operations = Object.values<unknown>(ObsOperation).filter(isOperation)

const folder = new URL("../../../src/operations/", import.meta.url)

/** The requests that the documentation of the operations tells: `PUT /key?append&position`. */
const documented = new Map(
  readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(new URL(file, folder), "utf8").matchAll(
        /: `([A-Z]+ \/[^`]*)`(?:(?!\*\/)[\s\S])*\*\/\s*export const (\w+)/g
      )
    ].map(([, request = "", name = ""]) => [name, request.replace(/=(?=[& ]|$)/g, "").replace(" with", "")] as const)
  )
)

it("has every operation, and the request that its documentation tells", () => {
  expect([...operationNames].sort()).toEqual(operations.map(({ name }) => name).sort())
  expect(new Map(operationNames.map((name) => [name, requestOf(name)]))).toEqual(documented)
})

/** What a request asks for, which is written as the documentation writes it. */
const asked = (line: string, bucket = "photos") => {
  const [method = "", address = "", header = ""] = line.split(" ")
  const url = new URL(`https://obs.example.com${address}`)
  const headers = header === "" ? {} : { [header]: "/photos/dog.jpg" }
  return operationNameOf({ method, bucket, key: url.pathname.slice(1), query: url.searchParams, headers })
}

describe("a request", () => {
  it.each(operationNames)("is known as %s", (name) => {
    const bucket = name === "ListBuckets" ? "" : "photos"
    expect(asked(requestOf(name), bucket)).toBe(name)
    // In the dialect of S3, too, and with what says more precisely what it is about
    expect(asked(requestOf(name).replace("x-obs-", "x-amz-"), bucket)).toBe(name)
  })

  it.each([
    ["GET /key?versionId=1", "GetObject"],
    ["GET /key?response-content-type=text/plain&x-image-process=image/resize", "GetObject"],
    ["GET /?prefix=cats/&delimiter=/", "ListObjects"],
    ["GET /?list-type=2&prefix=cats/", "ListObjectsV2"],
    ["DELETE /key?versionId=1", "DeleteObject"],
    ["PUT /key?acl&versionId=1", "PutObjectAcl"],
    ["GET /?inventory&id=1", "GetBucketInventory"],
    ["HEAD /?apiversion", undefined],
    ["GET /key?torrent", undefined],
    ["PATCH /key", undefined],
    ["GET /key?policy", undefined]
  ])("%s is %s", (line, name) => {
    expect(asked(line)).toBe(name)
  })
})
