/**
 * What a failure tells of the request that it is the answer to.
 */
import { Cause, Effect, Equal, type HttpClient, HttpClientRequest, Schema } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient, ObsOperation, ObsResponse } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { inspect } from "node:util"

const host = "https://photos.obs.eu-de.otc.t-systems.com"

const answering = (failure: ObsError.ObsFailure): HttpClient.HttpClient =>
  ObsTestClient.make(ObsTestService.failing(() => failure))

/** The failure that something ends with. */
const failureOf = <A, E, R>(self: Effect.Effect<A, E, R>): Effect.Effect<ObsError.AnyFailure, unknown, R> =>
  Effect.flatMap(Effect.flip(self), (error) =>
    ObsError.isObsFailure(error) || error instanceof ObsError.UnexpectedObsError
      ? Effect.succeed<ObsError.AnyFailure>(error)
      : Effect.fail(error)
  )

const missing = ObsHttpClient.filterStatusOk(answering(new ObsError.NoSuchKey()))

describe("a failure of a client", () => {
  it.effect.each([
    ["a bucket in the host", `${host}/a/b%20c.txt?versionId=1`, { bucket: "photos", key: "a/b c.txt" }],
    ["a bucket alone", host, { bucket: "photos" }],
    ["path style", "https://obs.eu-de.otc.t-systems.com/photos/cat.txt", { bucket: "photos", key: "cat.txt" }],
    ["a server on loopback", "http://127.0.0.1:9000/photos/cat.txt", { bucket: "photos", key: "cat.txt" }],
    ["a host that is not known", "https://files.example.com/cat.txt", { key: "cat.txt" }],
    ["an escape that is none", `${host}/a%ZZ`, {}],
    ["Unicode", `${host}/%E2%98%83`, { bucket: "photos", key: "☃" }]
  ] as const)("tells method, bucket and key: %s", ([, url, expected]) =>
    Effect.gen(function* () {
      const failure = yield* failureOf(missing.get(url))
      expect({ ...failure.request }).toEqual({ method: "GET", ...expected })
    })
  )

  it.effect("tells the operation that it is expected to be of", () =>
    Effect.gen(function* () {
      const get = missing.get(`${host}/cat.txt`)
      const request = { operation: "GetObject", method: "GET", bucket: "photos", key: "cat.txt" }
      const known = yield* failureOf(ObsOperation.expect(get, ObsOperation.GetObject))
      expect({ ...known.request }).toEqual(request)
      const client = answering(new ObsError.TooManyBuckets())
      const unexpected = yield* failureOf(
        Effect.flatMap(client.get(`${host}/cat.txt`), ObsResponse.expect(ObsOperation.GetObject))
      )
      expect({ ...unexpected.request }).toEqual(request)
      expect(unexpected._tag).toBe("UnexpectedObsError")
      const head = ObsHttpClient.filterStatusOk(
        answering(new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status: 404 }))
      )
      const inferred = yield* failureOf(head.head(host).pipe(ObsOperation.expect(ObsOperation.HeadBucket)))
      expect(inferred).toMatchObject({ _tag: "NoSuchBucket", inferred: true })
      expect({ ...inferred.request }).toEqual({ operation: "HeadBucket", method: "HEAD", bucket: "photos" })
    })
  )

  it.effect("tells no operation of a request that is another's", () =>
    Effect.gen(function* () {
      const both = Effect.andThen(Effect.ignore(missing.get(`${host}/first`)), missing.get(`${host}/second`))
      const second = yield* failureOf(ObsOperation.expect(both, ObsOperation.GetObject))
      expect({ ...second.request }).toEqual({ method: "GET", bucket: "photos", key: "second" })
      const other = yield* failureOf(ObsOperation.expect(missing.put(`${host}/cat.txt`), ObsOperation.GetObject))
      expect(other.request?.operation).toBeUndefined()
    })
  )

  it.effect("is told apart from that of another key, and encoded with it", () =>
    Effect.gen(function* () {
      const head = (key: string) => failureOf(missing.head(`${host}/${key}`))
      const [one, other, same] = [yield* head("one"), yield* head("other"), yield* head("one")]
      const without = (failure: ObsError.AnyFailure) => ({ ...failure, requestId: undefined, details: undefined })
      expect(without(one)).toEqual(without(same))
      expect(without(one)).not.toEqual(without(other))
      expect(String(one)).toContain("HEAD photos/one")
      const encoded = Schema.encodeUnknownSync(ObsError.ObsFailure)(one)
      expect(encoded).toMatchObject({ request: { method: "HEAD", bucket: "photos", key: "one" } })
      const decoded = Schema.decodeUnknownSync(ObsError.ObsFailure)(encoded)
      expect(Equal.equals(decoded, one)).toBe(true)
    })
  )

  it.effect("shows it in every sink, and nothing of the query", () =>
    Effect.gen(function* () {
      const secret = "kV3rySecretSignature"
      const request = HttpClientRequest.get(`${host}/cat.txt?Signature=${secret}&AccessKeyId=AK`)
      const failure = yield* failureOf(missing.execute(request))
      const sinks = [
        String(failure),
        failure.stack ?? "",
        inspect(failure),
        JSON.stringify(failure),
        Cause.pretty(Cause.fail(failure))
      ]
      for (const shown of sinks) {
        expect(shown).toMatch(/photos/)
        expect(shown).toMatch(/cat\.txt/)
        expect(shown).not.toContain(secret)
      }
    })
  )

  it.effect("tells the span that is current", () =>
    Effect.gen(function* () {
      const response = yield* answering(new ObsError.NoSuchKey()).get(`${host}/a%3FSignature%3Dk123456789`)
      const span = yield* Effect.andThen(ObsResponse.toFailure(response), Effect.currentSpan).pipe(
        Effect.withSpan("get")
      )
      expect(Object.fromEntries(span.attributes)).toMatchObject({
        "error.type": "NoSuchKey",
        "obs.bucket": "photos",
        "obs.key": "a?Signature=<redacted>"
      })
    })
  )

  it.effect("has no secret that a key looks like", () =>
    Effect.gen(function* () {
      const failure = yield* failureOf(
        missing.get(`${host}/a?b`.replace("?", "%3FSignature%3DkV3rySecretSignature%26"))
      )
      expect(String(failure) + JSON.stringify(failure) + inspect(failure)).not.toContain("kV3rySecret")
    })
  )

  it.effect("names each key of a multi-object delete", () =>
    Effect.gen(function* () {
      const body =
        "<DeleteResult><Error><Key>a</Key><Code>AccessDenied</Code></Error><Error><Key>b</Key><Code>AccessDenied</Code></Error></DeleteResult>"
      const client = ObsTestClient.make(() => Effect.succeed({ status: 200, headers: {}, body }))
      const { errors } = yield* Effect.flatMap(client.post(`${host}/?delete`), ObsResponse.deleteResult)
      expect(errors.map(({ failure }) => ({ ...failure.request }))).toEqual([
        { method: "POST", bucket: "photos", key: "a" },
        { method: "POST", bucket: "photos", key: "b" }
      ])
    })
  )
})

