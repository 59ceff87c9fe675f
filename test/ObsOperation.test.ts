import { Duration, Effect, Equal, forAll, HttpClientRequest, HttpClientResponse, Schema } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsOperation, ObsResponse } from "effect-obs"
import { ObsAnswer, ObsTestClient, ObsTestService } from "effect-obs/testing"
import * as ObsHttpClient from "effect-obs/ObsHttpClient"

const isOperation = (u: unknown): u is ObsOperation.Operation<string, ObsError.ObsFailure> =>
  typeof u === "object" && u !== null && "page" in u

const values = Object.entries<unknown>(ObsOperation).flatMap(([name, value]) =>
  isOperation(value) ? [{ name, operation: value }] : []
)

const response = (method: "GET" | "HEAD" | "PUT" | "POST", status: number, body: string | null = null) =>
  HttpClientResponse.fromWeb(
    HttpClientRequest.make(method)("https://photos.obs.example.com/cat.txt"),
    new Response(body, { status, headers: { "x-obs-request-id": "42" } })
  )

const answer = (method: "GET" | "HEAD" | "PUT" | "POST", failure: ObsError.ObsFailure) => {
  const { body, headers, status } = ObsAnswer.render(failure, { method })
  const text = typeof body === "string" && body !== "" ? body : null
  return HttpClientResponse.fromWeb(
    HttpClientRequest.make(method)("https://photos.obs.example.com/cat.txt"),
    new Response(text, { status, headers: { ...headers } })
  )
}

describe("expect", () => {
  it.effect.each(values)("of $name fails with each code that is documented for it", ({ operation }) =>
    Effect.forEach(operation.codes, (code) =>
      Effect.gen(function* () {
        const failure = ObsResponse.decode({
          status: 418,
          headers: {},
          body: `<Error><Code>${code}</Code><Message>m</Message></Error>`
        })
        const error = yield* Effect.flip(ObsOperation.expect(Effect.fail(failure), operation))
        expect(error).toBe(failure)
      })
    )
  )

  it.effect("holds what is not documented, and loses nothing of it", () =>
    Effect.gen(function* () {
      const request = { operation: "GetObject", method: "GET", key: "cat.txt" }
      const said = { requestId: "42", message: "no more", details: { Extra: "1" } }
      const failure = new ObsError.TooManyBuckets({ ...said, request })
      const error = yield* Effect.flip(ObsResponse.expect(ObsOperation.GetObject)(answer("GET", failure)))
      if (error._tag !== "UnexpectedObsError") return expect.fail(error._tag)
      expect(error.operation).toBe("GetObject")
      expect(error.failure).toEqual(failure)
      expect(error.cause).toBe(error.failure)
      expect(error.status).toBe(400)
      expect(error.requestId).toBe("42")
      expect(error.category).toBe("Quota")
      expect(error.retry).toBe("never")
      expect(error.solution).toBe(failure.info.solution)
      expect(error.message).toBe("GetObject failed with TooManyBuckets, which its documentation does not list: no more")
      expect(ObsError.isObsFailure(error)).toBe(false)
    })
  )

  it.effect("takes unknown codes and foreign answers for unexpected", () =>
    Effect.gen(function* () {
      const unknown = yield* Effect.flip(
        ObsResponse.expect(ObsOperation.PutObject)(answer("PUT", new ObsError.UnknownObsError({ code: "New" })))
      )
      expect(unknown._tag === "UnexpectedObsError" ? unknown.failure._tag : unknown._tag).toBe("UnknownObsError")
      const html = yield* Effect.flip(ObsResponse.expect(ObsOperation.GetObject)(response("GET", 502, "<html>")))
      expect(html._tag === "UnexpectedObsError" ? html.failure._tag : html._tag).toBe("UnrecognizedResponse")
      expect(html.retry).toBe("transient")
    })
  )

  it.effect("lets a success pass, its body untouched", () =>
    Effect.gen(function* () {
      const body = "<Error><Code>NoSuchKey</Code></Error>"
      const passed = yield* ObsResponse.expect(ObsOperation.GetObject)(response("GET", 200, body))
      expect(yield* passed.text).toBe(body)
    })
  )

  it.effect("finds the error in the body of a success by the operation alone", () =>
    Effect.gen(function* () {
      const body = "<Error><Code>InternalError</Code></Error>"
      const { CompleteMultipartUpload, CopyObject, UploadPartCopy } = ObsOperation
      const errors = yield* Effect.all([
        Effect.flip(ObsResponse.expect(CopyObject)(response("PUT", 200, body))),
        Effect.flip(ObsResponse.expect(UploadPartCopy)(response("PUT", 200, body))),
        Effect.flip(ObsResponse.expect(CompleteMultipartUpload)(response("POST", 200, body)))
      ])
      expect(errors.map(({ _tag, status }) => [_tag, status])).toEqual(errors.map(() => ["InternalError", 200]))
    })
  )

  it.effect("fails with errors of others as they are", () =>
    Effect.gen(function* () {
      const other = new Error("other")
      const failing: Effect.Effect<never, Error | ObsError.ObsFailure> = Effect.fail(other)
      expect(yield* Effect.flip(failing.pipe(ObsOperation.expect(ObsOperation.GetObject)))).toBe(other)
    })
  )

  it.effect("narrows what a wrapped client fails with", () =>
    Effect.gen(function* () {
      const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(yield* ObsTestService.make))
      const error = yield* Effect.flip(
        client.get("https://obs.example.com/photos/cat").pipe(ObsOperation.expect(ObsOperation.GetObject))
      )
      expect(error._tag).toBe("NoSuchBucket")
    })
  )
})

