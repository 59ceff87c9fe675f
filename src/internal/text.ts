/**
 * Makes text from the wire safe to show and to keep, and orders it as the service does.
 */

const unprintable =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Replaces line breaks and tabs with blanks, and with U+FFFD every other character that a terminal, a log or a reader
 * could misread: C0 and C1 controls, line and paragraph separators, bidirectional controls, lone surrogates.
 */
export const printable = (text: string): string =>
  text.search(unprintable) === -1
    ? text
    : text.replace(unprintable, (c) =>
        c === "\n" || c === "\r" || c === "\t" || c === "\u2028" || c === "\u2029" ? " " : "\ufffd"
      )

/** Shortens a text to a number of UTF-16 units, with an ellipsis and never inside a character. */
export const shorten = (text: string, max: number): string => {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 2)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 2 : max - 1) + "…"
}

/**
 * Copies a text. Engines keep a whole text alive while a part of it is in use, so anything that outlives a response
 * needs its own copy. Short parts are copied by the engine anyway.
 */
export const own = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))

/** A code unit, so that surrogates, which stand for what is beyond U+FFFF, come behind all others. */
const rank = (unit: number): number => (unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit)

/** The order of the bytes of keys in UTF-8, which is that of their code points and not that of JavaScript. */
export const compareKeys = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return rank(x) - rank(y)
  }
  return a.length - b.length
}
