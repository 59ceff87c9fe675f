/**
 * HMAC-SHA-1 (RFC 2104, FIPS 180-4) in one go. Web Crypto answers from another thread, and waiting for that takes longer
 * than a small request over loopback may be delayed by.
 */
type State = readonly [number, number, number, number, number]

const start: State = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]

const blockSize = 64

const words = /*#__PURE__*/ new Int32Array(80)

/** The state after one more block of 64 bytes. */
const compress = (state: State, bytes: DataView, offset: number): State => {
  for (let i = 0; i < 16; i++) words[i] = bytes.getInt32(offset + 4 * i)
  for (let i = 16; i < 80; i++) {
    const mixed = (words[i - 3] ?? 0) ^ (words[i - 8] ?? 0) ^ (words[i - 14] ?? 0) ^ (words[i - 16] ?? 0)
    words[i] = (mixed << 1) | (mixed >>> 31)
  }
  let [a, b, c, d, e] = state
  for (let i = 0; i < 80; i++) {
    const f =
      i < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : i < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : i < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6
    const next = (((a << 5) | (a >>> 27)) + f + e + (words[i] ?? 0)) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = next
  }
  return [(state[0] + a) | 0, (state[1] + b) | 0, (state[2] + c) | 0, (state[3] + d) | 0, (state[4] + e) | 0]
}

/** The hash of what made the state, which is so many bytes, and of more bytes. */
const finish = (state: State, before: number, bytes: Uint8Array): Uint8Array => {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / blockSize) * blockSize)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  const bits = (before + bytes.length) * 8
  view.setUint32(padded.length - 8, Math.floor(bits / 2 ** 32))
  view.setUint32(padded.length - 4, bits)
  let hashed = state
  for (let offset = 0; offset < padded.length; offset += blockSize) hashed = compress(hashed, view, offset)
  const result = new DataView(new ArrayBuffer(20))
  hashed.forEach((word, i) => {
    result.setInt32(4 * i, word)
  })
  return new Uint8Array(result.buffer)
}

/** Makes the function that signs with a key; what is kept of the key can sign, and is not the key. */
export const hmacOf = (key: Uint8Array): ((bytes: Uint8Array) => Uint8Array) => {
  const block = new Uint8Array(blockSize)
  block.set(key.length > blockSize ? finish(start, 0, key) : key)
  const stateOf = (pad: number): State => compress(start, new DataView(block.map((byte) => byte ^ pad).buffer), 0)
  const [inner, outer] = [stateOf(0x36), stateOf(0x5c)]
  return (bytes) => finish(outer, blockSize, finish(inner, blockSize, bytes))
}
