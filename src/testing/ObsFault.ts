/**
 * Faults by rule: what a service does to which requests, and a log of the requests.
 *
 * @since 0.3.0
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { Ledger } from "../internal/faults/ledger.js"
import { operationNameOf } from "../internal/faults/operation.js"
import type { InvalidRule, Rule } from "../internal/faults/rule.js"
import * as Internal from "../internal/faults/rule.js"
import { targetOf } from "../internal/service/address.js"
import { placeOf } from "../internal/verification/place.js"
import * as ObsResponse from "../ObsResponse.js"
import { isNoResponse } from "./carried.js"
import { answerOf } from "./faultAnswer.js"
import { controlOf } from "./faultControl.js"
import type { Faults } from "./faults.js"
import type { Handler, Options as ServiceOptions, Request, Response } from "./ObsTestService.js"

export type { AddedRule, LoggedRequest } from "../internal/faults/ledger.js"
export type { OperationName } from "../internal/faults/operation.js"
export type { Drip } from "../internal/faults/rule.js"
export { InvalidRule, Rule } from "../internal/faults/rule.js"
export type { Faults } from "./faults.js"

/**
 * Where buckets are in addresses, as the service behind has it, and how many requests are remembered.
 *
 * @category models
 * @since 0.3.0
 */
export interface Options extends Pick<ServiceOptions, "endpoint" | "domains"> {
  /** The rules to begin with. */
  readonly rules?: Rule | ReadonlyArray<Rule> | undefined
  /** How many of the last requests are remembered: 10 000 by default. */
  readonly maxRequests?: number | undefined
}

/**
 * Reads rules from what JSON holds: one, or a list. Fails with `InvalidRule`, whose message says what to write instead.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsFault } from "effect-obs/testing"
 *
 * const wrong = ObsFault.decode(JSON.parse(`{ "operation": "PutObjects", "error": "SlowDown" }`))
 * const { problems } = await Effect.runPromise(Effect.flip(wrong))
 * assert.deepStrictEqual(problems, [
 *   `"operation" has to be the name of an operation, such as "GetObject", or a list of names, not "PutObjects". Did you mean "PutObject"?`
 * ])
 * ```
 *
 * @category reading
 * @since 0.3.0
 */
export const decode = (u: unknown): Effect.Effect<ReadonlyArray<Rule>, InvalidRule> => Internal.decode(u)

/** The code that an answer tells of; undefined if it is none of an error, or a stream. */
const errorOf = ({ body, headers, status }: Response, method: string): string | undefined => {
  if (status < 300 || !(typeof body === "string" || body instanceof Uint8Array)) return undefined
  const failure = ObsResponse.decode({ status, headers, body, method })
  if (failure._tag === "UnknownObsError") return failure.code
  return failure._tag === "UnrecognizedResponse" ? undefined : failure._tag
}

/**
 * Puts rules in front of a handler, such as a service in memory. Without rules it only logs the requests.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsHttpClient } from "effect-obs"
 * import { ObsFault, ObsTestClient, ObsTestService } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   const faults = yield* ObsFault.make(yield* ObsTestService.make)
 *   yield* faults.add({ operation: "CreateBucket", nth: 2, error: "TooManyBuckets" })
 *
 *   const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(faults.handler))
 *   yield* client.put("https://obs.example.com/photos")
 *   const failure = yield* Effect.flip(client.put("https://obs.example.com/videos"))
 *   assert.strictEqual(failure._tag, "TooManyBuckets")
 *
 *   const requests = yield* faults.requests
 *   assert.deepStrictEqual(
 *     requests.map(({ bucket, error, rule, status }) => [bucket, status, error, rule]),
 *     [
 *       ["photos", 200, undefined, undefined],
 *       ["videos", 400, "TooManyBuckets", 1]
 *     ]
 *   )
 * })
 *
 * await Effect.runPromise(program)
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const make = (handler: Handler, options: Options = {}): Effect.Effect<Faults, InvalidRule> =>
  Effect.gen(function* () {
    const ledger = new Ledger(options.maxRequests ?? 10_000)
    const add: Faults["add"] = (rules) => Effect.map(decode(rules), (rules) => ledger.add(rules))
    yield* add(options.rules ?? [])

    const answered = (request: Request, now: number): Effect.Effect<Response> => {
      const { headers, method, url } = request
      const [bucket, key] = targetOf(url, placeOf(url.hostname, options))
      const operation = operationNameOf({ method, bucket, key, query: url.searchParams, headers })
      const { answered, applied, number } = ledger.enter({ operation, method, bucket, key }, now)
      const service = Effect.suspend(() => handler(request))
      const answer =
        applied === undefined
          ? service
          : answerOf({ request, operation, bucket, key, number, rule: applied.rule }, service)
      return Effect.tap(answer, (response) =>
        Effect.sync(() => {
          const isOwn = applied?.rule.error !== undefined && !isNoResponse(response)
          answered({ status: response.status, error: isOwn ? applied.rule.error : errorOf(response, method) })
        })
      )
    }

    return {
      handler: (request) => Effect.flatMap(Clock.currentTimeMillis, (now) => answered(request, now)),
      add,
      rules: Effect.sync(() => ledger.rules()),
      remove: (id) => Effect.sync(() => ledger.remove(id)),
      clear: Effect.sync(() => {
        ledger.clear()
      }),
      requests: Effect.sync(() => ledger.requests()),
      forget: Effect.sync(() => {
        ledger.forget()
      }),
      reset: Effect.sync(() => {
        ledger.clear()
        ledger.forget()
      })
    }
  })

/**
 * Makes a handler that takes rules and tells requests over HTTP, in JSON, for tests in any language. Serve it on a port of its
 * own: `ObsTestServer.make(ObsFault.control(faults))`.
 *
 * | Request                | What it does                                                                        |
 * | ---------------------- | ----------------------------------------------------------------------------------- |
 * | `GET /rules`           | tells the rules, and how often each matched and fired                                |
 * | `POST /rules`          | adds a rule or a list of rules: 201, or 400 with what is wrong                       |
 * | `DELETE /rules`        | removes all rules                                                                   |
 * | `GET /rules/{id}`      | tells one rule                                                                      |
 * | `DELETE /rules/{id}`   | removes one rule                                                                    |
 * | `GET /requests`        | tells the requests, all or those of `?operation=`, `?method=`, `?bucket=`, `?key=`  |
 * | `DELETE /requests`     | forgets the requests                                                                |
 * | `POST /reset`          | removes all rules and forgets all requests                                          |
 *
 * It asks nobody who they are: keep it on loopback.
 *
 * @example
 * ```ts
 * import { FetchHttpClient, HttpBody, HttpClient } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsFault, ObsTestService } from "effect-obs/testing"
 * import { ObsTestServer } from "effect-obs/testing/node"
 *
 * const program = Effect.gen(function* () {
 *   const faults = yield* ObsFault.make(yield* ObsTestService.make)
 *   const obs = yield* ObsTestServer.make(faults.handler)
 *   const control = yield* ObsTestServer.make(ObsFault.control(faults))
 *
 *   const client = yield* HttpClient.HttpClient
 *   const rule = `{ "operation": "CreateBucket", "error": "TooManyBuckets" }`
 *   const added = yield* client.post(`${control.url}/rules`, { body: HttpBody.text(rule) })
 *   assert.strictEqual(added.status, 201)
 *   assert.strictEqual((yield* client.put(`${obs.url}/photos`)).status, 400)
 * })
 *
 * await Effect.runPromise(Effect.provide(Effect.scoped(program), FetchHttpClient.layer))
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const control = (faults: Faults): Handler => controlOf(faults)
