import { FetchHttpClient, HttpBody, HttpClient, HttpClientRequest } from "@effect/platform"
import { describe, expect, it } from "@effect/vitest"
import { Effect, Equal, Layer, Stream, TestClock } from "effect"
import { ObsError, ObsHttpClient, ObsResponse } from "effect-obs"
import type { ObsAnswer as Answers } from "effect-obs/testing"
import { ObsAnswer, ObsTestClient, ObsTestServer, ObsTestService } from "effect-obs/testing"

const root = "https://obs.example.com"

/** The same program against the service in memory and over loopback. */
const carriers = [
  ["in memory", Effect.map(ObsTestService.make, (handler) => ({ url: root, client: ObsTestClient.make(handler) }))],
  [
    "over loopback",
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(yield* ObsTestService.make)
      return { url, client: yield* HttpClient.HttpClient }
    }).pipe(Effect.provide(FetchHttpClient.layer))
  ]
] as const

describe.each(carriers)("the service %s", (_, carrier) => {
  const setup = Effect.map(carrier, ({ client, url }) => ({ url, obs: ObsHttpClient.filterStatusOk(client) }))

  it.scoped("keeps buckets and objects", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      const tag = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
        Effect.map(Effect.flip(effect), (failure) => failure._tag)
      expect(yield* tag(obs.put(`${url}/No`))).toBe("InvalidBucketName")
      yield* obs.put(`${url}/photos`)
      expect(yield* tag(obs.put(`${url}/photos`))).toBe("BucketAlreadyOwnedByYou")
      yield* obs.head(`${url}/photos`)
      expect(yield* tag(obs.head(`${url}/films`))).toBe("NoSuchBucket")
      yield* obs.put(`${url}/photos/a%20b%2Fc`, { body: HttpBody.text("meow") })
      expect(yield* Effect.flatMap(obs.get(`${url}/photos/a%20b/c`), (r) => r.text)).toBe("meow")
      expect(yield* Effect.flatMap(obs.get(`${url}/photos`), (r) => r.text)).toContain("<Key>a b/c</Key>")
      expect(yield* Effect.flatMap(obs.get(url), (r) => r.text)).toContain("<Name>photos</Name>")
      expect(yield* tag(obs.del(`${url}/photos`))).toBe("BucketNotEmpty")
      yield* obs.del(`${url}/photos/a%20b/c`)
      yield* obs.del(`${url}/photos`)
      expect(yield* tag(obs.get(`${url}/photos`))).toBe("NoSuchBucket")
      expect(yield* tag(obs.get(`${url}/photos/x`))).toBe("NoSuchBucket")
      expect(yield* tag(obs.post(url))).toBe("MethodNotAllowed")
    })
  )

  it.scoped("minds conditions and ranges", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* obs.put(`${url}/photos`)
      const { headers } = yield* obs.put(`${url}/photos/cat`, { body: HttpBody.text("0123456789") })
      const etag = headers["etag"] ?? ""
      const get = (headers: Record<string, string>) => obs.get(`${url}/photos/cat`, { headers })
      expect(yield* Effect.flip(get({ "if-none-match": etag }))).toMatchObject({ _tag: "NotModified", status: 304 })
      expect(yield* Effect.flip(get({ "if-match": '"other"' }))).toMatchObject({
        _tag: "PreconditionFailed",
        condition: "If-Match"
      })
      expect((yield* get({ "if-match": etag })).status).toBe(200)
      const part = yield* get({ range: "bytes=2-4" })
      expect([part.status, yield* part.text, part.headers["content-range"]]).toEqual([206, "234", "bytes 2-4/10"])
      expect(yield* Effect.flip(get({ range: "bytes=10-" }))).toMatchObject({ _tag: "InvalidRange" })
    })
  )

  it.scoped("assembles parts", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* obs.put(`${url}/photos`)
      const object = `${url}/photos/cat`
      const id = /<UploadId>(.*)<\/UploadId>/.exec(yield* (yield* obs.post(`${object}?uploads`)).text)?.[1] ?? ""
      const put = (number: number, text: string) =>
        obs
          .put(`${object}?partNumber=${number}&uploadId=${id}`, {
            body: HttpBody.stream(Stream.encodeText(Stream.make(text)))
          })
          .pipe(
            Effect.map((r) => `<Part><PartNumber>${number}</PartNumber><ETag>${r.headers["etag"] ?? ""}</ETag></Part>`)
          )
      const complete = (parts: string, upload = id) =>
        obs.post(`${object}?uploadId=${upload}`, {
          body: HttpBody.text(`<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`)
        })
      const tagOf = (parts: string, upload?: string) =>
        Effect.map(Effect.flip(complete(parts, upload)), (failure) => failure._tag)
      const one = yield* put(1, "me")
      const two = yield* put(2, "ow")
      expect(yield* Effect.flip(put(0, ""))).toMatchObject({ _tag: "InvalidArgument", argumentValue: "0" })
      expect(yield* tagOf(one, "none")).toBe("NoSuchUpload")
      expect(yield* tagOf("")).toBe("MalformedXML")
      expect(yield* tagOf(two + one)).toBe("InvalidPartOrder")
      expect(yield* tagOf(one + two.replace(/<ETag>.*<\/ETag>/, "<ETag>x</ETag>"))).toBe("InvalidPart")
      yield* complete(one + two)
      expect(yield* Effect.flatMap(obs.get(object), (r) => r.text)).toBe("meow")
      expect(yield* tagOf(one)).toBe("NoSuchUpload")
    })
  )

  it.scoped("copies", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      yield* obs.put(`${url}/photos`)
      yield* obs.put(`${url}/photos/cat`, { body: HttpBody.text("meow") })
      const copy = (source: string) => obs.put(`${url}/photos/copy`, { headers: { "x-obs-copy-source": source } })
      yield* copy("/photos/cat")
      expect(yield* Effect.flatMap(obs.get(`${url}/photos/copy`), (r) => r.text)).toBe("meow")
      expect(yield* Effect.flip(copy("/photos/dog"))).toMatchObject({ _tag: "NoSuchKey", key: "dog" })
      expect(yield* Effect.flip(copy("/films/dog"))).toMatchObject({ _tag: "NoSuchBucket", bucketName: "films" })
    })
  )

  it.scoped("answers in the dialect of the request", () =>
    Effect.gen(function* () {
      const { client, url } = yield* carrier
      const get = (authorization: string) => client.get(`${url}/photos`, { headers: { authorization } })
      expect(Object.keys((yield* get("OBS k:s")).headers)).toContain("x-obs-request-id")
      expect(Object.keys((yield* get("AWS4-HMAC-SHA256 x")).headers)).toContain("x-amz-request-id")
    })
  )

  it.scoped("answers the error that a request asks for", () =>
    Effect.gen(function* () {
      const { obs, url } = yield* setup
      const get = (code: string) => Effect.flip(obs.get(url, { headers: { [ObsTestService.errorHeader]: code } }))
      expect(yield* get("KMS.NotFoundException")).toBeInstanceOf(ObsError.KmsNotFoundException)
      expect(yield* get("Unheard")).toMatchObject({ _tag: "UnknownObsError", code: "Unheard" })
    })
  )
})

