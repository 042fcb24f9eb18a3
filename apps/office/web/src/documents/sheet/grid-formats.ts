import { type GridPlace, sheetIndex } from './grid-place.ts'

const removesFormat = 'sheet.mutation.remove.numfmt'

/** What the grid does when numbers are to be shown in another way. */
export const formats: ReadonlySet<string> = new Set(['sheet.mutation.set.numfmt', removesFormat])

/** Whether numbers are to be shown in no particular way any more. */
export const isPlain = (id: string): boolean => id === removesFormat

/** More cells than anyone formats one by one. */
const most = 5_000

interface Range {
  readonly startRow: number
  readonly startColumn: number
  readonly endRow: number
  readonly endColumn: number
}
interface Formats {
  readonly subUnitId?: string
  readonly ranges?: readonly Range[]
  readonly values?: Readonly<Record<string, { readonly ranges?: readonly Range[] }>>
}

/** The cells whose number format changes. `undefined`: they are too many. */
export function formattedPlaces(params: unknown): readonly GridPlace[] | undefined {
  const {
    subUnitId = '',
    ranges = [],
    values = {},
  }: Formats = typeof params === 'object' && params !== null ? params : {}
  const all = [...ranges, ...Object.values(values).flatMap((one) => one.ranges ?? [])]
  const sheet = sheetIndex(subUnitId)
  const places: GridPlace[] = []
  for (const { startRow, startColumn, endRow, endColumn } of all) {
    const count = (endRow - startRow + 1) * (endColumn - startColumn + 1)
    if (!(places.length + count <= most)) return undefined
    for (let row = startRow; row <= endRow; row++) {
      for (let column = startColumn; column <= endColumn; column++) places.push({ sheet, row, column })
    }
  }
  return places
}
