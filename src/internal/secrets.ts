/**
 * Which names carry secrets, and how to remove secrets from text. Requests, addresses, forms, headers and responses all
 * use these rules.
 */
import { own } from "./text.js"

/** What replaces a secret. */
export const redacted = "<redacted>"

// Documents that span several lines
const documents = "string to sign|canonical request"

// A name that contains one of these carries a secret, however its words are joined: `x-obs-security-token`,
// `SecurityToken`
const words =
  `${documents}|authorization|signature|credential|passw(?:or)?d|secret|` +
  "(?:access|auth|metadata|refresh|security|session|subject) token|" +
  "(?:access|api|customer|customer provided|encryption|private|signing|ssec?) key"

const joined = (words: string, joint: string): string => words.replaceAll(" ", joint)

// The method, version, kind or failure of a signature is not secret
const openEnd = "version|method|doesnotmatch|(?:type|report)$"

// These are secrets only as the whole name
const wholeNames = "ak|sk|sig|pwd|(?:id )?token\\d*|policy"

const secretLetters = new RegExp(`(?:${joined(words, "")})(?!${openEnd})|cookie|^(?:${joined(wholeNames, "")})$`)

const makeSecretHeader = (): RegExp => new RegExp(`(?:${joined(words, "[-_]?")})(?![-_]?(?:${openEnd}))|cookie`, "i")

/** Matches the names of headers that carry secrets. */
export const secretHeader = /*#__PURE__*/ makeSecretHeader()

const byteOf = (_: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16))

const maxRounds = 4

/** Decodes percent escapes of ASCII characters, even repeated ones; others stay. */
const unescaped = (text: string): string => {
  let plain = text
  for (let round = 0; round < maxRounds && plain.includes("%"); round++) {
    plain = plain.replace(/%([2-7][0-9a-f])/gi, byteOf)
  }
  return plain
}

const isSecretWritten = (name: string): boolean => secretLetters.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""))

/** Whether a name, perhaps escaped, carries a secret. Invalid escapes in it are ignored. */
const findSecretName = (name: string): boolean => {
  if (!name.includes("%")) return isSecretWritten(name)
  const plain = unescaped(name)
  return isSecretWritten(plain) || isSecretWritten(plain.replace(/%.{0,2}/gs, ""))
}

// Caches results by name: the service has few names. A flood of new ones fills it only up to its limit
const secretNames = new Map<string, boolean>()
const maxNames = 256

/** Whether a header, parameter, form field, element or JSON member with this name carries a secret. */
export const isSecretName = (name: string): boolean => {
  let found = secretNames.get(name)
  if (found === undefined) {
    found = findSecretName(name)
    if (secretNames.size < maxNames && name.length <= 64) secretNames.set(own(name), found)
  }
  return found
}

// A canned policy such as `public-read`, not a Base64 document
const plainWords = /^[A-Z]?[a-z-]{1,31}$/

/** Whether the value under this name is a secret. Does not cache the name. */
export const hides = (name: string, value: string): boolean =>
  findSecretName(name) && !(/policy$/i.test(name) && plainWords.test(value))

// The name of a secret in free text, with its words joined or separated by one blank, dash or underscore
const called = `(?:(?:${joined(words, "[-_ ]?")})(?:[-_ ]?(?:message|id|access|key|bytes|provided|md5)){0,3})`

// `Name=value`, `Name: value`, `"name": "value"`, `<Name>value</Name>`, and what escaping makes of them
const sign = "[=-]?(?:(?:%(?:25)*(?:u00)?|&#x0*|\\\\(?:x|u00))3[ade]|&#0*(?:58|6[12])|&(?:gt|equals|colon)|[=:>]);?"
const quote = "&(?:quot|apos|#3[49]);| "
const separator = `(?:["'\\]\\\\]|${quote})*${sign}(?:["'[\\\\]|${quote})*`
const scheme = "(?:(?:obs|aws|bearer|basic|token) +)?"

// To the end of its quotes or element, including wrapped lines
const plain = `[^\\s"'<>&,;\\\\]`
const value = `(?:${redacted}|${plain}(?:(?<=["'].)[^"'\\r\\n\\\\]*|(?<=[\\w"']>.)[^<]*|${plain}*))`
const wrapped = `(?:\\s+(?=[a-z+/=_-]{0,99}\\d)[\\w+/=-]{16,}|[ \\t]*[\\r\\n]+[ \\t]*[\\w+/=-]+(?![^\\r\\n<"']))*`

// Also `The security token 'value' is malformed`
const named = new RegExp(`(${called}(?:${separator}|["']? +["']))${scheme}${value}${wrapped}`, "gi")

// The schemes and their syntax are open-ended, so remove everything to the end of the line, and of the element
const authorized = new RegExp(
  `(authorization${separator})(?!\\W{0,9}${redacted}|\\s)(?:(?!</)[^\\r\\n])+${wrapped}`,
  "gi"
)

// Words that announce a secret only as whole words
const word = `(?:${joined(wholeNames, "[-_ ]?")})${separator}`

const ofWord = new RegExp(`((?<![\\w-])${word})${scheme}(${value})${wrapped}`, "gi")

// Documents that span several lines; removed to their end
const signed = new RegExp(`((?:${joined(documents, "[-_ ]?")})(?:bytes)?${separator})(?=\\S)(?:(?!</)[\\s\\S])*`, "gi")

// The value of an Authorization header, without the header's name
const authorization = /\b(obs|aws) [a-z0-9]{10,}:[a-z0-9+/=]{20,}/gi

// A bare access key; anything else that looks like one counts only if the text mentions access keys
const accessKey = /\b(?=\d*[A-Z])[A-Z0-9]{16,24}\b/g

