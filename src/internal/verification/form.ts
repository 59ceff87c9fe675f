/**
 * Checks a form as the service does: its signature, and what its policy allows.
 */
import { base64, hex, hmacSha1, hmacSha256 } from "../digest.js"
import { isRecord } from "../object.js"
import { textOf } from "./arrived.js"
import { basicDateOf, dateOf } from "./date.js"
import type { Form } from "./multipart.js"
import { formOf, keyOf } from "./multipart.js"
import type { Refusal } from "./refusal.js"
import { accessDenied, invalidArgument, isRefusal, refusal, skewed } from "./refusal.js"
import type { Presented } from "./signed.js"
import * as V4 from "./v4.js"
import type { Checked, Verdict } from "./verify.js"
import { holderOf, mismatch } from "./verify.js"

/** What a form says of its signature; the string to sign is its policy. */
interface Signed extends Omit<Presented, "hash" | "signChunks" | "signs"> {
  readonly form: Form
}

const missing = (name: string): Refusal =>
  invalidArgument(
    `Bucket POST must contain a field named '${name}'. If it is specified, please check the order of the fields.`,
    name,
    ""
  )

// The fields of a signature, in all schemes
const ofSignature = [
  "policy",
  "signature",
  "accesskeyid",
  "awsaccesskeyid",
  "x-amz-algorithm",
  "x-amz-credential",
  "x-amz-signature"
]

const signedBy = (form: Form, { now, region }: Checked): Signed | Refusal | "Unsigned" => {
  const field = (name: string) => form.fields.get(name)
  if (!ofSignature.some((name) => form.fields.has(name))) return "Unsigned"
  const policy = field("policy")
  if (policy === undefined) return accessDenied()
  const algorithm = field("x-amz-algorithm")
  if (algorithm !== undefined) {
    if (algorithm !== V4.algorithm) return invalidArgument("Unsupported algorithm.", "x-amz-algorithm", algorithm)
    const [credential, signature] = [field("x-amz-credential"), field("x-amz-signature")]
    if (credential === undefined) return missing("x-amz-credential")
    if (signature === undefined) return missing("x-amz-signature")
    const date = basicDateOf(field("x-amz-date"))
    if (date === undefined) return missing("x-amz-date")
    const scope = V4.scopeOf(credential, region, (why) => invalidArgument(why, "x-amz-credential", credential))
    if (isRefusal(scope)) return scope
    // A form is signed long before it is sent, but for at most as long as its key is one
    if (date.millis > now && skewed(date, now) !== undefined) {
      return refusal("RequestTimeTooSkewed", "Http Request signed date is too skewed.")
    }
    return {
      form,
      accessKeyId: scope.accessKeyId,
      accessKeyElement: "AWSAccessKeyId",
      securityToken: field("x-amz-security-token"),
      signature,
      stringToSign: policy,
      sign: (secret, text) => hex(hmacSha256(V4.keyOf(secret, scope), text))
    }
  }
  const accessKeyElement = field("awsaccesskeyid") === undefined ? "AccessKeyId" : "AWSAccessKeyId"
  const [accessKeyId, signature] = [field(accessKeyElement.toLowerCase()), field("signature")]
  if (accessKeyId === undefined) return missing(accessKeyElement)
  if (signature === undefined) return missing("signature")
  return {
    form,
    accessKeyId,
    accessKeyElement,
    securityToken: field(accessKeyElement === "AccessKeyId" ? "x-obs-security-token" : "x-amz-security-token"),
    signature,
    stringToSign: policy,
    sign: (secret, text) => base64(hmacSha1(secret)(text))
  }
}

const invalidPolicy = (why: string): Refusal => refusal("InvalidPolicyDocument", `Invalid Policy: ${why}`)

const unmet = (condition: unknown): Refusal =>
  refusal("InvalidPolicyDocument", `Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`)

const documentOf = (policy: string): unknown => {
  try {
    return JSON.parse(textOf(Uint8Array.from(atob(policy), (c) => c.charCodeAt(0))))
  } catch {
    return undefined
  }
}

// Fields that no condition has to speak of
const free = ["accesskeyid", "awsaccesskeyid", "policy", "signature", "x-amz-signature"]

