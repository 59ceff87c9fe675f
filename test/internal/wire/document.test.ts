import { describe, expect, it } from "@effect/vitest"
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib"
import { maxLength, readDocument } from "../../../src/internal/wire/document.js"

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
    ["<!DOCTYPE html><Error>", "CutError", {}],
    [
      "<ErrorResponse><Code>a</Code><Message>m</Message><RequestID>r</RequestID><Foo>f</Foo></ErrorResponse>",
      "Error",
      { Code: "a", Message: "m", RequestId: "r", Foo: "f" }
    ],
    ["<ErrorResponse><Code>a</Code><Error><Code>b</Code></Error></ErrorResponse>", "Error", { Code: "b" }],
    ["<ErrorResponse><Code>a</Code><Error/></ErrorResponse>", "Error", {}],
    ["<ErrorResponse><Code>a</Code><Mess", "CutError", { Code: "a" }],
    ["<ErrorResponse><Message>m</Message></ErrorResponse>", "Other", {}],
    ["<ErrorResponse><Details><Code>a</Code></Details></ErrorResponse>", "Other", {}],
    ["<Response><Code>a</Code></Response>", "Other", {}],
    ["<Errors><Code>a</Code></Errors>", "Other", {}],
    ["<Response><ErrorResponse><Code>a</Code></ErrorResponse></Response>", "Other", {}]
  ])("%s", (body, kind, elements) => {
    expect(read(body)).toEqual([kind, elements])
    expect(read(new TextEncoder().encode(body))).toEqual([kind, elements])
  })
})

