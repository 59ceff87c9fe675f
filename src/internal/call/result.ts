/**
 * How the responses of calls are read.
 */
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Effect from "effect/Effect"
import type { ObsFailure } from "../../errors/ObsFailure.js"
import { decodeNoResult } from "../wire/errorInSuccess.js"
import { readBody, readSuccess } from "../wire/body.js"
import { headOf } from "../wire/head.js"
import type { Read } from "./call.js"
import { Element, readDocument } from "./document.js"
import { ResponseHeaders } from "./objectHeaders.js"

type Response = HttpClientResponse.HttpClientResponse

// A page of a thousand of the longest keys has some 4 MB
const maxBytes = 16 * 1024 * 1024

export const requestIdOf = ({ headers }: Response): string | undefined => new ResponseHeaders(headers).requestId

/** Reads a response that has nothing to tell, so that its connection is free. */
export const ignored = (response: Response): Effect.Effect<void> => Effect.asVoid(readBody(response))

/** Reads the headers of a response whose body has nothing to tell. */
export const headersOf =
  <A>(read: (headers: ResponseHeaders) => A): Read<A> =>
  (response) =>
    Effect.map(ignored(response), () => read(new ResponseHeaders(response.headers)))

/** Reads a document with such a root; fails where there is none, only a part of it, or nothing to be read from it. */
export const documentOf =
  <A>(root: string | RegExp, read: (root: Element, response: Response) => A | undefined): Read<A> =>
  (response): Effect.Effect<A, ObsFailure> =>
    Effect.flatMap(readSuccess(response, maxBytes), (body) => {
      const found =
        body.ending === undefined
          ? readDocument(body.bytes, (name) => (typeof root === "string" ? name === root : root.test(name)))
          : undefined
      const result = found instanceof Element ? read(found, response) : undefined
      if (result !== undefined) return Effect.succeed(result)
      // Without a length only the document shows that it is cut
      const known = found === "Cut" ? { ...body, ending: "ConnectionLost" as const } : body
      return Effect.fail(decodeNoResult(headOf(response), known))
    })
