/**
 * The vectors of the documents: what is signed of requests with the header Date, as it is on the wire.
 */
import { describe, expect, it } from "@effect/vitest"
import type { AddressOptions } from "../../../src/internal/signature/address.js"
import { addressOf } from "../../../src/internal/signature/address.js"
import type { HeaderRecord } from "../../../src/internal/signature/canonical.js"
import { dialects, isSubresource, stringToSign } from "../../../src/internal/signature/canonical.js"

const sign = (method: string, url: string, headers: HeaderRecord, options: AddressOptions = {}) => {
  const address = addressOf(url, options)
  return "reason" in address ? address : stringToSign(method, headers, address, dialects.obs)
}

const bucket = "https://bucket.obs.cn-north-4.myhuaweicloud.com"
const md5 = "I5pU0r4+sgO9Emgl1KMQUg=="

describe("signs what the documents sign", () => {
  it.each([
    [
      "GET of an object",
      sign("GET", `${bucket}/object.txt`, { date: "Sat, 12 Oct 2015 08:12:38 GMT" }),
      "GET\n\n\nSat, 12 Oct 2015 08:12:38 GMT\n/bucket/object.txt"
    ],
    [
      "PUT with a date and a token of the service",
      sign("PUT", `${bucket}/object.txt`, {
        "x-obs-date": "Tue, 15 Oct 2015 07:20:09 GMT",
        "x-obs-security-token": "YwkaRTbdY8g7q....",
        "content-type": "text/plain"
      }),
      "PUT\n\ntext/plain\n\nx-obs-date:Tue, 15 Oct 2015 07:20:09 GMT\nx-obs-security-token:YwkaRTbdY8g7q....\n/bucket/object.txt"
    ],
    [
      "PUT with an ACL",
      sign("PUT", `${bucket}/object.txt`, {
        date: "Mon, 14 Oct 2015 12:08:34 GMT",
        "x-obs-acl": "public-read",
        "content-type": "text/plain"
      }),
      "PUT\n\ntext/plain\nMon, 14 Oct 2015 12:08:34 GMT\nx-obs-acl:public-read\n/bucket/object.txt"
    ],
    [
      "GET of a sub-resource",
      sign("GET", `${bucket}/object.txt?acl`, { date: "Sat, 12 Oct 2015 08:12:38 GMT" }),
      "GET\n\n\nSat, 12 Oct 2015 08:12:38 GMT\n/bucket/object.txt?acl"
    ],
    [
      "PUT with Content-MD5",
      sign("PUT", `${bucket}/object.txt`, { "content-md5": md5, "x-obs-date": "Tue, 15 Oct 2015 07:20:09 GMT" }),
      `PUT\n${md5}\n\n\nx-obs-date:Tue, 15 Oct 2015 07:20:09 GMT\n/bucket/object.txt`
    ],
    [
      "PUT at a custom domain",
      sign("PUT", "https://obs.ccc.com/object.txt", {
        "content-md5": md5,
        "x-obs-date": "Tue, 15 Oct 2015 07:20:09 GMT"
      }),
      `PUT\n${md5}\n\n\nx-obs-date:Tue, 15 Oct 2015 07:20:09 GMT\n/obs.ccc.com/object.txt`
    ]
  ])("%s", (_, signed, expected) => {
    expect(signed).toBe(expected)
  })
})

const resource = (url: string, options: AddressOptions = {}) => {
  const signed = sign("GET", url, {}, options)
  return typeof signed === "string" ? signed.slice("GET\n\n\n\n".length) : signed.reason
}

