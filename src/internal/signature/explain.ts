/**
 * What the service signed, held against what the client signed, line by line.
 */
import * as Redacted from "effect/Redacted"
import { printable, shorten } from "../text.js"

/**
 * A part of what is signed.
 *
 * @category models
 * @since 0.3.0
 */
export type Part =
  | "Scheme"
  | "Method"
  | "Content-MD5"
  | "Content-Type"
  | "Date"
  | "Header"
  | "Resource"
  | "SubResource"
  | "Scope"
  | "SignedHeaders"
  | "Payload"
  | "Request"

/**
 * The first line in which two strings to sign differ.
 *
 * @category models
 * @since 0.3.0
 */
export interface Line {
  /** From 1, in what the client signed. */
  readonly number: number
  readonly part: Part
  /** Of the header or of the sub-resource. */
  readonly name?: string
}

/**
 * What usually makes a signature not match.
 *
 * - `WrongSecret`: every line is the same, so the secret is another one than that of the access key.
 * - `SchemeDiffers`, `DialectDiffers`: the service took the request for one of another scheme, or signed the headers of the
 *   other dialect.
 * - `MethodChanged`, `DateChanged`, `ContentMd5Changed`, `PayloadChanged`: it got another one.
 * - `ContentTypeAdded`, `ContentTypeLost`, `ContentTypeChanged`: something set the Content-Type after the signature, or
 *   took it away.
 * - `HeaderAdded`, `HeaderLost`, `HeaderChanged`: the same of a header of the service, such as by a proxy.
 * - `TokenAdded`, `TokenLost`, `TokenChanged`: the same of the security token.
 * - `HostStyle`: the bucket was told from the address in another way.
 * - `BucketDiffers`, `KeyEncoding`, `KeyDiffers`: the bucket is another one; the key is the same, and written in another
 *   way; the key is another one.
 * - `SubresourceNotSigned`, `SubresourceLost`, `SubresourceChanged`: a parameter that only one of the two signed, or
 *   another value of it.
 * - `ScopeDiffers`, `SignedHeadersDiffer`: the region or the day of V4; its list of headers.
 * - `RequestDiffers`: the request differs, and the service did not say in what.
 * - `NotTold`: the answer does not carry what the service signed, or not in lines.
 *
 * @category models
 * @since 0.3.0
 */
export type MismatchCause =
  | "WrongSecret"
  | "SchemeDiffers"
  | "DialectDiffers"
  | "MethodChanged"
  | "ContentMd5Changed"
  | "ContentTypeAdded"
  | "ContentTypeLost"
  | "ContentTypeChanged"
  | "DateChanged"
  | "HeaderAdded"
  | "HeaderLost"
  | "HeaderChanged"
  | "TokenAdded"
  | "TokenLost"
  | "TokenChanged"
  | "HostStyle"
  | "BucketDiffers"
  | "KeyEncoding"
  | "KeyDiffers"
  | "SubresourceNotSigned"
  | "SubresourceLost"
  | "SubresourceChanged"
  | "ScopeDiffers"
  | "SignedHeadersDiffer"
  | "PayloadChanged"
  | "RequestDiffers"
  | "NotTold"

const proxy = "Look at what is between the client and the service: a proxy, or a client that changes requests."

const afterwards = "Sign after everything that sets headers, and look for a proxy that does."

const advices: Record<MismatchCause, string> = {
  WrongSecret:
    "Every line is the same: use the secret access key that belongs to the access key, without blanks or line breaks, and the security token that came with both.",
  SchemeDiffers: "Sign with the scheme that the service takes the request for.",
  DialectDiffers: "Use the headers of the scheme: x-obs-* with obs, x-amz-* with aws2 and aws4.",
  MethodChanged: "Sign the method that is sent. A proxy or a redirect can turn one into GET, and a HEAD into a GET.",
  ContentMd5Changed: afterwards,
  ContentTypeAdded:
    "Set Content-Type before the request is signed: the client added one of its own for the body. Who uploads to a presigned address sends just the Content-Type that it was presigned with.",
  ContentTypeLost: "Send the Content-Type that was signed. Some clients take it away where there is no body.",
  ContentTypeChanged: "Set the whole Content-Type before the request is signed: clients add a charset or a boundary.",
  DateChanged: "Let nothing but the signer set Date. The clock is not at fault: the service says so in another error.",
  HeaderAdded: afterwards,
  HeaderLost: proxy,
  HeaderChanged: "Look at what rewrites the header on its way: blanks, repeated values, letters that are not ASCII.",
  TokenAdded: "Give the security token to the signer, and to nothing else.",
  TokenLost: proxy,
  TokenChanged: "Take access key, secret and security token from one and the same answer.",
  HostStyle:
    "Say where the bucket is: give the option endpoint, or style (virtualHosted, path or customDomain). An IP address, an internal endpoint and a custom domain cannot always be told from the host. A proxy that rewrites Host does the same.",
  BucketDiffers: "Look at the host and the path that the request arrives with, behind any proxy.",
  KeyEncoding:
    "Percent-encode each part of the key once, as UTF-8, and let nothing on the way write it in another way.",
  KeyDiffers: "Look at what rewrites the path on its way: a proxy, a redirect, a prefix that is taken away.",
  SubresourceNotSigned: "Add the parameter before the request is signed.",
  SubresourceLost: "Look at what takes the parameter away on its way, or whether this service signs it at all.",
  SubresourceChanged: "Percent-encode the value once; a blank is %20, a plus %2B.",
  ScopeDiffers: "Give the region of the endpoint in the option region.",
  SignedHeadersDiffer: proxy,
  PayloadChanged: "Send the body that was signed, or leave it unsigned.",
  RequestDiffers: "The service says that the request is another one, and not in what. " + proxy,
  NotTold: "The answer does not say what the service signed. Check the secret access key first, then the Content-Type."
}

