/**
 * What the compiler takes out of a type is a failure of this library, and nothing that only looks like one; what a
 * handler gets is of the type that it says.
 */
/* eslint-disable @typescript-eslint/no-explicit-any -- what is handled can be of the type any */
import { type Cause, Data, Effect } from "#test/effect"
import { ObsError, ObsOperation } from "effect-obs"
import { describe, expect, test } from "tstyche"

/** An error of another library, with everything of NoSuchKey but its mark. */
class Foreign extends Data.Error<Omit<ObsError.NoSuchKey, keyof Error | ObsError.TypeId>> {}

class ForeignSlowDown extends Data.TaggedError("SlowDown")<{
  readonly category: "Throttling"
  readonly retry: "throttling"
  readonly status: 503
  readonly info: { readonly status: 503; readonly retry: "throttling" }
}> {}

type Others = Foreign | ForeignSlowDown

class Mine extends ObsError.NoSuchKey {
  readonly extra = 1
}

type Marked404 = ObsError.NoSuchKey & { readonly extra: 1 }

const succeed = () => Effect.succeed("handled")

declare const more: Effect.Effect<string, Mine | Marked404 | ObsError.SlowDown>
declare const bare: Effect.Effect<string, ObsError.Failure | ObsError.SlowDown>
declare const any: Effect.Effect<string, any>
declare const status: number
declare const either: 403 | 404
declare const category: ObsError.Category
declare const failed: Effect.Effect<string, ObsError.NoSuchKey | ObsError.SlowDown | ObsError.UnknownObsError>
declare const failure: ObsError.NoSuchKey | ObsError.SlowDown | ObsError.UnknownObsError
declare const one: Effect.Effect<string, ObsError.NoSuchKey | ObsError.SlowDown | Others>

describe("a foreign error of the same shape", () => {
  test("stays when a status, a category or what is retryable is handled", () => {
    const status = one.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey>()
        return succeed()
      })
    )
    expect(status).type.toBe<Effect.Effect<string, ObsError.SlowDown | Others>>()
    const category = one.pipe(
      ObsError.catchCategory("NotFound", (failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey>()
        return succeed()
      })
    )
    expect(category).type.toBe<Effect.Effect<string, ObsError.SlowDown | Others>>()
    const retryable = one.pipe(
      ObsError.catchRetryable((failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey | ObsError.SlowDown>()
        return succeed()
      })
    )
    expect(retryable).type.toBe<Effect.Effect<string, ObsError.NoSuchKey | Others>>()
  })

  test("stays behind every guard", () => {
    const tell = (u: ObsError.NoSuchKey | ObsError.SlowDown | Others) => {
      if (ObsError.isStatus(u, 404)) expect(u).type.toBe<ObsError.NoSuchKey>()
      else expect(u).type.toBe<ObsError.SlowDown | Others>()
      if (ObsError.isCategory(u, "NotFound")) expect(u).type.toBe<ObsError.NoSuchKey>()
      else expect(u).type.toBe<ObsError.SlowDown | Others>()
      if (!ObsError.isRetryable(u)) expect(u).type.toBe<ObsError.NoSuchKey | ObsError.SlowDown | Others>()
      if (!ObsError.isNotFoundError(u)) expect(u).type.toBe<ObsError.SlowDown | Others>()
      if (!ObsError.isObsError(u)) expect(u).type.toBe<Others>()
      if (!ObsError.isObsFailure(u)) expect(u).type.toBe<Others>()
    }
    expect(tell).type.toBeCallableWith(new ObsError.NoSuchKey())
  })

  test("stays when an operation is expected", () => {
    expect(one.pipe(ObsOperation.expect(ObsOperation.GetObject))).type.toBe<
      Effect.Effect<string, Others | ObsOperation.GetObjectError | ObsError.UnexpectedObsError>
    >()
    const foreign: Effect.Effect<string, Others> = Effect.succeed("")
    // @ts-expect-error wrap the client with ObsHttpClient.filterStatusOk first
    foreign.pipe(ObsOperation.expect(ObsOperation.GetObject))
  })
})

describe("what is more than a class of this library", () => {
  test("is taken out with its class", () => {
    expect(more.pipe(ObsError.catchStatus(404, succeed))).type.toBe<Effect.Effect<string, ObsError.SlowDown>>()
    expect(more.pipe(ObsError.catchCategory("NotFound", succeed))).type.toBe<Effect.Effect<string, ObsError.SlowDown>>()
    expect(more.pipe(ObsError.catchRetryable(succeed))).type.toBe<Effect.Effect<string, Mine | Marked404>>()
  })

  test("is handed over as what it is", () => {
    more.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<Mine | Marked404>()
        return succeed()
      })
    )
  })
})

