import { type Piece, piecesOf } from '../formula/pieces.ts'
import { shiftPieces } from '../formula/shift.ts'
import type { Place } from '../reference.ts'

/** The formulas that cells share with the first one that has them. */
export interface SharedFormulas {
  /** The formula of a cell: its own, which others may share, or the shared one as it reads here. */
  formulaAt(place: Place, index: string, own: string): string | undefined
}

/** Shared formulas as they come, in the order of the cells. */
export function sharedFormulas(): SharedFormulas {
  const masters = new Map<string, { readonly place: Place; readonly text: string; pieces?: readonly Piece[] }>()
  return {
    formulaAt(place, index, own) {
      if (own !== '') {
        masters.set(index, { place, text: own })
        return own
      }
      const master = masters.get(index)
      if (!master) return undefined
      master.pieces ??= piecesOf(master.text)
      return shiftPieces(master.pieces, place.row - master.place.row, place.column - master.place.column)
    },
  }
}
