import { describe, expect, it } from "@effect/vitest"
import { ObsResponse } from "effect-obs"
import { readHeaders } from "../../../src/internal/wire/headers.js"

describe("error details", () => {
  it("of the dialect of OBS come first", () => {
    const { elements } = readHeaders(
      {
        "x-amz-error-detail-key": "amz",
        "x-obs-error-detail-key": "obs",
        "x-amz-error-code": "A",
        "x-obs-error-code": "O"
      },
      404
    )
    expect(Object.fromEntries(elements)).toEqual({ Code: "O", key: "obs" })
  })
})

describe("ids", () => {
  it("of the dialect of OBS come first", () => {
    const facts = readHeaders(
      {
        "x-amz-request-id": "a",
        "x-obs-request-id": "o",
        "x-amz-id-2": "a2",
        "x-obs-id-2": "o2",
        "content-type": "t",
        date: "Tue, 24 Nov 2026 10:00:00 GMT"
      },
      404
    )
    expect(facts).toMatchObject({
      requestId: "o",
      id2: "o2",
      contentType: "t",
      date: "Tue, 24 Nov 2026 10:00:00 GMT",
      indicator: undefined
    })
  })

  it("have no blanks around them", () => {
    expect(readHeaders({ "x-obs-request-id": " r " }, 404).requestId).toBe("r")
    expect(readHeaders({ "x-obs-request-id": "  " }, 404).requestId).toBeUndefined()
  })

  it("are those of the first header of a name that has a text", () => {
    expect(
      readHeaders({ "X-Obs-Request-Id": "", "x-obs-request-id": "r", "X-OBS-REQUEST-ID": "s" }, 404).requestId
    ).toBe("r")
    expect(readHeaders({ "x-obs-request-id": ["r", "s"] }, 404).requestId).toBe("r")
  })
})

describe("a delete marker", () => {
  it.each([
    ["true", true],
    ["TRUE", true],
    ["false", false],
    ["", undefined]
  ])("%s", (value, deleteMarker) => {
    for (const dialect of ["obs", "amz"]) {
      expect(readHeaders({ [`x-${dialect}-delete-marker`]: value }, 404).deleteMarker).toBe(deleteMarker)
    }
  })

  it("comes with the version, which only a failure has", () => {
    expect([...readHeaders({ "x-obs-version-id": "v" }, 400).elements]).toEqual([["VersionId", "v"]])
    expect([...readHeaders({ "x-obs-version-id": "v" }, 399).elements]).toEqual([])
  })
})

describe("a redirect", () => {
  const elementsOf = (headers: Record<string, string>, status = 301) =>
    Object.fromEntries(readHeaders(headers, status).elements)

  it.each([
    ["https://b.example.com/k", "https://b.example.com/k"],
    ["http://b.example.com:8080", "http://b.example.com:8080/"],
    ["https://user:pw@b.example.com/k?x=1#y", "https://b.example.com/k"],
    ["/k", "/k"],
    ["/k?x=1", "/k"],
    ["//b.example.com/k", undefined],
    ["ftp://b.example.com/k", undefined],
    ["k", undefined]
  ])("to %s is to %s", (location, shown) => {
    expect(elementsOf({ location })).toEqual(shown === undefined ? {} : { Location: shown })
  })

  it("tells the region in one of two headers, of either dialect", () => {
    for (const dialect of ["obs", "amz"]) {
      expect(elementsOf({ [`x-${dialect}-bucket-location`]: "a", [`x-${dialect}-bucket-region`]: "b" })).toEqual({
        Region: "a"
      })
      expect(elementsOf({ [`x-${dialect}-bucket-region`]: "b" })).toEqual({ Region: "b" })
    }
  })

  it("has a status from 300 to 399", () => {
    const headers = { location: "/k", "x-obs-bucket-location": "a" }
    for (const status of [300, 399]) expect(elementsOf(headers, status)).toEqual({ Location: "/k", Region: "a" })
    for (const status of [299, 400]) expect(elementsOf(headers, status)).toEqual({})
  })
})

it("a date that is none is no server time", () => {
  for (const date of ["Signature=abcdefgh", "yesterday", "Tue, 99 Nov 2026 10:00:00 GMT"]) {
    const headers = { date, "x-obs-error-code": "RequestTimeTooSkewed" }
    const failure = ObsResponse.decode({ status: 403, headers })
    expect(failure).not.toHaveProperty("serverTime")
    expect({ ...failure.details }).toEqual({})
  }
})

it("headers that throw tell what can be read of them", () => {
  const boom = (): never => {
    throw new Error("boom")
  }
  const readable = { "x-obs-request-id": "r" }
  const withGetter = Object.defineProperty({ ...readable }, "server", { get: boom, enumerable: true })
  const withIterator = function* (): Generator<readonly [string, string]> {
    yield ["x-obs-request-id", "r"]
    boom()
  }
  const endless = function* (): Generator<readonly [string, string]> {
    yield ["x-obs-request-id", "r"]
    for (;;) yield ["a", "b"]
  }
  for (const headers of [withGetter, withIterator(), endless()]) {
    expect(ObsResponse.decode({ status: 404, headers })).toMatchObject({ status: 404, requestId: "r" })
  }
  const unreadable: ReadonlyArray<object> = [
    new Proxy({}, { ownKeys: boom }),
    Object.defineProperty({}, Symbol.iterator, { get: boom }),
    { [Symbol.iterator]: boom }
  ]
  for (const headers of unreadable) {
    const response: ObsResponse.RawResponse = { status: 404, headers: {} }
    expect(ObsResponse.decode(Object.defineProperty(response, "headers", { value: headers }))).toMatchObject({
      status: 404
    })
  }
  const response: ObsResponse.RawResponse = { status: 404, headers: {} }
  expect(ObsResponse.decode(Object.defineProperty(response, "headers", { get: boom }))._tag).toBe(
    "UnrecognizedResponse"
  )
})

it("headers that are none are no headers", () => {
  const forms: ReadonlyArray<readonly [unknown, unknown]> = [
    ["not a pair", 1],
    [1, "x"]
  ]
  const withoutTypes: ReadonlyArray<unknown> = [undefined, null, 1, "x", new Set([1, null, "ab"]), new Map(forms), [[]]]
  for (const headers of withoutTypes) {
    const raw = { status: 404, headers: {} }
    expect(ObsResponse.decode(Object.assign(raw, { headers }))).toMatchObject({ status: 404, reason: "EmptyBody" })
  }
})
