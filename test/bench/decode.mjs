/**
 * From an answer to an error object: ours, the peers' own functions, and the floor.
 */
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { createRequire } from "node:module"
import { Readable } from "node:stream"
import { load } from "../tools/built.mjs"
import { race, raceAsync, ratios } from "./measure.mjs"
import { parseError } from "./node_modules/minio/dist/esm/internal/xml-parser.mjs"
import { body, floor, floorName, headers } from "./subject.mjs"

const { ObsResponse } = await load("index.js")

const require = createRequire(import.meta.url)
const { XMLParser } = createRequire(require.resolve("esdk-obs-nodejs"))("fast-xml-parser")
const esdk = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false })

const ours = () => ObsResponse.decode({ status: 404, headers, body })

/** In a program there are always frames below: with ten of them both sides capture as many as they may. */
const below = (frames, run) => (frames === 0 ? run() : below(frames - 1, run))

const contenders = (frames) => [
  [floorName, () => below(frames, floor)],
  ["effect-obs", () => below(frames, ours)],
  ["minio: parseError", () => below(frames, () => parseError(body, { requestid: "1" }))],
  ["esdk-obs-nodejs: its parse, no error object", () => below(frames, () => esdk.parse(body).Error)]
]

const aws = new S3Client({
  region: "eu",
  credentials: { accessKeyId: "AK", secretAccessKey: "SK" },
  maxAttempts: 1,
  requestHandler: {
    handle: () => Promise.resolve({ response: { statusCode: 404, headers, body: Readable.from([Buffer.from(body)]) } })
  }
})

export default async () => {
  const shallow = await race(contenders(0))
  const deep = await race(contenders(10))
  const whole = await raceAsync(
    [
      [
        "@aws-sdk/client-s3: a command with a handler in memory",
        () => aws.send(new GetObjectCommand({ Bucket: "b", Key: "k" })).catch((error) => error)
      ],
      ["effect-obs", () => Promise.resolve(ours())]
    ],
    { calls: 500 }
  )
  return {
    text: [
      "Ten frames deep, as in a program:",
      ratios(deep, floorName),
      "On an empty stack:",
      ratios(shallow, floorName),
      "The AWS SDK exports no function for this, so its whole command:",
      ratios(whole, "effect-obs")
    ].join("\n\n"),
    shallow,
    deep
  }
}
