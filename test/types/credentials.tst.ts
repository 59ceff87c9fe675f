/**
 * What the compiler knows of the layers of credentials.
 */
import { Effect, type HttpClient, Layer, type Option, type Redacted, type Scope } from "#test/effect"
import { ObsCredentials } from "effect-obs"
import { describe, expect, test } from "tstyche"

type Provided<E = never, R = never> = Layer.Layer<ObsCredentials.ObsCredentials, E, R>

declare const vault: Effect.Effect<ObsCredentials.CredentialsInput, Error, Vault | Scope.Scope>

interface Vault {
  readonly vault: true
}

describe("a layer", () => {
  test("of an access key or the configuration can fail when it is built", () => {
    expect(ObsCredentials.layer({ accessKeyId: "a", secretAccessKey: "s" })).type.toBe<
      Provided<ObsCredentials.CredentialsError>
    >()
    expect(ObsCredentials.layerConfig).type.toBe<Provided<ObsCredentials.CredentialsError>>()
  })

  test("of an effect needs what the effect needs, but no scope", () => {
    expect(ObsCredentials.layerEffect(vault)).type.toBe<Provided<never, Vault>>()
  })

  test("of a chain needs what all its links need", () => {
    expect(ObsCredentials.layerChain([ObsCredentials.layerConfig])).type.toBe<
      Provided<ObsCredentials.CredentialsError>
    >()
    expect(
      ObsCredentials.layerChain([
        ObsCredentials.layerConfig,
        ObsCredentials.layerEffect(vault),
        ObsCredentials.layerEcs(),
        ObsCredentials.layerAnonymous
      ])
    ).type.toBe<Provided<ObsCredentials.CredentialsError, Vault | HttpClient.HttpClient>>()
  })

  test("of something else is no link", () => {
    expect(ObsCredentials.layerChain).type.not.toBeCallableWith([Layer.empty])
    expect(ObsCredentials.layerChain).type.not.toBeCallableWith([
      Layer.effect(ObsCredentials.ObsCredentials, Effect.fail("no"))
    ])
  })

  test("takes no credentials without a secret", () => {
    expect(ObsCredentials.layer).type.not.toBeCallableWith({ accessKeyId: "a" })
    expect(ObsCredentials.layer).type.not.toBeCallableWith({ accessKeyId: "a", secretAccessKey: 5 })
  })
})

describe("asking", () => {
  test("gives credentials or none, and fails with one error that its tag catches", () => {
    expect(ObsCredentials.get).type.toBe<
      Effect.Effect<
        Option.Option<ObsCredentials.Credentials>,
        ObsCredentials.CredentialsError,
        ObsCredentials.ObsCredentials
      >
    >()
    const caught = Effect.catchTag(ObsCredentials.get, "CredentialsError", ({ reason }) => Effect.succeed(reason))
    expect<Effect.Error<typeof caught>>().type.toBe<never>()
  })

  test("gives a secret that shows nothing", () => {
    expect<ObsCredentials.Credentials["secretAccessKey"]>().type.toBe<Redacted.Redacted>()
  })
})
