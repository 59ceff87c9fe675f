/**
 * Decodes whatever it can think of: `npm run fuzz -- --runs 1000000 --seed 1`. What it finds it prints, with the input.
 */
import { Equal, Schema } from "#test/effect"
import { ObsError, ObsResponse } from "effect-obs"
import { parseArgs } from "node:util"
import { isDeepStrictEqual } from "node:util"

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Math.floor(performance.timeOrigin) % 1e9) }
  }
})
const runs = Number(values.runs)
const seed = Number(values.seed)

/** mulberry32: small, fast, and the same on every machine. */
let state = seed >>> 0
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = (n: number): number => Math.floor(random() * n)
const pick = <A>(list: readonly [A, ...ReadonlyArray<A>]): A => list[below(list.length)] ?? list[0]

const tokens = [
  "<Error>",
  "</Error>",
  "<Code>",
  "</Code>",
  "<Code/>",
  "<Message>",
  "</Message>",
  "<Key>",
  "</Key>",
  "<RequestId>",
  "</RequestId>",
  "<HostId>",
  "</HostId>",
  "<StringToSign>",
  "</StringToSign>",
  "<ArgumentName>",
  "</ArgumentName>",
  "<ArgumentValue>",
  "</ArgumentValue>",
  "<RequestTime>",
  "</RequestTime>",
  "<MaxAllowedSkewMilliseconds>",
  "</MaxAllowedSkewMilliseconds>",
  "<ErrorResponse>",
  "</ErrorResponse>",
  "<s3:Error xmlns:s3='x'>",
  "</s3:Error>",
  "<DeleteResult>",
  "</DeleteResult>",
  "<__proto__>",
  "</__proto__>",
  "<constructor>",
  "</constructor>",
  "<toJSON>",
  "</toJSON>",
  "<_tag>",
  "</_tag>",
  '<?xml version="1.0"?>',
  "<!-- c -->",
  "<![CDATA[",
  "]]>",
  "<!DOCTYPE a [<!ENTITY b 'c'>]>",
  "<!DOCTYPE a [",
  "]>",
  "<br>",
  "</br>",
  "<hr class='>'>",
  "<b>",
  "</c>",
  "</",
  "<a '",
  "<html>",
  "&amp;",
  "&lt;",
  "&#x1F600;",
  "&#0;",
  "&#27;",
  "&constructor;",
  "&",
  "<",
  ">",
  '"',
  "'",
  "\n",
  "\r",
  " ",
  "\u0000",
  "\u001b[31m",
  "\u202e",
  "\u2028",
  "\ufeff",
  "\ud800",
  "NoSuchKey",
  "KMS.DisabledException",
  "SYS.0014",
  "AccessDenied",
  "Unheard",
  "constructor",
  "__proto__",
  "20210824T061826Z",
  "900000",
  "{",
  "}",
  "[",
  "]",
  ":",
  ",",
  '"code"',
  '"message"',
  '"error"',
  '"Error"',
  '"errors"',
  '"request_id"',
  '"NoSuchBucket"',
  "null",
  "1e999",
  "\\u0000",
  "Signature=abc",
  "Authorization: OBS AKIAIOSFODNN7EXAMPLE:abcdefghijklmnopqrstuvwxyz",
  "access key AKIAIOSFODNN7EXAMPLE",
  "%53ignature%3D",
  "<redacted>"
] as const

const seeds = [
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Error>\n<Code>NoSuchKey</Code>\n<Message>gone</Message>\n<RequestId>0A</RequestId>\n<HostId>aa\nbb</HostId>\n<Key>k</Key>\n</Error>',
  "<Error><Code>RequestTimeTooSkewed</Code><RequestTime>20210824T061826Z</RequestTime><ServerTime>2021-10-14T03:17:08.663Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>",
  "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>GET\n\n/b</StringToSign><SignatureProvided>abcdefghijkl</SignatureProvided><AWSAccessKeyId>AKIAIOSFODNN7EXAMPLE</AWSAccessKeyId></Error>",
  '{"code":"SYS.0014","message":"m","request_id":"r","extra":{"a":1}}',
  '{"error":{"code":"NoSuchBucket","message":"m"}}',
  '{"Error":{"Code":"NoSuchBucket","Message":"m"}}',
  '{"errors":[{"code":"NoSuchBucket","message":"m"}],"request_id":"r"}',
  '[{"code":"NoSuchBucket","message":"m"}]',
  "<ErrorResponse><Code>NoSuchKey</Code><Message>m</Message><RequestId>0A</RequestId></ErrorResponse>",
  "<a><b></a><Error><br><Code>NoSuchKey</Code><Message>a < b<br>c</Message></c><RequestId>0A</RequestId></Error>",
  '<!DOCTYPE Error [<!ENTITY a "]>"><!-- \' -->]><Error><Code>NoSuchKey</Code><Message>&a; & b</Message></Error>',
  "<html><body><h1>502 Bad Gateway</h1></body></html>"
] as const

const soup = (): string => {
  let out = ""
  for (let n = below(24); n > 0; n--) out += random() < 0.9 ? pick(tokens) : String.fromCharCode(below(0x10000))
  return out
}

