import {
  Cause,
  changeSpans,
  Clock,
  DateTime,
  Effect,
  FetchHttpClient,
  HttpBody,
  HttpClient,
  HttpClientRequest,
  type HttpClientResponse,
  Layer,
  Logger,
  Schema,
  Stream,
  TestClock,
  transportError,
  withOwnClock,
  withRandom
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsCredentials, ObsError, ObsHttpClient, ObsRetry } from "effect-obs"
import { ObsTestClient, ObsTestService } from "effect-obs/testing"
import { createHmac } from "node:crypto"
import type * as Http from "node:http"
import { inspect } from "node:util"
import { rawServer } from "./support/rawServer.js"
import { tcpServer } from "./support/tcpServer.js"
import { lookup, tlsServer, trusted } from "./support/tlsServer.js"
import { sentBody } from "./support/bytes.js"

const secret = "Zq7WxSECRETvalue9KpLmTtUu12345"
const token = "Tk5YySECRETtoken8JqNnRrVv67890"

const keys = ObsCredentials.layer({ accessKeyId: "HPUAEXAMPLE", secretAccessKey: secret })
const temporary = ObsCredentials.layer({ accessKeyId: "HPUAEXAMPLE", secretAccessKey: secret, securityToken: token })

const bucket = "https://photos.obs.eu-de.otc.t-systems.com"
const url = `${bucket}/cat.txt`

const withBudget = Effect.provide(ObsRetry.layerBudget())
const withoutWaiting = withRandom([0])

const hundred = Array.from({ length: 100 }, (_, i) => i)

/** A handler that keeps what it is sent. */
const recording = (handler: ObsTestService.Handler) => {
  const requests: Array<ObsTestService.Request> = []
  const client = ObsTestClient.make((request) => {
    requests.push(request)
    return handler(request)
  })
  return { client, requests }
}

const ok: ObsTestService.Handler = () => Effect.succeed({ status: 200, headers: {}, body: "meow" })

const dateOf = ({ headers }: ObsTestService.Request) => Date.parse(headers["x-obs-date"] ?? "")

const signatureOf = (text: string) => createHmac("sha1", secret).update(text).digest("base64")

