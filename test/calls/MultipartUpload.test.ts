/**
 * Uploads in parts, and `upload`, against the service in memory.
 */
import { Effect, Exit, Fiber, Layer, Logger, Redacted, Stream, toldBy } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsClient, ObsCredentials, ObsError } from "effect-obs"
import { ObsAnswer, ObsTestClient, ObsTestService } from "effect-obs/testing"
import { bytesOf, compareBytes, joined, sentBody } from "../support/bytes.js"
import { bytes, obsOver, photos } from "../support/calls.js"

const object = { ...photos, key: "disk.img" }

const size = 102_400

/** Takes some turns of the event loop, in which other parts may come. */
const turns = (count: number): Effect.Effect<void> =>
  Effect.promise(async () => {
    for (let i = 0; i < count; i++) await new Promise((resolve) => setTimeout(resolve, 0))
  })

/** A service in memory that remembers what it was asked, and how many parts came at a time. */
const watched = (
  fail: (request: ObsTestService.Request, times: number) => ObsError.ObsFailure | undefined = () => undefined
) =>
  Effect.map(ObsTestService.make, (handler) => {
    const asked: Array<string> = []
    const state = { open: 0, most: 0 }
    const watch: ObsTestService.Handler = (request) =>
      Effect.suspend(() => {
        const { method, url } = request
        const [name = ""] = url.search.slice(1).split(/[=&]/)
        asked.push(`${method} ${url.searchParams.get("partNumber") ?? name}`.trim())
        const failure = fail(request, asked.length)
        if (failure !== undefined) {
          const dialect = ObsTestService.dialectOf(request)
          return Effect.succeed(ObsAnswer.render(failure, { dialect, method }))
        }
        if (!url.searchParams.has("partNumber")) return handler(request)
        state.open += 1
        state.most = Math.max(state.most, state.open)
        return turns(5).pipe(Effect.andThen(handler(request)), Effect.ensuring(Effect.sync(() => (state.open -= 1))))
      })
    return { asked, state, obs: obsOver(ObsTestClient.layer(watch), { retry: { delay: 0 } }) }
  })

const created = ObsClient.createBucket(photos)

const uploads = Effect.map(ObsClient.listMultipartUploads(photos), ({ uploads }) => uploads.length)

const stored = Effect.flatMap(ObsClient.getObject(object), ({ bytes }) => bytes)

const streamOf = (whole: Uint8Array, chunk: number) =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(whole.length / chunk) }, (_, i) => whole.slice(i * chunk, (i + 1) * chunk))
  )

const errorsOf = <A, E>(exit: Exit.Exit<A, E>) => (Exit.isFailure(exit) ? toldBy(exit.cause) : [])

