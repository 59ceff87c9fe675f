/**
 * Makes one module of the portable tests and the built library: the tests that use nothing of Node.
 */
import { build } from "esbuild"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { major, packageFolder, root } from "../tools/built.mjs"

const here = fileURLToPath(new URL(".", import.meta.url))
const dist = join(packageFolder, "dist")
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

// What needs Node, or more of vitest than `vitest.mjs` has
const usesNode =
  /from "(?:node:|@effect\/platform-node|saxes|vitest")|support\/(?:rawServer|tcpServer)|#test\/node|effect-obs\/testing\/node|internal\/(?:folder|emulator)|it\.prop/

/** The tests that run anywhere, and those that do not. */
export const portable = readdirSync(join(root, "test"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts") && !name.includes("node_modules"))
  .filter((name) => !usesNode.test(readFileSync(join(root, "test", name), "utf8")))
  .filter((name) => !name.startsWith("conformance") && !name.startsWith(`effect${major === 3 ? 4 : 3}`))
  .sort()

const library = {
  name: "the library as it is built",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^effect-obs(\/|$)/ }, ({ path }) => ({
      path: join(packageFolder, manifest.exports[`.${path.slice("effect-obs".length)}`].default)
    }))
    onResolve({ filter: /\/src\// }, ({ path, resolveDir }) => ({
      path: join(dist, relative(join(root, "src"), join(resolveDir, path)))
    }))
    // What stands beside this file has a manifest of its own
    onResolve({ filter: /^#test\/effect$/ }, () => ({ path: join(root, manifest.imports["#test/effect"]) }))
    onResolve({ filter: /^@effect\/vitest$/ }, () => ({ path: join(here, "vitest.mjs") }))
    // The material beside the project, and a server, are not there
    onResolve({ filter: /support\/shared\.js$/ }, () => ({ path: "shared", namespace: "absent" }))
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "absent" }))
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({
      contents: "export const readShared = () => undefined; export const createServer = undefined"
    }))
  }
}

export const bundle = async () => {
  const imports = portable.map((name) => `import ${JSON.stringify(`../${name}`)}`).join("\n")
  const { outputFiles } = await build({
    stdin: { contents: `${imports}\nexport { runAll } from "./vitest.mjs"`, resolveDir: here, loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["import"],
    // The tests have side effects, whatever the package says of itself
    ignoreAnnotations: true,
    plugins: [library],
    absWorkingDir: dirname(here)
  })
  return outputFiles[0].text
}
