import { BooleanNumber } from '@univerjs/core'
import type { GridCell } from './grid-events.ts'
import { toGridFormula } from './grid-formulas.ts'
import type { GridBook } from './grid-marks.ts'
import { type GridPlace, sheetIndex } from './grid-place.ts'
import type { SearchedCell } from './grid-search.ts'

/** The cells of the sheets that can be seen, in the order in which they are read. */
export function* searchedCells(book: GridBook, cellAt: (place: GridPlace) => GridCell): Generator<SearchedCell> {
  for (const sheet of book.getSheets()) {
    const model = sheet.getSheet()
    if (model.isSheetHidden() === BooleanNumber.TRUE) continue
    const index = sheetIndex(sheet.getSheetId())
    const matrix = model.getCellMatrix().getMatrix()
    for (const row of numbersIn(matrix)) {
      for (const column of numbersIn(matrix[row] ?? {})) {
        const place = { sheet: index, row, column }
        const cell = cellAt(place)
        const written = writtenAs(cell)
        if (written === '') continue
        // Only numbers are seen in another way than they are written.
        const isOther = typeof cell.value === 'number' || cell.formula !== undefined
        yield { place, written, shown: () => (isOther ? sheet.getRange(row, column).getDisplayValue() : written) }
      }
    }
  }
}

const numbersIn = (keyed: object): readonly number[] =>
  Object.keys(keyed)
    .map(Number)
    .sort((one, other) => one - other)

function writtenAs({ value, formula }: GridCell): string {
  if (formula !== undefined) return toGridFormula(formula)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return typeof value === 'object' ? (value?.error ?? '') : String(value)
}
