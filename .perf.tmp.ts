import { fork } from "node:child_process"
import { Effect, HttpClient, FetchHttpClient, ManagedRuntime, Layer } from "#test/effect"
import { NodeHttpClient } from "#test/node"
import { ObsHttpClient, ObsCredentials } from "effect-obs"
import { writeFileSync } from "node:fs"
writeFileSync("/tmp/perf-server.mjs", `import http from "node:http"; const s=http.createServer((q,r)=>{q.resume();r.end("meow")}); s.keepAliveTimeout=60000; s.listen(0,"127.0.0.1",()=>process.send(s.address().port))`)
const server = fork("/tmp/perf-server.mjs")
const port = await new Promise((r) => server.once("message", r))
const url = `http://127.0.0.1:${String(port)}/photos/cat`
const keys = ObsCredentials.layer({ accessKeyId: "HPUAEXAMPLE", secretAccessKey: "not-a-real-secret-0123456789" })
const layers = [["http keepalive", NodeHttpClient.layerNodeHttpOptions({ keepAlive: true })], ["fetch", FetchHttpClient.layer], ["undici", NodeHttpClient.layerUndici]] as const
for (const [name, layer] of layers) {
  const rt = ManagedRuntime.make(Layer.mergeAll(layer, keys))
  const client = await rt.runPromise(HttpClient.HttpClient)
  const plain = client.pipe(ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
  const signed = client.pipe(ObsHttpClient.sign, ObsHttpClient.filterStatusOk, ObsHttpClient.retry)
  const call = (c: any) => rt.runPromise(Effect.flatMap(c.get(url), (r: any) => r.text) as any)
  for (let i = 0; i < 1500; i++) { await call(plain); await call(signed) }
  const p: number[] = [], s: number[] = []
  for (let i = 0; i < 4000; i++) {
    for (const [c, t] of i % 2 ? [[plain, p], [signed, s]] as any : [[signed, s], [plain, p]]) { const a = performance.now(); await call(c); t.push(performance.now() - a) }
  }
  const q = (x: number[], f: number) => x.sort((a, b) => a - b)[Math.floor(x.length * f)]! * 1000
  console.log(name, "plain/signed us", [0.1, 0.25, 0.5].map((f) => `${q(p, f).toFixed(0)}/${q(s, f).toFixed(0)} ${(q(s, f) / q(p, f)).toFixed(2)}`).join("  "))
}
server.kill(); process.exit(0)