describe.each([
  ["fetch", FetchHttpClient.layer],
  ["Node's http", NodeHttpClient.layerNodeHttp],
  ["undici", NodeHttpClient.layerUndici]
] as const)("over real sockets, with %s", (_, client) => {
  const serve = (received: Array<Http.IncomingMessage>) =>
    rawServer((request, response) => {
      received.push(request)
      request.resume().on("end", () => response.end("meow"))
    })

  it.live("sends what is signed, with the token", () =>
    Effect.gen(function* () {
      const received: Array<Http.IncomingMessage> = []
      const { url } = yield* serve(received)
      const obs = (yield* HttpClient.HttpClient).pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk)
      yield* obs.put(`${url}/photos/a cat?acl`, {
        body: HttpBody.text("meow", "text/plain"),
        headers: { "x-obs-acl": "private" }
      })
      const [{ headers, method, url: target } = {}] = received
      expect([method, target]).toEqual(["PUT", "/photos/a%20cat?acl"])
      const lines = [
        "PUT\n",
        "text/plain\n",
        "x-obs-acl:private",
        `x-obs-date:${String(headers?.["x-obs-date"])}`,
        `x-obs-security-token:${token}`,
        "/photos/a%20cat?acl"
      ]
      expect(headers?.authorization).toBe(`OBS HPUAEXAMPLE:${signatureOf(lines.join("\n"))}`)
      expect(Math.abs(Date.parse(String(headers?.["x-obs-date"])) - Date.now())).toBeLessThan(5000)
    }).pipe(Effect.scoped, Effect.provide([client, temporary]))
  )

  it.live("signs a hundred concurrent calls, each with its own", () =>
    Effect.gen(function* () {
      const received: Array<Http.IncomingMessage> = []
      const { url } = yield* serve(received)
      const obs = (yield* HttpClient.HttpClient).pipe(
        ObsHttpClient.sign,
        ObsHttpClient.filterStatusOk,
        ObsHttpClient.retry
      )
      const call = (i: number) => obs.get(`${url}/photos/${String(i % 50)}`)
      yield* Effect.forEach(hundred, call, { concurrency: "unbounded", discard: true })
      expect(received).toHaveLength(100)
      for (const { headers, url = "" } of received) {
        const text = `GET\n\n\n\nx-obs-date:${String(headers["x-obs-date"])}\n${url}`
        expect(headers.authorization).toBe(`OBS HPUAEXAMPLE:${signatureOf(text)}`)
      }
    }).pipe(Effect.scoped, Effect.provide([client, keys]))
  )

  it.live("sends nothing to where a redirect leads out of its domain", () =>
    Effect.gen(function* () {
      const elsewhere: Array<string> = []
      const other = yield* tcpServer((socket, head) => {
        elsewhere.push(head)
        socket.end("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
      })
      const port = new URL(other.url).port
      for (const location of [
        `http://127.0.0.1:${port}/photos/cat`,
        `https://127.0.0.1:${port}/photos/cat`,
        `https://localhost:${port}/photos/cat`,
        `//localhost:${port}/photos/cat`
      ]) {
        for (const status of [301, 302, 303, 307, 308]) {
          const { url } = yield* rawServer((request, response) => {
            request.resume().on("end", () => response.writeHead(status, { location }).end())
          })
          for (const redirects of [false, true]) {
            const raw = ObsHttpClient.sign(yield* HttpClient.HttpClient, { redirects })
            const put = {
              body: HttpBody.text("the body"),
              headers: { "x-obs-server-side-encryption-customer-key": "SSEC" }
            }
            const failure = yield* Effect.flip(ObsHttpClient.filterStatusOk(raw).put(`${url}/photos/cat`, put))
            expect(failure).toMatchObject({ status })
            // Also without what makes failures of answers
            expect(yield* raw.put(`${url}/photos/cat`, put)).toMatchObject({ status })
          }
        }
      }
      expect([elsewhere, other.used()]).toEqual([[], 0])
    }).pipe(Effect.scoped, Effect.provide([client, temporary]))
  )
})

describe("credentials", () => {
  it.effect("that are anonymous leave a request as it is", () =>
    Effect.gen(function* () {
      const { client, requests } = recording(ok)
      yield* client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk).get(url, { headers: { "x-obs-acl": "a" } })
      expect(requests[0]?.headers).not.toHaveProperty("authorization")
      expect(requests[0]?.headers).not.toHaveProperty("x-obs-date")
    }).pipe(Effect.provide(ObsCredentials.layerAnonymous))
  )

  it.effect("are asked for at each signing, of the program that sends", () =>
    Effect.gen(function* () {
      const { client, requests } = recording(ok)
      const obs = client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk)
      for (const accessKeyId of ["ONE", "TWO"]) {
        yield* Effect.provide(obs.get(url), ObsCredentials.layer({ accessKeyId, secretAccessKey: "s" }))
      }
      expect(requests.map(({ headers }) => headers["authorization"]?.split(":")[0])).toEqual(["OBS ONE", "OBS TWO"])
    })
  )

  it.effect("that there are none of are a typed failure, and nothing is sent", () =>
    Effect.gen(function* () {
      const { client, requests } = recording(ok)
      const obs = client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
      const failure = yield* obs.get(url).pipe(
        Effect.as("sent"),
        Effect.catchTag("CredentialsError", ({ source }) => Effect.succeed(source)),
        Effect.provide(ObsCredentials.layerEffect(Effect.fail(new Error("no")), { name: "vault" }))
      )
      expect([failure, requests]).toEqual(["vault", []])
    }).pipe(withBudget)
  )

  it.effect("that have expired are renewed once by a hundred concurrent calls", () =>
    Effect.gen(function* () {
      let renewals = 0
      const vault = Effect.gen(function* () {
        renewals += 1
        const now = yield* Clock.currentTimeMillis
        yield* Effect.yieldNow
        return {
          accessKeyId: `KEY${String(renewals)}`,
          secretAccessKey: secret,
          securityToken: token,
          expiration: new Date(now + 3_600_000)
        }
      })
      const { client, requests } = recording(ok)
      const obs = client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
      const calls = Effect.forEach(hundred, (i) => obs.get(`${url}${String(i)}`), {
        concurrency: "unbounded",
        discard: true
      })
      yield* Effect.gen(function* () {
        yield* calls
        yield* TestClock.adjust("2 hours")
        yield* calls
      }).pipe(Effect.provide(ObsCredentials.layerEffect(vault)))
      expect(renewals).toBe(2)
      const used = requests.map(({ headers }) => headers["authorization"]?.slice(4, 8))
      expect([used.slice(0, 100), used.slice(100)].map((keys) => [...new Set(keys)])).toEqual([["KEY1"], ["KEY2"]])
    }).pipe(withBudget)
  )
})

