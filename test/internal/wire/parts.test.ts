/**
 * Failures that are made of what another client kept of an answer.
 */
import { describe, expect, it } from "@effect/vitest"
import { DateTime, Duration, Effect, Equal, Option, Redacted } from "#test/effect"
import * as fc from "fast-check"
import { ObsError, ObsResponse, ObsRetry } from "effect-obs"
import { ObsAnswer } from "effect-obs/testing"
import { fieldsOf } from "../../../src/internal/failure/errorClass.js"

const { fromParts } = ObsResponse

const readable = (secrets: ObsError.Secrets) =>
  Object.fromEntries(
    Object.entries(secrets).flatMap(([name, secret]) => (secret === undefined ? [] : [[name, Redacted.value(secret)]]))
  )

/** Text that the service can send in an element: it is not trimmed, and nothing in it is unfit to be shown. */
const text = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 30 }).filter((s) => s.trim() !== "")

const name = fc.stringMatching(/^[A-Z][a-z]{2,9}[0-9]$/)

const parts = fc.record(
  {
    status: fc.integer({ min: 400, max: 599 }),
    message: text,
    requestId: fc.stringMatching(/^[0-9A-F]{1,32}$/),
    hostId: fc.base64String({ minLength: 4, maxLength: 64 }),
    id2: fc.base64String({ minLength: 4, maxLength: 64 }),
    indicator: fc.constantFrom("3", "601", "602"),
    deleteMarker: fc.boolean(),
    resource: text,
    details: fc.dictionary(name, text, { maxKeys: 4 })
  },
  { requiredKeys: ["status", "details"] }
)

/** Elements for the typed fields of a class, its secrets among them. */
const fieldElements = (klass: object) => {
  const elements = Object.entries(fieldsOf(klass)).map(([name, field]) => {
    const element = field.elements(name)[0] ?? ""
    if (element.endsWith("Milliseconds")) return [element, fc.nat().map(String)] as const
    if (element.endsWith("Time")) return [element, fc.constant("2021-10-14T03:17:08.663Z")] as const
    return [element, field._tag === "Secret" ? fc.stringMatching(/^[A-Z0-9]{20}$/) : text] as const
  })
  return fc.record(Object.fromEntries(elements), { requiredKeys: [] })
}

describe("the parts of an answer", () => {
  const classes = ObsError.ObsFailure.members.filter(
    ({ _tag }) => !["UnknownObsError", "UnrecognizedResponse", "NotModified", "CallbackFailed"].includes(_tag)
  )

  const xml = (elements: Record<string, string | undefined>) =>
    Object.entries(elements)
      .map(([name, value]) => {
        const escaped = value?.replace(/[^A-Za-z0-9]/gu, (c) => `&#${String(c.codePointAt(0))};`)
        return escaped === undefined ? "" : `<${name}>${escaped}</${name}>`
      })
      .join("")

  it.each(classes.map((klass) => [klass._tag, klass] as const))(
    "give the same %s as the whole answer",
    (code, klass) => {
      fc.assert(
        fc.property(parts, fieldElements(klass), (parts, fields) => {
          const details = { ...parts.details, ...fields }
          const failure = fromParts({ ...parts, code, details })
          const elements = {
            Code: code,
            Message: parts.message,
            HostId: parts.hostId,
            Resource: parts.resource,
            ...details
          }
          const whole = ObsResponse.decode({
            status: parts.status,
            headers: {
              "x-amz-request-id": parts.requestId,
              "x-amz-id-2": parts.id2,
              "x-reserved-indicator": parts.indicator,
              "x-amz-delete-marker": parts.deleteMarker === undefined ? undefined : String(parts.deleteMarker)
            },
            body: `<Error>${xml(elements)}</Error>`
          })
          expect(failure).toBeInstanceOf(klass)
          expect(Equal.equals(failure, whole)).toBe(true)
          expect(readable(failure.secrets)).toEqual(readable(whole.secrets))

          // What was rendered of the failure has the same parts
          const rendered = ObsResponse.decode(ObsAnswer.render(failure))
          expect(Equal.equals(rendered, failure)).toBe(true)
          expect(Object.keys(fields).filter((name) => failure.details[name] !== undefined)).toEqual([])
        }),
        { numRuns: 25 }
      )
    }
  )

  it("give what the whole answer gives for a code that is in no catalogue", () => {
    fc.assert(
      fc.property(parts, fc.stringMatching(/^X[A-Za-z.]{1,30}$/), (parts, code) => {
        const failure = fromParts({ ...parts, code })
        expect(failure).toMatchObject({ _tag: "UnknownObsError", code, status: parts.status })
        expect(Equal.equals(ObsResponse.decode(ObsAnswer.render(failure)), failure)).toBe(true)
      })
    )
  })

  it("give what the whole answer gives without a code", () => {
    for (const status of [203, 304, 400, 404, 503]) {
      const failure = fromParts({ status, requestId: "r", id2: "i", indicator: "601", deleteMarker: true, code: "" })
      expect(failure).toMatchObject({ status, requestId: "r", id2: "i", indicator: "601", deleteMarker: true })
      expect(failure._tag).toBe(
        status === 304 ? "NotModified" : status === 203 ? "CallbackFailed" : "UnrecognizedResponse"
      )
      expect(Equal.equals(ObsResponse.decode(ObsAnswer.render(failure)), failure)).toBe(true)
    }
    const failure = fromParts({ status: 400, message: "m", details: { Foo: "bar" } })
    expect(failure).toMatchObject({ reason: "NoCode", message: "m", details: { Foo: "bar" } })
    expect(Equal.equals(ObsResponse.decode(ObsAnswer.render(failure)), failure)).toBe(true)
  })

  it("give the documented status where there is none, and no status where none is documented", () => {
    expect(fromParts({ code: "NoSuchKey" })).toMatchObject({ _tag: "NoSuchKey", status: 404 })
    expect(fromParts({ code: "SYS.0014" }).status).toBe(new ObsError.Sys0014().status)
    expect(fromParts({ code: "X" })).toMatchObject({ _tag: "UnknownObsError", status: 0, retry: "never" })
    expect(fromParts({})).toMatchObject({ reason: "EmptyBody", status: 0, retry: "never" })
  })

  it("fill the typed fields of the class, and no others", () => {
    const details = { Key: "a", BucketName: "b", RequestTime: "20210824T061826Z", MaxAllowedSkewMilliseconds: 900_000 }
    const skewed = fromParts({ code: "RequestTimeTooSkewed", details })
    expect(skewed).toMatchObject({
      requestTime: DateTime.makeUnsafe("2021-08-24T06:18:26Z"),
      maxAllowedSkew: Duration.minutes(15),
      details: { Key: "a", BucketName: "b" }
    })
    expect(fromParts({ code: "NoSuchKey", details: { Key: "a" } })).toMatchObject({ key: "a", details: {} })
  })

  it("have their secrets withheld", () => {
    const secret = "AKIAIOSFODNN7EXAMPLE"
    const failure = fromParts({
      code: "SignatureDoesNotMatch",
      status: 403,
      message: `the access key ${secret} is inactive`,
      requestId: `accesskey=${secret}`,
      resource: `/b?AccessKeyId=${secret}`,
      details: { AWSAccessKeyId: secret, StringToSign: `GET\n${secret}`, Foo: `Signature=${secret}` }
    })
    const shown = [String(failure), JSON.stringify(failure), failure.stack, JSON.stringify(failure.details)]
    for (const text of shown) expect(text).not.toContain(secret)
    expect(failure).toHaveProperty("accessKeyId", Redacted.make(secret))
    expect(readable(failure.secrets)).toMatchObject({ AWSAccessKeyId: secret, Foo: `Signature=${secret}` })
  })

  it.effect("say how long to wait", () =>
    Effect.gen(function* () {
      const hint = (retryAfter: string | number) =>
        ObsRetry.delayHint(fromParts({ code: "SlowDown", retryAfter, details: { RetryAfter: "9" } }))
      expect(yield* hint(3)).toEqual(Option.some(Duration.seconds(3)))
      expect(yield* hint("3")).toEqual(Option.some(Duration.seconds(3)))
      // A date says how long only together with that of the answer
      expect(yield* hint("Thu, 01 Jan 1970 00:01:00 GMT")).toEqual(Option.none())
    })
  )

  it("count before the details of the same name", () => {
    const details = { Code: "NoSuchBucket", Message: "d", HostId: "d", Resource: "d", RequestId: "d" }
    expect(fromParts({ details })).toMatchObject({
      _tag: "NoSuchBucket",
      message: "d",
      hostId: "d",
      resource: "d",
      requestId: "d",
      details: {}
    })
    const given = { code: "NoSuchKey", message: "p", hostId: "p", resource: "p", requestId: "p" }
    const { code, ...rest } = given
    expect(fromParts({ ...given, details })).toMatchObject({ _tag: code, ...rest, details: { RequestId: "d" } })
  })
})

