import { major } from "#test/effect"
import { existsSync, readFileSync } from "node:fs"

// Beside the project, which in its copy for Effect 4 is one folder further up
const folder = new URL(major === 3 ? "../../../shared/" : "../../../../shared/", import.meta.url)

/** A file of the material beside the project, which CI has and a clone elsewhere has not. */
export const readShared = (path: string): string | undefined => {
  const file = new URL(path, folder)
  if (existsSync(file)) return readFileSync(file, "utf8")
  console.warn(`not here, so what reads it is skipped: ../shared/${path}`)
  return undefined
}
