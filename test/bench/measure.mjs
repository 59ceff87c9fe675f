/**
 * How things are measured: in rounds that take turns, so that what disturbs the machine disturbs all alike.
 */
import { measure } from "mitata"

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The median of a sample of rounds, and how far apart they are. */
export const summary = (values) => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) })

/** Microseconds a call, for functions that take turns. */
export const race = async (contenders, rounds = 7) => {
  const times = new Map(contenders.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of contenders) {
      const { p50 } = await measure(run, { min_cpu_time: 200e6 })
      times.get(name).push(p50 / 1000)
    }
  }
  return [...times].map(([name, values]) => ({ name, ...summary(values) }))
}

/** Microseconds a call of asynchronous functions that take turns, `calls` one after the other in each round. */
export const raceAsync = async (contenders, { calls, rounds = 7 }) => {
  const times = new Map(contenders.map(([name]) => [name, []]))
  for (const [, run] of contenders) for (let i = 0; i < calls; i++) await run()
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of contenders) {
      const start = performance.now()
      for (let i = 0; i < calls; i++) await run()
      times.get(name).push(((performance.now() - start) * 1000) / calls)
    }
  }
  return [...times].map(([name, values]) => ({ name, ...summary(values) }))
}

/** The value that a part of a sample is below. */
const quantile = (values, part) => [...values].sort((a, b) => a - b)[Math.floor(part * (values.length - 1))]

/**
 * The same for differences that are smaller than what disturbs the machine: many short rounds, in each another one begins,
 * and each time is held against that of the first contender in the same round.
 */
export const paired = async (contenders, { calls, rounds }) => {
  const times = contenders.map(() => [])
  for (const [, run] of contenders) for (let i = 0; i < 1000; i++) await run()
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const at = (i + round) % contenders.length
      const [, run] = contenders[at]
      const start = performance.now()
      for (let call = 0; call < calls; call++) await run()
      times[at].push(((performance.now() - start) * 1000) / calls)
    }
  }
  const cells = (values) => [0.5, 0.25, 0.75].map((part) => quantile(values, part))
  return table(
    ["What", "Median (us)", "Middle half of the rounds", "Ratio", "Its middle half"],
    contenders.map(([name], at) => {
      const [median, low, high] = cells(times[at]).map(digits)
      const [ratio, least, most] = cells(times[at].map((time, round) => time / times[0][round])).map((n) =>
        n.toFixed(2)
      )
      return [name, median, `${low}, ${high}`, ratio, `${least}, ${most}`]
    })
  )
}

const digits = (n) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))

/** A table with a row a contender and its ratio to one of them. */
export const ratios = (rows, reference, unit = "us") => {
  const base = rows.find(({ name }) => name === reference).median
  return [
    `| What | Median (${unit}) | Rounds from, to | Ratio |`,
    "| --- | ---: | ---: | ---: |",
    ...rows.map(
      ({ max, median, min, name }) =>
        `| ${name} | ${digits(median)} | ${digits(min)}, ${digits(max)} | ${digits(median / base)} |`
    )
  ].join("\n")
}

export const table = (head, rows) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n")

export { digits }
