/**
 * The service against the plainest model of it, over random requests.
 */
import { Effect, Exit, Scope } from "#test/effect"
import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestFolder } from "effect-obs/testing/node"
import { createHash } from "node:crypto"
import { callerOf, text, texts } from "../support/service.js"
import { temporaryFolder } from "../support/temporaryFolder.js"

const keys = ["a", "a/", "a/b", "a/c", "b", "\uffff", "😀"]

const key = fc.constantFrom(...keys)
const body = fc.string({ maxLength: 5 })
/** Which of the versions or uploads that there are, or have been. */
const index = fc.nat(20)
const number = fc.integer({ min: 1, max: 4 })

const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ _tag: fc.constant("Put" as const), key, body }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Append" as const), key, body, isRight: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ _tag: fc.constant("Copy" as const), key, from: key, index, isLatest: fc.boolean() })
  },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("Delete" as const), key }) },
  { weight: 3, arbitrary: fc.record({ _tag: fc.constant("DeleteVersion" as const), key, index }) },
  {
    weight: 1,
    arbitrary: fc.record({ _tag: fc.constant("DeleteAll" as const), keys: fc.subarray(keys, { minLength: 1 }) })
  },
  {
    weight: 1,
    arbitrary: fc.record({
      _tag: fc.constant("Versioning" as const),
      status: fc.constantFrom("Enabled" as const, "Suspended" as const)
    })
  },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Get" as const), key }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("GetVersion" as const), key, index }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Initiate" as const), key }) },
  { weight: 4, arbitrary: fc.record({ _tag: fc.constant("Part" as const), index, number, body }) },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("Complete" as const), index, isShort: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("Abort" as const), index }) },
  {
    weight: 2,
    arbitrary: fc.record({
      _tag: fc.constant("List" as const),
      prefix: fc.constantFrom("", "a", "a/"),
      delimiter: fc.constantFrom("", "/"),
      max: number
    })
  },
  { weight: 2, arbitrary: fc.record({ _tag: fc.constant("ListVersions" as const), max: number }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("ListUploads" as const), max: number }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant("Restart" as const) }) }
)

interface Version {
  readonly id: string
  /** Undefined is a delete marker. */
  readonly body: string | undefined
  readonly isAppendable: boolean
}

interface Upload {
  readonly id: string
  readonly key: string
  readonly parts: Map<number, string>
}

const md5 = (body: string) => createHash("md5").update(body).digest("hex")

const inOrder = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))

const decoded = (document: string, name: string) => texts(document, name).map(decodeURIComponent)

type Operation = typeof operation extends fc.Arbitrary<infer A> ? A : never

