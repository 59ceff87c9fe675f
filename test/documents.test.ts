/**
 * The documents of the package: every link leads to something that is in it.
 */
import { expect, it } from "@effect/vitest"
import { readdirSync, readFileSync } from "node:fs"
import { dirname, posix } from "node:path"
import { forMajor } from "./tools/translate.js"

const root = new URL("../", import.meta.url)

const docs = readdirSync(new URL("docs", root))
  .filter((name) => name.endsWith(".md"))
  .map((name) => `docs/${name}`)

const read = (path: string) => readFileSync(new URL(path, root), "utf8")

const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "")

/** As GitHub and npm name a heading. */
const anchorsOf = (text: string) =>
  [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replace(/ /g, "-")
  )

const files = new Set(["README.md", "CHANGELOG.md", "LICENSE", ...docs])

const pages = [...files].filter((path) => path.endsWith(".md"))

it.each(pages)("every link of %s leads into the package", (page) => {
  for (const major of [3, 4] as const) {
    const links = [...withoutCode(forMajor(major, read(page))).matchAll(/\]\(([^)\s]+)\)/g)]
    for (const [, link = ""] of links.filter(([, link]) => !/^https?:/.test(link ?? ""))) {
      const [path = "", anchor] = link.split("#")
      const target = path === "" ? page : posix.join(dirname(page), path)
      expect([...files], `${page}: ${link}`).toContain(target)
      if (anchor !== undefined) expect(anchorsOf(forMajor(major, read(target))), `${page}: ${link}`).toContain(anchor)
    }
  }
})

it("every page of docs can be reached from the README", () => {
  for (const page of docs) expect(read("README.md")).toContain(`](${page})`)
})
