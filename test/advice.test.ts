/**
 * What an error says to do next fits what its answer says.
 */
import { describe, expect, it } from "@effect/vitest"
import { ObsError, ObsResponse } from "effect-obs"

const emptyBody = (method: string) =>
  new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status: 404, request: { method } })

describe("the advice", () => {
  it.each([
    [
      "an expired request, denied",
      new ObsError.AccessDenied({ message: "Request has expired" }),
      /Sign the request anew/
    ],
    ["an expired request, skewed", new ObsError.RequestTimeTooSkewed({ message: "Request has expired." }), /Sign/],
    ["a skewed clock", new ObsError.RequestTimeTooSkewed(), /difference between the client time/],
    ["a denial without a word", new ObsError.AccessDenied(), /policies and ACLs/],
    ["a denial", new ObsError.AccessDenied({ message: "Access Denied" }), /policies and ACLs/],
    [
      "a denial for the date",
      new ObsError.AccessDenied({ message: "OBS authentication requires a valid Date or x-obs-date header" }),
      /correct date header/
    ],
    ["an internal error", new ObsError.InternalError(), /again after a short wait.*ask the support of the service\.$/],
    ["an internal error with a request id", new ObsError.InternalError({ requestId: "42" }), /with the request id\.$/],
    ["throttling", new ObsError.SlowDown(), /^Send fewer requests at a time/],
    ["a limit of traffic", new ObsError.ServiceUnavailable({ status: 503, indicator: "602" }), /fewer requests/],
    [
      "a server that fails without a word",
      new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status: 503 }),
      /^Send the request again after a short wait\. If it keeps failing, go by the status\..* GET/
    ],
    [
      "a page that is a limit",
      new ObsError.UnrecognizedResponse({ reason: "NotAnErrorDocument", status: 429, indicator: "601" }),
      /fewer requests/
    ],
    [
      "an unknown code of a server that fails",
      new ObsError.UnknownObsError({ code: "X", status: 500 }),
      /^Send the req/
    ],
    ["an unknown code", new ObsError.UnknownObsError({ code: "X", status: 400 }), /^Look the code up/],
    [
      "what is unexpected",
      new ObsError.UnexpectedObsError({
        operation: "GetObject",
        failure: new ObsError.UnknownObsError({ code: "X", status: 500 })
      }),
      /^Send the request again after a short wait. If it keeps failing, look/
    ],
    [
      "a cut success",
      new ObsError.UnrecognizedResponse({ reason: "ConnectionLost", status: 200 }),
      /^The request may or may not have been carried out/
    ],
    [
      "a result that is too large",
      new ObsError.UnrecognizedResponse({ reason: "TooLarge", status: 200 }),
      /^Ask for less at once.*maxEntries/
    ],
    ["a page of a request that is not HEAD", emptyBody("PUT"), /a proxy, a firewall/],
    ["an answer to HEAD", emptyBody("HEAD"), /send a GET/],
    ["a failure that is a limit", new ObsError.InternalError({ status: 503, indicator: "601" }), /fewer requests/],
    ["a denial that is a limit", new ObsError.AccessDenied({ status: 503, indicator: "601" }), /fewer requests/]
  ] as const)("for %s", (_, error, advice) => {
    expect(error.solution).toMatch(advice)
    expect(String(error)).toContain(error.solution)
  })

  it("is to try again for whatever another attempt can mend", () => {
    for (const klass of ObsError.all) {
      if (klass.info.retry !== "transient" && klass.info.retry !== "throttling") continue
      expect(new klass().solution).toMatch(/again|later|fewer|Reduce/i)
    }
  })

  it("leaves the row as the service's table has it", () => {
    expect(new ObsError.AccessDenied().info.solution).toBe("Provide a correct date header in the request.")
    expect(ObsError.InternalError.info.solution).toBe("Contact the technical support.")
  })

  it("is not what the message says already", () => {
    const sentences = (text: string) => text.toLowerCase().match(/[^.]+\.(?=\s|$)/g) ?? []
    for (const klass of [...ObsError.all, ...ObsError.OefError.members]) {
      const { message, solution } = new klass()
      const said = sentences(message).map((sentence) => sentence.trim())
      expect(
        sentences(solution).filter((sentence) => said.includes(sentence.trim())),
        klass._tag
      ).toEqual([])
      expect(message, klass._tag).not.toMatch(/try again|retry/i)
    }
  })

  it("names a request id only where there is one", () => {
    for (const klass of ObsError.all) expect(String(new klass())).not.toMatch(/request id/)
    for (const code of ["X", "Y"]) {
      expect(String(new ObsError.UnknownObsError({ code, status: 400 }))).not.toMatch(/request id/)
      expect(new ObsError.UnknownObsError({ code, requestId: "42" }).solution).toMatch(/request id/)
    }
  })
})

describe("what is shown without a word of the service", () => {
  it("does not blame the date for a denial", () => {
    for (const headers of [{ "x-obs-error-code": "AccessDenied" }, { "x-amz-error-code": "AccessDenied" }]) {
      const failure = ObsResponse.decode({ status: 403, headers, method: "HEAD" })
      expect(String(failure)).toMatch(/^AccessDenied: Access is denied\. \(status 403\) Ask for the permission/)
      expect(failure).toHaveProperty("info.description", expect.stringContaining("date header"))
    }
  })

  it.each([
    ["EmptyBody", 404, /^The response with status 404 does not say what is wrong: it has no body/],
    ["EmptyBody", 200, /^The response with status 200 does not say whether the request was carried out: its body is/],
    ["ConnectionLost", 200, /carried out: the connection was lost before its body ended\.$/],
    ["ConnectionLost", 502, /what is wrong: the connection was lost before its body had a code\.$/],
    ["Compressed", 200, /carried out: its body is still compressed\.$/],
    ["TooLarge", 200, /^The request succeeded, but/],
    ["OpaqueRedirect", 0, /^The response does not say what is wrong: it is a redirect/]
  ] as const)("says of %s with status %i what is so", (reason, status, message) => {
    expect(new ObsError.UnrecognizedResponse({ reason, status }).message).toMatch(message)
  })

  it("names an unknown code that was not expected", () => {
    const failure = new ObsError.UnknownObsError({ code: "Odd", status: 400, message: "Oh." })
    expect(new ObsError.UnexpectedObsError({ operation: "GetObject", failure }).message).toBe(
      "GetObject failed with the code Odd, which its documentation does not list: Oh."
    )
  })
})
