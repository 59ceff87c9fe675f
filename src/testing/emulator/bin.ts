#!/usr/bin/env node
/**
 * Starts the emulator with what the process was given, until SIGINT or SIGTERM; the second of them ends it at once.
 */
import * as Effect from "effect/Effect"
import process from "node:process"
import { run } from "./emulator.js"

const args = process.argv.slice(2)

// Lists of processes show the title instead of the arguments, which may have secret keys
process.title = "effect-obs-emulator"

// A terminal signals npx and what it runs, and npx passes on what it hears: that is one signal
const sameSignal = 250

const stopped = new Promise<void>((resolve) => {
  const numbers = { SIGINT: 2, SIGTERM: 15 }
  let first: number | undefined
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      first ??= performance.now()
      if (performance.now() - first > sameSignal) process.exit(128 + numbers[signal])
      resolve()
    })
  }
})

// Whoever read the lines may have gone
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined)

process.exitCode = await Effect.runPromise(
  run({
    args,
    env: process.env,
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    stop: Effect.promise(() => stopped)
  })
)
