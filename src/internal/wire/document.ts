/**
 * Reads error documents in any format and encoding.
 */
import { own } from "../text.js"
import type { Visit } from "./xml.js"
import { scan } from "./xml.js"

/** The elements of an error by name, as far as they arrived. The first one of each name counts; empty ones do not. */
export type Elements = Map<string, string>

/** The kind of a body. */
export type DocumentKind =
  | "Empty"
  | "Compressed"
  /** A complete error document. */
  | "Error"
  /** An error document that is cut or not well-formed. */
  | "CutError"
  /** No error document within the part that is read. */
  | "TooLarge"
  | "Other"

export interface Document {
  readonly kind: DocumentKind
  readonly elements: Elements
}

/** How much of a text is read, in UTF-16 units. */
export const maxLength = 65_536

const decodeUtf16 = (bytes: Uint8Array, from: number, littleEndian: boolean): string => {
  const units = bytes.slice(from, bytes.length - ((bytes.length - from) % 2))
  if (!littleEndian) {
    const view = new DataView(units.buffer, units.byteOffset, units.byteLength)
    for (let i = 0; i < units.length; i += 2) view.setUint16(i, view.getUint16(i, true))
  }
  return new TextDecoder("utf-16le").decode(units)
}

/** Whether a document can begin with this byte: white space, or the first character of XML or JSON. */
const canBegin = (byte: number | undefined): boolean =>
  byte !== undefined && " \t\r\n<{[".includes(String.fromCharCode(byte))

/**
 * Decodes UTF-16 if a byte order mark or a NUL in the first character indicates it, else UTF-8. Invalid bytes become
 * U+FFFD.
 */
export const toText = (body: string | Uint8Array, length: number): string => {
  if (typeof body === "string") return own(body.slice(body.charCodeAt(0) === 0xfeff ? 1 : 0, length))
  const bytes = body.subarray(0, length)
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe) return decodeUtf16(bytes, 2, true)
  if (a === 0xfe && b === 0xff) return decodeUtf16(bytes, 2, false)
  // Two NULs in a row mean UTF-32
  if (b === 0 && canBegin(a) && (c !== 0 || d !== 0)) return decodeUtf16(bytes, 0, true)
  if (a === 0 && canBegin(b)) return decodeUtf16(bytes, 0, false)
  return new TextDecoder().decode(bytes)
}

// Elements that may contain <Error>. Not DeleteResult: its errors concern single keys
const envelopes = new Set(["ErrorResponse", "Response", "Errors"])

const isError = (name: string | undefined): boolean => name === "Error" || name === "error"

/** Whether an element with this name is an error or may contain one. */
const isOfErrors = (name: string): boolean => isError(name) || envelopes.has(name)

const html = /^(?:html|head|body|title|h[1-6]|p|pre|div|center|table)$/i

/**
 * Whether the content of an element with this name, and everything after it, is not an error, whatever it looks like.
 */
const isForeign = (name: string): boolean => name.endsWith("Result") || html.test(name)

/** Whether a text declares itself HTML. */
const isPage = (text: string): boolean => /^\s*(?:<\?[^>]*>\s*)?<!doctype\s+html\b/i.test(text)

const readXml = (text: string): Document => {
  const elements: Elements = new Map()
  // The elements of an <ErrorResponse> without an <Error>
  let bare: Elements | undefined
  const error = { found: false, closed: false }
  let isOver = false
  let page: boolean | undefined
  const put = (target: Elements, name: string, value: string | undefined, whole: string | undefined): void => {
    // A code is taken exactly or not at all
    const isTaken = (name !== "Code" && name !== "code") || whole !== undefined
    if (isTaken && value !== undefined && value !== "" && !target.has(name)) target.set(name, value)
  }
  const visit: Visit = (name, value, parents, whole) => {
    if (isOver) return
    const depth = parents.length
    isOver = depth === 0 && isOfErrors(name)
    const inError = depth > 0 && isError(parents[depth - 1])
    const around = inError ? depth - 1 : depth
    for (let i = 0; i < around; i++) if (!envelopes.has(parents[i] ?? "")) return
    if (inError) {
      error.found = true
      if (!error.closed) put(elements, name, value, whole)
    } else if (isError(name)) {
      error.found = true
      error.closed = true
    } else {
      const canonical = name === "RequestID" ? "RequestId" : name
      if (canonical === "RequestId" || canonical === "HostId") put(elements, canonical, value, whole)
      if (depth === 1 && parents[0] === "ErrorResponse")
        put((bare ??= new Map<string, string>()), canonical, value, whole)
    }
  }
  const { outcome, root } = scan(text, visit, {
    enter: (name) => !isOver && (isOfErrors(name) || !(isForeign(name) || (page ??= isPage(text)))),
    holds: (name) => isOfErrors(name) || isForeign(name)
  })
  if (!error.found && bare?.has("Code") === true) {
    error.found = true
    for (const [name, value] of bare) if (!elements.has(name)) elements.set(name, value)
  }
  // One relay writes <code>. No other lower-case name is accepted, least of all <message>
  const code = elements.get("code")
  if (code !== undefined && !elements.has("Code")) {
    elements.delete("code")
    elements.set("Code", code)
  }
  if (outcome === "Complete") return { kind: error.found ? "Error" : "Other", elements }
  const isCut = error.found || (root !== undefined && isOfErrors(root))
  return { kind: isCut ? "CutError" : "Other", elements }
}

const names = {
  Code: ["code", "Code", "error_code", "errorCode"],
  Message: ["message", "Message", "error_msg", "error_message", "errorMessage"],
  RequestId: ["request_id", "requestId", "RequestId"],
  HostId: ["hostId", "host_id", "HostId"]
}

