import { spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
const root = process.argv[2], major = process.argv[3]
const { ObsError } = await import(join(root, `dist/effect${major}/dist/index.js`))
const handlers = ObsError.all.slice(0,80).map(({_tag})=>`${JSON.stringify(_tag)}: () => Effect.succeed("h")`).join(",\n")
const progs = {
 one: `import { Effect } from "effect"
import { ObsError } from "effect-obs"
declare const program: Effect.Effect<string, ObsError.ObsError>
export const handled = program.pipe(Effect.catchTag("NoSuchKey", (error) => Effect.succeed(error.key)))
`,
 eighty: `import { Effect } from "effect"
import { ObsError } from "effect-obs"
declare const program: Effect.Effect<string, ObsError.ObsError>
export const handled = program.pipe(Effect.catchTags({${handlers}}))
`,
 expect: `import { Effect } from "effect"
import type { HttpClientResponse } from "${major === "3" ? "@effect/platform" : "effect/http"}"
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
`}
const out = []
for (const [name, code] of Object.entries(progs)) {
  const folder = join(root, ".bq-"+name); mkdirSync(folder,{recursive:true})
  writeFileSync(join(folder,"index.ts"), code); writeFileSync(join(folder,"package.json"),'{"type":"module"}')
  writeFileSync(join(folder,"tsconfig.json"), JSON.stringify({compilerOptions:{strict:true,exactOptionalPropertyTypes:true,target:"es2022",module:"nodenext",moduleResolution:"nodenext",skipLibCheck:true,noEmit:true,types:[],paths:{"effect-obs":[join(root,`dist/effect${major}/dist/index.d.ts`)]}},include:["*.ts"]}))
  const r = spawnSync(process.execPath,[join(root,"node_modules/typescript/bin/tsc"),"-p",folder,"--extendedDiagnostics"],{encoding:"utf8"})
  if (r.status) console.log(r.stdout)
  out.push(name+" "+/Instantiations:\s+(\d+)/.exec(r.stdout)?.[1])
  rmSync(folder,{recursive:true})
}
console.log(major, out.join("  "))
