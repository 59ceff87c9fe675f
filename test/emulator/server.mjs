/**
 * Starts a server in another process, asks how much memory it has, and ends it.
 */
import { fork } from "node:child_process"
import { once } from "node:events"

export const startServer = async (...args) => {
  const child = fork(new URL("serve.mjs", import.meta.url), args, { execArgv: ["--expose-gc"] })
  const exited = once(child, "exit")
  const [message] = await Promise.race([once(child, "message"), exited.then(() => [])])
  if (message === undefined) throw new Error("The server has not started.")
  const memory = async (after = "nothing") => {
    child.send(after)
    const [{ memory }] = await once(child, "message")
    return memory
  }
  const kill = async () => {
    child.kill("SIGKILL")
    await exited
  }
  return { url: message.url, memory, kill }
}
