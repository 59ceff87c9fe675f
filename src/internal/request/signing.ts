/**
 * Connects the signer of a request with the code that learns its outcome; either may be the outer one.
 */
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Runtime from "#effect/runtime"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { AnyFailure } from "../failure/model.js"

type Request = HttpClientRequest.HttpClientRequest

/** The signature of a request. */
export interface Signing {
  readonly authorization: string
  /** Called with the failure if the service refused the request. Can learn from it and improve its solution. */
  readonly refused: (failure: AnyFailure) => Effect.Effect<void>
  /** The request with a fresh signature; undefined if there is none. */
  readonly again: (
    request: Request
  ) => Effect.Effect<{ readonly request: Request; readonly signing: Signing } | undefined>
}

/** The signature of the request in progress, for inner layers. */
export const CurrentSigning: Runtime.Reference<Option.Option<Signing>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentSigning",
  () => Option.none()
)

/** The signature of this very request, if an outer layer made it. */
export const signingIn = (context: Context.Context<never>, request: Request): Signing | undefined => {
  const signing = Option.getOrUndefined(Context.get(context, CurrentSigning))
  return signing?.authorization === request.headers["authorization"] ? signing : undefined
}

const signings = new WeakMap<object, Signing>()

/** Remembers how the request of a response was signed. */
export const noteSigning = (response: object, signing: Signing | undefined): void => {
  if (signing !== undefined) signings.set(response, signing)
}

/** Passes a failure on to the signer of the request. */
export const tellRefusal = (response: object, failure: AnyFailure): Effect.Effect<void> =>
  signings.get(response)?.refused(failure) ?? Effect.void
