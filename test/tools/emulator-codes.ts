/**
 * Writes docs/emulator-codes.md from the provocations, or with `--check` tells whether it is what they say.
 */
import { Effect, Option } from "effect"
import { ObsError } from "effect-obs"
import type { ObsTestService } from "effect-obs/testing"
import type { ByBehaviour, ByInjection, Provocation } from "../support/provocations.js"
import { isByBehaviour, provocations, run } from "../support/provocations.js"
import { put } from "./generated.js"

const rows = Object.entries(provocations)

const statusOf = (code: string) =>
  Option.match(ObsError.byCode(code), { onNone: () => "", onSome: ({ info }) => String(info.status) })

/** The options that a provocation is about, and those of `limits` by their own names. */
const optionsOf = ({ options = {} }: ByBehaviour) => {
  const { limits = {}, ...others } = options
  return [...Object.keys(others), ...Object.keys(limits).map((name) => `limits.${name}`)].map(code).join(", ")
}

const code = (text: string) => `\`${text}\``

const maxLine = 60

/** The request that is refused. */
const requestOf = async (provocation: ByBehaviour) => {
  let last = ""
  const told = ({ method, url }: ObsTestService.Request) => {
    const line = `${method} ${url.pathname}${url.search.replace(/uploadId=\w{9,}/, "uploadId=…")}`
    last = line.length > maxLine ? `${line.slice(0, maxLine)}…` : line
  }
  await Effect.runPromise(run(provocation, told))
  return code(last)
}

const injection = ({ besides }: ByInjection) =>
  besides === undefined ? "By injection only." : `By injection, or by ${besides}.`

const row = async ([name, provocation]: readonly [string, Provocation]) => {
  const cells = isByBehaviour(provocation)
    ? [provocation.when, await requestOf(provocation), optionsOf(provocation)]
    : [`${injection(provocation)} ${provocation.onlyInjected}`, "", ""]
  return `| ${[code(name), statusOf(name), ...cells].join(" | ")} |`
}

const byBehaviour = rows.filter(([, provocation]) => isByBehaviour(provocation)).length

const written = await Promise.all(rows.map(row))

const document = `# How to get each error

<!-- Written by \`npm run generate\` from test/support/provocations.ts. Do not edit. -->

What makes the OBS in memory answer each of the ${String(rows.length)} codes of the service's table: ${String(byBehaviour)} come by how it
behaves, ${String(rows.length - byBehaviour)} by injection only. A test provokes each of them, and so does \`npm run demo\`. Any code can be injected: the
header \`x-obs-test-error\` of a request asks for it.

The request is the one that is refused, after what makes it so. The options are those that \`ObsTestService.makeWith\` needs for
it; with \`credentials\` it looks at signatures.

| Code | Status | When | Request | Options |
| --- | --- | --- | --- | --- |
${written.join("\n")}
`

put("docs/emulator-codes.md", document, "the provocations say")
