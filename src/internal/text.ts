/**
 * Text from the wire, made safe to show.
 */

const unprintable =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Blanks for line breaks and tabs, U+FFFD for every other character that a terminal, a log or a reader could take for
 * more than text: C0 and C1 controls, line and paragraph separators, bidirectional controls, lone surrogates.
 */
export const printable = (text: string): string =>
  text.search(unprintable) === -1
    ? text
    : text.replace(unprintable, (c) =>
        c === "\n" || c === "\r" || c === "\t" || c === "\u2028" || c === "\u2029" ? " " : "\ufffd"
      )

/** Cuts to a number of UTF-16 units, never through a character, and says so with an ellipsis. */
export const shorten = (text: string, max: number): string => {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 2)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 2 : max - 1) + "…"
}

const secretName =
  /stringtosign|canonicalrequest|signature(?!version)|accesskey|authorization|(security|session|auth)token|^token\d*$|secret|password|credential|(customer|customerprovided|encryption|signing|ssec?)key|^ak$|cookie/

// What was found out about names: the service has few. One that sends ever new ones fills it only to its bound
const secretNames = new Map<string, boolean>()
const maxNames = 256

/** Whether an element, a JSON key, a header or a query parameter of this name carries a secret. */
export const isSecretName = (name: string): boolean => {
  let found = secretNames.get(name)
  if (found === undefined) {
    found = secretName.test(name.toLowerCase().replace(/[^a-z0-9]/g, ""))
    if (secretNames.size < maxNames && name.length <= 64) secretNames.set(name, found)
  }
  return found
}

export const redacted = "<redacted>"

// What a secret is called in free text, with the words joined, or apart by one blank, dash or underscore
const called =
  "(?:string[-_ ]?to[-_ ]?sign|canonical[-_ ]?request|(?:encoded)?authorization(?:message)?|signature|access[-_ ]?key(?:[-_ ]?id)?|" +
  "secret(?:[-_ ]?access)?(?:[-_ ]?key)?|(?:security|session|auth)[-_ ]?token|(?:customer|encryption)[-_ ]?key|credential|password)" +
  "(?:bytes|provided|[-_]?md5)?"

// `Name=value`, `Name: value`, `"name": "value"`, `<Name>value</Name>`, and what is left of them once they are escaped
const separator = "(?:[\"'\\]\\\\]|&quot;| )*(?:=>|[=:>]|%3d|%3a|&#61;|\\\\u003d)(?:[\"'[\\\\]|&quot;| )*"
const scheme = "(?:(?:obs|aws|aws4-hmac-sha256|obs4-hmac-sha256|bearer|basic|negotiate|digest|token) +)?"

const named = new RegExp(`(${called}${separator})${scheme}[^\\s"'<>&,;\\\\]+`, "gi")

// These run over several lines, and to their end
const signed = new RegExp(
  `((?:string[-_ ]?to[-_ ]?sign|canonical[-_ ]?request)(?:bytes)?${separator})(?=[^\\s])(?:(?!</)[\\s\\S])*`,
  "gi"
)

// The value of an Authorization header of the service without the name of the header
const authorization = /\b(obs|aws) [a-z0-9]{10,}:[a-z0-9+/=]{20,}/gi

// An access key on its own; what else could look like one is only taken for it where the text speaks of them
const accessKey = /\b(?=[A-Z0-9]*[A-Z])[A-Z0-9]{10,}\b/g

const suspicious = new RegExp(called, "i")

// All of the above need one of the separators, or the words for an access key
const canHaveSecrets = /[=:>%&\\]|access/i

const withoutNamed = (text: string): string => {
  const open = text
    .replace(signed, `$1${redacted}`)
    .replace(named, `$1${redacted}`)
    .replace(authorization, `$1 ${redacted}`)
  return /access[-_ ]?key/i.test(open) ? open.replace(accessKey, redacted) : open
}

/**
 * Takes the values of credentials, signatures and tokens out of free text. What is left has none that this would find,
 * so that it stays as it is when it is cleaned again.
 */
export const withoutSecrets = (text: string): string => {
  if (!canHaveSecrets.test(text)) return text
  if (!suspicious.test(text)) return text.replace(authorization, `$1 ${redacted}`)
  let open = withoutNamed(text)
  for (let previous = text, rounds = 0; open !== previous && rounds < 4; rounds++) {
    previous = open
    open = withoutNamed(open)
  }
  return open
}

const byteOf = (_: string, hex: string): string => String.fromCharCode(Number.parseInt(hex, 16))

/**
 * The beginning of a foreign text up to the first word that could announce a secret, however it is escaped. Nobody knows
 * how a page of a proxy writes one, so the rest of it goes.
 */
export const beforeSecrets = (text: string): string => {
  const once = text.replace(/%([2-7][0-9a-f])/gi, byteOf)
  const plain = once.replace(/%([2-7][0-9a-f])/gi, byteOf)
  const start = plain.search(suspicious)
  return withoutSecrets(start === -1 ? plain : plain.slice(0, start) + redacted)
}

/** Makes a function that takes values out of a text, in one pass over it; short ones could be anything and stay. */
export const without = (values: ReadonlyArray<string>): ((text: string) => string) => {
  const long = [...new Set(values.filter((value) => value.length >= 8))]
    .sort((a, b) => b.length - a.length)
    .slice(0, 16)
  if (long.length === 0) return (text) => text
  const pattern = new RegExp(long.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g")
  return (text) => text.replace(pattern, redacted)
}
