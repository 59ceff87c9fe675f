import {
  Cause,
  Data,
  DateTime,
  Duration,
  Effect,
  Equal,
  Exit,
  forAll,
  Hash,
  httpApiStatuses,
  Option,
  Redacted,
  Schema
} from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsOperation } from "effect-obs"

const { NoSuchKey, SignatureDoesNotMatch, UnknownObsError, UnrecognizedResponse } = ObsError

describe("an instance", () => {
  it("is an Error that says what happened, with which request, and what to do", () => {
    const cause = new Error("why")
    const error = new NoSuchKey({ key: "a.txt", requestId: "0000018A", cause })
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe("NoSuchKey")
    expect(error.cause).toBe(cause)
    expect(String(error)).toBe(
      "NoSuchKey: The specified key does not exist. (status 404, request id 0000018A) Upload an object first."
    )
  })

  it.effect("can be yielded and fails the effect with itself", () =>
    Effect.gen(function* () {
      const error = new NoSuchKey({ key: "a.txt" })
      const failed = yield* Effect.flip(
        Effect.gen(function* () {
          return yield* error
        })
      )
      expect(failed).toBe(error)
    })
  )

  it("says the request id and what to do wherever its stack is printed", () => {
    const error = new NoSuchKey({ requestId: "0000018A" })
    const head =
      "NoSuchKey: The specified key does not exist.\n    status 404, request id 0000018A\n    Upload an object first.\n    at "
    expect(error.stack?.startsWith(head)).toBe(true)
    expect(Cause.pretty(Cause.fail(error)).startsWith(head)).toBe(true)
    error.stack = "mine"
    expect(error.stack).toBe("mine")
  })

  it.effect("is the same behind the proxy that a span puts around it", () =>
    Effect.gen(function* () {
      const error = new NoSuchKey({ key: "a.txt", requestId: "0000018A" })
      const cause = yield* Effect.fail(error).pipe(Effect.withSpan("span"), Effect.sandbox, Effect.flip)
      const failure = Option.getOrThrow(Cause.findErrorOption(cause))
      expect(Cause.pretty(cause)).toContain("request id 0000018A")
      expect([String(failure), JSON.stringify(failure)]).toEqual([String(error), JSON.stringify(error)])
      expect(ObsError.isNotFoundError(failure)).toBe(true)
      expect(Equal.equals(failure, error)).toBe(true)
    })
  )

  it("has the documented message where the service said nothing", () => {
    expect(new NoSuchKey({ message: "" }).message).toBe("The specified key does not exist.")
    expect(new NoSuchKey({ message: "gone" }).message).toBe("gone")
  })

  it("has a status that is one, or 0", () => {
    for (const status of [Number.NaN, Infinity, -404, 404.5, 99, 1000]) expect(new NoSuchKey({ status }).status).toBe(0)
    expect(new NoSuchKey({ status: 999 }).status).toBe(999)
  })

  it("has no property for what is undefined", () => {
    expect(Object.keys(new NoSuchKey({ key: undefined, requestId: undefined }))).toEqual(["_tag", "status", "details"])
  })

  it("takes no property that its class does not have", () => {
    const props = { key: "k", stack: "forged", name: "forged", toJSON: "forged", info: "forged" }
    const error = new NoSuchKey(props)
    expect(error.stack).not.toBe("forged")
    expect(Object.keys(error)).toEqual(["_tag", "status", "key", "details"])
    expect(error.info.code).toBe("NoSuchKey")
  })
})

describe("equality", () => {
  it("is by value, details and message included, and agrees with the hash", () => {
    const make = (foo: string, message = "m") => new NoSuchKey({ key: "k", message, details: { foo } })
    expect(Equal.equals(make("a"), make("a"))).toBe(true)
    expect(Hash.hash(make("a"))).toBe(Hash.hash(make("a")))
    expect(Equal.equals(make("a"), make("b"))).toBe(false)
    expect(Equal.equals(make("a"), make("a", "n"))).toBe(false)
    expect(Equal.equals(make("a"), new ObsError.NoSuchUpload({ message: "m", details: { foo: "a" } }))).toBe(false)
    expect(Equal.equals(make("a"), new Error("m"))).toBe(false)
  })

  it("does not look at the order of the properties, the cause or the secrets", () => {
    const a = new SignatureDoesNotMatch({ requestId: "r", hostId: "h", cause: 1, stringToSign: Redacted.make("x") })
    const b = new SignatureDoesNotMatch({ hostId: "h", requestId: "r" })
    expect(Equal.equals(a, b)).toBe(true)
  })
})

