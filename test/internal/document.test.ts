import { describe, expect, it } from "@effect/vitest"
import { maxLength, readDocument } from "../../src/internal/document.js"

const read = (body: string | Uint8Array | undefined) => {
  const { elements, kind } = readDocument(body)
  return [kind, Object.fromEntries(elements)]
}

describe("XML", () => {
  it.each([
    ["<Error><Code>a</Code></Error>", "Error", { Code: "a" }],
    ["<error><code>a</code></error>", "Error", { Code: "a" }],
    ["<Error><code>a</code><Code>b</Code></Error>", "Error", { Code: "b", code: "a" }],
    [
      "<ErrorResponse><Error><Code>a</Code></Error><RequestId>r</RequestId><HostId>h</HostId></ErrorResponse>",
      "Error",
      { Code: "a", RequestId: "r", HostId: "h" }
    ],
    [
      "<Response><Errors><Error><Code>a</Code></Error></Errors><RequestID>r</RequestID></Response>",
      "Error",
      { Code: "a", RequestId: "r" }
    ],
    [
      "<ErrorResponse><Error><RequestId>a</RequestId></Error><RequestId>r</RequestId></ErrorResponse>",
      "Error",
      { RequestId: "a" }
    ],
    ["<Errors><Error><Code>a</Code></Error><Error><Code>b</Code><Key>k</Key></Error></Errors>", "Error", { Code: "a" }],
    ["<ErrorResponse><Other>x</Other><RequestId/><HostId></HostId></ErrorResponse>", "Other", {}],
    ["<Other><Error><Code>a</Code></Error><RequestId>r</RequestId></Other>", "Other", {}],
    ["<Error><Error><Code>a</Code></Error></Error>", "Error", {}],
    ["<Error><Code></Code><Code>a</Code><Code>b</Code></Error>", "Error", { Code: "a" }],
    ["<Error><Detail><Code>a</Code></Detail></Error>", "Error", {}],
    ["<Error><Code>a</Code>", "CutError", { Code: "a" }],
    ["<Error><Code>a</Code></Foo>", "CutError", { Code: "a" }],
    ["<Error ", "CutError", {}],
    ["<o:ErrorResponse>", "CutError", {}],
    ["<!-- c --><?p?><Error>", "CutError", {}],
    ["<Errors", "Other", {}],
    ["<html><body>", "Other", {}],
    ["<!DOCTYPE html><Error>", "Other", {}]
  ])("%s", (body, kind, elements) => {
    expect(read(body)).toEqual([kind, elements])
    expect(read(new TextEncoder().encode(body))).toEqual([kind, elements])
  })
})

describe("JSON", () => {
  it.each(["code", "Code", "error_code", "errorCode"])("has its code in %s", (name) => {
    expect(read(JSON.stringify({ [name]: "a" }))).toEqual(["Error", { Code: "a" }])
    expect(read(JSON.stringify({ error: { [name]: "a" } }))).toEqual(["Error", { Code: "a" }])
  })

  it.each(["message", "Message", "error_msg", "error_message", "errorMessage"])("has its message in %s", (name) => {
    expect(read(JSON.stringify({ code: "a", [name]: "m" }))).toEqual(["Error", { Code: "a", Message: "m" }])
  })

  it.each(["request_id", "requestId", "RequestId"])("has its request id in %s", (name) => {
    expect(read(JSON.stringify({ code: "a", [name]: "r" }))).toEqual(["Error", { Code: "a", RequestId: "r" }])
  })

  it.each(["hostId", "host_id", "HostId"])("has its host id in %s", (name) => {
    expect(read(JSON.stringify({ code: "a", [name]: "h" }))).toEqual(["Error", { Code: "a", HostId: "h" }])
  })

  it.each([
    ['{"code":17}', "Error", { Code: "17" }],
    ['{"code":" a "}', "Error", { Code: "a" }],
    ['{"code":"","Code":"a"}', "Error", { Code: "a" }],
    ['{"code":null,"error":{"code":"a"},"x":true,"y":[1],"z":{"a":1},"w":" "}', "Error", { Code: "a" }],
    ['{"code":"outer","error":{"code":"inner","x":"1"},"x":"2","y":3}', "Error", { Code: "inner", x: "1", y: "3" }],
    ['{"error":"text","code":"a"}', "Error", { Code: "a", error: "text" }],
    ['{"error":null,"code":"a"}', "Error", { Code: "a" }],
    ['{"code":1234,"message":"m', "Error", { Code: "1234" }],
    ['{"message":"m"}', "Other", { Message: "m" }],
    ["{}", "Other", {}],
    ["{", "Other", {}],
    ['{"code":"a","message":"m', "Error", { Code: "a" }],
    ['{"code":"a","code":"b","n":1,', "Error", { Code: "a", n: "1" }],
    ['{"error":{"code":"a\\"b"', "Error", { Code: 'a"b' }],
    ['[{"code":"a"}]', "Other", {}]
  ])("%s", (body, kind, elements) => {
    expect(read(body)).toEqual([kind, elements])
    expect(read(`\n ${body}`)).toEqual([kind, elements])
  })
})

