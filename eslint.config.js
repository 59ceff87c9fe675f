import tseslint from "typescript-eslint"

export default tseslint.config(
  { ignores: [".effect4", ".examples", "dist", "coverage", "node_modules"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] } } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-console": "error",
      "no-control-regex": "error",
      "prefer-rest-params": "error",
      "@typescript-eslint/array-type": ["error", { default: "generic" }],
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-expect-error": true, "ts-ignore": true, "ts-nocheck": true }
      ],
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true }
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      // Effect<void> is how Effect names an effect without a value
      "@typescript-eslint/no-invalid-void-type": "off",
      // Classes of errors have no members of their own
      "@typescript-eslint/no-extraneous-class": "off",
      // A generic that appears once is how Effect names the self type of a class
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      // Effects yield errors that extend Error
      "@typescript-eslint/only-throw-error": "off",
      "@typescript-eslint/unbound-method": "off"
    }
  },
  {
    // The one internal factory may cast: see docs/adr/0002-class-is-row.md
    files: ["src/internal/errorClass.ts"],
    rules: { "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }] }
  },
  {
    // Everything but the one entry of the test kit runs where there is no Node
    files: ["src/**"],
    ignores: ["src/testing/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["node:*", "**/testing/**"] }] }
  },
  {
    files: ["src/testing/**"],
    ignores: ["src/testing/ObsTestServer.ts", "src/testing/node.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: ["node:*", "**/ObsTestServer.js", "**/node.js"] }] }
  },
  {
    // Tests use the package as users do; those of what is internal say so by their paths
    files: ["test/**", "docs/**"],
    ignores: ["test/internal/**", "test/properties.test.ts", "test/fuzz.ts", "docs/error-codes.ts", "test/bench/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["**/src/**", "**/dist/**"] }] }
  },
  {
    files: ["test/types/**"],
    rules: {
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": "allow-with-description" }],
      // Many names are there for their types alone
      "@typescript-eslint/no-unused-vars": "off"
    }
  },
  {
    files: ["docs/**", "test/**", "**/*.js"],
    rules: { "no-console": "off" }
  },
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] }
)
