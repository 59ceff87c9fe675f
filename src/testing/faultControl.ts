/**
 * The handle to faults over HTTP.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import { decode, selectorOf } from "../internal/faults/rule.js"
import type { Faults } from "./faults.js"
import type { Handler, Request, Response } from "./ObsTestService.js"
import { bytes } from "./ObsTestService.js"

const json = (value: unknown, status = 200): Response => ({
  status,
  headers: { "content-type": "application/json" },
  body: `${JSON.stringify(value, undefined, 2)}\n`
})

const done: Response = { status: 204, headers: {}, body: "" }

const problem = (status: number, ...problems: ReadonlyArray<string>): Response =>
  json({ message: problems.join(" "), problems }, status)

const help = `GET    /rules        the rules, and how often each was applied
POST   /rules        adds a rule, or a list of rules
DELETE /rules        removes all rules
GET    /rules/{id}   one rule
DELETE /rules/{id}   removes one rule
GET    /requests     the requests so far; ?operation=, ?method=, ?bucket= and ?key= choose some of them
DELETE /requests     forgets the requests
POST   /reset        removes all rules and forgets all requests
`

/** What JSON says; none if it is none. */
const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

const add = (faults: Faults, request: Request): Effect.Effect<Response> =>
  Effect.gen(function* () {
    const sent = parsed(new TextDecoder().decode(yield* bytes(request)))
    if (sent === undefined) {
      return problem(400, `The body is no JSON. Send a rule, such as {"operation": "PutObject", "error": "SlowDown"}.`)
    }
    return yield* Effect.flatMap(decode(sent.value), faults.add).pipe(
      Effect.map((added) => json(added, 201)),
      Runtime.catchAll(({ problems }) => Effect.succeed(problem(400, ...problems)))
    )
  })

/** The requests that parameters choose, which say it as the fields of a rule do. */
const chosen = (faults: Faults, query: URLSearchParams): Effect.Effect<Response> => {
  const names = ["operation", "method", "bucket", "key"]
  const unknown = [...query.keys()].find((name) => !names.includes(name))
  if (unknown !== undefined) {
    return Effect.succeed(problem(400, `There is no parameter "${unknown}", only ${names.join(", ")}.`))
  }
  const selection = decode({ status: 200, ...Object.fromEntries(query) })
  return Effect.flatMap(selection, ([rule = {}]) => {
    const isChosen = selectorOf(rule)
    return Effect.map(faults.requests, (requests) =>
      json(requests.filter((request) => isChosen({ ...request, operation: request.operation })))
    )
  }).pipe(Runtime.catchAll(({ problems }) => Effect.succeed(problem(400, ...problems))))
}

/** What can be done at a path, by method. */
type Methods = { readonly [method: string]: Effect.Effect<Response> }

const after = (effect: Effect.Effect<void>): Effect.Effect<Response> => Effect.as(effect, done)

const methodsAt = (path: string, faults: Faults, request: Request): Methods | undefined => {
  const id = /^\/rules\/(\d{1,9})$/.exec(path)?.[1]
  if (id !== undefined) {
    const missing = problem(404, `There is no rule ${id}. GET /rules lists all.`)
    return {
      GET: Effect.map(faults.rules, (rules) => {
        const rule = rules.find((rule) => rule.id === Number(id))
        return rule === undefined ? missing : json(rule)
      }),
      DELETE: Effect.map(faults.remove(Number(id)), (isRemoved) => (isRemoved ? done : missing))
    }
  }
  switch (path) {
    case "/":
      return { GET: Effect.succeed({ status: 200, headers: { "content-type": "text/plain" }, body: help }) }
    case "/rules":
      return {
        GET: Effect.map(faults.rules, (rules) => json(rules)),
        POST: add(faults, request),
        DELETE: after(faults.clear)
      }
    case "/requests":
      return { GET: chosen(faults, request.url.searchParams), DELETE: after(faults.forget) }
    case "/reset":
      return { POST: after(faults.reset) }
    default:
      return undefined
  }
}

/** Answers requests for what faults do. */
export const controlOf =
  (faults: Faults): Handler =>
  (request) => {
    const { method, url } = request
    const methods = methodsAt(url.pathname, faults, request)
    if (methods === undefined)
      return Effect.succeed(problem(404, `There is nothing at ${url.pathname}. GET / tells what is where.`))
    const answer = Object.hasOwn(methods, method) ? methods[method] : undefined
    if (answer !== undefined) return answer
    const allowed = Object.keys(methods).join(", ")
    const refused = problem(405, `${method} cannot be sent to ${url.pathname}, only ${allowed}.`)
    return Effect.succeed({ ...refused, headers: { ...refused.headers, allow: allowed } })
  }
