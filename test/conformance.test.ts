/**
 * Real answers, with what is expected of a decoder.
 */
import { describe, expect, it } from "@effect/vitest"
import { DateTime, Duration, Option, Redacted, Schema } from "#test/effect"
import { ObsError, ObsResponse } from "effect-obs"
import { readShared } from "./support/shared.js"

const Case = Schema.Struct({
  id: Schema.String,
  status: Schema.NullOr(Schema.Number),
  headers: Schema.Record(Schema.String, Schema.String),
  method: Schema.optional(Schema.NullOr(Schema.String)),
  body: Schema.String,
  truncated: Schema.optional(Schema.Boolean),
  expect: Schema.Struct({
    code: Schema.NullOr(Schema.String),
    message: Schema.optional(Schema.NullOr(Schema.String)),
    fields: Schema.optional(Schema.Record(Schema.String, Schema.String))
  })
})

const answers = readShared("conformance/answers.jsonl")
const cases = (answers ?? "")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => Schema.decodeUnknownSync(Schema.fromJsonString(Case))(line))

const codeOf = (failure: ObsError.ObsFailure): string | null => {
  if (failure._tag === "UnknownObsError") return failure.code
  return failure._tag === "UnrecognizedResponse" || failure._tag === "NotModified" ? null : failure._tag
}

/** The value that a failure has for an element, as text, wherever it is kept. */
const elementOf = (failure: ObsError.ObsFailure, name: string): string => {
  const values = new Map<string, unknown>(Object.entries(failure))
  const field = name.charAt(0).toLowerCase() + name.slice(1)
  const value =
    failure.details[name] ??
    failure.secrets[name] ??
    values.get(field) ??
    values.get(field.replace(/Milliseconds$/, ""))
  if (Redacted.isRedacted(value)) return String(Redacted.value(value))
  if (DateTime.isDateTime(value)) return DateTime.formatIso(value)
  if (Duration.isDuration(value)) return String(Duration.toMillis(value))
  return typeof value === "string" ? value : ""
}

const isTime = (name: string) => name === "RequestTime" || name === "ServerTime"

const compact = (text: string) => text.replace(/[-:]|\.000/g, "")

describe.skipIf(answers === undefined)("real answers (../shared/conformance)", () => {
  it.each(cases.map((c) => [c.id, c] as const))(
    "%s",
    (_, { body, expect: expected, headers, method, status, truncated }) => {
      const documented = Option.map(ObsError.byCode(expected.code ?? ""), (klass) => klass.info.status)
      const sent = status ?? Option.getOrElse(documented, () => 400)
      const failure = ObsResponse.decode({ status: sent, headers, body, method: method ?? undefined })
      expect(codeOf(failure)).toBe(expected.code)
      expect(failure.status).toBe(sent)
      if (expected.code !== null && typeof expected.message === "string" && truncated !== true) {
        expect(failure.message.trim()).toBe(expected.message.trim())
      }
      for (const [name, value] of Object.entries(expected.fields ?? {})) {
        const own = elementOf(failure, name)
        if (isTime(name)) expect(compact(own)).toBe(compact(value))
        else expect(own.trim()).toBe(value.trim())
      }
    }
  )
})
