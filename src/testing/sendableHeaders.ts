/**
 * Makes headers sendable: an HTTP client or a server throws on invalid ones.
 */

/** Makes a text a valid header value: one line of Latin-1, with a question mark for other characters. */
export const headerText = (text: string): string => text.replace(/[^\x20-\x7e\xa0-\xff]/g, "?").trim()

const token = /^[\w!#$%&'*+.^`|~-]+$/

/** Makes header values sendable and drops headers with invalid names. */
export const sendableHeaders = (headers: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]: [string, unknown]) =>
      token.test(name) && typeof value === "string" ? [[name.toLowerCase(), headerText(value)]] : []
    )
  )
