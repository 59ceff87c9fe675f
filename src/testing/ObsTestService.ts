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
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import type { CredentialsInput } from "../internal/credentials/credentials.js"
import { targetOf } from "../internal/service/address.js"
import { inDialect, isRefusal as isOutcomeRefusal, signedHeaders } from "../internal/service/asked.js"
import type { Asked, Received, Refusal as ServiceRefusal } from "../internal/service/asked.js"
import { Content } from "../internal/service/content.js"
import { isPostForm } from "../internal/service/forms.js"
import type { Turn } from "../internal/service/gate.js"
import { Gate } from "../internal/service/gate.js"
import { requesterOf } from "../internal/service/requester.js"
import {
  admissionOf,
  changedBucket,
  copiedBy,
  handle,
  isNegotiation,
  originHeaders,
  sendsObject,
  unreadOf
} from "../internal/service/service.js"
import { settingsOf } from "../internal/service/settings.js"
import { hex, State } from "../internal/service/state.js"
import { within } from "../internal/storage/patience.js"
import * as Receive from "../internal/storage/receive.js"
import * as Internal from "../internal/storage/storage.js"
import { arrived } from "../internal/verification/arrived.js"
import { verifyForm } from "../internal/verification/form.js"
import { placeOf } from "../internal/verification/place.js"
import { formOf } from "../internal/verification/multipart.js"
import type { Payload } from "../internal/verification/payload.js"
import { isChunked, payloadReader, readWhole } from "../internal/verification/payload.js"
import type { Refusal } from "../internal/verification/refusal.js"
import { accessDenied, isRefusal } from "../internal/verification/refusal.js"
import type { Accepted, Checked, Holder, Verdict } from "../internal/verification/verify.js"
import { verify } from "../internal/verification/verify.js"
import { concat } from "../internal/wire/body.js"
import * as ObsError from "../ObsError.js"
import * as ObsResponse from "../ObsResponse.js"
import type { Account, Limits, Moved } from "../internal/service/settings.js"
import type { Answer, Dialect } from "./ObsAnswer.js"
import * as ObsAnswer from "./ObsAnswer.js"

export type { Account, Limits, Moved } from "../internal/service/settings.js"

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
 * The answer that never comes: a client loses the connection before it, and a server breaks it off.
 *
 * Servers and clients know it, and copies of it, by a status of 0 with a stream. What does not know it sends a head without
 * a status of HTTP, and a body that fails.
 *
 * @category constructors
 * @since 0.3.0
 */
