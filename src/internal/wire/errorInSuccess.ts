/**
 * Finds failures among 2xx responses.
 */
import * as HttpClientResponse from "#http/HttpClientResponse"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Effect from "effect/Effect"
import type { ObsFailure } from "../../errors/ObsFailure.js"
import type { Head } from "./head.js"
import { decode, decodeCallback } from "./decode.js"
import { readDocument, toText } from "./document.js"
import { untraced } from "../failure/base.js"
import type { Body, ReadOptions } from "./body.js"
import { readBody, readSuccess } from "./body.js"
import { derive } from "../object.js"
import { hasParameter } from "../request/request.js"
import { scan } from "./xml.js"

/** Copies and completed uploads: the service sends the status before it knows the outcome. */
const canFailInBody = (request: HttpClientRequest.HttpClientRequest): boolean =>
  request.method === "PUT"
    ? "x-obs-copy-source" in request.headers || "x-amz-copy-source" in request.headers
    : request.method === "POST" && hasParameter(request, "uploadId")

const hasCallback = (request: HttpClientRequest.HttpClientRequest): boolean =>
  "x-obs-callback" in request.headers || hasParameter(request, "x-obs-callback")

// Far more than any of these bodies needs, apart from the blanks that keep the connection alive
const maxBytes = 1_048_576

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Whether a body reports success: a complete result, or the response of a callback, which can be anything but an error.
 */
const isResult = (document: Uint8Array, request: HttpClientRequest.HttpClientRequest): boolean => {
  const { kind, text } = readDocument(document)
  if (kind !== "Other") return false
  if (hasCallback(request)) return true
  const { outcome, root } = scan(text, () => undefined)
  return outcome === "Complete" && root !== undefined && root.endsWith("Result")
}

/**
 * Whether a result is cut. A response without a length ends normally even if the connection is lost, so only the
 * document shows it.
 */
const isCut = (document: Uint8Array): boolean => {
  if (document[0] !== 0x3c) return false
  const { outcome, root } = scan(toText(document, document.length), () => undefined)
  return outcome === "Cut" && (root === undefined || root.endsWith("Result"))
}

const withoutBlanks = (bytes: Uint8Array): Uint8Array => {
  const start = bytes.findIndex((byte) => !isBlank(byte))
  return bytes.subarray(start === -1 ? bytes.length : start)
}

/** Decodes a 2xx response whose body is not a result. */
export const decodeNoResult = ({ headers, status }: Head, { bytes, ending }: Body): ObsFailure => {
  const body = withoutBlanks(bytes)
  return untraced(() =>
    decode({ status, headers, body, ending: ending ?? (isCut(body) ? "ConnectionLost" : undefined) })
  )
}

/** The response with a body that has already been read. */
const withBody = (
  response: HttpClientResponse.HttpClientResponse,
  { headers, request, status }: Head,
  bytes: Uint8Array
): HttpClientResponse.HttpClientResponse => {
  const { "content-type": type = "" } = headers
  // Fetch's constructor rejects statuses and headers that servers send; only the type is needed to read the body
  const web = new Response(bytes.slice(), { headers: /^[ -~]*$/.test(type) ? { "content-type": type } : {} })
  const read = derive(HttpClientResponse.fromWeb(request, web), {
    status: { value: status },
    headers: { value: headers }
  })
  return derive(response, {
    text: { get: () => read.text },
    json: { get: () => read.json },
    arrayBuffer: { get: () => read.arrayBuffer },
    formData: { get: () => read.formData },
    urlParamsBody: { get: () => read.urlParamsBody },
    stream: { get: () => read.stream }
  })
}

/** Passes a success through, and fails if the status or the body reports a failure. */
export const checkSuccess = (
  response: HttpClientResponse.HttpClientResponse,
  head: Head,
  options?: ReadOptions,
  /** Whether the operation can have errors in the body, if the request does not show it. */
  canFail = false
): Effect.Effect<HttpClientResponse.HttpClientResponse, ObsFailure> => {
  const { headers, request, status } = head
  if (status === 203 && hasCallback(request)) {
    return Effect.flatMap(readBody(response, options), ({ bytes, ending }) =>
      Effect.fail(untraced(() => decodeCallback({ status, headers, body: bytes, ending })))
    )
  }
  if (!canFail && !canFailInBody(request)) return Effect.succeed(response)
  return Effect.flatMap(readSuccess(response, maxBytes), (body) =>
    body.ending === undefined && isResult(withoutBlanks(body.bytes), request)
      ? Effect.succeed(withBody(response, head, body.bytes))
      : Effect.fail(decodeNoResult(head, body))
  )
}
