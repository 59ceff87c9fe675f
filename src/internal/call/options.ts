/**
 * What is wrong with the options of a client, where the compiler has not said it.
 */
import type * as Runtime from "#effect/runtime"
import { millisOf } from "../duration.js"
import type { Wrong } from "./invalidInput.js"
import type { Limits } from "./limits.js"

/** The durations of a retry policy. */
interface Delays {
  readonly delay?: Runtime.DurationInput | undefined
  readonly throttledDelay?: Runtime.DurationInput | undefined
  readonly maxDelay?: Runtime.DurationInput | undefined
  readonly maxExtraDelay?: Runtime.DurationInput | undefined
}

interface Options {
  readonly limits?: Limits | undefined
  readonly retry?: Delays | false | undefined
}

const names = ["endpoint", "region", "style", "scheme", "payload", "limits", "retry", "redirects"]

const limitNames = ["response", "idle", "total"]

const retryNames = ["attempts", "delay", "throttledDelay", "maxDelay", "maxExtraDelay", "budget"]

const unknownOption = (options: object, known: ReadonlyArray<string>, prefix = ""): Wrong | undefined => {
  const name = Object.keys(options).find((name) => !known.includes(name))
  return name === undefined
    ? undefined
    : { option: prefix + name, what: "is no option of a client", solution: `There are ${known.join(", ")}.` }
}

const wrongDuration = (durations: ReadonlyArray<readonly [string, Runtime.DurationInput | undefined]>) => {
  const [option] =
    durations.find(([, duration]) => duration !== undefined && Number.isNaN(millisOf(duration, Number.NaN))) ?? []
  return option === undefined
    ? undefined
    : { option, what: "is no duration", solution: 'Give milliseconds, or a text such as "30 seconds".' }
}

/** What is wrong with the options of a client, but for its endpoint. */
export const wrongOption = (options: Options): Wrong | undefined => {
  const { limits = {}, retry } = options
  const policy = retry === false || retry === undefined ? {} : retry
  return (
    unknownOption(options, names) ??
    unknownOption(limits, limitNames, "limits.") ??
    unknownOption(policy, retryNames, "retry.") ??
    wrongDuration([
      ["limits.response", limits.response],
      ["limits.idle", limits.idle],
      ["limits.total", limits.total],
      ["retry.delay", policy.delay],
      ["retry.throttledDelay", policy.throttledDelay],
      ["retry.maxDelay", policy.maxDelay],
      ["retry.maxExtraDelay", policy.maxExtraDelay]
    ])
  )
}
