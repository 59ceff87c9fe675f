/**
 * What Node shows of an error: its inspection, and where it came from.
 */
import { expect, it } from "@effect/vitest"
import { Cause, Effect, Logger, Option } from "#test/effect"
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
    expect(inspect(Option.getOrThrow(Cause.findErrorOption(cause)))).toContain("key: 'a.txt'")
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

it("is there where the intrinsics are frozen", () => {
  const descriptor = Object.getOwnPropertyDescriptor(Error, "stackTraceLimit") ?? {}
  try {
    Object.defineProperty(Error, "stackTraceLimit", { writable: false })
    const error = new ObsError.NoSuchKey({ requestId: "0000018A" })
    expect(error.stack).toContain("request id 0000018A")
    expect(error.stack).toContain("inspection.test.ts")
    Object.defineProperty(Error, "stackTraceLimit", { get: () => 10, configurable: true })
    expect(new ObsError.NoSuchKey({ requestId: "0000018A" }).stack).toContain("request id 0000018A")
  } finally {
    Object.defineProperty(Error, "stackTraceLimit", descriptor)
  }
})

it("gives a hook for stack traces the name and the message, and outlives one that throws", () => {
  const { prepareStackTrace } = Error
  const seen: Array<string> = []
  const hooks: ReadonlyArray<(error: Error) => unknown> = [
    (error) => `${error.name.toUpperCase()} ${error.message.trim()} ${String(error)}\n    at hook`,
    () => {
      throw new Error("boom")
    },
    () => [],
    () => undefined
  ]
  try {
    for (const hook of hooks) {
      Error.prepareStackTrace = (error) => {
        seen.push(`${error.name}: ${error.message}`)
        return hook(error)
      }
      const error = new ObsError.NoSuchKey({ message: "gone", requestId: "0000018A" })
      expect(error.stack).toContain("NoSuchKey: gone\n    status 404, request id 0000018A")
      expect(inspect(error)).toContain("request id 0000018A")
    }
  } finally {
    Error.prepareStackTrace = prepareStackTrace
  }
  expect(new Set(seen)).toEqual(new Set(["NoSuchKey: gone"]))
})

it.effect("says in a log what to do next", () =>
  Effect.gen(function* () {
    for (const logger of [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson]) {
      const lines: Array<string> = []
      yield* Effect.logError("it failed", new ObsError.NoSuchKey({ requestId: "0000018A" })).pipe(
        Effect.provide(Logger.layer([Logger.map(logger, (line) => lines.push(line))]))
      )
      expect(lines.join()).toContain("Upload an object first.")
      expect(lines.join()).toContain("0000018A")
    }
  })
)
