/**
 * The documents of calls: elements that are read from a result, and written into a request.
 */
import * as HttpBody from "#http/HttpBody"
import { bytesOf, md5Base64 } from "../digest.js"
import { own } from "../text.js"
import { toText } from "../wire/document.js"
import { escape, scan, xmlCharacters } from "../wire/xml.js"
import type { CallRequest } from "./call.js"

/** An element of a document. */
export class Element {
  readonly name: string
  /** Its text, with all white space; empty where it has elements. */
  readonly text: string
  readonly children: ReadonlyArray<Element>

  constructor(name: string, text: string, children: ReadonlyArray<Element>) {
    this.name = name
    this.text = text
    this.children = children
  }

  /** The elements of a name. */
  all(name: string): ReadonlyArray<Element> {
    return this.children.filter((child) => child.name === name)
  }

  /** The first element of a name. */
  first(name: string): Element | undefined {
    return this.children.find((child) => child.name === name)
  }

  /** The text of the first element of a name; undefined where it is empty. */
  textOf(name: string): string | undefined {
    return this.first(name)?.text || undefined
  }
}

/** The root of a complete document with such a name; `Cut` where its end is missing, undefined of any other. */
export const readDocument = (bytes: Uint8Array, isRoot: (name: string) => boolean): Element | "Cut" | undefined => {
  // The elements that are complete, by the depth of their parents
  const complete: Array<Array<Element>> = []
  let root: Element | undefined
  const scanned = scan(toText(bytes, bytes.length), (name, text, parents, whole) => {
    const depth = parents.length
    const element = new Element(own(name), own(whole ?? text ?? ""), complete[depth + 1] ?? [])
    complete.length = depth + 1
    if (depth === 0) root = element
    else (complete[depth] ??= []).push(element)
  })
  if (scanned.root === undefined || !isRoot(scanned.root)) return undefined
  return scanned.outcome === "Cut" ? "Cut" : scanned.outcome === "Complete" ? root : undefined
}

/** What an element contains: a text, elements by name, or several of one name. */
export type Content = string | number | boolean | undefined | ReadonlyArray<Contents> | Contents

/** Elements by name, in their order; those that are undefined are left out. */
export interface Contents {
  readonly [name: string]: Content
}

const isList = (content: Content): content is ReadonlyArray<Contents> => Array.isArray(content)

/** Writes an element. */
export const write = (name: string, content: Content): string => {
  if (content === undefined) return ""
  if (isList(content)) return content.map((item) => write(name, item)).join("")
  const inner =
    typeof content === "object"
      ? Object.entries(content)
          .map(([name, content]) => write(name, content))
          .join("")
      : escape(String(content))
  return `<${name}>${inner}</${name}>`
}

/** The body of a request that is a document, and its digest, where the service wants that. */
export const documentBody = (document: string): Required<Pick<CallRequest, "body" | "headers">> => {
  const bytes = bytesOf(document)
  return { body: HttpBody.uint8Array(bytes, "application/xml"), headers: { "content-md5": md5Base64(bytes) } }
}

/** Whether a document can have a text: it has no control characters and no half characters. */
export const isWritable = (text: string): boolean => xmlCharacters(text) === text