describe("what cannot be signed", () => {
  it.effect.each([
    ["an address that is signed already", HttpClientRequest.get(`${url}?Signature=s`), "AlreadySigned"],
    ["an address that is none", HttpClientRequest.get("/cat.txt"), "InvalidUrl"],
    ["a form", HttpClientRequest.post(url, { body: HttpBody.formData(new FormData()) }), "UnsupportedBody"]
  ] as const)("is a typed failure: %s", ([_, request, reason]) =>
    Effect.gen(function* () {
      const { client, requests } = recording(ok)
      const obs = client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
      const failure = yield* Effect.flip(obs.execute(request))
      expect(failure).toMatchObject({ _tag: "SignerError", reason })
      expect(requests).toEqual([])
    }).pipe(Effect.provide(keys), withBudget)
  )

  it.effect("is not a stream, whose bytes are not signed", () =>
    Effect.gen(function* () {
      const { client, requests } = recording(ok)
      const body = HttpBody.stream(Stream.make(new TextEncoder().encode("meow")), "text/plain")
      yield* ObsHttpClient.sign(client).put(url, { body })
      expect(requests[0]?.headers["authorization"]).toMatch(/^OBS HPUAEXAMPLE:/)
    }).pipe(Effect.provide(keys))
  )
})

const orders = [
  [
    "sign, filterStatusOk, retry",
    (client: HttpClient.HttpClient) =>
      client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
  ],
  [
    "filterStatusOk, sign, retry",
    (client: HttpClient.HttpClient) =>
      client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.sign, ObsHttpClient.retry)
  ],
  [
    "filterStatusOk, retry, sign",
    (client: HttpClient.HttpClient) =>
      client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry, ObsHttpClient.sign)
  ],
  [
    "sign, a header that is not signed, filterStatusOk, retry",
    (client: HttpClient.HttpClient) =>
      client.pipe(
        ObsHttpClient.sign,
        HttpClient.mapRequest(HttpClientRequest.setHeader("x-trace", "t")),
        ObsHttpClient.filterStatusOk,
        ObsHttpClient.retry
      )
  ]
] as const

