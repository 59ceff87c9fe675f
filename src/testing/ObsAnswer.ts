/**
 * Responses as the service would send them.
 *
 * @since 0.1.0
 */
import * as DateTime from "effect/DateTime"
import * as Duration from "effect/Duration"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { classOf } from "../internal/wire/decode.js"
import { fieldsOf } from "../internal/failure/errorClass.js"
import { headerText } from "./sendableHeaders.js"
import { escape } from "../internal/wire/xml.js"
import * as ObsError from "../ObsError.js"

/**
 * An HTTP response.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answer {
  /** The HTTP status. */
  readonly status: number
  /** Header values by lower-case name. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string | Uint8Array
}

/**
 * The family of header names in a response: `x-obs-*` or `x-amz-*`.
 *
 * The service chooses it by the signature of the request.
 *
 * @category models
 * @since 0.1.0
 */
export type Dialect = "obs" | "amz"

/**
 * Options for rendering a failure.
 *
 * @category models
 * @since 0.1.0
 */
export interface RenderOptions {
  /** The family of header names, by default `obs`. */
  readonly dialect?: Dialect | undefined
  /** The method of the request. The response to HEAD has code and message in headers and no body. */
  readonly method?: string | undefined
  /** The XML on one line (the default), one element a line, or JSON as the extension services send it. */
  readonly layout?: "line" | "indented" | "json" | undefined
  /** A prefix for the names of the XML elements, by default none. */
  readonly prefix?: string | undefined
}

const namePattern = /^[A-Za-z_][\w.-]*$/

const codeOf = (failure: ObsError.ObsFailure): string | undefined => {
  switch (failure._tag) {
    case "UnknownObsError":
      return failure.code
    case "UnrecognizedResponse":
    case "NotModified":
    case "CallbackFailed":
      return undefined
    default:
      return failure._tag
  }
}

/** The message to send; undefined if the failure has only this library's words. */
const ownMessage = (failure: ObsError.ObsFailure): string | undefined => {
  switch (failure._tag) {
    case "UnrecognizedResponse": {
      const { reason, status } = failure
      return failure.message === new ObsError.UnrecognizedResponse({ status, reason }).message
        ? undefined
        : failure.message
    }
    case "NotModified":
      return failure.message === failure.info.description ? undefined : failure.message
    default:
      return failure.message
  }
}

/** The text of a typed field; undefined if the service could not write its value. */
const fieldText = (value: unknown): string | undefined => {
  if (DateTime.isDateTime(value)) {
    const date = DateTime.toDateUtc(value)
    return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
  }
  if (Duration.isDuration(value)) {
    const millis = Duration.toMillis(value)
    return Number.isFinite(millis) ? String(Math.round(millis)) : undefined
  }
  return typeof value === "string" ? value : undefined
}

/** The text of a secret; none if it was wiped. */
const secretText = Option.liftThrowable((secret: Redacted.Redacted) => Redacted.value(secret))

/** The elements of a failure, typed fields and secrets included, as the service writes them. */
const elementsOf = (failure: ObsError.ObsFailure): ReadonlyMap<string, string> => {
  const code = codeOf(failure)
  const klass = code === undefined ? undefined : classOf(code)
  const values = new Map<string, unknown>(Object.entries(failure))
  const elements = new Map<string, string>()
  const put = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== "" && namePattern.test(name) && !elements.has(name)) elements.set(name, text)
  }
  const raw = new Map<string, string | undefined>(Object.entries(failure.details))
  for (const [name, secret] of Object.entries(failure.secrets)) {
    if (secret !== undefined) raw.set(name, Option.getOrUndefined(secretText(secret)))
  }
  put("Code", code)
  put("Message", raw.get("Message") ?? ownMessage(failure))
  put("RequestId", raw.get("RequestId") ?? failure.requestId)
  put("HostId", failure.hostId)
  put("Resource", raw.get("Resource") ?? failure.resource)
  for (const [name, value] of raw) put(name, value)
  for (const [name, field] of Object.entries(klass === undefined ? {} : fieldsOf(klass))) {
    const element = field.elements(name)[0]
    if (field._tag === "Field" && element !== undefined) put(element, fieldText(values.get(name)))
  }
  return elements
}

