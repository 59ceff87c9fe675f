/**
 * Refusals that several requests share.
 */
import { InvalidArgument, MalformedXML } from "../../errors/BadRequest.js"
import { MethodNotAllowed } from "../../errors/MethodNotAllowed.js"
import { NoSuchBucket, NoSuchKey, NoSuchVersion } from "../../errors/NotFound.js"
import { NotImplemented } from "../../errors/NotImplemented.js"

/** A value that is absent is written `null`. */
export const invalidArgument = (argumentName: string, value: string | null | undefined, message?: string) =>
  new InvalidArgument({
    argumentName,
    argumentValue: value ?? "null",
    ...(message === undefined ? undefined : { message })
  })

export const noSuchBucket = (bucketName: string) => new NoSuchBucket({ bucketName })

export const noSuchKey = (key: string) => new NoSuchKey({ key })

export const noSuchVersion = (key: string, versionId: string) =>
  new NoSuchVersion({ details: { Key: key, VersionId: versionId } })

export const malformedXml = () => new MalformedXML()

export const methodNotAllowed = () => new MethodNotAllowed()

export const notImplemented = (what: string) => new NotImplemented({ message: `This service does not know ${what}.` })
