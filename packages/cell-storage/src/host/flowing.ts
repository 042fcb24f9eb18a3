import type { Content } from '@openwopi/host'

/** Pieces that lie in memory, as they flow: in memory that is theirs alone, since not everything takes what threads share. */
export async function* flowing(pieces: readonly Uint8Array[]): Content {
  for (const piece of pieces) yield piece.buffer instanceof SharedArrayBuffer ? new Uint8Array(piece) : piece
}

/**
 * What flows, in one piece, which threads can look at as well without another copy. `size`: how many bytes are to come.
 * `undefined`: it is another number.
 */
export async function gathered(content: Content, size: number): Promise<Uint8Array | undefined> {
  const whole = new Uint8Array(new SharedArrayBuffer(size))
  let filled = 0
  for await (const chunk of content) {
    if (filled + chunk.length > size) return undefined
    whole.set(chunk, filled)
    filled += chunk.length
  }
  return filled === size ? whole : undefined
}