describe("the resource", () => {
  const endpoint = "obs.internal.example.com"
  it.each<readonly [string, AddressOptions, string]>([
    [bucket, {}, "/bucket/"],
    [`${bucket}/`, {}, "/bucket/"],
    ["https://my.dotted.bucket.obs.eu-de.otc.t-systems.com/k", {}, "/my.dotted.bucket/k"],
    ["https://obs.eu-de.otc.t-systems.com/", {}, "/"],
    ["https://obs.eu-de.otc.t-systems.com/b/k", {}, "/b/k"],
    ["https://obs.myhuaweicloud.com/", {}, "/"],
    ["https://b.obs.myhuaweicloud.com/k", {}, "/b/k"],
    ["https://b.oss.eu-west-0.prod-cloud-ocb.orange-business.com/k", {}, "/b/k"],
    ["https://B.OBS.eu-de.otc.t-systems.com:443/k", {}, "/b/k"],
    ["http://127.0.0.1:9000/b/k", {}, "/b/k"],
    ["http://[::1]:9000/b", {}, "/b"],
    ["http://localhost:9000/b/", {}, "/b/"],
    ["http://b.localhost:9000/k", {}, "/b/k"],
    ["http://minio:9000/b/k", {}, "/b/k"],
    ["https://files.example.com/k", {}, "/files.example.com/k"],
    ["https://b.obs.internal.example.com/k", { endpoint }, "/b/k"],
    ["https://obs.internal.example.com/b/k", { endpoint: `https://${endpoint}:8443/` }, "/b/k"],
    ["https://files.example.com/k", { endpoint }, "/files.example.com/k"],
    ["https://b.obs.eu-de.otc.t-systems.com/k", { endpoint }, "/b.obs.eu-de.otc.t-systems.com/k"],
    ["https://10.0.0.7/b/k", { endpoint }, "/b/k"],
    ["https://10.0.0.7/k", { endpoint, style: "customDomain" }, "/10.0.0.7/k"],
    ["https://b.store.example.com/k", { style: "virtualHosted" }, "/b/k"],
    ["https://store.example.com/b/k", { style: "path" }, "/b/k"],
    ["https://obs.internal.example.com/", { endpoint, style: "virtualHosted" }, "/"],
    ["https://10.0.0.7/k", { style: "virtualHosted" }, "InvalidOptions"],
    ["https://other.example.com/k", { endpoint, style: "virtualHosted" }, "InvalidOptions"],
    ["https://b.obs.internal.example.com/k", { endpoint: "no endpoint" }, "InvalidOptions"],
    [`${bucket}/a%20b/%C3%A9`, {}, "/bucket/a%20b/%C3%A9"],
    [`${bucket}/a b/é+(1)!`, {}, "/bucket/a%20b/%C3%A9%2B%281%29%21"],
    [`${bucket}/a%2fb//c`, {}, "/bucket/a/b//c"],
    [`${bucket}/k?versions&acl&uploadId=1&prefix=x`, {}, "/bucket/k?acl&uploadId=1&versions"],
    [`${bucket}/k?acl=&acl=2`, {}, "/bucket/k?acl"],
    [`${bucket}/k?versionId=a%2Bb%20c+d`, {}, "/bucket/k?versionId=a+b c d"],
    [`${bucket}/k?Partnumber=1&x-obs-callback=e30`, {}, "/bucket/k?Partnumber=1&x-obs-callback=e30"],
    [`${bucket}/k?apiversion`, {}, "/bucket/k"],
    [`${bucket}/k?versionId=%zz`, {}, "InvalidUrl"],
    [`${bucket}/%ff`, {}, "InvalidUrl"],
    [`${bucket}/a/../b`, {}, "InvalidUrl"],
    [`${bucket}/a/%2e%2E/b`, {}, "InvalidUrl"],
    [`${bucket}/a%2F..%2Fb`, {}, "InvalidUrl"],
    [`${bucket}/.`, {}, "InvalidUrl"],
    [`${bucket}/%252e/...`, {}, "/bucket/%252e/..."],
    [`${bucket}/a\\b`, {}, "InvalidUrl"],
    [`${bucket}/a\nb`, {}, "InvalidUrl"],
    [`${bucket}/a `, {}, "InvalidUrl"],
    [`${bucket}/\ud800`, {}, "InvalidUrl"],
    ["https://user:pw@bucket.obs.cn-north-4.myhuaweicloud.com/", {}, "InvalidUrl"],
    ["ftp://bucket.obs.cn-north-4.myhuaweicloud.com/", {}, "InvalidUrl"],
    ["/object.txt", {}, "InvalidUrl"],
    ["https://", {}, "InvalidUrl"]
  ])("of %s with %j is %s", (url, options, expected) => {
    expect(resource(url, options)).toBe(expected)
  })
})

it("signs a header as it is sent, and none that cannot be", () => {
  const signed = sign("PUT", bucket, {
    "x-obs-meta-b": " \ttwo  words\t",
    "x-obs-meta-a": "1, 2",
    "x-amz-acl": "private",
    range: "bytes=0-1",
    "x-obs-acl": ""
  })
  expect(signed).toBe("PUT\n\n\n\nx-obs-acl:\nx-obs-meta-a:1, 2\nx-obs-meta-b:two  words\n/bucket/")
  expect(sign("PUT", bucket, { "x-obs-meta-a": "é" })).toMatchObject({ reason: "InvalidHeader" })
  expect(sign("PUT", bucket, { "content-type": "a\nx-obs-acl:public-read" })).toMatchObject({ reason: "InvalidHeader" })
})

it("knows the sub-resources of both dialects", () => {
  expect(isSubresource("x-obs-security-token", dialects.obs)).toBe(true)
  expect(isSubresource("x-amz-security-token", dialects.aws2)).toBe(true)
  expect(isSubresource("x-obs-security-token", dialects.aws2)).toBe(true)
  expect(isSubresource("x-obs-callback", dialects.aws2)).toBe(false)
  expect(isSubresource("CDNNotifyConfiguration", dialects.obs)).toBe(true)
  expect(isSubresource("apiversion", dialects.obs)).toBe(false)
  expect(isSubresource("constructor", dialects.obs)).toBe(false)
})
