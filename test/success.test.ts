/**
 * Answers with a 2xx status that are none, and those that have to pass as they are.
 */
import {
  Cause,
  Effect,
  Exit,
  HttpClient,
  HttpClientRequest,
  HttpClientResponse,
  isOneFailure,
  Schema,
  Stream
} from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient, ObsOperation, ObsResponse, ObsRetry } from "effect-obs"
import { readShared } from "./support/shared.js"

const object = "https://photos.obs.example.com/cat.jpg"

const copy = HttpClientRequest.put(object, { headers: { "x-obs-copy-source": "/photos/dog.jpg" } })
const copyPart = HttpClientRequest.put(`${object}?partNumber=1&uploadId=1`, {
  headers: { "X-Amz-Copy-Source": "/photos/dog.jpg" }
})
const complete = HttpClientRequest.post(`${object}?uploadId=1`)
const completeWithParams = HttpClientRequest.post(object, { urlParams: { uploadId: "1" } })

const checked = [
  ["a copy", copy],
  ["a copy of a part", copyPart],
  ["the completion of an upload", complete],
  ["the completion of an upload, with parameters apart", completeWithParams]
] as const

const unchecked = [
  ["an object", HttpClientRequest.get(object)],
  ["an upload", HttpClientRequest.put(object)],
  ["a part", HttpClientRequest.put(`${object}?partNumber=1&uploadId=1`)],
  ["the start of an upload", HttpClientRequest.post(`${object}?uploads`)]
] as const

const answer = (request: HttpClientRequest.HttpClientRequest, response: Response) =>
  ObsResponse.filterStatusOk(HttpClientResponse.fromWeb(request, response))

const error = "<Error><Code>InternalError</Code><Message>Try again.</Message></Error>"

describe.each(checked)("the answer to %s", (_, request) => {
  it.effect.each([
    ["an error", error],
    [
      "an error behind blanks that kept the connection alive",
      `${" ".repeat(100_000)}\n<?xml version="1.0"?>\n${error}\n`
    ]
  ])("with status 200 and %s is a failure", ([_, body]) =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(answer(request, new Response(body, { headers: { "x-obs-request-id": "r" } })))
      expect(failure).toMatchObject({ _tag: "InternalError", message: "Try again.", status: 200, requestId: "r" })
      expect(failure.retry).toBe("transient")
    })
  )

  it.effect.each([
    ["EmptyBody", ""],
    ["EmptyBody", " \n "],
    ["Malformed", "<Error><Code>Int"],
    ["NoCode", "<Error/>"],
    ["ConnectionLost", '<?xml version="1.0"?>\n   \n'],
    ["ConnectionLost", "<CompleteMultipartUploadResult><Loc"],
    ["ConnectionLost", " \n<CopyObjectResult><ETag>"],
    ["NotAnErrorDocument", "<html><body><p>gateway"],
    ["NotAnErrorDocument", "<CopyObjectResult></ETag></CopyObjectResult>"],
    ["NotAnErrorDocument", "<html>gateway</html>"],
    ["NotAnErrorDocument", "gateway"]
  ])("that does not tell how it ended fails with %s", ([reason, body]) =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(answer(request, new Response(body)))
      expect(failure).toMatchObject({ _tag: "UnrecognizedResponse", status: 200, reason })
    })
  )

  it.effect("that is a success passes with its body intact", () =>
    Effect.gen(function* () {
      const body = ' \n<?xml version="1.0"?><CopyObjectResult><ETag>"a"</ETag></CopyObjectResult>\n'
      const response = yield* answer(request, new Response(body, { headers: { "x-obs-version-id": "v" } }))
      expect(yield* response.text).toBe(body)
      expect(response.status).toBe(200)
      expect(response.headers["x-obs-version-id"]).toBe("v")
      expect(response.request).toBe(request)
    })
  )

  it.effect("keeps what a success has besides its body", () =>
    Effect.gen(function* () {
      const headers = new Headers([
        ["set-cookie", "a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT"],
        ["set-cookie", "b=2"]
      ])
      const response = yield* answer(request, new Response("<CopyObjectResult/>", { headers }))
      // A browser shows cookies to nobody
      const cookies = HttpClientResponse.fromWeb(request, new Response("", { headers })).cookies
      expect(Object.keys(response.cookies.cookies)).toEqual(Object.keys(cookies.cookies))
      expect(yield* response.text).toBe("<CopyObjectResult/>")
    })
  )

  it.effect("is a failure where the connection is lost before it is known", () =>
    Effect.gen(function* () {
      const lost = new ReadableStream({
        pull(controller) {
          controller.error(new Error("lost"))
        }
      })
      expect(yield* Effect.flip(answer(request, new Response(lost)))).toMatchObject({
        reason: "ConnectionLost",
        status: 200
      })
    })
  )
})

