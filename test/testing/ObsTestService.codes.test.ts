import { Effect, Option, withOwnClock } from "#test/effect"
import { isByBehaviour, provocations, run } from "#test/provocations"
import { describe, expect, it } from "@effect/vitest"
import { ObsError } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"
import { callerOf } from "../support/service.js"

const rows = Object.entries(provocations)

const statusOf = (code: string) =>
  Option.match(ObsError.byCode(code), { onNone: () => undefined, onSome: ({ info }) => info.status })

describe("the codes of the service's table", () => {
  it("are all there, nearly all by behaviour", () => {
    expect(rows).toHaveLength(80)
    expect(rows.filter(([, provocation]) => isByBehaviour(provocation)).length).toBeGreaterThanOrEqual(76)
  })

  it.effect.each(rows)("%s comes with its status", ([code, provocation]) =>
    Effect.gen(function* () {
      const said = isByBehaviour(provocation)
        ? yield* withOwnClock(run(provocation))
        : yield* callerOf(yield* ObsTestService.make)("GET /", { headers: { [ObsTestService.errorHeader]: code } })
      expect([said.tag, said.status]).toEqual([code, statusOf(code)])
    })
  )
})
