/**
 * Calls a handler without a carrier in between, and reads what it says.
 */
import { Effect, HttpClientRequest } from "#test/effect"
import { type ObsError, ObsResponse, ObsSigner } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"

export interface Said {
  readonly status: number
  readonly headers: { readonly [name: string]: string }
  readonly text: string
  /** What it failed with. */
  readonly failure: ObsError.ObsFailure | undefined
  readonly tag: string | undefined
}

export interface Options {
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string | ObsTestService.Body
}

export type Call = (line: string, options?: Options | string) => Effect.Effect<Said>

const bodyOf = (body: string | ObsTestService.Body): ObsTestService.Body =>
  typeof body === "string" ? new TextEncoder().encode(body) : body

/** Makes a function that sends what a line says, such as `GET /photos/cat.txt`. */
export const callerOf =
  (handler: ObsTestService.Handler, origin = "https://obs.example.com"): Call =>
  (line, options = {}) => {
    const { body = "", headers = {} } = typeof options === "string" ? { body: options } : options
    const end = line.indexOf(" ")
    const method = line.slice(0, end)
    const url = new URL(origin + line.slice(end + 1))
    const answered = Effect.flatMap(handler({ method, url, headers, body: bodyOf(body) }), ObsTestService.collect)
    return Effect.map(Effect.orDie(answered), (answer) => {
      const failure = answer.status >= 300 ? ObsResponse.decode({ ...answer, method }) : undefined
      const text = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body)
      return { status: answer.status, headers: answer.headers, text, failure, tag: failure?._tag }
    })
  }

const methods = ["GET", "HEAD", "PUT", "POST", "DELETE"] as const

/** Makes a function that sends what a line says, signed with keys. */
export const signedCallerOf =
  (handler: ObsTestService.Handler, keys: ObsSigner.Keys, origin = "https://obs.example.com"): Call =>
  (line, options = {}) =>
    Effect.gen(function* () {
      const { body = "", headers = {} } = typeof options === "string" ? { body: options } : options
      const end = line.indexOf(" ")
      const method = methods.find((name) => name === line.slice(0, end)) ?? "GET"
      const path = line.slice(end + 1)
      const request = HttpClientRequest.make(method)(origin + path, { headers })
      const signed = yield* Effect.orDie(ObsSigner.sign(request, keys, { endpoint: origin }))
      return yield* callerOf(handler, origin)(line, { headers: signed.request.headers, body })
    })

/** The texts of all elements of a name, as they are written. */
export const texts = (document: string, name: string): ReadonlyArray<string> =>
  Array.from(document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, "g")), ([, text = ""]) => text)

/** The text of the first element of a name. */
export const text = (document: string, name: string): string => texts(document, name)[0] ?? ""
