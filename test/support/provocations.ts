/**
 * How each code of the service's table is provoked at the service in memory: by which requests, to a service with which
 * options. A test runs them, the demo shows them, and docs/emulator-codes.md is written from them.
 */
import { Effect, Redacted, Stream } from "#test/effect"
import { ObsSigner } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"
import { type Call, callerOf, type Said, signedCallerOf, text } from "./service.js"

/** Somebody whom a service knows. */
const keys: ObsSigner.Keys = { accessKeyId: "AK", secretAccessKey: Redacted.make("secret") }
const otherKeys: ObsSigner.Keys = { accessKeyId: "OTHER", secretAccessKey: Redacted.make("other secret") }
const credentials = [keys, otherKeys]

/** What sends requests to a service. */
interface Callers {
  readonly handler: ObsTestService.Handler
  /** Without a signature. */
  readonly call: Call
  readonly signed: Call
}

/** A code that comes by requests. */
export interface ByBehaviour {
  /** What makes it so, for who reads a table. */
  readonly when: string
  readonly options?: ObsTestService.Options
  /** Sends requests, of which the last one is refused. */
  readonly provoke: (callers: Callers) => Effect.Effect<Said>
}

/** A code that comes where it is asked for, and the reason. */
export interface ByInjection {
  readonly onlyInjected: string
  /** What gives it besides, which is no request. */
  readonly besides?: string
}

export type Provocation = ByBehaviour | ByInjection

export const isByBehaviour = (provocation: Provocation): provocation is ByBehaviour => "when" in provocation

/** Runs a provocation at a service of its own, and tells each request. */
export const run = (
  { options = {}, provoke }: ByBehaviour,
  told: (request: ObsTestService.Request) => void = () => undefined
): Effect.Effect<Said> =>
  Effect.flatMap(ObsTestService.makeWith(options), (service) => {
    const handler: ObsTestService.Handler = (request) =>
      Effect.suspend(() => {
        told(request)
        return service(request)
      })
    return provoke({ handler, call: callerOf(handler), signed: signedCallerOf(handler, keys) })
  })

type Sent = readonly [line: string, options?: Parameters<Call>[1]]

const bucket: Sent = ["PUT /photos"]
const object: Sent = ["PUT /photos/cat.txt", "meow"]

/** Sends requests one after another, and gives what is said to the last one. */
const inTurn = (call: Call, ...[first, ...others]: readonly [Sent, ...ReadonlyArray<Sent>]): Effect.Effect<Said> =>
  others.reduce((before, [line, options]) => Effect.andThen(before, call(line, options)), call(...first))

/** Requests without a signature. */
const by =
  (...sent: readonly [Sent, ...ReadonlyArray<Sent>]): ByBehaviour["provoke"] =>
  ({ call }) =>
    inTurn(call, ...sent)

/** Requests that are signed. */
const bySigned =
  (...sent: readonly [Sent, ...ReadonlyArray<Sent>]): ByBehaviour["provoke"] =>
  ({ signed }) =>
    inTurn(signed, ...sent)

/** A configuration of a bucket that is refused. */
const byConfiguration = (parameter: string, document: string) => by(bucket, [`PUT /photos?${parameter}`, document])

const sending = (headers: { readonly [name: string]: string }, body = "") => ({ headers, body })

/** Sends a second request while the body of the first one is on its way. */
const meanwhile = (call: Call, first: string, second: Effect.Effect<Said>): Effect.Effect<Said> =>
  Effect.gen(function* () {
    const said: Array<Said> = []
    const body = Stream.fromEffect(
      Effect.map(second, (answer) => {
        said.push(answer)
        return new Uint8Array()
      })
    )
    const answer = yield* call(first, { body })
    return said[0] ?? answer
  })

const page = "--b\r\n"

/** A form with a file, which is signed for up to ten bytes and at least three. */
const byForm =
  (file: string | undefined, more: { readonly [name: string]: string } = {}): ByBehaviour["provoke"] =>
  ({ call, signed }) =>
    Effect.gen(function* () {
      yield* inTurn(signed, bucket)
      const form = yield* Effect.orDie(
        ObsSigner.postForm(keys, {
          bucket: "photos",
          key: "cat.txt",
          endpoint: "https://obs.example.com",
          expires: "1 hour",
          contentLength: { min: 3, max: 10 }
        })
      )
      const fields = Object.entries({ key: "cat.txt", ...form.fields, ...more }).map(
        ([name, value]) =>
          `${page}Content-Disposition: form-data; name="${name}"\r\n\r\n${Redacted.isRedacted(value) ? String(Redacted.value(value)) : value}\r\n`
      )
      const last =
        file === undefined
          ? ""
          : `${page}Content-Disposition: form-data; name="file"; filename="cat.txt"\r\n\r\n${file}\r\n`
      const headers = { "content-type": "multipart/form-data; boundary=b" }
      return yield* call("POST /photos", { headers, body: `${fields.join("")}${last}--b--\r\n` })
    })

