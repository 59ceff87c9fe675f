/**
 * Decodes the parts of a response to a failure.
 */
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { CallbackFailed } from "../../errors/CallbackFailed.js"
import { all, byCode } from "../../errors/catalogue.js"
import { RequestTimeTooSkewed } from "../../errors/Forbidden.js"
import { NotModified } from "../../errors/NotModified.js"
import type { ObsFailure } from "../../errors/ObsFailure.js"
import { OefError } from "../../errors/Oef.js"
import type { Reason } from "../../errors/Unclassified.js"
import { UnknownObsError, UnrecognizedResponse } from "../../errors/Unclassified.js"
import * as Details from "../failure/details.js"
import type { DocumentKind, Elements } from "./document.js"
import { readDocument } from "./document.js"
import { byTag, membersOf } from "../failure/union.js"
import { fieldsOf } from "../failure/errorClass.js"
import type { HeaderFacts, HeadersInput } from "./headers.js"
import { readHeaders } from "./headers.js"
import type { ReadParts } from "./parts.js"
import { emptyRecord } from "../object.js"
import { parseDate, takeRetryAfter } from "./retryAfter.js"
import { beforeSecrets, hides, isSecretName, withoutSecrets, withoutValues } from "../secrets.js"
import { own, printable, shorten } from "../text.js"

/** Why reading stopped before the end of the body. */
export type Ending = "TooLarge" | "TimedOut" | "ConnectionLost" | "Unreadable"

/** A response, as far as it was received. */
export interface ReceivedResponse {
  readonly status: number
  readonly headers: HeadersInput
  readonly body: string | Uint8Array | undefined
  readonly ending: Ending | undefined
  /** When it was received, in milliseconds of the client's clock, if known. */
  readonly receivedAt?: number
  /** Whether its request, which would say what the status means, is unknown. */
  readonly isAlone?: boolean
}

const maxExcerptLength = 200

/** The beginning of a text, made safe to show; undefined if it is hardly text. */
const excerptOf = (text: string): string | undefined => {
  const start = text.slice(0, 4096)
  const excerpt = shorten(printable(beforeSecrets(start)).replace(/\s+/g, " ").trim(), maxExcerptLength)
  const lost = excerpt.split("\ufffd").length - 1
  return excerpt === "" || lost * 4 > excerpt.length ? undefined : own(excerpt)
}

const mediaTypeOf = (contentType: string | undefined): string | undefined =>
  contentType === undefined
    ? undefined
    : shorten(printable(withoutSecrets(contentType).split(";", 1).join("").trim().toLowerCase()), 100)

