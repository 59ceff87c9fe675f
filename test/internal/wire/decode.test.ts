import { describe, expect, it } from "@effect/vitest"
import { DateTime, Redacted } from "#test/effect"
import { ObsError } from "effect-obs"
import type { ReceivedResponse } from "../../../src/internal/wire/decode.js"
import { decode, decodeCallback, decodeEntry } from "../../../src/internal/wire/decode.js"
import { readHeaders } from "../../../src/internal/wire/headers.js"

const receive = (received: Partial<ReceivedResponse>) =>
  decode({ status: 403, headers: {}, body: undefined, ending: undefined, ...received })

const error = (elements: string) => `<Error>${elements}</Error>`

/** The secrets of a failure, readable. */
const secretsOf = (failure: ObsError.ObsFailure) =>
  Object.fromEntries(Object.entries(failure.secrets).map(([name, secret]) => [name, secret && Redacted.value(secret)]))

describe("the reason", () => {
  it.each(["TooLarge", "TimedOut", "ConnectionLost", "Unreadable"] as const)(
    "is %s where the reading ended so",
    (ending) => {
      for (const body of [undefined, "<Error>", error(""), "x"]) {
        expect(receive({ ending, body })).toMatchObject({ reason: ending })
        expect(receive({ ending, body, status: 0 })).toMatchObject({ reason: ending })
      }
      expect(receive({ ending, body: error("<Code>NoSuchKey</Code>") })).toBeInstanceOf(ObsError.NoSuchKey)
    }
  )

  it("is that of a hidden redirect for an answer with nothing in it", () => {
    expect(receive({ status: 0 })).toMatchObject({ reason: "OpaqueRedirect" })
    expect(receive({ status: 0, body: "x" })).toMatchObject({ reason: "NotAnErrorDocument" })
  })
})

describe("a body that a header calls compressed", () => {
  const body = Uint8Array.of(0x8b, 0x05, 0x80, 0xc3, 0xa8, 0xff, 0x00)

  it("is told by any case of the header, and has no excerpt", () => {
    const failure = receive({ headers: { "Content-Encoding": "BR" }, body })
    expect(failure).toMatchObject({ reason: "Compressed" })
    expect(failure).not.toHaveProperty("excerpt")
    expect(receive({ body })).toMatchObject({ reason: "NotAnErrorDocument" })
    expect(receive({ headers: { "content-encoding": ["gzip", "br"] }, body })).toMatchObject({ reason: "Compressed" })
  })

  it("is read where something has decoded it", () => {
    const headers = { "content-encoding": "br" }
    expect(receive({ headers, body: error("<Code>NoSuchKey</Code>") })).toBeInstanceOf(ObsError.NoSuchKey)
    expect(receive({ headers, body: "<html>x</html>" })).toMatchObject({
      reason: "NotAnErrorDocument",
      excerpt: "<html>x</html>"
    })
  })
})

describe("an unrecognized answer", () => {
  it("has its media type in lower case, without parameters, and short", () => {
    const typeOf = (contentType: string) => receive({ headers: { "content-type": contentType } })
    expect(typeOf(" Text/HTML ; charset=utf-8")).toMatchObject({ contentType: "text/html" })
    expect(typeOf("a".repeat(200))).toMatchObject({ contentType: `${"a".repeat(99)}…` })
    expect(receive({})).not.toHaveProperty("contentType")
  })

  it("has an excerpt of a foreign body only", () => {
    expect(receive({ body: "a  b\n\nc" })).toMatchObject({ excerpt: "a b c" })
    expect(receive({ body: "A".repeat(70_000) })).toMatchObject({ excerpt: `${"A".repeat(199)}…` })
    for (const body of [undefined, " ", "<Error><Code>", error(""), Uint8Array.of(0x1f, 0x8b)]) {
      expect(receive({ body })).not.toHaveProperty("excerpt")
    }
  })

  it("has no excerpt of what is hardly text", () => {
    expect(receive({ body: "\u0000aaa" })).toMatchObject({ excerpt: "\ufffdaaa" })
    expect(receive({ body: "\u0000aa" })).not.toHaveProperty("excerpt")
    expect(receive({ body: "\u200e" })).not.toHaveProperty("excerpt")
  })

  it("has no secret of the headers in its excerpt", () => {
    const headers = { "x-obs-error-detail-signatureprovided": "abcdefgh" }
    expect(receive({ headers, body: "it is abcdefgh!" })).toMatchObject({ excerpt: "it is <redacted>!" })
  })
})

