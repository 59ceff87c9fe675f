/**
 * Classifies network errors by the words of Node's http, undici, fetch, Bun, Deno, workers and browsers: whether
 * another attempt may succeed, and whether the error proves that nothing was sent.
 */
import { isObject } from "../object.js"

const maxDepth = 8

/** A system error: a code such as `ECONNREFUSED`, and the failed call, such as `connect`. */
export interface SystemError {
  readonly code: string
  readonly syscall?: string
}

/** Reads a property of a thrown value, whose getters may throw. */
const read = (error: object, name: string): unknown => {
  try {
    return Reflect.get(error, name)
  } catch {
    return undefined
  }
}

/** An error and its causes, outermost first. */
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

/** The system error behind an error; undefined if there is none. */
export const systemErrorOf = (error: unknown): SystemError | undefined =>
  chainOf(error)
    .map(systemErrorAt)
    .find((found) => found !== undefined)

// The connection was never made, so no byte of the request was sent
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
  // Bun, before it adopted Node's names
  "ConnectionRefused",
  "FailedToOpenSocket"
])

// The host name could not be resolved, by `dns.lookup` or by the resolver that some use instead
const notResolved = new Set(["EAI_FAIL", "EREFUSED", "ESERVFAIL", "ETIMEOUT"])

// The connection was lost or timed out
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

// Deno, whose errors have no code
const notConnectedWords = /client error \(Connect\): (?:tcp connect error|dns error)/

// Errors without a code: fetch in browsers (Chromium, Firefox, Safari, React Native), undici, Deno and workerd
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

/** Whether fetch rejected its input. Its network errors have the same classes. */
const isRefusal = (error: object): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError

const messageOf = (error: object): string => {
  const message = read(error, "message")
  return typeof message === "string" ? message : ""
}

/**
 * Whether another attempt may succeed. Invalid headers or addresses, untrusted certificates and responses that are not
 * HTTP fail again.
 */
export const isTransient = (cause: unknown): boolean => {
  const chain = chainOf(cause)
  const innermost = chain.at(-1)
  // The client says only that its transport failed
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

/**
 * Whether the connection was never made. An established connection can fail with the same codes, so this checks the
 * failed call.
 */
export const neverConnected = (cause: unknown): boolean => {
  const innermost = chainOf(cause).at(-1)
  if (innermost === undefined) return false
  const { code, syscall } = systemErrorOf(cause) ?? {}
  if (code === undefined) return notConnectedWords.test(messageOf(innermost))
  if (isLookup(syscall)) return notConnected.has(code) || notResolved.has(code)
  return notConnected.has(code) && (syscall === undefined || syscall === "connect")
}