describe("details", () => {
  it("inherit nothing", () => {
    const { details } = new NoSuchKey({ details: { Foo: "bar" } })
    expect(details["Foo"]).toBe("bar")
    for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) expect(details[name]).toBeUndefined()
  })

  it("keep the raw text of a message that was not fit to be shown", () => {
    const error = new NoSuchKey({ message: "a\u001b[31mb\r\nc\u202e" })
    expect(error.message).toBe("a\ufffd[31mb  c\ufffd")
    expect(error.details["Message"]).toBe("a\u001b[31mb\r\nc\u202e")
  })

  it("keep a message that is too long to be shown", () => {
    const error = new NoSuchKey({ message: "x".repeat(5000) })
    expect(error.message).toHaveLength(4096)
    expect(error.message.endsWith("…")).toBe(true)
    expect(error.details["Message"]).toHaveLength(5000)
  })
})

describe("schemas", () => {
  it("have the fields of their class, which make a schema of its encoded form without the class", () => {
    const error = new ObsError.RequestTimeTooSkewed({ requestId: "r", maxAllowedSkew: Duration.minutes(15) })
    const plain = Schema.decodeUnknownSync(Schema.Struct(ObsError.RequestTimeTooSkewed.fields))(
      Schema.encodeSync(ObsError.RequestTimeTooSkewed)(error)
    )
    const skew: Duration.Duration | undefined = plain.maxAllowedSkew
    expect(plain).not.toBeInstanceOf(Error)
    expect(plain._tag).toBe("RequestTimeTooSkewed")
    expect(plain.requestId).toBe("r")
    expect(skew).toEqual(Duration.minutes(15))
    for (const klass of ObsError.ObsFailure.members) {
      const fields: unknown = Reflect.get(klass, "fields")
      for (const name of ["_tag", "message", "details"]) expect(fields).toHaveProperty(name)
    }
    expect(ObsError.AccessDenied.fields).not.toHaveProperty("stringToSign")
    expect(Object.keys(ObsError.UnrecognizedResponse.fields)).toContain("excerpt")
  })

  it("encode to plain JSON without secrets and decode to an equal error", () => {
    const error = new ObsError.RequestTimeTooSkewed({
      requestTime: DateTime.makeUnsafe("2021-08-24T06:18:26Z"),
      maxAllowedSkew: Duration.minutes(15),
      details: { Foo: "bar" },
      secrets: { AWSAccessKeyId: Redacted.make("AKIAIOSFODNN7EXAMPLE") }
    })
    const encoded = Schema.encodeSync(ObsError.RequestTimeTooSkewed)(error)
    expect(encoded).toEqual({
      _tag: "RequestTimeTooSkewed",
      message: "The request time and the server time differ a lot.",
      status: 403,
      requestTime: "2021-08-24T06:18:26.000Z",
      maxAllowedSkew: 900_000,
      details: { Foo: "bar" }
    })
    const decoded = Schema.decodeUnknownSync(ObsError.ObsFailure)(JSON.parse(JSON.stringify(encoded)))
    expect(Equal.equals(decoded, error)).toBe(true)
  })

  it("keep an element of any name", () => {
    const details = Schema.decodeUnknownSync(Schema.fromJsonString(NoSuchKey))(
      '{"_tag":"NoSuchKey","message":"m","status":404,"details":{"__proto__":"p","constructor":"c","toJSON":"t"}}'
    ).details
    const error = new NoSuchKey({ details })
    const json = JSON.stringify(Schema.encodeSync(NoSuchKey)(error))
    expect(json).toContain('"__proto__":"p"')
    expect(Equal.equals(Schema.decodeUnknownSync(NoSuchKey)(JSON.parse(json)), error)).toBe(true)
    expect(Object.keys(error.details).sort()).toEqual(["__proto__", "constructor", "toJSON"])
  })

  it("reject what is no error of theirs", () => {
    const is = Schema.is(ObsError.NotFoundError)
    expect(is(new NoSuchKey())).toBe(true)
    expect(is(new ObsError.AccessDenied())).toBe(false)
    expect(is({ _tag: "NoSuchKey", message: "m", status: 404, details: {} })).toBe(false)
    expect(Option.isNone(Schema.decodeUnknownOption(ObsError.NotFoundError)({ _tag: "AccessDenied" }))).toBe(true)
  })

  it("bring back equal whatever can be made", async () => {
    const text = Schema.fromJsonString(ObsError.ObsFailure)
    const tags = new Set<string>()
    // V8 13 and 14 take one escaped name for another: https://github.com/nodejs/node/issues/63785
    const isMisread = ({ details }: ObsError.ObsFailure) =>
      Object.keys(details).some((name) => JSON.stringify(name) !== `"${name}"`)
    const comesBack = (error: ObsError.ObsFailure) => {
      tags.add(error._tag)
      // The service counts whole milliseconds, and so does the encoded form
      const skew = error._tag === "RequestTimeTooSkewed" ? error.maxAllowedSkew : undefined
      if (skew !== undefined && !Number.isSafeInteger(Duration.toMillis(skew))) return true
      const back = isMisread(error)
        ? Schema.decodeSync(ObsError.ObsFailure)(Schema.encodeSync(ObsError.ObsFailure)(error))
        : Schema.decodeSync(text)(Schema.encodeSync(text)(error))
      return Equal.equals(back, error)
    }
    await forAll(Schema.toType(ObsError.ObsFailure), comesBack, 4000)
    expect(tags.size).toBe(ObsError.ObsFailure.members.length)
  })

  it("carry the documented status for an HttpApi", () => {
    expect(httpApiStatuses(ObsError.ObsError)).toEqual(ObsError.all.map((klass) => klass.info.status))
    for (const klass of [ObsError.NotModified, ObsError.CallbackFailed]) {
      expect(httpApiStatuses(klass)[0]).toBeGreaterThanOrEqual(400)
    }
  })
})

