/**
 * A request as it arrived: nothing of it is written in another way than it was sent.
 */
import { bytesOf } from "../digest.js"

/** A parameter, as it was sent and as it is meant; bytes, since escapes need not be those of UTF-8. */
export interface Parameter {
  readonly name: string
  readonly value: string
  readonly nameBytes: Uint8Array
  readonly valueBytes: Uint8Array
}

export interface Arrived {
  readonly method: string
  readonly path: string
  readonly parameters: ReadonlyArray<Parameter>
  /** By name in lower case, without the blanks around them. */
  readonly headers: ReadonlyMap<string, string>
}

/** Where the bucket of a request is: in front of the endpoint, nowhere since the host is a domain of its own, or in the path. */
export type Place =
  | { readonly style: "virtualHosted"; readonly bucket: string }
  | { readonly style: "customDomain"; readonly bucket: string; readonly host: string }
  | { readonly style: "path" }

export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

const digitOf = (byte: number | undefined): number =>
  byte === undefined ? Number.NaN : Number.parseInt(String.fromCharCode(byte), 16)

const percent = 0x25
const plus = 0x2b

/** What the escapes of a text stand for; those that are none stay as they are. */
export const unescaped = (text: string, plusIsBlank = false): Uint8Array<ArrayBuffer> => {
  const bytes = bytesOf(text)
  let length = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    const value = byte === percent ? digitOf(bytes[i + 1]) * 16 + digitOf(bytes[i + 2]) : Number.NaN
    if (!Number.isNaN(value)) i += 2
    bytes[length++] = Number.isNaN(value) ? (byte === plus && plusIsBlank ? 0x20 : byte) : value
  }
  return bytes.slice(0, length)
}

const unreserved = /[\w.~-]/

/** Bytes with everything escaped that RFC 3986 does not name unreserved, and is not `kept`. */
export const escaped = (bytes: Uint8Array, kept = ""): string =>
  Array.from(bytes, (byte) => {
    const c = String.fromCharCode(byte)
    return byte < 0x80 && (unreserved.test(c) || kept.includes(c))
      ? c
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  }).join("")

const parametersOf = (search: string): ReadonlyArray<Parameter> =>
  search
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const end = pair.includes("=") ? pair.indexOf("=") : pair.length
      const [nameBytes, valueBytes] = [unescaped(pair.slice(0, end), true), unescaped(pair.slice(end + 1), true)]
      return { name: textOf(nameBytes), value: textOf(valueBytes), nameBytes, valueBytes }
    })

const bytesOfLatin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

/** Servers read the bytes of a header as Latin-1; whoever signs text signs its UTF-8. */
const headerOf = (value: string): string => {
  if (!/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return value
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytesOfLatin1(value))
  } catch {
    return value
  }
}

export const trimmed = (value: string): string => {
  let [start, end] = [0, value.length]
  const isBlank = (i: number) => value[i] === " " || value[i] === "\t"
  while (start < end && isBlank(start)) start++
  while (end > start && isBlank(end - 1)) end--
  return value.slice(start, end)
}

/** A request that was sent to a target: a path and parameters, or a whole address. */
export const arrived = (request: {
  readonly method: string
  readonly target: string
  readonly host: string
  readonly headers: { readonly [name: string]: string | undefined }
}): Arrived => {
  const { method } = request
  const target = request.target.replace(/^[a-z]{1,9}:\/\/[^/?#]*/i, "").replace(/#.*$/s, "")
  const end = target.includes("?") ? target.indexOf("?") : target.length
  const headers = new Map([["host", request.host]])
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name.toLowerCase(), trimmed(headerOf(value)))
  }
  return {
    method,
    path: target.slice(0, end) || "/",
    parameters: parametersOf(target.slice(end + 1)),
    headers
  }
}

/** The first parameter of a name. */
export const parameterOf = ({ parameters }: Pick<Arrived, "parameters">, name: string): string | undefined =>
  parameters.find((parameter) => parameter.name === name)?.value
