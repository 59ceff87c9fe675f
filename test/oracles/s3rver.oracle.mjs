/**
 * `s3rver`, which verifies AWS 2: it accepts what is signed, and refuses it when one byte of it is another one. What it
 * answers then explains itself.
 */
import { Effect, HttpBody, HttpClientRequest, Redacted } from "#test/effect"
import { expect, it } from "@effect/vitest"
import { ObsResponse, ObsSigner } from "effect-obs"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "s3rver"
import { afterAll, beforeAll } from "vitest"

const directory = mkdtempSync(join(tmpdir(), "s3rver-"))
const server = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: "photos" }]
})

let base = ""

beforeAll(async () => {
  base = `http://127.0.0.1:${(await server.run()).port}`
})

afterAll(async () => {
  await server.close()
  rmSync(directory, { recursive: true })
})

const keys = { accessKeyId: "S3RVER", secretAccessKey: Redacted.make("S3RVER") }
const options = { scheme: "aws2" }

const send = (method, url, { "content-length": _, ...headers }, body) =>
  Effect.promise(async () => {
    const response = await fetch(url, { method, headers, body: body ?? null })
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  })

const bodyOf = ({ body }) => (body._tag === "Empty" ? undefined : body.body)

const sendSigned = (request) => send(request.method, request.url, request.headers, bodyOf(request))

const sign = (request) => Effect.map(ObsSigner.sign(request, keys, options), ({ request }) => request)

const names = ["cat.txt", "a b/ä+c&d=e?.txt", "日本/🐈~'()*!.txt", "%2F%20"]

const at = (key) => `${base}/photos/${key.split("/").map(encodeURIComponent).join("/")}`

const put = (key) =>
  HttpClientRequest.put(at(key)).pipe(
    HttpClientRequest.setHeader("x-amz-meta-owner", "me"),
    HttpClientRequest.setBody(HttpBody.text("meow", "text/plain"))
  )

it.live.each(names)("accepts what is signed: %s", (key) =>
  Effect.gen(function* () {
    expect((yield* sendSigned(yield* sign(put(key)))).status).toBe(200)
    const read = yield* sendSigned(yield* sign(HttpClientRequest.get(at(key))))
    expect([read.status, read.body]).toEqual([200, "meow"])
    const listed = yield* sendSigned(
      yield* sign(HttpClientRequest.get(`${base}/photos?prefix=${encodeURIComponent(key)}`))
    )
    expect([listed.status, listed.body.includes("<Contents>")]).toEqual([200, true])
    expect((yield* sendSigned(yield* sign(HttpClientRequest.get(`${at(key)}?acl`)))).status).toBe(200)

    const target = { bucket: "photos", key }
    const presigning = { ...options, endpoint: base, expires: "1 minute" }
    const download = yield* ObsSigner.presign(target, keys, {
      ...presigning,
      response: { contentDisposition: 'attachment; filename="a b+c.txt"' }
    })
    const got = yield* send("GET", Redacted.value(download), {})
    expect([got.status, got.body]).toEqual([200, "meow"])
    expect(got.headers["content-disposition"]).toBe('attachment; filename="a b+c.txt"')
    const upload = yield* ObsSigner.presign({ ...target, method: "PUT" }, keys, {
      ...presigning,
      headers: { "content-type": "text/plain", "x-amz-meta-owner": "me" }
    })
    const headers = { "content-type": "text/plain", "x-amz-meta-owner": "me" }
    expect((yield* send("PUT", Redacted.value(upload), headers, "meow")).status).toBe(200)
    expect((yield* send("PUT", Redacted.value(upload), { ...headers, "content-type": "text/html" }, "x")).status).toBe(
      403
    )
    expect((yield* sendSigned(yield* sign(HttpClientRequest.delete(at(key))))).status).toBe(204)
  })
)

/** The text with another character at each place. */
const changes = (text) =>
  Array.from(text, (c, i) => text.slice(0, i) + (c === "b" ? "c" : "b") + text.slice(i + 1)).filter((t) => t !== text)

it.live("refuses it when one byte is another one, and what it says explains why", () =>
  Effect.gen(function* () {
    const signed = yield* ObsSigner.sign(put("cat.txt"), keys, options)
    const { headers, method, url } = signed.request
    const causes = {}
    const refuse = function* (method, url, headers, body) {
      const answer = yield* send(method, url, headers, body)
      expect([400, 403]).toContain(answer.status)
      const failure = ObsResponse.decode(answer)
      if (failure._tag !== "SignatureDoesNotMatch") return failure._tag
      return ObsSigner.explain(failure, signed).cause
    }
    const scheme = "AWS S3RVER:"
    for (const signature of changes(headers.authorization.slice(scheme.length))) {
      const cause = yield* refuse(method, url, { ...headers, authorization: scheme + signature }, "x")
      expect(cause).toBe("WrongSecret")
    }
    for (const key of changes("cat.txt")) {
      expect(yield* refuse(method, at(key), headers, "x")).toBe("KeyDiffers")
    }
    for (const owner of ["mf", "m", "me2"]) {
      expect(yield* refuse(method, url, { ...headers, "x-amz-meta-owner": owner }, "x")).toBe("HeaderChanged")
    }
    for (const [name, changed, cause] of [
      ["method", ["POST", url, headers, "x"], "MethodChanged"],
      ["a type", [method, url, { ...headers, "content-type": "text/plai" }, "x"], "ContentTypeChanged"],
      ["a header more", [method, url, { ...headers, "x-amz-acl": "private" }, "x"], "HeaderAdded"],
      ["a sub-resource", [method, `${url}?acl`, headers, "x"], "SubresourceNotSigned"],
      ["another bucket", [method, url.replace("photos", "photo5"), headers, "x"], "BucketDiffers"],
      [
        "another key id",
        [method, url, { ...headers, authorization: headers.authorization.replace("S3RVER", "S3RVEQ") }, "x"],
        "InvalidAccessKeyId"
      ],
      [
        "the date",
        [
          method,
          url,
          {
            ...headers,
            "x-amz-date": headers["x-amz-date"].replace(/\d GMT/, (s) => `${(Number(s[0]) + 1) % 10} GMT`)
          },
          "x"
        ],
        "HeaderChanged"
      ]
    ]) {
      causes[name] = [yield* refuse(...changed), cause]
    }
    for (const [name, [found, expected]] of Object.entries(causes)) expect([name, found]).toEqual([name, expected])

    const address = Redacted.value(
      yield* ObsSigner.presign({ bucket: "photos", key: "cat.txt" }, keys, {
        ...options,
        endpoint: base,
        expires: 60_000
      })
    )
    const [, , expires = ""] = /(Expires=)(\d+)/.exec(address) ?? []
    for (const other of changes(expires)
      .map((text) => text.replace("b", "9"))
      .filter((text) => text !== expires)) {
      expect((yield* send("GET", address.replace(expires, other), {})).status).toBe(403)
    }
    const [start, signature] = address.split("&Signature=")
    for (const other of changes(decodeURIComponent(signature))) {
      expect((yield* send("GET", `${start}&Signature=${encodeURIComponent(other)}`, {})).status).toBe(403)
    }
  })
)
