/**
 * Tests of programs that call OBS, a line for each step: what is there, what goes wrong, and what was asked for.
 *
 * @since 0.3.0
 */
import * as Runtime from "#effect/runtime"
import * as HttpClient from "#http/HttpClient"
import * as Context from "effect/Context"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { AddedRule, LoggedRequest } from "../internal/faults/ledger.js"
import type { InvalidRule, Rule } from "../internal/faults/rule.js"
import { matcherOf } from "../internal/faults/rule.js"
import * as ObsClient from "../ObsClient.js"
import * as ObsCredentials from "../ObsCredentials.js"
import type { Faults } from "./faults.js"
import * as ObsFault from "./ObsFault.js"
import * as ObsTestClient from "./ObsTestClient.js"
import * as ObsTestService from "./ObsTestService.js"

/**
 * Buckets with their objects: `{ photos: { "cat.txt": "meow" }, empty: {} }`.
 *
 * @category models
 * @since 0.3.0
 */
export interface Seed {
  readonly [bucket: string]: { readonly [key: string]: string | Uint8Array | SeedObject }
}

/**
 * An object with more than its content, such as its metadata.
 *
 * @category models
 * @since 0.3.0
 */
export interface SeedObject extends Omit<ObsClient.PutObjectOptions, "bucket" | "key"> {}

/**
 * What seeding fails with: the errors of the calls that make a bucket and put an object.
 *
 * @category errors
 * @since 0.3.0
 */
export type SeedError = ObsClient.CreateBucketError | ObsClient.PutObjectError

/**
 * The OBS of a test, and the handle to its faults.
 *
 * @category models
 * @since 0.3.0
 */
export interface Service extends Faults {
  /** Makes buckets and puts objects into them, past the faults and the log. Buckets that are there stay. */
  readonly seed: (buckets: Seed) => Effect.Effect<void, SeedError>
}

/**
 * The OBS of a test.
 *
 * @category services
 * @since 0.3.0
 */
export class ObsTest extends Runtime.service<ObsTest, Service>()("effect-obs/testing/ObsTest") {}

/**
 * Other requests came than a test expected. The message lists both, line by line.
 *
 * @category errors
 * @since 0.3.0
 */
export class UnexpectedRequests
  extends /*#__PURE__*/ Data.TaggedError("UnexpectedRequests")<{
    readonly expected: ReadonlyArray<string>
    readonly requests: ReadonlyArray<string>
    /** Both, line by line. */
    readonly message: string
  }> {}

/**
 * How the OBS of a test and its client differ from others.
 *
 * @category models
 * @since 0.3.0
 */
export interface Options extends Omit<ObsTestService.Options, "credentials" | "endpoint" | "domains"> {
  /** Time limits and retries of the client. It retries as in production, without waiting, by default. */
  readonly client?: Pick<ObsClient.Options, "limits" | "retry"> | undefined
  /** The rules to begin with. */
  readonly rules?: Rule | ReadonlyArray<Rule> | undefined
}

const endpoint = "https://obs.example.com"

const keys = { accessKeyId: "AK", secretAccessKey: "not-a-real-secret" }

// As in production, but that nothing waits
const atOnce = { delay: 0, throttledDelay: 0, maxExtraDelay: 0 }

const clientOf = (handler: ObsTestService.Handler, { limits, retry = atOnce }: NonNullable<Options["client"]> = {}) =>
  ObsClient.make({ endpoint, limits, retry }).pipe(
    Effect.provide(Layer.orDie(ObsCredentials.layer(keys))),
    Effect.provideService(HttpClient.HttpClient, ObsTestClient.make(handler))
  )

const seedWith =
  (client: ObsClient.ObsClientService): Service["seed"] =>
  (buckets) =>
    Effect.provideService(
      Effect.forEach(
        Object.entries(buckets),
        ([bucket, objects]) =>
          Effect.gen(function* () {
            yield* Effect.catchTag(ObsClient.createBucket({ bucket }), "BucketAlreadyOwnedByYou", () => Effect.void)
            for (const [key, object] of Object.entries(objects)) {
              const given = typeof object === "string" || object instanceof Uint8Array ? { body: object } : object
              yield* ObsClient.putObject({ ...given, bucket, key })
            }
          }),
        { discard: true }
      ),
      ObsClient.ObsClient,
      client
    )

/**
 * Provides an OBS in memory of its own, an `ObsClient` of it, and the handle to both. It needs no endpoint and no
 * credentials. Every test that is given the layer has a new OBS, with no buckets yet.
 *
 * Requests are signed, and signatures are checked. What fails is repeated as in production, but at once: no test waits, with
 * `TestClock` or without. `layerWith({ client: { retry: {} } })` waits as in production.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect } from "effect"
 * import { ObsClient } from "effect-obs"
 * import { ObsTest } from "effect-obs/testing"
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsTest.seed({ photos: { "cat.txt": "meow" } })
 *   yield* ObsTest.fault({ operation: "GetObject", times: 1, error: "SlowDown" })
 *
 *   const cat = yield* ObsClient.getObject({ bucket: "photos", key: "cat.txt" })
 *   assert.strictEqual(yield* cat.text, "meow")
 *
 *   yield* ObsTest.expectRequests(["GetObject photos/cat.txt 503 SlowDown", "GetObject photos/cat.txt 200"])
 * })
 *
 * await Effect.runPromise(Effect.provide(program, ObsTest.layer))
 * ```
 *
 * @category layers
 * @since 0.3.0
 */
