/**
 * What an error says to do next fits what its answer says.
 */
import { describe, expect, it } from "@effect/vitest"
import { ObsError } from "effect-obs"

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
    ["an internal error", new ObsError.InternalError(), /again after a short wait.*request id/],
    ["a limit of traffic", new ObsError.ServiceUnavailable({ status: 503, indicator: "602" }), /fewer requests/],
    [
      "a server that fails without a word",
      new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status: 503 }),
      /^Send the request again after a short wait\. Go by the status/
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
      /^Send the request again after a short wait. Look/
    ],
    [
      "a cut success",
      new ObsError.UnrecognizedResponse({ reason: "ConnectionLost", status: 200 }),
      /^The request may or may not have been done/
    ],
    [
      "a result that is too large",
      new ObsError.UnrecognizedResponse({ reason: "TooLarge", status: 200 }),
      /^The request was done\. .*maxEntries/
    ],
    ["a denial that is a limit", new ObsError.InternalError({ status: 503, indicator: "601" }), /fewer requests/]
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
})
