/**
 * A small OBS in memory: buckets, objects, conditions, copies and multipart uploads, with the errors of the real one.
 *
 * @since 0.1.0
 */
import * as Clock from "effect/Clock"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import type { CredentialsInput } from "../internal/credentials/credentials.js"
import type { Place } from "../internal/verification/arrived.js"
import { arrived } from "../internal/verification/arrived.js"
import { verifyForm } from "../internal/verification/form.js"
import type { Form } from "../internal/verification/multipart.js"
import { formOf, isForm, keyOf } from "../internal/verification/multipart.js"
import { placeOf } from "../internal/verification/place.js"
import type { Refusal } from "../internal/verification/refusal.js"
import { isRefusal } from "../internal/verification/refusal.js"
import type { Holder } from "../internal/verification/verify.js"
import { verify } from "../internal/verification/verify.js"
import { decodeKey } from "../internal/wire/deleteResult.js"
import { concat } from "../internal/wire/body.js"
import { escape, scan, xmlCharacters } from "../internal/wire/xml.js"
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
  readonly body: Uint8Array
  /** Path and parameters as they were sent, where that is known; those of `url` otherwise. */
  readonly target?: string | undefined
}

/**
 * Whose signatures a service accepts, and which hosts are its own.
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
  /** The region that version 4 has to be signed for; any where it is not given. */
  readonly region?: string | undefined
  /** What buckets are subdomains of; by default that is what begins with `obs.`, and `localhost`. */
  readonly endpoint?: string | URL | undefined
  /** The buckets of custom domains, by their hosts. */
  readonly domains?: { readonly [host: string]: string } | undefined
}

/**
 * Answers requests: what a test client and a test server are made of.
 *
 * @category models
 * @since 0.1.0
 */
export type Handler = (request: Request) => Effect.Effect<Answer>

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
export const dialectOf = (request: Request): Dialect =>
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

// The SDKs of the service ask for the version without a signature, before they choose how to sign
const isNegotiation = ({ method, url }: Request): boolean => method === "HEAD" && url.searchParams.has("apiversion")

// Whatever else a request asks for, its signature is not in a form
const isPostForm = ({ headers, method, url }: Request): boolean =>
  method === "POST" && isForm(headers["content-type"]) && headers["authorization"] === undefined && url.search === ""

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
  const check = (request: Request, now: number) => {
    const { body, headers, method, target, url } = request
    const place = placeOf(url.hostname, options)
    const checked = { place, region, holders: credentials.map(holderOf).filter(({ secret }) => secret !== ""), now }
    if (isPostForm(request)) {
      const [bucket] = targetOf(url, place)
      return verifyForm({ type: headers["content-type"], body, bucket }, checked)
    }
    const sent = { method, target: target ?? url.pathname + url.search, host: url.host, headers, body }
    return verify(arrived(sent), checked)
  }
  return (request) => {
    if (request.headers[errorHeader] !== undefined || isNegotiation(request)) return handler(request)
    const { method } = request
    const refuse = (failure: ObsError.ObsFailure): Effect.Effect<Answer> =>
      Effect.sync(() => ObsAnswer.render(failure, { dialect: dialectOf(request), method }))
    return Effect.flatMap(Clock.currentTimeMillis, (now) => {
      const result = check(request, now)
      return isRefusal(result) ? refuse(failureOf(result, method)) : handler({ ...request, body: result.body })
    })
  }
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

interface StoredObject {
  readonly body: Uint8Array
  readonly etag: string
  readonly contentType?: string | undefined
  readonly storageClass?: string | undefined
  /** When the restoration of an archived object is done, as milliseconds of the clock. */
  readonly restoredAt?: number | undefined
}

// How long a restoration takes, in milliseconds
const restoreTime = 100

const isArchived = ({ storageClass }: StoredObject): boolean =>
  storageClass === "COLD" || storageClass === "DEEP_ARCHIVE"

