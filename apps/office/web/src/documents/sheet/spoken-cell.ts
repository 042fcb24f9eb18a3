import { placeName } from '../../../../src/documents/sheet/reference.ts'
import { element } from '../../element.ts'
import type { GridCell } from './grid-events.ts'
import { toGridFormula } from './grid-formulas.ts'

/** The cell where the cursor is, in words: the grid itself is drawn, and says nothing to screen readers. */
export function spokenCell(): { readonly element: HTMLElement; set(cell: GridCell): void } {
  const spoken = element('p', { class: 'hidden-text spoken-cell', 'aria-live': 'polite' })
  return {
    element: spoken,
    set({ row, column, value, formula }) {
      const shown = typeof value === 'object' ? (value?.error ?? '') : String(value)
      const text = [`${placeName({ row, column })}:`, shown, formula === undefined ? '' : toGridFormula(formula)]
      spoken.textContent = text.filter((part) => part !== '').join(' ')
    },
  }
}
