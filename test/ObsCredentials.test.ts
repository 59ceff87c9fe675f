import {
  Cause,
  Clock,
  ConfigProvider,
  DateTime,
  Effect,
  Equal,
  Exit,
  FetchHttpClient,
  Fiber,
  HttpClient,
  HttpClientResponse,
  Layer,
  Logger,
  Option,
  Redacted,
  Schema,
  TestClock,
  changeSpans
} from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsCredentials, ObsError, ObsRetry } from "effect-obs"
import type * as Http from "node:http"
import { inspect } from "node:util"
import { rawServer } from "./support/rawServer.js"

const accessKeyId = "HPUAZQ7WXEXAMPLE0001"
const secretAccessKey = "Zq7WxSECRETvalue9KpLmTtUu12345"
const securityToken = "gQpjbi1ub3J0aC00TOKENtokenTOKEN98765"
const secrets = [accessKeyId, secretAccessKey, securityToken]

const keys = { accessKeyId, secretAccessKey }

const expectNoSecret = (text: string) => {
  for (const secret of secrets) expect(text).not.toContain(secret)
}

type Provided = Layer.Layer<ObsCredentials.ObsCredentials, ObsCredentials.CredentialsError>

/** What the service of a layer gives. */
const got = (layer: Provided) => Effect.provide(ObsCredentials.get, layer)

const failureOf = (layer: Provided) => Effect.flip(got(layer))

const logged = (error: ObsCredentials.CredentialsError, logger: Logger.Logger<unknown, string>) => {
  const lines: Array<string> = []
  return Effect.logError("it failed", error, Cause.fail(error)).pipe(
    Effect.annotateLogs({ error }),
    Effect.provide(Logger.layer([Logger.map(logger, (line) => lines.push(line))])),
    Effect.map(() => lines.join("\n"))
  )
}

/** Wherever an error may be shown. */
const shownBy = (error: ObsCredentials.CredentialsError) =>
  Effect.map(
    Effect.all([
      logged(error, Logger.formatSimple),
      logged(error, Logger.formatLogFmt),
      logged(error, Logger.formatJson),
      Effect.exit(Effect.fail(error))
    ]),
    (shown) =>
      [
        ...shown.map((one) => (typeof one === "string" ? one : inspect(one, { depth: 9, showHidden: true }))),
        error.message,
        String(error),
        error.stack,
        JSON.stringify(error),
        inspect(error, { depth: 9, showHidden: true }),
        Cause.pretty(Cause.fail(error)),
        Cause.pretty(Cause.die(error)),
        JSON.stringify(Schema.encodeSync(ObsCredentials.CredentialsError)(error))
      ].join("\n")
  )

describe("layer", () => {
  it.effect("has the credentials that it was given, with text or Redacted for secrets", () =>
    Effect.gen(function* () {
      const plain = yield* got(ObsCredentials.layer({ ...keys, securityToken, expiration: "2999-01-01T00:00:00Z" }))
      const hidden = yield* got(
        ObsCredentials.layer({
          accessKeyId,
          secretAccessKey: Redacted.make(secretAccessKey),
          securityToken: Redacted.make(securityToken),
          expiration: DateTime.makeUnsafe("2999-01-01T00:00:00Z")
        })
      )
      const found = Option.getOrThrow(plain)
      expect(found.accessKeyId).toBe(accessKeyId)
      expect(Redacted.value(found.secretAccessKey)).toBe(secretAccessKey)
      expect(found.securityToken && Redacted.value(found.securityToken)).toBe(securityToken)
      expect(found.expiration && DateTime.formatIso(found.expiration)).toBe("2999-01-01T00:00:00.000Z")
      expect(Equal.equals(found, Option.getOrThrow(hidden))).toBe(true)
      expect(Object.keys(Option.getOrThrow(yield* got(ObsCredentials.layer(keys))))).toEqual([
        "accessKeyId",
        "secretAccessKey"
      ])
    })
  )

  it.effect("has credentials that show nothing of themselves", () =>
    Effect.gen(function* () {
      const found = yield* ObsCredentials.make({ ...keys, securityToken, expiration: new Date(0) })
      const lines: Array<string> = []
      yield* Effect.logInfo(found).pipe(
        Effect.annotateLogs({ found }),
        Effect.provide(Logger.layer([Logger.map(Logger.formatJson, (line) => lines.push(line))]))
      )
      const value: unknown = found
      const shown = [String(value), JSON.stringify(found), inspect(found), inspect(Option.some(found)), ...lines]
      expectNoSecret(shown.join("\n"))
      expect(JSON.parse(JSON.stringify(found))).toEqual({
        accessKeyId: "<redacted>",
        secretAccessKey: "<redacted>",
        securityToken: "<redacted>",
        expiration: "1970-01-01T00:00:00.000Z"
      })
    })
  )

  const wiped = Redacted.make(secretAccessKey)
  Redacted.wipeUnsafe(wiped)

  it.effect.each<readonly [what: string, input: object, reason: string, message: RegExp]>([
    ["a blank key", { accessKeyId: " " }, "Invalid", /accessKeyId is blank/],
    ["a blank secret", { secretAccessKey: "" }, "Invalid", /secretAccessKey is blank/],
    ["a blank token", { securityToken: "\t" }, "Invalid", /securityToken is blank/],
    ["a line break in a key", { accessKeyId: `${accessKeyId}\n` }, "Invalid", /accessKeyId has a line break/],
    ["one in a secret", { secretAccessKey: `${secretAccessKey}\r\n` }, "Invalid", /secretAccessKey has a line break/],
    [
      "one in a Redacted token",
      { securityToken: Redacted.make(`a\n${securityToken}`) },
      "Invalid",
      /securityToken has a line break/
    ],
    ["a blank around a secret", { secretAccessKey: ` ${secretAccessKey}` }, "Invalid", /secretAccessKey has a blank/],
    ["a character that no key has", { accessKeyId: `${accessKeyId}“` }, "Invalid", /accessKeyId has a character/],
    ["an escape", { accessKeyId: `${accessKeyId}\u001b[0m` }, "Invalid", /accessKeyId has a character/],
    ["a secret that was wiped", { secretAccessKey: wiped }, "Invalid", /secretAccessKey is no text/],
    ["a number", { accessKeyId: 5 }, "Invalid", /accessKeyId is no text/],
    ["a date that is none", { expiration: "tomorrow" }, "Invalid", /expiration is no date/],
    ["another one", { expiration: new Date(Number.NaN) }, "Invalid", /expiration is no date/],
    [
      "several things at once",
      { accessKeyId: "", secretAccessKey: "\n", expiration: "" },
      "Invalid",
      /accessKeyId is blank; secretAccessKey is blank; expiration is no date/
    ],
    ["no secret", { secretAccessKey: undefined }, "Incomplete", /have no secretAccessKey\./],
    ["nothing", { accessKeyId: undefined, secretAccessKey: null }, "Missing", /no accessKeyId and no secretAccessKey/]
  ])("fails with %s when it is built", ([, wrong, reason, message]) =>
    Effect.gen(function* () {
      // As a program without types gives it
      const input = Object.assign({ ...keys }, wrong)
      const error = yield* Effect.flip(Effect.scoped(Layer.build(ObsCredentials.layer(input))))
      expect(error._tag).toBe("CredentialsError")
      expect(error).toMatchObject({ source: "layer", reason })
      expect(error.message).toMatch(message)
      expect(error.message.endsWith(error.solution)).toBe(true)
      expectNoSecret(yield* shownBy(error))
    })
  )

  it.effect("fails when its credentials are over", () =>
    Effect.gen(function* () {
      const now = yield* Clock.currentTimeMillis
      yield* Effect.gen(function* () {
        expect(Option.isSome(yield* ObsCredentials.get)).toBe(true)
        yield* TestClock.adjust("59 minutes")
        expect(Option.isSome(yield* ObsCredentials.get)).toBe(true)
        yield* TestClock.adjust("1 minute")
        expect(yield* Effect.flip(ObsCredentials.get)).toMatchObject({ source: "layer", reason: "Expired" })
      }).pipe(Effect.provide(ObsCredentials.layer({ ...keys, expiration: new Date(now + 3_600_000) })))
    })
  )
})

