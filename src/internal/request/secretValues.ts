/**
 * Finds the secret values in a request, wherever they are.
 */
import type * as HttpBody from "#http/HttpBody"
import type * as HttpClientRequest from "#http/HttpClientRequest"
import * as Http from "#effect/http"
import { isSecretName } from "../secrets.js"

type Request = HttpClientRequest.HttpClientRequest

type Pair = readonly [name: string, value: string]

/** A value as written, and decoded if it can be. */
const formsOf = (written: string, read: (written: string) => string): ReadonlyArray<string> => {
  try {
    return [written, read(written)]
  } catch {
    return [written]
  }
}

const readEscaped = (text: string): string => decodeURIComponent(text.replaceAll("+", " "))

/** The parameters of a query or a form. */
const pairsOf = (text: string): ReadonlyArray<Pair> =>
  text.split("&").flatMap((pair) => {
    const [name = "", ...values] = pair.split("=")
    return formsOf(values.join("="), readEscaped).map((value): Pair => [name, value])
  })

const jsonMember = /"([^"\\]{1,64})"\s*:\s*"((?:[^"\\]|\\.)*)"/g

/** The fields of a text that is JSON, perhaps cut, or a form. */
const fieldsIn = (text: string): ReadonlyArray<Pair> =>
  Array.from(text.matchAll(jsonMember), ([, name = "", json = ""]) =>
    formsOf(json, (json) => String(JSON.parse(`"${json}"`))).map((value): Pair => [name, value])
  )
    .flat()
    .concat(pairsOf(text))

// The signature of a form, and the secrets in JSON, come before the uploaded data
const maxRead = 65_536

/** The fields of a request body. */
const sentBy = (body: HttpBody.HttpBody): ReadonlyArray<Pair> => {
  if (body._tag === "Uint8Array") {
    return /^text\/|json|urlencoded/.test(body.contentType)
      ? fieldsIn(new TextDecoder().decode(body.body.subarray(0, maxRead)))
      : []
  }
  const sent: unknown = body._tag === "FormData" ? body.formData : body._tag === "Raw" ? body.body : undefined
  if (typeof sent === "string") return fieldsIn(sent.slice(0, maxRead))
  return sent instanceof FormData || sent instanceof URLSearchParams
    ? Array.from(sent, ([name, value]): Pair => [name, typeof value === "string" ? value : ""])
    : []
}

const userinfo = /^[a-z][\w+.-]*:\/\/([^/?#]*)@/i

/** The user and password in an address, as written and decoded. */
const usersOf = (url: string): ReadonlyArray<string> => {
  const [user = "", ...password] = (userinfo.exec(url)?.[1] ?? "").split(":")
  return [user, password.join(":")].flatMap((written) => formsOf(written, decodeURIComponent))
}

/** The secret values of a request: as they are, quoted as in JSON, and line by line. */
export const secretsOf = (request: Request): ReadonlyArray<string> => {
  const query = pairsOf(request.url.slice(request.url.search(/[?#]/) + 1))
  return [...Object.entries(request.headers), ...Http.parametersOf(request), ...query, ...sentBy(request.body)]
    .filter(([name]) => isSecretName(name))
    .map(([, value]) => value)
    .concat(usersOf(request.url), Http.redactedParametersOf(request))
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1), ...value.split(/[\r\n]+/)])
}
