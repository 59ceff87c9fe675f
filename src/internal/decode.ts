/**
 * From the parts of an answer to a failure.
 */
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as ObsError from "../ObsError.js"
import * as Details from "./details.js"
import type { Document, Elements } from "./document.js"
import { readDocument } from "./document.js"
import { byTag, fieldsOf, membersOf } from "./errorClass.js"
import type { HeaderFacts, HeadersInput } from "./headers.js"
import { readHeaders } from "./headers.js"
import { emptyRecord } from "./record.js"
import { beforeSecrets, isSecretName, printable, shorten, without, withoutSecrets } from "./text.js"

/** Why the reading of a body ended before the body did. */
export type Ending = "TooLarge" | "TimedOut" | "ConnectionLost" | "Unreadable"

/** An answer as far as it was received. */
export interface Received {
  readonly status: number
  readonly headers: HeadersInput
  readonly body: string | Uint8Array | undefined
  readonly ending: Ending | undefined
}

const maxExcerptLength = 200

/** The beginning of a text, fit to be shown; undefined where it is hardly text. */
const excerptOf = (text: string): string | undefined => {
  const start = text.slice(0, 4096)
  const excerpt = shorten(printable(beforeSecrets(start)).replace(/\s+/g, " ").trim(), maxExcerptLength)
  const lost = excerpt.split("\ufffd").length - 1
  return excerpt === "" || lost * 4 > excerpt.length ? undefined : excerpt
}

const mediaTypeOf = (contentType: string | undefined): string | undefined =>
  contentType === undefined
    ? undefined
    : shorten(printable(contentType.split(";", 1).join("").trim().toLowerCase()), 100)

const reasonOf = (status: number, kind: Document["kind"], ending: Ending | undefined): ObsError.Reason => {
  if (status === 0 && kind === "Empty" && ending === undefined) return "OpaqueRedirect"
  if (ending !== undefined) return ending
  switch (kind) {
    case "Empty":
      return "EmptyBody"
    case "Compressed":
      return "Compressed"
    case "Error":
      return "NoCode"
    case "CutError":
      return "Malformed"
    case "TooLarge":
      return "TooLarge"
    case "Other":
      return "NotAnErrorDocument"
  }
}

/** Adds the elements of the headers. The body's count; where the headers say something else, both are kept. */
const addTo = (elements: Elements, headers: HeaderFacts): void => {
  for (const [name, value] of headers.elements) {
    const own = elements.get(name)
    if (own === undefined) elements.set(name, value)
    else if (own !== value) elements.set(`Header${name}`, value)
  }
}

const take = (elements: Elements, name: string): string | undefined => {
  const value = elements.get(name)
  elements.delete(name)
  return value
}

/** The secrets of an answer, and its elements without them. */
const withhold = (elements: Elements): Secrets | undefined => {
  const secrets = emptyRecord<Redacted.Redacted>()
  const known: Array<string> = []
  const hide = (name: string, value: string): void => {
    known.push(value)
    secrets[name] = Redacted.make(value)
    elements.delete(name)
  }
  let secretArgument = false
  for (const [name, value] of elements) {
    if (name.length >= 12 && /argumentname$/i.test(name) && isSecretName(value)) secretArgument = true
    if (isSecretName(name)) hide(name, value)
  }
  if (secretArgument) {
    for (const [name, value] of elements) if (/argumentvalue$/i.test(name) && value !== "null") hide(name, value)
  }
  const withoutKnown = known.length === 0 ? undefined : without(known)
  for (const [name, value] of elements) {
    // A key is what the caller named it, whatever it looks like
    if (name === "Key") continue
    const cleaned = withoutSecrets(value)
    const open = withoutKnown === undefined ? cleaned : withoutKnown(cleaned)
    if (open === value) continue
    secrets[name] = Redacted.make(value)
    elements.set(name, open)
  }
  return Object.keys(secrets).length > 0 ? secrets : undefined
}

interface Secrets {
  [name: string]: Redacted.Redacted
}

/** How the fields of a class are read: from which element, and how. */
type Reader = readonly [name: string, element: string, parse: (text: string) => Option.Option<unknown>]

const readers = new WeakMap<object, ReadonlyArray<Reader>>()

const readersOf = (klass: object): ReadonlyArray<Reader> => {
  let found = readers.get(klass)
  if (found === undefined) {
    found = Object.entries(fieldsOf(klass)).flatMap(([name, field]) =>
      field._tag === "Secret" ? [] : field.elements(name).map((element): Reader => [name, element, field.parse])
    )
    readers.set(klass, found)
  }
  return found
}

