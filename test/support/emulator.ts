/**
 * The command `effect-obs-emulator`, bundled from its sources, as a process of its own.
 */
import { Effect, type Scope } from "#test/effect"
import { buildSync } from "esbuild"
import { type ChildProcess, spawn } from "node:child_process"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../..", import.meta.url))

// As deep below the root as it is in the package, where it finds its manifest
const bundle = fileURLToPath(new URL(`../../dist/test/emulator/bin.mjs`, import.meta.url))

let isBuilt = false

const build = () => {
  if (isBuilt) return
  buildSync({
    absWorkingDir: root,
    entryPoints: ["src/testing/emulator/bin.ts"],
    outfile: bundle,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    // Where the imports of the package lead to is its own
    conditions: [],
    logLevel: "error"
  })
  isBuilt = true
}

export interface Ended {
  readonly status: number | null
  readonly signal: string | null
  readonly out: string
  readonly err: string
}

export interface Command {
  readonly child: ChildProcess
  /** The address that it says it listens at; it fails where it ends before. */
  readonly ready: Effect.Effect<string, Ended>
  readonly ended: Effect.Effect<Ended>
  /** What a line of its standard output says; nothing where it ends before. */
  readonly told: (pattern: RegExp) => Effect.Effect<string>
}

/** Starts the command; the scope ends it. */
export const emulator = (
  args: ReadonlyArray<string>,
  env: { readonly [name: string]: string } = {}
): Effect.Effect<Command, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(() => {
      build()
      const child = spawn(process.execPath, [bundle, ...args], { env: { PATH: process.env["PATH"], ...env } })
      const told: { out: string; err: string; end?: Ended } = { out: "", err: "" }
      const changed = new Set<() => void>()
      const tell = () => {
        for (const look of changed) look()
      }
      for (const name of ["out", "err"] as const) {
        child[`std${name}`].setEncoding("utf8").on("data", (text: string) => {
          told[name] += text
          tell()
        })
      }
      child.on("close", (status, signal) => {
        told.end = { status, signal, out: told.out, err: told.err }
        tell()
      })
      const when = <A, E>(look: () => Effect.Effect<A, E> | undefined) =>
        Effect.callback<A, E>((resume) => {
          const check = () => {
            const found = look()
            if (found === undefined) return
            changed.delete(check)
            resume(found)
          }
          changed.add(check)
          check()
        })
      return {
        child,
        ready: when<string, Ended>(() => {
          const [, url] = /^effect-obs-emulator: listening on (\S+)\n/.exec(told.out) ?? []
          return url !== undefined ? Effect.succeed(url) : told.end && Effect.fail(told.end)
        }),
        ended: when<Ended, never>(() => told.end && Effect.succeed(told.end)),
        told: (pattern: RegExp) =>
          when<string, never>(() => {
            const found = pattern.exec(told.out)?.[1] ?? (told.end && "")
            return found === undefined ? undefined : Effect.succeed(found)
          })
      }
    }),
    ({ child }) =>
      Effect.sync(() => {
        child.kill("SIGKILL")
      })
  )
