/**
 * What the compiler knows of the failures that are left.
 */
import { Cause, Effect, Match, type Schema } from "#test/effect"
import { ObsError, ObsResponse } from "effect-obs"
import { describe, expect, test } from "tstyche"

declare const program: Effect.Effect<string, ObsError.ObsFailure>

/** A handler for each of the 80 codes of the service's own table. */
const table = {
  PermanentRedirect: () => Effect.succeed("handled"),
  WebsiteRedirect: () => Effect.succeed("handled"),
  TemporaryRedirect: () => Effect.succeed("handled"),
  BadDigest: () => Effect.succeed("handled"),
  BadDomainName: () => Effect.succeed("handled"),
  BadRequest: () => Effect.succeed("handled"),
  CustomDomainAreadyExist: () => Effect.succeed("handled"),
  CustomDomainNotExist: () => Effect.succeed("handled"),
  EntityTooLarge: () => Effect.succeed("handled"),
  EntityTooSmall: () => Effect.succeed("handled"),
  IllegalLocationConstraintException: () => Effect.succeed("handled"),
  IncompleteBody: () => Effect.succeed("handled"),
  IncorrectNumberOfFilesInPostRequest: () => Effect.succeed("handled"),
  InvalidArgument: () => Effect.succeed("handled"),
  InvalidBucket: () => Effect.succeed("handled"),
  InvalidBucketName: () => Effect.succeed("handled"),
  InvalidEncryptionAlgorithmError: () => Effect.succeed("handled"),
  InvalidLocationConstraint: () => Effect.succeed("handled"),
  InvalidPart: () => Effect.succeed("handled"),
  InvalidPartOrder: () => Effect.succeed("handled"),
  InvalidPolicyDocument: () => Effect.succeed("handled"),
  InvalidRedirectLocation: () => Effect.succeed("handled"),
  InvalidRequest: () => Effect.succeed("handled"),
  InvalidRequestBody: () => Effect.succeed("handled"),
  InvalidTargetBucketForLogging: () => Effect.succeed("handled"),
  KeyTooLongError: () => Effect.succeed("handled"),
  "KMS.DisabledException": () => Effect.succeed("handled"),
  "KMS.NotFoundException": () => Effect.succeed("handled"),
  MalformedACLError: () => Effect.succeed("handled"),
  MalformedError: () => Effect.succeed("handled"),
  MalformedLoggingStatus: () => Effect.succeed("handled"),
  MalformedPolicy: () => Effect.succeed("handled"),
  MalformedQuotaError: () => Effect.succeed("handled"),
  MalformedXML: () => Effect.succeed("handled"),
  MaxMessageLengthExceeded: () => Effect.succeed("handled"),
  MetadataTooLarge: () => Effect.succeed("handled"),
  MissingRegion: () => Effect.succeed("handled"),
  MissingRequestBodyError: () => Effect.succeed("handled"),
  MissingRequiredHeader: () => Effect.succeed("handled"),
  MissingSecurityHeader: () => Effect.succeed("handled"),
  TooManyBuckets: () => Effect.succeed("handled"),
  TooManyCustomDomains: () => Effect.succeed("handled"),
  TooManyWrongSignature: () => Effect.succeed("handled"),
  UnexpectedContent: () => Effect.succeed("handled"),
  UserKeyMustBeSpecified: () => Effect.succeed("handled"),
  AccessDenied: () => Effect.succeed("handled"),
  AccessForbidden: () => Effect.succeed("handled"),
  AllAccessDisabled: () => Effect.succeed("handled"),
  DeregisterUserId: () => Effect.succeed("handled"),
  InArrearOrInsufficientBalance: () => Effect.succeed("handled"),
  InsufficientStorageSpace: () => Effect.succeed("handled"),
  InvalidAccessKeyId: () => Effect.succeed("handled"),
  NotSignedUp: () => Effect.succeed("handled"),
  RequestTimeTooSkewed: () => Effect.succeed("handled"),
  SignatureDoesNotMatch: () => Effect.succeed("handled"),
  Unauthorized: () => Effect.succeed("handled"),
  NoSuchBucket: () => Effect.succeed("handled"),
  NoSuchBucketPolicy: () => Effect.succeed("handled"),
  NoSuchCORSConfiguration: () => Effect.succeed("handled"),
  NoSuchCustomDomain: () => Effect.succeed("handled"),
  NoSuchKey: () => Effect.succeed("handled"),
  NoSuchLifecycleConfiguration: () => Effect.succeed("handled"),
  NoSuchUpload: () => Effect.succeed("handled"),
  NoSuchVersion: () => Effect.succeed("handled"),
  NoSuchWebsiteConfiguration: () => Effect.succeed("handled"),
  MethodNotAllowed: () => Effect.succeed("handled"),
  RequestTimeout: () => Effect.succeed("handled"),
  BucketAlreadyExists: () => Effect.succeed("handled"),
  BucketAlreadyOwnedByYou: () => Effect.succeed("handled"),
  BucketNotEmpty: () => Effect.succeed("handled"),
  InvalidBucketState: () => Effect.succeed("handled"),
  OperationAborted: () => Effect.succeed("handled"),
  ServiceNotSupported: () => Effect.succeed("handled"),
  MissingContentLength: () => Effect.succeed("handled"),
  PreconditionFailed: () => Effect.succeed("handled"),
  InvalidRange: () => Effect.succeed("handled"),
  InternalError: () => Effect.succeed("handled"),
  ServiceNotImplemented: () => Effect.succeed("handled"),
  ServiceUnavailable: () => Effect.succeed("handled"),
  SlowDown: () => Effect.succeed("handled")
}

