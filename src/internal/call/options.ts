/**
 * What is wrong with the options of a client, where the compiler has not said it.
 */
import { millisOf } from "../duration.js"
import { isRecord } from "../object.js"
import type { Wrong } from "./invalidInput.js"
import { quoted } from "./invalidInput.js"

const durations = {
  limits: ["response", "idle", "total"],
  retry: ["delay", "throttledDelay", "maxDelay", "maxExtraDelay"]
}

const names = {
  options: ["endpoint", "region", "style", "scheme", "payload", "limits", "retry", "redirects"],
  limits: durations.limits,
  retry: ["attempts", "budget", ...durations.retry]
}

const unknownOption = (options: object, known: ReadonlyArray<string>, prefix: string): Wrong | undefined => {
  const name = Object.keys(options).find((name) => !known.includes(name))
  return name === undefined
    ? undefined
    : { option: prefix + name, what: "is no option of a client", solution: `There are ${known.join(", ")}.` }
}

/** Whether a value is a duration that is no less than none; `millisOf` takes anything. */
const isDuration = (value: unknown): boolean =>
  !Number.isNaN(millisOf(typeof value === "number" ? value : Object(value), Number.NaN))

const wrongOptionIn = (options: unknown, room: "limits" | "retry"): Wrong | undefined => {
  if (!isRecord(options)) return undefined
  const unknown = unknownOption(options, names[room], `${room}.`)
  if (unknown !== undefined) return unknown
  const name = durations[room].find((name) => options[name] !== undefined && !isDuration(options[name]))
  return name === undefined
    ? undefined
    : {
        option: `${room}.${name}`,
        what: `is ${quoted(String(options[name]))}, which is no duration`,
        solution: 'Give milliseconds, or a text such as "30 seconds".'
      }
}

/** What is wrong with the options of a client, but for the endpoint. */
export const wrongOption = (options: { readonly limits?: unknown; readonly retry?: unknown }): Wrong | undefined =>
  unknownOption(options, names.options, "") ??
  wrongOptionIn(options.limits, "limits") ??
  wrongOptionIn(options.retry, "retry")