describe("CredentialsError", () => {
  it.effect("is a class that is caught by its tag, and a schema", () =>
    Effect.gen(function* () {
      const error = yield* failureOf(ObsCredentials.layer({ accessKeyId: "", secretAccessKey: "" }))
      expect(error).toBeInstanceOf(ObsCredentials.CredentialsError)
      expect(error).toBeInstanceOf(Error)
      const encoded: unknown = JSON.parse(JSON.stringify(Schema.encodeSync(ObsCredentials.CredentialsError)(error)))
      expect(encoded).toEqual({
        _tag: "CredentialsError",
        source: "layer",
        reason: "Invalid",
        message: error.message,
        solution: error.solution
      })
      expect(Schema.decodeUnknownSync(ObsCredentials.CredentialsError)(encoded)).toEqual(error)
      const caught = Effect.fail(error).pipe(
        Effect.catchTag("CredentialsError", ({ reason }) => Effect.succeed(reason))
      )
      expect(yield* caught).toBe("Invalid")
    })
  )
})

const env = (variables: Record<string, string>) =>
  ObsCredentials.layerConfig.pipe(Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnvRecord(variables))))

describe("layerConfig", () => {
  const obs = { OBS_ACCESS_KEY_ID: accessKeyId, OBS_SECRET_ACCESS_KEY: secretAccessKey }
  const huawei = { HUAWEICLOUD_SDK_AK: "OTHERKEY", HUAWEICLOUD_SDK_SK: "other-secret" }

  it.effect.each([
    ["the names of OBS", obs, accessKeyId, secretAccessKey, undefined],
    ["their token", { ...obs, OBS_SECURITY_TOKEN: securityToken }, accessKeyId, secretAccessKey, securityToken],
    ["the names of Huawei Cloud", huawei, "OTHERKEY", "other-secret", undefined],
    [
      "their token",
      { ...huawei, HUAWEICLOUD_SDK_SECURITY_TOKEN: securityToken },
      "OTHERKEY",
      "other-secret",
      securityToken
    ],
    [
      "nothing of variables whose names go on",
      { ...obs, OBS_SECURITY_TOKEN_FILE: "/token", OBS_ACCESS_KEY_ID_OLD: "OLD" },
      accessKeyId,
      secretAccessKey,
      undefined
    ],
    ["the first family of two", { ...huawei, ...obs }, accessKeyId, secretAccessKey, undefined],
    [
      "none of the token of another family",
      { ...obs, HUAWEICLOUD_SDK_SECURITY_TOKEN: "other-token" },
      accessKeyId,
      secretAccessKey,
      undefined
    ],
    [
      "no variable that is blank",
      { ...huawei, OBS_ACCESS_KEY_ID: "", OBS_SECRET_ACCESS_KEY: " " },
      "OTHERKEY",
      "other-secret",
      undefined
    ],
    [
      "a secret as it is",
      { ...obs, OBS_SECRET_ACCESS_KEY: "a,b;c=d_e/f+g==" },
      accessKeyId,
      "a,b;c=d_e/f+g==",
      undefined
    ]
  ] as const)("takes %s", ([, variables, id, secret, token]) =>
    Effect.gen(function* () {
      const found = Option.getOrThrow(yield* got(env(variables)))
      expect(found.accessKeyId).toBe(id)
      expect(Redacted.value(found.secretAccessKey)).toBe(secret)
      expect(found.securityToken && Redacted.value(found.securityToken)).toBe(token)
    })
  )

  it.effect.each([
    [
      "nothing at all",
      {},
      "Missing",
      "neither OBS_ACCESS_KEY_ID and OBS_SECRET_ACCESS_KEY nor HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK"
    ],
    [
      "no secret",
      { OBS_ACCESS_KEY_ID: accessKeyId },
      "Incomplete",
      "has OBS_ACCESS_KEY_ID, but no OBS_SECRET_ACCESS_KEY"
    ],
    [
      "no key, whatever the second family has",
      { ...huawei, OBS_SECRET_ACCESS_KEY: secretAccessKey },
      "Incomplete",
      "has OBS_SECRET_ACCESS_KEY, but no OBS_ACCESS_KEY_ID"
    ],
    [
      "a token alone",
      { HUAWEICLOUD_SDK_SECURITY_TOKEN: securityToken },
      "Incomplete",
      "has HUAWEICLOUD_SDK_SECURITY_TOKEN, but no HUAWEICLOUD_SDK_AK and no HUAWEICLOUD_SDK_SK"
    ],
    [
      "a secret with a line break",
      { ...obs, OBS_SECRET_ACCESS_KEY: `${secretAccessKey}\nx` },
      "Invalid",
      "OBS_SECRET_ACCESS_KEY has a line break"
    ]
  ] as const)("fails with %s", ([, variables, reason, message]) =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Effect.scoped(Layer.build(env(variables))))
      expect(error).toMatchObject({ _tag: "CredentialsError", source: "config", reason })
      expect(error.message).toContain(message)
      expectNoSecret(yield* shownBy(error))
    })
  )
})

