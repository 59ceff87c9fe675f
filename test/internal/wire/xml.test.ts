import { describe, expect, it } from "@effect/vitest"
import type { Outcome } from "../../../src/internal/wire/xml.js"
import { scan } from "../../../src/internal/wire/xml.js"

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

it("a DTD is no fault, and its entities stay as they are", () => {
  expect(read('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toEqual({ outcome: "Complete", elements: [["a", "&b;"]] })
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
    ["a declaration inside", "<a><!ELEMENT b></a>"],
    ["an element that is left open", "<a><b></a>"],
    ["a bare less-than sign", "<a>b < c</a>"],
    ["a tag in a tag", "<a <b></b></a>"]
  ])("by %s is known for it", (_, document) => {
    expect(read(document).outcome).toBe("Broken")
  })

  it.each([
    [
      "< is text before what is no name",
      "<a><m>x < y <1 <</m><c>z</c></a>",
      [
        ["a/m", "x < y <1 <"],
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "a tag that another comes into is text",
      "<a><m>x <b y</m><c>z</c></a>",
      [
        ["a/m", "x <b y"],
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "an unclosed quote is text",
      "<a><m>I <don't know</m><c>z</c></a>",
      [
        ["a/m", "I <don't know"],
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "what HTML never closes is taken out",
      "<a><br><c>z</c><hr/><IMG src='x'><d>y</d></a>",
      [
        ["a/c", "z"],
        ["a/hr", ""],
        ["a/d", "y"],
        ["a", undefined]
      ]
    ],
    [
      "it stays where it is closed",
      "<a><br><c>z</c></br></a>",
      [
        ["a/br/c", "z"],
        ["a/br", undefined],
        ["a", undefined]
      ]
    ],
    [
      "it breaks its element up",
      "<a><m>x<br>y</m><c>z</c></a>",
      [
        ["a/m", undefined],
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "a wrong name closes an element at last",
      "<a><m>x</n><c>z</c></a>",
      [
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "only what is behind the wrong name is taken out",
      "<a><m><b>x</b></n><c>z</c></a>",
      [
        ["a/m/b", "x"],
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "a right one comes before it",
      "<a><m>x</n><c>z</c></m></a>",
      [
        ["a/m/c", "z"],
        ["a/m", undefined],
        ["a", undefined]
      ]
    ],
    [
      "the first wrong name counts",
      "<a><m></n><c>x</c></o><c>y</c></a>",
      [
        ["a/c", "x"],
        ["a/c", "y"],
        ["a", undefined]
      ]
    ],
    [
      "an element that is left open keeps what is in it",
      "<a><m>x<c>z</c></a>",
      [
        ["a/m/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "doubts end with the outermost",
      "<a><br><m></n><c>z</c></a>",
      [
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    ["the end of the text may have cut the right name off", "<a><m></n><c>z</c>", [["a/m/c", "z"]]],
    ["all that is doubtful from the root on ends with the text", "<a></b><br><a></b><c>z</c>", [["c", "z"]]],
    [
      "doubts end with the text",
      "<a></b><c><d>z</d></c>",
      [
        ["c/d", "z"],
        ["c", undefined]
      ]
    ],
    [
      "behind a broken root comes another",
      "<a><b></a><c>z</c><d/>",
      [
        ["a", undefined],
        ["c", "z"],
        ["d", ""]
      ]
    ],
    [
      "declarations are passed over",
      `<!DOCTYPE a [<!ENTITY b "c>]"><!-- ' ]> --><?p ]> ?> <!ELEMENT d (e|f)>]><a>&b;<c>z</c></a>`,
      [
        ["a/c", "z"],
        ["a", undefined]
      ]
    ],
    [
      "declarations are passed over inside",
      "<a><!DOCTYPE b [ '>' ]><c>z</c></a>",
      [
        ["a/c", "z"],
        ["a", undefined]
      ]
    ]
  ])("%s", (_, document, elements) => {
    const found: Array<readonly [string, string | undefined]> = []
    scan(document, (name, text, parents) => found.push([[...parents, name].join("/"), text]), {
      enter: () => true,
      holds: () => false
    })
    expect(found).toEqual(elements)
  })

  it("has no text to the letter where it breaks a rule", () => {
    const wholeOf = (content: string) => {
      const found: Array<string | undefined> = []
      scan(`<a>${content}</a>`, (_name, _text, _parents, whole) => found.push(whole))
      return found
    }
    for (const content of ["a < b", "a</b>", "a <b", "a &b; c", `&${"b".repeat(200)};`, "a<!B>"])
      expect(wholeOf(content), content).toEqual([undefined])
    for (const content of ["a > b", "a & b", "a &amp; b", "a<!-- < -->", "<![CDATA[<]]>"])
      expect(wholeOf(content)[0], content).toMatch(/^a|</)
  })

  it("takes nothing out of what holds", () => {
    const found: Array<string> = []
    scan("<a></b><c>x</c><br><d>y</d>", (name, _text, parents) => found.push([...parents, name].join("/")))
    expect(found).toEqual(["a/c", "a/br/d"])
  })

  it("ends at a root that is not wanted", () => {
    const found: Array<string> = []
    const aim = { enter: (root: string) => root !== "c", holds: () => false }
    const scanned = scan("<a><b></a><c><d>x</d></c>", (name) => found.push(name), aim)
    expect(scanned).toEqual({ outcome: "Broken", root: "c" })
    expect(found).toEqual(["a"])
  })

  it.each([
    "<",
    "</",
    "<a",
    "<a ",
    "<a '",
    '<a "',
    "<br>",
    "</b>",
    "<b></c>",
    "<a><b></a>",
    "<!",
    "<!a",
    "<!a [",
    "&",
    "&a;",
    "<a '<b \"",
    "<br><c>d</c>"
  ])("takes no longer for much of %j than for little", (piece) => {
    // What is seen is counted, since time is not to be relied on; a scan that looks back would not come to its end
    let seen = 0
    for (const start of ["", "<a>", "<Error>"]) {
      scan(start + piece.repeat(200_000), () => seen++, { enter: () => true, holds: (name) => name === "Error" })
    }
    expect(seen).toBeLessThan(1_000_000)
  })

  it("by too many open elements ends there", () => {
    expect(read("<a>".repeat(32) + "</a>".repeat(32)).outcome).toBe("Complete")
    expect(read("<a>".repeat(33) + "</a>".repeat(33)).outcome).toBe("Broken")
  })
})
