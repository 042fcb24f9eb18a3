/** A cell of a sheet. */
export interface GridPlace {
  /** Index of the sheet. */
  readonly sheet: number
  readonly row: number
  readonly column: number
}

/** The name by which the grid knows its one workbook. */
export const unitId = 'workbook'

const prefix = 'sheet-'

/** The name by which the grid knows a sheet. */
export const sheetId = (index: number): string => prefix + index

/** The index of a sheet that the grid names. */
export const sheetIndex = (id: string): number => Number(id.slice(prefix.length))

export const isSamePlace = (one: GridPlace, other: GridPlace): boolean =>
  one.sheet === other.sheet && one.row === other.row && one.column === other.column
