/**
 * A client that signs its requests.
 */
import * as HttpClient from "#http/HttpClient"
import * as HttpClientRequest from "#http/HttpClientRequest"
import type * as HttpClientResponse from "#http/HttpClientResponse"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { withSolution } from "../failure/base.js"
import type { AnyFailure } from "../failure/model.js"
import { isRedacting, redactAnswer, redactExecution } from "../request/redaction.js"
import { hasReplayableBody } from "../request/request.js"
import type { Signing } from "../request/signing.js"
import { CurrentSigning, noteSigning } from "../request/signing.js"
import { ahead, CurrentAhead, minSkew, noteLearned, skewOf } from "../retry/clock.js"
import { addressOf, endpointAt } from "../signature/address.js"
import type { Options, Signed } from "../signature/sign.js"
import { sign } from "../signature/sign.js"
import type { SignerError } from "../signature/signerError.js"
import type { ObsCredentialsService } from "../credentials/credentials.js"
import type { CredentialsError } from "../credentials/error.js"
import { ObsCredentials } from "../credentials/service.js"
import { readFailure } from "../wire/body.js"
import type { RedirectOptions } from "./redirect.js"

/**
 * How the requests of a client are signed.
 *
 * @category models
 * @since 0.3.0
 */
export interface SignOptions extends Options {
  /**
   * Whether redirects are followed, false by default: they are failures with the address in them. Those that are keep
   * method, bucket, key and parameters and are signed anew, lead to HTTPS within the endpoint's own domain or to the
   * hosts of `allow`, and are three at most. All others stay failures.
   */
  readonly redirects?: boolean | RedirectOptions | undefined
}

type Request = HttpClientRequest.HttpClientRequest
type Response = HttpClientResponse.HttpClientResponse

/** A request to send, and its signature where it has one. */
interface Prepared {
  readonly request: Request
  readonly signing: Signing | undefined
}

/** What failed to sign a request. */
type Unsigned = CredentialsError | SignerError

/** How far the clock is behind that of each endpoint, in milliseconds, as it was learned. */
type Clocks = Map<string, number>

const maxEndpoints = 64

/** Drops the oldest entry of a map that has more than it may. */
const dropOldest = <A>(map: Map<string, A>, max: number): void => {
  const [oldest] = map.size > max ? map.keys() : []
  if (oldest !== undefined) map.delete(oldest)
}

// Those who wrap the same client at each call know what another wrapping of it has learned
const clocksOfClients = new WeakMap<object, Clocks>()

const clocksOf = (client: object): Clocks => {
  let clocks = clocksOfClients.get(client)
  if (clocks === undefined) {
    clocks = new Map()
    clocksOfClients.set(client, clocks)
  }
  return clocks
}

const endpointOf = ({ url }: Request, options: SignOptions): string | undefined => {
  const address = addressOf(url, options)
  return "reason" in address ? undefined : endpointAt(address)
}

// Signatures of requests that are prepared and not sent yet. What changes a request after it was signed leaves that
const pending = new Map<string, { readonly signing: Signing; count: number }>()

// Those whose fiber ended before it sent them would stay
const maxPending = 4096

const put = (signing: Signing): void => {
  const { authorization } = signing
  const same = pending.get(authorization)
  if (same !== undefined) {
    same.count += 1
    return
  }
  pending.set(authorization, { signing, count: 1 })
  dropOldest(pending, maxPending)
}

const take = ({ headers }: Request): Signing | undefined => {
  const authorization = headers["authorization"] ?? ""
  const found = pending.get(authorization)
  if (found !== undefined && (found.count -= 1) === 0) pending.delete(authorization)
  return found?.signing
}

/** What becomes known of the clock of an endpoint when it finds a request too far from its own. */
const learn = (failure: AnyFailure, used: number, clocks: Clocks, endpoint: string | undefined): Effect.Effect<void> =>
  Effect.flatMap(CurrentAhead, (already) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      const skew = skewOf(failure, now - already)
      if (skew === undefined || endpoint === undefined || failure.retry !== "clock") return
      clocks.delete(endpoint)
      // The clock may have been set in the meantime
      const isRight = Math.abs(skew) < minSkew
      if (!isRight) clocks.set(endpoint, skew)
      dropOldest(clocks, maxEndpoints)
      noteLearned(failure, Math.abs(skew - used) >= minSkew)
    })
  )

// 303 asks for another method
const movedStatuses = [301, 302, 307, 308]

const most = 3

/** How many redirects of one request are followed. */
const maxOf = (redirects: SignOptions["redirects"]): number => {
  if (typeof redirects !== "object") return redirects === true ? most : 0
  const { max = most } = redirects
  return Number.isNaN(max) ? 0 : Math.min(most, Math.floor(max))
}

const loadRedirect = () => import("./redirect.js").catch(() => undefined)

const loadExplain = () => import("../signature/explain.js").catch(() => undefined)

/** Says in the solution of a failure in what the service and the client differ. */
const explain = (failure: AnyFailure, signed: Signed): Effect.Effect<void> =>
  Effect.map(Effect.promise(loadExplain), (found) => {
    const { cause, message } = found?.explain(failure, signed) ?? { cause: "NotTold", message: "" }
    if (cause !== "NotTold") withSolution(failure, message)
  })

