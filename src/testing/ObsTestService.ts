/**
 * An OBS in memory, with the answers and the errors of the real one.
 *
 * @since 0.1.0
 */
import * as Runtime from "#effect/runtime"
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import type { CredentialsInput } from "../internal/credentials/credentials.js"
import { targetOf } from "../internal/service/address.js"
import { inDialect, isRefusal as isOutcomeRefusal } from "../internal/service/asked.js"
import type { Asked, Received, Refusal as ServiceRefusal } from "../internal/service/asked.js"
import { Content } from "../internal/service/content.js"
import { isPostForm } from "../internal/service/forms.js"
import { requesterOf } from "../internal/service/requester.js"
import { bodyOf, handle, isNegotiation, unreadOf } from "../internal/service/service.js"
import { hex, State } from "../internal/service/state.js"
import * as Receive from "../internal/storage/receive.js"
import * as Internal from "../internal/storage/storage.js"
import { arrived } from "../internal/verification/arrived.js"
import { verifyForm } from "../internal/verification/form.js"
import { placeOf } from "../internal/verification/place.js"
import { formOf } from "../internal/verification/multipart.js"
import type { Payload } from "../internal/verification/payload.js"
import { payloadReader, readWhole } from "../internal/verification/payload.js"
import type { Refusal } from "../internal/verification/refusal.js"
import { isRefusal } from "../internal/verification/refusal.js"
import type { Accepted, Checked, Holder } from "../internal/verification/verify.js"
import { verify } from "../internal/verification/verify.js"
import { concat } from "../internal/wire/body.js"
import * as ObsError from "../ObsError.js"
import * as ObsResponse from "../ObsResponse.js"
import type { Answer, Dialect } from "./ObsAnswer.js"
import * as ObsAnswer from "./ObsAnswer.js"

/**
 * A request as a handler sees it.
 *
 * @category models
 * @since 0.1.0
 */
export interface Request {
  readonly method: string
  readonly url: URL
  /** Header values by name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined }
  /** All bytes, or the bytes as they arrive: `bytes` gives them in either case. */
  readonly body: Body
  /** Path and parameters as they were sent, where that is known; those of `url` otherwise. */
  readonly target?: string | undefined
}

/**
 * The body of a request.
 *
 * @category models
 * @since 0.3.0
 */
export type Body = Uint8Array | Stream.Stream<Uint8Array>

/**
 * What a request is answered with.
 *
 * @category models
 * @since 0.3.0
 */
export interface Response extends Pick<Answer, "status" | "headers"> {
  /** The body. A stream that fails breaks the connection off. */
  readonly body: string | Uint8Array | Stream.Stream<Uint8Array, unknown>
}

/**
 * Whose signatures a service accepts, which hosts are its own, and how strict it is.
 *
 * @category models
 * @since 0.3.0
 */
export interface Options {
  /**
   * Who may send requests: access keys, and temporary credentials with their token and their end. Without them no
   * signature is looked at.
   */
  readonly credentials?: ReadonlyArray<CredentialsInput> | undefined
  /** The region that version 4 has to be signed for, and that buckets have to be in; any where it is not given. */
  readonly region?: string | undefined
  /** What buckets are subdomains of; by default that is what begins with `obs.`, and `localhost`. */
  readonly endpoint?: string | URL | undefined
  /** The buckets of custom domains, by their hosts. */
  readonly domains?: { readonly [host: string]: string } | undefined
  /**
   * The least size in bytes of each part of an upload but the last, of which a smaller one is an `EntityTooSmall`: 0 by
   * default. That of the real service is 102 400.
   */
  readonly minPartSize?: number | undefined
  /**
   * Whether a request to delete several objects needs a `Content-MD5`, as with the real service; false by default. Without
   * it, the request is an `InvalidRequest`.
   */
  readonly requireContentMd5?: boolean | undefined
  /** Where the service keeps what it is given: in memory by default, or in a folder, by `ObsTestFolder.open`. */
  readonly storage?: Storage | undefined
}

