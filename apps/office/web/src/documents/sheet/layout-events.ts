import type { Area } from '../../../../src/documents/sheet/reference.ts'
import type { Sheet } from '../../../../src/documents/sheet/workbook.ts'

/** What the grid does when rows, columns, merged cells or panes change. */
const ofLines: Readonly<Record<string, 'row' | 'column'>> = {
  'sheet.mutation.set-worksheet-row-height': 'row',
  'sheet.mutation.set-row-hidden': 'row',
  'sheet.mutation.set-row-visible': 'row',
  'sheet.mutation.set-worksheet-col-width': 'column',
  'sheet.mutation.set-col-hidden': 'column',
  'sheet.mutation.set-col-visible': 'column',
}
export const addsMerges = 'sheet.mutation.add-worksheet-merge'
export const removesMerges = 'sheet.mutation.remove-worksheet-merge'
export const freezes = 'sheet.mutation.set-frozen'

/** Whether a change of the grid is one of rows, columns, merged cells or panes. */
export const isOfLayout = (id: string): boolean =>
  id in ofLines || id === addsMerges || id === removesMerges || id === freezes

/** Whether a change says how wide or high something is. */
export const isOfSize = (id: string): boolean => id.endsWith('-height') || id.endsWith('-width')

/** A row or column of the grid. */
export interface GridLine {
  readonly sheet: number
  readonly is: 'row' | 'column'
  readonly index: number
}

interface Range {
  readonly startRow: number
  readonly startColumn: number
  readonly endRow: number
  readonly endColumn: number
}

const rangesIn = (params: unknown): readonly Range[] => {
  const { ranges = [] }: { readonly ranges?: readonly Range[] } =
    typeof params === 'object' && params !== null ? params : {}
  return ranges
}

/** The rows or columns that a change is about. */
export function linesIn(id: string, params: unknown, sheet: number): readonly GridLine[] {
  const is = ofLines[id]
  if (is === undefined) return []
  return rangesIn(params).flatMap(({ startRow, endRow, startColumn, endColumn }) => {
    const [from, to] = is === 'row' ? [startRow, endRow] : [startColumn, endColumn]
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => ({ sheet, is, index: from + at }))
  })
}

/** The areas that a change is about. */
export const areasIn = (params: unknown): readonly Area[] =>
  rangesIn(params).map(({ startRow, startColumn, endRow, endColumn }) => ({
    from: { row: startRow, column: startColumn },
    to: { row: endRow, column: endColumn },
  }))

/** As the grid names an area. */
export const rangeOf = ({ from, to }: Area): Range => ({
  startRow: from.row,
  startColumn: from.column,
  endRow: to.row,
  endColumn: to.column,
})

/** As the grid says how much stays in sight. */
export const freezeOf = ({ rows, columns }: Sheet['frozen']) => ({
  xSplit: columns,
  ySplit: rows,
  startRow: rows || -1,
  startColumn: columns || -1,
})

/** The name of the sheet that a change is about. */
export function subUnitOf(params: unknown): string {
  const { subUnitId = '' }: { readonly subUnitId?: string } =
    typeof params === 'object' && params !== null ? params : {}
  return subUnitId
}
