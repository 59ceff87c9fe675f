/**
 * What holds for every answer.
 */
import { describe, expect, it } from "@effect/vitest"
import { Equal, forAllOf } from "#test/effect"
import * as fc from "fast-check"
import { ObsError, ObsResponse } from "effect-obs"
import { ObsAnswer, ObsArbitrary } from "effect-obs/testing"
import { SaxesParser } from "saxes"
import { beforeSecrets, withoutSecrets } from "../src/internal/secrets.js"
import { scan } from "../src/internal/wire/xml.js"

describe("any answer", () => {
  const headers = fc.dictionary(
    fc.oneof(
      fc.constantFrom(
        "x-obs-error-code",
        "X-Amz-Error-Message",
        "x-obs-request-id",
        "x-obs-id-2",
        "location",
        "date",
        "__proto__"
      ),
      fc.string()
    ),
    fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string(), { maxLength: 2 }), fc.constant(undefined))
  )

  it("is a failure that is fit to be shown, and never a throw", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 100, max: 599 }), fc.double(), fc.integer()),
        headers,
        fc.oneof(fc.string({ unit: "binary" }), fc.uint8Array({ maxLength: 200 }), fc.constant(undefined)),
        (status, headers, body) => {
          const failure = ObsResponse.decode({ status, headers, body })
          expect(ObsError.isObsFailure(failure)).toBe(true)
          // eslint-disable-next-line no-control-regex -- what must not be shown
          expect(String(failure)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/)
          for (const detail of Object.values(failure.details)) expect(typeof detail).toBe("string")
        }
      ),
      { numRuns: 2000 }
    )
  })
})

// eslint-disable-next-line no-control-regex -- what a message does not keep
const unshown = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g

/** A text that an element can have and that the service can mean: nothing is trimmed of it. */
const anyText = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }).map((s) => s.replace(unshown, "?"))

/** One that has nothing of a secret either, which a constructor keeps and a decoder does not. */
const text = anyText.filter((s) => withoutSecrets(s) === s)

const name = fc.stringMatching(/^[A-Z][a-z]{2,9}[0-9]$/)

describe("any failure of the catalogue", () => {
  const rendered = fc.record(
    {
      message: anyText,
      status: fc.integer({ min: 300, max: 599 }).filter((status) => status !== 304),
      requestId: fc.stringMatching(/^[0-9A-F]{1,32}$/),
      hostId: fc.base64String({ minLength: 4, maxLength: 64 }),
      id2: fc.base64String({ minLength: 4, maxLength: 64 }),
      indicator: fc.constantFrom("3", "601", "602"),
      deleteMarker: fc.boolean(),
      resource: text,
      details: fc.dictionary(name, anyText, { maxKeys: 4 })
    },
    { requiredKeys: ["message"] }
  )
  const options = fc.record(
    {
      dialect: fc.constantFrom("obs" as const, "amz" as const),
      layout: fc.constantFrom("line" as const, "indented" as const),
      prefix: fc.constantFrom("s3", "o", "ns-1.x")
    },
    { requiredKeys: [] }
  )

  /** What a failure is expected to be when it has been written and read. */
  const expectEqual = (failure: ObsError.ObsFailure, options: ObsAnswer.RenderOptions) => {
    const decoded = ObsResponse.decode(ObsAnswer.render(failure, options))
    expect(decoded).toEqual(failure)
    expect(Equal.equals(decoded, failure)).toBe(true)
  }

  it("comes back equal, of any class and in any layout", async () => {
    await forAllOf(
      ObsArbitrary.response,
      ({ failure, response }) => {
        const decoded = ObsResponse.decode(response)
        expect(decoded).toEqual(failure)
        return Equal.equals(decoded, failure)
      },
      5000
    )
  })

  it("comes back equal as what a callback failed with", () => {
    const said = fc.record({ Code: fc.stringMatching(/^X[A-Za-z.]{1,30}$/) }, { requiredKeys: [] })
    fc.assert(
      fc.property(rendered, said, options, ({ status: _, details, ...props }, said, options) => {
        expectEqual(new ObsError.CallbackFailed({ ...props, details: { ...details, ...said } }), options)
      }),
      { numRuns: 1000 }
    )
  })

  it("comes back equal without a document, in headers", () => {
    const headerText = fc.stringMatching(/^[!-~¡-ÿ]([ -~¡-ÿ]{0,20}[!-~¡-ÿ])?$/)
    const openText = headerText.filter((s) => beforeSecrets(s) === s)
    // An excerpt has one blank where a body has several, and what begins like a document can be one
    const excerpt = openText.map((s) => s.replace(/ +/g, " ")).filter((s) => !/^[<[{]/.test(s))
    const said = fc.record(
      { message: headerText, resource: openText, details: fc.record({ Key: headerText, VersionId: headerText }) },
      { requiredKeys: [] }
    )
    const kinds = fc.oneof(
      fc.constantFrom("EmptyBody" as const, "Compressed" as const).map((reason) => ({ reason })),
      fc.record({ reason: fc.constantFrom("TooLarge" as const, "NotAnErrorDocument" as const), excerpt })
    )
    const headed = fc
      .tuple(rendered, said)
      .map(([{ message: _, resource: __, details: ___, ...props }, said]) => ({ ...props, ...said }))
    fc.assert(
      fc.property(headed, kinds, options, (props, kind, options) => {
        expectEqual(new ObsError.NotModified({ ...props, status: 304 }), options)
        expectEqual(new ObsError.UnrecognizedResponse({ status: 400, ...props, ...kind }), options)
        expectEqual(new ObsError.AccessDenied(props), { ...options, method: "HEAD" })
      }),
      { numRuns: 1000, examples: [[{ details: { Key: "¡sk=!", VersionId: "¡" } }, { reason: "EmptyBody" }, {}]] }
    )
  })

  it("comes back equal with a document that has no code", () => {
    const reasons = fc.constantFrom("NoCode" as const, "Malformed" as const)
    const types = fc.constantFrom(undefined, "application/xml", "text/html", "téxt/x")
    fc.assert(
      fc.property(rendered, reasons, types, options, (props, reason, contentType, options) => {
        expectEqual(new ObsError.UnrecognizedResponse({ status: 400, ...props, reason, contentType }), options)
      }),
      { numRuns: 1000 }
    )
    for (const dialect of ["obs", "amz"] as const) {
      expectEqual(new ObsError.UnrecognizedResponse({ reason: "OpaqueRedirect", requestId: "r" }), { dialect })
    }
  })
})

/** A well-formed document as a tree, and as it is written. */
interface Node {
  readonly name: string
  readonly xml: string
}

const xmlText = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[a-zA-Z0-9 .,:/_\n\t"'>é猫😀-]{0,12}$/u).map((s) => s.replaceAll("]]>", "")),
      fc.constantFrom(
        "&lt;",
        "&gt;",
        "&amp;",
        "&quot;",
        "&apos;",
        "&#65;",
        "&#x1F600;",
        "&#13;",
        "&#32;",
        "\r\n",
        "\r"
      ),
      fc.stringMatching(/^[a-z<>& ]{0,8}$/).map((s) => `<![CDATA[${s}]]>`),
      fc.stringMatching(/^[a-z<>& ]{0,8}$/).map((s) => `<!--${s}-->`),
      fc.constant("<?pi d <x> ?>")
    ),
    { maxLength: 5 }
  )
  .map((parts) => parts.join(""))
  .filter((s) => !/\]\]>/.test(s.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "")))