/**
 * Where a service keeps buckets and objects.
 *
 * @category models
 * @since 0.3.0
 */
export interface Storage extends Internal.Storage {}

/**
 * Answers requests: what a test client and a test server are made of.
 *
 * @category models
 * @since 0.1.0
 */
export type Handler = (request: Request) => Effect.Effect<Response>

/**
 * The header that makes `make` respond with the error of a code, whatever the request: `x-obs-test-error: NoSuchKey`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const errorHeader = "x-obs-test-error"

/**
 * Tells in which dialect the service answers a request: `amz` to one that is signed as for S3, else `obs`.
 *
 * @category models
 * @since 0.1.0
 */
export const dialectOf = (request: Pick<Request, "headers" | "url">): Dialect =>
  /^AWS/.test(request.headers["authorization"] ?? "") ||
  request.url.searchParams.has("AWSAccessKeyId") ||
  request.url.searchParams.has("X-Amz-Signature")
    ? "amz"
    : "obs"

const secretText = (secret: string | Redacted.Redacted): string => {
  try {
    return typeof secret === "string" ? secret : Redacted.value(secret)
  } catch {
    // It was wiped
    return ""
  }
}

/** When credentials end; what is no date counts as over. */
const endOf = (expiration: NonNullable<CredentialsInput["expiration"]>): number =>
  Option.match(DateTime.make(expiration), { onNone: () => 0, onSome: DateTime.toEpochMillis })

const holderOf = ({ accessKeyId, expiration, secretAccessKey, securityToken }: CredentialsInput): Holder => ({
  accessKeyId,
  secret: secretText(secretAccessKey),
  token: securityToken === undefined ? undefined : secretText(securityToken),
  expiration: expiration === undefined ? undefined : endOf(expiration)
})

// They have several lines, which no header of a response to HEAD can have
const documents = ["StringToSign", "CanonicalRequest"]

const failureOf = ({ code, details, message }: Refusal, method: string): ObsError.ObsFailure =>
  ObsResponse.fromParts({
    code,
    message,
    details:
      method === "HEAD"
        ? Object.fromEntries(Object.entries(details).filter(([name]) => !documents.includes(name)))
        : details
  })

/**
 * Makes a handler that answers only requests whose signatures are right, and refuses others as the service does.
 *
 * It knows the scheme of OBS, its dialect of AWS version 2, and AWS version 4, in headers, in addresses and in forms, with
 * signed, unsigned and chunked bodies. The time is that of Effect's clock. Requests without a signature are refused, but for those
 * that ask for an error by `errorHeader` or for `?apiversion`. Without `credentials` it is the handler that was given.
 *
 * @example
 * ```ts
 * import { HttpClientRequest } from "effect/http"
 * import * as assert from "node:assert"
 * import { Effect, Redacted } from "effect"
 * import { ObsHttpClient, ObsSigner } from "effect-obs"
 * import { ObsTestClient, ObsTestService } from "effect-obs/testing"
 *
 * const keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
 *
 * const program = Effect.gen(function* () {
 *   const hello = () => Effect.succeed({ status: 200, headers: {}, body: "hello" })
 *   const handler = ObsTestService.checkSignatures(hello, { credentials: [keys] })
 *   const client = ObsHttpClient.filterStatusOk(ObsTestClient.make(handler))
 *   const request = HttpClientRequest.get("https://photos.obs.example.com/cat.jpg")
 *   assert.strictEqual((yield* Effect.flip(client.execute(request)))._tag, "AccessDenied")
 *   const signed = yield* ObsSigner.sign(request, keys, { endpoint: "obs.example.com" })
 *   assert.strictEqual((yield* client.execute(signed.request)).status, 200)
 * })
 *
 * await Effect.runPromise(program)
 * ```
 *
 * @category constructors
 * @since 0.3.0
 */
