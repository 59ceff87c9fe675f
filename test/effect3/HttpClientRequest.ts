export * from "@effect/platform/HttpClientRequest"
export { del as delete } from "@effect/platform/HttpClientRequest"