const xmlOf = (elements: ReadonlyMap<string, string>, options: RenderOptions): string => {
  const [prefix, namespace] =
    options.prefix !== undefined && namePattern.test(options.prefix)
      ? [`${options.prefix}:`, ` xmlns:${options.prefix}="http://obs.example.com/doc/2015-06-30/"`]
      : ["", ""]
  const [line, indent] = options.layout === "indented" ? ["\n", "  "] : ["", ""]
  const children = [...elements].map(
    ([name, text]) => `${indent}<${prefix}${name}>${escape(text)}</${prefix}${name}>${line}`
  )
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${line}<${prefix}Error${namespace}>${line}${children.join("")}</${prefix}Error>`
}

const jsonNames: { readonly [name: string]: string } = {
  Code: "code",
  Message: "message",
  RequestId: "request_id",
  HostId: "hostId"
}

const jsonOf = (elements: ReadonlyMap<string, string>): string =>
  JSON.stringify(Object.fromEntries(Array.from(elements, ([name, text]) => [jsonNames[name] ?? name, text])))

/** A response body, and whether it has the elements of the failure. */
interface Content {
  readonly body: string | Uint8Array
  readonly type: string | undefined
  readonly hasElements: boolean
}

const contentOf = (
  failure: ObsError.ObsFailure,
  elements: ReadonlyMap<string, string>,
  options: RenderOptions
): Content => {
  const own = options.layout === "json" ? "application/json" : "application/xml"
  const type = failure._tag === "UnrecognizedResponse" ? failure.contentType : own
  const document = (body: string): Content => ({ body, type, hasElements: true })
  const other = (body: string | Uint8Array): Content => ({ body, type, hasElements: false })
  if (failure._tag === "NotModified") return { ...other(""), type: undefined }
  if (options.method?.toUpperCase() === "HEAD") return other("")
  const xml = xmlOf(elements, options)
  if (failure._tag !== "UnrecognizedResponse") return document(options.layout === "json" ? jsonOf(elements) : xml)
  const { excerpt = "", reason } = failure
  switch (reason) {
    case "NoCode":
      return document(xml)
    case "Malformed":
      return document(xml.slice(0, xml.lastIndexOf("</")))
    case "Compressed":
      return other(Uint8Array.of(0x1f, 0x8b, 0x08, 0x00))
    case "TooLarge":
      return other(excerpt.padEnd(65_537))
    case "NotAnErrorDocument":
      // Without an excerpt, the body was not printable
      return other(excerpt === "" ? Uint8Array.of(0xff, 0xff, 0xff, 0xff) : excerpt)
    default:
      return other(excerpt)
  }
}

// Readers cut longer ids in headers
const maxIdLength = 256

/**
 * Renders a failure as the response that the service would send. Decoding it gives an equal failure.
 *
 * The response to HEAD has everything in headers, whose values are one line of Latin-1, and so has one whose body is
 * not an error document. JSON has no blanks around its texts. A failure that no response can express, such as a lost connection, becomes a response with the
 * same status, ids and elements. Any failure can be rendered; values that the service could not write are left out.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Equal } from "effect"
 * import { ObsError, ObsResponse } from "effect-obs"
 * import { ObsAnswer } from "effect-obs/testing"
 *
 * const failure = new ObsError.NoSuchKey({ key: "a.txt", requestId: "0000018A4E4567BD47CF110EE1B2A4DF" })
 * const answer = ObsAnswer.render(failure, { dialect: "amz" })
 *
 * assert.strictEqual(answer.status, 404)
 * assert.strictEqual(answer.headers["x-amz-request-id"], "0000018A4E4567BD47CF110EE1B2A4DF")
 * assert.ok(Equal.equals(ObsResponse.decode(answer), failure))
 * ```
 *
 * @category rendering
 * @since 0.1.0
 */
export const render = (failure: ObsError.ObsFailure, options: RenderOptions = {}): Answer => {
  const prefix = `x-${options.dialect ?? "obs"}`
  const elements = elementsOf(failure)
  const { body, hasElements, type } = contentOf(failure, elements, options)
  const headers: Record<string, string> = { server: "OBS" }
  const put = (name: string, text: string | undefined): void => {
    const value = headerText(text ?? "")
    if (value !== "") headers[name.toLowerCase()] = value
  }
  // An id that does not fit a header was only in the document
  const { deleteMarker, details, id2, indicator, requestId, retryAfter, status } = failure
  const isPlain = requestId === headerText(requestId ?? "").slice(0, maxIdLength)
  if (!hasElements || isPlain || details["RequestId"] !== undefined) put(`${prefix}-request-id`, requestId)
  put(`${prefix}-id-2`, id2)
  put(`${prefix}-delete-marker`, deleteMarker === undefined ? undefined : String(deleteMarker))
  put("x-reserved-indicator", indicator)
  put("content-type", type)
  if (retryAfter !== undefined) {
    const wait = Duration.toMillis(retryAfter)
    if (wait % 1000 === 0) put("retry-after", String(wait / 1000))
    else put(`${prefix}-qos-delay-time`, String(wait))
  }
  if (!hasElements) {
    for (const [name, text] of elements) {
      if (name === "RequestId") continue
      put(`${prefix}-error-${name === "Code" || name === "Message" ? name : `detail-${name}`}`, text)
    }
  }
  return { status, headers, body }
}