describe("ObsTestClient.layerScript", () => {
  it.effect("gives its answers in order and then says that there are none", () =>
    Effect.gen(function* () {
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      expect(yield* Effect.flip(obs.get(root))).toBeInstanceOf(ObsError.SlowDown)
      expect(yield* (yield* obs.get(root)).text).toBe("ok")
      const failure = yield* Effect.flip(obs.get(root))
      expect(failure._tag).toBe("RequestError")
      expect(failure.message).toContain("no answer left")
    }).pipe(
      Effect.provide(ObsTestClient.layerScript([new ObsError.SlowDown(), { status: 200, headers: {}, body: "ok" }]))
    )
  )
})

describe("ObsTestServer", () => {
  it.scopedLive("answers for a handler that dies", () =>
    Effect.gen(function* () {
      const { url } = yield* ObsTestServer.make(() => Effect.die("oops"))
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      expect(yield* Effect.flip(obs.get(url))).toBeInstanceOf(ObsError.InternalError)
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  it.live("stops with its layer", () =>
    Effect.gen(function* () {
      const handler = ObsTestService.failing(() => new ObsError.SlowDown())
      const url = yield* Effect.provide(
        Effect.map(ObsTestServer.ObsTestServer, ({ url }) => url),
        ObsTestServer.layer(handler)
      )
      const failure = yield* Effect.flip(HttpClient.get(url))
      expect(failure._tag).toBe("RequestError")
    }).pipe(Effect.provide(Layer.merge(FetchHttpClient.layer, Layer.empty)))
  )
})

describe("ObsAnswer.render", () => {
  const failures: ReadonlyArray<ObsError.ObsFailure> = [
    new ObsError.NoSuchKey({
      key: " <a> & \r\n b ",
      requestId: "r",
      hostId: "h",
      id2: "i",
      indicator: "3",
      resource: "/b"
    }),
    new ObsError.NoSuchKey({ message: "a\u001bb", requestId: "r", details: { RequestId: "other", Foo: "ü" } }),
    new ObsError.UnknownObsError({ code: "Foo", status: 418, message: "m" }),
    new ObsError.NotModified({ requestId: "r" }),
    new ObsError.UnrecognizedResponse({ status: 404, reason: "EmptyBody" }),
    new ObsError.UnrecognizedResponse({ status: 404, reason: "NoCode", details: { Foo: "bar" } }),
    new ObsError.UnrecognizedResponse({ status: 404, reason: "Malformed" }),
    new ObsError.UnrecognizedResponse({ status: 404, reason: "Compressed" }),
    new ObsError.UnrecognizedResponse({ status: 404, reason: "TooLarge", excerpt: "A" }),
    new ObsError.UnrecognizedResponse({
      status: 502,
      reason: "NotAnErrorDocument",
      contentType: "text/html",
      excerpt: "<p>"
    })
  ]
  const options: ReadonlyArray<Answers.RenderOptions> = [
    {},
    { dialect: "amz" },
    { layout: "indented" },
    { prefix: "s3", layout: "indented" }
  ]

  it.each(failures.flatMap((failure) => options.map((option) => [failure._tag, option, failure] as const)))(
    "writes %s with %j so that it comes back equal",
    (_, option, failure) => {
      const decoded = ObsResponse.decode(ObsAnswer.render(failure, option))
      expect(decoded).toEqual(failure)
      expect(Equal.equals(decoded, failure)).toBe(true)
    }
  )
})

describe("the service in memory", () => {
  const service = Effect.map(ObsTestService.make, (handler) =>
    ObsHttpClient.filterStatusOk(ObsTestClient.make(handler))
  )

  it.effect("takes the bucket from the host or the path", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://photos.obs.example.com/")
      yield* obs.put("https://photos.obs.example.com/a/cat.txt", { body: HttpBody.text("meow") })
      const read = yield* obs.get("https://obs.example.com/photos/a/cat.txt")
      expect(yield* read.text).toBe("meow")
    })
  )

  it.effect("refuses what it does not know, and changes nothing", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put("https://obs.example.com/photos/cat.txt", { body: HttpBody.text("meow") })
      for (const request of [
        HttpClientRequest.del("https://obs.example.com/photos?lifecycle"),
        HttpClientRequest.del("https://obs.example.com/photos/cat.txt?tagging"),
        HttpClientRequest.put("https://obs.example.com/photos/cat.txt?acl"),
        HttpClientRequest.get("https://obs.example.com/photos?versions")
      ]) {
        expect((yield* Effect.flip(obs.execute(request)))._tag).toBe("NotImplemented")
      }
      const read = yield* obs.get("https://obs.example.com/photos/cat.txt")
      expect(yield* read.text).toBe("meow")
    })
  )

  it.effect("deletes several objects and tells of each", () =>
    Effect.gen(function* () {
      const obs = yield* service
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put("https://obs.example.com/photos/a%26b", { body: HttpBody.text("meow") })
      const long = "k".repeat(1025)
      const body = HttpBody.text(
        `<Delete><Object><Key>a&amp;b</Key></Object><Object><Key>${long}</Key></Object></Delete>`
      )
      const { deleted, errors } = yield* Effect.flatMap(
        obs.post("https://obs.example.com/photos?delete", { body }),
        ObsResponse.deleteResult
      )
      expect(deleted).toEqual([{ key: "a&b" }])
      expect(errors.map(({ failure, key }) => [key, failure._tag])).toEqual([[long, "KeyTooLongError"]])
      const malformed = obs.post("https://obs.example.com/photos?delete", { body: HttpBody.text("<Delete/>") })
      expect((yield* Effect.flip(malformed))._tag).toBe("MalformedXML")
    })
  )

  it.effect("restores archived objects in a tenth of a second", () =>
    Effect.gen(function* () {
      const obs = yield* service
      const url = "https://obs.example.com/photos/cat.txt"
      yield* obs.put("https://obs.example.com/photos")
      yield* obs.put(url, { headers: { "x-obs-storage-class": "COLD" }, body: HttpBody.text("meow") })
      expect((yield* Effect.flip(obs.get(url)))._tag).toBe("InvalidObjectState")
      expect((yield* obs.post(`${url}?restore`)).status).toBe(202)
      expect((yield* Effect.flip(obs.post(`${url}?restore`)))._tag).toBe("RestoreAlreadyInProgress")
      expect((yield* obs.head(url)).headers["x-obs-restore"]).toBe('ongoing-request="true"')
      yield* TestClock.adjust("100 millis")
      expect(yield* (yield* obs.get(url)).text).toBe("meow")
      expect((yield* obs.head(url)).headers["x-obs-restore"]).toBe('ongoing-request="false"')
      yield* obs.put(url, { body: HttpBody.text("meow") })
      expect((yield* Effect.flip(obs.post(`${url}?restore`)))._tag).toBe("InvalidObjectState")
    })
  )

  it.effect("looks at the conditions of an upload", () =>
    Effect.gen(function* () {
      const obs = yield* service
      const url = "https://obs.example.com/photos/cat.txt"
      yield* obs.put("https://obs.example.com/photos")
      const put = (headers: Record<string, string>) => obs.put(url, { headers, body: HttpBody.text("meow") })
      expect((yield* Effect.flip(put({ "if-match": '"no"' })))._tag).toBe("PreconditionFailed")
      const { headers } = yield* put({ "if-none-match": "*" })
      expect((yield* Effect.flip(put({ "if-none-match": "*" })))._tag).toBe("PreconditionFailed")
      expect((yield* put({ "if-match": headers["etag"] ?? "" })).status).toBe(200)
    })
  )
})