describe("byCode", () => {
  it("finds a code as the service writes it", () => {
    expect(ObsError.byCode("KMS.DisabledException")).toEqual(Option.some(ObsError.KmsDisabledException))
    expect(ObsError.byCode("CustomDomainAreadyExist")).toEqual(Option.some(ObsError.CustomDomainAreadyExist))
  })

  it("ignores white space inside a code", () => {
    const klass = Option.some(ObsError.IncorrectNumberOfFilesInPostRequest)
    expect(ObsError.byCode("IncorrectNumberOfFilesInPost Request")).toEqual(klass)
    expect(ObsError.byCode("Bad Request")).toEqual(Option.some(ObsError.BadRequest))
  })

  it.each(["", "nosuchkey", "UnknownObsError", "NotModified", ...Object.getOwnPropertyNames(Object.prototype)])(
    "knows no code %s",
    (code) => {
      expect(Option.isNone(ObsError.byCode(code))).toBe(true)
    }
  )
})

describe("the classes of ObsFailure", () => {
  it("are all that a decoder can make, each once, and make what they are with what any of them wants", () => {
    const { members } = ObsError.ObsFailure
    expect(members.map(({ _tag }) => _tag)).toEqual(
      [
        ...ObsError.all,
        ...ObsError.OefError.members,
        UnknownObsError,
        UnrecognizedResponse,
        ObsError.NotModified,
        ObsError.CallbackFailed
      ].map(({ _tag }) => _tag)
    )
    for (const klass of members) {
      const failure = new klass({ code: "X", reason: "NoCode", requestId: "r" })
      expect(failure).toBeInstanceOf(klass)
      expect(failure).toMatchObject({ _tag: klass._tag, requestId: "r" })
      expect(ObsError.isObsFailure(failure)).toBe(true)
      const unclassified = failure instanceof UnknownObsError || failure instanceof UnrecognizedResponse
      expect(klass.info?.code).toBe(unclassified ? undefined : klass._tag)
    }
  })
})