export const layer: Layer.Layer<ObsTest | ObsClient.ObsClient> = /*#__PURE__*/ Layer.suspend(() =>
  Layer.orDie(layerWith({}))
)

/**
 * Provides what `layer` does, of an OBS and a client with options: a stricter one, one with rules to begin with, or a client
 * with another retry policy. Fails with `InvalidRule`, and with `InvalidInput` if an option of the client is wrong.
 *
 * @category layers
 * @since 0.3.0
 */
export const layerWith = (
  options: Options
): Layer.Layer<ObsTest | ObsClient.ObsClient, InvalidRule | ObsClient.InvalidInput> =>
  Runtime.layerContext(
    Effect.gen(function* () {
      const service = yield* ObsTestService.makeWith({ ...options, credentials: [keys] })
      const faults = yield* ObsFault.make(service, { rules: options.rules })
      const seed = seedWith(yield* clientOf(service, {}))
      const client = yield* clientOf(faults.handler, options.client)
      return Context.make(ObsTest, { ...faults, seed }).pipe(Context.add(ObsClient.ObsClient, client))
    })
  )

/**
 * Makes buckets and puts objects into them, past the faults and the log. Buckets that are there stay.
 *
 * @category arranging
 * @since 0.3.0
 */
export const seed = (buckets: Seed): Effect.Effect<void, SeedError, ObsTest> =>
  Effect.flatMap(ObsTest, (obs) => obs.seed(buckets))

/**
 * Adds a rule, or several: `fault({ operation: "PutObject", key: "cat.txt", nth: 3, error: "SlowDown" })` fails the third put
 * of a key. `ObsFault.Rule` has all that can happen. Fails with `InvalidRule`.
 *
 * @category arranging
 * @since 0.3.0
 */
export const fault = (
  rules: Rule | ReadonlyArray<Rule>
): Effect.Effect<ReadonlyArray<AddedRule>, InvalidRule, ObsTest> => Effect.flatMap(ObsTest, (obs) => obs.add(rules))

/**
 * Removes all rules and forgets all requests; buckets and objects stay.
 *
 * @category arranging
 * @since 0.3.0
 */
export const reset: Effect.Effect<void, never, ObsTest> = /*#__PURE__*/ Effect.flatMap(ObsTest, (obs) => obs.reset)

/**
 * The requests so far, in the order in which they came.
 *
 * @category asserting
 * @since 0.3.0
 */
export const requests: Effect.Effect<ReadonlyArray<LoggedRequest>, never, ObsTest> = /*#__PURE__*/ Effect.flatMap(
  ObsTest,
  (obs) => obs.requests
)

/**
 * A request on a line: `GetObject photos/cat.txt 404 NoSuchKey`. A connection that broke before the answer is `0`; where a
 * request is no operation of `ObsOperation`, the line begins with its method.
 *
 * @category asserting
 * @since 0.3.0
 */
export const lineOf = ({ bucket, error, key, method, operation, status }: LoggedRequest): string =>
  [operation ?? method, key === "" ? bucket : `${bucket}/${key}`, status, error]
    .filter((part) => part !== undefined && part !== "")
    .join(" ")

/**
 * Checks which requests came, in their order. Fails with `UnexpectedRequests`.
 *
 * An expected line is one of `lineOf` or the beginning of one, and `*` in it stands for any text: `PutObject photos/cat.txt`
 * is a put of the key whatever came of it, and `PutObject * 503`, any that was answered with 503.
 *
 * @category asserting
 * @since 0.3.0
 */
export const expectRequests = (expected: ReadonlyArray<string>): Effect.Effect<void, UnexpectedRequests, ObsTest> =>
  Effect.flatMap(requests, (found) => {
    const came = found.map(lineOf)
    const isMet = (line: string | undefined, expected: string | undefined): boolean =>
      line !== undefined && expected !== undefined && (matcherOf(expected)(line) || matcherOf(`${expected} *`)(line))
    const length = Math.max(came.length, expected.length)
    const rows = Array.from({ length }, (_, i) => ({ line: came[i], expected: expected[i] }))
    if (rows.every((row) => isMet(row.line, row.expected))) return Effect.void
    const told = rows.flatMap((row) =>
      isMet(row.line, row.expected)
        ? [`  ${row.line ?? ""}`]
        : [
            ...(row.expected === undefined ? [] : [`- ${row.expected}`]),
            ...(row.line === undefined ? [] : [`+ ${row.line}`])
          ]
    )
    const message = ["Other requests came (+) than were expected (-):", ...told].join("\n")
    return Effect.fail(new UnexpectedRequests({ expected, requests: came, message }))
  })
