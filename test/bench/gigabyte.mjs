/**
 * An error whose body is a gigabyte: what is read of it, what memory it takes and how long.
 */
import { fork } from "node:child_process"
import { once } from "node:events"
import { digits, table } from "./measure.mjs"

const clients = [
  "effect-obs",
  "effect-obs, from a stream that counts",
  "minio",
  "esdk-obs-nodejs",
  "@aws-sdk/client-s3"
]

const seconds = 30

const measureOne = async (client) => {
  const server = fork(new URL("server.mjs", import.meta.url), ["gigabyte"])
  const [port] = await once(server, "message")
  const process = fork(new URL("gigabyte-client.mjs", import.meta.url), [client, String(port)], {
    execArgv: ["--expose-gc"],
    silent: true
  })
  const written = once(server, "message").then(([bytes]) => bytes)
  const timer = setTimeout(() => process.kill("SIGKILL"), seconds * 1000)
  const result = await Promise.race([
    once(process, "message").then(([message]) => message),
    once(process, "exit").then(() => undefined)
  ])
  clearTimeout(timer)
  process.kill("SIGKILL")
  const bytes = await Promise.race([written, new Promise((resolve) => setTimeout(() => resolve(undefined), 3000))])
  server.kill("SIGKILL")
  return { client, bytes, ...result }
}

export default async () => {
  const rows = []
  for (const client of clients) rows.push(await measureOne(client))
  const mebibytes = (bytes) => (bytes === undefined ? "?" : digits(bytes / 2 ** 20))
  return {
    text: table(
      ["Client", "Left the server (MiB)", "Resident memory grew by (MiB)", "Milliseconds", "Ends with"],
      rows.map(({ bytes, client, error, grown, millis, read }) => [
        client,
        read === undefined ? mebibytes(bytes) : `${mebibytes(bytes)}, of which it read ${mebibytes(read)}`,
        mebibytes(grown),
        millis === undefined ? `more than ${seconds}000, or out of memory` : digits(millis),
        error ?? "nothing"
      ])
    ),
    rows
  }
}
