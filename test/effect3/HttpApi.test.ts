import {
  HttpApi,
  HttpApiBuilder,
  HttpApiClient,
  HttpApiEndpoint,
  HttpApiGroup,
  HttpClient,
  HttpServer,
  OpenApi
} from "@effect/platform"
import { NodeHttpServer } from "@effect/platform-node"
import { expect, it } from "@effect/vitest"
import { Effect, Equal, Layer, Schema } from "effect"
import { ObsError } from "effect-obs"
import { withEverything } from "../support/httpApi.js"

class Api extends HttpApi.make("api").add(
  HttpApiGroup.make("files")
    .add(
      HttpApiEndpoint.get("read", "/file")
        .addSuccess(Schema.String)
        .addError(ObsError.NotFoundError)
        .addError(ObsError.AccessDenied)
    )
    .add(
      HttpApiEndpoint.get("any", "/any")
        .addSuccess(Schema.String)
        .addError(ObsError.ObsError)
        .addError(ObsError.OefError)
    )
) {}

const missing = new ObsError.NoSuchKey({ key: "cat.jpg", requestId: "r", details: { Foo: "bar" } })

const live = HttpApiBuilder.serve().pipe(
  Layer.provide(HttpApiBuilder.api(Api)),
  Layer.provide(
    HttpApiBuilder.group(Api, "files", (handlers) =>
      handlers
        .handle("read", () => Effect.fail(missing))
        .handle("any", () => Effect.fail(new ObsError.SlowDown({ requestId: "s" })))
    )
  ),
  HttpServer.withLogAddress,
  Layer.provideMerge(NodeHttpServer.layerTest)
)

it.effect("answers with the documented status, and the generated client fails with the class", () =>
  Effect.gen(function* () {
    const response = yield* HttpClient.get("/file")
    expect(response.status).toBe(404)
    expect(yield* response.json).toMatchObject({ _tag: "NoSuchKey", key: "cat.jpg" })

    const client = yield* HttpApiClient.make(Api)
    const failure = yield* Effect.flip(client.files.read())
    expect(failure).toBeInstanceOf(ObsError.NoSuchKey)
    expect(failure._tag === "NoSuchKey" && Equal.equals(failure, missing)).toBe(true)

    const any = yield* Effect.flip(client.files.any())
    expect(any).toBeInstanceOf(ObsError.SlowDown)
    expect((yield* HttpClient.get("/any")).status).toBe(503)
  }).pipe(Effect.provide(live))
)

class Teapot extends HttpApi.make("teapot").add(
  HttpApiGroup.make("pots")
    .add(HttpApiEndpoint.get("brew", "/brew").addSuccess(Schema.String).addError(ObsError.NoSuchKey, { status: 418 }))
    .add(HttpApiEndpoint.get("gone", "/gone").addSuccess(Schema.String).addError(ObsError.UnrecognizedResponse))
) {}

it.effect("answers with the status that an endpoint gives to an error, and with 502 for what has none", () =>
  Effect.gen(function* () {
    const client = yield* HttpApiClient.make(Teapot)
    expect((yield* HttpClient.get("/brew")).status).toBe(418)
    expect(yield* Effect.flip(client.pots.brew())).toBeInstanceOf(ObsError.NoSuchKey)
    expect((yield* HttpClient.get("/gone")).status).toBe(502)
    expect(yield* Effect.flip(client.pots.gone())).toMatchObject({ reason: "EmptyBody", status: 404 })
    const { paths } = OpenApi.fromApi(Teapot)
    expect(Object.keys(paths["/brew"]?.get?.responses ?? {}).sort()).toEqual(["200", "400", "418"])
    expect(Object.keys(paths["/gone"]?.get?.responses ?? {}).sort()).toEqual(["200", "400", "502"])
  }).pipe(
    Effect.provide(
      HttpApiBuilder.serve().pipe(
        Layer.provide(HttpApiBuilder.api(Teapot)),
        Layer.provide(
          HttpApiBuilder.group(Teapot, "pots", (handlers) =>
            handlers
              .handle("brew", () => Effect.fail(missing))
              .handle("gone", () =>
                Effect.fail(new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status: 404 }))
              )
          )
        ),
        HttpServer.withLogAddress,
        Layer.provideMerge(NodeHttpServer.layerTest)
      )
    )
  )
)

class Everything extends HttpApi.make("everything").add(
  HttpApiGroup.make("failures").add(
    HttpApiEndpoint.get("fail", "/fail/:index")
      .setPath(Schema.Struct({ index: Schema.NumberFromString }))
      .addSuccess(Schema.String, { status: 203 })
      .addError(ObsError.ObsFailure)
      .addError(ObsError.UnexpectedObsError)
  )
) {}

const failures = withEverything(ObsError.ObsFailure)
const everything = [
  ...failures,
  ...failures.map((failure) => new ObsError.UnexpectedObsError({ operation: "GetObject", failure }))
]

it.effect("answers with any failure there is, and the generated client fails with an equal one", () =>
  Effect.gen(function* () {
    const client = yield* HttpApiClient.make(Everything)
    const statuses = new Set<number>()
    for (const [index, failure] of everything.entries()) {
      const { status } = yield* HttpClient.get(`/fail/${String(index)}`)
      const documented = "info" in failure ? failure.info.status : undefined
      if (documented !== undefined && documented !== 304 && documented !== 203) expect(status).toBe(documented)
      statuses.add(status)
      const failed = yield* Effect.flip(client.failures.fail({ path: { index } }))
      expect(failed).toBeInstanceOf(failure.constructor)
      expect(Equal.equals(failed, failure)).toBe(true)
      expect(failed).toHaveProperty("status", failure.status)
    }
    // An answer with any of these can have a body and is no success
    expect([...statuses].filter((status) => status < 400).sort()).toEqual([301, 307])
  }).pipe(
    Effect.provide(
      HttpApiBuilder.serve().pipe(
        Layer.provide(HttpApiBuilder.api(Everything)),
        Layer.provide(
          HttpApiBuilder.group(Everything, "failures", (handlers) =>
            handlers.handle("fail", ({ path }) => Effect.fail(everything[path.index] ?? missing))
          )
        ),
        HttpServer.withLogAddress,
        Layer.provideMerge(NodeHttpServer.layerTest)
      )
    )
  )
)

it("names its components in the OpenAPI document as Obs and the code", () => {
  const spec = OpenApi.fromApi(Api)
  const names = Object.keys(spec.components.schemas)
  expect(names).toContain("ObsNoSuchKey")
  expect(names).toContain("ObsKmsDisabledException")
  for (const klass of ObsError.all) expect(names).toContain(`Obs${klass._tag.replace("KMS.", "Kms")}`)
  for (const name of ["ObsSys0014", "ObsCrr00120005", "ObsNotification1011", "ObsOefTrigger1002"])
    expect(names).toContain(name)
  expect(names.filter((name) => !/^[A-Za-z0-9_]+$/.test(name))).toEqual([])
  const read = spec.paths["/file"]?.get?.responses ?? {}
  expect(Object.keys(read).sort()).toEqual(["200", "400", "403", "404"])
  expect(JSON.stringify(read[404])).toContain("#/components/schemas/ObsNoSuchKey")
  expect(JSON.stringify(spec)).not.toContain("effect-obs~1")
})