describe.each(orders)("in the order %s", (_, wrap) => {
  it.effect("each attempt is signed anew, with the time of its own", () =>
    Effect.gen(function* () {
      const { client, requests } = recording((request) =>
        requests.length < 3 ? ObsTestService.failing(() => new ObsError.SlowDown())(request) : ok(request)
      )
      // The answer to a HEAD has no body, whose time limit would be a sleep too
      yield* wrap(client).head(url)
      expect(requests.map(dateOf)).toEqual([0, 1000, 3000])
      expect(new Set(requests.map(({ headers }) => headers["authorization"])).size).toBe(3)
    }).pipe(Effect.provide(keys), withBudget, withRandom([1]), withOwnClock)
  )

  it.effect("a clock that is off by an hour costs one request, and then none", () =>
    Effect.gen(function* () {
      const hour = 3_600_000
      let serverAhead = hour
      // Not the one that a retry corrects
      const clock = yield* Clock.clockWith(Effect.succeed)
      const { client, requests } = recording((request) =>
        Effect.flatMap(clock.currentTimeMillis, (now) => {
          const serverTime = now + serverAhead
          return Math.abs(dateOf(request) - serverTime) < 900_000
            ? // A proxy that has another time
              Effect.succeed({ status: 200, headers: { date: new Date(0).toUTCString() }, body: "meow" })
            : ObsTestService.failing(
                () => new ObsError.RequestTimeTooSkewed({ serverTime: DateTime.makeUnsafe(serverTime) })
              )(request)
        })
      )
      const obs = wrap(client)
      const counts: Array<number> = []
      const call = (address: string, again = obs) =>
        Effect.map(again.get(address), () => {
          counts.push(requests.length)
          requests.length = 0
        })
      yield* TestClock.adjust("30 days")
      yield* call(url)
      yield* call(url)
      // Another bucket of the endpoint, another wrapping of the client, and another endpoint
      yield* call(url.replace("photos", "films"))
      yield* call(url, wrap(client))
      yield* call("https://photos.obs.eu-nl.otc.t-systems.com/cat.txt")
      // As much again, so that a correction that counts twice is seen
      serverAhead = 2 * hour
      yield* call(url)
      yield* call(url)
      // Somebody sets the clock
      serverAhead = 0
      yield* call(url)
      yield* call(url)
      expect(counts).toEqual([2, 1, 1, wrap === orders[0][1] || wrap === orders[3][1] ? 1 : 2, 2, 2, 1, 2, 1])
    }).pipe(Effect.provide(keys), withBudget, withoutWaiting)
  )

  it.effect("the time of the second attempt is that of the server, and no further", () =>
    Effect.gen(function* () {
      const serverTime = DateTime.makeUnsafe("2026-11-23T08:00:00Z")
      const { client, requests } = recording(
        ObsTestService.failing(() => new ObsError.RequestTimeTooSkewed({ serverTime }))
      )
      const failure = yield* Effect.flip(wrap(client).get(url))
      expect(failure).toMatchObject({ _tag: "RequestTimeTooSkewed", attempts: 2 })
      expect(requests.map(dateOf)).toEqual([0, DateTime.toEpochMillis(serverTime)])
    }).pipe(Effect.provide(keys), withBudget, withoutWaiting)
  )

  it.effect("a signature that does not match is explained", () =>
    Effect.gen(function* () {
      // What the service says where something sets a Content-Type after the signature
      const client = ObsTestClient.make(({ headers }) => {
        const text = `PUT\n\ntext/html\n\nx-obs-date:${headers["x-obs-date"] ?? ""}\n/photos/cat.txt`
        const body = `<Error><Code>SignatureDoesNotMatch</Code><StringToSign>${text}</StringToSign></Error>`
        return Effect.succeed({ status: 403, headers: {}, body })
      })
      const failure = yield* Effect.flip(wrap(client).put(url))
      expect(failure).toMatchObject({ _tag: "SignatureDoesNotMatch" })
      const told = "ContentTypeAdded: What the client and the service signed differs first in line 3 (Content-Type)"
      for (const shown of [
        String(failure),
        JSON.stringify(failure),
        inspect(failure),
        Cause.pretty(Cause.fail(failure))
      ]) {
        expect(shown).toContain(told)
      }
      expect("solution" in failure && failure.solution).toContain(`${told}: none here, text/html there.`)
    }).pipe(Effect.provide(keys), withBudget, withoutWaiting)
  )
})

it.effect("what the platform sends again is signed anew", () =>
  Effect.gen(function* () {
    const { client, requests } = recording(() =>
      Effect.as(TestClock.adjust("1 minute"), { status: requests.length < 3 ? 503 : 200, headers: {}, body: "" })
    )
    const signing = ObsHttpClient.sign(client)
    const again = signing.pipe(
      HttpClient.transformResponse(
        Effect.repeat({ until: ({ status }: { readonly status: number }) => status === 200 })
      )
    )
    yield* again.get(url)
    expect(requests.map(dateOf)).toEqual([0, 60_000, 120_000])
  }).pipe(Effect.provide(keys))
)

