/**
 * What the compiler knows of the failures of an operation.
 */
import { Effect, type HttpClient, type HttpClientError, type HttpClientResponse, Match } from "#test/effect"
import { ObsError, ObsHttpClient, ObsOperation, ObsResponse, ObsRetry } from "effect-obs"
import { describe, expect, test } from "tstyche"

type Response = HttpClientResponse.HttpClientResponse

declare const response: Response
declare const client: HttpClient.HttpClient
declare const failure: ObsError.NoSuchKey | ObsError.SlowDown | ObsError.UnknownObsError

const succeed = () => Effect.succeed("handled")

describe("GetObject", () => {
  const got = ObsResponse.expect(ObsOperation.GetObject)(response)

  test("fails with its errors and the unexpected", () => {
    expect(got).type.toBe<Effect.Effect<Response, ObsOperation.GetObjectError | ObsError.UnexpectedObsError>>()
  })

  test("catchTag takes one out", () => {
    expect(got.pipe(Effect.catchTag("NoSuchKey", succeed))).type.toBe<
      Effect.Effect<
        Response | string,
        Exclude<ObsOperation.GetObjectError, ObsError.NoSuchKey> | ObsError.UnexpectedObsError
      >
    >()
  })

  test("catchTags takes several out", () => {
    expect(
      got.pipe(
        Effect.catchTags({
          NoSuchBucket: succeed,
          NoSuchKey: succeed,
          NoSuchVersion: succeed,
          SymlinkTargetNotExist: succeed,
          UnexpectedObsError: succeed
        })
      )
    ).type.toBe<
      Effect.Effect<
        Response | string,
        | ObsOperation.CommonError
        | ObsError.InvalidObjectState
        | ObsError.PreconditionFailed
        | ObsError.InvalidRange
        | ObsError.NotModified
      >
    >()
  })

  test("catchStatus takes out those of the status, and hands the unexpected over", () => {
    expect(
      got.pipe(
        ObsError.catchStatus(404, (failure) => {
          expect(failure).type.toBe<
            | ObsError.NoSuchBucket
            | ObsError.NoSuchKey
            | ObsError.NoSuchVersion
            | ObsError.SymlinkTargetNotExist
            | ObsError.UnexpectedObsError
          >()
          return succeed()
        })
      )
    ).type.toBe<
      Effect.Effect<
        Response | string,
        | ObsOperation.CommonError
        | ObsError.InvalidObjectState
        | ObsError.PreconditionFailed
        | ObsError.InvalidRange
        | ObsError.NotModified
        | ObsError.UnexpectedObsError
      >
    >()
  })

  test("no handler for a code that it does not document", () => {
    // @ts-expect-error Argument of type '"BucketNotEmpty"' is not assignable
    got.pipe(Effect.catchTag("BucketNotEmpty", succeed))
    // @ts-expect-error is not assignable to type 'never'
    got.pipe(Effect.catchTags({ NoSuchKey: succeed, BucketNotEmpty: succeed }))
    expect(got.pipe(ObsError.catchStatus(409, ({ _tag }) => Effect.succeed(_tag)))).type.toBe<
      Effect.Effect<Response | "UnexpectedObsError", ObsOperation.GetObjectError | ObsError.UnexpectedObsError>
    >()
  })
})

describe("CreateBucket", () => {
  const created = ObsResponse.expect(ObsOperation.CreateBucket)(response)

  test("catchStatus", () => {
    expect(created.pipe(ObsError.catchStatus(409, succeed))).type.toBe<
      Effect.Effect<
        Response | string,
        | ObsOperation.CommonError
        | ObsError.IllegalLocationConstraintException
        | ObsError.InvalidBucketName
        | ObsError.InvalidLocationConstraint
        | ObsError.TooManyBuckets
        | ObsError.UserRestricted
        | ObsError.UnexpectedObsError
      >
    >()
  })

  test("catchCategory", () => {
    expect(created.pipe(ObsError.catchCategory("Quota", succeed))).type.toBe<
      Effect.Effect<
        Response | string,
        Exclude<ObsOperation.CreateBucketError, ObsError.TooManyBuckets> | ObsError.UnexpectedObsError
      >
    >()
  })

  test("no handler for a code that it does not document", () => {
    // @ts-expect-error Argument of type '"NoSuchKey"' is not assignable
    created.pipe(Effect.catchTag("NoSuchKey", succeed))
  })
})

