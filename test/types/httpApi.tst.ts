/**
 * What the compiler knows of the errors of an `HttpApi` endpoint.
 */
import { ObsError, ObsOperation } from "effect-obs"
import { expect, test } from "tstyche"

test("the errors of an endpoint are those of the classes and unions that it names", () => {
  const errors = ObsError.httpApiErrors(ObsOperation.GetObject.errors, ObsError.UnexpectedObsError)
  expect<(typeof errors)[number]["Type"]>().type.toBe<ObsOperation.GetObjectError | ObsError.UnexpectedObsError>()

  const some = ObsError.httpApiErrors(ObsError.NoSuchKey, ObsError.ForbiddenError)
  expect<(typeof some)[number]["Type"]>().type.toBe<ObsError.NoSuchKey | ObsError.ForbiddenError>()
})

test("what is no class and no union of classes is no error of an endpoint", () => {
  expect(ObsError.httpApiErrors).type.not.toBeCallableWith(ObsError.isNotFoundError)
  expect(ObsError.httpApiErrors).type.not.toBeCallableWith(ObsOperation.GetObject)
})