/** Runs operations against a service and its model; `start` gives the service, and gives it anew where it is stopped. */
const run = <E, R>(operations: ReadonlyArray<Operation>, start: Effect.Effect<ObsTestService.Handler, E, R>) =>
  Effect.gen(function* () {
    let call = callerOf(yield* start)
    yield* call("PUT /photos")

    let versioning: "Enabled" | "Suspended" | undefined
    /** The newest first. */
    const versions = new Map<string, ReadonlyArray<Version>>()
    const uploads = new Map<string, Upload>()
    const ids = new Map<string, Array<string>>(keys.map((key) => [key, ["null"]]))
    const uploadIds: Array<string> = []
    const of = (key: string) => versions.get(key) ?? []
    const latest = (key: string) => of(key)[0]
    const at = (key: string, query = "") => `/photos/${encodeURIComponent(key)}${query}`
    const pick = <A>(all: ReadonlyArray<A>, index: number) => all[index % all.length]

    const add = (key: string, id: string | undefined, body: string | undefined, isAppendable = false) => {
      expect(id === undefined).toBe(versioning === undefined)
      if (versioning === "Suspended") expect(id).toBe("null")
      const added = { id: id ?? "null", body, isAppendable }
      expect(of(key).some((version) => version.id === added.id && versioning === "Enabled")).toBe(false)
      versions.set(key, [added, ...of(key).filter(({ id }) => id !== added.id)])
      ids.get(key)?.push(added.id)
    }

    const pages = (query: string, next: (document: string) => string) =>
      Effect.gen(function* () {
        const documents: Array<string> = []
        let from = ""
        for (;;) {
          const { text: document } = yield* call(`GET /photos?encoding-type=url&${query}${from}`)
          documents.push(document)
          if (text(document, "IsTruncated") !== "true") return documents
          from = next(document)
        }
      })

    for (const asked of operations) {
      switch (asked._tag) {
        case "Put": {
          const { headers } = yield* call(`PUT ${at(asked.key)}`, asked.body)
          expect(headers["etag"]).toBe(`"${md5(asked.body)}"`)
          add(asked.key, headers["x-obs-version-id"], asked.body)
          break
        }
        case "Append": {
          const { body, isRight, key } = asked
          const present = latest(key)
          const length = Buffer.byteLength(present?.body ?? "")
          const said = yield* call(`POST ${at(key, `?append&position=${isRight ? length : length + 1}`)}`, body)
          if (present?.body !== undefined && !present.isAppendable) expect(said.tag).toBe("ObjectNotAppendable")
          else if (!isRight) expect(said.tag).toBe("PositionNotEqualToLength")
          else {
            expect(said.headers["x-obs-next-append-position"]).toBe(String(length + Buffer.byteLength(body)))
            if (present?.body === undefined) {
              const { headers } = yield* call(`HEAD ${at(key)}`)
              add(key, headers["x-obs-version-id"], body, true)
            } else versions.set(key, [{ ...present, body: present.body + body }, ...of(key).slice(1)])
          }
          break
        }
        case "Copy": {
          const { from, index, isLatest, key } = asked
          const id = isLatest ? undefined : pick(ids.get(from) ?? [], index)
          const source = id === undefined ? latest(from) : of(from).find((version) => version.id === id)
          const header = `/photos/${encodeURIComponent(from)}${id === undefined ? "" : `?versionId=${id}`}`
          const said = yield* call(`PUT ${at(key)}`, { headers: { "x-obs-copy-source": header } })
          if (source === undefined) expect(said.tag).toBe(id === undefined ? "NoSuchKey" : "NoSuchVersion")
          else if (source.body === undefined) expect(said.tag).toBe(id === undefined ? "NoSuchKey" : "InvalidRequest")
          else if (from === key && id === undefined) expect(said.tag).toBe("InvalidRequest")
          else {
            expect(said.status).toBe(200)
            add(key, said.headers["x-obs-version-id"], source.body)
          }
          break
        }
        case "Delete": {
          const { headers, status } = yield* call(`DELETE ${at(asked.key)}`)
          expect(status).toBe(204)
          if (versioning === undefined) versions.delete(asked.key)
          else add(asked.key, headers["x-obs-version-id"], undefined)
          break
        }
        case "DeleteVersion": {
          const { index, key } = asked
          const id = pick(ids.get(key) ?? [], index) ?? ""
          const version = of(key).find((version) => version.id === id)
          const { headers, status } = yield* call(`DELETE ${at(key, `?versionId=${id}`)}`)
          const isMarker = version !== undefined && version.body === undefined
          expect([status, headers["x-obs-delete-marker"]]).toEqual([204, isMarker ? "true" : undefined])
          versions.set(
            key,
            of(key).filter((version) => version.id !== id)
          )
          break
        }
        case "DeleteAll": {
          const objects = asked.keys.map((key) => `<Object><Key>${encodeURIComponent(key)}</Key></Object>`).join("")
          const { text: document } = yield* call(
            "POST /photos?delete",
            `<Delete><EncodingType>url</EncodingType>${objects}</Delete>`
          )
          expect(decoded(document, "Key")).toEqual(asked.keys)
          const markers = texts(document, "DeleteMarkerVersionId")
          for (const [i, key] of asked.keys.entries()) {
            if (versioning === undefined) versions.delete(key)
            else add(key, markers[i], undefined)
          }
          break
        }
        case "Versioning":
          versioning = asked.status
          yield* call(
            "PUT /photos?versioning",
            `<VersioningConfiguration><Status>${asked.status}</Status></VersioningConfiguration>`
          )
          break
        case "Get": {
          const said = yield* call(`GET ${at(asked.key)}`)
          const expected = latest(asked.key)
          if (expected?.body === undefined) expect(said.tag).toBe("NoSuchKey")
          else
            expect([said.text, said.headers["x-obs-object-type"]]).toEqual([
              expected.body,
              expected.isAppendable ? "Appendable" : undefined
            ])
          break
        }
        case "GetVersion": {
          const id = pick(ids.get(asked.key) ?? [], asked.index) ?? ""
          const said = yield* call(`GET ${at(asked.key, `?versionId=${id}`)}`)
          const expected = of(asked.key).find((version) => version.id === id)
          if (expected === undefined) expect(said.tag).toBe("NoSuchVersion")
          else if (expected.body === undefined) expect(said.tag).toBe("MethodNotAllowed")
          else expect(said.text).toBe(expected.body)
          break
        }
        case "Initiate": {
          const id = text((yield* call(`POST ${at(asked.key, "?uploads")}`)).text, "UploadId")
          expect(uploadIds).not.toContain(id)
          uploads.set(id, { id, key: asked.key, parts: new Map() })
          uploadIds.push(id)
          break
        }
        case "Part": {
          const id = pick(uploadIds, asked.index) ?? "none"
          const upload = uploads.get(id)
          const said = yield* call(
            `PUT ${at(upload?.key ?? "a", `?partNumber=${asked.number}&uploadId=${id}`)}`,
            asked.body
          )
          if (upload === undefined) expect(said.tag).toBe("NoSuchUpload")
          else {
            expect(said.headers["etag"]).toBe(`"${md5(asked.body)}"`)
            upload.parts.set(asked.number, asked.body)
          }
          break
        }
        case "Complete": {
          const id = pick(uploadIds, asked.index) ?? "none"
          const upload = uploads.get(id)
          const parts = [...(upload?.parts ?? [])].sort(([a], [b]) => a - b).slice(asked.isShort ? 1 : 0)
          const said = yield* call(
            `POST ${at(upload?.key ?? "a", `?uploadId=${id}`)}`,
            `<CompleteMultipartUpload>${parts
              .map(([n, body]) => `<Part><PartNumber>${n}</PartNumber><ETag>${md5(body)}</ETag></Part>`)
              .join("")}</CompleteMultipartUpload>`
          )
          if (upload === undefined) expect(said.tag).toBe("NoSuchUpload")
          else if (parts.length === 0) expect(said.tag).toBe("MalformedXML")
          else {
            add(upload.key, said.headers["x-obs-version-id"], parts.map(([, body]) => body).join(""))
            uploads.delete(id)
          }
          break
        }
        case "Abort": {
          const id = pick(uploadIds, asked.index) ?? "none"
          const upload = uploads.get(id)
          const said = yield* call(`DELETE ${at(upload?.key ?? "a", `?uploadId=${id}`)}`)
          expect(said.tag).toBe(upload === undefined ? "NoSuchUpload" : undefined)
          uploads.delete(id)
          break
        }
        case "List": {
          const { delimiter, max, prefix } = asked
          const expected = new Set<string>()
          for (const key of [...keys].sort(inOrder)) {
            if (latest(key)?.body === undefined || !key.startsWith(prefix)) continue
            const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length)
            expected.add(end === -1 ? key : `{${key.slice(0, end + 1)}}`)
          }
          const documents = yield* pages(
            `max-keys=${max}&prefix=${prefix}&delimiter=${delimiter}`,
            (document) => `&marker=${text(document, "NextMarker")}`
          )
          const found = documents.flatMap((document) => [
            ...decoded(document, "Key"),
            ...Array.from(document.matchAll(/<CommonPrefixes><Prefix>(.*?)</g), ([, group]) => `{${group ?? ""}}`)
          ])
          expect([...found].sort()).toEqual([...expected].sort())
          break
        }
        case "ListVersions": {
          const documents = yield* pages(
            `versions&max-keys=${asked.max}`,
            (document) =>
              `&key-marker=${text(document, "NextKeyMarker")}&version-id-marker=${text(document, "NextVersionIdMarker")}`
          )
          const found = documents.flatMap((document) =>
            Array.from(document.matchAll(/<(Version|DeleteMarker)>(.*?)<\/\1>/g), ([, kind, entry = ""]) => [
              decodeURIComponent(text(entry, "Key")),
              text(entry, "VersionId"),
              text(entry, "IsLatest"),
              kind
            ])
          )
          const expected = [...keys]
            .sort(inOrder)
            .flatMap((key) =>
              of(key).map(({ body, id }, i) => [
                key,
                id,
                String(i === 0),
                body === undefined ? "DeleteMarker" : "Version"
              ])
            )
          expect(found).toEqual(expected)
          break
        }
        case "Restart":
          call = callerOf(yield* start)
          break
        case "ListUploads": {
          const documents = yield* pages(
            `uploads&max-uploads=${asked.max}`,
            (document) =>
              `&key-marker=${text(document, "NextKeyMarker")}&upload-id-marker=${text(document, "NextUploadIdMarker")}`
          )
          const found = documents.flatMap((document) => texts(document, "UploadId"))
          const expected = [...uploads.values()].sort((a, b) => inOrder(a.key, b.key) || inOrder(a.id, b.id))
          expect(found).toEqual(expected.map(({ id }) => id))
          break
        }
      }
    }
    const bodies = [...versions.values()].flat().flatMap(({ body }) => body ?? [])
    const { text: info } = yield* call("GET /photos?storageinfo")
    expect([text(info, "Size"), text(info, "ObjectNumber")]).toEqual([
      String(bodies.reduce((size, body) => size + Buffer.byteLength(body), 0)),
      String(bodies.length)
    ])
  })

const operations = fc.array(operation, { minLength: 400, maxLength: 600, size: "max" })

describe("the service", () => {
  it("does in memory what its model does, over ten thousand requests", () =>
    fc.assert(
      fc.asyncProperty(operations, (operations) =>
        Effect.runPromise(Effect.flatMap(ObsTestService.make, (handler) => run(operations, Effect.succeed(handler))))
      ),
      { numRuns: 25 }
    ))

  it("does in a folder what its model does, however often it is started again", () =>
    fc.assert(
      fc.asyncProperty(operations, (operations) =>
        Effect.gen(function* () {
          const path = yield* temporaryFolder
          let running = yield* Scope.make()
          const start = Effect.gen(function* () {
            yield* Scope.close(running, Exit.void)
            running = yield* Scope.make()
            const storage = yield* Effect.provideService(ObsTestFolder.open(path), Scope.Scope, running)
            return yield* ObsTestService.makeWith({ storage })
          })
          yield* run(operations, start)
          yield* Scope.close(running, Exit.void)
        }).pipe(Effect.scoped, Effect.runPromise)
      ),
      { numRuns: 5 }
    ))
})