describe("HeadBucket", () => {
  const asked = ObsResponse.expect(ObsOperation.HeadBucket)(response)

  test("can be answered without a code", () => {
    expect(asked.pipe(Effect.catchTag("NoSuchBucket", succeed))).type.toBe<
      Effect.Effect<
        Response | string,
        ObsOperation.CommonError | ObsError.UnrecognizedResponse | ObsError.UnexpectedObsError
      >
    >()
  })

  test("catchRetryable takes out what is always worth another attempt", () => {
    expect(
      asked.pipe(
        ObsError.catchRetryable((failure) => {
          expect(failure).type.toBe<ObsOperation.HeadBucketError | ObsError.UnexpectedObsError>()
          return succeed()
        })
      )
    ).type.toBe<
      Effect.Effect<
        Response | string,
        | ObsError.InvalidArgument
        | ObsError.AccessDenied
        | ObsError.InvalidAccessKeyId
        | ObsError.RequestTimeTooSkewed
        | ObsError.SignatureDoesNotMatch
        | ObsError.NoSuchBucket
        | ObsError.UnrecognizedResponse
        | ObsError.UnexpectedObsError
      >
    >()
  })

  test("no handler for a code that it does not document", () => {
    // @ts-expect-error Argument of type '"NoSuchKey"' is not assignable
    asked.pipe(Effect.catchTag("NoSuchKey", succeed))
  })
})

describe("CompleteMultipartUpload", () => {
  const completed = ObsResponse.expect(ObsOperation.CompleteMultipartUpload)(response)

  test("handles everything with no error left", () => {
    expect(
      completed.pipe(
        ObsError.catchStatus(400, succeed),
        ObsError.catchStatus(403, succeed),
        ObsError.catchStatus(404, succeed),
        ObsError.catchRetryable(succeed),
        Effect.catchTags({ CallbackFailed: succeed, UnexpectedObsError: succeed })
      )
    ).type.toBe<Effect.Effect<Response | string>>()
  })

  test("Match.valueTags wants a handler for each", () => {
    completed.pipe(
      Effect.catch(
        // @ts-expect-error is missing the following properties
        Match.valueTags({
          NoSuchUpload: succeed,
          InvalidPart: succeed
        })
      )
    )
  })

  test("no handler for a code that it does not document", () => {
    // @ts-expect-error Argument of type '"InvalidRange"' is not assignable
    completed.pipe(Effect.catchTag("InvalidRange", succeed))
  })
})

const wrappedClient = ObsHttpClient.filterStatusOk(client)

