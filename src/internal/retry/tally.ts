/**
 * What an attempt of a retry sends, so that retries inside one another count together, and a failure of one request
 * proves nothing of the others.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { isObject } from "../object.js"

/** What a retry takes a failure for. */
export interface Judge {
  readonly canHelp: (error: unknown) => boolean
  readonly provesNothingDone: (error: unknown) => boolean
}

/** A request that was sent. */
export interface Send {
  /** It failed so that something sent another one for it. */
  readonly resent: () => void
  /** It ended in this error, which is known to be of no other request where it is `sole`. */
  readonly failed: (error: unknown, sole: boolean) => void
}

/** Attempts, and what the number of their failures is at least when something fails that was begun now. */
type Counts = ReadonlyArray<readonly [tally: Tally, count: number]>

/** What one attempt of a retry sends, and the attempts of the retries around it with it. */
export class Tally {
  private readonly judge: Judge
  private readonly around: Option.Option<Tally>
  private readonly failures = new WeakSet()
  /** As they were when the last request was sent, or the attempt began. */
  private last: Counts
  private sent = 0
  private undone = 0
  private failed = 0
  private endsFailed = false
  private isOver = false

  constructor(judge: Judge, around: Option.Option<Tally>) {
    this.judge = judge
    this.around = Option.flatMap(around, (tally) => tally.stillOpen())
    this.last = this.counts()
  }

  /** What a fiber that outlived an attempt sends is no more of it; to keep it would make an endless chain. */
  private stillOpen(): Option.Option<Tally> {
    return this.isOver ? Option.flatMap(this.around, (tally) => tally.stillOpen()) : Option.some(this)
  }

  /** What is under way together counts once: none of it is a repetition of another. */
  private counts(): Counts {
    return [
      [this, this.failed + 1],
      ...Option.match(this.around, { onNone: () => [], onSome: (tally) => tally.counts() })
    ]
  }

  private static count(counts: Counts): void {
    for (const [tally, count] of counts) {
      tally.failed = Math.max(tally.failed, count)
      tally.endsFailed = true
    }
  }

  begin(): Send {
    const counts = this.counts()
    for (const [i, [tally]] of counts.entries()) {
      tally.last = counts.slice(i)
      tally.sent += 1
      tally.endsFailed = false
    }
    return {
      resent: () => {
        Tally.count(counts)
      },
      failed: (error, sole) => {
        const isUndone = sole && this.judge.provesNothingDone(error)
        if (isUndone) for (const [tally] of counts) tally.undone += 1
        if (!this.judge.canHelp(error)) return
        Tally.count(counts)
        if (isObject(error)) for (const [tally] of counts) tally.failures.add(error)
      }
    }
  }

  end(): void {
    this.isOver = true
  }

  /**
   * How many attempts this one counts for, which failed with an error that may tell a number itself: the requests that
   * failed in it one after the other. Requests that succeeded do not count, or an effect of many would have no second
   * attempt. An error of none of them, such as that of a body that was cut, is a failure of the last one, or of a request
   * that nobody saw.
   */
  attempts(error: unknown, told: Option.Option<number>): number {
    const isCounted = Option.isSome(told) || this.endsFailed || (isObject(error) && this.failures.has(error))
    const canHelp = this.judge.canHelp(error)
    if (!isCounted && canHelp) Tally.count(this.last)
    return Math.max(
      Option.getOrElse(told, () => 1),
      this.failed + (isCounted || canHelp ? 0 : 1)
    )
  }

  /** Whether an error can speak for all that was sent: one request at most, or such as are known to be undone. */
  isProvedBy(error: unknown): boolean {
    return this.judge.provesNothingDone(error) && (this.sent <= 1 || this.sent === this.undone)
  }
}

/** The attempt of the innermost retry around. */
export const CurrentTally: Runtime.Reference<Option.Option<Tally>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentTally",
  () => Option.none()
)

/** Runs an attempt, and counts in it what it sends. */
export const tallied = <A, E, R>(attempt: Effect.Effect<A, E, R>, tally: Tally): Effect.Effect<A, E, R> =>
  Effect.provideService(attempt, CurrentTally, Option.some(tally)).pipe(
    Effect.ensuring(
      Effect.sync(() => {
        tally.end()
      })
    )
  )
