/**
 * Writes the numbers of codes and operations where the documents tell them.
 */
import { ObsError, ObsOperation } from "effect-obs"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { put, read } from "./generated.js"
import { root } from "./major.js"

const seen = readdirSync(join(root, "src/errors")).flatMap((file) => [
  ...read(`src/errors/${file}`).matchAll(/No page of the service names this code/g)
]).length

const operations = Object.values<unknown>(ObsOperation).filter(
  (u) => typeof u === "object" && u !== null && "page" in u
)

const codes = ObsError.all.length

/** Where a number stands, by the words around it. */
const counts: ReadonlyArray<readonly [file: string, at: RegExp, count: number]> = [
  ["README.md", /(?<=for each of )\d+(?= codes:)/, codes],
  ["README.md", /(?<=codes: )\d+(?= documented ones)/, codes - seen],
  ["README.md", /(?<=table, and )\d+(?= that only)/, seen],
  ["README.md", /(?<=failures of )\d+(?= operations)/, operations.length]
]

for (const file of new Set(counts.map(([file]) => file))) {
  const text = counts
    .filter(([of]) => of === file)
    .reduce((text, [, at, count]) => {
      if (!at.test(text)) throw new Error(`${file} does not say ${String(at)}: counts.ts is to be told where it does`)
      return text.replace(at, String(count))
    }, read(file))
  put(file, text, "the classes and operations count")
}
