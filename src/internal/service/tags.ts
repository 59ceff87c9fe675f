/**
 * Tags of objects and of buckets.
 */
import { BadRequest, InvalidTag, InvalidTagError, MalformedXML, MalformedXMLError } from "../../errors/BadRequest.js"
import type { Dialect } from "./asked.js"
import { container, document, element, groups, read } from "./documents.js"
import type { Tag } from "./state.js"

interface Limits {
  readonly count: number
  readonly key: number
  readonly value: number
}

const ofObjects: Limits = { count: 10, key: 128, value: 256 }

const ofBuckets: Limits = { count: 20, key: 36, value: 43 }

const isValid = (tags: ReadonlyArray<Tag>, limits: Limits): boolean =>
  new Set(tags.map(({ key }) => key)).size === tags.length &&
  tags.every(({ key, value }) => key !== "" && key.length <= limits.key && value.length <= limits.value)

const tagsOf = (body: Uint8Array): ReadonlyArray<Tag> | undefined => {
  const elements = read(body, ["Tagging"])
  if (elements?.some(({ path }) => path === "TagSet") !== true) return undefined
  const tags = groups(elements, "TagSet/Tag").map((tag) => ({ key: tag.get("Key"), value: tag.get("Value") }))
  const known = tags.flatMap(({ key, value }) => (key === undefined || value === undefined ? [] : { key, value }))
  return known.length === tags.length ? known : undefined
}

/** The tags, where an object can have them. */
const forObject = (tags: ReadonlyArray<Tag>) =>
  tags.length > ofObjects.count
    ? new BadRequest({ message: `An object can have ${String(ofObjects.count)} tags.` })
    : isValid(tags, ofObjects)
      ? tags
      : new InvalidTag()

/** The tags that a document gives to an object. */
export const objectTags = (body: Uint8Array) => {
  const tags = tagsOf(body)
  return tags === undefined ? new MalformedXML() : forObject(tags)
}

/** The tags of a header: `a=1&b=2`. */
export const headerTags = (header: string) =>
  forObject([...new URLSearchParams(header)].map(([key, value]) => ({ key, value })))

/** What is wrong with the tags that a document gives to a bucket. Each dialect has its own codes. */
export const bucketTagsFault = (body: Uint8Array, dialect: Dialect) => {
  const tags = tagsOf(body)
  if (tags === undefined) return dialect === "amz" ? new MalformedXML() : new MalformedXMLError()
  if (tags.length <= ofBuckets.count && isValid(tags, ofBuckets)) return undefined
  return dialect === "amz" ? new InvalidTag() : new InvalidTagError()
}

export const taggingDocument = (dialect: Dialect, tags: ReadonlyArray<Tag>): string =>
  document(
    dialect,
    "Tagging",
    container("TagSet", ...tags.map(({ key, value }) => container("Tag", element("Key", key), element("Value", value))))
  )