const suspicious = /*#__PURE__*/ new RegExp(called, "i")

const announced = new RegExp(`${called}|${word}`, "i")

// `<ParameterName>Signature</ParameterName><ParameterValue>value<`, also escaped
const end = "(?:>|&gt;)\\s*"
const tag = `(?:<|&lt;)/?[\\w:]{1,64}${end}`
const listed = new RegExp(`(name${end}([^<>&\\s]{1,64})\\s*${tag}${tag})[^<>&]+`, "gi")

// `user:password@` in front of a host, also escaped
const userinfo =
  /(:\/\/)[^\s/?#"'<>]*@|((?::|%(?:25)*3a)(?:\/|%(?:25)*2f){2})(?:(?!%(?:25)*(?:2f|3f|23))[^\s/?#"'<>])*(?:@|%(?:25)*40)/gi

// A possible `name=value` in an address or a form, with any escapes
const pair = /(?:(?!%(?:25)*(?:20|22|26|3b|3c|3e|3f))[^\s"'<>&?;,])+/gi
const equalSign = /=|%(?:25)*3d/i

// A possible `"name": "value"`, also escaped
const quoted = /(["']([^"'\\]{1,64})\\*["']\s*[:=]\s*\\*["'])(?:[^"'\\]|\\[^"'])+/g

// The directories before a name, in a path that contains an equal sign
const directories = /^.*(?:\/|%(?:25)*2f)/is

const withoutPairs = (text: string): string =>
  text.replace(pair, (found) => {
    const equal = equalSign.exec(found)
    if (equal === null) return found
    const name = found.slice(0, equal.index).replace(directories, "")
    const start = equal.index + equal[0].length
    return start < found.length && hides(name, found.slice(start)) ? found.slice(0, start) + redacted : found
  })

const withoutValuesOf = (names: RegExp, text: string): string =>
  text.replace(names, (found: string, head: string, name: string) =>
    hides(name, found.slice(head.length)) ? head + redacted : found
  )

const withoutNamed = (text: string): string => {
  const open = text
    .replace(signed, `$1${redacted}`)
    .replace(authorized, `$1${redacted}`)
    .replace(named, `$1${redacted}`)
    .replace(ofWord, (found: string, head: string, value: string) => (plainWords.test(value) ? found : head + redacted))
    .replace(authorization, `$1 ${redacted}`)
  return /access[-_ ]?key/i.test(open) ? open.replace(accessKey, redacted) : open
}

/** An address without the user and password before its host. */
export const withoutUserinfo = (url: string): string => url.replace(userinfo, "$1$2")

// Every pattern needs one of these separators, a quote, or the words for an access key
const canHaveSecrets = /[=:>%&\\"']|access/i

const withoutStructured = (text: string): string => {
  let open = text
  if (open.includes("//") || open.includes("%")) open = open.replace(userinfo, `$1$2${redacted}@`)
  if (equalSign.test(open)) open = withoutPairs(open)
  if (/name[>&]/i.test(open)) open = withoutValuesOf(listed, open)
  return open.includes('"') || open.includes("'") ? withoutValuesOf(quoted, open) : open
}

/**
 * Removes the values of credentials, signatures and tokens from free text. Idempotent: cleaning the result again
 * changes nothing.
 */
export const withoutSecrets = (text: string): string => {
  if (!canHaveSecrets.test(text)) return text
  if (!announced.test(text)) return withoutStructured(text).replace(authorization, `$1 ${redacted}`)
  let open = text
  for (let round = 0; round < maxRounds; round++) {
    const next = withoutStructured(withoutNamed(open))
    if (next === open) break
    open = next
  }
  return open
}

/**
 * Cuts a foreign text before the first word that could announce a secret, however it is escaped. A proxy's page may
 * write secrets in any form, so everything after it goes.
 */
export const beforeSecrets = (text: string): string => {
  const plain = unescaped(text)
  const start = plain.search(suspicious)
  const open = withoutSecrets(start === -1 ? plain : plain.slice(0, start) + redacted)
  return open === plain ? text : open
}

/**
 * Makes a function that removes values from a text in one pass, as they are and percent-encoded. Values shorter than
 * `minLength` are kept, since they could be anything.
 */
export const withoutValues = (values: Iterable<string>, minLength = 8): ((text: string) => string) => {
  // By their first characters, the longest first
  const byStart = new Map<string, Array<string>>()
  for (const value of new Set(values)) {
    for (const form of new Set([value, escapedForm(value)])) {
      if (form.length < minLength) continue
      const start = form.slice(0, minLength)
      const forms = byStart.get(start)
      if (forms === undefined) byStart.set(start, [form])
      else forms.push(form)
    }
  }
  if (byStart.size === 0) return (text) => text
  for (const forms of byStart.values()) forms.sort((a, b) => b.length - a.length)
  return (text) => {
    let open = ""
    let from = 0
    // Values crafted to be slow to compare end the search: everything after that point is removed
    let comparisons = 8 * text.length + minComparisons
    for (let at = 0; at + minLength <= text.length; at++) {
      const forms = byStart.get(text.slice(at, at + minLength))
      if (forms === undefined) continue
      comparisons -= forms.reduce((sum, form) => sum + form.length, 0)
      const form = comparisons < 0 ? text.slice(at) : forms.find((form) => text.startsWith(form, at))
      if (form === undefined) continue
      open += text.slice(from, at) + redacted
      from = at + form.length
      at = from - 1
    }
    return from === 0 ? text : open + text.slice(from)
  }
}

// The least number of comparisons, however short the text
const minComparisons = 65_536

const escapedForm = (value: string): string => {
  try {
    return encodeURIComponent(value)
  } catch {
    return value
  }
}