type Table = keyof typeof table

/** A handler for each tag there is. */
declare const each: { readonly [Tag in ObsError.ObsFailure["_tag"]]: () => Effect.Effect<string> }

describe("catchTags", () => {
  test("with a handler for each of the 80 leaves none of them", () => {
    const rest = program.pipe(Effect.catchTags(table))
    expect<Extract<Effect.Error<typeof rest>, { readonly _tag: Table }>>().type.toBe<never>()
    expect<Exclude<ObsError.ObsFailure, { readonly _tag: Table }>>().type.toBe<Effect.Error<typeof rest>>()
    expect<Effect.Error<typeof rest>>().type.toBeAssignableTo<ObsError.ObsFailure>()
  })

  test("leaves exactly the class whose handler is missing", () => {
    const { NoSuchKey: _, ...others } = table
    const rest = program.pipe(Effect.catchTags(others))
    expect<Extract<Effect.Error<typeof rest>, { readonly _tag: Table }>>().type.toBe<ObsError.NoSuchKey>()
  })

  test("does not take a tag that no failure has", () => {
    // @ts-expect-error is not assignable to type 'never'
    program.pipe(Effect.catchTags({ NoSuchKee: () => Effect.succeed("") }))
    // @ts-expect-error "NoSuchKee"
    program.pipe(Effect.catchTag("NoSuchKee", () => Effect.succeed("")))
  })

  test("takes the code as the service writes it, dots included", () => {
    const rest = program.pipe(Effect.catchTag("KMS.DisabledException", () => Effect.succeed("")))
    expect<Extract<Effect.Error<typeof rest>, ObsError.KmsDisabledException>>().type.toBe<never>()
  })

  test("hands over the class with its own fields", () => {
    program.pipe(
      Effect.catchTags({
        NoSuchKey: (error) => {
          expect(error).type.toBe<ObsError.NoSuchKey>()
          expect(error.key).type.toBe<string | undefined>()
          expect(error.info.status).type.toBe<404>()
          expect(error.info.code).type.toBe<"NoSuchKey">()
          expect(error.category).type.toBe<"NotFound">()
          expect(error.retry).type.toBe<ObsError.Retry>()
          expect(error.details["Foo"]).type.toBe<string | undefined>()
          return Effect.succeed("")
        },
        UnknownObsError: (error) => {
          expect(error.code).type.toBe<string>()
          return Effect.succeed("")
        },
        UnrecognizedResponse: (error) => {
          expect(error.reason).type.toBe<ObsError.Reason>()
          return Effect.succeed("")
        }
      })
    )
  })
})

