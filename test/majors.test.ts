/**
 * The two packages in one process, as where a program and a library of somebody's have one each: an error of either is
 * one for the other too. Runs where both are built: `npm run build`.
 */
import { major } from "#test/effect"
import { afterAll, describe, expect, it } from "@effect/vitest"
import type * as Effects from "effect"
import type * as Library from "effect-obs"
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { withEverything } from "./support/httpApi.js"

// The copy of the project for Effect 4 is a folder in it
const root = fileURLToPath(new URL(major === 3 ? ".." : "../..", import.meta.url))

const places = [
  { name: "3", built: join(root, "dist/effect3"), modules: join(root, "node_modules") },
  { name: "4", built: join(root, "dist/effect4"), modules: join(root, ".effect4/node_modules") }
] as const

const missing = places.flatMap(({ built, modules }) => [built, join(modules, "effect")]).filter((p) => !existsSync(p))
if (missing.length > 0) console.warn(`not here, so nothing is compared across majors: ${missing.join(", ")}`)

/** The types are those of the Effect that is installed; the names that are used here are the same in both. */
interface Copy {
  readonly Equal: typeof Effects.Equal
  readonly Hash: typeof Effects.Hash
  readonly Schema: typeof Effects.Schema
  readonly obs: typeof Library
}

const folder = mkdtempSync(join(tmpdir(), "effect-obs-majors-"))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const importAs = <A>(path: string): Promise<A> => import(/* @vite-ignore */ pathToFileURL(path).href)

const load = async ({ built, modules, name }: (typeof places)[number]): Promise<Copy> => {
  // In a folder of this name vitest leaves a module as it is
  const place = join(folder, "node_modules", name)
  cpSync(built, place, { recursive: true })
  symlinkSync(modules, join(place, "node_modules"))
  const [effect, obs] = await Promise.all([
    importAs<typeof Effects>(join(modules, "effect/dist", name === "3" ? "esm/index.js" : "index.js")),
    importAs<typeof Library>(join(place, "dist/index.js"))
  ])
  return { Equal: effect.Equal, Hash: effect.Hash, Schema: effect.Schema, obs }
}

const here = missing.length === 0
const three = here ? await load(places[0]) : undefined
const four = here ? await load(places[1]) : undefined

const failuresOf = ({ obs }: Copy) => withEverything(obs.ObsError.ObsFailure)

/** What the service says, of every kind. */
const answers = [
  "<Error><Code>NoSuchKey</Code><Key>a</Key></Error>",
  "<Error><Code>SignatureDoesNotMatch</Code><StringToSign>AK:secret</StringToSign></Error>",
  "<Error><Code>Mine</Code></Error>",
  "<html>"
]

const skewed =
  "<Error><Code>RequestTimeTooSkewed</Code><RequestTime>20210824T061826Z</RequestTime><ServerTime>2021-10-14T03:17:08.663Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>"

/** Encoded forms, with values that are none. */
const encodedForms: ReadonlyArray<object> = [
  ...[-5, 1.5, Infinity, -Infinity, Number.NaN, 1e300, null, "5", 0].map((retryAfter) => ({ retryAfter })),
  ...[0, 1.5, -1, 3, Number.NaN, Infinity, 2 ** 60, "3"].map((attempts) => ({ attempts })),
  ...[1.5, -1, Number.NaN, 1e400, "5", 404].map((status) => ({ status })),
  ...[1, "", undefined, null].map((message) => ({ message })),
  ...[null, [], "x", { a: 1 }, { a: undefined }, { a: "b" }, undefined].map((details) => ({ details })),
  ...[null, 1, "", undefined, "a\nb"].map((requestId) => ({ requestId })),
  ...["2021", "2021-08-24T06:18:26Z", "x", "", "2021-08-24T06:18:26+08:00", "2021-08-24", 5].map((requestTime) => ({
    requestTime
  })),
  { extra: 1 },
  { _tag: "Mine" },
  { _tag: "NoSuchKey", key: "a" },
  { _tag: "NoSuchKey", key: 1 }
].map((form) => ({ _tag: "RequestTimeTooSkewed", message: "m", status: 403, details: {}, ...form }))