it.effect.each(unchecked)("the answer to %s passes unread, whatever it looks like", ([_, request]) =>
  Effect.gen(function* () {
    const response = HttpClientResponse.fromWeb(request, new Response(error))
    expect(yield* ObsResponse.filterStatusOk(response)).toBe(response)
    expect(yield* response.text).toBe(error)
  })
)

it.effect("the completion of an upload with a callback passes with whatever the callback answered", () =>
  Effect.gen(function* () {
    const request = HttpClientRequest.post(`${object}?uploadId=1`, { headers: { "x-obs-callback": "e30=" } })
    const response = yield* answer(request, new Response('{"ok":true}'))
    expect(yield* response.json).toEqual({ ok: true })
    expect(yield* Effect.flip(answer(request, new Response(error)))).toBeInstanceOf(ObsError.InternalError)
  })
)

describe("status 203", () => {
  const body = "<Error><Code>CallbackError</Code><Message>The callback server is down.</Message></Error>"

  it.effect.each([
    ["a header", HttpClientRequest.put(object, { headers: { "x-obs-callback": "e30=" } })],
    ["a parameter", HttpClientRequest.post(`${object}?uploadId=1&x-obs-callback=e30=`)]
  ] as const)("after an upload with a callback in %s says that the object is stored", ([_, request]) =>
    Effect.gen(function* () {
      const headers = { "x-obs-request-id": "r" }
      const failure = yield* Effect.flip(answer(request, new Response(body, { status: 203, headers })))
      expect(failure).toBeInstanceOf(ObsError.CallbackFailed)
      expect(failure).toMatchObject({
        message: "The callback server is down.",
        status: 203,
        requestId: "r",
        retry: "never"
      })
      expect(failure.details["Code"]).toBe("CallbackError")
      expect(failure.solution).toContain("Do not upload the object again")
    })
  )

  it.effect("is a success otherwise", () =>
    Effect.gen(function* () {
      const response = HttpClientResponse.fromWeb(HttpClientRequest.put(object), new Response(null, { status: 203 }))
      expect(yield* ObsResponse.filterStatusOk(response)).toBe(response)
    })
  )
})

