/**
 * The schemas of the properties that every failure has.
 */
import * as Schema from "#effect/schema"
import * as Details from "./details.js"

export const answerFields = {
  message: Schema.string,
  status: Schema.number,
  requestId: Schema.optional(Schema.string),
  hostId: Schema.optional(Schema.string),
  id2: Schema.optional(Schema.string),
  indicator: Schema.optional(Schema.string),
  deleteMarker: Schema.optional(Schema.boolean),
  resource: Schema.optional(Schema.string),
  inferred: Schema.optional(Schema.boolean),
  retryAfter: Schema.optional(Schema.milliseconds),
  request: Schema.optional(Details.schema),
  attempts: Schema.optional(Schema.positiveInt),
  details: Schema.withDefault(Details.schema, () => Details.empty)
}

/**
 * The schemas of the properties that every failure has, by name.
 *
 * @category models
 * @since 0.3.0
 */
export type AnswerFields = typeof answerFields
