/**
 * What an error of the network says of itself, in the words of Node's http, undici, fetch, Bun, Deno, workers and
 * browsers: whether another attempt can mend it, and whether it proves that nothing was sent.
 */
import { isObject } from "../object.js"

const maxDepth = 8

/** What the system says of an error of the network: `ECONNREFUSED`, and what it was doing, such as `connect`. */
export interface SystemError {
  readonly code: string
  readonly syscall?: string
}

/** A property of whatever was thrown, which can have getters that throw in turn. */
const read = (error: object, name: string): unknown => {
  try {
    return Reflect.get(error, name)
  } catch {
    return undefined
  }
}

/** An error and what caused it, from the outside in. */
const chainOf = (error: unknown): ReadonlyArray<object> => {
  const chain: Array<object> = []
  for (let at = error; isObject(at) && chain.length < maxDepth; at = read(at, "cause")) chain.push(at)
  return chain
}

const systemErrorAt = (error: object): SystemError | undefined => {
  const code = read(error, "code")
  if (typeof code !== "string") return undefined
  const syscall = read(error, "syscall")
  return typeof syscall === "string" ? { code, syscall } : { code }
}

/** The error of the system that an error was caused by; undefined where there is none. */
export const systemErrorOf = (error: unknown): SystemError | undefined =>
  chainOf(error)
    .map(systemErrorAt)
    .find((found) => found !== undefined)

// The connection was never made, so no byte of a request was sent
const notConnected = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "EMFILE",
  "ENFILE",
  "UND_ERR_CONNECT_TIMEOUT",
  // Bun, before it took the names of Node
  "ConnectionRefused",
  "FailedToOpenSocket"
])

// The name of the host was not found out, of `dns.lookup` and of the resolver that some take for it
const notResolved = new Set(["EAI_FAIL", "EREFUSED", "ESERVFAIL", "ETIMEOUT"])

// The connection was lost, or nothing came over it in time
const lost = new Set([
  "ECONNABORTED",
  "ECONNRESET",
  "ENETRESET",
  "ENOBUFS",
  "ENOTCONN",
  "EPIPE",
  "ESOCKETTIMEDOUT",
  "ETIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_RES_CONTENT_LENGTH_MISMATCH",
  "UND_ERR_SOCKET",
  "ERR_HTTP2_GOAWAY_SESSION",
  "ERR_HTTP2_SESSION_ERROR",
  "ERR_HTTP2_STREAM_CANCEL",
  "ERR_HTTP2_STREAM_ERROR",
  "ERR_NETWORK",
  "ERR_SOCKET_CONNECTION_TIMEOUT",
  "ERR_STREAM_PREMATURE_CLOSE",
  "HPE_INVALID_EOF_STATE",
  "ConnectionClosed",
  "Timeout"
])

// Of Deno, whose errors have no code
const notConnectedWords = /client error \(Connect\): (?:tcp connect error|dns error)/

// Of errors without a code: fetch in browsers (Chromium, Firefox, Safari, React Native), undici, Deno and workerd
const lostWords = new RegExp(
  [
    "^fetch failed$",
    "^failed to fetch$",
    "^networkerror when attempting to fetch resource",
    "^load failed$",
    "^network request failed$",
    "^network error$",
    "^network connection lost",
    "^the network connection was lost",
    "^the internet connection appears to be offline",
    "^could not connect to the server",
    "^the request timed out",
    "^terminated$",
    "^other side closed$",
    "^socket hang up$",
    "^premature close$",
    "^error reading a body from connection",
    "connection (?:closed before|reset by peer|aborted)",
    "\\(os error \\d+\\)"
  ].join("|"),
  "i"
)

/** Errors by which fetch refuses what it is given. Those of its network are of the same classes. */
const isRefusal = (error: object): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError

const messageOf = (error: object): string => {
  const message = read(error, "message")
  return typeof message === "string" ? message : ""
}

/**
 * Whether another attempt can mend what kept a request from being answered. A header or an address that is refused, a
 * certificate that is not trusted and an answer that is not HTTP stay as they are.
 */
export const isTransient = (cause: unknown): boolean => {
  const chain = chainOf(cause)
  const innermost = chain.at(-1)
  // A client that says no more than that its transport failed
  if (innermost === undefined) return true
  const code = systemErrorOf(cause)?.code
  if (code !== undefined) return notConnected.has(code) || notResolved.has(code) || lost.has(code)
  const name = read(innermost, "name")
  const message = messageOf(innermost)
  if (name === "TimeoutError" || notConnectedWords.test(message) || lostWords.test(message)) return true
  return name === "Error" && !chain.some(isRefusal)
}

const isLookup = (syscall: string | undefined): boolean =>
  syscall === "getaddrinfo" || /^query[A-Z]/.test(syscall ?? "")

/** The same codes can come from a connection that was made, which the call that failed tells apart. */
export const neverConnected = (cause: unknown): boolean => {
  const innermost = chainOf(cause).at(-1)
  if (innermost === undefined) return false
  const { code, syscall } = systemErrorOf(cause) ?? {}
  if (code === undefined) return notConnectedWords.test(messageOf(innermost))
  if (isLookup(syscall)) return notConnected.has(code) || notResolved.has(code)
  return notConnected.has(code) && (syscall === undefined || syscall === "connect")
}