describe("deleteResult", () => {
  const result = (body: string | null, init?: ResponseInit) =>
    ObsResponse.deleteResult(
      HttpClientResponse.fromWeb(
        HttpClientRequest.post("https://photos.obs.example.com/?delete"),
        new Response(body, init)
      )
    )

  it.effect("tells what was deleted, and for each key that was not, why", () =>
    Effect.gen(function* () {
      const { deleted, errors } = yield* result(
        `<?xml version="1.0" encoding="UTF-8"?>
        <DeleteResult xmlns="http://obs.example.com/doc/2015-06-30/">
          <Deleted><Key>a</Key></Deleted>
          <Deleted><Key> b </Key><VersionId>1</VersionId><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>2</DeleteMarkerVersionId></Deleted>
          <Error><Key>c</Key><VersionId>3</VersionId><Code>AccessDenied</Code><Message>no</Message></Error>
          <Error><Key>d</Key><Code>NoSuchKey</Code></Error>
          <Error><Key>e</Key><Code>Unheard</Code><Foo>bar</Foo></Error>
          <Error><Key>f</Key></Error>
        </DeleteResult>`,
        { headers: { "x-obs-request-id": "r" } }
      )
      expect(deleted).toEqual([
        { key: "a" },
        { key: " b ", versionId: "1", deleteMarker: true, deleteMarkerVersionId: "2" }
      ])
      expect(errors.map(({ key, versionId }) => [key, versionId])).toEqual([
        ["c", "3"],
        ["d", undefined],
        ["e", undefined],
        ["f", undefined]
      ])
      expect(errors.map(({ failure }) => failure)).toMatchObject([
        { _tag: "AccessDenied", message: "no", status: 200, requestId: "r", details: {} },
        { _tag: "NoSuchKey", key: "d" },
        { _tag: "UnknownObsError", code: "Unheard", details: { Foo: "bar" } },
        { _tag: "UnrecognizedResponse", reason: "NoCode" }
      ])
    })
  )

  it.effect("decodes keys that are encoded for the URL", () =>
    Effect.gen(function* () {
      const entries = ["a+b%2Fc%2B", "%E7%8C%AB", "100%"].map(
        (key) => `<Error><Key>${key}</Key><Code>NoSuchKey</Code></Error>`
      )
      const body = `<DeleteResult>${entries.join("")}<EncodingType>url</EncodingType></DeleteResult>`
      const { errors } = yield* result(body)
      expect(errors.map(({ key }) => key)).toEqual(["a b/c+", "猫", "100%"])
      expect(errors[0]?.failure).toMatchObject({ key: "a b/c+" })
      const plain = yield* result("<DeleteResult><Deleted><Key>a+b%2F</Key></Deleted></DeleteResult>")
      expect(plain.deleted).toEqual([{ key: "a+b%2F" }])
    })
  )

  it.effect("takes a result without entries for what it is in quiet mode: all deleted", () =>
    Effect.gen(function* () {
      expect(yield* result("<DeleteResult/>")).toEqual({ deleted: [], errors: [] })
      expect(yield* result('<?xml version="1.0"?>\n<DeleteResult xmlns="x">\n</DeleteResult>\n')).toEqual({
        deleted: [],
        errors: []
      })
    })
  )

  it.effect("reads results of many keys", () =>
    Effect.gen(function* () {
      const key = "k".repeat(1024)
      const entry = `<Error><Key>${key}</Key><Code>AccessDenied</Code><Message>${"m".repeat(500)}</Message></Error>`
      const { errors } = yield* result(`<DeleteResult>${entry.repeat(1000)}</DeleteResult>`)
      expect(errors).toHaveLength(1000)
    })
  )

  it.effect.each([
    ["an error as a whole", error, "InternalError"],
    ["no result", "<html/>", "UnrecognizedResponse"],
    ["a result that is cut", "<DeleteResult><Deleted><Key>a</Key></Deleted>", "UnrecognizedResponse"],
    ["nothing", null, "UnrecognizedResponse"]
  ] as const)("fails on %s", ([_, body, tag]) =>
    Effect.gen(function* () {
      expect((yield* Effect.flip(result(body)))._tag).toBe(tag)
    })
  )

  it.effect("fails with the failure of another status", () =>
    Effect.gen(function* () {
      expect(yield* Effect.flip(result("<Error><Code>MalformedXML</Code></Error>", { status: 400 }))).toBeInstanceOf(
        ObsError.MalformedXML
      )
    })
  )
})

it.effect("a client checks all of this by itself", () =>
  Effect.gen(function* () {
    const client = ObsHttpClient.filterStatusOk(
      HttpClient.make((request) => Effect.succeed(HttpClientResponse.fromWeb(request, new Response(error))))
    )
    expect(yield* Effect.flip(client.execute(copy))).toBeInstanceOf(ObsError.InternalError)
    expect(yield* Effect.flatMap(client.get(object), (response) => response.text)).toBe(error)
  })
)

const upload = HttpClientRequest.put(object, { headers: { "x-obs-callback": "e30=" } })
const deletion = HttpClientRequest.post("https://photos.obs.example.com/?delete")

const decoders: ReadonlyArray<
  readonly [
    string,
    HttpClientRequest.HttpClientRequest,
    (response: HttpClientResponse.HttpClientResponse) => Effect.Effect<unknown, unknown>
  ]
