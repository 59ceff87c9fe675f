/**
 * What is known of an operation of the service, and how a failure is held against it.
 */
import * as Runtime from "#effect/runtime"
import type * as HttpClientRequest from "#http/HttpClientRequest"
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
 * An operation of which no more is known than that it is one.
 *
 * @category models
 * @since 0.2.0
 */
export interface AnyOperation {
  /** The name, such as `GetObject`. */
  readonly name: string
  /** The HTTP method. */
  readonly method: Method
  /** The codes that the documents name for it, those of `CommonError` first. */
  readonly codes: ReadonlyArray<string>
  /** What it is documented to fail with: the classes of its codes, and what has no code. */
  readonly errors: { readonly members: Documented<unknown>["members"] }
  /** Whether sending the same request twice leaves what sending it once does. */
  readonly idempotent: boolean
  /** Whether an answer with a 2xx status can carry an error: in its body, or because a callback failed. */
  readonly canFailInSuccess: boolean
  /**
   * What the body of an answer with status 200 can hold: no error (`never`), an error in the place of the result
   * (`instead`), or an error for each entry that failed (`entries`).
   */
  readonly errorInBody: "never" | "instead" | "entries"
  /** The address of its page in the documents. */
  readonly page: string
}

/**
 * An operation of the service, with what the documents say of it.
 *
 * @category models
 * @since 0.2.0
 */
export interface Operation<Name extends string, E> extends AnyOperation {
  readonly name: Name
  /** What it is documented to fail with, as a schema. */
  readonly errors: Documented<E>
}

/** An operation that is under way, for the client that sends its request. */
class Call {
  private readonly operation: AnyOperation
  private readonly urls = new Map<Seen, string>()

  constructor(operation: AnyOperation) {
    this.operation = operation
  }

  /** The operation, where this is its request: the first one of its method, and what repeats it. */
  of({ method, url }: Request, seen: Seen): AnyOperation | undefined {
    if (method !== this.operation.method) return undefined
    const first = this.urls.get(seen)
    if (first === undefined) this.urls.set(seen, url)
    return first === undefined || first === url ? this.operation : undefined
  }
}

/** When a request is seen: what stands between the two can change its address. */
type Seen = "asked" | "answered"

const CurrentCall: Runtime.Reference<Option.Option<Call>> = /*#__PURE__*/ Runtime.reference(
  "effect-obs/internal/CurrentCall",
  () => Option.none()
)

/** Runs what sends the request of an operation, so that the client knows which it is. */
export const called = <A, E, R>(self: Effect.Effect<A, E, R>, operation: AnyOperation): Effect.Effect<A, E, R> =>
  Effect.suspend(() => Effect.provideService(self, CurrentCall, Option.some(new Call(operation))))

/** The operation of a request; undefined where nobody said it. */
export const operationOf = (request: Request, seen: Seen): Effect.Effect<AnyOperation | undefined> =>
  Effect.map(CurrentCall, (call) => Option.getOrUndefined(call)?.of(request, seen))

/** What is written down of an operation. */
interface Spec<E> {
  readonly method: Method
  readonly idempotent: boolean
  readonly errorInBody?: "never" | "instead" | "entries"
  readonly errors: Documented<E>
  /** Its page in the documents, such as `intl/en-us/api-obs/obs_04_0083`. */
  readonly page: string
}

// These stand for a status and not for a code
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
 * Whether the class of an answer without a body may be inferred from its status. Gateways in front of the service send
 * HTML pages and 5xx, and a 400 has too many meanings to guess one.
 */
const isInferable = ({ contentType = "application/xml", reason, status }: UnrecognizedResponse): boolean =>
  reason === "EmptyBody" && status !== 400 && status < 500 && contentType === "application/xml"

/** What a failure is for an operation: one that is documented for it, perhaps by its status alone, or an unexpected one. */
export const narrow = <E>(
  failure: ObsFailure,
  { errors, method, name }: Operation<string, E>
): E | UnexpectedObsError => {
  // The answer to a HEAD has no body that could name the code, so where one meaning is left it is taken for that
  if (method === "HEAD" && failure._tag === "UnrecognizedResponse" && isInferable(failure)) {
    const inferred = untraced(() => inferFrom(errors, failure))
    if (inferred !== undefined) return inferred
  }
  return isDocumented(errors, failure) ? failure : untraced(() => new UnexpectedObsError({ operation: name, failure }))
}