const attributes = fc.constantFrom("", " a='1'", ` b = "x>y"`, "\n c='\"' d='&lt;'")

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc
    .tuple(
      fc.constantFrom("Error", "Code", "Message", "Key", "ns:Foo", "a.b-c_1", "É"),
      attributes,
      fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        xmlText,
        fc.array(tie("node"), { maxLength: 4 }).map((nodes) => nodes.map(({ xml }) => xml).join("\n "))
      ),
      fc.constantFrom("", " ", "\n")
    )
    .map(([name, attributes, content, space]) => ({
      name,
      xml: content === "" ? `<${name}${attributes}${space}/>` : `<${name}${attributes}>${content}</${name}${space}>`
    }))
}))

/** What a strict parser of XML says of a document: each element's path and text, in the order of their ends. */
const strict = (document: string): ReadonlyArray<readonly [string, string | undefined]> => {
  const out: Array<readonly [string, string | undefined]> = []
  const open: Array<{ readonly name: string; text: string; leaf: boolean }> = []
  const parser = new SaxesParser()
  parser.on("error", (error) => {
    throw error
  })
  parser.on("opentag", ({ name }) => {
    const parent = open[open.length - 1]
    if (parent !== undefined) parent.leaf = false
    open.push({ name: name.slice(name.lastIndexOf(":") + 1), text: "", leaf: true })
  })
  const add = (text: string) => {
    const element = open[open.length - 1]
    if (element !== undefined) element.text += text
  }
  parser.on("text", add)
  parser.on("cdata", add)
  parser.on("closetag", () => {
    const path = open.map((element) => element.name).join("/")
    const element = open.pop()
    if (element !== undefined) out.push([path, element.leaf ? element.text : undefined])
  })
  parser.write(document).close()
  return out
}

describe("any well-formed document", () => {
  it("has the elements and the texts that a strict parser finds in it", () => {
    let leaves = 0
    fc.assert(
      fc.property(
        node,
        fc.constantFrom("", '<?xml version="1.0" encoding="UTF-8"?>\n', "<!-- c -->"),
        ({ xml }, prolog) => {
          const document = prolog + xml
          const found: Array<readonly [string, string | undefined]> = []
          const trimmed: Array<string | undefined> = []
          const { outcome } = scan(document, (name, text, parents, whole) => {
            found.push([[...parents, name].join("/"), whole])
            trimmed.push(text)
          })
          expect(outcome).toBe("Complete")
          expect(found).toEqual(strict(document))
          leaves += found.length
          // Trimming takes nothing but white space from the ends
          for (const [i, text] of trimmed.entries()) expect(text?.trim()).toBe(found[i]?.[1]?.trim())
        }
      ),
      { numRuns: 5000 }
    )
    expect(leaves).toBeGreaterThan(5000)
  })

  it("keeps what came whole, wherever it is cut", () => {
    fc.assert(
      fc.property(node, fc.nat(), ({ xml }, at) => {
        const read = (document: string) => {
          const found: Array<readonly [string, string | undefined]> = []
          scan(document, (name, text) => found.push([name, text]))
          return found
        }
        const cut = read(xml.slice(0, at % (xml.length + 1)))
        expect(read(xml).slice(0, cut.length)).toEqual(cut)
      }),
      { numRuns: 3000 }
    )
  })
})

