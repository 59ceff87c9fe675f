/**
 * What it costs to type-check a program that handles errors, in instantiations and seconds: against the declarations
 * that are published, against classes as `Schema.TaggedError` makes them, and with the peers. Fails where the programs
 * that the library answers for cost more than they should.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { load, major, packageFolder, root } from "../tools/built.mjs"
import { table } from "./measure.mjs"

const bench = fileURLToPath(new URL(".", import.meta.url))
const scratch = join(root, ".bench-types")

const { all } = await load("ObsError.js")
const table80 = all.slice(0, 80).map(({ _tag }) => _tag)

const handlers = table80.map((tag) => `    ${JSON.stringify(tag)}: () => Effect.succeed("handled")`).join(",\n")

const ours = {
  "one catchTag on ObsError": `import { Effect } from "effect"
import { ObsError } from "effect-obs"
declare const program: Effect.Effect<string, ObsError.ObsError>
export const handled = program.pipe(Effect.catchTag("NoSuchKey", (error) => Effect.succeed(error.key)))
`,
  "catchTags with 80 handlers": `import { Effect } from "effect"
import { ObsError } from "effect-obs"
declare const program: Effect.Effect<string, ObsError.ObsError>
export const handled = program.pipe(
  Effect.catchTags({
${handlers}
  })
)
`,
  "expect(GetObject) with five handlers": `import { Effect } from "effect"
import type { HttpClientResponse } from "${major === 3 ? "@effect/platform" : "effect/http"}"
import { ObsOperation, ObsResponse } from "effect-obs"
declare const response: HttpClientResponse.HttpClientResponse
export const handled = ObsResponse.expect(ObsOperation.GetObject)(response).pipe(
  Effect.catchTags({
    NoSuchBucket: () => Effect.succeed("handled"),
    NoSuchKey: (error) => Effect.succeed(error.key),
    AccessDenied: () => Effect.succeed("handled"),
    SlowDown: () => Effect.succeed("handled"),
    UnexpectedObsError: ({ failure }) => Effect.succeed(failure._tag)
  })
)
`,
  "getObject with seven handlers": `import { Effect } from "effect"
import { ObsClient } from "effect-obs"
export const handled = ObsClient.getObject({ bucket: "b", key: "k" }).pipe(
  Effect.flatMap(({ text }) => text),
  Effect.catchTags({
    NoSuchBucket: () => Effect.succeed("handled"),
    NoSuchKey: (error) => Effect.succeed(error.key),
    AccessDenied: () => Effect.succeed("handled"),
    SlowDown: () => Effect.succeed("handled"),
    CredentialsError: ({ solution }) => Effect.succeed(solution),
    InvalidInput: ({ option }) => Effect.succeed(option),
    UnexpectedObsError: ({ failure }) => Effect.succeed(failure._tag)
  })
)
`
}

const limits = {
  "one catchTag on ObsError": 5000,
  "catchTags with 80 handlers": 33_000,
  "expect(GetObject) with five handlers": 7000,
  "getObject with seven handlers": 8000
}

const plainClasses = all
  .map(
    ({ info }, i) =>
      `export class E${i} extends Schema.TaggedError<E${i}>()(${JSON.stringify(info.code)}, {
  message: Schema.String,
  status: Schema.Number,
  requestId: Schema.optional(Schema.String),
  hostId: Schema.optional(Schema.String),
  resource: Schema.optional(Schema.String),
  key: Schema.optional(Schema.String),
  details: Schema.Record(${major === 3 ? "{ key: Schema.String, value: Schema.String }" : "Schema.String, Schema.String"})
}) {}`
  )
  .join("\n")

const plain = (handle) => ({
  "plain.ts": `import { Schema } from "effect"
${plainClasses}
export type Plain = ${all.map((_, i) => `E${i}`).join(" | ")}
`,
  "index.ts": `import { Effect } from "effect"
import type { Plain } from "./plain.js"
declare const program: Effect.Effect<string, Plain>
export const handled = program.pipe(${handle})
`
})

const others = {
  "Schema.TaggedError, one catchTag on as many classes": plain(
    `Effect.catchTag("NoSuchKey", (error) => Effect.succeed(error.key))`
  ),
  "Schema.TaggedError, catchTags with 80 handlers": plain(`Effect.catchTags({\n${handlers}\n})`),
  "@effect-aws/client-s3, getObject with one catchTag": {
    "index.ts": `import { S3 } from "@effect-aws/client-s3"
import { Effect } from "effect"
export const handled = S3.getObject({ Bucket: "b", Key: "k" }).pipe(
  Effect.catchTag("NoSuchKey", () => Effect.succeed("handled"))
)
`
  },
  "@aws-sdk/client-s3, GetObjectCommand with one instanceof": {
    "index.ts": `import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3"
export const handled = new S3Client({})
  .send(new GetObjectCommand({ Bucket: "b", Key: "k" }))
  .catch((error: unknown) => (error instanceof NoSuchKey ? error.message : "?"))
`
  }
}

const compilers = [
  ["TypeScript 5.9", join(bench, "node_modules/typescript-5/bin/tsc")],
  ["TypeScript 7", join(bench, "node_modules/typescript-7/bin/tsc")]
]

const check = (compiler, files, folder) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, code] of Object.entries(files)) writeFileSync(join(folder, name), code)
  const config = {
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      target: "es2022",
      module: "nodenext",
      moduleResolution: "nodenext",
      skipLibCheck: true,
      noEmit: true,
      types: [],
      paths: { "effect-obs": [join(packageFolder, "dist/index.d.ts")] }
    },
    include: ["*.ts"]
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config))
  const path = existsSync(compiler) ? compiler : `${compiler}.js`
  const { stderr, stdout, status } = spawnSync(process.execPath, [path, "-p", folder, "--extendedDiagnostics"], {
    encoding: "utf8"
  })
  if (status !== 0) throw new Error(stdout + stderr)
  const number = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, "m").exec(stdout)?.[1])
  return { instantiations: number("Instantiations"), seconds: number("Check time") }
}

// The programs of the peers stand where their packages are found
const place = (name) => (name.startsWith("@") ? join(bench, ".types") : scratch)

const programs = [
  ...Object.entries(ours).map(([name, code]) => [name, { "index.ts": code }]),
  ...Object.entries(others)
]

const rows = []
for (const [name, files] of programs) {
  const cells = []
  for (const [compiler, path] of compilers) {
    const { instantiations, seconds } = check(path, files, place(name))
    cells.push(String(instantiations), seconds.toFixed(2))
    const limit = limits[name]
    if (limit !== undefined && instantiations > limit) {
      console.error(`${name} costs ${instantiations} instantiations with ${compiler}, more than ${limit}`)
      process.exitCode = 1
    }
  }
  rows.push([name, limits[name] === undefined ? "" : String(limits[name]), ...cells])
}
rmSync(scratch, { recursive: true, force: true })
rmSync(join(bench, ".types"), { recursive: true, force: true })

const head = ["Program", "At most", ...compilers.flatMap(([name]) => [`${name}: instantiations`, "check (s)"])]
const text = table(head, rows)
console.log(text)

if (process.argv.includes("--write")) {
  const target = join(root, "docs/benchmarks.md")
  const document = readFileSync(target, "utf8")
  writeFileSync(
    target,
    document.replace(
      new RegExp(`(<!-- types ${major} -->\\n)[\\s\\S]*?(<!-- /types ${major} -->)`),
      (_, start, end) => `${start}\n${text}\n\n${end}`
    )
  )
}
