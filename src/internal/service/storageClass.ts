/**
 * Storage classes, which have other names in the other dialect.
 */
import type { Dialect } from "./asked.js"

const classes: { readonly [name: string]: string } = {
  STANDARD: "STANDARD",
  WARM: "WARM",
  COLD: "COLD",
  DEEP_ARCHIVE: "DEEP_ARCHIVE",
  INTELLIGENT_TIERING: "INTELLIGENT_TIERING",
  STANDARD_IA: "WARM",
  GLACIER: "COLD"
}

const inAmz: { readonly [name: string]: string } = { WARM: "STANDARD_IA", COLD: "GLACIER" }

/** The class of a name in either dialect, as OBS calls it; undefined where there is none. */
export const storageClassOf = (name: string): string | undefined =>
  Object.hasOwn(classes, name) ? classes[name] : undefined

export const nameOfStorageClass = (storageClass: string, dialect: Dialect): string =>
  dialect === "amz" ? (inAmz[storageClass] ?? storageClass) : storageClass

/** Whether an object of a class has to be restored before it is read. */
export const isArchive = (storageClass: string): boolean => storageClass === "COLD" || storageClass === "DEEP_ARCHIVE"
