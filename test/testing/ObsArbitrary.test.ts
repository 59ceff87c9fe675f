import { Equal, forAllOf } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsResponse } from "effect-obs"
import { ObsArbitrary } from "effect-obs/testing"

/** Counts what an arbitrary gives. */
const counting = () => {
  const counts = new Map<string, number>()
  return {
    count: (...names: ReadonlyArray<string>) => {
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
    },
    counts
  }
}

const everyTag = [...ObsError.ObsFailure.members].map(({ _tag }) => _tag)

describe("a random failure", () => {
  it("is of every class, and equal to itself made again", async () => {
    const { count, counts } = counting()
    await forAllOf(
      ObsArbitrary.failure,
      (failure) => {
        count(failure._tag, ...Object.keys(failure))
        return ObsError.isObsFailure(failure) && !failure.message.includes("\n")
      },
      4000
    )
    expect(everyTag.filter((tag) => !counts.has(tag))).toEqual([])
    for (const name of ["key", "requestTime", "maxAllowedSkew", "retryAfter", "resource", "hostId"]) {
      expect(counts.get(name), name).toBeGreaterThan(0)
    }
  })

  it("is of a class or of a union", async () => {
    await forAllOf(ObsArbitrary.failureOf(ObsError.NoSuchKey), (failure) => failure instanceof ObsError.NoSuchKey, 100)
    await forAllOf(ObsArbitrary.failureOf(ObsError.NotFoundError), ObsError.isNotFoundError, 500)
    const reasons = counting()
    await forAllOf(
      ObsArbitrary.failureOf(ObsError.UnrecognizedResponse),
      (failure) => {
        reasons.count(failure.reason)
        return failure instanceof ObsError.UnrecognizedResponse
      },
      500
    )
    expect(reasons.counts.size).toBe(10)
  })
})

describe("a random response", () => {
  it("is decoded to its failure, of every class and in every layout", async () => {
    const { count, counts } = counting()
    await forAllOf(
      ObsArbitrary.response,
      ({ failure, layout, response }) => {
        count(failure._tag, layout.method, layout.layout ?? "", layout.dialect ?? "", layout.prefix ?? "none")
        const decoded = ObsResponse.decode(response)
        expect(decoded).toEqual(failure)
        return Equal.equals(decoded, failure)
      },
      4000
    )
    expect(everyTag.filter((tag) => !counts.has(tag))).toEqual([])
    const layouts = ["GET", "HEAD", "line", "indented", "json", "obs", "amz", "none", "s3", "o", "ns-1.x"]
    for (const name of layouts) expect(counts.get(name), name).toBeGreaterThan(50)
  })

  it("is of a class or of a union", async () => {
    await forAllOf(
      ObsArbitrary.responseOf(ObsError.OefError),
      ({ failure, layout, response }) =>
        ObsError.isOefError(failure) &&
        (layout.layout === "json" && layout.method === "GET") === String(response.body).startsWith("{"),
      500
    )
  })
})

it.prop(
  "it.prop takes them",
  [ObsArbitrary.responseOf(ObsError.SlowDown), ObsArbitrary.failure],
  ([{ failure, response }, any]) => ObsResponse.decode(response)._tag === failure._tag && any.status >= 203
)
