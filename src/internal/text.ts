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
  /stringtosign|canonicalrequest|signature(?!version)|accesskey|authorization|securitytoken|sessiontoken|token-?\d|secret|password|credential|customerkey/

/** Whether an element, a JSON key, a header or a query parameter of this name carries a secret. */
export const isSecretName = (name: string): boolean => secretName.test(name.toLowerCase().replace(/[-_.]/g, ""))

// `Name=value`, `Name: value`, `"name":"value"` and `<Name>value</Name>`: what a page or a message may echo of a request
const namedSecret =
  /((?:signature|access[-_]?key[-_]?id|authorization|security[-_]?token|session[-_]?token|secret(?:[-_]?access[-_]?key)?|credential|customer[-_]?key)(?:provided|[-_]?md5)?["']?\s*(?:[=:]|%3d|>)\s*["']?)(?:(?:obs|aws|aws4-hmac-sha256|bearer|basic)\s+)?[^\s"'<>&,;]+/gi

// These run over several lines
const signedText = /((?:stringtosign|canonicalrequest)(?:bytes)?["']?\s*[=:>]\s*)[^<]*/gi

// The value of an Authorization header of the service without the name of the header
const authorization = /\b(OBS|AWS) [A-Z0-9]{10,}:[A-Za-z0-9+/=]{20,}/g

// The service itself names the key in "the access key XXX is inactive."
const spokenKey = /(access key(?: id)?:? )((?=[a-z*]*\d)[a-z0-9*]{10,})/gi

const suspicious = /signature|key|token|secret|credential|authorization|stringtosign|canonicalrequest|OBS |AWS /i

/** Takes the values of credentials, signatures and tokens out of free text. */
export const withoutSecrets = (text: string): string =>
  suspicious.test(text)
    ? text
        .replace(signedText, "$1<redacted>")
        .replace(namedSecret, "$1<redacted>")
        .replace(authorization, "$1 <redacted>")
        .replace(spokenKey, "$1<redacted>")
    : text