/** The parts of an answer that every failure has, and the typed fields of the class it belongs to. */
const propsOf = (
  status: number,
  headers: HeaderFacts,
  elements: Elements,
  secrets: Secrets | undefined,
  klass: object | undefined
) => {
  const ownId = take(elements, "RequestId")
  const requestId = headers.requestId ?? ownId
  if (ownId !== undefined && ownId !== requestId) elements.set("RequestId", ownId)

  // The server's clock, where it matters and the body does not tell it
  if (klass === ObsError.RequestTimeTooSkewed && headers.date !== undefined && !elements.has("ServerTime")) {
    elements.set("ServerTime", headers.date)
  }

  const values: Record<string, unknown> = {}
  if (klass !== undefined) {
    for (const [name, element, parse] of readersOf(klass)) {
      const text = elements.get(element)
      const parsed = text === undefined ? Option.none() : parse(text)
      if (Option.isSome(parsed)) {
        values[name] = parsed.value
        elements.delete(element)
      }
    }
  }
  return {
    message: take(elements, "Message"),
    hostId: take(elements, "HostId"),
    resource: take(elements, "Resource"),
    ...values,
    status,
    requestId,
    id2: headers.id2,
    indicator: headers.indicator,
    deleteMarker: headers.deleteMarker,
    details: elements.size === 0 ? Details.empty : Details.make(elements),
    secrets
  }
}

const oefClasses = byTag(membersOf(ObsError.OefError))

/** What an answer says, in its headers and its body, with its secrets apart. */
const understand = ({ body, headers, status }: Received) => {
  const facts = readHeaders(headers, status)
  const document = readDocument(body, facts.contentEncoding)
  const { elements } = document
  addTo(elements, facts)
  const hostId = elements.get("HostId")
  if (hostId !== undefined && /\s/.test(hostId)) {
    const joined = hostId.replace(/\s+/g, "")
    if (joined === "") elements.delete("HostId")
    else elements.set("HostId", joined)
  }
  const secrets = withhold(elements)
  const code = take(elements, "Code")
  return { facts, document, elements, secrets, code }
}

/** The failure of a code, with everything that headers and elements say besides. */
const ofCode = (
  code: string,
  status: number,
  facts: HeaderFacts,
  elements: Elements,
  secrets: Secrets | undefined
): ObsError.ObsFailure => {
  const klass = Option.getOrElse(ObsError.byCode(code), () => oefClasses.get(code))
  const props = propsOf(status, facts, elements, secrets, klass)
  return klass === undefined ? new ObsError.UnknownObsError({ ...props, code }) : new klass(props)
}

/** Makes the failure that an answer stands for. */
export const decode = (answer: Received): ObsError.ObsFailure => {
  const { ending, status } = answer
  const { code, document, elements, facts, secrets } = understand(answer)
  if (code !== undefined) return ofCode(code, status, facts, elements, secrets)
  const props = propsOf(status, facts, elements, secrets, undefined)
  if (status === 304) return new ObsError.NotModified(props)
  const isForeign = document.kind === "Other" || document.kind === "TooLarge"
  return new ObsError.UnrecognizedResponse({
    ...props,
    reason: reasonOf(status, document.kind, ending),
    contentType: mediaTypeOf(facts.contentType),
    excerpt: isForeign ? excerptOf(without(Object.values(secrets ?? {}).map(Redacted.value))(document.text)) : undefined
  })
}

/** Makes the failure that the answer to an upload stands for whose callback failed. */
export const decodeCallback = (answer: Received): ObsError.CallbackFailed => {
  const { code, elements, facts, secrets } = understand(answer)
  if (code !== undefined) elements.set("Code", code)
  return new ObsError.CallbackFailed(propsOf(answer.status, facts, elements, secrets, undefined))
}

/** Makes the failure of one key out of the entry that the result of a multi-object delete has for it. */
export const decodeEntry = (entry: Elements, status: number, headers: HeadersInput): ObsError.ObsFailure => {
  const elements: Elements = new Map(entry)
  // The entry has these already; only one class has a field for the key
  if (elements.get("Code") !== "NoSuchKey") elements.delete("Key")
  elements.delete("VersionId")
  const secrets = withhold(elements)
  const code = take(elements, "Code")
  const facts = { ...readHeaders(headers, status), elements: new Map<string, string>() }
  return code === undefined
    ? new ObsError.UnrecognizedResponse({ ...propsOf(status, facts, elements, secrets, undefined), reason: "NoCode" })
    : ofCode(code, status, facts, elements, secrets)
}
