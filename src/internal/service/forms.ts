/**
 * Files that browsers send in forms.
 */
import { IncorrectNumberOfFilesInPostRequest, KeyTooLongError, MalformedPOSTRequest } from "../../errors/BadRequest.js"
import { xmlCharacters } from "../wire/xml.js"
import type { Form } from "../verification/multipart.js"
import { formOf, isForm, keyOf } from "../verification/multipart.js"
import { isTooLong } from "./address.js"
import type { Asked, Head, Outcome, Reply } from "./asked.js"
import { empty, isRefusal } from "./asked.js"
import { versionHeaders } from "./attributes.js"
import { digestFault } from "./digest.js"
import { document, element, xml } from "./documents.js"
import { write } from "./objects.js"
import { invalidArgument } from "./refusals.js"
import type { Bucket } from "./state.js"

// Whatever else a request asks for, its signature is not in a form
export const isPostForm = ({ headers, method, url }: Head): boolean =>
  method === "POST" && isForm(headers["content-type"]) && headers["authorization"] === undefined && url.search === ""

const urlOf = (text: string): URL | undefined => {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** Where the browser goes after an upload, or what it is shown. */
const answerTo = ({ fields }: Form, asked: Asked, headers: Reply["headers"], etag: string): Reply => {
  const { bucket, key } = asked
  const redirect = urlOf(fields.get("success_action_redirect") ?? "")
  if (redirect !== undefined) {
    for (const [name, value] of Object.entries({ bucket, key, etag })) redirect.searchParams.set(name, value)
    return empty(303, { ...headers, location: redirect.href })
  }
  switch (fields.get("success_action_status")) {
    case "200":
      return empty(200, headers)
    case "201": {
      const elements = { Location: asked.url.href, Bucket: bucket, Key: xmlCharacters(key), ETag: etag }
      const children = Object.entries(elements).map(([name, text]) => element(name, text))
      return xml(document(asked.dialect, "PostResponse", ...children), headers, 201)
    }
    default:
      return empty(204, headers)
  }
}

/** Keeps the file of a form, whose fields are what the headers of other requests are. */
export const postForm = (asked: Asked, bucket: Bucket): Outcome => {
  const form = formOf(asked.headers["content-type"], asked.document)
  if (form === undefined) return new MalformedPOSTRequest()
  if (form === "NoFile") return new IncorrectNumberOfFilesInPostRequest()
  const key = keyOf(form)
  if (key === "") return invalidArgument("key", "")
  if (isTooLong(key)) return new KeyTooLongError()
  const fields = new Map(form.fields)
  const acl = fields.get("acl")
  if (acl !== undefined) fields.set("x-obs-acl", acl)
  const posted = { ...asked, key, headers: Object.fromEntries(fields) }
  const written = digestFault(fields.get("content-md5"), asked.md5) ?? write(posted, bucket)
  if (isRefusal(written)) return written
  const { stored, version } = written
  const etag = `"${stored.etag}"`
  return answerTo(form, posted, { etag, ...versionHeaders(bucket, version) }, etag)
}
