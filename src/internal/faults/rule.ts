/**
 * Rules: which requests they are about, and what then happens.
 */
import * as Schema from "#effect/schema"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { all } from "../../errors/catalogue.js"
import { OefError } from "../../errors/Oef.js"
import { isRecord } from "../object.js"
import { withoutSecrets } from "../secrets.js"
import { printable, shorten } from "../text.js"
import { classOf } from "../wire/decode.js"
import type { OperationName } from "./operation.js"
import { operationNames } from "./operation.js"

/**
 * A rule: the requests that it is about, and what happens to them. It is plain JSON.
 *
 * A rule without `operation`, `method`, `bucket` and `key` is about all requests. Of what happens, at least one thing has to
 * be said, and several go together: `{ error: "SlowDown", retryAfter: 2, latency: 100 }`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Rule {
  /** The operation, or several. */
  readonly operation?: OperationName | ReadonlyArray<OperationName> | undefined
  /** The HTTP method. */
  readonly method?: string | undefined
  /** The bucket; `*` stands for any text, `\*` for itself. */
  readonly bucket?: string | undefined
  /** The key; `*` stands for any text, slashes included, and `\*` for itself. */
  readonly key?: string | undefined
  /** Which of the requests it is about, counted from 1: the third, or those from the second to the fourth, `[2, 4]`. */
  readonly nth?: number | readonly [from: number, to: number] | undefined
  /** How many times it happens at most. */
  readonly times?: number | undefined
  /** How likely it happens, from 0 to 1. The same `seed` gives the same choices, request by request. */
  readonly probability?: number | undefined
  /** Where the choices of `probability` begin: 0 by default. */
  readonly seed?: number | undefined

  /** The code to fail with: any of the catalogue, or one of your own with its `status`. */
  readonly error?: string | undefined
  /** The status: by default the documented one. With a 2xx, the error is inside a success. */
  readonly status?: number | undefined
  /** The message of the error; by default that of the catalogue. */
  readonly message?: string | undefined
  /** Further elements of the error, such as `{ Condition: "If-Match" }`. */
  readonly details?: { readonly [name: string]: string } | undefined
  /** The HTML page of a proxy, with status 502 unless `status` says another. */
  readonly html?: boolean | undefined
  /** A body of your own, with status 200 unless `status` says another. */
  readonly body?: string | undefined
  /** Another endpoint to send the request to, such as `obs.eu-de.example.com`: with status 307, or 301 where `status` says so. */
  readonly redirect?: string | undefined

  /** The header `Retry-After`: seconds, or a date. */
  readonly retryAfter?: number | string | undefined
  /** The header `x-obs-qos-delay-time`, in milliseconds. */
  readonly qosDelay?: number | undefined
  /** The header `x-reserved-indicator`, such as `601`. */
  readonly indicator?: string | undefined
  /** Further headers of the answer. */
  readonly headers?: { readonly [name: string]: string } | undefined

  /** How many milliseconds the answer comes late, by Effect's clock. The request takes effect before. */
  readonly latency?: number | undefined
  /** The body comes so many `bytes` at a time, each after so many milliseconds (`every`). */
  readonly drip?: Drip | undefined
  /** The body ends after so many bytes, and the answer looks complete. */
  readonly truncate?: number | undefined
  /** The body never ends: blanks follow what it has. */
  readonly endless?: boolean | undefined
  /** The connection breaks `before` the answer, or after so many bytes of its body. */
  readonly cut?: "before" | number | undefined
  /**
   * Whether the request takes effect although the service's own answer is lost, by `cut: "before"` or another answer: false by
   * default. Where the service's answer is sent, the request takes effect.
   */
  readonly applied?: boolean | undefined
  /** How many milliseconds the clock of the service is ahead, or behind if it is negative. Signed requests are then refused. */
  readonly clock?: number | undefined
}

/**
 * How slowly a body comes.
 *
 * @category models
 * @since 0.3.0
 */
export interface Drip {
  /** How many bytes come at a time. */
  readonly bytes: number
  /** How many milliseconds pass before each. */
  readonly every: number
}

