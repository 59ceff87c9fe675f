/**
 * Makes an object that inherits from `proto` and has `properties` of its own.
 */
export const derive = <A extends object>(proto: A, properties: PropertyDescriptorMap): A =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.create is typed as any
  Object.create(proto, properties)

/**
 * Makes an empty record that inherits from `proto` and nothing else: every name that it was not given is absent.
 */
export const emptyRecord = <A>(proto: object | null = null): Record<string, A> =>
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- Object.create is typed as any
  Object.create(proto)
