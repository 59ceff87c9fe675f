/**
 * What an error object allocates: what the heap grows by when nothing is collected.
 */
import { load } from "../tools/built.mjs"
import { table } from "./measure.mjs"
import { parseError } from "./node_modules/minio/dist/esm/internal/xml-parser.mjs"
import { body, floor, floorName, headers } from "./subject.mjs"

const { ObsResponse } = await load("index.js")

const contenders = [
  [floorName, floor],
  ["effect-obs", () => ObsResponse.decode({ status: 404, headers, body })],
  ["minio: parseError", () => parseError(body, { requestid: "1" })]
]

// So few that nothing is collected meanwhile
const calls = 300

const bytesOf = (run) => {
  for (let i = 0; i < 20_000; i++) run()
  const samples = Array.from({ length: 5 }, () => {
    globalThis.gc()
    const before = process.memoryUsage().heapUsed
    for (let i = 0; i < calls; i++) run()
    return (process.memoryUsage().heapUsed - before) / calls
  })
  return samples.sort((a, b) => a - b)[2]
}

export default async () => {
  const rows = contenders.map(([name, run]) => [name, bytesOf(run)])
  const base = rows[0][1]
  return {
    text: table(
      ["What", "Bytes a call", "Ratio"],
      rows.map(([name, bytes]) => [name, bytes.toFixed(0), (bytes / base).toFixed(2)])
    )
  }
}
