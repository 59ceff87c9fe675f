/**
 * What cannot be said in common. Effect 4 has the same names with the same types, and the same claims.
 */
import * as Tracer from "effect/Tracer"

/** The same tracer, whose spans are changed when they are made. */
export const changeSpans = (tracer: Tracer.Tracer, change: (span: Tracer.Span) => void): Tracer.Tracer =>
  Tracer.make({
    span: (...args) => {
      const span = tracer.span(...args)
      change(span)
      return span
    },
    context: (f, fiber) => tracer.context(f, fiber)
  })
