/**
 * Files that are written from others: with `--check` they are compared and stay as they are.
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./major.js"

const isCheck = process.argv.includes("--check")

export const read = (path: string): string => readFileSync(join(root, path), "utf8")

/** Writes a file, or tells that it is not what it should be, and what mends it. */
export const put = (path: string, text: string, of: string): void => {
  if (read(path) === text) return
  if (isCheck) {
    console.error(`${path} is not what ${of}: run \`npm run generate\` and look at the difference`)
    process.exitCode = 1
  } else {
    writeFileSync(join(root, path), text)
    console.log(`${path} is written`)
  }
}