> = [
  ["a copy", copy, (response) => ObsResponse.filterStatusOk(response)],
  ["a copy that is expected", HttpClientRequest.put(object), ObsResponse.expect(ObsOperation.CopyObject)],
  ["the completion of an upload", complete, (response) => ObsResponse.filterStatusOk(response)],
  ["an upload with a callback", upload, (response) => ObsResponse.filterStatusOk(response)],
  ["a plain request", HttpClientRequest.get(object), (response) => ObsResponse.filterStatusOk(response)],
  ["a HEAD", HttpClientRequest.head(object), (response) => ObsResponse.filterStatusOk(response)],
  ["a multi-object delete", deletion, (response) => ObsResponse.deleteResult(response)],
  ["a failure", HttpClientRequest.get(object), (response) => Effect.flip(ObsResponse.toFailure(response))]
]

/** A response some of whose properties somebody made. */
const odd = (
  request: HttpClientRequest.HttpClientRequest,
  body: string | null,
  properties: { readonly [name: string]: () => unknown }
): HttpClientResponse.HttpClientResponse =>
  new Proxy(HttpClientResponse.fromWeb(request, new Response(body)), {
    get: (target, name): unknown => {
      const get = typeof name === "string" ? properties[name] : undefined
      return get === undefined ? Reflect.get(target, name) : get()
    },
    getOwnPropertyDescriptor: () => undefined
  })

describe.each(decoders)("the answer to %s is typed", (_, request, decode) => {
  const typed = <A, E>(effect: Effect.Effect<A, E>) =>
    Effect.map(Effect.exit(effect), (exit) => {
      const defect = Exit.isFailure(exit) && !isOneFailure(exit.cause) ? Cause.pretty(exit.cause) : undefined
      expect(defect).toBeUndefined()
      return exit
    })
  // A client of somebody's making decodes headers as it likes, and a server can name them as it likes
  const headers = {
    "x-猫": "1",
    "x-odd": "猫",
    "content-type": "a/b; c=猫",
    "": "",
    "a b": "\n",
    "x-obs-request-id": "r"
  }
  const bodies = [null, "", error, "<CopyObjectResult/>", "<DeleteResult/>", "<CopyObjectResult><ETag"]

  it.effect("with any status, with and without a body, with whatever headers", () =>
    Effect.gen(function* () {
      const statuses = [...Array.from({ length: 900 }, (_, i) => i + 100), 0, -1, 1000, 200.5, Number.NaN, Infinity]
      for (const status of statuses) {
        // Those of errors are read alike
        for (const body of status >= 200 && status < 310 ? bodies : [error]) {
          const exit = yield* typed(decode(odd(request, body, { status: () => status, headers: () => headers })))
          if (Exit.isSuccess(exit)) expect(status >= 200 && status < 300).toBe(true)
        }
      }
    })
  )

  it.effect("where a part of it throws, or its stream does", () =>
    Effect.gen(function* () {
      const fail = () => {
        throw new Error("broken")
      }
      const parts = ["status", "headers", "request", "stream"]
      for (const status of [200, 203, 205, 304, 404]) {
        for (const part of parts) {
          yield* typed(decode(odd(request, "<CopyObjectResult/>", { status: () => status, [part]: fail })))
        }
        const streams = [
          Stream.die("broken"),
          Stream.failCauseSync(fail),
          Stream.suspend(fail),
          Stream.sync(fail),
          Stream.fail(undefined),
          Stream.fromEffect(Effect.interrupt),
          Stream.make(1, null),
          undefined
        ]
        for (const stream of streams) {
          yield* typed(decode(odd(request, null, { status: () => status, stream: () => stream })))
        }
      }
    })
  )
})

it.effect("a copy passes with the status and headers that fetch refuses, and its body can be read", () =>
  Effect.gen(function* () {
    for (const status of [204, 205, 299]) {
      const passed = yield* ObsResponse.filterStatusOk(
        odd(copy, "<CopyObjectResult/>", { status: () => status, headers: () => ({ "x-odd": "猫" }) })
      )
      expect(passed.status).toBe(status)
      expect(passed.headers["x-odd"]).toBe("猫")
      expect(yield* passed.text).toBe("<CopyObjectResult/>")
      const failure = yield* Effect.flip(passed.json)
      expect(failure.response).toMatchObject({ status, headers: { "x-odd": "猫" } })
    }
  })
)

