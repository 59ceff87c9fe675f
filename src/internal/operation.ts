/**
 * The model of operations, and how a failure is narrowed to the documented ones.
 */
import * as Runtime from "#effect/runtime"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ObsFailure } from "../errors/ObsFailure.js"
import type { UnrecognizedResponse } from "../errors/Unclassified.js"
import { UnexpectedObsError } from "../errors/UnexpectedObsError.js"
import type { Documented } from "./failure/model.js"
import { inferFrom, isDocumented } from "./failure/union.js"
import { untraced } from "./failure/base.js"

type Request = HttpClientRequest.HttpClientRequest

/**
 * The HTTP methods of the service.
 *
 * @category models
 * @since 0.2.0
 */
export type Method = "GET" | "HEAD" | "PUT" | "POST" | "DELETE" | "OPTIONS"

/**
 * Any operation.
 *
 * @category models
 * @since 0.2.0
 */
export interface AnyOperation {
  /** The name, such as `GetObject`. */
  readonly name: string
  /** The HTTP method. */
  readonly method: Method
  /** The documented codes, those of `CommonError` first. */
  readonly codes: ReadonlyArray<string>
  /** The classes of the documented errors, including those without a code. */
  readonly errors: { readonly members: Documented<unknown>["members"] }
  /** Whether sending the request twice has the same result as sending it once. */
  readonly idempotent: boolean
  /** Whether a 2xx response can be a failure: with an error in its body, or because a callback failed. */
  readonly canFailInSuccess: boolean
  /**
   * What the body of a 200 response can hold: no error (`never`), an error instead of the result (`instead`), or an
   * error for each entry that failed (`entries`).
   */
  readonly errorInBody: "never" | "instead" | "entries"
  /** The URL of its documentation page. */
  readonly page: string
}

/**
 * An operation of the service: its name, and the errors that it is documented to fail with.
 *
 * @category models
 * @since 0.2.0
 */
export interface Operation<Name extends string, E> extends AnyOperation {
  readonly name: Name
  /** The schema of the documented errors. */
  readonly errors: Documented<E>
}

/** What a call is about. */
export interface Target {
  readonly bucket?: string | undefined
  readonly key?: string | undefined
  /** What the spans of its attempts say of it. */
  readonly attributes: Readonly<Record<string, string>>
}

/** The operation in progress, for the client that sends its request. */
export class Call {
  readonly operation: AnyOperation
  /** What it is about, where the call knows. Otherwise the address of the request says it. */
  readonly target: Target | undefined
  private readonly urls = new Map<Seen, string>()

  constructor(operation: AnyOperation, target?: Target) {
    this.operation = operation
    this.target = target
  }

  /** Whether this is its request: the first one with its method, or a repetition of it. */
  has({ method, url }: Request, seen: Seen): boolean {
    if (method !== this.operation.method) return false
    const first = this.urls.get(seen)
    if (first === undefined) this.urls.set(seen, url)
    return first === undefined || first === url
  }
}

/** When a request is seen. Layers between these points can change its address. */
type Seen = "asked" | "sent" | "answered"

export const CurrentCall: Runtime.Reference<Option.Option<Call>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentCall",
  () => Option.none()
)

/** Runs an effect as a call of an operation, so that the client knows which one it is. */
export const called = <A, E, R>(self: Effect.Effect<A, E, R>, operation: AnyOperation): Effect.Effect<A, E, R> =>
  Effect.suspend(() => Runtime.withReference(self, CurrentCall, Option.some(new Call(operation))))

/** The call that a request belongs to; undefined if unknown. */
export const callIn = (context: Context.Context<never>, request: Request, seen: Seen): Call | undefined => {
  const call = Option.getOrUndefined(Context.get(context, CurrentCall))
  return call?.has(request, seen) === true ? call : undefined
}

/** The definition of an operation. */
interface Spec<E> {
  readonly method: Method
  readonly idempotent: boolean
  readonly errorInBody?: "never" | "instead" | "entries"
  readonly errors: Documented<E>
  /** Its documentation page, such as `intl/en-us/api-obs/obs_04_0083`. */
  readonly page: string
}

// Classes that stand for a status instead of a code
const withoutCode = new Set(["CallbackFailed", "NotModified", "UnrecognizedResponse"])

export const operation = <const Name extends string, E>(
  name: Name,
  { errorInBody = "never", errors, idempotent, method, page }: Spec<E>
): Operation<Name, E> => {
  const tags = errors.members.map(({ _tag }) => _tag)
  return {
    name,
    method,
    codes: tags.filter((tag) => !withoutCode.has(tag)),
    errors,
    idempotent,
    canFailInSuccess:
      errorInBody !== "never" || errors.members.some(({ info }) => info !== undefined && info.status < 300),
    errorInBody,
    page: `https://support.huaweicloud.com/${page}.html`
  }
}

/**
 * Whether the class of a response without a body may be inferred from its status. Gateways in front of the service send
 * HTML pages and 5xx, and a 400 has too many meanings to guess one.
 */
const isInferable = ({ contentType = "application/xml", reason, status }: UnrecognizedResponse): boolean =>
  reason === "EmptyBody" && status !== 400 && status < 500 && contentType === "application/xml"

/**
 * Narrows a failure to an error documented for the operation, perhaps inferred from its status, or to an unexpected
 * one.
 */
export const narrow = <E>(
  failure: ObsFailure,
  { errors, method, name }: Operation<string, E>
): E | UnexpectedObsError => {
  // A response to HEAD has no body to name the code, so the only error documented with its status is taken
  if (method === "HEAD" && failure._tag === "UnrecognizedResponse" && isInferable(failure)) {
    const inferred = untraced(() => inferFrom(errors, failure))
    if (inferred !== undefined) return inferred
  }
  return isDocumented(errors, failure) ? failure : untraced(() => new UnexpectedObsError({ operation: name, failure }))
}
