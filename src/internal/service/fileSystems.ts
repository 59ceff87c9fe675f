/**
 * Parallel file systems: buckets whose objects are changed in place.
 */
import { KeyTooLongError } from "../../errors/BadRequest.js"
import { FsObjectConflict } from "../../errors/Conflict.js"
import { compareKeys } from "../text.js"
import { isTooLong } from "./address.js"
import type { Asked, Outcome } from "./asked.js"
import { empty, isRefusal } from "./asked.js"
import { Content } from "./content.js"
import { changedTag } from "./digest.js"
import { encryptionHeaders, keyFault } from "./encryption.js"
import { find, quotaFault } from "./objects.js"
import { invalidArgument, methodNotAllowed, noSuchKey } from "./refusals.js"
import type { Bucket } from "./state.js"

type Answer = (asked: Asked, bucket: Bucket) => Outcome

/** Answers for buckets that are file systems; the others do not have the method. */
const only =
  (answer: Answer): Answer =>
  (asked, bucket) =>
    bucket.isFileSystem ? answer(asked, bucket) : methodNotAllowed()

/** A number of bytes up to the size of an object, which never has holes here. */
const offsetOf = ({ query }: Asked, name: string, size: number) => {
  const text = query.get(name)
  return text !== null && /^\d{1,15}$/.test(text) && Number(text) <= size
    ? { offset: Number(text) }
    : invalidArgument(name, text, `${name} has to be a whole number from 0 to ${String(size)}, the size of the object.`)
}

/** Puts bytes in the place of those of an object, from a position on. */
export const modify = /*#__PURE__*/ only((asked, bucket) => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const { content } = stored
  const at = offsetOf(asked, "position", content.size)
  if (isRefusal(at)) return at
  const end = at.offset + asked.content.size
  const fault = keyFault(asked, stored.encryption) ?? quotaFault(bucket, Math.max(end - content.size, 0))
  if (fault !== undefined) return fault
  const pieces = [content.slice(0, at.offset), asked.content, content.slice(end, content.size)]
  const isWhole = at.offset === 0 && end >= content.size
  const etag = isWhole ? asked.md5 : changedTag(stored.etag, `${String(at.offset)} ${asked.md5}`)
  bucket.change(asked.key, { ...version, at: asked.now }, { ...stored, content: Content.join(pieces), etag })
  return empty(200, { etag: `"${etag}"`, ...encryptionHeaders(stored.encryption) })
})

/** Leaves the beginning of an object. */
export const truncate = /*#__PURE__*/ only((asked, bucket) => {
  const found = find(asked, bucket)
  if (isRefusal(found)) return found
  const { stored, version } = found
  const { content } = stored
  const length = offsetOf(asked, "length", content.size)
  if (isRefusal(length)) return length
  const { offset } = length
  if (offset < content.size) {
    const etag = changedTag(stored.etag, String(offset))
    bucket.change(asked.key, { ...version, at: asked.now }, { ...stored, content: content.slice(0, offset), etag })
  }
  return empty(204)
})

const isDirectory = (key: string): boolean => key.endsWith("/")

/** The keys of a file, or of all that is in a directory. */
const keysAt = (bucket: Bucket, name: string): ReadonlyArray<string> => {
  if (!isDirectory(name)) return bucket.latest(name)?.stored === undefined ? [] : [name]
  const keys: Array<string> = []
  for (const [key] of bucket.keys.from((key) => compareKeys(key, name) < 0)) {
    if (!key.startsWith(name)) break
    keys.push(key)
  }
  return keys
}

/** Gives a file, or a directory with all that is in it, another name. */
export const rename = /*#__PURE__*/ only((asked, bucket) => {
  const { key, query } = asked
  const name = query.get("name")?.replace(/^\//, "")
  if (name === undefined || name === "") return invalidArgument("name", name)
  if (isTooLong(name)) return new KeyTooLongError()
  const keys = keysAt(bucket, key)
  if (keys.length === 0) return noSuchKey(key)
  if (isDirectory(name) !== isDirectory(key) || keysAt(bucket, name).length > 0) {
    return new FsObjectConflict({ details: { Key: key, Name: name } })
  }
  if (isDirectory(key) && name.startsWith(key)) return invalidArgument("name", name)
  const names = keys.map((old) => name + old.slice(key.length))
  if (names.some(isTooLong)) return new KeyTooLongError()
  keys.forEach((old, i) => {
    const version = bucket.latest(old)
    if (version === undefined) return
    bucket.add(names[i] ?? name, version)
    bucket.remove(old, version)
  })
  return empty(204)
})