describe("headers and body", () => {
  it("that disagree are both kept, and those that agree once", () => {
    const failure = receive({
      headers: {
        "x-obs-error-code": "B",
        "x-obs-error-message": "m",
        "x-obs-error-detail-key": "h",
        "x-obs-error-detail-foo": "f"
      },
      body: error("<Code>NoSuchKey</Code><Message>m</Message><Key>k</Key>")
    })
    expect(failure).toMatchObject({ _tag: "NoSuchKey", message: "m", key: "k" })
    expect({ ...failure.details }).toEqual({ HeaderCode: "B", HeaderKey: "h", foo: "f" })
  })

  it("have the id of the header, and the body's apart where it is another", () => {
    const headers = { "x-obs-request-id": "h" }
    const other = receive({ headers, body: error("<Code>NoSuchKey</Code><RequestId>b</RequestId>") })
    expect([other.requestId, other.details["RequestId"]]).toEqual(["h", "b"])
    const same = receive({ headers, body: error("<Code>NoSuchKey</Code><RequestId>h</RequestId>") })
    expect([same.requestId, same.details["RequestId"]]).toEqual(["h", undefined])
    const own = receive({ body: error("<Code>NoSuchKey</Code><RequestId>b</RequestId>") })
    expect([own.requestId, own.details["RequestId"]]).toEqual(["b", undefined])
  })
})

describe("secrets", () => {
  it("are known by their names, and taken out of everything else", () => {
    const failure = receive({
      body: error(
        "<Code>AccessDenied</Code><SignatureProvided>abcdefgh</SignatureProvided><AWSAccessKeyId>short</AWSAccessKeyId><Message>abcdefgh short</Message><Foo>x abcdefgh</Foo><RequestId>abcdefgh</RequestId><HostId>abcd efgh</HostId><Key>abcdefgh</Key>"
      )
    })
    expect(failure.message).toBe("<redacted> short")
    expect(failure.requestId).toBe("<redacted>")
    expect(failure.hostId).toBe("<redacted>")
    expect({ ...failure.details }).toEqual({ Foo: "x <redacted>", Key: "<redacted>" })
    expect(secretsOf(failure)).toEqual({
      SignatureProvided: "abcdefgh",
      AWSAccessKeyId: "short",
      Message: "abcdefgh short",
      Foo: "x abcdefgh",
      Key: "abcdefgh",
      RequestId: "abcdefgh",
      HostId: "abcdefgh"
    })
  })

  it("are the values of arguments with such a name", () => {
    const argument = (name: string, value: string) =>
      receive({
        body: error(
          `<Code>InvalidArgument</Code><ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`
        )
      })
    expect(secretsOf(argument("Authorization", "v"))).toEqual({ ArgumentValue: "v" })
    expect(argument("Authorization", "v")).toMatchObject({ argumentName: "Authorization" })
    expect(argument("Authorization", "v")).not.toHaveProperty("argumentValue")
    expect(argument("Authorization", "null")).toMatchObject({ argumentValue: "null" })
    expect(argument("x-obs-acl", "v")).toMatchObject({ argumentName: "x-obs-acl", argumentValue: "v", secrets: {} })
    const json = receive({ body: '{"code":"InvalidArgument","argumentName":"Authorization","argumentValue":"v"}' })
    expect(secretsOf(json)).toEqual({ argumentValue: "v" })
  })

  it("are none where there are none", () => {
    expect(secretsOf(receive({ body: error("<Code>NoSuchKey</Code><Key>k</Key>") }))).toEqual({})
  })
})

