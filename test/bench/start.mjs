/**
 * How long it takes to import each entry point, in a process of its own, against effect alone.
 */
import { spawnSync } from "node:child_process"
import { packageFolder } from "../tools/built.mjs"
import { digits, summary, table } from "./measure.mjs"

const entries = [
  "effect",
  "effect/Schema",
  "effect-obs",
  "effect-obs/ObsError",
  "effect-obs/ObsOperation",
  "effect-obs/ObsResponse",
  "effect-obs/ObsHttpClient",
  "effect-obs/ObsRetry",
  "effect-obs/testing",
  "effect-obs/testing/node"
]

/** Milliseconds to import a module where effect is loaded already, or nothing is. */
const importing = (module, before) => {
  const code = `${before === undefined ? "" : `await import("${before}");`}
const start = performance.now()
await import("${module}")
console.log(performance.now() - start)`
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: packageFolder,
    encoding: "utf8"
  })
  return Number(stdout)
}

const rounds = 9

export default async () => {
  const cold = new Map(entries.map((entry) => [entry, []]))
  const warm = new Map(entries.map((entry) => [entry, []]))
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) {
      cold.get(entry).push(importing(entry))
      if (entry !== "effect") warm.get(entry).push(importing(entry, "effect"))
    }
  }
  return {
    text: table(
      ["Entry point", "Alone (ms)", "Where effect is loaded (ms)"],
      entries.map((entry) => [
        `\`${entry}\``,
        digits(summary(cold.get(entry)).median),
        entry === "effect" ? "" : digits(summary(warm.get(entry)).median)
      ])
    )
  }
}
