/**
 * What keeps a request from being answered, whatever it asks for.
 */
import { VirtualHostDomainRequired } from "../../errors/Forbidden.js"
import type { Refusal, Unread } from "./asked.js"

// Of version 4, or of version 6 in its brackets
const address = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[.*\])$/

/** A bucket that is in the path. There is nothing to put it in front of where the host is an address. */
const styleFault = ({ bucket, place, settings, url }: Unread) =>
  settings.pathStyle === "refused" && place.style === "path" && bucket !== "" && !address.test(url.hostname)
    ? new VirtualHostDomainRequired({
        message: "Virtual host domain is required while accessing a specific bucket.",
        virtualHost: `${bucket}.${url.hostname}`
      })
    : undefined

export const admissionFault = (asked: Unread): Refusal | undefined => styleFault(asked)