describe("bytes and lengths", () => {
  it.each([
    ["nothing", undefined],
    ["no bytes", new Uint8Array()],
    ["no text", ""],
    ["blanks", " \t\r\n"]
  ])("%s is empty", (_, body) => {
    expect(read(body)).toEqual(["Empty", {}])
  })

  it("takes what is no body for none", () => {
    for (const body of [null, 1, {}, new DataView(new ArrayBuffer(4)), new ArrayBuffer(4)]) {
      const given: { body?: string } = {}
      expect(read(Object.assign(given, { body }).body)).toEqual(["Empty", {}])
    }
  })

  it("knows gzip by its first two bytes", () => {
    expect(read(Uint8Array.of(0x1f, 0x8b, 8))).toEqual(["Compressed", {}])
    expect(read(Uint8Array.of(0x1f, 0x8c, 8))).toEqual(["Other", {}])
    expect(read(Uint8Array.of(0x1e, 0x8b, 8))).toEqual(["Other", {}])
  })

  it("knows UTF-16 by its byte order mark, and drops half a character", () => {
    const text = "<Error><Code>é</Code></Error>"
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
    const little = Uint8Array.of(0xff, 0xfe, ...units.flatMap((unit) => [unit & 0xff, unit >> 8]), 1)
    const big = Uint8Array.of(0xfe, 0xff, ...units.flatMap((unit) => [unit >> 8, unit & 0xff]), 1)
    expect(read(little)).toEqual(["Error", { Code: "é" }])
    expect(read(big)).toEqual(["Error", { Code: "é" }])
    expect(read(Uint8Array.of(0xff, ...new TextEncoder().encode("<Error/>")))[0]).toBe("Other")
    expect(read(Uint8Array.of(0xfe, ...new TextEncoder().encode("<Error/>")))[0]).toBe("Other")
  })

  it("looks at the first 64 KiB", () => {
    expect(maxLength).toBe(65_536)
    const end = "<Code>a</Code></Error>"
    const filled = (length: number) => `<Error>${" ".repeat(length - 7 - end.length)}${end}`
    expect(read(filled(maxLength))).toEqual(["Error", { Code: "a" }])
    expect(read(`\ufeff${filled(maxLength - 1)}`)).toEqual(["Error", { Code: "a" }])
    expect(read(filled(maxLength + 1))).toEqual(["TooLarge", { Code: "a" }])
    expect(read(" ".repeat(maxLength))).toEqual(["Empty", {}])
    expect(read(" ".repeat(maxLength + 1))).toEqual(["TooLarge", {}])
    expect(read(new Uint8Array(maxLength + 1).fill(0x41))).toEqual(["TooLarge", {}])
    expect(read(`<Error><Code>a</Code></Error>${" ".repeat(maxLength)}`)).toEqual(["Error", { Code: "a" }])
  })
})
