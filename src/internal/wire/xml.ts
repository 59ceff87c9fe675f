/**
 * A scanner for the small XML documents that the service answers with.
 *
 * One pass, no recursion, no entities but the five of XML and numeric ones, and at most 32 open elements. A DTD is passed
 * over. It never throws: where a document breaks off, what came whole before has been seen; where it breaks a rule, it is
 * read on.
 *
 * What is no markup, such as a `<` before a blank, is text. A tag that closes an element further out ends those that were
 * left open in it. Only an element that is certainly not around what follows is taken out of it: one that HTML never
 * closes, such as `<br>`, and one that was closed by a wrong name, if its own end does not come after all. Any other
 * element that is left open keeps what came in it, since nothing says where it ended.
 */

/** How the scan of a document ended. */
export type Outcome =
  /** The root element was closed and nothing is wrong in it; what comes after it is not looked at. */
  | "Complete"
  /** The text ended before the root element was closed. */
  | "Cut"
  /** The text breaks a rule of XML, nests too deeply, or has a root that is not wanted. */
  | "Broken"

/**
 * Called at the end of each element with its name, its text, the names of the elements around it, the root first, and
 * the text with all its white space. Names come without prefix. The text is undefined for an element that has elements
 * in it; white space at its ends is left out unless it was written as a reference or in a CDATA section. The text with
 * all its white space is undefined, too, where something in it breaks a rule: a bare `<`, or an entity that is not known.
 */
export type Visit = (
  name: string,
  text: string | undefined,
  parents: ReadonlyArray<string>,
  whole: string | undefined
) => void

/** What a scan looks for, which matters where a document breaks a rule. */
export interface Aim {
  /** Called with each root, of which there are several only after a broken one; false ends the scan. */
  readonly enter: (root: string) => boolean
  /** Whether an element of this name is around what follows, even where HTML or a tag with a wrong name says otherwise. */
  readonly holds: (name: string) => boolean
}

const maxDepth = 32

// What HTML never closes
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

/** The position of the `>` that ends a tag, past quoted attribute values; -1 where a `<` or the end comes before it. */
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

/** What a declaration ends with: quoted texts, comments, instructions and an internal subset may have any `>` in them. */
const declarationPart = /"|'|<!--|<\?|[[\]>]/g

const closings = new Map([
  ['"', '"'],
  ["'", "'"],
  ["<!--", "-->"],
  ["<?", "?>"]
])

/** The position of the `>` that ends a declaration such as a DOCTYPE, of which nothing is read; -1 where there is none. */
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

/** The position of the tag that ends an element, where it is the next tag and as plain as can be; else -1. */
const endOfLeaf = (input: string, from: number, tag: string): number => {
  const lt = input.indexOf("<", from)
  return input.charCodeAt(lt + 1) === SLASH &&
    input.charCodeAt(lt + 2 + tag.length) === GT &&
    input.startsWith(tag, lt + 2)
    ? lt
    : -1
}

/** How deep the innermost element is that a name closes, as it is written between two positions; -1 where none is. */
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

// A reference to an entity, however long its name is
const entity = /&[^\s&;]{1,256};/y

/** The text of one element, put together from what stands between its tags. */
class Text {
  value = ""
  /** Whether something in it breaks a rule. */
  isBroken = false
  // What lies between these two came from references and CDATA sections and is never trimmed
  private firmFrom = Number.POSITIVE_INFINITY
  private firmTo = 0

  addLiteral(piece: string): void {
    let from = 0
    for (let amp = piece.indexOf("&"); amp !== -1; amp = piece.indexOf("&", amp + 1)) {
      // No further than the longest reference, or a text of ampersands would be searched to its end for each of them
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

/** Takes the white space from the ends of a text, but nothing between two places. */
const trim = (text: string, firmFrom: number, firmTo: number): string => {
  let from = 0
  let to = text.length
  while (from < to && from < firmFrom && isSpace(text.charCodeAt(from))) from++
  while (to > from && to > firmTo && isSpace(text.charCodeAt(to - 1))) to--
  return to - from === text.length ? text : text.slice(from, to)
}

/** How a scan ended, and the name of the root element, where one was opened; of the last, where there are several. */
export interface Scanned {
  readonly outcome: Outcome
  readonly root: string | undefined
}

/** An aim that has no use for what is broken. */
const anywhere: Aim = { enter: () => true, holds: () => true }

/** Scans a document and calls `visit` for each element that came whole. */
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

/** Holds back what is seen in an element of which it is not known yet whether it is around it. */
class Doubts {
  /** `visit`, or what holds its calls back. */
  report: Visit
  private readonly visit: Visit
  private held: Array<[name: string, text: string | undefined, parents: Array<string>, whole: string | undefined]> = []
  // The elements in doubt, the innermost last: how deep each of them is, and how much was held when the doubt began
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

  /** The element so deep has ended: where it was closed it is around what was held since, else it is not. */
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
   * Nothing comes any more. The right end of an element may have been cut off with that of an element around it, so only
   * what is as doubtful from the root on is taken for closed by its wrong name.
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
  // Looked for once, since most documents have neither
  const hasReferences = input.includes("&")
  const hasPrefixes = input.includes(":")
  // The open elements: their names without prefix, and as they are written
  const names: Array<string> = []
  const tags: Array<string> = []
  // The text of the innermost element, as long as no element was seen in it: most are one literal without a reference
  let text: Text | string | undefined
  let position = 0
  let isBroken = false
  let hasRoot = false

  /** Ends the innermost element; true where it was the root of a document without a fault. */
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

  /** Ends the elements that were left open in the one so deep. */
  const leave = (depth: number): void => {
    while (names.length > depth) {
      tags.pop()
      names.pop()
      doubts.end(names.length, false)
      text = undefined
    }
  }

  /** Takes a `<` for text, since it begins no markup, or none that comes to its end. */
  const literal = (lt: number, isCut: boolean): void => {
    isBroken ||= !isCut || input.includes("<", lt + 1)
    if (text !== undefined) {
      text = open(text)
      text.isBroken = true
      text.addLiteral("<")
    }
    position = lt + 1
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
      // Most elements are a literal between two tags, which needs nothing to be remembered
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