describe("DeleteBucket, of a client that is wrapped", () => {
  const obs = client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
  const deleted = obs.del("https://photos.obs.example.com").pipe(ObsOperation.expect(ObsOperation.DeleteBucket))

  test("keeps the errors of the client", () => {
    expect(obs).type.toBe<HttpClient.HttpClient.With<HttpClientError.HttpClientError | ObsError.ObsFailure>>()
    expect(deleted).type.toBe<
      Effect.Effect<
        Response,
        HttpClientError.HttpClientError | ObsOperation.DeleteBucketError | ObsError.UnexpectedObsError
      >
    >()
  })

  test("data first", () => {
    expect(ObsOperation.expect(obs.del("https://photos.obs.example.com"), ObsOperation.DeleteBucket)).type.toBe<
      typeof deleted
    >()
    expect(ObsError.catchRetryable(deleted, succeed)).type.toBe<
      Effect.Effect<
        Response | string,
        | HttpClientError.HttpClientError
        | ObsError.InvalidArgument
        | ObsError.AccessDenied
        | ObsError.InvalidAccessKeyId
        | ObsError.RequestTimeTooSkewed
        | ObsError.SignatureDoesNotMatch
        | ObsError.NoSuchBucket
        | ObsError.BucketNotEmpty
        | ObsError.UnexpectedObsError
      >
    >()
  })

  test("is retried by a client that is wrapped, and by no other", () => {
    const wrapped = ObsHttpClient.filterStatusOk(client)
    expect(client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry)).type.toBe<typeof wrapped>()
    expect(ObsHttpClient.retry(wrapped, { attempts: 2 })).type.toBe<typeof wrapped>()
    expect(ObsHttpClient.retry).type.not.toBeCallableWith(client)
    expect(ObsHttpClient.retry).type.not.toBeCallableWith(client, { attempts: 2 })
    expect(ObsHttpClient.retry({ attempts: 2 })).type.not.toBeCallableWith(client)
  })

  test("takes options first in a pipe", () => {
    const wrapped = ObsHttpClient.filterStatusOk(client)
    expect(
      client.pipe(ObsHttpClient.filterStatusOk({ maxBytes: 1024 }), ObsHttpClient.retry({ attempts: 2 }))
    ).type.toBe<typeof wrapped>()
    expect(client.pipe(ObsHttpClient.filterStatusOk(), ObsHttpClient.retry())).type.toBe<typeof wrapped>()
  })

  test("takes no option that there is not", () => {
    expect(ObsHttpClient.retry).type.not.toBeCallableWith({ attempt: 2 })
    expect(ObsHttpClient.retry).type.not.toBeCallableWith({ attempts: 2, dely: 1 })
    expect(ObsHttpClient.retry).type.not.toBeCallableWith(wrappedClient, { attempts: 2, dely: 1 })
    expect(ObsHttpClient.filterStatusOk).type.not.toBeCallableWith({ maxBytes: 1, time: 2 })
  })

  test("is no effect of a client that is not wrapped", () => {
    // @ts-expect-error wrap the client with ObsHttpClient.filterStatusOk first
    client.del("https://photos.obs.example.com").pipe(ObsOperation.expect(ObsOperation.DeleteBucket))
    // @ts-expect-error wrap the client with ObsHttpClient.filterStatusOk first
    ObsOperation.expect(Effect.succeed(1), ObsOperation.DeleteBucket)
  })

  test("in a function of any operation", () => {
    const call = <E>(operation: ObsOperation.Operation<string, E>) =>
      obs.get("https://photos.obs.example.com").pipe(ObsOperation.expect(operation))
    expect(call(ObsOperation.GetBucketAcl)).type.toBe<
      Effect.Effect<
        Response,
        HttpClientError.HttpClientError | ObsOperation.GetBucketAclError | ObsError.UnexpectedObsError
      >
    >()
  })

  test("a retry changes no type", () => {
    expect(ObsRetry.retry(deleted)).type.toBe<typeof deleted>()
    expect(deleted.pipe(ObsRetry.retry({ attempts: 2 }))).type.toBe<typeof deleted>()
    expect(deleted.pipe(Effect.retry(ObsRetry.schedule()))).type.toBe<typeof deleted>()
  })

  test("no handler for a code that it does not document", () => {
    // @ts-expect-error Argument of type '"NoSuchKey"' is not assignable
    deleted.pipe(Effect.catchTag("NoSuchKey", succeed))
  })
})

describe("guards", () => {
  test("isStatus narrows and leaves what may have another status", () => {
    if (ObsError.isStatus(failure, 404)) {
      expect(failure._tag).type.toBe<"NoSuchKey" | "UnknownObsError">()
    } else {
      expect(failure).type.toBe<ObsError.SlowDown | ObsError.UnknownObsError>()
    }
    const failures: ReadonlyArray<ObsError.NoSuchKey | ObsError.SlowDown> = []
    expect(failures.filter(ObsError.isStatus(404))).type.toBe<Array<ObsError.NoSuchKey>>()
  })

  test("isCategory narrows", () => {
    if (ObsError.isCategory(failure, "Throttling")) {
      expect(failure._tag).type.toBe<"SlowDown" | "UnknownObsError">()
    } else {
      expect(failure).type.toBe<ObsError.NoSuchKey | ObsError.UnknownObsError>()
    }
  })

  test("isRetryable tells how", () => {
    if (ObsError.isRetryable(failure)) {
      expect(failure.retry).type.toBe<"transient" | "throttling" | "clock">()
    }
  })
})
