/**
 * What the compiler knows of clients that sign.
 */
import { Effect, HttpClient, type HttpClientError } from "#test/effect"
import { type ObsCredentials, type ObsError, ObsHttpClient, type ObsSigner } from "effect-obs"
import { describe, expect, test } from "tstyche"

declare const client: HttpClient.HttpClient

type Unsigned = ObsCredentials.CredentialsError | ObsSigner.SignerError

type Signing<E> = HttpClient.HttpClient.With<E | Unsigned, ObsCredentials.ObsCredentials>

type Platform = HttpClientError.HttpClientError

describe("a client that signs", () => {
  test("adds its errors, and needs credentials", () => {
    expect(ObsHttpClient.sign(client)).type.toBe<Signing<Platform>>()
    expect(ObsHttpClient.sign(client, { scheme: "aws4", region: "eu-de" })).type.toBe<Signing<Platform>>()
    expect(client.pipe(ObsHttpClient.sign)).type.toBe<Signing<Platform>>()
    expect(client.pipe(ObsHttpClient.sign({ redirects: { allow: ["obs.example.com"] } }))).type.toBe<
      Signing<Platform>
    >()
  })

  test("is what filterStatusOk and retry take, in any order that makes sense", () => {
    type Whole = Signing<Platform | ObsError.ObsFailure>
    expect(client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)).type.toBe<Whole>()
    expect(client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.sign, ObsHttpClient.retry)).type.toBe<Whole>()
    expect(client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry, ObsHttpClient.sign())).type.toBe<Whole>()
  })

  test("is no client to retry before its answers are failures", () => {
    expect(ObsHttpClient.retry).type.not.toBeCallableWith(ObsHttpClient.sign(client))
  })

  test("keeps what the client needs and fails with", () => {
    const other = HttpClient.transformResponse(
      client,
      Effect.mapError(() => new RangeError())
    )
    expect(ObsHttpClient.sign(other)).type.toBe<Signing<RangeError>>()
  })

  test("takes no option that there is not", () => {
    expect(ObsHttpClient.sign).type.not.toBeCallableWith({ schema: "obs" })
    expect(ObsHttpClient.sign).type.not.toBeCallableWith(client, { scheme: "v4" })
    expect(ObsHttpClient.sign).type.not.toBeCallableWith({ redirects: "follow" })
  })

  test("fails with what its tags catch", () => {
    const caught = client
      .pipe(ObsHttpClient.sign)
      .get("")
      .pipe(
        Effect.catchTags({
          CredentialsError: ({ source }) => Effect.succeed(source),
          SignerError: ({ reason }) => Effect.succeed(reason)
        })
      )
    expect<Effect.Error<typeof caught>>().type.toBe<Platform>()
  })
})
