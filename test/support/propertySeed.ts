/**
 * Property tests take their inputs from `PROPERTY_SEED` where it is set, and otherwise new ones in every run.
 */
import * as fc from "fast-check"
import { seedArbitraries } from "#test/effect"

const seed = Number.parseInt(process.env["PROPERTY_SEED"] ?? "", 10)

if (Number.isInteger(seed)) {
  fc.configureGlobal({ seed })
  seedArbitraries(seed)
}
