/**
 * A scanner for the small XML documents that the service answers with.
 *
 * One pass, no recursion, no DTD, no entities but the five of XML and numeric ones, and at most 32 open elements. It
 * never throws: where a document breaks off or breaks a rule, what came whole before has been seen.
 */

/** How the scan of a document ended. */
export type Outcome =
  /** The root element was closed; what comes after it is not looked at. */
  | "Complete"
  /** The text ended before the root element was closed. */
  | "Cut"
  /** The text is not XML, has a DTD, or nests too deeply. */
  | "Broken"

/**
 * Called at the end of each element with its name, its text, the names of the elements around it, the root first, and
 * the text with all its white space. Names come without prefix. The text is undefined for an element that has elements
 * in it; white space at its ends is left out unless it was written as a reference or in a CDATA section.
 */
export type Visit = (
  name: string,
  text: string | undefined,
  parents: ReadonlyArray<string>,
  whole: string | undefined
) => void

const maxDepth = 32

const maxReference = 13

const GT = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const QUOTE = 0x22
const APOSTROPHE = 0x27

const isSpace = (c: number): boolean => c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0d

const isNameStart = (c: number): boolean =>
  (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x5f || c === 0x3a || c >= 0x80

/** The position of the `>` that ends a tag, past quoted attribute values; -1 where there is none. */
const endOfTag = (input: string, from: number): number => {
  for (let i = from; i < input.length; i++) {
    const c = input.charCodeAt(i)
    if (c === GT) return i
    if (c === QUOTE || c === APOSTROPHE) {
      i = input.indexOf(c === QUOTE ? '"' : "'", i + 1)
      if (i === -1) return -1
    }
  }
  return -1
}

const endOfName = (input: string, from: number): number => {
  let i = from
  for (; i < input.length; i++) {
    const c = input.charCodeAt(i)
    if (c === GT || c === SLASH || isSpace(c)) break
  }
  return i
}

/** The position of the tag that ends an element, where it is the next tag and as plain as can be; else -1. */
const endOfLeaf = (input: string, from: number, tag: string): number => {
  const lt = input.indexOf("<", from)
  return input.charCodeAt(lt + 1) === SLASH &&
    input.charCodeAt(lt + 2 + tag.length) === GT &&
    input.startsWith(tag, lt + 2)
    ? lt
    : -1
}

const reference = (text: string): string => text.replace(/[\s\S]/g, (c) => `&#${String(c.charCodeAt(0))};`)

/**
 * Text as it is written between tags. A carriage return, which a reader takes for a line feed, and white space at the
 * ends, which this one trims, are references.
 */
export const escape = (text: string): string =>
  text
    .replace(/[&<>]/g, (c) => (c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;"))
    .replace(/\r|^[ \t\n]+|(?<![ \t\n])[ \t\n]+$/g, reference)

const noXml =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** U+FFFD for every character that no document can have, not even as a reference. */
export const xmlCharacters = (text: string): string => text.replace(noXml, "\ufffd")

const entities = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"]
])

const isXmlChar = (c: number): boolean =>
  c === 0x09 ||
  c === 0x0a ||
  c === 0x0d ||
  (c >= 0x20 && c <= 0xd7ff) ||
  (c >= 0xe000 && c <= 0xfffd) ||
  (c >= 0x10000 && c <= 0x10ffff)

/** What a reference stands for; undefined where it is none that XML knows without a DTD. */
const dereference = (name: string): string | undefined => {
  if (name.charCodeAt(0) !== 0x23) return entities.get(name)
  const hexadecimal = name.charCodeAt(1) === 0x78
  const digits = name.slice(hexadecimal ? 2 : 1)
  if (!(hexadecimal ? /^[0-9a-f]+$/i : /^[0-9]+$/).test(digits)) return undefined
  const codePoint = Number.parseInt(digits, hexadecimal ? 16 : 10)
  return isXmlChar(codePoint) ? String.fromCodePoint(codePoint) : "\ufffd"
}

/** The text of one element, put together from what stands between its tags. */
class Text {
  value = ""
  // What lies between these two came from references and CDATA sections and is never trimmed
  private firmFrom = Number.POSITIVE_INFINITY
  private firmTo = 0

  addLiteral(piece: string): void {
    let from = 0
    for (let amp = piece.indexOf("&"); amp !== -1; amp = piece.indexOf("&", amp + 1)) {
      // No further than the longest reference, or a text of ampersands would be searched to its end for each of them
      const length = piece.slice(amp, amp + maxReference).indexOf(";")
      const character = length === -1 ? undefined : dereference(piece.slice(amp + 1, amp + length))
      if (character === undefined) continue
      this.value += piece.slice(from, amp)
      this.addFirm(character)
      from = amp + length + 1
    }
    this.value += from === 0 ? piece : piece.slice(from)
  }

  addFirm(piece: string): void {
    this.firmFrom = Math.min(this.firmFrom, this.value.length)
    this.value += piece
    this.firmTo = this.value.length
  }

  trimmed(): string {
    return trim(this.value, this.firmFrom, this.firmTo)
  }
}

/** Takes the white space from the ends of a text, but nothing between two places. */
const trim = (text: string, firmFrom: number, firmTo: number): string => {
  let from = 0
  let to = text.length
  while (from < to && from < firmFrom && isSpace(text.charCodeAt(from))) from++
  while (to > from && to > firmTo && isSpace(text.charCodeAt(to - 1))) to--
  return to - from === text.length ? text : text.slice(from, to)
}

/** How a scan ended, and the name of the root element, where one was opened. */
export interface Scanned {
  readonly outcome: Outcome
  readonly root: string | undefined
}

/** Scans a document and calls `visit` for each element that came whole. */
export const scan = (document: string, visit: Visit): Scanned => {
  let root: string | undefined
  const outcome = scanWith(document, visit, (name) => {
    root = name
  })
  return { outcome, root }
}

const scanWith = (document: string, visit: Visit, onRoot: (name: string) => void): Outcome => {
  const input = document.includes("\r") ? document.replace(/\r\n?/g, "\n") : document
  // Looked for once, since most documents have neither
  const hasReferences = input.includes("&")
  const hasPrefixes = input.includes(":")
  // The open elements: their names without prefix, and as they are written
  const names: Array<string> = []
  const tags: Array<string> = []
  // The text of the innermost element, as long as no element was seen in it: most are one literal without a reference
  let text: Text | string | undefined
  let position = 0

  /** Ends the innermost element; true where it was the root. */
  const close = (): boolean => {
    tags.pop()
    const name = names.pop()
    if (name !== undefined) {
      if (typeof text === "string") visit(name, trim(text, text.length, 0), names, text)
      else visit(name, text?.trimmed(), names, text?.value)
    }
    text = undefined
    return tags.length === 0
  }

  /** The text so far, for more to be added. */
  const open = (so: Text | string): Text => {
    if (typeof so !== "string") return so
    const opened = new Text()
    opened.addLiteral(so)
    return opened
  }

  for (;;) {
    const lt = input.indexOf("<", position)
    if (lt === -1) return "Cut"
    if (text !== undefined && lt > position) {
      const piece = input.slice(position, lt)
      if (text === "" && !piece.includes("&")) {
        text = piece
      } else {
        text = open(text)
        text.addLiteral(piece)
      }
    }
    const c = input.charCodeAt(lt + 1)

    if (c === SLASH) {
      const tag = tags[tags.length - 1]
      if (tag === undefined) return "Broken"
      if (!input.startsWith(tag, lt + 2)) return lt + 2 + tag.length > input.length ? "Cut" : "Broken"
      let end = lt + 2 + tag.length
      while (isSpace(input.charCodeAt(end))) end++
      if (end >= input.length) return "Cut"
      if (input.charCodeAt(end) !== GT) return "Broken"
      if (close()) return "Complete"
      position = end + 1
    } else if (c === QUESTION) {
      const end = input.indexOf("?>", lt + 2)
      if (end === -1) return "Cut"
      position = end + 2
    } else if (c === BANG) {
      const comment = input.startsWith("--", lt + 2)
      if (!comment && !input.startsWith("[CDATA[", lt + 2)) {
        return "<![CDATA[".startsWith(input.slice(lt, lt + 9)) || input.length === lt + 3 ? "Cut" : "Broken"
      }
      const start = lt + (comment ? 4 : 9)
      const end = input.indexOf(comment ? "-->" : "]]>", start)
      if (end === -1) return "Cut"
      if (!comment && text !== undefined) {
        text = open(text)
        text.addFirm(input.slice(start, end))
      }
      position = end + 3
    } else {
      if (!isNameStart(c)) return lt + 1 >= input.length ? "Cut" : "Broken"
      const nameEnd = endOfName(input, lt + 1)
      const tag = input.slice(lt + 1, nameEnd)
      const name = hasPrefixes ? tag.slice(tag.lastIndexOf(":") + 1) : tag
      if (names.length === 0 && nameEnd < input.length) onRoot(name)
      const end = input.charCodeAt(nameEnd) === GT ? nameEnd : endOfTag(input, nameEnd)
      if (end === -1) return "Cut"
      if (names.length === maxDepth) return "Broken"
      // Most elements are a literal between two tags, which needs nothing to be remembered
      const next = endOfLeaf(input, end + 1, tag)
      if (next !== -1 && input.charCodeAt(end - 1) !== SLASH) {
        const piece = input.slice(end + 1, next)
        if (!hasReferences || !piece.includes("&")) {
          text = undefined
          visit(name, trim(piece, piece.length, 0), names, piece)
          if (names.length === 0) return "Complete"
          position = next + tag.length + 3
          continue
        }
      }
      names.push(name)
      tags.push(tag)
      text = ""
      if (input.charCodeAt(end - 1) === SLASH && close()) return "Complete"
      position = end + 1
    }
  }
}
