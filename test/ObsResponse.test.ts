import {
  DateTime,
  Duration,
  Effect,
  Fiber,
  hasEnded,
  HttpClientRequest,
  HttpClientResponse,
  Option,
  Redacted,
  TestClock
} from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsResponse } from "effect-obs"
import { ObsAnswer } from "effect-obs/testing"

const decodeXml = (children: string, headers: ObsResponse.HeadersInput = {}, status = 400) =>
  ObsResponse.decode({ status, headers, body: `<Error>${children}</Error>` })

const responseOf = (response: Response, method: "GET" | "HEAD" = "GET") =>
  HttpClientResponse.fromWeb(HttpClientRequest.make(method)("https://obs.example.com/b/k"), response)

describe("decode", () => {
  it("lets the code decide and keeps the status as sent", () => {
    const failure = decodeXml("<Code>NoSuchVersion</Code>", {}, 400)
    expect(failure).toBeInstanceOf(ObsError.NoSuchVersion)
    expect(failure.status).toBe(400)
    expect(failure.message).toBe("The specified version ID does not match any existing version.")
  })

  it("keeps what an unknown code came with", () => {
    const failure = decodeXml(
      "<Code>Foo Bar</Code><Message>no</Message><Bar>baz</Bar>",
      { "x-obs-request-id": "r" },
      409
    )
    expect(failure).toBeInstanceOf(ObsError.UnknownObsError)
    expect(failure).toMatchObject({
      code: "Foo Bar",
      message: "no",
      status: 409,
      requestId: "r",
      details: { Bar: "baz" }
    })
  })

  it("takes status 203 for a callback that failed, unless it has a code of the catalogue", () => {
    expect(ObsResponse.decode({ status: 203, headers: {} })).toBeInstanceOf(ObsError.CallbackFailed)
    expect(decodeXml("<Code>Unheard</Code><Message>no</Message>", {}, 203)).toMatchObject({
      _tag: "CallbackFailed",
      message: "no",
      details: { Code: "Unheard" }
    })
    expect(decodeXml("<Code>AccessDenied</Code>", {}, 203)).toMatchObject({ _tag: "AccessDenied", status: 203 })
    const [oef] = ObsError.OefError.members
    expect(decodeXml(`<Code>${oef?._tag ?? ""}</Code>`, {}, 203)._tag).toBe(oef?._tag)
  })

  it.effect("does so for a response too, but for one that is the result of something else", () =>
    Effect.gen(function* () {
      const response = responseOf(new Response(null, { status: 203 }))
      expect(yield* ObsResponse.toFailure(response)).toBeInstanceOf(ObsError.CallbackFailed)
      const request = HttpClientRequest.put("https://obs.example.com/b/k", { headers: { "x-obs-copy-source": "/b/a" } })
      const copied = HttpClientResponse.fromWeb(request, new Response(null, { status: 203 }))
      expect(yield* Effect.flip(ObsResponse.filterStatusOk(copied))).toMatchObject({ reason: "EmptyBody" })
    })
  )

  it("gives typed fields their types and leaves what does not parse in the details", () => {
    const skew = (time: string, max: string) =>
      decodeXml(
        `<Code>RequestTimeTooSkewed</Code><RequestTime>${time}</RequestTime><MaxAllowedSkewMilliseconds>${max}</MaxAllowedSkewMilliseconds>`
      )
    const good = skew("20210824T061826Z", "900000")
    expect(good._tag === "RequestTimeTooSkewed" && good.requestTime && DateTime.formatIso(good.requestTime)).toBe(
      "2021-08-24T06:18:26.000Z"
    )
    expect(good._tag === "RequestTimeTooSkewed" && good.maxAllowedSkew).toEqual(Duration.minutes(15))
    expect(Object.keys(good.details)).toEqual([])
    const bad = skew("yesterday", "-1")
    expect(bad).toBeInstanceOf(ObsError.RequestTimeTooSkewed)
    expect(bad).toMatchObject({ details: { RequestTime: "yesterday", MaxAllowedSkewMilliseconds: "-1" } })
    expect("requestTime" in bad || "maxAllowedSkew" in bad).toBe(false)
  })

  it("takes the clock of the server from the Date header where the body does not tell it", () => {
    const date = { date: "Wed, 01 Jul 2015 04:20:51 GMT" }
    const failure = decodeXml("<Code>RequestTimeTooSkewed</Code>", date, 403)
    expect(
      failure._tag === "RequestTimeTooSkewed" && failure.serverTime && DateTime.formatIso(failure.serverTime)
    ).toBe("2015-07-01T04:20:51.000Z")
    expect(decodeXml("<Code>AccessDenied</Code>", date, 403)).not.toHaveProperty("serverTime")
  })

  it("reads ids of either dialect and keeps them apart from those of the body", () => {
    const body = "<Code>NoSuchKey</Code><RequestId>body-id</RequestId><HostId>host\n  id</HostId>"
    for (const dialect of ["x-obs", "x-amz"]) {
      const headers = {
        [`${dialect}-request-id`]: "header-id",
        [`${dialect}-id-2`]: "id2",
        "x-reserved-indicator": "3"
      }
      expect(decodeXml(body, headers)).toMatchObject({
        requestId: "header-id",
        hostId: "hostid",
        id2: "id2",
        indicator: "3",
        details: { RequestId: "body-id" }
      })
    }
    expect(decodeXml(body)).toMatchObject({ requestId: "body-id" })
    expect(decodeXml(body).details["RequestId"]).toBeUndefined()
  })

  it.each(["obs", "amz"])("reads code, message and details from x-%s headers where there is no body", (dialect) => {
    const failure = ObsResponse.decode({
      status: 404,
      headers: {
        [`X-${dialect}-Error-Code`]: "NoSuchBucket",
        [`x-${dialect}-error-message`]: "The specified bucket does not exist",
        [`x-${dialect}-error-detail-BucketName`]: "photos",
        [`x-${dialect}-error-detail-Unheard-Of`]: "x"
      }
    })
    expect(failure).toBeInstanceOf(ObsError.NoSuchBucket)
    expect(failure).toMatchObject({
      message: "The specified bucket does not exist",
      bucketName: "photos",
      details: { "unheard-of": "x" }
    })
  })

  it("lets the body count and keeps both where headers and body disagree", () => {
    const failure = decodeXml("<Code>NoSuchKey</Code><Message>body</Message>", {
      "x-obs-error-code": "AccessDenied",
      "x-obs-error-message": "header"
    })
    expect(failure).toBeInstanceOf(ObsError.NoSuchKey)
    expect(failure).toMatchObject({ message: "body", details: { HeaderCode: "AccessDenied", HeaderMessage: "header" } })
  })

  it("takes headers in any case and form", () => {
    const forms: ReadonlyArray<ObsResponse.HeadersInput> = [
      { "X-OBS-REQUEST-ID": "r", other: undefined },
      { "x-obs-request-id": ["r", "s"] },
      { "x-obs-request-id": [], "X-Obs-Request-Id": "r" },
      new Headers({ "x-obs-request-id": "r" }),
      new Map([["X-Obs-Request-Id", "r"]])
    ]
    for (const headers of forms) expect(ObsResponse.decode({ status: 500, headers }).requestId).toBe("r")
  })

  it("takes any status", () => {
    for (const status of [Number.NaN, -1, 0, 1e9, Infinity, 404.5]) {
      expect(ObsResponse.decode({ status, headers: {}, body: "x" })).toMatchObject({
        status: 0,
        reason: "NotAnErrorDocument"
      })
    }
    expect(ObsResponse.decode({ status: 0, headers: {} })).toMatchObject({ reason: "OpaqueRedirect" })
  })

  it("gives NotModified for a 304", () => {
    expect(ObsResponse.decode({ status: 304, headers: { "x-obs-request-id": "r" } })).toMatchObject({
      _tag: "NotModified",
      status: 304,
      requestId: "r"
    })
  })

  it("does not look at the body of an answer to HEAD", () => {
    const body = "<Error><Code>NoSuchKey</Code></Error>"
    expect(ObsResponse.decode({ status: 404, headers: {}, body, method: "head" })).toMatchObject({
      reason: "EmptyBody"
    })
  })

  it.each([
    ["EmptyBody", undefined],
    ["EmptyBody", ""],
    ["EmptyBody", " \r\n\t "],
    ["NotAnErrorDocument", "<html><body>Bad gateway</body></html>"],
    ["NotAnErrorDocument", "<!DOCTYPE html><p>hi"],
    ["NotAnErrorDocument", "upstream connect error"],
    ["NotAnErrorDocument", '{"ok":true}'],
    ["NotAnErrorDocument", "{"],
    ["NotAnErrorDocument", "<DeleteResult><Error><Code>InternalError</Code></Error></DeleteResult>"],
    ["NoCode", "<Error><Code></Code><BucketName>b</BucketName></Error>"],
    ["NoCode", "<Error/>"],
    ["Malformed", "<Error><Code>NoSuch"],
    ["Malformed", "<?xml version='1.0'?>\n<o:Error xmlns:o='"],
    ["Malformed", "<Error><Code>NoSuchKey</Message>"],
    ["Compressed", Uint8Array.of(0x1f, 0x8b, 8, 0)],
    ["TooLarge", "<Error><Message>" + "A".repeat(70_000)],
    ["TooLarge", "A".repeat(70_000)]
  ])("gives the reason %s", (reason, body) => {
    const failure = ObsResponse.decode({ status: 502, headers: { "content-type": "Text/HTML; charset=UTF-8" }, body })
    expect(failure).toMatchObject({ _tag: "UnrecognizedResponse", status: 502, reason, contentType: "text/html" })
  })

  it("keeps the elements of a document without a code", () => {
    expect(decodeXml("<Code/><BucketName>b</BucketName>").details).toMatchObject({ BucketName: "b" })
  })

  it("has a short and printable excerpt of a foreign body, up to what could be a secret", () => {
    const excerptOf = (body: string) => {
      const failure = ObsResponse.decode({ status: 502, headers: {}, body })
      return failure._tag === "UnrecognizedResponse" ? failure.excerpt : undefined
    }
    expect(excerptOf(`<h1>no\u001b[2J</h1>\r\n\r\n<p>${"y".repeat(500)}`)).toMatch(
      /^<h1>no\ufffd\[2J<\/h1> <p>y{180,}…$/
    )
    expect(excerptOf("y".repeat(500))).toHaveLength(200)
    expect(excerptOf('<a href="/b/k?AccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=c2VjcmV0">x</a>')).toBe(
      '<a href="/b/k?<redacted>'
    )
    const binary = ObsResponse.decode({
      status: 502,
      headers: {},
      body: Uint8Array.from({ length: 64 }, (_, i) => i + 128)
    })
    expect(binary).not.toHaveProperty("excerpt")
  })

  it("keeps the address of a redirect, without what could sign for it", () => {
    const redirect = (location: string) =>
      decodeXml("<Code>TemporaryRedirect</Code>", { location, "x-amz-bucket-region": "eu-de" }, 307)
    expect(redirect("https://u:p@b.obs.eu-de.example.com/k?Signature=s#f")).toMatchObject({
      location: "https://b.obs.eu-de.example.com/k",
      region: "eu-de"
    })
    expect(redirect("/relative?x=1")).toMatchObject({ location: "/relative" })
    for (const location of ["javascript:alert(1)", "//evil.example.com/", "::"]) {
      expect(redirect(location)).not.toHaveProperty("location")
    }
    expect(decodeXml("<Code>NoSuchKey</Code>", { location: "/x" }, 404).details).not.toHaveProperty("Location")
  })

  it("reads the errors of the services that answer in JSON", () => {
    const bodies = [
      { code: "NoSuchBucket", message: "m", request_id: "r" },
      { Code: "NoSuchBucket", Message: "m", RequestId: "r" },
      { error: { code: "NoSuchBucket", message: "m" }, request_id: "r" },
      { error_code: "NoSuchBucket", error_msg: "m", request_id: "r" }
    ]
    for (const body of bodies) {
      const failure = ObsResponse.decode({ status: 404, headers: {}, body: JSON.stringify(body) })
      expect(failure).toBeInstanceOf(ObsError.NoSuchBucket)
      expect(failure).toMatchObject({ message: "m", requestId: "r" })
    }
    const number = ObsResponse.decode({ status: 400, headers: {}, body: '{"code":17,"extra":true,"Detail":"d"}' })
    expect(number).toMatchObject({ code: "17", details: { Detail: "d" } })
  })

  it("redacts the argument that is a credential", () => {
    const failure = decodeXml(
      "<Code>InvalidArgument</Code><ArgumentName>Authorization</ArgumentName><ArgumentValue>AWS AKIAIOSFODNN7EXAMPLE:x</ArgumentValue>"
    )
    expect(failure).not.toHaveProperty("argumentValue")
    expect(Option.fromNullishOr(failure.secrets["ArgumentValue"]).pipe(Option.map(Redacted.value))).toEqual(
      Option.some("AWS AKIAIOSFODNN7EXAMPLE:x")
    )
  })
})

describe("toFailure", () => {
  it.effect("decodes the body of a response", () =>
    Effect.gen(function* () {
      const answer = ObsAnswer.render(new ObsError.NoSuchKey({ key: "ключ" }))
      const failure = yield* ObsResponse.toFailure(
        responseOf(new Response(String(answer.body), { status: 404, headers: { ...answer.headers } }))
      )
      expect(failure).toMatchObject({ _tag: "NoSuchKey", key: "ключ", status: 404 })
    })
  )

  it.effect("takes a body that is missing for empty", () =>
    Effect.gen(function* () {
      expect(yield* ObsResponse.toFailure(responseOf(new Response(null, { status: 404 })))).toMatchObject({
        reason: "EmptyBody"
      })
      expect(yield* ObsResponse.toFailure(responseOf(new Response("x", { status: 404 }), "HEAD"))).toMatchObject({
        reason: "EmptyBody"
      })
    })
  )

  it.effect("does not die of a body that was read before", () =>
    Effect.gen(function* () {
      const response = responseOf(new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 }))
      yield* response.text
      expect(yield* ObsResponse.toFailure(response)).toMatchObject({ status: 404, reason: "Unreadable" })
    })
  )

  it.effect("ends after the time that it is given, with what came until then", () =>
    Effect.gen(function* () {
      const open = (start: string) =>
        new Response(
          new ReadableStream<Uint8Array>({
            start(controller) {
              controller.enqueue(new TextEncoder().encode(start))
            }
          }),
          { status: 503, headers: { "x-obs-request-id": "r" } }
        )
      const failures = yield* Effect.forkChild(
        Effect.all(
          [
            ObsResponse.toFailure(responseOf(open("<Error><Code>SlowDown</Code><Mess"))),
            ObsResponse.toFailure(responseOf(open("<Error><Co")))
          ],
          { concurrency: "unbounded" }
        )
      )
      yield* TestClock.adjust("4999 millis")
      expect(hasEnded(failures)).toBe(false)
      yield* TestClock.adjust("1 millis")
      const [whole, cut] = yield* Fiber.join(failures)
      expect(whole).toMatchObject({ _tag: "SlowDown", requestId: "r", status: 503 })
      expect(cut).toMatchObject({ _tag: "UnrecognizedResponse", reason: "TimedOut", requestId: "r", status: 503 })
    })
  )

  it.effect("reads no more bytes than it is allowed", () =>
    Effect.gen(function* () {
      let pulls = 0
      let cancelled = false
      const endless = () =>
        new Response(
          new ReadableStream<Uint8Array>(
            {
              pull(controller) {
                pulls++
                controller.enqueue(new Uint8Array(1024).fill(0x41))
              },
              cancel() {
                cancelled = true
              }
            },
            { highWaterMark: 0 }
          ),
          { status: 500 }
        )
      expect(yield* ObsResponse.toFailure(responseOf(endless()))).toMatchObject({ reason: "TooLarge" })
      expect(pulls).toBe(65)
      expect(cancelled).toBe(true)
      pulls = 0
      yield* ObsResponse.toFailure(responseOf(endless()), { maxBytes: 2048 })
      expect(pulls).toBe(3)
    })
  )

  it.effect("takes an option that makes no sense for the default", () =>
    Effect.gen(function* () {
      for (const maxBytes of [Number.NaN, -1, 1e12]) {
        const response = responseOf(new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 404 }))
        expect(yield* ObsResponse.toFailure(response, { maxBytes, timeout: Number.NaN })).toBeInstanceOf(
          ObsError.NoSuchKey
        )
      }
    })
  )

  it.effect("tells the current span the code and the request id", () =>
    Effect.gen(function* () {
      const response = responseOf(
        new Response("<Error><Code>Foo</Code></Error>", { status: 404, headers: { "x-obs-request-id": "r" } })
      )
      const span = yield* Effect.andThen(ObsResponse.toFailure(response), Effect.currentSpan).pipe(
        Effect.withSpan("test")
      )
      expect(Object.fromEntries(span.attributes)).toMatchObject({ "error.type": "Foo", "obs.request_id": "r" })
    })
  )
})

describe("filterStatusOk", () => {
  it.effect("lets a success pass, unread", () =>
    Effect.gen(function* () {
      const response = responseOf(new Response("<Error><Code>NoSuchKey</Code></Error>", { status: 206 }))
      expect(yield* ObsResponse.filterStatusOk(response)).toBe(response)
      expect(yield* response.text).toContain("NoSuchKey")
    })
  )

  it.effect("fails on every other status", () =>
    Effect.gen(function* () {
      for (const status of [301, 304, 404, 500, 599]) {
        const failure = yield* Effect.flip(ObsResponse.filterStatusOk(responseOf(new Response(null, { status }))))
        expect(failure.status).toBe(status)
      }
    })
  )
})