describe("the operation of a request", () => {
  const counting = () => {
    let sent = 0
    const client = ObsTestClient.make(
      ObsTestService.failing(() => {
        sent += 1
        return new ObsError.InternalError()
      })
    )
    return { obs: client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry({ delay: 0 })), sent: () => sent }
  }

  it.effect("says whether it may be sent again", () =>
    Effect.gen(function* () {
      const complete = counting()
      yield* failureOf(
        complete.obs.post(`${host}/cat.txt?uploadId=1`).pipe(ObsOperation.expect(ObsOperation.CompleteMultipartUpload))
      )
      expect(complete.sent()).toBe(ObsOperation.CompleteMultipartUpload.idempotent ? 3 : 1)
      const copied = counting()
      const notIdempotent = { ...ObsOperation.PutObject, idempotent: false }
      yield* failureOf(copied.obs.put(`${host}/cat.txt`).pipe(ObsOperation.expect(notIdempotent)))
      expect(copied.sent()).toBe(1)
      const guessed = counting()
      yield* failureOf(guessed.obs.put(`${host}/cat.txt`))
      expect(guessed.sent()).toBe(3)
    })
  )

  it.effect("is that of the first request, so another one is not sent again for it", () =>
    Effect.gen(function* () {
      const idempotent = { ...ObsOperation.AppendObject, idempotent: true }
      const { obs, sent } = counting()
      const first = Effect.ignore(obs.post(`${host}/first?append&position=0`))
      const both = Effect.andThen(first, obs.post(`${host}/second?append&position=0`))
      yield* failureOf(ObsOperation.expect(both, idempotent))
      expect(sent()).toBe(3 + 1)
    })
  )

  it.effect("says whether a success can hold an error", () =>
    Effect.gen(function* () {
      const body = "<Error><Code>InternalError</Code></Error>"
      const client = ObsHttpClient.filterStatusOk(
        ObsTestClient.make(() => Effect.succeed({ status: 200, headers: {}, body }))
      )
      expect((yield* client.put(`${host}/copy`)).status).toBe(200)
      const failure = yield* failureOf(ObsOperation.expect(client.put(`${host}/copy`), ObsOperation.CopyObject))
      expect(failure._tag).toBe("InternalError")
    })
  )
})