export const checkSignatures = (handler: Handler, options: Options): Handler => {
  const { credentials, region } = options
  if (credentials === undefined) return handler
  const holders = holdersOf(credentials)
  return (request) =>
    isFree(request)
      ? handler(request)
      : Effect.gen(function* () {
          const now = yield* Clock.currentTimeMillis
          const body = yield* bytes(request)
          const checked = { place: placeOf(request.url.hostname, options), region, holders, now }
          if (isPostForm(request)) {
            const refusal = checkForm(request, body, checked)
            return refusal === undefined ? yield* handler({ ...request, body }) : refusalTo(request, refusal)
          }
          const accepted = checkHead(request, checked)
          if (isRefusal(accepted)) return refusalTo(request, accepted)
          const reader = payloadReader(payloadOf(request, accepted), "decoded")
          const data = isRefusal(reader) ? reader : readWhole(reader, body)
          return isRefusal(data) ? refusalTo(request, data) : yield* handler({ ...request, body: concat(data) })
        })
}

/** Whose signatures count, as they are looked at. */
const holdersOf = (credentials: ReadonlyArray<CredentialsInput>): ReadonlyArray<Holder> =>
  credentials.map(holderOf).filter(({ secret }) => secret !== "")

const refusalTo = (request: Request, refusal: Refusal): Answer =>
  ObsAnswer.render(failureOf(refusal, request.method), { dialect: dialectOf(request), method: request.method })

/** Requests that need no signature. */
const isFree = (request: Request): boolean => request.headers[errorHeader] !== undefined || isNegotiation(request)

/** Checks the signature of a request that is no form. */
const checkHead = ({ headers, method, target, url }: Request, checked: Checked): Accepted | Refusal =>
  verify(arrived({ method, target: target ?? url.pathname + url.search, host: url.host, headers }), checked)

/** Checks the signature of a form. */
const checkForm = ({ headers, url }: Request, body: Uint8Array, checked: Checked): Refusal | undefined =>
  verifyForm({ type: headers["content-type"], body, bucket: targetOf(url, checked.place)[0] }, checked)

const payloadOf = ({ headers }: Request, accepted: Accepted): Payload => ({
  ...accepted,
  decodedLength: headers["x-amz-decoded-content-length"]
})

/**
 * All bytes of the body of a request.
 *
 * @category reading
 * @since 0.3.0
 */
export const bytes = ({ body }: Pick<Request, "body">): Effect.Effect<Uint8Array> => Receive.bytesOf(body)

/**
 * A response with all bytes of its body, such as `ObsResponse.decode` takes. It fails as the stream of its body does.
 *
 * @category reading
 * @since 0.3.0
 */
export const collect = (response: Response): Effect.Effect<Answer, unknown> => {
  const { body, headers, status } = response
  return typeof body === "string" || body instanceof Uint8Array
    ? Effect.succeed({ status, headers, body })
    : Effect.map(Receive.bytesOf(body), (body) => ({ status, headers, body }))
}

/**
 * Makes a handler of a function that returns the failure to respond to a request with.
 *
 * @example
 * ```ts
 * import { ObsError } from "effect-obs"
 * import { ObsTestService } from "effect-obs/testing"
 *
 * export const alwaysBusy = ObsTestService.failing(() => new ObsError.SlowDown())
 * ```
 *
 * @category constructors
 * @since 0.1.0
 */
export const failing =
  (f: (request: Request) => ObsError.ObsFailure): Handler =>
  (request) =>
    Effect.sync(() => ObsAnswer.render(f(request), { dialect: dialectOf(request), method: request.method }))

/** The failure that a request asks for by its header. */
const provoked = (code: string): ObsError.ObsFailure =>
  Option.match(ObsError.byCode(code), {
    onNone: () => new ObsError.UnknownObsError({ code, status: 400 }),
    onSome: (klass) => new klass()
  })