describe("parts of any kind", () => {
  // What no type allows arrives from JavaScript
  const untyped = (parts: unknown): ObsError.ObsFailure => {
    const failure: unknown = Reflect.apply(fromParts, undefined, [parts])
    if (!ObsError.isObsFailure(failure)) throw new Error("no failure")
    return failure
  }

  const names = ["code", "status", "message", "requestId", "hostId", "id2", "indicator", "resource", "retryAfter"]

  it("give a failure that is fit to be shown, and never a throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.dictionary(fc.constantFrom(...names, "details", "deleteMarker"), fc.anything({ withBigInt: true })),
          fc.record({ code: fc.string({ unit: "binary" }), details: fc.dictionary(fc.string(), fc.anything()) })
        ),
        (parts) => {
          const failure = untyped(parts)
          // eslint-disable-next-line no-control-regex -- what must not be shown
          expect(String(failure)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
          for (const detail of Object.values(failure.details)) expect(typeof detail).toBe("string")
        }
      ),
      { numRuns: 2000 }
    )
  })

  it("give a failure where nothing of them can be read", () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("get")
        },
        ownKeys: () => {
          throw new Error("ownKeys")
        }
      }
    )
    for (const parts of [undefined, null, 0, "NoSuchKey", Symbol("x"), [], () => 1, hostile]) {
      expect(untyped(parts)).toMatchObject({ reason: "EmptyBody", status: 0 })
    }
    expect(untyped({ code: "NoSuchKey", details: hostile })).toMatchObject({ _tag: "NoSuchKey", details: {} })
  })

  it("cannot touch a prototype, nor what an error is", () => {
    const details: unknown = JSON.parse('{"__proto__":"p","constructor":"c","_tag":"t","name":"n","stack":"s"}')
    const failure = untyped({ code: "NoSuchKey", details })
    expect(failure).toMatchObject({ _tag: "NoSuchKey", name: "NoSuchKey" })
    expect(failure.stack).not.toBe("s")
    expect(Object.keys(failure.details).sort()).toEqual(["__proto__", "_tag", "constructor", "name", "stack"])
  })

  it("are looked at as far as a body is", () => {
    const long = "x".repeat(1_000_000)
    const failure = untyped({ code: "NoSuchKey", requestId: long, details: { A: long, B: "b", [long]: "c" } })
    expect(failure._tag).toBe("NoSuchKey")
    expect(failure.requestId).toHaveLength(256)
    expect(JSON.stringify(failure.details).length).toBeLessThan(70_000)
  })
})
