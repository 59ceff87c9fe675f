/**
 * A program that makes every mistake, and handles each by what it is: `npm run demo`.
 *
 * It starts the service of the test kit on loopback and makes calls over real sockets, and it provokes each code of the
 * service's table as docs/emulator-codes.md says.
 */
import { isByBehaviour, type Provocation, provocations, run } from "#test/provocations"
import { FetchHttpClient } from "effect/http"
import { Console, Effect, Layer } from "effect"
import { ObsClient, ObsCredentials, ObsError, ObsOperation, ObsResponse } from "effect-obs"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"
import { styleText } from "node:util"

/** A row of the table: a failure, and what its handler did. */
interface Handled {
  readonly typed: boolean
  readonly code: string
  readonly status: number
  readonly category: string
  readonly retry: string
  readonly requestId: string
  readonly action: string
}

type Failed = ObsError.Failure & { readonly _tag: string }

const handled = (error: Failed, action: string): Effect.Effect<Handled> =>
  Effect.succeed({
    typed: true,
    code: error._tag,
    status: error.status,
    category: error.category,
    retry: error.retry,
    requestId: error.requestId ?? "",
    action
  })

const notHandled = (what: string): Effect.Effect<Handled> =>
  Effect.succeed({ typed: false, code: what, status: 0, category: "", retry: "", requestId: "", action: "NOT TYPED" })

/** What a user would do about each of the 80 codes of the service's table. */
const table = {
  PermanentRedirect: (error: Failed) => handled(error, "took the new address into the configuration"),
  WebsiteRedirect: (error: Failed) => handled(error, "put the bucket into the request"),
  TemporaryRedirect: (error: Failed) => handled(error, "asked at the other address this once"),
  BadDigest: (error: Failed) => handled(error, "read the file again and computed its MD5 anew"),
  BadDomainName: (error: Failed) => handled(error, "told the user to check the domain"),
  BadRequest: (error: Failed) => handled(error, "logged the details for a developer"),
  CustomDomainAreadyExist: (error: Failed) => handled(error, "went on, the domain is there"),
  CustomDomainNotExist: (error: Failed) => handled(error, "went on, the domain is gone"),
  EntityTooLarge: (error: Failed) => handled(error, "offered to upload in parts"),
  EntityTooSmall: (error: Failed) => handled(error, "refused the empty form"),
  IllegalLocationConstraintException: (error: Failed) => handled(error, "asked in the bucket's own region"),
  IncompleteBody: (error: Failed) => handled(error, "sent the body again"),
  IncorrectNumberOfFilesInPostRequest: (error: Failed) => handled(error, "asked for the file"),
  InvalidArgument: (error: Failed) => handled(error, "showed the argument to the user"),
  InvalidBucket: (error: Failed) => handled(error, "asked for another bucket"),
  InvalidBucketName: (error: Failed) => handled(error, "suggested a valid name"),
  InvalidEncryptionAlgorithmError: (error: Failed) => handled(error, "sent the key that the object has"),
  InvalidLocationConstraint: (error: Failed) => handled(error, "listed the regions"),
  InvalidPart: (error: Failed) => handled(error, "uploaded the missing part"),
  InvalidPartOrder: (error: Failed) => handled(error, "sorted the parts"),
  InvalidPolicyDocument: (error: Failed) => handled(error, "signed a new form"),
  InvalidRedirectLocation: (error: Failed) => handled(error, "corrected the address"),
  InvalidRequest: (error: Failed) => handled(error, "logged the details for a developer"),
  InvalidRequestBody: (error: Failed) => handled(error, "sent the body in the right form"),
  InvalidTargetBucketForLogging: (error: Failed) => handled(error, "granted the delivery group its access"),
  KeyTooLongError: (error: Failed) => handled(error, "hashed the key"),
  "KMS.DisabledException": (error: Failed) => handled(error, "asked for the master key to be enabled"),
  "KMS.NotFoundException": (error: Failed) => handled(error, "fell back to the default master key"),
  MalformedACLError: (error: Failed) => handled(error, "rejected the ACL"),
  MalformedError: (error: Failed) => handled(error, "rejected the XML"),
  MalformedLoggingStatus: (error: Failed) => handled(error, "rejected the logging configuration"),
  MalformedPolicy: (error: Failed) => handled(error, "showed the policy with its fault"),
  MalformedQuotaError: (error: Failed) => handled(error, "rejected the quota"),
  MalformedXML: (error: Failed) => handled(error, "rejected the configuration"),
  MaxMessageLengthExceeded: (error: Failed) => handled(error, "copied without a body"),
  MetadataTooLarge: (error: Failed) => handled(error, "moved the metadata into the object"),
  MissingRegion: (error: Failed) => handled(error, "added the region"),
  MissingRequestBodyError: (error: Failed) => handled(error, "built the XML"),
  MissingRequiredHeader: (error: Failed) => handled(error, "added the header"),
  MissingSecurityHeader: (error: Failed) => handled(error, "signed the request"),
  TooManyBuckets: (error: Failed) => handled(error, "asked for a larger quota"),
  TooManyCustomDomains: (error: Failed) => handled(error, "listed domains to remove"),
  TooManyWrongSignature: (error: Failed) => handled(error, "stopped, so as not to be locked out"),
  UnexpectedContent: (error: Failed) => handled(error, "left the body out"),
  UserKeyMustBeSpecified: (error: Failed) => handled(error, "asked the support to enable it"),
  AccessDenied: (error: Failed) => handled(error, "named the permission that is missing"),
  AccessForbidden: (error: Failed) => handled(error, "showed the CORS rule to add"),
  AllAccessDisabled: (error: Failed) => handled(error, "chose another name"),
  DeregisterUserId: (error: Failed) => handled(error, "sent the user to registration"),
  InArrearOrInsufficientBalance: (error: Failed) => handled(error, "told billing"),
  InsufficientStorageSpace: (error: Failed) => handled(error, "deleted old versions"),
  InvalidAccessKeyId: (error: Failed) => handled(error, "loaded fresh credentials"),
  NotSignedUp: (error: Failed) => handled(error, "sent the user to registration"),
  RequestTimeTooSkewed: (error: Failed) => handled(error, "set the clock and signed again"),
  SignatureDoesNotMatch: (error: Failed) => handled(error, "checked the secret key"),
  Unauthorized: (error: Failed) => handled(error, "asked for real-name authentication"),
  NoSuchBucket: (error: Failed) => handled(error, "created the bucket"),
  NoSuchBucketPolicy: (error: Failed) => handled(error, "took the default policy"),
  NoSuchCORSConfiguration: (error: Failed) => handled(error, "took no rules"),
  NoSuchCustomDomain: (error: Failed) => handled(error, "configured the domain"),
  NoSuchKey: (error: Failed) => handled(error, "returned the default object"),
  NoSuchLifecycleConfiguration: (error: Failed) => handled(error, "took no rules"),
  NoSuchUpload: (error: Failed) => handled(error, "started the upload anew"),
  NoSuchVersion: (error: Failed) => handled(error, "read the latest version"),
  NoSuchWebsiteConfiguration: (error: Failed) => handled(error, "served no website"),
  MethodNotAllowed: (error: Failed) => handled(error, "used another operation"),
  RequestTimeout: (error: Failed) => handled(error, "sent the request again"),
  BucketAlreadyExists: (error: Failed) => handled(error, "added a suffix to the name"),
  BucketAlreadyOwnedByYou: (error: Failed) => handled(error, "went on, the bucket is there"),
  BucketNotEmpty: (error: Failed) => handled(error, "emptied the bucket first"),
  InvalidBucketState: (error: Failed) => handled(error, "left the versioning on"),
  OperationAborted: (error: Failed) => handled(error, "waited for the other operation"),
  ServiceNotSupported: (error: Failed) => handled(error, "turned the feature off"),
  MissingContentLength: (error: Failed) => handled(error, "measured the body"),
  PreconditionFailed: (error: Failed) => handled(error, "read the object and merged the changes"),
  InvalidRange: (error: Failed) => handled(error, "read from the start"),
  InternalError: (error: Failed) => handled(error, "waited a little and tried again"),
  ServiceNotImplemented: (error: Failed) => handled(error, "turned the feature off"),
  ServiceUnavailable: (error: Failed) => handled(error, "waited a little and tried again"),
  SlowDown: (error: Failed) => handled(error, "waited longer and lowered the rate")
}

