/**
 * What of headers can be sent: an HTTP client or a server throws at anything else.
 */

/** A text as the value of a header: one line of Latin-1, with a question mark for what is none. */
export const headerText = (text: string): string => text.replace(/[^\x20-\x7e\xa0-\xff]/g, "?").trim()

const token = /^[\w!#$%&'*+.^`|~-]+$/

/** Headers with what can be sent of their values, and without those whose names cannot be sent. */
export const sendableHeaders = (headers: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) =>
      token.test(name) && typeof value === "string" ? [[name.toLowerCase(), headerText(value)]] : []
    )
  )
