/**
 * Secret by secret and sink by sink: none shows any.
 */
import {
  Cause,
  changeSpans,
  Effect,
  Exit,
  FetchHttpClient,
  Headers,
  HttpBody,
  HttpClient,
  HttpClientError,
  HttpClientRequest,
  HttpClientResponse,
  Logger,
  Option,
  reasonOf,
  Redacted,
  Schema,
  Stream,
  toldBy,
  transportError,
  UrlParams
} from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsHttpClient, ObsResponse, ObsRetry } from "effect-obs"
import { inspect } from "node:util"
import { rawServer } from "./support/rawServer.js"

const secret = "Zq7WxSECRETvalue9KpLmTtUu12345"

const hex = Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16)).join(" ")

/** Where a secret can come in: an answer, and the text of it that must not go out. */
const carriers: ReadonlyArray<Carrier> = [
  ...[
    "StringToSign",
    "CanonicalRequest",
    "SignatureProvided",
    "AWSAccessKeyId",
    "AccessKeyId",
    "EncodedAuthorizationMessage",
    "SecurityToken",
    "Token-0"
  ].map((name) => [`<${name}>`, xml(`<${name}>${secret}</${name}>`)] as const),
  ["<StringToSign> of several lines", xml(`<StringToSign>GET\n\n${secret}\n/b</StringToSign>`)],
  ["<StringToSignBytes>", xml(`<StringToSignBytes>${hex}</StringToSignBytes>`), hex],
  ["<CanonicalRequestBytes>", xml(`<CanonicalRequestBytes>${hex}</CanonicalRequestBytes>`), hex],
  [
    "a secret argument",
    xml(`<ArgumentName>x-obs-security-token</ArgumentName><ArgumentValue>${secret}</ArgumentValue>`)
  ],
  [
    "a key of SSE-C as an argument",
    xml(
      `<ArgumentName>x-obs-server-side-encryption-customer-key</ArgumentName><ArgumentValue>${secret}</ArgumentValue>`
    )
  ],
  [
    "a secret that a message repeats",
    xml(`<SignatureProvided>${secret}</SignatureProvided><Message>not ${secret}!</Message>`)
  ],
  [
    "a secret that an id repeats",
    xml(`<SignatureProvided>${secret}</SignatureProvided><RequestId>${secret}</RequestId>`)
  ],
  [
    "a secret that a host id repeats",
    xml(`<SignatureProvided>${secret}</SignatureProvided><HostId>${secret.slice(0, 9)}\n${secret.slice(9)}</HostId>`)
  ],
  ["a presigned address as the resource", xml(`<Resource>/b/k?AccessKeyId=x&amp;Signature=${secret}</Resource>`)],
  [
    "a presigned address in a message",
    xml(`<Message>GET /b/k?X-Amz-Credential=${secret}&amp;X-Amz-Signature=${secret} failed</Message>`)
  ],
  ["a token in a message", xml(`<Message>bad x-obs-security-token: ${secret}</Message>`)],
  ["an Authorization in a message", xml(`<Message>Authorization: OBS ${secret}:${secret}=</Message>`)],
  ["an Authorization without its name", xml(`<Message>saw AWS AKIAIOSFODNN7EXAMPLE:${secret}= there</Message>`)],
  [
    "an access key in a message",
    xml("<Message>the access key HUAWEIAK0123456789AB is inactive.</Message>"),
    "HUAWEIAK0123456789AB"
  ],
  [
    "a bracketed access key in a message",
    xml("<Message>Access Key Id [HUAWEIAK0123456789AB] is invalid</Message>"),
    "HUAWEIAK0123456789AB"
  ],
  ["a detail with another name", xml(`<Info>"Signature":"${secret}"</Info>`)],
  [
    "a header with a detail",
    { status: 403, headers: { "x-obs-error-code": "SignatureDoesNotMatch", "x-obs-error-detail-stringtosign": secret } }
  ],
  [
    "a header with a message",
    { status: 403, headers: { "x-obs-error-code": "X", "x-obs-error-message": `Signature=${secret}` } }
  ],
  ["a request id", { status: 403, headers: { "x-obs-request-id": `a?Signature=${secret}` } }],
  ["a location", { status: 307, headers: { location: `https://b.example.com/k?Signature=${secret}` } }],
  [
    "JSON",
    {
      status: 403,
      headers: {},
      body: JSON.stringify({ code: "SYS.0004", signature: secret, "Security Token": secret })
    }
  ],
  [
    "a page",
    { status: 502, headers: {}, body: `<html><a href="https://b/k?AccessKeyId=a&Signature=${secret}">x</a></html>` }
  ],
  [
    "a page that escapes",
    { status: 502, headers: {}, body: `<p>%53ignature%253D${secret} &quot;Signature&quot;:&quot;${secret}&quot;</p>` }
  ],
  ["a page with a form", { status: 502, headers: {}, body: `<input name="Signature" value="${secret}">` }],
  ["text", { status: 502, headers: {}, body: `upstream: authorization: OBS a:${secret}` }],
  ...[
    "X-Obs-Signature",
    "X-Obs-Credential",
    "Sig%6eature",
    "Sig%256eature",
    "Sig%25256eature",
    "%53ignature",
    "+Signature",
    "%zzSignature",
    "%Signature",
    "Sig%zznature",
    "%zzpolicy",
    "policy",
    "token",
    "x-obs-server-side-encryption-customer-key",
    "x-amz-copy-source-server-side-encryption-customer-key-md5",
    "sessionToken",
    "sig"
  ].flatMap((name): ReadonlyArray<readonly [string, ObsResponse.RawResponse]> => [
    [`the parameter ${name} in a message`, xml(`<Message>GET https://b/k?a=1&amp;${name}=${secret}&amp;b=2</Message>`)],
    [`the parameter ${name} in a resource`, xml(`<Resource>/b/k?${name}=${secret}</Resource>`)],
    [`the parameter ${name} in a page`, { status: 502, headers: {}, body: `<a href="/k?${name}=${secret}">` }]
  ]),
  ["an address that is escaped", xml(`<Message>https%3A%2F%2Fb%2Fk%3Fa%3D1%26Signature%3D${secret}%26b%3D2</Message>`)],
  [
    "an address that is escaped twice",
    xml(`<Info>https%253A%252F%252Fb%252Fk%253FSig%25256eature%253D${secret}</Info>`)
  ],
  ["a user in a message", xml(`<Message>https://u:${secret}@b.example.com/k is gone</Message>`)],
  ["a user in a message, escaped", xml(`<Message>https%3A%2F%2Fu%3A${secret}%40b.example.com%2Fk</Message>`)],
  ["a user with an escaped slash", xml(`<Message>https://u:a%2F${secret}@b.example.com/k is gone</Message>`)],
  ["a user with an at sign", xml(`<Endpoint>https://u@x:${secret}@b.example.com</Endpoint>`)],
  ["a user in a location", { status: 307, headers: { location: `https://u:${secret}@b.example.com/k` } }],
  ["a user in an element Location", xml(`<Location>https://u:${secret}@b.example.com/k</Location>`)],
  ["a user in a page", { status: 502, headers: {}, body: `no route to https://u:${secret}@b.example.com/k from here` }],
  ["the key of another class", xml(`<Key>k?Signature=${secret}</Key>`)],
  [
    "the Date header",
    { status: 403, headers: { "x-obs-error-code": "RequestTimeTooSkewed", date: `Signature=${secret}` } }
  ],
  ["a content type", { status: 502, headers: { "content-type": `text/html; Signature=${secret}` }, body: "x" }],
  ["a content type's name", { status: 502, headers: { "content-type": `Signature=${secret}` }, body: "x" }],
  [
    "the policy of a form as an argument",
    xml(`<ArgumentName>policy</ArgumentName><ArgumentValue>${secret}</ArgumentValue>`)
  ],
  [
    "the seventeenth secret of a message",
    xml(
      `${Array.from({ length: 17 }, (_, i) => `<Token-${String(i)}>${secret}${String(i)}</Token-${String(i)}>`).join("")}<Message>${Array.from({ length: 17 }, (_, i) => `${secret}${String(i)}`).join(" ")}</Message>`
    )
  ],
  [
    "a secret that a message repeats escaped",
    xml(`<SignatureProvided>${secret}+/=</SignatureProvided><Message>${secret}%2B%2F%3D</Message>`)
  ],
  ["JSON in a message", xml(`<Message>{"policy":"${secret}","x":1}</Message>`)],
  ["JSON in JSON", xml(`<Message>{\\"token\\":\\"${secret}\\"}</Message>`)],
  ["JSON with a policy", { status: 403, headers: {}, body: JSON.stringify({ code: "SYS.0004", policy: secret }) }],
  ...["Parameter", "Header", "Field", "Argument"].flatMap((kind): ReadonlyArray<Carrier> => {
    const listed = `<${kind}Name>Signature</${kind}Name>\n<${kind}Value>${secret}</${kind}Value>`
    return [
      [`a secret ${kind}`, xml(listed)],
      [`a secret ${kind} in a message`, xml(`<Message><![CDATA[${listed}]]></Message>`)],
      [`a secret ${kind} in a message, escaped`, said(listed.replaceAll("<", "&lt;").replaceAll(">", "&gt;"))]
    ]
  }),
  ...[
    `Authorization: SDK-HMAC-SHA256 Access=${secret}, SignedHeaders=host, Signature=x`,
    `Authorization: SDK-HMAC-SHA256 ${secret}`,
    `Authorization=HMAC ${secret}`,
    `Authorization: Digest username="u", uri="/a?b&c", response="${secret}"`,
    `Proxy-Authorization: NTLM ${secret}`,
    `X-Security-Token: abcdefghijklmnop0123456789\n  ${secret}\nrest==`,
    `X-Security-Token: abcdefghijklmnop0123456789\r\nabcdefghijklmnop0123456789\r\n${secret.slice(0, 9)}: not`,
    `Signature=abcdefghijklmnop ${secret}`,
    ...["token", "sk", "ak", "policy", "sig", "id_token"].flatMap((name) => [
      `${name}: ${secret}`,
      `the ${name}: "a ${secret}"`
    ]),
    ...["X-Subject-Token", "X-Auth-Token", "refresh_token", "passwd", "pwd"].flatMap((name) => [
      `${name}: ${secret}`,
      `${name}=${secret}`
    ]),
    ...[
      "&#x3d;",
      "&#x3D;",
      "&#61;",
      "&#58;",
      "&equals;",
      "\\x3d",
      "\\u003D",
      "%u003d",
      "&gt;",
      " -&gt; ",
      " => "
    ].flatMap((separator) => [`Signature${separator}${secret}`, `token${separator}${secret}`]),
    `The provided security token '${secret}' is malformed`,
    `wrong password "a ${secret}" for u`,
    `password: 'a ${secret}'`,
    `<Signature>a ${secret}</Signature>`
  ].map((text): Carrier => [`a message ${JSON.stringify(text.replaceAll(secret, "S"))}`, said(text)])
]

