/**
 * Writes docs/error-codes.md from the classes, or with `--check` tells whether it is what they say.
 */
import { Option } from "effect"
import { ObsError } from "effect-obs"
import { readFileSync, writeFileSync } from "node:fs"
import { fieldsOf } from "../src/internal/errorClass.js"

const target = new URL("error-codes.md", import.meta.url)

const cell = (text: string) => text.replace(/\|/g, "\\|")

const header = `| Code | Category | Retry | What happened | What to do | Fields |
| --- | --- | --- | --- | --- | --- |`

const row = ({ _tag, info }: { readonly _tag: string; readonly info: ObsError.Info }) => {
  const fields = Object.keys(Option.match(ObsError.byCode(_tag), { onNone: () => ({}), onSome: fieldsOf }))
  const cells = [
    `\`${info.code}\``,
    info.category,
    info.retry,
    info.description,
    info.solution,
    fields.map((name) => `\`${name}\``).join(", ")
  ]
  return `| ${cells.map(cell).join(" | ")} |`
}

const statuses = [...new Set(ObsError.all.map((klass) => klass.info.status))]

const count = <A>(values: ReadonlyArray<A>) =>
  [...new Set(values)].map((value) => [value, values.filter((other) => other === value).length] as const)

const document = `# Error codes

<!-- Written by \`npm run docs\` from the classes. Do not edit. -->

The ${String(ObsError.all.length)} codes of the catalogue by their documented status. The tag of an error is its code.
What the categories and the retry classes mean is told in the [guide](guide.md#category-and-retry). The codes of the
extension services are [below](#extension-services).

| Category | Codes |
| --- | --- |
${count(ObsError.all.map((klass) => klass.info.category))
  .map(([category, n]) => `| ${category} | ${String(n)} |`)
  .join("\n")}

| Retry | Codes |
| --- | --- |
${count(ObsError.all.map((klass) => klass.info.retry))
  .map(([retry, n]) => `| ${retry} | ${String(n)} |`)
  .join("\n")}
${statuses
  .map(
    (status) => `
## ${String(status)}

${header}
${ObsError.all
  .filter((klass) => klass.info.status === status)
  .map(row)
  .join("\n")}
`
  )
  .join("")}
## Extension services

The ${String(ObsError.OefError.members.length)} codes of \`OefError\`, with the status that is documented for each.

| Status ${header.replace("\n| ---", "\n| --- | ---")}
${ObsError.OefError.members.map((klass) => `| ${String(klass.info.status)} ${row(klass)}`).join("\n")}
`

if (!process.argv.includes("--check")) {
  writeFileSync(target, document)
} else if (readFileSync(target, "utf8") !== document) {
  console.error("docs/error-codes.md is not what the classes say: run `npm run docs`")
  process.exitCode = 1
}
