import { describe, expect, it } from "@effect/vitest"
import { isTransient, neverConnected } from "../../../src/internal/request/networkError.js"

const system = (code: string, syscall?: string) => Object.assign(new Error(code), { code, ...(syscall && { syscall }) })

const fetchFailed = (cause?: unknown) => new TypeError("fetch failed", cause === undefined ? undefined : { cause })

const deno = (message: string) => fetchFailed(new Error(`error sending request for url (http://b/k): ${message}`))

/** What the clients of each runtime say, as they were seen to. */
const errors: ReadonlyArray<readonly [what: string, cause: unknown, transient: boolean, neverConnected: boolean]> = [
  ["Node: refused", system("ECONNREFUSED", "connect"), true, true],
  ["Node: no such host", system("ENOTFOUND", "getaddrinfo"), true, true],
  ["Node: the resolver failed", system("EAI_FAIL", "getaddrinfo"), true, true],
  ["c-ares: the server failed", system("ESERVFAIL", "queryA"), true, true],
  ["c-ares: the server refused", system("EREFUSED", "queryAaaa"), true, true],
  ["c-ares: out of time", system("ETIMEOUT", "queryA"), true, true],
  ["c-ares: no server", system("ECONNREFUSED", "queryA"), true, true],
  ["the same code of something else", system("ETIMEOUT"), true, false],
  ["Node: no longer connected", system("ENOTCONN", "shutdown"), true, false],
  ["HTTP/2: the session ended", system("ERR_HTTP2_SESSION_ERROR"), true, false],
  ["HTTP/2: the stream was cancelled", system("ERR_HTTP2_STREAM_CANCEL"), true, false],
  ["Node: hung up", system("ECONNRESET"), true, false],
  ["Node: no route, while reading", system("EHOSTUNREACH", "read"), true, false],
  ["Node: no HTTP", system("HPE_INVALID_CONSTANT"), false, false],
  ["Node: a header", Object.assign(new TypeError("Invalid character"), { code: "ERR_INVALID_CHAR" }), false, false],
  ["Node: a certificate", system("DEPTH_ZERO_SELF_SIGNED_CERT"), false, false],
  ["Node: another host's certificate", system("ERR_TLS_CERT_ALTNAME_INVALID"), false, false],
  ["Node: an expired certificate", system("CERT_HAS_EXPIRED"), false, false],
  ["Node: TLS where there is none", system("EPROTO", "write"), false, false],
  ["undici: connecting took too long", system("UND_ERR_CONNECT_TIMEOUT"), true, true],
  ["undici: closed", system("UND_ERR_SOCKET"), true, false],
  ["undici: a header", system("UND_ERR_INVALID_ARG"), false, false],
  ["undici: no HTTP", Object.assign(new Error("Expected HTTP/"), { name: "HTTPParserError" }), false, false],
  ["fetch: refused", fetchFailed(system("ECONNREFUSED", "connect")), true, true],
  ["fetch: closed", fetchFailed(system("UND_ERR_SOCKET")), true, false],
  ["fetch: terminated", new TypeError("terminated", { cause: system("UND_ERR_SOCKET") }), true, false],
  ["fetch: a header", new TypeError('Headers.append: "a\\nb" is an invalid header value.'), false, false],
  ["fetch: a port that is blocked", fetchFailed(new Error("bad port")), false, false],
  ["fetch: another scheme", fetchFailed(new Error("unknown scheme")), false, false],
  ["fetch: too many redirects", fetchFailed(new Error("redirect count exceeded")), false, false],
  ["fetch: a certificate", fetchFailed(system("DEPTH_ZERO_SELF_SIGNED_CERT")), false, false],
  [
    "fetch: a bad address",
    new TypeError("Failed to parse URL from x", { cause: system("ERR_INVALID_URL") }),
    false,
    false
  ],
  ["fetch: a body with a GET", new TypeError("Request with GET/HEAD method cannot have body."), false, false],
  ["fetch: out of time", new DOMException("signal timed out", "TimeoutError"), true, false],
  ["fetch: aborted", new DOMException("aborted", "AbortError"), false, false],
  ["Bun: refused", Object.assign(new TypeError("Unable to connect."), { code: "ECONNREFUSED", errno: 0 }), true, true],
  ["Bun: refused, before", Object.assign(new Error("Unable to connect."), { code: "ConnectionRefused" }), true, true],
  ["Bun: closed", Object.assign(new TypeError("closed unexpectedly"), { code: "ECONNRESET" }), true, false],
  ["Bun: a header", new TypeError("Header 'x-obs-security-token' has invalid value"), false, false],
  ["Bun: too many redirects", Object.assign(new TypeError("?"), { code: "TooManyRedirects" }), false, false],
  ["Deno: refused", deno("client error (Connect): tcp connect error: Connection refused (os error 111)"), true, true],
  ["Deno: no such host", deno("client error (Connect): dns error: failed to lookup address information"), true, true],
  ["Deno: closed", deno("client error (SendRequest): connection closed before message completed"), true, false],
  ["Deno: reset", fetchFailed(new Error("Connection reset by peer (os error 104)")), true, false],
  ["Deno: a body that is cut", new TypeError("error reading a body from connection"), true, false],
  ["Deno: a certificate", deno("client error (Connect): invalid peer certificate: UnknownIssuer"), false, false],
  ["Deno: no HTTP", deno("client error (SendRequest): invalid HTTP version parsed"), false, false],
  ["Deno: a header", new TypeError('Invalid header value: "a\\nb"'), false, false],
  ["Deno: a port that is blocked", new TypeError("Fetch failed: Requests to port 25 are blocked"), false, false],
  ["Chromium", new TypeError("Failed to fetch"), true, false],
  [
    "Chromium: a header",
    new TypeError("Failed to execute 'fetch' on 'Window': String contains non ISO-8859-1 code point."),
    false,
    false
  ],
  ["Firefox", new TypeError("NetworkError when attempting to fetch resource."), true, false],
  ["Safari", new TypeError("Load failed"), true, false],
  ["workerd", new Error("Network connection lost."), true, false],
  ["a client that says nothing", undefined, true, false],
  ["a client that says something else", new Error("boom"), true, false],
  ["a mistake in a client", new TypeError("x is not a function"), false, false],
  [
    "an error that throws",
    Object.defineProperties(new Error("x"), {
      cause: {
        get: () => {
          throw new Error("boom")
        }
      }
    }),
    true,
    false
  ]
]

describe("an error of the transport", () => {
  it.each(errors)("%s", (_, cause, transient, never) => {
    expect(isTransient(cause)).toBe(transient)
    expect(neverConnected(cause)).toBe(never)
  })

  it("may be its own cause", () => {
    const error = new Error("x")
    error.cause = error
    expect(isTransient(error)).toBe(true)
  })
})
