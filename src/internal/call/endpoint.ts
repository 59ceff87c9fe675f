/**
 * Where requests go: the endpoint of a client, and the addresses of buckets and objects there.
 */
import { bytesOf } from "../digest.js"
import { endpointOf, escapedPath, isLocalHost, publicBucketOf, publicRegionOf } from "../signature/address.js"
import type { Style } from "../signature/address.js"
import { dialects } from "../signature/canonical.js"
import type { Scheme } from "../signature/sign.js"
import { SignerError } from "../signature/signerError.js"
import type { Wrong } from "./invalidInput.js"
import { isHalf, quoted } from "./invalidInput.js"

/** What is said of an endpoint. */
export interface EndpointOptions {
  /**
   * The host of the service, such as `obs.eu-de.otc.t-systems.com`, or its address, such as `http://127.0.0.1:9000`.
   * Without a scheme it is HTTPS.
   */
  readonly endpoint: string | URL
  /** The region: `aws4` signs it, and `createBucket` creates buckets there. A public endpoint names its own. */
  readonly region?: string | undefined
  /**
   * Where the bucket is written: in front of the endpoint (`virtualHosted`, the default), in the path (`path`, the default
   * for an IP address and a host without dots), or nowhere, since the endpoint is a domain of one bucket's own
   * (`customDomain`).
   */
  readonly style?: Style | undefined
  /** How requests are signed: `obs` by default, `aws2` or `aws4`. */
  readonly scheme?: Scheme | undefined
  /** Whether `aws4` also signs the bytes of a body in memory: `unsigned` by default. */
  readonly payload?: "signed" | "unsigned" | undefined
}

/** An endpoint that can be called. */
export interface Endpoint {
  /** Scheme, host and port. */
  readonly origin: string
  readonly protocol: string
  readonly host: string
  readonly style: Style
  readonly scheme: Scheme
  readonly region: string | undefined
  /** How the headers of its dialect begin. */
  readonly prefix: "x-obs-" | "x-amz-"
}

const styles = ["virtualHosted", "path", "customDomain"]

const schemes = ["obs", "aws2", "aws4"]

const isRegion = (region: string): boolean => /^[a-z0-9-]+$/.test(region)

/** The endpoint of the options, or what is wrong with them. */
export const endpointFrom = ({
  endpoint,
  payload,
  region,
  scheme = "obs",
  style
}: EndpointOptions): Endpoint | Wrong => {
  const url = endpointOf(endpoint)
  const wrong = (what: string, solution: string): Wrong => ({ option: "endpoint", what, solution })
  if (url instanceof SignerError) {
    return wrong(
      `is ${quoted(String(endpoint))}, which is no host and no address of HTTP`,
      "Give a host such as obs.eu-de.otc.t-systems.com, without a bucket, a path or a query."
    )
  }
  if (url.pathname !== "/" || url.username !== "" || url.password !== "") {
    return wrong("has more than a host and a port", "Give it without a path and without a user.")
  }
  const bucket = style === "customDomain" ? undefined : publicBucketOf(url.hostname)
  if (bucket !== undefined) {
    return wrong(
      `has the bucket ${quoted(bucket)} in front of it`,
      "Give it without: each call names its bucket, which is then put there."
    )
  }
  if (style !== undefined && !styles.includes(style)) {
    return { option: "style", what: "is none that there is", solution: "Give virtualHosted, path or customDomain." }
  }
  if (!schemes.includes(scheme)) {
    return { option: "scheme", what: "is none that there is", solution: "Give obs, aws2 or aws4." }
  }
  if (payload === "signed" && scheme !== "aws4") {
    return {
      option: "payload",
      what: "is signed by aws4 alone",
      solution: "Give the scheme aws4, or leave payload out."
    }
  }
  if (region !== undefined && !isRegion(region)) {
    return {
      option: "region",
      what: `is ${quoted(region)}, which is no name of a region`,
      solution: "Give one such as eu-de."
    }
  }
  const { host, hostname, origin, protocol } = url
  return {
    origin,
    protocol,
    host,
    style: style ?? (isLocalHost(hostname) ? "path" : "virtualHosted"),
    scheme,
    region: region ?? publicRegionOf(hostname),
    prefix: dialects[scheme === "obs" ? "obs" : "aws2"].prefix
  }
}

/** The address of the service, a bucket or an object. */
export const addressIn = (
  { host, origin, protocol, style }: Endpoint,
  bucket: string | undefined,
  key: string | undefined
): string => {
  const path = key === undefined ? "/" : `/${escapedPath(key)}`
  if (bucket === undefined || style === "customDomain") return origin + path
  if (style === "path") return `${origin}/${bucket}${key === undefined ? "" : path}`
  return `${protocol}//${bucket}.${host}${path}`
}

const bucketName = /^(?!\d{1,3}(?:\.\d{1,3}){3}$)(?!.*(?:\.\.|\.-|-\.))[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** What is wrong with the name of a bucket. */
export const wrongBucket = (bucket: string): Wrong | undefined =>
  bucketName.test(bucket)
    ? undefined
    : {
        option: "bucket",
        what: `is ${quoted(bucket)}, which is no name of a bucket`,
        solution: "Give 3 to 63 lower-case letters, digits, hyphens and dots, with a letter or a digit at both ends."
      }

const maxKeyBytes = 1024

/** What is wrong with a key. */
export const wrongKey = (key: string): Wrong | undefined => {
  const wrong = (what: string, solution: string): Wrong => ({ option: "key", what, solution })
  if (key === "") return wrong("is empty", "Give the name of an object.")
  // Only what is longer than a third of it can be too long
  if (key.length * 3 > maxKeyBytes && bytesOf(key).length > maxKeyBytes) {
    return wrong(`is longer than ${maxKeyBytes} bytes`, "Give a shorter one.")
  }
  if (isHalf(key)) return wrong("has half a character", "Give well-formed Unicode.")
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(key)) {
    return wrong("has a segment . or .., which no HTTP client sends", "Give a key without such a segment.")
  }
  return undefined
}
