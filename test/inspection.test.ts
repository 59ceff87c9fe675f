/**
 * What Node shows of an error: its inspection, and where it came from.
 */
import { expect, it } from "@effect/vitest"
import { Cause, Effect, Option } from "effect"
import { ObsError } from "effect-obs"
import { inspect } from "node:util"

const failure = new ObsError.NoSuchKey({ key: "a.txt", requestId: "0000018A" })

it("says what to do, with which request, and the fields", () => {
  expect(inspect(failure)).toContain("request id 0000018A")
  expect(inspect(failure)).toContain("key: 'a.txt'")
  expect(failure.stack).toContain("inspection.test.ts")
})

it.effect("does so behind the proxy that a span puts around an error", () =>
  Effect.gen(function* () {
    const cause = yield* Effect.fail(failure).pipe(Effect.withSpan("span"), Effect.sandbox, Effect.flip)
    expect(inspect(Option.getOrThrow(Cause.failureOption(cause)))).toContain("key: 'a.txt'")
  })
)

it("shows no secret, not even of what is hidden", () => {
  const signed = new ObsError.SignatureDoesNotMatch({ message: "StringToSign: AK:secret" })
  const unexpected = new ObsError.UnexpectedObsError({ operation: "GetObject", failure: signed })
  for (const error of [signed, unexpected]) {
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("AK:secret")
  }
})

it("is there where no trace is wanted or somebody took the stack away", () => {
  const { stackTraceLimit } = Error
  try {
    Reflect.deleteProperty(Error, "stackTraceLimit")
    const error = new ObsError.NoSuchKey({ requestId: "0000018A" })
    expect(error.stack).toContain("request id 0000018A")
    expect(inspect(error)).toContain("request id 0000018A")
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
  const error = new ObsError.NoSuchKey({ requestId: "0000018A" })
  Object.defineProperty(error, "stack", { value: undefined })
  expect(inspect(error)).toContain("request id 0000018A")
})