/** A handful of calls as a program makes them, each with the failure that it has to expect. */
const calls = Effect.gen(function* () {
  const bucket = "photos"
  const cat = { bucket, key: "cat.txt" }
  const missed = <A, E, R>(call: Effect.Effect<A, E, R>) =>
    Effect.andThen(call, notHandled("a call that should have failed"))

  // Creating a bucket twice is no mistake: caught by its tag, the program goes on
  yield* ObsClient.createBucket({ bucket })
  const again = missed(ObsClient.createBucket({ bucket })).pipe(
    Effect.catchTag("BucketAlreadyOwnedByYou", (error) => handled(error, "by tag: went on, the bucket is there"))
  )

  const { etag } = yield* ObsClient.putObject({ ...cat, body: "meow" })

  // A key that is not there: caught by its tag, with the key that the service names
  const missing = missed(ObsClient.getObject({ bucket, key: "dog.txt" })).pipe(
    Effect.catchTag("NoSuchKey", (error) => handled(error, `by tag: a default for ${error.key ?? "the key"}`))
  )

  // Only if it has changed, only if it has not: two responses without content
  const unchanged = missed(ObsClient.getObject({ ...cat, ifNoneMatch: etag })).pipe(
    Effect.catchTag("NotModified", (error) => handled(error, "by tag: used the copy in the cache"))
  )
  const changed = missed(ObsClient.getObject({ ...cat, ifMatch: '"older"' })).pipe(
    Effect.catchTag("PreconditionFailed", (error) =>
      handled(error, `by tag: merged, since ${error.condition ?? "the condition"} failed`)
    )
  )

  // A range behind the end: caught by its tag
  const behind = missed(ObsClient.getObject({ ...cat, range: { offset: 100 } })).pipe(
    Effect.catchTag("InvalidRange", (error) => handled(error, "by tag: read from the start"))
  )

  // A bucket with something in it: caught by status, with every other conflict
  const notEmpty = missed(ObsClient.deleteBucket({ bucket })).pipe(
    ObsError.catchStatus(409, (error) => handled(error, "by status: every 409"))
  )

  // A part that was never uploaded: caught by category, with everything else that is not there
  const upload = yield* ObsClient.initiateMultipartUpload(cat)
  const wrongPart = missed(
    ObsClient.completeMultipartUpload({ ...upload, parts: [{ partNumber: 1, etag: '"no"' }] })
  ).pipe(ObsError.catchCategory("NotFound", (error) => handled(error, "by category: whatever is not there")))

  // A configuration that the bucket does not have: any operation, with its own errors
  const policy = missed(ObsClient.execute(ObsOperation.GetBucketPolicy, { bucket, parameters: { policy: "" } })).pipe(
    Effect.catchTag("NoSuchBucketPolicy", (error) => handled(error, "by tag: took the default policy"))
  )

  return yield* Effect.all([again, missing, unchanged, changed, behind, notEmpty, wrongPart, policy])
})