export const noResponse: Response = {
  status: 0,
  headers: {},
  body: /*#__PURE__*/ Stream.fail(/*#__PURE__*/ new Error("The connection was broken off."))
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
   * signature is looked at, and everybody may do everything.
   */
  readonly credentials?: ReadonlyArray<CredentialsInput> | undefined
  /** The accounts of access keys. By default, each key has an account of its own. */
  readonly accounts?: { readonly [accessKeyId: string]: Account } | undefined
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
   * Whether a request needs a `Content-MD5` where the documents say so, as with the real service; false by default. Without
   * it, a request to delete several objects is an `InvalidRequest`, and one to set `cors` or `lifecycle` a
   * `MissingRequiredHeader`.
   */
  readonly requireContentMd5?: boolean | undefined
  /**
   * Whether a bucket can be named in the path of an address whose host is a name: `"allowed"` by default. New domains of
   * the real service refuse it with a `VirtualHostDomainRequired`. At a host that is an IP address it is always allowed.
   */
  readonly pathStyle?: "allowed" | "refused" | undefined
  /**
   * What becomes of bodies in the chunks of AWS (`aws-chunked`): they are `"decoded"` by default. The real service has them
   * `"kept"`: stored as they are sent, with the sizes and signatures between the bytes, and those with a trailing checksum
   * (`STREAMING-…-TRAILER`) refused with an `XAmzContentSHA256Mismatch`.
   */
  readonly awsChunked?: "decoded" | "kept" | undefined
  /**
   * What becomes of a body where none belongs: it is `"ignored"` by default. `"refused"`, it is a `MaxMessageLengthExceeded`
   * with a copy, and an `UnexpectedContent` with GET, HEAD and DELETE.
   */
  readonly unexpectedBodies?: "ignored" | "refused" | undefined
  /**
   * Whether a PUT of an object has to say how long it is, or that it comes in chunks; false by default. Without either, it
   * is a `MissingContentLength`. Clients in memory may say neither.
   */
  readonly requireContentLength?: boolean | undefined
  /**
   * Whether a request to make a bucket has to say in which region, as at an endpoint without a default one; false by
   * default. Without a region, it is a `MissingRegion`.
   */
  readonly requireRegion?: boolean | undefined
  /** Names that no bucket is let have: requests to them are an `AllAccessDisabled`. */
  readonly forbiddenBuckets?: ReadonlyArray<string> | undefined
  /** Buckets that are at other endpoints, by their names. */
  readonly moved?: { readonly [bucket: string]: Moved } | undefined
  /**
   * Functions that cannot be used, by the parameters of their requests, such as `tagging`: `"off"` is a
   * `MethodNotAllowed`, `"restricted"`, to some users, an `UserKeyMustBeSpecified`, and `"unsupported"` a
   * `ServiceNotSupported`.
   */
  readonly functions?: { readonly [parameter: string]: "off" | "restricted" | "unsupported" } | undefined
  /**
   * The master keys of SSE-KMS, by their ids; any that is named by default. Any other one is a `KMS.NotFoundException`, one
   * that is disabled a `KMS.DisabledException`.
   */
  readonly masterKeys?: { readonly [id: string]: "enabled" | "disabled" } | undefined
  /** How much the service takes; all there is by default. */
  readonly limits?: Limits | undefined
  /** Where the service keeps what it is given: in memory by default, or in a folder, by `ObsTestFolder.open`. */
  readonly storage?: Storage | undefined
}

/**
 * The options that make a service as strict as a new domain of the real one: `makeWith` without them takes requests that
 * the real service refuses.
 *
 * @example
 * ```ts
 * import { ObsTestClient, ObsTestService } from "effect-obs/testing"
 *
 * const credentials = [{ accessKeyId: "AK", secretAccessKey: "secret" }]
 *
 * export const service = ObsTestClient.layerServiceWith({ ...ObsTestService.strict, credentials })
 * ```
 *
 * @category constants
 * @since 0.3.0
 */
export const strict: Options = {
  minPartSize: 100 * 1024,
  requireContentMd5: true,
  pathStyle: "refused",
  awsChunked: "kept",
  unexpectedBodies: "refused"
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
 * of SDKs that ask the service or a bucket for `?apiversion`. One with the header of `errorHeader` is answered with that error,
 * and the handler does not see it; nor does it see headers of `x-obs-` and `x-amz-` that are not signed. Without `credentials`
 * it is the handler that was given.
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
  return (request) => {
    const provocation = provokedBy(request)
    if (provocation !== undefined) return Effect.sync(provocation)
    const place = placeOf(request.url.hostname, options)
    if (isNegotiation(request, place)) return handler(request)
    return Effect.gen(function* () {
      const checked = { place, region, holders, now: yield* Clock.currentTimeMillis }
      if (isPostForm(request)) {
        const body = yield* bytes(request)
        const accepted = signedOnly(checkForm(request, body, checked))
        return isRefusal(accepted) ? refusalTo(request, accepted) : yield* handler({ ...request, body })
      }
      const accepted = signedOnly(checkHead(request, checked))
      if (isRefusal(accepted)) return refusalTo(request, accepted)
      const reader = payloadReader(payloadOf(request, accepted), "decoded")
      if (isRefusal(reader)) return refusalTo(request, reader)
      const data = readWhole(reader, yield* bytes(request))
      if (isRefusal(data)) return refusalTo(request, data)
      const headers = signedHeaders(request.headers, accepted.signs)
      return yield* handler({ ...request, headers, body: concat(data) })
    })
  }
}

