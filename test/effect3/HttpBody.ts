export * from "@effect/platform/HttpBody"
export { unsafeJson as jsonUnsafe } from "@effect/platform/HttpBody"
