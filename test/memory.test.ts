/**
 * What failures keep of the answers that they were made of: their own text and nothing else of it.
 */
import { Effect, HttpBody, HttpClient, HttpClientRequest, HttpClientResponse } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsHttpClient, ObsOperation, ObsResponse } from "effect-obs"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"

setFlagsFromString("--expose-gc")
const collect: unknown = runInNewContext("gc")

/** Bytes of the heap that are in use. */
const used = () => {
  // Buffers go some time after what held them: the second collection waits for the first to be done with them
  for (let i = 0; i < 3; i++) if (typeof collect === "function") Reflect.apply(collect, undefined, [])
  return process.memoryUsage().heapUsed
}

const mebibyte = 1024 * 1024

const id = "0000018A4E4567BD47CF110EE1B2A4DF"

/** A body that is a text of its own each time, with its elements far from all that fills it. */
const xml = (filler: string) =>
  `<Error><Code>NoSuchKey</Code><Key>${id}</Key><Message>${id} is missing</Message><RequestId>${id}</RequestId><HostId>${id}</HostId><Resource>/${id}</Resource><ADetailWithALongName>${id}</ADetailWithALongName><StringToSign>${id}</StringToSign>${filler}</Error>`

const bodies: ReadonlyArray<readonly [name: string, body: (i: number) => string]> = [
  ["an error", (i) => xml(`<!--${String(i).padEnd(60_000, "-")}`)],
  ["an unknown code", (i) => xml(`<!--${String(i).padEnd(60_000)}`).replace("NoSuchKey", "NoSuchKeyOfMineAtAll")],
  ["a page", (i) => `<html>${id} is down ${String(i).padEnd(60_000, "<p>")}</html>`],
  [
    "JSON",
    (i) =>
      `{"code":"SYS.0004","message":"${id}","request_id":"${id}","x":"${id}"}${String(i).padStart(60_000)}`.replace(
        /\d+$/,
        ""
      )
  ],
  [
    "JSON that is cut",
    (i) => `{"code":"SYS.0004","message":"${id}","request_id":"${id}","x":"${String(i).padEnd(60_000)}`
  ]
]

describe("2 000 failures", () => {
  it.each(bodies)("of %s keep less than 8 MiB of 60 kB each", (_, body) => {
    const failures: Array<unknown> = []
    const start = used()
    for (let i = 0; i < 2000; i++) {
      const failure = ObsResponse.decode({ status: 404, headers: { "x-obs-id-2": `${id}${id}` }, body: body(i) })
      failures.push(failure)
    }
    expect(used() - start).toBeLessThan(8 * mebibyte)
    expect(failures).toHaveLength(2000)
  })

  it("keep no header that they were cut from", () => {
    const failures: Array<unknown> = []
    const start = used()
    for (let i = 0; i < 2000; i++) {
      const head = `x-obs-request-id: ${id}\nx-obs-error-message: ${id} ${id}\nx-a: ${String(i).padEnd(60_000)}`
      const headers = head.split("\n").map((line): [string, string] => {
        const [name = "", value = ""] = line.split(": ")
        return [name, value]
      })
      failures.push(ObsResponse.decode({ status: 404, headers }))
    }
    expect(used() - start).toBeLessThan(8 * mebibyte)
    expect(failures).toHaveLength(2000)
  })
})

