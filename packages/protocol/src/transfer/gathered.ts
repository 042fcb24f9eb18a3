import type { Content } from '../parts.ts'

/** Pieces of at least this many bytes are passed on as they are. */
const large = 16 * 1024
const bufferSize = 64 * 1024

/** The same bytes in fewer pieces: small ones are gathered, since each piece costs a turn of the event loop on its way. */
export async function* gathered(content: Content): AsyncGenerator<Uint8Array, void, undefined> {
  let buffer = new Uint8Array(bufferSize)
  let filled = 0
  for await (const piece of content) {
    if (filled > 0 && (piece.length >= large || filled + piece.length > bufferSize)) {
      yield buffer.subarray(0, filled)
      buffer = new Uint8Array(bufferSize)
      filled = 0
    }
    if (piece.length >= large) yield piece
    else {
      buffer.set(piece, filled)
      filled += piece.length
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled)
}
