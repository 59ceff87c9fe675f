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
import { ObsError, ObsOperation } from "effect-obs"
import { failures, missing, statusOf } from "../support/httpApi.js"

const index = Schema.Struct({ index: Schema.NumberFromString })

class Api extends HttpApi.make("api").add(
  HttpApiGroup.make("files")
    .add(
      HttpApiEndpoint.get("read", "/read/:index")
        .setPath(index)
        .addSuccess(Schema.String)
        .addError(Schema.Union(...ObsError.httpApiErrors(ObsOperation.GetObject.errors, ObsError.UnexpectedObsError)))
    )
    .add(
      HttpApiEndpoint.get("any", "/any/:index")
        .setPath(index)
        .addSuccess(Schema.String)
        .addError(Schema.Union(...ObsError.httpApiErrors(ObsError.ObsFailure, ObsError.UnexpectedObsError)))
    )
    .add(HttpApiEndpoint.get("plain", "/plain").addSuccess(Schema.String).addError(ObsError.NotFoundError))
) {}

const read = (index: number): Effect.Effect<string, ObsOperation.GetObjectError | ObsError.UnexpectedObsError> =>
  Effect.fail(new ObsError.UnexpectedObsError({ operation: "GetObject", failure: failures[index] ?? missing }))

const live = HttpApiBuilder.serve().pipe(
  Layer.provide(HttpApiBuilder.api(Api)),
  Layer.provide(
    HttpApiBuilder.group(Api, "files", (handlers) =>
      handlers
        .handle("read", ({ path }) => read(path.index))
        .handle("any", ({ path }) => Effect.fail(failures[path.index] ?? missing))
        .handle("plain", () => Effect.fail(missing))
    )
  ),
  HttpServer.withLogAddress,
  Layer.provideMerge(NodeHttpServer.layerTest)
)

it.effect("answers each failure with the status that it has, and the generated client fails with an equal one", () =>
  Effect.gen(function* () {
    const client = yield* HttpApiClient.make(Api)
    for (const [index, failure] of failures.entries()) {
      const expected = `${failure._tag} ${String(failure.status)}: ${String(statusOf(failure))}`
      for (const name of ["any", "read"] as const) {
        const { status } = yield* HttpClient.get(`/${name}/${String(index)}`)
        expect(`${failure._tag} ${String(failure.status)}: ${String(status)}`, name).toBe(expected)
      }
      const failed = yield* Effect.flip(client.files.any({ path: { index } }))
      expect(Equal.equals(failed, failure)).toBe(true)
      const inside = yield* Effect.flip(client.files.read({ path: { index } }))
      expect(inside._tag === "UnexpectedObsError" && Equal.equals(inside.failure, failure)).toBe(true)
    }
    expect((yield* HttpClient.get("/plain")).status).toBe(404)
  }).pipe(Effect.provide(live))
)

it("names the statuses and the components in the OpenAPI document", () => {
  const spec = OpenApi.fromApi(Api)
  expect(Object.keys(spec.paths["/read/{index}"]?.get?.responses ?? {})).toEqual(
    expect.arrayContaining(["200", "403", "404", "418", "503"])
  )
  const names = Object.keys(spec.components.schemas)
  expect(
    names.filter((name) => /^Obs(UnexpectedObsError|UnknownObsError|UnrecognizedResponse)/.test(name)).sort()
  ).toEqual(["ObsUnexpectedObsError", "ObsUnknownObsError", "ObsUnrecognizedResponse"])
})