describe("a type that says no more than that it is a failure", () => {
  test("is handed over, and stays", () => {
    const status = bare.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<ObsError.Failure>()
        return succeed()
      })
    )
    expect(status).type.toBe<typeof bare>()
    const category = bare.pipe(
      ObsError.catchCategory("NotFound", (failure) => {
        expect(failure).type.toBe<ObsError.Failure>()
        return succeed()
      })
    )
    expect(category).type.toBe<typeof bare>()
    const retryable = bare.pipe(
      ObsError.catchRetryable((failure) => {
        expect(failure).type.toBe<ObsError.Failure | ObsError.SlowDown>()
        return succeed()
      })
    )
    expect(retryable).type.toBe<Effect.Effect<string, ObsError.Failure>>()
  })

  test("stays behind isStatus though it holds another failure", () => {
    const tell = (u: ObsError.Failure & { readonly failure: ObsError.AnyFailure }) => {
      if (!ObsError.isStatus(u, 404))
        expect(u).type.toBe<ObsError.Failure & { readonly failure: ObsError.AnyFailure }>()
    }
    expect(tell).type.not.toBeCallableWith(new ObsError.NoSuchKey())
  })

  test("stays behind the guards that can tell it", () => {
    const tell = (u: ObsError.Failure | ObsError.NoSuchKey) => {
      if (ObsError.isStatus(u, 404)) expect(u).type.toBeAssignableTo<ObsError.Failure>()
      else expect(u).type.toBe<ObsError.Failure>()
      if (ObsError.isCategory(u, "NotFound")) expect(u.category).type.toBe<"NotFound">()
      else expect(u).type.toBe<ObsError.Failure>()
      if (!ObsError.isRetryable(u)) expect(u).type.toBe<ObsError.Failure>()
    }
    expect(tell).type.toBeCallableWith(new ObsError.NoSuchKey())
  })
})

describe("a type that does not say whether it is a failure", () => {
  test("hands over failures, and stays", () => {
    const unknown: Effect.Effect<string, unknown> = Effect.succeed("")
    const handled = unknown.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<ObsError.AnyFailure>()
        return succeed()
      }),
      ObsError.catchCategory("NotFound", (failure) => {
        expect(failure).type.toBe<ObsError.AnyFailure>()
        return succeed()
      }),
      ObsError.catchRetryable((failure) => {
        expect(failure).type.toBe<ObsError.AnyFailure>()
        return succeed()
      })
    )
    expect(handled).type.toBe<Effect.Effect<string, unknown>>()
  })

  test("hands over failures where they can hide behind Error or YieldableError", () => {
    const either: Effect.Effect<string, Error | Cause.YieldableError | ObsError.NoSuchKey> = Effect.succeed("")
    const handled = either.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBeAssignableTo<ObsError.Failure>()
        expect(failure._tag).type.toBe<string>()
        return succeed()
      })
    )
    expect<Effect.Error<typeof handled>>().type.toBe<Error | Cause.YieldableError>()
  })

  test("is told by the guards", () => {
    const tell = (u: unknown, error: Error) => {
      if (ObsError.isStatus(u, 404)) expect(u).type.toBeAssignableTo<ObsError.Failure>()
      else expect(u).type.toBe<unknown>()
      if (ObsError.isCategory(u, "NotFound")) expect(u.category).type.toBe<"NotFound">()
      if (ObsError.isStatus(error, 404)) expect(error).type.toBeAssignableTo<ObsError.Failure>()
      else expect(error).type.toBe<Error>()
      if (ObsError.isRetryable(error)) expect(error.retry).type.toBe<"transient" | "throttling" | "clock">()
      else expect(error).type.toBe<Error>()
    }
    expect(tell).type.toBeCallableWith(1, new Error("x"))
  })

  test("is any as long as it is any", () => {
    const handled = any.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<any>()
        return succeed()
      })
    )
    expect(handled).type.toBe<Effect.Effect<string, any>>()
    expect(any.pipe(ObsError.catchCategory("NotFound", succeed))).type.toBe<Effect.Effect<string, any>>()
    expect(any.pipe(ObsError.catchRetryable(succeed))).type.toBe<Effect.Effect<string, any>>()
    expect(any.pipe(ObsOperation.expect(ObsOperation.GetObject))).type.toBe<Effect.Effect<string, any>>()
  })

  test("is nothing where nothing fails", () => {
    const handled = Effect.succeed("").pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<never>()
        return succeed()
      }),
      ObsError.catchCategory("NotFound", succeed),
      ObsError.catchRetryable(succeed)
    )
    expect(handled).type.toBe<Effect.Effect<string>>()
  })

  test("stays open in a function of any error", () => {
    const handle = <E>(self: Effect.Effect<string, E | ObsError.NoSuchKey>) =>
      self.pipe(
        ObsError.catchStatus(404, succeed),
        ObsError.catchCategory("Throttling", succeed),
        ObsError.catchRetryable(succeed)
      )
    const handled = handle(one)
    expect(handled).type.toBe<Effect.Effect<string, Others>>()
  })
})

describe("what is not one literal", () => {
  test("hands over whatever it can be", () => {
    failed.pipe(
      ObsError.catchStatus(either, (failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey | ObsError.UnknownObsError>()
        return succeed()
      }),
      ObsError.catchStatus(status, (failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey | ObsError.SlowDown | ObsError.UnknownObsError>()
        return succeed()
      }),
      ObsError.catchCategory(category, (failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey | ObsError.SlowDown | ObsError.UnknownObsError>()
        return succeed()
      })
    )
    expect(failed.pipe(ObsError.catchCategory(category, succeed))).type.toBe<typeof failed>()
  })

  test("tells guards nothing", () => {
    if (ObsError.isStatus(failure, status)) expect(failure).type.toBe<typeof failure>()
    expect(ObsError.isStatus(failure, status)).type.toBe<boolean>()
    expect(ObsError.isCategory(failure, category)).type.toBe<boolean>()
    expect([failure].filter(ObsError.isStatus(either))).type.toBe<Array<typeof failure>>()
    expect([failure].filter(ObsError.isCategory(category))).type.toBe<Array<typeof failure>>()
    expect(ObsError.isCategory).type.not.toBeCallableWith("Sever")
  })
})
