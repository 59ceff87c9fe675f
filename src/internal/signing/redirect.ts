/**
 * Where a redirect leads, and whether a request may be signed for that place.
 */
import type { Address, AddressOptions } from "../signature/address.js"
import { addressOf, cloudOf, endpointAt, endpointOf } from "../signature/address.js"

/**
 * Which redirects are followed.
 *
 * @category models
 * @since 0.3.0
 */
export interface RedirectOptions {
  /** How many for one request, 3 by default and at most. */
  readonly max?: number | undefined
  /** Hosts that are allowed besides the endpoint's own domain, each with all that is below it. */
  readonly allow?: ReadonlyArray<string> | undefined
}

const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

interface Options extends AddressOptions {
  readonly region?: string | undefined
  readonly redirects?: boolean | RedirectOptions | undefined
}

/** How an address of another host is read and signed; undefined where it may not be. */
const optionsAt = <O extends Options>(target: URL, from: URL, address: Address, options: O): O | undefined => {
  const isPort = (port: string) => target.port === port || target.port === ""
  const given = options.endpoint === undefined ? undefined : endpointOf(options.endpoint)
  const endpoint =
    given !== undefined && !("reason" in given) ? given.hostname : endpointAt(address).replace(/:\d+$/, "")
  if (isBelow(target.hostname, endpoint) && isPort(from.port)) return options
  const cloud = cloudOf(endpoint)
  if (cloud !== undefined && cloud === cloudOf(target.hostname) && target.port === "") {
    // Its host says where the bucket is, and the region
    return { ...options, endpoint: undefined, style: undefined, region: undefined }
  }
  const { allow = [] } = typeof options.redirects === "object" ? options.redirects : {}
  const allowed = allow
    .map((host) => endpointOf(host))
    .find((url) => !("reason" in url) && isBelow(target.hostname, url.hostname) && isPort(url.port || from.port))
  if (allowed === undefined || "reason" in allowed) return undefined
  const style = options.style === "customDomain" ? options.style : undefined
  return {
    ...options,
    endpoint: allowed.hostname,
    style,
    region: address.region === undefined ? options.region : undefined
  }
}

const urlOf = (location: string, base: string): URL | undefined => {
  try {
    return new URL(location, base)
  } catch {
    return undefined
  }
}

/** The path of the same object at a host that has its bucket elsewhere. */
const pathAt = (target: Address, { bucket, key = "" }: Address): string | undefined => {
  const written = key.split("/").map(encodeURIComponent).join("/")
  if (target.style !== "path") return `/${written}`
  return bucket === undefined ? undefined : `/${bucket}/${written}`
}

/**
 * The address of the same bucket and key that a redirect leads to, without parameters, and how it is signed; undefined
 * where the redirect leads elsewhere: out of HTTPS, to a host that is not allowed, to another bucket or key.
 */
export const targetOf = <O extends Options>(
  location: string,
  requested: string,
  options: O
): { readonly url: string; readonly options: O } | undefined => {
  const address = addressOf(requested, options)
  const target = urlOf(location, requested)
  const from = urlOf(requested, requested)
  if ("reason" in address || target === undefined || from === undefined) return undefined
  if (target.protocol !== "https:" || target.username !== "" || target.password !== "") return undefined
  const own = optionsAt(target, from, address, options)
  if (own === undefined) return undefined
  const read = (path: string) => addressOf(target.origin + path, own)
  const there = read(target.pathname)
  if ("reason" in there) return undefined
  // Some name the host alone
  const path = target.pathname === "/" && address.path !== "/" ? pathAt(there, address) : target.pathname
  const found = path === undefined ? undefined : read(path)
  if (found === undefined || "reason" in found || found.key !== address.key) return undefined
  const isDomain = found.style === "customDomain" || address.style === "customDomain"
  return isDomain || found.bucket === address.bucket ? { url: found.origin + found.path, options: own } : undefined
}
