/**
 * Requests of pages that come from elsewhere: what browsers ask before, and what they have to be told with each answer.
 */
import { BadRequest, InvalidRequest } from "../../errors/BadRequest.js"
import { AccessForbidden } from "../../errors/Forbidden.js"
import type { Head, Outcome, Refusal, Reply, Unread } from "./asked.js"
import { empty, present } from "./asked.js"
import type { Elements } from "./documents.js"
import { read } from "./documents.js"
import { malformedXml, noSuchBucket } from "./refusals.js"
import type { Bucket, State } from "./state.js"

/** The texts of a rule by the names of their elements, of which each can be there several times. */
type Rule = ReadonlyMap<string, ReadonlyArray<string>>

const parent = "CORSRule"

const rulesOf = (elements: Elements): ReadonlyArray<Rule> => {
  const rules: Array<Rule> = []
  let rule = new Map<string, ReadonlyArray<string>>()
  for (const { path, text } of elements) {
    if (path === parent) {
      rules.push(rule)
      rule = new Map()
    } else if (path.startsWith(`${parent}/`)) {
      const name = path.slice(parent.length + 1)
      rule.set(name, [...(rule.get(name) ?? []), text ?? ""])
    }
  }
  return rules
}

const methods = ["GET", "PUT", "HEAD", "POST", "DELETE"]

const maxRules = 100

const hasOneWildcard = (text: string): boolean => text.split("*").length <= 2

/** What is wrong with a configuration. */
export const corsFault = (elements: Elements): Refusal | undefined => {
  const rules = rulesOf(elements)
  if (rules.length === 0 || rules.length > maxRules) return malformedXml()
  for (const rule of rules) {
    const of = (name: string) => rule.get(name) ?? []
    if (of("AllowedOrigin").length === 0 || of("AllowedMethod").length === 0) return malformedXml()
    if (of("MaxAgeSeconds").length > 1 || of("MaxAgeSeconds").some((text) => !/^-?\d{1,9}$/.test(text))) {
      return malformedXml()
    }
    const other = of("AllowedMethod").find((method) => !methods.includes(method))
    if (other !== undefined) return new InvalidRequest({ message: `${other} is no method that a rule can allow.` })
    for (const name of ["AllowedOrigin", "AllowedHeader"]) {
      const wild = of(name).find((text) => !hasOneWildcard(text))
      if (wild !== undefined) return new InvalidRequest({ message: `${name} "${wild}" has more than one wildcard.` })
    }
  }
  return undefined
}

/** Whether a text is one that a pattern means, in which a `*` stands for anything. */
const fits = (pattern: string, text: string): boolean => {
  const [before = "", after] = pattern.split("*", 2)
  return after === undefined
    ? pattern === text
    : text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
}

interface Crossing {
  readonly origin: string
  readonly method: string
  /** The headers that are asked for, in lower case. */
  readonly headers: ReadonlyArray<string>
}

/** The first rule of a bucket that allows what a page does; undefined where the bucket has no rules at all. */
const ruleFor = ({ documents }: Bucket, { headers, method, origin }: Crossing): Rule | "None" | undefined => {
  const document = documents.get("cors")
  if (document === undefined) return undefined
  const rules = rulesOf(read(document, ["CORSConfiguration"]) ?? [])
  const isAllowed = (rule: Rule): boolean => {
    const any = (name: string, text: string) => rule.get(name)?.some((pattern) => fits(pattern, text)) === true
    const allowed = rule.get("AllowedHeader")?.map((pattern) => pattern.toLowerCase()) ?? []
    return (
      any("AllowedOrigin", origin) &&
      rule.get("AllowedMethod")?.includes(method) === true &&
      headers.every((header) => allowed.some((pattern) => fits(pattern, header)))
    )
  }
  return rules.find(isAllowed) ?? "None"
}

// What an answer depends on, so that no cache gives it to another page
const vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method"

const headersOf = (rule: Rule, { headers, origin }: Crossing): Reply["headers"] =>
  present({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": rule.get("AllowedMethod")?.join(","),
    "access-control-allow-headers": headers.length === 0 ? undefined : headers.join(","),
    "access-control-max-age": rule.get("MaxAgeSeconds")?.[0],
    "access-control-expose-headers": rule.get("ExposeHeader")?.join(","),
    "access-control-allow-credentials": "true",
    vary
  })

const forbidden = (message: string) => new AccessForbidden({ message })

const notAllowed =
  "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, request method / " +
  "Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."

/** Answers a browser that asks whether a page may do what it is about to. */
export const preflight = ({ bucket: name, headers }: Unread, state: State): Outcome => {
  const bucket = state.buckets.get(name)
  if (bucket === undefined) return noSuchBucket(name)
  if (!bucket.documents.has("cors")) return forbidden("CORSResponse: CORS is not enabled for this bucket.")
  const origin = headers["origin"]
  if (origin === undefined) {
    return new BadRequest({ message: "Insufficient information. Origin request header needed." })
  }
  const method = headers["access-control-request-method"]
  if (method === undefined || !methods.includes(method)) {
    return new BadRequest({ message: `Invalid Access-Control-Request-Method: ${method ?? "null"}` })
  }
  const asked = headers["access-control-request-headers"]?.split(",").map((name) => name.trim().toLowerCase()) ?? []
  const crossing = { origin, method, headers: asked.filter((name) => name !== "") }
  const rule = ruleFor(bucket, crossing)
  return rule === undefined || rule === "None" ? forbidden(notAllowed) : empty(200, headersOf(rule, crossing))
}

/** The headers of an answer that tell a browser whether the page that asked may have it. */
export const corsHeaders = ({ headers, method }: Head, name: string, state: State): Reply["headers"] => {
  const origin = headers["origin"]
  if (origin === undefined || method === "OPTIONS") return {}
  const bucket = state.buckets.get(name)
  const crossing = { origin, method, headers: [] }
  const rule = bucket && ruleFor(bucket, crossing)
  return rule === undefined ? {} : rule === "None" ? { vary } : headersOf(rule, crossing)
}