/** Temporary credentials that are told apart by their number, and end so many minutes from now. */
const temporary = (number: number, minutes: number) =>
  Effect.map(Clock.currentTimeMillis, (now) => ({
    accessKeyId: `KEY${String(number)}`,
    secretAccessKey,
    securityToken,
    expiration: new Date(now + minutes * 60_000)
  }))

/** An effect that counts how often it runs. */
const counting = <A, E>(run: (count: number) => Effect.Effect<A, E>) => {
  const ran = { times: 0 }
  return {
    runs: () => ran.times,
    effect: Effect.suspend(() => {
      ran.times += 1
      return run(ran.times)
    })
  }
}

/** So many who ask at the same time. */
const atOnce = <A, E, R>(count: number, effect: Effect.Effect<A, E, R>) =>
  Effect.all(
    Array.from({ length: count }, () => effect),
    { concurrency: "unbounded" }
  )

const key = Effect.map(ObsCredentials.get, (found) => Option.getOrThrow(found).accessKeyId)

const failing = Effect.fail(new Error(`no: ${secretAccessKey}`))

describe("layerEffect", () => {
  it.effect("asks once, and keeps what does not end for ever", () =>
    Effect.gen(function* () {
      const source = counting(() => Effect.succeed(keys))
      yield* Effect.gen(function* () {
        expect(source.runs()).toBe(0)
        expect(yield* key).toBe(accessKeyId)
        yield* TestClock.adjust("1000 days")
        expect(yield* key).toBe(accessKeyId)
        expect(source.runs()).toBe(1)
      }).pipe(Effect.provide(ObsCredentials.layerEffect(source.effect)))
    })
  )

  it.effect("renews ten minutes before the end, while the old ones serve", () =>
    Effect.gen(function* () {
      const source = counting((count) => Effect.delay(temporary(count, 60), count === 1 ? 0 : 1000))
      yield* Effect.gen(function* () {
        expect(yield* key).toBe("KEY1")
        yield* TestClock.adjust("49 minutes")
        expect(yield* key).toBe("KEY1")
        expect(source.runs()).toBe(1)
        yield* TestClock.adjust("1 minute")
        expect(yield* key).toBe("KEY1")
        yield* TestClock.adjust("500 millis")
        expect(yield* key).toBe("KEY1")
        expect(source.runs()).toBe(2)
        yield* TestClock.adjust("500 millis")
        expect(yield* key).toBe("KEY2")
        expect(source.runs()).toBe(2)
      }).pipe(Effect.provide(ObsCredentials.layerEffect(source.effect)))
    })
  )

  it.effect("renews when it is told to", () =>
    Effect.gen(function* () {
      const ending = counting((count) => temporary(count, 60))
      const endless = counting((count) => Effect.succeed({ ...keys, accessKeyId: `KEY${String(count)}` }))
      yield* Effect.gen(function* () {
        yield* key
        yield* TestClock.adjust("29 minutes")
        yield* key
        expect(ending.runs()).toBe(1)
        yield* TestClock.adjust("1 minute")
        yield* key
        yield* TestClock.adjust(0)
        expect(ending.runs()).toBe(2)
      }).pipe(Effect.provide(ObsCredentials.layerEffect(ending.effect, { renewBefore: "30 minutes" })))
      yield* Effect.gen(function* () {
        yield* key
        yield* TestClock.adjust("1 hour")
        yield* key
        yield* TestClock.adjust(0)
        expect(yield* key).toBe("KEY2")
      }).pipe(Effect.provide(ObsCredentials.layerEffect(endless.effect, { timeToLive: "1 hour", renewBefore: -1 })))
    })
  )

  it.effect("renews short ones at half their time, and not in a loop where nothing newer comes", () =>
    Effect.gen(function* () {
      const source = counting(() => Effect.succeed({ ...keys, expiration: new Date(start + 300_000) }))
      const start = yield* Clock.currentTimeMillis
      yield* Effect.gen(function* () {
        for (let second = 0; second < 299; second++) {
          yield* key
          yield* TestClock.adjust("1 second")
        }
        expect(source.runs()).toBeLessThan(10)
        yield* TestClock.adjust("1 second")
        expect(yield* Effect.flip(ObsCredentials.get)).toMatchObject({ reason: "Expired" })
      }).pipe(Effect.provide(ObsCredentials.layerEffect(source.effect)))
    })
  )

  it.effect("renews what is over once for 100 who ask at the same time", () =>
    Effect.gen(function* () {
      const source = counting((count) => Effect.delay(temporary(count, 60), count === 1 ? 0 : 1000))
      yield* Effect.gen(function* () {
        yield* key
        yield* TestClock.adjust("2 hours")
        const asking = yield* Effect.forkChild(atOnce(100, key))
        yield* TestClock.adjust("1 second")
        expect(new Set(yield* Fiber.join(asking))).toEqual(new Set(["KEY2"]))
        expect(source.runs()).toBe(2)
      }).pipe(Effect.provide(ObsCredentials.layerEffect(source.effect)))
    })
  )

  it.effect("fails nobody while the old ones serve, and tries again after a wait", () =>
    Effect.gen(function* () {
      const lines: Array<string> = []
      const source = counting((count) => (count === 1 || count === 4 ? temporary(count, 60) : failing))
      yield* Effect.gen(function* () {
        expect(yield* key).toBe("KEY1")
        yield* TestClock.adjust("55 minutes")
        const ten = atOnce(10, key)
        expect(new Set(yield* ten)).toEqual(new Set(["KEY1"]))
        yield* TestClock.adjust("29 seconds")
        expect(new Set(yield* ten)).toEqual(new Set(["KEY1"]))
        expect(source.runs()).toBe(2)
        yield* TestClock.adjust("1 seconds")
        expect(new Set(yield* ten)).toEqual(new Set(["KEY1"]))
        yield* TestClock.adjust(0)
        expect(source.runs()).toBe(3)
        yield* TestClock.adjust("30 seconds")
        yield* ten
        yield* TestClock.adjust(0)
        expect(yield* key).toBe("KEY4")
        expect(source.runs()).toBe(4)
      }).pipe(
        Effect.provide(ObsCredentials.layerEffect(source.effect, { name: "vault" })),
        Effect.provide(Logger.layer([Logger.map(Logger.formatJson, (line) => lines.push(line))]))
      )
      expect(lines).toHaveLength(2)
      expect(lines[0]).toMatch(
        /not renewed, and the old ones are still in use.*Asking vault for credentials failed with Error/
      )
      expectNoSecret(lines.join("\n"))
    })
  )

  it.effect("fails all who wait when nothing serves, and tries again for the next one", () =>
    Effect.gen(function* () {
      const source = counting((count) =>
        count === 2 ? Effect.delay(failing, 1000) : count === 1 ? temporary(count, 60) : temporary(count, 60)
      )
      yield* Effect.gen(function* () {
        yield* key
        yield* TestClock.adjust("1 hour")
        const asking = yield* Effect.forkChild(atOnce(100, Effect.flip(key)))
        yield* TestClock.adjust("1 second")
        const errors = yield* Fiber.join(asking)
        expect(errors).toHaveLength(100)
        expect(errors[99]).toMatchObject({ _tag: "CredentialsError", source: "vault", reason: "Unavailable" })
        expect(source.runs()).toBe(2)
        expect(yield* key).toBe("KEY3")
      }).pipe(Effect.provide(ObsCredentials.layerEffect(source.effect, { name: "vault" })))
    })
  )

  it.effect("goes on for the others when the one who asked first no longer waits", () =>
    Effect.gen(function* () {
      const source = counting((count) => Effect.delay(temporary(count, 60), 1000))
      yield* Effect.gen(function* () {
        const first = yield* Effect.forkChild(key)
        yield* TestClock.adjust("500 millis")
        const others = yield* Effect.forkChild(Effect.all([key, key], { concurrency: "unbounded" }))
        yield* TestClock.adjust("100 millis")
        yield* Fiber.interrupt(first)
        yield* TestClock.adjust("400 millis")
        expect(yield* Fiber.join(others)).toEqual(["KEY1", "KEY1"])
        expect(source.runs()).toBe(1)
      }).pipe(Effect.provide(ObsCredentials.layerEffect(source.effect)))
    })
  )

  it.effect("ends with its layer, and who waits then is told so", () =>
    Effect.gen(function* () {
      let interrupted = false
      const effect = Effect.onInterrupt(Effect.never, () =>
        Effect.sync(() => {
          interrupted = true
        })
      )
      const [asking, service] = yield* Effect.gen(function* () {
        const service = yield* ObsCredentials.ObsCredentials
        const asking = yield* Effect.forkDetach(Effect.flip(service.get))
        yield* TestClock.adjust("1 second")
        return [asking, service] as const
      }).pipe(Effect.provide(ObsCredentials.layerEffect(effect)))
      expect(interrupted).toBe(true)
      expect((yield* Fiber.join(asking)).message).toMatch(/after their layer was closed/)
      expect((yield* Effect.flip(service.get)).message).toMatch(/after their layer was closed/)
    })
  )

  it.effect("runs with the services of the layer, in a scope of its own", () =>
    Effect.gen(function* () {
      let open = 0
      const effect = Effect.gen(function* () {
        yield* Effect.acquireRelease(
          Effect.sync(() => open++),
          () => Effect.sync(() => open--)
        )
        const inner = yield* ObsCredentials.ObsCredentials
        const found = Option.getOrThrow(yield* inner.get)
        expect(open).toBe(1)
        return { accessKeyId: `${found.accessKeyId}X`, secretAccessKey: found.secretAccessKey }
      })
      const layer = ObsCredentials.layerEffect(effect).pipe(Layer.provide(ObsCredentials.layer(keys)))
      expect(yield* Effect.provide(key, layer)).toBe(`${accessKeyId}X`)
      expect(open).toBe(0)
    })
  )

  class Denied extends Error {
    override readonly name = "Denied"
    readonly token = securityToken
  }

  it.effect.each<
    readonly [what: string, effect: Effect.Effect<ObsCredentials.CredentialsInput, unknown>, message: RegExp]
  >([
    ["fails", failing, /Asking vault for credentials failed with Error\./],
    ["fails with a class", Effect.fail(new Denied(`no ${secretAccessKey}`, { cause: keys })), /failed with Denied\./],
    ["fails with a tag", Effect.fail({ _tag: "Gone", secretAccessKey }), /failed with Gone\./],
    ["fails with a tag that tells something", Effect.fail({ _tag: `no ${secretAccessKey}` }), /credentials failed\./],
    ["fails with a text", Effect.fail(secretAccessKey), /credentials failed\./],
    ["fails with nothing", Effect.fail(undefined), /credentials (failed|died)/],
    ["dies", Effect.die(new Denied(secretAccessKey)), /died with Denied\./],
    ["throws", Effect.sync(() => expect.fail(secretAccessKey)), /died with AssertionError\./],
    ["is interrupted", Effect.interrupt, /credentials was interrupted\./],
    ["never ends", Effect.never, /Asking vault for credentials took longer than 1000 ms\./],
    ["times out by itself", Effect.timeout(Effect.never, 10), /failed with Timeout(Error|Exception)\./],
    ["gives half", Effect.succeed({ accessKeyId: "", secretAccessKey }), /credentials of vault .*accessKeyId is blank/],
    [
      "gives what is over",
      Effect.succeed({ ...keys, securityToken, expiration: "1960-01-01T00:00:00Z" }),
      /of vault have expired, by the clock of this machine\. If they are new, the clock/
    ],
    [
      "fails with an error of credentials",
      Effect.fail(
        new ObsCredentials.CredentialsError({
          source: "mine",
          reason: "Missing",
          message: `mine: x-obs-security-token: ${securityToken}, secret=${secretAccessKey}`,
          solution: `Authorization: OBS ${accessKeyId}:${secretAccessKey}`
        })
      ),
      /^mine: /
    ]
  ])("that %s fails with an error without secrets, in no sink", ([, effect, message]) =>
    Effect.gen(function* () {
      const recorded: Array<unknown> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => {
        const { attribute, end } = span
        span.attribute = (name, value) => {
          recorded.push(name, value)
          attribute.call(span, name, value)
        }
        span.end = (time, exit) => {
          recorded.push(span.name, Exit.isFailure(exit) ? Cause.pretty(exit.cause) : inspect(exit, { depth: 9 }))
          end.call(span, time, exit)
        }
      })
      const asking = yield* failureOf(ObsCredentials.layerEffect(effect, { name: "vault", timeout: 1000 })).pipe(
        Effect.withTracer(tracer),
        Effect.forkChild
      )
      yield* TestClock.adjust("2 seconds")
      const error = yield* Fiber.join(asking)
      expect(error).toBeInstanceOf(ObsCredentials.CredentialsError)
      expect(error.message).toMatch(message)
      expectNoSecret(yield* shownBy(error))
      expect(recorded).toContain("ObsCredentials.renew")
      expectNoSecret(recorded.map((one) => inspect(one)).join("\n"))
    })
  )

  it.effect("has in its cause, redacted, what the effect failed with", () =>
    Effect.gen(function* () {
      const { cause } = yield* failureOf(ObsCredentials.layerEffect(Effect.fail(new Denied(secretAccessKey))))
      expect(Redacted.isRedacted(cause) && Redacted.value(cause)).toBeInstanceOf(Denied)
    })
  )

  it.effect("judges by the clock of who asks, which a retry corrects by the server's", () =>
    Effect.gen(function* () {
      const source = counting((count) => temporary(count, count * 180))
      const asked: Array<string> = []
      const now = yield* Clock.currentTimeMillis
      const skewed = new ObsError.RequestTimeTooSkewed({ serverTime: DateTime.makeUnsafe(now + 4 * 3_600_000) })
      yield* Effect.gen(function* () {
        asked.push(yield* key)
        if (asked.length === 1) yield* Effect.fail(skewed)
      }).pipe(
        ObsRetry.retry({ delay: 0 }),
        Effect.provide(ObsRetry.layerBudget()),
        Effect.forkChild,
        Effect.tap(() => TestClock.adjust("1 second")),
        Effect.flatMap(Fiber.join),
        Effect.provide(ObsCredentials.layerEffect(source.effect))
      )
      expect(asked).toEqual(["KEY1", "KEY2"])
    })
  )

  it.effect("can be interrupted where its layer was built with no interruption", () =>
    Effect.gen(function* () {
      const layer = ObsCredentials.layerEffect(Effect.never, { timeout: 1000 })
      const asking = yield* Effect.uninterruptible(failureOf(layer)).pipe(Effect.forkChild)
      yield* TestClock.adjust("1 second")
      expect((yield* Fiber.join(asking)).message).toMatch(/took longer than 1000 ms/)
    })
  )
})

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString().replace("Z", "000Z")

