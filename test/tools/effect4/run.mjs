/**
 * Runs a script of the project with Effect 4: `npm run effect4 -- test`. It mirrors the project into `.effect4`, where
 * Effect 4, its tools and their Node are installed and `#effect/*` leads to the layer of Effect 4. What a build leaves
 * there is brought back into `dist`.
 */
import { spawnSync } from "node:child_process"
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const here = fileURLToPath(new URL(".", import.meta.url))
const tree = join(root, ".effect4")

const run = (args, env = {}) => {
  const { status } = spawnSync("npm", args, { cwd: tree, stdio: "inherit", env: { ...process.env, ...env } })
  if (status !== 0) process.exit(status ?? 1)
}

const isKept = (name) => name !== "node_modules" && name !== "dist"

/** Makes a folder the same as another one, but for what is installed in it. */
const mirror = (from, to) => {
  mkdirSync(to, { recursive: true })
  for (const name of readdirSync(to).filter(isKept)) {
    if (!existsSync(join(from, name))) rmSync(join(to, name), { recursive: true })
  }
  for (const entry of readdirSync(from, { withFileTypes: true }).filter(({ name }) => isKept(name))) {
    const paths = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) mirror(...paths)
    else cpSync(...paths)
  }
}

const read = (path) => readFileSync(path, "utf8")

const install = () => {
  const lock = read(join(here, "package-lock.json"))
  const stamp = join(tree, "node_modules/.installed")
  if (existsSync(stamp) && read(stamp) === lock) return
  for (const name of ["package.json", "package-lock.json"]) cpSync(join(here, name), join(tree, name))
  run(["ci", "--no-audit", "--no-fund"])
  writeFileSync(stamp, lock)
}

const prepare = () => {
  for (const folder of ["src", "test", "docs"]) mirror(join(root, folder), join(tree, folder))
  const files = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isFile())
  for (const { name } of files) if (name !== "package-lock.json") cpSync(join(root, name), join(tree, name))
  // The layer that counts, and the one that does not
  for (const name of ["package.json", "tsconfig.json", "vitest.config.ts", "eslint.config.js"]) {
    const text = read(join(root, name))
    writeFileSync(
      join(tree, name),
      text
        .replaceAll(/(internal|test)\/effect([34])/g, (_, room, major) => `${room}/effect${major === "3" ? 4 : 3}`)
        .replace('"@effect/platform/*"', '"effect/http/*"')
    )
  }
}

mkdirSync(tree, { recursive: true })
install()
prepare()
const [script = "test", ...args] = process.argv.slice(2)
const built = join(tree, "dist/effect4")
const timeOf = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)
const before = timeOf(built)
run(["run", script, "--", ...args])
// Others may read what is there meanwhile
if (timeOf(built) !== before) {
  rmSync(join(root, "dist/effect4"), { recursive: true, force: true })
  cpSync(built, join(root, "dist/effect4"), { recursive: true })
}