describe("guards", () => {
  const forged = { _tag: "NoSuchKey", status: 404, info: { status: 404 } }

  it("tell errors by their documented status", () => {
    expect(ObsError.isNotFoundError(new NoSuchKey({ status: 400 }))).toBe(true)
    expect(ObsError.isNotFoundError(new ObsError.AccessDenied())).toBe(false)
    expect(ObsError.isNotFoundError(forged)).toBe(false)
    expect(ObsError.isObsError(new NoSuchKey())).toBe(true)
    expect(ObsError.isObsError(new UnknownObsError({ code: "NoSuchKey" }))).toBe(false)
  })

  it("tell every failure", () => {
    expect(ObsError.isObsFailure(new UnknownObsError({ code: "X" }))).toBe(true)
    expect(ObsError.isObsFailure(new UnrecognizedResponse({ reason: "EmptyBody" }))).toBe(true)
    expect(ObsError.isObsFailure(new ObsError.NotModified())).toBe(true)
    for (const u of [undefined, null, 0, "NoSuchKey", forged, new Error("x")])
      expect(ObsError.isObsFailure(u)).toBe(false)
  })

  it.effect("take nothing for an ObsFailure that is none of its classes", () =>
    Effect.gen(function* () {
      const later = Object.assign(new NoSuchKey(), { _tag: "OfALaterVersion" })
      expect(ObsError.isObsFailure(later)).toBe(false)
      expect(yield* Effect.flip(Effect.fail(later).pipe(ObsOperation.expect(ObsOperation.GetObject)))).toBe(later)
    })
  )
})

describe("category and retry", () => {
  it("are those of the row", () => {
    expect(new NoSuchKey().category).toBe("NotFound")
    expect(new NoSuchKey().retry).toBe("never")
    expect(new ObsError.SlowDown().retry).toBe("throttling")
    expect(new ObsError.RequestTimeTooSkewed().retry).toBe("clock")
  })

  it("know that no clock makes an expired URL valid", () => {
    expect(new ObsError.RequestTimeTooSkewed({ message: "Request has expired." }).retry).toBe("never")
  })

  it.each(["601", "602"])("take 429 and 503 with the indicator %s for throttling, whatever the code", (indicator) => {
    expect(new ObsError.ServiceUnavailable({ indicator }).retry).toBe("throttling")
    expect(new UnknownObsError({ code: "OfNobody", status: 503, indicator }).category).toBe("Throttling")
    expect(new ObsError.AccessDenied({ indicator }).retry).toBe("never")
  })

  it.each([
    [304, "Precondition", "never"],
    [302, "Redirect", "never"],
    [400, "Validation", "never"],
    [401, "Authentication", "never"],
    [403, "Permission", "never"],
    [404, "NotFound", "never"],
    [405, "Unsupported", "never"],
    [408, "Transfer", "transient"],
    [409, "Conflict", "never"],
    [412, "Precondition", "never"],
    [418, "Validation", "never"],
    [429, "Throttling", "throttling"],
    [500, "Server", "transient"],
    [501, "Unsupported", "never"],
    [502, "Server", "transient"],
    [503, "Server", "transient"],
    [504, "Server", "transient"],
    [520, "Server", "transient"],
    [0, "Server", "never"]
  ] as const)("follow the status %d where there is no row", (status, category, retry) => {
    expect(new UnknownObsError({ code: "X", status })).toMatchObject({ category, retry })
    expect(new UnrecognizedResponse({ reason: "EmptyBody", status })).toMatchObject({ category, retry })
  })
})

