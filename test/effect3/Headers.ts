export * from "@effect/platform/Headers"
export { currentRedactedNames as CurrentRedactedNames } from "@effect/platform/Headers"
