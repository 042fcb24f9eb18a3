import type { FileChunk } from './chunk.ts'
import { sha1, sha256 } from './hashes.ts'

const pieceSize = 2 ** 20
/** Larger files have signatures that only tell their chunks apart. */
const mostSigned = 250 * 2 ** 20

/** Bytes cut into pieces of `size`, the last of which may be shorter. */
export const piecesOf = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size))

/** A signature of so many bytes that no other chunk of the file has. `place` tells chunks of the same bytes apart. */
export const uniqueSignature = (bytes: Uint8Array, place: number, size: number): Uint8Array =>
  sha256([String(place), bytes]).subarray(0, size)

/** The chunks of a file that is too large to look for cuts in it. */
export const simpleChunks = (bytes: Uint8Array): FileChunk[] =>
  piecesOf(bytes, pieceSize).map((piece, index) => ({
    bytes: piece,
    signature: bytes.length <= mostSigned ? sha1(piece) : uniqueSignature(piece, index, 12),
  }))
