/**
 * The command line of the emulator: what its options mean, and what is wrong with them.
 */
import * as Redacted from "effect/Redacted"
import { parseArgs } from "node:util"
import type { CredentialsInput } from "../../internal/credentials/credentials.js"
import * as ObsTestService from "../ObsTestService.js"

/** How requests are logged. */
export type Log = "text" | "json" | "none"

/** What the emulator is started with. */
export interface Settings {
  readonly host: string
  readonly port: number
  /** The port of loopback that takes rules of faults; none without it. */
  readonly controlPort: number | undefined
  /** The folder that keeps what the service is given; in memory without it. */
  readonly dir: string | undefined
  /** The buckets that are there from the start. */
  readonly buckets: ReadonlyArray<string>
  readonly log: Log
  readonly service: ObsTestService.Options
}

export type Parsed =
  | { readonly _tag: "Run"; readonly settings: Settings }
  | { readonly _tag: "Help" }
  | { readonly _tag: "Version" }
  /** The arguments are wrong; one sentence says how. */
  | { readonly _tag: "Usage"; readonly message: string }

interface Option {
  /** What stands for the value in the help; a flag has none. */
  readonly value?: string
  readonly multiple?: true
  readonly short?: string
  readonly text: string
}

const options = {
  port: { value: "PORT", text: "the port, 9000 by default; 0 takes a free one" },
  host: { value: "HOST", text: "the address to listen at, 127.0.0.1 by default; 0.0.0.0 for all of the machine" },
  dir: { value: "FOLDER", text: "keep everything in this folder; in memory without it" },
  bucket: { value: "NAME", multiple: true, text: "make this bucket at the start, if it is not there; repeatable" },
  credentials: {
    value: "AK:SK",
    multiple: true,
    text: "accept this access key with its secret key; repeatable"
  },
  "access-key": { value: "AK", multiple: true, text: "the same in two options, of which the second is" },
  "secret-key": { value: "SK", multiple: true, text: "the secret key of the access key before it" },
  region: { value: "REGION", text: "the region of the service; any without it" },
  endpoint: {
    value: "DOMAIN",
    text: "the domain whose subdomains are buckets; by default what begins with obs., and localhost"
  },
  lenient: { text: "take what the real service refuses; the next options do so one by one" },
  "min-part-size": { value: "BYTES", text: "the least size of each part of an upload but the last, 102400 by default" },
  "no-content-md5": { text: "take requests without a Content-MD5 that need one" },
  "path-style": { text: "take buckets in the path at hosts that are names; at IP addresses they always are" },
  "aws-chunked": { text: "decode bodies in the chunks of AWS instead of keeping them as they are sent" },
  "unexpected-bodies": { text: "ignore bodies where none belongs" },
  "control-port": {
    value: "PORT",
    text: "a port of 127.0.0.1 that takes rules of faults over HTTP; 0 takes a free one"
  },
  json: { text: "log each request as one JSON object a line" },
  quiet: { short: "q", text: "log no requests" },
  help: { short: "h", text: "show this" },
  version: { short: "v", text: "show the version" }
} satisfies { readonly [name: string]: Option }

type Name = keyof typeof options

const table: ReadonlyArray<readonly [string, Option]> = Object.entries(options)

const isName = (name: string): name is Name => Object.hasOwn(options, name)

/** What `--help` shows. */
export const help: string = [
  "Usage: effect-obs-emulator [options]",
  "",
  "An emulator of Huawei Cloud OBS. It listens until SIGINT or SIGTERM.",
  "",
  ...table.map(([name, { short, text, value }]) => {
    const names = `${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`
    return `  ${names.padEnd(28)}${text}`
  }),
  "",
  "Access keys are also taken from OBS_ACCESS_KEY_ID and OBS_SECRET_ACCESS_KEY, where nobody else on the machine",
  "sees them. Without any, all signatures are accepted.",
  "",
  "The address is written to the standard output once it listens, requests to the standard error."
].join("\n")

/** What is wrong with the arguments. */
class Wrong {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** The values of each option, in their order; none for flags. */
type Given = ReadonlyMap<Name, ReadonlyArray<string>>

const givenBy = (args: ReadonlyArray<string>): Given | Wrong => {
  const { tokens } = parseArgs({
    args: [...args],
    // The own words for what is wrong are one sentence
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      table.map(([name, { short, value }]) => [
        name,
        { type: value === undefined ? "boolean" : "string", ...(short === undefined ? undefined : { short }) } as const
      ])
    )
  })
  const given = new Map<Name, Array<string>>()
  for (const token of tokens) {
    if (token.kind === "option-terminator") continue
    // Not what it is: it may be a secret that went astray
    if (token.kind === "positional") return new Wrong(`Argument ${String(token.index + 1)} belongs to no option.`)
    const { inlineValue, name, rawName, value } = token
    if (!isName(name)) return new Wrong(`There is no option ${rawName}.`)
    const option: Option = options[name]
    if (option.value === undefined && value !== undefined) return new Wrong(`The option ${rawName} has no value.`)
    if (
      option.value !== undefined &&
      (value === undefined || value === "" || (!inlineValue && value.startsWith("-")))
    ) {
      return new Wrong(
        `The option ${rawName} needs a value: ${rawName} ${option.value}, or ${rawName}=${option.value} for one that begins with a dash.`
      )
    }
    const values = given.get(name) ?? []
    if (values.length > 0 && option.value !== undefined && option.multiple !== true) {
      return new Wrong(`The option ${rawName} is given twice.`)
    }
    given.set(name, [...values, value ?? ""])
  }
  return given
}

