/**
 * The documents that are read and written.
 */
import { decodeKey } from "../wire/deleteResult.js"
import { escape, scan, xmlCharacters } from "../wire/xml.js"
import type { Asked, Dialect, Reply } from "./asked.js"
import { invalidArgument } from "./refusals.js"

/** An element with a text; nothing where there is none. */
export const element = (name: string, text: string | number | boolean | undefined): string =>
  text === undefined ? "" : `<${name}>${escape(xmlCharacters(String(text)))}</${name}>`

/** An element with others. */
export const container = (name: string, ...children: ReadonlyArray<string>): string =>
  `<${name}>${children.join("")}</${name}>`

const namespaces = {
  obs: "http://obs.example.com/doc/2015-06-30/",
  amz: "http://s3.amazonaws.com/doc/2006-03-01/"
} as const

const declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`

/** The text of a document. */
export const document = (dialect: Dialect, root: string, ...children: ReadonlyArray<string>): string =>
  `${declaration}<${root} xmlns="${namespaces[dialect]}">${children.join("")}</${root}>`

export const xml = (body: string, headers: Reply["headers"] = {}, status = 200): Reply => ({
  status,
  headers: { "content-type": "application/xml", ...headers },
  body
})

/** Answers with a document. */
export const answer = ({ dialect }: Pick<Asked, "dialect">, root: string, ...children: ReadonlyArray<string>): Reply =>
  xml(document(dialect, root, ...children))

// Years beyond what a date can be, which a clock of tests can reach
const maxTime = 8.64e15

const dateOf = (millis: number): Date => new Date(Math.max(-maxTime, Math.min(millis, maxTime)))

export const isoTime = (millis: number): string => dateOf(millis).toISOString()

export const httpTime = (millis: number): string => dateOf(millis).toUTCString()

/** The text of a body; undefined where its bytes are no text, or have characters that no document can have. */
export const textOf = (body: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body)
    return xmlCharacters(text) === text ? text : undefined
  } catch {
    return undefined
  }
}

/** The elements of a document in the order of their ends, by their paths below the root: `TagSet/Tag/Key`. */
export type Elements = ReadonlyArray<{ readonly path: string; readonly text: string | undefined }>

/**
 * Reads a document whose root is one of some names; undefined where it is none. `whole` are the names of elements whose white
 * space is a part of them.
 */
export const read = (
  body: Uint8Array,
  roots: ReadonlyArray<string>,
  whole: ReadonlyArray<string> = []
): Elements | undefined => {
  const elements: Array<{ readonly path: string; readonly text: string | undefined }> = []
  const { outcome, root } = scan(textOf(body) ?? "", (name, text, parents, untrimmed) => {
    elements.push({ path: [...parents.slice(1), name].join("/"), text: whole.includes(name) ? untrimmed : text })
  })
  return outcome === "Complete" && root !== undefined && roots.includes(root) ? elements.slice(0, -1) : undefined
}

/** The text of the first element of a path. */
export const first = (elements: Elements, path: string): string | undefined =>
  elements.find((element) => element.path === path)?.text

/** The groups of an element that is there several times, each as the texts of what it has. */
export const groups = (elements: Elements, path: string): ReadonlyArray<ReadonlyMap<string, string>> => {
  const found: Array<ReadonlyMap<string, string>> = []
  let group = new Map<string, string>()
  for (const { path: at, text } of elements) {
    if (at === path) {
      found.push(group)
      group = new Map()
    } else if (at.startsWith(`${path}/`) && text !== undefined) group.set(at.slice(path.length + 1), text)
  }
  return found
}

/** How the keys of an answer are written: as they are, or encoded where the request asks for that. */
export interface Encoding {
  readonly isUrl: boolean
  readonly write: (name: string, key: string) => string
  /** Says how they are written. */
  readonly note: string
  readonly read: (key: string) => string
}

export const plain: Encoding = { isUrl: false, write: element, note: "", read: (key) => key }

export const urlEncoded: Encoding = {
  isUrl: true,
  write: (name, key) => element(name, encodeURIComponent(key).replaceAll("%2F", "/")),
  note: element("EncodingType", "url"),
  read: decodeKey
}

/** The encoding that a request asks for. */
export const encodingOf = ({ query }: Pick<Asked, "query">) => {
  const asked = query.get("encoding-type") ?? ""
  return asked === "" ? plain : asked === "url" ? urlEncoded : invalidArgument("encoding-type", asked)
}
