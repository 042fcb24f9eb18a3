import { shiftFormula } from '../formula/shift.ts'
import type { Place } from '../reference.ts'

/** The formulas that cells share with the first one that has them. */
export interface SharedFormulas {
  /** The formula of a cell: its own, which others may share, or the shared one as it reads here. */
  formulaAt(place: Place, index: string, own: string): string | undefined
}

export function sharedFormulas(): SharedFormulas {
  const masters = new Map<string, { readonly place: Place; readonly text: string }>()
  return {
    formulaAt(place, index, own) {
      if (own !== '') masters.set(index, { place, text: own })
      const master = masters.get(index)
      return master && shiftFormula(master.text, place.row - master.place.row, place.column - master.place.column)
    },
  }
}