describe("secrets", () => {
  const secret = "AKIAIOSFODNN7EXAMPLE"
  const error = new SignatureDoesNotMatch({
    accessKeyId: Redacted.make(secret),
    stringToSign: Redacted.make(secret),
    message: `the access key ${secret} is inactive.`
  })

  it("are there for a program that asks", () => {
    expect(error.accessKeyId && Redacted.value(error.accessKeyId)).toBe(secret)
    expect(error.secrets["StringToSign"] && Redacted.value(error.secrets["StringToSign"])).toBe(secret)
    expect(error.secrets["Message"] && Redacted.value(error.secrets["Message"])).toContain(secret)
    expect(new NoSuchKey().secrets["constructor"]).toBeUndefined()
  })

  it("are shown nowhere", () => {
    const sinks = [
      error.message,
      String(error),
      error.stack,
      JSON.stringify(error),
      JSON.stringify(Object.fromEntries(Object.entries(error))),
      Cause.pretty(Cause.fail(error)),
      JSON.stringify(Schema.encodeSync(ObsError.ObsFailure)(error))
    ]
    for (const sink of sinks) expect(sink).not.toContain(secret)
  })
})

describe("catchStatus", () => {
  const caught = (failure: ObsError.ObsFailure, status: number) =>
    Effect.runSync(
      Effect.fail(failure).pipe(
        ObsError.catchStatus(status, (handled) => Effect.succeed(handled === failure)),
        Effect.orElseSucceed(() => false)
      )
    )

  it("takes the classes that are documented with the status, whatever was sent", () => {
    expect(caught(new NoSuchKey(), 404)).toBe(true)
    expect(caught(new NoSuchKey({ status: 400 }), 404)).toBe(true)
    expect(caught(new NoSuchKey({ status: 400 }), 400)).toBe(false)
    expect(caught(new ObsError.NotModified(), 304)).toBe(true)
  })

  it("takes what has no class when it was sent with the status", () => {
    expect(caught(new UnknownObsError({ code: "X", status: 404 }), 404)).toBe(true)
    expect(caught(new UnrecognizedResponse({ reason: "EmptyBody", status: 404 }), 404)).toBe(true)
    expect(caught(new UnknownObsError({ code: "X", status: 409 }), 404)).toBe(false)
  })

  it.effect("leaves everything else as it was, data-first too", () =>
    Effect.gen(function* () {
      const foreign = new Error("foreign")
      expect(yield* Effect.flip(ObsError.catchStatus(Effect.fail(foreign), 404, () => Effect.void))).toBe(foreign)
      const defect = yield* Effect.exit(ObsError.catchStatus(Effect.die(foreign), 404, () => Effect.void))
      expect(defect).toEqual(Exit.die(foreign))
      expect(yield* ObsError.catchStatus(Effect.succeed(1), 404, () => Effect.void)).toBe(1)
    })
  )
})

describe("catchCategory", () => {
  const caught = (failure: ObsError.ObsFailure, category: ObsError.Category) =>
    Effect.runSync(
      Effect.fail(failure).pipe(
        ObsError.catchCategory(category, (handled) => Effect.succeed(handled === failure)),
        Effect.orElseSucceed(() => false)
      )
    )

  it("takes the classes of the category and what has no class by its status", () => {
    expect(caught(new ObsError.InvalidPart(), "NotFound")).toBe(true)
    expect(caught(new ObsError.InvalidPart(), "Validation")).toBe(false)
    expect(caught(new ObsError.NotModified(), "Precondition")).toBe(true)
    expect(caught(new UnknownObsError({ code: "X", status: 404 }), "NotFound")).toBe(true)
    expect(caught(new UnrecognizedResponse({ reason: "EmptyBody", status: 403 }), "Permission")).toBe(true)
  })
})