describe("XML that is broken", () => {
  const rest = "<Message>m</Message><RequestId>r</RequestId>"
  const all = { Code: "a", Message: "m", RequestId: "r" }
  const ids = { Code: "a", RequestId: "r" }

  it.each([
    [`<a><b></a><Error><Code>a</Code>${rest}</Error>`, all],
    [`<a></b><Error><Code>a</Code>${rest}</Error>`, all],
    [`<a></b><a></b><Error><Code>a</Code>${rest}</Error>`, all],
    [`</a><Error><Code>a</Code>${rest}</Error>`, all],
    [`<br><Error><Code>a</Code>${rest}</Error>`, all],
    [`< <Error><Code>a</Code>${rest}</Error>`, all],
    [`<a <Error><Code>a</Code>${rest}</Error>`, all],
    [`<Error><br><Code>a</Code>${rest}</Error>`, all],
    [`<Error><BR class="x"><Code>a</Code><hr>${rest}</Error>`, all],
    [`<Error> < <Code>a</Code>${rest}</Error>`, all],
    [`<Error>&<Code>a</Code> & &x; ${rest}</Error>`, all],
    [`<Error></b><Code>a</Code>${rest}`, all],
    [`<Error><b>x</c><Code>a</Code>${rest}</Error>`, all],
    [`<ErrorResponse><br><Error></b><Code>a</Code>${rest}</Error>`, all],
    [`<ErrorResponse></b><Code>a</Code>${rest}</ErrorResponse>`, all],
    [`<ErrorResponse><b></c><Error><Code>a</Code></Error><RequestId>r</RequestId></ErrorResponse>`, ids],
    [`<!DOCTYPE Error [<!ENTITY a "]>'"><!-- ' --> <?p " ?>]><Error><Code>a</Code>${rest}</Error>`, all],
    [`<!DOCTYPE Error SYSTEM '>' ><Error><Code>a</Code>${rest}</Error>`, all],
    [`<!DOCTYPE html><Error><Code>a</Code>${rest}</Error>`, all],
    ["<Error><Code>a</Code><Message>x < y</Message><RequestId>r</RequestId></Error>", { ...ids, Message: "x < y" }],
    [
      "<Error><Code>a</Code><Message>I <don't</Message><RequestId>r</RequestId></Error>",
      { ...ids, Message: "I <don't" }
    ],
    ["<Error><Code>a</Code><Message>x<br>y</Message><RequestId>r</RequestId></Error>", ids],
    ["<Error><Code>a</Code><Message>use <bucket>.obs</Message><RequestId>r</RequestId></Error>", ids],
    ["<Error><Code>a</Code><Message>m</message><RequestId>r</RequestId></Error>", ids],
    ["<Error><Code>a</Code><Message>m</Message x><RequestId>r</RequestId></Error>", ids]
  ])("%s is read on", (body, elements) => {
    expect(read(body)[1]).toEqual(elements)
  })

  it.each([
    "<Error><Message>x<Code>a</Code></Error>",
    "<Error><Message><Code>a</Code></Error>",
    "<Error><Details><Code>a</Code></Error>",
    "<Error><Details><br><Code>a</Code></Details></Error>",
    "<Error><Details></x><Code>a</Code></Details></Error>",
    "<Error><Details></x><Code>a</Code></Deta",
    "<Error><Message>x<Message><Code>a</Code></Message></Error>",
    "<Error><Message>x</Error><Error><Code>a</Code></Error></Message></Error>",
    "<Error><br></Error><Error><Code>a</Code></Error>",
    "<Error><Code>a < b</Code></Error>",
    "<Error><Code>a<</Code></Error>",
    "<Error><Code>a<br></Code></Error>",
    "<Error><Code>a</Cod></Error>",
    "<Error><Code>a</code><Message></Message></Error>",
    "<Error><Code>&a;</Code></Error>",
    '<!DOCTYPE l [<!ENTITY a "b">]><Error><Code>&a;</Code></Error>',
    '<!DOCTYPE l [<!ENTITY e "<Error><Code>a</Code></Error>">]>',
    "<!DOCTYPE l [<Error><Code>a</Code></Error>",
    "<br><!-- <Error><Code>a</Code></Error> -->",
    "<br><?p <Error><Code>a</Code></Error>?>",
    "<br><![CDATA[<Error><Code>a</Code></Error>]]>",
    "<br x='<Error><Code>a</Code></Error>'>",
    "<html><br><Error><Code>a</Code></Error></html>",
    "<html></body></html><Error><Code>a</Code></Error>",
    "<HTML></x><Error><Code>a</Code></Error>",
    "<!DOCTYPE html><a><b></a><Error><Code>a</Code></Error>",
    "<?xml version='1.0'?>\n<!doctype HTML><br><Error><Code>a</Code></Error>",
    "<h1>x<br></h1><Error><Code>a</Code></Error>",
    "<html><pre>&lt;Error&gt;&lt;Code&gt;a&lt;/Code&gt;</pre><code>a</code></html>",
    "<DeleteResult><br><Error><Code>a</Code></Error></DeleteResult>",
    "<DeleteResult></x><Error><Code>a</Code></Error>",
    "<br><DeleteResult></x><Error><Code>a</Code></Error>",
    "<DeleteResult><Deleted></DeleteResult><Error><Code>a</Code></Error>",
    "<a><br><Error><Code>a</Code></Error>",
    "<a>x</a><Error><Code>a</Code></Error>",
    "<br><Code>a</Code>",
    "<Response><br><Code>a</Code></Response>"
  ])("%s has no code", (body) => {
    expect(readDocument(body).elements.has("Code")).toBe(false)
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
    ['{"Error":{"Code":"a","Message":"m"}}', "Error", { Code: "a", Message: "m" }],
    ['{"Error":{"Code":17,"RequestId":18}}', "Error", { Code: "17", RequestId: "18" }],
    ['{"error":{},"Error":{"code":"a"}}', "Error", { Code: "a" }],
    ['{"error":{"code":"a"},"Error":{"code":"b"}}', "Error", { Code: "a" }],
    [
      '{"errors":[{"code":"a","message":"m"},{"code":"b"}],"request_id":"r"}',
      "Error",
      { Code: "a", Message: "m", RequestId: "r" }
    ],
    ['{"errors":["text"],"code":"a"}', "Error", { Code: "a" }],
    ['{"errors":[]}', "Other", {}],
    ['{"data":{"code":"a"}}', "Other", {}],
    ['{"data":[{"code":"a"}]}', "Other", {}],
    ['[{"code":"a"},{"code":"b"}]', "Error", { Code: "a" }],
    ['[{"error":{"code":"a"}}]', "Error", { Code: "a" }],
    ['["code","a"]', "Other", {}],
    ['[[{"code":"a"}]]', "Other", {}],
    ["[]", "Other", {}],
    ["[", "Other", {}],
    ['[{"code":"a"},{"co', "Error", { Code: "a" }],
    ['{"errors":[{"x":[1,{"code":"b"}],"code":"a"', "Error", { Code: "a" }],
    ['{"Error":{"Code":"a","Message":"m', "Error", { Code: "a" }],
    ['{"data":{"code":"b"},"code":"a","message":"m', "Error", { Code: "a" }],
    ['{"data":{"code":"b"},"message":"m', "Other", {}],
    ['{"message":"\\"code\\":\\"b\\",","x', "Other", { Message: '"code":"b",' }],
    ['{"message":"\\"code\\":\\"b\\",', "Other", {}],
    ['{"code":1.5,"n":12,"x', "Other", { n: "12" }],
    ['{"code":"a\\x","Code":"b",', "Error", { Code: "b" }],
    ['{"code":"a"}}}],"x":', "Error", { Code: "a" }]
  ])("%s", (body, kind, elements) => {
    expect(read(body)).toEqual([kind, elements])
    expect(read(`\n ${body}`)).toEqual([kind, elements])
  })
})

