/**
 * Notices what takes too long, for all requests of a client at once: a timer for each would cost more than the rest of
 * a small request.
 */
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** Something that may take so long. */
interface Watched {
  readonly limit: number
  /** Counts what happens; the time begins anew where it has changed. */
  readonly count: () => number
  readonly late: () => void
  seen: number
  since: number
}

/** Stops watching. */
export type Unwatch = () => void

/** Watches with one timer, which runs while there is something to watch. */
export class Watchdog {
  private readonly watched = new Set<Watched>()
  private readonly now: () => number
  private readonly run: Runtime.RunFork
  private readonly tick: number
  private fiber: Runtime.RunningFiber<void> | undefined

  constructor(tick: number, now: () => number, run: Runtime.RunFork) {
    this.tick = tick
    this.now = now
    this.run = run
  }

  /** Calls `late` whenever a count has not changed for a limit in milliseconds. A limit that is infinite is none. */
  watch(limit: number, count: () => number, late: () => void): Unwatch {
    if (!Number.isFinite(limit)) return () => undefined
    const watched = { limit, count, late, seen: count(), since: this.now() }
    this.watched.add(watched)
    this.fiber ??= this.run(Effect.interruptible(this.ticking))
    return () => {
      this.watched.delete(watched)
    }
  }

  /** Ends the timer. */
  stop(): void {
    const { fiber } = this
    this.fiber = undefined
    this.watched.clear()
    if (fiber !== undefined) Runtime.interruptUnsafe(fiber)
  }

  private get ticking(): Effect.Effect<void> {
    return Effect.flatMap(Effect.sleep(this.tick), () => {
      this.check()
      if (this.watched.size > 0) return this.ticking
      this.fiber = undefined
      return Effect.void
    })
  }

  private check(): void {
    const now = this.now()
    for (const watched of this.watched) {
      const count = watched.count()
      if (count !== watched.seen) {
        watched.seen = count
        watched.since = now
      } else if (now - watched.since >= watched.limit) {
        watched.since = now
        watched.late()
      }
    }
  }
}

const longestTick = 1000

/** Makes a watchdog for limits in milliseconds: what is late is noticed within a quarter of the shortest, and a second. */
export const makeWatchdog = (limits: ReadonlyArray<number>): Effect.Effect<Watchdog, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.zipWith(Runtime.clock, Runtime.runFork, (now, run) => {
      const tick = Math.min(longestTick, Math.max(1, Math.min(...limits) / 4))
      return new Watchdog(tick, now, run)
    }),
    (watchdog) =>
      Effect.sync(() => {
        watchdog.stop()
      })
  )
