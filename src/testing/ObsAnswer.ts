/**
 * Answers as the service would send them.
 *
 * @since 0.1.0
 */
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { fieldsOf } from "../internal/errorClass.js"
import { escape } from "../internal/xml.js"
import * as ObsError from "../ObsError.js"

/**
 * An HTTP answer.
 *
 * @category models
 * @since 0.1.0
 */
export interface Answer {
  /** The HTTP status. */
  readonly status: number
  /** Header values by name in lower case. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string | Uint8Array
}

/**
 * The family of header names that an answer uses: `x-obs-*` or `x-amz-*`.
 *
 * The service chooses it by the signature of the request.
 *
 * @category models
 * @since 0.1.0
 */
export type Dialect = "obs" | "amz"

/**
 * How a failure is written.
 *
 * @category models
 * @since 0.1.0
 */
export interface RenderOptions {
  /** The family of header names, by default `obs`. */
  readonly dialect?: Dialect | undefined
  /** The method of the request; the answer to a HEAD has its code and message in headers and no body. */
  readonly method?: string | undefined
  /** The XML on one line, as is the default, or with an element a line. */
  readonly layout?: "line" | "indented" | undefined
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
      return undefined
    default:
      return failure._tag
  }
}

/** What the service says of itself where the failure has only our words. */
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

/** The elements of a failure, those of its typed fields and its secrets included, as the service writes them. */
const elementsOf = (failure: ObsError.ObsFailure): ReadonlyMap<string, string> => {
  const code = codeOf(failure)
  const klass = code === undefined ? Option.none() : ObsError.byCode(code)
  const encoded = new Map<string, unknown>(Object.entries(Schema.encodeSync(ObsError.ObsFailure)(failure)))
  const elements = new Map<string, string>()
  const put = (name: string, value: unknown): void => {
    const text = typeof value === "number" ? String(value) : value
    if (typeof text === "string" && text !== "" && namePattern.test(name) && !elements.has(name))
      elements.set(name, text)
  }
  const raw = new Map<string, string | undefined>(Object.entries(failure.details))
  for (const [name, secret] of Object.entries(failure.secrets)) {
    if (secret !== undefined) raw.set(name, Redacted.value(secret))
  }
  put("Code", code)
  put("Message", raw.get("Message") ?? ownMessage(failure))
  put("RequestId", raw.get("RequestId") ?? failure.requestId)
  put("HostId", failure.hostId)
  put("Resource", raw.get("Resource") ?? failure.resource)
  for (const [name, value] of raw) put(name, value)
  for (const [name, field] of Object.entries(Option.match(klass, { onNone: () => ({}), onSome: fieldsOf }))) {
    const element = field.elements(name)[0]
    if (field._tag === "Field" && element !== undefined) put(element, encoded.get(name))
  }
  return elements
}

const reference = (text: string): string => text.replace(/[\s\S]/g, (c) => `&#${String(c.charCodeAt(0))};`)

/** Escaped, and with white space at the ends as references, which a reader does not trim. */
const written = (text: string): string => escape(text).replace(/\r|^[ \t\n]+|[ \t\n]+$/g, reference)

const xmlOf = (elements: ReadonlyMap<string, string>, options: RenderOptions): string => {
  const prefix = options.prefix === undefined ? "" : `${options.prefix}:`
  const namespace =
    options.prefix === undefined ? "" : ` xmlns:${options.prefix}="http://obs.example.com/doc/2015-06-30/"`
  const [line, indent] = options.layout === "indented" ? ["\n", "  "] : ["", ""]
  const children = [...elements].map(
    ([name, text]) => `${indent}<${prefix}${name}>${written(text)}</${prefix}${name}>${line}`
  )
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${line}<${prefix}Error${namespace}>${line}${children.join("")}</${prefix}Error>`
}

// A header value is one line of printable characters
const headerText = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").trim()

/**
 * Writes a failure as the service would answer it, so that decoding the answer gives an equal failure.
 *
 * An answer to HEAD says everything in headers, whose values are one line of ASCII. What cannot be answered, such as a
 * connection that is lost, becomes an answer with the same status, ids and elements.
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
  const headers: Record<string, string> = { server: "OBS" }
  if (failure.requestId !== undefined) headers[`${prefix}-request-id`] = headerText(failure.requestId)
  if (failure.id2 !== undefined) headers[`${prefix}-id-2`] = headerText(failure.id2)
  if (failure.deleteMarker !== undefined) headers[`${prefix}-delete-marker`] = String(failure.deleteMarker)
  if (failure.indicator !== undefined) headers["x-reserved-indicator"] = headerText(failure.indicator)
  const answer = (body: string | Uint8Array, contentType: string): Answer => ({
    status: failure.status,
    headers: { ...headers, ...(contentType === "" ? undefined : { "content-type": contentType }) },
    body
  })
  const elements = elementsOf(failure)
  if (failure._tag === "NotModified" || options.method?.toUpperCase() === "HEAD") {
    for (const [name, text] of elements) {
      const header = name === "Code" || name === "Message" ? `error-${name}` : `error-detail-${name}`
      if (name !== "RequestId") headers[`${prefix}-${header}`.toLowerCase()] = headerText(text)
    }
    return answer("", failure._tag === "NotModified" ? "" : "application/xml")
  }
  if (failure._tag !== "UnrecognizedResponse") return answer(xmlOf(elements, options), "application/xml")
  const contentType = failure.contentType ?? ""
  switch (failure.reason) {
    case "NoCode":
      return answer(xmlOf(elements, options), contentType)
    case "Malformed":
      return answer(xmlOf(elements, options).replace(/<\/[\w.-]*:?Error>$/, ""), contentType)
    case "Compressed":
      return answer(Uint8Array.of(0x1f, 0x8b, 0x08, 0x00), contentType)
    case "TooLarge":
      return answer((failure.excerpt ?? "").padEnd(65_537), contentType)
    case "NotAnErrorDocument":
      // Without an excerpt it was nothing that could be shown
      return answer(failure.excerpt ?? Uint8Array.of(0xff, 0xff, 0xff, 0xff), contentType)
    default:
      return answer(failure.excerpt ?? "", contentType)
  }
}