it.effect("a hundred concurrent calls with a wrong clock all succeed, each with one request more", () =>
  Effect.gen(function* () {
    const { client, requests } = recording((request) =>
      Math.abs(dateOf(request) - 3_600_000) < 900_000
        ? ok(request)
        : Effect.andThen(
            Effect.yieldNow,
            ObsTestService.failing(
              () => new ObsError.RequestTimeTooSkewed({ serverTime: DateTime.makeUnsafe(3_600_000) })
            )(request)
          )
    )
    const obs = orders[0][1](client)
    const calls = Effect.forEach(hundred, (i) => obs.get(`${url}${String(i)}`), {
      concurrency: "unbounded",
      discard: true
    })
    yield* calls
    expect(requests.length).toBeLessThanOrEqual(200)
    requests.length = 0
    yield* calls
    expect(requests).toHaveLength(100)
  }).pipe(Effect.provide(keys), withBudget, withoutWaiting)
)

it.effect("without a retry the request that finds the clock wrong fails, and the next one is right", () =>
  Effect.gen(function* () {
    const { client, requests } = recording((request) =>
      Math.abs(dateOf(request) - 3_600_000) < 900_000
        ? ok(request)
        : ObsTestService.failing(
            () => new ObsError.RequestTimeTooSkewed({ serverTime: DateTime.makeUnsafe(3_600_000) })
          )(request)
    )
    const obs = client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk)
    expect(yield* Effect.flip(obs.get(url))).toMatchObject({ _tag: "RequestTimeTooSkewed" })
    expect((yield* obs.get(url)).status).toBe(200)
    // A retry of the program around it, which corrects the clock too
    yield* ObsRetry.retry(obs.get(url))
    expect(requests).toHaveLength(3)
  }).pipe(Effect.provide(keys), withBudget, withoutWaiting)
)

