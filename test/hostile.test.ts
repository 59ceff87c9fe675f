/**
 * Answers that today's clients break on, row by row. docs/hostile.md has the same rows, with what the others answer.
 */
import { Effect, HttpClientRequest, HttpClientResponse, Redacted } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsResponse } from "effect-obs"
import { readFileSync } from "node:fs"
import { brotliCompressSync, deflateRawSync, gzipSync } from "node:zlib"

interface Row {
  readonly name: string
  readonly status?: number
  readonly headers?: ObsResponse.HeadersInput
  readonly method?: string
  readonly body?: string | Uint8Array
  readonly answer: Readonly<Record<string, unknown>>
}

const error = (elements: string) => `<Error>${elements}</Error>`
const full =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Error>\n<Code>NoSuchKey</Code>\n<Message>The specified key does not exist.</Message>\n<RequestId>1E5</RequestId>\n<HostId>h</HostId>\n<Key>0123</Key>\n</Error>'

const utf16 = (text: string, littleEndian: boolean) => {
  const out = new Uint8Array(2 + text.length * 2)
  const view = new DataView(out.buffer)
  view.setUint16(0, 0xfeff, littleEndian)
  for (let i = 0; i < text.length; i++) view.setUint16(2 + i * 2, text.charCodeAt(i), littleEndian)
  return out
}

/** The battery that five clients were measured with. */
const battery: ReadonlyArray<Row> = [
  {
    name: "full NoSuchKey",
    body: full,
    answer: { _tag: "NoSuchKey", status: 404, requestId: "1E5", hostId: "h", key: "0123" }
  },
  {
    name: "unknown code 409",
    status: 409,
    body: error("<Code>Unheard</Code><Message>m</Message>"),
    answer: { _tag: "UnknownObsError", code: "Unheard", status: 409, message: "m" }
  },
  {
    name: "AccessDenied 403 on GET",
    status: 403,
    body: error("<Code>AccessDenied</Code>"),
    answer: { _tag: "AccessDenied", status: 403 }
  },
  {
    name: "SlowDown 503",
    status: 503,
    body: error("<Code>SlowDown</Code>"),
    answer: { _tag: "SlowDown", retry: "throttling" }
  },
  ...[404, 403, 400, 412].map((status): Row => ({
    name: `empty ${String(status)} on HEAD`,
    status,
    method: "HEAD",
    answer: { _tag: "UnrecognizedResponse", status, reason: "EmptyBody" }
  })),
  {
    name: "empty 404 with an x-obs-error-code header",
    method: "HEAD",
    headers: { "x-obs-error-code": "NoSuchBucket" },
    answer: { _tag: "NoSuchBucket" }
  },
  {
    name: "empty 404 with an x-amz-error-code header",
    method: "HEAD",
    headers: { "x-amz-error-code": "NoSuchBucket" },
    answer: { _tag: "NoSuchBucket" }
  },
  {
    name: "HTML 502",
    status: 502,
    headers: { "content-type": "text/html" },
    body: "<html><h1>Bad Gateway</h1></html>",
    answer: { _tag: "UnrecognizedResponse", reason: "NotAnErrorDocument", contentType: "text/html", retry: "transient" }
  },
  {
    name: "truncated XML",
    body: error("<Code>NoSuchKey</Code><Message>m").slice(0, -8),
    answer: { _tag: "NoSuchKey", message: "The specified key does not exist." }
  },
  {
    name: "plain text 503",
    status: 503,
    body: "upstream connect error",
    answer: { _tag: "UnrecognizedResponse", reason: "NotAnErrorDocument", excerpt: "upstream connect error" }
  },
  {
    name: "JSON error body",
    body: '{"error":{"code":"NoSuchKey","message":"m"}}',
    answer: { _tag: "NoSuchKey", message: "m" }
  },
  {
    name: "namespace-prefixed <s3:Error>",
    body: '<s3:Error xmlns:s3="x"><s3:Code>NoSuchKey</s3:Code></s3:Error>',
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "<_tag>Evil</_tag> in the body",
    body: error("<Code>NoSuchKey</Code><_tag>Evil</_tag>"),
    answer: { _tag: "NoSuchKey", details: { _tag: "Evil" } }
  },
  {
    name: "<Code><a/></Code>",
    body: error("<Code><a/></Code><Message>m</Message>"),
    answer: { _tag: "UnrecognizedResponse", reason: "NoCode", message: "m" }
  },
  { name: "two <Code>", body: error("<Code>NoSuchKey</Code><Code>AccessDenied</Code>"), answer: { _tag: "NoSuchKey" } },
  {
    name: "<__proto__> element",
    body: error("<Code>NoSuchKey</Code><__proto__>x</__proto__>"),
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "20 000 nested tags",
    body: error(`<Code>NoSuchKey</Code>${"<a>".repeat(20_000)}`),
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "&#x1F600; in Message",
    body: error("<Code>NoSuchKey</Code><Message>&#x1F600;</Message>"),
    answer: { message: "😀" }
  },
  { name: "<RequestId>1E5</RequestId>, <Key>0123</Key>", body: full, answer: { requestId: "1E5", key: "0123" } }
]

