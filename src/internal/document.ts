/**
 * What the body of an answer says, whatever it is written in.
 */
import { scan } from "./xml.js"

/** The elements of an error by name, as far as they came; the first one of a name counts, and empty ones do not. */
export type Elements = Map<string, string>

/** What a body turned out to be. */
export type Kind =
  | "Empty"
  | "Compressed"
  /** An error document, read to its end. */
  | "Error"
  /** An error document that breaks off or breaks the rules of XML. */
  | "CutError"
  /** No error document, within as much of the body as is looked at. */
  | "TooLarge"
  | "Other"

export interface Document {
  readonly kind: Kind
  readonly elements: Elements
}

/** As much of a text as is looked at, in UTF-16 units. */
export const maxLength = 65_536

const decodeUtf16 = (bytes: Uint8Array, littleEndian: boolean): string => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let out = ""
  for (let i = 2; i + 1 < bytes.length; i += 2) out += String.fromCharCode(view.getUint16(i, littleEndian))
  return out
}

/** UTF-16 where a byte order mark says so, else UTF-8; bytes that are neither become U+FFFD. */
export const toText = (body: string | Uint8Array, length: number): string => {
  if (typeof body === "string") return body.slice(body.charCodeAt(0) === 0xfeff ? 1 : 0, length)
  const bytes = body.subarray(0, length)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, true)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, false)
  return new TextDecoder().decode(bytes)
}

// Elements that may stand around <Error>; a DeleteResult is none of them, its errors are those of single keys
const envelopes = new Set(["ErrorResponse", "Response", "Errors"])

const isError = (name: string | undefined): boolean => name === "Error" || name === "error"

const readXml = (text: string): Document => {
  const elements: Elements = new Map()
  const error = { found: false, closed: false }
  const { outcome, root } = scan(text, (name, value, parents) => {
    const depth = parents.length
    const inError = depth > 0 && isError(parents[depth - 1])
    const around = inError ? depth - 1 : depth
    for (let i = 0; i < around; i++) if (!envelopes.has(parents[i] ?? "")) return
    if (inError) {
      error.found = true
      if (!error.closed && value !== undefined && value !== "" && !elements.has(name)) elements.set(name, value)
    } else if (isError(name)) {
      error.found = true
      error.closed = true
    } else if (
      (name === "RequestId" || name === "RequestID" || name === "HostId") &&
      value !== undefined &&
      value !== ""
    ) {
      const canonical = name === "RequestID" ? "RequestId" : name
      if (!elements.has(canonical)) elements.set(canonical, value)
    }
  })
  // One relay writes <code>; nothing else is taken in lower case, least of all <message>
  const code = elements.get("code")
  if (code !== undefined && !elements.has("Code")) {
    elements.delete("code")
    elements.set("Code", code)
  }
  if (outcome === "Complete") return { kind: error.found ? "Error" : "Other", elements }
  const isCut = error.found || (root !== undefined && (isError(root) || envelopes.has(root)))
  return { kind: isCut ? "CutError" : "Other", elements }
}
const names = {
  Code: ["code", "Code", "error_code", "errorCode"],
  Message: ["message", "Message", "error_msg", "error_message", "errorMessage"],
  RequestId: ["request_id", "requestId", "RequestId"],
  HostId: ["hostId", "host_id", "HostId"]
}

/** The members that came whole of JSON that does not come to its end. */
const membersOfCut = (text: string): object => {
  const members = new Map<string, unknown>()
  for (const [, name = "", value = ""] of text.matchAll(
    /"([^"\\]{1,64})"\s*:\s*("(?:[^"\\]|\\.)*"|\d{1,15}(?=[,\s}]))/g
  )) {
    if (members.has(name)) continue
    try {
      members.set(name, JSON.parse(value))
    } catch {
      // not a value of JSON after all
    }
  }
  return Object.fromEntries(members)
}

const membersOf = (value: unknown): Map<string, unknown> =>
  new Map(typeof value === "object" && value !== null ? Object.entries(value) : [])

const readJson = (text: string): Document => {
  const elements: Elements = new Map()
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch {
    root = membersOfCut(text)
  }
  const members = membersOf(root)
  const inner = membersOf(members.get("error"))
  const textOf = (value: unknown): string | undefined =>
    typeof value === "string" ? value.trim() || undefined : typeof value === "number" ? String(value) : undefined
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

const nothing = (kind: Kind, text = ""): Document & { readonly text: string } => ({ kind, elements: new Map(), text })

// Also those of another realm
const isBytes = (u: unknown): u is Uint8Array => ArrayBuffer.isView(u) && "subarray" in u

/** Reads a body: total, in time that is linear in at most 64 KiB of it. */
export const readDocument = (body: string | Uint8Array | undefined): Document & { readonly text: string } => {
  if ((typeof body !== "string" && !isBytes(body)) || body.length === 0) return nothing("Empty")
  if (typeof body !== "string" && body[0] === 0x1f && body[1] === 0x8b) return nothing("Compressed")
  const text = toText(body, maxLength)
  const first = text.startsWith("<") ? "<" : /\S/.exec(text)?.[0]
  const whole = body.length <= maxLength
  if (first === undefined) return nothing(whole ? "Empty" : "TooLarge", text)
  const { elements, kind } = first === "<" ? readXml(text) : first === "{" ? readJson(text) : nothing("Other")
  return { kind: whole || kind === "Error" ? kind : "TooLarge", elements, text }
}