describe.skipIf(!here)("equal across majors", () => {
  if (three === undefined || four === undefined) return

  describe.each([
    ["3", "4", three, four],
    ["4", "3", four, three]
  ] as const)("an error of %s, for %s", (_name, _otherName, own, other) => {
    const { ObsFailure } = own.obs.ObsError
    const theirs = other.obs.ObsError
    const made = [
      ...failuresOf(own).map((failure, i) => [failure, failuresOf(other)[i]] as const),
      ...answers.map((body) => {
        const answer = { status: 403, headers: { "x-obs-request-id": "r" }, body }
        return [own.obs.ObsResponse.decode(answer), other.obs.ObsResponse.decode(answer)] as const
      })
    ]

    it("is recognised", () => {
      for (const [failure] of made) {
        expect(failure).not.toBeInstanceOf(theirs.NoSuchKey)
        expect(theirs.isObsFailure(failure)).toBe(true)
        expect([failure._tag, theirs.isNotFoundError(failure)]).toEqual([
          failure._tag,
          own.obs.ObsError.isNotFoundError(failure)
        ])
        expect([failure._tag, other.Schema.is(theirs.ObsFailure)(failure)]).toEqual([failure._tag, true])
        expect(other.obs.ObsRetry.classify(failure)).toBe(own.obs.ObsRetry.classify(failure))
      }
    })

    it("is equal to what the other makes of the same answer, by either", () => {
      for (const [failure, same] of made) {
        for (const { Equal, Hash } of [own, other]) {
          expect([failure._tag, Equal.equals(failure, same)]).toEqual([failure._tag, true])
          expect(Hash.hash(failure)).toBe(Hash.hash(same))
        }
      }
      const [[first, same] = [], [, another] = []] = made
      expect(own.Equal.equals(first, same)).toBe(true)
      expect(own.Equal.equals(first, another)).toBe(false)
    })

    it("is encoded to the same form, by either, and comes back equal as an error of the other, and of its own", () => {
      for (const [failure, same] of made) {
        const encoded = own.Schema.encodeSync(ObsFailure)(failure)
        expect(other.Schema.encodeSync(theirs.ObsFailure)(failure)).toEqual(encoded)
        expect(JSON.stringify(encoded)).not.toContain("AK:secret")
        const carried = other.Schema.decodeUnknownSync(theirs.ObsFailure)(JSON.parse(JSON.stringify(encoded)))
        expect(carried.constructor).toBe(same?.constructor)
        expect([failure._tag, other.Equal.equals(carried, same)]).toEqual([failure._tag, true])
        expect(other.Hash.hash(carried)).toBe(other.Hash.hash(same))
        const again = own.Schema.decodeUnknownSync(ObsFailure)(other.Schema.encodeSync(theirs.ObsFailure)(carried))
        expect([failure._tag, own.Equal.equals(again, failure)]).toEqual([failure._tag, true])
      }
    })

    // No Effect takes the Duration or the DateTime of the other for one, so what holds them is carried over encoded by
    // its own library
    it("with times and durations is recognised, and comes back equal by way of its encoded form", () => {
      const timed = [
        ...answers.map((body) => ({ status: 503, headers: { "retry-after": "5" }, body })),
        { status: 403, headers: {}, body: skewed }
      ]
      for (const answer of timed) {
        const failure = own.obs.ObsResponse.decode(answer)
        const same = other.obs.ObsResponse.decode(answer)
        expect(theirs.isObsFailure(failure)).toBe(true)
        const encoded = own.Schema.encodeSync(ObsFailure)(failure)
        expect(other.Schema.encodeSync(theirs.ObsFailure)(same)).toEqual(encoded)
        const carried = other.Schema.decodeUnknownSync(theirs.ObsFailure)(encoded)
        expect([failure._tag, other.Equal.equals(carried, same)]).toEqual([failure._tag, true])
      }
    })
  })

  it("the same is taken for an encoded form", () => {
    const outcome = ({ Schema, obs }: Copy, form: object) => {
      try {
        return Schema.encodeSync(obs.ObsError.ObsFailure)(
          Schema.decodeUnknownSync(obs.ObsError.ObsFailure)(structuredClone(form))
        )
      } catch {
        return "refused"
      }
    }
    const outcomes = encodedForms.map((form) => [form, outcome(three, form)])
    expect(encodedForms.map((form) => [form, outcome(four, form)])).toEqual(outcomes)
    expect(outcomes.filter(([, outcome]) => outcome === "refused").length).toBeGreaterThan(10)
  })
})
