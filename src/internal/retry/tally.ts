/**
 * Counts the requests of an attempt, so that nested retries count together, and a failure of one request proves nothing
 * about the others.
 */
import * as Runtime from "#effect/runtime"
import * as Option from "effect/Option"
import { isObject } from "../object.js"

/** How a retry judges a failure. */
export interface Judge {
  readonly canHelp: (error: unknown) => boolean
  readonly provesNothingDone: (error: unknown) => boolean
}

/** A sent request. */
export interface Send {
  /** It failed, and something sent another one in its place. */
  readonly resent: () => void
  /** It failed with this error; `sole` if the error is known to belong to no other request. */
  readonly failed: (error: unknown, sole: boolean) => void
}

/** An attempt at one request, as the client that sends it sees it. */
export interface Sending {
  readonly request: object
  readonly begin: () => void
  readonly failed: (error: unknown) => void
}

/** Attempts, each with the least number of failures that it has if a request begun now fails. */
type Counts = ReadonlyArray<readonly [tally: Tally, count: number]>

/** The requests of one attempt, which also count for the attempts of the retries around it. */
export class Tally {
  private readonly judge: Judge
  private readonly around: Option.Option<Tally>
  private readonly failures = new WeakSet()
  /** The counts when the last request was sent, or the attempt began. */
  private last: Counts
  private sent = 0
  private undone = 0
  private failed = 0
  private endsFailed = false
  private isOver = false
  private sending: Sending | undefined

  constructor(judge: Judge, around: Option.Option<Tally>) {
    this.judge = judge
    this.around = Option.flatMap(around, (tally) => tally.stillOpen())
    this.last = this.counts()
  }

  /**
   * The tally, or an outer one if its attempt is over: requests of a fiber that outlives the attempt do not belong to
   * it, and keeping it would build an endless chain.
   */
  private stillOpen(): Option.Option<Tally> {
    return this.isOver ? Option.flatMap(this.around, (tally) => tally.stillOpen()) : Option.some(this)
  }

  /** Requests in progress at the same time count once, since none of them repeats another. */
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

  /** Says that the attempt is one at a single request. */
  sends(sending: Sending): void {
    this.sending = sending
  }

  /** The attempt at this very request, which may be one of a retry around this one. */
  sendingOf(request: object): Sending | undefined {
    return this.sending?.request === request ? this.sending : Option.getOrUndefined(this.around)?.sendingOf(request)
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
   * How many attempts this one counts as: the number of requests in it that failed one after the other, or the number
   * that the error reports. Requests that succeeded do not count, or an effect of many requests would get no second
   * attempt. An error of none of the requests, such as that of a cut body, counts as a failure of the last one, or of a
   * request that nobody saw.
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

  /** Whether an error proves that nothing was done: at most one request was sent, or all are known to be undone. */
  isProvedBy(error: unknown): boolean {
    return this.judge.provesNothingDone(error) && (this.sent <= 1 || this.sent === this.undone)
  }
}

/** The tally of the innermost retry. */
export const CurrentTally: Runtime.Reference<Option.Option<Tally>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentTally",
  () => Option.none()
)
