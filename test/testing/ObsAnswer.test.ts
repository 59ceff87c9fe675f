import { describe, expect, it } from "@effect/vitest"
import { DateTime, Duration, Equal, forAll, Redacted, Schema } from "#test/effect"
import { ObsError, ObsResponse } from "effect-obs"
import type { ObsAnswer as Answers } from "effect-obs/testing"
import { ObsAnswer } from "effect-obs/testing"

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

  it("writes what its callback said of an upload", () => {
    const failure = new ObsError.CallbackFailed({
      message: "m",
      requestId: "r",
      details: { Code: "Unheard", Foo: "b" }
    })
    const answer = ObsAnswer.render(failure)
    expect(answer.body).toContain("<Code>Unheard</Code>")
    expect(ObsResponse.decode(answer)).toEqual(failure)
    expect(ObsAnswer.render(new ObsError.CallbackFailed()).body).not.toContain("<Code>")
    const known = ObsAnswer.render(new ObsError.CallbackFailed({ details: { Code: "AccessDenied" } }))
    expect(ObsResponse.decode(known)).toMatchObject({ _tag: "AccessDenied", status: 203 })
  })

  it.each([0, 1, 999, 1000, 1500, 3000, 86_400_000])("says to wait %i ms", (millis) => {
    const retryAfter = Duration.millis(millis)
    for (const dialect of ["obs", "amz"] as const) {
      for (const method of ["GET", "HEAD"]) {
        const failure = new ObsError.SlowDown({ retryAfter })
        const answer = ObsAnswer.render(failure, { dialect, method })
        expect(Equal.equals(ObsResponse.decode({ ...answer, method }), failure)).toBe(true)
      }
    }
  })

  it("keeps an excerpt with percent escapes", () => {
    const failure = new ObsError.UnrecognizedResponse({ status: 502, reason: "TooLarge", excerpt: "a%20b%2520c" })
    expect(Equal.equals(ObsResponse.decode(ObsAnswer.render(failure)), failure)).toBe(true)
  })

  it("keeps an id that no header can have to the body", () => {
    const answer = ObsAnswer.render(new ObsError.NoSuchKey({ requestId: "猫" }))
    expect(answer.headers["x-obs-request-id"]).toBeUndefined()
    expect(ObsResponse.decode(answer).requestId).toBe("猫")
  })

  it("leaves out what the service could not write", () => {
    const wiped = Redacted.make("s")
    Redacted.wipeUnsafe(wiped)
    const never = DateTime.addDuration(DateTime.makeUnsafe(8.64e15), "1 day")
    const failures: ReadonlyArray<ObsError.ObsFailure> = [
      new ObsError.RequestTimeTooSkewed({ serverTime: never, maxAllowedSkew: Duration.infinity }),
      new ObsError.InvalidAccessKeyId({ accessKeyId: wiped }),
      new ObsError.NoSuchKey({ details: { "no name": "x", "<a>": "x", "": "x" } })
    ]
    for (const failure of failures) {
      const { body } = ObsAnswer.render(failure)
      expect(body).toMatch(/<\/Message><\/Error>$/)
    }
    expect(ObsAnswer.render(new ObsError.NoSuchKey(), { prefix: "no prefix" }).body).toContain("<Error><Code>")
  })

  it("writes any failure, in headers that can be sent", async () => {
    const given = Schema.Struct({
      failure: Schema.toType(ObsError.ObsFailure),
      options: Schema.Struct({
        dialect: Schema.optionalKey(Schema.Literals(["obs", "amz"])),
        method: Schema.optionalKey(Schema.Literals(["GET", "HEAD", "head", "x"])),
        prefix: Schema.optionalKey(Schema.String)
      })
    })
    const writes = ({ failure, options }: typeof given.Type) => {
      const answer = ObsAnswer.render(failure, options)
      expect(answer.status).toBe(failure.status)
      expect(new Headers(answer.headers)).toBeDefined()
      return ObsError.isObsFailure(ObsResponse.decode(answer))
    }
    await forAll(given, writes, 300)
  })
})