/** What a code comes by: requests that are wrong in its way, or a header, where no request is known for it. */
const failureOf = (code: string, provocation: Provocation): Effect.Effect<ObsError.ObsFailure | undefined> =>
  Effect.gen(function* () {
    if (isByBehaviour(provocation)) return (yield* run(provocation)).failure
    const handler = yield* ObsTestService.make
    const headers = { [ObsTestService.errorHeader]: code }
    const request = { method: "GET", url: new URL("https://photos.obs.example.com/"), headers, body: new Uint8Array() }
    return ObsResponse.decode(yield* Effect.orDie(ObsTestService.collect(yield* handler(request))))
  })

/** Each of the 80 codes, provoked at a service in memory and handled: the compiler knows that none of them is left. */
const provoked = Effect.forEach(Object.entries(provocations), ([code, provocation]) =>
  Effect.flatMap(failureOf(code, provocation), (failure) => {
    if (failure === undefined) return notHandled(code)
    return Effect.fail(failure).pipe(
      Effect.catchTags(table),
      // What remains: the other tiers of the catalogue, and unknown codes
      Effect.catch((rest) => notHandled(`${code}: ${rest._tag}`))
    )
  })
)

const byBehaviour = Object.values(provocations).filter(isByBehaviour).length

const colours = { never: "red", transient: "yellow", throttling: "magenta", clock: "cyan" } as const
const coloured =
  process.env["NO_COLOR"] === undefined && (process.stdout.isTTY || process.env["FORCE_COLOR"] !== undefined)

const print = (title: string, rows: ReadonlyArray<Handled>) => {
  const paint = (format: Parameters<typeof styleText>[0], text: string) => (coloured ? styleText(format, text) : text)
  const width = (column: (row: Handled) => string, header: string) =>
    Math.max(header.length, ...rows.map((row) => column(row).length))
  const [code, category, id] = [
    width((row) => row.code, "code"),
    width((row) => row.category, "category"),
    width((row) => row.requestId, "request id")
  ]
  const lines = rows.map((row) =>
    [
      paint(row.typed ? "bold" : "red", row.code.padEnd(code)),
      String(row.status).padEnd(6),
      paint("blue", row.category.padEnd(category)),
      paint(Object.entries(colours).find(([retry]) => retry === row.retry)?.[1] ?? "red", row.retry.padEnd(10)),
      paint("dim", row.requestId.padEnd(id)),
      row.action
    ].join("  ")
  )
  const header = [
    "code".padEnd(code),
    "status",
    "category".padEnd(category),
    "retry".padEnd(10),
    "request id".padEnd(id),
    "what the handler did"
  ]
  return Console.log([paint(["bold", "underline"], title), paint("dim", header.join("  ")), ...lines, ""].join("\n"))
}

const main = Effect.gen(function* () {
  const { url } = yield* ObsTestServer.ObsTestServer
  const keys = ObsCredentials.layer({ accessKeyId: "AK", secretAccessKey: "not-a-real-secret" })
  const obs = ObsClient.layer({ endpoint: url }).pipe(Layer.provide([keys, FetchHttpClient.layer]))
  const fromCalls = yield* Effect.provide(calls, obs)
  yield* print("Calls that a program makes", fromCalls)
  const fromTable = yield* provoked
  yield* print(`All 80 codes of the service's table, ${byBehaviour} of them by behaviour`, fromTable)
  const all = [...fromCalls, ...fromTable]
  const typed = all.filter((row) => row.typed && row.requestId !== "").length
  yield* Console.log(
    `${typed} of ${all.length} failures typed and handled, ${new Set(all.map((row) => row.code)).size} codes`
  )
  return typed === all.length
})

const succeeded = await Effect.runPromise(
  main.pipe(
    Effect.provide([ObsTestServer.layerService, FetchHttpClient.layer]),
    Effect.catch((error) => Effect.as(Console.error(error), false))
  )
)
process.exitCode = succeeded ? 0 : 1
