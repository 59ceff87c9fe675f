/**
 * How many requests a service takes: what counts those that are under way.
 */
import { TooManyWrongSignature } from "../../errors/BadRequest.js"
import { OperationAborted } from "../../errors/Conflict.js"
import { ServiceUnavailable, SlowDown } from "../../errors/ServiceUnavailable.js"
import type { Limits } from "./settings.js"

const second = 1000
const minute = 60 * second

/** The times of what happened within a period before now, of which there are at most so many. */
class Recent {
  private times: ReadonlyArray<number> = []
  private readonly max: number
  private readonly period: number

  constructor(max: number, period: number) {
    this.max = max
    this.period = period
  }

  isFull(now: number): boolean {
    this.times = this.times.filter((time) => now - time < this.period)
    return this.times.length >= this.max
  }

  add(now: number): void {
    this.times = [...this.times, now]
  }
}

/** A request that is under way. */
export interface Turn {
  /** Begins to make or to delete a bucket, if it does either, where no other request does so. */
  readonly begin: (bucket: string | undefined) => OperationAborted | undefined
  readonly leave: () => void
}

export class Gate {
  private readonly limits: Limits
  private readonly recent: Recent | undefined
  private underWay = 0
  /** Wrong signatures by access key. */
  private readonly wrong = new Map<string, Recent>()
  /** The buckets that are being made or deleted. */
  private readonly changing = new Set<string>()

  constructor(limits: Limits) {
    this.limits = limits
    const { requestsPerSecond } = limits
    this.recent = requestsPerSecond === undefined ? undefined : new Recent(requestsPerSecond, second)
  }

  /** Lets a request in, which has to leave, or refuses it. */
  enter(now: number): Turn | SlowDown | ServiceUnavailable {
    if (this.underWay >= (this.limits.concurrentRequests ?? Number.POSITIVE_INFINITY)) return new ServiceUnavailable()
    if (this.recent?.isFull(now) === true) return new SlowDown()
    this.recent?.add(now)
    this.underWay++
    let changing: string | undefined
    return {
      begin: (bucket) => {
        if (bucket === undefined) return undefined
        if (this.changing.has(bucket)) return new OperationAborted()
        this.changing.add(bucket)
        changing = bucket
        return undefined
      },
      leave: () => {
        this.underWay--
        if (changing !== undefined) this.changing.delete(changing)
      }
    }
  }

  /** Refuses an access key with which too much was signed wrong. */
  signatureFault(accessKeyId: string | undefined, now: number): TooManyWrongSignature | undefined {
    const isFull = accessKeyId !== undefined && this.wrong.get(accessKeyId)?.isFull(now) === true
    return isFull ? new TooManyWrongSignature() : undefined
  }

  signedWrong(accessKeyId: string | undefined, now: number): void {
    const { wrongSignatures } = this.limits
    if (wrongSignatures === undefined || accessKeyId === undefined) return
    const recent = this.wrong.get(accessKeyId) ?? new Recent(wrongSignatures, minute)
    recent.add(now)
    this.wrong.set(accessKeyId, recent)
  }
}