describe("redirects", () => {
  /** Answers the first so many requests with a redirect. */
  const redirecting = (location: string, status = 307, times = 1) =>
    recording((request) =>
      redirected.requests.length <= times
        ? Effect.succeed({ status, headers: { location }, body: "<Error><Code>TemporaryRedirect</Code></Error>" })
        : ok(request)
    )
  let redirected: ReturnType<typeof recording>

  const put = {
    body: HttpBody.text("the body"),
    headers: { "x-obs-server-side-encryption-customer-key": "SSEC" }
  }

  const follow = (
    location: string,
    options: ObsHttpClient.SignOptions = { redirects: true },
    { address = `${url}?acl`, status = 307, times = 1 } = {}
  ) =>
    Effect.gen(function* () {
      redirected = redirecting(location, status, times)
      const obs = redirected.client.pipe(ObsHttpClient.sign(options), ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
      const exit = yield* Effect.exit(obs.put(address, put))
      return { isSuccess: exit._tag === "Success", exit, requests: redirected.requests }
    })

  it.effect.each([
    ["another region of the same cloud", "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt", undefined],
    ["the host alone", "https://photos.obs.eu-nl.otc.t-systems.com", undefined],
    ["path style", "https://obs.eu-nl.otc.t-systems.com/photos/cat.txt", undefined],
    ["a host that is allowed", "https://photos.obs.example.com/cat.txt", { redirects: { allow: ["obs.example.com"] } }],
    ["its own parameters, which do not count", "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt?policy", undefined],
    ["the same host", "/cat.txt", undefined]
  ] as const)("are followed to %s, signed anew and otherwise the same", ([_, location, options]) =>
    Effect.gen(function* () {
      const { isSuccess, requests } = yield* follow(location, options)
      expect(isSuccess).toBe(true)
      const [first, second] = requests
      const target = new URL(location, url)
      expect(second?.url.host).toBe(target.host)
      expect(second?.url.search).toBe("?acl")
      expect(second?.method).toBe("PUT")
      expect(new TextDecoder().decode(second && sentBody(second.body))).toBe("the body")
      expect(second?.headers["x-obs-server-side-encryption-customer-key"]).toBe("SSEC")
      const text = [
        "PUT\n",
        "text/plain\n",
        `x-obs-date:${second?.headers["x-obs-date"] ?? ""}`,
        "x-obs-server-side-encryption-customer-key:SSEC",
        "/photos/cat.txt?acl"
      ].join("\n")
      expect(second?.headers["authorization"]).toBe(`OBS HPUAEXAMPLE:${signatureOf(text)}`)
      expect(first?.headers["x-obs-date"]).toBe(second?.headers["x-obs-date"])
    }).pipe(Effect.provide(keys), withBudget)
  )

  it.effect.each([
    ["they are not to be", "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt", {}],
    ["false says so", "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt", { redirects: false }],
    ["none may be", "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt", { redirects: { max: 0 } }],
    ["the host is another one", "https://photos.obs.evil.com/cat.txt", undefined],
    ["the host only ends alike", "https://photos.evilobs.eu-de.otc.t-systems.com.evil.com/cat.txt", undefined],
    ["the cloud is another one", "https://photos.obs.ap-southeast-1.myhuaweicloud.com/cat.txt", undefined],
    ["it is not over TLS", "http://photos.obs.eu-de.otc.t-systems.com/cat.txt", undefined],
    ["the bucket is another one", "https://evil.obs.eu-de.otc.t-systems.com/cat.txt", undefined],
    ["the bucket in the path is another one", "https://obs.eu-de.otc.t-systems.com/evil/cat.txt", undefined],
    ["the key is another one", "https://photos.obs.eu-nl.otc.t-systems.com/dog.txt", undefined],
    ["the port is another one", "https://photos.obs.eu-de.otc.t-systems.com:8443/cat.txt", undefined],
    ["it has a user", "https://u:p@photos.obs.eu-nl.otc.t-systems.com/cat.txt", undefined],
    ["it is no address", "https://", undefined],
    ["another host is allowed", "https://photos.evil.com/cat.txt", { redirects: { allow: ["obs.example.com"] } }],
    [
      "what is allowed only ends alike",
      "https://photos.evilobs.example.com/",
      { redirects: { allow: ["obs.example.com"] } }
    ]
  ] as const)("are failures where %s", ([_, location, options]) =>
    Effect.gen(function* () {
      const { exit, requests } = yield* follow(location, options)
      expect(requests).toHaveLength(1)
      expect(yield* Effect.flip(exit)).toMatchObject({ _tag: "TemporaryRedirect", status: 307 })
    }).pipe(Effect.provide(keys), withBudget)
  )

  it.effect("are followed three times at most, and less often where the option says so", () =>
    Effect.gen(function* () {
      const location = "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt"
      for (const [redirects, sent] of [
        [true, 4],
        [{}, 4],
        [{ max: 10 }, 4],
        [{ max: 2 }, 3],
        [{ max: Number.NaN }, 1]
      ] as const) {
        const { exit, requests } = yield* follow(location, { redirects }, { times: 9 })
        expect(requests).toHaveLength(sent)
        expect(yield* Effect.flip(exit)).toMatchObject({ _tag: "TemporaryRedirect", location })
      }
    }).pipe(Effect.provide(keys), withBudget)
  )

  it.effect("with a status that asks for another method are failures", () =>
    Effect.gen(function* () {
      const location = "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt"
      const sent = yield* Effect.forEach([300, 301, 302, 303, 305, 307, 308], (status) =>
        Effect.map(follow(location, undefined, { status }), ({ requests }) => requests.length)
      )
      expect(sent).toEqual([1, 2, 2, 1, 1, 2, 2])
    }).pipe(Effect.provide(keys), withBudget)
  )

  it.effect("of a stream are failures, since it may have been read", () =>
    Effect.gen(function* () {
      redirected = redirecting("https://photos.obs.eu-nl.otc.t-systems.com/cat.txt")
      const obs = redirected.client.pipe(ObsHttpClient.sign({ redirects: true }), ObsHttpClient.filterStatusOk)
      const body = HttpBody.stream(Stream.make(new TextEncoder().encode("meow")))
      expect(yield* Effect.flip(obs.put(url, { body }))).toMatchObject({ _tag: "TemporaryRedirect" })
      expect(redirected.requests).toHaveLength(1)
    }).pipe(Effect.provide(keys))
  )

  it.effect("that cannot be signed for their target are failures", () =>
    Effect.gen(function* () {
      const { exit, requests } = yield* follow("https://photos.obs.example.com/cat.txt", {
        scheme: "aws4",
        redirects: { allow: ["obs.example.com"] }
      })
      expect(requests).toHaveLength(1)
      expect(yield* Effect.flip(exit)).toMatchObject({ _tag: "TemporaryRedirect" })
    }).pipe(Effect.provide(keys), withBudget)
  )

  it.effect("of anonymous requests are followed by the same rules", () =>
    Effect.gen(function* () {
      const location = "https://photos.obs.eu-nl.otc.t-systems.com/cat.txt"
      const followed = yield* follow(location)
      expect(followed.requests.map(({ headers }) => headers["authorization"])).toEqual([undefined, undefined])
      expect((yield* follow("https://photos.evil.com/cat.txt")).requests).toHaveLength(1)
    }).pipe(Effect.provide(ObsCredentials.layerAnonymous), withBudget)
  )

  describe.each([
    ["Node's http", NodeHttpClient.layerNodeHttpOptions({ rejectUnauthorized: false, lookup })],
    ["undici", NodeHttpClient.layerUndiciOptions({ connect: { rejectUnauthorized: false, lookup } })],
    // Which follows redirects by itself unless something tells it not to
    ["fetch", Layer.merge(FetchHttpClient.layer, Layer.succeed(FetchHttpClient.RequestInit, { redirect: "follow" }))]
  ] as const)("over TLS, with %s", (_, client) => {
    it.live("go where they may, and not a byte goes elsewhere", () =>
      Effect.gen(function* () {
        yield* trusted
        const recorder = yield* tlsServer((_request, response) => response.end("stolen"))
        const server = yield* tlsServer((request, response) => {
          const [, to = ""] = /^\/photos\/(\w+)/.exec(request.url ?? "") ?? []
          const location = {
            inside: `https://photos.obs.test:${server.port}/inside`,
            outside: `https://photos.other.test:${recorder.port}/outside`,
            port: `https://photos.obs.test:${recorder.port}/port`
          }[to]
          request.resume().on("end", () => {
            if (location === undefined) response.end("meow")
            else response.writeHead(307, { location }).end("<Error><Code>TemporaryRedirect</Code></Error>")
          })
        })
        const obs = (yield* HttpClient.HttpClient).pipe(
          ObsHttpClient.sign({ endpoint: "obs.test", redirects: true }),
          ObsHttpClient.filterStatusOk,
          ObsHttpClient.retry
        )
        const send = (key: string) => obs.put(`https://obs.test:${server.port}/photos/${key}`, put)
        const response = yield* send("inside")
        expect(yield* response.text).toBe("meow")
        const received = server.received.join("")
        expect(received.match(/PUT \S+/g)).toEqual(["PUT /photos/inside", "PUT /inside"])
        expect(received.match(/the body/g)).toHaveLength(2)
        for (const key of ["outside", "port"]) {
          expect(yield* Effect.flip(send(key))).toMatchObject({ _tag: "TemporaryRedirect", status: 307 })
        }
        expect(recorder.received).toEqual([])
      }).pipe(Effect.scoped, Effect.provide([client, temporary]))
    )
  })
})

describe("no sink shows a secret", () => {
  const texts = (signature: string) => [secret, token, signature]

  const sinks = (failure: unknown) => [
    String(failure),
    JSON.stringify(failure),
    inspect(failure, { depth: 9, showHidden: true }),
    failure instanceof Error ? `${failure.message}${failure.stack ?? ""}` : "",
    Cause.pretty(Cause.fail(failure))
  ]

  const loggedBy = (failure: unknown, logger: Logger.Logger<unknown, string>) => {
    const lines: Array<string> = []
    return Effect.logError("it failed", failure, Cause.fail(failure)).pipe(
      Effect.annotateLogs({ failure }),
      Effect.provide(Logger.layer([Logger.map(logger, (line) => lines.push(line))])),
      Effect.map(() => lines.join("\n"))
    )
  }

  type Get = (
    client: HttpClient.HttpClient
  ) => Effect.Effect<HttpClientResponse.HttpClientResponse, unknown, ObsCredentials.ObsCredentials>

  const gets: ReadonlyArray<readonly [name: string, get: Get]> = [
    ["sign alone", (client) => ObsHttpClient.sign(client).get(url)],
    ...orders.map(([name, wrap]): readonly [string, Get] => [name, (client) => wrap(client).get(url)])
  ]

  it.effect.each(gets)("of a request that fails, with %s", ([_, get]) =>
    Effect.gen(function* () {
      let signature = ""
      const recorded: Array<unknown> = []
      const tracer = changeSpans(yield* Effect.tracer, (span) => {
        const { attribute, end } = span
        span.attribute = (key, value) => {
          recorded.push(key, value)
          attribute.call(span, key, value)
        }
        span.end = (time, exit) => {
          if (exit._tag === "Failure") recorded.push(Cause.pretty(exit.cause))
          end.call(span, time, exit)
        }
      })
      const answers: ReadonlyArray<(request: HttpClientRequest.HttpClientRequest) => Effect.Effect<never, unknown>> = [
        (request) =>
          Effect.fail(transportError({ request, cause: new Error(`no ${String(request.headers["authorization"])}`) })),
        (request) => Effect.die(new Error(`no ${token} ${String(request.headers["authorization"])}`))
      ]
      const broken = (answer: (typeof answers)[number]) =>
        HttpClient.make((request) => {
          signature = request.headers["authorization"]?.split(":")[1] ?? ""
          return answer(request).pipe(Effect.mapError((error) => transportError({ request, cause: error })))
        })
      for (const answer of answers) {
        const exit = yield* Effect.exit(get(broken(answer))).pipe(Effect.withTracer(tracer))
        expect(exit._tag).toBe("Failure")
        const cause = exit._tag === "Failure" ? exit.cause : Cause.fail("none")
        const shown = [...sinks(cause), Cause.pretty(cause), inspect(cause, { depth: 12 })]
        for (const logger of [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson]) {
          shown.push(yield* loggedBy(cause, logger))
        }
        expect(signature).toHaveLength(28)
        for (const text of texts(signature)) expect([...shown, JSON.stringify(recorded)].join("\n")).not.toContain(text)
      }
    }).pipe(Effect.provide(temporary), withBudget, withoutWaiting)
  )

  it.effect.each(gets)("of a response, with %s", ([_, get]) =>
    Effect.gen(function* () {
      const { client, requests } = recording(ok)
      const response = yield* get(client)
      const shown = [JSON.stringify(response), inspect(response, { depth: 9 }), inspect(response.request, { depth: 9 })]
      const [, signature = ""] = requests[0]?.headers["authorization"]?.split(":") ?? []
      for (const text of texts(signature)) expect(shown.join("\n")).not.toContain(text)
      expect(yield* response.text).toBe("meow")
    }).pipe(Effect.provide(temporary), withBudget)
  )

  it.effect.each(orders)("of an explained failure, in the order %s", ([_, wrap]) =>
    Effect.gen(function* () {
      let signature = ""
      let text = ""
      const client = ObsTestClient.make(({ headers }) => {
        signature = headers["authorization"]?.split(":")[1] ?? ""
        text = `GET\n\n\n\nx-obs-date:${headers["x-obs-date"] ?? ""}\nx-obs-meta-a:${secret}\nx-obs-security-token:${token}\n/photos/cat.txt`
        const told = `<StringToSign>${text}</StringToSign><SignatureProvided>${signature}</SignatureProvided>`
        return Effect.succeed({
          status: 403,
          headers: {},
          body: `<Error><Code>SignatureDoesNotMatch</Code>${told}</Error>`
        })
      })
      const failure = yield* Effect.flip(wrap(client).get(url))
      expect("solution" in failure && failure.solution).toMatch(/^HeaderAdded: .*header x-obs-meta-a/)
      const shown = sinks(failure)
      for (const logger of [Logger.formatSimple, Logger.formatLogFmt, Logger.formatJson]) {
        shown.push(yield* loggedBy(failure, logger))
      }
      if (ObsError.isObsFailure(failure)) {
        shown.push(JSON.stringify(Schema.encodeSync(ObsError.ObsFailure)(failure)))
      }
      for (const hidden of [...texts(signature), text]) expect(shown.join("\n")).not.toContain(hidden)
    }).pipe(Effect.provide(temporary), withBudget, withoutWaiting)
  )
})