/**
 * A rule that cannot be meant: its message says what is wrong with it, and what to write instead.
 *
 * @category errors
 * @since 0.3.0
 */
export class InvalidRule
  extends /*#__PURE__*/ Data.TaggedError("InvalidRule")<{
    /** What is wrong, a sentence each. */
    readonly problems: ReadonlyArray<string>
    /** All of them. */
    readonly message: string
  }> {}

/** A value as a message shows it. */
const shown = (u: unknown): string => {
  try {
    return shorten(withoutSecrets(printable(JSON.stringify(u))), 80)
  } catch {
    return "something else"
  }
}

const kind = <A>(schema: Schema.Codec<A>, is: (a: A) => boolean): Schema.Codec<A> =>
  Schema.refined(schema, (a) => (is(a) ? undefined : "out of range"))

const whole = (min: number, max = Number.MAX_SAFE_INTEGER): Schema.Codec<number> =>
  kind(Schema.number, (n) => Number.isSafeInteger(n) && n >= min && n <= max)

const text = /*#__PURE__*/ kind(Schema.string, (s) => s !== "")

const headerName = /^[\w!#$%&'*+.^`|~-]+$/

/** What a field can be, and how a message says it. */
interface Field<A> {
  readonly schema: Schema.Codec<A>
  readonly is: (u: unknown) => boolean
  readonly expected: string
}

const field = <A>(expected: string, schema: Schema.Codec<A>): Field<A> => ({
  expected,
  schema,
  is: Schema.guardOf(schema)
})

type Fields = { readonly [Name in keyof Rule]-?: Field<NonNullable<Rule[Name]>> }

const millis = "a number of milliseconds"

const fields: Fields = {
  operation: field(
    'the name of an operation, such as "GetObject", or a list of names',
    Schema.either(Schema.oneOf(operationNames), Schema.Array(Schema.oneOf(operationNames)))
  ),
  method: field(
    'an HTTP method, such as "PUT"',
    kind(Schema.string, (s) => /^[A-Za-z]+$/.test(s))
  ),
  bucket: field('the name of a bucket, such as "photos" or "photo*"', text),
  key: field('a key, such as "cats/1.jpg" or "cats/*"', text),
  nth: field(
    "a number from 1 on, or a range of them, such as [2, 4]",
    Schema.either(
      whole(1),
      kind(Schema.pair(whole(1)), ([from, to]) => from <= to)
    )
  ),
  times: field("a number from 1 on", whole(1)),
  probability: field(
    "a number from 0 to 1",
    kind(Schema.number, (n) => n >= 0 && n <= 1)
  ),
  seed: field("a whole number", whole(Number.MIN_SAFE_INTEGER)),
  error: field(
    'a code, such as "SlowDown"',
    kind(Schema.string, (s) => /^[\w.-]+$/.test(s))
  ),
  status: field("a status from 200 to 599", whole(200, 599)),
  message: field("a text", Schema.string),
  details: field('texts by the names of elements, such as {"Condition": "If-Match"}', Schema.textMap),
  html: field("true or false", Schema.boolean),
  body: field("a text", Schema.string),
  redirect: field(
    'another endpoint, such as "obs.eu-de.example.com" or "https://obs.eu-de.example.com"',
    kind(Schema.string, (s) => endpointOf(s) !== undefined)
  ),
  retryAfter: field("a number of seconds, or a date as HTTP writes it", Schema.either(whole(0), text)),
  qosDelay: field(millis, whole(0)),
  indicator: field('a text, such as "601"', text),
  headers: field(
    'texts by the names of headers, such as {"x-obs-version-id": "1"}',
    kind(Schema.textMap, (headers) => Object.keys(headers).every((name) => headerName.test(name)))
  ),
  latency: field(
    millis,
    kind(Schema.number, (n) => n >= 0 && n < 2 ** 31)
  ),
  drip: field(
    'bytes and milliseconds, such as {"bytes": 10, "every": 100}',
    Schema.Struct({ bytes: whole(1), every: whole(0) })
  ),
  truncate: field("a number of bytes", whole(0)),
  endless: field("true or false", Schema.boolean),
  cut: field('"before", or a number of bytes', Schema.either(Schema.oneOf(["before"]), whole(0))),
  applied: field("true or false", Schema.boolean),
  clock: field(
    millis,
    kind(Schema.number, (n) => Math.abs(n) < 8.64e15)
  )
}

/** The URL of an endpoint; undefined if it is none. */
export const endpointOf = (endpoint: string): URL | undefined => {
  try {
    const url = new URL(endpoint.includes("://") ? endpoint : `https://${endpoint}`)
    return url.host !== "" && /^https?:$/.test(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}

/** How many edits make a text of another one. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, x] of Array.from(a).entries()) {
    const next = [i + 1]
    for (const [j, y] of Array.from(b).entries()) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (x === y ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}

/** The question whether another name was meant; none if there is none like it. */
const meant = (name: string, names: Iterable<string>): string => {
  const lower = name.toLowerCase().slice(0, 64)
  const [nearest] = Array.from(names, (other) => [other, distance(lower, other.toLowerCase())] as const)
    .filter(([, edits]) => edits <= Math.max(1, lower.length / 4))
    .sort(([, a], [, b]) => a - b)
  return nearest === undefined ? "" : ` Did you mean ${shown(nearest[0])}?`
}

const isField = (name: string): name is keyof Fields => Object.hasOwn(fields, name)

/** What is wrong with the values of fields, each by itself. */
const fieldProblems = (rule: { readonly [name: string]: unknown }): ReadonlyArray<string> =>
  Object.entries(rule).flatMap(([name, value]) => {
    if (!isField(name)) return [`${shown(name)} is no field of a rule.${meant(name, Object.keys(fields))}`]
    const { expected, is } = fields[name]
    if (value === undefined || is(value)) return []
    const names: ReadonlyArray<string> = operationNames
    const wrong = name === "operation" ? [value].flat().find((one) => !names.some((known) => known === one)) : undefined
    const hint = typeof wrong === "string" ? meant(wrong, names) : ""
    return [`"${name}" has to be ${expected}, not ${shown(value)}.${hint}`]
  })

/** What answers instead of the service. */
const answers = ["error", "html", "body", "redirect"] as const

/** What happens; the rest says when. */
const effects: ReadonlyArray<keyof Rule> = [
  ...answers,
  "status",
  "retryAfter",
  "qosDelay",
  "indicator",
  "headers",
  "latency",
  "drip",
  "truncate",
  "endless",
  "cut",
  "clock"
]

const quoted = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(", ")

const isGiven = (rule: Rule, name: keyof Rule): boolean => rule[name] !== undefined && rule[name] !== false

/** Whether a rule has an answer of its own, and the service's is not sent. */
export const hasAnswer = (rule: Rule): boolean =>
  rule.status !== undefined || answers.some((name) => isGiven(rule, name))

/** What is wrong with a rule whose fields are right, each by itself. */
const ruleProblems = (rule: Rule): ReadonlyArray<string> => {
  const { applied, cut, details, error, message, probability, seed, status } = rule
  const problems: Array<string> = []
  const given = answers.filter((name) => isGiven(rule, name))
  if (!effects.some((name) => isGiven(rule, name))) {
    problems.push(`The rule says of no fault. Add what happens, one or more of ${quoted(effects)}.`)
  }
  if (given.length > 1) problems.push(`There is one answer to a request. Leave one of ${quoted(given)}.`)
  if (error !== undefined && status === undefined && classOf(error) === undefined) {
    const codes = [...all, ...OefError.members].map(({ _tag }) => _tag)
    problems.push(
      `${shown(error)} is no code of the catalogue.${meant(error, codes)} For a code of your own, give its "status", too.`
    )
  }
  if (error === undefined && (message !== undefined || details !== undefined)) {
    problems.push(`"message" and "details" are those of an error. Add "error", or leave them out.`)
  }
  if (seed !== undefined && probability === undefined) {
    problems.push(`"seed" is that of "probability". Add it, or leave the seed out.`)
  }
  if (applied === false && !hasAnswer(rule) && cut !== "before") {
    problems.push(
      `The service's own answer is sent, so the request takes effect. Leave "applied" out, or add an answer such as "error".`
    )
  }
  return problems
}

const example = '{"operation": "PutObject", "error": "SlowDown"}'

const isRule: (u: unknown) => u is Rule = (u): u is Rule => isRecord(u) && fieldProblems(u).length === 0

/** What is wrong with a rule, a sentence each; nothing if it can be meant. */
const problemsOf = (u: unknown): ReadonlyArray<string> => {
  if (!isRecord(u)) return [`A rule has to be an object, such as ${example}, not ${shown(u)}.`]
  const wrong = fieldProblems(u)
  return wrong.length > 0 || !isRule(u) ? wrong : ruleProblems(u)
}

/**
 * The schema of rules: plain JSON on both sides.
 *
 * `decode` says more clearly what is wrong with a rule.
 *
 * @category models
 * @since 0.3.0
 */
export const Rule: Schema.Codec<Rule> = /*#__PURE__*/ (() => {
  const optional = <A>({ schema }: Field<A>) => Schema.optional(schema)
  const struct = Schema.Struct({
    operation: optional(fields.operation),
    method: optional(fields.method),
    bucket: optional(fields.bucket),
    key: optional(fields.key),
    nth: optional(fields.nth),
    times: optional(fields.times),
    probability: optional(fields.probability),
    seed: optional(fields.seed),
    error: optional(fields.error),
    status: optional(fields.status),
    message: optional(fields.message),
    details: optional(fields.details),
    html: optional(fields.html),
    body: optional(fields.body),
    redirect: optional(fields.redirect),
    retryAfter: optional(fields.retryAfter),
    qosDelay: optional(fields.qosDelay),
    indicator: optional(fields.indicator),
    headers: optional(fields.headers),
    latency: optional(fields.latency),
    drip: optional(fields.drip),
    truncate: optional(fields.truncate),
    endless: optional(fields.endless),
    cut: optional(fields.cut),
    applied: optional(fields.applied),
    clock: optional(fields.clock)
  })
  return Schema.refined<Rule>(struct, (rule) => ruleProblems(rule)[0])
})()

/** Reads a rule or a list of rules, such as JSON holds. */
export const decode = (u: unknown): Effect.Effect<ReadonlyArray<Rule>, InvalidRule> =>
  Effect.suspend(() => {
    const given: ReadonlyArray<unknown> = Array.isArray(u) ? u : [u]
    const problems = given.flatMap((rule, i) =>
      problemsOf(rule).map((problem) => (given.length === 1 ? problem : `Rule ${i + 1}: ${problem}`))
    )
    return problems.length > 0
      ? Effect.fail(new InvalidRule({ problems, message: problems.join(" ") }))
      : Effect.succeed(given.filter(isRule))
  })

/** The texts that a pattern stands for. */
export const matcherOf = (pattern: string): ((text: string) => boolean) => {
  const parts = pattern.replace(/\\\*|\*|[.+?^${}()|[\]\\/]/g, (c) =>
    c === "*" ? ".*" : c === "\\*" ? "\\*" : `\\${c}`
  )
  const expression = new RegExp(`^${parts}$`, "s")
  return (text) => expression.test(text)
}

/** What tells whether a rule is about a request. */
export interface Asked {
  readonly operation: OperationName | undefined
  readonly method: string
  readonly bucket: string
  readonly key: string
}

/** Whether a rule is about a request. */
export const selectorOf = ({ bucket, key, method, operation }: Rule): ((asked: Asked) => boolean) => {
  const operations = operation === undefined ? undefined : new Set<string | undefined>([operation].flat())
  const verb = method?.toUpperCase()
  const [inBucket, ofKey] = [bucket, key].map((pattern) => (pattern === undefined ? undefined : matcherOf(pattern)))
  return (asked) =>
    (operations === undefined || operations.has(asked.operation)) &&
    (verb === undefined || verb === asked.method) &&
    (inBucket === undefined || inBucket(asked.bucket)) &&
    (ofKey === undefined || ofKey(asked.key))
}
