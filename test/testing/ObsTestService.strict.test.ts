import { Effect } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { callerOf, type Options } from "../support/service.js"

const made = (options: ObsTestService.Options, origin?: string) =>
  Effect.map(ObsTestService.makeWith(options), (handler) => callerOf(handler, origin))

describe("the path style", () => {
  const { strict } = ObsTestService

  it.effect.each<[string, string, string | undefined]>([
    ["a bucket in the path of a host that is a name", "https://obs.example.com", "VirtualHostDomainRequired"],
    ["a bucket in the path of localhost", "http://localhost:9000", "VirtualHostDomainRequired"],
    ["a bucket in the path of an address of version 4", "http://127.0.0.1:9000", undefined],
    ["a bucket in the path of an address of version 6", "http://[::1]:9000", undefined]
  ])("refused: %s", ([, origin, tag]) =>
    Effect.gen(function* () {
      const call = yield* made(strict, origin)
      const answer = yield* call("PUT /photos")
      expect(answer.tag).toBe(tag)
      expect(answer.status).toBe(tag === undefined ? 200 : 403)
      expect((yield* (yield* made({}, origin))("PUT /photos")).status).toBe(200)
    })
  )

  it.effect("refused: names the host of the bucket, and lets it be used", () =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.makeWith(strict)
      const byPath = callerOf(handler)
      const refused = yield* byPath("PUT /photos")
      expect(refused.failure).toMatchObject({
        virtualHost: "photos.obs.example.com",
        message: "Virtual host domain is required while accessing a specific bucket."
      })
      // What is about no bucket is at the endpoint itself
      expect((yield* byPath("GET /")).status).toBe(200)
      const call = callerOf(handler, "https://photos.obs.example.com")
      expect((yield* call("PUT /")).status).toBe(200)
      expect((yield* call("PUT /cat.txt", "meow")).status).toBe(200)
      expect((yield* call("GET /cat.txt")).text).toBe("meow")
      expect((yield* byPath("GET /photos/cat.txt")).tag).toBe("VirtualHostDomainRequired")
    })
  )
})

describe("bodies in chunks", () => {
  const signature = `;chunk-signature=${"a".repeat(64)}`
  const chunk = `4${signature}\r\nmeow\r\n0${signature}\r\n\r\n`
  const sent = (hash: string, body = chunk): Options => ({
    headers: { "x-amz-content-sha256": hash, "content-encoding": "aws-chunked", "x-amz-decoded-content-length": "4" },
    body
  })
  const plain = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
  const trailing = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
  const withTrailer = "4\r\nmeow\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"

  it.effect("are decoded by default", () =>
    Effect.gen(function* () {
      const call = yield* made({})
      yield* call("PUT /photos")
      expect((yield* call("PUT /photos/a", sent(plain))).status).toBe(200)
      expect((yield* call("GET /photos/a")).text).toBe("meow")
      expect((yield* call("PUT /photos/b", sent(trailing, withTrailer))).status).toBe(200)
      expect((yield* call("GET /photos/b")).text).toBe("meow")
      expect((yield* call("PUT /photos/c", sent(plain, chunk.slice(0, 25)))).tag).toBe("IncompleteBody")
    })
  )

  it.effect("are kept as they are sent, and refused with a trailer, where the service is strict", () =>
    Effect.gen(function* () {
      const call = yield* made({ awsChunked: "kept" })
      yield* call("PUT /photos")
      expect((yield* call("PUT /photos/a", sent(plain))).status).toBe(200)
      expect((yield* call("GET /photos/a")).text).toBe(chunk)
      const refused = yield* call("PUT /photos/b", sent(trailing, withTrailer))
      expect([refused.tag, refused.status]).toEqual(["XAmzContentSHA256Mismatch", 400])
      expect((yield* call("GET /photos/b")).tag).toBe("NoSuchKey")
    })
  )
})

describe("strict", () => {
  it.effect("has the least size of parts, and needs a digest where several objects are deleted", () =>
    Effect.gen(function* () {
      const call = yield* made(ObsTestService.strict, "https://photos.obs.example.com")
      yield* call("PUT /")
      const body = "<Delete><Object><Key>a</Key></Object></Delete>"
      expect((yield* call("POST /?delete", body)).tag).toBe("InvalidRequest")
      const { text } = yield* call("POST /a?uploads")
      const upload = /<UploadId>(.*)<\/UploadId>/.exec(text)?.[1] ?? ""
      const etags = yield* Effect.forEach([1, 2], (n) =>
        Effect.map(call(`PUT /a?uploadId=${upload}&partNumber=${n}`, "part"), ({ headers }) => headers["etag"] ?? "")
      )
      const parts = etags.map((etag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
      const complete = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`
      expect((yield* call(`POST /a?uploadId=${upload}`, complete)).failure).toMatchObject({
        _tag: "EntityTooSmall",
        details: { MinSizeAllowed: "102400" }
      })
    })
  )
})
