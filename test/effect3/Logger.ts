import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"

export * from "effect/Logger"
export {
  jsonLogger as formatJson,
  logfmtLogger as formatLogFmt,
  prettyLogger as consolePretty,
  stringLogger as formatSimple
} from "effect/Logger"

/** These loggers and no other one. */
export const layer = (loggers: ReadonlyArray<Logger.Logger<unknown, unknown>>): Layer.Layer<never> =>
  loggers.reduce((layers, logger) => Layer.merge(layers, Logger.add(logger)), Logger.remove(Logger.defaultLogger))