/** The body of an answer: what every document of an error has besides its code and its message is of the request. */
const withIds = ({ body, status }: Response, id: string): Response["body"] =>
  status >= 300 && typeof body === "string"
    ? body.replace(/<\/Error>$/, `<RequestId>${id}</RequestId><HostId>${btoa(`host of ${id}`)}</HostId></Error>`)
    : body

/**
 * Makes a service with no buckets yet.
 *
 * It knows requests to `/bucket/key`, to `/key` of hosts such as `bucket.obs.example.com`, and to custom domains, in both
 * dialects:
 *
 * - buckets, their location, their versions, what they hold, and their configurations, which it keeps and gives back: `policy`,
 *   `acl`, `cors`, `lifecycle`, `website`, `tagging`, `quota`, `logging`, `notification`, `replication`, `encryption`,
 *   `inventory`, `customdomain`, `storageClass`, `requestPayment`, `object-lock`, `publicAccessBlock` and those of the
 *   extension services
 * - objects with their metadata, tags and access control lists, to put, get, copy, append to, restore and delete, one or many
 *   at once, with conditions, ranges, `Content-MD5` and keys of the client (SSE-C), and files of forms
 * - versions and delete markers, multipart uploads, and listings of all these, in pages, with prefixes and delimiters, in the
 *   order of UTF-8
 *
 * To anything else, such as `?rename`, it answers `NotImplemented`, and changes nothing. What is kept is not acted upon where
 * that would take a service around it: nothing expires, is replicated or is sent a notification, and policies and lists refuse
 * nobody. A quota does. Archived objects are restored in a tenth of a second. All times are those of Effect's clock. Every
 * answer has a request id. A request with the header of `errorHeader` is answered with that error.
 *
 * A key can be any text, but for `.` and `..` as the whole of it, which URLs drop. Where a document cannot have its
 * characters, list it with `?encoding-type=url`, and delete it by a request with `<EncodingType>url</EncodingType>`.
 *
 * @category constructors
 * @since 0.1.0
 */
export const make: Effect.Effect<Handler> = Effect.suspend(() => makeWith({}))

/**
 * Makes a service as `make` does, which looks at the signatures of requests where it is given credentials.
 *
 * `checkSignatures` says what it looks at, and `ObsCredentials.layer` takes the same credentials. Each access key is an
 * account with buckets of its own, which the others can use but not make once more: that is a `BucketAlreadyExists`.
 *
 * @category constructors
 * @since 0.3.0
 */
