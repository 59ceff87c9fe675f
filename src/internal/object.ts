/**
 * What is an object, and objects that inherit from what they are told to.
 */

/** Whether a value is an object or a function. Effect's guard of this name takes arrays in one version only. */
export const isObject = (u: unknown): u is object => (typeof u === "object" && u !== null) || typeof u === "function"

/** Whether a value is an object that can be a record. */
export const isRecord = (u: unknown): u is { readonly [name: PropertyKey]: unknown } =>
  typeof u === "object" && u !== null && !Array.isArray(u)

/** Makes an object that inherits from `proto` and has `properties` of its own. */
export const derive = <A extends object>(proto: A, properties: PropertyDescriptorMap = {}): A =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.create is typed as any
  Object.create(proto, properties)

/** Makes an empty record that inherits from `proto` and nothing else: every name that it was not given is absent. */
export const emptyRecord = <A>(proto: object | null = null): Record<string, A> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.create is typed as any
  Object.create(proto)