interface Upload {
  readonly bucket: string
  readonly key: string
  readonly contentType: string | undefined
  readonly parts: Map<number, StoredObject>
}

const hex = (n: number, length: number): string => n.toString(16).toUpperCase().padStart(length, "0")

/** FNV-1a: an entity tag needs no more than to differ when the content does. */
const etagOf = (body: Uint8Array): string => {
  let h = 0x811c9dc5
  for (let i = 0; i < body.length; i++) h = Math.imul(h ^ (body[i] ?? 0), 0x01000193)
  return `"${hex(h >>> 0, 8)}-${String(body.length)}"`
}

const xml = (body: string, status = 200): Answer => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`
})

const empty = (status: number, headers: Answer["headers"] = {}): Answer => ({ status, headers, body: "" })

/** The text of a document; nothing where its bytes are no text, or have characters that no document can have. */
const textOf = (body: Uint8Array): string => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body)
    return xmlCharacters(text) === text ? text : ""
  } catch {
    return ""
  }
}

const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/** The parts that a request to complete an upload lists; none where it cannot be read. */
const listedParts = (
  body: Uint8Array
): Option.Option<ReadonlyArray<{ readonly number: number; readonly etag: string }>> => {
  const parts: Array<{ number: number; etag: string }> = []
  let part = { number: Number.NaN, etag: "" }
  const { outcome } = scan(textOf(body), (name, text) => {
    if (name === "PartNumber") part = { ...part, number: Number(text) }
    else if (name === "ETag") part = { ...part, etag: text ?? "" }
    else if (name === "Part") {
      parts.push(part)
      part = { number: Number.NaN, etag: "" }
    }
  })
  return outcome === "Complete" && parts.length > 0 ? Option.some(parts) : Option.none()
}

/** The keys that a request to delete lists, and whether they are encoded; none where it cannot be read. */
const listedKeys = (
  body: Uint8Array
): Option.Option<{ readonly keys: ReadonlyArray<string>; readonly urlEncoded: boolean }> => {
  const keys: Array<string> = []
  const encoding = { isUrl: false }
  const { outcome, root } = scan(textOf(body), (name, text, parents, whole) => {
    // The white space of a key is a part of it
    if (name === "Key" && parents.length === 2) keys.push(whole ?? "")
    else if (name === "EncodingType") encoding.isUrl = text === "url"
  })
  const isRead =
    outcome === "Complete" && root === "Delete" && keys.length > 0 && keys.length <= 1000 && !keys.includes("")
  return isRead
    ? Option.some({ keys: encoding.isUrl ? keys.map(decodeKey) : keys, urlEncoded: encoding.isUrl })
    : Option.none()
}

const encodingType = "<EncodingType>url</EncodingType>"

/** An element with a key: encoded where the request asks for that, else without what no document can have. */
const keyElement = (key: string, urlEncoded: boolean): string =>
  `<Key>${urlEncoded ? encodeURIComponent(key) : escape(xmlCharacters(key))}</Key>`

const isTooLong = (key: string): boolean => new TextEncoder().encode(key).length > 1024

/** What a request gets: a response of its own, or a failure. */
type Outcome = Answer | ObsError.ObsFailure

const rangeOf = (header: string | undefined, size: number): Option.Option<readonly [number, number]> | "invalid" => {
  const match = /^bytes=(\d+)-(\d*)$/.exec(header ?? "")
  if (match === null) return Option.none()
  const from = Number(match[1])
  const to = match[2] === "" ? size - 1 : Math.min(Number(match[2]), size - 1)
  return from > to ? "invalid" : Option.some([from, to])
}

// What the real service does at the address of a bucket or an object besides what this one does there
const subresources = [
  "CDNNotifyConfiguration",
  "acl",
  "append",
  "backtosource",
  "bucketstatus",
  "cors",
  "customdomain",
  "delimiter",
  "directcoldaccess",
  "disPolicy",
  "encryption",
  "inventory",
  "lifecycle",
  "location",
  "logging",
  "metadata",
  "mirrorBackToSource",
  "modify",
  "notification",
  "object-lock",
  "obscompresspolicy",
  "obsworkflowtriggerpolicy",
  "policy",
  "policystatus",
  "publicAccessBlock",
  "quota",
  "rename",
  "replication",
  "requestPayment",
  "retention",
  "storageClass",
  "storagePolicy",
  "storageinfo",
  "tagging",
  "torrent",
  "truncate",
  "versionId",
  "versioning",
  "versions",
  "website",
  "x-image-process"
]

// An escaped character of UTF-8
const escaped = /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi

/** What the escapes of a path stand for; those that stand for nothing stay as they are. */
const unescape = (path: string): string =>
  path.replace(escaped, (escape) => Option.getOrElse(decode(escape), () => escape))

const decode = Option.liftThrowable(decodeURIComponent)

/** Bucket and key, of which the bucket can be in front of the host: `photos.obs.example.com`. */
const targetOf = (url: URL, place: Place): readonly [bucket: string, key: string] => {
  const path = unescape(url.pathname.slice(1))
  return place.style === "path" ? splitAtSlash(path) : [place.bucket, path]
}

const splitAtSlash = (path: string): readonly [bucket: string, key: string] => {
  const [bucket = ""] = path.split("/", 1)
  return [bucket, path.slice(bucket.length + 1)]
}

/** Bucket and key that a copy is made of; none where its header does not name them. */
const sourceOf = (header: string): Option.Option<readonly [bucket: string, key: string]> =>
  decode(header).pipe(
    Option.map((path) => splitAtSlash(path.replace(/^\//, ""))),
    Option.filter(([bucket, key]) => bucket !== "" && key !== "")
  )

/** Where the browser goes after an upload, or what it is shown. */
const postAnswer = ({ fields }: Form, bucket: string, key: string, etag: string): Answer => {
  const redirect = Option.liftThrowable((text: string) => new URL(text))(fields.get("success_action_redirect") ?? "")
  if (Option.isSome(redirect)) {
    const { searchParams } = redirect.value
    for (const [name, value] of Object.entries({ bucket, key, etag })) searchParams.set(name, value)
    return empty(303, { etag, location: redirect.value.href })
  }
  const elements = { Bucket: bucket, Key: xmlCharacters(key), ETag: etag }
  const document = Object.entries(elements).map(([name, text]) => `<${name}>${escape(text)}</${name}>`)
  switch (fields.get("success_action_status")) {
    case "200":
      return empty(200, { etag })
    case "201":
      return xml(`<PostResponse>${document.join("")}</PostResponse>`, 201)
    default:
      return empty(204, { etag })
  }
}

// From this version on an SDK signs in the scheme of OBS
const apiVersion = { "x-obs-api": "3.0" }

class Service {
  private readonly buckets = new Map<string, Map<string, StoredObject>>()
  private readonly uploads = new Map<string, Upload>()
  private uploadCount = 0

  private readonly options: Options

  constructor(options: Options) {
    this.options = options
  }

  handle(request: Request, now: number): Outcome {
    const provoked = request.headers[errorHeader]
    if (provoked !== undefined) {
      return Option.match(ObsError.byCode(provoked), {
        onNone: () => new ObsError.UnknownObsError({ code: provoked, status: 400 }),
        onSome: (klass) => new klass()
      })
    }
    const query = request.url.searchParams
    // A delimiter that is empty is none
    const unknown = subresources.find((name) => query.has(name) && !(name === "delimiter" && query.get(name) === ""))
    if (unknown !== undefined)
      return new ObsError.NotImplemented({ message: `This service does not know ?${unknown}.` })
    const [bucket, key] = targetOf(request.url, placeOf(request.url.hostname, this.options))
    if (bucket === "") return key === "" ? this.service(request) : new ObsError.InvalidURI()
    if (key === "") return this.bucket(request, bucket)
    const objects = this.buckets.get(bucket)
    if (objects === undefined) return new ObsError.NoSuchBucket({ bucketName: bucket })
    if (isTooLong(key)) return new ObsError.KeyTooLongError()
    if (query.has("uploads") || query.has("uploadId")) return this.upload(request, bucket, key, objects)
    return this.object(request, key, objects, now)
  }

  private service(request: Request): Outcome {
    if (isNegotiation(request)) return empty(200, apiVersion)
    if (request.method !== "GET") return new ObsError.MethodNotAllowed()
    const names = [...this.buckets.keys()].map((name) => `<Bucket><Name>${escape(name)}</Name></Bucket>`)
    return xml(`<ListAllMyBucketsResult><Buckets>${names.join("")}</Buckets></ListAllMyBucketsResult>`)
  }

  private bucket(request: Request, name: string): Outcome {
    const objects = this.buckets.get(name)
    if (request.method === "PUT") {
      if (!bucketName.test(name)) return new ObsError.InvalidBucketName()
      if (objects !== undefined) return new ObsError.BucketAlreadyOwnedByYou()
      this.buckets.set(name, new Map())
      return empty(200)
    }
    if (objects === undefined) return new ObsError.NoSuchBucket({ bucketName: name })
    switch (request.method) {
      case "HEAD":
        return empty(200, isNegotiation(request) ? apiVersion : {})
      case "GET": {
        const query = request.url.searchParams
        const prefix = query.get("prefix") ?? ""
        const urlEncoded = query.get("encoding-type") === "url"
        const found = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort()
        const keys = found.map((key) => `<Contents>${keyElement(key, urlEncoded)}</Contents>`)
        const encoding = urlEncoded ? encodingType : ""
        return xml(`<ListBucketResult><Name>${escape(name)}</Name>${encoding}${keys.join("")}</ListBucketResult>`)
      }
      case "DELETE":
        if (objects.size > 0) return new ObsError.BucketNotEmpty({ bucketName: name })
        this.buckets.delete(name)
        return empty(204)
      case "POST":
        if (isPostForm(request)) return this.form(request, name, objects)
        if (!request.url.searchParams.has("delete")) return new ObsError.MethodNotAllowed()
        return Option.match(listedKeys(request.body), {
          onNone: () => new ObsError.MalformedXML(),
          onSome: ({ keys, urlEncoded }) => this.deleteAll(keys, urlEncoded, objects)
        })
      default:
        return new ObsError.MethodNotAllowed()
    }
  }

  /** Keeps the file of a form. */
  private form(request: Request, bucket: string, objects: Map<string, StoredObject>): Outcome {
    const form = formOf(request.headers["content-type"], request.body)
    if (form === undefined) return new ObsError.MalformedPOSTRequest()
    if (form === "NoFile") return new ObsError.IncorrectNumberOfFilesInPostRequest()
    const key = keyOf(form)
    if (key === "") return new ObsError.InvalidArgument({ argumentName: "key", argumentValue: "" })
    if (isTooLong(key)) return new ObsError.KeyTooLongError()
    // A copy, since the file is a part of the whole body
    const body = form.file.slice()
    const etag = etagOf(body)
    objects.set(key, { body, etag, contentType: form.fields.get("content-type") })
    return postAnswer(form, bucket, key, etag)
  }

  private deleteAll(keys: ReadonlyArray<string>, urlEncoded: boolean, objects: Map<string, StoredObject>): Answer {
    const entries = keys.map((key) => {
      const element = keyElement(key, urlEncoded)
      if (isTooLong(key)) {
        const { _tag, message } = new ObsError.KeyTooLongError()
        return `<Error>${element}<Code>${_tag}</Code><Message>${escape(message)}</Message></Error>`
      }
      objects.delete(key)
      return `<Deleted>${element}</Deleted>`
    })
    return xml(`<DeleteResult>${urlEncoded ? encodingType : ""}${entries.join("")}</DeleteResult>`)
  }

  private object(request: Request, key: string, objects: Map<string, StoredObject>, now: number): Outcome {
    const stored = objects.get(key)
    switch (request.method) {
      case "PUT":
        return this.put(request, key, objects)
      case "DELETE":
        objects.delete(key)
        return empty(204)
      case "GET":
      case "HEAD":
        return stored === undefined ? new ObsError.NoSuchKey({ key }) : this.get(request, stored, now)
      case "POST":
        if (!request.url.searchParams.has("restore")) return new ObsError.MethodNotAllowed()
        if (stored === undefined) return new ObsError.NoSuchKey({ key })
        if (!isArchived(stored)) return new ObsError.InvalidObjectState()
        if (stored.restoredAt === undefined) {
          objects.set(key, { ...stored, restoredAt: now + restoreTime })
          return empty(202)
        }
        return stored.restoredAt > now ? new ObsError.RestoreAlreadyInProgress() : empty(200)
      default:
        return new ObsError.MethodNotAllowed()
    }
  }

  private put(request: Request, key: string, objects: Map<string, StoredObject>): Outcome {
    const present = objects.get(key)
    if (request.headers["if-none-match"] === "*" && present !== undefined) {
      return new ObsError.PreconditionFailed({ condition: "If-None-Match" })
    }
    const ifMatch = request.headers["if-match"]
    if (ifMatch !== undefined && ifMatch !== present?.etag) {
      return new ObsError.PreconditionFailed({ condition: "If-Match" })
    }
    const storageClass = request.headers["x-obs-storage-class"] ?? request.headers["x-amz-storage-class"]
    const source = request.headers["x-obs-copy-source"] ?? request.headers["x-amz-copy-source"]
    if (source === undefined) {
      const etag = etagOf(request.body)
      objects.set(key, { body: request.body, etag, contentType: request.headers["content-type"], storageClass })
      return empty(200, { etag })
    }
    if (source.includes("?versionId=")) {
      return new ObsError.NotImplemented({ message: "This service does not know versions." })
    }
    return Option.match(sourceOf(source), {
      onNone: () => new ObsError.InvalidArgument({ argumentName: "x-obs-copy-source", argumentValue: source }),
      onSome: ([bucket, sourceKey]) => {
        const from = this.buckets.get(bucket)
        if (from === undefined) return new ObsError.NoSuchBucket({ bucketName: bucket })
        const copied = from.get(sourceKey)
        if (copied === undefined) return new ObsError.NoSuchKey({ key: sourceKey })
        const { body, contentType, etag } = copied
        objects.set(key, { body, etag, contentType, storageClass })
        return xml(`<CopyObjectResult><ETag>${escape(etag)}</ETag></CopyObjectResult>`)
      }
    })
  }

  private get(request: Request, stored: StoredObject, now: number): Outcome {
    const { restoredAt } = stored
    if (request.method === "GET" && isArchived(stored) && (restoredAt === undefined || restoredAt > now)) {
      return new ObsError.InvalidObjectState()
    }
    const ifMatch = request.headers["if-match"]
    if (ifMatch !== undefined && ifMatch !== "*" && ifMatch !== stored.etag) {
      return new ObsError.PreconditionFailed({ condition: "If-Match" })
    }
    const ifNoneMatch = request.headers["if-none-match"]
    if (ifNoneMatch === "*" || ifNoneMatch === stored.etag) return new ObsError.NotModified()
    const headers = {
      etag: stored.etag,
      "content-type": stored.contentType ?? "application/octet-stream",
      ...(restoredAt === undefined ? undefined : { "x-obs-restore": `ongoing-request="${String(restoredAt > now)}"` })
    }
    const range = rangeOf(request.headers["range"], stored.body.length)
    if (range === "invalid") return new ObsError.InvalidRange()
    return Option.match(range, {
      onNone: () => ({ status: 200, headers, body: stored.body }),
      onSome: ([from, to]) => ({
        status: 206,
        headers: { ...headers, "content-range": `bytes ${String(from)}-${String(to)}/${String(stored.body.length)}` },
        body: stored.body.slice(from, to + 1)
      })
    })
  }

  private upload(request: Request, bucket: string, key: string, objects: Map<string, StoredObject>): Outcome {
    const query = request.url.searchParams
    if (query.has("uploads")) {
      if (request.method !== "POST") return new ObsError.MethodNotAllowed()
      const id = hex(++this.uploadCount, 32)
      this.uploads.set(id, { bucket, key, contentType: request.headers["content-type"], parts: new Map() })
      return xml(`<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`)
    }
    const id = query.get("uploadId") ?? ""
    const upload = this.uploads.get(id)
    if (upload?.bucket !== bucket || upload.key !== key) return new ObsError.NoSuchUpload()
    switch (request.method) {
      case "PUT": {
        const number = Number(query.get("partNumber"))
        if (!Number.isInteger(number) || number < 1 || number > 10_000) {
          return new ObsError.InvalidArgument({
            argumentName: "partNumber",
            argumentValue: query.get("partNumber") ?? "null"
          })
        }
        const etag = etagOf(request.body)
        upload.parts.set(number, { body: request.body, etag })
        return empty(200, { etag })
      }
      case "POST":
        return Option.match(listedParts(request.body), {
          onNone: () => new ObsError.MalformedXML(),
          onSome: (listed) => this.complete(id, upload, listed, objects)
        })
      case "DELETE":
        this.uploads.delete(id)
        return empty(204)
      default:
        return new ObsError.MethodNotAllowed()
    }
  }

  private complete(
    id: string,
    upload: Upload,
    listed: ReadonlyArray<{ readonly number: number; readonly etag: string }>,
    objects: Map<string, StoredObject>
  ): Outcome {
    if (listed.some((part, i) => part.number <= (listed[i - 1]?.number ?? 0))) return new ObsError.InvalidPartOrder()
    const bodies: Array<Uint8Array> = []
    for (const { etag, number } of listed) {
      const part = upload.parts.get(number)
      if (part === undefined || part.etag.replaceAll('"', "") !== etag.replaceAll('"', ""))
        return new ObsError.InvalidPart()
      bodies.push(part.body)
    }
    const body = concat(bodies)
    const etag = `"${etagOf(body).replaceAll('"', "")}-${String(listed.length)}"`
    objects.set(upload.key, { body, etag, contentType: upload.contentType })
    this.uploads.delete(id)
    return xml(`<CompleteMultipartUploadResult><ETag>${escape(etag)}</ETag></CompleteMultipartUploadResult>`)
  }
}