export const makeWith = (options: Options): Effect.Effect<Handler> =>
  Effect.sync(() => {
    const storage = options.storage ?? Internal.memory(new State())
    const { state } = storage
    const settings = {
      region: options.region,
      minPartSize: options.minPartSize ?? 0,
      requireContentMd5: options.requireContentMd5 ?? false
    }
    // Custom domains that requests have bound are hosts of the service, too
    const hosts = (): Options =>
      state.domains.size === 0
        ? options
        : { ...options, domains: { ...Object.fromEntries(state.domains), ...options.domains } }
    const { credentials } = options
    const holders = credentials && holdersOf(credentials)

    /** Takes the body of a request, whose signature is looked at. */
    const receive = (request: Request, now: number) =>
      Effect.gen(function* () {
        const dialect = dialectOf(request)
        const place = placeOf(request.url.hostname, hosts())
        const check = holders && !isFree(request) ? { place, region: options.region, holders, now } : undefined
        const isForm = isPostForm(request)
        const accepted = check === undefined || isForm ? unchecked : checkHead(request, check)
        if (isRefusal(accepted)) return yield* Effect.fail(accepted)
        const reader = payloadReader(payloadOf(request, accepted), "decoded")
        if (isRefusal(reader)) return yield* Effect.fail(reader)
        const form = isForm ? yield* Receive.receiveDocument(request.body, reader) : undefined
        const refusal = check && form && checkForm(request, form.document, check)
        if (refusal !== undefined) return yield* Effect.fail(refusal)
        const who = requesterOf(request, form?.document, holders !== undefined)
        const unread = unreadOf(request, { place, dialect, who, now, settings })
        if (form !== undefined) return { ...unread, ...(yield* keepFile(request, form, storage)) }
        const body = bodyOf(unread, state)
        if (body === "Object") return { ...unread, ...(yield* Receive.receiveObject(request.body, reader, storage)) }
        if (body === "Document") return { ...unread, ...(yield* Receive.receiveDocument(request.body, reader)) }
        if (isOutcomeRefusal(body)) return yield* Effect.fail(body)
        return { ...unread, ...(yield* Receive.receiveCopy(body, storage)) }
      })

    /** Answers a request whose body has arrived. What is kept for good is safe before it is said so. */
    const answer = (asked: Asked): Effect.Effect<Response, ServiceRefusal | Internal.StorageError> =>
      Effect.gen(function* () {
        const outcome = handle(state, asked)
        storage.release(asked.content)
        if (isOutcomeRefusal(outcome)) return yield* Effect.fail(outcome)
        const { body, headers, status } = outcome
        const respond = (body: Response["body"]) => ({ status, headers: inDialect(headers, asked.dialect), body })
        if (body instanceof Content) return respond(asked.method === "HEAD" ? "" : yield* bodyOfContent(storage, body))
        if (asked.method !== "GET" && asked.method !== "HEAD") yield* storage.committed
        return respond(body)
      })

    const respond = (request: Request): Effect.Effect<Response> => {
      const { headers, method } = request
      const dialect = dialectOf(request)
      const render = (failure: ObsError.ObsFailure): Response => ObsAnswer.render(failure, { dialect, method })
      const asksFor = headers[errorHeader]
      if (asksFor !== undefined) return Effect.sync(() => render(provoked(asksFor)))
      return Effect.uninterruptibleMask((restore) =>
        Clock.currentTimeMillis.pipe(
          Effect.flatMap((now) => restore(receive(request, now))),
          // Whoever breaks off now finds the request done
          Effect.flatMap(answer)
        )
      ).pipe(
        Runtime.catchAll((error) =>
          Effect.sync(() => {
            if (isRefusal(error)) return refusalTo(request, error)
            if (error._tag === "StorageError") return render(new ObsError.InternalError())
            if (error._tag !== "Refused") return render(error)
            const rendered = render(error.failure)
            return { ...rendered, headers: { ...rendered.headers, ...inDialect(error.headers, dialect) } }
          })
        )
      )
    }
    let count = 0
    return (request) =>
      Effect.map(respond(request), (answer) => {
        const prefix = `x-${dialectOf(request)}`
        const id = hex(++count, 32)
        const ids = { [`${prefix}-request-id`]: id, [`${prefix}-id-2`]: btoa(`answer ${id}`) }
        return { ...answer, body: withIds(answer, id), headers: { server: "OBS", ...ids, ...answer.headers } }
      })
  })

const unchecked: Accepted = { hash: undefined, signChunk: undefined }

/** Keeps the file of a form, which is a part of the whole body. */
const keepFile = (
  { headers }: Request,
  { document }: Received,
  storage: Internal.Storage
): Effect.Effect<Received, Internal.StorageError> => {
  const form = formOf(headers["content-type"], document)
  const file = form === undefined || form === "NoFile" ? new Uint8Array() : form.file
  return Effect.map(Receive.keep(file, storage), (kept) => ({ ...kept, document }))
}

/** The bytes of an answer, which are held until they are sent. */
const bodyOfContent = (
  storage: Internal.Storage,
  content: Content
): Effect.Effect<Response["body"], Internal.StorageError> =>
  Effect.suspend(() => {
    storage.hold(content)
    const release = Effect.sync(() => {
      storage.release(content)
    })
    return Effect.map(
      Effect.onError(storage.read(content), () => release),
      (bytes) => {
        if (!(bytes instanceof Uint8Array)) return Stream.ensuring(bytes, release)
        storage.release(content)
        return bytes
      }
    )
  })
