const orders = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15],
].map((order) => Uint8Array.from(order))
const turns = [
  [3, 7, 11, 19],
  [3, 5, 9, 13],
  [3, 9, 11, 15],
].map((bits) => Uint8Array.from(bits))
const constants = [0, 0x5a827999, 0x6ed9eba1]

type State = [number, number, number, number]

/** How three words are mixed: in the first round by choice, in the second by majority, in the third by parity. */
const mixed = (round: number, x: number, y: number, z: number): number =>
  round === 0 ? (x & y) | (~x & z) : round === 1 ? (x & y) | (x & z) | (y & z) : x ^ y ^ z

/** Takes in the 64 bytes of `view` from `at` on. */
function mixBlock(state: State, view: DataView, at: number): void {
  let [a, b, c, d] = state
  for (let round = 0; round < 3; round++) {
    const [order, bits, constant] = [orders[round], turns[round], constants[round] ?? 0]
    if (!order || !bits) return
    for (let step = 0; step < 16; step++) {
      const word = view.getInt32(at + 4 * (order[step] ?? 0), true)
      const sum = (a + mixed(round, b, c, d) + word + constant) | 0
      const turn = bits[step & 3] ?? 0
      a = d
      d = c
      c = b
      b = (sum << turn) | (sum >>> (32 - turn))
    }
  }
  state[0] = (state[0] + a) | 0
  state[1] = (state[1] + b) | 0
  state[2] = (state[2] + c) | 0
  state[3] = (state[3] + d) | 0
}

/** The MD4 of bytes: 16 bytes. It keeps nothing secret, and Node's own is switched off; here it tells chunks apart. */
export function md4(bytes: Uint8Array): Uint8Array {
  const state: State = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  const whole = bytes.length - (bytes.length % 64)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < whole; at += 64) mixBlock(state, view, at)
  const left = bytes.length - whole
  const end = new DataView(new ArrayBuffer(left < 56 ? 64 : 128))
  new Uint8Array(end.buffer).set(bytes.subarray(whole))
  end.setUint8(left, 0x80)
  end.setBigUint64(end.byteLength - 8, BigInt(bytes.length) * 8n, true)
  for (let at = 0; at < end.byteLength; at += 64) mixBlock(state, end, at)
  const hash = new DataView(new ArrayBuffer(16))
  for (const [index, word] of state.entries()) hash.setInt32(4 * index, word, true)
  return new Uint8Array(hash.buffer)
}
