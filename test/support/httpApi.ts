/** What the tests of `HttpApi` answer with, the same for both versions of Effect. */
import { ObsError } from "effect-obs"

export const missing = new ObsError.NoSuchKey({ key: "cat.jpg", requestId: "r" })

const statuses = [0, 200, 302, 400, 401, 403, 404, 407, 418, 429, 451, 499, 500, 503, 504, 520, 599, 600]

/** One of each class, and of what has no row one with each of many statuses. */
export const failures: ReadonlyArray<ObsError.ObsFailure> = [
  ...ObsError.ObsFailure.members
    .filter(({ info }) => info !== undefined)
    .map((klass) => new klass({ code: "", reason: "EmptyBody", requestId: "r" })),
  ...statuses.flatMap((status) => [
    new ObsError.UnknownObsError({ code: "Teapot", status }),
    new ObsError.UnrecognizedResponse({ reason: "EmptyBody", status })
  ])
]

/** One of each class, with everything that the answers to all of them can tell. */
export const withEverything = ({ members }: typeof ObsError.ObsFailure): ReadonlyArray<ObsError.ObsFailure> =>
  members.map(
    (klass) =>
      new klass({
        code: "X",
        reason: "NotAnErrorDocument",
        message: "m",
        requestId: "r",
        hostId: "h",
        id2: "i",
        indicator: "601",
        resource: "/b/k",
        deleteMarker: true,
        attempts: 2,
        details: { Foo: "bar" }
      })
  )

const others: ReadonlyArray<readonly [sent: number, unknown: number, unrecognized: number]> = [
  [0, 500, 502],
  [200, 500, 502],
  [302, 500, 502],
  [407, 500, 502],
  [499, 400, 400],
  [599, 500, 500],
  [600, 500, 502]
]

/** The status that a failure is answered with. */
export const statusOf = (failure: ObsError.ObsFailure): number => {
  if (failure._tag === "NotModified") return 412
  if (failure._tag === "CallbackFailed") return 424
  if ("info" in failure) return failure.info.status
  const [, unknown, unrecognized] = others.find(([sent]) => sent === failure.status) ?? []
  return (failure._tag === "UnknownObsError" ? unknown : unrecognized) ?? failure.status
}