/** Wraps a client so that its requests are signed with the credentials of the program. */
export const signing = <E, R>(
  self: HttpClient.HttpClient.With<E, R>,
  options: SignOptions = {}
): HttpClient.HttpClient.With<E | Unsigned, R | ObsCredentials> => signingWith(self, options, ObsCredentials)

/** Wraps a client so that its requests are signed with given credentials. */
export const signingWith = <E, R, RC>(
  self: HttpClient.HttpClient.With<E, R>,
  options: SignOptions,
  credentials: Effect.Effect<ObsCredentialsService, never, RC>
): HttpClient.HttpClient.With<E | Unsigned, R | RC> => {
  const clocks = clocksOf(self)

  const prepared = (
    request: Request,
    service: ObsCredentialsService,
    options: SignOptions
  ): Effect.Effect<Prepared, Unsigned> =>
    Effect.flatMap(CurrentAhead, (already) => {
      const endpoint = clocks.size === 0 ? undefined : endpointOf(request, options)
      const used = (endpoint === undefined ? undefined : clocks.get(endpoint)) ?? already
      const result = Effect.flatMap(service.get, (keys): Effect.Effect<Prepared, SignerError> =>
        Option.isNone(keys)
          ? Effect.succeed({ request, signing: undefined })
          : Effect.map(sign(request, keys.value, options), (signed) => ({
              request: signed.request,
              signing: signingOf(signed, used, service, options)
            }))
      )
      return used === already ? result : ahead(result, used - already)
    })

  const signingOf = (signed: Signed, used: number, service: ObsCredentialsService, options: SignOptions): Signing => ({
    authorization: signed.request.headers["authorization"] ?? "",
    refused: (failure) => {
      if (failure._tag === "RequestTimeTooSkewed")
        return learn(failure, used, clocks, endpointOf(signed.request, options))
      return failure._tag === "SignatureDoesNotMatch" ? explain(failure, signed) : Effect.void
    },
    again: (request) =>
      Effect.match(prepared(request, service, options), {
        onFailure: () => undefined,
        onSuccess: ({ request, signing }) => (signing === undefined ? undefined : { request, signing })
      })
  })

  /** The request through all that is below, as it is. */
  const through = (request: Request): Effect.Effect<Response, E, R> =>
    HttpClient.mapRequest(self, () => request).execute(request)

  /** The execution where nothing above decodes its answer; something below may. */
  const alone = <E, R>(execution: Effect.Effect<Response, E, R>, request: Request, signing: Signing | undefined) =>
    redactExecution(
      execution,
      request,
      noSpans,
      signing === undefined ? undefined : (context) => Context.add(context, CurrentSigning, Option.some(signing))
    )

  const send = (
    execution: Effect.Effect<Response, E | Unsigned, R | RC>,
    request: Request,
    signing: Signing | undefined,
    options: SignOptions,
    redirects: number
  ): Effect.Effect<Response, E | Unsigned, R | RC> =>
    Effect.flatMap(isRedacting, (redacting) => {
      // Where a client around this one sees to secrets, it sees to failures too
      const shown = redacting ? execution : Effect.map(alone(execution, request, signing), redactAnswer)
      return Effect.flatMap(shown, (response) => {
        noteSigning(response, signing)
        return redirects > 0 ? follow(response, request, options, redirects) : Effect.succeed(response)
      })
    })

  const follow = (
    response: Response,
    request: Request,
    options: SignOptions,
    redirects: number
  ): Effect.Effect<Response, E | Unsigned, R | RC> => {
    const { location } = response.headers
    if (!movedStatuses.includes(response.status) || location === undefined || !hasReplayableBody(request)) {
      return Effect.succeed(response)
    }
    return Effect.flatMap(Effect.promise(loadRedirect), (found) => {
      const target = found?.targetOf(location, request.url, options)
      if (target === undefined) return Effect.succeed(response)
      const query = /\?[^#]*/.exec(request.url)?.[0] ?? ""
      const moved = HttpClientRequest.setUrl(request, target.url + query)
      return Effect.flatMap(credentials, (service) =>
        Effect.matchEffect(prepared(moved, service, target.options), {
          onFailure: () => Effect.succeed(response),
          onSuccess: ({ request, signing }) =>
            // Reads what is left of it, so that its connection is free
            Effect.flatMap(readFailure(response, { request, status: response.status }), () =>
              send(through(request), request, signing, target.options, redirects - 1)
            )
        })
      )
    })
  }

  const prepare = (request: Request): Effect.Effect<Request, Unsigned, RC> =>
    Effect.flatMap(credentials, (service) =>
      Effect.map(prepared(request, service, options), ({ request, signing }) => {
        if (signing !== undefined) put(signing)
        return request
      })
    )

  const redirects = maxOf(options.redirects)

  return self.pipe(
    HttpClient.mapRequestEffect(prepare),
    HttpClient.transform((execution, request) =>
      Effect.suspend(() => {
        const signing = take(request)
        if (signing !== undefined || request.headers["authorization"] === undefined) {
          return send(execution, request, signing, options, redirects)
        }
        // Sent before, by something that repeats what was signed
        return Effect.flatMap(credentials, (service) =>
          Effect.flatMap(prepared(request, service, options), ({ request, signing }) =>
            send(through(request), request, signing, options, redirects)
          )
        )
      })
    )
  )
}

const noSpans = () => () => undefined