const reasonOf = (status: number, kind: DocumentKind, ending: Ending | undefined): Reason => {
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

// Elements without a field that headers can have
const otherNames = [
  "Resource",
  "HostId",
  "RequestId",
  "Bucket",
  "Region",
  "VersionId",
  "UploadId",
  "Method",
  "ResourceType"
]

/** Element names by their lower-case form, which headers use. */
const makeNames = (): ReadonlyMap<string, string> => {
  const classes = [...all, ...membersOf(OefError)]
  const ofFields = classes.flatMap((klass) =>
    Object.entries(fieldsOf(klass)).flatMap(([name, field]) => field.elements(name))
  )
  return new Map([...otherNames, ...ofFields].map((name) => [name.toLowerCase(), name]))
}

let names: ReadonlyMap<string, string> | undefined

const nameOf = (name: string): string => (names ??= makeNames()).get(name) ?? name

/** Adds the elements of the headers. The body takes precedence; if they differ, both are kept. */
const addTo = (elements: Elements, headers: HeaderFacts): void => {
  for (const [key, value] of headers.elements) {
    const name = nameOf(key)
    const present = elements.get(name)
    if (present === undefined) elements.set(name, value)
    else if (present !== value) elements.set(`Header${name}`, value)
  }
}

const take = (elements: Elements, name: string): string | undefined => {
  const value = elements.get(name)
  elements.delete(name)
  return value
}

/** The secrets removed from the elements, by name. */
type Withheld = Record<string, Redacted.Redacted>

/** Removes the secrets from the elements of a response and returns them. */
const withhold = (elements: Elements): Withheld | undefined => {
  let secrets: Withheld | undefined
  const keep = (name: string, value: string): void => {
    secrets ??= emptyRecord<Redacted.Redacted>()
    secrets[name] = Redacted.make(value)
  }
  const known: Array<string> = []
  const hide = (name: string, value: string): void => {
    known.push(value)
    keep(name, value)
    elements.delete(name)
  }
  let listed: Array<readonly [valueName: string, secretName: string]> | undefined
  for (const [name, value] of elements) {
    const kind = name.length < 9 ? undefined : /(argument|parameter|header|field)name$/i.exec(name)?.[1]
    if (kind !== undefined && isSecretName(value)) (listed ??= []).push([`${kind}value`.toLowerCase(), value])
    if (isSecretName(name) && hides(name, value)) hide(name, value)
  }
  for (const [valueName, secretName] of listed ?? []) {
    for (const [name, value] of elements) {
      if (name.toLowerCase().endsWith(valueName) && value !== "null" && hides(secretName, value)) hide(name, value)
    }
  }
  const withoutKnown = known.length === 0 ? undefined : withoutValues(known)
  // The key of a missing object is the one that the caller gave, whatever it looks like
  const isCallersKey = elements.get("Code") === "NoSuchKey"
  for (const [name, value] of elements) {
    if (isCallersKey && name === "Key") continue
    const cleaned = withoutSecrets(value)
    const open = withoutKnown === undefined ? cleaned : withoutKnown(cleaned)
    if (open === value) continue
    keep(name, value)
    elements.set(name, open)
  }
  return secrets
}

/** How to read a field of a class: from which element, with which parser. */
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

/** The common properties of a failure, and the typed fields of its class. */
const propsOf = (
  status: number | undefined,
  headers: HeaderFacts,
  elements: Elements,
  secrets: Withheld | undefined,
  klass: object | undefined
) => {
  const bodyId = take(elements, "RequestId")
  const requestId = headers.requestId ?? bodyId
  if (bodyId !== undefined && bodyId !== requestId) elements.set("RequestId", bodyId)
  const retryAfter = takeRetryAfter(elements, headers)

  // The server's clock, if the class needs it and the body does not have it
  if (klass === RequestTimeTooSkewed && !elements.has("ServerTime")) {
    if (headers.date !== undefined && parseDate(headers.date) !== undefined) elements.set("ServerTime", headers.date)
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
    retryAfter,
    details: elements.size === 0 ? Details.empty : Details.make(elements),
    secrets
  }
}

const oefClasses = byTag(membersOf(OefError))

/** The class of a code, including those of the extension services. */
export const classOf = (code: string) => Option.getOrElse(byCode(code), () => oefClasses.get(code))

/** Merges headers and elements, and separates the secrets and the code. */
const sortOut = (elements: Elements, facts: HeaderFacts) => {
  addTo(elements, facts)
  const hostId = elements.get("HostId")
  if (hostId !== undefined && /\s/.test(hostId)) {
    const joined = hostId.replace(/\s+/g, "")
    if (joined === "") elements.delete("HostId")
    else elements.set("HostId", joined)
  }
  const secrets = withhold(elements)
  const code = take(elements, "Code")
  return { secrets, code }
}

/** Reads the headers and the body of a response, and separates its secrets. */
const understand = ({ body, headers, receivedAt, status }: ReceivedResponse) => {
  const facts = readHeaders(headers, status, receivedAt)
  const document = readDocument(body, facts.contentEncoding)
  const { elements, text } = document
  // For a short text, copying the parts saves nothing
  if (text.length > 1024) for (const [name, value] of elements) elements.set(name, own(value))
  const { code, secrets } = sortOut(elements, facts)
  return { facts, document, elements, secrets, code }
}

/** Makes the failure of a code, with everything else that headers and elements say. */
const ofCode = (
  code: string,
  status: number | undefined,
  facts: HeaderFacts,
  elements: Elements,
  secrets: Withheld | undefined
): ObsFailure => {
  const klass = classOf(code)
  const props = propsOf(status, facts, elements, secrets, klass)
  return klass === undefined ? new UnknownObsError({ ...props, status: status ?? 0, code }) : new klass(props)
}

/** Whether the response reports a failed callback: status 203 to an upload, unless its code is in the catalogue. */
const isOfCallback = (status: number | undefined, code: string | undefined): boolean =>
  status === 203 && (code === undefined || classOf(code) === undefined)

const ofCallback = (
  code: string | undefined,
  facts: HeaderFacts,
  elements: Elements,
  secrets: Withheld | undefined
): CallbackFailed => {
  if (code !== undefined) elements.set("Code", code)
  return new CallbackFailed(propsOf(203, facts, elements, secrets, undefined))
}

/** Decodes a response to a failure. */
export const decode = (response: ReceivedResponse): ObsFailure => {
  const { ending, isAlone = false, status } = response
  const { code, document, elements, facts, secrets } = understand(response)
  if (isAlone && isOfCallback(status, code)) return ofCallback(code, facts, elements, secrets)
  if (code !== undefined) return ofCode(code, status, facts, elements, secrets)
  const props = propsOf(status, facts, elements, secrets, undefined)
  if (status === 304) return new NotModified(props)
  const isForeign = document.kind === "Other" || document.kind === "TooLarge"
  return new UnrecognizedResponse({
    ...props,
    reason: reasonOf(status, document.kind, ending),
    contentType: mediaTypeOf(facts.contentType),
    excerpt: isForeign
      ? excerptOf(withoutValues(Object.values(secrets ?? {}).map(Redacted.value))(document.text))
      : undefined
  })
}

/** Decodes the response to an upload whose callback failed. */
export const decodeCallback = (response: ReceivedResponse): CallbackFailed => {
  const { code, elements, facts, secrets } = understand(response)
  return ofCallback(code, facts, elements, secrets)
}

/** Decodes the entry of one key in the result of a multi-object delete. */
export const decodeEntry = (entry: Elements, status: number, facts: HeaderFacts): ObsFailure => {
  const elements: Elements = new Map(entry)
  // The entry has these already; only one class has a field for the key
  if (elements.get("Code") !== "NoSuchKey") elements.delete("Key")
  elements.delete("VersionId")
  const secrets = withhold(elements)
  const code = take(elements, "Code")
  return code === undefined
    ? new UnrecognizedResponse({ ...propsOf(status, facts, elements, secrets, undefined), reason: "NoCode" })
    : ofCode(code, status, facts, elements, secrets)
}

/** Decodes the parts of a response to a failure. */
export const decodeParts = ({ elements, headers, status }: ReadParts): ObsFailure => {
  const reason = elements.size === 0 ? "EmptyBody" : "NoCode"
  const facts = readHeaders(headers, status ?? 0)
  const { code, secrets } = sortOut(elements, facts)
  if (isOfCallback(status, code)) return ofCallback(code, facts, elements, secrets)
  if (code !== undefined) return ofCode(code, status, facts, elements, secrets)
  const props = propsOf(status ?? 0, facts, elements, secrets, undefined)
  return status === 304 ? new NotModified(props) : new UnrecognizedResponse({ ...props, reason })
}