it.each([
  "<a>",
  "<br>",
  "</b>",
  "<b></c>",
  "<a '",
  "&a;",
  "{",
  "[",
  '["',
  '{"a":',
  '"',
  '\\"',
  "1",
  "a",
  ":",
  ",",
  " "
])("a body of nothing but %j is read in time that is linear", (piece) => {
  // Where it was not, these would take minutes, and the test would end with its timeout
  for (const start of ["", "<Error>", "<br>", "[", '{"', '{"code":'])
    expect(readDocument(start + piece.repeat(maxLength)).elements.has("Code")).toBe(false)
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

  it("knows UTF-16 by the NUL in its first character", () => {
    for (const text of [
      "<Error><Code>é</Code></Error>",
      '<?xml version="1.0"?><Error><Code>é</Code></Error>',
      '{"code":"é"}',
      '[{"code":"é"}]',
      " \r\n\t<Error><Code>é</Code></Error>"
    ]) {
      const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))
      expect(read(Uint8Array.of(...units.flatMap((unit) => [unit & 0xff, unit >> 8])))).toEqual([
        "Error",
        { Code: "é" }
      ])
      expect(read(Uint8Array.of(...units.flatMap((unit) => [unit >> 8, unit & 0xff])))).toEqual([
        "Error",
        { Code: "é" }
      ])
    }
    // UTF-32 and other bytes are none
    expect(readDocument(Uint8Array.of(0x3c, 0, 0, 0, 0x61, 0, 0, 0)).text).toBe("<\0\0\0a\0\0\0")
    expect(readDocument(Uint8Array.of(0x41, 0, 0x42, 0)).text).toBe("A\0B\0")
    expect(readDocument(Uint8Array.of(0, 0x41)).text).toBe("\0A")
  })

  it("knows compress and zstd by their first bytes, and zlib where it is no text", () => {
    expect(read(Uint8Array.of(0x1f, 0x9d, 0x90))).toEqual(["Compressed", {}])
    expect(read(Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 1))).toEqual(["Compressed", {}])
    expect(read(Uint8Array.of(0x28, 0xb5, 0x2f))[0]).toBe("Other")
    for (const level of [0x01, 0x5e, 0x9c, 0xda])
      expect(read(Uint8Array.of(0x78, level, 0x03, 0x80))[0]).toBe("Compressed")
    expect(read(new TextEncoder().encode("x^2 is no code"))[0]).toBe("Other")
    expect(read(new TextEncoder().encode("x\u0680 is no code"))[0]).toBe("Other")
    expect(read(Uint8Array.of(0x78, 0x9d, 0x03, 0x80))[0]).toBe("Other")
    expect(read(Uint8Array.of(0x78))[0]).toBe("Other")
  })

  describe("a coding that a header names", () => {
    const page = "<html>Bad Gateway</html>"
    const bodies = {
      br: brotliCompressSync(page),
      deflate: deflateRawSync(page),
      zlib: deflateSync(page),
      stored: deflateRawSync(page, { level: 0 }),
      mixed: brotliCompressSync(gzipSync(page))
    }

    it.each([
      ["br", bodies.br],
      ["BR", bodies.br],
      ["deflate", bodies.deflate],
      ["deflate", bodies.zlib],
      ["deflate", bodies.stored],
      ["gzip, br", bodies.mixed],
      ["identity,br", bodies.br],
      ["x-compress", bodies.br],
      ["zstd", bodies.br]
    ])("%s is the reason where the body is no text", (coding, body) => {
      expect(readDocument(body, coding).kind).toBe("Compressed")
      expect(readDocument(new TextDecoder().decode(body), coding).kind).toBe("Compressed")
    })

    it.each(["", "identity", "aws-chunked", "br0tli", "gzipped"])("%j is none", (coding) => {
      expect(readDocument(bodies.br, coding).kind).toBe("Other")
    })

    it("is forgotten where the body can be read", () => {
      for (const coding of ["br", "gzip", "zstd", "deflate"]) {
        expect(readDocument("<Error><Code>a</Code></Error>", coding).kind).toBe("Error")
        expect(readDocument("<Error><Code>\u0000", coding).kind).toBe("CutError")
        expect(readDocument(page, coding).kind).toBe("Other")
        expect(readDocument("caf\ufffd\tau\r\nlait", coding).kind).toBe("Other")
        expect(readDocument("\ufffd\ufffdab", coding).kind).toBe("Compressed")
        expect(readDocument(" ", coding).kind).toBe("Empty")
        expect(readDocument(undefined, coding).kind).toBe("Empty")
      }
    })
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

it("JSON has its code in the first of its errors that has one", () => {
  for (const body of [
    { error: { foo: "x" }, Error: { Code: "A" } },
    { error: { message: "m" }, errors: [{ code: "A" }] },
    { error: {}, Error: {}, errors: [{ errorCode: "A" }] }
  ]) {
    expect(readDocument(JSON.stringify(body)).elements.get("Code")).toBe("A")
  }
})
