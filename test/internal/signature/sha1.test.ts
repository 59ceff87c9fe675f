import { expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { createHmac } from "node:crypto"
import { hmacOf } from "../../../src/internal/signature/sha1.js"

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

const repeated = (byte: number, times: number) => new Uint8Array(times).fill(byte)

const textOf = (text: string) => new TextEncoder().encode(text)

// RFC 2202
it.each([
  [repeated(0x0b, 20), textOf("Hi There"), "b617318655057264e28bc0b6fb378c8ef146be00"],
  [textOf("Jefe"), textOf("what do ya want for nothing?"), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"],
  [repeated(0xaa, 20), repeated(0xdd, 50), "125d7342b9ac11cd91a39af48aa17b4f63f175d3"],
  [
    repeated(0xaa, 80),
    textOf("Test Using Larger Than Block-Size Key - Hash Key First"),
    "aa4ae5e15272d00e95705637ce8a3b55ed402112"
  ]
])("is that of its document: %#", (key, text, mac) => {
  expect(hexOf(hmacOf(key)(text))).toBe(mac)
})

it("is that of Node, for keys and texts of any length", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 500 }), (key, text) => {
      const sign = hmacOf(key)
      const mac = createHmac("sha1", key).update(text).digest("hex")
      expect([sign(text), sign(text)].map(hexOf)).toEqual([mac, mac])
    }),
    { numRuns: 2000 }
  )
  for (let length = 0; length < 300; length++) {
    const text = repeated(length, length)
    expect(hexOf(hmacOf(text)(text))).toBe(createHmac("sha1", text).update(text).digest("hex"))
  }
})
