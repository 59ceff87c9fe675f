#!/usr/bin/env node
/**
 * Starts the emulator with what the process was given, until SIGINT or SIGTERM; the second of them ends it at once.
 */
import * as Effect from "effect/Effect"
import process from "node:process"
import { run } from "./emulator.js"
import { flushed, lineTo } from "./sink.js"

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

const status = await Effect.runPromise(
  run({
    args,
    env: process.env,
    out: lineTo(process.stdout),
    err: lineTo(process.stderr),
    stop: Effect.promise(() => stopped)
  })
)

// Lines that nobody reads would keep the process
await Promise.all([process.stdout, process.stderr].map((stream) => flushed(stream, 1000)))
process.exit(status)