type Carrier = readonly [name: string, answer: ObsResponse.RawResponse, secret?: string]

/** An answer with a text in its message, whatever characters it has. */
function said(text: string): ObsResponse.RawResponse {
  return xml(`<Message>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</Message>`)
}

function xml(elements: string): ObsResponse.RawResponse {
  return { status: 403, headers: {}, body: `<Error><Code>SignatureDoesNotMatch</Code>${elements}</Error>` }
}

const logged = (failure: ObsError.ObsFailure, logger: Logger.Logger<unknown, string>) => {
  const lines: Array<string> = []
  const collecting = Logger.map(logger, (line) => lines.push(line))
  return Effect.logError("it failed", failure, Cause.fail(failure)).pipe(
    Effect.annotateLogs({ failure }),
    Effect.provide(Logger.layer([collecting])),
    Effect.map(() => lines.join("\n"))
  )
}

const pretty = (failure: ObsError.ObsFailure) =>
  Effect.gen(function* () {
    const lines: Array<string> = []
    const write = console.log
    console.log = (...args: ReadonlyArray<unknown>) =>
      lines.push(args.map((arg) => (typeof arg === "string" ? arg : inspect(arg))).join(" "))
    yield* Effect.logError("it failed", failure, Cause.fail(failure)).pipe(
      Effect.provide(Logger.layer([Logger.consolePretty()])),
      Effect.ensuring(
        Effect.sync(() => {
          console.log = write
        })
      )
    )
    return lines.join("\n")
  })

