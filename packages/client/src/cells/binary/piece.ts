/** Bytes to be sent, in pieces that are put together once, at the end. */
export type Piece = Uint8Array | readonly Piece[]

/** How many bytes there are. */
export const sizeOf = (piece: Piece): number =>
  piece instanceof Uint8Array ? piece.byteLength : piece.reduce((size, part) => size + sizeOf(part), 0)

/** All of the bytes in one. */
export function whole(piece: Piece): Uint8Array {
  const bytes = new Uint8Array(sizeOf(piece))
  let at = 0
  const place = (part: Piece): void => {
    if (part instanceof Uint8Array) {
      bytes.set(part, at)
      at += part.byteLength
    } else for (const inner of part) place(inner)
  }
  place(piece)
  return bytes
}