/** What parsers do with hostile and broken bodies. */
const parsers: ReadonlyArray<Row> = [
  {
    name: "truncated after </Message>",
    body: "<Error><Code>NoSuchKey</Code><Message>m</Message>",
    answer: { _tag: "NoSuchKey", message: "m" }
  },
  {
    name: "truncated inside Message",
    body: "<Error><Code>NoSuchKey</Code><Message>the mess",
    answer: { _tag: "NoSuchKey", message: "The specified key does not exist." }
  },
  { name: "BOM", body: `\ufeff${full}`, answer: { _tag: "NoSuchKey" } },
  { name: "BOM in bytes", body: new TextEncoder().encode(`\ufeff${full}`), answer: { _tag: "NoSuchKey" } },
  { name: "newline before <?xml", body: `\n${full}`, answer: { _tag: "NoSuchKey" } },
  {
    name: "billion laughs",
    body: '<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><Error><Code>&b;</Code></Error>',
    answer: { _tag: "UnrecognizedResponse", reason: "NoCode" }
  },
  {
    name: "internal entity",
    body: '<!DOCTYPE l [<!ENTITY a "AccessDenied">]><Error><Code>&a;</Code></Error>',
    answer: { _tag: "UnrecognizedResponse", reason: "NoCode" }
  },
  {
    name: "external entity",
    body: '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><Error><Code>&a;</Code></Error>',
    answer: { _tag: "UnrecognizedResponse", reason: "NoCode" }
  },
  {
    name: "a DOCTYPE before <Error>",
    body: `<!DOCTYPE Error [<!ENTITY Code "]>AccessDenied"><!-- ' -->]>${full}`,
    answer: { _tag: "NoSuchKey", requestId: "1E5", key: "0123" }
  },
  {
    name: "<a><b></a> before <Error>",
    body: `<a><b></a>${error("<Code>NoSuchKey</Code><Key>k</Key>")}`,
    answer: { _tag: "NoSuchKey", key: "k" }
  },
  {
    name: "<br>, </b>, < and & before <Code>",
    body: error("<br></b> < & <Code>NoSuchKey</Code><RequestId>r</RequestId>"),
    answer: { _tag: "NoSuchKey", requestId: "r" }
  },
  {
    name: "a < b in Message, before the ids",
    body: error("<Code>NoSuchKey</Code><Message>a < b</Message><RequestId>r</RequestId>"),
    answer: { _tag: "NoSuchKey", message: "a < b", requestId: "r" }
  },
  {
    name: "<br> in Message, before the ids",
    body: error("<Code>NoSuchKey</Code><Message>a<br>b</Message><RequestId>r</RequestId>"),
    answer: { _tag: "NoSuchKey", message: "The specified key does not exist.", requestId: "r" }
  },
  {
    name: "<Code> only inside a Message that is not closed",
    body: error("<Message>a<Code>AccessDenied</Code>"),
    answer: { _tag: "UnrecognizedResponse", reason: "Malformed" }
  },
  {
    name: "<Error> only inside HTML that is broken",
    body: "<html><body><p>a<br></b><Error><Code>AccessDenied</Code></Error></html><Error><Code>AccessDenied</Code></Error>",
    answer: { _tag: "UnrecognizedResponse", reason: "NotAnErrorDocument" }
  },
  {
    name: "nested <Code><x/></Code>",
    body: error("<Code>a<x/></Code>"),
    answer: { _tag: "UnrecognizedResponse", reason: "NoCode" }
  },
  {
    name: "<Code> only inside a comment",
    body: error("<!-- <Code>AccessDenied</Code> --><Code>NoSuchKey</Code>"),
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "<Code> only inside a processing instruction",
    body: error("<?x <Code>AccessDenied</Code>?><Code>NoSuchKey</Code>"),
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "<Code> only inside <Detail>",
    body: error("<Detail><Code>AccessDenied</Code></Detail>"),
    answer: { _tag: "UnrecognizedResponse", reason: "NoCode" }
  },
  {
    name: "prefixed o:Error/o:Code",
    body: "<o:Error><o:Code>NoSuchKey</o:Code></o:Error>",
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "&constructor;",
    body: error("<Code>NoSuchKey</Code><Message>&constructor;</Message>"),
    answer: { message: "&constructor;" }
  },
  {
    name: "&#27;[31m, &#0;",
    body: error("<Code>NoSuchKey</Code><Message>&#27;[31m&#0;</Message>"),
    answer: { message: "\ufffd[31m\ufffd" }
  },
  {
    name: "raw NUL and ESC bytes",
    body: error("<Code>NoSuchKey</Code><Message>\u001b[31m\u0000</Message>"),
    answer: { message: "\ufffd[31m\ufffd" }
  },
  {
    name: "<constructor> element",
    body: error("<Code>NoSuchKey</Code><constructor>x</constructor>"),
    answer: { _tag: "NoSuchKey", details: { constructor: "x" } }
  },
  {
    name: "5 MB of text",
    body: error(`<Code>NoSuchKey</Code><Message>${"A".repeat(5_000_000)}`),
    answer: { _tag: "NoSuchKey" }
  },
  { name: "64 MB of A", body: "A".repeat(64_000_000), answer: { _tag: "UnrecognizedResponse", reason: "TooLarge" } },
  {
    name: "Code 0012, RequestId 00000001E5",
    body: error("<Code>0012</Code><RequestId>00000001E5</RequestId>"),
    answer: { code: "0012", requestId: "00000001E5" }
  }
]