const answerOf = (credential: object) => JSON.stringify({ credential })

const complete = () => ({
  access: accessKeyId,
  secret: secretAccessKey,
  securitytoken: securityToken,
  expires_at: inAnHour()
})

interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: Http.IncomingHttpHeaders
}

type Handle = (response: Http.ServerResponse, request: Http.IncomingMessage) => void

const metadataToken = "TOKENofTHEmetadata9876543210"

const giveToken: Handle = (response) => response.end(metadataToken)

/** A metadata service on loopback, and a layer that asks it. */
const metadata = (token: Handle, securityKey: Handle, options: ObsCredentials.EcsOptions = {}) =>
  Effect.gen(function* () {
    const seen: Array<Seen> = []
    const { url } = yield* rawServer((request, response) => {
      seen.push({ method: request.method, url: request.url, headers: request.headers })
      const handle = request.method === "PUT" ? token : securityKey
      handle(response, request)
    })
    const layer = ObsCredentials.layerEcs({ endpoint: url, ...options }).pipe(Layer.provide(FetchHttpClient.layer))
    return { seen, layer, url }
  })

const status =
  (code: number, headers: Record<string, string> = {}): Handle =>
  (response) => {
    response.writeHead(code, headers).end("<html>no</html>")
  }

const body =
  (text: string | Uint8Array): Handle =>
  (response) => {
    response.end(text)
  }