describe("a broken piece in an error document", () => {
  const leaf = fc
    .tuple(fc.constantFrom("Message", "RequestId", "HostId", "Key", "Foo"), fc.stringMatching(/^[a-zA-Z0-9 .]{0,8}$/))
    .map(([name, text]) => [`<${name}>${text}</${name}>`])
  const nested = fc.constantFrom(
    ["<Details>", "<Code>AccessDenied</Code>", "</Details>"],
    ["<Message>", "<b>", "<Code>AccessDenied</Code>", "</b>", "</Message>"],
    ["<!-- <Code>AccessDenied</Code> -->"],
    ["<?p <Code>AccessDenied</Code>?>"],
    ["<Foo><![CDATA[<Code>AccessDenied</Code>]]></Foo>"]
  )
  const around = fc.constantFrom(
    ["<Error>", "</Error>"],
    ["<ErrorResponse>", "</ErrorResponse>"],
    ["<ErrorResponse>", "<Error>", "</Error>", "</ErrorResponse>"],
    ["<Response>", "<Errors>", "<Error>", "</Error>", "</Errors>", "</Response>"],
    ["<html>", "<Error>", "</Error>", "</html>"],
    ["<DeleteResult>", "<Error>", "</Error>", "</DeleteResult>"],
    ["<Foo>", "</Foo>"]
  )
  /** What stands between two boundaries, one after the other. */
  const pieces = fc
    .tuple(around, fc.array(fc.oneof(leaf, nested), { maxLength: 3 }), fc.boolean(), fc.array(leaf, { maxLength: 3 }))
    .map(([tags, before, hasCode, behind]) => [
      ...tags.slice(0, tags.length / 2),
      ...before.flat(),
      ...(hasCode ? ["<Code>NoSuchKey</Code>"] : []),
      ...behind.flat(),
      ...tags.slice(tags.length / 2)
    ])

  const harmless = fc.constantFrom(
    "<",
    "< ",
    "<1>",
    "</",
    "</ >",
    "&",
    "&a;",
    "&lt;Error&gt;",
    "<br>",
    "<BR>",
    "<hr class='>'>",
    "<b></c>",
    "<b>x</c>",
    "</c>",
    "</c d>",
    "<!DOCTYPE a>",
    "<!DOCTYPE a SYSTEM '>' [<!ENTITY Code \"]>AccessDenied\"><!-- ' --><?p \"?>]>",
    "<!ELEMENT Code>",
    "<!>",
    "<a <b/>"
  )
  const harmful = fc.constantFrom(
    "<b>",
    "<Foo>",
    "<Message>",
    "<Details>x",
    "<Error>",
    "<a '",
    "<!--",
    "<![CDATA[",
    "<?",
    "<!DOCTYPE a ["
  )

  const codeOf = (body: string) => {
    const failure = ObsResponse.decode({ status: 404, headers: {}, body })
    return failure._tag === "UnknownObsError" ? failure.code : failure._tag
  }

  it("never changes the code where it can be told from markup", () => {
    const codes = new Map<string, number>()
    fc.assert(
      fc.property(pieces, fc.array(fc.tuple(harmless, fc.nat()), { minLength: 1, maxLength: 3 }), (pieces, broken) => {
        const code = codeOf(pieces.join(""))
        codes.set(code, (codes.get(code) ?? 0) + 1)
        const mixed = [...pieces]
        for (const [piece, at] of broken) mixed.splice(at % (mixed.length + 1), 0, piece)
        // A body has to begin with a tag to be a document
        fc.pre(mixed[0]?.startsWith("&") !== true)
        expect(codeOf(mixed.join(""))).toBe(code)
      }),
      { numRuns: 5000 }
    )
    expect([...codes.keys()].sort()).toEqual(["NoSuchKey", "UnrecognizedResponse"])
    for (const count of codes.values()) expect(count).toBeGreaterThan(500)
  })

  it("never makes another code of it", () => {
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(pieces, fc.oneof(harmful, harmless), fc.nat(), fc.boolean(), (pieces, piece, at, cut) => {
        const mixed = [...pieces]
        mixed.splice(at % (mixed.length + 1), 0, piece)
        const body = mixed.join("")
        const code = codeOf(cut ? body.slice(0, at % (body.length + 1)) : body)
        outcomes.add(code)
        expect([codeOf(pieces.join("")), "UnrecognizedResponse"]).toContain(code)
      }),
      { numRuns: 5000 }
    )
    expect(outcomes.size).toBe(2)
  })
})
