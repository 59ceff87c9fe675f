import * as ConfigProvider from "effect/ConfigProvider"
import * as Layer from "effect/Layer"

export * from "effect/ConfigProvider"

export const layer = Layer.setConfigProvider

export const fromEnvRecord = (env: Record<string, string>): ConfigProvider.ConfigProvider =>
  ConfigProvider.fromMap(new Map(Object.entries(env)))