const silence: Handle = () => undefined

describe("layerEcs", () => {
  it.live("asks for a token, then with it for the credentials, and once for all who ask", () =>
    Effect.gen(function* () {
      const { layer, seen } = yield* metadata(giveToken, body(answerOf(complete())))
      yield* Effect.gen(function* () {
        const all = yield* atOnce(100, ObsCredentials.get)
        expect(all).toHaveLength(100)
        const found = Option.getOrThrow(yield* ObsCredentials.get)
        expect(found.accessKeyId).toBe(accessKeyId)
        expect(Redacted.value(found.secretAccessKey)).toBe(secretAccessKey)
        expect(found.securityToken && Redacted.value(found.securityToken)).toBe(securityToken)
        expect(found.expiration && DateTime.toEpochMillis(found.expiration)).toBeGreaterThan(Date.now() + 3_500_000)
      }).pipe(Effect.provide(layer))
      expect(seen.map(({ method, url }) => `${method ?? ""} ${url ?? ""}`)).toEqual([
        "PUT /meta-data/latest/api/token",
        "GET /openstack/latest/securitykey"
      ])
      expect(seen[0]?.headers["x-metadata-token-ttl-seconds"]).toBe("21600")
      expect(seen[1]?.headers["x-metadata-token"]).toBe(metadataToken)
    }).pipe(Effect.scoped)
  )

  it.live.each([404, 405])("asks without a token where the service answers %d to that", (code) =>
    Effect.gen(function* () {
      const { layer, seen } = yield* metadata(status(code), body(answerOf(complete())))
      expect(yield* Effect.provide(key, layer)).toBe(accessKeyId)
      expect(seen[1]?.headers).not.toHaveProperty("x-metadata-token")
    }).pipe(Effect.scoped)
  )

  it.live("takes the statuses of a client that fails with them for answers too", () =>
    Effect.gen(function* () {
      const { url } = yield* metadata(status(404), body(answerOf(complete())))
      const strict = Layer.effect(
        HttpClient.HttpClient,
        Effect.gen(function* () {
          return HttpClient.filterStatusOk(yield* HttpClient.HttpClient)
        })
      ).pipe(Layer.provide(FetchHttpClient.layer))
      const layer = ObsCredentials.layerEcs({ endpoint: `${url}/` }).pipe(Layer.provide(strict))
      expect(yield* Effect.provide(key, layer)).toBe(accessKeyId)
    }).pipe(Effect.scoped)
  )

  const without = (name: string) => answerOf(Object.fromEntries(Object.entries(complete()).filter(([n]) => n !== name)))

  it.live.each<readonly [what: string, token: Handle, securityKey: Handle, reason: string, message: RegExp]>([
    ["a token refused", status(403), silence, "Unavailable", /status 403 to the request for a token/],
    [
      "a redirect for the token",
      status(302, { location: "/elsewhere" }),
      silence,
      "Unavailable",
      /status (302|0) to the/
    ],
    [
      "a page for a token",
      body(`<html>${securityToken} no</html>`),
      silence,
      "Invalid",
      /something that is not a token/
    ],
    ["an empty token", body(""), silence, "Invalid", /something that is not a token/],
    ["a token without end", body("x".repeat(1_000_000)), silence, "Invalid", /something that is not a token/],
    ["no answer to the first", silence, silence, "Unavailable", /not responded within 1000 ms/],
    ["no agency", giveToken, status(404), "Missing", /has no credentials for this ECS\. Attach an agency/],
    ["a token that is refused", giveToken, status(401), "Unavailable", /status 401 to the request for credentials/],
    ["an error", giveToken, status(503), "Unavailable", /status 503 to the request for credentials/],
    [
      "a redirect",
      giveToken,
      status(307, { location: "/meta-data/latest/api/token" }),
      "Unavailable",
      /status (307|0) to the request for credentials/
    ],
    ["no answer to the second", giveToken, silence, "Unavailable", /not responded within 1000 ms/],
    [
      "half an answer that hangs",
      giveToken,
      (response) => response.writeHead(200, { "content-length": "5000" }).write(answerOf(complete()).slice(0, 150)),
      "",
      /not responded within 1000 ms|did not respond with complete JSON/
    ],
    [
      "a connection that ends",
      giveToken,
      (response) => {
        response.writeHead(200, { "content-length": "5000" }).write(answerOf(complete()).slice(0, 150), () => {
          response.destroy()
        })
      },
      "",
      /could not be reached|did not respond with complete JSON/
    ],
    ["HTML", giveToken, body(`<html>${secretAccessKey}</html>`), "Invalid", /complete JSON that has credentials/],
    ["nothing", giveToken, body(""), "Invalid", /complete JSON/],
    ["cut JSON", giveToken, body(answerOf(complete()).slice(0, -5)), "Invalid", /complete JSON/],
    ["no UTF-8", giveToken, body(new Uint8Array([0xff, 0xfe, 0x00])), "Invalid", /complete JSON/],
    ["null", giveToken, body("null"), "Invalid", /complete JSON/],
    ["an array", giveToken, body('{"credential":[]}'), "Invalid", /complete JSON/],
    ["deep JSON", giveToken, body("[".repeat(60_000)), "Invalid", /complete JSON/],
    [
      "a huge body",
      giveToken,
      body(answerOf({ ...complete(), padding: "x".repeat(10_000_000) })),
      "Invalid",
      /did not respond with complete JSON/
    ],
    ["a body without end", giveToken, endless, "Invalid", /did not respond with complete JSON/],
    ["no access", giveToken, (r) => r.end(without("access")), "Incomplete", /no credential\.access\./],
    ["no secret", giveToken, (r) => r.end(without("secret")), "Incomplete", /no credential\.secret\./],
    ["no token", giveToken, (r) => r.end(without("securitytoken")), "Incomplete", /credential\.securitytoken/],
    ["no expiry", giveToken, (r) => r.end(without("expires_at")), "Incomplete", /credential\.expires_at/],
    [
      "a number for a secret",
      giveToken,
      (r) => r.end(answerOf({ ...complete(), secret: 12345 })),
      "Invalid",
      /credential\.secret is no text/
    ],
    [
      "a line break in a token",
      giveToken,
      (r) => r.end(answerOf({ ...complete(), securitytoken: `${securityToken}\r\nx-a: b` })),
      "Invalid",
      /credential\.securitytoken has a line break/
    ],
    [
      "a date that is none",
      giveToken,
      (r) => r.end(answerOf({ ...complete(), expires_at: `soon ${secretAccessKey}` })),
      "Invalid",
      /credential\.expires_at is no date/
    ],
    [
      "a date that is over",
      giveToken,
      (r) => r.end(answerOf({ ...complete(), expires_at: "2001-01-01T00:00:00.000000Z" })),
      "Expired",
      /expired, by the clock of this machine.*the clock of this machine is ahead/
    ],
    [
      "names of prototypes",
      giveToken,
      body('{"__proto__":{"credential":{}},"credential":{"__proto__":{"access":"a"},"constructor":1}}'),
      "Incomplete",
      /credential\.securitytoken/
    ]
  ])("fails typed and without secrets after %s", ([, token, securityKey, reason, message]) =>
    Effect.gen(function* () {
      const { layer, url } = yield* metadata(token, securityKey, { timeout: 1000 })
      const error = yield* failureOf(layer)
      expect(error).toBeInstanceOf(ObsCredentials.CredentialsError)
      expect(error.source).toBe("ecs")
      if (reason !== "") expect(error.reason).toBe(reason)
      expect(error.message).toMatch(message)
      expect(error.message).toContain(url)
      const shown = yield* shownBy(error)
      expectNoSecret(shown)
      expect(shown).not.toContain(metadataToken)
    }).pipe(Effect.scoped)
  )

  it.live("fails typed where nothing listens, and where the address is none", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.scoped(metadata(silence, silence))
      const at = (endpoint: string) =>
        failureOf(ObsCredentials.layerEcs({ endpoint }).pipe(Layer.provide(FetchHttpClient.layer)))
      expect((yield* at(url)).message).toMatch(/could not be reached\. Check that this is an ECS/)
      expect((yield* at("no address")).message).toMatch(/could not be reached/)
      const user = yield* at(`http://user:${secretAccessKey}@127.0.0.1:1`)
      expectNoSecret(yield* shownBy(user))
    })
  )

  it.live("shows the token of the service in no span and to no client that shows its requests", () =>
    Effect.gen(function* () {
      const { url } = yield* metadata(giveToken, body(answerOf(complete())))
      const recorded: Array<string> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => {
        const { attribute, end } = span
        span.attribute = (name, value) => {
          recorded.push(name, inspect(value))
          attribute.call(span, name, value)
        }
        span.end = (time, exit) => {
          recorded.push(inspect(exit, { depth: 9 }))
          end.call(span, time, exit)
        }
      })
      const layer = ObsCredentials.layerEcs({ endpoint: url }).pipe(Layer.provide(FetchHttpClient.layer))
      expect(yield* key.pipe(Effect.provide(layer), Effect.withTracer(tracer))).toBe(accessKeyId)
      const shown = recorded.join("\n")
      expect(shown).toContain("securitykey")
      expect(shown).not.toContain(metadataToken)
      expectNoSecret(shown)
    }).pipe(Effect.scoped)
  )

  it.effect("renews ten minutes before the end, and outlives answers that are no credentials", () =>
    Effect.gen(function* () {
      const source = counting((count) =>
        Effect.map(temporary(count, 60), ({ expiration, ...found }) =>
          count === 2
            ? "<html>"
            : answerOf({
                access: found.accessKeyId,
                secret: found.secretAccessKey,
                securitytoken: found.securityToken,
                expires_at: expiration.toISOString()
              })
        )
      )
      const client = HttpClient.make((request) =>
        Effect.map(request.method === "PUT" ? Effect.succeed(metadataToken) : source.effect, (text) =>
          HttpClientResponse.fromWeb(request, new Response(text))
        )
      )
      const layer = ObsCredentials.layerEcs().pipe(Layer.provide(Layer.succeed(HttpClient.HttpClient, client)))
      let running = 0
      const tracer = changeSpans(yield* Effect.tracer, (span) => {
        if (span.name !== "ObsCredentials.renew") return
        const { end } = span
        running++
        span.end = (time, exit) => {
          running--
          end.call(span, time, exit)
        }
      })
      // What one gets, with all that a renewal does of it: nothing of that is on the clock, but a body is read by promises
      const settled = Effect.gen(function* () {
        const asking = yield* Effect.forkChild(key)
        do yield* Effect.promise(() => new Promise((resolve) => setImmediate(resolve)))
        while (running > 0)
        return yield* Fiber.join(asking)
      })
      yield* Effect.gen(function* () {
        expect(yield* settled).toBe("KEY1")
        yield* TestClock.adjust("50 minutes")
        expect(yield* settled).toBe("KEY1")
        expect(yield* settled).toBe("KEY1")
        expect(source.runs()).toBe(2)
        yield* TestClock.adjust("30 seconds")
        yield* settled
        expect(yield* settled).toBe("KEY3")
        expect(source.runs()).toBe(3)
      }).pipe(Effect.provide(layer), Effect.provide(Logger.layer([])), Effect.withTracer(tracer))
    })
  )
})

