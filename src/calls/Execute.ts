/**
 * Calls of any operation, including those without a function of their own.
 *
 * @since 0.3.0
 */
import * as Schema from "#effect/schema"
import * as Effect from "effect/Effect"
import type { CallError, HeadersIn, Parameters } from "../internal/call/call.js"
import { call, narrowed } from "../internal/call/call.js"
import type { Element } from "../internal/call/document.js"
import { readDocument } from "../internal/call/document.js"
import type { Body } from "../internal/call/download.js"
import { bodyOf } from "../internal/call/download.js"
import { requestIdOf } from "../internal/call/result.js"
import type { ObsClient } from "../internal/call/service.js"
import type { ObjectBody } from "../internal/call/upload.js"
import { orFailureOf, sendable, wrongBody } from "../internal/call/upload.js"
import { emptyRecord } from "../internal/object.js"
import type { Operation } from "../internal/operation.js"
import type { Body as WireBody } from "../internal/wire/body.js"
import { decodeNoResult } from "../internal/wire/errorInSuccess.js"
import { headOf } from "../internal/wire/head.js"

/**
 * The request of an operation.
 *
 * @category models
 * @since 0.3.0
 */
export interface ExecuteRequest<E = never, R = never> {
  readonly bucket?: string | undefined
  readonly key?: string | undefined
  /** Parameters by name; those without a value, such as `acl`, are empty. */
  readonly parameters?: Parameters | undefined
  readonly headers?: HeadersIn | undefined
  readonly body?: ObjectBody<E, R> | undefined
  /** `application/xml` by default. */
  readonly contentType?: string | undefined
  /** Sends the MD5 of the body, which many configurations require: false by default, not for a stream. */
  readonly contentMd5?: boolean | undefined
}

/**
 * The response of an operation. Its body can be read once: reading it again fails.
 *
 * @category models
 * @since 0.3.0
 */
export interface Executed<E> extends Body<E> {
  readonly status: number
  /** By name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined }
  readonly requestId?: string
  /**
   * Decodes the body as XML with a schema. An element with text is a string, an element with elements is a record of them,
   * and elements with the same name are a list. If there can be one or several, the schema has to allow both.
   */
  readonly schemaXml: Schema.SchemaReader<E>
}

const valueOf = (element: Element): unknown => {
  if (element.children.length === 0) return element.text
  const byName = new Map<string, Array<unknown>>()
  for (const child of element.children) {
    const same = byName.get(child.name)
    if (same === undefined) byName.set(child.name, [valueOf(child)])
    else same.push(valueOf(child))
  }
  const values = emptyRecord<unknown>()
  for (const [name, same] of byName) values[name] = same.length === 1 ? same[0] : same
  return values
}

/**
 * Calls any operation of `ObsOperation`: signed, retried, and with its documented errors.
 *
 * @example
 * ```ts
 * import * as assert from "node:assert"
 * import { Effect, Schema } from "effect"
 * import { ObsClient, ObsOperation } from "effect-obs"
 * import { ObsTestClient } from "effect-obs/testing"
 *
 * const Website = Schema.Struct({ IndexDocument: Schema.Struct({ Suffix: Schema.String }) })
 *
 * const program = Effect.gen(function* () {
 *   yield* ObsClient.createBucket({ bucket: "photos" })
 *   const found = yield* ObsClient.execute(ObsOperation.GetBucketWebsite, {
 *     bucket: "photos",
 *     parameters: { website: "" }
 *   })
 *   return (yield* found.schemaXml(Website)).IndexDocument.Suffix
 * }).pipe(
 *   Effect.catchTag("NoSuchWebsiteConfiguration", () => Effect.succeed("no website")),
 *   Effect.provide(ObsTestClient.layerClient)
 * )
 *
 * assert.strictEqual(await Effect.runPromise(program), "no website")
 * ```
 *
 * @category operations
 * @since 0.3.0
 */
export const execute = <OperationError, E = never, R = never>(
  operation: Operation<string, OperationError>,
  request: ExecuteRequest<E, R>
): Effect.Effect<Executed<OperationError | CallError>, OperationError | CallError | E, ObsClient | R> => {
  const { body = "", contentMd5 = false, contentType = "application/xml" } = request
  return Effect.flatMap(sendable(operation.name, body, contentType, contentMd5), (sent) =>
    orFailureOf(
      call(operation, (client) => ({
        bucket: request.bucket,
        key: request.key,
        parameters: request.parameters,
        headers: { ...request.headers, "content-md5": sent.md5 },
        body: request.body === undefined ? undefined : sent.body,
        wrong: wrongBody(body, contentMd5),
        read: (response) => {
          const failedWith = (body: WireBody): OperationError | CallError =>
            narrowed(operation, request, decodeNoResult(headOf(response), body))
          // Not every operation may be repeated for its body's sake
          const read = bodyOf<OperationError | CallError>({
            response,
            idle: client.idle,
            lost: (_, ending) => failedWith({ bytes: new Uint8Array(), ending })
          })
          const value = Effect.flatMap(read.bytes, (bytes): Effect.Effect<unknown, OperationError | CallError> => {
            const root = readDocument(bytes, () => true)
            return root === undefined || root === "Cut"
              ? Effect.suspend(() =>
                  Effect.fail(failedWith({ bytes, ending: root === "Cut" ? "ConnectionLost" : undefined }))
                )
              : Effect.succeed(valueOf(root))
          })
          const requestId = requestIdOf(response)
          return Effect.succeed({
            status: response.status,
            headers: { ...response.headers },
            ...read,
            schemaXml: Schema.valueReader(value),
            ...(requestId === undefined ? undefined : { requestId })
          })
        }
      })),
      sent
    )
  )
}
