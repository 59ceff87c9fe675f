/**
 * What an address says: bucket, key, and the parameters as they are written and as they are meant.
 */
import { own } from "../text.js"
import type { SignerError } from "./signerError.js"
import { shownName, signerError } from "./signerError.js"

/**
 * Where an address has its bucket: in front of the endpoint (`virtualHosted`), in the first segment of the path (`path`),
 * or nowhere, since the whole host is bound to one (`customDomain`).
 *
 * @category models
 * @since 0.3.0
 */
export type Style = "virtualHosted" | "path" | "customDomain"

/**
 * How an address is read.
 *
 * @category models
 * @since 0.3.0
 */
export interface AddressOptions {
  /**
   * The endpoint that buckets are subdomains of, such as `obs.eu-de.otc.t-systems.com` or `http://127.0.0.1:9000`; of an
   * address only the host counts. Without it the endpoints of the public clouds are known.
   */
  readonly endpoint?: string | URL | undefined
  /** Where the bucket is. By default it is told from the host. */
  readonly style?: Style | undefined
}

/** A parameter of an address, as it is meant and as it is written. */
export interface Parameter {
  readonly name: string
  readonly value: string
  readonly written: string
}

/** An address that says the same to whoever reads it. */
export interface Address {
  /** Scheme, host and port. */
  readonly origin: string
  readonly host: string
  readonly style: Style
  /** Undefined where the request is of the service, or the host is a custom domain. */
  readonly bucket: string | undefined
  readonly key: string | undefined
  /** The region, where the host names it. */
  readonly region: string | undefined
  /** With everything escaped that RFC 3986 has no name for, and nothing else but slashes. */
  readonly path: string
  /** What is signed for the path. */
  readonly resource: string
  readonly parameters: ReadonlyArray<Parameter>
}

/** Escapes all but the unreserved characters of RFC 3986, so that no server has anything to write in another way. */
export const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

// A path in which nothing is escaped, and nothing has to be
const plain = /^[\w.~/-]*$/

/** Escapes a path, all but its slashes. */
export const escapedPath = (path: string): string => (plain.test(path) ? path : path.split("/").map(escaped).join("/"))

export const parameter = (name: string, value: string): Parameter => ({
  name,
  value,
  written: value === "" ? escaped(name) : `${escaped(name)}=${escaped(value)}`
})

const unescaped = (text: string): string => decodeURIComponent(text.replaceAll("+", " "))

const parametersOf = (search: string): ReadonlyArray<Parameter> =>
  search
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const end = pair.includes("=") ? pair.indexOf("=") : pair.length
      return parameter(unescaped(pair.slice(0, end)), unescaped(pair.slice(end + 1)))
    })

/** The address with these parameters, and no other. */
export const hrefOf = (address: Address, parameters = address.parameters): string =>
  address.origin +
  address.path +
  (parameters.length === 0 ? "" : `?${parameters.map(({ written }) => written).join("&")}`)

// Endpoints of OBS in the clouds that are known: obs.<region>.<cloud>, and what stands in front is the bucket
const clouds = /*#__PURE__*/ [
  "myhuaweicloud\\.(?:com|cn|eu)",
  "(?:sc\\.)?otc\\.t-systems\\.com",
  "prod-cloud-ocb\\.orange-business\\.com",
  "hc\\.sbercloud\\.ru"
].join("|")

const publicHost = /*#__PURE__*/ new RegExp(`^(?:(.+)\\.)?(?:obs|oss)(?:\\.([a-z0-9-]+))?\\.(${clouds})$`)

/** The cloud of a public endpoint, or of a bucket there. */
export const cloudOf = (host: string): string | undefined => publicHost.exec(host)?.[3]

/** The region that a public endpoint names, or the address of a bucket there. */
export const regionOf = (host: string): string | undefined => publicHost.exec(host)?.[2]

// A host that no domain is bound to: an IP address, or a name without dots
const localHost = /^(?:\[.*\]|[\d.]+|[^.]+)$/

/** Whether no domain can be bound to a host. */
export const isLocalHost = (host: string): boolean => localHost.test(host)

/** The bucket in front of a public endpoint. */
export const publicBucketOf = (host: string): string | undefined => publicHost.exec(host)?.[1]

/** The region of a public endpoint, or of a bucket there. */
export const publicRegionOf = (host: string): string | undefined => publicHost.exec(host)?.[2]

/** What a host says of the bucket. */
interface Place {
  readonly style: Style
  readonly bucket?: string | undefined
}

const placeAt = (host: string, endpoint: string): Place | undefined =>
  host === endpoint
    ? { style: "path" }
    : host.endsWith(`.${endpoint}`)
      ? { style: "virtualHosted", bucket: host.slice(0, -endpoint.length - 1) }
      : undefined

const placeOf = (host: string, endpoint: string | undefined): Place => {
  if (endpoint !== undefined) {
    return placeAt(host, endpoint) ?? { style: localHost.test(host) ? "path" : "customDomain" }
  }
  const known = publicHost.exec(host)
  if (known !== null) return known[1] === undefined ? { style: "path" } : { style: "virtualHosted", bucket: known[1] }
  return localHost.test(host) ? { style: "path" } : (placeAt(host, "localhost") ?? { style: "customDomain" })
}

/** The same where the style is given. */
const placeBy = (style: Style, host: string, endpoint: string | undefined): Place | SignerError => {
  if (style !== "virtualHosted") return { style }
  const place = placeOf(host, endpoint)
  if (place.style === "virtualHosted" || host === endpoint || publicHost.test(host)) return { ...place, style }
  const bucket = host.slice(0, host.indexOf("."))
  return endpoint !== undefined || localHost.test(host)
    ? signerError("InvalidOptions", "The style is virtualHosted, and the host has no bucket in front of the endpoint.")
    : { style, bucket }
}