/** Collects every attribute and event that spans are given. */
const recordingTracer = (recorded: Array<unknown>) =>
  Effect.map(Effect.tracer, (tracer) =>
    changeSpans(tracer, (span) => {
      const { attribute, end, event } = span
      span.attribute = (key, value) => {
        recorded.push(key, value)
        attribute.call(span, key, value)
      }
      span.event = (name, time, attributes) => {
        recorded.push(name, attributes)
        event.call(span, name, time, attributes)
      }
      span.end = (time, exit) => {
        if (exit._tag === "Failure") recorded.push(Cause.pretty(exit.cause))
        end.call(span, time, exit)
      }
    })
  )

const sinks: ReadonlyArray<
  readonly [name: string, sink: (failure: ObsError.ObsFailure) => Effect.Effect<string | undefined>]
> = [
  ["message", (failure) => Effect.succeed(failure.message)],
  ["String", (failure) => Effect.succeed(String(failure))],
  ["stack", (failure) => Effect.succeed(failure.stack)],
  ["JSON.stringify", (failure) => Effect.succeed(JSON.stringify(failure))],
  ["util.inspect", (failure) => Effect.succeed(inspect(failure, { depth: 9, showHidden: true }))],
  ["Cause.pretty", (failure) => Effect.succeed(Cause.pretty(Cause.fail(failure)))],
  ["the logger for text", (failure) => logged(failure, Logger.formatSimple)],
  ["the logger for logfmt", (failure) => logged(failure, Logger.formatLogFmt)],
  ["the logger for JSON", (failure) => logged(failure, Logger.formatJson)],
  ["the pretty logger", pretty],
  ["Schema.encode", (failure) => Effect.succeed(JSON.stringify(Schema.encodeSync(ObsError.ObsFailure)(failure)))]
]

describe.each(carriers.map(([name, answer, hidden = secret]) => [name, answer, hidden] as const))(
  "%s",
  (_, answer, hidden) => {
    it.effect.each(sinks)("does not show in %s", ([_, sink]) =>
      Effect.gen(function* () {
        expect(yield* sink(ObsResponse.decode(answer))).not.toContain(hidden)
      })
    )

    it.effect("does not show in a span", () =>
      Effect.gen(function* () {
        const recorded: Array<unknown> = []
        const tracer = yield* recordingTracer(recorded)
        const body = typeof answer.body === "string" ? answer.body : null
        const response = HttpClientResponse.fromWeb(
          HttpClientRequest.get("https://b.obs.example.com/k"),
          new Response(body, { status: answer.status, headers: Object.entries(answer.headers) })
        )
        yield* ObsResponse.filterStatusOk(response).pipe(
          Effect.withSpan("call"),
          Effect.withTracer(tracer),
          Effect.flip
        )
        expect(recorded.length).toBeGreaterThan(0)
        expect(JSON.stringify(recorded)).not.toContain(hidden)
      })
    )
  }
)

