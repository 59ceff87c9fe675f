/**
 * Every typed field of every class arrives, by whatever road the service sends its element.
 */
import { describe, expect, it } from "@effect/vitest"
import { Option } from "#test/effect"
import { ObsError, ObsResponse } from "effect-obs"
import { fieldsOf } from "../../../src/internal/failure/errorClass.js"

const texts = ["v", "2026-11-24T10:00:00Z", "5"]

/** A text that is a value of the field, where it is none of a secret. */
const textFor = (parse: (text: string) => Option.Option<unknown>) =>
  texts.find((text) => Option.isSome(parse(text))) ?? ""

const cases = ObsError.all.flatMap((klass) =>
  Object.entries(fieldsOf(klass)).flatMap(([name, field]) =>
    field.elements(name).map((element) => ({
      code: klass._tag,
      name,
      element,
      text: field._tag === "Field" ? textFor(field.parse) : "s3cretvalue"
    }))
  )
)

const valueOf = (failure: ObsError.ObsFailure, name: string): unknown => Reflect.get(failure, name)

describe.each(cases)("$code.$name, sent as $element", ({ code, element, name, text }) => {
  it.each([
    [
      "an element",
      { status: 400, headers: {}, body: `<Error><Code>${code}</Code><${element}>${text}</${element}></Error>` }
    ],
    ...["obs", "amz"].map((dialect): [string, ObsResponse.RawResponse] => [
      `a header of ${dialect}`,
      {
        status: 400,
        method: "HEAD",
        headers: {
          [`x-${dialect}-error-code`]: code,
          [`X-${dialect}-Error-Detail-${element.toLowerCase()}`]: text
        }
      }
    ])
  ])("in %s", (_, response) => {
    const failure = ObsResponse.decode(response)
    expect(valueOf(failure, name)).toBeDefined()
    expect(Object.keys(failure.details)).toEqual([])
  })
})

it("covers every class that has fields", () => {
  expect(new Set(cases.map(({ code }) => code)).size).toBeGreaterThan(10)
})
