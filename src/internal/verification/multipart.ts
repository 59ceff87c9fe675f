/**
 * Forms as browsers send them: `multipart/form-data`.
 */
import { bytesOf } from "../digest.js"
import { textOf } from "./arrived.js"

export interface Form {
  /** The fields in front of the file, by their names in lower case; of those that are there twice the first. */
  readonly fields: ReadonlyMap<string, string>
  readonly file: Uint8Array
  readonly filename: string
}

// RFC 2046 allows no longer one
const boundaryOf = (type: string): string | undefined => {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? []
  return quoted ?? plain
}

export const isForm = (type: string | undefined): boolean => /^multipart\/form-data(?:;|$)/i.test(type ?? "")

const indexOf = (bytes: Uint8Array, wanted: Uint8Array, from: number): number => {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at
  }
  return -1
}

interface Part {
  readonly name: string
  readonly filename: string | undefined
  readonly content: Uint8Array
}

const headEnd = /*#__PURE__*/ bytesOf("\r\n\r\n")

const maxHead = 8192

const partOf = (bytes: Uint8Array): Part | undefined => {
  const end = indexOf(bytes.subarray(0, maxHead), headEnd, 0)
  const disposition = textOf(bytes.subarray(0, Math.max(end, 0)))
    .split("\r\n")
    .find((line) => /^content-disposition:/i.test(line))
  const name = /;\s*name="([^"]*)"/i.exec(disposition ?? "")?.[1]
  if (end === -1 || name === undefined) return undefined
  const filename = /;\s*filename="([^"]*)"/i.exec(disposition ?? "")?.[1]
  return { name, filename, content: bytes.subarray(end + headEnd.length) }
}

/** The parts of a form; undefined where it is none. What follows the file does not count. */
export const formOf = (type: string | undefined, body: Uint8Array): Form | "NoFile" | undefined => {
  const boundary = boundaryOf(type ?? "")
  if (boundary === undefined) return undefined
  const delimiter = bytesOf(`\r\n--${boundary}`)
  const fields = new Map<string, string>()
  const opening = delimiter.subarray(2)
  if (!opening.every((byte, i) => body[i] === byte)) return undefined
  for (let start = opening.length; ;) {
    if (body[start] === 0x2d && body[start + 1] === 0x2d) return "NoFile"
    const end = indexOf(body, delimiter, start)
    const part = end === -1 ? undefined : partOf(body.subarray(start + 2, end))
    if (part === undefined) return undefined
    const { content, filename, name } = part
    const lower = name.toLowerCase()
    if (lower === "file") return { fields, file: content, filename: filename ?? "" }
    if (!fields.has(lower)) fields.set(lower, textOf(content))
    start = end + delimiter.length
  }
}

/** The key of a form, with the name of the file where it asks for that. */
export const keyOf = ({ fields, filename }: Form): string =>
  (fields.get("key") ?? "").replaceAll("${filename}", () => filename)
