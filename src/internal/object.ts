/**
 * Tests for objects, and makes objects that inherit from a given one.
 */

/** Whether a value is an object or a function. Effect's guard of this name accepts arrays in one version only. */
export const isObject = (u: unknown): u is object => (typeof u === "object" && u !== null) || typeof u === "function"

/** Whether a value is a record. */
export const isRecord = (u: unknown): u is { readonly [name: PropertyKey]: unknown } =>
  typeof u === "object" && u !== null && !Array.isArray(u)

/** Makes an object that inherits from `proto` and has its own `properties`. */
export const derive = <A extends object>(proto: A, properties: PropertyDescriptorMap = {}): A =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.create is typed as any
  Object.create(proto, properties)

/** Makes an object of its own properties, getters included, inherit from `proto`. */
export const inherit = <A extends object>(own: object, proto: A): A =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.setPrototypeOf is typed as any
  Object.setPrototypeOf(own, proto)

/** Makes an empty record that inherits from `proto` only, so that names it was not given are absent. */
export const emptyRecord = <A>(proto: object | null = null): Record<string, A> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.create is typed as any
  Object.create(proto)
