export * from "effect/Layer"
export { scoped as effect } from "effect/Layer"
