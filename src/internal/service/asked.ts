/**
 * What a request asks of the service, and what it is answered with.
 */
import type { ObsFailure } from "../../errors/ObsFailure.js"
import type { Content } from "./content.js"
import type { Problem, Settings } from "./settings.js"
import type { Place } from "../verification/arrived.js"

/** A request without its body. */
export interface Head {
  readonly method: string
  readonly url: URL
  /** Values by name in lower case. */
  readonly headers: { readonly [name: string]: string | undefined }
}

/** A body that has arrived. */
export interface Received {
  /** The bytes of a document; none where they belong to an object. */
  readonly document: Uint8Array
  /** The bytes of an object. */
  readonly content: Content
  /** The MD5 of the body, in hexadecimal digits. */
  readonly md5: string
}

export interface Reply {
  readonly status: number
  /** Values by name in lower case. */
  readonly headers: { readonly [name: string]: string }
  readonly body: string | Uint8Array | Content
}

export type Dialect = "obs" | "amz"

/** A failure with headers that its class does not have. */
export interface Refused {
  readonly _tag: "Refused"
  readonly failure: ObsFailure
  readonly headers: Reply["headers"]
}

export type Refusal = ObsFailure | Refused

export type Outcome = Reply | Refusal

export const isRefusal = (u: object): u is Refusal => "_tag" in u

export const refused = (failure: ObsFailure, headers: Reply["headers"]): Refused => ({
  _tag: "Refused",
  failure,
  headers
})

/** A request whose bucket and key are known, and whose body has not been read. */
export interface Unread extends Head {
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
  readonly dialect: Dialect
  /** The account that asks. */
  readonly who: string
  /** What is wrong with that account. */
  readonly problem: Problem | undefined
  /** In milliseconds. */
  readonly now: number
  readonly settings: Settings
  /** Where its bucket is. */
  readonly place: Place
}

/** Whether a request makes a bucket, by the parameter that it is answered by. */
export const makesBucket = ({ bucket, key, method }: Unread, parameter: string | undefined): boolean =>
  method === "PUT" && bucket !== "" && key === "" && parameter === undefined

/** A request with its body. */
export interface Asked extends Unread, Received {}

/** The headers of a request without those of either dialect that are not signed: nobody knows who wrote them. */
export const signedHeaders = (headers: Head["headers"], signs: (name: string) => boolean): Head["headers"] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !/^x-(?:obs|amz)-/.test(name) || signs(name)))

/** A header of either dialect, by its name without `x-obs-` or `x-amz-`. */
export const own = ({ headers }: Pick<Asked, "headers">, name: string): string | undefined =>
  headers[`x-obs-${name}`] ?? headers[`x-amz-${name}`]

export const empty = (status: number, headers: Reply["headers"] = {}): Reply => ({ status, headers, body: "" })

/** Headers in the words of a dialect; they are written in those of OBS. */
export const inDialect = (headers: Reply["headers"], dialect: Dialect): Reply["headers"] =>
  dialect === "obs"
    ? headers
    : Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name === "x-obs-bucket-location" ? "x-amz-bucket-region" : name.replace(/^x-obs-(?!api$)/, "x-amz-"),
          value
        ])
      )

/** Headers without those that have no value. */
export const present = (headers: { readonly [name: string]: string | undefined }): Reply["headers"] =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
