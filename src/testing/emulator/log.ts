/**
 * What the emulator logs of each request: nothing that is secret, and of parameters the names alone.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { bytesOf } from "../../internal/digest.js"
import { targetOf } from "../../internal/service/address.js"
import { printable } from "../../internal/text.js"
import { placeOf } from "../../internal/verification/place.js"
import { isNoResponse } from "../carried.js"
import type { Handler, Options, Request, Response } from "../ObsTestService.js"

export interface Entry {
  /** When the request came. */
  readonly time: string
  readonly requestId?: string | undefined
  readonly method: string
  readonly bucket?: string | undefined
  readonly key?: string | undefined
  /** The names of the parameters. */
  readonly parameters?: ReadonlyArray<string> | undefined
  /** Nothing where the connection was broken off before. */
  readonly status?: number | undefined
  /** The code of a failure. */
  readonly code?: string | undefined
  /** Until the last byte was taken, in milliseconds. */
  readonly ms: number
  /** Bytes of the body of the request, as they were taken. */
  readonly received: number
  /** Bytes of the body of the response, as they were given. */
  readonly sent: number
  /** The connection was broken off, or the body failed. */
  readonly aborted?: true | undefined
}

/** An entry on one line. */
export const jsonLine = (entry: Entry): string => JSON.stringify(entry)

export const textLine = (entry: Entry): string => {
  const { aborted, bucket, code, key, method, ms, parameters, received, requestId, sent, status, time } = entry
  const query = parameters === undefined ? "" : `?${parameters.join("&")}`
  const target = printable(`/${bucket ?? ""}${key === undefined ? "" : `/${key}`}${query}`)
  const outcome = [status, code, aborted && "aborted"].filter((word) => word !== undefined).join(" ")
  const id = requestId === undefined ? "" : `, request ${requestId}`
  return `${time} ${method} ${target} ${outcome}, ${String(ms)} ms, ${String(received)} B in, ${String(sent)} B out${id}`
}

/** Writes entries, and how many it could not write before: when it can again, and at the end. */
export const telling = (
  form: "text" | "json",
  write: (line: string) => boolean
): Effect.Effect<(entry: Entry) => void, never, Scope.Scope> => {
  let dropped = 0
  const tellDropped = () => {
    if (dropped === 0) return
    const line = form === "json" ? JSON.stringify({ dropped }) : `requests that are not in this log: ${String(dropped)}`
    if (write(line)) dropped = 0
  }
  const tell = (entry: Entry) => {
    tellDropped()
    if (dropped > 0 || !write(form === "json" ? jsonLine(entry) : textLine(entry))) dropped++
  }
  return Effect.acquireRelease(Effect.succeed(tell), () => Effect.sync(tellDropped))
}

const codeOf = ({ body, headers, status }: Response): string | undefined => {
  if (status < 300) return undefined
  const inHeader = headers["x-obs-error-code"] ?? headers["x-amz-error-code"]
  return inHeader ?? (typeof body === "string" ? /<Code>([^<]{1,200})</.exec(body)?.[1] : undefined)
}

/** Counts the bytes of a stream as they pass. */
const counted = <E>(
  stream: Stream.Stream<Uint8Array, E>,
  count: (bytes: number) => void
): Stream.Stream<Uint8Array, E> =>
  Stream.map(stream, (chunk) => {
    count(chunk.length)
    return chunk
  })

const targetIn = (request: Request, hosts: Options): Pick<Entry, "bucket" | "key" | "parameters"> => {
  const [bucket, key] = targetOf(request.url, placeOf(request.url.hostname, hosts))
  const parameters = [...new Set(request.url.searchParams.keys())]
  return {
    bucket: bucket === "" ? undefined : bucket,
    key: key === "" ? undefined : key,
    parameters: parameters.length === 0 ? undefined : parameters
  }
}

/** The same handler, which tells of each request when its response is done. */
export const logged =
  (handler: Handler, hosts: Options, tell: (entry: Entry) => void): Handler =>
  (request) =>
    Effect.flatMap(Effect.all([Clock.currentTimeMillis, Clock.currentTimeNanos]), ([now, start]) => {
      const bytes = { received: 0, sent: 0 }
      const { body } = request
      if (body instanceof Uint8Array) bytes.received = body.length
      const taken =
        body instanceof Uint8Array
          ? request
          : { ...request, body: counted(body, (length) => (bytes.received += length)) }
      const done = (told: Pick<Entry, "requestId" | "status" | "code" | "aborted">) =>
        Effect.map(Clock.currentTimeNanos, (end) => {
          tell({
            time: new Date(now).toISOString(),
            requestId: told.requestId,
            method: request.method,
            ...targetIn(request, hosts),
            status: told.status,
            code: told.code,
            ms: Math.round(Number(end - start) / 1e5) / 10,
            ...bytes,
            aborted: told.aborted
          })
        })
      const broken = done({ requestId: undefined, status: undefined, code: undefined, aborted: true })
      const answered = (response: Response): Effect.Effect<Response> => {
        if (isNoResponse(response)) return Effect.as(broken, response)
        const { body, headers, status } = response
        const told = {
          requestId: headers["x-obs-request-id"] ?? headers["x-amz-request-id"],
          status,
          code: codeOf(response)
        }
        if (typeof body === "string" || body instanceof Uint8Array) {
          bytes.sent = typeof body === "string" ? bytesOf(body).length : body.length
          return Effect.as(done(told), response)
        }
        const end: { aborted?: true } = { aborted: true }
        const content = counted(body, (length) => (bytes.sent += length)).pipe(
          // Only a body that has come to its end is whole
          Stream.concat(
            Stream.drain(
              Stream.fromEffect(
                Effect.sync(() => {
                  delete end.aborted
                })
              )
            )
          ),
          Stream.ensuring(Effect.suspend(() => done({ ...told, ...end })))
        )
        return Effect.succeed({ ...response, body: content })
      }
      return Effect.onInterrupt(Effect.flatMap(handler(taken), answered), () => broken)
    })
