/**
 * What a request is answered with by a rule.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { bytesOf } from "../internal/digest.js"
import { fieldsOf } from "../internal/failure/errorClass.js"
import type { OperationName } from "../internal/faults/operation.js"
import type { Rule } from "../internal/faults/rule.js"
import { endpointOf } from "../internal/faults/rule.js"
import { container, document, element, groups, read } from "../internal/service/documents.js"
import { hex } from "../internal/service/state.js"
import { classOf } from "../internal/wire/decode.js"
import * as ObsResponse from "../ObsResponse.js"
import * as ObsAnswer from "./ObsAnswer.js"
import type { Request, Response } from "./ObsTestService.js"
import { bytes, dialectOf, noResponse } from "./ObsTestService.js"

/** A request to which a rule applies. */
export interface Faulted {
  readonly request: Request
  readonly operation: OperationName | undefined
  readonly bucket: string
  readonly key: string
  /** Its number among all requests. */
  readonly number: number
  readonly rule: Rule
}

const page = `<html>
<head><title>502 Bad Gateway</title></head>
<body>
<center><h1>502 Bad Gateway</h1></center>
</body>
</html>
`

/** The elements of an error that name what the request is about, where its class has a field for them. */
const namedIn = (code: string, { bucket, key }: Faulted): { readonly [name: string]: string } => {
  const klass = classOf(code)
  const names = klass === undefined ? {} : fieldsOf(klass)
  return {
    ...("key" in names && key !== "" ? { Key: key } : undefined),
    ...("bucketName" in names && bucket !== "" ? { BucketName: bucket } : undefined)
  }
}

const failureOf = (faulted: Faulted, code: string, status: number | undefined, details?: Rule["details"]) =>
  ObsResponse.fromParts({
    code,
    status,
    message: faulted.rule.message,
    details: { ...namedIn(code, faulted), ...details }
  })

/** A result that says of every key of a request that it was not deleted. */
const notDeleted = ({ request, rule }: Faulted, code: string): Effect.Effect<Response> =>
  Effect.map(bytes(request), (body) => {
    const elements = read(body, ["Delete"], ["Key"]) ?? []
    const { message } = ObsResponse.fromParts({ code, message: rule.message })
    const errors = groups(elements, "Object").map((object) =>
      container(
        "Error",
        element("Key", object.get("Key")),
        element("VersionId", object.get("VersionId")),
        element("Code", code),
        element("Message", message),
        ...Object.entries(rule.details ?? {}).map(([name, value]) => element(name, value))
      )
    )
    const headers = { "content-type": "application/xml" }
    return { status: 200, headers, body: document(dialectOf(request), "DeleteResult", ...errors) }
  })

const isSuccess = (status: number | undefined): boolean => status !== undefined && status < 300

/** The answer that a rule has of its own; undefined where the service answers. */
const ownAnswer = (faulted: Faulted): Effect.Effect<Response> | undefined => {
  const { bucket, operation, request, rule } = faulted
  const { body, details, error, html = false, redirect, status } = rule
  const rendering = { dialect: dialectOf(request), method: request.method }
  if (error !== undefined) {
    return operation === "DeleteObjects" && isSuccess(status)
      ? notDeleted(faulted, error)
      : Effect.sync(() => ObsAnswer.render(failureOf(faulted, error, status, details), rendering))
  }
  const endpoint = redirect === undefined ? undefined : endpointOf(redirect)
  if (endpoint !== undefined) {
    const { url } = request
    // Where the bucket is in the host, it stays there
    const host = bucket !== "" && url.hostname.startsWith(`${bucket}.`) ? `${bucket}.${endpoint.host}` : endpoint.host
    const code = status === 301 ? "PermanentRedirect" : "TemporaryRedirect"
    const failure = failureOf(faulted, code, status ?? 307, { Endpoint: endpoint.host })
    const answer = ObsAnswer.render(failure, rendering)
    const location = `${endpoint.protocol}//${host}${url.pathname}${url.search}`
    return Effect.succeed({ ...answer, headers: { ...answer.headers, location } })
  }
  if (html) return Effect.succeed({ status: status ?? 502, headers: { "content-type": "text/html" }, body: page })
  if (body !== undefined || status !== undefined) {
    return Effect.succeed({ status: status ?? 200, headers: {}, body: body ?? "" })
  }
  return undefined
}

type Bytes = Stream.Stream<Uint8Array, unknown>