describe("secrets in headers", () => {
  it("are hidden in what is one word too", () => {
    for (const name of ["x-obs-request-id", "x-obs-id-2", "x-reserved-indicator", "content-type"]) {
      const failure = receive({ headers: { [name]: "ACCESSKEYABCDEFGHIJKL" } })
      expect(JSON.stringify(failure)).not.toContain("ABCDEFGHIJKL")
    }
  })

  it("hide the value of an argument whose name is withheld itself", () => {
    const failure = receive({
      headers: {
        "x-obs-error-code": "InvalidArgument",
        "x-obs-error-detail-signatureargumentname": "AccessKeyId",
        "x-obs-error-detail-argumentvalue": "NoSuchKey0123456789"
      }
    })
    expect(JSON.stringify(failure)).not.toContain("NoSuchKey0123456789")
    expect(Object.values(secretsOf(failure))).toContain("NoSuchKey0123456789")
  })
})

describe("the clock of the server", () => {
  const headers = { date: "Wed, 01 Jul 2015 04:20:51 GMT" }
  const serverTime = (body: string) => {
    const failure = receive({ headers, body })
    return failure._tag === "RequestTimeTooSkewed" && failure.serverTime
      ? DateTime.formatIso(failure.serverTime)
      : undefined
  }

  it("is that of the body, else that of the header", () => {
    expect(serverTime(error("<Code>RequestTimeTooSkewed</Code>"))).toBe("2015-07-01T04:20:51.000Z")
    expect(serverTime(error("<Code>RequestTimeTooSkewed</Code><ServerTime>2020-01-01T00:00:00Z</ServerTime>"))).toBe(
      "2020-01-01T00:00:00.000Z"
    )
  })

  it("is of no other error, and of none without a date", () => {
    expect({ ...receive({ headers, body: error("<Code>AccessDenied</Code>") }).details }).toEqual({})
    expect(receive({ body: error("<Code>RequestTimeTooSkewed</Code>") })).not.toHaveProperty("serverTime")
  })
})

it("the resource is a property and no detail", () => {
  const failure = receive({ body: error("<Code>NoSuchKey</Code><Resource>/b/k</Resource>") })
  expect(failure.resource).toBe("/b/k")
  expect({ ...failure.details }).toEqual({})
})

it("a host id of blanks is none", () => {
  expect(receive({ body: error("<Code>NoSuchKey</Code><HostId>&#32;</HostId>") })).not.toHaveProperty("hostId")
})

it("a failed callback keeps what the service says of it", () => {
  const received = { status: 203, headers: { "x-obs-request-id": "r" }, ending: undefined }
  const failure = decodeCallback({ ...received, body: error("<Code>C</Code><Message>m</Message><Foo>f</Foo>") })
  expect(failure).toMatchObject({ _tag: "CallbackFailed", message: "m", requestId: "r", status: 203 })
  expect({ ...failure.details }).toEqual({ Code: "C", Foo: "f" })
  expect({ ...decodeCallback({ ...received, body: undefined }).details }).toEqual({})
})

describe("the entry of a key", () => {
  const entry = (elements: Record<string, string>, headers = {}) =>
    decodeEntry(new Map(Object.entries(elements)), 200, readHeaders(headers, 200))

  it("is the failure of its code, without what the entry has already", () => {
    const failure = entry(
      { Key: "k", VersionId: "v", Code: "AccessDenied", Message: "m", Foo: "f" },
      { "x-obs-request-id": "r" }
    )
    expect(failure).toMatchObject({ _tag: "AccessDenied", message: "m", requestId: "r", status: 200 })
    expect({ ...failure.details }).toEqual({ Foo: "f" })
    expect(entry({ Key: "k", Code: "NoSuchKey" })).toMatchObject({ _tag: "NoSuchKey", key: "k" })
  })

  it("is unrecognized without a code", () => {
    expect(entry({ Key: "k", Message: "m" })).toMatchObject({ reason: "NoCode", message: "m", details: {} })
  })

  it("does not take the headers of the whole answer for its own", () => {
    expect(entry({ Key: "k", Message: "m" }, { "x-obs-error-code": "AccessDenied" })).toMatchObject({
      reason: "NoCode"
    })
  })

  it("has no secrets either", () => {
    expect(secretsOf(entry({ Key: "k", Code: "X", SignatureProvided: "s" }))).toEqual({ SignatureProvided: "s" })
  })
})
