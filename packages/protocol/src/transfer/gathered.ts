import type { Content } from '../parts.ts'

/** Pieces of at least this many bytes are passed on as they are. */
const large = 16 * 1024
/** How many bytes are gathered at most. */
const most = 64 * 1024

/** These pieces in one, which nobody else holds. */
function joined(pieces: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The same bytes in fewer pieces: small ones are gathered, since each piece costs a turn of the event loop on its way. */
export async function* gathered(content: Content): AsyncGenerator<Uint8Array, void, undefined> {
  let small: Uint8Array[] = []
  let size = 0
  for await (const piece of content) {
    if (size > 0 && (piece.length >= large || size + piece.length > most)) {
      yield joined(small, size)
      small = []
      size = 0
    }
    if (piece.length >= large) yield piece
    else {
      // A copy, since the source may use its memory again.
      small.push(new Uint8Array(piece))
      size += piece.length
    }
  }
  if (size > 0) yield joined(small, size)
}
