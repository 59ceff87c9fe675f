/**
 * Text from the wire, made safe to show and to keep.
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

/**
 * A copy of a text. Engines keep the whole text for as long as a part of it is remembered, so what outlives the answer
 * that it was found in has to be its own; short parts are copied anyway.
 */
export const own = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))
