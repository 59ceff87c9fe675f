/**
 * What the time to decode depends on: the number of codes and the bytes of the body.
 */
import { load } from "../tools/built.mjs"
import { digits, race, table } from "./measure.mjs"
import { headers } from "./subject.mjs"

const { ObsError, ObsResponse } = await load("index.js")
const { errorClass } = await load("internal/failure/errorClass.js")
const { byTag } = await load("internal/failure/union.js")

const row = { status: 400, category: "Validation", retry: "never", description: "d", solution: "s" }

/** A catalogue of so many codes, the real ones among them. */
const catalogue = (size) => {
  const more = Array.from({ length: size - ObsError.all.length }, (_, i) => errorClass()(`Generated${i}`, row))
  return byTag([...ObsError.all, ...more])
}

const bodyOf = (bytes) => {
  const start = "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>"
  const elements = []
  let left = bytes - start.length - 8
  for (let i = 0; left > 0; i++) {
    const element = `<Extra${i}>${"x".repeat(Math.max(1, Math.min(left - 19, 200)))}</Extra${i}>`
    elements.push(element)
    left -= element.length
  }
  return `${start}${elements.join("")}</Error>`
}

export default async () => {
  const sizes = [ObsError.all.length, 10 * ObsError.all.length]
  const catalogues = sizes.map((size) => [size, catalogue(size)])
  const byCodes = await race(
    catalogues.map(([size, classes]) => {
      const code = [...classes.keys()].at(-1)
      return [String(size), () => new (classes.get(code))({ status: 400 })]
    })
  )
  const lengths = [300, 1000, 4000, 16_000, 65_000]
  const byBytes = await race(
    lengths.map((length) => {
      const body = bodyOf(length)
      return [String(body.length), () => ObsResponse.decode({ status: 404, headers, body })]
    }),
    5
  )
  return {
    text: [
      "Finding the class of a code and making the error:",
      table(
        ["Codes", "Median (us)", "Rounds from, to"],
        byCodes.map(({ max, median, min, name }) => [name, digits(median), `${digits(min)}, ${digits(max)}`])
      ),
      "A whole answer, by the length of its body; its elements, of 200 characters each, are all kept:",
      table(
        ["Bytes", "Median (us)", "Nanoseconds a byte"],
        byBytes.map(({ median, name }) => [name, digits(median), digits((median * 1000) / Number(name))])
      )
    ].join("\n\n"),
    byCodes,
    byBytes
  }
}
