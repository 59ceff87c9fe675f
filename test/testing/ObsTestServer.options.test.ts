import { Deferred, Effect, Exit, FetchHttpClient, Fiber, HttpClient, Layer, Scope } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { ObsTestServer } from "effect-obs/testing/node"

const said =
  (body: string): ObsTestService.Handler =>
  () =>
    Effect.succeed({ status: 200, headers: {}, body })

const textOf = (url: string) =>
  Effect.flatMap(HttpClient.get(url), ({ text }) => text).pipe(Effect.provide(FetchHttpClient.layer))

describe("an ObsTestServer with options", () => {
  it.live("listens at the host and the port that it is given", () =>
    Effect.gen(function* () {
      // A port that was free a moment ago
      const { port } = yield* Effect.scoped(ObsTestServer.makeWith(said(""), {}))
      const server = yield* ObsTestServer.makeWith(said("meow"), { host: "localhost", port })
      expect([server.port, ["127.0.0.1", "::1"].includes(server.host)]).toEqual([port, true])
      expect(yield* textOf(server.url)).toBe("meow")
    }).pipe(Effect.scoped)
  )

  it.live("has an address of version 6 in brackets", () =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(ObsTestServer.makeWith(said("meow"), { host: "::1" }))
      // A machine may have none
      if (Exit.isFailure(exit)) {
        expect(String(exit)).toContain("NoSuchAddress")
        return
      }
      expect(exit.value.url).toBe(`http://[::1]:${String(exit.value.port)}`)
      expect(yield* textOf(exit.value.url)).toBe("meow")
    }).pipe(Effect.scoped)
  )

  it.live("says that a port is taken", () =>
    Effect.gen(function* () {
      const { port } = yield* ObsTestServer.make(said(""))
      const failure = yield* Effect.flip(ObsTestServer.makeWith(said(""), { port }))
      expect(failure).toMatchObject({ _tag: "ListenError", reason: "PortTaken", host: "127.0.0.1", port })
      expect(failure.message).toBe(
        `Cannot listen at 127.0.0.1, port ${String(port)}: another program listens there. Stop it, or take another port.`
      )
    }).pipe(Effect.scoped)
  )

  it.live.each([
    [{ host: "192.0.2.1" }, "NoSuchAddress", "this machine has no such address"],
    [{ host: "nowhere.invalid" }, "NoSuchAddress", "this machine has no such address"],
    [{ port: 65_536 }, "Unknown", "65536"],
    [{ port: -1 }, "Unknown", "-1"]
  ] as const)("says why it cannot listen at %j", ([options, reason, text]) =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(ObsTestServer.makeWith(said(""), options))
      expect(failure.reason).toBe(reason)
      expect(failure.message).toContain(text)
    }).pipe(Effect.scoped)
  )

  it.live("fails as a layer with the same error, and with that of the handler", () =>
    Effect.gen(function* () {
      const { port } = yield* ObsTestServer.make(said(""))
      const taken = yield* Effect.flip(
        Effect.scoped(Layer.build(ObsTestServer.layerWith(ObsTestService.make, { port })))
      )
      expect(taken.reason).toBe("PortTaken")
      const none = yield* Effect.flip(Effect.scoped(Layer.build(ObsTestServer.layerWith(Effect.fail("none"), {}))))
      expect(none).toBe("none")
      const url = yield* Effect.map(ObsTestServer.ObsTestServer, ({ url }) => url).pipe(
        Effect.provide(ObsTestServer.layerWith(ObsTestService.make, {}))
      )
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    }).pipe(Effect.scoped)
  )

  /** A server with one request that runs until it is told to end, and is being stopped. */
  const stopping = (gracePeriod: number) =>
    Effect.gen(function* () {
      const begun = yield* Deferred.make<void>()
      const end = yield* Deferred.make<void>()
      const handler: ObsTestService.Handler = () =>
        Deferred.succeed(begun, undefined).pipe(
          Effect.andThen(Deferred.await(end)),
          Effect.as({ status: 200, headers: {}, body: "meow" })
        )
      const scope = yield* Scope.make()
      const { url } = yield* Effect.provideService(ObsTestServer.makeWith(handler, { gracePeriod }), Scope.Scope, scope)
      const answer = yield* Effect.forkChild(Effect.exit(textOf(url)))
      yield* Deferred.await(begun)
      const stopped = yield* Effect.forkChild(Scope.close(scope, Exit.void))
      return { answer: Fiber.join(answer), end: Deferred.succeed(end, undefined), stopped: Fiber.join(stopped), url }
    })

  it.live("lets a request end that is running, and accepts no other", () =>
    Effect.gen(function* () {
      const { answer, end, stopped, url } = yield* stopping(60_000)
      // It may need a moment to be closed
      yield* Effect.repeat(Effect.exit(Effect.timeout(textOf(`${url}/other`), 50)), {
        until: (exit) => Exit.isFailure(exit) && !String(exit).includes("Timeout")
      })
      yield* end
      expect(yield* answer).toEqual(Exit.succeed("meow"))
      yield* stopped
    }).pipe(Effect.scoped)
  )

  it.live("cuts a request off when the period is over", () =>
    Effect.gen(function* () {
      const { answer, stopped } = yield* stopping(20)
      yield* stopped
      expect(Exit.isFailure(yield* answer)).toBe(true)
    }).pipe(Effect.scoped)
  )
})