it("an id of a body is one short line of text, in the failure and in the span", () => {
  const id = `a\u001b[31m\nb${"c".repeat(1000)}`
  for (const failure of [
    ObsResponse.decode({ status: 403, headers: {}, body: JSON.stringify({ code: "X", request_id: id, host_id: id }) }),
    new ObsError.NoSuchKey({ requestId: id, hostId: id, id2: id, indicator: id })
  ]) {
    expect(failure.requestId).toHaveLength(256)
    expect(failure.hostId).toHaveLength(256)
    // eslint-disable-next-line no-control-regex -- what must not be there
    expect(`${String(failure.requestId)}${String(failure.hostId)}${String(failure.id2)}`).not.toMatch(/[\u0000-\u001f]/)
  }
})

it("takes no path for the name of a secret", () => {
  for (const resource of [
    "/photos/secretary/dt=2024-01-01/a",
    "/b/cookies/flavour=oat.txt",
    "/b/password-reset/l=en"
  ]) {
    expect(ObsResponse.decode(xml(`<Resource>${resource}</Resource>`)).resource).toBe(resource)
  }
})

it("takes no bucket for a policy", () => {
  const elements = "<ArgumentName>policy</ArgumentName><ArgumentValue>my-bucket</ArgumentValue><Policy>private</Policy>"
  expect(ObsResponse.decode(xml(elements)).details).toMatchObject({ ArgumentValue: "my-bucket", Policy: "private" })
})

it("takes out of the details of a constructor what an answer would not keep", () => {
  const details = { Info: `https://b/k?Signature=${secret}`, Token: secret, Bucket: "b" }
  const failure = new ObsError.NoSuchBucket({ details })
  expect({ ...failure.details }).toEqual({ Info: "https://b/k?Signature=<redacted>", Bucket: "b" })
})

it.effect.each([
  "authorization: ",
  "signature=\n",
  "signature=a\n",
  "\\",
  "<aname>",
  "&lt;aname&gt;",
  "password '",
  "token: ",
  "&#0",
  " "
])("looks at a text that is made of %j for no longer than at another one", (piece) =>
  Effect.sync(() => {
    const start = performance.now()
    for (const before of ["", "signature", "authorization: x", "token=a", "<aname>x</aname>"]) {
      ObsResponse.decode({
        status: 403,
        headers: { "x-obs-error-code": "X", "x-obs-error-message": before + piece.repeat(100_000 / piece.length) }
      })
    }
    expect(performance.now() - start).toBeLessThan(2000)
  })
)

it("takes all that follows values that are made to be compared in vain", () => {
  const secrets = Array.from(
    { length: 60 },
    (_, i) => `<Secret${String(i)}>${"a".repeat(500 + i)}b</Secret${String(i)}>`
  )
  const failure = ObsResponse.decode(xml(`${secrets.join("")}<Info>${"a".repeat(30_000)}</Info>`))
  expect(failure.details["Info"]).toMatch(/^a*<redacted>$/)
})

it("keeps a secret for a program that asks for it", () => {
  const failure = ObsResponse.decode(xml(`<Message>bad x-obs-security-token: ${secret}</Message>`))
  expect(Option.map(Option.fromNullishOr(failure.secrets["Message"]), Redacted.value)).toEqual(
    Option.some(`bad x-obs-security-token: ${secret}`)
  )
})

it("takes no message of the service for a secret", () => {
  for (const message of [
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    "The security token is invalid.",
    "The OBS Access Key Id you provided does not exist in our records.",
    "The user holding this access key has been disabled.",
    "OBS authentication requires a valid Date or x-obs-date header",
    "Requests specifying Server Side Encryption with KMS managed keys require Signature Version 4.",
    "Bucket POST must contain a field named 'AWSAccessKeyId'.  If it is specified, please check the order of the fields.",
    "The fields 'AccessKeyId', 'Signature' and 'Policy' are missing",
    "InvalidToken: the security token is invalid",
    "Unexpected token: expected a number",
    "GET /b?policy=public-read&amp;x=1 with policy: public-read-write-delivered",
    '{"policy":"public-read","secretType":"kms","credentialReport":"none"}',
    "No access key of the request 0000018A0B7A4C5D0000018A0B7A4C5D to the bucket LONGBUCKETNAMES"
  ]) {
    expect(ObsResponse.decode(xml(`<Message>${message}</Message>`)).message).toBe(message.replaceAll("&amp;", "&"))
  }
})

