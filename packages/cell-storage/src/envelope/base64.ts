import type { Letters } from './xml-element.ts'

/** Text that is base64, in pieces: as text, or as the bytes of its letters. It may be cut into lines. */
export type Base64Piece = string | Uint8Array

/** Decoded at a time. */
const sliceSize = 768 * 1024

/** Which bytes are letters of base64, in both of its alphabets. */
const isLetter = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** Pieces as bytes, of which none is longer than is decoded at a time. */
function* slicesOf(pieces: readonly Base64Piece[]): Generator<Uint8Array> {
  for (const piece of pieces) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
    for (let at = 0; at < bytes.length; at += sliceSize) yield bytes.subarray(at, at + sliceSize)
  }
}

/** The letters alone, in the same place. */
function lettersIn(bytes: Buffer): Buffer {
  let size = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (isLetter[byte] === 1) bytes[size++] = byte
  }
  return bytes.subarray(0, size)
}

function hasLetter(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (isLetter[bytes[at] ?? 0] === 1) return true
  return false
}

/** Decodes bytes that are base64, slice by slice, into `target`. */
function decoder(target: Buffer) {
  let size = 0
  let carried: Uint8Array = new Uint8Array()
  const write = (letters: Buffer, end: number) => target.write(letters.toString('latin1', 0, end), size, 'base64')
  return {
    /** Takes in what makes up whole groups of four letters. */
    take(slice: Uint8Array): void {
      let letters: Buffer = Buffer.concat([carried, slice])
      let end = letters.length - (letters.length % 4)
      // Fewer bytes than letters stand for: something else stands between them.
      if (write(letters, end) < (end / 4) * 3) {
        letters = lettersIn(letters)
        end = letters.length - (letters.length % 4)
        write(letters, end)
      }
      size += (end / 4) * 3
      carried = letters.subarray(end)
    },
    /** Everything, with the letters that are left. */
    end(): Uint8Array {
      return target.subarray(0, size + write(Buffer.from(carried), carried.length))
    },
  }
}

/** The bytes that pieces are the base64 of. `undefined`: there is no letter in them. What is no base64 is passed over. */
export function bytesInBase64(pieces: readonly Base64Piece[]): Uint8Array | undefined {
  // Letters of text may be several bytes, and there has to be room behind the last.
  const length = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? 3 : 1) * piece.length, 0)
  const decoding = decoder(Buffer.allocUnsafe(length + 4))
  let isEmpty = true
  for (const slice of slicesOf(pieces)) {
    isEmpty &&= !hasLetter(slice)
    decoding.take(slice)
  }
  return isEmpty ? undefined : decoding.end()
}

/** Pieces as base64, in pieces again. */
export function base64Of(pieces: readonly Uint8Array[]): Letters[] {
  const found: Letters[] = []
  let carried: Uint8Array = new Uint8Array()
  const add = (bytes: Uint8Array) =>
    found.push({ letters: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') })
  for (const piece of pieces) {
    // Three bytes are four letters, so that what is left of one piece goes with the beginning of the next.
    const head = carried.length > 0 ? Math.min(piece.length, 3 - carried.length) : 0
    if (head > 0) carried = Buffer.concat([carried, piece.subarray(0, head)])
    if (carried.length === 3) {
      add(carried)
      carried = new Uint8Array()
    }
    const end = piece.length - ((piece.length - head) % 3)
    if (end > head) add(piece.subarray(head, end))
    if (end < piece.length) carried = piece.subarray(end)
  }
  if (carried.length > 0) add(carried)
  return found
}
