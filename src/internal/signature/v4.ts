/**
 * AWS, version 4, by `aws4fetch`, which is loaded when something is first signed with it.
 */
import type * as HttpBody from "#http/HttpBody"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { bytesOf, hex } from "../digest.js"
import type { Address, Parameter } from "./address.js"
import { hrefOf } from "./address.js"
import type { HeaderRecord } from "./canonical.js"
import { signedHeaders } from "./canonical.js"
import type { SignerError } from "./signerError.js"
import { signerError } from "./signerError.js"

// Bundlers leave an import that is caught alone where the package is not installed
const load = () => import("aws4fetch").catch(() => undefined)

type Library = NonNullable<Awaited<ReturnType<typeof load>>>

const library: Effect.Effect<Library, SignerError> = /*#__PURE__*/ Effect.flatMap(
  /*#__PURE__*/ Effect.promise(load),
  (found) =>
    found === undefined
      ? Effect.fail(signerError("MissingLibrary", "The package aws4fetch, which signs with aws4, is not installed."))
      : Effect.succeed(found)
)

// Keys are derived once a day for each region, and go with the secret
const keys = new WeakMap<Redacted.Redacted, Map<string, ArrayBuffer>>()

const maxKeys = 16

const keysOf = (secret: Redacted.Redacted): Map<string, ArrayBuffer> => {
  const known = keys.get(secret)
  if (known !== undefined && known.size < maxKeys) return known
  const cache = new Map<string, ArrayBuffer>()
  keys.set(secret, cache)
  return cache
}

/** What is signed. */
export interface Input {
  readonly method: string
  readonly headers: HeaderRecord
  readonly address: Address
  readonly parameters: ReadonlyArray<Parameter>
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted
  readonly securityToken: Redacted.Redacted | undefined
  readonly region: string | undefined
  readonly now: number
  /** Whether the signature becomes a part of the address. */
  readonly inAddress: boolean
}

/** What came of it. */
export interface Output {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly stringToSign: Redacted.Redacted
  readonly canonicalRequest: Redacted.Redacted
}

const isSigned = (name: string): boolean =>
  name === "content-md5" || name === "content-type" || name.startsWith("x-amz-")

const own = ["x-amz-date", "x-amz-security-token"]

const unavailable = (): SignerError =>
  signerError("CryptoUnavailable", "There is no Web Crypto, which aws4 is signed with.")

const checkRegion = (region: string | undefined): string | SignerError =>
  region === undefined
    ? signerError("MissingRegion", "aws4 signs the region, and neither host nor options name it.")
    : /^[\w-]+$/.test(region)
      ? region
      : signerError("InvalidOptions", "The region is none.")

const dateTime = (now: number): string => new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, "")

/** The body as it is sent; undefined where nobody knows that before. */
const bytesOfBody = (body: HttpBody.HttpBody): BufferSource | Blob | undefined => {
  if (body._tag === "Empty") return new Uint8Array()
  if (body._tag === "Uint8Array") return new Uint8Array(body.body)
  const sent: unknown = body._tag === "Raw" ? body.body : undefined
  if (typeof sent === "string" || sent instanceof URLSearchParams) return bytesOf(String(sent))
  if (sent instanceof Blob || sent instanceof ArrayBuffer) return sent
  return ArrayBuffer.isView(sent) ? new Uint8Array(sent.buffer, sent.byteOffset, sent.byteLength).slice() : undefined
}

/** The headers with the hash of the body; that of a stream has to be among them. */
export const withPayload = (
  headers: HeaderRecord,
  body: HttpBody.HttpBody
): Effect.Effect<HeaderRecord, SignerError> => {
  const bytes = bytesOfBody(body)
  if (bytes === undefined) {
    return /^[\da-f]{64}$/.test(headers["x-amz-content-sha256"] ?? "")
      ? Effect.succeed(headers)
      : Effect.fail(signerError("UnknownPayload", "The body is to be signed, and is not in memory."))
  }
  return Effect.tryPromise({
    try: async () => {
      const data = bytes instanceof Blob ? await bytes.arrayBuffer() : bytes
      return {
        ...headers,
        "x-amz-content-sha256": hex(new Uint8Array(await crypto.subtle.digest("SHA-256", data)))
      }
    },
    catch: () => unavailable()
  })
}

const hmac = async (key: Uint8Array<ArrayBuffer>, text: string): Promise<Uint8Array<ArrayBuffer>> => {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, bytesOf(text)))
}

/** What signs a form: fields that its policy has to name, and the signature of the policy. */
export const formV4 = (
  { accessKeyId, secretAccessKey }: Pick<Input, "accessKeyId" | "secretAccessKey">,
  given: string | undefined,
  now: number
):
  | {
      readonly fields: ReadonlyArray<readonly [name: string, value: string]>
      readonly sign: (policy: string) => Effect.Effect<string, SignerError>
    }
  | SignerError => {
  const region = checkRegion(given)
  if (typeof region !== "string") return region
  const date = dateTime(now)
  const scope = [date.slice(0, 8), region, "s3", "aws4_request"]
  return {
    fields: [
      ["x-amz-algorithm", "AWS4-HMAC-SHA256"],
      ["x-amz-credential", [accessKeyId, ...scope].join("/")],
      ["x-amz-date", date]
    ],
    sign: (policy) =>
      Effect.tryPromise({
        try: async () => {
          let key = bytesOf(`AWS4${Redacted.value(secretAccessKey)}`)
          for (const part of [...scope, policy]) key = await hmac(key, part)
          return hex(key)
        },
        catch: () => unavailable()
      })
  }
}

export const signV4 = (input: Input): Effect.Effect<Output, SignerError> => {
  const region = checkRegion(input.region ?? input.address.region)
  if (typeof region !== "string") return Effect.fail(region)
  const names = input.parameters.map(({ name }) => name)
  if (names.includes("") || new Set(names).size < names.length) {
    const why = "The address has a parameter that is there twice or has no name, which aws4fetch does not sign."
    return Effect.fail(signerError("InvalidUrl", why))
  }
  const headers = signedHeaders(input.headers, (name) => isSigned(name) && !own.includes(name))
  if ("reason" in headers) return Effect.fail(headers)
  const url = hrefOf(input.address, input.parameters)
  return Effect.flatMap(library, ({ AwsV4Signer }) =>
    Effect.tryPromise({
      try: async (): Promise<Output> => {
        const signer = new AwsV4Signer({
          method: input.method,
          url,
          headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
          accessKeyId: input.accessKeyId,
          secretAccessKey: Redacted.value(input.secretAccessKey),
          ...(input.securityToken === undefined ? undefined : { sessionToken: Redacted.value(input.securityToken) }),
          service: "s3",
          region,
          cache: keysOf(input.secretAccessKey),
          datetime: dateTime(input.now),
          signQuery: input.inAddress,
          // Only those that are given, so that Content-Type is one of them
          allHeaders: true
        })
        // Made once, where it would make each of them again for the next
        const canonicalRequest = await signer.canonicalString()
        signer.canonicalString = () => Promise.resolve(canonicalRequest)
        const stringToSign = await signer.stringToSign()
        signer.stringToSign = () => Promise.resolve(stringToSign)
        const signed = await signer.sign()
        return {
          // A plus that stands for a blank is a plus to some
          url: input.inAddress ? signed.url.href.replaceAll("+", "%20") : url,
          headers: Object.fromEntries(signed.headers),
          stringToSign: Redacted.make(stringToSign),
          canonicalRequest: Redacted.make(canonicalRequest)
        }
      },
      catch: () => unavailable()
    })
  )
}
