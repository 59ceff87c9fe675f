/**
 * Credentials of the agency that is attached to an ECS, from its metadata service.
 */
import type * as HttpClient from "#http/HttpClient"
import * as Http from "#effect/http"
import * as HttpClientRequest from "#http/HttpClientRequest"
import * as Runtime from "#effect/runtime"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { millisOf } from "../duration.js"
import { isRecord } from "../object.js"
import { redactExecution } from "../request/redaction.js"
import { withoutUserinfo } from "../secrets.js"
import { readBody } from "../wire/body.js"
import type { Origin } from "./credentials.js"
import type { CredentialsError, Reason } from "./error.js"
import { credentialsError, shown } from "./error.js"
import type { RenewalOptions } from "./renewal.js"

/**
 * Where the metadata service is, and how long it may take.
 *
 * @category models
 * @since 0.3.0
 */
export interface EcsOptions extends Omit<RenewalOptions, "timeToLive" | "timeout"> {
  /** The address of the service, `http://169.254.169.254` by default. */
  readonly endpoint?: string | undefined
  /** How long each of the two requests may take with its response (milliseconds where it is a number), 2 s by default. */
  readonly timeout?: Runtime.DurationInput | undefined
}

const source = "ecs"

const endpointOf = ({ endpoint = "http://169.254.169.254" }: EcsOptions): string => endpoint.replace(/\/+$/, "")

export const ecsOrigin = (options: EcsOptions): Origin => ({
  source,
  place: `the metadata service of the ECS at ${shown(withoutUserinfo(endpointOf(options)))}`,
  names: {
    accessKeyId: "credential.access",
    secretAccessKey: "credential.secret",
    securityToken: "credential.securitytoken",
    expiration: "credential.expires_at"
  }
})

const tokenHeader = "x-metadata-token"

const unobserved = () => () => undefined

interface Answer {
  readonly status: number
  /** None where the response did not come whole. */
  readonly text: string | undefined
}

/** A token that can be sent in a header. */
const plainToken = /^[\x21-\x7e]{1,8192}$/

/** The member `credential` of a response; none where it is not what it should be. */
const credentialIn = (text: string): { readonly [name: PropertyKey]: unknown } | undefined => {
  try {
    const answer: unknown = JSON.parse(text)
    const credential = isRecord(answer) ? answer["credential"] : undefined
    return isRecord(credential) ? credential : undefined
  } catch {
    return undefined
  }
}

/** Asks the service once: first for a token, then, with it or where there are none, for the credentials. */
export const fromEcs = (client: HttpClient.HttpClient, options: EcsOptions): Effect.Effect<unknown, CredentialsError> =>
  Effect.suspend(() => {
    const base = endpointOf(options)
    const timeout = Duration.millis(millisOf(options.timeout, 2000))
    const { place } = ecsOrigin(options)
    const failed = (reason: Reason, what: string, solution: string, cause?: unknown) =>
      Effect.fail(credentialsError({ source, reason, what: `${place} ${what}.`.replace(/^t/, "T"), solution, cause }))

    const send = (request: HttpClientRequest.HttpClientRequest): Effect.Effect<Answer, CredentialsError> =>
      redactExecution(client.execute(request), request, unobserved).pipe(
        // To a client that fails with statuses they are responses here
        Runtime.catchAll((error) => {
          const response = Http.responseOf(error)
          return response === undefined ? Effect.fail(error) : Effect.succeed(response)
        }),
        Effect.flatMap((response) =>
          Effect.map(readBody(response, { timeout }), ({ bytes, ending }): Answer => ({
            status: response.status,
            text: ending === undefined ? new TextDecoder().decode(bytes) : undefined
          }))
        ),
        Effect.timeout(timeout),
        Runtime.catchAll((cause) =>
          failed(
            "Unavailable",
            Runtime.isTimeoutError(cause)
              ? `has not responded within ${Duration.toMillis(timeout)} ms`
              : "could not be reached",
            "Check that this is an ECS, and that its network and proxies let requests to that address pass.",
            cause
          )
        )
      )

    const unexpected = ({ status }: Answer, what: string) =>
      failed(
        "Unavailable",
        `responded with status ${status} to the request for ${what}`,
        "Try again later, and check whether a proxy responds in its place."
      )

    const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300

    return Effect.gen(function* () {
      const tokenRequest = HttpClientRequest.put(`${base}/meta-data/latest/api/token`).pipe(
        HttpClientRequest.setHeader("X-Metadata-Token-Ttl-Seconds", "21600")
      )
      const token = yield* send(tokenRequest)
      // The older version of the service has no tokens
      const isOld = token.status === 404 || token.status === 405
      if (!isOld && !isSuccess(token)) return yield* unexpected(token, "a token")
      const value = isOld ? undefined : (token.text?.trim() ?? "")
      if (value !== undefined && !plainToken.test(value)) {
        return yield* failed(
          "Invalid",
          "responded with something that is not a token",
          "Check whether a proxy responds in its place."
        )
      }
      const request = HttpClientRequest.get(`${base}/openstack/latest/securitykey`)
      const answer = yield* send(
        value === undefined ? request : HttpClientRequest.setHeader(request, tokenHeader, value)
      )
      if (answer.status === 404) {
        return yield* failed("Missing", "has no credentials for this ECS", "Attach an agency that may use OBS to it.")
      }
      if (!isSuccess(answer)) return yield* unexpected(answer, "credentials")
      const credential = answer.text === undefined ? undefined : credentialIn(answer.text)
      if (credential === undefined) {
        return yield* failed(
          "Invalid",
          "did not respond with complete JSON that has credentials",
          "Check whether a proxy responds in its place."
        )
      }
      const { access, expires_at: expiration, secret, securitytoken } = credential
      if (typeof securitytoken !== "string" || typeof expiration !== "string") {
        return yield* failed(
          "Incomplete",
          "responded with credentials without credential.securitytoken or credential.expires_at",
          "Check whether a proxy responds in its place."
        )
      }
      return { accessKeyId: access, secretAccessKey: secret, securityToken: securitytoken, expiration }
    })
  })