const numberOf = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : Number.NaN)

type Environment = { readonly [name: string]: string | undefined }

const credentialsOf = (given: Given, env: Environment): ReadonlyArray<CredentialsInput> | Wrong => {
  const found: Array<{
    readonly accessKeyId: string
    readonly secretAccessKey: string
    readonly securityToken?: string
  }> = []
  const accessKeys = given.get("access-key") ?? []
  const secretKeys = given.get("secret-key") ?? []
  if (accessKeys.length !== secretKeys.length)
    return new Wrong("Each --access-key needs a --secret-key, and the reverse.")
  accessKeys.forEach((accessKeyId, i) => found.push({ accessKeyId, secretAccessKey: secretKeys[i] ?? "" }))
  for (const pair of given.get("credentials") ?? []) {
    const colon = pair.indexOf(":")
    if (colon < 1 || colon === pair.length - 1) {
      return new Wrong("A value of --credentials is an access key, a colon and a secret key: AK:SK.")
    }
    found.push({ accessKeyId: pair.slice(0, colon), secretAccessKey: pair.slice(colon + 1) })
  }
  const {
    OBS_ACCESS_KEY_ID: accessKeyId = "",
    OBS_SECRET_ACCESS_KEY: secretAccessKey = "",
    OBS_SECURITY_TOKEN: securityToken = ""
  } = env
  if ((accessKeyId === "") !== (secretAccessKey === "")) {
    return new Wrong(
      "Of OBS_ACCESS_KEY_ID and OBS_SECRET_ACCESS_KEY one is set and the other is not: set both, or none."
    )
  }
  if (accessKeyId !== "" && !found.some((one) => one.accessKeyId === accessKeyId)) {
    found.unshift({ accessKeyId, secretAccessKey, ...(securityToken === "" ? undefined : { securityToken }) })
  }
  const names = found.map(({ accessKeyId }) => accessKeyId)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return new Wrong(`The access key ${twice} is given twice.`)
  return found.map((one) => ({
    ...one,
    secretAccessKey: Redacted.make(one.secretAccessKey),
    securityToken: one.securityToken === undefined ? undefined : Redacted.make(one.securityToken)
  }))
}

// A name with dots, at the most with a port
const isDomain = (text: string): boolean => /^[a-z\d]([\w-]*[a-z\d])?(\.[a-z\d]([\w-]*[a-z\d])?)*$/i.test(text)

/** As strict as the real service, but for what is loosened. */
const strictness = (given: Given): ObsTestService.Options | Wrong => {
  const asked = given.get("min-part-size")?.[0]
  const minPartSize = asked === undefined ? undefined : numberOf(asked)
  if (Number.isNaN(minPartSize)) return new Wrong("The value of --min-part-size is a number of bytes.")
  return {
    ...(given.has("lenient") ? undefined : ObsTestService.strict),
    ...(minPartSize === undefined ? undefined : { minPartSize }),
    ...(given.has("no-content-md5") ? { requireContentMd5: false } : undefined),
    ...(given.has("path-style") ? { pathStyle: "allowed" } : undefined),
    ...(given.has("aws-chunked") ? { awsChunked: "decoded" } : undefined),
    ...(given.has("unexpected-bodies") ? { unexpectedBodies: "ignored" } : undefined)
  }
}

const settingsOf = (given: Given, env: Environment): Settings | Wrong => {
  const port = numberOf(given.get("port")?.[0] ?? "9000")
  if (!(port <= 65_535)) return new Wrong("The value of --port is a number from 0 to 65535.")
  const control = given.get("control-port")?.[0]
  const controlPort = control === undefined ? undefined : numberOf(control)
  if (controlPort !== undefined && !(controlPort <= 65_535)) {
    return new Wrong("The value of --control-port is a number from 0 to 65535.")
  }
  const endpoint = given.get("endpoint")?.[0]
  if (endpoint !== undefined && !isDomain(endpoint)) {
    return new Wrong("The value of --endpoint is a domain without a scheme and a port, such as obs.example.com.")
  }
  if (given.has("json") && given.has("quiet")) return new Wrong("Of --json and --quiet only one can be given.")
  const credentials = credentialsOf(given, env)
  if (credentials instanceof Wrong) return credentials
  const strictness_ = strictness(given)
  if (strictness_ instanceof Wrong) return strictness_
  return {
    host: given.get("host")?.[0] ?? "127.0.0.1",
    port,
    controlPort,
    dir: given.get("dir")?.[0],
    buckets: given.get("bucket") ?? [],
    log: given.has("quiet") ? "none" : given.has("json") ? "json" : "text",
    service: {
      ...strictness_,
      endpoint,
      region: given.get("region")?.[0],
      credentials: credentials.length === 0 ? undefined : credentials
    }
  }
}

/** Reads the arguments, and the access keys of the environment. */
export const parse = (args: ReadonlyArray<string>, env: Environment): Parsed => {
  const given = givenBy(args)
  if (given instanceof Wrong) return { _tag: "Usage", message: given.message }
  if (given.has("help")) return { _tag: "Help" }
  if (given.has("version")) return { _tag: "Version" }
  const settings = settingsOf(given, env)
  return settings instanceof Wrong ? { _tag: "Usage", message: settings.message } : { _tag: "Run", settings }
}
