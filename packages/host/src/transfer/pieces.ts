import type { Content } from '../ports.ts'
import { MovedOn, type Source } from './file-state.ts'

/** A stretch of a source, in bytes. */
export interface Piece {
  readonly source: Source
  readonly start: number
  readonly length: number
}

/** Pieces that lie side by side. */
export interface Run<P extends Piece> extends Piece {
  readonly pieces: readonly P[]
}

/** Pieces in their order, those together that can be read in one go. */
export function runsOf<P extends Piece>(pieces: readonly P[]): Run<P>[] {
  const runs: (Piece & { length: number; readonly pieces: P[] })[] = []
  for (const piece of pieces) {
    const { source, start, length } = piece
    const last = runs.at(-1)
    if (last && last.source === source && last.start + last.length === start) {
      last.length += length
      last.pieces.push(piece)
    } else runs.push({ source, start, length, pieces: [piece] })
  }
  return runs
}

/** The bytes of all pieces, one after the other. */
export async function* joined(pieces: readonly Piece[]): Content {
  for (const { source, start, length } of runsOf(pieces)) {
    if (length === 0) continue
    const content = await source.open(start, start + length)
    if (!content) throw new MovedOn()
    yield* content
  }
}