/** What clients do with hostile and broken answers, as far as it shows without a socket. */
const clients: ReadonlyArray<Row> = [
  {
    name: "duplicate / nested Code",
    body: error("<Code>NoSuchKey</Code><Code><a/></Code>"),
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "HTML (WAF, portal) 403",
    status: 403,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!DOCTYPE html><p>Blocked\u001b",
    answer: {
      reason: "NotAnErrorDocument",
      contentType: "text/html",
      category: "Permission",
      excerpt: "<!DOCTYPE html><p>Blocked\ufffd"
    }
  },
  {
    name: "418 of a firewall",
    status: 418,
    headers: { server: "CloudWAF" },
    body: "<html>Request blocked</html>",
    answer: { _tag: "UnrecognizedResponse", status: 418, retry: "never" }
  },
  { name: "520 of a gateway", status: 520, answer: { _tag: "UnrecognizedResponse", status: 520, retry: "transient" } },
  {
    name: "JSON error",
    body: '{"error_code":"SYS.0014","error_msg":"m","request_id":"r"}',
    answer: { _tag: "SYS.0014", message: "m", requestId: "r" }
  },
  {
    name: "JSON with a number for a code",
    status: 400,
    body: '{"code":1017}',
    answer: { _tag: "UnknownObsError", code: "1017" }
  },
  {
    name: "JSON that is cut",
    body: '{"code":"NoSuchKey","message":"m","requ',
    answer: { _tag: "NoSuchKey", message: "m" }
  },
  {
    name: "empty 404",
    answer: { _tag: "UnrecognizedResponse", status: 404, reason: "EmptyBody", category: "NotFound" }
  },
  {
    name: "JSON with { Error: { Code } }",
    body: '{"Error":{"Code":"NoSuchKey","Message":"m"}}',
    answer: { _tag: "NoSuchKey", message: "m" }
  },
  {
    name: "JSON with { errors: [{ code }] }",
    body: '{"errors":[{"code":"NoSuchKey","message":"m"}]}',
    answer: { _tag: "NoSuchKey", message: "m" }
  },
  {
    name: "JSON that is cut, with another code inside",
    body: '{"data":{"code":"AccessDenied"},"code":"NoSuchKey","mess',
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "<ErrorResponse> without <Error>",
    body: "<ErrorResponse><Code>NoSuchKey</Code><Message>m</Message><RequestId>r</RequestId></ErrorResponse>",
    answer: { _tag: "NoSuchKey", message: "m", requestId: "r" }
  },
  {
    name: "br error body",
    headers: { "content-encoding": "br" },
    body: brotliCompressSync(full),
    answer: { _tag: "UnrecognizedResponse", reason: "Compressed" }
  },
  {
    name: "deflate error body",
    headers: { "content-encoding": "deflate" },
    body: deflateRawSync(full),
    answer: { _tag: "UnrecognizedResponse", reason: "Compressed" }
  },
  {
    name: "Content-Encoding: br on a body that is decoded",
    headers: { "content-encoding": "br" },
    body: full,
    answer: { _tag: "NoSuchKey" }
  },
  {
    name: "UTF-16 without a mark, little endian",
    body: utf16(full, true).subarray(2),
    answer: { _tag: "NoSuchKey", key: "0123" }
  },
  {
    name: "UTF-16 without a mark, big endian",
    body: utf16(full, false).subarray(2),
    answer: { _tag: "NoSuchKey", key: "0123" }
  },
  { name: "gzip error body", body: gzipSync(full), answer: { _tag: "UnrecognizedResponse", reason: "Compressed" } },
  { name: "UTF-16, little endian", body: utf16(full, true), answer: { _tag: "NoSuchKey", key: "0123" } },
  { name: "UTF-16, big endian", body: utf16(full, false), answer: { _tag: "NoSuchKey", key: "0123" } },
  {
    name: "bytes that are no UTF-8",
    body: Uint8Array.of(
      ...new TextEncoder().encode("<Error><Code>NoSuchKey</Code><Key>"),
      0xc4,
      0xe3,
      ...new TextEncoder().encode("</Key></Error>")
    ),
    answer: { _tag: "NoSuchKey", key: "\ufffd\ufffd" }
  },
  {
    name: "<stack>, <name>, <message>, <cause>, <toJSON> elements",
    body: error(
      "<Code>NoSuchKey</Code><stack>x</stack><name>x</name><message>x</message><cause>x</cause><toJSON>x</toJSON>"
    ),
    answer: {
      _tag: "NoSuchKey",
      name: "NoSuchKey",
      message: "The specified key does not exist.",
      details: { stack: "x", name: "x", message: "x", cause: "x", toJSON: "x" }
    }
  },
  {
    name: "the same as JSON keys",
    body: '{"code":"NoSuchKey","stack":"x","name":"x","cause":"x","toJSON":"x","_tag":"x","__proto__":"x"}',
    answer: {
      _tag: "NoSuchKey",
      name: "NoSuchKey",
      details: { stack: "x", name: "x", cause: "x", toJSON: "x", _tag: "x" }
    }
  },
  {
    name: "CR, LF and ESC in Message",
    body: error("<Code>NoSuchKey</Code><Message>a&#13;&#10;b\u001b\u0085\u2028\u202e</Message>"),
    answer: { message: "a  b\ufffd\ufffd \ufffd", details: { Message: "a\r\nb\u001b\u0085\u2028\u202e" } }
  },
  ...["constructor", "__proto__", "hasOwnProperty", "toString", "_tag", "name", "stack"].map((code): Row => ({
    name: `Code ${code}`,
    body: error(`<Code>${code}</Code>`),
    answer: { _tag: "UnknownObsError", name: "UnknownObsError", code }
  })),
  {
    name: "the code by header and by body",
    headers: { "x-obs-error-code": "AccessDenied" },
    body: error("<Code>NoSuchKey</Code>"),
    answer: { _tag: "NoSuchKey", details: { HeaderCode: "AccessDenied" } }
  },
  {
    name: "503 with x-reserved-indicator 601",
    status: 503,
    headers: { "x-reserved-indicator": "601" },
    body: error("<Code>ServiceUnavailable</Code>"),
    answer: { _tag: "ServiceUnavailable", retry: "throttling" }
  },
  {
    name: "RequestTimeTooSkewed of an expired URL",
    status: 403,
    body: error("<Code>RequestTimeTooSkewed</Code><Message>Request has expired.</Message>"),
    answer: { retry: "never" }
  },
  {
    name: "404 of a delete marker",
    headers: { "x-amz-delete-marker": "true", "x-amz-version-id": "v" },
    body: error("<Code>NoSuchKey</Code>"),
    answer: { _tag: "NoSuchKey", deleteMarker: true, details: { VersionId: "v" } }
  },
  {
    name: "wrapped in <ErrorResponse>",
    body: "<ErrorResponse><Error><Code>NoSuchKey</Code></Error><RequestId>r</RequestId></ErrorResponse>",
    answer: { _tag: "NoSuchKey", requestId: "r" }
  },
  {
    name: "text between the elements",
    body: error("\n <Code>NoSuchKey</Code>\n …… \n<Key>k</Key>"),
    answer: { _tag: "NoSuchKey", key: "k" }
  },
  {
    name: "empty elements",
    body: error("<Code>NoSuchKey</Code><RequestId></RequestId><Key/>"),
    answer: { _tag: "NoSuchKey" }
  }
]

