import { Redacted } from "#test/effect"
import * as fc from "fast-check"
import { ObsTestService } from "effect-obs/testing"
import { describe, expect, it } from "vitest"
import { help, parse } from "../../../src/testing/emulator/arguments.js"

const settingsOf = (args: ReadonlyArray<string>, env = {}) => {
  const parsed = parse(args, env)
  if (parsed._tag !== "Run") throw new Error(JSON.stringify(parsed))
  return parsed.settings
}

const problemOf = (args: ReadonlyArray<string>, env = {}) => {
  const parsed = parse(args, env)
  return parsed._tag === "Usage" ? parsed.message : undefined
}

const keysOf = (args: ReadonlyArray<string>, env = {}) =>
  (settingsOf(args, env).service.credentials ?? []).map(({ accessKeyId, secretAccessKey, securityToken }) => [
    accessKeyId,
    ...[secretAccessKey, securityToken].flatMap((secret) =>
      Redacted.isRedacted(secret) ? [Redacted.value(secret)] : []
    )
  ])

describe("the arguments of the emulator", () => {
  it("are all optional, and strict", () => {
    expect(settingsOf([])).toMatchObject({
      host: "127.0.0.1",
      port: 9000,
      dir: undefined,
      buckets: [],
      log: "text",
      service: { credentials: undefined, minPartSize: 102_400, requireContentMd5: true }
    })
  })

  it("say where to listen and what is there", () => {
    const args = ["--port=80", "--host", "0.0.0.0", "--dir", "data", "--bucket", "a", "--bucket=b", "--region", "eu-de"]
    expect(settingsOf([...args, "--endpoint", "obs.example.com", "-q"])).toMatchObject({
      host: "0.0.0.0",
      port: 80,
      dir: "data",
      buckets: ["a", "b"],
      log: "none",
      service: { region: "eu-de", endpoint: "obs.example.com" }
    })
    expect(settingsOf(["--json"]).log).toBe("json")
  })

  it("loosen what is strict, all or one by one", () => {
    expect(settingsOf(["--lenient"]).service).not.toHaveProperty("minPartSize")
    expect(settingsOf(["--lenient"]).service).not.toHaveProperty("requireContentMd5")
    expect(settingsOf(["--min-part-size", "0"]).service).toMatchObject({ minPartSize: 0, requireContentMd5: true })
    expect(settingsOf(["--lenient"]).service).not.toHaveProperty("pathStyle")
    expect(settingsOf([]).service).toMatchObject(ObsTestService.strict)
    expect(settingsOf(["--path-style", "--aws-chunked", "--unexpected-bodies"]).service).toMatchObject({
      pathStyle: "allowed",
      awsChunked: "decoded",
      unexpectedBodies: "ignored"
    })
    expect(settingsOf(["--no-content-md5"]).service).toMatchObject({ minPartSize: 102_400, requireContentMd5: false })
  })

  it("have access keys in pairs, and so has the environment", () => {
    const env = { OBS_ACCESS_KEY_ID: "E", OBS_SECRET_ACCESS_KEY: "s3", OBS_SECURITY_TOKEN: "t" }
    const args = ["--access-key", "A", "--secret-key=-s1", "--credentials", "B:s2:x"]
    expect(keysOf(args, env)).toEqual([
      ["E", "s3", "t"],
      ["A", "-s1"],
      ["B", "s2:x"]
    ])
    expect(keysOf(["--access-key", "E", "--secret-key", "mine"], env)).toEqual([["E", "mine"]])
    expect(JSON.stringify(settingsOf(args, env))).not.toMatch(/s[123]/)
  })

  it.each([
    [["--prot", "1"], "There is no option --prot."],
    [["-x"], "There is no option -x."],
    [["--json", "photos"], "Argument 2 belongs to no option."],
    [["--", "photos"], "Argument 2 belongs to no option."],
    [["--port"], "The option --port needs a value: --port PORT, or --port=PORT for one that begins with a dash."],
    [
      ["--host", "--json"],
      "The option --host needs a value: --host HOST, or --host=HOST for one that begins with a dash."
    ],
    [["--dir="], "The option --dir needs a value: --dir FOLDER, or --dir=FOLDER for one that begins with a dash."],
    [["--json=1"], "The option --json has no value."],
    [["--port", "1", "--port", "2"], "The option --port is given twice."],
    [["--port", "65536"], "The value of --port is a number from 0 to 65535."],
    [["--port", "0x10"], "The value of --port is a number from 0 to 65535."],
    [["--min-part-size", "1k"], "The value of --min-part-size is a number of bytes."],
    [
      ["--endpoint", "http://obs.example.com"],
      "The value of --endpoint is a domain without a scheme and a port, such as obs.example.com."
    ],
    [["--json", "--quiet"], "Of --json and --quiet only one can be given."],
    [["--access-key", "A"], "Each --access-key needs a --secret-key, and the reverse."],
    [["--credentials", "secret"], "A value of --credentials is an access key, a colon and a secret key: AK:SK."],
    [["--credentials", ":secret"], "A value of --credentials is an access key, a colon and a secret key: AK:SK."],
    [["--credentials", "A:1", "--credentials", "A:2"], "The access key A is given twice."]
  ])("are refused in one sentence: %j", (args, message) => {
    expect(problemOf(args)).toBe(message)
  })

  it("are refused where the environment has half of a pair", () => {
    expect(problemOf([], { OBS_ACCESS_KEY_ID: "A" })).toMatch(/one is set and the other is not/)
    expect(keysOf([], { OBS_ACCESS_KEY_ID: "", OBS_SECRET_ACCESS_KEY: "" })).toEqual([])
  })

  it("ask for help or the version, whatever else they say", () => {
    expect(parse(["-h", "--port", "x"], {})).toEqual({ _tag: "Help" })
    expect(parse(["--version"], {})).toEqual({ _tag: "Version" })
    for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(120)
  })

  it("never throw, and never repeat a secret", () => {
    const word = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "--port",
        "--secret-key",
        "--credentials=AK",
        "--access-key",
        "--json",
        "--",
        "-",
        "-q",
        "--host=x"
      )
    )
    fc.assert(
      fc.property(fc.array(word), (args) => {
        const parsed = parse([...args, "--secret-key=hush-hush"], {})
        expect(JSON.stringify(parsed)).not.toContain("hush-hush")
      })
    )
  })
})