function endless(response: Http.ServerResponse): void {
  const timer = setInterval(() => response.write(" ".repeat(65_536)), 1)
  response.on("close", () => {
    clearInterval(timer)
  })
}

describe("layerChain", () => {
  const missing = env({})
  const half = env({ OBS_ACCESS_KEY_ID: accessKeyId })

  it.effect("takes the first link that works", () =>
    Effect.gen(function* () {
      const second = ObsCredentials.layer({ ...keys, accessKeyId: "SECOND" })
      const third = counting(() => Effect.succeed(keys))
      const chain = ObsCredentials.layerChain([missing, second, ObsCredentials.layerEffect(third.effect)])
      expect(yield* Effect.provide(key, chain)).toBe("SECOND")
      expect(third.runs()).toBe(0)
      expect(yield* got(ObsCredentials.layerChain([missing, ObsCredentials.layerAnonymous]))).toEqual(Option.none())
    })
  )

  it.effect("tells which links failed, and why", () =>
    Effect.gen(function* () {
      const vault = ObsCredentials.layerEffect(failing, { name: "vault" })
      const error = yield* failureOf(
        ObsCredentials.layerChain([half, ObsCredentials.layerChain([missing]), vault, missing])
      )
      expect(error).toMatchObject({ source: "chain", reason: "Unavailable" })
      expect(error.links?.map(({ reason, source }) => [source, reason])).toEqual([
        ["config", "Incomplete"],
        ["config", "Missing"],
        ["vault", "Unavailable"],
        ["config", "Missing"]
      ])
      expect(error.message).toMatch(
        /^No link of the chain has credentials\. 1\. config: The configuration has OBS_ACCESS_KEY_ID, but no OBS_SECRET_ACCESS_KEY\. Set .* 2\. config: .* 3\. vault: .*credentials failed with Error\. .* 4\. config: .*Fix one of the links/
      )
      expectNoSecret(yield* shownBy(error))
      const encoded = Schema.encodeSync(ObsCredentials.CredentialsError)(error)
      expect(Schema.decodeUnknownSync(ObsCredentials.CredentialsError)(encoded).links).toEqual(error.links)
    })
  )

  it.effect("fails when it is built where no link can be", () =>
    Effect.gen(function* () {
      const build = (links: ReadonlyArray<Provided>) =>
        Effect.flip(Effect.scoped(Layer.build(ObsCredentials.layerChain(links))))
      expect(yield* build([missing, missing])).toMatchObject({ source: "chain", reason: "Missing" })
      expect((yield* build([])).message).toBe("The chain of credentials has no links. Give it at least one.")
    })
  )

  it.effect("stays with the link that works, and begins anew where that fails", () =>
    Effect.gen(function* () {
      const flag = { first: false, second: true }
      const service = (name: "first" | "second") => {
        const asked = counting(() =>
          flag[name] ? Effect.map(ObsCredentials.make({ ...keys, accessKeyId: name }), Option.some) : got(missing)
        )
        return { asked, layer: Layer.succeed(ObsCredentials.ObsCredentials, { get: asked.effect }) }
      }
      const [first, second] = [service("first"), service("second")]
      yield* Effect.gen(function* () {
        expect(yield* key).toBe("second")
        flag.first = true
        expect(yield* key).toBe("second")
        expect(first.asked.runs()).toBe(1)
        flag.second = false
        expect(yield* key).toBe("first")
        expect(second.asked.runs()).toBe(3)
        flag.first = false
        const error = yield* Effect.flip(key)
        expect(error.links).toHaveLength(2)
        flag.second = true
        expect(yield* key).toBe("second")
      }).pipe(Effect.provide(ObsCredentials.layerChain([first.layer, second.layer])))
    })
  )
})

describe("layerAnonymous", () => {
  it.effect("has no credentials", () =>
    Effect.gen(function* () {
      expect(yield* got(ObsCredentials.layerAnonymous)).toEqual(Option.none())
    })
  )
})
