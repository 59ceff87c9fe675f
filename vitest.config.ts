import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const src = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^effect-obs$/, replacement: src("index.ts") },
      { find: /^effect-obs\/testing$/, replacement: src("testing/index.ts") },
      { find: /^effect-obs\/(.*)$/, replacement: src("$1.ts") }
    ]
  },
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000 }
})