describe("the calls of an upload in parts", () => {
  it.effect("make an object of parts and of ranges of others", () =>
    Effect.gen(function* () {
      const { obs } = yield* watched()
      const program = Effect.gen(function* () {
        yield* created
        yield* ObsClient.putObject({ ...photos, key: "source", body: bytes(300_000) })
        const upload = yield* ObsClient.initiateMultipartUpload({
          ...object,
          contentType: "text/x",
          metadata: { author: "Zoë" },
          storageClass: "WARM"
        })
        expect(upload).toEqual({ ...object, uploadId: upload.uploadId })
        const second = yield* ObsClient.uploadPart({ ...upload, partNumber: 2, body: "end", contentMd5: true })
        const first = yield* ObsClient.uploadPartCopy({
          ...upload,
          partNumber: 1,
          source: { ...photos, key: "source" },
          range: { offset: 100, length: size }
        })
        expect([first.partNumber, second.partNumber]).toEqual([1, 2])
        const { parts } = yield* ObsClient.listParts({ ...upload, maxParts: 1 })
        expect(parts).toMatchObject([{ partNumber: 1, etag: first.etag, size }])
        const all = yield* Stream.runCollect(ObsClient.streamParts({ ...upload, maxParts: 1 }))
        expect(Array.from(all).map(({ partNumber, size }) => [partNumber, size])).toEqual([
          [1, size],
          [2, 3]
        ])
        const listed = yield* ObsClient.listMultipartUploads(photos)
        expect(listed.uploads).toMatchObject([{ ...object, uploadId: upload.uploadId }])
        const done = yield* ObsClient.completeMultipartUpload({ ...upload, parts: [second, first] })
        expect(done.etag).toMatch(/^".+-2"$/)
        const got = yield* ObsClient.getObject(object)
        expect(got).toMatchObject({ contentType: "text/x", metadata: { author: "Zoë" }, storageClass: "WARM" })
        expect(compareBytes(yield* got.bytes, joined([bytes(300_000).slice(100, 100 + size), bytesOf("end")]))).toBe(0)
        const gone = yield* Effect.flip(ObsClient.listParts(upload))
        expect(gone).toMatchObject({ _tag: "NoSuchUpload", request: { operation: "ListParts", ...object } })
        expect(yield* Effect.flip(ObsClient.abortMultipartUpload(upload))).toMatchObject({ _tag: "NoSuchUpload" })
        const other = yield* ObsClient.initiateMultipartUpload(object)
        const invalid = yield* Effect.flip(
          ObsClient.completeMultipartUpload({ ...other, parts: [{ partNumber: 1, etag: '"x"' }] })
        )
        expect(invalid).toMatchObject({ _tag: "InvalidPart" })
        yield* ObsClient.abortMultipartUpload(other)
        expect(yield* uploads).toBe(0)
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("list uploads page by page, of any key", () =>
    Effect.gen(function* () {
      const { obs } = yield* watched()
      const keys = ["a b", "a&b", "ü/1", "ü/2", "\u0001"]
      const program = Effect.gen(function* () {
        yield* created
        for (const key of [...keys, "a b"]) yield* ObsClient.initiateMultipartUpload({ ...photos, key })
        const all = Array.from(yield* Stream.runCollect(ObsClient.streamMultipartUploads({ ...photos, maxUploads: 2 })))
        expect(all.map(({ key }) => key).sort()).toEqual([...keys, "a b"].sort())
        expect(new Set(all.map(({ uploadId }) => uploadId)).size).toBe(6)
        const { commonPrefixes } = yield* ObsClient.listMultipartUploads({ ...photos, delimiter: "/" })
        expect(commonPrefixes).toEqual(["ü/"])
      })
      yield* Effect.provide(program, obs)
    })
  )
})

describe("upload", () => {
  const lengths: ReadonlyArray<readonly [number, number]> = [
    [0, 1],
    [1, 1],
    [size - 1, 1],
    [size, 1],
    [size + 1, 2],
    [2 * size, 2],
    [2 * size + 1, 3],
    [5 * size + 7, 6]
  ]

  it.effect.each(lengths)("of %d bytes takes %d parts", ([length, parts]) =>
    Effect.gen(function* () {
      const whole = bytes(length)
      for (const chunk of [1000, size, 3 * size + 1]) {
        const { asked, obs } = yield* watched()
        const program = Effect.gen(function* () {
          yield* created
          const progress: Array<ObsClient.UploadProgress> = []
          const done = yield* ObsClient.upload({
            ...object,
            body: streamOf(whole, chunk),
            partSize: size,
            onProgress: (told) => Effect.sync(() => progress.push(told))
          })
          expect(done.etag).toMatch(/^".+"$/)
          expect(compareBytes(yield* stored, whole)).toBe(0)
          expect(progress.map(({ parts }) => parts)).toEqual(Array.from({ length: parts }, (_, i) => i + 1))
          expect(progress.at(-1)?.bytes).toBe(length)
          expect(progress.every(({ uploadId }) => (uploadId === undefined) === (parts === 1))).toBe(true)
          expect(yield* uploads).toBe(0)
        })
        yield* Effect.provide(program, obs)
        const puts = asked.slice(1, asked.indexOf("GET"))
        expect(puts.length).toBe(parts === 1 ? 1 : parts + 2)
        expect(puts[0]).toBe(parts === 1 ? "PUT" : "POST uploads")
      }
    })
  )

  it.effect.each([
    ["a text", "ü".repeat(size), "text/plain; charset=utf-8"],
    ["bytes", bytes(2 * size + 1), "application/octet-stream"]
  ] as const)("takes %s", ([, body, type]) =>
    Effect.gen(function* () {
      const { obs } = yield* watched()
      const program = Effect.gen(function* () {
        yield* created
        yield* ObsClient.upload({ ...object, body, partSize: size, metadata: { a: "ü" } })
        const { contentLength, contentType, metadata } = yield* ObsClient.headObject(object)
        const length = typeof body === "string" ? 2 * size : body.length
        expect([contentLength, contentType, metadata]).toEqual([length, type, { a: "ü" }])
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("can run again, and sends its own each time", () =>
    Effect.gen(function* () {
      const { asked, obs } = yield* watched()
      const upload = ObsClient.upload({ ...object, body: streamOf(bytes(2 * size), 1000), partSize: size })
      yield* Effect.provide(Effect.all([created, upload, upload]), obs)
      expect(asked.slice(1)).toEqual([...asked.slice(1, 5), ...asked.slice(1, 5)])
    })
  )

  it.effect.each([1, 2, 5])("sends %d parts at a time, and holds two more", (concurrency) =>
    Effect.gen(function* () {
      const { obs, state } = yield* watched()
      let made = 0
      let done = 0
      let most = 0
      const whole = Stream.fromIterable(Array.from({ length: 30 }, (_, i) => i)).pipe(
        Stream.rechunk(1),
        Stream.map(() => {
          made += 1
          most = Math.max(most, made - done)
          return bytes(size)
        })
      )
      const upload = ObsClient.upload({
        ...object,
        body: whole,
        partSize: size,
        concurrency,
        onProgress: () => Effect.sync(() => (done += 1))
      })
      yield* Effect.provide(Effect.andThen(created, upload), obs)
      expect(state.most).toBe(concurrency)
      expect(most).toBeLessThanOrEqual(concurrency + 2)
    })
  )

  it.effect("aborts where a part fails, and fails with that", () =>
    Effect.gen(function* () {
      const { asked, obs } = yield* watched(({ url }) =>
        url.searchParams.get("partNumber") === "3" ? new ObsError.AccessDenied() : undefined
      )
      const program = Effect.gen(function* () {
        yield* created
        const error = yield* Effect.flip(
          ObsClient.upload({ ...object, body: streamOf(bytes(9 * size), size), partSize: size })
        )
        expect(error).toMatchObject({ _tag: "AccessDenied", request: { operation: "UploadPart", ...object } })
        expect(yield* uploads).toBe(0)
        expect(yield* Effect.flip(stored)).toMatchObject({ _tag: "NoSuchKey" })
      })
      yield* Effect.provide(program, obs)
      expect(asked).toContain("DELETE uploadId")
    })
  )

  it.effect("sends a part again where that can help", () =>
    Effect.gen(function* () {
      const failed = new Set<string>()
      const { asked, obs } = yield* watched(({ url }) => {
        const part = url.searchParams.get("partNumber")
        if (part === null || failed.has(part)) return undefined
        failed.add(part)
        return new ObsError.InternalError()
      })
      const whole = bytes(3 * size)
      const program = Effect.gen(function* () {
        yield* created
        yield* ObsClient.upload({ ...object, body: streamOf(whole, 1000), partSize: size })
        expect(compareBytes(yield* stored, whole)).toBe(0)
      })
      yield* Effect.provide(program, obs)
      expect(asked.filter((name) => /^PUT \d$/.test(name)).sort()).toEqual(
        ["1", "1", "2", "2", "3", "3"].map((n) => `PUT ${n}`)
      )
    })
  )

  const failing = Stream.concat(streamOf(bytes(3 * size), 1000), Stream.fail(new RangeError("mine")))

  it.effect.each([
    ["its stream fails", { body: failing }],
    [
      "what it tells its progress to fails",
      { body: bytes(3 * size), onProgress: () => Effect.fail(new RangeError("mine")) }
    ]
  ] as const)("aborts where %s", ([, options]) =>
    Effect.gen(function* () {
      const { obs } = yield* watched()
      const program = Effect.gen(function* () {
        yield* created
        const exit = yield* Effect.exit(
          ObsClient.upload<RangeError, never, RangeError>({ ...object, partSize: size, ...options })
        )
        expect(errorsOf(exit)[0]).toEqual(new RangeError("mine"))
        expect(yield* uploads).toBe(0)
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("aborts where it is interrupted", () =>
    Effect.gen(function* () {
      const { asked, obs } = yield* watched()
      const program = Effect.gen(function* () {
        yield* created
        const body = Stream.concat(streamOf(bytes(3 * size), size), Stream.never)
        const fiber = yield* Effect.forkChild(ObsClient.upload({ ...object, body, partSize: size }))
        while (!asked.includes("PUT 2")) yield* Effect.yieldNow
        yield* Fiber.interrupt(fiber)
        expect(yield* uploads).toBe(0)
      })
      yield* Effect.provide(program, obs)
      expect(asked).toContain("DELETE uploadId")
    })
  )

  const counted = (warned: Array<string>) =>
    Logger.layer([
      Logger.map(Logger.formatSimple, (line) => {
        warned.push(line)
      })
    ])

  it.effect("that cannot be aborted says so in the log, and fails with what it failed with", () =>
    Effect.gen(function* () {
      const warned: Array<string> = []
      const { obs } = yield* watched(({ method, url }) =>
        method === "DELETE" || url.searchParams.get("partNumber") === "2" ? new ObsError.AccessDenied() : undefined
      )
      const upload = ObsClient.upload({ ...object, body: bytes(3 * size), partSize: size })
      const error = yield* Effect.flip(Effect.andThen(created, upload)).pipe(
        Effect.provide(obs),
        Effect.provide(counted(warned))
      )
      expect(error).toMatchObject({ _tag: "AccessDenied", request: { operation: "UploadPart" } })
      expect(warned.length).toBe(1)
      expect(warned[0]).toMatch(/The upload \S+ of photos\/disk\.img could not be aborted: abort it/)
    })
  )

  it.effect("that is gone when it is aborted is not in the log", () =>
    Effect.gen(function* () {
      const warned: Array<string> = []
      const { obs } = yield* watched(({ method, url }) => {
        if (method === "DELETE") return new ObsError.NoSuchUpload()
        return url.searchParams.get("partNumber") === "2" ? new ObsError.AccessDenied() : undefined
      })
      const upload = ObsClient.upload({ ...object, body: bytes(3 * size), partSize: size })
      yield* Effect.flip(Effect.andThen(created, upload)).pipe(Effect.provide(obs), Effect.provide(counted(warned)))
      expect(warned).toEqual([])
    })
  )

  it.effect("stays where it is kept, and goes on without the parts that are there", () =>
    Effect.gen(function* () {
      let isBroken = true
      const { asked, obs } = yield* watched(({ url }) =>
        isBroken && url.searchParams.get("partNumber") === "4" ? new ObsError.AccessDenied() : undefined
      )
      const whole = bytes(5 * size + 1)
      const program = Effect.gen(function* () {
        yield* created
        let uploadId = ""
        const options = { ...object, partSize: size, concurrency: 1, keepOnFailure: true }
        const onProgress = (told: ObsClient.UploadProgress) => Effect.sync(() => (uploadId = told.uploadId ?? ""))
        yield* Effect.flip(ObsClient.upload({ ...options, body: streamOf(whole, 1000), onProgress }))
        expect(yield* uploads).toBe(1)
        isBroken = false
        asked.length = 0
        // The second part is another one this time
        const changed = Uint8Array.from(whole, (byte, i) => (i === size ? byte ^ 1 : byte))
        const told: Array<number> = []
        yield* ObsClient.upload({
          ...options,
          body: streamOf(changed, 1000),
          resume: uploadId,
          onProgress: ({ bytes }) => Effect.sync(() => told.push(bytes))
        })
        expect(asked.filter((name) => name.startsWith("PUT"))).toEqual(["PUT 2", "PUT 4", "PUT 5", "PUT 6"])
        expect(told).toEqual([1, 2, 3, 4, 5].map((n) => n * size).concat(whole.length))
        expect(compareBytes(yield* stored, changed)).toBe(0)
        expect(yield* uploads).toBe(0)
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("goes on with less than it had, and with nothing at all", () =>
    Effect.gen(function* () {
      const { obs } = yield* watched()
      const program = Effect.gen(function* () {
        yield* created
        for (const body of [bytes(10), new Uint8Array()]) {
          const { uploadId } = yield* ObsClient.initiateMultipartUpload(object)
          yield* ObsClient.uploadPart({ ...object, uploadId, partNumber: 1, body: bytes(size) })
          yield* ObsClient.uploadPart({ ...object, uploadId, partNumber: 2, body: bytes(size) })
          yield* ObsClient.upload({ ...object, body, partSize: size, resume: uploadId })
          expect(compareBytes(yield* stored, body)).toBe(0)
        }
        const gone = yield* Effect.flip(ObsClient.upload({ ...object, body: "", resume: "none" }))
        expect(gone).toMatchObject({ _tag: "NoSuchUpload", request: { operation: "ListParts" } })
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("encrypts each part with the key of the customer", () =>
    Effect.gen(function* () {
      const { obs } = yield* watched()
      const key = Redacted.make(bytes(32))
      const program = Effect.gen(function* () {
        yield* created
        const encryption = { type: "SSE-C", key } as const
        yield* ObsClient.upload({ ...object, body: bytes(2 * size), partSize: size, encryption })
        const got = yield* ObsClient.getObject({ ...object, customerKey: key })
        expect(compareBytes(yield* got.bytes, bytes(2 * size))).toBe(0)
        expect((yield* Effect.flip(ObsClient.getObject(object)))._tag).not.toBe("NoSuchKey")
      })
      yield* Effect.provide(program, obs)
    })
  )

  it.effect("doubles its parts every two thousand, and fails where ten thousand are not enough", () =>
    Effect.gen(function* () {
      const sizes: Array<number> = []
      const client = ObsTestClient.layer((request) => {
        const { method, url } = request
        const part = url.searchParams.get("partNumber")
        if (part !== null) sizes[Number(part)] = sentBody(request.body).length
        const body =
          method === "POST"
            ? "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
            : ""
        return Effect.succeed({ status: 200, headers: { etag: '"e"' }, body })
      })
      // Ten thousand signatures would take long
      const obs = Layer.provide(
        ObsClient.layer({ endpoint: "obs.example.com" }),
        Layer.merge(client, ObsCredentials.layerAnonymous)
      )
      const block = new Uint8Array(16 * size)
      const body = Stream.fromIterable(Array.from({ length: 3876 }, () => block))
      const upload = ObsClient.upload({ ...object, body, partSize: size, concurrency: 1 })
      const error = yield* Effect.flip(Effect.provide(upload, obs))
      expect(error).toMatchObject({ _tag: "InvalidInput", option: "partSize", operation: "upload" })
      const at = [1, 2000, 2001, 4000, 4001, 6001, 8001, 10_000]
      expect(at.map((number) => (sizes[number] ?? 0) / size)).toEqual([1, 1, 2, 2, 4, 8, 16, 16])
      expect(sizes).toHaveLength(10_001)
    })
  )
})