/**
 * Why a signature did not match.
 *
 * It has no value of a header or a parameter but those of Content-Type and the method, and no signature, key or token.
 *
 * @category models
 * @since 0.3.0
 */
export interface Explanation {
  /** Undefined where all lines are the same, or cannot be compared. */
  readonly line: Line | undefined
  readonly cause: MismatchCause
  readonly advice: string
  /** All of it, as a text to print. */
  readonly message: string
}

/** What is found, and what of it may be told. */
interface Finding {
  readonly cause: MismatchCause
  readonly line?: Line | undefined
  readonly told?: string | undefined
}

const told = ({ line, told = "" }: Finding): string => {
  if (line === undefined) return ""
  const name = line.name === undefined ? "" : ` ${line.name}`
  const part = line.part === "SubResource" ? "sub-resource" : line.part === "Header" ? "header" : line.part
  return `What the client and the service signed differs first in line ${line.number} (${part}${name})${told}. `
}

const explanation = (finding: Finding): Explanation => {
  const advice = advices[finding.cause]
  const message = `${finding.cause}: ${told(finding)}${advice}`
  return { line: finding.line, cause: finding.cause, advice, message }
}

const nameOf = (name: string): string => shorten(printable(name), 80)

const mediaType = /^[a-z]+\/[\w.+-]{1,64}(?:; ?(?:charset|boundary)=.*)?$/i

/** What may be shown of a Content-Type. */
const shownType = (type: string): string =>
  type === "" ? "none" : mediaType.test(type) ? type.replace(/(boundary=).*/i, "$1…").slice(0, 99) : "another text"

const shownMethod = (method: string): string => (/^[A-Z]{1,10}$/.test(method) ? method : "another text")

const versus = (client: string, service: string): string => `: ${client} here, ${service} there`

/** Added, lost or changed. */
const changeOf = (client: string, service: string): Change =>
  client === "" ? "Added" : service === "" ? "Lost" : "Changed"

interface Parts {
  readonly method: string
  readonly md5: string
  readonly type: string
  readonly date: string
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>
  readonly path: string
  readonly query: ReadonlyArray<readonly [name: string, value: string]>
}

const header = /^(x-(?:obs|amz)-[^:\s]*):(.*)$/i

const splitAt = (text: string, sign: string): readonly [string, string] => {
  const at = text.indexOf(sign)
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}

const partsOf = (lines: ReadonlyArray<string>): Parts | undefined => {
  const [method = "", md5 = "", type = "", date = "", ...rest] = lines
  const resource = rest.at(-1)
  if (resource === undefined || !resource.startsWith("/")) return undefined
  const headers = rest.slice(0, -1).map((line): readonly [string, string] => {
    const [, name = line, value = ""] = header.exec(line) ?? []
    return [name.toLowerCase(), value]
  })
  const [path, query] = splitAt(resource, "?")
  return {
    method,
    md5,
    type,
    date,
    headers,
    path,
    query: query === "" ? [] : query.split("&").map((pair) => splitAt(pair, "="))
  }
}

const isToken = (name: string): boolean => name.toLowerCase().endsWith("-security-token")

/** The dialect of the headers, where they are of one. */
const dialectOf = (headers: Parts["headers"]): string | undefined => {
  const [prefix, ...others] = new Set(headers.map(([name]) => name.slice(0, 6)))
  return others.length === 0 && (prefix === "x-obs-" || prefix === "x-amz-") ? prefix : undefined
}

type Change = "Added" | "Lost" | "Changed"