/**
 * Makes a service with no buckets yet.
 *
 * It knows requests to `/bucket/key`, and to `/key` of hosts such as `bucket.obs.example.com`, to list, create, head and
 * delete buckets, to put, copy, get, head and delete objects with `If-Match`, `If-None-Match` and `Range`, to delete
 * several, to take files of forms, to initiate, fill, complete and abort multipart uploads, and to restore objects that were put with
 * `x-obs-storage-class: COLD`, which takes it a tenth of a second. To anything else, such as `?acl`, it responds
 * with `NotImplemented`, and changes nothing. Every response has a request id. A request with the header of `errorHeader` gets
 * that error.
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
 * `checkSignatures` says what it looks at, and `ObsCredentials.layer` takes the same credentials.
 *
 * @category constructors
 * @since 0.3.0
 */
export const makeWith = (options: Options): Effect.Effect<Handler> =>
  Effect.sync(() => {
    const service = new Service(options)
    const checked = checkSignatures(
      (request) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          const outcome = service.handle(request, now)
          return ObsError.isObsFailure(outcome)
            ? ObsAnswer.render(outcome, { dialect: dialectOf(request), method: request.method })
            : outcome
        }),
      options
    )
    let count = 0
    return (request) =>
      Effect.map(checked(request), (answer) => {
        const id = { [`x-${dialectOf(request)}-request-id`]: hex(++count, 32) }
        return { ...answer, headers: { server: "OBS", ...id, ...answer.headers } }
      })
  })
