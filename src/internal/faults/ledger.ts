/**
 * Counts what rules are about and how often they fired, and remembers requests.
 */
import type { OperationName } from "./operation.js"
import type { Asked, Rule } from "./rule.js"
import { selectorOf } from "./rule.js"

/**
 * A rule that was added, and what became of it.
 *
 * @category models
 * @since 0.3.0
 */
export interface AddedRule {
  /** Its number, from 1. */
  readonly id: number
  readonly rule: Rule
  /** How many requests it was about. */
  readonly matched: number
  /** How many times it happened. */
  readonly fired: number
}

/**
 * A request that came, and what it was answered with.
 *
 * @category models
 * @since 0.3.0
 */
export interface LoggedRequest {
  /** Its number, from 1. */
  readonly number: number
  /** When it came, in milliseconds of Effect's clock. */
  readonly time: number
  /** What it asks for; none where it is no operation of `ObsOperation`. */
  readonly operation?: OperationName
  readonly method: string
  /** The bucket; empty where it names none. */
  readonly bucket: string
  /** The key; empty where it names none. */
  readonly key: string
  /** The status of the answer; 0 if the connection broke before, and none as long as there is no answer. */
  readonly status?: number
  /** The code of the error that it was answered with. */
  readonly error?: string
  /** The number of the rule that was applied. */
  readonly rule?: number
}

/** Numbers from 0 to 1, the same for the same seed. */
const chanceOf = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A rule that counts. */
class Counting {
  readonly id: number
  readonly rule: Rule
  matched = 0
  fired = 0
  private readonly isAbout: (asked: Asked) => boolean
  private readonly chance: () => number

  constructor(id: number, rule: Rule) {
    this.id = id
    this.rule = rule
    this.isAbout = selectorOf(rule)
    this.chance = chanceOf(rule.seed ?? 0)
  }

  /** Counts a request, and tells whether it is the rule's turn. */
  counts(asked: Asked): boolean {
    if (!this.isAbout(asked)) return false
    this.matched++
    const { nth, probability, times } = this.rule
    const [from, to] = nth === undefined ? [1, Infinity] : typeof nth === "number" ? [nth, nth] : nth
    if (this.matched < from || this.matched > to) return false
    // Drawn for each request, whatever other rules do, so that the choices stay the same
    const isChosen = probability === undefined || this.chance() < probability
    return isChosen && (times === undefined || this.fired < times)
  }
}

/** What a request is answered with, when it is known. */
export interface Answered {
  readonly status: number
  readonly error: string | undefined
}

export interface Entry {
  readonly applied: { readonly id: number; readonly rule: Rule } | undefined
  readonly number: number
  readonly answered: (answered: Answered) => void
}

export class Ledger {
  private counting: ReadonlyArray<Counting> = []
  private log: Array<LoggedRequest> = []
  private ids = 0
  private numbers = 0
  private readonly maxRequests: number

  constructor(maxRequests: number) {
    this.maxRequests = maxRequests
  }

  add(rules: ReadonlyArray<Rule>): ReadonlyArray<AddedRule> {
    const added = rules.map((rule) => new Counting(++this.ids, rule))
    this.counting = [...this.counting, ...added]
    return added.map(told)
  }

  remove(id: number): boolean {
    const before = this.counting.length
    this.counting = this.counting.filter((rule) => rule.id !== id)
    return this.counting.length < before
  }

  clear(): void {
    this.counting = []
  }

  rules(): ReadonlyArray<AddedRule> {
    return this.counting.map(told)
  }

  requests(): ReadonlyArray<LoggedRequest> {
    return [...this.log]
  }

  forget(): void {
    this.log = []
    this.numbers = 0
  }

  /** Counts a request for every rule that is about it, and remembers it with the first whose turn it is. */
  enter(asked: Asked, time: number): Entry {
    const [first] = this.counting.filter((rule) => rule.counts(asked))
    if (first !== undefined) first.fired++
    const { operation, ...named } = asked
    const number = ++this.numbers
    let request: LoggedRequest = {
      number,
      time,
      ...(operation === undefined ? undefined : { operation }),
      ...named,
      ...(first === undefined ? undefined : { rule: first.id })
    }
    this.log.push(request)
    if (this.log.length > this.maxRequests) this.log.shift()
    return {
      number,
      applied: first,
      answered: ({ error, status }) => {
        const at = this.log.lastIndexOf(request)
        request = { ...request, status, ...(error === undefined ? undefined : { error }) }
        if (at >= 0) this.log[at] = request
      }
    }
  }
}

const told = ({ fired, id, matched, rule }: Counting): AddedRule => ({ id, rule, matched, fired })