/** Refuses what is not signed. */
const signedOnly = (verdict: Verdict): Accepted | Refusal => (verdict === "Unsigned" ? accessDenied() : verdict)

/** Whose signatures count, as they are looked at. */
const holdersOf = (credentials: ReadonlyArray<CredentialsInput>): ReadonlyArray<Holder> =>
  credentials.map(holderOf).filter(({ secret }) => secret !== "")

const refusalTo = (request: Request, refusal: Refusal): Answer =>
  ObsAnswer.render(failureOf(refusal, request.method), { dialect: dialectOf(request), method: request.method })

/** Checks the signature of a request that is no form. */
const checkHead = ({ headers, method, target, url }: Request, checked: Checked): Verdict =>
  verify(arrived({ method, target: target ?? url.pathname + url.search, host: url.host, headers }), checked)

/** Checks the signature of a form. */
const checkForm = ({ headers, url }: Request, body: Uint8Array, checked: Checked): Verdict =>
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

/** Makes the answer with the error that a request asks for, if it does. */
const provokedBy = (request: Request): (() => Answer) | undefined => {
  const { headers, method } = request
  const code = headers[errorHeader]
  return code === undefined
    ? undefined
    : () => ObsAnswer.render(provoked(code), { dialect: dialectOf(request), method })
}

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
 * - parallel file systems, which change objects in place: `?modify`, `?truncate` and `?rename`, never beyond the end of one
 * - preflights of browsers, and the headers of answers to pages, by the rules of `cors`
 *
 * To anything else, such as `?symlink`, it answers `NotImplemented`, and changes nothing. What is kept is not acted upon where
 * that would take a service around it: nothing expires, is replicated or is sent a notification, and policies refuse nobody. A
 * quota does. Archived objects are restored in a tenth of a second. All times are those of Effect's clock. Every
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
 * account with buckets of its own, unless `accounts` says otherwise. What others may do with them, and whoever sends no
 * signature, is what the access control lists of buckets and objects allow; the rest is an `AccessDenied`.
 *
 * @category constructors
 * @since 0.3.0
 */
