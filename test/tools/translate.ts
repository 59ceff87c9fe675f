/**
 * What the documents say is said for Effect 4, and here is how Effect 3 says it: the same lines, so that a line number
 * means the same in both.
 */

const words: ReadonlyArray<readonly [RegExp, string]> = [
  [/"effect\/http(?:-api)?(\/\w+)?"/g, '"@effect/platform$1"'],
  [/`effect\/http`/g, "`@effect/platform`"],
  [/\bContext\.Service<(\w+), (\w+)>\(\)\(("[^"]+")\)/g, "Context.Tag($3)<$1, $2>()"],
  [/\bEffect\.catch\(/g, "Effect.catchAll("],
  [/\bEffect\.result\b/g, "Effect.either"],
  [/\bSchema\.fromJsonString\b/g, "Schema.parseJson"],
  [/\bDuration\.Input\b/g, "Duration.DurationInput"],
  [/\bCause\.TimeoutError\b/g, "Cause.TimeoutException"],
  [/`TimeoutError`/g, "`TimeoutException`"],
  [/^npm i effect-obs effect$/gm, "npm i effect-obs@effect-3 effect@3 @effect/platform@0"]
]

/** What stands between these comments is for one of the two alone. */
const only = /<!-- effect (\d) -->\n([\s\S]*?)<!-- end -->\n/g

/** A document, a docstring or an example as users of a major version of Effect read it. */
export const forMajor = (major: 3 | 4, text: string): string => {
  const own = text.replace(only, (_, wanted: string, block: string) => (wanted === String(major) ? block : ""))
  return major === 4 ? own : words.reduce((text, [word, said]) => text.replace(word, said), own)
}
