/** An RSA public key as discovery prints it: big-endian numbers in Base64. */
export interface PublicKey {
  readonly modulus: string
  readonly exponent: string
}

/** The key that one machine signs with. `old` is the one it signed with before, if it has rotated them. */
export interface KeyPair {
  readonly current: PublicKey
  readonly old?: PublicKey
}

/** The keys a client signs with. */
export interface ProofKeys extends KeyPair {
  /** Those of its other machines. Absent: all sign with the same. */
  readonly others?: readonly KeyPair[]
}

/** All pairs of keys of a client, the first one first. */
export const pairsOf = ({ others = [], ...first }: ProofKeys): readonly KeyPair[] => [first, ...others]

// Every client in the field publishes 2,048 bits or more, and fewer can be forged. Above 8,192 a forged
// request would cost the host more to check than to send.
const fewestBits = 2048
const mostBits = 8192
const mostExponentBits = 32

/** Refuses a key that no honest client publishes with a `SyntaxError` that says why. */
export function checkPublicKey({ modulus, exponent }: PublicKey): void {
  const n = bytesOf(modulus, 'modulus')
  const e = bytesOf(exponent, 'exponent')
  const bits = bitsOf(n)
  if (bits < fewestBits || bits > mostBits) {
    throw new SyntaxError(`the proof key has ${bits} bits; ${fewestBits} to ${mostBits} are accepted`)
  }
  if (isEven(n)) throw new SyntaxError('the modulus of the proof key is even, so it is no RSA key')
  if (isEven(e) || bitsOf(e) < 2 || bitsOf(e) > mostExponentBits) {
    throw new SyntaxError(`the exponent of the proof key is not an odd number of 2 to ${mostExponentBits} bits`)
  }
}

/** The key as Microsoft's PUBLICKEYBLOB in Base64: the `value` that discovery prints beside modulus and exponent. */
export function publicKeyBlob({ modulus, exponent }: PublicKey): string {
  const n = bytesOf(modulus, 'modulus')
  const e = bytesOf(exponent, 'exponent')
  const blob = new Uint8Array(20 + n.length)
  const view = new DataView(blob.buffer)
  view.setUint32(0, 0x00000206, true) // PUBLICKEYBLOB, version 2
  view.setUint32(4, 0x0000a400, true) // CALG_RSA_SIGN is 0x2400, CALG_RSA_KEYX 0xa400; clients print the latter
  view.setUint32(8, 0x31415352, true) // "RSA1"
  view.setUint32(12, n.length * 8, true)
  view.setUint32(16, Number(`0x${hexOf(e)}`), true)
  blob.set(n.toReversed(), 20)
  return btoa(String.fromCharCode(...blob))
}

/** The bytes of a big-endian number, without leading zeros. */
function bytesOf(base64: string, what: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/.test(base64)) {
    throw new SyntaxError(`the ${what} of the proof key is not Base64`)
  }
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const start = bytes.findIndex((byte) => byte !== 0)
  return start < 0 ? new Uint8Array(0) : bytes.subarray(start)
}

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const bitsOf = (bytes: Uint8Array): number =>
  bytes.length === 0 ? 0 : bytes.length * 8 - (Math.clz32(bytes[0] ?? 0) - 24)
const isEven = (bytes: Uint8Array): boolean => ((bytes.at(-1) ?? 0) & 1) === 0
