import { defineConfig, mergeConfig } from "vitest/config"
import base from "../../vitest.config.js"

const config = mergeConfig(base, defineConfig({ test: { testTimeout: 600_000 } }))

export default { ...config, test: { ...config.test, include: ["test/oracles/*.oracle.mjs"] } }
