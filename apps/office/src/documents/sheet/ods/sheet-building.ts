import { type Area, mostColumns, mostRows } from '../reference.ts'
import type { Cell, Column, Row, Sheet } from '../workbook.ts'
import type { OdsStyles } from './ods-styles.ts'
import type { Looks } from './read-tables.ts'

type Attributes = Readonly<Record<string, string>>

/** A sheet that is being read, from what its table says in order. */
export interface SheetBuilding {
  /** How many it has so far. */
  readonly cells: number
  column(attributes: Attributes, repeated: number): void
  startRow(attributes: Attributes, repeated: number): void
  endRow(): void
  startCell(attributes: Attributes, repeated: number): void
  endCell(text: string): void
  end(): Sheet
}

/** Cells in a row that only look some way, and rows of them, that are still drawn. Files fill whole sheets with such. */
const mostEmpty = { cells: 64, rows: 64 }
const shown: ReadonlySet<string> = new Set(['float', 'percentage', 'currency', 'date', 'time'])

export interface Building {
  readonly styles: OdsStyles
  readonly looks: Looks
  /** How many cells may still be read. */
  readonly left: number
}

/** Begins a sheet. `attributes`: those of its table. */
export function sheetBuilding(attributes: Attributes, { styles, looks, left }: Building): SheetBuilding {
  const rows: Row[] = []
  const columns: Column[] = []
  const columnStyles: { readonly to: number; readonly style: string | undefined }[] = []
  const merges: Area[] = []
  let [nextRow, nextColumn, width, count] = [0, 0, 0, 0]
  let isCut = false
  let row: { attributes: Attributes; repeated: number; cells: Cell[] } = { attributes, repeated: 1, cells: [] }
  let cell: { attributes: Attributes; repeated: number } = { attributes, repeated: 1 }

  const put = (text: string) => {
    const { attributes: own, repeated } = cell
    const name = own['table:style-name'] ?? row.attributes['table:default-cell-style-name'] ?? usualStyle(nextColumn)
    const style = looks.numberOf(name, shown.has(own['office:value-type'] ?? ''))
    const isEmpty = text === ''
    if (isEmpty && (style === 0 || repeated > mostEmpty.cells || row.repeated > mostEmpty.rows)) return
    for (let at = 0; at < repeated && nextColumn + at < mostColumns; at++) {
      row.cells.push({ column: nextColumn + at, value: isEmpty ? null : text, style })
    }
  }
  const usualStyle = (column: number) => columnStyles.find(({ to }) => column <= to)?.style
  return {
    get cells() {
      return count
    },
    column(own, repeated) {
      const size = styles.columnWidth(own['table:style-name'])
      const isHidden = isOutOfSight(own)
      const to = Math.min(mostColumns, width + repeated) - 1
      if (size !== undefined || isHidden) {
        columns.push({ from: width, to, ...(size !== undefined && { width: size }), ...(isHidden && { isHidden }) })
      }
      columnStyles.push({ to, style: own['table:default-cell-style-name'] })
      width = to + 1
    },
    startRow(own, repeated) {
      row = { attributes: own, repeated, cells: [] }
      nextColumn = 0
    },
    endRow() {
      const { attributes: own, repeated, cells } = row
      const height = styles.rowHeight(own['table:style-name'])
      const isHidden = isOutOfSight(own)
      const last = Math.min(nextRow + repeated, mostRows)
      const isNothing = cells.length === 0 && !isHidden && repeated > mostEmpty.rows
      for (let index = nextRow; !isNothing && !isCut && index < last; index++) {
        isCut = count + cells.length > left
        if (isCut) break
        count += cells.length
        rows.push({ index, ...(height !== undefined && { height }), ...(isHidden && { isHidden }), cells })
      }
      nextRow = last
    },
    startCell(own, repeated) {
      cell = { attributes: own, repeated }
      const [down, across] = [spans(own, 'rows'), spans(own, 'columns')]
      const to = { row: Math.min(nextRow + down, mostRows) - 1, column: Math.min(nextColumn + across, mostColumns) - 1 }
      if (down * across > 1) merges.push({ from: { row: nextRow, column: nextColumn }, to })
    },
    endCell(text) {
      put(text)
      nextColumn = Math.min(mostColumns, nextColumn + cell.repeated)
    },
    end: () => ({
      ...plainSheet,
      name: attributes['table:name'] ?? '',
      part: 'content.xml',
      visibility: styles.isSeen(attributes['table:style-name']) ? 'visible' : 'hidden',
      rows,
      columns,
      merges,
      isCut,
    }),
  }
}

const plainSheet = {
  defaultWidth: undefined,
  defaultHeight: undefined,
  frozen: { rows: 0, columns: 0 },
  showsGrid: true,
  isRightToLeft: false,
  tabColor: undefined,
  isProtected: false,
  held: [],
  tables: [],
  links: [],
} as const

const isOutOfSight = (attributes: Attributes): boolean =>
  /^(collapse|filter)$/.test(attributes['table:visibility'] ?? '')

function spans(attributes: Attributes, of: 'rows' | 'columns'): number {
  const count = Number(attributes[`table:number-${of}-spanned`] ?? 1)
  return Number.isInteger(count) && count > 0 ? count : 1
}