/** A body without text. */
const withoutText = (body: Response["body"]): Uint8Array | Bytes => (typeof body === "string" ? bytesOf(body) : body)

/** The first bytes of a stream, which ends as soon as it has had them. */
const firstBytes = (stream: Bytes, max: number): Bytes =>
  max === 0
    ? Stream.empty
    : Stream.suspend(() => {
        let left = max
        return stream.pipe(
          Stream.map((chunk) => {
            const piece = chunk.subarray(0, left)
            left -= piece.length
            return piece
          }),
          Stream.takeUntil(() => left === 0)
        )
      })

const split = (chunk: Uint8Array, size: number): ReadonlyArray<Uint8Array> =>
  Array.from({ length: Math.ceil(chunk.length / size) }, (_, i) => chunk.subarray(i * size, (i + 1) * size))

const dripping = (stream: Bytes, { bytes, every }: NonNullable<Rule["drip"]>): Bytes =>
  Runtime.mapToMany(stream, (chunk) => Effect.succeed(split(chunk, bytes))).pipe(
    Stream.mapEffect((piece) => Effect.as(Effect.sleep(every), piece))
  )

const blanks = /*#__PURE__*/ new Uint8Array(16_384).fill(0x20)

const lengthOf = (body: Uint8Array | Bytes, headers: Response["headers"]): number | undefined => {
  if (body instanceof Uint8Array) return body.length
  const { "content-length": length } = headers
  return length === undefined ? undefined : Number(length)
}

/** An answer whose body comes as a rule says. */
const withBody = (answer: Response, method: string, { cut, drip, endless = false, truncate }: Rule): Response => {
  const breaks = typeof cut === "number"
  // What HEAD is answered with tells of a body, and has none
  if (method === "HEAD") return answer
  if (truncate === undefined && drip === undefined && !breaks && !endless) return answer
  const { headers, status } = answer
  const body = withoutText(answer.body)
  const { "content-length": _, ...others } = headers
  const whole = lengthOf(body, headers)
  const length = endless || whole === undefined ? undefined : Math.min(whole, truncate ?? whole)
  let stream = body instanceof Uint8Array ? Stream.make(body) : body
  if (truncate !== undefined) stream = firstBytes(stream, truncate)
  if (endless) stream = Stream.concat(stream, Stream.forever(Stream.make(blanks)))
  if (drip !== undefined) stream = dripping(stream, drip)
  if (breaks) stream = Stream.concat(firstBytes(stream, cut), Stream.fail(new Error("The connection was broken off.")))
  // A body that says its length and breaks off at it would be whole
  const isSaid = length !== undefined && !(breaks && length <= cut)
  return { status, headers: isSaid ? { ...others, "content-length": String(length) } : others, body: stream }
}

const headersOf = ({ number, request, rule }: Faulted, isOwn: boolean): Response["headers"] => {
  const { headers = {}, indicator, qosDelay, retryAfter } = rule
  const prefix = `x-${dialectOf(request)}`
  return {
    ...(isOwn && rule.html !== true ? { server: "OBS", [`${prefix}-request-id`]: `FA${hex(number, 30)}` } : undefined),
    ...(retryAfter === undefined ? undefined : { "retry-after": String(retryAfter) }),
    ...(qosDelay === undefined ? undefined : { [`${prefix}-qos-delay-time`]: String(qosDelay) }),
    ...(indicator === undefined ? undefined : { "x-reserved-indicator": indicator }),
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  }
}

/** Answers a request as a rule says; `service` answers it otherwise. */
export const answerOf = (faulted: Faulted, service: Effect.Effect<Response>): Effect.Effect<Response> => {
  const { rule } = faulted
  const { applied, clock = 0, cut, latency = 0 } = rule
  const own = ownAnswer(faulted)
  const reached = clock === 0 ? service : Runtime.withClockAhead(service, clock)
  const isReached = applied ?? (own === undefined && cut !== "before")
  const answered = Effect.gen(function* () {
    const real = isReached ? yield* reached : noResponse
    if (cut === "before") return noResponse
    const answer = own === undefined ? real : yield* own
    const changed = { ...answer, headers: { ...answer.headers, ...headersOf(faulted, own !== undefined) } }
    return withBody(changed, faulted.request.method, rule)
  })
  return latency === 0 ? answered : Effect.tap(answered, () => Effect.sleep(latency))
}