describe("everything handled", () => {
  test("leaves never", () => {
    const rest = program.pipe(
      Effect.catchIf(ObsError.isObsError, () => Effect.succeed("")),
      Effect.catchIf(ObsError.isOefError, () => Effect.succeed("")),
      Effect.catchTags({
        UnknownObsError: () => Effect.succeed(""),
        UnrecognizedResponse: () => Effect.succeed(""),
        NotModified: () => Effect.succeed(""),
        CallbackFailed: () => Effect.succeed("")
      })
    )
    expect<Effect.Error<typeof rest>>().type.toBe<never>()
  })

  test("by Match.valueTags is exhaustive", () => {
    const rest = program.pipe(Effect.catch(Match.valueTags(each)))
    expect<Effect.Error<typeof rest>>().type.toBe<never>()

    const { NoSuchKey: _, ...others } = each
    // @ts-expect-error Property 'NoSuchKey' is missing
    program.pipe(Effect.catch(Match.valueTags(others)))
  })
})

describe("guards", () => {
  test("take their union out of the error type", () => {
    const rest = program.pipe(Effect.catchIf(ObsError.isNotFoundError, () => Effect.succeed("")))
    expect<Extract<Effect.Error<typeof rest>, ObsError.NotFoundError>>().type.toBe<never>()
    expect<Extract<Effect.Error<typeof rest>, ObsError.AccessDenied>>().type.toBe<ObsError.AccessDenied>()
  })
})

describe("the classes of a union", () => {
  test("are the errors of the union", () => {
    expect<InstanceType<(typeof ObsError.ObsFailure.members)[number]>>().type.toBe<ObsError.ObsFailure>()
    expect<InstanceType<(typeof ObsError.NotFoundError.members)[number]>>().type.toBe<ObsError.NotFoundError>()
    expect<(typeof ObsError.ObsFailure.members)[number]["info"]>().type.toBe<ObsError.Info | undefined>()
    expect<(typeof ObsError.ObsError.members)[number]["info"]>().type.toBe<ObsError.Info>()
  })

  test("say what their constructors take", () => {
    expect<(typeof ObsError.ObsError.members)[number]>().type.toBeConstructableWith({ requestId: "42" })
    expect<(typeof ObsError.ObsError.members)[number]>().type.not.toBeConstructableWith({ key: "a.txt" })
    expect<(typeof ObsError.ObsFailure.members)[number]>().type.not.toBeConstructableWith()
    expect<(typeof ObsError.ObsFailure.members)[number]>().type.not.toBeConstructableWith({})
    expect<(typeof ObsError.ObsFailure.members)[number]>().type.not.toBeConstructableWith({ code: "X" })
    expect<(typeof ObsError.ObsFailure.members)[number]>().type.toBeConstructableWith({ code: "X", reason: "NoCode" })
  })
})

describe("the static types", () => {
  test("contain every tag that can arrive", () => {
    expect(ObsResponse.decode({ status: 404, headers: {} })).type.toBe<ObsError.ObsFailure>()
    expect<Effect.Error<ReturnType<typeof ObsResponse.filterStatusOk>>>().type.toBe<ObsError.ObsFailure>()
    expect<Effect.Error<ReturnType<typeof ObsResponse.toFailure>>>().type.toBe<never>()
    expect<InstanceType<(typeof ObsError.all)[number]>>().type.toBe<ObsError.ObsError>()
  })

  test("are those of the schemas", () => {
    expect<Schema.Schema.Type<typeof ObsError.ObsFailure>>().type.toBe<ObsError.ObsFailure>()
    expect<Schema.Schema.Type<typeof ObsError.NotFoundError>>().type.toBe<ObsError.NotFoundError>()
    expect<Schema.Schema.Type<typeof ObsError.NoSuchKey>>().type.toBe<ObsError.NoSuchKey>()
    expect<Schema.Codec.Encoded<typeof ObsError.RequestTimeTooSkewed>["maxAllowedSkew"]>().type.toBe<
      number | undefined
    >()
    expect<Schema.Codec.Encoded<typeof ObsError.SignatureDoesNotMatch>>().type.not.toHaveProperty("stringToSign")
  })

  test("ask for what a failure cannot do without", () => {
    expect(ObsError.UnknownObsError).type.not.toBeConstructableWith()
    expect(ObsError.UnknownObsError).type.toBeConstructableWith({ code: "Foo" })
    expect(ObsError.UnrecognizedResponse).type.not.toBeConstructableWith({ status: 404 })
    expect(ObsError.NotModified).type.toBeConstructableWith()
    expect(ObsError.NoSuchKey).type.toBeConstructableWith()
    expect(ObsError.NoSuchKey).type.not.toBeConstructableWith({ bucketName: "photos" })
    expect(ObsError.NoSuchKey).type.not.toBeConstructableWith({ key: 1 })
  })
})