describe.each([
  ["the battery", battery],
  ["parsers", parsers],
  ["clients", clients]
])("%s", (_, rows) => {
  it.each(rows)("$name", ({ answer, body, headers = {}, method, status = 404 }) => {
    const failure = ObsResponse.decode({ status, headers, body, method })
    expect(failure).toBeInstanceOf(Error)
    expect(ObsError.isObsFailure(failure)).toBe(true)
    expect(failure).toMatchObject(answer)
  })
})

it("SignatureDoesNotMatch has its extras for a program, and shows none", () => {
  const failure = ObsResponse.decode({
    status: 403,
    headers: {},
    body: error(
      "<Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId><StringToSign>GET\n\n/b</StringToSign>"
    )
  })
  expect(Object.keys(failure)).toEqual(["_tag", "status", "details"])
  expect(failure._tag === "SignatureDoesNotMatch" && failure.stringToSign && Redacted.value(failure.stringToSign)).toBe(
    "GET\n\n/b"
  )
})

it("CompleteMultipartUpload with 200 and <Error> is a failure, with a trailing line break too", async () => {
  const request = HttpClientRequest.post("https://b.obs.example.com/k?uploadId=1")
  for (const end of ["", "\n", " \r\n\t"]) {
    const response = HttpClientResponse.fromWeb(request, new Response(error("<Code>InternalError</Code>") + end))
    const failure = await Effect.runPromise(Effect.flip(ObsResponse.filterStatusOk(response)))
    expect(failure).toMatchObject({ _tag: "InternalError", status: 200 })
  }
})

it("empty elements are absent", () => {
  const failure = ObsResponse.decode({
    status: 404,
    headers: {},
    body: error("<Code>NoSuchKey</Code><RequestId></RequestId><Key/>")
  })
  expect(Object.keys(failure)).toEqual(["_tag", "status", "details"])
})

it("nothing of a body reaches a prototype", () => {
  ObsResponse.decode({
    status: 404,
    headers: {},
    body: '{"code":"X","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
  })
  ObsResponse.decode({ status: 404, headers: {}, body: error("<Code>X</Code><__proto__>polluted</__proto__>") })
  expect("polluted" in {}).toBe(false)
})

it("docs/hostile.md has a row for each of these", () => {
  const document = readFileSync(new URL("../docs/hostile.md", import.meta.url), "utf8")
  for (const { name } of [...battery, ...parsers, ...clients])
    expect(document).toMatch(new RegExp(`^\\| \`${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\` +\\|`, "m"))
})
