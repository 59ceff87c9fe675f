/**
 * What the portable tests use of `@effect/vitest`, with nothing of Node in it, so that they run where vitest does not.
 * The matchers are vitest's own.
 */
import { GLOBAL_EXPECT, getState, JestAsymmetricMatchers, JestChaiExpect, JestExtend, setState } from "@vitest/expect"
import { Effect, runTest } from "#test/effect"
import * as chai from "chai"

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

export const expect = (value, message) => {
  const { assertionCalls } = getState(expect)
  setState({ assertionCalls: assertionCalls + 1 }, expect)
  return chai.expect(value, message)
}
Object.assign(expect, chai.expect)
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, configurable: true })
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)

const tests = []
const groups = []

// Groups of the first level, which are defined when the tests run: workers may do little before a request comes
const pending = []
let running = false

export const describe = (name, define) => {
  if (!running) {
    pending.push(() => describe(name, define))
    return
  }
  groups.push(name)
  define()
  groups.pop()
}

// `%s` and `$id` of the names of parameterized tests
const format = (name, value) => {
  const values = Array.isArray(value) ? [...value] : [value]
  return name
    .replace(/\$(\w+)/g, (all, key) => (typeof value === "object" && value !== null ? String(value[key]) : all))
    .replace(/%[sdj]/g, () => String(values.shift()))
}

const args = (value) => (Array.isArray(value) ? value : [value])

describe.each = (cases) => (name, define) => {
  for (const value of cases) describe(format(name, value), () => define(...args(value)))
}
describe.skip = () => undefined
describe.skipIf = (condition) => (condition ? describe.skip : describe)

export const it = (name, run) => {
  tests.push({ name: [...groups, name].join(" > "), run })
}
it.each = (cases) => (name, run) => {
  for (const value of cases) it(format(name, value), () => run(...args(value)))
}
it.skip = () => undefined

const tester = (start) => {
  const test = (name, make) => {
    it(name, () => start(Effect.suspend(() => make())))
  }
  // Here a case is the one argument, as in @effect/vitest
  test.each = (cases) => (name, make) => {
    for (const value of cases) test(format(name, value), () => make(value))
  }
  return test
}

it.effect = tester(runTest)
it.live = tester((effect) => Effect.runPromise(Effect.scoped(effect)))

/** Runs all tests, one after the other. */
export const runAll = async () => {
  running = true
  for (const define of pending) define()
  const failures = []
  for (const { name, run } of tests) {
    try {
      await run()
    } catch (error) {
      failures.push(`${name}: ${String(error?.message ?? error).slice(0, 500)}`)
    }
  }
  return { passed: tests.length - failures.length, failed: failures.length, failures }
}
