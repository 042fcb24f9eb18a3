import { type GrowingBytes, growingBytes } from './growing-bytes.ts'

/** Text that is base64, in pieces: as text, or as the bytes of its letters. It may be cut into lines. */
export type Base64Piece = string | Uint8Array

/** Takes in base64, piece by piece. What is no base64 is passed over. */
export interface Base64Reader {
  /** A piece is looked at before this returns, and not kept. */
  take(piece: Base64Piece): void
  /** The bytes that it stands for. `undefined`: there was no letter in it. */
  end(): Uint8Array | undefined
}

/** Decoded at a time, and written at a time. A multiple of three. */
const sliceSize = 96 * 1024

/** Which bytes are letters of base64, in both of its alphabets. */
const isLetter = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(byte)) ? 1 : 0,
)

/** A piece as bytes, of which none is longer than is decoded at a time. */
function* slicesOf(piece: Base64Piece): Generator<Uint8Array> {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
  for (let at = 0; at < bytes.length; at += sliceSize) yield bytes.subarray(at, at + sliceSize)
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
function decoder(target: GrowingBytes) {
  let carried: Uint8Array = new Uint8Array()
  let memory: Buffer = Buffer.alloc(0)

  /** What is carried, and then a slice: always in the same memory, of which there would soon be a lot to clean up. */
  function joined(slice: Uint8Array): Buffer {
    const begin = Uint8Array.from(carried)
    const length = begin.length + slice.length
    if (memory.length < length) memory = Buffer.allocUnsafeSlow(length)
    memory.set(begin)
    memory.set(slice, begin.length)
    return memory.subarray(0, length)
  }

  const write = (letters: Buffer, end: number) =>
    target.room(Math.ceil(end / 4) * 3).write(letters.toString('latin1', 0, end), 'base64')
  return {
    /** Takes in what makes up whole groups of four letters. */
    take(slice: Uint8Array): void {
      let letters = joined(slice)
      let end = letters.length - (letters.length % 4)
      // Fewer bytes than letters stand for: something else stands between them.
      if (write(letters, end) < (end / 4) * 3) {
        letters = lettersIn(letters)
        end = letters.length - (letters.length % 4)
        write(letters, end)
      }
      target.grow((end / 4) * 3)
      carried = letters.subarray(end)
    },
    /** Everything, with the letters that are left. */
    end(): Uint8Array {
      target.grow(write(Buffer.from(carried), carried.length))
      return target.end()
    },
  }
}

/** `toCome`: how many bytes are still to come at most, as far as is known, so that memory is asked for once. */
export function base64Reader(toCome?: () => number): Base64Reader {
  const decoding = decoder(growingBytes(toCome))
  let isEmpty = true
  return {
    take(piece) {
      for (const slice of slicesOf(piece)) {
        isEmpty &&= !hasLetter(slice)
        decoding.take(slice)
      }
    },
    end: () => (isEmpty ? undefined : decoding.end()),
  }
}

/** Pieces as base64, in pieces again, of which each is made when it is asked for. */
export function* base64Of(pieces: Iterable<Uint8Array>): Generator<string> {
  let carried: Uint8Array = new Uint8Array()
  for (const piece of pieces) {
    // Three bytes are four letters, so that what is left of one piece goes with the beginning of the next.
    const head = carried.length > 0 ? Math.min(piece.length, 3 - carried.length) : 0
    if (head > 0) carried = Buffer.concat([carried, piece.subarray(0, head)])
    if (carried.length === 3) {
      yield base64(carried)
      carried = new Uint8Array()
    }
    const end = piece.length - ((piece.length - head) % 3)
    for (let at = head; at < end; at += sliceSize) yield base64(piece.subarray(at, Math.min(end, at + sliceSize)))
    if (end < piece.length) carried = piece.subarray(end)
  }
  if (carried.length > 0) yield base64(carried)
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64')
