/**
 * Writes docs/operations.md from the operations, or with `--check` tells whether it is what they say.
 */
import { ObsOperation } from "effect-obs"
import { put } from "./generated.js"

const isOperation = (u: unknown): u is ObsOperation.AnyOperation => typeof u === "object" && u !== null && "page" in u

const operations = Object.values<unknown>(ObsOperation).filter(isOperation)

const common = new Set(ObsOperation.CommonError.members.map(({ _tag }) => _tag))

const code = (text: string) => `\`${text}\``

/** What an operation can fail with besides what all can; the codes of the extension services are told by their union. */
const own = ({ errors }: ObsOperation.AnyOperation) => {
  const tags = errors.members.map(({ _tag }) => _tag).filter((tag) => !common.has(tag))
  const named = tags.filter((tag) => !tag.includes(".")).map(code)
  return [...named, ...(tags.some((tag) => tag.startsWith("SYS.")) ? ["`OefError`"] : [])].join(", ")
}

const inSuccess = ({ canFailInSuccess, errorInBody }: ObsOperation.AnyOperation) => {
  switch (errorInBody) {
    case "instead":
      return "in the body"
    case "entries":
      return "for each key"
    case "never":
      return canFailInSuccess ? "of its callback" : ""
  }
}

const row = (operation: ObsOperation.AnyOperation) =>
  `| [\`${operation.name}\`](${operation.page}) | ${operation.method} | ${operation.idempotent ? "yes" : "no"} | ${inSuccess(operation)} | ${own(operation)} |`

const document = `# Operations

<!-- Written by \`npm run generate\` from the operations. Do not edit. -->

The ${String(operations.length)} operations of \`ObsOperation\`, each linked to its page in the service's documentation: whether it is
idempotent, whether a success can carry an error, and what it is documented to fail with.

Every operation can also fail with \`CommonError\`: ${[...common].map(code).join(", ")}.

| Operation | Method | Idempotent | Error in a success | Fails with |
| --- | --- | --- | --- | --- |
${operations.map(row).join("\n")}
`

put("docs/operations.md", document, "the operations say")
