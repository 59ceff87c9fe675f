/**
 * A scanner for the small XML documents that the service sends.
 *
 * One pass, no recursion, only the five entities of XML and numeric ones, at most 32 open elements; a DTD is skipped.
 * It never throws. If a document is cut, the complete elements have been reported; if it breaks a rule, the scan
 * continues.
 *
 * Anything that is not markup, such as a `<` before a blank, is text. A closing tag also closes the elements left open
 * inside its element. An element is removed from the parents of what follows only if it certainly does not contain it:
 * one that HTML never closes, such as `<br>`, or one closed by a wrong name whose own end does not follow. Any other
 * element left open keeps its content, since nothing says where it ended.
 */

/** How the scan of a document ended. */
export type Outcome =
  /** The root element was closed without a fault; the rest is not read. */
  | "Complete"
  /** The text ended before the root element was closed. */
  | "Cut"
  /** The text breaks a rule of XML, nests too deeply, or has an unwanted root. */
  | "Broken"

/**
 * Called at the end of each element with its name, its text, the names of its parents (the root first), and its text
 * with all white space. Names have no prefix. The text is undefined if the element contains elements; it is trimmed,
 * except for white space written as a reference or in a CDATA section. The text with all white space is also undefined
 * if it breaks a rule: a bare `<`, or an unknown entity.
 */
export type Visit = (
  name: string,
  text: string | undefined,
  parents: ReadonlyArray<string>,
  whole: string | undefined
) => void

/** What a scan looks for; matters only if a document breaks a rule. */
export interface Aim {
  /** Called with each root; a broken one can be followed by others. False ends the scan. */
  readonly enter: (root: string) => boolean
  /**
   * Whether an element with this name contains what follows, even if HTML or a wrong closing tag suggests otherwise.
   */
  readonly holds: (name: string) => boolean
}

const maxDepth = 32

// Elements that HTML never closes
const voids = new Set(["br", "hr", "img", "input", "link", "meta", "wbr"])

const maxReference = 13

const LT = 0x3c
const GT = 0x3e
const SLASH = 0x2f
const BANG = 0x21
const QUESTION = 0x3f
const QUOTE = 0x22
const APOSTROPHE = 0x27

const isSpace = (c: number): boolean => c === 0x20 || c === 0x0a || c === 0x09 || c === 0x0d

