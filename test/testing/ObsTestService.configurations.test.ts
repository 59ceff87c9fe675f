import { Effect } from "#test/effect"
import { describe, expect, it } from "@effect/vitest"
import { ObsTestService } from "effect-obs/testing"
import { callerOf, text, texts } from "../support/service.js"

const make = Effect.gen(function* () {
  const call = callerOf(yield* ObsTestService.make)
  yield* call("PUT /photos")
  yield* call("PUT /logs")
  return call
})

/** The document of a root. */
const xml = (root: string, children = "") =>
  `<${root} xmlns="http://obs.example.com/doc/2015-06-30/">${children}</${root}>`

const tag = (key: string, value = "v") => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`

const tags = (count: number) =>
  xml("Tagging", `<TagSet>${Array.from({ length: count }, (_, i) => tag(`k${i}`)).join("")}</TagSet>`)

interface Row {
  readonly parameter: string
  readonly document: string
  /** What a bucket without it answers: an error, or a document with this text. */
  readonly absent: { readonly tag: string } | { readonly text: string }
  readonly malformed: string
  readonly putStatus?: number
  readonly cannotBeDeleted?: true
  readonly deletesOnlyWhatIs?: true
}

const rows: ReadonlyArray<Row> = [
  {
    parameter: "policy",
    document: '{ "Statement": [] }',
    absent: { tag: "NoSuchBucketPolicy" },
    malformed: "MalformedPolicy",
    putStatus: 204,
    deletesOnlyWhatIs: true
  },
  {
    parameter: "cors",
    document: xml(
      "CORSConfiguration",
      "<CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod></CORSRule>"
    ),
    absent: { tag: "NoSuchCORSConfiguration" },
    malformed: "MalformedXML"
  },
  {
    parameter: "lifecycle",
    document: xml("LifecycleConfiguration", "<Rule><ID>a</ID></Rule>"),
    absent: { tag: "NoSuchLifecycleConfiguration" },
    malformed: "MalformedXML"
  },
  {
    parameter: "website",
    document: xml("WebsiteConfiguration", "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>"),
    absent: { tag: "NoSuchWebsiteConfiguration" },
    malformed: "MalformedXML"
  },
  {
    parameter: "replication",
    document: xml("ReplicationConfiguration", "<Agency>a</Agency>"),
    absent: { tag: "NoSuchReplicationConfiguration" },
    malformed: "MalformedXML"
  },
  {
    parameter: "encryption",
    document: xml("ServerSideEncryptionConfiguration", "<Rule/>"),
    absent: { tag: "NoSuchEncryptionConfiguration" },
    malformed: "MalformedXML"
  },
  {
    parameter: "tagging",
    document: tags(20),
    absent: { tag: "NoSuchTagSet" },
    malformed: "MalformedXMLError",
    putStatus: 204
  },
  {
    parameter: "quota",
    document: xml("Quota", "<StorageQuota>1000</StorageQuota>"),
    absent: { text: "<StorageQuota>0</StorageQuota>" },
    malformed: "MalformedQuotaError",
    cannotBeDeleted: true
  },
  {
    parameter: "logging",
    document: xml("BucketLoggingStatus", "<LoggingEnabled><TargetBucket>logs</TargetBucket></LoggingEnabled>"),
    absent: { text: "<BucketLoggingStatus" },
    malformed: "MalformedLoggingStatus",
    cannotBeDeleted: true
  },
  {
    parameter: "notification",
    document: xml("NotificationConfiguration", "<TopicConfiguration/>"),
    absent: { text: "<NotificationConfiguration" },
    malformed: "MalformedXML",
    cannotBeDeleted: true
  },
  {
    parameter: "requestPayment",
    document: xml("RequestPaymentConfiguration", "<Payer>Requester</Payer>"),
    absent: { text: "<Payer>BucketOwner</Payer>" },
    malformed: "MalformedXML",
    cannotBeDeleted: true
  },
  {
    parameter: "publicAccessBlock",
    document: xml("PublicAccessBlockConfiguration", "<BlockPublicAcls>true</BlockPublicAcls>"),
    absent: { text: "<BlockPublicAcls>false</BlockPublicAcls>" },
    malformed: "MalformedXML"
  },
  {
    parameter: "CDNNotifyConfiguration",
    document: xml("CDNNotifyConfiguration", "<Domain/>"),
    absent: { text: "<CDNNotifyConfiguration" },
    malformed: "MalformedXML",
    cannotBeDeleted: true
  },
  {
    parameter: "mirrorBackToSource",
    document: '{ "rules": [] }',
    absent: { tag: "SYS.0015" },
    malformed: "SYS.0006"
  },
  {
    parameter: "obsworkflowtriggerpolicy",
    document: '{ "rules": [] }',
    absent: { tag: "SYS.0015" },
    malformed: "SYS.0006"
  },
  {
    parameter: "disPolicy",
    document: '{ "rules": [] }',
    absent: { tag: "Notification.1011" },
    malformed: "SYS.0006"
  },
  {
    parameter: "obscompresspolicy",
    document: '{ "rules": [] }',
    absent: { tag: "OEFTrigger.1002" },
    malformed: "SYS.0006"
  }
]

describe.each(rows)("the configuration ?$parameter", (row) => {
  const { absent, document, malformed, parameter } = row
  const at = `/photos?${parameter}`

  it.effect("is given back as it came, and is gone where it was deleted", () =>
    Effect.gen(function* () {
      const call = yield* make
      const isAbsent = Effect.gen(function* () {
        const { status, tag, text } = yield* call(`GET ${at}`)
        if ("tag" in absent) expect(tag).toBe(absent.tag)
        else expect([status, text.includes(absent.text)]).toEqual([200, true])
      })
      yield* isAbsent
      expect((yield* call(`PUT ${at}`, document)).status).toBe(row.putStatus ?? 200)
      const { headers, status, text } = yield* call(`GET ${at}`)
      expect([status, text]).toEqual([200, document])
      expect(headers["content-type"]).toBe(document.startsWith("<") ? "application/xml" : "application/json")
      const deleted = yield* call(`DELETE ${at}`)
      if (row.cannotBeDeleted === true) expect(deleted.tag).toBe("MethodNotAllowed")
      else {
        expect(deleted.status).toBe(204)
        yield* isAbsent
        expect((yield* call(`DELETE ${at}`)).status).toBe(row.deletesOnlyWhatIs === true ? 404 : 204)
      }
    })
  )

  it.effect("is refused where it is not well formed, and the one before stays", () =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call(`PUT ${at}`, document)
      for (const body of ["<", "[]", "<Other/>", document.slice(0, -1), Uint8Array.of(0xff)]) {
        expect((yield* call(`PUT ${at}`, { body })).tag).toBe(malformed)
      }
      const missing =
        parameter === "policy" ? "InvalidRequestBody" : document.startsWith("<") ? "MissingRequestBodyError" : malformed
      expect((yield* call(`PUT ${at}`)).tag).toBe(missing)
      const long = document.replace(/(?=.$)/s, " ".repeat(20 * 1024))
      expect((yield* call(`PUT ${at}`, long)).tag).toBe("EntityTooLarge")
      expect((yield* call(`GET ${at}`)).text).toBe(document)
    })
  )

  it.effect("belongs to a bucket", () =>
    Effect.gen(function* () {
      const call = yield* make
      for (const method of ["GET", "PUT", "DELETE"]) {
        expect((yield* call(`${method} /none?${parameter}`, document)).failure).toMatchObject({
          _tag: "NoSuchBucket",
          bucketName: "none"
        })
      }
      expect((yield* call(`POST ${at}`)).tag).toBe("MethodNotAllowed")
      if (parameter !== "tagging") expect((yield* call(`GET /photos/cat.txt?${parameter}`)).tag).toBe("NotImplemented")
    })
  )
})

describe("a configuration", () => {
  it.effect.each([
    ["?tagging", tags(21), "InvalidTagError"],
    ["?tagging", xml("Tagging", `<TagSet>${tag("a")}${tag("a")}</TagSet>`), "InvalidTagError"],
    ["?tagging", xml("Tagging", `<TagSet>${tag("k".repeat(37))}</TagSet>`), "InvalidTagError"],
    ["?tagging", xml("Tagging", `<TagSet>${tag("a", "v".repeat(44))}</TagSet>`), "InvalidTagError"],
    ["?tagging", xml("Tagging", `<TagSet>${tag("")}</TagSet>`), "InvalidTagError"],
    ["?tagging", xml("Tagging", "<TagSet><Tag><Key>a</Key></Tag></TagSet>"), "MalformedXMLError"],
    ["?quota", xml("Quota", "<StorageQuota>-1</StorageQuota>"), "MalformedQuotaError"],
    ["?quota", xml("Quota"), "MalformedQuotaError"],
    [
      "?logging",
      xml("BucketLoggingStatus", "<LoggingEnabled><TargetBucket>none</TargetBucket></LoggingEnabled>"),
      "InvalidTargetBucketForLogging"
    ],
    ["?requestPayment", xml("RequestPaymentConfiguration", "<Payer>Nobody</Payer>"), "MalformedXML"],
    ["?storageClass", xml("StorageClass", "LUKEWARM"), "InvalidDefaultStorageClass"],
    ["?storageClass", xml("StoragePolicy"), "MalformedXML"],
    [
      "?storagePolicy",
      xml("StoragePolicy", "<DefaultStorageClass>LUKEWARM</DefaultStorageClass>"),
      "InvalidBucketStoragePolicy"
    ],
    ["?versioning", xml("VersioningConfiguration"), "IllegalVersioningConfigurationException"],
    [
      "?versioning",
      xml("VersioningConfiguration", "<Status>enabled</Status>"),
      "IllegalVersioningConfigurationException"
    ],
    ["?versioning", "<", "MalformedXML"],
    ["?object-lock", xml("ObjectLockConfiguration"), "InvalidRequest"],
    ["?acl", xml("AccessControlPolicy"), "MalformedACLError"],
    ["?acl", "", "MissingRequestBodyError"],
    ["?inventory", xml("InventoryConfiguration"), "InvalidArgument"],
    ["?inventory&id=a", xml("InventoryConfiguration", "<Id>b</Id>"), "InvalidArgument"],
    ["?inventory&id=a", "<", "MalformedXML"],
    ["?customdomain=a", "", "BadDomainName"],
    ["?customdomain", "", "BadDomainName"]
  ])("%s %s is a %3$s", ([parameter, document, expected]) =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call(`PUT /photos${parameter}`, document)).tag).toBe(expected)
    })
  )

  it.effect("of tags has other codes in the other dialect", () =>
    Effect.gen(function* () {
      const call = yield* make
      const headers = { authorization: "AWS AK:signature" }
      expect((yield* call("PUT /photos?tagging", { headers, body: "<" })).tag).toBe("MalformedXML")
      expect((yield* call("PUT /photos?tagging", { headers, body: tags(21) })).tag).toBe("InvalidTag")
    })
  )

  it.effect("that does not exist is refused", () =>
    Effect.gen(function* () {
      const call = yield* make
      expect((yield* call("GET /photos?object-lock")).tag).toBe("InvalidRequest")
      expect((yield* call("GET /photos?customdomain")).tag).toBe("NoSuchCustomDomain")
      expect((yield* call("DELETE /photos?customdomain=a.example.org")).tag).toBe("CustomDomainNotExist")
      expect((yield* call("GET /photos?inventory&id=a")).tag).toBe("NoSuchInventoryConfiguration")
      expect((yield* call("DELETE /photos?inventory&id=a")).status).toBe(204)
      expect((yield* call("DELETE /photos?inventory")).tag).toBe("InvalidArgument")
      for (const [method, parameter] of [
        ["POST", "acl"],
        ["POST", "inventory"],
        ["POST", "customdomain"]
      ]) {
        expect((yield* call(`${method ?? ""} /photos?${parameter ?? ""}`)).tag).toBe(
          parameter === "inventory" ? "InvalidArgument" : "MethodNotAllowed"
        )
      }
      expect((yield* call("POST /photos?inventory&id=a")).tag).toBe("MethodNotAllowed")
    })
  )

  it.effect("of a storage class counts for what is put", () =>
    Effect.gen(function* () {
      const call = yield* make
      const classes = Effect.all([
        Effect.map(call("GET /photos?storageClass"), (said) =>
          text(said.text.replace(/ xmlns="[^"]*"/, ""), "StorageClass")
        ),
        Effect.map(call("GET /photos?storagePolicy"), (said) => text(said.text, "DefaultStorageClass")),
        Effect.map(call("HEAD /photos"), ({ headers }) => headers["x-obs-storage-class"])
      ])
      expect(yield* classes).toEqual(["STANDARD", "STANDARD", "STANDARD"])
      expect((yield* call("PUT /photos?storageClass", xml("StorageClass", "WARM"))).status).toBe(200)
      expect(yield* classes).toEqual(["WARM", "WARM", "WARM"])
      yield* call("PUT /photos/cat.txt", "meow")
      expect((yield* call("HEAD /photos/cat.txt")).headers["x-obs-storage-class"]).toBe("WARM")
      yield* call("PUT /photos?storagePolicy", xml("StoragePolicy", "<DefaultStorageClass>COLD</DefaultStorageClass>"))
      expect(yield* classes).toEqual(["COLD", "COLD", "COLD"])
      const amz = { headers: { authorization: "AWS AK:signature" } }
      expect((yield* call("HEAD /photos", amz)).headers["x-amz-storage-class"]).toBe("GLACIER")
    })
  )

  it.effect("of a quota counts what the bucket holds", () =>
    Effect.gen(function* () {
      const call = yield* make
      const info = Effect.map(call("GET /photos?storageinfo"), ({ text: info }) => [
        text(info, "Size"),
        text(info, "ObjectNumber")
      ])
      yield* call("PUT /photos?quota", xml("Quota", "<StorageQuota>10</StorageQuota>"))
      expect((yield* call("PUT /photos/a", "12345678")).status).toBe(200)
      for (const line of ["PUT /photos/b", "POST /photos/c?append&position=0"]) {
        expect((yield* call(line, "123")).tag).toBe("InsufficientStorageSpace")
      }
      const copy = { headers: { "x-obs-copy-source": "/photos/a" } }
      expect((yield* call("PUT /photos/b", copy)).tag).toBe("InsufficientStorageSpace")
      expect(yield* info).toEqual(["8", "1"])
      expect((yield* call("PUT /photos/b", "12")).status).toBe(200)
      expect(yield* info).toEqual(["10", "2"])
      yield* call("DELETE /photos/a")
      expect(yield* info).toEqual(["2", "1"])
      expect((yield* call("PUT /photos/c", "12345678")).status).toBe(200)
    })
  )

  it.effect("of custom domains leads requests to the bucket", () =>
    Effect.gen(function* () {
      const handler = yield* ObsTestService.make
      const [call, own] = [callerOf(handler), callerOf(handler, "https://photos.example.org")]
      yield* call("PUT /photos")
      yield* call("PUT /logs")
      yield* call("PUT /photos/cat.txt", "meow")
      expect((yield* own("GET /cat.txt")).tag).toBe("NoSuchBucket")
      expect((yield* call("PUT /photos?customdomain=photos.example.org")).status).toBe(200)
      expect((yield* call("PUT /logs?customdomain=PHOTOS.example.org")).tag).toBe("CustomDomainAreadyExist")
      expect((yield* own("GET /cat.txt")).text).toBe("meow")
      const listed = yield* call("GET /photos?customdomain")
      expect(texts(listed.text, "DomainName")).toEqual(["photos.example.org"])
      for (let i = 1; i < 30; i++) yield* call(`PUT /photos?customdomain=d${i}.example.org`)
      expect((yield* call("PUT /photos?customdomain=more.example.org")).tag).toBe("TooManyCustomDomains")
      expect((yield* call("DELETE /photos?customdomain=photos.example.org")).status).toBe(204)
      expect((yield* own("GET /cat.txt")).tag).toBe("NoSuchBucket")
      expect((yield* call("PUT /logs?customdomain=photos.example.org")).status).toBe(200)
      yield* call("DELETE /logs")
      expect((yield* call("PUT /photos?customdomain=photos.example.org")).status).toBe(200)
    })
  )

  it.effect("of inventories has ids and prefixes of its own", () =>
    Effect.gen(function* () {
      const call = yield* make
      const put = (id: string, prefix: string) =>
        call(
          `PUT /photos?inventory&id=${id}`,
          `<?xml version="1.0"?>${xml("InventoryConfiguration", `<Id>${id}</Id><Filter><Prefix>${prefix}</Prefix></Filter>`)}`
        )
      expect((yield* put("b", "b/")).status).toBe(200)
      expect((yield* put("a", "a/")).status).toBe(200)
      expect((yield* put("a", "a/")).status).toBe(200)
      expect((yield* put("c", "a/b")).tag).toBe("PrefixExistInclusionRelationship")
      expect((yield* put("c", "")).tag).toBe("PrefixExistInclusionRelationship")
      expect((yield* call("GET /photos?inventory&id=a")).text).toContain("<Prefix>a/</Prefix>")
      const list = yield* call("GET /photos?inventory")
      expect(texts(list.text, "Id")).toEqual(["a", "b"])
      expect(list.text.match(/<\?xml/g)).toHaveLength(1)
      for (let i = 2; i < 10; i++) expect((yield* put(`i${i}`, `i${i}`)).status).toBe(200)
      expect((yield* put("more", "more")).tag).toBe("InventoryCountOverLimit")
      expect((yield* call("DELETE /photos?inventory&id=a")).status).toBe(204)
      expect((yield* put("more", "more")).status).toBe(200)
    })
  )
})

describe("an access control list", () => {
  it.effect.each(["/photos", "/photos/cat.txt"])("of %s is its owner's, until another is set", (at) =>
    Effect.gen(function* () {
      const call = yield* make
      yield* call("PUT /photos/cat.txt", "meow")
      const list = Effect.map(call(`GET ${at}?acl`), ({ text }) => text)
      const owner = text(yield* list, "ID")
      expect(owner).toMatch(/^[\da-f]{32}$/)
      expect(texts(yield* list, "ID")).toEqual([owner, owner])
      expect(texts(yield* list, "Permission")).toEqual(["FULL_CONTROL"])

      const headers = { "x-obs-acl": "public-read" }
      expect((yield* call(`PUT ${at}?acl`, { headers })).status).toBe(200)
      expect(texts(yield* list, "Canned")).toEqual(["Everyone"])
      expect(texts(yield* list, "Permission")).toEqual(["FULL_CONTROL", "READ"])

      const grants = { "x-obs-grant-write-acp": 'id=abc, id="def"' }
      expect((yield* call(`PUT ${at}?acl`, { headers: grants })).status).toBe(200)
      expect(texts(yield* list, "ID")).toEqual([owner, owner, "abc", "def"])
      expect(texts(yield* list, "Permission")).toEqual(["FULL_CONTROL", "WRITE_ACP", "WRITE_ACP"])

      const document = yield* list
      expect((yield* call(`PUT ${at}?acl`, document)).status).toBe(200)
      expect(yield* list).toBe(document)

      for (const [name, value] of [
        ["x-obs-acl", "public"],
        ["x-obs-grant-read", "everyone"]
      ] as const) {
        expect((yield* call(`PUT ${at}?acl`, { headers: { [name]: value } })).failure).toMatchObject({
          _tag: "InvalidArgument",
          argumentName: name,
          argumentValue: value
        })
      }
      for (const body of [document.replace("WRITE_ACP", "WRITES"), document.replace("<Owner>", "<Own>"), "<"]) {
        expect((yield* call(`PUT ${at}?acl`, body)).tag).toBe("MalformedACLError")
      }
      expect(yield* list).toBe(document)
    })
  )

  it.effect("is written in the words of the dialect", () =>
    Effect.gen(function* () {
      const call = yield* make
      const headers = { authorization: "AWS AK:signature", "x-amz-acl": "public-read" }
      yield* call("PUT /pictures", { headers })
      const { text } = yield* call("GET /pictures?acl", { headers })
      expect(text).toContain('xsi:type="CanonicalUser"')
      expect(text).toContain("<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>")
    })
  )
})