describe("an answer to HEAD without a code", () => {
  it.effect("is the class that the status stands for, where there is one", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(ObsResponse.expect(ObsOperation.HeadBucket)(response("HEAD", 404)))
      expect(error).toBeInstanceOf(ObsError.NoSuchBucket)
      expect(error.inferred).toBe(true)
      expect(error.requestId).toBe("42")
      expect(error.toJSON()).toMatchObject({ _tag: "NoSuchBucket", inferred: true })
      const condition = yield* Effect.flip(ObsResponse.expect(ObsOperation.HeadObject)(response("HEAD", 412)))
      expect(condition._tag).toBe("PreconditionFailed")
    })
  )

  it.effect("is the failure of the status, where there are several", () =>
    Effect.gen(function* () {
      const { HeadBucket, HeadObject } = ObsOperation
      const errors = yield* Effect.all([
        Effect.flip(ObsResponse.expect(HeadObject)(response("HEAD", 404))),
        Effect.flip(ObsResponse.expect(HeadObject)(response("HEAD", 403))),
        Effect.flip(ObsResponse.expect(HeadBucket)(response("HEAD", 403))),
        Effect.flip(ObsResponse.expect(HeadBucket)(response("HEAD", 503))),
        // Documented once for the operation, but a 400 can mean anything
        Effect.flip(ObsResponse.expect(HeadBucket)(response("HEAD", 400))),
        // A gateway may have answered
        Effect.flip(ObsResponse.expect(HeadBucket)(response("HEAD", 500)))
      ])
      expect(errors.map(({ _tag, inferred, status }) => [_tag, status, inferred])).toEqual(
        [404, 403, 403, 503, 400, 500].map((status) => ["UnrecognizedResponse", status, undefined])
      )
    })
  )

  it.effect("is never inferred where a code came", () =>
    Effect.gen(function* () {
      const denied = new ObsError.NoSuchBucket({ status: 404 })
      const error = yield* Effect.flip(ObsResponse.expect(ObsOperation.HeadBucket)(answer("HEAD", denied)))
      expect([error._tag, error.inferred]).toEqual(["NoSuchBucket", undefined])
    })
  )

  it.effect("is not inferred where something in front of the service may have answered", () =>
    Effect.gen(function* () {
      const page = HttpClientResponse.fromWeb(
        HttpClientRequest.head("https://photos.obs.example.com"),
        new Response(null, { status: 404, headers: { "content-type": "text/html" } })
      )
      const error = yield* Effect.flip(ObsResponse.expect(ObsOperation.HeadBucket)(page))
      expect(error._tag).toBe("UnrecognizedResponse")
    })
  )

  it.effect("has the failure of the status for its cause", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(ObsResponse.expect(ObsOperation.HeadBucket)(response("HEAD", 404)))
      expect(error.cause).toMatchObject({ _tag: "UnrecognizedResponse", reason: "EmptyBody", requestId: "42" })
    })
  )

  it.effect("is not inferred for other methods", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(ObsResponse.expect(ObsOperation.ListObjects)(response("GET", 404)))
      expect(error._tag).toBe("UnexpectedObsError")
    })
  )
})

