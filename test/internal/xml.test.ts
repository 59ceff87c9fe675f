import { describe, expect, it } from "@effect/vitest"
import type { Outcome } from "../../src/internal/xml.js"
import { scan } from "../../src/internal/xml.js"

/** The paths of the elements that came whole, with their texts, and how the scan ended. */
const read = (
  document: string
): { outcome: Outcome; elements: ReadonlyArray<readonly [string, string | undefined]> } => {
  const elements: Array<readonly [string, string | undefined]> = []
  const { outcome } = scan(document, (name, text, parents) => {
    elements.push([[...parents, name].join("/"), text])
  })
  return { outcome, elements }
}

const textOf = (content: string) => {
  const { elements, outcome } = read(`<a>${content}</a>`)
  expect(outcome).toBe("Complete")
  return elements[0]?.[1]
}

describe("elements", () => {
  it("are told at their end, with their parents", () => {
    expect(read("<a><b>x</b><c/><d><e>y</e></d></a>")).toEqual({
      outcome: "Complete",
      elements: [
        ["a/b", "x"],
        ["a/c", ""],
        ["a/d/e", "y"],
        ["a/d", undefined],
        ["a", undefined]
      ]
    })
  })

  it("lose their prefixes and attributes", () => {
    expect(read(`<o:a xmlns:o="x>y" b='"/>'><o:b c = "1" >x</o:b ></o:a>`).elements).toEqual([
      ["a/b", "x"],
      ["a", undefined]
    ])
  })

  it("have no text that is an attribute's", () => {
    for (const attributes of [`x="b>c"`, `x='b>c'`, `x="'>" y='">'`, `x="" y=''`]) {
      expect(read(`<a ${attributes}>t</a>`).elements).toEqual([["a", "t"]])
    }
    expect(read(`<a x="b>c`).outcome).toBe("Cut")
  })

  it("have names that begin like names", () => {
    for (const name of ["a", "z", "A", "Z", "_", "\u0080", "é", "猫"]) {
      expect(read(`<${name}>t</${name}>`).elements).toEqual([[name, "t"]])
    }
    expect(read("<:a>t</:a>").elements).toEqual([["a", "t"]])
    for (const name of ["@", "[", "`", "{", "1", "-", "."]) expect(read(`<${name}>t</${name}>`).outcome).toBe("Broken")
  })

  it("may stand behind declarations, comments, blanks and line breaks", () => {
    for (const prolog of ["\n", "<?xml version='1.0'?>\r\n", "<!-- <b> -->", "<?pi <b>?>  <!---->", "\t \n<?xml?>"]) {
      expect(read(`${prolog}<a>x</a> trailing <`)).toEqual({ outcome: "Complete", elements: [["a", "x"]] })
    }
  })

  it("may close themselves as the root", () => {
    expect(read("<a/>")).toEqual({ outcome: "Complete", elements: [["a", ""]] })
  })
})

describe("text", () => {
  it.each([
    ["plain", "plain"],
    ["  trimmed\n\t", "trimmed"],
    ["", ""],
    ["a > b", "a > b"],
    ["&lt;&gt;&amp;&quot;&apos;", "<>&\"'"],
    ["&#65;&#x41;&#x1F600;", "AA😀"],
    ["&#0;&#27;&#xD800;&#xFFFE;&#x110000;&#99999999;", "\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd"],
    ["&unknown; &constructor; &; &#; &#x; &#xZ; &#12a; &", "&unknown; &constructor; &; &#; &#x; &#xZ; &#12a; &"],
    ["&averyverylongname; & b; &lt;", "&averyverylongname; & b; <"],
    ["&#x9;&#xD7FF;&#xE000;&#xFFFD;&#x10000;&#x10FFFF;", "\t\ud7ff\ue000\ufffd\u{10000}\u{10ffff}"],
    ["&#xZ41; &#x41Z; &#Z65; &#65Z;", "&#xZ41; &#x41Z; &#Z65; &#65Z;"],
    ["&#0000000065; &#00000000065;", "A &#00000000065;"],
    ["&amp;lt;", "&lt;"],
    ["a<![CDATA[ <b>&amp; ]]>c", "a <b>&amp; c"],
    ["<![CDATA[]]>", ""],
    [" &#32;x&#x20; ", " x "],
    [" <![CDATA[ x ]]> ", " x "],
    [" a <!-- --> b ", "a  b"],
    [" <!-- --> ", ""],
    ["a<!-- b -->c<?d?>e", "ace"],
    ["a\r\nb\rc&#13;", "a\nb\nc\r"]
  ])("of %j is %j", (content, text) => {
    expect(textOf(content)).toBe(text)
  })

  it("is absent where there are elements in it", () => {
    expect(read("<a>x<b>y</b>z</a>").elements).toEqual([
      ["a/b", "y"],
      ["a", undefined]
    ])
  })
})

describe("a document that is cut", () => {
  const document = `<?xml version="1.0"?><!-- c --><Error a="b"><Code>NoSuchKey</Code ><M><![CDATA[m]]></M><E/></Error>`

  it("keeps the elements that came whole, wherever it is cut", () => {
    const whole = read(document).elements
    for (let length = 0; length < document.length; length++) {
      const { elements, outcome } = read(document.slice(0, length))
      expect(outcome, document.slice(0, length)).toBe("Cut")
      expect(whole.slice(0, elements.length)).toEqual(elements)
    }
  })
})

describe("a document that is broken", () => {
  it.each([
    ["a tag that does not match", "<a><b>x</b><c></b></a>"],
    ["an end without a start", "</a>"],
    ["text after a name", "<a></a b>"],
    ["no name", "<a>< b></a>"],
    ["a number for a name", "<a><1/></a>"],
    ["a DTD", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["a declaration inside", "<a><!ELEMENT b></a>"]
  ])("by %s ends there", (_, document) => {
    expect(read(document).outcome).toBe("Broken")
  })

  it("by too many open elements ends there", () => {
    expect(read("<a>".repeat(32) + "</a>".repeat(32)).outcome).toBe("Complete")
    expect(read("<a>".repeat(33) + "</a>".repeat(33)).outcome).toBe("Broken")
  })
})
