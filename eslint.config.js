import tseslint from "typescript-eslint"

/** A room of the house, and the beginnings of what may be imported there besides modules of Effect. */
const room = (files, allowed) => ({
  files: [files],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(?!${[...allowed, "@?effect(/|$)"].join("|").replace(/\.+(?=\/)/g, (dots) => dots.replaceAll(".", "\\."))})`,
            message: "Arrows run one way: see the rooms in eslint.config.js."
          }
        ]
      }
    ]
  }
})

const ground = "(duration|object|secrets|text)\\.js$"

// Modules of Effect that are the same in both versions, as far as they are used here
const same = [
  "Clock|Context|Data|DateTime|Deferred|Duration|Effect|Equal|Exit|Fiber|FiberSet|Function|Hash|Inspectable|Layer|Option",
  "Pipeable|Predicate|Random|Redacted|Scope|Stream|Tracer"
].join("|")

export default tseslint.config(
  {
    ignores: [
      ".effect4",
      ".examples",
      "coverage",
      "dist",
      "node_modules",
      // The layer of the other Effect: `npm run effect4 -- lint` looks at it
      "src/internal/effect4",
      "test/effect4",
      // In the words of Effect 4: `npm run examples` compiles them
      "docs/examples"
    ]
  },
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
      // An interface gives a long type a name that editors show
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      // Effect<void> is how Effect names an effect without a value
      "@typescript-eslint/no-invalid-void-type": "off",
      // What is a class in one version of Effect, or has a default, is not in the other
      "@typescript-eslint/no-misused-spread": "off",
      "@typescript-eslint/no-unnecessary-type-arguments": "off",
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
    // What the types of a class, a union and an effect cannot say: see docs/adr/0002-class-is-row.md
    files: [
      "src/internal/failure/{base,errorClass,httpApi,recover,union}.ts",
      "src/internal/effect{3,4}/schema.ts",
      "test/effect{3,4}/**"
    ],
    rules: { "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }] }
  },
  {
    // One source for two versions of Effect: what differs is in the layer, and the layer is reached by `#effect/*`
    files: ["src/**"],
    ignores: ["src/internal/effect{3,4}/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "/effect[34]/", message: "The layer is `#effect/*`." },
            { regex: "^@effect/", message: "It is not the same in both versions of Effect: import `#effect/*`." },
            {
              regex: `^effect($|/(?!(${same}|Cause|Schedule)$))`,
              message: "Not known to be the same in both versions of Effect: import `#effect/*`, or add it to `same`."
            },
            {
              regex: "^effect/(Cause|Schedule)$",
              allowTypeImports: true,
              message: "Its functions are not the same in both versions of Effect: import `#effect/runtime`."
            }
          ]
        }
      ]
    }
  },
  // The rooms, from the ground up. Each may import what is named and nothing else of the project.
  room("src/internal/{object,secrets,text}.ts", [`./${ground}`]),
  // The one module that knows the library of hashes
  room("src/internal/digest.ts", ["@noble/hashes/"]),
  room("src/internal/duration.ts", ["#effect/runtime"]),
  room("src/internal/effect{3,4}/**", ["./runtime\\.js$"]),
  room("src/internal/signature/**", ["./", `../${ground}`, "../digest\\.js$", "#(effect|http)/"]),
  room("src/internal/failure/**", ["./", `../${ground}`, "#effect/(schema|runtime)"]),
  room("src/errors/**", ["./", "../internal/failure/", "#effect/schema"]),
  room("src/internal/operation.ts", ["./failure/", "../errors/", "#(effect|http)/"]),
  room("src/operations/**", ["./", "../errors/", "../internal/failure/", "../internal/operation"]),
  room("src/internal/request/**", ["./", `../${ground}`, "../failure/", "../signature/address", "#(effect|http)/"]),
  room("src/internal/wire/**", [
    "./",
    `../${ground}`,
    "../failure/",
    "../../errors/",
    "../request/",
    "#(effect|http)/"
  ]),
  room("src/internal/credentials/**", [
    "./",
    `../${ground}`,
    "../duration",
    "../request/",
    "../wire/",
    "#(effect|http)/"
  ]),
  room("src/internal/retry/**", ["./", `../${ground}`, "../failure/", "../request/", "#(effect|http)/"]),
  room("src/internal/signing/**", [
    "./",
    `../${ground}`,
    "../credentials/",
    "../failure/",
    "../request/",
    "../retry/",
    "../signature/",
    "../wire/",
    "#(effect|http)/"
  ]),
  // Calls: what all of them share, and the calls themselves, which are public
  room("src/internal/call/**", [
    "./",
    `../${ground}`,
    "../(digest|duration)",
    "../../errors/",
    "../credentials/",
    "../failure/",
    "../operation",
    "../request/",
    "../signature/",
    "../wire/",
    "#(effect|http)/"
  ]),
  room("src/calls/**", ["./", "../Obs", "../internal/", "../operations/", "#(effect|http)/"]),
  // It judges what signs, and shares the digests and the list of sub-resources with it and nothing else
  room("src/internal/verification/**", [
    "./",
    `../${ground}`,
    "../digest\\.js$",
    "../signature/canonical",
    "../wire/body"
  ]),
  // An OBS in memory: functions of what is kept and what is asked, without effects
  room("src/internal/service/**", [
    "./",
    `../${ground}`,
    "../../errors/",
    "../verification/(arrived|multipart)",
    "../wire/(body|deleteResult|xml)",
    "../digest\\.js$"
  ]),
  // What that OBS does wrong, by rule
  room("src/internal/faults/**", [
    "./",
    `../${ground}`,
    "../../(errors|operations)/",
    "../operation\\.js$",
    "../signature/canonical",
    "../wire/decode",
    "#effect/schema"
  ]),
  // Where that OBS keeps what it is given
  room("src/internal/storage/**", [
    "./",
    "../service/",
    "../verification/(payload|refusal)",
    "../wire/body",
    "../digest\\.js$",
    "#effect/"
  ]),
  // The same in a folder, which needs Node
  room("src/internal/folder/**", [
    "./",
    "../object",
    "../service/",
    "../storage/",
    "../wire/body",
    "../digest\\.js$",
    "#effect/",
    "node:",
    "classic-level"
  ]),
  room("src/*.ts", ["./Obs", "./calls/", "./errors/", "./internal/", "./operations/", "#(effect|http)/"]),
  // The entry that needs Node
  room("src/testing/{ObsTestFolder,ObsTestServer,arriving,node}.ts", [
    "./",
    "../Obs",
    "../internal/",
    "#(effect|http)/",
    "node:"
  ]),
  // The command, and what it is made of
  room("src/testing/emulator/**", ["./", "../", "../../Obs", "../../internal/", "#(effect|http)/", "node:"]),
  room("src/testing/!(ObsTestFolder|ObsTestServer|arriving|node).ts", [
    "./(?!ObsTestFolder|ObsTestServer|node)",
    "../Obs",
    "../internal/",
    "#(effect|http)/"
  ]),
  {
    // Tests use the package as users do; those of what is internal say so by their paths
    files: ["test/**"],
    ignores: ["test/internal/**", "test/properties.test.ts", "test/fuzz.ts", "test/tools/**", "test/bench/**"],
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