type OefNotFound = Extract<ObsError.OefError, { readonly info: { readonly status: 404 } }>

describe("catchStatus", () => {
  test("takes the classes of the status away and leaves the others", () => {
    const rest = program.pipe(ObsError.catchStatus(404, () => Effect.succeed(0)))
    expect<Effect.Success<typeof rest>>().type.toBe<string | number>()
    expect<Effect.Error<typeof rest>>().type.toBe<Exclude<ObsError.ObsFailure, ObsError.NotFoundError | OefNotFound>>()
    expect<Effect.Error<ReturnType<typeof dataFirst>>>().type.toBe<Effect.Error<typeof rest>>()
  })

  const dataFirst = () => ObsError.catchStatus(program, 404, () => Effect.succeed(0))

  test("hands over the classes of the status, unknown codes and unrecognized answers", () => {
    program.pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<
          ObsError.NotFoundError | OefNotFound | ObsError.UnknownObsError | ObsError.UnrecognizedResponse
        >()
        return Effect.succeed("")
      }),
      ObsError.catchStatus(304, (failure) => {
        expect(failure).type.toBe<ObsError.NotModified | ObsError.UnknownObsError | ObsError.UnrecognizedResponse>()
        return Effect.succeed("")
      })
    )
  })

  test("takes part of a union after another handler took some of it", () => {
    program.pipe(
      Effect.catchTag("NoSuchKey", () => Effect.succeed("")),
      ObsError.catchStatus(404, (failure) => {
        expect<Extract<typeof failure, ObsError.NoSuchKey>>().type.toBe<never>()
        expect<Extract<typeof failure, ObsError.NoSuchBucket>>().type.toBe<ObsError.NoSuchBucket>()
        return Effect.succeed("")
      })
    )
  })

  test("takes nothing away for a status that is not one literal", () => {
    const some = (status: number, either: 403 | 404) => [
      program.pipe(ObsError.catchStatus(status, () => Effect.succeed(""))),
      program.pipe(ObsError.catchStatus(either, () => Effect.succeed("")))
    ]
    expect<Effect.Error<ReturnType<typeof some>[number]>>().type.toBe<ObsError.ObsFailure>()
  })

  test("leaves foreign errors alone", () => {
    const rest = Effect.fail<ObsError.NoSuchKey | Cause.TimeoutError>(new Cause.TimeoutError()).pipe(
      ObsError.catchStatus(404, (failure) => {
        expect(failure).type.toBe<ObsError.NoSuchKey>()
        return Effect.void
      })
    )
    expect<Effect.Error<typeof rest>>().type.toBe<Cause.TimeoutError>()
  })
})

describe("catchCategory", () => {
  test("takes the classes of the category away and leaves the others", () => {
    const rest = program.pipe(
      ObsError.catchCategory("Throttling", (failure) => {
        expect(failure).type.toBe<
          | ObsError.GetQosTokenException
          | ObsError.SlowDown
          | ObsError.TooManyRequests
          | ObsError.Sys0011
          | ObsError.UnknownObsError
          | ObsError.UnrecognizedResponse
        >()
        return Effect.succeed("")
      })
    )
    expect<Effect.Error<typeof rest>>().type.toBe<
      Exclude<
        ObsError.ObsFailure,
        ObsError.GetQosTokenException | ObsError.SlowDown | ObsError.TooManyRequests | ObsError.Sys0011
      >
    >()
  })

  test("does not take a category that there is none of", () => {
    expect(ObsError.catchCategory).type.not.toBeCallableWith("Sever", () => Effect.void)
  })
})