const urlOf = (text: string): URL | undefined => {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

// Few are in use at a time
const origins = new Map<string, URL>()

const maxOrigins = 64

/** The same for what is in front of a path, which is read once. */
const originOf = (text: string): URL | undefined => {
  const known = origins.get(text)
  if (known !== undefined) return known
  const url = urlOf(text)
  if (origins.size >= maxOrigins) origins.clear()
  // A password is not kept
  if (url !== undefined && !text.includes("@")) origins.set(own(text), url)
  return url
}

/** The endpoint, which may be given as a host or as an address. */
export const endpointOf = (endpoint: string | URL): URL | SignerError => {
  const text = String(endpoint)
  const url = /^[^\s@?#\\]+$/.test(text) ? originOf(/^https?:\/\//i.test(text) ? text : `https://${text}`) : undefined
  return url ?? signerError("InvalidOptions", "The endpoint is no host and no address of HTTP.")
}

// What a client would leave out, or read as something else, before it sends the address
const control = /[\p{Cc}\p{Cs}]|^\s|\s$/u
const writtenDots = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i
const dots = /(?:^|\/)\.{1,2}(?:\/|$)/

const invalid = (why: string): SignerError => signerError("InvalidUrl", `The address ${why}.`)

const front = /^https?:\/\/[^/?#\\]*/i

const decoded = <A>(decode: () => A): A | SignerError => {
  try {
    return decode()
  } catch {
    return invalid("has an escape that is none of UTF-8")
  }
}

/** Reads an address. */
export const addressOf = (
  url: string,
  { endpoint, style }: AddressOptions = {},
  added: ReadonlyArray<readonly [string, string]> = []
): Address | SignerError => {
  if (control.test(url)) return invalid("has control characters, or blanks around it")
  const written = front.exec(url)?.[0]
  const base = written === undefined ? undefined : originOf(written)
  if (written === undefined || base === undefined) return invalid("is no complete one of http or https")
  const rest = url.slice(written.length)
  const end = rest.search(/[?#]/)
  const writtenPath = end === -1 ? rest : rest.slice(0, end)
  if (writtenPath.includes("\\")) return invalid("has a backslash, which would be sent as a slash")
  const { hostname: host, origin, password, username } = base
  const { pathname, search } = plain.test(rest) ? { pathname: rest || "/", search: "" } : new URL(url)
  if (username !== "" || password !== "") return invalid("has a user in front of its host")
  const meant = decoded(() => decodeURIComponent(pathname))
  if (typeof meant !== "string") return meant
  if (writtenDots.test(writtenPath) || dots.test(meant)) {
    return invalid("has a segment . or .., which would not be sent")
  }
  const parameters = decoded(() => [
    ...parametersOf(search.slice(1)),
    ...added.map(([name, value]) => parameter(name, value))
  ])
  if ("reason" in parameters) return parameters
  const at = endpoint === undefined ? undefined : endpointOf(endpoint)
  if (at !== undefined && "reason" in at) return at
  const place = style === undefined ? placeOf(host, at?.hostname) : placeBy(style, host, at?.hostname)
  if ("reason" in place) return place
  const path = escapedPath(meant)
  const [bucket, key] = place.style === "path" ? splitAtSlash(meant.slice(1)) : [place.bucket ?? "", meant.slice(1)]
  return {
    origin,
    host,
    style: place.style,
    bucket: bucket || undefined,
    key: key || undefined,
    region: regionOf(host),
    path,
    resource: resourceOf(place, host, path),
    parameters
  }
}

/** The host and the port that an address is below, where the bucket is in front of them. */
export const endpointAt = ({ bucket, origin, style }: Address): string => {
  const { host } = new URL(origin)
  return style === "virtualHosted" && bucket !== undefined && host.startsWith(`${bucket}.`)
    ? host.slice(bucket.length + 1)
    : host
}

const splitAtSlash = (path: string): readonly [string, string] => {
  const end = path.includes("/") ? path.indexOf("/") : path.length
  return [path.slice(0, end), path.slice(end + 1)]
}

const resourceOf = ({ bucket, style }: Place, host: string, path: string): string =>
  style === "customDomain" ? `/${host}${path}` : bucket === undefined ? path : `/${bucket}${path}`

/** The address of a bucket, or of an object in it. */
export const hrefIn = (
  endpoint: string | URL,
  style: Style | undefined,
  bucket: string | undefined,
  key: string | undefined
): string | SignerError => {
  const base = endpointOf(endpoint)
  if ("reason" in base) return base
  if (bucket !== undefined && !/^[\w.-]+$/.test(bucket)) {
    return signerError("InvalidOptions", `${shownName(bucket)} is no name of a bucket.`)
  }
  if (key !== undefined && (/\p{Cs}/u.test(key) || dots.test(`/${key}`))) {
    return invalid("of a key with a segment . or .., or with half a character, cannot be written")
  }
  if (bucket === undefined && key !== undefined && style !== "customDomain") {
    return signerError("InvalidOptions", "There is a key and no bucket.")
  }
  const path = key === undefined ? "/" : `/${escapedPath(key)}`
  const { host, hostname, protocol } = base
  const { style: placed } = style === undefined ? placeOf(hostname, undefined) : { style }
  // A public endpoint counts as path style, since that is what an address without a bucket in front is
  const isPath = style === "path" || (style === undefined && placed === "path" && localHost.test(hostname))
  if (bucket === undefined || style === "customDomain") return `${protocol}//${host}${path}`
  if (isPath) return `${protocol}//${host}/${bucket}${key === undefined ? "" : path}`
  return `${protocol}//${bucket}.${host}${path}`
}