describe("a success whose result does not come whole", () => {
  it.each(["ConnectionLost", "TimedOut", "EmptyBody", "Malformed"] as const)(
    "is transient, since it may be done or not: %s",
    (reason) => {
      const failure = new ObsError.UnrecognizedResponse({ status: 200, reason })
      expect(failure).toMatchObject({ category: "Server", retry: "transient" })
      expect(failure.solution).toContain("idempotent")
      for (const status of [404, 503, 0]) {
        const other = new ObsError.UnrecognizedResponse({ status, reason })
        expect(other.retry).toBe(status === 503 ? "transient" : "never")
        expect(other.solution).not.toContain("idempotent")
      }
    }
  )

  it.each(["NotAnErrorDocument", "NoCode", "Compressed", "TooLarge", "Unreadable"] as const)("is not %s", (reason) => {
    expect(new ObsError.UnrecognizedResponse({ status: 200, reason }).retry).toBe("never")
  })

  it.effect.each([
    ["a copy", copy, 3],
    ["the completion of an upload", complete, 1]
  ] as const)("is repeated for %s as often as may be", ([_, request, times]) =>
    Effect.gen(function* () {
      let sent = 0
      const client = HttpClient.make((request) =>
        Effect.sync(() => {
          sent += 1
          return HttpClientResponse.fromWeb(request, new Response("<CopyObjectResult>"))
        })
      ).pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry({ delay: 0 }))
      const failure = yield* Effect.flip(client.execute(request))
      expect(failure).toMatchObject({ reason: "ConnectionLost", status: 200 })
      expect(sent).toBe(times)
    }).pipe(Effect.provide(ObsRetry.layerBudget()))
  )
})

const Case = Schema.Struct({
  id: Schema.String,
  headers: Schema.Record(Schema.String, Schema.String),
  body: Schema.String,
  expect: Schema.Struct({
    deleted: Schema.Number,
    errors: Schema.Array(
      Schema.Struct({
        key: Schema.String,
        versionId: Schema.optional(Schema.NullOr(Schema.String)),
        code: Schema.String,
        message: Schema.optional(Schema.NullOr(Schema.String))
      })
    )
  })
})

const deletes = readShared("conformance/deletes.jsonl")
const cases = (deletes ?? "")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Schema.decodeUnknownSync(Schema.fromJsonString(Case))(line))

describe.skipIf(deletes === undefined)("real results (../shared/conformance)", () => {
  it.effect.each(cases)("$id", ({ body, expect: expected, headers }) =>
    Effect.gen(function* () {
      const request = HttpClientRequest.post("https://photos.obs.example.com/?delete")
      const response = HttpClientResponse.fromWeb(request, new Response(body, { headers: { ...headers } }))
      const { deleted, errors } = yield* ObsResponse.deleteResult(response)
      expect(deleted).toHaveLength(expected.deleted)
      expect(
        errors.map(({ failure, key, versionId = null }) => ({
          key,
          versionId,
          code: failure._tag === "UnknownObsError" ? failure.code : failure._tag,
          message: failure.message
        }))
      ).toEqual(expected.errors)
    })
  )
})

const Answer = Schema.Struct({
  id: Schema.String,
  status: Schema.NullOr(Schema.Number),
  body: Schema.String,
  kind: Schema.optional(Schema.NullOr(Schema.String)),
  expect: Schema.Struct({ code: Schema.NullOr(Schema.String) })
})

const answers = readShared("conformance/answers.jsonl")
const successes = (answers ?? "")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Schema.decodeUnknownSync(Schema.fromJsonString(Answer))(line))
  .filter(({ status }) => status === 200)

describe.skipIf(answers === undefined)("real answers with status 200 (../shared/conformance)", () => {
  it.effect.each(successes)("$id", ({ body, expect: expected, id, kind }) =>
    Effect.gen(function* () {
      const passes = kind === "ok-no-error" || id === "obs-doc-008"
      const failure = yield* Effect.match(answer(complete, new Response(body)), {
        onFailure: (failure) => failure,
        onSuccess: () => undefined
      })
      expect(failure === undefined).toBe(passes)
      if (failure !== undefined && expected.code !== null) {
        expect(failure._tag === "UnknownObsError" ? failure.code : failure._tag).toBe(expected.code)
      }
    })
  )
})