/** A seed that is cut, doubled, or has something put into it. */
const mutated = (): string => {
  let out: string = pick(seeds)
  for (let n = below(4); n > 0; n--) {
    const at = below(out.length + 1)
    const to = at + below(12)
    const part = pick(["", soup(), out.slice(at, to).repeat(2), String.fromCharCode(below(256))])
    out = out.slice(0, at) + part + out.slice(to)
  }
  return random() < 0.3 ? out.slice(0, below(out.length + 1)) : out
}

const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const out = new Uint8Array(text.length * 2)
  const view = new DataView(out.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), littleEndian)
  return out
}

const bytes = (): Uint8Array => {
  const text = mutated()
  const out = random() < 0.9 ? new TextEncoder().encode(text) : utf16(text, random() < 0.5)
  for (let n = below(6); n > 0 && out.length > 0; n--) out[below(out.length)] = below(256)
  return random() < 0.1
    ? Uint8Array.of(
        ...pick([
          [0xff, 0xfe],
          [0xfe, 0xff],
          [0x1f, 0x8b],
          [0x78, 0x9c],
          [0x28, 0xb5, 0x2f, 0xfd]
        ]),
        ...out
      )
    : out
}

const body = (): string | Uint8Array | undefined => {
  const r = random()
  if (r < 0.4) return mutated()
  if (r < 0.7) return soup()
  if (r < 0.95) return bytes()
  return r < 0.97
    ? pick(["<a>", "A", "&", "<", "<br>", "</b>", "<b></c>", "<a '", "{", '["', "Signature=", "<![CDATA["]).repeat(
        below(20_000)
      )
    : undefined
}

const headerNames = [
  "x-obs-request-id",
  "X-Amz-Request-Id",
  "x-obs-id-2",
  "x-obs-error-code",
  "x-amz-error-message",
  "x-obs-error-detail-Key",
  "x-obs-error-detail-stringtosign",
  "x-reserved-indicator",
  "content-type",
  "content-encoding",
  "date",
  "location",
  "x-obs-delete-marker",
  "x-obs-version-id",
  "__proto__",
  "constructor"
] as const

const headers = (): Record<string, string | ReadonlyArray<string> | undefined> => {
  const out: Record<string, string | ReadonlyArray<string> | undefined> = {}
  for (let n = below(5); n > 0; n--) {
    const value = random() < 0.5 ? pick(tokens) : soup()
    Object.defineProperty(out, pick(headerNames), {
      value: pick([value, value, [value, "b"], [], undefined]),
      enumerable: true,
      configurable: true,
      writable: true
    })
  }
  return out
}

const status = (): number => pick([404, 403, 400, 409, 503, 500, 301, 304, 200, 0, Number.NaN, -1, 1e9, below(1000)])

// eslint-disable-next-line no-control-regex -- what must not be shown
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

const codec = Schema.fromJsonString(ObsError.ObsFailure)

/** What is wrong with a failure, if anything is. */
const faultOf = (answer: ObsResponse.RawResponse, run: number): string | undefined => {
  const failure = ObsResponse.decode(answer)
  if (!ObsError.isObsFailure(failure)) return "not a failure"
  if (!(failure.status === 0 || (failure.status >= 100 && failure.status <= 999))) return "a status that is none"
  if (control.test(failure.message) || control.test(String(failure))) return "a control character that is shown"
  if (failure._tag === "UnrecognizedResponse" && control.test(failure.excerpt ?? ""))
    return "a control character in the excerpt"
  if (failure.message.length > 4096) return "a message that is too long"
  if (Object.values(failure.details).some((value) => typeof value !== "string" || value === ""))
    return "a detail that is no text"
  if (
    Object.keys(failure).some((name) =>
      ["message", "stack", "name", "cause", "__proto__", "constructor", "toJSON"].includes(name)
    )
  )
    return "a forged property"
  if (run % 8 === 0) {
    const again = Schema.decodeSync(codec)(Schema.encodeSync(codec)(failure))
    if (!Equal.equals(again, failure)) return "not equal after encoding and decoding"
    if (!isDeepStrictEqual(ObsResponse.decode(answer).toJSON(), failure.toJSON())) return "not the same twice"
  }
  return undefined
}

console.log(`${String(runs)} runs with seed ${String(seed)}`)
const tags = new Map<string, number>()
let slowest = 0
let faults = 0
for (let run = 1; run <= runs && faults < 10; run++) {
  const answer: ObsResponse.RawResponse = {
    status: status(),
    headers: headers(),
    body: body(),
    method: pick(["GET", "GET", "PUT", "HEAD", undefined])
  }
  const start = performance.now()
  let fault: string | undefined
  try {
    fault = faultOf(answer, run)
  } catch (error) {
    fault = `it throws ${String(error)}`
  }
  slowest = Math.max(slowest, performance.now() - start)
  if (fault !== undefined) {
    faults++
    console.error(`run ${String(run)}: ${fault}`, JSON.stringify(answer).slice(0, 2000))
  } else if (run % 64 === 0) {
    const tag = ObsResponse.decode(answer)._tag
    tags.set(tag, (tags.get(tag) ?? 0) + 1)
  }
  if (run % 1_000_000 === 0) console.log(`${String(run)} done`)
}
const seen = [...tags].sort(([, a], [, b]) => b - a).slice(0, 12)
console.log(`kinds of failures in every 64th run: ${seen.map(([tag, n]) => `${tag} ${String(n)}`).join(", ")}`)
console.log(`${String(faults)} faults, the slowest run took ${slowest.toFixed(1)} ms`)
if (faults > 0) process.exitCode = 1