it.effect("keeps how long to wait, in what is inferred and in what is unexpected", () =>
  Effect.gen(function* () {
    const head = HttpClientResponse.fromWeb(
      HttpClientRequest.head("https://photos.obs.example.com/a"),
      new Response(null, { status: 429, headers: { "retry-after": "7" } })
    )
    const inferred = yield* Effect.flip(ObsResponse.expect(ObsOperation.HeadObject)(head))
    expect(inferred).toMatchObject({ _tag: "TooManyRequests", inferred: true })
    expect(inferred.retryAfter).toEqual(Duration.seconds(7))
    const failure = new ObsError.TooManyBuckets({ retryAfter: Duration.seconds(4), indicator: "3" })
    const unexpected = new ObsError.UnexpectedObsError({ operation: "GetObject", failure })
    expect(unexpected.retryAfter).toEqual(Duration.seconds(4))
    expect(unexpected.indicator).toBe("3")
  })
)

describe("UnexpectedObsError", () => {
  const failure = new ObsError.SignatureDoesNotMatch({ requestId: "42", message: "StringToSign: AK:secret" })
  const error = new ObsError.UnexpectedObsError({ operation: "GetObject", failure })

  it("comes back equal from its encoded form, whatever it was made with", async () => {
    const codec = Schema.fromJsonString(ObsError.UnexpectedObsError)
    const comesBack = (error: ObsError.UnexpectedObsError) => {
      const decoded = Schema.decodeSync(codec)(Schema.encodeSync(codec)(error))
      return Equal.equals(decoded, error) && decoded.attempts === error.attempts
    }
    await forAll(ObsError.UnexpectedObsError, comesBack, 300)
  })

  it("shows no secret of what it holds", () => {
    const shown = [String(error), JSON.stringify(error), error.stack].join()
    expect(shown).not.toContain("AK:secret")
    expect(JSON.stringify(Schema.encodeSync(ObsError.UnexpectedObsError)(error))).not.toContain("AK:secret")
  })

  it("does not take the name of a code for that of a secret", () => {
    const blocked = new ObsError.TooManyWrongSignature({ message: "Blocked until 10:00" })
    const { message } = new ObsError.UnexpectedObsError({ operation: "GetObject", failure: blocked })
    expect(message).toContain("Blocked until 10:00")
  })

  it("comes back equal from its encoded form", () => {
    const codec = Schema.fromJsonString(ObsError.UnexpectedObsError)
    const back = Schema.decodeSync(codec)(Schema.encodeSync(codec)(error))
    expect(back).toBeInstanceOf(ObsError.UnexpectedObsError)
    expect(back.failure).toBeInstanceOf(ObsError.SignatureDoesNotMatch)
    expect(Equal.equals(back, error)).toBe(true)
  })

  it.effect("is handled with the status, the category and the retry class of what it holds", () =>
    Effect.gen(function* () {
      const program: Effect.Effect<never, ObsError.UnexpectedObsError> = Effect.fail(
        new ObsError.UnexpectedObsError({ operation: "GetObject", failure: new ObsError.AccessDenied({ status: 404 }) })
      )
      const by403 = program.pipe(ObsError.catchStatus(403, ({ failure }) => Effect.succeed(failure._tag)))
      expect(yield* by403).toBe("AccessDenied")
      const by404 = yield* Effect.flip(program.pipe(ObsError.catchStatus(404, () => Effect.succeed("no"))))
      expect(by404._tag).toBe("UnexpectedObsError")
      expect(yield* program.pipe(ObsError.catchCategory("Permission", () => Effect.succeed("yes")))).toBe("yes")
    })
  )
})
