import type { Area } from '../../../../src/documents/sheet/reference.ts'
import { type GridPlace, sheetIndex } from './grid-place.ts'

/** What the grid does when something else is selected. */
export const selects = 'sheet.operation.set-selections'

/** What the grid does when another sheet comes to the front. */
export const activates = 'sheet.operation.set-worksheet-active'

interface Selects {
  readonly subUnitId?: string
  readonly selections?: readonly {
    readonly range: {
      readonly startRow: number
      readonly startColumn: number
      readonly endRow: number
      readonly endColumn: number
    }
    readonly primary?: { readonly actualRow: number; readonly actualColumn: number } | null
  }[]
}

/** What is selected, and the cell in it that would be typed into. */
export function readSelection(params: unknown): { readonly place: GridPlace; readonly area: Area } | undefined {
  const { subUnitId, selections }: Selects = typeof params === 'object' && params !== null ? params : {}
  const last = selections?.at(-1)
  if (!last || subUnitId === undefined) return undefined
  const { startRow, startColumn, endRow, endColumn } = last.range
  const from = { row: Math.max(0, startRow || 0), column: Math.max(0, startColumn || 0) }
  const to = { row: Math.max(from.row, endRow || 0), column: Math.max(from.column, endColumn || 0) }
  const { actualRow = from.row, actualColumn = from.column } = last.primary ?? {}
  return { place: { sheet: sheetIndex(subUnitId), row: actualRow, column: actualColumn }, area: { from, to } }
}