/** The completion of an upload with two parts. */
const byParts =
  (...listed: ReadonlyArray<readonly [number: number, etag?: string]>): ByBehaviour["provoke"] =>
  ({ call }) =>
    Effect.gen(function* () {
      yield* inTurn(call, bucket)
      const id = text((yield* call("POST /photos/cat.txt?uploads")).text, "UploadId")
      const etags = new Map<number, string>()
      for (const number of [1, 2]) {
        const { headers } = yield* call(`PUT /photos/cat.txt?uploadId=${id}&partNumber=${number}`, "meow")
        etags.set(number, headers["etag"] ?? "")
      }
      const parts = listed.map(
        ([number, etag = etags.get(number) ?? ""]) =>
          `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`
      )
      const document = `<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`
      return yield* call(`POST /photos/cat.txt?uploadId=${id}`, document)
    })

const inRegion = (region: string) =>
  `<CreateBucketConfiguration><Location>${region}</Location></CreateBucketConfiguration>`

const versioning = (status: string) => `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`

const customDomain = (name: string): Sent => [`PUT /photos?customdomain=${name}`]

const encrypted = (id: string) =>
  sending({ "x-obs-server-side-encryption": "kms", "x-obs-server-side-encryption-kms-key-id": id })

const cors =
  "<CORSConfiguration><CORSRule><AllowedOrigin>https://www.example.com</AllowedOrigin>" +
  "<AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>"

const tag = (name: string) => `<Tag><Key>${name}</Key><Value>v</Value></Tag>`

const names = (count: number) => Array.from({ length: count }, (_, i) => `name-${i}`)

/** An account with a problem, which asks for its buckets. */
const ofAccount = (problem: NonNullable<ObsTestService.Account["problem"]>, what: string): ByBehaviour => ({
  when: `A request of an account that ${what}.`,
  options: { credentials, accounts: { AK: { problem } } },
  provoke: bySigned(["GET /"])
})

const moved = (permanent: boolean): ObsTestService.Options => ({
  moved: { photos: { endpoint: "obs.eu-nl.example.com", permanent } }
})

const absent = (parameter: string) => by(bucket, [`GET /photos?${parameter}`])

const sse = "x-obs-server-side-encryption-customer"

const far = "Fri, 01 Jan 2100 00:00:00 GMT"

