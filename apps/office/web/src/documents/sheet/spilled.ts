import { type GridPlace, sheetIndex, unitId } from './grid-place.ts'

/** What the grid does when formulas fill more than their own cell. */
export const spills = 'formula.mutation.set-array-formula-data'

interface Range {
  readonly startRow: number
  readonly startColumn: number
  readonly endRow: number
  readonly endColumn: number
}
type Ranges = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, Range | undefined>>>> | undefined>
>

/** The cells whose formulas fill others too. */
export function spilledPlaces(params: unknown): readonly GridPlace[] {
  const given: { arrayFormulaRange?: Readonly<Record<string, Ranges | undefined>> } =
    typeof params === 'object' && params !== null ? params : {}
  const found: GridPlace[] = []
  for (const [sheet, rows] of Object.entries(given.arrayFormulaRange?.[unitId] ?? {})) {
    for (const [row, columns] of Object.entries(rows ?? {})) {
      for (const [column, range] of Object.entries(columns ?? {})) {
        if (range && isLarge(range)) found.push({ sheet: sheetIndex(sheet), row: Number(row), column: Number(column) })
      }
    }
  }
  return found
}

const isLarge = ({ startRow, startColumn, endRow, endColumn }: Range): boolean =>
  endRow > startRow || endColumn > startColumn
