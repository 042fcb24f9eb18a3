const mask = (1n << 64n) - 1n
const filler = 0xdeadbeefdeadbeefn

const shortRotations = [50n, 52n, 30n, 41n, 54n, 48n, 38n, 37n, 62n, 34n, 5n, 36n]
const shortEndRotations = [15n, 52n, 26n, 51n, 28n, 9n, 47n, 54n, 32n, 25n, 63n]
const blockRotations = [11n, 32n, 43n, 31n, 17n, 28n, 39n, 57n, 55n, 54n, 22n, 46n]
const endRotations = [44n, 15n, 34n, 21n, 38n, 33n, 10n, 13n, 38n, 53n, 42n, 54n]

/** Words of 64 bits in a ring. */
function ring(words: readonly bigint[]) {
  const state = [...words]
  const place = (index: number) => index % state.length
  const at = (index: number) => state[place(index)] ?? 0n
  const put = (index: number, value: bigint) => {
    state[place(index)] = value & mask
  }
  return {
    at,
    add: (index: number, value: bigint) => put(index, at(index) + value),
    xor: (index: number, value: bigint) => put(index, at(index) ^ value),
    rotate: (index: number, bits: bigint) => put(index, (at(index) << bits) | (at(index) >> (64n - bits))),
  }
}

type Ring = ReturnType<typeof ring>

/** The word at an offset, the lowest byte first, with zeros behind the end. */
function word(bytes: Uint8Array, offset: number): bigint {
  return [...bytes.subarray(offset, offset + 8)].reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
}

function mixShort(h: Ring): void {
  for (const [i, bits] of shortRotations.entries()) {
    h.rotate(i + 2, bits)
    h.add(i + 2, h.at(i + 3))
    h.xor(i, h.at(i + 2))
  }
}

function short(bytes: Uint8Array): Ring {
  const h = ring([0n, 0n, filler, filler])
  let at = 0
  for (; at + 16 <= bytes.length; at += 16) {
    if (at % 32 === 0) {
      h.add(2, word(bytes, at))
      h.add(3, word(bytes, at + 8))
      mixShort(h)
    } else {
      h.add(0, word(bytes, at))
      h.add(1, word(bytes, at + 8))
    }
  }
  h.add(3, BigInt(bytes.length) << 56n)
  h.add(2, at === bytes.length ? filler : word(bytes, at))
  h.add(3, at === bytes.length ? filler : word(bytes, at + 8))
  for (const [i, bits] of shortEndRotations.entries()) {
    h.xor(i + 3, h.at(i + 2))
    h.rotate(i + 2, bits)
    h.add(i + 3, h.at(i + 2))
  }
  return h
}

function long(bytes: Uint8Array): Ring {
  const h = ring([0, 1, 2, 3].flatMap(() => [0n, 0n, filler]))
  let at = 0
  for (; at + 96 <= bytes.length; at += 96) {
    for (const [i, bits] of blockRotations.entries()) {
      h.add(i, word(bytes, at + 8 * i))
      h.xor(i + 2, h.at(i + 10))
      h.xor(i + 11, h.at(i))
      h.rotate(i, bits)
      h.add(i + 11, h.at(i + 1))
    }
  }
  for (let i = 0; i < 12; i++) h.add(i, word(bytes, at + 8 * i))
  h.add(11, BigInt(bytes.length - at) << 56n)
  for (const [i, bits] of [...endRotations, ...endRotations, ...endRotations].entries()) {
    h.add(i + 11, h.at(i + 1))
    h.xor(i + 2, h.at(i + 11))
    h.rotate(i + 1, bits)
  }
  return h
}

/** SpookyHash V2 in arithmetic that says what it does, to compare with. */
export function plainSpookyHash(bytes: Uint8Array): Uint8Array {
  const h = bytes.length < 192 ? short(bytes) : long(bytes)
  const view = new DataView(new ArrayBuffer(16))
  view.setBigUint64(0, h.at(0), true)
  view.setBigUint64(8, h.at(1), true)
  return new Uint8Array(view.buffer)
}
