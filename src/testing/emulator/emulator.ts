/**
 * The command `effect-obs-emulator`: a service that listens until it is told to stop.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import { readFileSync } from "node:fs"
import * as Runtime from "#effect/runtime"
import * as HttpClient from "#http/HttpClient"
import * as ObsClient from "../../ObsClient.js"
import * as ObsCredentials from "../../ObsCredentials.js"
import * as ObsFault from "../ObsFault.js"
import * as ObsTestClient from "../ObsTestClient.js"
import * as ObsTestFolder from "../ObsTestFolder.js"
import * as ObsTestServer from "../ObsTestServer.js"
import * as ObsTestService from "../ObsTestService.js"
import type { Settings } from "./arguments.js"
import { help, parse } from "./arguments.js"
import { logged, telling } from "./log.js"

/** What the command has to do with the world. */
export interface World {
  readonly args: ReadonlyArray<string>
  readonly env: { readonly [name: string]: string | undefined }
  /** Writes a line to the standard output; false where it cannot, since nobody reads. */
  readonly out: (line: string) => boolean
  /** Writes a line to the standard error; false where it cannot, since nobody reads. */
  readonly err: (line: string) => boolean
  /** Ends when the command is told to stop. */
  readonly stop: Effect.Effect<void>
}

const name = "effect-obs-emulator"

/** The command cannot go on: what to say, and the status to exit with. */
interface Ended {
  readonly message: string
  readonly status: 1 | 2
}

const versionOf = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"))
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown"
}

// How long requests may go on when the command is told to stop
const gracePeriod = 10_000

/** Makes a bucket as a client would, so that it is of the first account. */
const makeBucket = (
  bucket: string,
  handler: ObsTestService.Handler,
  { service }: Settings
): Effect.Effect<void, Ended> => {
  const [first] = service.credentials ?? []
  const credentials = first === undefined ? ObsCredentials.layerAnonymous : ObsCredentials.layer(first)
  const client = ObsClient.layer({ endpoint: "http://127.0.0.1", region: service.region, retry: false }).pipe(
    Layer.provide(Layer.merge(credentials, Layer.succeed(HttpClient.HttpClient, ObsTestClient.make(handler))))
  )
  return ObsClient.createBucket({ bucket, location: service.region, allowExisting: true }).pipe(
    Effect.provide(client),
    Effect.asVoid,
    Effect.mapError((error): Ended => ({
      message: `The bucket ${bucket} cannot be made: ${error.message}`,
      // The disk, or what was asked for
      status: error._tag === "InternalError" ? 1 : 2
    }))
  )
}

const failed = ({ message }: { readonly message: string }): Ended => ({ message, status: 1 })

interface Started {
  readonly url: string
  /** Where rules of faults are taken. */
  readonly control: string | undefined
}

const start = (settings: Settings, world: World): Effect.Effect<Started, Ended, Scope.Scope> =>
  Effect.gen(function* () {
    const storage =
      settings.dir === undefined ? undefined : yield* Effect.mapError(ObsTestFolder.open(settings.dir), failed)
    const handler = yield* ObsTestService.makeWith({ ...settings.service, storage })
    for (const bucket of settings.buckets) yield* makeBucket(bucket, handler, settings)
    const { controlPort, host, port } = settings
    const faults =
      controlPort === undefined
        ? undefined
        : yield* Effect.mapError(ObsFault.make(handler, { endpoint: settings.service.endpoint }), failed)
    const answering = faults?.handler ?? handler
    const told =
      settings.log === "none" ? answering : logged(answering, settings.service, yield* telling(settings.log, world.err))
    // It asks nobody who they are, so it stays on loopback
    const control =
      faults &&
      (yield* Effect.mapError(ObsTestServer.makeWith(ObsFault.control(faults), { port: controlPort }), failed))
    const { url } = yield* Effect.mapError(ObsTestServer.makeWith(told, { host, port, gracePeriod }), failed)
    return { url, control: control?.url }
  })

/** Runs the command to its end, and gives the status to exit with. */
export const run = (world: World): Effect.Effect<number> => {
  const parsed = parse(world.args, world.env)
  switch (parsed._tag) {
    case "Help":
    case "Version":
      return Effect.sync(() => {
        world.out(parsed._tag === "Help" ? help : versionOf())
        return 0
      })
    case "Usage":
      return Effect.sync(() => {
        world.err(`${name}: ${parsed.message} See ${name} --help.`)
        return 2
      })
    case "Run":
      return Effect.gen(function* () {
        const { control, url } = yield* start(parsed.settings, world)
        world.out(`${name}: listening on ${url}`)
        if (control !== undefined) world.out(`${name}: faults are taken at ${control}`)
        if (parsed.settings.service.credentials === undefined) {
          world.out(`${name}: all signatures are accepted, since there are no access keys`)
        }
        yield* world.stop
        return 0
      }).pipe(
        Effect.scoped,
        Runtime.catchAll(({ message, status }) =>
          Effect.sync(() => {
            world.err(`${name}: ${message}`)
            return status
          })
        )
      )
  }
}