/** The types take out what a row says; whatever else an answer says, it is caught. */
describe("what the types take out of an error", () => {
  const members = ObsError.ObsFailure.members.flatMap((klass) =>
    klass.info === undefined ? [] : [[klass, klass.info] as const]
  )
  const statuses = [undefined, 0, 200, 203, 304, 400, 401, 403, 404, 408, 409, 412, 429, 500, 503, 520, 999]
  const indicators = [undefined, "", "3", "601", "602"]
  const messages = [undefined, "Request has expired.", "no date", "expired"]

  const caught = (self: Effect.Effect<boolean, unknown>) => Effect.runSync(Effect.orElseSucceed(self, () => false))

  it.each(members.map(([klass, info]) => [klass._tag, klass, info] as const))(
    "%s is caught, whatever was sent",
    (_, klass, info) => {
      for (const status of statuses) {
        for (const indicator of indicators) {
          for (const message of messages) {
            const failure = new klass({ status, indicator, message, code: "X", reason: "NoCode" })
            const failed = Effect.fail(failure)
            const same = (handled: unknown) => Effect.succeed(handled === failure)
            expect(caught(ObsError.catchStatus(failed, info.status, same))).toBe(true)
            expect(caught(ObsError.catchCategory(failed, info.category, same))).toBe(true)
            expect(ObsError.isStatus(failure, info.status)).toBe(true)
            expect(ObsError.isCategory(info.category)(failure)).toBe(true)
            if (info.retry === "never" || info.retry === "clock") continue
            expect(caught(ObsError.catchRetryable(failed, same))).toBe(true)
            expect(ObsError.isRetryable(failure)).toBe(true)
          }
        }
      }
    }
  )

  it("is what its class says, and what is inside of what is unexpected stays of another type", () => {
    const failure = new ObsError.NoSuchKey()
    const unexpected = new ObsError.UnexpectedObsError({ operation: "PutObject", failure })
    const handled = Effect.fail(unexpected).pipe(ObsError.catchStatus(404, (failure) => Effect.succeed(failure._tag)))
    expect(Effect.runSync(handled)).toBe("UnexpectedObsError")
    expect(ObsError.isStatus(unexpected, 404)).toBe(true)
    expect(ObsError.isStatus(unexpected, 500)).toBe(false)
  })
})

/** Errors of another library that look like ours in everything but the mark. */
class Foreign extends Data.TaggedError("NoSuchKey")<{
  readonly status: number
  readonly category: ObsError.Category
  readonly retry: ObsError.Retry
  readonly info: ObsError.Info
}> {}

describe("a foreign error of the same shape", () => {
  const foreigners = ObsError.all.map(
    ({ info }) => new Foreign({ status: info.status, category: info.category, retry: info.retry, info })
  )

  it("passes every catcher as it is", () => {
    for (const foreign of foreigners) {
      const { category, status } = foreign.info
      const failed: Effect.Effect<never, Foreign> = Effect.fail(foreign)
      const handled: Effect.Effect<string, Foreign> = failed.pipe(
        ObsError.catchStatus(status, () => Effect.succeed("status")),
        ObsError.catchCategory(category, () => Effect.succeed("category")),
        ObsError.catchRetryable(() => Effect.succeed("retryable"))
      )
      expect(Effect.runSync(Effect.flip(handled))).toBe(foreign)
    }
  })

  it("is told by no guard", () => {
    for (const foreign of foreigners) {
      expect(ObsError.isStatus(foreign, foreign.status)).toBe(false)
      expect(ObsError.isCategory(foreign, foreign.category)).toBe(false)
      for (const guard of [
        ObsError.isRetryable,
        ObsError.isObsError,
        ObsError.isObsFailure,
        ObsError.isNotFoundError
      ]) {
        expect(guard(foreign)).toBe(false)
      }
    }
  })
})

describe("a failure behind a type that does not say so", () => {
  it("arrives as the type of the handler says", () => {
    const failure = new NoSuchKey({ key: "a.txt" })
    const unknown: Effect.Effect<string, unknown> = Effect.fail(failure)
    const bare: Effect.Effect<string, Error> = Effect.fail(failure)
    expect(Effect.runSync(unknown.pipe(ObsError.catchStatus(404, ({ _tag }) => Effect.succeed(_tag))))).toBe(
      "NoSuchKey"
    )
    expect(Effect.runSync(bare.pipe(ObsError.catchCategory("NotFound", ({ retry }) => Effect.succeed(retry))))).toBe(
      "never"
    )
    const either: number = failure.status
    expect(
      Effect.runSync(
        Effect.fail(failure).pipe(ObsError.catchStatus(either, ({ key }) => Effect.succeed(key ?? "no key")))
      )
    ).toBe("a.txt")
  })
})