export const makeWith = (options: Options): Effect.Effect<Handler> =>
  Effect.sync(() => {
    const storage = options.storage ?? Internal.memory(new State())
    const { state } = storage
    const settings = settingsOf(options)
    const gate = new Gate(settings.limits)
    // Custom domains that requests have bound are hosts of the service, too
    const hosts = (): Options =>
      state.domains.size === 0
        ? options
        : { ...options, domains: { ...Object.fromEntries(state.domains), ...options.domains } }
    const { credentials } = options
    const holders = credentials && holdersOf(credentials)

    /** Lets a request in that is not signed or signed right. An access key is locked by too many wrong signatures. */
    const admitted = (verdict: Verdict, request: Request, now: number) =>
      Effect.suspend((): Effect.Effect<Accepted, Refusal | ObsError.TooManyWrongSignature> => {
        if (verdict === "Unsigned") return Effect.succeed(unchecked(request))
        const locked = gate.signatureFault(verdict.accessKeyId, now)
        if (locked !== undefined) return Effect.fail(locked)
        if (!isRefusal(verdict)) return Effect.succeed(verdict)
        gate.signedWrong(verdict.accessKeyId, now)
        return Effect.fail(verdict)
      })

    /** Takes the body of a request, whose signature is looked at. */
    const receive = (request: Request, now: number, turn: Turn) =>
      Effect.gen(function* () {
        const dialect = dialectOf(request)
        const place = placeOf(request.url.hostname, hosts())
        const isUnsigned = isNegotiation(request, place) || request.method === "OPTIONS"
        const check = holders && !isUnsigned ? { place, region: options.region, holders, now } : undefined
        const isForm = isPostForm(request)
        const head = yield* admitted(check && !isForm ? checkHead(request, check) : "Unsigned", request, now)
        const reader = payloadReader(payloadOf(request, head), settings.awsChunked)
        if (isRefusal(reader)) return yield* Effect.fail(reader)
        const form = isForm ? yield* Receive.receiveDocument(request.body, reader) : undefined
        const { accessKeyId } =
          check && form ? yield* admitted(checkForm(request, form.document, check), request, now) : head
        const requester = requesterOf(accessKeyId, options.accounts, holders !== undefined)
        const headers = signedHeaders(request.headers, head.signs)
        const unread = unreadOf({ ...request, headers }, { place, dialect, ...requester, now, settings })
        const fault = admissionOf(unread, state) ?? turn.begin(changedBucket(unread))
        if (fault !== undefined) return yield* Effect.fail(fault)
        if (form !== undefined) return { ...unread, ...(yield* keepFile(request, form, storage)) }
        if (sendsObject(unread)) {
          return { ...unread, ...(yield* Receive.receiveObject(request.body, reader, storage)) }
        }
        const received = yield* Receive.receiveDocument(request.body, reader)
        const source = copiedBy(unread, state)
        if (source === undefined) return { ...unread, ...received }
        if (isOutcomeRefusal(source)) return yield* Effect.fail(source)
        return { ...unread, ...(yield* Receive.receiveCopy(source, storage)), document: received.document }
      })

    /** Answers a request whose body has arrived. What is kept for good is safe before it is said so. */
    const answer = (asked: Asked): Effect.Effect<Response, ServiceRefusal | Internal.StorageError> =>
      Effect.gen(function* () {
        const changes = asked.method !== "GET" && asked.method !== "HEAD"
        if (changes) yield* storage.ready
        const outcome = handle(state, asked)
        if (isOutcomeRefusal(outcome)) return yield* Effect.fail(outcome)
        const { body, headers, status } = outcome
        const respond = (body: Response["body"]) => ({ status, headers: inDialect(headers, asked.dialect), body })
        if (body instanceof Content) return respond(asked.method === "HEAD" ? "" : yield* storage.read(body))
        if (changes) yield* storage.committed
        return respond(body)
      })

    const respond = (request: Request): Effect.Effect<Response> => {
      const { method } = request
      const dialect = dialectOf(request)
      const render = (failure: ObsError.ObsFailure): Response => ObsAnswer.render(failure, { dialect, method })
      const provocation = provokedBy(request)
      if (provocation !== undefined) return Effect.sync(provocation)
      return Effect.uninterruptibleMask((restore) =>
        Effect.flatMap(Clock.currentTimeMillis, (now) => {
          const turn = gate.enter(now)
          if (isOutcomeRefusal(turn)) return Effect.fail(turn)
          const { bodyTimeout } = settings.limits
          const received = within(request.body, bodyTimeout, (body) => receive({ ...request, body }, now, turn))
          // Whoever breaks off after that finds the request done
          return Effect.ensuring(
            Effect.scoped(Effect.flatMap(restore(received), answer)),
            Effect.sync(() => {
              turn.leave()
            })
          )
        })
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
        const origin =
          request.headers["origin"] === undefined
            ? undefined
            : originHeaders(request, placeOf(request.url.hostname, hosts()), state)
        const headers = { server: "OBS", ...ids, ...origin, ...answer.headers }
        return { ...answer, body: withIds(answer, id), headers }
      })
  })

/** What a request says that is not signed, or whose signature is not looked at: no more than whether it comes in chunks. */
const unchecked = ({ headers }: Request): Accepted => {
  const hash = headers["x-amz-content-sha256"]
  return {
    accessKeyId: undefined,
    signs: () => true,
    hash: isChunked(hash) ? hash : undefined,
    signChunk: undefined
  }
}

/** Keeps the file of a form, which is a part of the whole body. */
const keepFile = (
  { headers }: Request,
  { document }: Received,
  storage: Internal.Storage
): Effect.Effect<Received, Internal.StorageError, Scope.Scope> => {
  const form = formOf(headers["content-type"], document)
  const file = form === undefined || form === "NoFile" ? new Uint8Array() : form.file
  return Effect.map(Receive.keep(file, storage), (kept) => ({ ...kept, document }))
}