const membersOf = (value: unknown): Map<string, unknown> =>
  new Map<string, unknown>(
    value instanceof Map ? value : typeof value === "object" && value !== null ? Object.entries(value) : []
  )

const jsonToken = /("(?:[^"\\]|\\.)*("?))(\s*:)?|[{}[\]]|[^\s{}[\],:"]+/gs

/** The complete parts of cut or broken JSON: the first member of each name, and the first item of arrays. */
const wholeOf = (text: string): Map<string, unknown> => {
  const root = new Map<string, unknown>()
  const open = [root]
  let key = "root"
  const put = (value: unknown): void => {
    const container = open.at(-1)
    if (container !== undefined && !container.has(key)) container.set(key, value)
    key = "0"
  }
  for (const { 0: token, 1: string, 2: isWhole, 3: colon, index } of text.matchAll(jsonToken)) {
    if (token === "{" || token === "[") {
      const container = new Map<string, unknown>()
      put(container)
      open.push(container)
    } else if (token === "}" || token === "]") {
      if (open.length > 1) open.pop()
    } else if (string === undefined) {
      // A token at the end of the text may be cut, such as a number
      if (index + token.length === text.length) break
      put(/^\d{1,15}$/.test(token) ? Number(token) : undefined)
    } else if (isWhole === "") {
      break
    } else {
      const value = stringOf(string)
      if (colon === undefined) put(value)
      else key = value ?? ""
    }
  }
  return membersOf(root.get("root"))
}

/** Decodes a JSON string; undefined if it is invalid. */
const stringOf = (json: string): string | undefined => {
  try {
    return String(JSON.parse(json))
  } catch {
    return undefined
  }
}

/** The first of several errors. */
const firstOf = (value: unknown): Map<string, unknown> => membersOf(membersOf(value).get("0"))

const readJson = (text: string): Document => {
  const elements: Elements = new Map()
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch {
    root = wholeOf(text)
  }
  const members = text.trimStart().startsWith("[") ? firstOf(root) : membersOf(root)
  const inners = [membersOf(members.get("error")), membersOf(members.get("Error")), firstOf(members.get("errors"))]
  const textOf = (value: unknown): string | undefined =>
    typeof value === "string" ? value.trim() || undefined : typeof value === "number" ? String(value) : undefined
  const inner =
    inners.find((inner) => names.Code.some((name) => textOf(inner.get(name)) !== undefined)) ??
    inners.find(({ size }) => size > 0) ??
    new Map<string, unknown>()
  for (const [name, spellings] of Object.entries(names)) {
    for (const source of [inner, members]) {
      for (const spelling of spellings) {
        const value = textOf(source.get(spelling))
        if (value === undefined) continue
        source.delete(spelling)
        if (!elements.has(name)) elements.set(name, value)
      }
    }
  }
  for (const source of [inner, members]) {
    for (const [name, value] of source) {
      const rest = textOf(value)
      if (rest !== undefined && !elements.has(name)) elements.set(name, rest)
    }
  }
  return { kind: elements.has("Code") ? "Error" : "Other", elements }
}

const nothing = (kind: DocumentKind, text = ""): Document & { readonly text: string } => ({
  kind,
  elements: new Map(),
  text
})

// Accepts those of another realm
const isBytes = (u: unknown): u is Uint8Array => ArrayBuffer.isView(u) && "subarray" in u

/** Whether a decoded text is binary: more than a quarter of it is invalid, or it has characters that text never has. */
const isBinary = (text: string): boolean =>
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text) || text.split("\ufffd").length - 1 > text.length / 4

// gzip, compress and zstd
const magics: ReadonlyArray<ReadonlyArray<number>> = [
  [0x1f, 0x8b],
  [0x1f, 0x9d],
  [0x28, 0xb5, 0x2f, 0xfd]
]

/** Whether bytes begin like a compression format. */
const hasMagic = (bytes: Uint8Array): boolean => magics.some((magic) => magic.every((byte, i) => bytes[i] === byte))

/** Whether bytes begin like zlib, which HTTP calls deflate; two of its beginnings are letters. */
const hasZlibHeader = ([a, b]: Uint8Array): boolean =>
  a === 0x78 && b !== undefined && [0x01, 0x5e, 0x9c, 0xda].includes(b)

const isCoded = (contentEncoding: string): boolean =>
  /(?:^|[\s,])(?:br|deflate|zstd|(?:x-)?(?:gzip|compress))(?:$|[\s,;])/i.test(contentEncoding)

/**
 * Reads a body: never throws, in time linear in at most 64 KiB of it. `Content-Encoding` counts only if the body is not
 * text, since fetch decodes a body and keeps the header.
 */
export const readDocument = (
  body: string | Uint8Array | undefined,
  contentEncoding = ""
): Document & { readonly text: string } => {
  if ((typeof body !== "string" && !isBytes(body)) || body.length === 0) return nothing("Empty")
  if (typeof body !== "string" && hasMagic(body)) return nothing("Compressed")
  const text = toText(body, maxLength)
  const first = text.startsWith("<") ? "<" : /\S/.exec(text)?.[0]
  const whole = body.length <= maxLength
  if (first === undefined) return nothing(whole ? "Empty" : "TooLarge", text)
  const { elements, kind } =
    first === "<" ? readXml(text) : first === "{" || first === "[" ? readJson(text) : nothing("Other")
  const isSuspect = (typeof body !== "string" && hasZlibHeader(body)) || isCoded(contentEncoding)
  if (kind === "Other" && isSuspect && isBinary(text)) return nothing("Compressed")
  return { kind: whole || kind === "Error" ? kind : "TooLarge", elements, text }
}