const causeOf = (name: string, change: Change): MismatchCause => (isToken(name) ? `Token${change}` : `Header${change}`)

/** Compares headers, which are sorted by name; the first of the client's is in line `first`. */
const compareHeaders = (client: Parts["headers"], service: Parts["headers"], first: number): Finding | undefined => {
  const at = client.findIndex(([name, value], i) => service[i]?.[0] !== name || service[i][1] !== value)
  const i = at === -1 ? client.length : at
  const [mine, other] = [client[i]?.[0], service[i]?.[0]]
  const found = (name: string, change: Change): Finding => {
    const [dialect, otherDialect] = [dialectOf(client), dialectOf(service)]
    const isDialect = dialect !== undefined && otherDialect !== undefined && dialect !== otherDialect
    return {
      cause: isDialect ? "DialectDiffers" : causeOf(name, change),
      line: { number: first + i, part: "Header", name: nameOf(name) }
    }
  }
  if (mine !== undefined && (mine === other || !service.some(([name]) => name === mine))) {
    return found(mine, mine === other ? "Changed" : "Lost")
  }
  return other === undefined ? undefined : found(other, client.some(([name]) => name === other) ? "Changed" : "Added")
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** The key as it is meant, whatever was done to it. */
const meant = (path: string): string => decode(decode(path).replaceAll("+", " ")).normalize("NFC")

const isHost = (segment: string, bucket: string): boolean => segment.startsWith(`${bucket}.`)

const comparePaths = (client: string, service: string): MismatchCause => {
  if (meant(client) === meant(service)) return "KeyEncoding"
  const [mine, key] = splitAt(client.slice(1), "/")
  const [other, otherKey] = splitAt(service.slice(1), "/")
  const isNested =
    client.endsWith(service) || service.endsWith(client) || `${client}/` === service || client === `${service}/`
  if (isNested) return "HostStyle"
  if (meant(key) !== meant(otherKey)) return mine === other ? "KeyDiffers" : "BucketDiffers"
  return isHost(mine, other) || isHost(other, mine) || mine.includes(".") !== other.includes(".")
    ? "HostStyle"
    : "BucketDiffers"
}

const compareQueries = (client: Parts["query"], service: Parts["query"], number: number): Finding | undefined => {
  const find = (pairs: Parts["query"], wanted: string): string | undefined =>
    pairs.find(([name]) => name === wanted)?.[1]
  for (const [name, value] of client) {
    const other = find(service, name)
    if (other === value) continue
    const change = other === undefined ? "Lost" : "Changed"
    const cause = isToken(name) ? (`Token${change}` as const) : (`Subresource${change}` as const)
    return { cause, line: { number, part: "SubResource", name: nameOf(name) } }
  }
  const added = service.find(([name]) => find(client, name) === undefined)?.[0]
  if (added === undefined) return undefined
  const cause = isToken(added) ? "TokenAdded" : "SubresourceNotSigned"
  return { cause, line: { number, part: "SubResource", name: nameOf(added) } }
}

const compareParts = (client: Parts, service: Parts): Finding => {
  if (client.method !== service.method) {
    return {
      cause: "MethodChanged",
      line: { number: 1, part: "Method" },
      told: versus(shownMethod(client.method), shownMethod(service.method))
    }
  }
  if (client.md5 !== service.md5) return { cause: "ContentMd5Changed", line: { number: 2, part: "Content-MD5" } }
  if (client.type !== service.type) {
    return {
      cause: `ContentType${changeOf(client.type, service.type)}`,
      line: { number: 3, part: "Content-Type" },
      told: versus(shownType(client.type), shownType(service.type))
    }
  }
  if (client.date !== service.date) {
    const headers = client.date === "" ? compareHeaders(client.headers, service.headers, 5) : undefined
    const isOwnDate = headers?.line?.name?.endsWith("-date") === true || headers?.cause === "DialectDiffers"
    return {
      cause: isOwnDate ? headers.cause : "DateChanged",
      line: { number: 4, part: "Date" }
    }
  }
  const headers = compareHeaders(client.headers, service.headers, 5)
  if (headers !== undefined) return headers
  const number = 5 + client.headers.length
  if (client.path !== service.path) {
    return { cause: comparePaths(client.path, service.path), line: { number, part: "Resource" } }
  }
  return compareQueries(client.query, service.query, number) ?? { cause: "WrongSecret" }
}

const compareCanonical = (client: ReadonlyArray<string>, service: ReadonlyArray<string>): Finding => {
  const number = client.findIndex((line, i) => line !== service[i]) + 1
  if (number === 0) return { cause: "RequestDiffers" }
  const [mine = "", other = ""] = [client[number - 1], service[number - 1]]
  const end = client.indexOf("", 3)
  if (number === 1) {
    const told = versus(shownMethod(mine), shownMethod(other))
    return { cause: "MethodChanged", line: { number, part: "Method" }, told }
  }
  if (number === 2) {
    const cause =
      meant(mine) === meant(other)
        ? "KeyEncoding"
        : mine.endsWith(other) || other.endsWith(mine)
          ? "HostStyle"
          : "KeyDiffers"
    return { cause, line: { number, part: "Resource" } }
  }
  if (number === 3) {
    const pairs = (query: string) => (query === "" ? [] : query.split("&").map((pair) => splitAt(pair, "=")))
    return (
      compareQueries(pairs(mine), pairs(other), number) ?? {
        cause: "RequestDiffers",
        line: { number, part: "Request" }
      }
    )
  }
  if (number > end + 1) {
    return number === client.length
      ? { cause: "PayloadChanged", line: { number, part: "Payload" } }
      : { cause: "SignedHeadersDiffer", line: { number, part: "SignedHeaders" } }
  }
  const lines = (all: ReadonlyArray<string>) => all.slice(3, all.indexOf("", 3)).map((line) => splitAt(line, ":"))
  const found = compareHeaders(lines(client), lines(service), 4)
  const name = found?.line?.name
  if (name === "host") return { cause: "HostStyle", line: { number, part: "Header", name } }
  if (name === "content-type") {
    const [, type] = splitAt(mine, ":")
    const [, otherType] = splitAt(other.startsWith("content-type:") ? other : "", ":")
    return {
      cause: `ContentType${changeOf(type, otherType)}`,
      line: { number, part: "Content-Type" },
      told: versus(shownType(type), shownType(otherType))
    }
  }
  return found ?? { cause: "RequestDiffers", line: { number, part: "Request" } }
}

const v4 = "AWS4-HMAC-SHA256"

const linesOf = (text: string): ReadonlyArray<string> => text.replace(/\r\n?/g, "\n").trim().split("\n")

/** What one of the two signed. */
interface Strings {
  readonly stringToSign: string | undefined
  readonly canonicalRequest: string | undefined
}

const compareV4 = (
  client: Strings,
  mine: ReadonlyArray<string>,
  service: Strings,
  other: ReadonlyArray<string>
): Finding => {
  const at = mine.findIndex((line, i) => line !== other[i])
  if (at === -1) return { cause: "WrongSecret" }
  if (at === 1) return { cause: "DateChanged", line: { number: 2, part: "Date" } }
  if (at === 2) return { cause: "ScopeDiffers", line: { number: 3, part: "Scope" } }
  if (client.canonicalRequest === undefined || service.canonicalRequest === undefined) {
    return { cause: "RequestDiffers", line: { number: at + 1, part: "Request" } }
  }
  return compareCanonical(linesOf(client.canonicalRequest), linesOf(service.canonicalRequest))
}

/** What a client signed, or what a service says that it signed, as secrets. */
interface Documents {
  readonly stringToSign: Redacted.Redacted | undefined
  readonly canonicalRequest?: Redacted.Redacted | undefined
}

const textOf = (secret: Redacted.Redacted | undefined): string | undefined => {
  try {
    return secret === undefined ? undefined : Redacted.value(secret)
  } catch {
    // It was wiped
    return undefined
  }
}

const stringsOf = ({ canonicalRequest, stringToSign }: Documents): Strings => ({
  stringToSign: textOf(stringToSign),
  canonicalRequest: textOf(canonicalRequest)
})

/** Why the service says that a signature does not match. */
export const explain = (
  { secrets }: { readonly secrets: { readonly [name: string]: Redacted.Redacted | undefined } },
  signed: Documents
): Explanation =>
  compare(
    stringsOf(signed),
    stringsOf({ stringToSign: secrets["StringToSign"], canonicalRequest: secrets["CanonicalRequest"] })
  )

/** Why the two strings are not the same. */
const compare = (client: Strings, service: Strings): Explanation => {
  if (client.stringToSign === undefined || (service.stringToSign ?? "").trim() === "") {
    return explanation({ cause: "NotTold" })
  }
  const [mine, other] = [linesOf(client.stringToSign), linesOf(service.stringToSign ?? "")]
  if (mine.join("\n") === other.join("\n")) return explanation({ cause: "WrongSecret" })
  if ((mine[0] === v4) !== (other[0] === v4)) {
    return explanation({ cause: "SchemeDiffers", line: { number: 1, part: "Scheme" } })
  }
  if (mine[0] === v4) return explanation(compareV4(client, mine, service, other))
  const [parts, others] = [partsOf(mine), partsOf(other)]
  return explanation(parts === undefined || others === undefined ? { cause: "NotTold" } : compareParts(parts, others))
}
