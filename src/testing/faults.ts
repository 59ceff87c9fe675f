/**
 * A service with faults.
 */
import type * as Effect from "effect/Effect"
import type { AddedRule, LoggedRequest } from "../internal/faults/ledger.js"
import type { InvalidRule, Rule } from "../internal/faults/rule.js"
import type { Handler } from "./ObsTestService.js"

/**
 * A service with faults, and the handle to them, which can be used while requests are answered.
 *
 * Every rule counts the requests that it is about. Where it is the turn of several, the first is applied.
 *
 * @category models
 * @since 0.3.0
 */
export interface Faults {
  /** Answers requests, as the rules say. */
  readonly handler: Handler
  /** Adds a rule, or several, behind those that are there; fails with `InvalidRule`, and then adds none. */
  readonly add: (rules: Rule | ReadonlyArray<Rule>) => Effect.Effect<ReadonlyArray<AddedRule>, InvalidRule>
  /** The rules in their order, with what became of them. */
  readonly rules: Effect.Effect<ReadonlyArray<AddedRule>>
  /** Removes the rule with a number; false if there is none. */
  readonly remove: (id: number) => Effect.Effect<boolean>
  /** Removes all rules. */
  readonly clear: Effect.Effect<void>
  /** The requests so far, in the order in which they came. */
  readonly requests: Effect.Effect<ReadonlyArray<LoggedRequest>>
  /** Forgets the requests. */
  readonly forget: Effect.Effect<void>
  /** Removes all rules and forgets all requests. */
  readonly reset: Effect.Effect<void>
}
