export * from "effect/DateTime"
export { unsafeMake as makeUnsafe } from "effect/DateTime"
