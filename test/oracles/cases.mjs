/**
 * Requests made at random, the same for the same seed: `SEED=7 COUNT=100000 npm run oracles`.
 */

export const count = Number(process.env["COUNT"] ?? 10_000)

export const seed = Number(process.env["SEED"] ?? 1)

/** Numbers from 0 to 1 (mulberry32). */
const randomOf = (start) => {
  let a = start >>> 0
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const pieces = [
  ..."abcXYZ019-_.~",
  ..." !\"#$%&'()*+,:;<=>?@[]^`{|}",
  "\\",
  "/",
  "//",
  "%20",
  "%2F",
  "é",
  "e\u0301",
  "ß",
  "日本",
  "Ω",
  "🐈",
  "👩‍👧",
  "\u202e",
  "\t",
  "\n",
  "\u007f"
]

const printable = [..."abcXYZ019-_.~ !\"#$%&'()*+,:;<=>?@[]^`{|}/\\"]

// Those that both sides know; "the differences" says which they do not
const subresources = [
  ..."acl append attname backtosource cors customdomain delete deletebucket directcoldaccess encryption inventory".split(
    " "
  ),
  ..."length lifecycle location logging metadata modify name notification object-lock partNumber policy position".split(
    " "
  ),
  ..."quota rename replication restore retention storageClass storageinfo storagePolicy tagging torrent truncate".split(
    " "
  ),
  ..."uploadId uploads versionId versioning versions website x-image-process x-image-save-bucket".split(" "),
  ..."x-image-save-object x-oss-process requestPayment response-cache-control response-content-disposition".split(" "),
  ..."response-content-encoding response-content-language response-content-type response-expires".split(" "),
  ..."x-workflow-prefix x-workflow-limit publicaccessblock obsbucketalias mirrorBackToSource PARTNUMBER".split(" ")
]

const others = ["prefix", "marker", "max-keys", "delimiter", "apiversion", "list-type", "encoding-type", "ä b", "a=b"]

const methods = ["GET", "PUT", "POST", "DELETE", "HEAD", "OPTIONS"]

export const styles = ["virtualHosted", "path", "customDomain"]

/** All requests of a run, one at a time. */
export function* cases(prefix) {
  const random = randomOf(seed)
  const upTo = (n) => Math.floor(random() * n)
  const one = (list) => list[upTo(list.length)]
  const text = (list, max) => Array.from({ length: upTo(max + 1) }, () => one(list)).join("")
  // Segments . and .. cannot be in an address, and are refused
  const key = () => text(pieces, 20).replace(/(^|\/)\.{1,2}(?=\/|$)/g, "$1x")
  for (let i = 0; i < count; i++) {
    const names = new Set([
      ...Array.from({ length: upTo(4) }, () => one(subresources)),
      ...Array.from({ length: upTo(3) }, () => one(others))
    ])
    const headers = {}
    if (random() < 0.5)
      headers["content-type"] = one(["text/plain", "image/jpeg", "application/xml; charset=utf-8", "a/b"])
    if (random() < 0.3) headers["content-md5"] = "I5pU0r4+sgO9Emgl1KMQUg=="
    for (let n = upTo(4); n > 0; n--) {
      const name = one([
        "acl",
        "storage-class",
        "meta-a",
        "meta-b",
        "meta-a-b",
        "meta-a_b",
        "grant-read",
        "copy-source"
      ])
      headers[prefix + name] = text(printable, 12).trim()
    }
    if (random() < 0.3) headers["range"] = "bytes=0-9"
    yield {
      method: one(methods),
      style: one(styles),
      bucket: one(["photos", "my.dotted-bucket", "b-1", "000", "obs"]),
      key: random() < 0.15 ? "" : key(),
      parameters: Object.fromEntries([...names].map((name) => [name, random() < 0.4 ? "" : text(pieces, 8)])),
      headers,
      token: random() < 0.4 ? text([..."abcXYZ019+/="], 60) + "T" : undefined,
      accessKeyId: text([..."ABCXYZ019"], 20) + "K",
      secret: text([..."abcXYZ019+/"], 40) + "S",
      now: Date.UTC(2001 + upTo(60), upTo(12), 1 + upTo(28), upTo(24), upTo(60), upTo(60), upTo(1000)),
      expires: 1 + upTo(604_800),
      scheme: one(["https", "http"])
    }
  }
}
