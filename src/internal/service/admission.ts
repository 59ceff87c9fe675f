/**
 * What keeps a request from being answered, whatever its body is: by the options of a service.
 */
import { UserKeyMustBeSpecified } from "../../errors/BadRequest.js"
import { ServiceNotSupported } from "../../errors/Conflict.js"
import {
  AccountProblem,
  AllAccessDisabled,
  DeregisterUserId,
  FrozenUserId,
  InArrearOrInsufficientBalance,
  NotSignedUp,
  Unauthorized,
  UserRestricted,
  VirtualHostDomainRequired
} from "../../errors/Forbidden.js"
import { MissingContentLength } from "../../errors/LengthRequired.js"
import { PermanentRedirect, WebsiteRedirect } from "../../errors/MovedPermanently.js"
import { ServiceNotImplemented } from "../../errors/NotImplemented.js"
import { TemporaryRedirect } from "../../errors/TemporaryRedirect.js"
import type { Refusal, Unread } from "./asked.js"
import { makesBucket, refused } from "./asked.js"
import { methodNotAllowed } from "./refusals.js"
import type { Problem, Unavailable } from "./settings.js"

// Of version 4, or of version 6 in its brackets
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/

/** A bucket that is in the path. There is nothing to put it in front of where the host is an address. */
const styleFault = ({ bucket, place, settings, url }: Unread) =>
  settings.pathStyle === "refused" && place.style === "path" && bucket !== "" && !address.test(url.hostname)
    ? new VirtualHostDomainRequired({
        message: "Virtual host domain is required while accessing a specific bucket.",
        virtualHost: `${bucket}.${url.hostname}`
      })
    : undefined

/** The endpoint of websites, where a bucket is in front of the host. */
const websiteFault = ({ place, url }: Unread) =>
  place.style === "path" && url.hostname.startsWith("obs-website.") ? new WebsiteRedirect() : undefined

const methods = ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"]

const methodFault = ({ method }: Unread) => (methods.includes(method) ? undefined : new ServiceNotImplemented())

const problems: { readonly [Name in Problem]: () => Refusal } = {
  AccountProblem: () => new AccountProblem(),
  DeregisterUserId: () => new DeregisterUserId(),
  FrozenUserId: () => new FrozenUserId(),
  InArrearOrInsufficientBalance: () => new InArrearOrInsufficientBalance(),
  NotSignedUp: () => new NotSignedUp(),
  Unauthorized: () => new Unauthorized(),
  UserRestricted: () => new UserRestricted()
}

/** An account that may do nothing, or, where it is restricted, not make buckets. */
const accountFault = (asked: Unread, parameter: string | undefined) => {
  const { problem } = asked
  if (problem === undefined) return undefined
  return problem === "UserRestricted" && !makesBucket(asked, parameter) ? undefined : problems[problem]()
}

const ownOf = <A>(record: { readonly [name: string]: A }, name: string): A | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

const bucketFault = ({ bucket, place, settings, url }: Unread) => {
  if (settings.forbiddenBuckets.includes(bucket)) return new AllAccessDisabled()
  const moved = ownOf(settings.moved, bucket)
  if (moved === undefined) return undefined
  const { endpoint, permanent = false } = moved
  const host = place.style === "path" ? endpoint : `${bucket}.${endpoint}`
  const fields = { endpoint: host, bucket }
  return refused(permanent ? new PermanentRedirect(fields) : new TemporaryRedirect(fields), {
    location: `${url.protocol}//${host}${url.pathname}${url.search}`
  })
}

const unavailable: { readonly [Why in Unavailable]: () => Refusal } = {
  off: methodNotAllowed,
  restricted: () => new UserKeyMustBeSpecified(),
  unsupported: () => new ServiceNotSupported()
}

const functionFault = ({ query, settings }: Unread) => {
  for (const name of query.keys()) {
    const why = ownOf(settings.functions, name)
    if (why !== undefined) return unavailable[why]()
  }
  return undefined
}

/** Whoever writes an object has to say how long it is, or that its end will be said. */
const lengthFault = ({ headers, key, method, settings }: Unread) =>
  settings.requireContentLength &&
  method === "PUT" &&
  key !== "" &&
  headers["content-length"] === undefined &&
  headers["transfer-encoding"] === undefined
    ? new MissingContentLength()
    : undefined

const faults = [
  methodFault,
  websiteFault,
  accountFault,
  styleFault,
  bucketFault,
  functionFault,
  lengthFault
] satisfies ReadonlyArray<(asked: Unread, parameter: string | undefined) => Refusal | undefined>

/** `parameter` is the one that the request is answered by. */
export const admissionFault = (asked: Unread, parameter: string | undefined): Refusal | undefined => {
  for (const faultOf of faults) {
    const fault = faultOf(asked, parameter)
    if (fault !== undefined) return fault
  }
  return undefined
}
