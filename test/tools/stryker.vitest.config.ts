import { defineConfig } from "vitest/config"
import config from "../../vitest.config.js"

/** The tests of the decoder that need no socket: what a mutant has to get past. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: [
      "test/internal/wire/*.test.ts",
      "test/ObsResponse.test.ts",
      "test/hostile.test.ts",
      "test/success.test.ts"
    ],
    isolate: false
  }
})