describe("the result of a delete", () => {
  const resultOf = (body: string, options?: ObsResponse.DeleteResultOptions, init?: ResponseInit) =>
    ObsResponse.deleteResult(
      HttpClientResponse.fromWeb(HttpClientRequest.post("https://b.obs.example.com/?delete"), new Response(body, init)),
      options
    )

  const entries = (count: number) =>
    Array.from({ length: count }, (_, i) => `<Error><Key>key-${String(i)}</Key><Code>AccessDenied</Code></Error>`).join(
      ""
    )

  it.effect("has as many keys as a request can, or as the caller says", () =>
    Effect.gen(function* () {
      const thousand = `<DeleteResult>${entries(1000)}</DeleteResult>`
      expect((yield* resultOf(thousand)).errors).toHaveLength(1000)
      const more = `<DeleteResult>${entries(1000)}<Deleted><Key>a</Key></Deleted></DeleteResult>`
      expect(yield* Effect.flip(resultOf(more))).toMatchObject({ _tag: "UnrecognizedResponse", reason: "TooLarge" })
      expect((yield* resultOf(more, { maxEntries: 1001 })).deleted).toHaveLength(1)
      expect(yield* Effect.flip(resultOf(more, { maxEntries: 1000 }))).toMatchObject({ reason: "TooLarge" })
      expect(yield* Effect.flip(resultOf(more, { maxEntries: Number.NaN }))).toMatchObject({ reason: "TooLarge" })
      const withoutTypes: ReadonlyArray<unknown> = [null, "x", 3n, Symbol("x"), {}]
      for (const maxEntries of withoutTypes) {
        const options = Object.assign<ObsResponse.DeleteResultOptions, object>({}, { maxEntries })
        expect((yield* resultOf(thousand, options)).errors).toHaveLength(1000)
      }
      const failure = yield* Effect.flip(resultOf(more))
      expect(failure.message).toBe("The request succeeded, but its result has more bytes or keys than are read.")
      expect((yield* resultOf("<DeleteResult/>", { maxEntries: 0 })).errors).toEqual([])
    })
  )

  it.effect("has its headers read once", () =>
    Effect.gen(function* () {
      let reads = 0
      const response = HttpClientResponse.fromWeb(
        HttpClientRequest.post("https://b.obs.example.com/?delete"),
        new Response(`<DeleteResult>${entries(500)}</DeleteResult>`)
      )
      const headers = new Proxy(
        { "x-obs-request-id": "r" },
        {
          ownKeys: (target) => {
            reads += 1
            return Reflect.ownKeys(target)
          }
        }
      )
      const { errors } = yield* ObsResponse.deleteResult(Object.defineProperty(response, "headers", { value: headers }))
      expect(errors[499]?.failure.requestId).toBe("r")
      expect(reads).toBe(1)
    })
  )

  it.effect("keeps nothing of the text that it was read from", () =>
    Effect.gen(function* () {
      const kept: Array<ObsResponse.DeleteResult> = []
      const start = used()
      for (let i = 0; i < 50; i++) {
        const filler = `<!--${String(i).padEnd(mebibyte)}-->`
        const deleted = `<Deleted><Key>${id}${id}</Key><VersionId>${id}</VersionId></Deleted>`
        kept.push(yield* resultOf(`<DeleteResult>${filler}${deleted}${entries(1)}</DeleteResult>`))
      }
      expect(used() - start).toBeLessThan(8 * mebibyte)
      expect(kept).toHaveLength(50)
    })
  )
})

describe("2 000 failed calls", () => {
  /** The failure of an effect as what it succeeds with. */
  const merge = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A | E> => Effect.catch(effect, Effect.succeed)

  const clientOf = (status: number, body: (i: number) => string) => {
    let count = 0
    return HttpClient.make((request) =>
      Effect.sync(() => HttpClientResponse.fromWeb(request, new Response(body((count += 1)), { status })))
    )
  }

  const calls: ReadonlyArray<readonly [name: string, call: (i: number) => Effect.Effect<unknown>]> = [
    [
      "filterStatusOk",
      (i) => {
        const obs = ObsHttpClient.filterStatusOk(clientOf(404, () => xml(`<!--${String(i).padEnd(60_000)}`)))
        const body = HttpBody.text(String(i).padEnd(60_000))
        return merge(obs.put("https://b.obs.example.com/k", { body }))
      }
    ],
    [
      "expect",
      (i) => {
        const obs = ObsHttpClient.filterStatusOk(clientOf(409, () => xml(`<!--${String(i).padEnd(60_000)}`)))
        return obs.get("https://b.obs.example.com/k").pipe(ObsOperation.expect(ObsOperation.PutObject), merge)
      }
    ],
    [
      "a copy",
      (i) => {
        const obs = ObsHttpClient.filterStatusOk(clientOf(200, () => xml(`<!--${String(i).padEnd(60_000)}`)))
        return merge(obs.put("https://b.obs.example.com/k", { headers: { "x-obs-copy-source": "/b/j" } }))
      }
    ],
    [
      "a retry",
      (i) => {
        const obs = ObsHttpClient.filterStatusOk(clientOf(404, () => xml(`<!--${String(i).padEnd(60_000)}`)))
        return merge(ObsHttpClient.retry(obs).get("https://b.obs.example.com/k"))
      }
    ]
  ]

  it.effect.each(calls)("of %s keep less than 16 MiB", ([_, call]) =>
    Effect.gen(function* () {
      const kept: Array<unknown> = []
      const start = used() + process.memoryUsage().arrayBuffers
      for (let i = 0; i < 2000; i++) kept.push(yield* call(i))
      expect(used() + process.memoryUsage().arrayBuffers - start).toBeLessThan(16 * mebibyte)
      expect(kept).toHaveLength(2000)
    })
  )
})
