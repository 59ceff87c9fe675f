/**
 * From the body to fields: ours and the parsers that the peers use.
 */
import { parseXML as awsParse } from "@aws-sdk/xml-builder"
import { parseXml as rgroveParse } from "@rgrove/parse-xml"
import { XMLParser } from "fast-xml-parser"
import { createRequire } from "node:module"
import { SaxesParser } from "saxes"
import { load } from "../tools/built.mjs"
import { race, ratios } from "./measure.mjs"
import { body, json } from "./subject.mjs"

const { readDocument } = await load("internal/wire/document.js")

const require = createRequire(import.meta.url)
const fxp = new XMLParser({ parseTagValue: false })
// The exact version and options that each of them has
const { XMLParser: EsdkParser } = createRequire(require.resolve("esdk-obs-nodejs"))("fast-xml-parser")
const esdk = new EsdkParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false })
const { XMLParser: MinioParser } = createRequire(require.resolve("minio"))("fast-xml-parser")
const minio = new MinioParser()

const saxes = () => {
  const fields = {}
  let text = ""
  const parser = new SaxesParser()
  parser.on("opentag", () => {
    text = ""
  })
  parser.on("text", (piece) => {
    text += piece
  })
  parser.on("closetag", ({ name }) => {
    if (name !== "Error") fields[name] = text
  })
  parser.write(body).close()
  return fields
}

const rgrove = () => {
  const fields = {}
  for (const child of rgroveParse(body).root.children) fields[child.name] = child.text
  return fields
}

export default async () => {
  const rows = await race([
    ["effect-obs", () => readDocument(body)],
    ["JSON.parse of the same data", () => JSON.parse(json)],
    ["saxes", saxes],
    ["@rgrove/parse-xml", rgrove],
    ["@aws-sdk/xml-builder", () => awsParse(body).Error],
    ["fast-xml-parser", () => fxp.parse(body).Error],
    ["esdk-obs-nodejs (its fast-xml-parser and options)", () => esdk.parse(body).Error],
    ["minio (its fast-xml-parser and options)", () => minio.parse(body).Error]
  ])
  return { text: ratios(rows, "effect-obs"), rows }
}