const isFree = (name: string): boolean =>
  free.includes(name) || name.startsWith("x-ignore-") || /^x-(?:obs|amz)-security-token$/.test(name)

const isBytes = (u: unknown): boolean => Number.isSafeInteger(typeof u === "string" && u !== "" ? Number(u) : u)

/** What forbids a form; undefined where its policy allows it. */
const forbidden = (form: Form, bucket: string, policy: string, now: number): Refusal | undefined => {
  const document = documentOf(policy)
  if (!isRecord(document)) return invalidPolicy("Invalid JSON.")
  const { conditions, expiration } = document
  const end = dateOf(typeof expiration === "string" ? expiration : undefined)
  if (end === undefined) return invalidPolicy("Invalid 'expiration' value.")
  if (!Array.isArray(conditions)) return invalidPolicy("Invalid 'conditions' value.")
  if (now > end.millis) return accessDenied("Invalid according to Policy: Policy expired.")
  const values = new Map([...form.fields, ["bucket", bucket], ["key", keyOf(form)]])
  const spokenOf = new Set<string>(["bucket"])
  for (const condition of conditions.flatMap(singly)) {
    const [kind, name, value]: ReadonlyArray<unknown> = condition
    if (kind === "content-length-range") {
      if (!isBytes(name) || !isBytes(value)) return invalidPolicy("Invalid content-length-range.")
      const { length } = form.file
      const sizes = { ProposedSize: String(length), MinSizeAllowed: String(name), MaxSizeAllowed: String(value) }
      if (length < Number(name)) {
        return refusal("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", sizes)
      }
      if (length > Number(value)) {
        return refusal("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", sizes)
      }
      continue
    }
    if (typeof name !== "string" || !name.startsWith("$") || typeof value !== "string") {
      return invalidPolicy("Invalid condition.")
    }
    const field = name.slice(1).toLowerCase()
    spokenOf.add(field)
    const found = values.get(field)
    // The key is compared as it is written, and as it will be
    const candidates = field === "key" ? [found, form.fields.get("key")] : [found]
    const holds =
      kind === "eq"
        ? candidates.includes(value)
        : kind === "starts-with"
          ? candidates.some((c) => c?.startsWith(value))
          : undefined
    if (holds === undefined) return invalidPolicy("Invalid condition.")
    if (!holds) return unmet(condition)
  }
  const extra = [...form.fields.keys()].find((name) => !isFree(name) && !spokenOf.has(name))
  return extra === undefined
    ? undefined
    : refusal("InvalidPolicyDocument", `Invalid according to Policy: Extra input fields: ${extra}`)
}

/** A condition in its long form; an object is as many as it has members. */
const singly = (condition: unknown): ReadonlyArray<ReadonlyArray<unknown>> =>
  Array.isArray(condition)
    ? [condition.length === 3 ? condition : []]
    : isRecord(condition)
      ? Object.entries(condition).map(([name, value]) => ["eq", `$${name}`, value])
      : [[]]

/** Checks a form, which is sent to a bucket. */
export const verifyForm = (
  request: { readonly type: string | undefined; readonly body: Uint8Array; readonly bucket: string },
  checked: Checked
): Verdict => {
  const form = formOf(request.type, request.body)
  if (form === undefined) {
    return refusal("MalformedPOSTRequest", "The body of your POST request is not well-formed multipart/form-data.")
  }
  if (form === "NoFile") {
    return refusal("IncorrectNumberOfFilesInPostRequest", "POST requires exactly one file upload per request.")
  }
  const signed = signedBy(form, checked)
  if (signed === "Unsigned" || isRefusal(signed)) return signed
  const holder = holderOf(signed, checked)
  if (isRefusal(holder)) return holder
  const signature = signed.sign(holder.secret, signed.stringToSign)
  if (signature !== signed.signature) return mismatch(signed)
  // The policy speaks of all fields
  const accepted = { accessKeyId: holder.accessKeyId, signs: () => true, hash: undefined, signChunk: undefined }
  return forbidden(form, request.bucket, signed.stringToSign, checked.now) ?? accepted
}
