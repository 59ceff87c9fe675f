/**
 * Where a service finds the bucket of a request.
 */
import type { Place } from "./arrived.js"

/** Which hosts are the service's own. */
export interface Hosts {
  readonly endpoint?: string | URL | undefined
  readonly domains?: { readonly [host: string]: string } | undefined
}

const hostnameOf = (endpoint: string | URL): string =>
  String(endpoint)
    .replace(/^[a-z]{1,9}:\/\//i, "")
    .replace(/[/?#].*$/s, "")
    .replace(/:\d+$/, "")
    .toLowerCase()

/** The bucket is what stands in front of `.obs.`, of `.localhost` or of the endpoint that is given. */
export const placeOf = (hostname: string, { domains = {}, endpoint }: Hosts): Place => {
  const bound = Object.entries(domains).find(([host]) => host.toLowerCase() === hostname)
  if (bound !== undefined) return { style: "customDomain", bucket: bound[1], host: hostname }
  if (endpoint !== undefined) {
    const suffix = `.${hostnameOf(endpoint)}`
    return hostname.endsWith(suffix)
      ? { style: "virtualHosted", bucket: hostname.slice(0, -suffix.length) }
      : { style: "path" }
  }
  const at = hostname.indexOf(".obs.")
  const end = at > 0 ? at : hostname.endsWith(".localhost") ? hostname.length - ".localhost".length : 0
  return end > 0 ? { style: "virtualHosted", bucket: hostname.slice(0, end) } : { style: "path" }
}
