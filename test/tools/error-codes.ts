/**
 * Writes docs/error-codes.md from the classes, or with `--check` tells whether it is what they say.
 */
import { Option } from "effect"
import { ObsError } from "effect-obs"
import { readdirSync, readFileSync } from "node:fs"
import { fieldsOf } from "../../src/internal/failure/errorClass.js"
import { put } from "./generated.js"

const cell = (text: string) => text.replace(/\|/g, "\\|")

const header = `| Code | Category | Retry | What happened | What to do | Fields |
| --- | --- | --- | --- | --- | --- |`

const sources = new URL("../../src/errors/", import.meta.url)

/** What the documentation of a class says behind the solution, by the code. */
const notes = new Map(
  readdirSync(sources)
    .map((file) => readFileSync(new URL(file, sources), "utf8"))
    .flatMap((source) => source.split("/**").slice(1))
    .map((doc) =>
      doc
        .split("*/", 1)
        .join("")
        .replace(/\n \* ?/g, "\n")
    )
    .map((doc) => [
      /^\n`\d+ ([^`]+)`/.exec(doc)?.[1] ?? "",
      doc
        .split(/\n\n(?=\*\*Solution)|\n(?=@)/)[1]
        ?.split(/\n\n/)
        .slice(1)
        .join(" ")
        .replace(/\s+/g, " ")
        .trim() ?? ""
    ])
)

const isSeen = (code: string) => notes.get(code)?.startsWith("No page of the service names this code") === true

const row = ({ _tag, info }: { readonly _tag: string; readonly info: ObsError.Info }) => {
  const fields = Object.keys(Option.match(ObsError.byCode(_tag), { onNone: () => ({}), onSome: fieldsOf }))
  const cells = [
    `\`${info.code}\`${isSeen(info.code) ? " †" : ""}`,
    info.category,
    info.retry,
    `${info.description} ${notes.get(info.code) ?? ""}`.trim(),
    info.solution,
    fields.map((name) => `\`${name}\``).join(", ")
  ]
  return `| ${cells.map(cell).join(" | ")} |`
}

const statuses = [...new Set(ObsError.all.map((klass) => klass.info.status))]

const count = <A>(values: ReadonlyArray<A>) =>
  [...new Set(values)].map((value) => [value, values.filter((other) => other === value).length] as const)

const document = `# Error codes

<!-- Written by \`npm run generate\` from the classes. Do not edit. -->

The ${String(ObsError.all.length)} codes of the catalogue, by their documented status. The tag of an error is its code.

- An error can come with a status other than its own: \`status\` says which one was sent, and \`catchStatus\` goes by the class.
- A code with † is on no page of the service. An official client handles it, or the service was seen to send it; its status
  is that of the S3 family.
- [The categories](handling.md#the-categories) and [the retry classes](retries.md#the-retry-classes) have pages of their own.
- The codes of the extension services are [at the end](#extension-services).

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

put("docs/error-codes.md", document, "the classes say")