const isNameStart = (c: number): boolean =>
  (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || c === 0x5f || c === 0x3a || c >= 0x80

/** The position of the `>` that ends a tag, skipping quoted attribute values; -1 if a `<` or the end comes first. */
const endOfTag = (input: string, from: number): number => {
  for (let i = from; i < input.length; i++) {
    const c = input.charCodeAt(i)
    if (c === GT) return i
    if (c === LT) return -1
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
    if (c === GT || c === SLASH || c === LT || isSpace(c)) break
  }
  return i
}

/** The parts of a declaration: quoted texts, comments, instructions and an internal subset may contain any `>`. */
const declarationPart = /"|'|<!--|<\?|[[\]>]/g

const closings = new Map([
  ['"', '"'],
  ["'", "'"],
  ["<!--", "-->"],
  ["<?", "?>"]
])

/** The position of the `>` that ends a declaration such as a DOCTYPE, whose content is ignored; -1 if there is none. */
const endOfDeclaration = (input: string, from: number): number => {
  declarationPart.lastIndex = from
  let depth = 0
  for (let part = declarationPart.exec(input); part !== null; part = declarationPart.exec(input)) {
    const [token] = part
    const closing = closings.get(token)
    if (closing !== undefined) {
      const end = input.indexOf(closing, declarationPart.lastIndex)
      if (end === -1) return -1
      declarationPart.lastIndex = end + closing.length
    } else if (token === "[") depth++
    else if (token === "]") depth--
    else if (depth <= 0) return part.index
  }
  return -1
}

/** The position of the closing tag of an element, if it is the next tag and has no white space; else -1. */
const endOfLeaf = (input: string, from: number, tag: string): number => {
  const lt = input.indexOf("<", from)
  return input.charCodeAt(lt + 1) === SLASH &&
    input.charCodeAt(lt + 2 + tag.length) === GT &&
    input.startsWith(tag, lt + 2)
    ? lt
    : -1
}

/**
 * The depth of the innermost element that a closing name, written between two positions, closes; -1 if there is none.
 */
const depthOf = (tags: ReadonlyArray<string>, input: string, from: number, to: number): number => {
  let depth = tags.length - 1
  while (depth >= 0) {
    const tag = tags[depth]
    if (tag?.length === to - from && input.startsWith(tag, from)) break
    depth--
  }
  return depth
}

const reference = (text: string): string => text.replace(/[\s\S]/g, (c) => `&#${String(c.charCodeAt(0))};`)

/**
 * Escapes text for use between tags. Carriage returns, which readers turn into line feeds, and white space at the ends,
 * which this scanner trims, become references.
 */
export const escape = (text: string): string =>
  text
    .replace(/[&<>]/g, (c) => (c === "&" ? "&amp;" : c === "<" ? "&lt;" : "&gt;"))
    .replace(/\r|^[ \t\n]+|(?<![ \t\n])[ \t\n]+$/g, reference)

const noXml =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Replaces every character that XML cannot express, not even as a reference, with U+FFFD. */
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

/** Resolves a reference; undefined if XML does not know it without a DTD. */
const dereference = (name: string): string | undefined => {
  if (name.charCodeAt(0) !== 0x23) return entities.get(name)
  const hexadecimal = name.charCodeAt(1) === 0x78
  const digits = name.slice(hexadecimal ? 2 : 1)
  if (!(hexadecimal ? /^[0-9a-f]+$/i : /^[0-9]+$/).test(digits)) return undefined
  const codePoint = Number.parseInt(digits, hexadecimal ? 16 : 10)
  return isXmlChar(codePoint) ? String.fromCodePoint(codePoint) : "\ufffd"
}

// A reference to an entity, up to a length far beyond any real name
const entity = /&[^\s&;]{1,256};/y

/** The text of one element, assembled from the pieces between its tags. */
class Text {
  value = ""
  /** Whether a piece breaks a rule. */
  isBroken = false
  // Text between these two positions came from references and CDATA sections and is never trimmed
  private firmFrom = Number.POSITIVE_INFINITY
  private firmTo = 0

  addLiteral(piece: string): void {
    let from = 0
    for (let amp = piece.indexOf("&"); amp !== -1; amp = piece.indexOf("&", amp + 1)) {
      // Limited to the longest reference, or a text of ampersands would take quadratic time
      const length = piece.slice(amp, amp + maxReference).indexOf(";")
      const character = length === -1 ? undefined : dereference(piece.slice(amp + 1, amp + length))
      if (character === undefined) {
        entity.lastIndex = amp
        this.isBroken ||= entity.test(piece)
        continue
      }
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

/** Trims a text, except between two positions. */
const trim = (text: string, firmFrom: number, firmTo: number): string => {
  let from = 0
  let to = text.length
  while (from < to && from < firmFrom && isSpace(text.charCodeAt(from))) from++
  while (to > from && to > firmTo && isSpace(text.charCodeAt(to - 1))) to--
  return to - from === text.length ? text : text.slice(from, to)
}

/** How a scan ended, and the name of the root element, if one was opened; of the last root, if there are several. */
export interface Scanned {
  readonly outcome: Outcome
  readonly root: string | undefined
}

/** An aim that accepts everything. */
const anywhere: Aim = { enter: () => true, holds: () => true }

/** Scans a document and calls `visit` for each complete element. */
export const scan = (document: string, visit: Visit, { enter, holds }: Aim = anywhere): Scanned => {
  let root: string | undefined
  const doubts = new Doubts(visit)
  const outcome = scanWith(document, doubts, {
    holds,
    enter: (name) => {
      root = name
      return enter(name)
    }
  })
  doubts.settle()
  return { outcome, root }
}

/** Holds back the calls of elements inside one that may not be their parent. */
class Doubts {
  /** `visit`, or a function that holds its calls back. */
  report: Visit
  private readonly visit: Visit
  private held: Array<[name: string, text: string | undefined, parents: Array<string>, whole: string | undefined]> = []
  // The elements in doubt, the innermost last: their depth, and how many calls were held when the doubt began
  private readonly open: Array<{ readonly depth: number; readonly from: number; readonly isVoid: boolean }> = []

  constructor(visit: Visit) {
    this.visit = visit
    this.report = visit
  }

  begin(depth: number, isVoid: boolean): void {
    if (this.open.at(-1)?.depth === depth) return
    this.open.push({ depth, from: this.held.length, isVoid })
    this.report = (name, text, parents, whole) => {
      this.held.push([name, text, [...parents], whole])
    }
  }

  /** Ends the element at a depth. If it was closed, it is a parent of the calls held since; otherwise it is not. */
  end(depth: number, isClosed: boolean): void {
    const doubt = this.open.at(-1)
    if (doubt?.depth !== depth) return
    this.open.pop()
    if (!isClosed) for (const [, , parents] of this.held.slice(doubt.from)) parents.splice(depth, 1)
    if (this.open.length > 0) return
    for (const call of this.held) this.visit(...call)
    this.held = []
    this.report = this.visit
  }

  /**
   * Settles the remaining doubts at the end of the text. A cut may have removed the right closing tag of an element
   * together with its parent's, so only elements that are in doubt from the root on count as closed by a wrong name.
   */
  settle(): void {
    for (let doubt = this.open.at(-1); doubt !== undefined; doubt = this.open.at(-1)) {
      const isRooted = doubt.depth === this.open.length - 1
      this.end(doubt.depth, !doubt.isVoid && !isRooted)
    }
  }
}

const scanWith = (document: string, doubts: Doubts, { enter, holds }: Aim): Outcome => {
  const input = document.includes("\r") ? document.replace(/\r\n?/g, "\n") : document
  // Checked once, since most documents have neither
  const hasReferences = input.includes("&")
  const hasPrefixes = input.includes(":")
  // The open elements: their names without prefix, and as written
  const names: Array<string> = []
  const tags: Array<string> = []
  // The text of the innermost element until a child is seen. Usually a single literal without references
  let text: Text | string | undefined
  let position = 0
  let isBroken = false
  let hasRoot = false

  /** Ends the innermost element; true if it was the root of a faultless document. */
  const close = (): boolean => {
    tags.pop()
    const name = names.pop()
    if (name !== undefined) {
      doubts.end(names.length, true)
      if (typeof text === "string") doubts.report(name, trim(text, text.length, 0), names, text)
      else doubts.report(name, text?.trimmed(), names, text?.isBroken === false ? text.value : undefined)
    }
    text = undefined
    return tags.length === 0 && !isBroken
  }

  /** Ends the elements left open inside the one at a depth. */
  const leave = (depth: number): void => {
    while (names.length > depth) {
      tags.pop()
      names.pop()
      doubts.end(names.length, false)
      text = undefined
    }
  }

  /** Treats a `<` as text, since it begins no markup or incomplete markup. */
  const literal = (lt: number, isCut: boolean): void => {
    isBroken ||= !isCut || input.includes("<", lt + 1)
    if (text !== undefined) {
      text = open(text)
      text.isBroken = true
      text.addLiteral("<")
    }
    position = lt + 1
  }

  /** The text so far, ready to be extended. */
  const open = (so: Text | string): Text => {
    if (typeof so !== "string") return so
    const opened = new Text()
    opened.addLiteral(so)
    return opened
  }

  for (;;) {
    const lt = input.indexOf("<", position)
    if (lt === -1) return isBroken ? "Broken" : "Cut"
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
      const end = endOfName(input, lt + 2)
      let gt = end
      while (isSpace(input.charCodeAt(gt))) gt++
      const depth = input.charCodeAt(gt) === GT ? depthOf(tags, input, lt + 2, end) : -1
      if (depth === -1) {
        const innermost = names[names.length - 1]
        if (innermost !== undefined && isNameStart(input.charCodeAt(lt + 2)) && !holds(innermost)) {
          doubts.begin(names.length - 1, false)
        }
        literal(lt, gt >= input.length)
        continue
      }
      if (depth < names.length - 1) {
        isBroken = true
        leave(depth + 1)
      }
      if (close()) return "Complete"
      position = gt + 1
    } else if (c === QUESTION) {
      const end = input.indexOf("?>", lt + 2)
      if (end === -1) return "Cut"
      position = end + 2
    } else if (c === BANG) {
      const comment = input.startsWith("--", lt + 2)
      if (!comment && !input.startsWith("[CDATA[", lt + 2)) {
        if (!isNameStart(input.charCodeAt(lt + 2))) {
          literal(lt, "<![CDATA[".startsWith(input.slice(lt)) || input.length === lt + 3)
          continue
        }
        const end = endOfDeclaration(input, lt + 2)
        if (end === -1) return "Cut"
        if (hasRoot) isBroken = true
        if (text !== undefined) {
          text = open(text)
          text.isBroken = true
        }
        position = end + 1
        continue
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
      const nameEnd = isNameStart(c) ? endOfName(input, lt + 1) : lt
      const tag = input.slice(lt + 1, nameEnd)
      const name = hasPrefixes ? tag.slice(tag.lastIndexOf(":") + 1) : tag
      if (names.length === 0 && nameEnd > lt && nameEnd < input.length && !enter(name)) return "Broken"
      const end = input.charCodeAt(nameEnd) === GT ? nameEnd : endOfTag(input, nameEnd)
      if (end === -1) {
        literal(lt, nameEnd > lt || nameEnd + 1 === input.length)
        continue
      }
      hasRoot = true
      if (names.length === maxDepth) return "Broken"
      // Fast path: most elements are a literal between two tags
      const next = endOfLeaf(input, end + 1, tag)
      if (next !== -1 && input.charCodeAt(end - 1) !== SLASH) {
        const piece = input.slice(end + 1, next)
        if (!hasReferences || !piece.includes("&")) {
          text = undefined
          doubts.report(name, trim(piece, piece.length, 0), names, piece)
          if (names.length === 0 && !isBroken) return "Complete"
          position = next + tag.length + 3
          continue
        }
      }
      names.push(name)
      tags.push(tag)
      text = ""
      if (input.charCodeAt(end - 1) === SLASH) {
        if (close()) return "Complete"
      } else if (!holds(name) && voids.has(name.toLowerCase())) {
        doubts.begin(names.length - 1, true)
      }
      position = end + 1
    }
  }
}
