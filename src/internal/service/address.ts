/**
 * The bucket and the key that an address names.
 */
import type { Place } from "../verification/arrived.js"

// An escaped character of UTF-8
const escaped = /%[0-7][\da-f]|%[cd][\da-f]%[89ab][\da-f]|%e[\da-f](?:%[89ab][\da-f]){2}|%f[0-7](?:%[89ab][\da-f]){3}/gi

/** What the escapes of a text stand for; undefined where one stands for nothing. */
export const decodedPath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** What the escapes of a path stand for; those that stand for nothing stay as they are. */
const unescaped = (path: string): string => path.replace(escaped, (escape) => decodedPath(escape) ?? escape)

export const splitAtSlash = (path: string): readonly [bucket: string, key: string] => {
  const [bucket = ""] = path.split("/", 1)
  return [bucket, path.slice(bucket.length + 1)]
}

/** Bucket and key, of which the bucket can be in front of the host: `photos.obs.example.com`. */
export const targetOf = (url: URL, place: Place): readonly [bucket: string, key: string] => {
  const path = unescaped(url.pathname.slice(1))
  return place.style === "path" ? splitAtSlash(path) : [place.bucket, path]
}

const encoder = /*#__PURE__*/ new TextEncoder()

export const isTooLong = (key: string): boolean => key.length > 1024 || encoder.encode(key).length > 1024