describe("a request", () => {
  const headers = {
    authorization: `OBS key:${secret}`,
    "x-obs-security-token": secret,
    "x-amz-security-token": secret,
    "x-obs-server-side-encryption-customer-key": secret,
    "x-obs-copy-source-server-side-encryption-customer-key-md5": secret
  }
  const presigned = (url: string) =>
    `${url}/b/k?AccessKeyId=${secret}&Expires=1&Signature=${secret}&x-obs-security-token=${secret}`

  const show = (error: unknown) => [String(error), JSON.stringify(error), inspect(error, { depth: 9 })].join("\n")

  it.live.each([
    ["fetch", FetchHttpClient.layer],
    ["Node's http", NodeHttpClient.layerNodeHttp]
  ] as const)("does not show in spans, with %s", ([_, layer]) =>
    Effect.gen(function* () {
      const recorded: Array<unknown> = []
      const tracer = yield* recordingTracer(recorded)
      const { url } = yield* rawServer((_request, response) => {
        response.writeHead(404)
        response.end()
      })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      yield* obs.get(presigned(url), { headers }).pipe(Effect.withTracer(tracer), Effect.flip)
      expect(recorded).toContain("url.full")
      expect(JSON.stringify(recorded)).toContain("Expires=1")
      expect(JSON.stringify(recorded)).not.toContain(secret)
    }).pipe(Effect.scoped, Effect.provide(layer))
  )

  it.live("does not show in the error of a request without an answer", () =>
    Effect.gen(function* () {
      const { url } = yield* rawServer((request) => request.socket.destroy())
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const error = yield* Effect.flip(obs.get(presigned(url), { headers }))
      expect(reasonOf(error)).toBe("Transport")
      expect(show(error)).not.toContain(secret)
      expect(show(error)).toContain("Expires=1")
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.live("does not show in what made it fail, nor to a tracer that records failures", () =>
    Effect.gen(function* () {
      const recorded: Array<unknown> = []
      const tracer = yield* recordingTracer(recorded)
      const fetch: typeof globalThis.fetch = (url) =>
        Promise.reject(new TypeError(`cannot reach ${String(url instanceof Request ? url.url : url)}`))
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const error = yield* obs
        .get(presigned("https://b.obs.example.com"), { headers })
        .pipe(Effect.withTracer(tracer), Effect.provideService(FetchHttpClient.Fetch, fetch), Effect.flip)
      expect(inspect(error, { depth: 9 })).toContain("cannot reach https://b.obs.example.com/b/k")
      expect(show(error) + Cause.pretty(Cause.fail(error))).not.toContain(secret)
      expect(JSON.stringify(recorded)).toContain("Expires=1")
      expect(JSON.stringify(recorded)).not.toContain(secret)
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  const base = "https://b.obs.example.com/k"

  /** Fetch that says everything that it was given in its error. */
  const telling: typeof globalThis.fetch = (input, init) => {
    const url = String(input instanceof Request ? input.url : input)
    const headers = Object.entries(init?.headers ?? {}).join(" ")
    const cause = Object.assign(new Error(`at ${url}`), { input: url, code: "ERR_TELLING" })
    return Promise.reject(new TypeError(`${url} with ${headers} and ${JSON.stringify(headers)}`, { cause }))
  }

  const showAll = (error: unknown, recorded: ReadonlyArray<unknown> = []) =>
    [
      String(error),
      JSON.stringify(error),
      JSON.stringify(recorded),
      inspect(error, { depth: 9, showHidden: true }),
      error instanceof Error ? error.stack : "",
      Cause.pretty(Cause.fail(error))
    ].join("\n")

  const form = (name: string, value = secret) => {
    const data = new FormData()
    data.set(name, value)
    return data
  }

  const requests: ReadonlyArray<readonly [name: string, request: HttpClientRequest.HttpClientRequest]> = [
    ...[
      "X-Obs-Signature",
      "X-Obs-Credential",
      "x-obs-server-side-encryption-customer-key",
      "x-obs-server-side-encryption-customer-key-md5",
      "x-amz-copy-source-server-side-encryption-customer-key",
      "+Signature",
      "%20Signature",
      "%zzSignature",
      "%0aSignature",
      "Sig%6eature",
      "Sig%256eature",
      "Sig%+nature",
      "policy",
      "%zzpolicy",
      "Token"
    ].flatMap((name): ReadonlyArray<readonly [string, HttpClientRequest.HttpClientRequest]> => [
      [`the parameter ${name} of an address`, HttpClientRequest.get(`${base}?a=1&${name}=${secret}&b=2`)],
      [`the parameter ${name}`, HttpClientRequest.get(base, { urlParams: [[name, secret]] })],
      [`the parameter ${name} behind a fragment`, HttpClientRequest.get(`${base}#${name}=${secret}`)]
    ]),
    ["a fragment", HttpClientRequest.get(base).pipe(HttpClientRequest.setHash(`Signature=${secret}`))],
    [
      "an address in a parameter",
      HttpClientRequest.get(base, { urlParams: [["to", `https://b/k?Signature=${secret}`]] })
    ],
    ["a user", HttpClientRequest.get(`https://u:${secret}@b.obs.example.com/k`)],
    ...["x-obs-security-token", "x-obs-server-side-encryption-customer-key", "authorization", "x-auth-token"].flatMap(
      (name): ReadonlyArray<readonly [string, HttpClientRequest.HttpClientRequest]> => [
        [`the header ${name}`, HttpClientRequest.get(base, { headers: { [name]: secret } })],
        [
          `the header ${name} with a line break in it`,
          HttpClientRequest.get(base, { headers: { [name]: `${secret}\n${secret.slice(1)}` } })
        ],
        [
          `the header ${name} with what is no byte`,
          HttpClientRequest.get(base, { headers: { [name]: `${secret}\u4e00` } })
        ]
      ]
    ),
    ...["policy", "signature", "x-obs-security-token", "token"].flatMap(
      (name): ReadonlyArray<readonly [string, HttpClientRequest.HttpClientRequest]> => [
        [`the field ${name} of a form`, HttpClientRequest.post(base, { body: HttpBody.formData(form(name)) })],
        [`the field ${name} of a raw form`, HttpClientRequest.post(base, { body: HttpBody.raw(form(name)) })],
        [`the field ${name} of text`, HttpClientRequest.post(base, { body: HttpBody.text(`${name}=${secret}`) })],
        [`the field ${name} of raw text`, HttpClientRequest.post(base, { body: HttpBody.raw(`${name}=${secret}`) })],
        [`the field ${name} of JSON`, HttpClientRequest.post(base, { body: HttpBody.jsonUnsafe({ [name]: secret }) })],
        [
          `the field ${name} of URL parameters`,
          HttpClientRequest.post(base, { body: HttpBody.urlParams(UrlParams.fromInput({ [name]: secret })) })
        ]
      ]
    )
  ]

  it.effect.each(requests)("does not show %s where fetch fails", ([_, request]) =>
    Effect.gen(function* () {
      const recorded: Array<unknown> = []
      const tracer = yield* recordingTracer(recorded)
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const error = yield* obs
        .execute(request)
        .pipe(Effect.withTracer(tracer), Effect.provideService(FetchHttpClient.Fetch, telling), Effect.flip)
      expect(reasonOf(error)).toBe("Transport")
      expect(recorded).toContain("url.full")
      expect(showAll(error, recorded)).not.toContain(secret.slice(1))
      expect(showAll(error)).toContain("b.obs.example.com/k")
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  describe.each([
    ["fetch", FetchHttpClient.layer],
    ["Node's http", NodeHttpClient.layerNodeHttp],
    ["undici", NodeHttpClient.layerUndici]
  ] as const)("with %s", (_, layer) => {
    it.live.each(["\n", "\r\n", "\u4e00", "\0"])("does not show a header that is refused for %j", (c) =>
      Effect.gen(function* () {
        const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
        const headers = { "x-obs-security-token": `${secret}${c}${secret}` }
        const exit = yield* Effect.exit(obs.get("http://127.0.0.1:9/", { headers }))
        if (Exit.isSuccess(exit)) return expect.fail("it was sent")
        const errors = toldBy(exit.cause)
        expect(errors.length).toBeGreaterThan(0)
        const shown = [...errors.map((error) => showAll(error)), inspect(exit, { depth: 9, showHidden: true })]
        expect(shown.join("\n")).not.toContain(secret)
      }).pipe(Effect.provide(layer))
    )
  })

  it.effect("does not show where a cause throws when it is read, nor in a success that a tracer looks at", () =>
    Effect.gen(function* () {
      const cause = Object.defineProperty(new Error("q"), "message", {
        get: () => {
          throw new Error(secret)
        }
      })
      const client = yield* HttpClient.HttpClient
      const obs = ObsHttpClient.filterStatusOk(client)
      const failing = Effect.provideService(FetchHttpClient.Fetch, () => Promise.reject(cause))
      const error = yield* obs.get(base, { headers }).pipe(failing, Effect.flip)
      expect(reasonOf(error)).toBe("Transport")
      expect(showAll(error)).not.toContain(secret)
      const ended: Array<unknown> = []
      const tracer = yield* Effect.tracer
      const watching = changeSpans(tracer, (span) => {
        const { end } = span
        span.end = (time, exit) => {
          ended.push(exit)
          end.call(span, time, exit)
        }
      })
      const working = Effect.provideService(FetchHttpClient.Fetch, () => Promise.resolve(new Response("ok")))
      yield* obs.get(base, { headers }).pipe(working, Effect.withTracer(watching))
      expect(ended.length).toBeGreaterThan(0)
      expect(inspect(ended, { depth: 9 })).not.toContain(secret)
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  it.effect("shows no text that is too long to be looked at", () =>
    Effect.gen(function* () {
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      for (const body of [HttpBody.text("x".repeat(5000)), HttpBody.raw("x".repeat(5000))]) {
        const error = yield* obs.put(base, { body }).pipe(
          Effect.provideService(FetchHttpClient.Fetch, () => Promise.reject(new Error("no"))),
          Effect.flip
        )
        expect(showAll(error)).not.toContain("xxx")
      }
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  it.effect("leaves an error as it is where it shows none", () =>
    Effect.gen(function* () {
      const cause = new TypeError("fetch failed")
      const fetch: typeof globalThis.fetch = () => Promise.reject(cause)
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const error = yield* obs
        .get(base, { headers })
        .pipe(Effect.provideService(FetchHttpClient.Fetch, fetch), Effect.flip)
      expect(error.cause).toBe(cause)
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  const throwing =
    (cause: unknown): typeof globalThis.fetch =>
    () => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever a program throws
      return Promise.reject(cause)
    }

  const failWith = (cause: unknown, request: HttpClientRequest.HttpClientRequest) =>
    Effect.gen(function* () {
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      return yield* obs
        .execute(request)
        .pipe(Effect.provideService(FetchHttpClient.Fetch, throwing(cause)), Effect.flip)
    }).pipe(Effect.provide(FetchHttpClient.layer))

  const config = { url: base, headers: { Authorization: secret, accept: "*/*" } }
  class Foreign {
    readonly headers = new globalThis.Headers({ authorization: secret })
  }
  const looped: { [name: string]: unknown } = { token: secret }
  looped["self"] = looped
  const causes: ReadonlyArray<readonly [name: string, cause: unknown]> = [
    ["the configuration of a client", Object.assign(new Error("no"), { config, code: "ECONNRESET" })],
    ["a request", Object.assign(new Error("no"), { request: HttpClientRequest.get(base, { headers }) })],
    ["a hidden property", Object.defineProperty(new Error("no"), "config", { value: config })],
    ["a getter", Object.defineProperty(new Error("no"), "config", { get: () => config, enumerable: true })],
    ["a symbol", Object.assign(new Error("no"), { [Symbol("config")]: config })],
    ["several errors", new AggregateError([new Error("one"), new Error(`at ${secret}`)], "no")],
    ["an error that caused another one", new Error("no", { cause: Object.assign(new Error("in"), { config }) })],
    ["a list", ["authorization", secret, new Error(secret)]],
    ["an object", { message: "no", config }],
    ["an object that has itself", looped],
    ["an object of a class", new Foreign()],
    ["headers", new globalThis.Headers({ authorization: secret })],
    ["a function", Object.assign(() => secret, { config })]
  ]

  it.effect.each(causes)("does not show in %s that it fails with, without a secret in it or with one", ([_, cause]) =>
    Effect.gen(function* () {
      for (const request of [HttpClientRequest.get(base), HttpClientRequest.get(base, { headers })]) {
        const open = request.headers["authorization"] === undefined
        const error = yield* failWith(cause, request)
        expect(reasonOf(error)).toBe("Transport")
        // What no name announces is only known from the request
        if (!open || !/list|several|function/.test(_)) expect(showAll(error)).not.toContain(secret)
        if (/configuration/.test(_)) expect(error.cause).toMatchObject({ message: "no", code: "ECONNRESET" })
      }
    })
  )

  it.effect.each([
    new TypeError("fetch failed", { cause: Object.assign(new Error("lost"), { code: "ECONNRESET", errno: -104 }) }),
    Object.assign(new Error("other side closed"), {
      code: "UND_ERR_SOCKET",
      socket: { localAddress: "127.0.0.1", bytesWritten: 0, timeout: undefined }
    }),
    new AggregateError([Object.assign(new Error("no"), { code: "ECONNREFUSED", port: 443 })], "all"),
    new DOMException("The operation was aborted", "AbortError"),
    new Cause.TimeoutError("late"),
    new ObsError.NoSuchKey({ key: "k" }),
    ["a", { b: 1 }],
    "no"
  ])("leaves a cause as it is that shows none: %s", (cause) =>
    Effect.map(failWith(cause, HttpClientRequest.get(base, { headers })), (error) => {
      expect(error.cause).toBe(cause)
    })
  )

  it.effect("keeps the kind of an error by which a request is refused", () =>
    Effect.map(failWith(new TypeError(`bad ${secret}`), HttpClientRequest.get(base, { headers })), (error) => {
      expect(error.cause).toBeInstanceOf(TypeError)
      expect(ObsRetry.classify(error)).toBe("never")
    })
  )

  it.effect("looks at no more of a cause than it can", () =>
    Effect.gen(function* () {
      let cause: unknown = new Error("in")
      for (let i = 0; i < 100; i++)
        cause = new AggregateError(
          Array.from({ length: 100 }, () => cause),
          secret,
          { cause }
        )
      const start = performance.now()
      expect(showAll(yield* failWith(cause, HttpClientRequest.get(base, { headers })))).not.toContain(secret)
      expect(performance.now() - start).toBeLessThan(2000)
    })
  )

  const repeated = "Zq7Wx+SECRET/value"
  it.effect.each([
    [
      "the password of its address",
      HttpClientRequest.get(`https://user:${encodeURIComponent(repeated)}@b.example.com`)
    ],
    ["the user of its address", HttpClientRequest.get(`https://${encodeURIComponent(repeated)}@b.example.com`)],
    ["a field of its form", HttpClientRequest.post(base, { body: HttpBody.formData(form("policy", repeated)) })],
    ["a field of its raw form", HttpClientRequest.post(base, { body: HttpBody.raw(form("policy", repeated)) })],
    [
      "a field of its text",
      HttpClientRequest.post(base, { body: HttpBody.raw(`a=1&policy=${encodeURIComponent(repeated)}`) })
    ],
    [
      "a field of its parameters",
      HttpClientRequest.post(base, { body: HttpBody.urlParams(UrlParams.fromInput({ policy: repeated })) })
    ],
    [
      "a member of its JSON",
      HttpClientRequest.post(base, { body: HttpBody.jsonUnsafe({ a: { password: repeated } }) })
    ],
    [
      "a member of its long JSON",
      HttpClientRequest.post(base, { body: HttpBody.jsonUnsafe({ a: { password: repeated }, b: "x".repeat(100_000) }) })
    ]
  ] as const)("does not show %s where a cause repeats it", ([_, request]) =>
    Effect.gen(function* () {
      for (const text of [repeated, encodeURIComponent(repeated)]) {
        expect(showAll(yield* failWith(new Error(`no ${text} here`), request))).not.toContain(text)
      }
    })
  )

  it.effect("does not show in a defect, nor in the span of a failure that somebody else's client has", () =>
    Effect.gen(function* () {
      const mine = Object.assign(new Error("mine"), { _tag: "Mine", config })
      const ended: Array<unknown> = []
      const tracer = yield* Effect.tracer
      const watching = changeSpans(tracer, (span) => {
        const { end } = span
        span.end = (time, exit) => {
          ended.push(exit)
          end.call(span, time, exit)
        }
      })
      const client = (effect: Effect.Effect<never, unknown>) =>
        ObsHttpClient.filterStatusOk(
          HttpClient.makeWith<unknown, never, unknown, never>(() => Effect.withSpan(effect, "mine"), Effect.succeed)
        )
          .execute(HttpClientRequest.get(base, { headers }))
          .pipe(Effect.withTracer(watching), Effect.sandbox, Effect.flip)
      const failed = yield* client(Effect.fail(mine))
      expect(Option.getOrThrow(Cause.findErrorOption(failed))).toMatchObject({
        config: { headers: { Authorization: secret } }
      })
      const request = HttpClientRequest.get(base, { headers })
      const platform = transportError({ request, cause: mine })
      for (const defect of [mine, platform]) {
        const [died] = toldBy(yield* client(Effect.die(defect)))
        expect(showAll(died)).not.toContain(secret)
        if (defect === platform) expect(HttpClientError.isHttpClientError(died)).toBe(true)
      }
      expect(ended.length).toBeGreaterThan(2)
      expect(inspect(ended, { depth: 12, showHidden: true })).not.toContain(secret)
    })
  )

  it.effect("does not show in attributes that are no text", () =>
    Effect.gen(function* () {
      const recorded: Array<unknown> = []
      const tracer = yield* recordingTracer(recorded)
      const values = [
        [`Signature=${secret}`],
        { a: [{ password: secret }] },
        new Error(`token: ${secret}`),
        looped,
        1,
        ["a"]
      ]
      const client = HttpClient.make((request) =>
        Effect.as(
          Effect.withSpan(
            Effect.forEach(values, (value, i) => Effect.annotateCurrentSpan(`value${String(i)}`, value)),
            "mine"
          ),
          HttpClientResponse.fromWeb(request, new Response("ok"))
        )
      )
      yield* ObsHttpClient.filterStatusOk(client).get(base).pipe(Effect.withTracer(tracer))
      expect(inspect(recorded, { depth: 12 })).toContain("value3")
      expect(inspect(recorded, { depth: 12 })).not.toContain(secret)
      expect(recorded).toContain(values[4])
      expect(recorded).toContain(values[5])
    })
  )

  it.live("can be sent by a client that was wrapped twice", () =>
    Effect.gen(function* () {
      const client = yield* HttpClient.HttpClient
      const obs = client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.filterStatusOk)
      const fetch: typeof globalThis.fetch = () => Promise.resolve(new Response("ok"))
      const response = yield* obs
        .get(presigned("https://b.obs.example.com"))
        .pipe(Effect.provideService(FetchHttpClient.Fetch, fetch))
      expect(yield* response.text).toBe("ok")
    }).pipe(Effect.provide(FetchHttpClient.layer))
  )

  it.live("does not show in the errors of reading the body of a success", () =>
    Effect.gen(function* () {
      const { url } = yield* rawServer((_request, response) => {
        response.writeHead(200, { "content-length": 10 })
        response.write("{", () => setImmediate(() => response.destroy()))
      })
      const obs = ObsHttpClient.filterStatusOk(yield* HttpClient.HttpClient)
      const get = obs.get(presigned(url), { headers })
      const errors = [
        yield* Effect.flip(Effect.flatMap(get, (response) => response.json)),
        yield* Effect.flip(Effect.flatMap(get, (response) => response.text)),
        yield* Effect.flip(Effect.flatMap(get, (response) => response.arrayBuffer)),
        yield* Effect.flip(Stream.runDrain(HttpClientResponse.stream(get)))
      ]
      for (const error of errors) {
        expect(reasonOf(error)).toBe("Decode")
        expect(show(error)).not.toContain(secret)
      }
      expect(show(yield* get)).not.toContain(secret)
    }).pipe(Effect.scoped, Effect.provide(FetchHttpClient.layer))
  )

  it.effect("keeps its response as it is where there is nothing to hide", () =>
    Effect.gen(function* () {
      const plain = HttpClientResponse.fromWeb(
        HttpClientRequest.get("https://b.obs.example.com/k?x=1"),
        new Response("ok")
      )
      const obs = ObsHttpClient.filterStatusOk(HttpClient.makeWith(() => Effect.succeed(plain), Effect.succeed))
      expect(yield* obs.get("https://b.obs.example.com/k?x=1")).toBe(plain)
    })
  )

  it.effect("has its headers redacted everywhere with the layer", () =>
    Effect.gen(function* () {
      const names = yield* Headers.CurrentRedactedNames
      const shown = Headers.redact(Headers.fromInput({ ...headers, "x-obs-acl": "private" }), names)
      expect(shown["x-obs-acl"]).toBe("private")
      for (const name of Object.keys(headers)) expect(JSON.stringify(shown[name])).toBe('"<redacted>"')
    }).pipe(Effect.provide(ObsHttpClient.layerRedactedHeaders))
  )
})
