import { fileURLToPath } from "node:url"
import { mergeConfig } from "vitest/config"
import manifest from "../../package.json" with { type: "json" }
import base from "../../vitest.config.js"

const effect = fileURLToPath(new URL(`../../${manifest.imports["#test/effect"]}`, import.meta.url))

export default mergeConfig(
  // Instead of the project's own tests
  { ...base, test: { ...base.test, include: [] } },
  {
    // This folder is a package of its own, which does not have the imports of the project's
    resolve: { alias: [{ find: "#test/effect", replacement: effect }] },
    test: { include: ["test/clients/*.client.mjs"], testTimeout: 300_000 }
  }
)