export const provocations: { readonly [code: string]: Provocation } = {
  PermanentRedirect: {
    when: "A request to a bucket that has moved to another endpoint for good.",
    options: moved(true),
    provoke: by(["GET /photos/cat.txt"])
  },
  WebsiteRedirect: {
    when: "A request to the endpoint of websites, `obs-website.…`, without a bucket in front of the host.",
    provoke: ({ handler }) => callerOf(handler, "http://obs-website.example.com")("GET /index.html")
  },
  TemporaryRedirect: {
    when: "A request to a bucket that is at another endpoint.",
    options: moved(false),
    provoke: by(["GET /photos/cat.txt"])
  },
  BadDigest: {
    when: "A PUT whose `Content-MD5` is that of another body.",
    provoke: by(bucket, ["PUT /photos/cat.txt", sending({ "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" }, "meow")])
  },
  BadDomainName: {
    when: "A custom domain whose name is none.",
    provoke: by(bucket, customDomain("no%20name"))
  },
  BadRequest: {
    when: "More than ten tags for an object, or a preflight without an origin or a method.",
    provoke: by(bucket, object, [
      "PUT /photos/cat.txt?tagging",
      `<Tagging><TagSet>${names(11).map(tag).join("")}</TagSet></Tagging>`
    ])
  },
  CustomDomainAreadyExist: {
    when: "A custom domain that a bucket has already.",
    provoke: by(bucket, customDomain("www.example.org"), customDomain("www.example.org"))
  },
  CustomDomainNotExist: {
    when: "The deletion of a custom domain that the bucket does not have.",
    provoke: by(bucket, ["DELETE /photos?customdomain=www.example.org"])
  },
  EntityTooLarge: {
    when: "A form with a file above the largest length of its policy, or a configuration above 20 KB.",
    options: { credentials },
    provoke: byForm("more than ten bytes")
  },
  EntityTooSmall: {
    when: "A form with a file below the least length of its policy, or a part below `minPartSize`.",
    options: { credentials },
    provoke: byForm("m")
  },
  IllegalLocationConstraintException: {
    when: "A bucket for another region than that of the endpoint.",
    options: { region: "eu-de" },
    provoke: by(["PUT /photos", inRegion("eu-nl")])
  },
  IncompleteBody: {
    when: "A body in chunks that ends before its last one.",
    provoke: by(bucket, [
      "PUT /photos/cat.txt",
      sending({ "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER" }, "9\r\nmeow")
    ])
  },
  IncorrectNumberOfFilesInPostRequest: {
    when: "A form without a file.",
    options: { credentials },
    provoke: byForm(undefined)
  },
  InvalidArgument: {
    when: "A parameter or a header with a value that it cannot have, such as `max-keys=many`.",
    provoke: by(bucket, ["GET /photos?max-keys=many"])
  },
  InvalidBucket: {
    onlyInjected: "No page says when a bucket that does not exist is this instead of a `NoSuchBucket`."
  },
  InvalidBucketName: {
    when: "A bucket with a name that none can have.",
    provoke: by(["PUT /My_Photos"])
  },
  InvalidEncryptionAlgorithmError: {
    when: "A GET of an object with a key of the client (SSE-C), for another algorithm than AES256.",
    provoke: by(bucket, object, ["GET /photos/cat.txt", sending({ [`${sse}-algorithm`]: "DES" })])
  },
  InvalidLocationConstraint: {
    when: "A bucket for a region whose name is none.",
    provoke: by(["PUT /photos", inRegion("no region")])
  },
  InvalidPart: {
    when: "The completion of an upload with a part that was not sent, or has another entity tag.",
    provoke: byParts([1], [2, '"00000000000000000000000000000000"'])
  },
  InvalidPartOrder: {
    when: "The completion of an upload whose parts are listed in another order than that of their numbers.",
    provoke: byParts([2], [1])
  },
  InvalidPolicyDocument: {
    when: "A form with a field that its policy does not speak of.",
    options: { credentials },
    provoke: byForm("meow", { "x-obs-acl": "public-read" })
  },
  InvalidRedirectLocation: {
    when: "An object whose `x-obs-website-redirect-location` begins with none of `/`, `http://` and `https://`.",
    provoke: by(bucket, ["PUT /photos/cat.txt", sending({ "x-obs-website-redirect-location": "elsewhere" }, "meow")])
  },
  InvalidRequest: {
    when: "A copy of an object to itself that changes nothing, among others.",
    provoke: by(bucket, object, ["PUT /photos/cat.txt", sending({ "x-obs-copy-source": "/photos/cat.txt" })])
  },
  InvalidRequestBody: {
    when: "A bucket policy without a body.",
    provoke: byConfiguration("policy", "")
  },
  InvalidTargetBucketForLogging: {
    when: "Logs for a bucket that is not there, or that the log delivery group may not write.",
    options: { credentials },
    provoke: bySigned(
      bucket,
      ["PUT /logs"],
      [
        "PUT /photos?logging",
        "<BucketLoggingStatus><LoggingEnabled><TargetBucket>logs</TargetBucket></LoggingEnabled></BucketLoggingStatus>"
      ]
    )
  },
  KeyTooLongError: {
    when: "A key of more than 1024 bytes.",
    provoke: by(bucket, [`PUT /photos/${"k".repeat(1025)}`, "meow"])
  },
  "KMS.DisabledException": {
    when: "An object to be encrypted with a master key that is disabled.",
    options: { masterKeys: { cats: "disabled" } },
    provoke: by(bucket, ["PUT /photos/cat.txt", encrypted("cats")])
  },
  "KMS.NotFoundException": {
    when: "An object to be encrypted with a master key that is not there.",
    options: { masterKeys: { cats: "enabled" } },
    provoke: by(bucket, ["PUT /photos/cat.txt", encrypted("dogs")])
  },
  MalformedACLError: {
    when: "An access control list that is none.",
    provoke: byConfiguration("acl", "<AccessControlPolicy/>")
  },
  MalformedError: { onlyInjected: "No page says which document of XML is this instead of a `MalformedXML`." },
  MalformedLoggingStatus: {
    when: "A `?logging` with another document.",
    provoke: byConfiguration("logging", "<Logging/>")
  },
  MalformedPolicy: {
    when: "A bucket policy that is no JSON.",
    provoke: byConfiguration("policy", "{")
  },
  MalformedQuotaError: {
    when: "A quota that is no number of bytes.",
    provoke: byConfiguration("quota", "<Quota><StorageQuota>much</StorageQuota></Quota>")
  },
  MalformedXML: {
    when: "A configuration that is not well-formed, or is another one.",
    provoke: byConfiguration("lifecycle", "<LifecycleConfiguration>")
  },
  MaxMessageLengthExceeded: {
    when: "A copy with a body, where `unexpectedBodies` are refused.",
    options: { unexpectedBodies: "refused" },
    provoke: by(bucket, object, ["PUT /photos/dog.txt", sending({ "x-obs-copy-source": "/photos/cat.txt" }, "woof")])
  },
  MetadataTooLarge: {
    when: "An object with more than 8 KB of metadata.",
    provoke: by(bucket, ["PUT /photos/cat.txt", sending({ "x-obs-meta-story": "m".repeat(8193) })])
  },
  MissingRegion: {
    when: "A bucket without a region, where the endpoint has no default one.",
    options: { requireRegion: true },
    provoke: by(bucket)
  },
  MissingRequestBodyError: {
    when: "A configuration, or another document of XML, without a body.",
    provoke: byConfiguration("cors", "")
  },
  MissingRequiredHeader: {
    when: "A `?cors` or `?lifecycle` without a `Content-MD5`, where that is required.",
    options: { requireContentMd5: true },
    provoke: byConfiguration("cors", cors)
  },
  MissingSecurityHeader: {
    onlyInjected: "The table describes it as it does `MissingRequiredHeader`, and no page says which headers are meant."
  },
  TooManyBuckets: {
    when: "One bucket more than the hundred that an account can have.",
    provoke: ({ call }) =>
      Effect.andThen(
        Effect.forEach(names(100), (name) => call(`PUT /${name}`), { discard: true }),
        call("PUT /photos")
      )
  },
  TooManyCustomDomains: {
    when: "One custom domain more than the thirty that a bucket can have.",
    provoke: by(
      bucket,
      ...names(30).map((name) => customDomain(`${name}.example.org`)),
      customDomain("www.example.org")
    )
  },
  TooManyWrongSignature: {
    when: "A request with an access key with which too much was signed wrong within the last minute.",
    options: { credentials, limits: { wrongSignatures: 1 } },
    provoke: ({ handler, signed }) => {
      const guessed = { ...keys, secretAccessKey: Redacted.make("guessed") }
      return Effect.andThen(signedCallerOf(handler, guessed)("GET /"), signed("GET /"))
    }
  },
  UnexpectedContent: {
    when: "A GET, HEAD or DELETE with a body, where `unexpectedBodies` are refused.",
    options: { unexpectedBodies: "refused" },
    provoke: by(bucket, ["GET /photos", "meow"])
  },
  UserKeyMustBeSpecified: {
    when: "A function that is open to some users only.",
    options: { functions: { website: "restricted" } },
    provoke: absent("website")
  },
  AccessDenied: {
    when: "A signed request without a date, or one that neither the account nor a list allows.",
    options: { credentials },
    provoke: by(["GET /photos", sending({ authorization: "OBS AK:signature" })])
  },
  AccessForbidden: {
    when: "A preflight that no CORS rule of the bucket allows.",
    provoke: by(
      bucket,
      ["PUT /photos?cors", cors],
      [
        "OPTIONS /photos/cat.txt",
        sending({ origin: "https://www.example.org", "access-control-request-method": "GET" })
      ]
    )
  },
  AllAccessDisabled: {
    when: "A request to a bucket whose name is forbidden.",
    options: { forbiddenBuckets: ["photos"] },
    provoke: by(bucket)
  },
  DeregisterUserId: ofAccount("DeregisterUserId", "is deregistered"),
  InArrearOrInsufficientBalance: ofAccount("InArrearOrInsufficientBalance", "is in arrears"),
  InsufficientStorageSpace: {
    when: "An object that does not fit into the quota of its bucket.",
    provoke: by(bucket, ["PUT /photos?quota", "<Quota><StorageQuota>3</StorageQuota></Quota>"], object)
  },
  InvalidAccessKeyId: {
    when: "A signature with an access key that the service does not know, or with another token than that of the key.",
    options: { credentials: [otherKeys] },
    provoke: bySigned(["GET /"])
  },
  NotSignedUp: ofAccount("NotSignedUp", "has not signed up for the service"),
  RequestTimeTooSkewed: {
    when: "A date that is more than 15 minutes off, or a presigned address that has expired.",
    options: { credentials },
    provoke: by(["GET /", sending({ authorization: "OBS AK:signature", date: far })])
  },
  SignatureDoesNotMatch: {
    when: "A signature with another secret key, or of another request.",
    options: { credentials },
    provoke: ({ handler }) => signedCallerOf(handler, { ...keys, secretAccessKey: Redacted.make("guessed") })("GET /")
  },
  Unauthorized: ofAccount("Unauthorized", "has not been authenticated by real name"),
  NoSuchBucket: {
    when: "A request to a bucket that is not there.",
    provoke: by(["GET /photos"])
  },
  NoSuchBucketPolicy: { when: "A GET of the policy of a bucket without one.", provoke: absent("policy") },
  NoSuchCORSConfiguration: { when: "A GET of the CORS rules of a bucket without any.", provoke: absent("cors") },
  NoSuchCustomDomain: {
    when: "A GET of the custom domains of a bucket without any.",
    provoke: absent("customdomain")
  },
  NoSuchKey: {
    when: "A request to an object that is not there, or behind a delete marker.",
    provoke: by(bucket, ["GET /photos/cat.txt"])
  },
  NoSuchLifecycleConfiguration: {
    when: "A GET of the lifecycle of a bucket without one.",
    provoke: absent("lifecycle")
  },
  NoSuchUpload: {
    when: "A request to an upload that is not there, or has ended.",
    provoke: by(bucket, ["PUT /photos/cat.txt?uploadId=none&partNumber=1", "meow"])
  },
  NoSuchVersion: {
    when: "A request to a version that is not there.",
    provoke: by(bucket, object, ["GET /photos/cat.txt?versionId=none"])
  },
  NoSuchWebsiteConfiguration: {
    when: "A GET of the website of a bucket without one.",
    provoke: absent("website")
  },
  MethodNotAllowed: {
    when: "A method that a resource does not have, a delete marker that is read, or a function that is off.",
    provoke: by(bucket, ["POST /photos/cat.txt"])
  },
  RequestTimeout: {
    when: "A body of which nothing arrives within `bodyTimeout`.",
    options: { limits: { bodyTimeout: 50 } },
    provoke: by(bucket, ["PUT /photos/cat.txt", { body: Stream.never }])
  },
  BucketAlreadyExists: {
    when: "A bucket with the name of one of another account.",
    options: { credentials },
    provoke: ({ handler, signed }) => Effect.andThen(signedCallerOf(handler, otherKeys)(bucket[0]), signed(bucket[0]))
  },
  BucketAlreadyOwnedByYou: {
    when: "A bucket that the account has already.",
    provoke: by(bucket, bucket)
  },
  BucketNotEmpty: {
    when: "The deletion of a bucket with an object, a version or an upload in it.",
    provoke: by(bucket, object, ["DELETE /photos"])
  },
  InvalidBucketState: {
    when: "The end of versioning where the bucket is replicated, or where its objects are locked.",
    provoke: by(
      bucket,
      ["PUT /photos?versioning", versioning("Enabled")],
      ["PUT /photos?replication", "<ReplicationConfiguration><Agency>a</Agency></ReplicationConfiguration>"],
      ["PUT /photos?versioning", versioning("Suspended")]
    )
  },
  OperationAborted: {
    when: "A bucket to be made or deleted while another request does so.",
    provoke: ({ call }) => meanwhile(call, "PUT /photos", call("DELETE /photos"))
  },
  ServiceNotSupported: {
    when: "A function that the service does not support.",
    options: { functions: { replication: "unsupported" } },
    provoke: absent("replication")
  },
  MissingContentLength: {
    when: "A PUT of an object that does not say how long it is, where that is required.",
    options: { requireContentLength: true },
    provoke: by(bucket, object)
  },
  PreconditionFailed: {
    when: "A condition, such as `If-Match`, that does not hold.",
    provoke: by(bucket, object, ["GET /photos/cat.txt", sending({ "if-match": '"other"' })])
  },
  InvalidRange: {
    when: "A range behind the end of an object.",
    provoke: by(bucket, object, ["GET /photos/cat.txt", sending({ range: "bytes=4-" })])
  },
  InternalError: {
    onlyInjected: "It is a fault of the service itself.",
    besides: "a disk that is full, where the service keeps its data in a folder"
  },
  ServiceNotImplemented: {
    when: "A request with a method that the service does not have at all, such as PATCH.",
    provoke: by(bucket, ["PATCH /photos/cat.txt", "meow"])
  },
  ServiceUnavailable: {
    when: "One request more at the same time than `concurrentRequests`.",
    options: { limits: { concurrentRequests: 1 } },
    provoke: ({ call }) => Effect.andThen(call(...bucket), meanwhile(call, "PUT /photos/cat.txt", call("GET /photos")))
  },
  SlowDown: {
    when: "One request more within a second than `requestsPerSecond`.",
    options: { limits: { requestsPerSecond: 1 } },
    provoke: by(bucket, ["GET /photos"])
  }
}
