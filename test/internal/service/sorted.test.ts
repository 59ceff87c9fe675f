import * as fc from "fast-check"
import { describe, expect, it } from "@effect/vitest"
import { pageOf } from "../../../src/internal/service/paging.js"
import { Sorted } from "../../../src/internal/service/sorted.js"
import { compareKeys } from "../../../src/internal/text.js"
import { bytesOf, compareBytes } from "../../support/bytes.js"

const compareTexts = (a: string, b: string) => compareBytes(bytesOf(a), bytesOf(b))

const key = fc.string({ unit: "grapheme", maxLength: 6 })

describe("the order of keys", () => {
  it("is that of their bytes", () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(compareTexts(a, b))
      })
    )
  })

  it.each([
    ["a", "b"],
    ["a", "aa"],
    ["Z", "a"],
    ["\uffff", "😀"],
    ["\ue000", "😀"],
    ["\ud7ff", "\ue000"],
    ["é", "日"]
  ])("%j is before %j", (a, b) => {
    expect(compareKeys(a, b)).toBeLessThan(0)
    expect(compareKeys(b, a)).toBeGreaterThan(0)
    expect(compareTexts(a, b)).toBe(-1)
  })
})

describe("a sorted map", () => {
  it("is a map in the order of its keys", () => {
    const change = fc.record({ key: fc.integer({ min: 0, max: 3000 }), isDeleted: fc.boolean() })
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4000, size: "max" }), (changes) => {
        const sorted = new Sorted<number, number>((a, b) => a - b)
        const map = new Map<number, number>()
        for (const [i, { isDeleted, key }] of changes.entries()) {
          if (isDeleted) expect(sorted.delete(key)).toBe(map.delete(key))
          else {
            sorted.set(key, i)
            map.set(key, i)
          }
          expect(sorted.get(key)).toBe(map.get(key))
        }
        const expected = [...map].sort(([a], [b]) => a - b)
        expect([...sorted.entries()]).toEqual(expected)
        expect(sorted.size).toBe(map.size)
        expect(sorted.first()).toBe(expected[0]?.[1])
        const from = changes[0]?.key ?? 0
        expect([...sorted.from((key) => key < from)]).toEqual(expected.filter(([key]) => key >= from))
      }),
      { numRuns: 20 }
    )
  })

  it.each([
    ["from the first to the last", (i: number) => i],
    ["from the last to the first", (i: number) => -i],
    ["from the ends to the middle", (i: number) => (i % 2 === 0 ? i : -i)],
    ["at random", (i: number) => (i * 7919) % 10_007]
  ])("takes many keys %s", (_, keyOf) => {
    const sorted = new Sorted<number, number>((a, b) => a - b)
    const keys = Array.from({ length: 10_000 }, (_, i) => keyOf(i))
    for (const key of keys) sorted.set(key, key)
    expect(Array.from(sorted.entries(), ([key]) => key)).toEqual([...keys].sort((a, b) => a - b))
    for (const key of keys) expect(sorted.delete(key)).toBe(true)
    expect([...sorted.entries()]).toEqual([])
    expect(sorted.size).toBe(0)
  })
})

describe("a page", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "/", "😀", "\uffff"), maxLength: 5 })

  it("is what is listed by hand", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(letters, { maxLength: 60 }),
        fc.record({
          prefix: letters,
          delimiter: fc.constantFrom("", "/", "a", "//", "b/"),
          max: fc.integer({ min: 1, max: 8 })
        }),
        (keys, asks) => {
          const sorted = new Sorted<string, string>(compareKeys)
          for (const key of keys) sorted.set(key, key)
          const from = (isBefore: (key: string) => boolean) => sorted.from(isBefore)
          const items = new Set<string>()
          for (const key of [...keys].sort(compareTexts)) {
            if (!key.startsWith(asks.prefix)) continue
            const at = asks.delimiter === "" ? -1 : key.indexOf(asks.delimiter, asks.prefix.length)
            items.add(at === -1 ? `entry ${key}` : `group ${key.slice(0, at + asks.delimiter.length)}`)
          }
          const found: Array<string> = []
          let marker: string | undefined
          for (;;) {
            const page = pageOf(from, { ...asks, marker })
            found.push(
              ...page.items.map((item) => (item._tag === "Group" ? `group ${item.prefix}` : `entry ${item.key}`))
            )
            const last = page.items.at(-1)
            marker = last?._tag === "Group" ? last.prefix : last?.key
            if (!page.isTruncated) break
            expect(page.items.length).toBe(asks.max)
          }
          expect(found).toEqual([...items])
        }
      ),
      { numRuns: 500 }
    )
  })
})
