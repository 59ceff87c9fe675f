/**
 * What a client signed itself, for those who learn how the request ended: they can stand on either side of what signs.
 */
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Runtime from "#effect/runtime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { AnyFailure } from "../failure/model.js"

type Request = HttpClientRequest.HttpClientRequest

/** A signature of a request. */
export interface Signing {
  readonly authorization: string
  /** Told of what the service refused the request with; it can learn from that, and give it a better solution. */
  readonly refused: (failure: AnyFailure) => Effect.Effect<void>
  /** The same request with a signature of now; undefined where none can be had. */
  readonly again: (
    request: Request
  ) => Effect.Effect<{ readonly request: Request; readonly signing: Signing } | undefined>
}

/** What signed the request that is under way, for what stands below it. */
export const CurrentSigning: Runtime.Reference<Option.Option<Signing>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentSigning",
  () => Option.none()
)

/** The signature of this very request, where what stands above made it. */
export const signingOf = (request: Request): Effect.Effect<Signing | undefined> =>
  Effect.map(CurrentSigning, (current) =>
    Option.getOrUndefined(
      Option.filter(current, ({ authorization }) => authorization === request.headers["authorization"])
    )
  )

const signings = new WeakMap<object, Signing>()

/** Keeps in mind how the request of a response was signed. */
export const noteSigning = (response: object, signing: Signing | undefined): void => {
  if (signing !== undefined) signings.set(response, signing)
}

/** Tells what signed the request of a response what it was refused with. */
export const tellRefusal = (response: object, failure: AnyFailure): Effect.Effect<void> =>
  signings.get(response)?.refused(failure) ?? Effect.void
