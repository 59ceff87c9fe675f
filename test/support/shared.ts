import { existsSync, readFileSync } from "node:fs"

const folder = new URL("../../../shared/", import.meta.url)

/** A file of the material beside the project, which CI has and a clone elsewhere has not. */
export const readShared = (path: string): string | undefined => {
  const file = new URL(path, folder)
  if (existsSync(file)) return readFileSync(file, "utf8")
  console.warn(`not here, so what reads it is skipped: ../shared/${path}`)
  return undefined
}
