/**
 * What every client of npm has to be able to do. A client is a function of the address and of who asks; what it fails with has
 * a `code`.
 */
import { expect } from "vitest"
import { get } from "node:http"
import { keys, names, schemesOf, served, stranger, temporary, unknownKey, wrongSecret, wrongToken } from "./support.mjs"

export const text = "meow ".repeat(10)

// Every host leads to loopback, as the hosts of buckets below an endpoint do
export const lookup = (_, options, callback) =>
  options.all ? callback(null, [{ address: "127.0.0.1", family: 4 }]) : callback(null, "127.0.0.1", 4)

/** Gets an address, at whatever host. */
export const fetchAt = (address, url) =>
  new Promise((resolve, reject) => {
    const { host, pathname, search } = new URL(address)
    get(`${url}${pathname}${search}`, { headers: { host } }, (response) => {
      const chunks = []
      response.on("data", (chunk) => chunks.push(chunk))
      response.on("end", () => resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString() }))
    }).on("error", reject)
  })

/** The code that a call fails with. */
export const codeOf = (promise) =>
  promise.then(
    () => undefined,
    (error) => error.code
  )

/** What is collected from a stream of items. */
export const listed = async (stream) => {
  const found = []
  for await (const item of stream) found.push(item)
  return found
}

export const namesOf = (items) => (items ?? []).map(({ Key, Prefix }) => Key ?? Prefix)

/** Tests of a client that signs in these ways. */
export const keepsTheContract = (clientOf, schemes) => {
  served("is understood", async ({ seen, url }) => {
    for (const who of [keys, temporary]) {
      const client = clientOf(url, who)
      if (who === keys) await client.makeBucket()
      for (const name of names) {
        await client.put(name)
        expect([name, await client.get(name)]).toEqual([name, text])
        await client.head(name)
        expect(await client.list(name)).toEqual([name])
        if (client.presigned !== undefined) {
          const address = await client.presigned(name)
          expect(await fetchAt(address, url)).toEqual({ status: 200, body: text })
          const changed = await fetchAt(address.replace("photos", "photo5"), url)
          expect([changed.status, changed.body.includes("SignatureDoesNotMatch")]).toEqual([403, true])
        }
        await client.remove(name)
        expect(await client.list(name)).toEqual([])
      }
    }
    expect(schemesOf(seen)).toEqual(schemes)
  })

  served("is told what is wrong with a signature", async ({ url }) => {
    await clientOf(url, keys).makeBucket()
    for (const [who, code] of [
      [wrongSecret, "SignatureDoesNotMatch"],
      [unknownKey, "InvalidAccessKeyId"],
      [wrongToken, "InvalidAccessKeyId"]
    ]) {
      const client = clientOf(url, who)
      expect(await codeOf(client.put("cat.txt"))).toBe(code)
      expect(await codeOf(client.get("cat.txt"))).toBe(code)
      expect(await codeOf(client.list(""))).toBe(code)
      expect(await codeOf(client.remove("cat.txt"))).toBe(code)
    }
    expect(await codeOf(clientOf(url, keys).makeBucket())).toBe("BucketAlreadyOwnedByYou")
    expect(await codeOf(clientOf(url, stranger).makeBucket())).toBe("BucketAlreadyExists")
  })
}
