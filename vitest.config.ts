import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"
import manifest from "./package.json" with { type: "json" }

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    // What the package exports, from its sources, and nothing else
    alias: Object.entries(manifest.exports).flatMap(([entry, target]) =>
      typeof target === "string"
        ? []
        : {
            find: new RegExp(`^effect-obs${entry.slice(1)}$`),
            replacement: fileOf(target.default.replace(/^\.\/dist\/(.*)\.js$/, "./src/$1.ts"))
          }
    )
  },
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/effect4/**", "**/node_modules/**"],
    setupFiles: ["test/support/propertySeed.ts"],
    testTimeout: 60_000
  }
})
